//! The JSON API under `/api/v1`, one module per capability, described by OpenAPI 3.1.
//!
//! Handlers are named as their operation: verb and resource. Every refusal is problem+json; a list
//! is a page with an opaque cursor; a `POST` may be repeated with an `Idempotency-Key`.

mod access;
mod audience;
mod body;
mod caller;
mod exports;
mod idempotency;
mod imports;
mod operations;
mod outreach;
mod refusals;
mod response;
mod results;
mod settings;
mod survey;
mod themes;

use axum::{Json, Router, middleware, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;

use self::operations::Operations;
use crate::{Web, edge::problem::Problem};

/// The frame of the description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Peil",
        description = "Measures how satisfied customers are. Every screen of Peil uses the same \
                       operations. Errors are problem details (RFC 9457).",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/api/v1")),
    modifiers(&Security),
    security(("token" = [])),
    components(schemas(Problem))
)]
struct Description;

/// How a program says who it is.
struct Security;

impl Modify for Security {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        if let Some(components) = openapi.components.as_mut() {
            let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
            components.add_security_scheme("token", scheme);
        }
    }
}

fn operations() -> Operations {
    Operations::new()
        .merge(access::routes())
        .merge(survey::routes())
        .merge(audience::routes())
        .merge(outreach::routes())
        .merge(response::routes())
        .merge(results::routes())
        .merge(themes::routes())
        .merge(settings::routes())
        .merge(imports::routes())
        .merge(exports::routes())
}

/// Every operation, and the description itself at `/openapi.json`.
pub(crate) fn routes(web: &Web) -> Router<Web> {
    operations()
        .served()
        .layer(middleware::from_fn_with_state(
            web.clone(),
            idempotency::repeat,
        ))
        .route("/openapi.json", get(async || Json(description())))
        .fallback(body::unknown_operation)
        .method_not_allowed_fallback(body::wrong_method)
}

/// The description; it is made anew whenever somebody asks, which is seldom.
fn description() -> utoipa::openapi::OpenApi {
    let described = operations().described();
    OpenApiRouter::<Web>::with_openapi(Description::openapi())
        .merge(described)
        .into_openapi()
}

/// The description as JSON, for the documentation.
#[must_use]
pub fn openapi_json() -> String {
    description().to_pretty_json().unwrap_or_default()
}
