//! What was and will be sent, day by day, for some weeks.

use super::drawing::{Area, Drawing, SMALL, Sheet, TEXT, Tag, at};
use super::numbers::NumberStyle;
use super::scale::{fraction, from_index};
use super::text_fit::shorten;
use super::{ChartHead, ChartTable, Shape};

/// Words in the drawing and its table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarLabels {
    /// Head of the column with days.
    pub day: String,
    /// Head of the column with counts, such as "uitnodigingen".
    pub count: String,
    /// Short names of the days of the week in the order of [`CalendarWeek::days`].
    pub weekdays: Vec<String>,
}

/// Where a day lies seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayState {
    /// Before today: what was sent.
    Past,
    /// Today.
    Today,
    /// After today: what is planned.
    Coming,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    /// Full date.
    pub label: String,
    /// How many were or will be sent.
    pub count: u64,
    /// Where it lies seen from today.
    pub state: DayState,
    /// What is sent that day.
    pub href: Option<String>,
}

/// One week, from its first day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarWeek {
    /// Its name, such as "week 12".
    pub label: String,
    /// Its days, at most 7.
    pub days: Vec<CalendarDay>,
}

/// Weeks in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarStrip {
    /// What the chart says about itself.
    pub head: ChartHead,
    /// Signs of the language.
    pub numbers: NumberStyle,
    /// Words in the drawing and its table.
    pub labels: CalendarLabels,
    /// The weeks; the wide drawing is meant for at most 12.
    pub weeks: Vec<CalendarWeek>,
}

const DAYS: usize = 7;

impl CalendarStrip {
    /// The same figures as rows, one per day.
    #[must_use]
    pub fn table(&self) -> ChartTable {
        let days = self
            .weeks
            .iter()
            .flat_map(|week| week.days.iter().take(DAYS));
        ChartTable {
            caption: self.head.title.clone(),
            header: vec![self.labels.day.clone(), self.labels.count.clone()],
            rows: days
                .map(|day| vec![day.label.clone(), self.numbers.count(day.count)])
                .collect(),
        }
    }

    fn busiest(&self) -> u64 {
        let days = self.weeks.iter().flat_map(|week| &week.days);
        days.map(|day| day.count).max().unwrap_or(0)
    }

    fn total_of(&self, week: &CalendarWeek) -> String {
        let total = week
            .days
            .iter()
            .fold(0_u64, |sum, day| sum.saturating_add(day.count));
        self.numbers.count(total)
    }
}

/// Draws the weeks beside each other, or under each other on a phone.
#[must_use]
pub fn calendar_strip(chart: &CalendarStrip, shape: Shape) -> String {
    if chart.weeks.is_empty() {
        let mut drawing = Drawing::new(&chart.head, Sheet::of(shape, 60.0));
        drawing.note_empty(&chart.head);
        return drawing.finish(&chart.head);
    }
    match shape {
        Shape::Wide => beside(chart),
        Shape::Narrow => below(chart),
    }
}

/// Most weeks in one line of the wide drawing, so that a day stays large enough to point at.
const WEEKS_IN_LINE: usize = 6;
/// Height of a line of weeks, and of the names of days above the first.
const LINE: f64 = 62.0;
const DAY_NAMES: f64 = 20.0;

