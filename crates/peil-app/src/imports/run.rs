//! Works through the rows of a file, batch after batch.

use std::{collections::HashMap, sync::Arc};

use peil_domain::{
    access::Actor,
    audience::AttributeKind,
    shared::{AccountId, ImportId},
};
use peil_store::{
    access as store_access,
    imports::{self, Import, ImportState},
    jobs::Job,
    journey,
};

use super::{
    ImportError, Plan, RefusedRow, Tally,
    answers::{AnswerRow, AnswersPlan, Seen, Surroundings},
    contacts::ContactsPlan,
    refused::RefusedFile,
    take::Kept,
};
use crate::{
    App, AppError,
    ports::{TableFiles, TableRow, TableSource},
    work::Done,
};

/// Kind of the job that runs an import.
pub(crate) const RUN_IMPORT: &str = "run_import";
/// Rows in one transaction.
pub(super) const BATCH: usize = 500;
/// Rows after which other work gets its turn.
const ROWS_PER_TURN: i64 = 20_000;
/// Times that an import is tried when something unexpected stops it.
const MOST_FAILURES: u32 = 5;

/// Rows that were read together.
pub(super) struct Batch {
    /// Rows that fit the header.
    pub(super) rows: Vec<TableRow>,
    /// Rows that do not.
    pub(super) refused: Vec<RefusedRow>,
    /// How far the reading is, 0 to 1.
    pub(super) progress: f64,
    /// Whether the file ends here.
    pub(super) is_last: bool,
    /// Why nothing behind this can be read.
    pub(super) broken: Option<String>,
}

impl Batch {
    /// Rows that had their turn.
    pub(super) fn len(&self) -> i64 {
        i64::try_from(self.rows.len() + self.refused.len()).unwrap_or(i64::MAX)
    }
}

/// What one batch led to.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) added: i64,
    pub(super) updated: i64,
    pub(super) unlinked: u64,
    pub(super) refused: Vec<RefusedRow>,
}

/// A file being worked through.
pub(super) enum Run {
    Contacts(ContactsPlan),
    Answers(Box<AnswersRun>),
}

/// Answers being worked through.
pub(super) struct AnswersRun {
    plan: AnswersPlan,
    seen: Seen,
    /// Accounts that were found or made, by the name in the file.
    pub(super) accounts: HashMap<String, AccountId>,
}

impl AnswersRun {
    pub(super) fn new(plan: AnswersPlan) -> Self {
        Self {
            plan,
            seen: Seen::default(),
            accounts: HashMap::new(),
        }
    }

    /// Takes note of rows that were done before.
    fn pass_over(&mut self, rows: &[TableRow]) {
        for row in rows {
            // A row that was refused then is refused again now; it was reported then.
            drop(self.plan.identify(row, &mut self.seen));
        }
    }

