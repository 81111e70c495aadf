//! Setting up, signing in and out, one's own account.

use askama::Template;
use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use peil_app::{
    AppError,
    access::{ABSOLUTE_EXPIRY_DAYS, SetUp},
};
use peil_domain::shared::Language;

use super::{done, frame::Frame, page};
use crate::{
    Web,
    edge::{
        cookie::Cookie,
        fields::Fields,
        parts::FormError,
        problem::{PageError, describe},
        signed::{Signed, SignedForm, VisitorForm, csrf_of},
        text::Text,
        visitor::Visitor,
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(show_sign_in).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/set-up", get(show_set_up).post(set_up))
        .route("/account", get(show_account))
        .route("/account/password", post(change_password))
        .route("/account/language", post(change_language))
}

/// Seconds that the nonce of a visitor lives.
const NONCE_SECONDS: i64 = 86_400;
/// Seconds that a chosen language is remembered.
const LANGUAGE_SECONDS: i64 = 365 * 86_400;

#[derive(Template)]
#[template(path = "access/sign_in.html")]
struct SignInPage<'a> {
    t: Text,
    csrf: &'a str,
    back: &'a str,
    email: &'a str,
    organisation: Option<&'a str>,
    errors: &'a [FormError],
}

#[derive(Template)]
#[template(path = "access/set_up.html")]
struct SetUpPage<'a> {
    t: Text,
    csrf: &'a str,
    values: &'a Fields,
    errors: &'a [FormError],
}

#[derive(Template)]
#[template(path = "access/account.html")]
struct AccountPage<'a> {
    t: Text,
    frame: Frame,
    email: &'a str,
    errors: &'a [FormError],
}

async fn show_sign_in(State(web): State<Web>, visitor: Visitor) -> Result<Response, PageError> {
    if let Some(response) = switch_language(&web, &visitor, "/sign-in") {
        return Ok(response);
    }
    if web.app.is_new().await? {
        return Ok(Redirect::to("/set-up").into_response());
    }
    let back = visitor.query.get("back").to_owned();
    sign_in_page(&web, &visitor, &back, "", &[]).await
}

async fn sign_in_page(
    web: &Web,
    visitor: &Visitor,
    back: &str,
    email: &str,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let nonce = visitor.nonce.clone().unwrap_or_else(|| web.app.new_nonce());
    let organisation = web.app.only_workspace_name().await?;
    let template = SignInPage {
        t: visitor.text,
        csrf: &csrf_of(&nonce),
        back,
        email,
        organisation: organisation.as_deref(),
        errors,
    };
    Ok(with_nonce(web, visitor, &nonce, page(&template)?))
}

