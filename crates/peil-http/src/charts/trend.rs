//! A measure over time: what a trend chart is made of, its table, and the order of its layers.

use super::drawing::{Area, Drawing, Sheet, at};
use super::numbers::{NO_NUMBER, ValueFormat};
use super::reading::{Bounds, Known, Reading, ReferenceLine, usable_line};
use super::scale::{Scale, bounds_around, from_index, ticks};
use super::trend_layers::{
    draw_frame, draw_gaps, draw_goal, draw_last_value, draw_line, draw_people, draw_point,
    draw_ribbon,
};
use super::trend_markers::draw_markers;
use super::{ChartHead, ChartTable, Shape};

/// Words in the drawing and its table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrendLabels {
    /// Head of the column with periods.
    pub period: String,
    /// Name of the measure.
    pub value: String,
    /// Name of the interval.
    pub interval: String,
    /// Name of the number of people, short: it stands beside the strip.
    pub people: String,
    /// Short mark at a hidden period, such as "te weinig".
    pub too_few: String,
    /// Head of the column with changes and actions.
    pub event: String,
}

/// One week, month or quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendBucket {
    /// Full name, such as "maart 2026".
    pub label: String,
    /// Name under the axis, such as "mrt".
    pub short_label: String,
    /// The figure, or why there is none.
    pub reading: Reading,
    /// The answers behind it.
    pub href: Option<String>,
}

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkerKind {
    /// The questionnaire changed; figures before and after may differ for that reason.
    Version,
    /// Something was done to improve the score.
    Action,
}

/// Something that happened at the start of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendMarker {
    /// Position of the period in [`TrendChart::buckets`]; a marker elsewhere is left out.
    pub bucket: usize,
    /// What kind of thing it is.
    pub kind: MarkerKind,
    /// Its name.
    pub label: String,
    /// Its own page.
    pub href: Option<String>,
}

/// A measure over consecutive periods, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendChart {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// How values are written.
    pub format: ValueFormat,
    /// Words in the drawing and its table.
    pub labels: TrendLabels,
    /// The periods.
    pub buckets: Vec<TrendBucket>,
    /// Where it should be.
    pub goal: Option<ReferenceLine>,
    /// What happened in the meantime.
    pub markers: Vec<TrendMarker>,
    /// The whole scale; the drawing shows the part that is used.
    pub bounds: Option<Bounds>,
}

impl TrendChart {
    /// The same figures as rows, one per period.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let labels = &self.labels;
        let mut header = vec![
            labels.period.clone(),
            labels.value.clone(),
            labels.interval.clone(),
            labels.people.clone(),
        ];
        let has_events = !self.markers.is_empty();
        if has_events {
            header.push(labels.event.clone());
        }
        let rows = self.buckets.iter().enumerate().map(|(index, bucket)| {
            let mut row = self.row(bucket);
            if has_events {
                let here = self.markers.iter().filter(|marker| marker.bucket == index);
                row.push(
                    here.map(|marker| marker.label.as_str())
                        .collect::<Vec<_>>()
                        .join("; "),
                );
            }
            row
        });
        ChartTable {
            caption: self.head.title.clone(),
            header,
            rows: rows.collect(),
        }
    }

    fn row(&self, bucket: &TrendBucket) -> Vec<String> {
        let dash = || NO_NUMBER.to_owned();
        let Some(known) = bucket.reading.known() else {
            let too_few = bucket.reading.is_too_few();
            let value = if too_few {
                self.labels.too_few.clone()
            } else {
                dash()
            };
            return vec![bucket.label.clone(), value, dash(), dash()];
        };
        vec![
            bucket.label.clone(),
            self.format.value(known.value),
            known
                .interval
                .map_or_else(dash, |interval| self.format.interval(interval)),
            self.format.numbers.count(known.n),
        ]
    }

    pub(super) fn name_of(&self, bucket: &TrendBucket) -> String {
        let figure = match bucket.reading.known() {
            Some(known) => self.format.reading(known, &self.labels.people),
            None if bucket.reading.is_too_few() => self.labels.too_few.clone(),
            None => NO_NUMBER.to_owned(),
        };
        format!("{}: {figure}", bucket.label)
    }
}

/// A period with its place in the drawing.
#[derive(Debug, Clone)]
pub(super) struct Placed<'chart> {
    pub(super) bucket: &'chart TrendBucket,
    pub(super) known: Option<Known>,
    pub(super) x: f64,
}

