//! Colour, privacy line and picture of questionnaires and mails.

use askama::Template;
use axum::{
    extract::{Multipart, State, multipart::Field},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::{AppError, settings::logo_path};
use peil_domain::access::{Accent, Brand, Logo};

use super::{
    super::{done, frame::Frame, page},
    tabs,
};
use crate::{
    Web,
    edge::{
        parts::{FormError, Piece},
        problem::{PageError, describe},
        signed::{CSRF_FIELD, Signed, SignedForm},
        text::Text,
    },
};

/// Longest token of a form.
const CSRF_LONGEST: usize = 200;

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
    logo: Option<Shown>,
    most: usize,
    errors: &'a [FormError],
}

/// The picture that is there now.
struct Shown {
    href: String,
    width: u32,
    height: u32,
}

impl Shown {
    fn of(signed: &Signed) -> Option<Self> {
        let workspace = &signed.identity.workspace;
        let logo = workspace.brand.logo.as_ref()?;
        let (width, height) = logo.shown_size();
        Some(Self {
            href: logo_path(workspace.id, logo),
            width,
            height,
        })
    }
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
        logo: None,
    };
    match web.app.update_brand(&signed.identity.actor, brand).await {
        Ok(()) => Ok(done("/settings/look", "saved")),
        Err(error @ AppError::Invalid { .. }) => {
            render(&signed, accent, privacy_link, &[describe(&error, t).into()])
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes a picture in. The token stands before the file, so that nothing of a foreign form is kept.
pub(super) async fn save_logo(
    State(web): State<Web>,
    signed: Signed,
    mut form: Multipart,
) -> Result<Response, PageError> {
    let mut token = Vec::new();
    let mut content = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|_| PageError::TooLarge)? {
        match field.name().unwrap_or_default() {
            CSRF_FIELD => token = bytes_of(field, CSRF_LONGEST).await?,
            // One byte more than is taken tells that a picture is too large.
            "logo" if signed.confirms(&String::from_utf8_lossy(&token)) => {
                content = bytes_of(field, Logo::MOST_BYTES + 1).await?;
            }
            _ => {}
        }
    }
    if !signed.confirms(&String::from_utf8_lossy(&token)) {
        return Err(PageError::ForeignForm);
    }
    match web.app.update_logo(&signed.identity.actor, &content).await {
        Ok(_) => Ok(done("/settings/look", "saved")),
        Err(error @ AppError::Invalid { .. }) => {
            let brand = &signed.identity.workspace.brand;
            let privacy_link = brand.privacy_link.as_deref().unwrap_or_default();
            let errors = [describe(&error, signed.text).into()];
            let page = render(&signed, brand.accent, privacy_link, &errors)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn remove_logo(
    State(web): State<Web>,
    form: SignedForm,
) -> Result<Response, PageError> {
    web.app.remove_logo(&form.signed.identity.actor).await?;
    Ok(done("/settings/look", "saved"))
}

/// Reads a field, of which no more than `most` bytes are kept.
async fn bytes_of(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| PageError::TooLarge)? {
        let room = most.saturating_sub(bytes.len());
        bytes.extend(piece.into_iter().take(room));
    }
    Ok(bytes)
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
        logo: Shown::of(signed),
        most: Logo::MOST_BYTES / 1_000,
        errors,
    })
}
