//! Questionnaires for programs. What can be edited carries an `ETag`, to be sent back as `If-Match`.

mod body;
mod catalogue;
mod definition;
mod draft;
mod file;
mod findings;
mod incoming;
mod kind;
mod look;
mod number;
mod picture;
mod review;
mod texts;
mod versions;
mod words;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use peil_app::{
    AppError,
    survey::{NewSurvey, SurveyError},
};
use peil_domain::shared::{Slug, SurveyId};

use self::body::{
    NewSurveyBody, SurveyDetail, SurveySettings, SurveySummary, SurveyVersion, Tagged,
    TouchpointBody, asked_revision, demanded_revision, refuse, tagged,
};
use super::{
    body::{Asked, At, Body, ListOf, Outcome, Paging},
    caller::Caller,
    refusals::{Changing, Reading, Writing},
};
use crate::{
    Web,
    api::operations::{Operations, routes},
    edge::problem::{FieldProblem, survey_field_problems},
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(list_surveys, create_survey))
        .routes(routes!(get_survey, update_survey, remove_survey))
        .merge(draft::routes())
        .routes(routes!(check_survey))
        .merge(review::routes())
        .merge(findings::routes())
        .merge(picture::routes())
        .merge(file::routes())
        .merge(incoming::routes())
        .merge(texts::routes())
        .merge(versions::routes())
        .routes(routes!(publish_survey))
        .routes(routes!(close_survey))
        .routes(routes!(reopen_survey))
        .routes(routes!(list_survey_versions))
        .merge(catalogue::routes())
        .routes(routes!(list_touchpoints))
}

/// Lists questionnaires, the newest first.
#[utoipa::path(get, path = "/surveys", operation_id = "list_surveys", tag = "survey",
    params(Paging), responses((status = 200, body = ListOf<SurveySummary>), Reading))]
async fn list_surveys(
    State(web): State<Web>,
    caller: Caller,
    Asked(paging): Asked<Paging>,
) -> Outcome<Json<ListOf<SurveySummary>>> {
    let found = web.app.list_surveys(&caller.identity.actor).await;
    let mut found = found.map_err(|error| caller.problem(&error))?;
    found.sort_by_key(|overview| std::cmp::Reverse(overview.survey.id));
    if let Some(after) = &paging.after {
        let unknown = AppError::Invalid {
            field: "after",
            code: "unknown",
        };
        let after: SurveyId = after.parse().map_err(|_| caller.problem(&unknown))?;
        found.retain(|overview| overview.survey.id < after);
    }
    let size = usize::try_from(paging.size()).unwrap_or(usize::MAX);
    let has_more = found.len() > size;
    found.truncate(size);
    let last = found.last().map(|overview| overview.survey.id.to_string());
    let url = web.app.public_url();
    Ok(Json(ListOf {
        next: last.filter(|_| has_more),
        items: found
            .iter()
            .map(|overview| SurveySummary::new(url, overview))
            .collect(),
    }))
}

/// Makes a questionnaire from a template.
#[utoipa::path(post, path = "/surveys", operation_id = "create_survey", tag = "survey",
    request_body = NewSurveyBody, responses((status = 201, body = SurveyDetail), Writing))]
async fn create_survey(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<NewSurveyBody>,
) -> Outcome<Tagged> {
    let slug: Option<Slug> = match body.slug.map(|slug| slug.parse()) {
        None => None,
        Some(Ok(slug)) => Some(slug),
        Some(Err(error)) => return Err(caller.problem(&SurveyError::Slug(error).into())),
    };
    let actor = &caller.identity.actor;
    let input = NewSurvey {
        template: body.template,
        name: body.name,
        slug,
    };
    let made = web.app.create_survey(actor, input).await;
    let made = made.map_err(|error| caller.problem(&error))?;
    show(&web, &caller, made.id, StatusCode::CREATED).await
}

/// Reads a questionnaire with its draft.
#[utoipa::path(get, path = "/surveys/{survey}", operation_id = "get_survey", tag = "survey",
    params(("survey" = uuid::Uuid, Path)),
    responses((status = 200, body = SurveyDetail, headers(("ETag" = String))), Reading))]
