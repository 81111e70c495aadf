//! Groups under each other on one scale, each with its own figure and the best guess for it.

use super::drawing::{Area, Drawing, Sheet, TEXT, Tag, at};
use super::forest_layout::Layout;
use super::marks::{draw_interval, draw_value, patch_behind};
use super::numbers::{NO_NUMBER, ValueFormat};
use super::reading::{Bounds, Interval, ReferenceLine, usable, usable_line};
use super::scale::{Scale, bounds_around, ticks};
use super::text_fit::{Room, Wish, shorten, text_width};
use super::{ChartHead, ChartTable, Shape};

/// Words in the drawing and its table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForestLabels {
    /// Head of the column with groups.
    pub group: String,
    /// Name of the best guess.
    pub guess: String,
    /// Name of the own figure.
    pub own: String,
    /// Name of the interval.
    pub interval: String,
    /// Name of the number of people.
    pub people: String,
}

/// A value with how certain it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Both ends of its interval.
    pub interval: Interval,
}

impl Estimate {
    fn is_usable(&self) -> bool {
        let Interval { low, high } = self.interval;
        [self.value, low, high]
            .into_iter()
            .all(|value| usable(value).is_some())
    }
}

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestRow {
    /// Its name.
    pub label: String,
    /// Its own figure.
    pub own: Estimate,
    /// The best guess for it, when there is one.
    pub guess: Option<Estimate>,
    /// People behind its own figure.
    pub people: u64,
    /// The figures of the group.
    pub href: Option<String>,
}

/// What stands on one line.
#[derive(Debug, Clone, PartialEq)]
pub enum ForestLine {
    /// A group.
    Group(ForestRow),
    /// Groups that are left out here, in words.
    Gap(String),
}

/// Groups with their own figures and best guesses, in the order given.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestChart {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// How values are written.
    pub format: ValueFormat,
    /// Words in the drawing and its table.
    pub labels: ForestLabels,
    /// The groups.
    pub lines: Vec<ForestLine>,
    /// The mean that guesses are pulled to.
    pub mean: Option<ReferenceLine>,
    /// The whole scale; the drawing shows the part that is used.
    pub bounds: Option<Bounds>,
}

impl ForestChart {
    /// The same figures as rows.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let labels = &self.labels;
        let interval = || labels.interval.clone();
        let rows = self.rows().map(|row| {
            let mut cells = vec![row.label.clone()];
            cells.extend(self.cells(row.guess.as_ref()));
            cells.extend(self.cells(Some(&row.own)));
            cells.push(self.format.numbers.count(row.people));
            cells
        });
        ChartTable {
            caption: self.head.title.clone(),
            header: vec![
                labels.group.clone(),
                labels.guess.clone(),
                interval(),
                labels.own.clone(),
                interval(),
                labels.people.clone(),
            ],
            rows: rows.collect(),
        }
    }

    fn rows(&self) -> impl Iterator<Item = &ForestRow> {
        self.lines.iter().filter_map(|line| match line {
            ForestLine::Group(row) => Some(row),
            ForestLine::Gap(_) => None,
        })
    }

    fn cells(&self, estimate: Option<&Estimate>) -> [String; 2] {
        match estimate.filter(|estimate| estimate.is_usable()) {
            Some(estimate) => [
                self.format.value(estimate.value),
                self.format.interval(estimate.interval),
            ],
            None => [NO_NUMBER.to_owned(), NO_NUMBER.to_owned()],
        }
    }

    fn name_of(&self, row: &ForestRow) -> String {
        let labels = &self.labels;
        let named = |name: &str, estimate: Option<&Estimate>| {
            let [value, interval] = self.cells(estimate);
            format!("{name} {value} ({interval})")
        };
        let own = named(&labels.own, Some(&row.own));
        let guess = row
            .guess
            .as_ref()
            .map(|guess| named(&labels.guess, Some(guess)) + ", ");
        let people = self.format.numbers.count(row.people);
        format!(
            "{}: {}{own}, {} {people}",
            row.label,
            guess.unwrap_or_default(),
            labels.people
        )
    }

    fn bounds_of_rows(&self) -> Bounds {
        let estimates = self
            .rows()
            .flat_map(|row| row.guess.iter().chain([&row.own]));
        let values = estimates.flat_map(|estimate| {
            let Interval { low, high } = estimate.interval;
            [estimate.value, low, high]
        });
        let mean = usable_line(self.mean.as_ref()).map(|line| line.value);
        bounds_around(values.chain(mean), self.bounds, TICKS)
    }
}

const TICKS: f64 = 5.0;

