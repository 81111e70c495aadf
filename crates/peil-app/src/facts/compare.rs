//! Every night facts are held against the records. What came of it stands in a file of the data folder,
//! for those who look after the installation.

use std::{fs, path::Path, sync::PoisonError};

use jiff::{SignedDuration, Timestamp, Unit, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::FactsState;
use crate::App;

/// Name of the file that says what came of the last comparison.
const FILE: &str = "facts-compared.json";
const NEW_FILE: &str = "facts-compared.new";
/// The time between two comparisons, at night and at any hour.
const LEAST_BETWEEN: SignedDuration = SignedDuration::from_hours(20);
const MOST_BETWEEN: SignedDuration = SignedDuration::from_hours(36);
/// The hours that are night in most of Europe, in UTC.
const NIGHT: std::ops::Range<i8> = 1..4;

/// What came of a comparison of facts and records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// They said the same.
    Equal,
    /// They differed, and facts are being made anew; until then figures come from the records.
    Different,
    /// Facts were made anew, and said the same as the records before they were used.
    MadeAnew,
    /// Facts that were made anew differed from the records and are not used.
    NotRepaired,
}

/// A comparison of facts and records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactsCompared {
    /// When it was made.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: Outcome,
    /// When they differed last, as far as is known.
    pub differed_at: Option<Timestamp>,
}

impl FactsCompared {
    /// The last comparison in a data folder; nothing when there was none.
    #[must_use]
    pub fn read(folder: &Path) -> Option<Self> {
        let text = fs::read(folder.join(FILE)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    fn write(self, folder: &Path) -> std::io::Result<()> {
        // Who reads it meanwhile finds the former one, whole.
        let new = folder.join(NEW_FILE);
        fs::write(&new, serde_json::to_vec(&self)?)?;
        fs::rename(new, folder.join(FILE))
    }
}

/// Whether it is time to compare again.
fn is_due(last: Timestamp, now: Timestamp) -> bool {
    let passed = now.duration_since(last);
    let hour = now.to_zoned(TimeZone::UTC).hour();
    // A clock that was ahead must not keep this from happening for as long as it was.
    passed.abs() > MOST_BETWEEN || (passed > LEAST_BETWEEN && NIGHT.contains(&hour))
}

impl App {
    /// Compares facts and records when it is time for that; where they differ, facts are made anew.
    pub(super) async fn compare_when_due(&self) {
        if self.keeper.state() != FactsState::Ready || !self.comparison_is_due() {
            return;
        }
        match self.verify_facts().await {
            Ok(Some(found)) if found.differences.is_empty() => {
                self.note_comparison(Outcome::Equal);
            }
            Ok(Some(found)) => {
                for difference in found.differences.iter().take(5) {
                    tracing::error!(%difference, "facts differ from the records");
                }
                let number = found.differences.len();
                tracing::error!(number, "facts differ from the records and are made anew");
                self.keeper.set_state(FactsState::Broken);
                self.note_comparison(Outcome::Different);
            }
            // They are made anew, which compares them too.
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "facts could not be compared with the records");
                self.set_compared_at();
            }
        }
    }

    fn comparison_is_due(&self) -> bool {
        let now = self.clock.now();
        let mut at = self
            .keeper
            .compared_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let known = at.or_else(|| FactsCompared::read(&self.folder).map(|last| last.at));
        let last = *at.insert(known.unwrap_or(now));
        is_due(last, now)
    }

    fn set_compared_at(&self) {
        let mut at = self
            .keeper
            .compared_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *at = Some(self.clock.now());
    }

    /// Notes what came of a comparison.
    pub(super) fn note_comparison(&self, outcome: Outcome) {
        self.set_compared_at();
        let at = self.clock.now();
        let at = at.round(Unit::Second).unwrap_or(at);
        let before = FactsCompared::read(&self.folder).and_then(|last| last.differed_at);
        let differed_at = match outcome {
            Outcome::Equal | Outcome::MadeAnew => before,
            Outcome::Different | Outcome::NotRepaired => Some(at),
        };
        let compared = FactsCompared {
            at,
            outcome,
            differed_at,
        };
        if let Err(error) = compared.write(&self.folder) {
            tracing::warn!(%error, "what came of comparing facts could not be noted");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_compared_once_a_night_and_else_after_a_day_and_a_half() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let last = at("2026-03-02T02:10:00Z");
        for (now, expected) in [
            ("2026-03-02T03:30:00Z", false),
            ("2026-03-02T23:50:00Z", false),
            ("2026-03-03T01:00:00Z", true),
            ("2026-03-03T12:00:00Z", false),
            ("2026-03-03T15:00:00Z", true),
            ("2026-03-01T20:00:00Z", false),
            ("2026-02-20T02:10:00Z", true),
        ] {
            assert_eq!(is_due(last, at(now)), expected, "{now}");
        }
    }

    #[test]
    fn what_came_of_it_can_be_read_back() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(FactsCompared::read(folder.path()), None);
        let compared = FactsCompared {
            at: "2026-03-02T02:10:00Z".parse().unwrap(),
            outcome: Outcome::NotRepaired,
            differed_at: None,
        };
        compared.write(folder.path()).unwrap();
        assert_eq!(FactsCompared::read(folder.path()), Some(compared));
        fs::write(folder.path().join(FILE), "{half").unwrap();
        assert_eq!(FactsCompared::read(folder.path()), None);
    }
}
