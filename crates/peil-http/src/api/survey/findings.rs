//! What the reviewer says about a draft, and what was put aside with a reason, for programs.

use axum::{Json, extract::State, http::StatusCode};
use peil_app::{
    AppError,
    survey::{Dismissed, FindingName},
};
use peil_domain::{
    shared::{DismissalId, SurveyId},
    survey::review::Channel,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{review::SurveyRemark, words::Tongue};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{
        body::{At, Body, ListOf, Outcome},
        caller::Caller,
        refusals::{Reading, Writing},
    },
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(list_survey_findings, dismiss_survey_finding))
        .routes(routes!(restore_survey_finding))
        .routes(routes!(list_version_dismissals))
}

/// What the reviewer says about the draft of a questionnaire.
#[derive(Serialize, ToSchema)]
struct DraftFindings {
    /// What is to be looked at.
    open: Vec<SurveyRemark>,
    /// What was put aside; it comes back when its text changes.
    dismissed: Vec<DismissedFinding>,
}

/// A finding that was put aside.
#[derive(Serialize, ToSchema)]
struct DismissedFinding {
    id: Uuid,
    finding: SurveyRemark,
    /// Why it was put aside.
    reason: String,
    /// Number of the first version for which it holds.
    version: i32,
    /// Who put it aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    at: String,
}

/// A finding to be put aside, named as the list of findings names it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDismissalBody {
    /// The rule that found it.
    rule: String,
    /// Where it is.
    place: String,
    /// The language of the text.
    language: Tongue,
    /// The words that were found; empty when it is about more than words.
    #[serde(default)]
    words: String,
    /// Why it does not hold here; at most 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// The name of what was put aside.
#[derive(Serialize, ToSchema)]
struct DismissalName {
    id: Uuid,
}

impl DismissedFinding {
    fn new(caller: &Caller, found: Dismissed) -> Self {
        Self {
            id: found.dismissal.id.0,
            finding: SurveyRemark::new(found.remark, caller.text.language),
            reason: found.dismissal.reason,
            version: found.dismissal.version,
            by: found.by,
            at: found.dismissal.at.to_string(),
        }
    }
}

/// Lists what the reviewer says about the draft: what is open, and what was put aside.
#[utoipa::path(get, path = "/surveys/{survey}/findings", operation_id = "list_survey_findings",
    tag = "survey", params(("survey" = uuid::Uuid, Path)),
    responses((status = 200, body = DraftFindings), Reading))]
async fn list_survey_findings(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<Json<DraftFindings>> {
    let actor = &caller.identity.actor;
    let found = web.app.review_draft(actor, id, Channel::Page).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let language = caller.text.language;
    let open = found.open.into_iter();
    let dismissed = found.dismissed.into_iter();
    Ok(Json(DraftFindings {
        open: open
            .map(|remark| SurveyRemark::new(remark, language))
            .collect(),
        dismissed: dismissed
            .map(|found| DismissedFinding::new(&caller, found))
            .collect(),
    }))
}

/// Puts a finding of the draft aside until its text changes.
#[utoipa::path(post, path = "/surveys/{survey}/findings", operation_id = "dismiss_survey_finding",
    tag = "survey", params(("survey" = uuid::Uuid, Path)), request_body = NewDismissalBody,
    responses((status = 201, body = DismissalName), Writing))]
async fn dismiss_survey_finding(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    Body(body): Body<NewDismissalBody>,
) -> Outcome<(StatusCode, Json<DismissalName>)> {
    let unknown = AppError::Invalid {
        field: "rule",
        code: "unknown",
    };
    let rule = body.rule.parse().map_err(|_| caller.problem(&unknown))?;
    let finding = FindingName {
        rule,
        place: body.place,
        language: body.language.language(),
        words: body.words,
    };
    let actor = &caller.identity.actor;
    let done = web.app.dismiss_finding(actor, id, finding, &body.reason);
    let done = done.await.map_err(|error| caller.problem(&error))?;
    Ok((StatusCode::CREATED, Json(DismissalName { id: done.id.0 })))
}

/// Takes back that a finding was put aside. Published versions keep it.
#[utoipa::path(delete, path = "/surveys/{survey}/findings/{dismissal}",
    operation_id = "restore_survey_finding", tag = "survey",
    params(("survey" = uuid::Uuid, Path), ("dismissal" = uuid::Uuid, Path)),
    responses((status = 204), Writing))]
async fn restore_survey_finding(
    State(web): State<Web>,
    caller: Caller,
    At((id, dismissal)): At<(SurveyId, DismissalId)>,
) -> Outcome<StatusCode> {
    let actor = &caller.identity.actor;
    let done = web.app.restore_finding(actor, id, dismissal).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists what was put aside in one published version.
#[utoipa::path(get, path = "/surveys/{survey}/versions/{number}/dismissals",
    operation_id = "list_version_dismissals", tag = "survey",
    params(("survey" = uuid::Uuid, Path), ("number" = i32, Path)),
    responses((status = 200, body = ListOf<DismissedFinding>), Reading))]
async fn list_version_dismissals(
    State(web): State<Web>,
    caller: Caller,
    At((id, number)): At<(SurveyId, i32)>,
) -> Outcome<Json<ListOf<DismissedFinding>>> {
    let actor = &caller.identity.actor;
    let found = web.app.list_dismissals(actor, id).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let version = found.into_iter().find(|(known, _)| *known == number);
    let (_, put_aside) = version.ok_or_else(|| caller.problem(&AppError::NotFound))?;
    Ok(Json(ListOf {
        items: put_aside
            .into_iter()
            .map(|found| DismissedFinding::new(&caller, found))
            .collect(),
        next: None,
    }))
}