/// Draws the groups, 720 or 340 px wide and as high as there are.
#[must_use]
pub fn forest(chart: &ForestChart, shape: Shape) -> String {
    let layout = Layout::new(shape);
    if chart.rows().next().is_none() {
        let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, 80.0));
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    let bottom = layout.row(chart.lines.len());
    let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, bottom + 46.0));
    let bounds = chart.bounds_of_rows();
    let scale = Scale::new(bounds, layout.plot.start, layout.plot.end);
    drawing.backdrop(|drawing| {
        draw_heads(drawing, chart, layout);
        draw_grid(drawing, chart, layout, &scale, bounds);
        draw_mean(drawing, chart, layout, &scale);
        draw_legend(drawing, chart, layout, bottom + 38.0);
    });
    for (index, line) in chart.lines.iter().enumerate() {
        let top = layout.row(index);
        match line {
            ForestLine::Group(row) => {
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
            ForestLine::Gap(words) => {
                let middle = at(layout.width / 2.0, top + layout.row_height / 2.0 + 4.0);
                let words = shorten(words, TEXT, layout.width - 16.0);
                let patch = patch_behind(middle, &words);
                let words = Tag::words("c-text-muted", middle, &words).centred().small();
                drawing.words_on_ground(words, patch);
            }
        }
    }
    drawing.finish(&chart.head)
}

fn draw_heads(drawing: &mut Drawing, chart: &ForestChart, layout: Layout) {
    let labels = &chart.labels;
    let base = 12.0;
    if layout.shape == Shape::Wide {
        let words = shorten(&labels.group, TEXT, layout.label_room);
        drawing.add(Tag::words("c-text-muted", at(0.0, base), &words).small());
    }
    // Nothing stands to the left of the first column.
    for (right, label, room) in [
        (layout.guess, &labels.guess, 110.0),
        (layout.own, &labels.own, 64.0),
        (layout.people, &labels.people, 64.0),
    ] {
        let words = shorten(label, TEXT, room);
        drawing.add(
            Tag::words("c-text-muted", at(right, base), &words)
                .right_aligned()
                .small(),
        );
    }
}

/// Hairlines between rows and ticks below them.
fn draw_grid(
    drawing: &mut Drawing,
    chart: &ForestChart,
    layout: Layout,
    scale: &Scale,
    bounds: Bounds,
) {
    for index in 0..=chart.lines.len() {
        let y = layout.row(index);
        drawing.add(Tag::line("c-grid", at(0.0, y), at(layout.width, y)));
    }
    let rows_end = layout.row(chart.lines.len());
    let found = ticks(bounds, TICKS);
    for value in &found.values {
        let x = scale.place(*value);
        drawing.add(Tag::line("c-axis", at(x, rows_end), at(x, rows_end + 4.0)));
        let words = chart.format.with_decimals(*value, found.decimals);
        let wish = Wish {
            centre: x,
            width: text_width(&words, TEXT),
        };
        let all = Room {
            start: 0.0,
            end: layout.width,
        };
        let middle = at(all.keep_inside(wish), rows_end + 18.0);
        drawing.add(Tag::words("c-text-muted", middle, &words).centred().small());
    }
}

/// The mean through all groups, with its name on top.
fn draw_mean(drawing: &mut Drawing, chart: &ForestChart, layout: Layout, scale: &Scale) {
    let Some(mean) = usable_line(chart.mean.as_ref()) else {
        return;
    };
    let x = scale.place(mean.value);
    for (index, line) in chart.lines.iter().enumerate() {
        let top = layout.row(index);
        // On a phone the line passes the words of a row; it starts and stops around them.
        let (start, end) = match (layout.shape, line) {
            (_, ForestLine::Gap(_)) => continue,
            (Shape::Wide, ForestLine::Group(_)) => (top, top + layout.row_height),
            (Shape::Narrow, ForestLine::Group(_)) => (top + 24.0, top + 58.0),
        };
        drawing.add(Tag::line("c-muted", at(x, start), at(x, end)).dashed("3 3"));
    }
    let full = format!("{} {}", mean.label, chart.format.value(mean.value));
    let (room, base) = match layout.shape {
        Shape::Wide => (layout.plot, 28.0),
        Shape::Narrow => (
            Room {
                start: 0.0,
                end: layout.width,
            },
            31.0,
        ),
    };
    let words = shorten(&full, TEXT, room.end - room.start);
    let wish = Wish {
        centre: x,
        width: text_width(&words, TEXT),
    };
    let middle = at(room.keep_inside(wish), base);
    let label = Tag::words("c-text", middle, &words).centred().small();
    drawing.words_on_ground(label, patch_behind(middle, &words));
}

/// What each mark stands for.
fn draw_legend(drawing: &mut Drawing, chart: &ForestChart, layout: Layout, base: f64) {
    let labels = &chart.labels;
    let middle = base - 4.0;
    let half = (layout.plot.end - layout.plot.start) / 2.0;
    let [first, second] = [layout.plot.start, layout.plot.start + half].map(|start| start + 6.0);
    draw_value(drawing, None, at(first, middle), MARK, false);
    draw_value(drawing, None, at(second, middle), MARK, true);
    for (start, label) in [(first, &labels.guess), (second, &labels.own)] {
        let words = shorten(label, TEXT, half - 20.0);
        let words = Tag::words("c-text-muted", at(start + 12.0, base), &words);
        drawing.add(words.small());
    }
}

