//! Putting right what was read in an answer. The last word of a person counts, whatever is read later,
//! until it is taken back.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{
    access::{Actor, Right},
    response::Response,
    shared::{QuestionKey, ResponseId},
};
use peil_store::{
    Session, response,
    themes::{
        self, FreshReading, Label, Mentions, add_label, begin_again, count_labelled, list_labels,
        remove_label,
    },
};
use serde_json::json;

use super::{
    books::Book,
    displeased::{as_displeased, displeased},
    names::ThemeNames,
    read::{own_words, read},
    spoken::{Readings, Spoken},
    teaching::{LEARNED, Learned, like},
};
use crate::{
    App, AppError,
    app::demand,
    facts::Counting,
    results::{Readable, readable},
};

/// Most themes of one answer.
const MOST: usize = 12;

/// An answer with what was read in it, to be put right.
#[derive(Debug, Clone)]
pub struct ReadingFound {
    /// The submission.
    pub response: ResponseId,
    /// The question.
    pub question: QuestionKey,
    /// The answer.
    pub spoken: Spoken,
    /// Codes of the themes that there are, in their order.
    pub themes: Vec<String>,
    /// What they are called.
    pub names: ThemeNames,
    /// What the correction of this answer taught; absent when nobody corrected it.
    pub taught: Option<Taught>,
    /// What was changed about this answer because of corrections of others.
    pub learned: Vec<LearnedFrom>,
}

/// What the correction of an answer taught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taught {
    /// Other answers that are read otherwise because of it.
    pub changed: u64,
    /// Whether it waits for another one that says the same, since it would change many answers by itself.
    pub is_held: bool,
    /// Answers that are being read again: how many are done, of how many.
    pub reading: Option<(u64, u64)>,
}

/// A change because of corrections of other answers.
#[derive(Debug, Clone)]
pub struct LearnedFrom {
    /// The theme, and the words that speak for it.
    pub learned: Learned,
    /// The corrected answers as the reader may see them.
    pub answers: Vec<(ResponseId, QuestionKey, Spoken)>,
}

impl App {
    /// Reads what was read in one answer.
    pub async fn get_reading(
        &self,
        actor: &Actor,
        id: ResponseId,
        question: &QuestionKey,
    ) -> Result<ReadingFound, AppError> {
        demand(actor, Right::ReadResponses)?;
        let session = self.look(actor.workspace).await?;
        let response = response::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        if readable(&session, actor, Some(response.survey), &[]).await? == Readable::Nothing {
            return Err(AppError::NotFound);
        }
        let words = said(&response, question)?;
        let readings = Readings::of(&session, std::iter::once(id)).await?;
        let book = self.book(&session).await?;
        let themes = book.taxonomy.themes.iter();
        let spoken = readings.spoken(actor, id, question, words);
        let taught = if spoken.is_corrected {
            Some(self.taught(&session, id, question).await?)
        } else {
            None
        };
        let learned = if spoken.labels.iter().any(|label| label == LEARNED) {
            self.learned_from(&session, actor, &response, question)
                .await?
        } else {
            Vec::new()
        };
        Ok(ReadingFound {
            taught,
            learned,
            spoken,
            response: id,
            question: question.clone(),
            themes: themes.map(|theme| theme.code.clone()).collect(),
            names: book.names.clone(),
        })
    }

    /// What the correction of an answer taught.
    async fn taught(
        &self,
        session: &impl Session,
        id: ResponseId,
        question: &QuestionKey,
    ) -> Result<Taught, AppError> {
        let reading = themes::find_due(session).await?;
        // While answers are being read, whoever reads them learns: nobody waits for that here.
        let book = match reading {
            Some(_) => self.taught_at_hand(session).await?,
            None => Some(self.taught_book(session).await?),
        };
        let teaching = book.as_ref().and_then(|book| book.teaching.as_ref());
        Ok(Taught {
            changed: count_labelled(session, &like(id)).await?,
            is_held: teaching.is_some_and(|teaching| teaching.is_held(id, question)),
            reading: reading.map(|due| (due.done, due.total)),
        })
    }

    /// Why an answer is read otherwise than by its words alone.
    async fn learned_from(
        &self,
        session: &impl Counting,
        actor: &Actor,
        response: &Response,
        question: &QuestionKey,
    ) -> Result<Vec<LearnedFrom>, AppError> {
        let book = self.taught_book(session).await?;
        let Some(teaching) = &book.teaching else {
            return Ok(Vec::new());
        };
        let words = said(response, question)?;
        let mut found = Vec::new();
        for learned in teaching.explain(&book, response, question, words) {
            let ids = learned.because.iter().map(|(id, _)| *id);
            let readings = Readings::of(session, ids).await?;
            let mut answers = Vec::new();
            for (id, key) in &learned.because {
                let Some(other) = response::find(session, *id).await? else {
                    continue;
                };
                let may_read = readable(session, actor, Some(other.survey), &[]).await?;
                if may_read != Readable::Nothing
                    && let Ok(words) = said(&other, key)
                {
                    answers.push((*id, key.clone(), readings.spoken(actor, *id, key, words)));
                }
            }
            found.push(LearnedFrom { learned, answers });
        }
        Ok(found)
    }

