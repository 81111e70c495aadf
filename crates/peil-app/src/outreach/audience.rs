//! Walks through the people of a wave and says of each whether to ask.

use std::collections::BTreeSet;

use jiff::Timestamp;
use peil_domain::{
    audience::{Attribute, Contact, Filter},
    outreach::{AskPolicy, Decision, HeldBack, Wave, decide},
    shared::{ContactId, WaveId},
    survey::SurveyPurpose,
};
use peil_store::{
    Session,
    audience::{attributes, contacts},
    outreach::{histories, invitations},
    settings,
};

use super::start::recipients;
use crate::AppError;

/// Contacts in one step; when invitations are made, also in one transaction.
const STEP: u64 = 500;
/// Name of the settings that say how often one may be asked.
const ASKING: &str = "asking";

/// Where a contact stands in a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Has an invitation of this wave.
    Invited,
    /// May be asked.
    Asked,
    /// Is not asked now.
    HeldBack(HeldBack),
}

/// The people of a wave, step by step.
pub(super) struct Audience {
    wave: WaveId,
    filter: Filter,
    attributes: Vec<Attribute>,
    purpose: SurveyPurpose,
    policy: AskPolicy,
    now: Timestamp,
    after: Option<ContactId>,
    is_over: bool,
}

impl Audience {
    /// The people of `wave`, from the first one on.
    ///
    /// # Errors
    /// [`super::Blocker::SegmentGone`].
    pub(super) async fn of(
        session: &impl Session,
        wave: &Wave,
        purpose: SurveyPurpose,
        now: Timestamp,
    ) -> Result<Self, AppError> {
        Ok(Self {
            wave: wave.id,
            filter: recipients(session, wave).await?,
            attributes: attributes::list(session).await?,
            purpose,
            policy: settings::find(session, ASKING).await?.unwrap_or_default(),
            now,
            after: None,
            is_over: false,
        })
    }

    /// The same people, from the one behind `after` on.
    pub(super) fn behind(self, after: Option<ContactId>) -> Self {
        Self { after, ..self }
    }

    /// Whether everyone had a turn.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// The next people; nobody when everyone had a turn.
    pub(super) async fn next(
        &mut self,
        session: &impl Session,
    ) -> Result<Vec<(Contact, Standing)>, AppError> {
        if self.is_over {
            return Ok(Vec::new());
        }
        let people =
            contacts::list_from(session, &self.filter, &self.attributes, self.after, STEP).await?;
        self.after = people.last().map(|contact| contact.id);
        self.is_over = u64::try_from(people.len()).unwrap_or(0) < STEP;
        let ids: Vec<ContactId> = people.iter().map(|contact| contact.id).collect();
        let invited = invitations::invited_of(session, self.wave, &ids).await?;
        let others: Vec<ContactId> = ids.into_iter().filter(|id| !invited.contains(id)).collect();
        let histories = histories(session, &others, self.purpose).await?;
        let standing = |contact: &Contact, invited: &BTreeSet<ContactId>| {
            if invited.contains(&contact.id) {
                return Standing::Invited;
            }
            let history = histories.get(&contact.id).copied().unwrap_or_default();
            match decide(contact, &history, self.purpose, &self.policy, self.now) {
                Decision::Ask => Standing::Asked,
                Decision::HoldBack(why) => Standing::HeldBack(why),
            }
        };
        Ok(people
            .into_iter()
            .map(|contact| {
                let standing = standing(&contact, &invited);
                (contact, standing)
            })
            .collect())
    }
}
