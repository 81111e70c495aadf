//! The mail server, and a test mail.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::{
    AppError,
    ports::{MailError, SmtpSecurity, SmtpSettings},
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

#[derive(Template)]
#[template(path = "settings/mail.html")]
struct MailPage<'a> {
    t: Text,
    frame: Frame,
    tabs: Piece,
    values: &'a Fields,
    securities: Vec<(&'static str, String, bool)>,
    has_settings: bool,
    test_problem: Option<String>,
    address: String,
    errors: &'a [FormError],
}

const SECURITIES: [&str; 3] = ["starttls", "tls", "none"];

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let values = stored(&web, &signed).await?;
    render(&web, &signed, &values, None, &[]).await
}

pub(super) async fn save(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let t = signed.text;
    let Ok(port) = fields.get("port").parse() else {
        let error = FormError {
            field: "port".into(),
            message: t.s("problem-out-of-range"),
        };
        return render(&web, &signed, &fields, None, &[error]).await;
    };
    let settings = SmtpSettings {
        host: fields.get("host").to_owned(),
        port,
        security: match fields.get("security") {
            "tls" => SmtpSecurity::Tls,
            "none" => SmtpSecurity::None,
            _ => SmtpSecurity::Starttls,
        },
        username: fields.some("username").map(str::to_owned),
        password: fields
            .raw("password")
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        from_name: fields.get("from_name").to_owned(),
        from_address: fields.get("from_address").to_owned(),
        reply_to: fields.some("reply_to").map(str::to_owned),
    };
    match web
        .app
        .update_mail_settings(&signed.identity.actor, settings)
        .await
    {
        Ok(()) => Ok(done("/settings/mail", "saved")),
        Err(error @ AppError::Invalid { .. }) => {
            render(&web, &signed, &fields, None, &[describe(&error, t).into()]).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn test(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let signed = form.signed;
    let t = signed.text;
    match web.app.send_test_mail(&signed.identity).await? {
        Ok(()) => Ok(done("/settings/mail", "test-mail-sent")),
        Err(error) => {
            let (key, detail) = match &error {
                MailError::Unreachable(detail) => ("settings-test-unreachable", detail),
                MailError::Settings(detail) => ("settings-test-settings", detail),
                MailError::Transient(detail) => ("settings-test-transient", detail),
                MailError::Permanent(detail) => ("settings-test-permanent", detail),
                _ => ("settings-test-unreachable", &String::new()),
            };
            let problem = t.a(key, &[("detail", detail.into())]);
            let values = stored(&web, &signed).await?;
            render(&web, &signed, &values, Some(problem), &[]).await
        }
    }
}

/// The stored settings as the form shows them; the password is never sent back.
async fn stored(web: &Web, signed: &Signed) -> Result<Fields, PageError> {
    let found = web.app.get_mail_settings(&signed.identity.actor).await?;
    let organisation = &signed.identity.workspace.name;
    let pairs = match found {
        Some(found) => vec![
            ("host", found.host),
            ("port", found.port.to_string()),
            (
                "security",
                match found.security {
                    SmtpSecurity::None => "none",
                    SmtpSecurity::Starttls => "starttls",
                    SmtpSecurity::Tls => "tls",
                }
                .to_owned(),
            ),
            ("username", found.username.unwrap_or_default()),
            ("from_name", found.from_name),
            ("from_address", found.from_address),
            ("reply_to", found.reply_to.unwrap_or_default()),
        ],
        None => vec![
            ("port", "587".to_owned()),
            ("security", "starttls".to_owned()),
            ("from_name", organisation.clone()),
        ],
    };
    Ok(pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect())
}

async fn render(
    web: &Web,
    signed: &Signed,
    values: &Fields,
    test_problem: Option<String>,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let t = signed.text;
    let chosen = values.get("security");
    let securities = SECURITIES
        .into_iter()
        .map(|code| {
            (
                code,
                t.s(&format!("settings-security-{code}")),
                code == chosen,
            )
        })
        .collect();
    page(&MailPage {
        t,
        frame: Frame::new(signed, "settings", t.s("settings-mail-title")),
        tabs: tabs(t, "/settings/mail"),
        values,
        securities,
        has_settings: web
            .app
            .get_mail_settings(&signed.identity.actor)
            .await?
            .is_some(),
        test_problem,
        address: signed.identity.user.email.to_string(),
        errors,
    })
}
