//! Who hears of a signal: programs through events, people by one mail a day.

use jiff::{Timestamp, civil::Time};
use peil_domain::{
    access::{Actor, User},
    shared::{LocalDay, WorkspaceId},
    themes::{Signal, SignalState},
};
use peil_store::{
    Tx, access,
    results::{Event, SignalQuery, signals},
    settings,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    App, AppError,
    app::zone_of,
    ports::{Mail, MailContent, SignalLine, SmtpSettings},
    settings::message_id,
};

const MAILED: &str = "signals_mailed";
/// The mail of a day goes out from this hour on.
const HOUR: i8 = 7;
/// Most signals in one mail; the page has all of them.
const MOST_IN_MAIL: u64 = 20;

/// How far people have heard.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Mailed {
    /// The day of the last mail, or of the last look without one.
    day: Option<LocalDay>,
    /// Signals found until then are known.
    until: Option<Timestamp>,
}

impl App {
    /// Tells programs that listen, in the transaction in which the signal is written. The event is a
    /// `CloudEvent` 1.0; it says what is there and not what people wrote.
    pub(crate) async fn tell_programs(&self, tx: &Tx, signal: &Signal) -> Result<(), AppError> {
        let body = json!({
            "specversion": "1.0",
            "id": signal.id,
            "source": format!("{}/", self.public_url),
            "type": format!("peil.signal.{}", signal.kind),
            "subject": signal.subject,
            "time": signal.found_at.to_string(),
            "datacontenttype": "application/json",
            "data": {
                "signal": signal.id,
                "link": format!("{}/signals/{}", self.public_url, signal.id),
                "kind": signal.kind,
                "reason": signal.evidence.reason,
                "since": signal.evidence.since.map(|day| day.date().to_string()),
                "count": signal.evidence.count,
                "expected": signal.evidence.expected,
                "answers": signal.evidence.answers,
                "part": signal.evidence.part,
                "companions": signal.evidence.companions,
            },
        });
        let event = Event {
            id: signal.id.0,
            at: signal.found_at,
            body,
        };
        Ok(signals::tell(tx, &event).await?)
    }

    /// Sends the mail of today to those who want it, once, and not when there is nothing new.
    pub(crate) async fn mail_signals(&self, workspace: WorkspaceId) -> Result<(), AppError> {
        let actor = Actor::program(workspace);
        let house = self.workspace_of(&actor).await?;
        let now = self.clock.now().to_zoned(zone_of(&house));
        let today = LocalDay::from_date(now.date());
        let session = self.store.read(workspace);
        let mailed: Mailed = settings::find(&session, MAILED).await?.unwrap_or_default();
        if now.time() < Time::constant(HOUR, 0, 0, 0) || mailed.day >= Some(today) {
            return Ok(());
        }
        let wanted = self.signal_settings(&actor).await?.mail_to;
        let smtp = self.mail_settings(&actor).await?;
        let new = self.new_signals(&actor, mailed.until).await?;
        let names = self.theme_names(&session).await?;
        // Noted first: who hears nothing once is better off than who hears the same all day.
        let tx = self.store.begin(workspace).await?;
        let noted = Mailed {
            day: Some(today),
            until: Some(now.timestamp()),
        };
        settings::save(&tx, MAILED, &noted).await?;
        tx.commit().await?;
        let Some(smtp) = smtp.filter(|_| !new.is_empty() && !wanted.is_empty()) else {
            return Ok(());
        };
        for user in access::list_users(&session).await? {
            if wanted.contains(&user.id) && !user.is_blocked {
                let line = |signal: &Signal| SignalLine {
                    kind: signal.kind,
                    name: names.of_signal(signal, user.language),
                    link: format!("{}/signals/{}", self.public_url, signal.id),
                };
                let lines = new.iter().map(line).collect();
                self.mail_to(&smtp, &user, &house.name, lines).await;
            }
        }
        Ok(())
    }

    async fn new_signals(
        &self,
        actor: &Actor,
        until: Option<Timestamp>,
    ) -> Result<Vec<Signal>, AppError> {
        let query = SignalQuery {
            state: Some(SignalState::New),
            is_open: true,
            subject: None,
            after: None,
            limit: MOST_IN_MAIL,
        };
        let mut new = self.list_signals(actor, query).await?.items;
        new.retain(|signal| {
            signal.kind.is_told() && until.is_none_or(|until| signal.found_at > until)
        });
        Ok(new)
    }

    async fn mail_to(
        &self,
        smtp: &SmtpSettings,
        user: &User,
        organisation: &str,
        signals: Vec<SignalLine>,
    ) {
        let mail = Mail {
            message_id: message_id(smtp, &crate::secret::encode(&self.random::<16>())),
            to_address: user.email.to_string(),
            to_name: Some(user.name.clone()),
            language: user.language,
            content: MailContent::Signals {
                organisation: organisation.to_owned(),
                signals,
                page_link: format!("{}/signals", self.public_url),
            },
        };
        if let Err(error) = self.send_one(smtp, &mail).await {
            tracing::warn!(%error, "the mail with signals could not be sent");
        }
    }
}
