//! The control chart of a signal.

use peil_domain::{
    shared::{LocalDay, Period},
    themes::{EvidencePoint, Signal, SignalKind},
};

use super::view;
use crate::{
    charts::{
        ChartHead, ChartTable, ControlChart, ControlLabels, ControlPoint, Shape, ValueFormat,
        control,
    },
    edge::text::Text,
};

/// A drawing in both shapes, with its table.
pub(super) struct Picture {
    pub(super) wide: String,
    pub(super) narrow: String,
    pub(super) table: ChartTable,
}

/// Draws the series behind a signal; nothing when there is none.
pub(super) fn draw(t: Text, signal: &Signal) -> Option<Picture> {
    let evidence = &signal.evidence;
    if evidence.points.is_empty() {
        return None;
    }
    let counted = match signal.kind {
        SignalKind::ResponseCollapse => "signals-chart-answers",
        _ => "signals-chart-complaints",
    };
    let since = evidence.since.map(|day| t.date(day.date()));
    let chart = ControlChart {
        head: ChartHead {
            id: "control".to_owned(),
            title: t.a(
                "signals-chart-title",
                &[("name", view::name(t, signal).into())],
            ),
            description: view::sentence(t, signal),
            empty: t.s("signals-chart-empty"),
        },
        format: ValueFormat {
            numbers: t.numbers(),
            decimals: 0,
            shows_plus: false,
            suffix: String::new(),
        },
        labels: ControlLabels {
            period: t.s("signals-chart-week"),
            count: t.s(counted),
            expected: t.s("signals-chart-expected"),
            limit: t.s("signals-chart-limit"),
            answers: t.s("signals-chart-answers"),
            too_few: t.s("signals-chart-few"),
            changed: since.map_or_else(String::new, |since| {
                t.a("signals-chart-changed", &[("since", since.into())])
            }),
        },
        points: evidence.points.iter().map(|point| week(t, point)).collect(),
    };
    Some(Picture {
        wide: control(&chart, Shape::Wide),
        narrow: control(&chart, Shape::Narrow),
        table: chart.table(),
    })
}

fn week(t: Text, point: &EvidencePoint) -> ControlPoint {
    let real = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let last = LocalDay(Period::Week.next(point.start).0 - 1);
    let days = [
        ("from", t.date(point.start.date()).into()),
        ("until", t.date(last.date()).into()),
    ];
    let date = point.start.date();
    ControlPoint {
        label: t.a("results-between", &days),
        short: format!("{}-{}", date.day(), date.month()),
        count: point.count.map(real),
        expected: point.expected,
        limit: point.limit.map(real),
        answers: real(point.answers),
        is_part: point.is_part,
    }
}
