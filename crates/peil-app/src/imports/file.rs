//! Imports a file where it lies, while somebody waits: what `peil import answers` does.

use std::path::PathBuf;

use peil_domain::{
    access::{Actor, Right},
    shared::{ImportId, SurveyId, VersionId},
    survey::{Survey, SurveyPurpose, SurveyState, Version},
};
use peil_store::imports;

use super::{
    AnswersMap, ImportKind, ImportState, Plan, RefusedRow,
    answers::AnswersPlan,
    mapping::refuse_control_characters,
    progress::{Progress, tally},
    refused::RefusedFile,
    survey::definition_of,
    take::Kept,
};
use crate::{
    App, AppError,
    app::{demand, new_id},
};

/// A file with answers, on the machine itself.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswersFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What its columns mean.
    pub map: AnswersMap,
    /// Whether rows are only read and checked.
    pub is_trial: bool,
}

/// What an import counted so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Rows that had their turn.
    pub done: i64,
    /// Rows in all; an estimate until the end.
    pub total: i64,
    /// Answers that were new.
    pub added: i64,
    /// Answers that were in already.
    pub known: i64,
    /// Rows that were refused.
    pub refused: i64,
    /// Answers of which the customer is not known.
    pub unlinked: u64,
    /// Whether the file broke off, so that nothing behind the last refused row was read.
    pub is_broken: bool,
}

impl App {
    /// Who acts when a command is given on the machine itself.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no organisation yet, or more than one.
    pub async fn only_actor(&self) -> Result<Actor, AppError> {
        let mut all = self.store.list_workspaces().await?;
        match (all.pop(), all.is_empty()) {
            (Some(workspace), true) => Ok(Actor::program(workspace.id)),
            _ => Err(AppError::NotFound),
        }
    }

    /// Imports answers from a file, and gives what was counted and every row that was refused to
    /// `on_refused`. `on_progress` hears of every batch. Running it again adds nothing twice.
    pub async fn import_answers_file(
        &self,
        actor: &Actor,
        file: AnswersFile,
        on_progress: &mut (dyn FnMut(Tally) + Send),
        on_refused: &mut (dyn FnMut(&RefusedRow) -> Result<(), AppError> + Send),
    ) -> Result<Tally, AppError> {
        demand(actor, Right::WriteResponses)?;
        self.make_uploads()?;
        let name = file
            .path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let source = self.open_table(file.path.clone()).await?;
        let mut plan = self
            .try_answers_map(actor, &file.map, source.header())
            .await?;
        if !file.is_trial {
            plan = self
                .prepare_answers(actor, &file.map, source.header())
                .await?;
        }
        let id = new_id!(self, ImportId);
        let mut import = self.new_import(actor, id, ImportKind::Answers, name.unwrap_or_default());
        import.state = ImportState::Running;
        let kept = Kept {
            plan: Some(Plan::Answers(Box::new(file.map.clone()))),
            header: source.header().to_vec(),
            ..Kept::default()
        };
        let refused = if file.is_trial {
            None
        } else {
            Some(RefusedFile::open(&self.refused_path(id), 0)?)
        };
        let mut progress = Progress {
            import,
            kept,
            refused,
            is_shown: false,
            just_refused: Vec::new(),
        };
        let opened = self.open_flow(actor, source, plan, 0, file.is_trial);
        let mut flow = Some(Box::new(opened.await?));
        while let Some(now) = flow {
            flow = self.advance(actor, now, &mut progress).await?;
            for row in &progress.just_refused {
                on_refused(row)?;
            }
            on_progress(tally(&progress));
        }
        if progress.import.failed == 0 {
            progress.refused = None;
            drop(std::fs::remove_file(self.refused_path(id)));
        }
        if !file.is_trial {
            let found = self.find_survey_for(actor, &file.map.survey).await?;
            progress.import.survey = found.map(|(survey, _)| survey.id);
            let tx = self.store.begin(actor.workspace).await?;
            imports::add(&tx, &progress.import).await?;
            progress.is_shown = true;
            self.note(actor, &tx, &progress).await?;
            tx.commit().await?;
        }
        Ok(tally(&progress))
    }

    /// Checks a map against a file without making anything.
    pub(super) async fn try_answers_map(
        &self,
        actor: &Actor,
        map: &AnswersMap,
        header: &[String],
    ) -> Result<AnswersPlan, AppError> {
        refuse_control_characters(map)?;
        let (survey, version) = match self.find_survey_for(actor, &map.survey).await? {
            Some((survey, Some(version))) => (survey, version),
            Some((survey, None)) => {
                let version = self.as_if_published(&survey, survey.draft.clone());
                (survey, version)
            }
            None => {
                let definition = definition_of(&map.survey)?;
                let now = self.clock.now();
                let survey = Survey {
                    id: SurveyId(uuid::Uuid::nil()),
                    workspace: actor.workspace,
                    slug: map.survey.slug.clone(),
                    name: String::new(),
                    purpose: SurveyPurpose::Relational,
                    state: SurveyState::Draft,
                    has_public_link: false,
                    allows_repeats: false,
                    touchpoint: None,
                    draft: definition.clone(),
                    revision: 1,
                    created_at: now,
                    updated_at: now,
                };
                let version = self.as_if_published(&survey, definition);
                (survey, version)
            }
        };
        self.answers_plan(actor, map, header, &survey, &version)
            .await
    }

    fn as_if_published(
        &self,
        survey: &Survey,
        definition: peil_domain::survey::Definition,
    ) -> Version {
        Version {
            id: VersionId(uuid::Uuid::nil()),
            survey: survey.id,
            number: 1,
            definition,
            published_at: self.clock.now(),
            published_by: None,
        }
    }
}
