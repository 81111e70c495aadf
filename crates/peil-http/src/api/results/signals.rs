//! Signals, and what is told of them to programs that listen.

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use peil_app::results::SignalQuery;
use peil_domain::{
    shared::{LocalDay, SignalId},
    themes::{Evidence, Signal, SignalState},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::signal_origins::{OriginView, PartView};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{
        body::{Asked, At, Body, ListOf, Outcome, page_size},
        caller::Caller,
        refusals::{Reading, Writing},
    },
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(list_signals))
        .routes(routes!(get_signal))
        .routes(routes!(see_signal))
        .routes(routes!(accept_signal))
        .routes(routes!(dismiss_signal))
        .routes(routes!(get_signal_mail, set_signal_mail))
        .routes(routes!(get_signal_limit, set_signal_limit))
        .routes(routes!(list_events))
}

/// Something that changed and needs a look.
#[derive(Serialize, ToSchema)]
pub(super) struct SignalView {
    /// Identifier.
    id: Uuid,
    /// `theme_incident`, `theme_structural`, `theme_emerging`, `theme_resolved`, `score_drop`,
    /// `response_collapse`, `new_theme` or `goal_at_risk`.
    kind: &'static str,
    /// Code of the theme, or address of the questionnaire; empty when it is about all answers.
    subject: String,
    /// `new`, `seen`, `accepted` or `dismissed`.
    state: &'static str,
    /// Why it needs nothing.
    dismissed_because: Option<String>,
    /// When it was found.
    #[schema(value_type = String, format = DateTime)]
    found_at: Timestamp,
    /// When it last grew or was handled.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
    /// When it was found to be over.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
    /// What it rests on.
    evidence: EvidenceView,
}

/// What a signal rests on.
#[derive(Serialize, ToSchema)]
pub(super) struct EvidenceView {
    /// Why it is called what it is called, as a word.
    #[schema(value_type = Option<String>)]
    reason: serde_json::Value,
    /// The first day of what it is about.
    #[schema(value_type = Option<String>, format = Date)]
    since: Option<jiff::civil::Date>,
    /// What was counted since then, or the score; absent when it is of fewer than 5 people.
    count: Option<f64>,
    /// What was expected, or the score before.
    expected: Option<f64>,
    /// Answers behind it.
    answers: u64,
    /// The series, oldest first.
    points: Vec<PointView>,
    /// Where it comes from, the likeliest first.
    origins: Vec<OriginView>,
    /// The part of all answers that it is about; absent when it is about all of them.
    part: Option<PartView>,
    /// Codes of other themes that are complained about more in most of the same answers.
    companions: Vec<String>,
}

/// One week behind a signal.
#[derive(Serialize, ToSchema)]
pub(super) struct PointView {
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    start: jiff::civil::Date,
    /// What was counted; absent when it is of fewer than 5 people.
    count: Option<u64>,
    /// Answers that it is counted among.
    answers: u64,
    /// What was expected.
    expected: Option<f64>,
    /// The limit of chance.
    limit: Option<u64>,
    /// Whether it belongs to what the signal is about.
    is_part: bool,
}

/// A signal with words that show it.
#[derive(Serialize, ToSchema)]
pub(super) struct WholeSignal {
    /// The signal.
    #[serde(flatten)]
    signal: SignalView,
    /// What it is about, in the language of the organisation.
    name: String,
    /// The questionnaire in which it is shown best.
    survey: Option<String>,
    /// Answers that show it, the newest first; none without the right to read answers.
    quotes: Vec<QuoteView>,
}

/// An answer that shows what a signal is about.
#[derive(Serialize, ToSchema)]
pub(super) struct QuoteView {
    /// The response.
    response: Uuid,
    /// When it was sent.
    #[schema(value_type = String, format = DateTime)]
    submitted_at: Timestamp,
    /// Its words; without personal data for who does not follow up.
    words: String,
}

impl From<Signal> for SignalView {
    fn from(signal: Signal) -> Self {
        Self {
            id: signal.id.0,
            kind: signal.kind.code(),
            subject: signal.subject,
            state: signal.state.code(),
            dismissed_because: signal.dismissed_because,
            found_at: signal.found_at,
            changed_at: signal.changed_at,
            ended_at: signal.ended_at,
            evidence: signal.evidence.into(),
        }
    }
}

