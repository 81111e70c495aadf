//! Customers: whom one serves and whom one may ask.

mod catalog;
mod conditions;
mod contact;
mod list;
mod person;
mod segments;

use std::str::FromStr;

use axum::{
    Router,
    routing::{get, post},
};
use jiff::civil::Date;
use peil_app::AppError;
use peil_domain::audience::{AttributeKind, AttributeValue, Contact};

use crate::{
    Web,
    edge::{problem::PageError, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/audience", get(list::show_contacts))
        .route(
            "/audience/new",
            get(contact::show_new).post(contact::create),
        )
        .route("/audience/segments", get(segments::show_segments))
        .route(
            "/audience/segments/new",
            get(segments::show_new).post(segments::create),
        )
        .route("/audience/segments/count", post(segments::count))
        .route(
            "/audience/segments/{id}",
            get(segments::show).post(segments::update),
        )
        .route("/audience/segments/{id}/remove", post(segments::remove))
        .route(
            "/audience/attributes",
            get(catalog::show_attributes).post(catalog::create_attribute),
        )
        .route(
            "/audience/attributes/{key}",
            post(catalog::rename_attribute),
        )
        .route("/audience/accounts", get(catalog::show_accounts))
        .route("/audience/{id}", get(person::show))
        .route(
            "/audience/{id}/edit",
            get(contact::show_edit).post(contact::update),
        )
        .route("/audience/{id}/opt-out", post(person::opt_out))
        .route("/audience/{id}/opt-in", post(person::opt_in))
}

/// An identifier in an address; anything else leads nowhere.
fn read_id<T: FromStr>(text: &str) -> Result<T, PageError> {
    text.parse().map_err(|_| PageError::App(AppError::NotFound))
}

/// What a contact is called: the name, else the address, else the number.
fn name_of(contact: &Contact) -> String {
    let email = contact.email.as_ref().map(ToString::to_string);
    contact
        .name
        .clone()
        .or(email)
        .or_else(|| contact.external_id.clone())
        .unwrap_or_default()
}

/// A value as people write it.
fn shown(value: &AttributeValue, kind: AttributeKind, t: Text) -> String {
    match value {
        AttributeValue::Boolean(true) => t.s("audience-yes"),
        AttributeValue::Boolean(false) => t.s("audience-no"),
        AttributeValue::Number(number) => {
            let decimals = if number.fract() == 0.0 { 0 } else { 2 };
            t.number(*number, decimals)
        }
        AttributeValue::Text(text) if kind == AttributeKind::Date => text
            .parse::<Date>()
            .map_or_else(|_| text.clone(), |date| t.date(date)),
        AttributeValue::Text(text) => text.clone(),
    }
}

/// Words for the type of the values of an attribute.
fn kind_word(kind: AttributeKind, t: Text) -> String {
    match kind {
        AttributeKind::Text => t.s("audience-kind-text"),
        AttributeKind::Number => t.s("audience-kind-number"),
        AttributeKind::Date => t.s("audience-kind-date"),
        AttributeKind::Boolean => t.s("audience-kind-boolean"),
        AttributeKind::Choice => t.s("audience-kind-choice"),
    }
}
