//! Sending waves, and what became of each mail.

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use peil_app::outreach::AddressedInvitation;
use peil_domain::{outreach::InvitationState, shared::WaveId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{plan::InLanguage, wave::WaveView};
use crate::{
    Web,
    api::{
        body::{Asked, At, ListOf, Outcome},
        caller::Caller,
        refusals::{Reading, Writing},
    },
};

/// An invitation.
#[derive(Serialize, ToSchema)]
pub(super) struct InvitationView {
    /// Identifier.
    id: Uuid,
    /// Who is asked.
    contact: Uuid,
    /// Name of the contact.
    name: Option<String>,
    /// Address of the contact.
    email: Option<String>,
    /// Language of the mail.
    language: String,
    /// `queued`, `handing_over`, `sent`, `unconfirmed`, `failed` or `cancelled`.
    state: &'static str,
    /// When the mail server took it.
    #[schema(value_type = Option<String>, format = DateTime)]
    sent_at: Option<Timestamp>,
    /// When it was answered.
    #[schema(value_type = Option<String>, format = DateTime)]
    answered_at: Option<Timestamp>,
    /// Until when its link works.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// What went wrong last.
    last_error: Option<String>,
}

impl From<AddressedInvitation> for InvitationView {
    fn from(found: AddressedInvitation) -> Self {
        let invitation = found.invitation;
        Self {
            id: invitation.id.0,
            contact: invitation.contact.0,
            name: found.name,
            email: found.email,
            language: invitation.language.to_string(),
            state: invitation.state.code(),
            sent_at: invitation.sent_at,
            answered_at: invitation.answered_at,
            expires_at: invitation.expires_at,
            last_error: invitation.last_error,
        }
    }
}

/// Which invitations are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct InvitationQuery {
    /// Only those in this state: `queued`, `handing_over`, `sent`, `unconfirmed`, `failed` or
    /// `cancelled`.
    #[param(value_type = Option<String>)]
    state: Option<InvitationState>,
    /// The `next` of the page before.
    after: Option<String>,
    /// Items per page, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// Mails that went out on one day.
#[derive(Serialize, ToSchema)]
pub(super) struct SendsView {
    /// The day in the organisation's time zone.
    #[schema(value_type = String, format = Date)]
    day: jiff::civil::Date,
    /// Mails.
    sent: u64,
}

/// How mails go out.
#[derive(Serialize, ToSchema)]
pub(super) struct SendsOverview {
    /// Whether mail can be sent at all.
    has_mail_settings: bool,
    /// Days of the past year on which mails went out.
    days: Vec<SendsView>,
}

/// Starts a wave: it is fixed, everyone who may be asked gets one invitation (`preparing`), and when
/// all are made the mails go out (`sending`). Starting it again invites nobody twice; when sending waits for something, it is tried again at once.
#[utoipa::path(post, path = "/waves/{id}/start", operation_id = "start_wave", tag = "outreach",
    params(("id" = Uuid, Path, description = "The wave")),
    responses((status = 202, body = WaveView), Writing))]
pub(super) async fn start_wave(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<WaveId>,
) -> Outcome<(StatusCode, Json<WaveView>)> {
    let started = web.app.start_wave(&caller.identity.actor, id).await;
    let started = started.map_err(|error| caller.problem(&error))?;
    Ok((StatusCode::ACCEPTED, Json(started.into())))
}

/// Sends mails again of which nobody knows whether they arrived, with the same links. Whoever did get
/// the mail gets it twice. When none are in doubt, nothing happens.
#[utoipa::path(post, path = "/waves/{id}/resend", operation_id = "resend_wave", tag = "outreach",
    params(("id" = Uuid, Path, description = "The wave")),
    responses((status = 202, body = WaveView), Writing))]
pub(super) async fn resend_wave(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<WaveId>,
) -> Outcome<(StatusCode, Json<WaveView>)> {
    let resent = web.app.resend_wave(&caller.identity.actor, id).await;
    let resent = resent.map_err(|error| caller.problem(&error))?;
    Ok((StatusCode::ACCEPTED, Json(resent.into())))
}

/// Stops a wave: what was not handed to the mail server never will be.
#[utoipa::path(post, path = "/waves/{id}/stop", operation_id = "stop_wave", tag = "outreach",
    params(("id" = Uuid, Path, description = "The wave")),
    responses((status = 200, body = WaveView), Writing))]
pub(super) async fn stop_wave(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<WaveId>,
) -> Outcome<Json<WaveView>> {
    let stopped = web.app.stop_wave(&caller.identity.actor, id).await;
    Ok(Json(
        stopped.map_err(|error| caller.problem(&error))?.into(),
    ))
}

/// Sends the mail of a wave to the person whose token is used. Its links store nothing.
#[utoipa::path(post, path = "/waves/{id}/test", operation_id = "send_wave_test", tag = "outreach",
    params(("id" = Uuid, Path, description = "The wave"), InLanguage),
    responses((status = 204), Writing))]
pub(super) async fn send_wave_test(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<WaveId>,
    Asked(asked): Asked<InLanguage>,
) -> Outcome<StatusCode> {
    let sent = web
        .app
        .send_wave_test(&caller.identity, id, asked.language)
        .await;
    sent.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists the invitations of a wave.
#[utoipa::path(get, path = "/waves/{id}/invitations", operation_id = "list_wave_invitations",
    tag = "outreach",
    params(("id" = Uuid, Path, description = "The wave"), InvitationQuery),
    responses((status = 200, body = ListOf<InvitationView>), Reading))]
pub(super) async fn list_wave_invitations(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<WaveId>,
    Asked(asked): Asked<InvitationQuery>,
) -> Outcome<Json<ListOf<InvitationView>>> {
    let limit = asked.limit.unwrap_or(50).clamp(1, 200);
    let actor = &caller.identity.actor;
    let after = asked.after.as_deref();
    let found = web
        .app
        .list_wave_invitations(actor, id, asked.state, after, limit)
        .await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let items = found.items.into_iter().map(InvitationView::from).collect();
    Ok(Json(ListOf {
        items,
        next: found.next,
    }))
}

/// Lists the days of the past year on which mails went out, and whether mail can be sent at all.
#[utoipa::path(get, path = "/sends", operation_id = "list_sends", tag = "outreach",
    responses((status = 200, body = SendsOverview), Reading))]
pub(super) async fn list_sends(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<SendsOverview>> {
    const DAYS: u16 = 365;
    let actor = &caller.identity.actor;
    let has_mail_settings = web.app.has_mail_settings(actor).await;
    let has_mail_settings = has_mail_settings.map_err(|error| caller.problem(&error))?;
    let found = web.app.count_sends(actor, DAYS).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let days = found.days.into_iter().map(|one| SendsView {
        day: one.day.date(),
        sent: one.sent,
    });
    Ok(Json(SendsOverview {
        has_mail_settings,
        days: days.collect(),
    }))
}
