//! The signals that Peil would have found in the year of the demonstration, had it been there: by its own
//! rules, from the answers as far as they had come in.

use jiff::{ToSpan, civil::Date};
use peil_app::App;
use peil_domain::shared::{LocalDay, Period};
use peil_store::Store;

use super::story::Story;
use crate::Failure;

/// Days from the beginning of the trouble on which it is looked at every evening.
const CLOSE_DAYS: i32 = 21;

/// Finds the signals of a demonstration that was made on `today`, after its answers were read; gives how
/// many there were.
pub async fn look_back(app: &App, database: &Store, today: Date) -> Result<usize, Failure> {
    let mut number = 0;
    for workspace in database.list_workspaces().await? {
        number += app.find_past_signals(workspace.id, &days(today)).await?;
    }
    Ok(number)
}

/// Every evening while the trouble begins, every Sunday in the rest of the year.
fn days(today: Date) -> Vec<LocalDay> {
    let story = Story::new(today);
    let trouble = LocalDay::from_date(story.courier_from);
    let close = trouble.0..trouble.0 + CLOSE_DAYS;
    let last = LocalDay::from_date(today.saturating_sub(1.day()));
    let all = (LocalDay::from_date(story.first).0..=last.0).map(LocalDay);
    let is_sunday = |day: LocalDay| Period::Week.next(Period::Week.start(day)).0 == day.0 + 1;
    all.filter(|day| close.contains(&day.0) || is_sunday(*day) || *day == last)
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    #[test]
    fn every_week_is_looked_at_and_the_trouble_every_day() {
        let days = days(date(2026, 7, 1));
        assert!(days.len() < 80, "{}", days.len());
        assert!(days.is_sorted());
        let from = LocalDay::from_date(date(2025, 10, 6));
        assert!((0..CLOSE_DAYS).all(|n| days.contains(&LocalDay(from.0 + n))));
        assert_eq!(days[0].date().weekday(), Weekday::Sunday);
        assert_eq!(days.last().unwrap().date(), date(2026, 6, 30));
    }
}
