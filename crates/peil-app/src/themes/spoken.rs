//! Words of customers as someone may see them: with what was read in them, and without personal data
//! for who does not follow up.

use peil_domain::access::{Actor, Right, Role};
use peil_domain::shared::{QuestionKey, ResponseId};
use peil_store::{
    Session,
    themes::{Reading, list_for},
};
use peil_themes::{find_personal, masked, normalise};
use std::collections::BTreeMap;

use super::teaching::is_like;
use crate::AppError;

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpokenPart {
    /// Words of which nothing was read.
    Plain(String),
    /// Words that show themes, in a tone.
    Said {
        /// The words.
        words: String,
        /// Codes of the themes.
        themes: Vec<String>,
        /// Below zero with displeasure, above zero with pleasure.
        tone: i8,
    },
    /// Personal data that is not shown: what kind, as a stable word.
    Masked(String),
}

/// An answer in someone's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spoken {
    /// Its words in order.
    pub parts: Vec<SpokenPart>,
    /// What it mentions: code of theme or part, and tone.
    pub mentions: Vec<(String, i8)>,
    /// `positive`, `negative`, `neutral` or `mixed`; absent while it was not read.
    pub polarity: Option<String>,
    /// What it is besides its themes.
    pub labels: Vec<String>,
    /// Whether a person had the last word about it.
    pub is_corrected: bool,
}

impl Spoken {
    /// The words as they are shown, with placeholders for what is not.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                SpokenPart::Plain(words) | SpokenPart::Said { words, .. } => text.push_str(words),
                SpokenPart::Masked(kind) => {
                    text.push('[');
                    text.push_str(kind);
                    text.push(']');
                }
            }
        }
        text
    }
}

/// Whether someone sees personal data in the words of customers: who follows up with customers does,
/// who studies figures does not need it.
pub(crate) fn sees_personal_data(actor: &Actor) -> bool {
    actor.has(Right::ReadAudience) && actor.role != Role::Analyst
}

/// Words with placeholders for personal data.
pub(crate) fn without_personal_data(words: &str) -> String {
    masked(words, &find_personal(&normalise(words)))
}

/// What was read in the answers of some submissions.
pub(crate) struct Readings(BTreeMap<(ResponseId, QuestionKey), Reading>);

impl Readings {
    pub(crate) async fn of(
        session: &impl Session,
        ids: impl Iterator<Item = ResponseId>,
    ) -> Result<Self, AppError> {
        let mut ids: Vec<ResponseId> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        let found = list_for(session, &ids).await?;
        let keyed = found
            .into_iter()
            .map(|one| ((one.response, one.question.clone()), one));
        Ok(Self(keyed.collect()))
    }

    /// An answer as `actor` may see it.
    pub(crate) fn spoken(
        &self,
        actor: &Actor,
        response: ResponseId,
        question: &QuestionKey,
        words: &str,
    ) -> Spoken {
        let reading = self.0.get(&(response, question.clone()));
        spoken(words, reading, sees_personal_data(actor))
    }
}

/// A stretch that is shown in another way: from which byte, up to which, how.
type Mark = (usize, usize, SpokenPart);

/// An answer with what was read in it.
pub(crate) fn spoken(words: &str, reading: Option<&Reading>, sees_all: bool) -> Spoken {
    let mut marks: Vec<Mark> = Vec::new();
    if !sees_all {
        marks.extend(personal(words, reading));
    }
    for mark in said(words, reading) {
        let is_free = |other: &Mark| mark.1 <= other.0 || other.1 <= mark.0;
        if marks.iter().all(is_free) {
            marks.push(mark);
        }
    }
    marks.sort_by_key(|mark| mark.0);
    let mut parts = Vec::new();
    let plain = |from: usize, until: usize| {
        words
            .get(from..until)
            .filter(|words| !words.is_empty())
            .map(|words| SpokenPart::Plain(words.to_owned()))
    };
    let mut at = 0;
    for (start, end, part) in marks {
        parts.extend(plain(at, start));
        parts.push(part);
        at = end;
    }
    parts.extend(plain(at, words.len()));
    let mentions = reading.map(|reading| reading.mentions.0.iter().cloned().collect());
    Spoken {
        parts,
        mentions: mentions.unwrap_or_default(),
        polarity: reading.map(|reading| reading.polarity.clone()),
        labels: reading
            .map(|reading| {
                let labels = reading.labels.iter();
                labels.filter(|label| !is_like(label)).cloned().collect()
            })
            .unwrap_or_default(),
        is_corrected: reading.is_some_and(|reading| reading.is_corrected),
    }
}

