//! Importance against performance: what matters and goes badly stands at the top left.

use super::drawing::{Area, Drawing, SMALL, Sheet, TEXT, Tag, at};
use super::numbers::{NO_NUMBER, ValueFormat};
use super::reading::{Bounds, Interval, usable};
use super::scale::{Scale, bounds_around, ticks};
use super::text_fit::{shorten, text_width};
use super::{ChartHead, ChartTable, Shape};

const DISC: f64 = 9.0;
/// Pixels between a disc and its name.
const GAP: f64 = 4.0;

/// Words of the drawing and the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuadrantLabels {
    /// Head of the column with names.
    pub point: String,
    /// What lies along the bottom.
    pub across: String,
    /// What lies along the side.
    pub up: String,
    /// Name of the interval.
    pub interval: String,
    /// Head of the column with corners.
    pub corner: String,
    /// Names of the corners: top left, top right, bottom left, bottom right.
    pub corners: [String; 4],
}

/// A corner of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corner {
    /// Matters, goes badly.
    TopLeft,
    /// Matters, goes well.
    TopRight,
    /// Matters little, goes badly.
    BottomLeft,
    /// Matters little, goes well.
    BottomRight,
}

/// One thing on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct QuadrantPoint {
    /// Its name.
    pub label: String,
    /// How good it is, with its interval.
    pub across: (f64, Interval),
    /// How much it matters, with its interval.
    pub up: (f64, Interval),
    /// Where it belongs.
    pub corner: Corner,
}

/// The map; points are numbered from one in the order in which they are given.
#[derive(Debug, Clone, PartialEq)]
pub struct QuadrantMap {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// How both kinds of values are written.
    pub format: ValueFormat,
    /// Words.
    pub labels: QuadrantLabels,
    /// What stands on it.
    pub points: Vec<QuadrantPoint>,
    /// Where the corners meet: across, up.
    pub cuts: (f64, f64),
    /// Ends of both scales.
    pub limit: Bounds,
}

impl QuadrantMap {
    /// The same as rows.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let labels = &self.labels;
        let write = |(value, interval): (f64, Interval)| {
            let is_sound = usable(interval.low).is_some() && usable(interval.high).is_some();
            let interval = if is_sound {
                self.format.interval(interval)
            } else {
                NO_NUMBER.to_owned()
            };
            [self.format.value(value), interval]
        };
        let rows = self.points.iter().enumerate().map(|(place, point)| {
            let mut row = vec![format!("{} {}", place + 1, point.label)];
            row.extend(write(point.up));
            row.extend(write(point.across));
            row.push(self.corner(point.corner).to_owned());
            row
        });
        let header = [
            &labels.point,
            &labels.up,
            &labels.interval,
            &labels.across,
            &labels.interval,
            &labels.corner,
        ];
        ChartTable {
            caption: self.head.title.clone(),
            header: header.into_iter().cloned().collect(),
            rows: rows.collect(),
        }
    }

    fn corner(&self, corner: Corner) -> &str {
        let [top_left, top_right, bottom_left, bottom_right] = &self.labels.corners;
        match corner {
            Corner::TopLeft => top_left,
            Corner::TopRight => top_right,
            Corner::BottomLeft => bottom_left,
            Corner::BottomRight => bottom_right,
        }
    }
}

/// Where things stand in the drawing.
struct Plot {
    area: Area,
    across: Scale,
    up: Scale,
    across_bounds: Bounds,
    up_bounds: Bounds,
}

impl Plot {
    fn new(chart: &QuadrantMap, shape: Shape) -> Self {
        let (width, height) = size(shape);
        let area = Area {
            x: 44.0,
            y: 26.0,
            width: width - 56.0,
            height: height - 70.0,
        };
        let around = |values: &dyn Fn(&QuadrantPoint) -> (f64, Interval), cut: f64| {
            let all = chart.points.iter().flat_map(|point| {
                let (value, interval) = values(point);
                [value, interval.low, interval.high]
            });
            bounds_around(all.chain([cut]), Some(chart.limit), 4.0)
        };
        let across_bounds = around(&|point| point.across, chart.cuts.0);
        let up_bounds = around(&|point| point.up, chart.cuts.1);
        Self {
            across: Scale::new(across_bounds, area.x, area.x + area.width),
            up: Scale::new(up_bounds, area.y + area.height, area.y),
            area,
            across_bounds,
            up_bounds,
        }
    }

    fn right(&self) -> f64 {
        self.area.x + self.area.width
    }

    fn foot(&self) -> f64 {
        self.area.y + self.area.height
    }
}

fn size(shape: Shape) -> (f64, f64) {
    match shape {
        Shape::Wide => (720.0, 420.0),
        Shape::Narrow => (340.0, 340.0),
    }
}

