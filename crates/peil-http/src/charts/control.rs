//! A control chart: counts week by week with what was expected, the limit of chance, and the moment at
//! which it changed.

use super::drawing::{Area, Drawing, Point, SMALL, Sheet, TEXT, Tag, at, path_through};
use super::numbers::{NO_NUMBER, ValueFormat};
use super::reading::{Bounds, usable};
use super::scale::{Scale, bounds_around, from_index, ticks};
use super::{ChartHead, ChartTable, Shape};

/// Weeks on a phone: a quarter.
const NARROW_WEEKS: usize = 13;
/// Wanted number of ticks on the value axis.
const TICKS: f64 = 4.0;

/// Words in the chart and its table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ControlLabels {
    /// Head of the column with weeks.
    pub period: String,
    /// Name of what is counted.
    pub count: String,
    /// Name of what was expected.
    pub expected: String,
    /// Name of the limit.
    pub limit: String,
    /// Name of the answers that it is counted among.
    pub answers: String,
    /// Stands for a count of too few people.
    pub too_few: String,
    /// Stands at the moment of change.
    pub changed: String,
}

/// One week.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPoint {
    /// Its name.
    pub label: String,
    /// Its short name, on the axis.
    pub short: String,
    /// What was counted, if it may be shown.
    pub count: Option<f64>,
    /// What was expected.
    pub expected: Option<f64>,
    /// The limit of chance.
    pub limit: Option<f64>,
    /// The answers that it is counted among.
    pub answers: f64,
    /// Whether it belongs to what changed.
    pub is_part: bool,
}

/// Counts with their limits, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlChart {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// How values are written.
    pub format: ValueFormat,
    /// Its words.
    pub labels: ControlLabels,
    /// The weeks.
    pub points: Vec<ControlPoint>,
}

impl ControlChart {
    /// The same figures as rows.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let written = |value: Option<f64>| {
            value.map_or_else(|| NO_NUMBER.to_owned(), |value| self.format.value(value))
        };
        let rows = self.points.iter().map(|point| {
            let count = point.count.map(|count| self.format.value(count));
            vec![
                point.label.clone(),
                count.unwrap_or_else(|| self.labels.too_few.clone()),
                written(point.expected.map(f64::round)),
                written(point.limit),
                self.format.value(point.answers),
            ]
        });
        ChartTable {
            caption: self.head.title.clone(),
            header: vec![
                self.labels.period.clone(),
                self.labels.count.clone(),
                self.labels.expected.clone(),
                self.labels.limit.clone(),
                self.labels.answers.clone(),
            ],
            rows: rows.collect(),
        }
    }
}

struct Plot<'chart> {
    points: &'chart [ControlPoint],
    chart: &'chart ControlChart,
    area: Area,
    bounds: Bounds,
    scale: Scale,
    pitch: f64,
    names: usize,
}

impl<'chart> Plot<'chart> {
    fn new(chart: &'chart ControlChart, shape: Shape) -> (Self, Sheet) {
        let (area, first, names, height) = match shape {
            Shape::Wide => (
                Area {
                    x: 40.0,
                    y: 26.0,
                    width: 668.0,
                    height: 196.0,
                },
                0,
                8,
                262.0,
            ),
            Shape::Narrow => {
                let first = chart.points.len().saturating_sub(NARROW_WEEKS);
                (
                    Area {
                        x: 34.0,
                        y: 26.0,
                        width: 296.0,
                        height: 156.0,
                    },
                    first,
                    4,
                    222.0,
                )
            }
        };
        let points = chart.points.get(first..).unwrap_or_default();
        let values = points
            .iter()
            .flat_map(|point| [point.count, point.expected, point.limit])
            .flatten()
            .chain([0.0]);
        let bounds = bounds_around(
            values,
            Some(Bounds {
                low: 0.0,
                high: 1e12,
            }),
            TICKS,
        );
        let plot = Self {
            points,
            chart,
            area,
            bounds,
            scale: Scale::new(bounds, area.y + area.height, area.y),
            pitch: area.width / from_index(points.len().max(1)),
            names,
        };
        (plot, Sheet::of(shape, height))
    }

    fn x(&self, index: usize) -> f64 {
        self.area.x + self.pitch * (from_index(index) + 0.5)
    }

    fn bottom(&self) -> f64 {
        self.area.y + self.area.height
    }

    fn axes(&self, drawing: &mut Drawing) {
        let right = self.area.x + self.area.width;
        let ticks = ticks(self.bounds, TICKS);
        for value in &ticks.values {
            let y = self.scale.place(*value);
            drawing.add(Tag::line("c-grid", at(self.area.x, y), at(right, y)));
            let words = self.chart.format.value(*value);
            let start = at(self.area.x - 6.0, y + 4.0);
            drawing.add(
                Tag::words("c-text-muted", start, &words)
                    .right_aligned()
                    .small(),
            );
        }
        let bottom = self.bottom();
        drawing.add(Tag::line(
            "c-axis",
            at(self.area.x, bottom),
            at(right, bottom),
        ));
        let step = self.points.len().div_ceil(self.names).max(1);
        for (index, point) in self.points.iter().enumerate().step_by(step) {
            let place = at(self.x(index), bottom + SMALL + 7.0);
            drawing.add(
                Tag::words("c-text-muted", place, &point.short)
                    .centred()
                    .small(),
            );
        }
    }

