//! From asked to answered: how many are left after each step.

use super::drawing::{Area, Drawing, Sheet, TEXT, Tag, at};
use super::numbers::{NO_NUMBER, NumberStyle};
use super::scale::{fraction, from_index};
use super::text_fit::shorten;
use super::{ChartHead, ChartTable, Shape};

/// Words in the drawing and its table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FunnelLabels {
    /// Head of the column with steps.
    pub step: String,
    /// Head of the column with counts.
    pub count: String,
    /// Head of the column with shares of the first step.
    pub of_first: String,
    /// Head of the column with shares of the step before.
    pub of_previous: String,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelStep {
    /// Its name.
    pub label: String,
    /// How many came this far.
    pub count: u64,
    /// Who they are.
    pub href: Option<String>,
}

/// Steps in order; the first one is the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelChart {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// Signs of the language.
    pub numbers: NumberStyle,
    /// Words in the drawing and its table.
    pub labels: FunnelLabels,
    /// The steps.
    pub steps: Vec<FunnelStep>,
}

impl FunnelChart {
    /// The same figures as rows.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let rows = self.steps.iter().enumerate().map(|(index, step)| {
            vec![
                step.label.clone(),
                self.numbers.count(step.count),
                self.numbers.share(step.count, self.first()),
                self.of_previous(index),
            ]
        });
        ChartTable {
            caption: self.head.title.clone(),
            header: vec![
                self.labels.step.clone(),
                self.labels.count.clone(),
                self.labels.of_first.clone(),
                self.labels.of_previous.clone(),
            ],
            rows: rows.collect(),
        }
    }

    fn first(&self) -> u64 {
        self.steps.first().map_or(0, |step| step.count)
    }

    /// Share of the step before; a dash for the first one.
    fn of_previous(&self, index: usize) -> String {
        let previous = index
            .checked_sub(1)
            .and_then(|before| self.steps.get(before));
        match (previous, self.steps.get(index)) {
            (Some(previous), Some(step)) => self.numbers.share(step.count, previous.count),
            _ => NO_NUMBER.to_owned(),
        }
    }
}

/// Columns and heights of one drawing.
#[derive(Debug, Clone, Copy)]
struct Layout {
    width: f64,
    row_height: f64,
    top: f64,
    bar_start: f64,
    bar_room: f64,
    bar_top: f64,
    words: f64,
    label_room: f64,
    count: f64,
    of_first: f64,
    of_previous: f64,
}

const WIDE: Layout = Layout {
    width: 720.0,
    row_height: 34.0,
    top: 24.0,
    bar_start: 164.0,
    bar_room: 318.0,
    bar_top: 10.0,
    words: 21.5,
    label_room: 150.0,
    count: 552.0,
    of_first: 628.0,
    of_previous: 716.0,
};

const NARROW: Layout = Layout {
    width: 340.0,
    row_height: 54.0,
    top: 24.0,
    bar_start: 0.0,
    bar_room: 340.0,
    bar_top: 27.0,
    words: 18.0,
    label_room: 142.0,
    count: 206.0,
    of_first: 268.0,
    of_previous: 338.0,
};

/// Draws the steps as bars, 720 or 340 px wide.
#[must_use]
pub fn funnel(chart: &FunnelChart, shape: Shape) -> String {
    if chart.first() == 0 {
        let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, 80.0));
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    let layout = if shape == Shape::Wide { WIDE } else { NARROW };
    let height = layout.top + from_index(chart.steps.len()) * layout.row_height + 4.0;
    let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, height));
    drawing.backdrop(|drawing| {
        let columns = [
            (layout.count, &chart.labels.count),
            (layout.of_first, &chart.labels.of_first),
            (layout.of_previous, &chart.labels.of_previous),
        ];
        for (right, label) in columns {
            let words = shorten(label, TEXT, 70.0);
            drawing.add(
                Tag::words("c-text-muted", at(right, 12.0), &words)
                    .right_aligned()
                    .small(),
            );
        }
    });
    for (index, step) in chart.steps.iter().enumerate() {
        let percentage = chart.numbers.share(step.count, chart.first());
        let name = format!(
            "{}: {} ({percentage})",
            step.label,
            chart.numbers.count(step.count)
        );
        drawing.mark(step.href.as_deref(), &name, |drawing| {
            draw_step(drawing, chart, index, step, layout);
        });
    }
    drawing.finish(&chart.head)
}

fn draw_step(
    drawing: &mut Drawing,
    chart: &FunnelChart,
    index: usize,
    step: &FunnelStep,
    layout: Layout,
) {
    let top = layout.top + from_index(index) * layout.row_height;
    let base = top + layout.words;
    drawing.touch(Area {
        x: 0.0,
        y: top,
        width: layout.width,
        height: layout.row_height,
    });
    drawing.add(Tag::line("c-grid", at(0.0, top), at(layout.width, top)));
    let track = Area {
        x: layout.bar_start,
        y: top + layout.bar_top,
        width: layout.bar_room,
        height: 14.0,
    };
    let least = if step.count == 0 { 0.0 } else { 1.5 };
    let width = (fraction(step.count, chart.first()) * layout.bar_room).max(least);
    drawing.add(Tag::area("c-accent", Area { width, ..track }));
    let label = shorten(&step.label, TEXT, layout.label_room);
    drawing.add(Tag::words("c-text", at(0.0, base), &label));
    let count = chart.numbers.count(step.count);
    drawing.add(Tag::words("c-text-muted", at(layout.count, base), &count).right_aligned());
    let share = chart.numbers.share(step.count, chart.first());
    drawing.add(
        Tag::words("c-text", at(layout.of_first, base), &share)
            .right_aligned()
            .strong(),
    );
    if index > 0 {
        let place = at(layout.of_previous, base);
        let words = chart.of_previous(index);
        drawing.add(Tag::words("c-text-muted", place, &words).right_aligned());
    }
}