/// Personal data among the words; sought anew where nothing was read yet.
fn personal(words: &str, reading: Option<&Reading>) -> Vec<Mark> {
    let found: Vec<(usize, usize, String)> = match reading {
        Some(reading) => {
            let known = reading.personal.iter();
            known
                .map(|one| (one.start, one.end, one.kind.clone()))
                .collect()
        }
        None => find_personal(&normalise(words))
            .iter()
            .map(|one| {
                let kind = serde_json::to_value(one.kind).ok();
                let kind = kind.and_then(|kind| kind.as_str().map(str::to_owned));
                (one.span.start, one.span.end, kind.unwrap_or_default())
            })
            .collect(),
    };
    let fits = found
        .into_iter()
        .filter(|(start, end, _)| words.get(*start..*end).is_some());
    fits.map(|(start, end, kind)| (start, end, SpokenPart::Masked(kind)))
        .collect()
}

/// The words that show themes; words that show several stand there once.
fn said(words: &str, reading: Option<&Reading>) -> Vec<Mark> {
    let mut found: BTreeMap<(usize, usize), (Vec<String>, i8)> = BTreeMap::new();
    for clause in reading.iter().flat_map(|reading| &reading.clauses) {
        let tone = match clause.sentiment.as_str() {
            "negative" if clause.is_sure => -1,
            "positive" if clause.is_sure => 1,
            _ => 0,
        };
        for theme in &clause.themes {
            for place in &theme.evidence {
                let (themes, _) = found.entry(*place).or_insert((Vec::new(), tone));
                if !themes.contains(&theme.code) {
                    themes.push(theme.code.clone());
                }
            }
        }
    }
    // The longest first: shorter ones that overlap are left out.
    let mut places: Vec<_> = found.into_iter().collect();
    places.sort_by_key(|((start, end), _)| (usize::MAX - end.saturating_sub(*start), *start));
    let mut marks: Vec<Mark> = Vec::new();
    for ((start, end), (themes, tone)) in places {
        let Some(stretch) = words.get(start..end).filter(|words| !words.is_empty()) else {
            continue;
        };
        let is_free = |other: &Mark| end <= other.0 || other.1 <= start;
        if marks.iter().all(is_free) {
            let words = stretch.to_owned();
            marks.push((
                start,
                end,
                SpokenPart::Said {
                    words,
                    themes,
                    tone,
                },
            ));
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use peil_domain::shared::{LocalDay, SurveyId};
    use peil_store::themes::{Clause, ClauseTheme, MadeBy, Mentions, Personal};

    use super::*;

    fn reading(words: &str) -> Reading {
        let late = words.find("te laat").unwrap();
        let name = words.find("Anna").unwrap();
        let theme = |code: &str| ClauseTheme {
            code: code.to_owned(),
            confidence: 0.8,
            evidence: vec![(late, late + 7), (late + 3, late + 7), (900, 950)],
        };
        Reading {
            response: ResponseId(uuid::Uuid::nil()),
            question: "why".parse().unwrap(),
            survey: SurveyId(uuid::Uuid::nil()),
            local_day: LocalDay(0),
            made_by: MadeBy {
                rules: 1,
                taxonomy: 1,
            },
            language: "nl".to_owned(),
            polarity: "negative".to_owned(),
            labels: std::collections::BTreeSet::new(),
            mentions: Mentions::default(),
            clauses: vec![Clause {
                start: 0,
                end: words.len(),
                sentiment: "negative".to_owned(),
                is_sure: true,
                themes: vec![theme("delivery.late"), theme("time")],
            }],
            personal: vec![Personal {
                start: name,
                end: name + 4,
                kind: "name".to_owned(),
            }],
            is_corrected: false,
        }
    }

    #[test]
    fn words_are_marked_once_and_names_are_kept_from_who_need_not_know() {
        let words = "Één pakje kwam te laat, zei Anna.";
        let reading = reading(words);
        let whole = spoken(words, Some(&reading), true);
        assert_eq!(whole.text(), words);
        let said = SpokenPart::Said {
            words: "te laat".to_owned(),
            themes: vec!["delivery.late".to_owned(), "time".to_owned()],
            tone: -1,
        };
        assert_eq!(whole.parts.len(), 3);
        assert_eq!(whole.parts[1], said);
        let masked = spoken(words, Some(&reading), false);
        assert_eq!(masked.text(), "Één pakje kwam te laat, zei [name].");
    }

    #[test]
    fn what_was_not_read_yet_is_masked_all_the_same() {
        let words = "Bel mij op 06-12345678";
        assert_eq!(spoken(words, None, false).text(), "Bel mij op [phone]");
        assert_eq!(spoken(words, None, true).text(), words);
    }

    #[test]
    fn a_reading_of_other_words_marks_nothing_wrong() {
        let of = reading("kort te laat Anna");
        assert_eq!(spoken("é", Some(&of), true).text(), "é");
        assert_eq!(spoken("", Some(&of), false).text(), "");
    }
}
