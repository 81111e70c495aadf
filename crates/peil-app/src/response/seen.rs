//! Answers in own words and details of respondents, as a reader may see them.

use std::collections::BTreeMap;

use peil_domain::{
    access::Actor,
    response::{AnswerValue, Response},
    shared::QuestionKey,
};
use peil_store::Session;

use crate::{
    AppError,
    themes::{Readings, Spoken, own_words},
};

/// Leaves out who the respondent is; that something was told stays.
pub(super) fn mask_details(response: &mut Response) {
    for answer in &mut response.answers {
        if let AnswerValue::Details(details) = &mut answer.value {
            details.clear();
        }
    }
}

/// What someone answered in their own words, as the reader may see it.
pub(super) async fn spoken_answers(
    session: &impl Session,
    actor: &Actor,
    response: &Response,
) -> Result<BTreeMap<QuestionKey, Spoken>, AppError> {
    let readings = Readings::of(session, std::iter::once(response.id)).await?;
    let said = own_words(response).map(|(question, words)| {
        let spoken = readings.spoken(actor, response.id, question, words);
        (question.clone(), spoken)
    });
    Ok(said.collect())
}

/// Puts what the reader may see in the place of what was written.
pub(super) fn mask_words(response: &mut Response, spoken: &BTreeMap<QuestionKey, Spoken>) {
    for answer in &mut response.answers {
        let Some(shown) = spoken.get(&answer.key) else {
            continue;
        };
        match &mut answer.value {
            AnswerValue::Text(words) => *words = shown.text(),
            AnswerValue::Choices { other, .. } => *other = Some(shown.text()),
            AnswerValue::Score(_) | AnswerValue::Details(_) | AnswerValue::NotApplicable => {}
        }
    }
}
