//! Everyone who was invited in a wave, and what became of each mail.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_domain::outreach::InvitationState;

use super::wave_id;
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{fields::encode, problem::PageError, signed::Signed, text::Text},
};

/// People on a page.
const MOST: u64 = 100;

#[derive(Template)]
#[template(path = "outreach/people.html")]
struct PeoplePage {
    t: Text,
    frame: Frame,
    wave: String,
    name: String,
    states: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    next: Option<String>,
}

/// One invitation.
struct Row {
    contact: String,
    name: String,
    email: String,
    state: String,
    sent: Option<String>,
    answered: Option<String>,
    error: Option<String>,
}

/// States by which the list can be narrowed.
const STATES: [InvitationState; 6] = [
    InvitationState::Queued,
    InvitationState::HandingOver,
    InvitationState::Sent,
    InvitationState::Unconfirmed,
    InvitationState::Failed,
    InvitationState::Cancelled,
];

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let (actor, t, zone) = (&signed.identity.actor, signed.text, &signed.zone);
    let id = wave_id(&id)?;
    let wanted = signed.query.get("state");
    let state = STATES.into_iter().find(|state| state.code() == wanted);
    let after = signed.query.some("after");
    let found = web.app.get_wave(actor, id).await?;
    let people = web
        .app
        .list_wave_invitations(actor, id, state, after, MOST)
        .await?;
    let rows = people.items.into_iter().map(|one| {
        let invitation = one.invitation;
        Row {
            contact: invitation.contact.to_string(),
            name: one.name.unwrap_or_default(),
            email: one.email.unwrap_or_default(),
            state: invitation_words(invitation.state, t),
            sent: invitation.sent_at.map(|at| t.moment(at, zone)),
            answered: invitation.answered_at.map(|at| t.moment(at, zone)),
            error: invitation.last_error.map(|said| reason(&said, t)),
        }
    });
    let path = format!("/outreach/{id}/invitations");
    let states = STATES.iter().map(|one| {
        let href = format!("{path}?state={}", one.code());
        (href, invitation_words(*one, t), Some(*one) == state)
    });
    let all = (path.clone(), t.s("outreach-state-all"), state.is_none());
    page(&PeoplePage {
        t,
        rows: rows.collect(),
        states: std::iter::once(all).chain(states).collect(),
        next: people
            .next
            .map(|next| format!("{path}?state={wanted}&after={}", encode(&next))),
        wave: id.to_string(),
        name: found.overview.wave.name,
        frame: Frame::new(&signed, "outreach", t.s("outreach-people")),
    })
}

fn invitation_words(state: InvitationState, t: Text) -> String {
    t.s(&format!(
        "outreach-invitation-{}",
        state.code().replace('_', "-")
    ))
}

/// What went wrong: in our words when it was our own reason, else in the server's.
fn reason(said: &str, t: Text) -> String {
    let own = ["opted_out", "no_address", "expired"];
    match own.iter().find(|code| **code == said) {
        Some(code) => t.s(&format!("outreach-reason-{}", code.replace('_', "-"))),
        None => said.to_owned(),
    }
}
