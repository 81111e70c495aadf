//! The life of a questionnaire: made from a template, published, closed, removed.

use std::collections::BTreeSet;

use peil_domain::{
    access::{Actor, Right},
    shared::{QuestionKey, Slug, SurveyId, VersionId},
    survey::{
        Change, Definition, Problem, Survey, SurveyPurpose, SurveyState, Version, changes,
        problems_among,
    },
};
use peil_store::{
    Session, StoreError, Tx, audience::attributes, outreach::waves, response, settings, survey,
};

use super::{
    SurveyError, SurveyOverview, edit::check_revision, file::report_name, history::History,
    template::find_template, translate::outdated_name,
};
use crate::{
    App, AppError,
    access::check_name,
    app::{demand, new_id},
    results::count_responses,
};

/// What a new questionnaire starts as.
pub(super) struct Start {
    /// Name for colleagues.
    pub(super) name: String,
    /// Name in addresses; made of the name when absent.
    pub(super) slug: Option<Slug>,
    /// What it measures.
    pub(super) purpose: SurveyPurpose,
    /// What is asked.
    pub(super) draft: Definition,
}

/// A questionnaire to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSurvey {
    /// Code of the template.
    pub template: String,
    /// Name for colleagues.
    pub name: String,
    /// Name in addresses; made of the name when absent.
    pub slug: Option<Slug>,
}

