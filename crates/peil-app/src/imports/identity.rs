//! What tells imported answers apart, so that a file that is imported twice adds nothing twice.
//!
//! The identifier of an imported answer is the moment at which it was given, as of any other answer, and
//! behind it a key that follows from the row alone. Only the key says whether two rows are the same: a
//! file that comes again with its dates read in another way still adds nothing. The moment in front keeps
//! answers of one time together, in the database and on the way to and from it.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use peil_domain::shared::{ResponseId, SurveyId};
use peil_store::{Read, response};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::AppError;

/// Identifiers that are read at a time.
const PAGE: u64 = 20_000;
/// Bytes of an identifier that hold the moment.
const MOMENT: usize = 6;
/// Version of identifiers whose content is the program's own business; answers that were not imported
/// have another.
const IMPORTED: usize = 8;

/// What follows from a row alone: 74 bits of it, in the form in which they stand in an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 10]);

/// What follows from the parts of a row (UUID version 8 over SHA-256). Imports of before answers had their
/// moment in front used it whole, so that what they brought in is known by the same key.
fn digest(survey: SurveyId, kind: &str, parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(survey.0.as_bytes());
    hash.update(kind.as_bytes());
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(hash.finalize().iter()) {
        *to = *from;
    }
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

impl Key {
    fn within(id: Uuid) -> Self {
        let mut key = [0; 10];
        for (to, from) in key.iter_mut().zip(id.as_bytes().iter().skip(MOMENT)) {
            *to = *from;
        }
        Self(key)
    }

    /// The identifier of the row with this key, answered at this moment.
    pub(super) fn id_at(self, at: Timestamp) -> ResponseId {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        let mut bytes = [0; 16];
        let moment = millis.to_be_bytes().into_iter().skip(8 - MOMENT);
        for (to, from) in bytes.iter_mut().zip(moment.chain(self.0)) {
            *to = from;
        }
        ResponseId(Uuid::from_bytes(bytes))
    }
}

/// The rows of a file so far, and those that are in the database.
#[derive(Default)]
pub(super) struct Seen {
    known: HashSet<Key>,
    ids: HashMap<Key, u32>,
    contents: HashMap<Key, u32>,
}

impl Seen {
    /// Takes note of every imported answer to a questionnaire that is in.
    pub(super) async fn of(session: &Read, survey: SurveyId) -> Result<Self, AppError> {
        let mut known = HashSet::new();
        let mut after = None;
        loop {
            let (ids, end) = response::list_ids(session, survey, after, PAGE).await?;
            let imported = ids.iter().filter(|id| id.0.get_version_num() == IMPORTED);
            known.extend(imported.map(|id| Key::within(id.0)));
            if end.is_none() {
                break;
            }
            after = end;
        }
        Ok(Self {
            known,
            ..Self::default()
        })
    }

    /// Whether the answer with this key is in.
    pub(super) fn is_known(&self, key: Key) -> bool {
        self.known.contains(&key)
    }

    /// The key of a row that has an identifier of its own; nothing when a row above it has the same.
    pub(super) fn by_id(&mut self, survey: SurveyId, own: &str, row: u64) -> Option<Key> {
        let key = Key::within(digest(survey, "id", &[own.as_bytes()]));
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        (*self.ids.entry(key).or_insert(row) == row).then_some(key)
    }

    /// The key of a row by everything in it and how often the same stood above it.
    pub(super) fn by_content(&mut self, survey: SurveyId, cells: &[String]) -> Key {
        let parts: Vec<&[u8]> = cells.iter().map(String::as_bytes).collect();
        let content = digest(survey, "row", &parts);
        let count = self.contents.entry(Key::within(content)).or_default();
        *count += 1;
        let parts: [&[u8]; 2] = [content.as_bytes(), &count.to_be_bytes()];
        Key::within(digest(survey, "copy", &parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn identifiers_stand_in_the_order_of_their_moments_and_keep_their_key() {
        let survey = SurveyId(Uuid::from_u128(1));
        let mut seen = Seen::default();
        let first = seen.by_id(survey, "a", 2).unwrap();
        let second = seen.by_id(survey, "b", 3).unwrap();
        let early = first.id_at(at("2021-01-01T10:00:00Z"));
        let late = second.id_at(at("2021-01-01T10:00:01Z"));
        assert!(early.0 < late.0 && early.0.get_version_num() == IMPORTED);
        assert_eq!(Key::within(early.0), first);
        assert_eq!(
            Key::within(first.id_at(at("2022-01-01T10:00:00Z")).0),
            first
        );
        assert_eq!(
            Key::within(first.id_at(at("1955-01-01T10:00:00Z")).0),
            first
        );
    }

    #[test]
    fn a_row_is_known_by_its_own_identifier_or_by_everything_in_it() {
        let survey = SurveyId(Uuid::from_u128(1));
        let mut seen = Seen::default();
        assert!(seen.by_id(survey, "a", 2).is_some());
        assert!(seen.by_id(survey, "a", 3).is_none());
        let row = ["x".to_owned(), "9".to_owned()];
        let once = seen.by_content(survey, &row);
        let twice = seen.by_content(survey, &row);
        assert_ne!(once, twice);
        let mut again = Seen::default();
        assert_eq!(again.by_content(survey, &row), once);
        assert_ne!(
            Seen::default().by_content(SurveyId(Uuid::from_u128(2)), &row),
            once
        );
    }
}
