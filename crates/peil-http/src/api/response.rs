//! Single answers, read and sent by programs.

use std::collections::BTreeMap;

use axum::{Json, extract::State, http::StatusCode};
use peil_app::{
    AppError,
    collect::ApiSubmission,
    response::{ResponseDetail, ResponseLine, ResponsesAsked},
    results::zone_of,
    themes::Spoken,
};
use peil_domain::{
    response::{AnswerValue, Completion, Flag, RawAnswers},
    shared::{LocalDay, ResponseId, SurveyId},
    survey::QuestionKind,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{At, Body, ListOf, Outcome},
    caller::Caller,
    refusals::{Reading, Writing},
    results::{SelectionFields, page_of, selection_of},
    themes::{MentionView, mentions},
};
use crate::{
    Web,
    api::operations::{Operations, routes},
    edge::{problem::Problem, visitor::Visitor},
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(list_responses))
        .routes(routes!(get_response))
        .routes(routes!(create_response))
}

/// One answer in a list.
#[derive(Serialize, ToSchema)]
struct ResponseLineView {
    /// Identifier.
    id: String,
    /// Address name of the questionnaire.
    survey: String,
    /// When it was sent.
    submitted_at: String,
    /// Channel through which it came.
    channel: &'static str,
    /// Language in which was answered.
    language: &'static str,
    /// Whether all pages were sent.
    is_complete: bool,
    /// Score on the first question with a scale.
    score: Option<i32>,
    /// `low`, `mid` or `high`.
    zone: Option<&'static str>,
    /// The words of the first open answer, without personal data where the reader does not follow up.
    words: Option<String>,
    /// What is mentioned in them; empty until they were read.
    mentions: Vec<MentionView>,
    /// `positive`, `negative`, `neutral` or `mixed`; absent until they were read.
    polarity: Option<String>,
    /// What they are besides: `needs_reply`, `urgency`, `suggestion`, `praise`, `effort`, `no_content`.
    labels: Vec<String>,
    /// Who answered; absent when not known or when the token may not read customers.
    contact: Option<String>,
    /// `too_fast`, `straight_line`, `robot`.
    flags: Vec<&'static str>,
}

impl From<ResponseLine> for ResponseLineView {
    fn from(line: ResponseLine) -> Self {
        Self {
            id: line.id.to_string(),
            survey: line.slug.to_string(),
            submitted_at: line.submitted_at.to_string(),
            channel: line.channel.code(),
            language: line.language.code(),
            is_complete: line.completion == Completion::Complete,
            score: line.score.map(|(score, ..)| score),
            zone: line.score.map(|(_, _, zone)| zone.code()),
            words: line.spoken.as_ref().map(Spoken::text),
            mentions: mentions(line.spoken.as_ref()),
            polarity: line
                .spoken
                .as_ref()
                .and_then(|spoken| spoken.polarity.clone()),
            labels: line.spoken.map(|spoken| spoken.labels).unwrap_or_default(),
            contact: line.contact.map(|(id, _)| id.to_string()),
            flags: line.flags.into_iter().map(Flag::code).collect(),
        }
    }
}

/// Lists answers, the newest first.
#[utoipa::path(get, path = "/responses", operation_id = "list_responses", tag = "response",
    params(("survey" = Option<String>, Query, description = "Address name of the questionnaire; all of them when absent."),
        ("zone" = Option<String>, Query, description = "Part of the scale: `low`, `mid` or `high`."),
        ("score" = Option<String>, Query, description = "Exactly this score on the question."),
        ("choice" = Option<String>, Query, description = "This option of the question was chosen."),
        ("search" = Option<String>, Query, description = "Part of the words."),
        ("flag" = Option<String>, Query, description = "A mark that the answer carries: `too_fast`, `straight_line` or `robot`."),
        ("after" = Option<String>, Query, description = "The `next` of the page before."),
        ("limit" = Option<String>, Query, description = "Items per page, 1 to 200."),
        SelectionFields),
    responses((status = 200, body = ListOf<ResponseLineView>), Reading))]