    /// A line through what is known, broken where something is not.
    fn line(
        &self,
        drawing: &mut Drawing,
        value: impl Fn(&ControlPoint) -> Option<f64>,
        tag: impl Fn(&str) -> Tag,
    ) {
        let mut runs: Vec<Vec<Point>> = vec![Vec::new()];
        for (index, point) in self.points.iter().enumerate() {
            match (value(point).and_then(usable), runs.last_mut()) {
                (Some(value), Some(run)) => run.push(at(self.x(index), self.scale.place(value))),
                _ => runs.push(Vec::new()),
            }
        }
        for run in runs.iter().filter(|run| run.len() > 1) {
            drawing.add(tag(&path_through(run)));
        }
    }

    /// The moment of change, with its word beside it.
    fn change(&self, drawing: &mut Drawing) {
        let Some(index) = self.points.iter().position(|point| point.is_part) else {
            return;
        };
        let x = self.x(index) - self.pitch / 2.0;
        let zone = Area {
            x,
            y: self.area.y,
            width: self.area.x + self.area.width - x,
            height: self.area.height,
        };
        drawing.add(Tag::area("c-zone", zone));
        drawing
            .add(Tag::line("c-text", at(x, self.area.y - 6.0), at(x, self.bottom())).dashed("4 3"));
        let start = at(x, self.area.y - 11.0);
        let words = Tag::words("c-text", start, &self.chart.labels.changed).size("font-size", TEXT);
        let middle = self.area.x + self.area.width / 2.0;
        drawing.add(if x > middle {
            words.right_aligned()
        } else {
            words
        });
    }

    fn counts(&self, drawing: &mut Drawing) {
        for (index, point) in self.points.iter().enumerate() {
            let Some(count) = point.count.and_then(usable) else {
                continue;
            };
            let place = at(self.x(index), self.scale.place(count));
            let answers = format!(
                "{} {}",
                self.chart.format.value(point.answers),
                self.chart.labels.answers
            );
            let name = format!(
                "{}: {} {}, {answers}",
                point.label,
                self.chart.format.value(count),
                self.chart.labels.count
            );
            let is_part = point.is_part;
            drawing.mark(None, &name, |drawing| {
                drawing.add(if is_part { square(place) } else { disc(place) });
            });
        }
    }
}

/// A week of what changed: a square, so that colour is not alone.
fn square(middle: Point) -> Tag {
    let area = Area {
        x: middle.x - 3.5,
        y: middle.y - 3.5,
        width: 7.0,
        height: 7.0,
    };
    Tag::area("c-low", area)
}

fn disc(middle: Point) -> Tag {
    let disc = Tag::new("circle", "c-accent")
        .size("cx", middle.x)
        .size("cy", middle.y);
    disc.size("r", 2.5).filled()
}

/// Draws the chart; on a phone the last quarter.
#[must_use]
pub fn control(chart: &ControlChart, shape: Shape) -> String {
    let (plot, sheet) = Plot::new(chart, shape);
    let mut drawing = Drawing::new(&chart.head, sheet);
    if plot.points.is_empty() {
        let middle = at(sheet.width / 2.0, sheet.height / 2.0);
        drawing.add(Tag::words("c-text-muted", middle, &chart.head.empty).centred());
        return drawing.finish(&chart.head);
    }
    drawing.backdrop(|drawing| {
        plot.change(drawing);
        plot.axes(drawing);
        plot.line(
            drawing,
            |point| point.limit,
            |path| {
                Tag::new("path", "c-low")
                    .set("d", path)
                    .stroked(1.25)
                    .dashed("5 3")
            },
        );
        plot.line(
            drawing,
            |point| point.expected,
            |path| Tag::new("path", "c-muted").set("d", path).stroked(1.5),
        );
        plot.line(
            drawing,
            |point| point.count,
            |path| Tag::new("path", "c-accent").set("d", path).stroked(1.75),
        );
    });
    plot.counts(&mut drawing);
    drawing.finish(&chart.head)
}

#[cfg(test)]
mod control_tests {
    use super::super::numbers::NumberStyle;
    use super::*;

    fn chart(weeks: usize) -> ControlChart {
        let point = |week: usize| ControlPoint {
            label: format!("week {week}"),
            short: week.to_string(),
            count: (week != 3).then_some(from_index(week % 7)),
            expected: Some(3.0),
            limit: Some(8.0),
            answers: 100.0,
            is_part: week + 2 >= weeks,
        };
        ControlChart {
            head: ChartHead {
                id: "control".into(),
                title: "Delivery".into(),
                description: "Complaints".into(),
                empty: "Nothing yet".into(),
            },
            format: ValueFormat {
                numbers: NumberStyle {
                    decimal: ',',
                    group: '.',
                },
                decimals: 0,
                shows_plus: false,
                suffix: String::new(),
            },
            labels: ControlLabels {
                changed: "since week 3".into(),
                too_few: "fewer than 5".into(),
                ..ControlLabels::default()
            },
            points: (0..weeks).map(point).collect(),
        }
    }

    #[test]
    fn every_week_is_in_the_table_and_a_hidden_count_is_said_to_be_hidden() {
        let table = chart(30).table();
        assert_eq!(table.rows.len(), 30);
        assert_eq!(table.rows[3][1], "fewer than 5");
    }

    #[test]
    fn a_phone_shows_the_last_quarter_and_the_moment_of_change() {
        let narrow = control(&chart(30), Shape::Narrow);
        assert!(!narrow.contains("week 16:") && narrow.contains("week 17:"));
        assert!(narrow.contains("since week 3"));
        assert!(control(&chart(30), Shape::Wide).contains("week 0:"));
    }

    #[test]
    fn no_weeks_leave_a_word() {
        assert!(control(&chart(0), Shape::Wide).contains("Nothing yet"));
    }
}
