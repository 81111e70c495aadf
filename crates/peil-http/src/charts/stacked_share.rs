//! One bar divided into parts, each named where it lies.

use super::drawing::{Area, Drawing, Point, Sheet, TEXT, Tag, at};
use super::marks::{colour, solid, tint};
use super::numbers::NumberStyle;
use super::reading::Zone;
use super::scale::{fraction, from_index};
use super::text_fit::{Room, Wish, shorten, spread, text_width};
use super::{ChartHead, ChartTable, Shape};

/// Words of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StackedShareLabels {
    /// Head of the column with parts.
    pub part: String,
    /// Head of the column with counts.
    pub count: String,
    /// Head of the column with shares.
    pub share: String,
}

/// One part of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharePart {
    /// Its name.
    pub label: String,
    /// Number of answers.
    pub count: u64,
    /// Colour and form; without it the accent.
    pub zone: Option<Zone>,
    /// The answers behind it.
    pub href: Option<String>,
}

/// Parts that make a whole together, in the order of the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackedShareChart {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// Signs of the language.
    pub numbers: NumberStyle,
    /// Words of the table.
    pub labels: StackedShareLabels,
    /// The parts.
    pub parts: Vec<SharePart>,
}

impl StackedShareChart {
    /// The same figures as rows.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let total = self.total();
        let rows = self.parts.iter().map(|part| {
            let share = self.numbers.share(part.count, total);
            vec![part.label.clone(), self.numbers.count(part.count), share]
        });
        ChartTable {
            caption: self.head.title.clone(),
            header: vec![
                self.labels.part.clone(),
                self.labels.count.clone(),
                self.labels.share.clone(),
            ],
            rows: rows.collect(),
        }
    }

    fn total(&self) -> u64 {
        self.parts
            .iter()
            .fold(0, |sum, part| sum.saturating_add(part.count))
    }
}

const BAR: f64 = 46.0;
const BELOW: f64 = 22.0;
/// A part that is not nothing is at least this wide.
const SLIVER: f64 = 2.0;

/// A part with the stretch it takes.
#[derive(Debug)]
struct Segment<'chart> {
    part: &'chart SharePart,
    percentage: String,
    start: f64,
    width: f64,
    /// Where its name begins under the bar; none when the name is inside.
    below: Option<Point>,
}

/// Draws the bar, 720 or 340 px wide.
#[must_use]
pub fn stacked_share(chart: &StackedShareChart, shape: Shape) -> String {
    if chart.total() == 0 {
        let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, 60.0));
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    let width = Sheet::of(shape, 0.0).width;
    let mut segments = lay_out(chart, width);
    name_below(&mut segments, width);
    let lowest = segments
        .iter()
        .filter_map(|segment| segment.below)
        .map(|below| below.y);
    let height = lowest.fold(BAR, |low, base| low.max(base + 6.0));
    let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, height));
    for segment in &segments {
        let part = segment.part;
        let count = chart.numbers.count(part.count);
        let name = format!("{}: {count} ({})", part.label, segment.percentage);
        drawing.mark(part.href.as_deref(), &name, |drawing| {
            draw_segment(drawing, segment, width);
        });
    }
    drawing.finish(&chart.head)
}

fn lay_out(chart: &StackedShareChart, width: f64) -> Vec<Segment<'_>> {
    let total = chart.total();
    let shown: Vec<_> = chart.parts.iter().filter(|part| part.count > 0).collect();
    let gaps = from_index(shown.len().saturating_sub(1)) * 2.0;
    // Slivers are paid by all parts together, so that the bar never outgrows its sheet.
    let slivers = from_index(shown.len()) * SLIVER;
    let room = (width - gaps - slivers).max(0.0);
    let mut start = 0.0;
    let mut segments = Vec::new();
    for part in shown {
        let segment_width = SLIVER + fraction(part.count, total) * room;
        let percentage = chart.numbers.share(part.count, total);
        segments.push(Segment {
            part,
            percentage,
            start,
            width: segment_width,
            below: None,
        });
        start += segment_width + 2.0;
    }
    segments
}

/// Gives names that do not fit inside a place under the bar: on one line, else on a line each.
fn name_below(segments: &mut [Segment<'_>], width: f64) {
    let mut outside: Vec<_> = segments
        .iter_mut()
        .filter(|segment| !fits_inside(segment))
        .collect();
    let wishes: Vec<_> = outside
        .iter()
        .map(|segment| {
            let wide = text_width(&words_below(segment, width), TEXT) + 16.0;
            Wish {
                centre: segment.start + wide / 2.0,
                width: wide,
            }
        })
        .collect();
    let room = Room {
        start: 0.0,
        end: width,
    };
    let on_one_line = spread(&wishes, room);
    for (index, (segment, wish)) in outside.iter_mut().zip(&wishes).enumerate() {
        let spot = on_one_line.as_ref().and_then(|spots| spots.get(index));
        let (centre, line) = match spot {
            Some(spot) => (spot.centre, 0),
            None => (room.keep_inside(*wish), index),
        };
        segment.below = Some(at(
            centre - wish.width / 2.0,
            BAR + 20.0 + from_index(line) * BELOW,
        ));
    }
}

fn fits_inside(segment: &Segment<'_>) -> bool {
    segment.width > 60.0 && text_width(&segment.part.label, TEXT) + 14.0 <= segment.width
}

fn words_below(segment: &Segment<'_>, width: f64) -> String {
    let label = shorten(&segment.part.label, TEXT, width - 70.0);
    format!("{label} {}", segment.percentage)
}

fn draw_segment(drawing: &mut Drawing, segment: &Segment<'_>, sheet_width: f64) {
    let zone = segment.part.zone;
    let Segment { start, width, .. } = *segment;
    drawing.touch(Area {
        x: start,
        y: 0.0,
        width,
        height: BAR,
    });
    drawing.add(Tag::area(
        tint(zone),
        Area {
            x: start,
            y: 0.0,
            width,
            height: BAR,
        },
    ));
    drawing.add(Tag::area(
        colour(zone),
        Area {
            x: start,
            y: BAR - 3.0,
            width,
            height: 3.0,
        },
    ));
    if let Some(below) = segment.below {
        drawing.add(solid(zone, at(below.x + 5.0, below.y - 4.0), 4.0));
        let words = words_below(segment, sheet_width);
        drawing.add(Tag::words("c-text", at(below.x + 14.0, below.y), &words));
        return;
    }
    drawing.add(solid(zone, at(start + 12.0, 14.0), 4.0));
    let share = Tag::words("c-text", at(start + 22.0, 19.0), &segment.percentage);
    drawing.add(share.strong().size("font-size", 15.0));
    drawing.add(Tag::words(
        "c-text",
        at(start + 8.0, 36.0),
        &segment.part.label,
    ));
}
