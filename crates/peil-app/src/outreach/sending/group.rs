//! One group of mails over as many connections: offered, marked on disk, handed over, marked again.

use futures::future::join_all;
use jiff::SignedDuration;
use peil_domain::{
    outreach::WaveState,
    shared::{InvitationId, WaveId},
};
use peil_store::{
    Tx,
    jobs::Job,
    outreach::{self, waves},
};

use super::super::{HaltReason, letter::Letter};
use crate::{
    App, AppError,
    ports::{Mail, MailConnection, MailError, Mailer, SmtpSettings},
};

/// How often a mail is tried that the server refuses for now.
const MOST_ATTEMPTS: i32 = 8;
/// Minutes before a mail is tried again that the server refused for now; doubles every time.
const FIRST_WAIT_MINUTES: i64 = 5;
/// Longest text that is kept of what a server says.
const LONGEST_REASON: usize = 300;

/// One mail to be sent.
pub(super) struct Outgoing {
    pub(super) id: InvitationId,
    pub(super) attempts: i32,
    pub(super) mail: Mail,
}

/// Everything that sending needs.
pub(super) struct Dispatch {
    pub(super) letter: Letter,
    pub(super) settings: SmtpSettings,
    connections: Vec<Slot>,
}

/// Room for a connection.
type Slot = Option<Box<dyn MailConnection>>;

/// What to do after a group.
pub(super) enum Round {
    /// The next group.
    GoOn,
    /// Something changed meanwhile: read again what is due.
    LookAgain,
    /// The job is another's by now.
    Lost,
    /// Wait.
    Halt(HaltReason, String),
}

impl Dispatch {
    pub(super) fn new(letter: Letter, settings: SmtpSettings, width: usize) -> Self {
        Self {
            letter,
            settings,
            connections: (0..width).map(|_| None).collect(),
        }
    }

    /// How many mails make a group.
    pub(super) fn width(&self) -> usize {
        self.connections.len()
    }

    /// Forgets every connection. In the middle of a mail the server then throws it away.
    fn hang_up(&mut self) {
        self.connections.iter_mut().for_each(|slot| *slot = None);
    }

    /// Says goodbye to the server.
    pub(super) async fn close(self) {
        join_all(
            self.connections
                .into_iter()
                .flatten()
                .map(MailConnection::close),
        )
        .await;
    }

    /// A server that refuses some of the connections gets no more than it takes.
    fn narrow(&mut self) {
        let open = self
            .connections
            .iter()
            .filter(|slot| slot.is_some())
            .count();
        if open > 0 {
            self.connections.retain(Option::is_some);
        }
    }
}

impl App {
    /// Sends one group, of at most [`Dispatch::width`] mails.
    pub(super) async fn send_group(
        &self,
        job: &Job,
        dispatch: &mut Dispatch,
        group: Vec<Outgoing>,
    ) -> Result<Round, AppError> {
        let Dispatch {
            settings,
            connections,
            letter,
        } = dispatch;
        let wave = letter.wave.id;
        let (mailer, settings) = (self.mailer.as_ref(), &*settings);
        let offers = connections
            .iter_mut()
            .zip(&group)
            .map(|(slot, outgoing)| async move {
                (
                    offer(mailer, settings, slot, &outgoing.mail).await,
                    outgoing,
                )
            });
        let offers = join_all(offers).await;
        let mut halt = None;
        let mut offered = Vec::new();
        let tx = self.store.begin(job.workspace).await?;
        let is_sending = self.is_being_sent(&tx, wave).await?;
        for (outcome, outgoing) in &offers {
            match outcome {
                Ok(()) => offered.push(outgoing.id),
                Err(MailError::Unreachable(why)) => halt = Some((HaltReason::Unreachable, why)),
                Err(MailError::Settings(why)) => halt = Some((HaltReason::Settings, why)),
                Err(refusal) => {
                    self.note_refusal(&tx, outgoing, refusal, is_sending)
                        .await?;
                }
            }
        }
        if !self.holds(&tx, job).await? {
            drop(tx);
            dispatch.hang_up();
            return Ok(Round::Lost);
        }
        let marked = outreach::mark_handing_over(&tx, &offered).await?;
        if !is_sending || marked != u64::try_from(offered.len()).unwrap_or(u64::MAX) {
            // Someone stopped the wave or opted out after these were read: none of them goes out
            // before they are read again.
            drop(tx);
            dispatch.hang_up();
            return Ok(Round::LookAgain);
        }
        tx.commit().await?;

        let is_offered: Vec<bool> = offers.iter().map(|(outcome, _)| outcome.is_ok()).collect();
        let halt = halt.map(|(reason, why)| (reason, why.clone()));
        drop(offers);
        let handed = dispatch.connections.iter_mut().zip(&group).zip(is_offered);
        let handed = handed
            .filter(|(_, is_offered)| *is_offered)
            .map(|((slot, outgoing), _)| async move { (hand_over(slot).await, outgoing) });
        let outcomes = join_all(handed).await;
        self.note_outcomes(job, wave, &outcomes).await?;
        drop(outcomes);
        match halt {
            Some((reason, why)) if offered.is_empty() => Ok(Round::Halt(reason, shorten(&why))),
            Some(_) => {
                dispatch.narrow();
                Ok(Round::LookAgain)
            }
            None => Ok(Round::GoOn),
        }
    }

