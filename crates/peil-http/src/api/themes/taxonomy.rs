//! The themes that answers are sorted into, for programs.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use peil_app::{
    AppError,
    themes::{TaxonomyFound, Trial},
};
use peil_domain::shared::Language;
use serde::Serialize;
use utoipa::ToSchema;

use super::taxonomy_change::ChangeBody;
use crate::Web;
use crate::api::{
    body::{Body, Outcome},
    caller::Caller,
    operations::{Operations, routes},
    refusals::{Reading, Writing},
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(get_taxonomy))
        .routes(routes!(change_taxonomy))
        .routes(routes!(discard_taxonomy))
        .routes(routes!(undo_taxonomy_change))
        .routes(routes!(try_taxonomy))
        .routes(routes!(list_taxonomy_versions, save_taxonomy))
        .routes(routes!(restore_taxonomy))
}

/// Words of a part of a theme.
#[derive(Serialize, ToSchema)]
struct PartWordsView {
    /// `nl` or `en`.
    language: String,
    /// One of these is enough.
    strong: Vec<String>,
    /// Two of these are needed.
    weak: Vec<String>,
    /// Where these stand, the others count for nothing.
    exclusions: Vec<String>,
}

/// A part of a theme, with its words.
#[derive(Serialize, ToSchema)]
struct TaxonomyPartView {
    /// Its code, behind that of its theme and a point.
    code: String,
    /// Its Dutch name.
    name_nl: String,
    /// Its English name.
    name_en: String,
    /// Whether no answer is sorted into it.
    is_off: bool,
    /// Its words.
    words: Vec<PartWordsView>,
}

/// A theme that answers are sorted into.
#[derive(Serialize, ToSchema)]
struct TaxonomyThemeView {
    /// Its code.
    code: String,
    /// Its Dutch name.
    name_nl: String,
    /// Its English name.
    name_en: String,
    /// Whether no answer is sorted into it.
    is_off: bool,
    /// Its parts.
    parts: Vec<TaxonomyPartView>,
}

/// The themes that answers are sorted into, with the changes that are not in use yet.
#[derive(Serialize, ToSchema)]
struct TaxonomyView {
    /// The version that is in use; 1 is what Peil starts with.
    version: i32,
    /// The line of business whose themes are in it.
    sector: Option<String>,
    /// Number of changes that are not in use yet.
    pending: usize,
    /// The themes, with those changes.
    themes: Vec<TaxonomyThemeView>,
    /// Old answers that are being read again: how many were looked at.
    read: Option<u64>,
    /// The same: of how many.
    to_read: Option<u64>,
}

fn taxonomy(found: &TaxonomyFound) -> TaxonomyView {
    let name = |code: &str, language| found.names.name(code, language);
    let themes = found.edited.all.themes.iter().map(|theme| {
        let parts = theme.parts.iter().map(|part| {
            let code = format!("{}.{}", theme.code, part.code);
            let words = part.words.iter().map(|words| PartWordsView {
                language: words.language.code().to_owned(),
                strong: words.strong.clone(),
                weak: words.weak.clone(),
                exclusions: words.exclusions.clone(),
            });
            TaxonomyPartView {
                name_nl: name(&code, Language::Nl),
                name_en: name(&code, Language::En),
                is_off: found.edited.off.contains(&code),
                words: words.collect(),
                code,
            }
        });
        TaxonomyThemeView {
            code: theme.code.clone(),
            name_nl: name(&theme.code, Language::Nl),
            name_en: name(&theme.code, Language::En),
            is_off: found.edited.off.contains(&theme.code),
            parts: parts.collect(),
        }
    });
    TaxonomyView {
        version: found.version,
        sector: found.sector.map(|sector| sector.code().to_owned()),
        pending: found.pending.len() + usize::from(found.is_sector_pending),
        themes: themes.collect(),
        read: found.reading.map(|(done, _)| done),
        to_read: found.reading.map(|(_, total)| total),
    }
}

/// Reads the themes that answers are sorted into, with the changes that are not in use yet.
#[utoipa::path(get, path = "/taxonomy", operation_id = "get_taxonomy", tag = "themes",
    responses((status = 200, body = TaxonomyView), Reading))]
async fn get_taxonomy(State(web): State<Web>, caller: Caller) -> Outcome<Json<TaxonomyView>> {
    let found = web.app.get_taxonomy(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(taxonomy(&found)))
}

/// Changes the draft of the themes; answers are read as before until it is put to use.
#[utoipa::path(post, path = "/taxonomy/draft/changes", operation_id = "change_taxonomy", tag = "themes",
    request_body = ChangeBody,
    responses((status = 200, body = TaxonomyView), Writing))]
async fn change_taxonomy(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<ChangeBody>,
) -> Outcome<Json<TaxonomyView>> {
    let say = |error: AppError| caller.problem(&error);
    let change = body.change().map_err(say)?;
    let actor = &caller.identity.actor;
    web.app.change_taxonomy(actor, change).await.map_err(say)?;
    let found = web.app.get_taxonomy(actor).await.map_err(say)?;
    Ok(Json(taxonomy(&found)))
}

/// Takes the last change in the draft back.
#[utoipa::path(post, path = "/taxonomy/draft/undo", operation_id = "undo_taxonomy_change", tag = "themes",
    responses((status = 204), Writing))]
async fn undo_taxonomy_change(State(web): State<Web>, caller: Caller) -> Outcome<StatusCode> {
    let done = web.app.undo_taxonomy_change(&caller.identity.actor).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets the draft.
#[utoipa::path(delete, path = "/taxonomy/draft", operation_id = "discard_taxonomy", tag = "themes",
    responses((status = 204), Writing))]
