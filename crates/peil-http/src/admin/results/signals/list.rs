//! The list of signals, by state.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::results::SignalQuery;
use peil_domain::themes::SignalState;

use super::view::{SignalView, signal_view};
use crate::{
    Web,
    admin::{
        frame::Frame,
        page,
        results::links::{after_of, with_field},
    },
    edge::{problem::PageError, signed::Signed, text::Text},
};

/// Signals on a page.
const ON_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "results/signals.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    states: Vec<StateChoice>,
    signals: Vec<SignalView>,
    next: Option<String>,
    is_any: bool,
    has_mail: bool,
}

/// A state to choose.
struct StateChoice {
    href: String,
    label: String,
    is_current: bool,
}

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let (actor, t) = (&signed.identity.actor, signed.text);
    let state = signed.query.some("state");
    let state = state.and_then(|state| state.parse::<SignalState>().ok());
    let query = SignalQuery {
        state,
        is_open: false,
        after: after_of(&signed.query),
        limit: ON_PAGE,
    };
    let found = web.app.list_signals(actor, query).await?;
    let here = state.map_or_else(
        || "/signals".to_owned(),
        |state| format!("/signals?state={state}"),
    );
    page(&ListPage {
        t,
        states: states(t, state),
        signals: found
            .items
            .iter()
            .map(|signal| signal_view(t, &signed.zone, signal))
            .collect(),
        next: found.next.map(|after| with_field(&here, "after", &after)),
        is_any: state.is_none(),
        has_mail: web.app.has_signal_mail(actor).await?,
        frame: Frame::new(&signed, "overview", t.s("signals-title")),
    })
}

fn states(t: Text, current: Option<SignalState>) -> Vec<StateChoice> {
    let all = StateChoice {
        href: "/signals".to_owned(),
        label: t.s("signals-state-all"),
        is_current: current.is_none(),
    };
    let one = |state: &SignalState| StateChoice {
        href: format!("/signals?state={state}"),
        label: t.s(&format!("signals-state-{state}")),
        is_current: current == Some(*state),
    };
    std::iter::once(all)
        .chain(SignalState::ALL.iter().map(one))
        .collect()
}