/// Draws the map.
#[must_use]
pub fn quadrant_map(chart: &QuadrantMap, shape: Shape) -> String {
    let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, size(shape).1));
    let known: Vec<(usize, &QuadrantPoint)> = (1..)
        .zip(&chart.points)
        .filter(|(_, point)| usable(point.across.0).is_some() && usable(point.up.0).is_some())
        .collect();
    if known.is_empty() {
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    let plot = Plot::new(chart, shape);
    drawing.backdrop(|drawing| {
        draw_ground(drawing, chart, &plot);
        draw_corners(drawing, chart, &plot);
        for (_, point) in &known {
            draw_ellipse(drawing, &plot, point);
        }
    });
    for (number, point) in &known {
        let middle = at(plot.across.place(point.across.0), plot.up.place(point.up.0));
        let written = |value| chart.format.value(value);
        let name = format!(
            "{number} {}: {} {}, {} {}, {}",
            point.label,
            chart.labels.up,
            written(point.up.0),
            chart.labels.across,
            written(point.across.0),
            chart.corner(point.corner),
        );
        drawing.mark(None, &name, |drawing| {
            let disc = |class: &str, radius: f64| {
                let circle = Tag::new("circle", class);
                let circle = circle.size("cx", middle.x).size("cy", middle.y);
                circle.size("r", radius).filled()
            };
            drawing.add(disc("c-halo", DISC + 1.5));
            drawing.add(disc("c-accent", DISC));
            let digits = Tag::words("c-halo", at(middle.x, middle.y + 4.0), &number.to_string());
            drawing.add(digits.centred().strong().small());
        });
    }
    if shape == Shape::Wide {
        drawing.backdrop(|drawing| draw_names(drawing, &plot, &known));
    }
    drawing.finish(&chart.head)
}

/// Scales with their names, and the lines where the corners meet.
fn draw_ground(drawing: &mut Drawing, chart: &QuadrantMap, plot: &Plot) {
    let up = ticks(plot.up_bounds, 4.0);
    for value in &up.values {
        let y = plot.up.place(*value);
        drawing.add(Tag::line("c-grid", at(plot.area.x, y), at(plot.right(), y)));
        let words = chart.format.with_decimals(*value, up.decimals);
        let start = at(plot.area.x - 6.0, y + 4.0);
        drawing.add(
            Tag::words("c-text-muted", start, &words)
                .right_aligned()
                .small(),
        );
    }
    let across = ticks(plot.across_bounds, 4.0);
    for value in &across.values {
        let words = chart.format.with_decimals(*value, across.decimals);
        let start = at(plot.across.place(*value), plot.foot() + 16.0);
        drawing.add(Tag::words("c-text-muted", start, &words).centred().small());
    }
    let (x, y) = (plot.across.place(chart.cuts.0), plot.up.place(chart.cuts.1));
    let cuts = [
        (at(x, plot.area.y), at(x, plot.foot())),
        (at(plot.area.x, y), at(plot.right(), y)),
    ];
    for (from, to) in cuts {
        drawing.add(Tag::line("c-axis", from, to).dashed("4 3"));
    }
    let room = plot.right();
    let side = shorten(&format!("↑ {}", chart.labels.up), TEXT, room);
    drawing.add(Tag::words("c-text", at(0.0, 14.0), &side));
    let bottom = shorten(&format!("{} →", chart.labels.across), TEXT, room);
    let end = at(plot.right(), plot.foot() + 36.0);
    drawing.add(Tag::words("c-text", end, &bottom).right_aligned());
}

/// The name of each corner, in it.
fn draw_corners(drawing: &mut Drawing, chart: &QuadrantMap, plot: &Plot) {
    let [top_left, top_right, bottom_left, bottom_right] = &chart.labels.corners;
    let (left, right) = (plot.area.x + 6.0, plot.right() - 6.0);
    let (top, foot) = (plot.area.y + 14.0, plot.foot() - 8.0);
    let room = plot.area.width / 2.0 - 12.0;
    for (words, y) in [(top_left, top), (bottom_left, foot)] {
        let words = shorten(words, SMALL, room);
        drawing.add(Tag::words("c-text-muted", at(left, y), &words).small());
    }
    for (words, y) in [(top_right, top), (bottom_right, foot)] {
        let words = shorten(words, SMALL, room);
        drawing.add(
            Tag::words("c-text-muted", at(right, y), &words)
                .right_aligned()
                .small(),
        );
    }
}

/// Where a point may lie: as wide and as high as its intervals.
fn ellipse_of(plot: &Plot, point: &QuadrantPoint) -> Area {
    let (across, up) = (point.across.1, point.up.1);
    Area::between(
        at(plot.across.place(across.low), plot.up.place(up.high)),
        at(plot.across.place(across.high), plot.up.place(up.low)),
    )
}

fn draw_ellipse(drawing: &mut Drawing, plot: &Plot, point: &QuadrantPoint) {
    let room = ellipse_of(plot, point);
    let (across, up) = (room.width / 2.0, room.height / 2.0);
    let ellipse = Tag::new("ellipse", "c-interval c-accent");
    let ellipse = ellipse.size("cx", room.x + across).size("cy", room.y + up);
    drawing.add(ellipse.size("rx", across).size("ry", up).filled());
}

