//! Finds the questionnaire behind a link. Nothing here writes.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    audience::Contact,
    outreach::{Channel, Invitation, InvitationState},
    response::{Flow, Respondent, raw_answers},
    shared::{Language, ResponseId, Slug, SurveyId, VersionId, WorkspaceId},
    survey::{Definition, Survey, Version},
};
use peil_store::{access, audience::contacts, journey, response, survey};

use super::{CollectError, Form, OpenSurvey, Resumed, form::FormToken, submit::freeze};
use crate::{App, AppError, app::new_id, secret::hash_token};

/// How long a node may go on showing what another node has changed meanwhile.
const FRESH: SignedDuration = SignedDuration::from_secs(5);

/// Questionnaires that were shown recently, ready to be shown again without asking the database.
#[derive(Debug, Default)]
pub(crate) struct OpenSurveys {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    by_slug: HashMap<Slug, SurveyId>,
    by_id: HashMap<SurveyId, (Timestamp, Arc<OpenSurvey>)>,
    /// How often everything was forgotten.
    forgotten: u64,
}

impl OpenSurveys {
    /// Forgets everything, because something changed.
    pub(crate) fn forget(&self) {
        let mut kept = self.kept();
        kept.by_slug.clear();
        kept.by_id.clear();
        kept.forgotten = kept.forgotten.wrapping_add(1);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How often everything was forgotten, to be asked before reading.
    fn forgotten(&self) -> u64 {
        self.kept().forgotten
    }

    fn fresh(&self, id: SurveyId, now: Timestamp) -> Option<Arc<OpenSurvey>> {
        let kept = self.kept();
        let (at, open) = kept.by_id.get(&id)?;
        (now.duration_since(*at).abs() < FRESH).then(|| Arc::clone(open))
    }

    fn fresh_at(&self, slug: &Slug, now: Timestamp) -> Option<Arc<OpenSurvey>> {
        let id = *self.kept().by_slug.get(slug)?;
        let open = self.fresh(id, now)?;
        (open.survey.has_public_link && open.survey.slug == *slug).then_some(open)
    }

    /// Keeps what was read, unless something changed since `forgotten` was asked.
    fn keep(&self, open: &Arc<OpenSurvey>, read_at: Timestamp, forgotten: u64) {
        let mut kept = self.kept();
        if kept.forgotten == forgotten {
            let (id, slug) = (open.survey.id, open.survey.slug.clone());
            kept.by_slug.insert(slug, id);
            kept.by_id.insert(id, (read_at, Arc::clone(open)));
        }
    }
}

impl App {
    /// Makes the form of a public link. `wanted` is the language in the address; `browser` the
    /// best one of those that the browser asks for.
    ///
    /// # Errors
    /// [`CollectError::UnknownLink`] or [`CollectError::Closed`].
    pub async fn open_public(
        &self,
        slug: &Slug,
        wanted: Option<Language>,
        browser: Option<Language>,
        channel: Channel,
    ) -> Result<Form, AppError> {
        let open = self.public_survey(slug).await?;
        let language = choose_language(&open, [wanted, browser]);
        let (token, response) = self.new_form(&open);
        Ok(Form {
            open,
            language,
            token,
            invitation: None,
            channel,
            respondent: stranger(response),
            resumed: None,
        })
    }

    /// Makes the form of a personal link.
    ///
    /// # Errors
    /// [`CollectError::UnknownLink`], `Closed`, `Expired` or `AlreadyAnswered`.
    pub async fn open_personal(
        &self,
        token: &str,
        wanted: Option<Language>,
    ) -> Result<Form, AppError> {
        let invitation = self.usable_invitation(token).await?;
        let open = self
            .survey_of(invitation.workspace, invitation.survey)
            .await?;
        let language = choose_language(&open, [wanted, Some(invitation.language)]);
        if let Some(form) = self.unfinished(&open, &invitation, language).await? {
            return Ok(form);
        }
        let (token, response) = self.new_form(&open);
        let respondent = self.respondent(Some(&invitation), response).await?;
        Ok(Form {
            open,
            language,
            token,
            invitation: Some(invitation),
            channel: Channel::Email,
            respondent,
            resumed: None,
        })
    }