const MARK: f64 = 4.5;

fn draw_row(
    drawing: &mut Drawing,
    chart: &ForestChart,
    row: &ForestRow,
    layout: Layout,
    scale: &Scale,
    top: f64,
) {
    let base = top + layout.words;
    let label = shorten(&row.label, TEXT, layout.label_room);
    drawing.add(Tag::words("c-text", at(0.0, base), &label));
    if let Some(guess) = row.guess.filter(Estimate::is_usable) {
        let middle = top + layout.guess_mark;
        let [low, high] = [guess.interval.low, guess.interval.high].map(|end| scale.place(end));
        let bar = Area::between(at(low, middle - 4.0), at(high, middle + 4.0));
        draw_interval(drawing, None, bar, false);
        draw_value(
            drawing,
            None,
            at(scale.place(guess.value), middle),
            MARK,
            false,
        );
    }
    if row.own.is_usable() {
        let middle = top + layout.own_mark;
        let [low, high] = [row.own.interval.low, row.own.interval.high].map(|end| scale.place(end));
        drawing.add(Tag::line("c-muted", at(low, middle), at(high, middle)));
        draw_value(
            drawing,
            None,
            at(scale.place(row.own.value), middle),
            MARK,
            true,
        );
    }
    let [guess, _] = chart.cells(row.guess.as_ref());
    let [own, _] = chart.cells(Some(&row.own));
    let guess = Tag::words(
        "c-text",
        at(layout.guess, base),
        &shorten(&guess, TEXT, 58.0),
    );
    drawing.add(guess.right_aligned().strong());
    for (right, words) in [
        (layout.own, own),
        (layout.people, chart.format.numbers.count(row.people)),
    ] {
        let words = shorten(&words, TEXT, 58.0);
        let words = Tag::words("c-text-muted", at(right, base), &words);
        drawing.add(words.right_aligned().small());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::checks::{
        assert_even, assert_no_overlap, assert_well_formed, head, hostile_labels, net_score,
        words_in,
    };

    fn estimate(value: f64, spread: f64) -> Estimate {
        Estimate {
            value,
            interval: Interval {
                low: value - spread,
                high: value + spread,
            },
        }
    }

    fn chart(rows: impl IntoIterator<Item = (String, f64)>) -> ForestChart {
        let row = |(number, (label, value)): (usize, (String, f64))| {
            ForestLine::Group(ForestRow {
                label,
                own: estimate(value, 30.0),
                guess: (number % 5 != 4).then(|| estimate(value / 2.0, 12.0)),
                people: 1_234_567,
                href: Some(format!("/results?account={number}")),
            })
        };
        ForestChart {
            head: head(),
            format: net_score(),
            labels: ForestLabels {
                group: "Account".into(),
                guess: "Beste schatting".into(),
                own: "Eigen NPS".into(),
                interval: "Interval".into(),
                people: "Mensen".into(),
            },
            lines: rows.into_iter().enumerate().map(row).collect(),
            mean: Some(ReferenceLine {
                label: "Gemiddeld".into(),
                value: 12.0,
            }),
            bounds: Some(Bounds {
                low: -100.0,
                high: 100.0,
            }),
        }
    }

    #[test]
    fn hostile_names_and_figures_never_break_the_drawing_or_its_table() {
        let figures = [12.0, -100.0, f64::NAN, f64::INFINITY, 1e300, 0.0, 99.0];
        let mut hostile = chart(hostile_labels().into_iter().zip(figures));
        hostile
            .lines
            .extend(hostile_labels().into_iter().map(ForestLine::Gap));
        for shape in [Shape::Wide, Shape::Narrow] {
            let markup = forest(&hostile, shape);
            assert_well_formed(&markup);
            assert!(!markup.contains("<script"));
            let empty = forest(&chart([]), shape);
            assert_eq!(words_in(&empty).len(), 1, "{empty}");
        }
        assert_even(&hostile.table());
    }

    #[test]
    fn words_never_run_into_each_other() {
        for (shape, width) in [(Shape::Wide, 720.0), (Shape::Narrow, 340.0)] {
            for value in [-100.0, -40.0, 0.0, 75.0, 100.0] {
                let names = (0..12).map(|n| (format!("Een lang genoemd account {n}"), value));
                let mut found = chart(names);
                found
                    .lines
                    .insert(6, ForestLine::Gap("… 4.980 accounts ertussen …".into()));
                assert_no_overlap(&forest(&found, shape), width, 11.0);
            }
        }
    }

    #[test]
    fn a_row_says_guess_own_figure_and_people_and_leads_to_its_figures() {
        let found = chart([("Bakker".to_owned(), 40.0)]);
        let markup = forest(&found, Shape::Wide);
        assert!(markup.contains("href=\"/results?account=0\""));
        let name = "Bakker: Beste schatting +20 (+8";
        assert!(markup.contains(name), "{markup}");
        assert_eq!(found.table().rows[0].len(), 6);
    }
}
