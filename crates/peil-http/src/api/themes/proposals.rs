//! What customers talk about that no theme claims, for programs.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use peil_app::{
    AppError,
    themes::{Acceptance, Granularity, ProposalFound},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::taxonomy_change::{WordsBody, names, words_of};
use crate::Web;
use crate::api::{
    body::{Body, Outcome},
    caller::Caller,
    operations::{Operations, routes},
    refusals::{Reading, Writing},
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(list_theme_proposals, discover_themes))
        .routes(routes!(accept_theme_proposal))
        .routes(routes!(dismiss_theme_proposal))
}

/// A group of answers that may be about a theme of its own.
#[derive(Serialize, ToSchema)]
struct ProposalView {
    /// Its lasting number.
    number: i64,
    /// `open`, `accepted` or `dismissed`.
    state: String,
    /// The words that set it apart.
    name: String,
    /// Different people, at least 5; everyone who is not known counts as one.
    people: u64,
    /// Times that it is said.
    said: usize,
    /// What is most typical of it, without personal data.
    quotes: Vec<String>,
    /// Why it is no theme.
    because: Option<String>,
}

impl From<ProposalFound> for ProposalView {
    fn from(found: ProposalFound) -> Self {
        Self {
            number: found.number,
            state: found.state.to_owned(),
            name: found.name,
            people: found.people,
            said: found.said,
            quotes: found.quotes,
            because: found.because,
        }
    }
}

/// What customers talk about that no theme claims.
#[derive(Serialize, ToSchema)]
struct ProposalsView {
    /// Those on which nobody decided, those of most people first, and then the others.
    items: Vec<ProposalView>,
    /// Whether a search goes on.
    is_searching: bool,
    /// When the last search was done.
    searched_at: Option<String>,
}

/// How finely groups are told apart.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Fineness {
    /// Few large groups.
    Coarse,
    /// In between.
    Normal,
    /// Many small groups.
    Fine,
}

/// A search.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Search {
    /// How finely.
    granularity: Fineness,
}

/// What a proposal becomes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AcceptanceBody {
    /// Code of the theme that it becomes a part of; a theme of its own when absent.
    #[serde(default)]
    #[schema(max_length = 200)]
    theme: Option<String>,
    /// Its Dutch name.
    #[schema(min_length = 1, max_length = 60)]
    name_nl: String,
    /// Its English name; the Dutch one when absent.
    #[serde(default)]
    #[schema(max_length = 60)]
    name_en: Option<String>,
    /// Words that show it.
    #[serde(default)]
    #[schema(max_items = 6)]
    words: Vec<WordsBody>,
}

/// Why a proposal is no theme.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProposalDismissal {
    /// The reason, in one's own words.
    #[schema(min_length = 1, max_length = 500)]
    because: String,
}

/// Lists what customers talk about that no theme claims, with what became of it.
#[utoipa::path(get, path = "/theme-proposals", operation_id = "list_theme_proposals", tag = "themes",
    responses((status = 200, body = ProposalsView), Reading))]
async fn list_theme_proposals(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<ProposalsView>> {
    let found = web.app.list_theme_proposals(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let last = found.discovery.as_ref();
    Ok(Json(ProposalsView {
        is_searching: last.is_some_and(|last| last.done_at.is_none()),
        searched_at: last.and_then(|last| last.done_at).map(|at| at.to_string()),
        items: found
            .open
            .into_iter()
            .chain(found.decided)
            .map(Into::into)
            .collect(),
    }))
}

/// Lets the latest answers be searched for what no theme claims, in the background.
#[utoipa::path(post, path = "/theme-proposals", operation_id = "discover_themes", tag = "themes",
    request_body = Search,
    responses((status = 202), Writing))]
async fn discover_themes(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<Search>,
) -> Outcome<StatusCode> {
    let granularity = match body.granularity {
        Fineness::Coarse => Granularity::Coarse,
        Fineness::Normal => Granularity::Normal,
        Fineness::Fine => Granularity::Fine,
    };
    let actor = &caller.identity.actor;
    let done = web.app.discover_themes(actor, granularity).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::ACCEPTED)
}

fn number_of(path: &str) -> Result<i64, AppError> {
    path.parse().map_err(|_| AppError::NotFound)
}

/// Makes a theme, or a part of one, of a proposal: in the draft of the themes.
#[utoipa::path(post, path = "/theme-proposals/{number}/accept", operation_id = "accept_theme_proposal", tag = "themes",
    params(("number" = i64, Path, description = "The proposal.")),
    request_body = AcceptanceBody,
    responses((status = 204), Writing))]
async fn accept_theme_proposal(
    State(web): State<Web>,
    caller: Caller,
    Path(number): Path<String>,
    Body(body): Body<AcceptanceBody>,
) -> Outcome<StatusCode> {
    let say = |error: AppError| caller.problem(&error);
    let number = number_of(&number).map_err(say)?;
    let wanted = Acceptance {
        theme: body.theme,
        names: names(Some(&body.name_nl), body.name_en.as_deref()),
        words: body.words.into_iter().map(words_of).collect(),
    };
    let actor = &caller.identity.actor;
    let done = web.app.accept_theme_proposal(actor, number, wanted).await;
    done.map_err(say)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says why a proposal is no theme; it is not proposed again.
#[utoipa::path(post, path = "/theme-proposals/{number}/dismiss", operation_id = "dismiss_theme_proposal", tag = "themes",
    params(("number" = i64, Path, description = "The proposal.")),
    request_body = ProposalDismissal,
    responses((status = 204), Writing))]
async fn dismiss_theme_proposal(
    State(web): State<Web>,
    caller: Caller,
    Path(number): Path<String>,
    Body(body): Body<ProposalDismissal>,
) -> Outcome<StatusCode> {
    let say = |error: AppError| caller.problem(&error);
    let number = number_of(&number).map_err(say)?;
    let actor = &caller.identity.actor;
    let done = web
        .app
        .dismiss_theme_proposal(actor, number, &body.because)
        .await;
    done.map_err(say)?;
    Ok(StatusCode::NO_CONTENT)
}
