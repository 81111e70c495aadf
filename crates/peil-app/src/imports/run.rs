//! Works through the rows of a file, batch after batch.

use std::sync::Arc;

use peil_domain::{access::Actor, audience::AttributeKind, shared::ImportId};
use peil_store::{
    access as store_access,
    imports::{self, Import, ImportState},
    jobs::Job,
    journey,
};

use super::{
    AnswersMap, ImportError, Plan,
    answers::{AnswersPlan, Surroundings},
    flow::aside,
    progress::Progress,
    refused::RefusedFile,
    take::Kept,
};
use crate::{
    App, AppError,
    ports::{TableFiles, TableSource},
    work::Done,
};

/// Kind of the job that runs an import.
pub(crate) const RUN_IMPORT: &str = "run_import";
/// Rows after which other work gets its turn.
pub(super) const ROWS_PER_TURN: i64 = 20_000;
/// Times that an import is tried when something unexpected stops it.
const MOST_FAILURES: u32 = 5;

impl App {
    /// Runs an import for a while.
    pub(crate) async fn run_import_job(&self, job: &Job) -> Result<Done, AppError> {
        let id = job
            .payload
            .get("import")
            .and_then(|id| id.as_str())
            .unwrap_or_default();
        let Ok(id) = id.parse::<ImportId>() else {
            return Ok(Done::Finished);
        };
        let found = imports::find(&self.store.read(job.workspace), id).await?;
        let Some(import) = found.filter(|import| import.state == ImportState::Running) else {
            return Ok(Done::Finished);
        };
        match self.run_turn(import.clone()).await {
            Ok(done) => Ok(done),
            Err(AppError::Import(error)) => {
                self.give_up(id, job, &error.to_string()).await?;
                Ok(Done::Finished)
            }
            Err(error) => {
                let mut kept = Kept::of(&import);
                kept.failures += 1;
                if kept.failures >= MOST_FAILURES {
                    self.give_up(id, job, &error.to_string()).await?;
                    return Ok(Done::Finished);
                }
                let tx = self.store.begin(job.workspace).await?;
                if let Some(mut now) = imports::find(&tx, id).await? {
                    let failures = kept.failures;
                    kept = Kept {
                        failures,
                        ..Kept::of(&now)
                    };
                    now.mapping = kept.to_json();
                    imports::save(&tx, &now).await?;
                }
                tx.commit().await?;
                Err(error)
            }
        }
    }

    async fn give_up(&self, id: ImportId, job: &Job, why: &str) -> Result<(), AppError> {
        let tx = self.store.begin(job.workspace).await?;
        if let Some(mut import) = imports::find(&tx, id).await? {
            import.state = ImportState::Failed;
            import.last_error = Some(why.to_owned());
            import.finished_at = Some(self.clock.now());
            imports::save(&tx, &import).await?;
        }
        tracing::warn!(import = %id, why, "import stopped");
        Ok(tx.commit().await?)
    }

    async fn run_turn(&self, import: Import) -> Result<Done, AppError> {
        let actor = Actor {
            user: import.user,
            ..Actor::program(import.workspace)
        };
        let kept = Kept::of(&import);
        let Some(plan) = kept.plan.clone() else {
            return Ok(Done::Finished);
        };
        let refused = RefusedFile::open(&self.refused_path(import.id), kept.refused_bytes)?;
        let mut progress = Progress {
            refused: Some(refused),
            is_shown: true,
            just_refused: Vec::new(),
            import,
            kept,
        };
        match plan {
            Plan::Contacts(map) => Box::pin(self.contacts_turn(&actor, &map, &mut progress)).await,
            Plan::Answers(map) => Box::pin(self.answers_turn(&actor, &map, &mut progress)).await,
        }
    }

    async fn answers_turn(
        &self,
        actor: &Actor,
        map: &AnswersMap,
        progress: &mut Progress,
    ) -> Result<Done, AppError> {
        let (id, done) = (progress.import.id, progress.import.done);
        let mut flow = if let Some(flow) = self.paused_import.take(id, done) {
            flow
        } else {
            let source = self.open_table(self.upload_path(id)).await?;
            progress.kept.header = source.header().to_vec();
            let plan = self.prepare_answers(actor, map, source.header()).await?;
            Box::new(self.open_flow(actor, source, plan, done, false).await?)
        };
        let end_of_turn = done.saturating_add(ROWS_PER_TURN);
        loop {
            let next = self.advance(actor, flow, progress).await?;
            if let Some(done) = self.end_of_turn(progress, end_of_turn) {
                if let Some(flow) = next {
                    self.paused_import.keep(id, progress.import.done, flow);
                }
                return Ok(done);
            }
            // Only the end of the file ends the flow, and that ends the turn.
            let Some(next) = next else {
                return Ok(Done::Finished);
            };
            flow = next;
        }
    }

    /// What to do now: go on, or let others work; `None` is to go on.
    pub(super) fn end_of_turn(&self, progress: &Progress, end_of_turn: i64) -> Option<Done> {
        let import = &progress.import;
        if import.state != ImportState::Running {
            // What was uploaded is in now; a copy of personal data serves nobody.
            drop(std::fs::remove_file(self.upload_path(import.id)));
            if import.failed == 0 {
                drop(std::fs::remove_file(self.refused_path(import.id)));
            }
            return Some(Done::Finished);
        }
        (import.done >= end_of_turn || self.is_stopping()).then(|| Done::Later(self.clock.now()))
    }

    /// Gets ready to read answers under `header`; makes what the map says is to be made.
    pub(super) async fn prepare_answers(
        &self,
        actor: &Actor,
        map: &AnswersMap,
        header: &[String],
    ) -> Result<AnswersPlan, AppError> {
        let (survey, version) = self.survey_for(actor, &map.survey).await?;
        let plan = self
            .answers_plan(actor, map, header, &survey, &version)
            .await?;
        let tx = self.store.begin(actor.workspace).await?;
        for (key, column) in &map.segments {
            let label = column.full().column;
            self.ensure_attribute(&tx, actor, key.clone(), &label, AttributeKind::Choice)
                .await?;
        }
        tx.commit().await?;
        Ok(plan)
    }

    /// What the columns mean for answers to this version.
    pub(super) async fn answers_plan(
        &self,
        actor: &Actor,
        map: &AnswersMap,
        header: &[String],
        survey: &peil_domain::survey::Survey,
        version: &peil_domain::survey::Version,
    ) -> Result<AnswersPlan, AppError> {
        let session = self.store.read(actor.workspace);
        let workspace = store_access::find_workspace(&session)
            .await?
            .ok_or(AppError::NotFound)?;
        let touchpoints = journey::list_touchpoints(&session).await?;
        let around = Surroundings {
            survey,
            version,
            workspace: &workspace,
            touchpoints: &touchpoints,
            now: self.clock.now(),
        };
        Ok(AnswersPlan::new(map, header, &around)?)
    }

    /// Opens a table, away from the threads that answer requests.
    pub(super) async fn open_table(
        &self,
        path: std::path::PathBuf,
    ) -> Result<Box<dyn TableSource>, AppError> {
        let tables: Arc<dyn TableFiles> = Arc::clone(&self.tables);
        let opened = aside(move || tables.open(&path)).await?;
        Ok(opened.map_err(ImportError::from)?)
    }
}