async fn list_responses(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<ListOf<ResponseLineView>>> {
    let say = |error: AppError| caller.problem(&error);
    let survey = match visitor.query.some("survey") {
        Some(text) => Some(text.parse().map_err(|_| say(AppError::NotFound))?),
        None => None,
    };
    let query = selection_of(&visitor.query).map_err(say)?;
    let (after, limit) = page_of(&visitor.query).map_err(say)?;
    let asked = ResponsesAsked {
        survey,
        query,
        after,
        limit,
    };
    let found = web
        .app
        .list_responses(&caller.identity.actor, asked)
        .await
        .map_err(say)?;
    let items = found
        .lines
        .into_iter()
        .map(ResponseLineView::from)
        .collect();
    Ok(Json(ListOf {
        items,
        next: found.next,
    }))
}

/// One answer in full.
#[derive(Serialize, ToSchema)]
struct ResponseView {
    /// Identifier.
    id: String,
    /// Address name of the questionnaire.
    survey: String,
    /// Number of the version that was shown.
    version: i32,
    /// When it was sent.
    submitted_at: String,
    /// Channel through which it came.
    channel: &'static str,
    /// Language in which was answered.
    language: &'static str,
    /// Whether all pages were sent.
    is_complete: bool,
    /// Segment values of that moment.
    segments: BTreeMap<String, String>,
    /// Who answered; absent when not known or when the token may not read customers.
    contact: Option<String>,
    /// `too_fast`, `straight_line`, `robot`.
    flags: Vec<&'static str>,
    /// The answers, in the order of the questionnaire.
    answers: Vec<AnswerView>,
}

/// One answer to one question.
#[derive(Serialize, ToSchema)]
struct AnswerView {
    /// Key of the question.
    question: String,
    /// The score, for a scale.
    score: Option<i32>,
    /// `low`, `mid` or `high`, for a scale.
    zone: Option<&'static str>,
    /// Codes of the chosen options.
    choices: Vec<String>,
    /// The respondent's own words.
    words: Option<String>,
    /// The number, when one was asked.
    number: Option<f64>,
    /// The day, when one was asked.
    date: Option<String>,
    /// Who the respondent is: `name`, `email`, `phone`, `organisation`, `remark`; empty when the
    /// token may not read customers.
    details: BTreeMap<String, String>,
    /// Whether the question did not apply to the respondent.
    is_not_applicable: bool,
}

impl From<ResponseDetail> for ResponseView {
    fn from(found: ResponseDetail) -> Self {
        let response = found.response;
        let answers = found.answers.into_iter().filter_map(|(question, given)| {
            let mut view = AnswerView {
                question: question.key.to_string(),
                score: None,
                zone: None,
                choices: Vec::new(),
                words: None,
                number: None,
                date: None,
                details: BTreeMap::new(),
                is_not_applicable: false,
            };
            match given? {
                AnswerValue::Score(day) if matches!(question.kind, QuestionKind::Date { .. }) => {
                    view.date = Some(LocalDay(day).date().to_string());
                }
                AnswerValue::Score(kept) if question.kind.number_range().is_some() => {
                    let range = question.kind.number_range();
                    view.number = range.map(|range| range.number(kept));
                }
                AnswerValue::Score(score) => {
                    view.score = Some(score);
                    view.zone = question
                        .kind
                        .scale()
                        .map(|scale| zone_of(&scale, score).code());
                }
                AnswerValue::Choices { codes, other } => {
                    view.choices = codes.iter().map(ToString::to_string).collect();
                    view.words = other;
                }
                AnswerValue::Text(words) => view.words = Some(words),
                AnswerValue::Details(details) => {
                    let named = details.into_iter();
                    view.details = named
                        .map(|(field, words)| (field.code().to_owned(), words))
                        .collect();
                }
                AnswerValue::NotApplicable => view.is_not_applicable = true,
            }
            Some(view)
        });
        let segments = response.segments.iter();
        Self {
            id: response.id.to_string(),
            survey: found.survey.slug.to_string(),
            version: found.version.number,
            submitted_at: response.submitted_at.to_string(),
            channel: response.channel.code(),
            language: response.language.code(),
            is_complete: response.completion == Completion::Complete,
            segments: segments
                .map(|(key, value)| (key.to_string(), value.clone()))
                .collect(),
            contact: found.contact.map(|(id, _)| id.to_string()),
            flags: response.flags.into_iter().map(Flag::code).collect(),
            answers: answers.collect(),
        }
    }
}

/// Reads one answer in full.
#[utoipa::path(get, path = "/responses/{id}", operation_id = "get_response", tag = "response",
    params(("id" = uuid::Uuid, Path, description = "The answer.")),
    responses((status = 200, body = ResponseView), Reading))]
