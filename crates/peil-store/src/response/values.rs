//! A submission as values of two tables, in the order of their columns, for statements of many rows.

use peil_domain::response::{Answer, AnswerValue, Completion, Response};
use sea_orm::{DbBackend, Value};
use serde::Serialize;

use super::row::completion_word;
use crate::{
    StoreError,
    convert::{micros, to_document, unreadable},
};

/// Columns of a submission.
pub(super) const RESPONSE: [&str; 17] = [
    "workspace_id",
    "id",
    "survey_id",
    "version_id",
    "contact_id",
    "account_id",
    "invitation_id",
    "channel",
    "language",
    "touchpoint",
    "completion",
    "pages_done",
    "submitted_at",
    "local_day",
    "seconds",
    "segments",
    "flags",
];

/// Columns of an answer.
pub(super) const ANSWER: [&str; 10] = [
    "workspace_id",
    "response_id",
    "question_key",
    "survey_id",
    "position",
    "score",
    "codes",
    "words",
    "local_day",
    "is_counted",
];

pub(super) fn push_response(
    to: &mut Vec<Value>,
    backend: DbBackend,
    response: &Response,
) -> Result<(), StoreError> {
    const TABLE: &str = "responses";
    to.extend([
        response.workspace.0.into(),
        response.id.0.into(),
        response.survey.0.into(),
        response.version.0.into(),
        response.contact.map(|id| id.0).into(),
        response.account.map(|id| id.0).into(),
        response.invitation.map(|id| id.0).into(),
        response.channel.code().into(),
        response.language.code().into(),
        response.touchpoint.as_ref().map(ToString::to_string).into(),
        completion_word(response.completion).into(),
        response.pages_done.into(),
        micros(response.submitted_at).into(),
        response.local_day.0.into(),
        response.seconds.into(),
        document(TABLE, backend, &response.segments)?,
        document(TABLE, backend, &response.flags)?,
    ]);
    Ok(())
}

pub(super) fn push_answers(
    to: &mut Vec<Value>,
    backend: DbBackend,
    response: &Response,
) -> Result<(), StoreError> {
    let is_counted = response.completion == Completion::Complete && !response.is_automatic();
    for (position, Answer { key, value }) in (0_i32..).zip(&response.answers) {
        let no_codes = || match backend {
            DbBackend::Postgres => Value::Json(None),
            _ => Value::String(None),
        };
        let (score, codes, words) = match value {
            AnswerValue::Score(score) => (Some(*score), no_codes(), None),
            AnswerValue::Choices { codes, other } => {
                (None, document("answers", backend, codes)?, other.clone())
            }
            AnswerValue::Text(text) => (None, no_codes(), Some(text.clone())),
        };
        to.extend([
            response.workspace.0.into(),
            response.id.0.into(),
            key.as_str().into(),
            response.survey.0.into(),
            position.into(),
            score.into(),
            codes,
            words.into(),
            response.local_day.0.into(),
            is_counted.into(),
        ]);
    }
    Ok(())
}

/// A document as a value: a file keeps its text.
fn document(
    table: &'static str,
    backend: DbBackend,
    value: &impl Serialize,
) -> Result<Value, StoreError> {
    if backend == DbBackend::Postgres {
        return Ok(to_document(table, value)?.into());
    }
    let text = serde_json::to_string(value).map_err(|error| unreadable(table, &error))?;
    Ok(text.into())
}
