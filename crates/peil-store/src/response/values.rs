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
pub(super) const ANSWER: [&str; 11] = [
    "workspace_id",
    "response_id",
    "question_key",
    "survey_id",
    "position",
    "score",
    "codes",
    "words",
    "details",
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
        let no_document = || match backend {
            DbBackend::Postgres => Value::Json(None),
            _ => Value::String(None),
        };
        let (mut score, mut words) = (None, None);
        let (mut codes, mut details) = (no_document(), no_document());
        match value {
            AnswerValue::Score(given) => score = Some(*given),
            AnswerValue::Choices {
                codes: chosen,
                other,
            } => {
                codes = document("answers", backend, chosen)?;
                words.clone_from(other);
            }
            AnswerValue::Text(text) => words = Some(text.clone()),
            AnswerValue::Details(given) => details = document("answers", backend, given)?,
            AnswerValue::NotApplicable => {}
        }
        to.extend([
            response.workspace.0.into(),
            response.id.0.into(),
            key.as_str().into(),
            response.survey.0.into(),
            position.into(),
            score.into(),
            codes,
            words.into(),
            details,
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
