//! What a draft of the themes would make of the latest answers, before it is taken into use.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right},
    response::Response,
    shared::{QuestionKey, ResponseId, SurveyId},
};
use peil_store::themes::{LatestAsked, Reading, labels_mark, list_latest};

use super::{
    books::{Book, Pace, on_a_thread},
    correct::{Labels, labels_of, read_with},
    displeased::{as_displeased, displeased},
    names::ThemeNames,
    read::own_words,
    spoken::{Spoken, sees_personal_data, spoken},
    taxonomy::Drafted,
    teaching::Material,
};
use crate::{
    App, AppError,
    app::demand,
    facts::Counting,
    results::{Readable, readable},
};

/// Answers that are tried.
const ANSWERS: usize = 200;
/// Submissions that are looked at for them, at a time and in all: many say nothing in words.
const AT_A_TIME: u64 = 250;
const MOST_LOOKED_AT: usize = 5_000;

/// What a draft would make of the latest answers.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Answers that were tried.
    pub answers: usize,
    /// Those that would be sorted otherwise, the latest first.
    pub changed: Vec<TrialAnswer>,
    /// Themes and their parts that would be mentioned more or less often, in the order of their codes.
    pub themes: Vec<TrialTheme>,
    /// What themes are called.
    pub names: ThemeNames,
    /// Time that it took.
    pub took: SignedDuration,
}

/// An answer that would be sorted otherwise.
#[derive(Debug, Clone)]
pub struct TrialAnswer {
    /// The submission.
    pub response: ResponseId,
    /// The question.
    pub question: QuestionKey,
    /// When it was sent.
    pub at: Timestamp,
    /// The answer, with the words that would count.
    pub spoken: Spoken,
    /// Codes of what it would mention that it does not now.
    pub gained: Vec<String>,
    /// Codes of what it would not mention any more.
    pub lost: Vec<String>,
}

/// A theme, or a part of one, in a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialTheme {
    /// Its code.
    pub code: String,
    /// Answers that mention it now.
    pub before: usize,
    /// Answers that would.
    pub after: usize,
    /// Answers that would mention it and do not now.
    pub gained: usize,
    /// Answers that would not any more.
    pub lost: usize,
}

/// An answer as it is read now, and as it would be.
struct Tried {
    at: Timestamp,
    words: String,
    was: Reading,
    is: Reading,
}

impl App {
    /// Reads the latest answers by the draft and by what is in use, and compares.
    pub async fn try_taxonomy(&self, actor: &Actor) -> Result<Trial, AppError> {
        demand(actor, Right::WriteSurveys)?;
        demand(actor, Right::ReadResponses)?;
        let started = self.clock.now();
        let session = self.look(actor.workspace).await?;
        let drafted = Drafted::read(&session).await?;
        let book = self.taught_book(&session).await?;
        let mark = labels_mark(&session).await?;
        let material = Material::read(&session, mark).await?;
        let responses = latest(&session, actor).await?;
        let known = Known {
            labels: labels_of(&session, &responses).await?,
            low: displeased(&session, &responses).await?,
        };
        let (names, tried) = on_a_thread(Pace::Awaited, move || {
            let mut new = Book::new(&drafted.edits, drafted.version);
            new.teaching = material.and_then(|material| material.learn(&new));
            let tried = compare(&book, &new, &known, &responses);
            (new.names, tried)
        })
        .await?;
        let sees_all = sees_personal_data(actor);
        let changed = tried.iter().filter_map(|one| changed(one, sees_all));
        Ok(Trial {
            answers: tried.len(),
            changed: changed.collect(),
            themes: themes(&tried),
            names,
            took: self.clock.now().duration_since(started),
        })
    }
}

