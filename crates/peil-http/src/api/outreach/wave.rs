//! Making, reading and writing waves.

use std::collections::BTreeMap;

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use peil_app::{
    AppError,
    outreach::{NewWave, WaveChange, WaveOverview},
};
use peil_domain::{
    outreach::Wave,
    shared::{Language, Localized, WaveId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Web,
    api::{
        body::{At, Body, ListOf, Outcome},
        caller::Caller,
        refusals::{Reading, Writing},
    },
};

/// A wave.
#[derive(Serialize, ToSchema)]
pub(super) struct WaveView {
    /// Identifier.
    id: Uuid,
    /// Name for colleagues.
    name: String,
    /// The questionnaire.
    survey: Uuid,
    /// The version that is asked, fixed when it was started; absent before.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Uuid>,
    /// Who is asked; everyone when absent.
    segment: Option<Uuid>,
    /// `draft`, `preparing` (invitations are being made, no mail has gone out), `sending`, `sent` or
    /// `stopped`.
    state: &'static str,
    /// Subject of the mail by language.
    subject: BTreeMap<String, String>,
    /// Opening text of the mail by language.
    message: BTreeMap<String, String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was started.
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Timestamp>,
    /// When the last mail had its turn, or someone stopped it.
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
}

impl From<Wave> for WaveView {
    fn from(wave: Wave) -> Self {
        Self {
            id: wave.id.0,
            name: wave.name,
            survey: wave.survey.0,
            version: wave.version.map(|id| id.0),
            segment: wave.segment.map(|id| id.0),
            state: wave.state.code(),
            subject: by_language(&wave.subject),
            message: by_language(&wave.message),
            created_at: wave.created_at,
            started_at: wave.started_at,
            finished_at: wave.finished_at,
        }
    }
}

/// A wave with what became of its invitations.
#[derive(Serialize, ToSchema)]
pub(super) struct CountedWave {
    /// The wave.
    #[serde(flatten)]
    wave: WaveView,
    /// Wait for their turn.
    queued: u64,
    /// Are with the mail server at this moment.
    handing_over: u64,
    /// Taken by the mail server.
    sent: u64,
    /// May have arrived; only sent again when a person says so.
    unconfirmed: u64,
    /// Refused for good.
    failed: u64,
    /// Taken back.
    cancelled: u64,
    /// Answered.
    answered: u64,
    /// Answered of those sent or unconfirmed, 0 to 1; absent when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    response_rate: Option<f64>,
}

impl From<WaveOverview> for CountedWave {
    fn from(found: WaveOverview) -> Self {
        let counts = found.counts;
        Self {
            wave: found.wave.into(),
            queued: counts.queued,
            handing_over: counts.handing_over,
            sent: counts.sent,
            unconfirmed: counts.unconfirmed,
            failed: counts.failed,
            cancelled: counts.cancelled,
            answered: counts.answered,
            response_rate: found.response_rate,
        }
    }
}

/// A wave with why its sending waits.
#[derive(Serialize, ToSchema)]
pub(super) struct WaveDetailsView {
    /// The wave.
    #[serde(flatten)]
    wave: CountedWave,
    /// Languages in which texts are needed.
    #[schema(value_type = Vec<String>)]
    languages: Vec<Language>,
    /// `unreachable`, `settings`, `not_configured`, `survey_closed` or `failed`; absent when
    /// nothing holds it up.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<&'static str>,
    /// Of those unconfirmed: not answered, still valid and not opted out. `resend_wave` sends these
    /// again.
    in_doubt: u64,
    /// What the mail server said.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// When sending goes on, when it waits.
    #[schema(value_type = Option<String>, format = DateTime)]
    goes_on_at: Option<Timestamp>,
}

/// A wave to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WaveInput {
    /// The questionnaire.
    survey: Uuid,
    /// Who is asked; everyone when absent.
    segment: Option<Uuid>,
    /// Name for colleagues.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
}

