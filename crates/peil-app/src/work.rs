//! The worker: takes jobs one after another and does what keeps a running Peil tidy.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use peil_store::jobs::{self, Job};
use tokio::sync::{Notify, watch};

use crate::{App, AppError};

/// How long a job stays locked to the worker that took it.
const LOCK: SignedDuration = SignedDuration::from_mins(10);
/// How often an idle worker looks for jobs that became due.
const LOOK: Duration = Duration::from_secs(1);
/// How often sign-ins are written down.
const TIDY: Duration = Duration::from_mins(1);
/// Longest wait before a failed job is tried again, in minutes.
const LONGEST_WAIT_MINUTES: i64 = 60;

/// What the worker and those who wake it share.
pub(crate) struct Worker {
    wake: Notify,
    stop: watch::Sender<bool>,
    is_working: watch::Sender<bool>,
}

impl Default for Worker {
    fn default() -> Self {
        Self {
            wake: Notify::new(),
            stop: watch::Sender::new(false),
            is_working: watch::Sender::new(false),
        }
    }
}

/// What became of a job.
pub(crate) enum Done {
    /// It is finished.
    Finished,
    /// It goes on at this time.
    Later(Timestamp),
    /// It cannot go on now and tries again at this time; the words say why.
    Halted(Timestamp, String),
}

impl App {
    /// Starts working on jobs in the background; a program calls this once.
    #[expect(
        clippy::disallowed_methods,
        reason = "the worker is the one task that lives as long as the program"
    )]
    pub fn start_work(self: &Arc<Self>) {
        self.worker.is_working.send_replace(true);
        tokio::spawn(work_until_stopped(Arc::clone(self)));
    }

    /// Stops taking jobs; the one in hand is finished first by those who can be interrupted.
    pub fn stop_work(&self) {
        self.worker.stop.send_replace(true);
        self.worker.wake.notify_one();
    }

    /// Waits until the worker has put down the job that it had in hand when it was told to stop.
    pub async fn wait_for_work_to_stop(&self) {
        let mut working = self.worker.is_working.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail.
        drop(working.wait_for(|is_working| !is_working).await);
    }

    /// Whether the program is stopping, for long jobs to look at.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.worker.stop.borrow()
    }

    /// Tells the worker that there is a new job.
    pub(crate) fn wake_worker(&self) {
        self.worker.wake.notify_one();
    }

    /// Does every job that is due now; for tests and commands that do not stay.
    pub async fn work_now(&self) -> Result<u64, AppError> {
        let mut count = 0;
        while let Some(job) = self.store.take_job(self.clock.now(), LOCK).await? {
            self.do_job(job).await?;
            count += 1;
            if self.is_stopping() {
                break;
            }
        }
        Ok(count)
    }

    async fn do_job(&self, job: Job) -> Result<(), AppError> {
        let outcome = match job.kind.as_str() {
            crate::outreach::SEND_WAVE => self.send_wave(&job).await,
            crate::imports::RUN_IMPORT => self.run_import_job(&job).await,
            unknown => {
                tracing::error!(kind = unknown, "job of unknown kind removed");
                Ok(Done::Finished)
            }
        };
        let tx = self.store.begin(job.workspace).await?;
        match outcome {
            Ok(Done::Finished) => jobs::finish(&tx, job.id).await?,
            Ok(Done::Later(at)) => jobs::postpone(&tx, job.id, at, None).await?,
            Ok(Done::Halted(at, why)) => jobs::postpone(&tx, job.id, at, Some(&why)).await?,
            Err(error) => {
                let minutes = i64::from(job.attempts.min(6))
                    .pow(2)
                    .clamp(1, LONGEST_WAIT_MINUTES);
                let at = self
                    .clock
                    .now()
                    .checked_add(SignedDuration::from_mins(minutes))
                    .unwrap_or(Timestamp::MAX);
                tracing::warn!(kind = job.kind, %error, "job failed, trying again later");
                jobs::postpone(&tx, job.id, at, Some(&error.to_string())).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}

async fn work_until_stopped(app: Arc<App>) {
    // A file has one program: whoever had locked a job was killed, and need not be waited for.
    if app.store.is_file()
        && let Err(error) = app.store.free_jobs().await
    {
        tracing::error!(%error, "jobs of a killed program could not be freed");
    }
    let mut tidied = tokio::time::interval(TIDY);
    loop {
        if let Err(error) = app.work_now().await {
            tracing::error!(%error, "worker could not reach the database");
        }
        if app.is_stopping() {
            app.worker.is_working.send_replace(false);
            return;
        }
        tokio::select! {
            () = app.worker.wake.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
            _ = tidied.tick() => {
                if let Err(error) = app.save_seen_sign_ins().await {
                    tracing::error!(%error, "sign-ins could not be noted");
                }
            }
        }
    }
}
