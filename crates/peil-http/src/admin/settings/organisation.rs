//! Name, language and time zone of the organisation.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::AppError;

use super::{
    super::{done, frame::Frame, page},
    tabs,
};
use crate::{
    Web,
    edge::{
        parts::{FormError, Piece},
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "settings/organisation.html")]
struct OrganisationPage<'a> {
    t: Text,
    frame: Frame,
    tabs: Piece,
    name: &'a str,
    language: &'a str,
    time_zone: &'a str,
    errors: &'a [FormError],
}

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let workspace = web.app.get_workspace(&signed.identity.actor).await?;
    let values = [
        workspace.name.as_str(),
        workspace.language.code(),
        workspace.time_zone.as_str(),
    ];
    render(&signed, values, &[])
}

pub(super) async fn save(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let values = [
        fields.get("name"),
        fields.get("language"),
        fields.get("time_zone"),
    ];
    let [name, language, time_zone] = values;
    let language = language
        .parse()
        .unwrap_or(signed.identity.workspace.language);
    match web
        .app
        .update_workspace(&signed.identity.actor, name, language, time_zone)
        .await
    {
        Ok(()) => Ok(done("/settings", "saved")),
        Err(error @ AppError::Invalid { .. }) => {
            render(&signed, values, &[describe(&error, signed.text).into()])
        }
        Err(error) => Err(error.into()),
    }
}

fn render(signed: &Signed, values: [&str; 3], errors: &[FormError]) -> Result<Response, PageError> {
    let t = signed.text;
    let [name, language, time_zone] = values;
    page(&OrganisationPage {
        t,
        frame: Frame::new(signed, "settings", t.s("settings-organisation-title")),
        tabs: tabs(t, "/settings"),
        name,
        language,
        time_zone,
        errors,
    })
}