async fn get_response(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<uuid::Uuid>,
) -> Outcome<Json<ResponseView>> {
    let found = web
        .app
        .get_response(&caller.identity.actor, ResponseId(id))
        .await;
    Ok(Json(found.map_err(|error| caller.problem(&error))?.into()))
}

/// Answers to be stored.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewResponse {
    /// Identifier that makes repeating it harmless; a new one when absent.
    id: Option<uuid::Uuid>,
    /// Values by key of the question or, in a matrix or ranking, of the row: one score, place,
    /// option, number, day (`2026-01-31`) or text each; several options for a multiple choice; `1`
    /// for a consent; `n/a` for a question that does not apply. The words behind "other" stand
    /// under the key with `__other` behind it, details of a person under the key with `__name`,
    /// `__email`, `__phone`, `__organisation` or `__remark` behind it. Answers to questions that the
    /// conditions of the questionnaire leave out are not kept.
    answers: BTreeMap<String, Vec<String>>,
    /// `nl` or `en`; the questionnaire's first language when absent.
    language: Option<String>,
    /// External identifier of the customer.
    contact: Option<String>,
    /// When it was answered (RFC 3339); now when absent.
    submitted_at: Option<String>,
}

/// What became of it.
#[derive(Serialize, ToSchema)]
struct CreatedResponse {
    /// Identifier.
    id: String,
    /// Whether it was stored before.
    is_duplicate: bool,
    /// The quota that was full: the answers are kept as stopped on the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    over_quota: Option<String>,
}

fn submission_of(body: NewResponse) -> Result<ApiSubmission, AppError> {
    let invalid = |field| AppError::Invalid {
        field,
        code: "unknown",
    };
    let language = body
        .language
        .map(|code| code.parse().map_err(|_| invalid("language")));
    let at = body
        .submitted_at
        .map(|text| text.parse().map_err(|_| invalid("submitted_at")));
    let is_plain = |text: &String| text.len() <= 200 && !text.chars().any(char::is_control);
    if body.contact.as_ref().is_some_and(|text| !is_plain(text)) {
        return Err(invalid("contact"));
    }
    let answers: RawAnswers = body.answers;
    Ok(ApiSubmission {
        id: body.id.map(ResponseId),
        answers,
        language: language.transpose()?,
        contact: body.contact,
        submitted_at: at.transpose()?,
    })
}

/// Stores the answers of one customer.
#[utoipa::path(post, path = "/surveys/{id}/responses", operation_id = "create_response", tag = "response",
    params(("id" = uuid::Uuid, Path, description = "The questionnaire.")),
    request_body = NewResponse,
    responses((status = 201, body = CreatedResponse),
        (status = 410, body = Problem, content_type = "application/problem+json",
            description = "The questionnaire is closed."), Writing))]
async fn create_response(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<uuid::Uuid>,
    Body(body): Body<NewResponse>,
) -> Outcome<(StatusCode, Json<CreatedResponse>)> {
    let say = |error: AppError| caller.problem(&error);
    let input = submission_of(body).map_err(say)?;
    let stored = web
        .app
        .submit_response(&caller.identity.actor, SurveyId(id), input)
        .await;
    let stored = stored.map_err(say)?;
    let view = CreatedResponse {
        id: stored.id.to_string(),
        is_duplicate: stored.is_duplicate,
        over_quota: stored.over_quota.map(|quota| quota.to_string()),
    };
    Ok((StatusCode::CREATED, Json(view)))
}
