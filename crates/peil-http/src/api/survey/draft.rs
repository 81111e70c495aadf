//! Changing a draft for programs: as a whole, one step at a time, back and forth.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use peil_app::survey::{Edit, Spot, Step};
use peil_domain::shared::{QuestionKey, SurveyId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{SurveyDetail, Tagged, demanded_revision, refuse},
    definition::{Definition, Sent},
    show,
};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{
        body::{At, Body, Outcome},
        caller::Caller,
        refusals::{Changing, Reading},
    },
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(replace_survey_draft))
        .routes(routes!(arrange_survey_draft))
        .routes(routes!(undo_survey_edit))
        .routes(routes!(redo_survey_edit))
        .routes(routes!(list_survey_edits))
}

/// One step in arranging a draft. Pages are counted from 1.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Arrangement {
    /// Puts a copy behind a question.
    CopyQuestion {
        /// Key of the question.
        question: String,
    },
    /// Moves a question behind another one, or to the end of a page.
    MoveQuestion {
        /// Key of the question.
        question: String,
        /// Key of the question behind which it comes.
        behind: Option<String>,
        /// The page at whose end it comes, when it is not put behind a question.
        #[schema(minimum = 1)]
        page: Option<usize>,
    },
    /// Takes a question out.
    RemoveQuestion {
        /// Key of the question.
        question: String,
    },
    /// Starts a new page at a question; joins its page with the one before when it is the first.
    BreakPage {
        /// Key of the question.
        question: String,
    },
    /// Adds an empty page.
    AddPage {
        /// Behind which page; 0 is before all others.
        behind: usize,
    },
    /// Joins a page with the one before.
    JoinPage {
        /// The page.
        #[schema(minimum = 1)]
        page: usize,
    },
    /// Moves a page by one place.
    MovePage {
        /// The page.
        #[schema(minimum = 1)]
        page: usize,
        /// Towards the start.
        up: bool,
    },
    /// Takes a page out, with its questions.
    RemovePage {
        /// The page.
        #[schema(minimum = 1)]
        page: usize,
    },
}

impl Arrangement {
    /// The change; the name of the field when a key is none.
    fn edit(self) -> Result<Edit, &'static str> {
        let key = |text: String, field| text.parse::<QuestionKey>().map_err(|_| field);
        Ok(match self {
            Self::CopyQuestion { question } => Edit::Duplicate(key(question, "question")?),
            Self::MoveQuestion {
                question,
                behind,
                page,
            } => Edit::Place {
                key: key(question, "question")?,
                to: match (behind, page) {
                    (Some(behind), _) => Spot::Behind(key(behind, "behind")?),
                    (None, Some(page)) => Spot::EndOf(page),
                    (None, None) => return Err("behind"),
                },
            },
            Self::RemoveQuestion { question } => Edit::Remove(key(question, "question")?),
            Self::BreakPage { question } => Edit::BreakBefore(key(question, "question")?),
            Self::AddPage { behind } => Edit::AddPage(behind),
            Self::JoinPage { page } => Edit::JoinPage(page),
            Self::MovePage { page, up } => Edit::MovePage { page, up },
            Self::RemovePage { page } => Edit::RemovePage(page),
        })
    }
}

/// What was done to a draft lately.
#[derive(Serialize, ToSchema)]
struct EditHistory {
    /// What the caller would take back with undo.
    #[serde(skip_serializing_if = "Option::is_none")]
    undo: Option<EditStep>,
    /// What the caller would make again with redo.
    #[serde(skip_serializing_if = "Option::is_none")]
    redo: Option<EditStep>,
    /// The changes that are remembered, the newest first.
    steps: Vec<EditStep>,
}

/// One change of a draft.
#[derive(Serialize, ToSchema)]
struct EditStep {
    /// The revision that it made.
    revision: i32,
    /// What was done, as a stable word.
    deed: &'static str,
    /// Key of the question that it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// Who did it, unless the program itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<uuid::Uuid>,
    /// When.
    #[schema(format = DateTime)]
    at: String,
}