    /// Whether a wave is being sent; it stays so until the transaction ends.
    async fn is_being_sent(&self, tx: &Tx, wave: WaveId) -> Result<bool, AppError> {
        let wave = waves::lock(tx, wave).await?;
        Ok(wave.is_some_and(|wave| wave.state == WaveState::Sending))
    }

    /// Writes down what the server said to the texts.
    async fn note_outcomes(
        &self,
        job: &Job,
        wave: WaveId,
        outcomes: &[(Result<(), MailError>, &Outgoing)],
    ) -> Result<(), AppError> {
        if outcomes.is_empty() {
            return Ok(());
        }
        let tx = self.store.begin(job.workspace).await?;
        let is_sending = self.is_being_sent(&tx, wave).await?;
        // Who took the job over may be handing these over again because a person said so.
        let is_held = self.holds(&tx, job).await?;
        let mut sent = Vec::new();
        for (outcome, outgoing) in outcomes {
            match outcome {
                Ok(()) => sent.push(outgoing.id),
                Err(_) if !is_held => {}
                Err(refusal @ (MailError::Transient(_) | MailError::Permanent(_))) => {
                    self.note_refusal(&tx, outgoing, refusal, is_sending)
                        .await?;
                }
                // The connection broke while the server had the text: it may have kept it.
                Err(other) => {
                    let why = shorten(&other.to_string());
                    outreach::mark_unconfirmed(&tx, &[outgoing.id], &why).await?;
                }
            }
        }
        outreach::mark_sent(&tx, &sent, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Writes down that the server did not want a mail: for now, or for good.
    async fn note_refusal(
        &self,
        tx: &Tx,
        outgoing: &Outgoing,
        refusal: &MailError,
        is_sending: bool,
    ) -> Result<(), AppError> {
        let why = shorten(&refusal.to_string());
        let is_for_now = matches!(refusal, MailError::Transient(_));
        if is_for_now && !is_sending {
            // Nothing of a wave that was stopped waits for another try.
            return Ok(outreach::mark_cancelled(tx, &[outgoing.id], &why).await?);
        }
        if is_for_now && outgoing.attempts + 1 < MOST_ATTEMPTS {
            let times = u32::try_from(outgoing.attempts).unwrap_or(0);
            let wait =
                SignedDuration::from_mins(FIRST_WAIT_MINUTES.saturating_mul(1 << times.min(6)));
            let due_at = self
                .clock
                .now()
                .checked_add(wait)
                .unwrap_or(jiff::Timestamp::MAX);
            return Ok(outreach::mark_retry(tx, outgoing.id, due_at, &why).await?);
        }
        Ok(outreach::mark_failed(tx, outgoing.id, &why).await?)
    }
}

/// Offers a mail over the connection in `slot`, which is opened when there is none. A connection
/// that the server closed while it was idle is opened again once.
async fn offer(
    mailer: &dyn Mailer,
    settings: &SmtpSettings,
    slot: &mut Slot,
    mail: &Mail,
) -> Result<(), MailError> {
    let was_open = slot.is_some();
    match offer_once(mailer, settings, slot, mail).await {
        Err(MailError::Unreachable(_)) if was_open => {
            offer_once(mailer, settings, slot, mail).await
        }
        outcome => outcome,
    }
}

async fn offer_once(
    mailer: &dyn Mailer,
    settings: &SmtpSettings,
    slot: &mut Slot,
    mail: &Mail,
) -> Result<(), MailError> {
    let mut connection = match slot.take() {
        Some(connection) => connection,
        // A greeting with "not now" is about the connection, not about this mail.
        None => mailer
            .connect(settings)
            .await
            .map_err(|error| match error {
                MailError::Transient(why) => MailError::Unreachable(why),
                MailError::Permanent(why) => MailError::Settings(why),
                other => other,
            })?,
    };
    let outcome = connection.offer(mail).await;
    if !matches!(
        outcome,
        Err(MailError::Unreachable(_) | MailError::Settings(_))
    ) {
        *slot = Some(connection);
    }
    outcome
}

async fn hand_over(slot: &mut Slot) -> Result<(), MailError> {
    let Some(mut connection) = slot.take() else {
        return Err(MailError::Unreachable("connection lost".to_owned()));
    };
    let outcome = connection.hand_over().await;
    if !matches!(
        outcome,
        Err(MailError::Unreachable(_) | MailError::Settings(_))
    ) {
        *slot = Some(connection);
    }
    outcome
}

fn shorten(text: &str) -> String {
    text.chars()
        .filter(|c| *c != '\0')
        .take(LONGEST_REASON)
        .collect()
}
