//! The heat map and the table of an exploration: real tables, of which each cell is a door.

use peil_app::results::{
    ExploreColumn, ExploreMeasure, ExploreRow, Explored, Figure, ResultsQuery, Shown, When,
};
use peil_domain::survey::{Direction, Metric};

use super::{explorer_words::Writer, pictures::Doors};
use crate::edge::text::Text;

/// The heat map.
pub(super) struct Heat {
    pub(super) corner: String,
    /// Full and short names above the columns.
    pub(super) columns: Vec<(String, String)>,
    pub(super) rows: Vec<HeatRow>,
    /// Colours with what they mean.
    pub(super) legend: Vec<(&'static str, String)>,
}

/// One group.
pub(super) struct HeatRow {
    pub(super) name: String,
    pub(super) is_rest: bool,
    pub(super) cells: Vec<HeatCell>,
    /// The whole selection.
    pub(super) total: HeatCell,
}

/// One cell.
pub(super) struct HeatCell {
    pub(super) class: &'static str,
    /// What stands in it.
    pub(super) words: String,
    /// The same with interval and number of answers.
    pub(super) label: String,
    pub(super) href: Option<String>,
}

/// The figures as rows and columns, each with its interval and number of answers.
pub(super) struct Matrix {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<(String, Vec<MatrixCell>)>,
}

/// One figure.
pub(super) struct MatrixCell {
    pub(super) value: String,
    pub(super) notes: Vec<String>,
    pub(super) href: Option<String>,
    pub(super) is_uncertain: bool,
}

/// Name and cells of all rows, those of all others together last.
pub(super) fn all_rows(t: Text, found: &Explored) -> Vec<(String, &ExploreRow, bool)> {
    let writer = Writer { t, found };
    let name = |row: &ExploreRow| match &row.group {
        Some(group) => writer.row_name(group),
        None => t.s("results-everyone"),
    };
    let mut rows: Vec<_> = found
        .rows
        .iter()
        .map(|row| (name(row), row, false))
        .collect();
    if let Some(others) = &found.others {
        let n = [
            ("n", found.beyond.into()),
            ("written", written(t, found.beyond).into()),
        ];
        rows.push((t.a("explorer-others", &n), others, true));
    }
    rows
}

pub(super) fn written(t: Text, count: usize) -> String {
    t.count(u64::try_from(count).unwrap_or(u64::MAX))
}

/// The answers behind a cell; nothing for what is hidden, and for all others together.
pub(super) fn cell_href(
    doors: Doors<'_>,
    found: &Explored,
    row: &ExploreRow,
    column: Option<&ExploreColumn>,
    figure: &Figure,
) -> Option<String> {
    figure.shown()?;
    let is_rest = row.group.is_none() && found.query.results.group.is_some();
    if is_rest {
        return None;
    }
    let mut query = ResultsQuery {
        group: None,
        ..found.query.results.clone()
    };
    if let (Some(by), Some(group)) = (&found.query.results.group, &row.group) {
        query = query.with_only(by, &group.value);
    }
    match (column, &found.query.second) {
        (Some(ExploreColumn::Group(group)), Some(second)) => {
            query = query.with_only(second, &group.value);
        }
        (Some(ExploreColumn::Step(first, last)), _) => {
            query.when = When::Between(Some(*first), Some(*last));
        }
        _ => {}
    }
    Some(doors.open(&query))
}

/// Draws the heat map.
pub(super) fn heat(doors: Doors<'_>, found: &Explored) -> Heat {
    let t = doors.t;
    let writer = Writer { t, found };
    let shades = Shades::of(found);
    let columns: Vec<_> = found
        .columns
        .iter()
        .map(|column| writer.column_names(column))
        .collect();
    let rows = all_rows(t, found).into_iter().map(|(name, row, is_rest)| {
        let cells = found.columns.iter().zip(&columns).zip(&row.cells);
        let cells = cells.map(|((column, (full, _)), figure)| HeatCell {
            class: shades.class(figure),
            words: cell_words(&writer, figure),
            label: format!("{name}, {full}: {}", writer.sentence(figure)),
            href: cell_href(doors, found, row, Some(column), figure),
        });
        HeatRow {
            cells: cells.collect(),
            total: HeatCell {
                class: if row.figure.shown().is_some() {
                    "is-total"
                } else {
                    "is-withheld"
                },
                words: cell_words(&writer, &row.figure),
                label: format!("{name}: {}", writer.sentence(&row.figure)),
                href: cell_href(doors, found, row, None, &row.figure),
            },
            name,
            is_rest,
        }
    });
    Heat {
        corner: writer.by(),
        rows: rows.collect(),
        columns,
        legend: shades.legend(t),
    }
}

fn cell_words(writer: &Writer<'_>, figure: &Figure) -> String {
    match figure {
        Figure::Shown(shown) => writer.value(shown),
        Figure::Hidden | Figure::None => String::new(),
    }
}

/// The same figures as a plain table.
pub(super) fn matrix(doors: Doors<'_>, found: &Explored, caption: String) -> Matrix {
    let t = doors.t;
    let writer = Writer { t, found };
    let cell = |row: &ExploreRow, column: Option<&ExploreColumn>, figure: &Figure| {
        let shown = figure.shown();
        MatrixCell {
            value: match figure {
                Figure::Shown(shown) => writer.value(shown),
                Figure::Hidden => t.s("results-too-few-short"),
                Figure::None => "–".to_owned(),
            },
            notes: shown.map(|shown| notes(&writer, shown)).unwrap_or_default(),
            href: cell_href(doors, found, row, column, figure),
            is_uncertain: shown.is_some_and(|shown| shown.is_uncertain),
        }
    };
    let rows = all_rows(t, found).into_iter().map(|(name, row, _)| {
        let columns = found.columns.iter().map(Some);
        let figures = columns.zip(&row.cells);
        let cells = figures.map(|(column, figure)| cell(row, column, figure));
        let total = cell(row, None, &row.figure);
        (name, std::iter::once(total).chain(cells).collect())
    });
    let columns = found.columns.iter();
    let columns = columns.map(|column| writer.column_names(column).0);
    let head = [writer.by(), t.s("explorer-whole")];
    Matrix {
        caption,
        head: head.into_iter().chain(columns).collect(),
        rows: rows.collect(),
    }
}

fn notes(writer: &Writer<'_>, shown: &Shown) -> Vec<String> {
    let interval = writer.interval(shown);
    interval.into_iter().chain([writer.people(shown)]).collect()
}

/// Which colour a figure gets.
///
/// Good and bad news are measured from the whole selection: only a figure whose interval leaves it
/// out is coloured. What is neither good nor bad is lighter or darker.
struct Shades {
    /// The figure of the whole selection, when groups are above or below it.
    middle: Option<f64>,
    /// Whether a low value is good news.
    is_low_good: bool,
    /// Least and most of what is neither good nor bad; largest distance from the middle.
    least: f64,
    most: f64,
    distance: f64,
}

const HIGH: [&str; 3] = ["is-high-1", "is-high-2", "is-high-3"];
const LOW: [&str; 3] = ["is-low-1", "is-low-2", "is-low-3"];
const TINTS: [&str; 5] = [
    "is-tint-1",
    "is-tint-2",
    "is-tint-3",
    "is-tint-4",
    "is-tint-5",
];

impl Shades {
    fn of(found: &Explored) -> Self {
        let is_news = matches!(found.subject.measure, ExploreMeasure::Score(_));
        let has_range = found.query.results.least.is_some() || found.query.results.most.is_some();
        let middle = found.whole.shown().map(|shown| shown.value);
        let middle = middle.filter(|_| is_news && !has_range);
        let rows = found.rows.iter().chain(&found.others);
        let shown: Vec<&Shown> = rows
            .flat_map(|row| &row.cells)
            .filter_map(Figure::shown)
            .filter(|shown| !shown.is_uncertain)
            .collect();
        let values = || shown.iter().map(|shown| shown.value);
        let away = values().map(|value| (value - middle.unwrap_or(value)).abs());
        Self {
            middle,
            is_low_good: found.subject.measure == ExploreMeasure::Score(Metric::Mean)
                && found
                    .subject
                    .scale
                    .is_some_and(|scale| scale.direction == Direction::LowerIsBetter),
            least: values().fold(f64::INFINITY, f64::min),
            most: values().fold(f64::NEG_INFINITY, f64::max),
            distance: away.fold(0.0, f64::max),
        }
    }

