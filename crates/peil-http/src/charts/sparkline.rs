//! A trend of the size of a word, for a cell in a table.

use super::drawing::{Drawing, Point, Sheet, Tag, at, path_through};
use super::numbers::{NO_NUMBER, ValueFormat};
use super::reading::usable;
use super::scale::{Scale, bounds_around, from_index};
use super::{ChartHead, ChartTable};

const WIDTH: f64 = 96.0;
const HEIGHT: f64 = 26.0;

/// Words of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SparklineLabels {
    /// Head of the column with periods.
    pub period: String,
    /// Name of the measure.
    pub value: String,
}

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct SparklinePoint {
    /// Name of the period.
    pub label: String,
    /// The value, if it may be shown.
    pub value: Option<f64>,
}

/// A tiny trend, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Sparkline {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// How values are written.
    pub format: ValueFormat,
    /// Words of the table.
    pub labels: SparklineLabels,
    /// The periods.
    pub points: Vec<SparklinePoint>,
}

impl Sparkline {
    /// The same figures as rows.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let rows = self.points.iter().map(|point| {
            let value = point.value.map(|value| self.format.value(value));
            vec![
                point.label.clone(),
                value.unwrap_or_else(|| NO_NUMBER.to_owned()),
            ]
        });
        ChartTable {
            caption: self.head.title.clone(),
            header: vec![self.labels.period.clone(), self.labels.value.clone()],
            rows: rows.collect(),
        }
    }
}

/// Draws the line, 96 by 26 px; it breaks where a value is missing.
#[must_use]
pub fn sparkline(chart: &Sparkline) -> String {
    let mut drawing = Drawing::new(&chart.head, Sheet::inline(WIDTH, HEIGHT));
    let values = || {
        chart
            .points
            .iter()
            .map(|point| point.value.and_then(usable))
    };
    if values().flatten().next().is_none() {
        drawing.add(Tag::line(
            "c-axis",
            at(4.0, HEIGHT / 2.0),
            at(WIDTH - 4.0, HEIGHT / 2.0),
        ));
        return drawing.finish(&chart.head);
    }
    let bounds = bounds_around(values().flatten(), None, 3.0);
    let scale = Scale::new(bounds, HEIGHT - 4.0, 4.0);
    let pitch = (WIDTH - 12.0) / from_index(chart.points.len().saturating_sub(1).max(1));
    let mut runs: Vec<Vec<Point>> = vec![Vec::new()];
    for (index, value) in values().enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) => {
                run.push(at(6.0 + pitch * from_index(index), scale.place(value)));
            }
            _ => runs.push(Vec::new()),
        }
    }
    for run in &runs {
        match run.as_slice() {
            [] => {}
            [only] => drawing.add(disc(*only, 1.5)),
            several => {
                let line = Tag::new("path", "c-accent").set("d", &path_through(several));
                drawing.add(line.stroked(1.5).set("stroke-linejoin", "round"));
            }
        }
    }
    if let Some(last) = runs.iter().rev().find_map(|run| run.last()) {
        drawing.add(disc(*last, 2.75));
    }
    drawing.finish(&chart.head)
}

fn disc(middle: Point, radius: f64) -> Tag {
    let disc = Tag::new("circle", "c-accent")
        .size("cx", middle.x)
        .size("cy", middle.y);
    disc.size("r", radius).filled()
}