    /// Says what an answer mentions, and nothing else: codes of themes or parts, each with its tone.
    pub async fn correct_reading(
        &self,
        actor: &Actor,
        id: ResponseId,
        question: &QuestionKey,
        mentions: BTreeSet<(String, i8)>,
    ) -> Result<(), AppError> {
        demand(actor, Right::ReadResponses)?;
        demand(actor, Right::WriteResponses)?;
        let found = self.get_reading(actor, id, question).await?;
        if mentions.len() > MOST {
            return Err(invalid("too_many"));
        }
        let is_known =
            |(code, tone): &(String, i8)| found.names.has(code) && (-1..=1).contains(tone);
        if !mentions.iter().all(is_known) {
            return Err(invalid("unknown"));
        }
        let label = Label {
            response: id,
            question: question.clone(),
            mentions: Mentions(mentions),
            given_by: actor.user,
            given_at: self.clock.now(),
        };
        let tx = self.store.begin(actor.workspace).await?;
        add_label(&tx, &label).await?;
        self.read_again(&tx, id, question).await?;
        // Others may be read otherwise because of it.
        begin_again(&tx, self.clock.now()).await?;
        let details = json!({ "question": question, "mentions": label.mentions });
        self.record(&tx, actor, "reading.corrected", id, details)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Takes the last correction of an answer back.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when nobody corrected it.
    pub async fn undo_correction(
        &self,
        actor: &Actor,
        id: ResponseId,
        question: &QuestionKey,
    ) -> Result<(), AppError> {
        demand(actor, Right::ReadResponses)?;
        demand(actor, Right::WriteResponses)?;
        self.get_reading(actor, id, question).await?;
        let tx = self.store.begin(actor.workspace).await?;
        let label = remove_label(&tx, id, question).await?;
        let label = label.ok_or(AppError::NotFound)?;
        self.read_again(&tx, id, question).await?;
        begin_again(&tx, self.clock.now()).await?;
        let details = json!({ "question": question, "mentions": label.mentions });
        self.record(&tx, actor, "reading.restored", id, details)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Reads one answer anew, with the last word about it.
    async fn read_again(
        &self,
        tx: &peil_store::Tx,
        id: ResponseId,
        question: &QuestionKey,
    ) -> Result<(), AppError> {
        let response = response::find(tx, id).await?.ok_or(AppError::NotFound)?;
        let words = said(&response, question)?.to_owned();
        let book = self.book(tx).await?;
        let labels = list_labels(tx, &[id]).await?;
        let mut fresh = read_with(&book, &labels, &response, question, &words);
        let low = displeased(tx, std::slice::from_ref(&response)).await?;
        if low.contains(&id) {
            as_displeased(&mut fresh.reading);
        }
        themes::save(tx, &[fresh]).await?;
        Ok(())
    }
}

const fn invalid(code: &'static str) -> AppError {
    AppError::Invalid {
        field: "mentions",
        code,
    }
}

fn said<'a>(response: &'a Response, question: &QuestionKey) -> Result<&'a str, AppError> {
    own_words(response)
        .find(|(key, _)| *key == question)
        .map(|(_, words)| words)
        .ok_or(AppError::NotFound)
}

/// The last words of people about answers.
pub(crate) type Labels = BTreeMap<(ResponseId, QuestionKey), Label>;

/// Reads the labels of submissions.
pub(crate) async fn labels_of(
    session: &impl Session,
    responses: &[Response],
) -> Result<Labels, AppError> {
    let ids: Vec<ResponseId> = responses.iter().map(|response| response.id).collect();
    Ok(list_labels(session, &ids).await?)
}

/// Reads an answer; what a person said that it mentions goes before what was found.
pub(crate) fn read_with(
    book: &Book,
    labels: &Labels,
    response: &Response,
    question: &QuestionKey,
    words: &str,
) -> FreshReading {
    let mut fresh = read(book, response, question, words);
    let Some(label) = labels.get(&(response.id, question.clone())) else {
        if let Some(teaching) = &book.teaching {
            teaching.revise(&mut fresh, response);
        }
        return fresh;
    };
    let reading = &mut fresh.reading;
    // What was said stays true of a theme that went elsewhere since, and is not told of one that is
    // switched off.
    let said = label.mentions.0.iter();
    let now = said.map(|(code, tone)| (book.edited.resolve(code).to_owned(), *tone));
    reading.mentions = Mentions(now.filter(|(code, _)| book.names.has(code)).collect());
    reading.is_corrected = true;
    let whole = |code: &str| {
        code.split_once('.')
            .map_or(code.to_owned(), |(whole, _)| whole.to_owned())
    };
    let kept: BTreeSet<String> = reading
        .mentions
        .0
        .iter()
        .map(|(code, _)| whole(code))
        .collect();
    for clause in &mut reading.clauses {
        clause
            .themes
            .retain(|theme| kept.contains(&whole(&theme.code)));
    }
    fresh
}
