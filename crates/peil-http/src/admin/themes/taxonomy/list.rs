//! All themes with their parts, the line of business, and a new theme.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::themes::{Sector, TaxonomyChange, TaxonomyFound};

use super::{
    DraftBar, HERE, draft_bar, form_errors, forms, of_href, reading, refused,
    words::{own_name, sector_name},
};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        fields::Fields,
        parts::FormError,
        problem::PageError,
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "themes/taxonomy.html")]
struct TaxonomyPage {
    t: Text,
    frame: Frame,
    errors: Vec<FormError>,
    draft: Option<DraftBar>,
    reading: Option<String>,
    lead: String,
    themes: Vec<ThemeLine>,
    sectors: Vec<SectorChoice>,
    may_change: bool,
    typed: Fields,
}

/// A theme in the list.
struct ThemeLine {
    href: String,
    name: String,
    is_off: bool,
    parts: Vec<PartLine>,
}

/// A part of a theme.
struct PartLine {
    href: String,
    name: String,
    is_off: bool,
}

/// A line of business.
struct SectorChoice {
    code: &'static str,
    name: String,
    is_chosen: bool,
}

/// The theme that belongs to the rules: there is nothing to change about it.
const FIXED: &str = "no_content";

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let found = web.app.get_taxonomy(&signed.identity.actor).await?;
    render(&signed, &found, Vec::new(), Fields::default())
}

pub(super) async fn add(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let actor = &signed.identity.actor;
    let change = TaxonomyChange::NewTheme {
        names: forms::names(&fields, "new"),
        words: forms::words(&fields),
    };
    match web.app.change_taxonomy(actor, change).await {
        Ok(()) => Ok(done(HERE, "taxonomy-changed")),
        Err(error) => {
            let field = match &error {
                peil_app::AppError::Themes(why) => forms::field_of(&fields, why, "new_nl"),
                _ => String::new(),
            };
            let errors = form_errors(signed.text, error, &field)?;
            let found = web.app.get_taxonomy(actor).await?;
            Ok(refused(render(&signed, &found, errors, fields)?))
        }
    }
}

pub(super) async fn sector(
    State(web): State<Web>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let actor = &signed.identity.actor;
    let sector = Sector::from_code(fields.get("sector"));
    match web
        .app
        .change_taxonomy(actor, TaxonomyChange::Sector(sector))
        .await
    {
        Ok(()) => Ok(done(HERE, "taxonomy-changed")),
        Err(error) => {
            let errors = form_errors(signed.text, error, "sector")?;
            let found = web.app.get_taxonomy(actor).await?;
            Ok(refused(render(&signed, &found, errors, fields)?))
        }
    }
}

fn render(
    signed: &Signed,
    found: &TaxonomyFound,
    errors: Vec<FormError>,
    typed: Fields,
) -> Result<Response, PageError> {
    let t = signed.text;
    let frame = Frame::new(signed, "themes", t.s("taxonomy-title"));
    let all = found.edited.all.themes.iter();
    let themes = all.filter(|theme| theme.code != FIXED).map(|theme| {
        let parts = theme.parts.iter().map(|part| {
            let code = format!("{}.{}", theme.code, part.code);
            PartLine {
                href: of_href(&code),
                name: own_name(t, &part.names),
                is_off: found.edited.off.contains(&code),
            }
        });
        ThemeLine {
            href: of_href(&theme.code),
            name: own_name(t, &theme.names),
            is_off: found.edited.off.contains(&theme.code),
            parts: parts.collect(),
        }
    });
    let themes: Vec<ThemeLine> = themes.collect();
    let parts: usize = themes.iter().map(|theme| theme.parts.len()).sum();
    let sectors = Sector::all().map(|sector| SectorChoice {
        code: sector.code(),
        name: sector_name(t, sector),
        is_chosen: found.sector == Some(sector),
    });
    page(&TaxonomyPage {
        t,
        draft: draft_bar(signed, &frame, found),
        frame,
        errors,
        reading: reading(t, found),
        lead: t.a(
            "taxonomy-lead",
            &[
                ("themes", themes.len().into()),
                ("parts", parts.into()),
                ("version", found.version.to_string().into()),
            ],
        ),
        themes,
        sectors: sectors.collect(),
        may_change: found.may_change,
        typed,
    })
}
