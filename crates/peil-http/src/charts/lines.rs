//! One measure of several groups over the same periods: a few lines in colour with their names, the
//! others in grey behind them.

use super::drawing::{Area, Drawing, Point, SMALL, Sheet, TEXT, Tag, at, path_through};
use super::marks::draw_value_as;
use super::numbers::{NO_NUMBER, ValueFormat};
use super::reading::{Bounds, Known, Reading};
use super::scale::{Scale, bounds_around, from_index, ticks};
use super::text_fit::{Room, Wish, shorten, spread, text_width, thin};
use super::trend::narrow_count;
use super::{ChartHead, Shape};

/// Most lines in colour: more cannot be told apart.
pub const MOST_LINES: usize = 8;

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name.
    pub label: String,
    /// Its figure in every period, or why there is none.
    pub readings: Vec<Reading>,
    /// The answers behind each figure.
    pub hrefs: Vec<Option<String>>,
}

/// Groups over consecutive periods, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChart {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// How values are written.
    pub format: ValueFormat,
    /// Name of the number of people.
    pub people: String,
    /// Stands for a hidden figure.
    pub too_few: String,
    /// Full and short name of every period.
    pub periods: Vec<(String, String)>,
    /// The groups; the first [`MOST_LINES`] are drawn in colour.
    pub lines: Vec<Line>,
    /// The whole scale; the drawing shows the part that is used.
    pub bounds: Option<Bounds>,
}

/// Wanted number of ticks on the value axis.
const TICKS: f64 = 4.0;
/// Height of a name.
const NAME: f64 = 17.0;
/// With periods closer than this, only points that stand alone are drawn.
const POINT_PITCH: f64 = 12.0;

/// Dashes by which lines differ beside their colours.
const DASHES: [&str; MOST_LINES] = ["", "", "", "", "7 3", "7 3", "2 3", "2 3"];
const COLOURS: [&str; MOST_LINES] = [
    "c-line-1", "c-line-2", "c-line-3", "c-line-4", "c-line-5", "c-line-6", "c-line-7", "c-line-8",
];

struct Plot<'chart> {
    chart: &'chart LineChart,
    shape: Shape,
    /// Position of the first period that is drawn.
    first: usize,
    pitch: f64,
    area: Area,
    sheet: Sheet,
    bounds: Bounds,
    scale: Scale,
}

impl<'chart> Plot<'chart> {
    fn new(chart: &'chart LineChart, shape: Shape) -> Self {
        let count = chart.periods.len();
        let named = from_index(chart.lines.len().min(MOST_LINES));
        let (sheet, area, first) = match shape {
            Shape::Wide => {
                let area = Area {
                    x: 44.0,
                    y: 14.0,
                    width: 726.0,
                    height: 280.0,
                };
                let sheet = Sheet {
                    width: 960.0,
                    ..Sheet::of(shape, 330.0)
                };
                (sheet, area, 0)
            }
            Shape::Narrow => {
                let area = Area {
                    x: 36.0,
                    y: 14.0,
                    width: 280.0,
                    height: 170.0,
                };
                let sheet = Sheet::of(shape, 220.0 + named * NAME);
                (sheet, area, count - narrow_count(count))
            }
        };
        let shown = count - first;
        let pitch = area.width / from_index(shown.max(1));
        let known = chart.lines.iter().take(MOST_LINES).flat_map(|line| {
            let drawn = line.readings.get(first..).unwrap_or_default();
            drawn.iter().filter_map(Reading::known)
        });
        let bounds = bounds_around(known.map(|known| known.value), chart.bounds, TICKS);
        let scale = Scale::new(bounds, area.y + area.height, area.y);
        Self {
            chart,
            shape,
            first,
            pitch,
            area,
            sheet,
            bounds,
            scale,
        }
    }

    fn right(&self) -> f64 {
        self.area.x + self.area.width
    }

    fn bottom(&self) -> f64 {
        self.area.y + self.area.height
    }

