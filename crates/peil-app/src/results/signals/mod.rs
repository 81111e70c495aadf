//! Signals: what changed and needs a look, what people do with them, and who hears of them.

mod find;
mod names;
mod origins;
mod others;
mod parts;
mod shown;
mod tell;
mod themed;
mod together;
mod watched;

use peil_domain::{
    access::{Actor, Right},
    shared::SignalId,
    themes::{Signal, SignalState},
};
use peil_store::{Tx, results::signals, settings};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    App, AppError,
    app::{demand, given_reason},
};

pub use peil_store::results::{Event, SignalQuery};
pub use shown::{SignalFound, SignalQuote, SignalsFound};
pub use themed::ThemeVerdict;

pub(crate) use find::FIND_SIGNALS;

/// Most signals or events on a page.
const LARGEST_PAGE: u64 = 200;
/// What every answer has is nothing to be alarmed about.
const SHARES: std::ops::RangeInclusive<f64> = 0.001..=0.5;
const SETTINGS: &str = "signals";

/// How signals are found and told.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignalSettings {
    /// The share of answers from which on a theme is a lasting problem however long it has been so.
    pub chronic_share: Option<f64>,
    /// The people who get a mail on days with new signals.
    pub(crate) mail_to: Vec<peil_domain::shared::UserId>,
}

impl App {
    /// Notes that someone looked at a new signal.
    pub async fn see_signal(&self, actor: &Actor, id: SignalId) -> Result<Signal, AppError> {
        demand(actor, Right::ReadResults)?;
        self.handle(actor, id, "signal.seen", |signal| {
            if signal.state == SignalState::New {
                signal.state = SignalState::Seen;
            }
        })
        .await
    }

    /// Takes a signal on.
    pub async fn accept_signal(&self, actor: &Actor, id: SignalId) -> Result<Signal, AppError> {
        demand(actor, Right::WriteSurveys)?;
        self.handle(actor, id, "signal.accepted", |signal| {
            signal.state = SignalState::Accepted;
            signal.dismissed_because = None;
            signal.handled_by = actor.user;
        })
        .await
    }

    /// Says that a signal needs nothing, and why.
    pub async fn dismiss_signal(
        &self,
        actor: &Actor,
        id: SignalId,
        because: &str,
    ) -> Result<Signal, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let because = given_reason(because)?;
        self.handle(actor, id, "signal.dismissed", |signal| {
            signal.state = SignalState::Dismissed;
            signal.dismissed_because = Some(because.to_owned());
            signal.handled_by = actor.user;
        })
        .await
    }

    async fn handle(
        &self,
        actor: &Actor,
        id: SignalId,
        event: &str,
        change: impl FnOnce(&mut Signal) + Send,
    ) -> Result<Signal, AppError> {
        let tx = self.store.begin(actor.workspace).await?;
        let before = signals::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            after.changed_at = self.clock.now();
            signals::save(&tx, &after).await?;
            self.record(&tx, actor, event, id, serde_json::Value::Null)
                .await?;
        }
        tx.commit().await?;
        Ok(after)
    }

    /// Whether someone gets a mail on days with new signals.
    pub async fn has_signal_mail(&self, actor: &Actor) -> Result<bool, AppError> {
        demand(actor, Right::ReadResults)?;
        let found = self.signal_settings(actor).await?;
        Ok(actor.user.is_some_and(|user| found.mail_to.contains(&user)))
    }

    /// Says whether one wants a mail on days with new signals.
    pub async fn set_signal_mail(&self, actor: &Actor, is_wanted: bool) -> Result<(), AppError> {
        demand(actor, Right::ReadResults)?;
        let user = actor.user.ok_or(AppError::NotFound)?;
        let tx = self.store.begin(actor.workspace).await?;
        let mut found: SignalSettings = settings::find(&tx, SETTINGS).await?.unwrap_or_default();
        found.mail_to.retain(|known| *known != user);
        if is_wanted {
            found.mail_to.push(user);
        }
        self.save_signal_settings(&tx, actor, &found).await?;
        Ok(tx.commit().await?)
    }

    /// From which share of answers on complaints about a theme are a lasting problem however long it has
    /// been so; absent when the organisation set none.
    pub async fn chronic_share(&self, actor: &Actor) -> Result<Option<f64>, AppError> {
        demand(actor, Right::ReadResults)?;
        Ok(self.signal_settings(actor).await?.chronic_share)
    }

    /// Sets that share, a fraction from 0.001 to 0.5; nothing takes it away.
    pub async fn set_chronic_share(
        &self,
        actor: &Actor,
        share: Option<f64>,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteSurveys)?;
        if share.is_some_and(|share| !SHARES.contains(&share)) {
            return Err(AppError::Invalid {
                field: "chronic_share",
                code: "share_out_of_range",
            });
        }
        let tx = self.store.begin(actor.workspace).await?;
        let mut found: SignalSettings = settings::find(&tx, SETTINGS).await?.unwrap_or_default();
        found.chronic_share = share;
        self.save_signal_settings(&tx, actor, &found).await?;
        Ok(tx.commit().await?)
    }

    /// Lists what was told to programs that listen, the oldest first, after an event.
    pub async fn list_events(
        &self,
        actor: &Actor,
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<Event>, AppError> {
        demand(actor, Right::ReadResults)?;
        let session = self.store.read(actor.workspace);
        Ok(signals::list_events(&session, after, limit.clamp(1, LARGEST_PAGE)).await?)
    }

    pub(crate) async fn signal_settings(&self, actor: &Actor) -> Result<SignalSettings, AppError> {
        let session = self.store.read(actor.workspace);
        Ok(settings::find(&session, SETTINGS)
            .await?
            .unwrap_or_default())
    }

    async fn save_signal_settings(
        &self,
        tx: &Tx,
        actor: &Actor,
        changed: &SignalSettings,
    ) -> Result<(), AppError> {
        settings::save(tx, SETTINGS, changed).await?;
        let details =
            serde_json::json!({ "people": changed.mail_to.len(), "share": changed.chronic_share });
        let subject = actor.workspace;
        self.record(tx, actor, "settings.signals_changed", subject, details)
            .await
    }
}
