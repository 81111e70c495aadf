//! What was done lately and by whom.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::State, response::Response};

use super::{
    super::{frame::Frame, page},
    tabs,
};
use crate::{
    Web,
    edge::{parts::Piece, problem::PageError, signed::Signed, text::Text},
};

/// One event in the list.
struct Row {
    at: String,
    machine_at: String,
    who: String,
    what: String,
}

#[derive(Template)]
#[template(path = "settings/audit.html")]
struct AuditPage {
    t: Text,
    frame: Frame,
    tabs: Piece,
    rows: Vec<Row>,
}

pub(super) async fn list(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let t = signed.text;
    let actor = &signed.identity.actor;
    let people = web.app.list_users(actor).await?;
    let names: BTreeMap<_, _> = people
        .into_iter()
        .map(|user| (user.id, user.name))
        .collect();
    let events = web.app.list_audit_events(actor).await?;
    let rows = events
        .into_iter()
        .map(|event| Row {
            at: t.moment(event.at, &signed.zone),
            machine_at: event.at.to_string(),
            who: event
                .user
                .and_then(|id| names.get(&id).cloned())
                .unwrap_or_else(|| t.s("settings-audit-program")),
            what: t
                .find(&format!("audit-{}", event.event.replace(['.', '_'], "-")))
                .unwrap_or(event.event),
        })
        .collect();
    page(&AuditPage {
        t,
        frame: Frame::new(&signed, "settings", t.s("settings-audit-title")),
        tabs: tabs(t, "/settings/audit"),
        rows,
    })
}
