//! Segments under each other on one scale, best first, each with its interval.

use std::cmp::Ordering;

use super::drawing::{Area, Drawing, Sheet, TEXT, Tag, at};
use super::marks::{draw_hidden, draw_interval, draw_value, patch_behind};
use super::numbers::{NO_NUMBER, ValueFormat};
use super::reading::{Bounds, Known, Reading, ReferenceLine, Zone, usable_line};
use super::scale::{Scale, Ticks, bounds_around, from_index, ticks};
use super::text_fit::{Room, Wish, shorten, text_width};
use super::{ChartHead, ChartTable, Shape};

/// Words in the drawing and its table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LadderLabels {
    /// Head of the column with segments.
    pub segment: String,
    /// Name of the measure.
    pub value: String,
    /// Name of the interval.
    pub interval: String,
    /// Name of the number of people.
    pub people: String,
    /// Head of the column with letters; without it there is no such column.
    pub letters: Option<String>,
    /// Stands in a hidden row, such as "minder dan 5".
    pub too_few: String,
}

/// One segment.
#[derive(Debug, Clone, PartialEq)]
pub struct LadderRow {
    /// Its name.
    pub label: String,
    /// The figure, or why there is none.
    pub reading: Reading,
    /// Colour and form of the dot; without it a disc in the accent.
    pub zone: Option<Zone>,
    /// Segments that share a letter do not differ.
    pub letters: Option<String>,
    /// The answers behind it.
    pub href: Option<String>,
}

/// A measure for many segments, in any order.
#[derive(Debug, Clone, PartialEq)]
pub struct LadderChart {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// How values are written.
    pub format: ValueFormat,
    /// Words in the drawing and its table.
    pub labels: LadderLabels,
    /// The segments.
    pub rows: Vec<LadderRow>,
    /// Mean of all together.
    pub overall: Option<ReferenceLine>,
    /// The whole scale; the drawing shows the part that is used.
    pub bounds: Option<Bounds>,
}

impl LadderChart {
    /// The same figures as rows, in the order of the drawing.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let labels = &self.labels;
        let mut header = vec![
            labels.segment.clone(),
            labels.value.clone(),
            labels.interval.clone(),
            labels.people.clone(),
        ];
        header.extend(labels.letters.clone());
        let dash = || NO_NUMBER.to_owned();
        let rows = self.sorted().into_iter().map(|row| {
            let known = row.reading.known();
            let interval = known.and_then(|known| known.interval);
            let mut cells = vec![
                row.label.clone(),
                known.map_or_else(|| self.reason(row), |known| self.format.value(known.value)),
                interval.map_or_else(dash, |interval| self.format.interval(interval)),
                known.map_or_else(dash, |known| self.format.numbers.count(known.n)),
            ];
            if labels.letters.is_some() {
                cells.push(row.letters.clone().unwrap_or_default());
            }
            cells
        });
        ChartTable {
            caption: self.head.title.clone(),
            header,
            rows: rows.collect(),
        }
    }

    /// Highest value first, then by name; rows without a value last.
    fn sorted(&self) -> Vec<&LadderRow> {
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_by(|left, right| {
            let by_value = match (left.reading.known(), right.reading.known()) {
                (Some(left), Some(right)) => right.value.total_cmp(&left.value),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => Ordering::Equal,
            };
            by_value.then_with(|| left.label.cmp(&right.label))
        });
        rows
    }

    fn reason(&self, row: &LadderRow) -> String {
        if row.reading.is_too_few() {
            self.labels.too_few.clone()
        } else {
            NO_NUMBER.to_owned()
        }
    }

    fn name_of(&self, row: &LadderRow) -> String {
        let figure = row.reading.known().map_or_else(
            || self.reason(row),
            |known| self.format.reading(known, &self.labels.people),
        );
        match &row.letters {
            Some(letters) if !letters.is_empty() => format!("{}: {figure}, {letters}", row.label),
            _ => format!("{}: {figure}", row.label),
        }
    }

    fn bounds_of_rows(&self) -> Bounds {
        let known = self.rows.iter().filter_map(|row| row.reading.known());
        let values = known.flat_map(|known| {
            let ends = known.interval.map(|interval| [interval.low, interval.high]);
            ends.into_iter().flatten().chain([known.value])
        });
        let overall = usable_line(self.overall.as_ref()).map(|line| line.value);
        bounds_around(values.chain(overall), self.bounds, TICKS)
    }
}