    pub(super) fn read(&mut self, rows: &[TableRow], outcome: &mut Outcome) -> Vec<AnswerRow> {
        let mut read = Vec::with_capacity(rows.len());
        for row in rows {
            let found = self.plan.identify(row, &mut self.seen);
            match found.and_then(|id| self.plan.read(row, id)) {
                Ok(row) => read.push(row),
                Err(refused) => outcome.refused.push(refused),
            }
        }
        read
    }
}

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

    async fn run_turn(&self, mut import: Import) -> Result<Done, AppError> {
        let actor = Actor {
            user: import.user,
            ..Actor::program(import.workspace)
        };
        let mut kept = Kept::of(&import);
        let Some(plan) = kept.plan.clone() else {
            return Ok(Done::Finished);
        };
        let mut source = self.open_table(self.upload_path(import.id)).await?;
        let mut run = self.prepare(&actor, &plan, source.header()).await?;
        kept.header = source.header().to_vec();
        let mut refused = RefusedFile::open(&self.refused_path(import.id), kept.refused_bytes)?;
        let mut passed = 0;
        while passed < import.done {
            let most = usize::try_from(import.done - passed)
                .unwrap_or(BATCH)
                .min(BATCH);
            let (again, batch) = read_batch(source, most).await?;
            source = again;
            passed += batch.len();
            if let Run::Answers(run) = &mut run {
                run.pass_over(&batch.rows);
            }
            if batch.is_last {
                break;
            }
        }
        let end_of_turn = import.done.saturating_add(ROWS_PER_TURN);
        loop {
            let (again, batch) = read_batch(source, BATCH).await?;
            source = again;
            let outcome = self.take_batch(&actor, &mut run, &batch, false).await?;
            refused.add(&outcome.refused)?;
            import.done += batch.len();
            import.added += outcome.added;
            import.updated += outcome.updated;
            import.failed += i64::try_from(outcome.refused.len()).unwrap_or_default();
            import.total = estimate(import.done, batch.progress);
            kept.unlinked += outcome.unlinked;
            kept.refused_bytes = refused.bytes();
            kept.failures = 0;
            if batch.is_last {
                self.conclude(&mut import, batch.broken);
            }
            import.mapping = kept.to_json();
            let tx = self.store.begin(import.workspace).await?;
            imports::save(&tx, &import).await?;
            if batch.is_last {
                let details =
                    serde_json::json!({ "added": import.added, "refused": import.failed });
                self.record(&tx, &actor, "import.finished", import.id, details)
                    .await?;
            }
            tx.commit().await?;
            if batch.is_last {
                // What was uploaded is in now; a copy of personal data serves nobody.
                drop(std::fs::remove_file(self.upload_path(import.id)));
                if import.failed == 0 {
                    drop(std::fs::remove_file(self.refused_path(import.id)));
                }
                return Ok(Done::Finished);
            }
            if import.done >= end_of_turn || self.is_stopping() {
                return Ok(Done::Later(self.clock.now()));
            }
        }
    }

    pub(super) fn conclude(&self, import: &mut Import, broken: Option<String>) {
        import.total = import.done;
        import.state = if broken.is_some() {
            ImportState::Failed
        } else {
            ImportState::Done
        };
        import.last_error = broken;
        import.finished_at = Some(self.clock.now());
    }

    /// Gets ready to read rows under `header`; makes what the plan says is to be made.
    pub(super) async fn prepare(
        &self,
        actor: &Actor,
        plan: &Plan,
        header: &[String],
    ) -> Result<Run, AppError> {
        let map = match plan {
            Plan::Contacts(map) => {
                let tx = self.store.begin(actor.workspace).await?;
                let attributes = self.attributes_for(&tx, actor, map).await?;
                tx.commit().await?;
                return Ok(Run::Contacts(ContactsPlan::new(map, header, &attributes)?));
            }
            Plan::Answers(map) => map,
        };
        let (survey, version) = self.survey_for(actor, &map.survey).await?;
        let run = self
            .answers_run(actor, map, header, &survey, &version)
            .await?;
        let tx = self.store.begin(actor.workspace).await?;
        for (key, column) in &map.segments {
            let label = column.full().column;
            self.ensure_attribute(&tx, actor, key.clone(), &label, AttributeKind::Choice)
                .await?;
        }
        tx.commit().await?;
        Ok(Run::Answers(Box::new(run)))
    }

    /// Gets ready to read answers to this version.
    pub(super) async fn answers_run(
        &self,
        actor: &Actor,
        map: &super::AnswersMap,
        header: &[String],
        survey: &peil_domain::survey::Survey,
        version: &peil_domain::survey::Version,
    ) -> Result<AnswersRun, AppError> {
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
        Ok(AnswersRun::new(AnswersPlan::new(map, header, &around)?))
    }

    /// Opens a table, away from the threads that answer requests.
    pub(super) async fn open_table(
        &self,
        path: std::path::PathBuf,
    ) -> Result<Box<dyn TableSource>, AppError> {
        let tables: Arc<dyn TableFiles> = Arc::clone(&self.tables);
        let opened = tokio::task::spawn_blocking(move || tables.open(&path)).await;
        let opened = opened.map_err(|error| AppError::Folder(error.to_string()))?;
        Ok(opened.map_err(ImportError::from)?)
    }
}

/// Rows in all when `done` of them are this share of the file.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "an estimate for a progress bar"
)]
pub(super) fn estimate(done: i64, progress: f64) -> i64 {
    if progress > 0.0 {
        ((done as f64 / progress).round() as i64).max(done)
    } else {
        done
    }
}

/// Reads at most `most` rows, away from the threads that answer requests.
pub(super) async fn read_batch(
    mut source: Box<dyn TableSource>,
    most: usize,
) -> Result<(Box<dyn TableSource>, Batch), AppError> {
    let read = move || {
        let mut batch = Batch {
            rows: Vec::with_capacity(most),
            refused: Vec::new(),
            progress: 0.0,
            is_last: false,
            broken: None,
        };
        while batch.rows.len() + batch.refused.len() < most {
            match source.next_row() {
                None => {
                    batch.is_last = true;
                    break;
                }
                Some(Ok(row)) => batch.rows.push(row),
                Some(Err(problem)) => {
                    if problem.ends_the_table {
                        batch.broken = Some(problem.code.to_owned());
                        batch.is_last = true;
                    }
                    batch.refused.push(problem.into());
                    if batch.is_last {
                        break;
                    }
                }
            }
        }
        batch.progress = source.progress();
        (source, batch)
    };
    let done = tokio::task::spawn_blocking(read).await;
    done.map_err(|error| AppError::Folder(error.to_string()))
}

/// What an import counted so far.
pub(super) fn tally(import: &Import, unlinked: u64) -> Tally {
    Tally {
        done: import.done,
        total: import.total,
        added: import.added,
        known: import.updated,
        refused: import.failed,
        unlinked,
    }
}
