//! How many people gave which score: columns on a desktop, rows on a phone.

use super::distribution_rows::rows;
use super::drawing::{Area, Drawing, Point, Sheet, TEXT, Tag, at};
use super::marks::{colour, solid};
use super::numbers::NumberStyle;
use super::reading::Zone;
use super::scale::{fraction, from_index};
use super::text_fit::{Room, Wish, in_lanes, shorten, spread, text_width, thin};
use super::{ChartHead, ChartTable, Shape};

/// Words of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DistributionLabels {
    /// Head of the column with scores.
    pub score: String,
    /// Head of the column with counts.
    pub count: String,
    /// Head of the column with shares.
    pub share: String,
}

/// One score of the histogram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistributionBar {
    /// The score, as a number or a word.
    pub label: String,
    /// Number of answers.
    pub count: u64,
    /// Part of the scale in which it lies.
    pub zone: Option<Zone>,
    /// The answers behind it.
    pub href: Option<String>,
}

/// Name of a zone, printed at its scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneLabel {
    /// The zone.
    pub zone: Zone,
    /// Its name, such as "Criticasters".
    pub label: String,
}

/// A histogram of scores, in the order of the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistributionChart {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// Signs of the language.
    pub numbers: NumberStyle,
    /// Words of the table.
    pub labels: DistributionLabels,
    /// The scores.
    pub bars: Vec<DistributionBar>,
    /// Names of the zones; a zone without a name is not summed.
    pub zones: Vec<ZoneLabel>,
}

impl DistributionChart {
    /// The same figures as rows, the zones under the scores.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let total = self.total();
        let row = |label: &str, count: u64| {
            vec![
                label.to_owned(),
                self.numbers.count(count),
                self.numbers.share(count, total),
            ]
        };
        let scores = self.bars.iter().map(|bar| row(&bar.label, bar.count));
        let zones = self
            .zones
            .iter()
            .map(|zone| row(&zone.label, self.count_in(zone.zone)));
        ChartTable {
            caption: self.head.title.clone(),
            header: vec![
                self.labels.score.clone(),
                self.labels.count.clone(),
                self.labels.share.clone(),
            ],
            rows: scores.chain(zones).collect(),
        }
    }

    pub(super) fn total(&self) -> u64 {
        self.bars
            .iter()
            .fold(0, |sum, bar| sum.saturating_add(bar.count))
    }

    pub(super) fn largest(&self) -> u64 {
        self.bars.iter().map(|bar| bar.count).max().unwrap_or(0)
    }

    pub(super) fn count_in(&self, zone: Zone) -> u64 {
        let inside = self.bars.iter().filter(|bar| bar.zone == Some(zone));
        inside.fold(0, |sum, bar| sum.saturating_add(bar.count))
    }

    pub(super) fn name_of(&self, bar: &DistributionBar, total: u64) -> String {
        let share = self.numbers.share(bar.count, total);
        format!("{}: {} ({share})", bar.label, self.numbers.count(bar.count))
    }
}

/// Draws the histogram for the room there is.
#[must_use]
pub fn distribution(chart: &DistributionChart, shape: Shape) -> String {
    if chart.total() == 0 {
        let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, 80.0));
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    match shape {
        Shape::Wide => columns(chart),
        Shape::Narrow => rows(chart),
    }
}

const TOP: f64 = 40.0;
const BASE: f64 = 190.0;
const WIDE: Room = Room {
    start: 0.0,
    end: 720.0,
};

fn columns(chart: &DistributionChart) -> String {
    let mut drawing = Drawing::new(&chart.head, Sheet::of(Shape::Wide, 258.0));
    let (total, largest) = (chart.total(), chart.largest());
    let pitch = WIDE.end / from_index(chart.bars.len().max(1));
    let width = (pitch * 0.72).min(72.0);
    let has_room_for_figures = pitch >= 46.0;
    let centre = |index: usize| pitch * (from_index(index) + 0.5);
    drawing.backdrop(|drawing| {
        drawing.add(Tag::line(
            "c-axis",
            at(0.0, BASE + 0.5),
            at(WIDE.end, BASE + 0.5),
        ));
    });
    for (index, bar) in chart.bars.iter().enumerate() {
        let x = centre(index);
        let height = bar_length(bar.count, largest, BASE - TOP);
        drawing.mark(bar.href.as_deref(), &chart.name_of(bar, total), |drawing| {
            drawing.touch(Area {
                x: x - pitch / 2.0,
                y: 0.0,
                width: pitch,
                height: BASE + 24.0,
            });
            let area = Area {
                x: x - width / 2.0,
                y: BASE - height,
                width,
                height,
            };
            drawing.add(Tag::area(colour(bar.zone), area));
            if has_room_for_figures {
                let (share_at, count_at) =
                    (at(x, BASE - height - 20.0), at(x, BASE - height - 6.0));
                let share = chart.numbers.share(bar.count, total);
                drawing.add(Tag::words("c-text", share_at, &share).centred().strong());
                let count = chart.numbers.count(bar.count);
                drawing.add(
                    Tag::words("c-text-muted", count_at, &count)
                        .centred()
                        .small(),
                );
            }
        });
    }
    drawing.backdrop(|drawing| {
        draw_scores(drawing, chart, pitch, &centre);
        draw_brackets(drawing, chart, pitch);
    });
    drawing.finish(&chart.head)
}