impl EditStep {
    fn new(step: &Step) -> Self {
        Self {
            revision: step.revision,
            deed: step.deed.code(),
            question: step.key.as_ref().map(ToString::to_string),
            by: step.by.map(|id| id.0),
            at: step.at.to_string(),
        }
    }
}

/// Replaces the draft; customers see it after publishing.
#[utoipa::path(put, path = "/surveys/{survey}/draft", operation_id = "replace_survey_draft",
    tag = "survey", params(("survey" = uuid::Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = Definition,
    responses((status = 200, body = SurveyDetail, headers(("ETag" = String))), Changing))]
async fn replace_survey_draft(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    headers: HeaderMap,
    Body(Sent(definition)): Body<Sent>,
) -> Outcome<Tagged> {
    let revision = demanded_revision(&caller, &headers)?;
    let edit = Edit::Replace(Box::new(definition));
    let done = web
        .app
        .edit_survey(&caller.identity.actor, id, revision, edit)
        .await;
    done.map_err(|error| refuse(&caller, &error))?;
    show(&web, &caller, id, StatusCode::OK).await
}

/// Arranges questions and pages of the draft: copies, moves, breaks and joins.
#[utoipa::path(post, path = "/surveys/{survey}/draft/arrangement",
    operation_id = "arrange_survey_draft", tag = "survey",
    params(("survey" = uuid::Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = Arrangement,
    responses((status = 200, body = SurveyDetail, headers(("ETag" = String))), Changing))]
async fn arrange_survey_draft(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    headers: HeaderMap,
    Body(body): Body<Arrangement>,
) -> Outcome<Tagged> {
    let revision = demanded_revision(&caller, &headers)?;
    let unknown = |field| {
        caller.problem(&peil_app::AppError::Invalid {
            field,
            code: "unknown",
        })
    };
    let edit = body.edit().map_err(unknown)?;
    let actor = &caller.identity.actor;
    let done = web.app.edit_survey(actor, id, revision, edit).await;
    done.map_err(|error| refuse(&caller, &error))?;
    show(&web, &caller, id, StatusCode::OK).await
}

/// Takes back the caller's last change of the draft; what others changed since stays.
#[utoipa::path(post, path = "/surveys/{survey}/draft/undo", operation_id = "undo_survey_edit",
    tag = "survey", params(("survey" = uuid::Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = SurveyDetail, headers(("ETag" = String))), Changing))]
async fn undo_survey_edit(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    headers: HeaderMap,
) -> Outcome<Tagged> {
    let revision = demanded_revision(&caller, &headers)?;
    let actor = &caller.identity.actor;
    let done = web.app.undo_survey_edit(actor, id, revision).await;
    done.map_err(|error| refuse(&caller, &error))?;
    show(&web, &caller, id, StatusCode::OK).await
}

/// Makes again what the caller took back last.
#[utoipa::path(post, path = "/surveys/{survey}/draft/redo", operation_id = "redo_survey_edit",
    tag = "survey", params(("survey" = uuid::Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = SurveyDetail, headers(("ETag" = String))), Changing))]
async fn redo_survey_edit(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    headers: HeaderMap,
) -> Outcome<Tagged> {
    let revision = demanded_revision(&caller, &headers)?;
    let actor = &caller.identity.actor;
    let done = web.app.redo_survey_edit(actor, id, revision).await;
    done.map_err(|error| refuse(&caller, &error))?;
    show(&web, &caller, id, StatusCode::OK).await
}

/// Lists what was done to the draft lately, and what the caller could take back or make again.
#[utoipa::path(get, path = "/surveys/{survey}/draft/edits", operation_id = "list_survey_edits",
    tag = "survey", params(("survey" = uuid::Uuid, Path)),
    responses((status = 200, body = EditHistory), Reading))]
async fn list_survey_edits(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<Json<EditHistory>> {
    let known = web.app.survey_history(&caller.identity.actor, id).await;
    let known = known.map_err(|error| caller.problem(&error))?;
    Ok(Json(EditHistory {
        undo: known.undo.as_ref().map(EditStep::new),
        redo: known.redo.as_ref().map(EditStep::new),
        steps: known.steps.iter().map(EditStep::new).collect(),
    }))
}
