//! One signal: its verdict, its control chart, where it comes from, and what to do with it.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::results::ResultsQuery;
use peil_domain::{
    access::Right,
    shared::Slug,
    themes::{Origin, Signal, SignalKind},
};

use super::{
    picture::{Picture, draw},
    signal_id,
    view::{SignalView, signal_view},
};
use crate::{
    Web,
    admin::{frame::Frame, page, results::links::results_href},
    edge::{parts::FormError, problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "results/signal.html")]
struct ShowPage<'a> {
    t: Text,
    frame: Frame,
    signal: SignalView,
    reason: Option<String>,
    picture: Option<Picture>,
    origins: Vec<String>,
    doors: Vec<(String, String)>,
    may_decide: bool,
    errors: &'a [FormError],
    typed: String,
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    signal_page(&web, &signed, &id, &[], String::new()).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn signal_page(
    web: &Web,
    signed: &Signed,
    id: &str,
    errors: &[FormError],
    typed: String,
) -> Result<Response, PageError> {
    let (actor, t) = (&signed.identity.actor, signed.text);
    let found = web.app.get_signal(actor, signal_id(id)?).await?;
    let signal = signal_view(t, &signed.zone, &found);
    let reason = found.evidence.reason.and_then(|reason| {
        let word = serde_json::to_value(reason).ok()?;
        t.find(&format!("signals-reason-{}", word.as_str()?))
    });
    page(&ShowPage {
        t,
        frame: Frame::new(signed, "overview", signal.name.clone()),
        picture: draw(t, &found),
        origins: found
            .evidence
            .origins
            .iter()
            .map(|origin| words(t, origin))
            .collect(),
        doors: doors(t, &found, actor.has(Right::ReadResponses)),
        may_decide: actor.has(Right::WriteSurveys),
        signal,
        reason,
        errors,
        typed,
    })
}

/// Where it comes from, in words.
fn words(t: Text, origin: &Origin) -> String {
    match origin.ratio {
        Some(ratio) => t.a(
            "signals-origin",
            &[
                ("value", origin.value.as_str().into()),
                ("ratio", t.number(ratio, 1).into()),
            ],
        ),
        None => t.a(
            "signals-origin-only",
            &[("value", origin.value.as_str().into())],
        ),
    }
}

/// Where to go from here: the answers behind it, or the figures.
fn doors(t: Text, signal: &Signal, may_read: bool) -> Vec<(String, String)> {
    let mut doors = Vec::new();
    match signal.kind {
        SignalKind::ScoreDrop => {
            if let Ok(slug) = signal.subject.parse::<Slug>() {
                let href = results_href(&slug, &ResultsQuery::default());
                doors.push((href, t.s("signals-door-results")));
            }
        }
        SignalKind::ResponseCollapse if may_read => {
            doors.push(("/responses".to_owned(), t.s("signals-door-answers")));
            doors.push(("/results/turnout".to_owned(), t.s("signals-door-turnout")));
        }
        _ => {}
    }
    doors
}
