//! The refusals that the description promises, by kind of operation.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder},
};

/// Refusals of an operation without a body.
pub(super) enum Reading {}

/// Refusals of an operation with a body.
pub(super) enum Writing {}

/// Refusals of an operation that names the revision it was made on.
pub(super) enum Changing {}

impl IntoResponses for Reading {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(&["401", "403", "404", "422"])
    }
}

impl IntoResponses for Writing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(&["400", "401", "403", "413", "415", "422"])
    }
}

impl IntoResponses for Changing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(&[
            "400", "401", "403", "404", "412", "413", "415", "422", "428",
        ])
    }
}

fn refusals(statuses: &[&str]) -> BTreeMap<String, RefOr<Response>> {
    let problem = || {
        let schema = Ref::from_schema_name("Problem");
        let content = ContentBuilder::new().schema(Some(schema)).build();
        ResponseBuilder::new()
            .content("application/problem+json", content)
            .build()
    };
    statuses
        .iter()
        .map(|status| ((*status).to_owned(), problem().into()))
        .collect()
}
