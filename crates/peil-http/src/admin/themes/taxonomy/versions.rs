//! The versions of the themes, and the way back to one of them.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::{AppError, themes::EditError};
use peil_domain::access::Right;

use super::{HERE, words::sector_name};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        problem::PageError,
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "themes/taxonomy_versions.html")]
struct VersionsPage {
    t: Text,
    frame: Frame,
    versions: Vec<VersionLine>,
    may_change: bool,
}

/// A version in the list.
struct VersionLine {
    number: i32,
    title: String,
    about: String,
    is_in_use: bool,
}

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let t = signed.text;
    let actor = &signed.identity.actor;
    let versions = web.app.list_taxonomy_versions(actor).await?;
    let lines = versions.iter().map(|version| {
        let mut about = vec![match version.made_at {
            None => t.s("taxonomy-version-first"),
            Some(_) => t.a("taxonomy-version-changes", &[("n", version.changes.into())]),
        }];
        about.extend(version.sector.map(|sector| sector_name(t, sector)));
        about.extend(version.made_by.clone());
        about.extend(version.made_at.map(|at| t.moment(at, &signed.zone)));
        VersionLine {
            number: version.version,
            title: t.a(
                "taxonomy-version",
                &[("n", version.version.to_string().into())],
            ),
            about: about.join(" · "),
            is_in_use: version.is_in_use,
        }
    });
    page(&VersionsPage {
        t,
        frame: Frame::new(&signed, "themes", t.s("taxonomy-versions")),
        versions: lines.collect(),
        may_change: actor.has(Right::WriteSurveys),
    })
}

pub(super) async fn restore(
    State(web): State<Web>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let actor = &form.signed.identity.actor;
    let version = form.fields.get("version").parse();
    let version = version.map_err(|_| AppError::NotFound)?;
    match web.app.restore_taxonomy(actor, version).await {
        Ok(_) | Err(AppError::Themes(EditError::Nothing)) => Ok(done(HERE, "taxonomy-saved")),
        Err(error) => Err(error.into()),
    }
}
