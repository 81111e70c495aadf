//! The bar under the figure in a tile: where a value lies on its scale and how sure that is.

use super::drawing::{Area, Drawing, SMALL, Sheet, Tag, at};
use super::marks::{colour, draw_interval, draw_value};
use super::numbers::{NO_NUMBER, ValueFormat};
use super::reading::{Bounds, Known, Reading, ReferenceLine, Zone, usable_line};
use super::scale::Scale;
use super::text_fit::{Room, Wish, in_lanes, shorten, text_width};
use super::{ChartHead, ChartTable};

const WIDTH: f64 = 260.0;
const HEIGHT: f64 = 64.0;
const LEFT: f64 = 7.0;
const RIGHT: f64 = WIDTH - 7.0;
const BASE: f64 = 34.0;

/// Words of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntervalBarLabels {
    /// Head of the column with names.
    pub figure: String,
    /// Head of the column with values, also the name of the value itself.
    pub value: String,
    /// Name of the interval.
    pub interval: String,
    /// Name of the number of people.
    pub people: String,
    /// Why a figure is hidden, such as "minder dan 5".
    pub too_few: String,
}

/// One value on its scale.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalBar {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// How values are written.
    pub format: ValueFormat,
    /// Words of the table.
    pub labels: IntervalBarLabels,
    /// The whole scale.
    pub bounds: Bounds,
    /// The value, or why there is none.
    pub reading: Reading,
    /// Colour and form of the marker; without it the accent.
    pub zone: Option<Zone>,
    /// Where it should be.
    pub goal: Option<ReferenceLine>,
    /// Where it was in the period before.
    pub previous: Option<ReferenceLine>,
    /// The answers behind it.
    pub href: Option<String>,
}

impl IntervalBar {
    /// The same figures as rows.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let labels = &self.labels;
        let known = self.reading.known();
        let dash = || NO_NUMBER.to_owned();
        let value = match known {
            Some(known) => self.format.value(known.value),
            None if self.reading.is_too_few() => labels.too_few.clone(),
            None => dash(),
        };
        let interval = known.and_then(|known| known.interval);
        let mut rows = vec![vec![
            labels.value.clone(),
            value,
            interval.map_or_else(dash, |interval| self.format.interval(interval)),
            known.map_or_else(dash, |known| self.format.numbers.count(known.n)),
        ]];
        for line in [&self.previous, &self.goal].into_iter().flatten() {
            rows.push(vec![
                line.label.clone(),
                self.format.value(line.value),
                dash(),
                dash(),
            ]);
        }
        ChartTable {
            caption: self.head.title.clone(),
            header: vec![
                labels.figure.clone(),
                labels.value.clone(),
                labels.interval.clone(),
                labels.people.clone(),
            ],
            rows,
        }
    }

    fn name_of(&self, known: Known) -> String {
        format!(
            "{} {}",
            self.labels.value,
            self.format.reading(known, &self.labels.people)
        )
    }
}

/// Draws the bar, 260 by 64 px.
#[must_use]
pub fn interval_bar(chart: &IntervalBar) -> String {
    let mut drawing = Drawing::new(&chart.head, Sheet::inline(WIDTH, HEIGHT));
    let Some(bounds) = chart.bounds.tidy() else {
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    };
    let scale = Scale::new(bounds, LEFT, RIGHT);
    drawing.backdrop(|drawing| {
        drawing.add(Tag::line("c-axis", at(LEFT, BASE), at(RIGHT, BASE)));
        draw_scale_words(drawing, chart, bounds, &scale);
        draw_previous(drawing, chart, &scale);
    });
    match chart.reading.known() {
        Some(known) => drawing.mark(chart.href.as_deref(), &chart.name_of(known), |drawing| {
            draw_value_with_interval(drawing, chart, known, &scale);
        }),
        None => drawing.backdrop(|drawing| draw_reason(drawing, chart)),
    }
    drawing.backdrop(|drawing| draw_goal(drawing, chart, &scale));
    drawing.finish(&chart.head)
}

fn draw_value_with_interval(
    drawing: &mut Drawing,
    chart: &IntervalBar,
    known: Known,
    scale: &Scale,
) {
    drawing.touch(Area {
        x: 0.0,
        y: 14.0,
        width: WIDTH,
        height: 32.0,
    });
    if let Some(interval) = known.interval {
        let (low, high) = (scale.place(interval.low), scale.place(interval.high));
        let bar = Area::between(at(low, BASE - 7.0), at(high, BASE + 7.0));
        draw_interval(drawing, chart.zone, bar, known.is_uncertain);
    }
    let x = scale.place(known.value);
    let class = if known.is_uncertain {
        "c-muted"
    } else {
        colour(chart.zone)
    };
    let (top, foot) = (at(x, BASE - 10.0), at(x, BASE + 10.0));
    drawing.add(Tag::line("c-halo", top, foot).size("stroke-width", 5.0));
    drawing.add(Tag::line(class, top, foot).size("stroke-width", 3.0));
    // The shape sits on top like the head of a pin: at the middle it would hide the interval.
    draw_value(
        drawing,
        chart.zone,
        at(x, BASE - 12.0),
        4.5,
        known.is_uncertain,
    );
}