const TICKS: f64 = 5.0;

/// Columns and heights of one drawing.
#[derive(Debug, Clone, Copy)]
struct Layout {
    shape: Shape,
    width: f64,
    row_height: f64,
    /// Where rows begin, under the heads of the columns.
    top: f64,
    plot: Room,
    label_room: f64,
    /// Right edges of the columns.
    letters: f64,
    value: f64,
    people: f64,
    /// Base line of the words, and middle of the dot, within a row.
    words: f64,
    dot: f64,
}

impl Layout {
    fn new(shape: Shape, has_letters: bool) -> Self {
        match shape {
            Shape::Wide => Self {
                shape,
                width: 720.0,
                row_height: 30.0,
                top: 34.0,
                plot: Room {
                    start: 196.0,
                    end: if has_letters { 530.0 } else { 570.0 },
                },
                label_room: 176.0,
                letters: 588.0,
                value: 648.0,
                people: 716.0,
                words: 19.0,
                dot: 15.0,
            },
            Shape::Narrow => Self {
                shape,
                width: 340.0,
                row_height: 50.0,
                top: 38.0,
                plot: Room {
                    start: 8.0,
                    end: 332.0,
                },
                label_room: if has_letters { 160.0 } else { 204.0 },
                letters: 222.0,
                value: 284.0,
                people: 338.0,
                words: 18.0,
                dot: 34.0,
            },
        }
    }
}

/// Draws the ladder, 720 or 340 px wide and as high as it has rows.
#[must_use]
pub fn ladder(chart: &LadderChart, shape: Shape) -> String {
    let layout = Layout::new(shape, chart.labels.letters.is_some());
    if chart.rows.is_empty() {
        let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, 80.0));
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    let bottom = layout.top + from_index(chart.rows.len()) * layout.row_height;
    let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, bottom + 26.0));
    let bounds = chart.bounds_of_rows();
    let scale = Scale::new(bounds, layout.plot.start, layout.plot.end);
    let found = ticks(bounds, TICKS);
    drawing.backdrop(|drawing| {
        draw_heads(drawing, chart, layout);
        draw_grid(drawing, chart, layout, &scale, &found);
        draw_overall(drawing, chart, layout, &scale);
    });
    for (index, row) in chart.sorted().into_iter().enumerate() {
        let top = layout.top + from_index(index) * layout.row_height;
        drawing.mark(row.href.as_deref(), &chart.name_of(row), |drawing| {
            drawing.touch(Area {
                x: 0.0,
                y: top,
                width: layout.width,
                height: layout.row_height,
            });
            draw_row(drawing, chart, row, layout, &scale, top);
        });
    }
    drawing.finish(&chart.head)
}

fn draw_heads(drawing: &mut Drawing, chart: &LadderChart, layout: Layout) {
    let labels = &chart.labels;
    let base = 12.0;
    if layout.shape == Shape::Wide {
        let words = shorten(&labels.segment, TEXT, layout.label_room);
        drawing.add(Tag::words("c-text-muted", at(0.0, base), &words).small());
    }
    let columns = [
        (
            layout.letters,
            labels.letters.as_deref().unwrap_or_default(),
        ),
        (layout.value, labels.value.as_str()),
        (layout.people, labels.people.as_str()),
    ];
    for (right, label) in columns {
        let words = shorten(label, TEXT, 56.0);
        if !words.is_empty() {
            drawing.add(
                Tag::words("c-text-muted", at(right, base), &words)
                    .right_aligned()
                    .small(),
            );
        }
    }
}

/// Hairlines between rows and ticks below them.
fn draw_grid(
    drawing: &mut Drawing,
    chart: &LadderChart,
    layout: Layout,
    scale: &Scale,
    found: &Ticks,
) {
    let rows_end = layout.top + from_index(chart.rows.len()) * layout.row_height;
    for index in 0..=chart.rows.len() {
        let y = layout.top + from_index(index) * layout.row_height;
        drawing.add(Tag::line("c-grid", at(0.0, y), at(layout.width, y)));
    }
    for value in &found.values {
        let x = scale.place(*value);
        drawing.add(Tag::line("c-axis", at(x, rows_end), at(x, rows_end + 4.0)));
        let words = chart.format.with_decimals(*value, found.decimals);
        let wish = Wish {
            centre: x,
            width: text_width(&words, TEXT),
        };
        let centre = Room {
            start: 0.0,
            end: layout.width,
        }
        .keep_inside(wish);
        let middle = at(centre, rows_end + 18.0);
        drawing.add(Tag::words("c-text-muted", middle, &words).centred().small());
    }
}