/// The latest submissions with words that `actor` may read.
async fn latest(session: &impl Counting, actor: &Actor) -> Result<Vec<Response>, AppError> {
    let mut found: Vec<Response> = Vec::new();
    let mut open: BTreeMap<SurveyId, bool> = BTreeMap::new();
    let (mut before, mut looked, mut answers) = (None, 0, 0);
    while answers < ANSWERS && looked < MOST_LOOKED_AT {
        let asked = LatestAsked {
            before,
            until: None,
            limit: AT_A_TIME,
        };
        let some = list_latest(session, asked).await?;
        let Some(last) = some.last() else { break };
        before = Some(last.id);
        looked += some.len();
        for response in some {
            let said = own_words(&response).count();
            if said == 0 || response.is_automatic() || answers >= ANSWERS {
                continue;
            }
            let may_read = if let Some(may_read) = open.get(&response.survey) {
                *may_read
            } else {
                let all = readable(session, actor, Some(response.survey), &[]).await?;
                let may_read = all != Readable::Nothing;
                open.insert(response.survey, may_read);
                may_read
            };
            if may_read {
                answers += said;
                found.push(response);
            }
        }
    }
    Ok(found)
}

/// What is known of the answers besides their words.
struct Known {
    /// The last words of people about them.
    labels: Labels,
    /// Those whose score is bad news.
    low: BTreeSet<ResponseId>,
}

fn compare(book: &Book, new: &Book, known: &Known, responses: &[Response]) -> Vec<Tried> {
    let said = responses
        .iter()
        .flat_map(|response| own_words(response).map(move |said| (response, said)));
    said.take(ANSWERS)
        .map(|(response, (question, words))| {
            let read = |book: &Book| {
                let fresh = read_with(book, &known.labels, response, question, words);
                let mut reading = fresh.reading;
                if known.low.contains(&response.id) {
                    as_displeased(&mut reading);
                }
                reading
            };
            Tried {
                at: response.submitted_at,
                words: words.to_owned(),
                was: read(book),
                is: read(new),
            }
        })
        .collect()
}

/// Codes of themes and parts that an answer mentions, in whatever tone.
fn mentioned(reading: &Reading) -> BTreeSet<&str> {
    let codes = reading.mentions.0.iter().map(|(code, _)| code.as_str());
    codes.collect()
}

fn changed(one: &Tried, sees_all: bool) -> Option<TrialAnswer> {
    let (was, is) = (mentioned(&one.was), mentioned(&one.is));
    let only = |these: &BTreeSet<&str>, those: &BTreeSet<&str>| -> Vec<String> {
        these
            .difference(those)
            .map(|code| (*code).to_owned())
            .collect()
    };
    let (gained, lost) = (only(&is, &was), only(&was, &is));
    if gained.is_empty() && lost.is_empty() {
        return None;
    }
    // Where nothing is found any more, the words that were found are marked.
    let shown = if gained.is_empty() { &one.was } else { &one.is };
    Some(TrialAnswer {
        response: one.is.response,
        question: one.is.question.clone(),
        at: one.at,
        spoken: spoken(&one.words, Some(shown), sees_all),
        gained,
        lost,
    })
}

/// What changes per theme and per part.
fn themes(tried: &[Tried]) -> Vec<TrialTheme> {
    let mut found: BTreeMap<String, TrialTheme> = BTreeMap::new();
    let with_wholes = |reading: &Reading| -> BTreeSet<String> {
        let codes = mentioned(reading);
        let wholes = codes
            .iter()
            .filter_map(|code| Some(code.split_once('.')?.0));
        wholes
            .chain(codes.iter().copied())
            .map(str::to_owned)
            .collect()
    };
    for one in tried {
        let (was, is) = (with_wholes(&one.was), with_wholes(&one.is));
        for code in was.union(&is) {
            let theme = found.entry(code.clone()).or_insert_with(|| TrialTheme {
                code: code.clone(),
                before: 0,
                after: 0,
                gained: 0,
                lost: 0,
            });
            let (before, after) = (was.contains(code), is.contains(code));
            theme.before += usize::from(before);
            theme.after += usize::from(after);
            theme.gained += usize::from(after && !before);
            theme.lost += usize::from(before && !after);
        }
    }
    let differs = |theme: &TrialTheme| theme.gained > 0 || theme.lost > 0;
    found.into_values().filter(differs).collect()
}
