//! What became of waves: lists, counts, invitations one by one.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right},
    outreach::{InvitationState, Wave, WaveState},
    shared::{ContactId, InvitationId, LocalDay, WaveId},
};
use peil_measure::{Level, proportion};
use peil_store::{
    Page, Session, StoreError,
    audience::{contacts, segments},
    jobs,
    outreach::{
        self,
        invitations::{self, WaveCounts},
        waves,
    },
    survey,
};

use super::{
    AddressedInvitation, DailySends, Halt, Sends, WaveDetails, WaveOverview,
    life::{asked_version, job_of},
};
use crate::{
    App, AppError,
    app::{day_of, demand},
};

impl App {
    /// Lists all waves, the newest first.
    pub async fn list_waves(&self, actor: &Actor) -> Result<Vec<WaveOverview>, AppError> {
        demand(actor, Right::ReadOutreach)?;
        let session = self.store.read(actor.workspace);
        let mut found = Vec::new();
        for wave in waves::list(&session).await? {
            found.push(overview(&session, wave).await?);
        }
        Ok(found)
    }

    /// Reads one wave.
    pub async fn get_wave(&self, actor: &Actor, id: WaveId) -> Result<WaveDetails, AppError> {
        demand(actor, Right::ReadOutreach)?;
        let session = self.store.read(actor.workspace);
        let wave = waves::find(&session, id).await?.ok_or(AppError::NotFound)?;
        let survey = survey::find(&session, wave.survey)
            .await?
            .ok_or(AppError::NotFound)?;
        let (_, languages) = asked_version(&session, &survey, Some(&wave)).await?;
        let waiting = if wave.state.is_under_way() {
            jobs::find_waiting(&session, job_of(id)).await?
        } else {
            None
        };
        let in_doubt = match wave.state {
            WaveState::Sending | WaveState::Sent => {
                outreach::in_doubt_count(&session, id, self.clock.now()).await?
            }
            _ => 0,
        };
        let goes_on_at = waiting
            .as_ref()
            .map(|job| job.run_at)
            .filter(|at| *at > self.clock.now());
        let halt = waiting
            .and_then(|job| job.last_error)
            .map(|text| Halt::read(&text));
        let overview = overview(&session, wave).await?;
        Ok(WaveDetails {
            overview,
            languages,
            halt,
            goes_on_at,
            in_doubt,
        })
    }

    /// Lists the invitations of a wave, those in one state or all.
    ///
    /// # Errors
    /// [`StoreError::BadCursor`] when `after` is no cursor of this list.
    pub async fn list_wave_invitations(
        &self,
        actor: &Actor,
        id: WaveId,
        state: Option<InvitationState>,
        after: Option<&str>,
        limit: u64,
    ) -> Result<Page<AddressedInvitation>, AppError> {
        demand(actor, Right::ReadOutreach)?;
        demand(actor, Right::ReadAudience)?;
        let session = self.store.read(actor.workspace);
        waves::find(&session, id).await?.ok_or(AppError::NotFound)?;
        let after: Option<InvitationId> = after
            .map(str::parse)
            .transpose()
            .map_err(|_| StoreError::BadCursor)?;
        let more = limit.saturating_add(1);
        let mut found = invitations::list_by_wave(&session, id, state, after, more).await?;
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_more = found.len() > most;
        found.truncate(most);
        let next = found
            .last()
            .filter(|_| has_more)
            .map(|last| last.id.to_string());
        let ids: Vec<ContactId> = found.iter().map(|invitation| invitation.contact).collect();
        let people = contacts::list_by_ids(&session, &ids).await?;
        let people: BTreeMap<ContactId, _> = people
            .into_iter()
            .map(|contact| (contact.id, contact))
            .collect();
        let items = found.into_iter().map(|invitation| {
            let contact = people.get(&invitation.contact);
            AddressedInvitation {
                name: contact.and_then(|contact| contact.name.clone()),
                email: contact
                    .and_then(|contact| contact.email.as_ref())
                    .map(ToString::to_string),
                invitation,
            }
        });
        Ok(Page {
            items: items.collect(),
            next,
        })
    }

    /// Whether mail can be sent at all.
    pub async fn has_mail_settings(&self, actor: &Actor) -> Result<bool, AppError> {
        demand(actor, Right::ReadOutreach)?;
        Ok(self.mail_settings(actor).await?.is_some())
    }

    /// Counts the mails that went out per day over the last `days` days; days without any are left
    /// out.
    pub async fn count_sends(&self, actor: &Actor, days: u16) -> Result<Sends, AppError> {
        demand(actor, Right::ReadOutreach)?;
        let workspace = self.workspace_of(actor).await?;
        let session = self.store.read(actor.workspace);
        let back = SignedDuration::from_hours(24 * (i64::from(days) + 1));
        let from = self
            .clock
            .now()
            .checked_sub(back)
            .unwrap_or(Timestamp::UNIX_EPOCH);
        let mut by_day: BTreeMap<LocalDay, u64> = BTreeMap::new();
        for (start, sent) in invitations::sent_per_quarter_hour(&session, from).await? {
            *by_day.entry(day_of(&workspace, start)).or_default() += sent;
        }
        let days = by_day
            .into_iter()
            .map(|(day, sent)| DailySends { day, sent });
        Ok(Sends {
            today: day_of(&workspace, self.clock.now()),
            days: days.collect(),
        })
    }
}

async fn overview(session: &impl Session, wave: Wave) -> Result<WaveOverview, AppError> {
    let survey = survey::find(session, wave.survey).await?;
    let segment_name = match wave.segment {
        Some(id) => segments::find(session, id)
            .await?
            .map(|segment| segment.name),
        None => None,
    };
    let counts = invitations::wave_counts(session, wave.id).await?;
    Ok(WaveOverview {
        response_rate: response_rate(&counts),
        survey_name: survey.map(|survey| survey.name).unwrap_or_default(),
        segment_name,
        counts,
        wave,
    })
}

/// Answered of those that the mail server took, or may have taken.
fn response_rate(counts: &WaveCounts) -> Option<f64> {
    let delivered = counts.sent + counts.unconfirmed;
    proportion(counts.answered.min(delivered), delivered, Level::default())
        .ok()?
        .share
}
