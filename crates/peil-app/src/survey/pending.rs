//! A questionnaire from a file that is looked at before it is made. One file per person waits; the
//! next one takes its place.

use peil_domain::{
    access::{Actor, Right},
    shared::SurveyId,
    survey::{Change, Definition, Survey, SurveyPurpose, changes},
};
use peil_store::{settings, survey};
use serde::{Deserialize, Serialize};

use super::{Edit, SurveyFile, Upon, file::report_name, life::Start};
use crate::{App, AppError, access::check_name, app::demand, ports::SurveyFileReport};

/// What waits to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingSurvey {
    /// By which a form names exactly this file.
    pub mark: String,
    /// Name for colleagues.
    pub name: String,
    /// The questionnaire whose draft it is meant for; a new one when absent.
    pub into: Option<SurveyId>,
    /// What is asked.
    pub definition: Definition,
    /// What became of every part of the file.
    pub report: SurveyFileReport,
}

/// What waits to be made, and the draft that it would replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewedSurvey {
    /// What waits.
    pub pending: PendingSurvey,
    /// The questionnaire whose draft it is meant for.
    pub target: Option<Survey>,
    /// What would change about that draft.
    pub changes: Vec<Change>,
}

/// What becomes of the draft that a file is meant for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Joining {
    /// The file takes its place.
    #[default]
    Replaces,
    /// What the file asks comes behind it.
    Follows,
}

fn place(actor: &Actor) -> String {
    match actor.user {
        Some(user) => format!("survey-pending:{user}"),
        None => "survey-pending".to_owned(),
    }
}

impl App {
    /// Reads a file and keeps what it would become, for a new questionnaire or for the draft of one.
    ///
    /// # Errors
    /// [`super::SurveyError::File`] when the file cannot be read at all.
    pub async fn preview_survey_file(
        &self,
        actor: &Actor,
        file: SurveyFile,
        into: Option<SurveyId>,
    ) -> Result<PreviewedSurvey, AppError> {
        demand(actor, Right::WriteSurveys)?;
        if let Some(name) = &file.name {
            check_name("name", name)?;
        }
        let (name, definition, report) = self.read_questionnaire(file).await?;
        let pending = PendingSurvey {
            mark: format!("{}", self.clock.now().as_microsecond()),
            name,
            into,
            definition,
            report,
        };
        let tx = self.store.begin(actor.workspace).await?;
        if let Some(id) = into {
            survey::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        }
        settings::save(&tx, &place(actor), &pending).await?;
        tx.commit().await?;
        self.get_previewed_survey(actor).await
    }

    /// Reads what waits to be made.
    pub async fn get_previewed_survey(&self, actor: &Actor) -> Result<PreviewedSurvey, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let session = self.look(actor.workspace).await?;
        let pending: Option<PendingSurvey> = settings::find(&session, &place(actor)).await?;
        let pending = pending.ok_or(AppError::NotFound)?;
        let target = match pending.into {
            Some(id) => survey::find(&session, id).await?,
            None => None,
        };
        let changes = target
            .as_ref()
            .map(|target| changes(&target.draft, &pending.definition));
        Ok(PreviewedSurvey {
            changes: changes.unwrap_or_default(),
            pending,
            target,
        })
    }

    /// Makes what waits: a new questionnaire, or the draft of the one that it is meant for, which
    /// can be undone. `mark` names the file that was looked at, `revision` the draft.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when another file waits by now;
    /// [`super::SurveyError::Conflict`] when the draft that is replaced is no longer at `revision`.
    pub async fn accept_previewed_survey(
        &self,
        actor: &Actor,
        mark: &str,
        name: Option<&str>,
        (joining, revision): (Joining, i32),
    ) -> Result<Survey, AppError> {
        let found = self.get_previewed_survey(actor).await?;
        let pending = found.pending;
        if pending.mark != mark {
            return Err(AppError::NotFound);
        }
        let made = if pending.into.is_some() {
            let target = found.target.ok_or(AppError::NotFound)?;
            let read = Box::new(pending.definition);
            let (edit, upon) = match joining {
                Joining::Replaces => (Edit::Replace(read), Upon::Exactly(revision)),
                Joining::Follows => (Edit::Append(read), Upon::Since(revision)),
            };
            self.edit_survey(actor, target.id, upon, edit).await?
        } else {
            let start = Start {
                name: name.map_or(pending.name, ToOwned::to_owned),
                slug: None,
                purpose: SurveyPurpose::Relational,
                draft: pending.definition,
            };
            self.make_of_file(actor, start, &pending.report).await?
        };
        let tx = self.store.begin(actor.workspace).await?;
        if pending.into.is_some() {
            settings::save(&tx, &report_name(made.id), &pending.report).await?;
        }
        settings::remove(&tx, &place(actor)).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Throws away what waits.
    pub async fn drop_previewed_survey(&self, actor: &Actor) -> Result<(), AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        settings::remove(&tx, &place(actor)).await?;
        tx.commit().await?;
        Ok(())
    }
}