/// Where everything in one drawing goes.
#[derive(Debug)]
pub(super) struct Plot<'chart> {
    pub(super) chart: &'chart TrendChart,
    pub(super) placed: Vec<Placed<'chart>>,
    /// Position in the chart of the first period that is drawn.
    pub(super) first: usize,
    /// Distance between two periods.
    pub(super) pitch: f64,
    pub(super) area: Area,
    pub(super) sheet: Sheet,
    pub(super) bounds: Bounds,
    pub(super) scale: Scale,
}

/// Wanted number of ticks on the value axis.
const TICKS: f64 = 4.0;
/// A phone shows at least this many periods.
const FEWEST_NARROW: usize = 8;

impl<'chart> Plot<'chart> {
    fn new(chart: &'chart TrendChart, shape: Shape) -> Self {
        let count = chart.buckets.len();
        let (sheet, area, first) = match shape {
            Shape::Wide => {
                let area = Area {
                    x: 44.0,
                    y: 36.0,
                    width: 596.0,
                    height: 158.0,
                };
                (Sheet::of(shape, 280.0), area, 0)
            }
            Shape::Narrow => {
                let area = Area {
                    x: 36.0,
                    y: 36.0,
                    width: 244.0,
                    height: 142.0,
                };
                (Sheet::of(shape, 260.0), area, count - narrow_count(count))
            }
        };
        let shown = chart.buckets.get(first..).unwrap_or_default();
        let pitch = area.width / from_index(shown.len().max(1));
        let placed: Vec<_> = shown
            .iter()
            .enumerate()
            .map(|(index, bucket)| Placed {
                bucket,
                known: bucket.reading.known(),
                x: area.x + pitch * (from_index(index) + 0.5),
            })
            .collect();
        let bounds = bounds_of(chart, &placed);
        let scale = Scale::new(bounds, area.y + area.height, area.y);
        Self {
            chart,
            placed,
            first,
            pitch,
            area,
            sheet,
            bounds,
            scale,
        }
    }

    pub(super) fn bottom(&self) -> f64 {
        self.area.y + self.area.height
    }

    pub(super) fn right(&self) -> f64 {
        self.area.x + self.area.width
    }
}

/// How many of the latest periods a phone shows: a quarter of a long trend, all of a short one.
pub(super) fn narrow_count(count: usize) -> usize {
    count.div_ceil(4).max(FEWEST_NARROW).min(count)
}

fn bounds_of(chart: &TrendChart, placed: &[Placed<'_>]) -> Bounds {
    let known = placed.iter().filter_map(|place| place.known);
    let values = known.flat_map(|known| {
        let ends = known.interval.map(|interval| [interval.low, interval.high]);
        ends.into_iter().flatten().chain([known.value])
    });
    let goal = usable_line(chart.goal.as_ref()).map(|goal| goal.value);
    bounds_around(values.chain(goal), chart.bounds, TICKS)
}

/// Draws the trend, 720 by 280 or 340 by 260 px.
#[must_use]
pub fn trend(chart: &TrendChart, shape: Shape) -> String {
    let plot = Plot::new(chart, shape);
    let mut drawing = Drawing::new(&chart.head, plot.sheet);
    let has_anything = plot
        .placed
        .iter()
        .any(|place| place.known.is_some() || place.bucket.reading.is_too_few());
    if !has_anything {
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    drawing.backdrop(|drawing| {
        draw_frame(drawing, &plot, &ticks(plot.bounds, TICKS));
        draw_gaps(drawing, &plot);
        draw_ribbon(drawing, &plot);
        draw_people(drawing, &plot);
        draw_goal(drawing, &plot);
    });
    draw_markers(&mut drawing, &plot);
    drawing.backdrop(|drawing| draw_line(drawing, &plot));
    for place in &plot.placed {
        draw_bucket(&mut drawing, &plot, place);
    }
    drawing.backdrop(|drawing| draw_last_value(drawing, &plot));
    drawing.finish(&chart.head)
}

/// The part that can be pointed at; without a door it only carries its name.
fn draw_bucket(drawing: &mut Drawing, plot: &Plot<'_>, place: &Placed<'_>) {
    let name = plot.chart.name_of(place.bucket);
    drawing.mark(place.bucket.href.as_deref(), &name, |drawing| {
        let (start, end) = (place.x - plot.pitch / 2.0, place.x + plot.pitch / 2.0);
        drawing.touch(Area::between(
            at(start, plot.area.y),
            at(end, plot.bottom() + 42.0),
        ));
        draw_point(drawing, plot, place);
    });
}
