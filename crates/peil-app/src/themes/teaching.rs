//! What corrections teach about other answers: learned by whoever reads, from the corrections and the
//! answers of before the last one, so that every program learns the same.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use peil_domain::{
    response::Response,
    shared::{QuestionKey, ResponseId},
};
use peil_store::{
    Session,
    themes::{
        FreshReading, Label, LabelsMark, LatestAsked, Reading, list_all_labels, list_latest,
        list_submissions,
    },
};
use peil_themes::{Answer, Lesson, Revision, Taught};

use super::{
    books::Book,
    read::{NO_CONTENT, own_words, read},
};
use crate::AppError;

/// Corrections that are learned from, the newest.
const MOST_LESSONS: u64 = 5_000;
/// Answers as the word lists read them that are learned from beside the corrections, and how many
/// submissions are looked at for them.
const SAMPLE: usize = 1_500;
const MOST_LOOKED_AT: usize = 6_000;
const AT_A_TIME: u64 = 500;
/// Corrections that are named as the reason of a change.
const MOST_REASONS: usize = 3;
/// Stands among what an answer is when corrections changed what was read in it.
pub(crate) const LEARNED: &str = "learned";
/// What an answer is that changed because of the correction of another one begins so.
const LIKE: &str = "like:";

/// What was learned, and of which answers.
pub(crate) struct Teaching {
    taught: Taught,
    lessons: Vec<(ResponseId, QuestionKey)>,
}

/// What has to be known to learn.
pub(crate) struct Material {
    labels: Vec<Label>,
    corrected: Vec<Response>,
    sample: Vec<Response>,
}

/// Says that an answer changed because of the correction of one in this submission.
pub(crate) fn like(response: ResponseId) -> String {
    format!("{LIKE}{response}")
}

/// Whether a text says that; it is nothing that an answer says itself.
pub(crate) fn is_like(label: &str) -> bool {
    label
        .strip_prefix(LIKE)
        .is_some_and(|id| id.parse::<ResponseId>().is_ok())
}

impl Material {
    /// Reads it; nothing when nobody corrected anything.
    pub(crate) async fn read(
        session: &impl Session,
        mark: LabelsMark,
    ) -> Result<Option<Self>, AppError> {
        let Some(until) = mark.newest else {
            return Ok(None);
        };
        let labels = list_all_labels(session, MOST_LESSONS).await?;
        let mut ids: Vec<ResponseId> = labels.iter().map(|label| label.response).collect();
        ids.dedup();
        let mut corrected = Vec::new();
        for some in ids.chunks(200) {
            corrected.extend(list_submissions(session, some).await?.responses);
        }
        Ok(Some(Self {
            labels,
            corrected,
            sample: sample(session, until).await?,
        }))
    }

    /// Learns from it; nothing when every correction says what the word lists say.
    pub(crate) fn learn(&self, book: &Book) -> Option<Teaching> {
        let by_id: BTreeMap<ResponseId, &Response> = self
            .corrected
            .iter()
            .map(|response| (response.id, response))
            .collect();
        let mut lessons = Vec::new();
        let mut places = Vec::new();
        for label in &self.labels {
            let Some(response) = by_id.get(&label.response) else {
                continue;
            };
            let words = own_words(response).find(|(key, _)| **key == label.question);
            let Some((_, words)) = words else { continue };
            let said = label.mentions.0.iter();
            let said = said
                .map(|(code, _)| book.edited.resolve(code))
                .filter(|code| book.names.has(code));
            lessons.push(Lesson {
                answer: answer(response, words),
                read: themes(&read(book, response, &label.question, words).reading),
                said: said.map(whole).collect(),
            });
            places.push((label.response, label.question.clone()));
        }
        let known: BTreeSet<&(ResponseId, QuestionKey)> = places.iter().collect();
        let mut sample = Vec::new();
        for response in &self.sample {
            for (question, words) in own_words(response) {
                if sample.len() < SAMPLE && !known.contains(&(response.id, question.clone())) {
                    let read = read(book, response, question, words).reading;
                    sample.push((answer(response, words), themes(&read)));
                }
            }
        }
        let taught = Taught::learn(&book.taxonomy, lessons, &sample)?;
        Some(Teaching {
            taught,
            lessons: places,
        })
    }
}