impl App {
    /// Lists all questionnaires, the one that changed last first.
    pub async fn list_surveys(&self, actor: &Actor) -> Result<Vec<SurveyOverview>, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let session = self.look(actor.workspace).await?;
        let mut found = Vec::new();
        for survey in survey::list(&session).await? {
            let newest = survey::newest_version(&session, survey.id).await?;
            let responses = count_responses(&session, survey.id).await?;
            found.push(SurveyOverview {
                survey,
                newest,
                responses,
            });
        }
        Ok(found)
    }

    /// Reads one questionnaire.
    pub async fn get_survey(
        &self,
        actor: &Actor,
        id: SurveyId,
    ) -> Result<SurveyOverview, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let session = self.look(actor.workspace).await?;
        let survey = survey::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let newest = survey::newest_version(&session, id).await?;
        let responses = count_responses(&session, id).await?;
        Ok(SurveyOverview {
            survey,
            newest,
            responses,
        })
    }

    /// Lists the versions of a questionnaire, the newest first, each with what changed since the
    /// one before.
    pub async fn list_versions(
        &self,
        actor: &Actor,
        id: SurveyId,
    ) -> Result<Vec<(Version, Vec<Change>)>, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let session = self.store.read(actor.workspace);
        survey::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let versions = survey::list_versions(&session, id).await?;
        let mut with_changes = Vec::with_capacity(versions.len());
        let older = versions
            .iter()
            .skip(1)
            .map(Some)
            .chain(std::iter::once(None));
        for (version, before) in versions.iter().zip(older) {
            let found = before
                .map(|before| changes(&before.definition, &version.definition))
                .unwrap_or_default();
            with_changes.push((version.clone(), found));
        }
        Ok(with_changes)
    }

    /// Makes a questionnaire from a template.
    pub async fn create_survey(&self, actor: &Actor, input: NewSurvey) -> Result<Survey, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let template = find_template(&input.template)?;
        let start = Start {
            name: input.name,
            slug: input.slug,
            purpose: template.purpose,
            draft: template.definition.clone(),
        };
        let tx = self.store.begin(actor.workspace).await?;
        let survey = self.new_survey(&tx, actor, start).await?;
        let details = serde_json::json!({ "template": input.template });
        self.record(&tx, actor, "survey.created", survey.id, details)
            .await?;
        tx.commit().await?;
        Ok(survey)
    }

    /// Adds a questionnaire that nobody has seen yet.
    pub(super) async fn new_survey(
        &self,
        tx: &Tx,
        actor: &Actor,
        start: Start,
    ) -> Result<Survey, AppError> {
        check_name("name", &start.name)?;
        let now = self.clock.now();
        let is_chosen = start.slug.is_some();
        let wanted = start
            .slug
            .unwrap_or_else(|| Slug::from_text(&start.name, "vragenlijst"));
        let survey = Survey {
            id: new_id!(self, SurveyId),
            workspace: actor.workspace,
            slug: self.free_slug(wanted, is_chosen).await?,
            name: start.name.trim().to_owned(),
            purpose: start.purpose,
            state: SurveyState::Draft,
            has_public_link: true,
            allows_repeats: false,
            touchpoint: None,
            draft: start.draft,
            revision: 1,
            created_at: now,
            updated_at: now,
        };
        survey::add(tx, &survey).await.map_err(slug_taken)?;
        Ok(survey)
    }

    /// Lists what keeps the draft from being published.
    pub async fn check_survey(
        &self,
        actor: &Actor,
        id: SurveyId,
    ) -> Result<Vec<Problem>, AppError> {
        let draft = self.get_survey(actor, id).await?.survey.draft;
        let known = known_attributes(&self.store.read(actor.workspace)).await?;
        Ok(problems_among(&draft, known.as_ref()))
    }

    /// Publishes the draft as a new version; nothing happens when it equals the newest one and the
    /// questionnaire is live. With a `revision`, only the draft that was looked at is published.
    pub async fn publish_survey(
        &self,
        actor: &Actor,
        id: SurveyId,
        revision: Option<i32>,
    ) -> Result<Version, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let before = survey::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        if let Some(revision) = revision {
            check_revision(&before, revision)?;
        }
        let known = known_attributes(&tx).await?;
        let found = problems_among(&before.draft, known.as_ref());
        if !found.is_empty() {
            return Err(SurveyError::NotReady(found).into());
        }
        let newest = survey::newest_version(&tx, id).await?;
        let number = newest.as_ref().map_or(1, |version| version.number + 1);
        let same = newest.filter(|version| version.definition == before.draft);
        let version = match same {
            Some(version) => version,
            None => self.add_version(&tx, actor, &before, number).await?,
        };
        let now = self.clock.now();
        let after = Survey {
            state: SurveyState::Live,
            updated_at: now,
            ..before.clone()
        };
        self.save_survey(&tx, &before, &after).await?;
        let details = serde_json::json!({ "version": version.number });
        self.record(&tx, actor, "survey.published", id, details)
            .await?;
        tx.commit().await?;
        self.open_surveys.forget();
        Ok(version)
    }

    /// Closes a questionnaire: links show a friendly page from now on.
    pub async fn close_survey(&self, actor: &Actor, id: SurveyId) -> Result<(), AppError> {
        self.set_state(actor, id, SurveyState::Closed, "survey.closed")
            .await
    }

    /// Opens a closed questionnaire again.
    pub async fn reopen_survey(&self, actor: &Actor, id: SurveyId) -> Result<(), AppError> {
        self.set_state(actor, id, SurveyState::Live, "survey.reopened")
            .await
    }

    /// Removes a questionnaire without answers.
    pub async fn remove_survey(&self, actor: &Actor, id: SurveyId) -> Result<(), AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let found = survey::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        if response::is_any(&tx, id).await? {
            return Err(SurveyError::HasAnswers.into());
        }
        if waves::list(&tx).await?.iter().any(|wave| wave.survey == id) {
            return Err(SurveyError::HasWaves.into());
        }
        survey::remove(&tx, id).await?;
        History::remove(&tx, id).await?;
        settings::remove(&tx, &report_name(id)).await?;
        settings::remove(&tx, &outdated_name(id)).await?;
        let details = serde_json::json!({ "slug": found.slug });
        self.record(&tx, actor, "survey.removed", id, details)
            .await?;
        tx.commit().await?;
        self.open_surveys.forget();
        Ok(())
    }

    async fn set_state(
        &self,
        actor: &Actor,
        id: SurveyId,
        state: SurveyState,
        event: &str,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let before = survey::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        if survey::newest_version(&tx, id).await?.is_none() {
            return Err(SurveyError::NotPublished.into());
        }
        let after = Survey {
            state,
            updated_at: self.clock.now(),
            ..before.clone()
        };
        self.save_survey(&tx, &before, &after).await?;
        self.record(&tx, actor, event, id, serde_json::Value::Null)
            .await?;
        tx.commit().await?;
        self.open_surveys.forget();
        Ok(())
    }

    async fn add_version(
        &self,
        tx: &Tx,
        actor: &Actor,
        survey: &Survey,
        number: i32,
    ) -> Result<Version, AppError> {
        let version = Version {
            id: new_id!(self, VersionId),
            survey: survey.id,
            number,
            definition: survey.draft.clone(),
            published_at: self.clock.now(),
            published_by: actor.user,
        };
        survey::add_version(tx, &version).await?;
        Ok(version)
    }

    /// Writes a questionnaire that was read in the same transaction.
    pub(super) async fn save_survey(
        &self,
        tx: &Tx,
        before: &Survey,
        after: &Survey,
    ) -> Result<(), AppError> {
        if survey::save(tx, after, before.revision)
            .await
            .map_err(slug_taken)?
        {
            return Ok(());
        }
        let now = survey::find(tx, before.id)
            .await?
            .map_or(0, |survey| survey.revision);
        Err(SurveyError::Conflict { now }.into())
    }

    /// The wanted slug when it is free; else, unless it was `chosen` by a person, a numbered one.
    pub(crate) async fn free_slug(&self, wanted: Slug, chosen: bool) -> Result<Slug, AppError> {
        if self.store.find_survey_by_slug(&wanted).await?.is_none() {
            return Ok(wanted);
        }
        if chosen {
            return Err(SurveyError::SlugTaken.into());
        }
        for number in 2..1_000 {
            let slug = wanted.numbered(number);
            if self.store.find_survey_by_slug(&slug).await?.is_none() {
                return Ok(slug);
            }
        }
        Err(SurveyError::SlugTaken.into())
    }
}

/// A taken slug is an answer to the person who typed it, not a fault of the database.
fn slug_taken(error: StoreError) -> AppError {
    match error {
        StoreError::Taken(_) => SurveyError::SlugTaken.into(),
        other => other.into(),
    }
}

/// The attributes that conditions and texts can ask for; nothing before any customer has one, since
/// then a name can be neither right nor wrong.
async fn known_attributes(
    session: &impl Session,
) -> Result<Option<BTreeSet<QuestionKey>>, AppError> {
    let known = attributes::list(session).await?;
    let keys: BTreeSet<QuestionKey> = known.into_iter().map(|known| known.key).collect();
    Ok((!keys.is_empty()).then_some(keys))
}
