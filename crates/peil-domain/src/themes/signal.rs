//! Signals: something changed and needs a look. One at a time per kind and subject; it grows instead of
//! coming twice.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::shared::{LocalDay, ResponseId, SignalId, UserId, WorkspaceId};

/// A word that names no kind or state of signals.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word `{0}` of a signal")]
pub struct InvalidSignalWord(pub String);

macro_rules! words {
    ($name:ident, $($variant:ident = $word:literal),+ $(,)?) => {
        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word by which it is stored and asked for.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.code()) }
        }

        impl FromStr for $name {
            type Err = InvalidSignalWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let known = Self::ALL.iter().find(|known| known.code() == text);
                known.copied().ok_or_else(|| InvalidSignalWord(text.to_owned()))
            }
        }
    };
}

/// What a signal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// More complaints about a theme than chance brings, in one week.
    ThemeIncident,
    /// A lasting problem with a theme.
    ThemeStructural,
    /// A theme may be becoming a problem.
    ThemeEmerging,
    /// A lasting problem with a theme is over.
    ThemeResolved,
    /// A score is lower than a quarter before.
    ScoreDrop,
    /// Far fewer people answer than usual.
    ResponseCollapse,
    /// Customers talk about something that no theme covers yet.
    NewTheme,
    /// A goal will not be met if things go on like this.
    GoalAtRisk,
}

words!(
    SignalKind,
    ThemeIncident = "theme_incident",
    ThemeStructural = "theme_structural",
    ThemeEmerging = "theme_emerging",
    ThemeResolved = "theme_resolved",
    ScoreDrop = "score_drop",
    ResponseCollapse = "response_collapse",
    NewTheme = "new_theme",
    GoalAtRisk = "goal_at_risk",
);

impl SignalKind {
    /// Whether it is told by mail: what may still be chance waits on the page until it is more.
    #[must_use]
    pub const fn is_told(self) -> bool {
        !matches!(self, Self::ThemeEmerging)
    }

    /// Whether its subject is a theme.
    #[must_use]
    pub const fn is_of_theme(self) -> bool {
        matches!(
            self,
            Self::ThemeIncident | Self::ThemeStructural | Self::ThemeEmerging | Self::ThemeResolved
        )
    }
}

/// What people did with a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalState {
    /// Nobody looked at it yet.
    New,
    /// Someone looked at it.
    Seen,
    /// Someone takes it on.
    Accepted,
    /// Someone said why it needs nothing.
    Dismissed,
}

words!(
    SignalState,
    New = "new",
    Seen = "seen",
    Accepted = "accepted",
    Dismissed = "dismissed",
);

/// Why a theme is called what it is called; the words of the numbers that found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalReason {
    /// The count is above its prediction limit.
    AboveLimit,
    /// Evidence gathers, too little yet.
    Rising,
    /// Beyond its own limit, but one of so many series is that by chance.
    OneOfMany,
    /// The cumulative sum passed its threshold.
    Lasting,
    /// Three incidents in six weeks.
    ManyIncidents,
    /// Thirty mentions where at most ten are expected.
    Flood,
    /// The share is above what the organisation accepts.
    Chronic,
    /// Back to what it was.
    BackToBaseline,
    /// A difference between two quarters that is real and relevant.
    Lower,
    /// Fewer answers than chance brings.
    BelowLimit,
    /// Far more often of late than before.
    Grew,
}

/// One week of the series behind a signal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EvidencePoint {
    /// Its first day.
    pub start: LocalDay,
    /// What was counted; absent when it is of too few people to be told.
    pub count: Option<u64>,
    /// Answers that it is counted among.
    pub answers: u64,
    /// What was expected.
    pub expected: Option<f64>,
    /// The limit beyond which it is more than chance.
    pub limit: Option<u64>,
    /// Whether it belongs to what the signal is about.
    pub is_part: bool,
}

/// A group by one property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The property: `touchpoint`, or the key of a segment.
    pub property: String,
    /// What people call the value.
    pub name: String,
}

/// Where a signal comes from most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The group; of two, those who are in both.
    pub groups: Vec<Group>,
    /// How many times as often as elsewhere; absent when nobody said it elsewhere.
    pub ratio: Option<f64>,
    /// The chance of as much where there is no difference.
    pub p: f64,
}

/// The part of all answers that a signal is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalPart {
    /// `survey`, `touchpoint`, `account`, or `segment.` with the key of a property.
    pub dimension: String,
    /// The value, as it stands in addresses.
    pub value: String,
    /// What people call the property.
    pub property: String,
    /// What people call the value.
    pub name: String,
}

