//! Every wave, and when mails went out.

use askama::Template;
use axum::{extract::State, response::Response};
use jiff::tz::TimeZone;
use peil_app::outreach::WaveOverview;
use peil_domain::access::Right;

use super::{
    calendar::{self, Picture},
    percent, state_words,
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "outreach/list.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    may_edit: bool,
    may_set: bool,
    has_mail: bool,
    rows: Vec<Row>,
    calendar: Option<Picture>,
}

/// A wave in the list.
struct Row {
    id: String,
    name: String,
    note: String,
    state_class: &'static str,
    state: String,
    started: Option<String>,
    sent: String,
    answered: String,
    rate: Option<String>,
}

impl Row {
    fn of(found: &WaveOverview, zone: &TimeZone, t: Text) -> Self {
        let wave = &found.wave;
        let (state_class, state) = state_words(wave.state, t);
        let segment = found
            .segment_name
            .clone()
            .unwrap_or_else(|| t.s("outreach-everyone"));
        let counts = &found.counts;
        Self {
            id: wave.id.to_string(),
            name: wave.name.clone(),
            note: format!("{} · {segment}", found.survey_name),
            state_class,
            state,
            started: wave.started_at.map(|at| t.day(at, zone)),
            sent: t.count(counts.sent + counts.unconfirmed),
            answered: t.count(counts.answered),
            rate: percent(found.response_rate, t),
        }
    }
}

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let (actor, t) = (&signed.identity.actor, signed.text);
    let waves = web.app.list_waves(actor).await?;
    let sends = web.app.count_sends(actor, calendar::DAYS).await?;
    let zone = &signed.zone;
    page(&ListPage {
        t,
        may_edit: actor.has(Right::WriteOutreach),
        may_set: actor.has(Right::WriteSettings),
        has_mail: web.app.has_mail_settings(actor).await?,
        rows: waves.iter().map(|wave| Row::of(wave, zone, t)).collect(),
        calendar: (!sends.days.is_empty()).then(|| calendar::draw(&sends, t)),
        frame: Frame::new(&signed, "outreach", t.s("nav-outreach")),
    })
}