/// The mean of all together, through all rows, with its name on top.
fn draw_overall(drawing: &mut Drawing, chart: &LadderChart, layout: Layout, scale: &Scale) {
    let rows_end = layout.top + from_index(chart.rows.len()) * layout.row_height;
    let Some(overall) = usable_line(chart.overall.as_ref()) else {
        return;
    };
    let x = scale.place(overall.value);
    // On a phone the line passes the words of a row; it starts and stops around them.
    if layout.shape == Shape::Wide {
        let line = Tag::line("c-muted", at(x, layout.top - 6.0), at(x, rows_end));
        drawing.add(line.dashed("3 3"));
    } else {
        for index in 0..chart.rows.len() {
            let top = layout.top + from_index(index) * layout.row_height;
            let line = Tag::line("c-muted", at(x, top + 24.0), at(x, top + 44.0));
            drawing.add(line.dashed("3 3"));
        }
    }
    let full = format!("{} {}", overall.label, chart.format.value(overall.value));
    let room = match layout.shape {
        Shape::Wide => Room {
            start: layout.plot.start - 20.0,
            end: layout.plot.end,
        },
        Shape::Narrow => Room {
            start: 0.0,
            end: layout.width,
        },
    };
    let words = shorten(&full, TEXT, room.end - room.start);
    let wish = Wish {
        centre: x,
        width: text_width(&words, TEXT),
    };
    let middle = match layout.shape {
        Shape::Wide => at(room.keep_inside(wish), 22.0),
        Shape::Narrow => at(room.keep_inside(wish), 31.0),
    };
    let label = Tag::words("c-text", middle, &words).centred().small();
    drawing.words_on_ground(label, patch_behind(middle, &words));
}

fn draw_row(
    drawing: &mut Drawing,
    chart: &LadderChart,
    row: &LadderRow,
    layout: Layout,
    scale: &Scale,
    top: f64,
) {
    let known = row.reading.known();
    let is_firm = known.is_some_and(|known| !known.is_uncertain);
    let class = if is_firm { "c-text" } else { "c-text-muted" };
    let base = top + layout.words;
    let label = shorten(&row.label, TEXT, layout.label_room);
    drawing.add(Tag::words(class, at(0.0, base), &label));
    let Some(known) = known else {
        let words = if row.reading.is_too_few() {
            &chart.labels.too_few
        } else {
            NO_NUMBER
        };
        let room = layout.plot.end - layout.plot.start - 40.0;
        let start = at(layout.plot.start, top + layout.dot + 4.0);
        draw_hidden(drawing, start, &shorten(words, TEXT, room));
        return;
    };
    draw_dot(drawing, row, known, layout, scale, top + layout.dot);
    let value = shorten(&chart.format.value(known.value), TEXT, 58.0);
    drawing.add(
        Tag::words(class, at(layout.value, base), &value)
            .right_aligned()
            .strong(),
    );
    let people = shorten(&chart.format.numbers.count(known.n), TEXT, 62.0);
    let people = Tag::words("c-text-muted", at(layout.people, base), &people);
    drawing.add(people.right_aligned().small());
    if let Some(letters) = row
        .letters
        .as_ref()
        .filter(|_| chart.labels.letters.is_some())
    {
        let words = shorten(letters, TEXT, 50.0);
        let place = at(layout.letters, base);
        drawing.add(Tag::words("c-text-muted", place, &words).right_aligned());
    }
}

fn draw_dot(
    drawing: &mut Drawing,
    row: &LadderRow,
    known: Known,
    layout: Layout,
    scale: &Scale,
    middle: f64,
) {
    if let Some(interval) = known.interval {
        let (low, high) = (scale.place(interval.low), scale.place(interval.high));
        let bar = Area::between(at(low, middle - 4.0), at(high, middle + 4.0));
        draw_interval(drawing, row.zone, bar, known.is_uncertain);
    }
    let radius = if layout.shape == Shape::Wide {
        4.5
    } else {
        5.0
    };
    draw_value(
        drawing,
        row.zone,
        at(scale.place(known.value), middle),
        radius,
        known.is_uncertain,
    );
}
