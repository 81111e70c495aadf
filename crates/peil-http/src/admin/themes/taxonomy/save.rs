//! What becomes of changes to themes: in use, taken back, forgotten.

use axum::{extract::State, response::Response};
use peil_app::{AppError, themes::EditError};

use super::HERE;
use crate::{
    Web,
    admin::done,
    edge::{problem::PageError, signed::SignedForm},
};

/// Somebody else may have done it a moment ago: then there is nothing to do, and no reason to stop.
fn unless_done(result: Result<(), AppError>) -> Result<(), AppError> {
    match result {
        Err(AppError::Themes(EditError::Nothing)) => Ok(()),
        other => other,
    }
}

pub(super) async fn undo(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let actor = &form.signed.identity.actor;
    unless_done(web.app.undo_taxonomy_change(actor).await)?;
    Ok(done(HERE, "taxonomy-undone"))
}

pub(super) async fn discard(
    State(web): State<Web>,
    form: SignedForm,
) -> Result<Response, PageError> {
    web.app
        .discard_taxonomy(&form.signed.identity.actor)
        .await?;
    Ok(done(HERE, "taxonomy-discarded"))
}

pub(super) async fn save(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let actor = &form.signed.identity.actor;
    unless_done(web.app.save_taxonomy(actor).await.map(|_| ()))?;
    Ok(done(HERE, "taxonomy-saved"))
}