    /// The figures of a line that are drawn, with their places: position of the period, figure.
    fn known<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = (usize, Known)> + 'a {
        let drawn = line.readings.iter().enumerate().skip(self.first);
        drawn.filter_map(|(index, reading)| Some((index, reading.known()?)))
    }

    fn x(&self, index: usize) -> f64 {
        self.area.x + self.pitch * (from_index(index - self.first) + 0.5)
    }

    fn point(&self, index: usize, known: Known) -> Point {
        at(self.x(index), self.scale.place(known.value))
    }

    /// Stretches of periods that follow each other, all with a figure.
    fn runs(&self, line: &Line) -> Vec<Vec<(usize, Known)>> {
        let mut runs: Vec<Vec<(usize, Known)>> = Vec::new();
        for (index, known) in self.known(line) {
            match runs.last_mut() {
                Some(run) if run.last().is_some_and(|(last, _)| last + 1 == index) => {
                    run.push((index, known));
                }
                _ => runs.push(vec![(index, known)]),
            }
        }
        runs
    }
}

/// Draws the lines, 960 px wide or 340 px wide with the names below.
#[must_use]
pub fn lines(chart: &LineChart, shape: Shape) -> String {
    let plot = Plot::new(chart, shape);
    let mut drawing = Drawing::new(&chart.head, plot.sheet);
    let is_empty = chart
        .lines
        .iter()
        .all(|line| plot.known(line).next().is_none());
    if is_empty {
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    drawing.backdrop(|drawing| {
        draw_frame(drawing, &plot);
        for line in chart.lines.iter().skip(MOST_LINES) {
            draw_path(drawing, &plot, line, "c-rest", "");
        }
    });
    for (line, style) in chart.lines.iter().zip(COLOURS.into_iter().zip(DASHES)) {
        draw_line(&mut drawing, &plot, line, style);
    }
    drawing.backdrop(|drawing| draw_names(drawing, &plot));
    drawing.finish(&chart.head)
}

/// Hairlines with their values, and the names of the periods.
fn draw_frame(drawing: &mut Drawing, plot: &Plot<'_>) {
    let found = ticks(plot.bounds, TICKS);
    for value in &found.values {
        let y = plot.scale.place(*value);
        let class = if value.abs() < 1e-9 {
            "c-axis"
        } else {
            "c-grid"
        };
        drawing.add(Tag::line(class, at(plot.area.x, y), at(plot.right(), y)));
        let words = plot.chart.format.with_decimals(*value, found.decimals);
        let words = shorten(&words, SMALL, plot.area.x - 4.0);
        let end = at(plot.area.x - 8.0, y + 4.0);
        drawing.add(
            Tag::words("c-text-muted", end, &words)
                .right_aligned()
                .small(),
        );
    }
    let base = plot.bottom();
    drawing.add(Tag::line(
        "c-axis",
        at(plot.area.x, base),
        at(plot.right(), base),
    ));
    let shown = plot.chart.periods.get(plot.first..).unwrap_or_default();
    let words: Vec<String> = shown
        .iter()
        .map(|(_, short)| shorten(short, SMALL, 84.0))
        .collect();
    let wishes: Vec<Wish> = words
        .iter()
        .enumerate()
        .map(|(index, text)| Wish {
            centre: plot.x(plot.first + index),
            width: text_width(text, SMALL),
        })
        .collect();
    let room = Room {
        start: 0.0,
        end: plot.right() + 20.0,
    };
    for spot in thin(&wishes, room) {
        if let Some(text) = words.get(spot.index) {
            let middle = at(spot.centre, base + 18.0);
            drawing.add(Tag::words("c-text-muted", middle, text).centred().small());
        }
    }
}

/// The line through what is known, dotted across what is not.
fn draw_path(drawing: &mut Drawing, plot: &Plot<'_>, line: &Line, class: &str, dashes: &str) {
    let width = if class == "c-rest" { 1.0 } else { 2.25 };
    let mut before: Option<Point> = None;
    for run in plot.runs(line) {
        let points: Vec<Point> = run
            .iter()
            .map(|(index, known)| plot.point(*index, *known))
            .collect();
        if let (Some(from), Some(to)) = (before, points.first()) {
            let bridge = Tag::line(class, from, *to).size("stroke-width", 1.0);
            drawing.add(bridge.dashed("1 4"));
        }
        if points.len() > 1 {
            let path = Tag::new("path", class).set("d", &path_through(&points));
            let path = path.stroked(width).set("stroke-linejoin", "round");
            drawing.add(if dashes.is_empty() {
                path
            } else {
                path.dashed(dashes)
            });
        }
        before = points.last().copied();
    }
}

/// One group in colour: its ribbon, which the style sheet shows when it is pointed at, its line and
/// its points.
fn draw_line(
    drawing: &mut Drawing,
    plot: &Plot<'_>,
    line: &Line,
    (class, dashes): (&'static str, &str),
) {
    drawing.group("line", |drawing| {
        drawing.backdrop(|drawing| {
            draw_ribbon(drawing, plot, line, class);
            draw_path(drawing, plot, line, class, dashes);
        });
        for (index, known) in plot.known(line) {
            let period = plot.chart.periods.get(index);
            let figure = plot.chart.format.reading(known, &plot.chart.people);
            let period = period.map_or(NO_NUMBER, |(full, _)| full.as_str());
            let name = format!("{}, {period}: {figure}", line.label);
            let href = line.hrefs.get(index).and_then(Option::as_deref);
            let point = plot.point(index, known);
            let is_alone = is_alone(line, index);
            drawing.quiet_mark(href, &name, |drawing| {
                let half = (plot.pitch / 2.0).max(4.0);
                drawing.touch(Area::between(
                    at(point.x - half, point.y - 9.0),
                    at(point.x + half, point.y + 9.0),
                ));
                if plot.pitch >= POINT_PITCH || is_alone {
                    draw_value_as(drawing, class, point, 3.5, known.is_uncertain);
                } else {
                    drawing.add(
                        Tag::new("circle", "c-hover")
                            .size("cx", point.x)
                            .size("cy", point.y)
                            .size("r", 3.5)
                            .filled(),
                    );
                }
            });
        }
    });
}

/// Whether the periods beside this one have no figure, so that no line passes here.
fn is_alone(line: &Line, index: usize) -> bool {
    let beside = [index.checked_sub(1), index.checked_add(1)];
    let mut beside = beside.into_iter().flatten();
    !beside.any(|place| {
        line.readings
            .get(place)
            .is_some_and(|near| near.known().is_some())
    })
}

fn draw_ribbon(drawing: &mut Drawing, plot: &Plot<'_>, line: &Line, class: &str) {
    for run in plot.runs(line).iter().filter(|run| run.len() > 1) {
        let ends: Vec<(Point, Point)> = run
            .iter()
            .filter_map(|(index, known)| {
                let (x, interval) = (plot.x(*index), known.interval?);
                let place = |value| at(x, plot.scale.place(value));
                Some((place(interval.high), place(interval.low)))
            })
            .collect();
        let over = ends.iter().map(|(high, _)| *high);
        let back = ends.iter().rev().map(|(_, low)| *low);
        let outline: Vec<Point> = over.chain(back).collect();
        let class = format!("{class} line-ribbon");
        let path = Tag::new("path", &class).set("d", &(path_through(&outline) + "Z"));
        drawing.add(path.filled());
    }
}

/// The names of the lines: beside their last points, or in a list below.
fn draw_names(drawing: &mut Drawing, plot: &Plot<'_>) {
    let named = plot.chart.lines.iter().zip(COLOURS.into_iter().zip(DASHES));
    if plot.shape == Shape::Narrow {
        for (place, (line, (class, dashes))) in named.enumerate() {
            let y = plot.bottom() + 46.0 + from_index(place) * NAME;
            let sample = Tag::line(class, at(0.0, y - 4.0), at(24.0, y - 4.0));
            let sample = sample.size("stroke-width", 2.25);
            drawing.add(if dashes.is_empty() {
                sample
            } else {
                sample.dashed(dashes)
            });
            let words = shorten(&line.label, TEXT, plot.sheet.width - 36.0);
            drawing.add(Tag::words("c-text", at(34.0, y), &words));
        }
        return;
    }
    let mut ends: Vec<(f64, f64, &str, &str, &str)> = named
        .filter_map(|(line, (class, dashes))| {
            let (index, known) = plot.known(line).last()?;
            let point = plot.point(index, known);
            Some((point.y, point.x, line.label.as_str(), class, dashes))
        })
        .collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Names stand above each other as labels otherwise stand beside each other.
    let wishes: Vec<Wish> = ends
        .iter()
        .map(|(y, ..)| Wish {
            centre: *y,
            width: NAME - 8.0,
        })
        .collect();
    let room = Room {
        start: 4.0,
        end: plot.bottom() + 12.0,
    };
    for spot in spread(&wishes, room).unwrap_or_default() {
        let Some((y, x, label, class, _)) = ends.get(spot.index) else {
            continue;
        };
        let start = plot.right() + 14.0;
        let leader = [
            at(x + 6.0, *y),
            at(plot.right() + 2.0, *y),
            at(start - 3.0, spot.centre),
        ];
        let leader = Tag::new("path", class).set("d", &path_through(&leader));
        drawing.add(leader.stroked(1.0).set("opacity", "0.6"));
        let words = shorten(label, TEXT, plot.sheet.width - start - 2.0);
        let class = format!("{class} c-name");
        drawing.add(Tag::words(&class, at(start, spot.centre + 4.0), &words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::checks::{assert_well_formed, head, hostile_labels, known, net_score};

    fn chart(labels: Vec<String>, periods: usize) -> LineChart {
        let line = |(place, label): (usize, String)| Line {
            label,
            readings: (0..periods)
                .map(|period| match (place + period) % 5 {
                    0 => Reading::TooFew,
                    1 => Reading::Absent,
                    _ => known(from_index(place * 7 + period), 4.0, 100),
                })
                .collect(),
            hrefs: (0..periods)
                .map(|n| Some(format!("/responses?n={n}")))
                .collect(),
        };
        LineChart {
            head: head(),
            format: net_score(),
            people: "n".to_owned(),
            too_few: "verborgen".to_owned(),
            periods: (0..periods)
                .map(|n| (format!("maand {n}"), n.to_string()))
                .collect(),
            lines: labels.into_iter().enumerate().map(line).collect(),
            bounds: None,
        }
    }

    #[test]
    fn any_number_of_lines_and_periods_gives_a_sound_drawing() {
        for periods in [0, 1, 2, 24, 120] {
            for shape in [Shape::Wide, Shape::Narrow] {
                assert_well_formed(&lines(&chart(hostile_labels(), periods), shape));
                let many = (0..40).map(|n| format!("Groep {n}")).collect();
                assert_well_formed(&lines(&chart(many, periods), shape));
            }
        }
    }

    #[test]
    fn eight_lines_have_colour_and_names_and_the_others_are_grey() {
        let names = (0..12).map(|n| format!("Groep {n:02}")).collect();
        let drawn = lines(&chart(names, 24), Shape::Wide);
        assert_eq!(drawn.matches("c-name").count(), MOST_LINES);
        assert!(drawn.contains("c-line-8") && drawn.contains("c-rest"));
        assert!(drawn.contains(">Groep 07</text>") && !drawn.contains("Groep 08"));
    }

    #[test]
    fn one_can_tab_past_the_points_of_a_drawing() {
        let drawn = lines(
            &chart(vec!["Noord".to_owned(), "Zuid".to_owned()], 24),
            Shape::Wide,
        );
        let doors = drawn.matches("<a ").count();
        assert!(doors > 20);
        assert_eq!(drawn.matches("tabindex=\"-1\"").count(), doors - 1);
    }
}
