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
    mapping::refuse_control_characters,
    refused::RefusedFile,
    run::{BATCH, Run, estimate, read_batch, tally},
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
        let mut source = self.open_table(file.path.clone()).await?;
        let mut run = self
            .try_answers_map(actor, &file.map, source.header())
            .await?;
        if !file.is_trial {
            let plan = Plan::Answers(Box::new(file.map.clone()));
            run = self.prepare(actor, &plan, source.header()).await?;
        }
        let id = new_id!(self, ImportId);
        let mut import = self.new_import(actor, id, ImportKind::Answers, name.unwrap_or_default());
        import.state = ImportState::Running;
        let mut kept = Kept {
            plan: Some(Plan::Answers(Box::new(file.map.clone()))),
            header: source.header().to_vec(),
            ..Kept::default()
        };
        let mut refused = if file.is_trial {
            None
        } else {
            Some(RefusedFile::open(&self.refused_path(id), 0)?)
        };
        loop {
            let (again, batch) = read_batch(source, BATCH).await?;
            source = again;
            let outcome = self
                .take_batch(actor, &mut run, &batch, file.is_trial)
                .await?;
            for row in &outcome.refused {
                on_refused(row)?;
            }
            if let Some(kept_rows) = &mut refused {
                kept_rows.add(&outcome.refused)?;
                kept.refused_bytes = kept_rows.bytes();
            }
            import.done += batch.len();
            import.added += outcome.added;
            import.updated += outcome.updated;
            import.failed += i64::try_from(outcome.refused.len()).unwrap_or_default();
            import.total = estimate(import.done, batch.progress);
            kept.unlinked += outcome.unlinked;
            on_progress(tally(&import, kept.unlinked));
            if batch.is_last {
                self.conclude(&mut import, batch.broken);
                break;
            }
        }
        if import.failed == 0 {
            drop(refused);
            drop(std::fs::remove_file(self.refused_path(id)));
        }
        if !file.is_trial {
            let found = self.find_survey_for(actor, &file.map.survey).await?;
            import.survey = found.map(|(survey, _)| survey.id);
            import.mapping = kept.to_json();
            let tx = self.store.begin(actor.workspace).await?;
            imports::add(&tx, &import).await?;
            let details = serde_json::json!({ "added": import.added, "refused": import.failed });
            self.record(&tx, actor, "import.finished", id, details)
                .await?;
            tx.commit().await?;
        }
        Ok(tally(&import, kept.unlinked))
    }

    /// Checks a map against a file without making anything.
    pub(super) async fn try_answers_map(
        &self,
        actor: &Actor,
        map: &AnswersMap,
        header: &[String],
    ) -> Result<Run, AppError> {
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
        let run = self
            .answers_run(actor, map, header, &survey, &version)
            .await?;
        Ok(Run::Answers(Box::new(run)))
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