impl From<Evidence> for EvidenceView {
    fn from(evidence: Evidence) -> Self {
        let points = evidence.points.iter().map(|point| PointView {
            start: point.start.date(),
            count: point.count,
            answers: point.answers,
            expected: point.expected,
            limit: point.limit,
            is_part: point.is_part,
        });
        let origins = evidence.origins.into_iter().map(OriginView::from);
        Self {
            origins: origins.collect(),
            part: evidence.part.map(PartView::from),
            companions: evidence.companions,
            points: points.collect(),
            reason: serde_json::json!(evidence.reason),
            since: evidence.since.map(LocalDay::date),
            count: evidence.count,
            expected: evidence.expected,
            answers: evidence.answers,
        }
    }
}

/// Which signals are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SignalsAsked {
    /// Only those in this state: `new`, `seen`, `accepted` or `dismissed`.
    #[param(value_type = Option<String>)]
    state: Option<SignalState>,
    /// Whether only those that go on are wanted.
    #[serde(default)]
    is_open: bool,
    /// Only those about this theme (its code) or questionnaire (its address).
    subject: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
    /// Items per page, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "page_size")]
    limit: Option<u64>,
}

/// Why a signal needs nothing.
#[derive(Deserialize, ToSchema)]
pub(super) struct Dismissal {
    /// The reason, in one's own words.
    #[schema(min_length = 1, max_length = 500)]
    because: String,
}

/// Whether one wants a mail on days with new signals.
#[derive(Serialize, Deserialize, ToSchema)]
pub(super) struct SignalMail {
    /// Whether one does.
    is_wanted: bool,
}

/// From which share of answers on complaints about a theme are a lasting problem however long it has
/// been so.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignalLimit {
    /// The share, a fraction; without one there is no such limit.
    #[schema(minimum = 0.001, maximum = 0.5, required)]
    #[serde(deserialize_with = "Deserialize::deserialize")]
    chronic_share: Option<f64>,
}

/// Which events are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct EventsAsked {
    /// Identifier of the last event that is known.
    after: Option<Uuid>,
    /// Items per page, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "page_size")]
    limit: Option<u64>,
}

/// Lists signals, the newest first.
#[utoipa::path(get, path = "/signals", operation_id = "list_signals", tag = "results",
    params(SignalsAsked),
    responses((status = 200, body = ListOf<SignalView>), Reading))]
pub(super) async fn list_signals(
    State(web): State<Web>,
    caller: Caller,
    Asked(asked): Asked<SignalsAsked>,
) -> Outcome<Json<ListOf<SignalView>>> {
    let query = SignalQuery {
        state: asked.state,
        is_open: asked.is_open,
        subject: asked.subject,
        after: asked.after,
        limit: asked.limit.unwrap_or(50),
    };
    let found = web.app.list_signals(&caller.identity.actor, query).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(ListOf {
        items: found.items.into_iter().map(Into::into).collect(),
        next: found.next,
    }))
}

/// Reads a signal.
#[utoipa::path(get, path = "/signals/{id}", operation_id = "get_signal", tag = "results",
    params(("id" = Uuid, Path, description = "The signal")),
    responses((status = 200, body = WholeSignal), Reading))]
pub(super) async fn get_signal(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SignalId>,
) -> Outcome<Json<WholeSignal>> {
    let found = web.app.get_signal(&caller.identity.actor, id).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let name = found.name(caller.identity.workspace.language);
    let quotes = found.quotes.iter().map(|quote| QuoteView {
        response: quote.response.0,
        submitted_at: quote.submitted_at,
        words: quote.spoken.text(),
    });
    Ok(Json(WholeSignal {
        name,
        quotes: quotes.collect(),
        survey: found.survey.map(|slug| slug.to_string()),
        signal: found.signal.into(),
    }))
}

/// Notes that someone looked at a new signal.
#[utoipa::path(post, path = "/signals/{id}/seen", operation_id = "see_signal", tag = "results",
    params(("id" = Uuid, Path, description = "The signal")),
    responses((status = 200, body = SignalView), Writing))]
pub(super) async fn see_signal(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SignalId>,
) -> Outcome<Json<SignalView>> {
    let seen = web.app.see_signal(&caller.identity.actor, id).await;
    Ok(Json(seen.map_err(|error| caller.problem(&error))?.into()))
}