async fn discard_taxonomy(State(web): State<Web>, caller: Caller) -> Outcome<StatusCode> {
    let done = web.app.discard_taxonomy(&caller.identity.actor).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// A theme or part that would be mentioned more or less often.
#[derive(Serialize, ToSchema)]
struct TrialThemeView {
    /// Its code.
    code: String,
    /// Answers that mention it now.
    before: usize,
    /// Answers that would.
    after: usize,
    /// Answers that would mention it and do not now.
    gained: usize,
    /// Answers that would not any more.
    lost: usize,
}

/// An answer that would be sorted otherwise.
#[derive(Serialize, ToSchema)]
struct TrialAnswerView {
    /// The submission.
    response: String,
    /// Key of the question.
    question: String,
    /// The words, without personal data where the reader does not follow up.
    words: String,
    /// Codes of what it would mention that it does not now.
    gained: Vec<String>,
    /// Codes of what it would not mention any more.
    lost: Vec<String>,
}

/// What the draft would make of the latest answers.
#[derive(Serialize, ToSchema)]
struct TrialView {
    /// Answers that were tried.
    answers: usize,
    /// Those that would be sorted otherwise, the latest first.
    changed: Vec<TrialAnswerView>,
    /// What changes by theme and part.
    themes: Vec<TrialThemeView>,
}

fn trial(found: Trial) -> TrialView {
    let changed = found.changed.into_iter().map(|one| TrialAnswerView {
        response: one.response.to_string(),
        question: one.question.to_string(),
        words: one.spoken.text(),
        gained: one.gained,
        lost: one.lost,
    });
    let themes = found.themes.into_iter().map(|theme| TrialThemeView {
        code: theme.code,
        before: theme.before,
        after: theme.after,
        gained: theme.gained,
        lost: theme.lost,
    });
    TrialView {
        answers: found.answers,
        changed: changed.collect(),
        themes: themes.collect(),
    }
}

/// Reads the latest 200 answers by the draft and by what is in use, and compares; nothing is written.
#[utoipa::path(get, path = "/taxonomy/draft/trial", operation_id = "try_taxonomy", tag = "themes",
    responses((status = 200, body = TrialView), Reading))]
async fn try_taxonomy(State(web): State<Web>, caller: Caller) -> Outcome<Json<TrialView>> {
    let found = web.app.try_taxonomy(&caller.identity.actor).await;
    Ok(Json(trial(found.map_err(|error| caller.problem(&error))?)))
}

/// A version of the themes.
#[derive(Serialize, ToSchema)]
struct VersionView {
    /// Its number; 1 is what Peil starts with.
    version: i32,
    /// Changes in it, compared with what Peil starts with.
    changes: usize,
    /// The line of business whose themes are in it.
    sector: Option<String>,
    /// When it was made; absent for what Peil starts with.
    made_at: Option<String>,
    /// Whether it is in use.
    is_in_use: bool,
}

/// The versions of the themes.
#[derive(Serialize, ToSchema)]
struct VersionsView {
    /// The newest first.
    items: Vec<VersionView>,
}

/// Lists the versions of the themes.
#[utoipa::path(get, path = "/taxonomy/versions", operation_id = "list_taxonomy_versions", tag = "themes",
    responses((status = 200, body = VersionsView), Reading))]
async fn list_taxonomy_versions(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<VersionsView>> {
    let found = web.app.list_taxonomy_versions(&caller.identity.actor).await;
    let versions = found.map_err(|error| caller.problem(&error))?.into_iter();
    let items = versions.map(|version| VersionView {
        version: version.version,
        changes: version.changes,
        sector: version.sector.map(|sector| sector.code().to_owned()),
        made_at: version.made_at.map(|at| at.to_string()),
        is_in_use: version.is_in_use,
    });
    Ok(Json(VersionsView {
        items: items.collect(),
    }))
}

/// The number of a version.
#[derive(Serialize, ToSchema)]
struct MadeVersion {
    /// Its number.
    version: i32,
}

/// Puts the draft to use as a new version, by which all answers are read again.
#[utoipa::path(post, path = "/taxonomy/versions", operation_id = "save_taxonomy", tag = "themes",
    responses((status = 201, body = MadeVersion), Writing))]
async fn save_taxonomy(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<(StatusCode, Json<MadeVersion>)> {
    let made = web.app.save_taxonomy(&caller.identity.actor).await;
    let version = made.map_err(|error| caller.problem(&error))?;
    Ok((StatusCode::CREATED, Json(MadeVersion { version })))
}

/// Puts an earlier version to use again, as a new one; a draft is forgotten.
#[utoipa::path(post, path = "/taxonomy/versions/{version}/restore", operation_id = "restore_taxonomy", tag = "themes",
    params(("version" = i32, Path, description = "The version.", minimum = 1)),
    responses((status = 201, body = MadeVersion), Writing))]
async fn restore_taxonomy(
    State(web): State<Web>,
    caller: Caller,
    Path(version): Path<String>,
) -> Outcome<(StatusCode, Json<MadeVersion>)> {
    let say = |error: AppError| caller.problem(&error);
    let version = version.parse().map_err(|_| say(AppError::NotFound))?;
    let made = web
        .app
        .restore_taxonomy(&caller.identity.actor, version)
        .await;
    let version = made.map_err(say)?;
    Ok((StatusCode::CREATED, Json(MadeVersion { version })))
}
