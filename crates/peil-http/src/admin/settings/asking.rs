//! How often a customer may be asked.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::AppError;
use peil_domain::outreach::AskPolicy;

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
#[template(path = "settings/asking.html")]
struct AskingPage<'a> {
    t: Text,
    frame: Frame,
    tabs: Piece,
    fields: Vec<(&'static str, String, String)>,
    errors: &'a [FormError],
}

const NAMES: [&str; 4] = [
    "days_between_invitations",
    "relational_days_after_answer",
    "relational_days_after_silence",
    "transactional_days",
];

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let policy = web.app.get_ask_policy(&signed.identity.actor).await?;
    let values = [
        policy.days_between_invitations,
        policy.relational_days_after_answer,
        policy.relational_days_after_silence,
        policy.transactional_days,
    ];
    render(
        &signed,
        NAMES
            .into_iter()
            .zip(values.map(|days| days.to_string()))
            .collect(),
        &[],
    )
}

pub(super) async fn save(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let t = signed.text;
    let mut errors = Vec::new();
    let mut days = |name: &str| {
        let number = fields.get(name).parse::<u16>().ok();
        number.unwrap_or_else(|| {
            errors.push(FormError {
                field: name.to_owned(),
                message: t.s("problem-days"),
            });
            0
        })
    };
    let policy = AskPolicy {
        days_between_invitations: days("days_between_invitations"),
        relational_days_after_answer: days("relational_days_after_answer"),
        relational_days_after_silence: days("relational_days_after_silence"),
        transactional_days: days("transactional_days"),
    };
    let typed = NAMES
        .into_iter()
        .map(|name| (name, fields.get(name).to_owned()))
        .collect();
    if !errors.is_empty() {
        return render(&signed, typed, &errors);
    }
    match web
        .app
        .update_ask_policy(&signed.identity.actor, policy)
        .await
    {
        Ok(()) => Ok(done("/settings/asking", "saved")),
        Err(error @ AppError::Invalid { .. }) => {
            render(&signed, typed, &[describe(&error, t).into()])
        }
        Err(error) => Err(error.into()),
    }
}

fn render(
    signed: &Signed,
    fields: Vec<(&'static str, String)>,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let t = signed.text;
    let with_label = |(name, value): (&'static str, String)| {
        (name, format!("settings-{}", name.replace('_', "-")), value)
    };
    page(&AskingPage {
        t,
        frame: Frame::new(signed, "settings", t.s("settings-asking-title")),
        tabs: tabs(t, "/settings/asking"),
        fields: fields.into_iter().map(with_label).collect(),
        errors,
    })
}