    /// The form that an invited customer stopped in, unless that is too long ago.
    async fn unfinished(
        &self,
        open: &Arc<OpenSurvey>,
        invitation: &Invitation,
        language: Language,
    ) -> Result<Option<Form>, AppError> {
        let session = self.store.read(invitation.workspace);
        let Some(stored) = response::find_unfinished(&session, invitation.id).await? else {
            return Ok(None);
        };
        let version = match self.version_of_form(open, stored.version).await {
            Err(AppError::Collect(CollectError::StaleForm)) => return Ok(None),
            other => other?,
        };
        if is_timed_out(&version.definition, stored.submitted_at, self.clock.now()) {
            return Ok(None);
        }
        let respondent = self.respondent(Some(invitation), stored.id).await?;
        let answers = raw_answers(&version.definition, &stored.answers);
        let flow = Flow::of_form(&version.definition, &respondent, &answers);
        let done = stored
            .pages_done
            .and_then(|pages| usize::try_from(pages).ok());
        let last = done.unwrap_or_default().saturating_sub(1);
        let page = flow.next(last).unwrap_or_else(|| flow.nearest(last));
        let token = FormToken {
            version: version.id,
            response: stored.id,
            shown_at: self.clock.now(),
        };
        Ok(Some(Form {
            token: token.write(&self.secret, open.survey.id),
            open: with_shown(open, version),
            language,
            invitation: Some(invitation.clone()),
            channel: Channel::Email,
            respondent,
            resumed: Some(Resumed { page, answers }),
        }))
    }

    /// The questionnaire behind a public link, when it can be answered.
    ///
    /// # Errors
    /// [`CollectError::UnknownLink`] or [`CollectError::Closed`].
    pub async fn public_survey(&self, slug: &Slug) -> Result<Arc<OpenSurvey>, AppError> {
        let now = self.clock.now();
        if let Some(open) = self.open_surveys.fresh_at(slug, now) {
            return Ok(open);
        }
        let forgotten = self.open_surveys.forgotten();
        let survey = self
            .store
            .find_survey_by_slug(slug)
            .await?
            .ok_or(CollectError::UnknownLink)?;
        if !survey.has_public_link {
            return Err(CollectError::UnknownLink.into());
        }
        if !survey.is_open() {
            return Err(CollectError::Closed.into());
        }
        let open = self.with_version(survey).await?;
        self.open_surveys.keep(&open, now, forgotten);
        Ok(open)
    }

    /// The invitation behind a personal link, when it can still be answered.
    pub(super) async fn usable_invitation(&self, token: &str) -> Result<Invitation, AppError> {
        let invitation = self
            .store
            .find_invitation_by_token(&hash_token(token))
            .await?
            .filter(|found| found.state != InvitationState::Cancelled)
            .ok_or(CollectError::UnknownLink)?;
        if invitation.answered_at.is_some() {
            return Err(CollectError::AlreadyAnswered.into());
        }
        if self.clock.now() >= invitation.expires_at {
            return Err(CollectError::Expired.into());
        }
        Ok(invitation)
    }

    /// A questionnaire that can be answered, whether or not it has a public link.
    pub(super) async fn survey_of(
        &self,
        workspace: WorkspaceId,
        id: SurveyId,
    ) -> Result<Arc<OpenSurvey>, AppError> {
        let now = self.clock.now();
        let of_workspace = |open: &Arc<OpenSurvey>| open.workspace.id == workspace;
        if let Some(open) = self.open_surveys.fresh(id, now).filter(of_workspace) {
            return Ok(open);
        }
        let forgotten = self.open_surveys.forgotten();
        let session = self.store.read(workspace);
        let survey = survey::find(&session, id)
            .await?
            .ok_or(CollectError::UnknownLink)?;
        if !survey.is_open() {
            return Err(CollectError::Closed.into());
        }
        let open = self.with_version(survey).await?;
        self.open_surveys.keep(&open, now, forgotten);
        Ok(open)
    }