/// The room that a point takes: its disc and its ellipse.
fn footprint(plot: &Plot, point: &QuadrantPoint) -> Area {
    let ellipse = ellipse_of(plot, point);
    let (x, y) = (plot.across.place(point.across.0), plot.up.place(point.up.0));
    let (left, top) = (ellipse.x.min(x - DISC), ellipse.y.min(y - DISC));
    Area {
        x: left,
        y: top,
        width: (ellipse.x + ellipse.width).max(x + DISC) - left,
        height: (ellipse.y + ellipse.height).max(y + DISC) - top,
    }
}

/// The name beside each point, where nothing else stands.
fn draw_names(drawing: &mut Drawing, plot: &Plot, known: &[(usize, &QuadrantPoint)]) {
    let points = known.iter().map(|(_, point)| footprint(plot, point));
    let mut taken: Vec<Area> = points.collect();
    for y in [plot.area.y, plot.foot() - 20.0] {
        taken.push(Area {
            y,
            height: 20.0,
            ..plot.area
        });
    }
    for (_, point) in known {
        let words = shorten(&point.label, SMALL, 220.0);
        let own = footprint(plot, point);
        let middle = plot.up.place(point.up.0);
        let width = text_width(&words, SMALL);
        let (right, left) = (own.x + own.width + GAP, own.x - GAP - width);
        let places = [right, left].into_iter().flat_map(|x| {
            let heights = [middle - 7.0, middle - 18.0, middle + 4.0];
            heights.map(|y| Area {
                x,
                y,
                width,
                height: 13.0,
            })
        });
        let is_inside = |area: &Area| {
            area.x >= plot.area.x && area.x + area.width <= plot.right() && area.y >= plot.area.y
        };
        let mut places = places.filter(is_inside);
        let free = places.find(|area| !taken.iter().any(|other| overlap(area, other)));
        if let Some(area) = free {
            let start = at(area.x, area.y + 11.0);
            let patch = Area {
                x: area.x - 2.0,
                width: area.width + 4.0,
                ..area
            };
            drawing.words_on_ground(Tag::words("c-text", start, &words).small(), patch);
            taken.push(area);
        }
    }
}

fn overlap(one: &Area, other: &Area) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::checks::{assert_well_formed, head, hostile_labels, net_score};

    fn map(points: Vec<QuadrantPoint>) -> QuadrantMap {
        QuadrantMap {
            head: head(),
            format: net_score(),
            labels: QuadrantLabels {
                point: "Vraag".to_owned(),
                across: "Score".to_owned(),
                up: "Belang".to_owned(),
                interval: "Interval".to_owned(),
                corner: "Wat te doen".to_owned(),
                corners: ["Nu", "Houden", "Later", "Genoeg"].map(ToOwned::to_owned),
            },
            points,
            cuts: (50.0, 20.0),
            limit: Bounds {
                low: 0.0,
                high: 100.0,
            },
        }
    }

    fn point(label: &str, across: f64, up: f64) -> QuadrantPoint {
        let around = |value| Interval {
            low: value - 4.0,
            high: value + 4.0,
        };
        QuadrantPoint {
            label: label.to_owned(),
            across: (across, around(across)),
            up: (up, around(up)),
            corner: Corner::TopLeft,
        }
    }

    #[test]
    fn points_are_numbered_and_named_beside_their_disc_when_there_is_room() {
        let chart = map(vec![
            point("Snelheid", 40.0, 30.0),
            point("Prijs", 80.0, 8.0),
        ]);
        let wide = quadrant_map(&chart, Shape::Wide);
        assert!(wide.contains(">Snelheid</text>") && wide.contains(">2</text>"));
        assert!(!quadrant_map(&chart, Shape::Narrow).contains(">Snelheid</text>"));
        assert_eq!(chart.table().rows.len(), 2);
    }

    #[test]
    fn names_that_would_cover_each_other_are_left_out() {
        let crowd = vec![point("Snelheid van de levering", 50.0, 20.0); 12];
        let wide = quadrant_map(&map(crowd), Shape::Wide);
        assert!(wide.matches(">Snelheid van de levering</text>").count() < 12);
        assert_well_formed(&wide);
    }

    #[test]
    fn hostile_names_and_numbers_give_sound_markup() {
        let numbers = [f64::NAN, f64::INFINITY, -40.0, 0.0, 1e300];
        let labels = hostile_labels();
        let points = labels.iter().cycle().zip(numbers.iter().cycle());
        let points = points
            .take(12)
            .map(|(label, value)| point(label, *value, 3.0));
        let chart = map(points.collect());
        for shape in [Shape::Wide, Shape::Narrow] {
            assert_well_formed(&quadrant_map(&chart, shape));
            assert_well_formed(&quadrant_map(&map(Vec::new()), shape));
        }
        assert!(chart.table().rows.iter().all(|row| row.len() == 6));
    }
}
