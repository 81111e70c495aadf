//! Takes answers in.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, Right},
    outreach::{Channel, Invitation},
    response::{
        Answer, AnswerValue, Completion, Flag, Flow, RawAnswers, Response, field_names, flags,
    },
    shared::{
        ContactId, Language, QuestionKey, ResponseId, Slug, SurveyId, VersionId, WorkspaceId,
    },
    survey::Definition,
};
use peil_store::{Submitted, audience::contacts, response::Circumstances};

use super::{
    CollectError, Form, OpenSurvey, Sent,
    form::FormToken,
    open::{respondent_of, stranger},
};
use crate::{
    App, AppError,
    app::{day_of, demand, new_id},
};

/// What a respondent sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The token of the form.
    pub form: String,
    /// The fields.
    pub answers: RawAnswers,
    /// Language in which it was shown.
    pub language: Language,
    /// Channel, for a public link.
    pub channel: Channel,
    /// Whether the field that people cannot see was filled in.
    pub robot_field_filled: bool,
}

/// What a program sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiSubmission {
    /// Identifier that makes repeating it harmless; a new one when absent.
    pub id: Option<ResponseId>,
    /// The fields.
    pub answers: RawAnswers,
    /// Language in which it was answered; the questionnaire's first one when absent.
    pub language: Option<Language>,
    /// External identifier of the customer, when known.
    pub contact: Option<String>,
    /// When it was answered; now when absent.
    pub submitted_at: Option<Timestamp>,
}

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Identifier of the response.
    pub id: ResponseId,
    /// Whether it was stored before.
    pub is_duplicate: bool,
    /// The quota that was full, so that it was kept without counting.
    pub over_quota: Option<QuestionKey>,
}

impl App {
    /// Takes the answers of a public link in. They are on disk when this returns.
    pub async fn submit_public(
        &self,
        slug: &Slug,
        submission: Submission,
    ) -> Result<Accepted, AppError> {
        let open = self.public_survey(slug).await?;
        let (draft, beside, sent) = self.read_submission(&open, None, &submission, None).await?;
        let draft = Response {
            channel: submission.channel,
            ..draft
        };
        self.store_sent(draft, beside, sent).await
    }

    /// Takes the answers of a personal link in. They are on disk when this returns.
    pub async fn submit_personal(
        &self,
        token: &str,
        submission: Submission,
    ) -> Result<Accepted, AppError> {
        let invitation = match self.usable_invitation(token).await {
            Err(AppError::Collect(CollectError::AlreadyAnswered)) => {
                return self.repeat_of(token, &submission).await;
            }
            other => other?,
        };
        let open = self
            .survey_of(invitation.workspace, invitation.survey)
            .await?;
        let (draft, beside, sent) = self
            .read_submission(&open, Some(&invitation), &submission, None)
            .await?;
        let draft = self.invited(&invitation, draft).await?;
        self.store_sent(draft, beside, sent).await
    }

    /// Keeps the answers of the first `pages_done` pages of a form that is not finished yet; nothing
    /// when there are none.
    pub(super) async fn submit_attempt(
        &self,
        form: &Form,
        pages_done: usize,
        submission: Submission,
    ) -> Result<(), AppError> {
        let read = self
            .read_submission(
                &form.open,
                form.invitation.as_ref(),
                &submission,
                Some(pages_done),
            )
            .await;
        let (draft, ..) = match read {
            // An earlier page was changed for the worse; it is asked again before the end.
            Err(AppError::Collect(CollectError::Refused(_))) => return Ok(()),
            other => other?,
        };
        if draft.answers.is_empty() {
            return Ok(());
        }
        let draft = match &form.invitation {
            Some(invitation) => self.invited(invitation, draft).await?,
            None => Response {
                channel: form.channel,
                ..draft
            },
        };
        self.store.submit(draft).await?;
        Ok(())
    }

    /// The submission as that of the contact who was invited.
    async fn invited(
        &self,
        invitation: &Invitation,
        draft: Response,
    ) -> Result<Response, AppError> {
        let session = self.store.read(invitation.workspace);
        let contact = contacts::find(&session, invitation.contact).await?;
        Ok(Response {
            contact: Some(invitation.contact),
            account: invitation.account,
            invitation: Some(invitation.id),
            channel: Channel::Email,
            segments: contact.map(|contact| freeze(&contact)).unwrap_or_default(),
            ..draft
        })
    }