/// Takes a signal on.
#[utoipa::path(post, path = "/signals/{id}/accept", operation_id = "accept_signal", tag = "results",
    params(("id" = Uuid, Path, description = "The signal")),
    responses((status = 200, body = SignalView), Writing))]
pub(super) async fn accept_signal(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SignalId>,
) -> Outcome<Json<SignalView>> {
    let accepted = web.app.accept_signal(&caller.identity.actor, id).await;
    Ok(Json(
        accepted.map_err(|error| caller.problem(&error))?.into(),
    ))
}

/// Says that a signal needs nothing, and why.
#[utoipa::path(post, path = "/signals/{id}/dismiss", operation_id = "dismiss_signal",
    tag = "results", request_body = Dismissal,
    params(("id" = Uuid, Path, description = "The signal")),
    responses((status = 200, body = SignalView), Writing))]
pub(super) async fn dismiss_signal(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SignalId>,
    Body(dismissal): Body<Dismissal>,
) -> Outcome<Json<SignalView>> {
    let actor = &caller.identity.actor;
    let dismissed = web.app.dismiss_signal(actor, id, &dismissal.because).await;
    Ok(Json(
        dismissed.map_err(|error| caller.problem(&error))?.into(),
    ))
}

/// Reads whether the person whose token is used gets a mail on days with new signals.
#[utoipa::path(get, path = "/signals/mail", operation_id = "get_signal_mail", tag = "results",
    responses((status = 200, body = SignalMail), Reading))]
pub(super) async fn get_signal_mail(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<SignalMail>> {
    let found = web.app.has_signal_mail(&caller.identity.actor).await;
    let is_wanted = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(SignalMail { is_wanted }))
}

/// Says whether the person whose token is used gets a mail on days with new signals.
#[utoipa::path(put, path = "/signals/mail", operation_id = "set_signal_mail", tag = "results",
    request_body = SignalMail,
    responses((status = 204), Writing))]
pub(super) async fn set_signal_mail(
    State(web): State<Web>,
    caller: Caller,
    Body(wish): Body<SignalMail>,
) -> Outcome<StatusCode> {
    let actor = &caller.identity.actor;
    let set = web.app.set_signal_mail(actor, wish.is_wanted).await;
    set.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reads from which share of answers on complaints about a theme are a lasting problem.
#[utoipa::path(get, path = "/signals/limit", operation_id = "get_signal_limit", tag = "results",
    responses((status = 200, body = SignalLimit), Reading))]
pub(super) async fn get_signal_limit(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<SignalLimit>> {
    let found = web.app.chronic_share(&caller.identity.actor).await;
    let chronic_share = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(SignalLimit { chronic_share }))
}

/// Sets from which share of answers on complaints about a theme are a lasting problem.
#[utoipa::path(put, path = "/signals/limit", operation_id = "set_signal_limit", tag = "results",
    request_body = SignalLimit,
    responses((status = 204), Writing))]
pub(super) async fn set_signal_limit(
    State(web): State<Web>,
    caller: Caller,
    Body(wish): Body<SignalLimit>,
) -> Outcome<StatusCode> {
    let actor = &caller.identity.actor;
    let set = web.app.set_chronic_share(actor, wish.chronic_share).await;
    set.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists what was told of signals to programs that listen, the oldest first: `CloudEvents` 1.0. Ask
/// again with `after` set to the identifier of the last one.
#[utoipa::path(get, path = "/events", operation_id = "list_events", tag = "results",
    params(EventsAsked),
    responses((status = 200, body = ListOf<Object>), Reading))]
pub(super) async fn list_events(
    State(web): State<Web>,
    caller: Caller,
    Asked(asked): Asked<EventsAsked>,
) -> Outcome<Json<ListOf<serde_json::Value>>> {
    let limit = asked.limit.unwrap_or(50);
    let actor = &caller.identity.actor;
    let found = web.app.list_events(actor, asked.after, limit).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let is_full = u64::try_from(found.len()).is_ok_and(|number| number == limit);
    let last = found.last().map(|event| event.id.to_string());
    Ok(Json(ListOf {
        items: found.into_iter().map(|event| event.body).collect(),
        next: last.filter(|_| is_full),
    }))
}
