//! Settings: the organisation, its look, people, mail, how often one is asked, tokens, the log.

mod asking;
mod audit;
mod look;
mod mail;
mod organisation;
mod people;
mod tokens;

use axum::{
    Router,
    routing::{get, post},
};

use crate::{
    Web,
    edge::{parts::Piece, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route(
            "/settings",
            get(organisation::show).post(organisation::save),
        )
        .route("/settings/look", get(look::show).post(look::save))
        .route("/settings/look/logo", post(look::save_logo))
        .route("/settings/look/logo/remove", post(look::remove_logo))
        .route("/settings/people", get(people::list).post(people::add))
        .route(
            "/settings/people/{id}",
            get(people::show).post(people::save),
        )
        .route("/settings/mail", get(mail::show).post(mail::save))
        .route("/settings/mail/test", post(mail::test))
        .route("/settings/asking", get(asking::show).post(asking::save))
        .route("/settings/tokens", get(tokens::list).post(tokens::add))
        .route("/settings/tokens/{id}/revoke", post(tokens::revoke))
        .route("/settings/audit", get(audit::list))
}

/// Pages of settings: address and message key.
const TABS: [(&str, &str); 7] = [
    ("/settings", "settings-organisation"),
    ("/settings/look", "settings-look"),
    ("/settings/people", "settings-people"),
    ("/settings/mail", "settings-mail"),
    ("/settings/asking", "settings-asking"),
    ("/settings/tokens", "settings-tokens"),
    ("/settings/audit", "settings-audit"),
];

/// The row of links between the pages of settings.
fn tabs(t: Text, current: &str) -> Piece {
    t.tabs("nav-settings", &TABS, current)
}
