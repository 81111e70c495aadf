//! What was sent, day by day.

use jiff::ToSpan;
use peil_app::outreach::{DailySends, Sends};
use peil_domain::shared::{LocalDay, Period};

use crate::{
    charts::{
        CalendarDay, CalendarLabels, CalendarStrip, CalendarWeek, ChartHead, ChartTable, DayState,
        Shape, calendar_strip,
    },
    edge::text::Text,
};

/// Weeks in the drawing.
const WEEKS: i32 = 8;

/// Days that the drawing needs to know.
pub(super) const DAYS: u16 = 56;

/// A drawing in both shapes, with its table.
pub(super) struct Picture {
    pub(super) wide: String,
    pub(super) narrow: String,
    pub(super) table: ChartTable,
}

/// Draws the last weeks up to and including this one.
pub(super) fn draw(sends: &Sends, t: Text) -> Picture {
    let (today, sends) = (sends.today, &sends.days);
    let first = LocalDay(Period::Week.start(today).0 - 7 * (WEEKS - 1));
    let total = sends
        .iter()
        .filter(|day| day.day >= first)
        .map(|day| day.sent)
        .sum::<u64>();
    let chart = CalendarStrip {
        head: ChartHead {
            id: "sends".to_owned(),
            title: t.s("outreach-calendar-title"),
            description: t.a("outreach-calendar-text", &[("n", t.count(total).into())]),
            empty: t.s("outreach-calendar-empty"),
        },
        numbers: t.numbers(),
        labels: CalendarLabels {
            day: t.s("outreach-calendar-day"),
            count: t.s("outreach-calendar-count"),
            weekdays: (1..=7)
                .map(|day| t.s(&format!("outreach-weekday-{day}")))
                .collect(),
        },
        weeks: (0..WEEKS)
            .map(|week| one_week(first.0 + 7 * week, today, sends, t))
            .collect(),
    };
    Picture {
        wide: calendar_strip(&chart, Shape::Wide),
        narrow: calendar_strip(&chart, Shape::Narrow),
        table: chart.table(),
    }
}

fn one_week(start: i32, today: LocalDay, sends: &[DailySends], t: Text) -> CalendarWeek {
    let monday = LocalDay(start).date();
    let thursday = monday.checked_add(3.days()).unwrap_or(monday);
    let number = thursday.iso_week_date().week();
    let days = (start..start + 7).map(LocalDay).map(|day| CalendarDay {
        label: t.date(day.date()),
        count: sends
            .iter()
            .find(|sent| sent.day == day)
            .map_or(0, |sent| sent.sent),
        state: match day.cmp(&today) {
            std::cmp::Ordering::Less => DayState::Past,
            std::cmp::Ordering::Equal => DayState::Today,
            std::cmp::Ordering::Greater => DayState::Coming,
        },
        href: None,
    });
    CalendarWeek {
        label: t.a("outreach-week", &[("n", i32::from(number).into())]),
        days: days.collect(),
    }
}