    /// Takes the answers of a program in.
    pub async fn submit_response(
        &self,
        actor: &Actor,
        survey: SurveyId,
        input: ApiSubmission,
    ) -> Result<Accepted, AppError> {
        demand(actor, Right::WriteResponses)?;
        let open = match self.survey_of(actor.workspace, survey).await {
            Err(AppError::Collect(CollectError::UnknownLink)) => return Err(AppError::NotFound),
            other => other?,
        };
        let definition = &open.version.definition;
        refuse_unknown_fields(definition, &input.answers)?;
        let session = self.store.read(actor.workspace);
        let contact = match &input.contact {
            Some(external) => Some(
                contacts::find_by_external_id(&session, external)
                    .await?
                    .ok_or(AppError::Invalid {
                        field: "contact",
                        code: "unknown",
                    })?,
            ),
            None => None,
        };
        let id = input.id.unwrap_or_else(|| new_id!(self, ResponseId));
        let respondent = contact
            .as_ref()
            .map_or_else(|| stranger(id), |contact| respondent_of(contact, id));
        let flow = Flow::of_form(definition, &respondent, &input.answers);
        let answers = flow
            .checked_before(usize::MAX, &input.answers)
            .map_err(CollectError::Refused)?;
        let beside = circumstances(&flow);
        let now = self.clock.now();
        let submitted_at = input.submitted_at.unwrap_or(now);
        if submitted_at > now {
            return Err(AppError::Invalid {
                field: "submitted_at",
                code: "in_future",
            });
        }
        let wanted = input.language.unwrap_or(open.workspace.language);
        let response = Response {
            contact: contact.as_ref().map(|contact| contact.id),
            account: contact.as_ref().and_then(|contact| contact.account),
            channel: Channel::Api,
            language: peil_domain::survey::Survey::language_or_first(definition, wanted),
            submitted_at,
            local_day: day_of(&open.workspace, submitted_at),
            segments: contact.as_ref().map(freeze).unwrap_or_default(),
            flags: flags(definition, &answers, None, false),
            answers,
            ..self.blank(&open, open.version.id, id)
        };
        self.store_response(response, beside).await
    }

    /// A form that was sent again after its invitation was closed by itself counts as the same
    /// submission; any other form does not.
    pub(super) async fn repeat_of(
        &self,
        token: &str,
        sent: &Submission,
    ) -> Result<Accepted, AppError> {
        let hash = crate::secret::hash_token(token);
        let invitation = self
            .store
            .find_invitation_by_token(&hash)
            .await?
            .ok_or(CollectError::UnknownLink)?;
        self.find_accepted(invitation.workspace, invitation.survey, &sent.form)
            .await
    }

    /// What became of this very form before.
    ///
    /// # Errors
    /// [`CollectError::AlreadyAnswered`] when it was never stored: then it was another form.
    pub(super) async fn find_accepted(
        &self,
        workspace: WorkspaceId,
        survey: SurveyId,
        form: &str,
    ) -> Result<Accepted, AppError> {
        let form = FormToken::read(form, &self.secret, survey)?;
        let session = self.store.read(workspace);
        let stored = peil_store::response::find(&session, form.response)
            .await?
            .filter(is_done)
            .ok_or(CollectError::AlreadyAnswered)?;
        Ok(Accepted {
            id: stored.id,
            is_duplicate: true,
            over_quota: None,
        })
    }

    /// Reads what was sent: all of it, or the first `pages_done` pages of a form on its way.
    async fn read_submission(
        &self,
        open: &Arc<OpenSurvey>,
        invitation: Option<&Invitation>,
        sent: &Submission,
        pages_done: Option<usize>,
    ) -> Result<(Response, Circumstances, Sent), AppError> {
        let form = FormToken::read(&sent.form, &self.secret, open.survey.id)?;
        let version = self.version_of_form(open, form.version).await?;
        let definition = &version.definition;
        let respondent = self.respondent(invitation, form.response).await?;
        let flow = Flow::of_form(definition, &respondent, &sent.answers);
        let answers = flow
            .checked_before(pages_done.unwrap_or(usize::MAX), &sent.answers)
            .map_err(CollectError::Refused)?;
        let now = self.clock.now();
        // Negative when the clock was set back in between: then it is not known how long it took.
        let shown = now.duration_since(form.shown_at);
        let shown = Some(shown).filter(|shown| !shown.is_negative());
        let flags = flags(
            definition,
            &answers,
            shown.map(|shown| shown.as_secs_f64()),
            sent.robot_field_filled,
        );
        let response = Response {
            language: sent.language,
            submitted_at: now,
            local_day: day_of(&open.workspace, now),
            seconds: shown.and_then(|shown| i32::try_from(shown.as_secs()).ok()),
            flags,
            answers,
            completion: pages_done.map_or(Completion::Complete, |_| Completion::Partial),
            pages_done: pages_done.and_then(|pages| i32::try_from(pages).ok()),
            ..self.blank(open, version.id, form.response)
        };
        let beside = circumstances(&flow);
        let sent = Sent {
            respondent,
            answers: response.answers.clone(),
            version,
        };
        Ok((response, beside, sent))
    }

