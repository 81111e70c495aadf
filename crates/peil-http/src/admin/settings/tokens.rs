//! API tokens.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::AppError;
use peil_domain::{
    access::{Right, Scopes},
    shared::ApiTokenId,
};

use super::{
    super::{done, frame::Frame, page},
    tabs,
};
use crate::{
    Web,
    edge::{
        fields::Fields,
        parts::{FormError, Piece},
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

/// One token in the list.
struct Row {
    id: String,
    name: String,
    scopes: String,
    created: String,
    is_revoked: bool,
}

#[derive(Template)]
#[template(path = "settings/tokens.html")]
struct TokensPage<'a> {
    t: Text,
    frame: Frame,
    tabs: Piece,
    rows: Vec<Row>,
    /// Code, whether it is chosen, words.
    scopes: Vec<(&'static str, bool, String)>,
    values: &'a Fields,
    new_token: Option<String>,
    errors: &'a [FormError],
}

pub(super) async fn list(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    render(&web, &signed, &Fields::default(), None, &[]).await
}

pub(super) async fn add(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let identity = &signed.identity;
    let scopes: Scopes = Scopes(
        fields
            .all("scopes")
            .filter_map(|word| word.parse::<Right>().ok())
            .collect(),
    );
    match web
        .app
        .add_api_token(
            &identity.actor,
            identity.user.id,
            fields.get("name"),
            scopes,
        )
        .await
    {
        Ok(new) => render(&web, &signed, &Fields::default(), Some(new.token), &[]).await,
        Err(error @ AppError::Invalid { .. }) => {
            let errors = [describe(&error, signed.text).into()];
            render(&web, &signed, &fields, None, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn revoke(
    State(web): State<Web>,
    Path(id): Path<ApiTokenId>,
    form: SignedForm,
) -> Result<Response, PageError> {
    web.app
        .revoke_api_token(&form.signed.identity.actor, id)
        .await?;
    Ok(done("/settings/tokens", "token-revoked"))
}

async fn render(
    web: &Web,
    signed: &Signed,
    values: &Fields,
    new_token: Option<String>,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let t = signed.text;
    let tokens = web.app.list_api_tokens(&signed.identity.actor).await?;
    let rows = tokens
        .into_iter()
        .map(|token| Row {
            id: token.id.to_string(),
            name: token.name,
            scopes: token.scopes.to_string(),
            created: t.day(token.created_at, &signed.zone),
            is_revoked: token.revoked_at.is_some(),
        })
        .collect();
    let chosen: Vec<&str> = values.all("scopes").collect();
    page(&TokensPage {
        t,
        frame: Frame::new(signed, "settings", t.s("settings-tokens-title")),
        tabs: tabs(t, "/settings/tokens"),
        rows,
        scopes: Right::ALL
            .into_iter()
            .map(|right| {
                (
                    right.scope(),
                    chosen.contains(&right.scope()),
                    t.s(words(right)),
                )
            })
            .collect(),
        values,
        new_token,
        errors,
    })
}

/// Words for what a token may do.
fn words(right: Right) -> &'static str {
    match right {
        Right::ReadResults => "settings-scope-read-results",
        Right::ReadResponses => "settings-scope-read-responses",
        Right::WriteResponses => "settings-scope-write-responses",
        Right::ReadSurveys => "settings-scope-read-surveys",
        Right::WriteSurveys => "settings-scope-write-surveys",
        Right::ReadAudience => "settings-scope-read-audience",
        Right::WriteAudience => "settings-scope-write-audience",
        Right::ReadOutreach => "settings-scope-read-outreach",
        Right::WriteOutreach => "settings-scope-write-outreach",
        Right::ReadSettings => "settings-scope-read-settings",
        Right::WriteSettings => "settings-scope-write-settings",
    }
}
