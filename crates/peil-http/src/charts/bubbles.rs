//! Themes as bubbles: how often they are mentioned is their size, whether that grows lies along the
//! bottom, what goes with them for the score along the side. On a phone they are rows under each other.

use super::drawing::{Area, Drawing, SMALL, Sheet, TEXT, Tag, at};
use super::numbers::{NO_NUMBER, ValueFormat};
use super::reading::{Bounds, Zone, usable};
use super::scale::{Scale, bounds_around, from_count, from_index, ticks};
use super::text_fit::{shorten, text_width};
use super::{ChartHead, ChartTable, Shape};

/// Radius of the largest bubble, and of the smallest that can still be pointed at.
const LARGEST: f64 = 42.0;
const SMALLEST: f64 = 7.0;
/// Height of a row on a phone.
const ROW: f64 = 46.0;
/// Bubbles that are drawn on a phone; the table has all.
const MOST_ROWS: usize = 10;

/// Words of the drawing and the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BubbleLabels {
    /// Head of the column with names.
    pub name: String,
    /// What the size stands for.
    pub size: String,
    /// What lies along the bottom.
    pub across: String,
    /// What lies along the side.
    pub up: String,
    /// Head of the column with the tone.
    pub tone: String,
}

/// One bubble.
#[derive(Debug, Clone, PartialEq)]
pub struct Bubble {
    /// Its name.
    pub label: String,
    /// How often it is mentioned.
    pub size: u64,
    /// Where it lies along the bottom; in the middle when that is not known.
    pub across: Option<f64>,
    /// Where it lies along the side; on zero when that is not known.
    pub up: Option<f64>,
    /// Colour and sign of its tone.
    pub zone: Zone,
    /// The tone in words.
    pub tone: String,
    /// The page about it.
    pub href: Option<String>,
}

/// Bubbles, the largest first.
#[derive(Debug, Clone, PartialEq)]
pub struct BubbleChart {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// Words.
    pub labels: BubbleLabels,
    /// How values along the bottom are written.
    pub across: ValueFormat,
    /// How values along the side are written.
    pub up: ValueFormat,
    /// The bubbles.
    pub bubbles: Vec<Bubble>,
}

impl BubbleChart {
    /// The same as rows.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let labels = &self.labels;
        let rows = self.bubbles.iter().map(|bubble| {
            vec![
                bubble.label.clone(),
                self.across.numbers.count(bubble.size),
                bubble.tone.clone(),
                written(&self.across, bubble.across),
                written(&self.up, bubble.up),
            ]
        });
        let header = [
            &labels.name,
            &labels.size,
            &labels.tone,
            &labels.across,
            &labels.up,
        ];
        ChartTable {
            caption: self.head.title.clone(),
            header: header.into_iter().cloned().collect(),
            rows: rows.collect(),
        }
    }

    /// A bubble in words.
    fn name(&self, bubble: &Bubble) -> String {
        let labels = &self.labels;
        format!(
            "{}: {} {}, {}, {} {}, {} {}",
            bubble.label,
            self.across.numbers.count(bubble.size),
            labels.size,
            bubble.tone,
            labels.across,
            written(&self.across, bubble.across),
            labels.up,
            written(&self.up, bubble.up),
        )
    }

    fn radius(&self, bubble: &Bubble) -> f64 {
        let largest = self.bubbles.iter().map(|bubble| bubble.size).max();
        let share = from_count(bubble.size) / from_count(largest.unwrap_or(1).max(1));
        (share.sqrt() * LARGEST).max(SMALLEST)
    }
}

fn written(format: &ValueFormat, value: Option<f64>) -> String {
    match value.and_then(usable) {
        Some(value) => format.value(value),
        None => NO_NUMBER.to_owned(),
    }
}

/// Class and sign of a tone: colour never alone.
const fn tone_of(zone: Zone) -> (&'static str, &'static str) {
    match zone {
        Zone::Low => ("c-low", "▼"),
        Zone::Mid => ("c-mid", "●"),
        Zone::High => ("c-high", "▲"),
    }
}

/// Draws the bubbles.
#[must_use]
pub fn bubbles(chart: &BubbleChart, shape: Shape) -> String {
    match shape {
        Shape::Wide => plane(chart),
        Shape::Narrow => rows(chart),
    }
}

struct Plane {
    area: Area,
    across: Scale,
    up: Scale,
    across_bounds: Bounds,
    up_bounds: Bounds,
}

impl Plane {
    fn new(chart: &BubbleChart) -> Self {
        let area = Area {
            x: 50.0,
            y: 30.0,
            width: 880.0,
            height: 380.0,
        };
        let values = |value: &dyn Fn(&Bubble) -> Option<f64>| {
            let all: Vec<f64> = chart.bubbles.iter().filter_map(value).collect();
            all
        };
        // Zero is always on it: that is where nothing changes.
        let with_room = |values: Vec<f64>| {
            let reach = values
                .iter()
                .copied()
                .filter_map(usable)
                .fold(0.0_f64, |reach, value| reach.max(value.abs()));
            let around = [-reach * 0.35, 0.0, reach * 0.35];
            let spread = values.iter().map(|value| value * 1.25);
            bounds_around(spread.chain(around), None, 5.0)
        };
        let across_bounds = with_room(values(&|bubble| bubble.across));
        let up_bounds = with_room(values(&|bubble| bubble.up));
        Self {
            across: Scale::new(across_bounds, area.x, area.x + area.width),
            up: Scale::new(up_bounds, area.y + area.height, area.y),
            area,
            across_bounds,
            up_bounds,
        }
    }
}