    /// The version that a form was made for, which need not be the newest any more.
    pub(super) async fn version_of_form(
        &self,
        open: &Arc<OpenSurvey>,
        version: VersionId,
    ) -> Result<Arc<Version>, AppError> {
        if open.version.id == version {
            return Ok(Arc::clone(&open.version));
        }
        let session = self.store.read(open.workspace.id);
        let found = survey::find_version(&session, version).await?;
        let found = found.filter(|found| found.survey == open.survey.id);
        Ok(Arc::new(found.ok_or(CollectError::StaleForm)?))
    }

    pub(super) async fn with_version(&self, survey: Survey) -> Result<Arc<OpenSurvey>, AppError> {
        let session = self.store.read(survey.workspace);
        let version = survey::newest_version(&session, survey.id).await?;
        let workspace = access::find_workspace(&session).await?;
        let (Some(version), Some(workspace)) = (version, workspace) else {
            return Err(CollectError::Closed.into());
        };
        let touchpoint = match survey.touchpoint {
            Some(id) => {
                let known = journey::list_touchpoints(&session).await?;
                known
                    .into_iter()
                    .find(|known| known.id == id)
                    .map(|known| known.key)
            }
            None => None,
        };
        Ok(Arc::new(OpenSurvey {
            survey,
            version: Arc::new(version),
            workspace: Arc::new(workspace),
            touchpoint,
        }))
    }

    /// Who answers a form, with what is known of an invited customer at this moment.
    pub(super) async fn respondent(
        &self,
        invitation: Option<&Invitation>,
        response: ResponseId,
    ) -> Result<Respondent, AppError> {
        let Some(invitation) = invitation else {
            return Ok(stranger(response));
        };
        let session = self.store.read(invitation.workspace);
        let contact = contacts::find(&session, invitation.contact).await?;
        Ok(contact.map_or_else(
            || stranger(response),
            |contact| respondent_of(&contact, response),
        ))
    }

    pub(super) fn new_form(&self, open: &OpenSurvey) -> (String, ResponseId) {
        let token = FormToken {
            version: open.version.id,
            response: new_id!(self, ResponseId),
            shown_at: self.clock.now(),
        };
        let text = token.write(&self.secret, open.survey.id);
        (text, token.response)
    }
}

/// The same questionnaire with the version that is shown.
pub(super) fn with_shown(open: &Arc<OpenSurvey>, version: Arc<Version>) -> Arc<OpenSurvey> {
    if Arc::ptr_eq(&version, &open.version) {
        return Arc::clone(open);
    }
    Arc::new(OpenSurvey {
        version,
        ..OpenSurvey::clone(open)
    })
}

/// Whether so much time went by since `last` that going on is starting anew.
pub(super) fn is_timed_out(definition: &Definition, last: Timestamp, now: Timestamp) -> bool {
    let minutes = definition.time_out_minutes.map(i64::from);
    minutes.is_some_and(|minutes| now.duration_since(last) > SignedDuration::from_mins(minutes))
}

/// Someone of whom nothing is known.
pub(crate) const fn stranger(response: ResponseId) -> Respondent {
    Respondent {
        response,
        attributes: BTreeMap::new(),
        name: None,
    }
}

/// A known customer.
pub(crate) fn respondent_of(contact: &Contact, response: ResponseId) -> Respondent {
    Respondent {
        response,
        attributes: freeze(contact),
        name: contact.name.clone(),
    }
}

/// The first wish that the questionnaire can fulfil, else the organisation's own language.
pub(super) fn choose_language<const N: usize>(
    open: &OpenSurvey,
    wishes: [Option<Language>; N],
) -> Language {
    let definition = &open.version.definition;
    let wish = wishes
        .into_iter()
        .flatten()
        .find(|wish| definition.languages.contains(wish));
    wish.unwrap_or_else(|| Survey::language_or_first(definition, open.workspace.language))
}