/// What a signal rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Name of the subject at that time.
    pub name: String,
    /// Why it is called what it is called.
    pub reason: Option<SignalReason>,
    /// The first day of what it is about.
    pub since: Option<LocalDay>,
    /// What was counted last, unless of too few people.
    pub count: Option<f64>,
    /// What was expected, or what it was before.
    pub expected: Option<f64>,
    /// Answers behind it.
    pub answers: u64,
    /// The series, oldest first.
    pub points: Vec<EvidencePoint>,
    /// Answers that show it, the newest first.
    pub quotes: Vec<ResponseId>,
    /// Where it comes from, the likeliest first.
    pub origins: Vec<Origin>,
    /// The part of all answers that it is about; absent when it is about all of them.
    #[serde(default)]
    pub part: Option<SignalPart>,
    /// Codes of other themes that are complained about more in most of the same answers.
    #[serde(default)]
    pub companions: Vec<String>,
}

impl Evidence {
    /// Whether both are about the same part of all answers, whatever it is called.
    #[must_use]
    pub fn is_of_same_part(&self, other: &Self) -> bool {
        let part = |evidence: &Self| {
            let part = evidence.part.as_ref();
            part.map(|part| (part.dimension.clone(), part.value.clone()))
        };
        part(self) == part(other)
    }
}

/// Something that needs a look.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// Identifier.
    pub id: SignalId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// What it is about.
    pub kind: SignalKind,
    /// Code of the theme, or address of the questionnaire; empty when it is about all answers.
    pub subject: String,
    /// What people did with it.
    pub state: SignalState,
    /// Why it needs nothing, in someone's own words.
    pub dismissed_because: Option<String>,
    /// Who accepted or dismissed it.
    pub handled_by: Option<UserId>,
    /// When it was first found.
    pub found_at: Timestamp,
    /// When it last grew or was handled.
    pub changed_at: Timestamp,
    /// When it was found to be over; absent while it goes on.
    pub ended_at: Option<Timestamp>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What was found now, of one kind and subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// What it is about.
    pub kind: SignalKind,
    /// Code of the theme, or address of the questionnaire.
    pub subject: String,
    /// What it rests on.
    pub evidence: Evidence,
}

/// Holds what is found now against the signals that are known, those that ended of late among them:
/// gives the signals that changed, and the sightings that are new.
///
/// What is found again grows and keeps its state; what is not found again has ended. What ended and is
/// found again since the same day is the same, and goes on.
///
/// ```
/// use peil_domain::themes::{Evidence, SignalKind, Sighting, meet};
///
/// let sighting = Sighting {
///     kind: SignalKind::ThemeIncident,
///     subject: "delivery".to_owned(),
///     evidence: Evidence::default(),
/// };
/// let (changed, new) = meet(Vec::new(), vec![sighting], jiff::Timestamp::UNIX_EPOCH);
/// assert_eq!((changed.len(), new.len()), (0, 1));
/// ```
#[must_use]
pub fn meet(
    mut known: Vec<Signal>,
    mut sightings: Vec<Sighting>,
    now: Timestamp,
) -> (Vec<Signal>, Vec<Sighting>) {
    let mut changed = Vec::new();
    // Those that go on come first: there is one at a time.
    known.sort_by_key(|signal| signal.ended_at.is_some());
    for signal in known {
        let place = sightings.iter().position(|found| is_same(&signal, found));
        match place.map(|place| sightings.remove(place)) {
            Some(found) if signal.ended_at.is_none() && found.evidence == signal.evidence => {}
            Some(found) => changed.push(Signal {
                evidence: found.evidence,
                changed_at: now,
                ended_at: None,
                ..signal
            }),
            None if signal.ended_at.is_some() => {}
            None => changed.push(Signal {
                ended_at: Some(now),
                changed_at: now,
                ..signal
            }),
        }
    }
    (changed, sightings)
}