fn beside(chart: &CalendarStrip) -> String {
    let lines = chart.weeks.len().div_ceil(WEEKS_IN_LINE);
    let in_line = chart.weeks.len().div_ceil(lines);
    let height = DAY_NAMES + from_index(lines) * LINE;
    let mut drawing = Drawing::new(&chart.head, Sheet::of(Shape::Wide, height));
    let pitch = 720.0 / from_index(in_line).max(4.0);
    let cell = ((pitch - 14.0) / from_index(DAYS)).min(26.0);
    for (index, week) in chart.weeks.iter().enumerate() {
        let start = pitch * from_index(index % in_line);
        let top = DAY_NAMES + from_index(index / in_line) * LINE;
        drawing.backdrop(|drawing| {
            let foot = top + cell + 16.0;
            let label = shorten(&week.label, SMALL, pitch * 0.62);
            drawing.add(Tag::words("c-text-muted", at(start, foot), &label).small());
            let total = Tag::words(
                "c-text",
                at(start + cell * from_index(DAYS) - 2.0, foot),
                &chart.total_of(week),
            );
            drawing.add(total.right_aligned().strong().small());
        });
        for (position, day) in week.days.iter().take(DAYS).enumerate() {
            let place = Area {
                x: start + cell * from_index(position),
                y: top,
                width: cell,
                height: cell,
            };
            draw_day(&mut drawing, chart, day, place);
        }
    }
    drawing.backdrop(|drawing| {
        for (position, label) in chart.labels.weekdays.iter().take(DAYS).enumerate() {
            let middle = at(cell * (from_index(position) + 0.5) - 1.0, 12.0);
            let words = shorten(label, SMALL, cell);
            drawing.add(Tag::words("c-text-muted", middle, &words).centred().small());
        }
    });
    drawing.finish(&chart.head)
}

fn below(chart: &CalendarStrip) -> String {
    let row = 34.0;
    let height = 24.0 + from_index(chart.weeks.len()) * row;
    let mut drawing = Drawing::new(&chart.head, Sheet::of(Shape::Narrow, height));
    let (start, cell) = (72.0, 30.0);
    drawing.backdrop(|drawing| {
        for (position, label) in chart.labels.weekdays.iter().take(DAYS).enumerate() {
            let middle = at(start + cell * (from_index(position) + 0.5), 14.0);
            let words = shorten(label, SMALL, cell);
            drawing.add(Tag::words("c-text-muted", middle, &words).centred().small());
        }
    });
    for (index, week) in chart.weeks.iter().enumerate() {
        let top = 24.0 + from_index(index) * row;
        drawing.backdrop(|drawing| {
            let label = shorten(&week.label, TEXT, start - 8.0);
            drawing.add(Tag::words("c-text-muted", at(0.0, top + 19.0), &label).small());
            let total = Tag::words("c-text", at(338.0, top + 19.0), &chart.total_of(week));
            drawing.add(total.right_aligned().strong());
        });
        for (position, day) in week.days.iter().take(DAYS).enumerate() {
            let x = start + cell * from_index(position);
            draw_day(
                &mut drawing,
                chart,
                day,
                Area {
                    x,
                    y: top,
                    width: cell,
                    height: cell,
                },
            );
        }
    }
    drawing.finish(&chart.head)
}

/// A frame for the day, in it a square whose surface grows with the count.
fn draw_day(drawing: &mut Drawing, chart: &CalendarStrip, day: &CalendarDay, place: Area) {
    let side = (place.width.min(place.height) - 2.0).max(1.0);
    let (middle_x, middle_y) = (
        place.x + place.width / 2.0 - 1.0,
        place.y + place.height / 2.0,
    );
    let square = |side: f64| Area {
        x: middle_x - side / 2.0,
        y: middle_y - side / 2.0,
        width: side,
        height: side,
    };
    let name = format!(
        "{}: {} {}",
        day.label,
        chart.numbers.count(day.count),
        chart.labels.count
    );
    drawing.mark(day.href.as_deref(), &name, |drawing| {
        drawing.touch(place);
        let is_today = day.state == DayState::Today;
        let (class, rule) = if is_today {
            ("c-text", 2.0)
        } else {
            ("c-grid", 1.0)
        };
        drawing.add(Tag::outline(class, square(side)).rounded(2.0).stroked(rule));
        if day.count > 0 {
            let grown = (fraction(day.count, chart.busiest()).sqrt() * (side - 4.0)).max(3.0);
            let class = if day.state == DayState::Past {
                "c-muted"
            } else {
                "c-accent"
            };
            drawing.add(Tag::area(class, square(grown.min(side))).rounded(1.5));
        }
    });
}