    fn class(&self, figure: &Figure) -> &'static str {
        let shown = match figure {
            Figure::Shown(shown) => shown,
            Figure::Hidden => return "is-withheld",
            Figure::None => return "is-nobody",
        };
        if shown.is_uncertain {
            return "is-uncertain";
        }
        let Some(middle) = self.middle else {
            let share = (shown.value - self.least) / (self.most - self.least);
            return step(&TINTS, share);
        };
        if shown.low <= middle && middle <= shown.high {
            return "is-level";
        }
        let share = (shown.value - middle).abs() / self.distance;
        if (shown.value > middle) == self.is_low_good {
            step(&LOW, share)
        } else {
            step(&HIGH, share)
        }
    }

    fn legend(&self, t: Text) -> Vec<(&'static str, String)> {
        let mut found = match self.middle {
            Some(_) => vec![
                ("is-low-3", t.s("explorer-legend-worse")),
                ("is-level", t.s("explorer-legend-same")),
                ("is-high-3", t.s("explorer-legend-better")),
            ],
            None => vec![
                ("is-tint-1", t.s("explorer-legend-less")),
                ("is-tint-5", t.s("explorer-legend-more")),
            ],
        };
        found.push(("is-uncertain", t.s("explorer-legend-uncertain")));
        found.push(("is-withheld", t.s("explorer-legend-hidden")));
        found
    }
}

/// The class for a part of the way, from the first to the last.
fn step(classes: &[&'static str], share: f64) -> &'static str {
    let mut end = 0.0;
    let width = 1.0 / f64::from(u32::try_from(classes.len()).unwrap_or(1));
    for class in classes {
        end += width;
        if share <= end + 1e-9 {
            return class;
        }
    }
    classes.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_way_has_its_own_shade() {
        let shade = |share| step(&TINTS, share);
        assert_eq!(
            [shade(0.0), shade(0.2), shade(0.21)],
            ["is-tint-1", "is-tint-1", "is-tint-2"]
        );
        assert_eq!([shade(1.0), shade(7.0), shade(f64::NAN)], ["is-tint-5"; 3]);
        assert_eq!(step(&HIGH, 0.34), "is-high-2");
    }
}
