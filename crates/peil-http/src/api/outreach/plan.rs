//! Before sending: who gets the mail and what it looks like.

use axum::{Json, extract::State};
use jiff::Timestamp;
use peil_app::outreach::{HeldGroup, WavePlan};
use peil_domain::shared::{Language, WaveId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    Web,
    api::{
        body::{Asked, At, Outcome},
        caller::Caller,
        refusals::Reading,
    },
};

/// Who gets the mail of a wave, and who does not.
#[derive(Serialize, ToSchema)]
pub(super) struct PlanView {
    /// Everyone in the segment.
    selected: u64,
    /// Those who get the mail, or have it.
    allowed: u64,
    /// The others by reason.
    held: Vec<HeldView>,
    /// Fewest answers to count on.
    expected_fewest: u64,
    /// Most answers to count on.
    expected_most: u64,
    /// Half the width of the 95 % interval of the NPS in points, with the fewest answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    nps_margin: Option<f64>,
    /// Words of offers and prizes in the texts, which do not belong in research.
    #[schema(value_type = Vec<String>)]
    offer_words: Vec<&'static str>,
    /// What is missing before it can start: `survey_not_live`, `segment_gone`, `no_mail_settings`,
    /// `text_missing` or `nobody_to_ask`.
    #[schema(value_type = Vec<String>)]
    blockers: Vec<&'static str>,
}

/// People who do not get the mail, for one reason.
#[derive(Serialize, ToSchema)]
pub(super) struct HeldView {
    /// `opted_out`, `no_address`, `invited_recently` or `answered_recently`.
    reason: &'static str,
    /// How many.
    count: u64,
    /// The first few.
    contacts: Vec<Uuid>,
    /// From when on the first of them may be asked again.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_until: Option<Timestamp>,
    /// From when on all of them may be asked again.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_until: Option<Timestamp>,
}

impl From<HeldGroup> for HeldView {
    fn from(group: HeldGroup) -> Self {
        Self {
            reason: group.reason.code(),
            count: group.count,
            contacts: group.people.iter().map(|person| person.id.0).collect(),
            first_until: group.first_until,
            last_until: group.last_until,
        }
    }
}

impl From<WavePlan> for PlanView {
    fn from(plan: WavePlan) -> Self {
        Self {
            selected: plan.selected,
            allowed: plan.allowed,
            held: plan.held.into_iter().map(HeldView::from).collect(),
            expected_fewest: plan.expected.fewest,
            expected_most: plan.expected.most,
            nps_margin: plan.expected.nps_margin,
            offer_words: plan.offer_words,
            blockers: plan.blockers.iter().map(|blocker| blocker.code()).collect(),
        }
    }
}

/// A mail as its recipients see it.
#[derive(Serialize, ToSchema)]
pub(super) struct MailView {
    /// Subject line.
    subject: String,
    /// The plain-text part.
    text: String,
    /// The HTML part.
    html: String,
}

/// Which language is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct InLanguage {
    /// `nl` or `en`; the organisation's own when absent.
    #[param(value_type = Option<String>)]
    pub(super) language: Option<Language>,
}

/// Shows who would get the mail of a wave now, who would not and why, and what to expect.
#[utoipa::path(get, path = "/waves/{id}/plan", operation_id = "plan_wave", tag = "outreach",
    params(("id" = Uuid, Path, description = "The wave")),
    responses((status = 200, body = PlanView), Reading))]
pub(super) async fn plan_wave(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<WaveId>,
) -> Outcome<Json<PlanView>> {
    let plan = web.app.plan_wave(&caller.identity.actor, id).await;
    Ok(Json(plan.map_err(|error| caller.problem(&error))?.into()))
}

/// Shows the mail of a wave.
#[utoipa::path(get, path = "/waves/{id}/mail", operation_id = "preview_wave", tag = "outreach",
    params(("id" = Uuid, Path, description = "The wave"), InLanguage),
    responses((status = 200, body = MailView), Reading))]
pub(super) async fn preview_wave(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<WaveId>,
    Asked(asked): Asked<InLanguage>,
) -> Outcome<Json<MailView>> {
    let mail = web
        .app
        .preview_wave(&caller.identity.actor, id, asked.language)
        .await;
    let mail = mail.map_err(|error| caller.problem(&error))?;
    Ok(Json(MailView {
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
    }))
}
