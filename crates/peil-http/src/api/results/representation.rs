//! Who answered of all who were invited, and weighted figures, as programs ask for them.

use axum::{Json, extract::State};
use peil_app::{AppError, results::RepresentationQuery};

use super::{representation_view::RepresentationView, slug_of};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{body::Outcome, caller::Caller, refusals::Reading},
    edge::{fields::Fields, visitor::Visitor},
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(get_representation))
}

/// Reads what is asked; a known field that cannot be read is refused.
fn query_of(fields: &Fields) -> Result<RepresentationQuery, AppError> {
    let (query, refused) = RepresentationQuery::read(fields.iter());
    match refused.first() {
        Some(field) => Err(AppError::Invalid {
            field,
            code: "unknown",
        }),
        None => Ok(query),
    }
}

/// Compares those who answered with all who were invited, and weighs the answers.
///
/// Besides the fields below, `share.PROPERTY.VALUE` gives the share of a value in percent for a
/// typed population, such as `share.segment.region.North=40`.
#[utoipa::path(get, path = "/results/representation", operation_id = "get_representation", tag = "results",
    params(("survey" = String, Query, description = "Address name of the questionnaire."),
        ("wave" = Option<String>, Query, description = "Identifier of a wave; all waves together when absent."),
        ("question" = Option<String>, Query, description = "Key of a question; the headline when absent."),
        ("property" = Option<String>, Query, description = "`language` or `segment.KEY`: what the invited are told apart by. May be repeated up to six times."),
        ("margin" = Option<String>, Query, description = "One of the properties to weight by. May be repeated; without it those are taken of which the composition differs."),
        ("population" = Option<String>, Query, description = "`invited`, `contacts` (the whole address book) or `typed`."),
        ("bound" = Option<String>, Query, description = "The heaviest weight, in times the mean, 1.1 to 1000; 5 when absent, or `none`.")),
    responses((status = 200, body = RepresentationView), Reading))]
async fn get_representation(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<RepresentationView>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = slug_of(&visitor.query).map_err(say)?;
    let query = query_of(&visitor.query).map_err(say)?;
    let actor = &caller.identity.actor;
    let found = web.app.get_representation(actor, &slug, query).await;
    Ok(Json(found.map_err(say)?.into()))
}
