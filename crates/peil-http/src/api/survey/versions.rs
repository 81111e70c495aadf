//! Comparing versions of a questionnaire for programs.

use axum::{Json, extract::State};
use peil_domain::{shared::SurveyId, survey::OtherChange};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::VersionChange;
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{
        body::{Asked, At, Outcome},
        caller::Caller,
        refusals::Reading,
    },
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(compare_survey_versions))
}

/// Which versions.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CompareQuery {
    /// Number of the one version; the draft when absent.
    from: Option<i32>,
    /// Number of the other version; the draft when absent.
    to: Option<i32>,
}

/// What differs between two versions.
#[derive(Serialize, ToSchema)]
struct VersionComparison {
    /// What changed about questions, in the order of the second version.
    changes: Vec<VersionChange>,
    /// What changed besides: `texts`, `languages`, `calculations`, `pages`, `routes`, `random_order`,
    /// `endings`, `quotas`, `conduct` or `look`.
    others: Vec<&'static str>,
}

/// Compares two versions of a questionnaire, the draft included.
#[utoipa::path(get, path = "/surveys/{survey}/versions/compare",
    operation_id = "compare_survey_versions", tag = "survey",
    params(("survey" = uuid::Uuid, Path), CompareQuery),
    responses((status = 200, body = VersionComparison), Reading))]
async fn compare_survey_versions(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    Asked(query): Asked<CompareQuery>,
) -> Outcome<Json<VersionComparison>> {
    let actor = &caller.identity.actor;
    let found = web
        .app
        .compare_versions(actor, id, query.from, query.to)
        .await;
    let found = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(VersionComparison {
        changes: found.changes.iter().map(VersionChange::new).collect(),
        others: found.others.into_iter().map(OtherChange::code).collect(),
    }))
}
