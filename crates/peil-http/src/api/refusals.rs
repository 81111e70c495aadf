//! The refusals that the description promises, by kind of operation.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder},
};

/// Refusals of an operation that reads.
pub(super) enum Reading {}

/// Refusals of an operation that writes.
pub(super) enum Writing {}

/// Refusals of an operation that names the revision it was made on.
pub(super) enum Changing {}

impl IntoResponses for Reading {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(READING)
    }
}

impl IntoResponses for Writing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(READING.iter().chain(WRITING))
    }
}

impl IntoResponses for Changing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(READING.iter().chain(WRITING).chain(CHANGING))
    }
}

type Refusal = (&'static str, &'static str);

const READING: &[Refusal] = &[
    ("401", "The token is missing or unknown."),
    ("403", "The token or its owner lacks a right."),
    ("404", "There is no such thing."),
    ("422", "Something in the call is wrong."),
    ("503", "It is too busy; try again."),
];

const WRITING: &[Refusal] = &[
    ("400", "The body is no JSON."),
    (
        "409",
        "It clashes with what is there, or the first call with this key still runs.",
    ),
    ("413", "The body is too large."),
    ("415", "The body is not labelled as JSON."),
];

const CHANGING: &[Refusal] = &[
    ("412", "It was changed in the meantime."),
    ("428", "The revision is missing."),
];

fn refusals<'a>(ways: impl IntoIterator<Item = &'a Refusal>) -> BTreeMap<String, RefOr<Response>> {
    ways.into_iter()
        .map(|(status, words)| {
            let schema = Ref::from_schema_name("Problem");
            let content = ContentBuilder::new().schema(Some(schema)).build();
            let response = ResponseBuilder::new()
                .description(*words)
                .content("application/problem+json", content)
                .build();
            ((*status).to_owned(), response.into())
        })
        .collect()
}
