//! The ladder and the lines of an exploration.

use peil_app::results::{ExploreColumn, Explored, Figure};

use super::{
    explorer_heat::cell_href, explorer_words::Writer, links::between, pictures::Doors,
    words::step_names,
};
use crate::charts::{
    LadderChart, LadderLabels, LadderRow, Line, LineChart, ReferenceLine, Shape, TrendBucket,
    TrendChart, TrendLabels, ladder, lines, trend,
};

/// A drawing for a wide and one for a narrow page.
pub(super) struct Drawn {
    pub(super) wide: String,
    pub(super) narrow: String,
}

/// Groups under each other.
pub(super) fn ladder_drawn(doors: Doors<'_>, found: &Explored, title: String) -> Drawn {
    let t = doors.t;
    let writer = Writer { t, found };
    let rows = found.rows.iter().map(|row| LadderRow {
        label: match &row.group {
            Some(group) => writer.row_name(group),
            None => t.s("results-everyone"),
        },
        reading: writer.reading(&row.figure),
        zone: None,
        letters: None,
        href: cell_href(doors, found, row, None, &row.figure),
    });
    let is_count = writer.interval_is_none();
    let overall = found
        .whole
        .shown()
        .filter(|_| !is_count)
        .map(|shown| ReferenceLine {
            label: t.s("results-everyone"),
            value: writer.unit(shown.value),
        });
    let chart = LadderChart {
        head: doors.head("explorer-ladder", title, t.s("explorer-note-ladder")),
        format: writer.format(),
        labels: LadderLabels {
            segment: writer.by(),
            value: String::new(),
            interval: t.s("results-interval"),
            people: t.s("results-people"),
            letters: None,
            too_few: t.s("results-too-few-short"),
        },
        rows: rows.collect(),
        overall,
        bounds: Some(writer.bounds()),
    };
    Drawn {
        wide: ladder(&chart, Shape::Wide),
        narrow: ladder(&chart, Shape::Narrow),
    }
}

/// Groups through time; everyone alone gets a ribbon.
pub(super) fn trend_drawn(doors: Doors<'_>, found: &Explored, title: String) -> Drawn {
    let t = doors.t;
    let writer = Writer { t, found };
    let head = doors.head("explorer-trend", title, t.s("explorer-note-trend"));
    if found.query.results.group.is_none() {
        let chart = TrendChart {
            head,
            format: writer.format(),
            labels: TrendLabels {
                period: t.s("results-period"),
                value: writer.measure(),
                interval: t.s("results-interval"),
                people: t.s("results-people-short"),
                too_few: t.s("results-too-few-short"),
                event: t.s("results-event"),
            },
            buckets: buckets(doors, found),
            goal: None,
            markers: Vec::new(),
            bounds: Some(writer.bounds()),
        };
        return Drawn {
            wide: trend(&chart, Shape::Wide),
            narrow: trend(&chart, Shape::Narrow),
        };
    }
    let shown = found.rows.iter().filter(|row| row.figure.shown().is_some());
    let shown = shown.map(|row| Line {
        label: row
            .group
            .as_ref()
            .map(|group| writer.row_name(group))
            .unwrap_or_default(),
        readings: row
            .cells
            .iter()
            .map(|figure| writer.reading(figure))
            .collect(),
        hrefs: found
            .columns
            .iter()
            .zip(&row.cells)
            .map(|(column, figure)| cell_href(doors, found, row, Some(column), figure))
            .collect(),
    });
    let chart = LineChart {
        head,
        format: writer.format(),
        people: t.s("results-people-short"),
        too_few: t.s("results-too-few-short"),
        periods: found
            .columns
            .iter()
            .map(|column| writer.column_names(column))
            .collect(),
        lines: shown.collect(),
        bounds: Some(writer.bounds()),
    };
    Drawn {
        wide: lines(&chart, Shape::Wide),
        narrow: lines(&chart, Shape::Narrow),
    }
}

fn buckets(doors: Doors<'_>, found: &Explored) -> Vec<TrendBucket> {
    let t = doors.t;
    let writer = Writer { t, found };
    let cells = found
        .rows
        .first()
        .map(|row| row.cells.as_slice())
        .unwrap_or_default();
    let steps = found.columns.iter().zip(cells);
    let bucket = |(column, figure): (&ExploreColumn, &Figure)| {
        let ExploreColumn::Step(first, last) = column else {
            return None;
        };
        let (label, short_label) = step_names(t, found.step, found.step.start(*first));
        let query = between(&found.query.results, *first, *last);
        Some(TrendBucket {
            label,
            short_label,
            reading: writer.reading(figure),
            href: figure.shown().map(|_| doors.open(&query)),
        })
    };
    steps.filter_map(bucket).collect()
}