fn draw_reason(drawing: &mut Drawing, chart: &IntervalBar) {
    if chart.reading.is_too_few() {
        let band = Area {
            x: LEFT,
            y: BASE - 5.0,
            width: RIGHT - LEFT,
            height: 10.0,
        };
        drawing.hatched(Tag::outline("", band).rounded(3.0));
        draw_hidden_words(drawing, &chart.labels.too_few);
    } else {
        draw_hidden_words(drawing, &chart.head.empty);
    }
}

fn draw_hidden_words(drawing: &mut Drawing, words: &str) {
    let words = shorten(words, SMALL, RIGHT - LEFT);
    drawing.add(Tag::words("c-text-muted", at(LEFT, BASE - 14.0), &words).small());
}

/// A tick through the scale with its name above it.
fn draw_goal(drawing: &mut Drawing, chart: &IntervalBar, scale: &Scale) {
    let Some(goal) = usable_line(chart.goal.as_ref()) else {
        return;
    };
    let x = scale.place(goal.value);
    drawing
        .add(Tag::line("c-text", at(x, BASE - 14.0), at(x, BASE + 5.0)).size("stroke-width", 1.25));
    // Without a figure the line above the scale says why.
    if chart.reading.known().is_some() {
        let full = format!("{} {}", goal.label, chart.format.value(goal.value));
        let words = shorten(&full, SMALL, RIGHT - LEFT);
        let wish = Wish {
            centre: x,
            width: text_width(&words, SMALL),
        };
        let centre = Room {
            start: 0.0,
            end: WIDTH,
        }
        .keep_inside(wish);
        drawing.add(
            Tag::words("c-text", at(centre, BASE - 21.0), &words)
                .centred()
                .small(),
        );
    }
}

/// A hollow ring where the value was.
fn draw_previous(drawing: &mut Drawing, chart: &IntervalBar, scale: &Scale) {
    let Some(previous) = usable_line(chart.previous.as_ref()) else {
        return;
    };
    let x = scale.place(previous.value);
    let ring = Tag::new("circle", "c-muted")
        .size("cx", x)
        .size("cy", BASE)
        .size("r", 3.5);
    drawing.add(ring.stroked(1.25).dashed("1.5 1.5"));
    drawing.add(Tag::line("c-muted", at(x, BASE + 4.0), at(x, BASE + 14.0)));
}

/// Ends of the scale, its zero and the previous value, as far as they do not collide.
fn draw_scale_words(drawing: &mut Drawing, chart: &IntervalBar, bounds: Bounds, scale: &Scale) {
    for end in [LEFT, RIGHT] {
        drawing.add(Tag::line(
            "c-axis",
            at(end, BASE - 4.0),
            at(end, BASE + 4.0),
        ));
    }
    let has_zero = bounds.low < 0.0 && bounds.high > 0.0;
    if has_zero {
        let zero = scale.place(0.0);
        drawing.add(Tag::line(
            "c-axis",
            at(zero, BASE - 4.0),
            at(zero, BASE + 4.0),
        ));
    }
    // Most important first: whoever comes later gives way.
    let mut wanted = vec![bounds.low, bounds.high]
        .into_iter()
        .map(|value| (scale.place(value), chart.format.with_decimals(value, 0)))
        .collect::<Vec<_>>();
    if let Some(previous) = usable_line(chart.previous.as_ref()) {
        let full = format!("{} {}", previous.label, chart.format.value(previous.value));
        wanted.push((scale.place(previous.value), shorten(&full, SMALL, 150.0)));
    }
    if has_zero {
        wanted.push((scale.place(0.0), "0".to_owned()));
    }
    let mut placed: Vec<Wish> = Vec::new();
    for (x, words) in wanted {
        let wish = Wish {
            centre: x,
            width: text_width(&words, SMALL),
        };
        let centre = Room {
            start: 0.0,
            end: WIDTH,
        }
        .keep_inside(wish);
        let mut together = placed.clone();
        together.push(Wish { centre, ..wish });
        together.sort_by(|left, right| left.centre.total_cmp(&right.centre));
        let everywhere = Room {
            start: f64::NEG_INFINITY,
            end: f64::INFINITY,
        };
        if in_lanes(&together, everywhere, 1).len() == together.len() {
            drawing.add(
                Tag::words("c-text-muted", at(centre, BASE + 25.0), &words)
                    .centred()
                    .small(),
            );
            placed = together;
        }
    }
}
