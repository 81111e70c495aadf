//! Colour and privacy line of questionnaires and mails.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::AppError;
use peil_domain::access::{Accent, Brand};

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
#[template(path = "settings/look.html")]
struct LookPage<'a> {
    t: Text,
    frame: Frame,
    tabs: Piece,
    accent: String,
    ink: &'static str,
    contrast: String,
    is_readable: bool,
    proposal: String,
    privacy_link: &'a str,
    errors: &'a [FormError],
}

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let brand = web.app.get_workspace(&signed.identity.actor).await?.brand;
    render(
        &signed,
        brand.accent,
        brand.privacy_link.as_deref().unwrap_or_default(),
        &[],
    )
}

pub(super) async fn save(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let t = signed.text;
    let privacy_link = fields.get("privacy_link");
    let Ok(accent) = fields.get("accent").parse::<Accent>() else {
        let error = FormError {
            field: "accent".into(),
            message: t.s("problem-not-a-colour"),
        };
        let current = signed.identity.workspace.brand.accent;
        return render(&signed, current, privacy_link, &[error]);
    };
    let brand = Brand {
        accent,
        privacy_link: fields.some("privacy_link").map(str::to_owned),
    };
    match web.app.update_brand(&signed.identity.actor, brand).await {
        Ok(()) => Ok(done("/settings/look", "saved")),
        Err(error @ AppError::Invalid { .. }) => {
            render(&signed, accent, privacy_link, &[describe(&error, t).into()])
        }
        Err(error) => Err(error.into()),
    }
}

fn render(
    signed: &Signed,
    accent: Accent,
    privacy_link: &str,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let t = signed.text;
    let contrast = accent.contrast_with_white();
    page(&LookPage {
        t,
        frame: Frame::new(signed, "settings", t.s("settings-look-title")),
        tabs: tabs(t, "/settings/look"),
        accent: accent.to_string(),
        ink: if accent.carries_white() {
            "#ffffff"
        } else {
            "#000000"
        },
        contrast: t.number(contrast, 1),
        is_readable: contrast >= Accent::LEAST_CONTRAST,
        proposal: accent.for_light_ground().to_string(),
        privacy_link,
        errors,
    })
}