async fn sign_in(State(web): State<Web>, form: VisitorForm) -> Result<Response, PageError> {
    let (visitor, fields) = (form.visitor, form.fields);
    let (email, back) = (fields.get("email"), fields.get("back"));
    if !web.attempts.allows(email, &visitor.address) {
        let message = visitor.text.s("problem-too-many-attempts");
        let error = FormError {
            field: "password".into(),
            message,
        };
        return sign_in_page(&web, &visitor, back, email, &[error]).await;
    }
    let password = fields.raw("password").unwrap_or_default().to_owned();
    match web.app.sign_in(email, password).await {
        Ok(signed_in) => {
            let language = signed_in.identity.user.language;
            let mut response = Redirect::to(safe_path(back)).into_response();
            let cookies = [
                Cookie::SignIn.set(&signed_in.token, ABSOLUTE_EXPIRY_DAYS * 86_400, &web.config),
                Cookie::Language.set(language.code(), LANGUAGE_SECONDS, &web.config),
            ];
            for cookie in cookies.into_iter().flatten() {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(error @ AppError::Access(_)) => {
            let errors = [describe(&error, visitor.text).into()];
            sign_in_page(&web, &visitor, back, email, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn sign_out(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let everywhere = form.fields.is_on("everywhere");
    web.app.sign_out(&form.signed.identity, everywhere).await?;
    let mut response = Redirect::to("/sign-in").into_response();
    if let Some(cookie) = Cookie::SignIn.clear(&web.config) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn show_set_up(State(web): State<Web>, visitor: Visitor) -> Result<Response, PageError> {
    if let Some(response) = switch_language(&web, &visitor, "/set-up") {
        return Ok(response);
    }
    if !web.app.is_new().await? {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let start = format!(
        "time_zone=Europe%2FAmsterdam&language={}",
        visitor.text.code()
    );
    set_up_page(&web, &visitor, &Fields::parse(start.as_bytes()), &[])
}

fn set_up_page(
    web: &Web,
    visitor: &Visitor,
    values: &Fields,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let nonce = visitor.nonce.clone().unwrap_or_else(|| web.app.new_nonce());
    let template = SetUpPage {
        t: visitor.text,
        csrf: &csrf_of(&nonce),
        values,
        errors,
    };
    Ok(with_nonce(web, visitor, &nonce, page(&template)?))
}

async fn set_up(State(web): State<Web>, form: VisitorForm) -> Result<Response, PageError> {
    let (visitor, fields) = (form.visitor, form.fields);
    let Ok(email) = fields.get("email").parse() else {
        let message = visitor.text.s("problem-not-an-address");
        let error = FormError {
            field: "email".into(),
            message,
        };
        return set_up_page(&web, &visitor, &fields, &[error]);
    };
    let password = fields.raw("password").unwrap_or_default().to_owned();
    let input = SetUp {
        organisation: fields.get("organisation").to_owned(),
        language: fields
            .get("language")
            .parse()
            .unwrap_or(visitor.text.language),
        time_zone: fields.get("time_zone").to_owned(),
        name: fields.get("name").to_owned(),
        email,
        password: password.clone(),
    };
    let address = input.email.to_string();
    match web.app.set_up(input).await {
        Ok(_) => {
            let signed_in = web.app.sign_in(&address, password).await?;
            let mut response = Redirect::to("/surveys/new?first=1").into_response();
            let cookie =
                Cookie::SignIn.set(&signed_in.token, ABSOLUTE_EXPIRY_DAYS * 86_400, &web.config);
            if let Some(cookie) = cookie {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(error @ (AppError::Access(_) | AppError::Invalid { .. })) => {
            let errors = [describe(&error, visitor.text).into()];
            set_up_page(&web, &visitor, &fields, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

async fn show_account(signed: Signed) -> Result<Response, PageError> {
    account_page(&signed, &[])
}

fn account_page(signed: &Signed, errors: &[FormError]) -> Result<Response, PageError> {
    let t = signed.text;
    page(&AccountPage {
        t,
        frame: Frame::new(signed, "account", t.s("account-title")),
        email: signed.identity.user.email.as_str(),
        errors,
    })
}

async fn change_password(
    State(web): State<Web>,
    visitor: Visitor,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let field = |name: &str| fields.raw(name).unwrap_or_default().to_owned();
    let (old, new) = (field("old"), field("password"));
    let email = signed.identity.user.email.to_string();
    // Whoever finds a screen left open must not be able to guess the password behind it.
    if !web.attempts.allows(&email, &visitor.address) {
        let error = FormError {
            field: "old".into(),
            message: signed.text.s("problem-too-many-attempts"),
        };
        return account_page(&signed, &[error]);
    }
    match web
        .app
        .change_password(&signed.identity, old, new.clone())
        .await
    {
        Ok(()) => {
            // Every sign-in ended, this one too: a new one takes its place.
            let signed_in = web.app.sign_in(&email, new).await?;
            let mut response = done("/account", "password-changed");
            let cookie =
                Cookie::SignIn.set(&signed_in.token, ABSOLUTE_EXPIRY_DAYS * 86_400, &web.config);
            if let Some(cookie) = cookie {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(error @ AppError::Access(_)) => {
            let said = describe(&error, signed.text);
            let field = if said.code == "wrong-credentials" {
                "old"
            } else {
                "password"
            };
            let error = FormError {
                field: field.into(),
                message: said.message,
            };
            account_page(&signed, &[error])
        }
        Err(error) => Err(error.into()),
    }
}

async fn change_language(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    if let Ok(language) = form.fields.get("language").parse::<Language>() {
        web.app
            .change_language(&form.signed.identity, language)
            .await?;
        let mut response = Redirect::to(safe_path(form.fields.get("back"))).into_response();
        if let Some(cookie) = Cookie::Language.set(language.code(), LANGUAGE_SECONDS, &web.config) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        return Ok(response);
    }
    Ok(Redirect::to("/").into_response())
}

/// A language chosen before signing in is remembered by a cookie.
fn switch_language(web: &Web, visitor: &Visitor, path: &str) -> Option<Response> {
    let language: Language = visitor.query.get("language").parse().ok()?;
    let mut response = Redirect::to(path).into_response();
    let cookie = Cookie::Language.set(language.code(), LANGUAGE_SECONDS, &web.config)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Some(response)
}

fn with_nonce(web: &Web, visitor: &Visitor, nonce: &str, mut response: Response) -> Response {
    if visitor.nonce.is_none()
        && let Some(cookie) = Cookie::Visitor.set(nonce, NONCE_SECONDS, &web.config)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A path of our own to go back to; never another site.
fn safe_path(path: &str) -> &str {
    let is_ours =
        path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if is_ours { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        assert_eq!(safe_path("/results?a=1"), "/results?a=1");
        for foreign in [
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "",
            "/a\r\nX: y",
        ] {
            assert_eq!(safe_path(foreign), "/", "{foreign}");
        }
    }
}
