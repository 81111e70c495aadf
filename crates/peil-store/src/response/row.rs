//! A submission as rows of two tables, and back.

use peil_domain::{
    response::{Answer, AnswerValue, Completion, Response},
    shared::{
        AccountId, ContactId, InvitationId, LocalDay, QuestionKey, ResponseId, SurveyId, VersionId,
        WorkspaceId,
    },
};
use sea_orm::ActiveValue::{NotSet, Set};

use crate::{
    StoreError,
    convert::{document, known, micros, moment, to_document, word},
    entities::{answers, responses},
};

/// How a submission of which all pages were sent is marked.
pub(crate) const COMPLETE: &str = "complete";
/// How a submission is marked that stopped on the way.
pub(super) const PARTIAL: &str = "partial";

/// How a completion is marked.
pub(super) const fn completion_word(completion: Completion) -> &'static str {
    match completion {
        Completion::Complete => COMPLETE,
        Completion::Partial => PARTIAL,
    }
}

pub(super) fn to_row(response: &Response) -> Result<responses::ActiveModel, StoreError> {
    Ok(responses::ActiveModel {
        workspace_id: Set(response.workspace.0),
        id: Set(response.id.0),
        survey_id: Set(response.survey.0),
        version_id: Set(response.version.0),
        contact_id: Set(response.contact.map(|id| id.0)),
        account_id: Set(response.account.map(|id| id.0)),
        invitation_id: Set(response.invitation.map(|id| id.0)),
        channel: Set(response.channel.code().to_owned()),
        language: Set(response.language.code().to_owned()),
        touchpoint: Set(response.touchpoint.as_ref().map(ToString::to_string)),
        completion: Set(completion_word(response.completion).to_owned()),
        pages_done: Set(response.pages_done),
        submitted_at: Set(micros(response.submitted_at)),
        local_day: Set(response.local_day.0),
        seconds: Set(response.seconds),
        segments: Set(to_document("responses", &response.segments)?),
        flags: Set(to_document("responses", &response.flags)?),
        orders: NotSet,
    })
}

pub(super) fn answer_row(
    response: &Response,
    answer: &Answer,
) -> Result<answers::ActiveModel, StoreError> {
    let (mut score, mut codes, mut words, mut details) = (None, None, None, None);
    match &answer.value {
        AnswerValue::Score(given) => score = Some(*given),
        AnswerValue::Choices {
            codes: chosen,
            other,
        } => {
            codes = Some(to_document("answers", chosen)?);
            words.clone_from(other);
        }
        AnswerValue::Text(text) => words = Some(text.clone()),
        AnswerValue::Details(given) => details = Some(to_document("answers", given)?),
        AnswerValue::NotApplicable => {}
    }
    let place = response
        .answers
        .iter()
        .position(|other| other.key == answer.key);
    Ok(answers::ActiveModel {
        workspace_id: Set(response.workspace.0),
        response_id: Set(response.id.0),
        question_key: Set(answer.key.to_string()),
        survey_id: Set(response.survey.0),
        position: Set(place
            .and_then(|place| i32::try_from(place).ok())
            .unwrap_or(i32::MAX)),
        score: Set(score),
        codes: Set(codes),
        words: Set(words),
        details: Set(details),
        local_day: Set(response.local_day.0),
        is_counted: Set(response.completion == Completion::Complete && !response.is_automatic()),
    })
}

pub(super) fn to_answer(row: answers::Model) -> Result<Answer, StoreError> {
    let value = match (row.score, row.codes, row.words, row.details) {
        (Some(score), ..) => AnswerValue::Score(score),
        (None, Some(codes), other, _) => AnswerValue::Choices {
            codes: document("answers", codes)?,
            other,
        },
        (None, None, Some(words), _) => AnswerValue::Text(words),
        (None, None, None, Some(details)) => AnswerValue::Details(document("answers", details)?),
        (None, None, None, None) => AnswerValue::NotApplicable,
    };
    Ok(Answer {
        key: word("answers", &row.question_key)?,
        value,
    })
}

pub(super) fn to_response(
    row: responses::Model,
    answers: Vec<Answer>,
) -> Result<Response, StoreError> {
    const TABLE: &str = "responses";
    Ok(Response {
        id: ResponseId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        survey: SurveyId(row.survey_id),
        version: VersionId(row.version_id),
        contact: row.contact_id.map(ContactId),
        account: row.account_id.map(AccountId),
        invitation: row.invitation_id.map(InvitationId),
        channel: word(TABLE, &row.channel)?,
        language: word(TABLE, &row.language)?,
        touchpoint: row
            .touchpoint
            .map(|key| word::<QuestionKey>(TABLE, &key))
            .transpose()?,
        completion: known(TABLE, row.completion)?,
        pages_done: row.pages_done,
        submitted_at: moment(TABLE, row.submitted_at)?,
        local_day: LocalDay(row.local_day),
        seconds: row.seconds,
        segments: document(TABLE, row.segments)?,
        flags: document(TABLE, row.flags)?,
        answers,
    })
}