    pub(super) async fn store_response(
        &self,
        response: Response,
        beside: Circumstances,
    ) -> Result<Accepted, AppError> {
        let id = response.id;
        let quotas: Vec<QuestionKey> = beside.quotas.keys().cloned().collect();
        let accepted = |is_duplicate, over_quota| Accepted {
            id,
            is_duplicate,
            over_quota,
        };
        match self.store.submit_counted(response, beside).await? {
            Submitted::Stored => Ok(accepted(false, None)),
            Submitted::Duplicate => Ok(accepted(true, None)),
            Submitted::OverQuota { place } => Ok(accepted(false, quotas.get(place).cloned())),
            Submitted::AlreadyAnswered => Err(CollectError::AlreadyAnswered.into()),
        }
    }

    fn blank(&self, open: &OpenSurvey, version: VersionId, id: ResponseId) -> Response {
        let now = self.clock.now();
        Response {
            id,
            workspace: open.workspace.id,
            survey: open.survey.id,
            version,
            contact: None::<ContactId>,
            account: None,
            invitation: None,
            channel: Channel::Link,
            language: open.workspace.language,
            touchpoint: open.touchpoint.clone(),
            completion: Completion::Complete,
            pages_done: None,
            submitted_at: now,
            local_day: day_of(&open.workspace, now),
            seconds: None,
            segments: BTreeMap::new(),
            flags: peil_domain::response::Flags::new(),
            answers: Vec::new(),
        }
    }
}

/// The segment values of a contact at this moment, as text.
pub(crate) fn freeze(contact: &peil_domain::audience::Contact) -> BTreeMap<QuestionKey, String> {
    contact
        .attributes
        .iter()
        .map(|(key, value)| (key.clone(), value.to_string()))
        .collect()
}

/// What belongs to a submission besides its answers.
fn circumstances(flow: &Flow<'_>) -> Circumstances {
    let quotas = flow.quotas();
    Circumstances {
        quotas: quotas
            .map(|quota| (quota.key.clone(), quota.most))
            .collect(),
        orders: flow.orders(),
    }
}

/// Whether nothing more is to come of a submission.
pub(super) fn is_done(stored: &Response) -> bool {
    stored.completion == Completion::Complete || stored.flags.contains(&Flag::OverQuota)
}

/// Whether the headline score is at the unsatisfied end.
#[must_use]
pub fn is_low(definition: &Definition, answers: &[Answer]) -> bool {
    let Some(headline) = definition.headline() else {
        return false;
    };
    let Some(scale) = headline.kind.scale() else {
        return false;
    };
    answers.iter().any(|answer| match answer.value {
        AnswerValue::Score(score) => answer.key == headline.key && scale.is_low(score),
        _ => false,
    })
}

/// A program that misspells a field should hear it; a browser may send fields of its own.
fn refuse_unknown_fields(definition: &Definition, raw: &RawAnswers) -> Result<(), AppError> {
    let known: BTreeSet<String> = definition.questions().flat_map(field_names).collect();
    let is_known = |name: &str| known.contains(name);
    let unknown: Vec<_> = raw
        .keys()
        .filter(|name| !is_known(name))
        .filter_map(|name| name.parse().ok())
        .map(|key| (key, peil_domain::response::AnswerProblem::UnknownQuestion))
        .collect();
    if unknown.is_empty() {
        // A name that is no key at all cannot be a question either.
        let has_nonsense = raw.keys().any(|name| !is_known(name));
        return if has_nonsense {
            Err(AppError::Invalid {
                field: "answers",
                code: "unknown_question",
            })
        } else {
            Ok(())
        };
    }
    Err(CollectError::Refused(unknown).into())
}