/// Whether what is found is what a signal is about.
fn is_same(signal: &Signal, found: &Sighting) -> bool {
    let (was, is) = (signal.evidence.since, found.evidence.since);
    let goes_on = signal.ended_at.is_none() || (was.is_some() && was == is);
    found.kind == signal.kind
        && found.subject == signal.subject
        && found.evidence.is_of_same_part(&signal.evidence)
        && goes_on
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn sighting(kind: SignalKind, subject: &str, count: f64) -> Sighting {
        Sighting {
            kind,
            subject: subject.to_owned(),
            evidence: Evidence {
                count: Some(count),
                ..Evidence::default()
            },
        }
    }

    fn signal(kind: SignalKind, subject: &str, count: f64) -> Signal {
        Signal {
            id: SignalId(Uuid::nil()),
            workspace: WorkspaceId(Uuid::nil()),
            kind,
            subject: subject.to_owned(),
            state: SignalState::Dismissed,
            dismissed_because: Some("known".to_owned()),
            handled_by: None,
            found_at: Timestamp::UNIX_EPOCH,
            changed_at: Timestamp::UNIX_EPOCH,
            ended_at: None,
            evidence: sighting(kind, subject, count).evidence,
        }
    }

    #[test]
    fn what_is_found_again_grows_and_stays_dismissed() {
        let kind = SignalKind::ThemeStructural;
        let open = vec![signal(kind, "delivery", 12.0)];
        let now = Timestamp::from_second(60).unwrap();
        let (changed, new) = meet(open, vec![sighting(kind, "delivery", 20.0)], now);
        assert!(new.is_empty());
        assert_eq!(changed[0].state, SignalState::Dismissed);
        assert_eq!(changed[0].evidence.count, Some(20.0));
        assert_eq!((changed[0].changed_at, changed[0].ended_at), (now, None));
    }

    #[test]
    fn what_did_not_change_is_left_alone_and_what_is_not_found_again_has_ended() {
        let open = vec![
            signal(SignalKind::ThemeIncident, "delivery", 12.0),
            signal(SignalKind::ThemeIncident, "price", 7.0),
        ];
        let found = vec![
            sighting(SignalKind::ThemeIncident, "delivery", 12.0),
            sighting(SignalKind::ThemeStructural, "price", 9.0),
        ];
        let now = Timestamp::from_second(60).unwrap();
        let (changed, new) = meet(open, found, now);
        assert_eq!(changed.len(), 1);
        assert_eq!(
            (changed[0].subject.as_str(), changed[0].ended_at),
            ("price", Some(now))
        );
        assert_eq!(new[0].kind, SignalKind::ThemeStructural);
    }

    #[test]
    fn what_ended_and_is_found_again_since_the_same_day_goes_on_and_since_another_day_is_new() {
        let kind = SignalKind::ThemeIncident;
        let since = |day: i32| Evidence {
            since: Some(LocalDay(day)),
            ..Evidence::default()
        };
        let ended = Signal {
            ended_at: Some(Timestamp::UNIX_EPOCH),
            evidence: since(7),
            ..signal(kind, "delivery", 9.0)
        };
        let found = |day: i32| Sighting {
            kind,
            subject: "delivery".to_owned(),
            evidence: since(day),
        };
        let now = Timestamp::from_second(60).unwrap();
        let (changed, new) = meet(vec![ended.clone()], vec![found(7)], now);
        assert_eq!((changed[0].ended_at, new.len()), (None, 0));
        assert_eq!(changed[0].state, SignalState::Dismissed);
        let (changed, new) = meet(vec![ended.clone()], vec![found(14)], now);
        assert_eq!((changed.len(), new.len()), (0, 1));
        assert_eq!(meet(vec![ended], Vec::new(), now), (Vec::new(), Vec::new()));
    }

    #[test]
    fn the_same_theme_in_another_part_of_the_answers_is_another_signal() {
        let kind = SignalKind::ThemeStructural;
        let part = |value: &str| SignalPart {
            dimension: "segment.group".to_owned(),
            value: value.to_owned(),
            property: "Group".to_owned(),
            name: value.to_uppercase(),
        };
        let mut known = signal(kind, "delivery", 9.0);
        known.evidence.part = Some(part("lease"));
        let mut same = sighting(kind, "delivery", 12.0);
        same.evidence.part = Some(SignalPart {
            name: "Lease riders".to_owned(),
            ..part("lease")
        });
        let whole = sighting(kind, "delivery", 30.0);
        let now = Timestamp::from_second(60).unwrap();
        let (changed, new) = meet(vec![known], vec![whole.clone(), same], now);
        assert_eq!((changed.len(), new), (1, vec![whole]));
        assert_eq!(changed[0].evidence.count, Some(12.0));
    }

    #[test]
    fn evidence_that_was_written_before_there_were_parts_is_read() {
        let written = serde_json::json!({
            "name": "NPS", "reason": null, "since": null, "count": 3.0, "expected": null,
            "answers": 9, "points": [], "quotes": [], "origins": [],
        });
        let read: Evidence = serde_json::from_value(written).unwrap();
        assert_eq!((read.part, read.companions.len()), (None, 0));
    }

    #[test]
    fn every_word_is_read_as_it_is_written() {
        for kind in SignalKind::ALL {
            assert_eq!(kind.code().parse(), Ok(*kind));
        }
        for state in SignalState::ALL {
            assert_eq!(state.code().parse(), Ok(*state));
        }
        assert!("nothing".parse::<SignalKind>().is_err());
    }
}
