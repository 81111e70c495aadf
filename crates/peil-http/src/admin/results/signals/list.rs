//! The list of signals, by state.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::results::SignalQuery;
use peil_domain::{access::Right, themes::SignalState};

use super::view::{SignalView, signal_view};
use crate::{
    Web,
    admin::{
        frame::Frame,
        page,
        results::links::{after_of, with_field},
    },
    edge::{parts::FormError, problem::PageError, signed::Signed, text::Text},
};

/// Signals on a page.
const ON_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "results/signals.html")]
struct ListPage<'a> {
    t: Text,
    frame: Frame,
    errors: &'a [FormError],
    limit: String,
    may_limit: bool,
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
    list_page(&web, &signed, &[], None).await
}

/// The page, with what was typed as a limit and what is wrong with it.
pub(super) async fn list_page(
    web: &Web,
    signed: &Signed,
    errors: &[FormError],
    typed: Option<&str>,
) -> Result<Response, PageError> {
    let (actor, t) = (&signed.identity.actor, signed.text);
    let state = signed.query.some("state");
    let state = state.and_then(|state| state.parse::<SignalState>().ok());
    let query = SignalQuery {
        state,
        is_open: false,
        subject: None,
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
            .map(|signal| signal_view(t, &signed.zone, &found.names, signal))
            .collect(),
        next: found.next.map(|after| with_field(&here, "after", &after)),
        is_any: state.is_none(),
        has_mail: web.app.has_signal_mail(actor).await?,
        limit: match typed {
            Some(typed) => typed.to_owned(),
            None => written(t, web.app.chronic_share(actor).await?),
        },
        may_limit: actor.has(Right::WriteSurveys),
        errors,
        frame: Frame::new(signed, "overview", t.s("signals-title")),
    })
}

/// A share as one types it, in percent.
fn written(t: Text, share: Option<f64>) -> String {
    let percent = share.map(|share| 100.0 * share);
    percent.map_or_else(String::new, |percent| {
        let decimals = usize::from(percent.fract().abs() > 0.0);
        t.number(percent, decimals)
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