/// At least a hair for whatever is not nothing.
pub(super) fn bar_length(count: u64, largest: u64, room: f64) -> f64 {
    if count == 0 {
        0.0
    } else {
        (fraction(count, largest) * room).max(1.5)
    }
}

fn draw_scores(
    drawing: &mut Drawing,
    chart: &DistributionChart,
    pitch: f64,
    centre: &impl Fn(usize) -> f64,
) {
    let words: Vec<_> = chart
        .bars
        .iter()
        .map(|bar| shorten(&bar.label, TEXT, (pitch - 8.0).max(56.0)))
        .collect();
    let wishes: Vec<_> = words
        .iter()
        .enumerate()
        .map(|(index, text)| Wish {
            centre: centre(index),
            width: text_width(text, TEXT),
        })
        .collect();
    for spot in thin(&wishes, WIDE) {
        if let Some(text) = words.get(spot.index) {
            drawing.add(Tag::words("c-text", at(spot.centre, BASE + 18.0), text).centred());
        }
    }
}

/// Neighbouring bars in the same zone: first and last position.
fn runs(bars: &[DistributionBar]) -> Vec<(Zone, usize, usize)> {
    let mut found: Vec<(Zone, usize, usize)> = Vec::new();
    for (index, bar) in bars.iter().enumerate() {
        match (bar.zone, found.last_mut()) {
            (Some(zone), Some(last)) if last.0 == zone && last.2 + 1 == index => last.2 = index,
            (Some(zone), _) => found.push((zone, index, index)),
            (None, _) => {}
        }
    }
    found
}

/// A coloured rule under the scores of each zone, with its name and share.
fn draw_brackets(drawing: &mut Drawing, chart: &DistributionChart, pitch: f64) {
    let named = |zone: Zone| chart.zones.iter().find(|label| label.zone == zone);
    let zone_runs = runs(&chart.bars);
    let mut words = Vec::new();
    for (zone, first, last) in &zone_runs {
        let (start, end) = (
            pitch * from_index(*first) + 4.0,
            pitch * from_index(last + 1) - 4.0,
        );
        let rule = Area {
            x: start,
            y: BASE + 29.0,
            width: (end - start).max(1.0),
            height: 2.0,
        };
        drawing.add(Tag::area(colour(Some(*zone)), rule));
        // A zone in several pieces is named once, at its first piece.
        let is_first = zone_runs
            .iter()
            .find(|run| run.0 == *zone)
            .is_some_and(|run| run.1 == *first);
        if let (Some(label), true) = (named(*zone), is_first) {
            let share = chart.numbers.share(chart.count_in(*zone), chart.total());
            words.push((
                *zone,
                f64::midpoint(start, end),
                shorten(&label.label, TEXT, 210.0),
                share,
            ));
        }
    }
    let wide = |text: &str, share: &str| text_width(text, TEXT) + text_width(share, TEXT) + 20.0;
    let wishes: Vec<_> = words
        .iter()
        .map(|(_, centre, text, share)| Wish {
            centre: *centre,
            width: wide(text, share),
        })
        .collect();
    let spots = spread(&wishes, WIDE).unwrap_or_else(|| in_lanes(&wishes, WIDE, 2));
    for spot in spots {
        if let Some((zone, _, text, share)) = words.get(spot.index) {
            let base = BASE + 48.0 + from_index(spot.lane) * 17.0;
            draw_zone_name(drawing, *zone, at(spot.centre, base), text, share);
        }
    }
}

fn draw_zone_name(drawing: &mut Drawing, zone: Zone, middle: Point, text: &str, share: &str) {
    let half = (text_width(text, TEXT) + text_width(share, TEXT) + 20.0) / 2.0;
    let start = middle.x - half;
    drawing.add(solid(Some(zone), at(start + 4.0, middle.y - 4.0), 4.0));
    drawing.add(Tag::words(
        "c-text",
        at(start + 13.0, middle.y),
        &format!("{text} {share}"),
    ));
}