/// What a wave becomes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WaveChangeInput {
    /// Name for colleagues.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Who is asked; everyone when absent.
    segment: Option<Uuid>,
    /// Subject of the mail by language. `{{name}}` and `{{organisation}}` are filled in.
    subject: BTreeMap<String, String>,
    /// Opening text of the mail by language, likewise.
    message: BTreeMap<String, String>,
}

fn by_language(text: &Localized) -> BTreeMap<String, String> {
    let texts = Language::ALL.into_iter();
    let texts = texts.filter_map(|one| Some((one.to_string(), text.exact(one)?.to_owned())));
    texts.collect()
}

fn localized(field: &'static str, texts: BTreeMap<String, String>) -> Result<Localized, AppError> {
    let mut text = Localized::default();
    for (language, words) in texts {
        let known = Language::ALL
            .into_iter()
            .find(|known| known.code() == language);
        text.set(
            known.ok_or(AppError::Invalid {
                field,
                code: "unknown",
            })?,
            words,
        );
    }
    Ok(text)
}

/// Lists all waves, the newest first.
#[utoipa::path(get, path = "/waves", operation_id = "list_waves", tag = "outreach",
    responses((status = 200, body = ListOf<CountedWave>), Reading))]
pub(super) async fn list_waves(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<ListOf<CountedWave>>> {
    let found = web.app.list_waves(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(ListOf {
        items: found.into_iter().map(CountedWave::from).collect(),
        next: None,
    }))
}

/// Makes a wave with texts to start with. Nothing is sent.
#[utoipa::path(post, path = "/waves", operation_id = "create_wave", tag = "outreach",
    request_body = WaveInput,
    responses((status = 201, body = WaveView), Writing))]
pub(super) async fn create_wave(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<WaveInput>,
) -> Outcome<(StatusCode, Json<WaveView>)> {
    let input = NewWave {
        survey: peil_domain::shared::SurveyId(body.survey),
        segment: body.segment.map(peil_domain::shared::SegmentId),
        name: body.name,
    };
    let made = web.app.create_wave(&caller.identity.actor, input).await;
    let made = made.map_err(|error| caller.problem(&error))?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Reads a wave.
#[utoipa::path(get, path = "/waves/{id}", operation_id = "get_wave", tag = "outreach",
    params(("id" = Uuid, Path, description = "The wave")),
    responses((status = 200, body = WaveDetailsView), Reading))]
pub(super) async fn get_wave(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<WaveId>,
) -> Outcome<Json<WaveDetailsView>> {
    let found = web.app.get_wave(&caller.identity.actor, id).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(WaveDetailsView {
        wave: found.overview.into(),
        languages: found.languages,
        in_doubt: found.in_doubt,
        waits_for: found.halt.as_ref().map(|halt| halt.reason.code()),
        detail: found
            .halt
            .map(|halt| halt.detail)
            .filter(|detail| !detail.is_empty()),
        goes_on_at: found.goes_on_at,
    }))
}

/// Changes name, recipients and texts of a wave that was not started.
#[utoipa::path(put, path = "/waves/{id}", operation_id = "update_wave", tag = "outreach",
    params(("id" = Uuid, Path, description = "The wave")),
    request_body = WaveChangeInput,
    responses((status = 200, body = WaveView), Writing))]
pub(super) async fn update_wave(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<WaveId>,
    Body(body): Body<WaveChangeInput>,
) -> Outcome<Json<WaveView>> {
    let read = |field, texts| localized(field, texts).map_err(|error| caller.problem(&error));
    let change = WaveChange {
        name: body.name,
        segment: body.segment.map(peil_domain::shared::SegmentId),
        subject: read("subject", body.subject)?,
        message: read("message", body.message)?,
    };
    let changed = web
        .app
        .update_wave(&caller.identity.actor, id, change)
        .await;
    Ok(Json(
        changed.map_err(|error| caller.problem(&error))?.into(),
    ))
}