async fn get_survey(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<Tagged> {
    show(&web, &caller, id, StatusCode::OK).await
}

/// Changes name, address and who may answer.
#[utoipa::path(put, path = "/surveys/{survey}", operation_id = "update_survey", tag = "survey",
    params(("survey" = uuid::Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = SurveySettings,
    responses((status = 200, body = SurveyDetail, headers(("ETag" = String))), Changing))]
async fn update_survey(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    headers: HeaderMap,
    Body(body): Body<SurveySettings>,
) -> Outcome<Tagged> {
    let revision = demanded_revision(&caller, &headers)?;
    let change = body
        .change()
        .map_err(|error| caller.problem(&error.into()))?;
    let done = web
        .app
        .update_survey(&caller.identity.actor, id, revision, change)
        .await;
    done.map_err(|error| refuse(&caller, &error))?;
    show(&web, &caller, id, StatusCode::OK).await
}

/// Removes a questionnaire that has no answers.
#[utoipa::path(delete, path = "/surveys/{survey}", operation_id = "remove_survey", tag = "survey",
    params(("survey" = uuid::Uuid, Path)), responses((status = 204), Reading))]
async fn remove_survey(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<StatusCode> {
    let done = web.app.remove_survey(&caller.identity.actor, id).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists what keeps the draft from being published.
#[utoipa::path(get, path = "/surveys/{survey}/problems", operation_id = "check_survey",
    tag = "survey", params(("survey" = uuid::Uuid, Path)),
    responses((status = 200, body = ListOf<FieldProblem>), Reading))]
async fn check_survey(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<Json<ListOf<FieldProblem>>> {
    let found = web.app.check_survey(&caller.identity.actor, id).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let items = survey_field_problems(&found, caller.text);
    Ok(Json(ListOf { items, next: None }))
}

/// Publishes the draft as a new version. With `If-Match`, only the draft that was read.
#[utoipa::path(post, path = "/surveys/{survey}/publish", operation_id = "publish_survey",
    tag = "survey", params(("survey" = uuid::Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = SurveyVersion), Changing))]
async fn publish_survey(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    headers: HeaderMap,
) -> Outcome<Json<SurveyVersion>> {
    let revision = asked_revision(&headers);
    let actor = &caller.identity.actor;
    let done = web.app.publish_survey(actor, id, revision).await;
    let version = done.map_err(|error| refuse(&caller, &error))?;
    let listed = web.app.list_versions(actor, id).await;
    let listed = listed.map_err(|error| caller.problem(&error))?;
    let changes = listed
        .into_iter()
        .find(|(listed, _)| listed.id == version.id);
    let changes = changes.map(|(_, changes)| changes).unwrap_or_default();
    Ok(Json(SurveyVersion::new(&version, &changes)))
}

/// Closes a questionnaire: links show a friendly page from now on.
#[utoipa::path(post, path = "/surveys/{survey}/close", operation_id = "close_survey",
    tag = "survey", params(("survey" = uuid::Uuid, Path)), responses((status = 204), Writing))]
async fn close_survey(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<StatusCode> {
    let done = web.app.close_survey(&caller.identity.actor, id).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Opens a closed questionnaire again.
#[utoipa::path(post, path = "/surveys/{survey}/reopen", operation_id = "reopen_survey",
    tag = "survey", params(("survey" = uuid::Uuid, Path)), responses((status = 204), Writing))]
async fn reopen_survey(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<StatusCode> {
    let done = web.app.reopen_survey(&caller.identity.actor, id).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists the versions of a questionnaire, the newest first.
#[utoipa::path(get, path = "/surveys/{survey}/versions", operation_id = "list_survey_versions",
    tag = "survey", params(("survey" = uuid::Uuid, Path)),
    responses((status = 200, body = ListOf<SurveyVersion>), Reading))]
async fn list_survey_versions(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<Json<ListOf<SurveyVersion>>> {
    let found = web.app.list_versions(&caller.identity.actor, id).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let items = found
        .iter()
        .map(|(version, changes)| SurveyVersion::new(version, changes));
    Ok(Json(ListOf {
        items: items.collect(),
        next: None,
    }))
}

/// Lists the contact moments in the order of the customer journey.
#[utoipa::path(get, path = "/touchpoints", operation_id = "list_touchpoints", tag = "survey",
    responses((status = 200, body = ListOf<TouchpointBody>), Reading))]
async fn list_touchpoints(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<ListOf<TouchpointBody>>> {
    let found = web.app.list_touchpoints(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let items = found.into_iter().map(|touchpoint| TouchpointBody {
        id: touchpoint.id.0,
        key: touchpoint.key.to_string(),
        name: touchpoint.name,
    });
    Ok(Json(ListOf {
        items: items.collect(),
        next: None,
    }))
}

async fn show(web: &Web, caller: &Caller, id: SurveyId, status: StatusCode) -> Outcome<Tagged> {
    let found = web.app.get_survey(&caller.identity.actor, id).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    Ok(tagged(status, web.app.public_url(), &found))
}
