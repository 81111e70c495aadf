//! The page of one person: what is known, what happened, and whether to ask now.

use std::collections::{BTreeMap, btree_map::Entry};

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, Right},
    audience::{Account, Contact},
    outreach::{Decision, History, InvitationState, decide},
    response::{AnswerValue, Response},
    shared::{ContactId, ResponseId, SurveyId, VersionId},
    survey::{Definition, ScoreScale, SurveyPurpose},
};
use peil_store::{
    Read,
    audience::{accounts, contacts},
    outreach, response, survey,
};

use crate::{
    App, AppError,
    app::demand,
    themes::{sees_personal_data, without_personal_data},
};

/// Most invitations and most answers on the page of a person.
const MOST: u64 = 100;

/// A contact with everything that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactHistory {
    /// The contact.
    pub contact: Contact,
    /// The organisation that the contact works for.
    pub account: Option<Account>,
    /// What happened, the newest first; only as far as the reader may see it.
    pub moments: Vec<Moment>,
    /// Whether this contact may be asked now, for each kind of questionnaire.
    pub decisions: Vec<(SurveyPurpose, Decision)>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: MomentKind,
}

/// What can happen with a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MomentKind {
    /// The contact was added.
    Added,
    /// The contact wanted no more invitations.
    OptedOut,
    /// The contact was invited.
    Invited {
        /// Name of the questionnaire.
        survey: String,
        /// What became of the mail.
        state: InvitationState,
    },
    /// The contact answered.
    Answered {
        /// The submission.
        response: ResponseId,
        /// Name of the questionnaire.
        survey: String,
        /// The first score given, with its scale.
        score: Option<(i32, ScoreScale)>,
        /// The first words written.
        words: Option<String>,
    },
}

impl App {
    /// Reads a contact with everything that happened.
    pub async fn get_contact(
        &self,
        actor: &Actor,
        id: ContactId,
    ) -> Result<ContactHistory, AppError> {
        demand(actor, Right::ReadAudience)?;
        let session = self.store.read(actor.workspace);
        let contact = contacts::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let account = match contact.account {
            Some(id) => accounts::find(&session, id).await?,
            None => None,
        };
        let mut moments = self.moments(&session, actor, &contact).await?;
        moments.sort_by_key(|moment| std::cmp::Reverse(moment.at));
        let policy = self
            .get_ask_policy(&Actor::program(actor.workspace))
            .await?;
        let mut decisions = Vec::new();
        for purpose in [SurveyPurpose::Relational, SurveyPurpose::Transactional] {
            let histories = outreach::histories(&session, &[id], purpose).await?;
            let history = histories.get(&id).copied().unwrap_or(History::default());
            let decision = decide(&contact, &history, purpose, &policy, self.clock.now());
            decisions.push((purpose, decision));
        }
        Ok(ContactHistory {
            contact,
            account,
            moments,
            decisions,
        })
    }

    async fn moments(
        &self,
        session: &Read,
        actor: &Actor,
        contact: &Contact,
    ) -> Result<Vec<Moment>, AppError> {
        let surveys: BTreeMap<SurveyId, String> = survey::list(session)
            .await?
            .into_iter()
            .map(|one| (one.id, one.name))
            .collect();
        let name = |id: SurveyId| surveys.get(&id).cloned().unwrap_or_default();
        let mut moments = Vec::new();
        if let Some(at) = contact.opted_out_at {
            moments.push(Moment {
                at,
                kind: MomentKind::OptedOut,
            });
        }
        if actor.has(Right::ReadOutreach) {
            let found = outreach::invitations::list_by_contact(session, contact.id, MOST).await?;
            moments.extend(found.into_iter().map(|invitation| Moment {
                at: invitation.sent_at.unwrap_or(invitation.created_at),
                kind: MomentKind::Invited {
                    survey: name(invitation.survey),
                    state: invitation.state,
                },
            }));
        }
        if actor.has(Right::ReadResponses) {
            let mut versions: BTreeMap<VersionId, Option<Definition>> = BTreeMap::new();
            for response in response::list_by_contact(session, contact.id, MOST).await? {
                if let Entry::Vacant(place) = versions.entry(response.version) {
                    let found = survey::find_version(session, response.version).await?;
                    place.insert(found.map(|version| version.definition));
                }
                let definition = versions.get(&response.version).and_then(Option::as_ref);
                let kind = MomentKind::Answered {
                    response: response.id,
                    survey: name(response.survey),
                    score: definition.and_then(|definition| first_score(&response, definition)),
                    words: first_words(&response).map(|words| {
                        if sees_personal_data(actor) {
                            words.to_owned()
                        } else {
                            without_personal_data(words)
                        }
                    }),
                };
                moments.push(Moment {
                    at: response.submitted_at,
                    kind,
                });
            }
        }
        // Last, so that it stays the oldest among those of the same moment.
        moments.push(Moment {
            at: contact.created_at,
            kind: MomentKind::Added,
        });
        Ok(moments)
    }
}

/// The answer to the first question of a definition that asks for a score.
fn first_score(response: &Response, definition: &Definition) -> Option<(i32, ScoreScale)> {
    definition.items().find_map(|item| {
        let scale = item.scale?;
        let answer = response
            .answers
            .iter()
            .find(|answer| answer.key == *item.key)?;
        let AnswerValue::Score(score) = answer.value else {
            return None;
        };
        Some((score, scale))
    })
}

fn first_words(response: &Response) -> Option<&str> {
    response
        .answers
        .iter()
        .find_map(|answer| match &answer.value {
            AnswerValue::Text(words) => Some(words.as_str()),
            _ => None,
        })
}
