//! Waves by mail: what was sent, who gets the next one and who does not, and how sending goes.

mod actions;
mod calendar;
mod form;
mod funnel;
mod list;
mod mail;
mod people;
mod wave;

use axum::{
    Router,
    routing::{get, post},
};
use peil_domain::{outreach::WaveState, shared::WaveId};

use crate::{
    Web,
    edge::{problem::PageError, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/outreach", get(list::show))
        .route("/outreach/new", get(form::show).post(form::create))
        .route("/outreach/{id}", get(wave::show))
        .route("/outreach/{id}/texts", post(actions::save))
        .route("/outreach/{id}/test", post(actions::test))
        .route("/outreach/{id}/start", post(actions::start))
        .route("/outreach/{id}/stop", post(actions::stop))
        .route("/outreach/{id}/again", post(actions::again))
        .route("/outreach/{id}/mail", get(mail::show))
        .route("/outreach/{id}/invitations", get(people::show))
}

/// The wave in an address; anything else leads nowhere.
fn wave_id(text: &str) -> Result<WaveId, PageError> {
    text.parse()
        .map_err(|_| PageError::App(peil_app::AppError::NotFound))
}

/// Class and words of a state.
fn state_words(state: WaveState, t: Text) -> (&'static str, String) {
    let class = match state {
        WaveState::Draft => "is-draft",
        WaveState::Preparing | WaveState::Sending => "is-planned",
        WaveState::Sent => "is-live",
        WaveState::Stopped => "is-closed",
    };
    (class, t.s(&format!("outreach-state-{}", state.code())))
}

/// A share as whole percents.
fn percent(share: Option<f64>, t: Text) -> Option<String> {
    share.map(|share| {
        t.a(
            "outreach-percent",
            &[("n", t.number(share * 100.0, 0).into())],
        )
    })
}
