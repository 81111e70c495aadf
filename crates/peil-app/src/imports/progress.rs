//! How far an import is, and what came of its rows.

use peil_domain::access::Actor;
use peil_store::{
    Tx,
    imports::{self, Import, ImportState},
};

use super::{RefusedRow, Tally, refused::RefusedFile, take::Kept};
use crate::{App, AppError};

/// What became of some rows.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) added: i64,
    pub(super) updated: i64,
    pub(super) unlinked: u64,
    pub(super) refused: Vec<RefusedRow>,
}

/// How a file ends.
pub(super) enum End {
    /// With its last row.
    Whole,
    /// Because nothing behind this can be read, for this reason.
    Broken(String),
}

/// How far an import is.
pub(super) struct Progress {
    pub(super) import: Import,
    pub(super) kept: Kept,
    /// Where refused rows are kept; nothing when rows are only read and checked.
    pub(super) refused: Option<RefusedFile>,
    /// Whether others are to see how far it is.
    pub(super) is_shown: bool,
    /// The rows that were refused last.
    pub(super) just_refused: Vec<RefusedRow>,
}

impl App {
    /// Counts rows that had their turn; `end` says that they were the last.
    pub(super) fn count(
        &self,
        progress: &mut Progress,
        rows: i64,
        share: f64,
        end: Option<End>,
        outcome: Outcome,
    ) -> Result<(), AppError> {
        let Progress {
            import,
            kept,
            refused,
            just_refused,
            ..
        } = progress;
        import.done += rows;
        import.added += outcome.added;
        import.updated += outcome.updated;
        import.failed += i64::try_from(outcome.refused.len()).unwrap_or_default();
        import.total = estimate(import.done, share);
        kept.unlinked += outcome.unlinked;
        kept.failures = 0;
        if let Some(file) = refused {
            file.add(&outcome.refused)?;
            kept.refused_bytes = file.bytes();
        }
        *just_refused = outcome.refused;
        if let Some(end) = end {
            self.conclude(import, end);
        }
        import.mapping = kept.to_json();
        Ok(())
    }

    /// Writes down how far an import is.
    pub(super) async fn note(
        &self,
        actor: &Actor,
        tx: &Tx,
        progress: &Progress,
    ) -> Result<(), AppError> {
        if !progress.is_shown {
            return Ok(());
        }
        let import = &progress.import;
        imports::save(tx, import).await?;
        if import.state != ImportState::Running {
            let details = serde_json::json!({ "added": import.added, "refused": import.failed });
            self.record(tx, actor, "import.finished", import.id, details)
                .await?;
        }
        Ok(())
    }

    fn conclude(&self, import: &mut Import, end: End) {
        import.total = import.done;
        (import.state, import.last_error) = match end {
            End::Whole => (ImportState::Done, None),
            End::Broken(why) => (ImportState::Failed, Some(why)),
        };
        import.finished_at = Some(self.clock.now());
    }
}

/// Rows in all when `done` of them are this share of the file.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "an estimate for a progress bar"
)]
fn estimate(done: i64, progress: f64) -> i64 {
    if progress > 0.0 {
        ((done as f64 / progress).round() as i64).max(done)
    } else {
        done
    }
}

/// What an import counted so far.
pub(super) fn tally(progress: &Progress) -> Tally {
    let import = &progress.import;
    Tally {
        done: import.done,
        total: import.total,
        added: import.added,
        known: import.updated,
        refused: import.failed,
        unlinked: progress.kept.unlinked,
        is_broken: import.state == ImportState::Failed,
    }
}
