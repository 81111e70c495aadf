//! Signals on screen: the list, one signal with its evidence, and what one does with it.

mod actions;
mod list;
pub(in crate::admin) mod picture;
mod show;
pub(in crate::admin) mod view;

use axum::{
    Router,
    routing::{get, post},
};
use peil_app::AppError;
use peil_domain::shared::SignalId;

use crate::{Web, edge::problem::PageError};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/signals", get(list::show))
        .route("/signals/mail", post(actions::mail))
        .route("/signals/limit", post(actions::limit))
        .route("/signals/{id}", get(show::show))
        .route("/signals/{id}/seen", post(actions::see))
        .route("/signals/{id}/accept", post(actions::accept))
        .route("/signals/{id}/dismiss", post(actions::dismiss))
}

/// The signal in an address; anything else leads nowhere.
fn signal_id(text: &str) -> Result<SignalId, PageError> {
    text.parse().map_err(|_| PageError::App(AppError::NotFound))
}
