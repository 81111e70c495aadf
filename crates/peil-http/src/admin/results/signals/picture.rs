//! The control chart of a signal, or of a theme without one.

use peil_domain::{
    shared::{LocalDay, Period},
    themes::{Evidence, EvidencePoint},
};

use crate::{
    admin::results::pictures::Picture,
    charts::{ChartHead, ControlChart, ControlLabels, ControlPoint, Shape, ValueFormat, control},
    edge::text::Text,
};

/// What is counted in a control chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::admin) enum Counted {
    /// Complaints about a theme.
    Complaints,
    /// Answers that came in.
    Answers,
}

/// Draws the series behind a verdict on what is called `name`; nothing when there is none. `words` are
/// the verdict as a sentence.
pub(in crate::admin) fn control_picture(
    t: Text,
    counted: Counted,
    name: &str,
    words: String,
    evidence: &Evidence,
) -> Option<Picture> {
    if evidence.points.is_empty() {
        return None;
    }
    let count = match counted {
        Counted::Answers => "signals-chart-answers",
        Counted::Complaints => "signals-chart-complaints",
    };
    let since = evidence.since.map(|day| t.date(day.date()));
    let chart = ControlChart {
        head: ChartHead {
            id: "control".to_owned(),
            title: t.a("signals-chart-title", &[("name", name.into())]),
            description: words,
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
            count: t.s(count),
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
