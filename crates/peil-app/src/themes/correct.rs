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
    themes::{self, FreshReading, Label, Mentions, add_label, list_labels, remove_label},
};
use serde_json::json;

use super::{
    books::Book,
    displeased::{as_displeased, displeased},
    names::ThemeNames,
    read::{own_words, read},
    spoken::{Readings, Spoken},
};
use crate::{
    App, AppError,
    app::demand,
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
        Ok(ReadingFound {
            spoken: readings.spoken(actor, id, question, words),
            response: id,
            question: question.clone(),
            themes: themes.map(|theme| theme.code.clone()).collect(),
            names: book.names.clone(),
        })
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
        return fresh;
    };
    let reading = &mut fresh.reading;
    reading.mentions = label.mentions.clone();
    reading.is_corrected = true;
    let whole = |code: &str| {
        code.split_once('.')
            .map_or(code.to_owned(), |(whole, _)| whole.to_owned())
    };
    let kept: BTreeSet<String> = label
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