fn plane(chart: &BubbleChart) -> String {
    let sheet = Sheet {
        width: 960.0,
        ..Sheet::of(Shape::Wide, 460.0)
    };
    let mut drawing = Drawing::new(&chart.head, sheet);
    if chart.bubbles.is_empty() {
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    let plot = Plane::new(chart);
    drawing.backdrop(|drawing| draw_ground(drawing, chart, &plot));
    // Large ones below, so that small ones can be pointed at.
    let mut order: Vec<&Bubble> = chart.bubbles.iter().collect();
    order.sort_by_key(|bubble| std::cmp::Reverse(bubble.size));
    let mut taken: Vec<Area> = Vec::new();
    for bubble in &order {
        let (x, y) = place(&plot, bubble);
        let radius = chart.radius(bubble);
        let (class, sign) = tone_of(bubble.zone);
        drawing.mark(bubble.href.as_deref(), &chart.name(bubble), |drawing| {
            let disc = |class: &str| {
                let circle = Tag::new("circle", class);
                circle.size("cx", x).size("cy", y).size("r", radius)
            };
            drawing.add(disc(&format!("c-interval {class}")).filled());
            drawing.add(disc(class).stroked(1.5));
            if radius > 12.0 {
                let words = Tag::words(&format!("c-text {class}"), at(x, y + 4.0), sign);
                drawing.add(words.centred().small());
            }
        });
        taken.push(Area {
            x: x - 8.0,
            y: y - 8.0,
            width: 16.0,
            height: 16.0,
        });
    }
    drawing.backdrop(|drawing| {
        for bubble in &order {
            draw_name(drawing, chart, &plot, bubble, &mut taken);
        }
    });
    drawing.finish(&chart.head)
}

fn place(plot: &Plane, bubble: &Bubble) -> (f64, f64) {
    (
        plot.across.place(bubble.across.unwrap_or(0.0)),
        plot.up.place(bubble.up.unwrap_or(0.0)),
    )
}

/// Writes a name where it covers no other: below its bubble, above it, or beside it.
fn draw_name(
    drawing: &mut Drawing,
    chart: &BubbleChart,
    plot: &Plane,
    bubble: &Bubble,
    taken: &mut Vec<Area>,
) {
    let (x, y) = place(plot, bubble);
    let radius = chart.radius(bubble);
    let words = shorten(&bubble.label, TEXT, 170.0);
    let width = text_width(&words, TEXT);
    let left = (x - width / 2.0).clamp(plot.area.x, plot.area.x + plot.area.width - width);
    let wishes = [
        at(left, y + radius + 14.0),
        at(left, y - radius - 5.0),
        at(x + radius + 5.0, y + 4.0),
        at(x - radius - 5.0 - width, y + 4.0),
    ];
    for start in wishes {
        let area = Area {
            x: start.x,
            y: start.y - TEXT,
            width,
            height: TEXT + 4.0,
        };
        let fits = area.x >= plot.area.x - 8.0
            && area.x + area.width <= plot.area.x + plot.area.width + 8.0
            && area.y >= plot.area.y - 8.0;
        if fits && taken.iter().all(|other| !overlap(other, &area)) {
            drawing.add(Tag::words("c-text", start, &words));
            taken.push(area);
            return;
        }
    }
}

fn overlap(one: &Area, other: &Area) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

fn draw_ground(drawing: &mut Drawing, chart: &BubbleChart, plot: &Plane) {
    let (left, top) = (plot.area.x, plot.area.y);
    let (right, foot) = (left + plot.area.width, top + plot.area.height);
    let up = ticks(plot.up_bounds, 4.0);
    for value in &up.values {
        let y = plot.up.place(*value);
        drawing.add(Tag::line("c-grid", at(left, y), at(right, y)));
        let words = chart.up.with_decimals(*value, up.decimals);
        let words = Tag::words("c-text-muted", at(left - 6.0, y + 4.0), &words);
        drawing.add(words.right_aligned().small());
    }
    let across = ticks(plot.across_bounds, 6.0);
    for value in &across.values {
        let words = chart.across.with_decimals(*value, across.decimals);
        let start = at(plot.across.place(*value), foot + 16.0);
        drawing.add(Tag::words("c-text-muted", start, &words).centred().small());
    }
    let (x, y) = (plot.across.place(0.0), plot.up.place(0.0));
    drawing.add(Tag::line("c-axis", at(x, top), at(x, foot)).dashed("4 3"));
    drawing.add(Tag::line("c-axis", at(left, y), at(right, y)).dashed("4 3"));
    let side = shorten(&format!("↑ {}", chart.labels.up), TEXT, right);
    drawing.add(Tag::words("c-text", at(0.0, 14.0), &side));
    let bottom = shorten(&format!("{} →", chart.labels.across), TEXT, right);
    let words = Tag::words("c-text", at(right, foot + 38.0), &bottom);
    drawing.add(words.right_aligned());
}

fn rows(chart: &BubbleChart) -> String {
    let shown = chart.bubbles.len().min(MOST_ROWS);
    let height = from_index(shown).mul_add(ROW, 36.0);
    let mut drawing = Drawing::new(&chart.head, Sheet::of(Shape::Narrow, height));
    if chart.bubbles.is_empty() {
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    let right = 336.0;
    let head = shorten(&chart.labels.up, SMALL, 150.0);
    drawing.backdrop(|drawing| {
        let size = Tag::words("c-text-muted", at(2.0, 12.0), &chart.labels.size);
        drawing.add(size.small());
        let words = Tag::words("c-text-muted", at(right, 12.0), &head);
        drawing.add(words.right_aligned().small());
    });
    for (place, bubble) in chart.bubbles.iter().take(MOST_ROWS).enumerate() {
        let top = from_index(place).mul_add(ROW, 22.0);
        let middle = top + ROW / 2.0;
        let (class, sign) = tone_of(bubble.zone);
        let radius = (chart.radius(bubble) / LARGEST * 19.0).max(4.0);
        drawing.mark(bubble.href.as_deref(), &chart.name(bubble), |drawing| {
            drawing.touch(Area {
                x: 0.0,
                y: top,
                width: 340.0,
                height: ROW,
            });
            let disc = |class: &str| {
                let circle = Tag::new("circle", class).size("cx", 22.0);
                circle.size("cy", middle).size("r", radius)
            };
            drawing.add(disc(&format!("c-interval {class}")).filled());
            drawing.add(disc(class).stroked(1.5));
            let name = shorten(&bubble.label, TEXT, 190.0);
            drawing.add(Tag::words("c-text", at(50.0, middle - 2.0), &name).strong());
            let about = format!(
                "{} · {sign} {} · {}",
                chart.across.numbers.count(bubble.size),
                bubble.tone,
                written(&chart.across, bubble.across)
            );
            let about = shorten(&about, SMALL, 215.0);
            let words = Tag::words("c-text-muted", at(50.0, middle + 14.0), &about);
            drawing.add(words.small());
            let up = written(&chart.up, bubble.up);
            let words = Tag::words("c-text", at(right, middle + 4.0), &up);
            drawing.add(words.right_aligned().strong());
        });
        drawing.backdrop(|drawing| {
            let y = top + ROW;
            drawing.add(Tag::line("c-grid", at(0.0, y), at(340.0, y)));
        });
    }
    drawing.finish(&chart.head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::checks::{assert_well_formed, head, hostile_labels, net_score};

    fn chart(bubbles: Vec<Bubble>) -> BubbleChart {
        BubbleChart {
            head: head(),
            labels: BubbleLabels {
                name: "Thema".to_owned(),
                size: "keer".to_owned(),
                across: "Verandering".to_owned(),
                up: "Invloed".to_owned(),
                tone: "Toon".to_owned(),
            },
            across: net_score(),
            up: net_score(),
            bubbles,
        }
    }

    fn bubble(label: &str, size: u64, across: f64, up: f64) -> Bubble {
        Bubble {
            label: label.to_owned(),
            size,
            across: Some(across),
            up: Some(up),
            zone: Zone::Low,
            tone: "negatief".to_owned(),
            href: Some("/themes/x".to_owned()),
        }
    }

    #[test]
    fn every_bubble_is_a_door_and_says_everything_in_words() {
        let chart = chart(vec![
            bubble("Levering", 400, 3.0, -9.0),
            bubble("Prijs", 100, -1.0, 2.0),
        ]);
        for shape in [Shape::Wide, Shape::Narrow] {
            let drawn = bubbles(&chart, shape);
            assert_well_formed(&drawn);
            assert_eq!(drawn.matches("<a href=").count(), 2);
            assert!(drawn.contains("Levering: 400 keer, negatief"));
        }
        assert_eq!(chart.table().rows.len(), 2);
    }

    #[test]
    fn hostile_names_and_numbers_give_sound_markup() {
        let numbers = [f64::NAN, f64::INFINITY, -40.0, 0.0, 1e300];
        let labels = hostile_labels();
        let all = labels.iter().cycle().zip(numbers.iter().cycle());
        let all = all
            .take(12)
            .map(|(label, value)| bubble(label, 0, *value, *value));
        let hostile = chart(all.collect());
        for shape in [Shape::Wide, Shape::Narrow] {
            assert_well_formed(&bubbles(&hostile, shape));
            assert_well_formed(&bubbles(&chart(Vec::new()), shape));
        }
        assert!(hostile.table().rows.iter().all(|row| row.len() == 5));
    }
}