async fn sample(session: &impl Session, until: Timestamp) -> Result<Vec<Response>, AppError> {
    let mut found = Vec::new();
    let (mut before, mut looked, mut answers) = (None, 0, 0);
    while answers < SAMPLE && looked < MOST_LOOKED_AT {
        let asked = LatestAsked {
            before,
            until: Some(until),
            limit: AT_A_TIME,
        };
        let some = list_latest(session, asked).await?;
        let Some(last) = some.last() else { break };
        before = Some(last.id);
        looked += some.len();
        for response in some.into_iter().filter(|one| !one.is_automatic()) {
            let said = own_words(&response).count();
            if said > 0 {
                answers += said;
                found.push(response);
            }
        }
    }
    Ok(found)
}

impl Teaching {
    /// Changes what was read in an answer by what was learned.
    pub(crate) fn revise(&self, fresh: &mut FreshReading, response: &Response) {
        let answer = answer(response, &fresh.words);
        let reading = &mut fresh.reading;
        for revision in self.taught.revise(&answer, &themes(reading)) {
            let theme = &revision.theme;
            if revision.is_added {
                let tone = tone(&reading.polarity);
                reading.mentions.0.insert((theme.clone(), tone));
            } else {
                reading.mentions.0.retain(|(code, _)| whole(code) != *theme);
                for clause in &mut reading.clauses {
                    clause.themes.retain(|found| whole(&found.code) != *theme);
                }
            }
            reading.labels.insert(LEARNED.to_owned());
            let reasons = self.reasons(&revision);
            reading
                .labels
                .extend(reasons.iter().map(|(response, _)| like(*response)));
        }
    }

    /// The corrected answers because of which something changes.
    fn reasons(&self, revision: &Revision) -> Vec<(ResponseId, QuestionKey)> {
        let because = revision.because.iter().take(MOST_REASONS);
        because
            .filter_map(|near| self.lessons.get(near.index).cloned())
            .collect()
    }

    /// Why what was read in an answer was changed: themes, whether they were given, words that speak
    /// for them, and the corrected answers.
    pub(crate) fn explain(
        &self,
        book: &Book,
        response: &Response,
        question: &QuestionKey,
        words: &str,
    ) -> Vec<Learned> {
        let answer = answer(response, words);
        let read = themes(&read(book, response, question, words).reading);
        let revisions = self.taught.revise(&answer, &read).into_iter();
        revisions
            .map(|revision| Learned {
                words: if revision.is_added {
                    self.taught.words(&answer, &revision.theme, 4)
                } else {
                    Vec::new()
                },
                because: self.reasons(&revision),
                is_added: revision.is_added,
                theme: revision.theme,
            })
            .collect()
    }

    /// Whether the correction of an answer waits for another one that says the same.
    pub(crate) fn is_held(&self, response: ResponseId, question: &QuestionKey) -> bool {
        let mut lessons = self.lessons.iter();
        lessons
            .position(|(known, key)| *known == response && key == question)
            .is_some_and(|lesson| self.taught.is_held(lesson))
    }
}

/// Why an answer was given a theme, or lost it, after it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learned {
    /// Code of the theme.
    pub theme: String,
    /// Given, or lost.
    pub is_added: bool,
    /// Its words that speak most for the theme.
    pub words: Vec<String>,
    /// The corrected answers that it is like, the nearest first.
    pub because: Vec<(ResponseId, QuestionKey)>,
}

fn answer(response: &Response, words: &str) -> Answer {
    Answer {
        text: words.to_owned(),
        lang: Some(response.language.code().to_owned()),
        ..Answer::default()
    }
}

/// The themes that were read in an answer, without their parts.
fn themes(reading: &Reading) -> BTreeSet<String> {
    let codes = reading.mentions.0.iter().map(|(code, _)| whole(code));
    codes.filter(|code| code != NO_CONTENT).collect()
}

fn whole(code: &str) -> String {
    code.split_once('.')
        .map_or(code, |(whole, _)| whole)
        .to_owned()
}

/// The tone of a theme that no words of the answer stand for: that of the answer.
fn tone(polarity: &str) -> i8 {
    match polarity {
        "negative" => -1,
        "positive" => 1,
        _ => 0,
    }
}
