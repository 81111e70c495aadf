//! The workers: take jobs one after another; and what keeps a running Peil tidy.
//!
//! A job is held under a lease that is renewed as long as the work goes on. What a job writes that
//! must not happen twice is written together with [`App::holds`], so that a worker that was held up
//! beyond its lease changes nothing in the name of a job that is another's by now.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use peil_store::{
    Tx,
    jobs::{self, Job},
};
use tokio::sync::watch;

use crate::{App, AppError, outreach::SEND_WAVE};

/// How long a job stays locked to the worker that took it, or renewed its lease.
const LOCK: SignedDuration = SignedDuration::from_mins(10);
/// How often a lease is renewed while its job is being done.
const RENEW: Duration = Duration::from_mins(2);
/// How often an idle worker looks for jobs that became due.
const LOOK: Duration = Duration::from_secs(1);
/// How often sign-ins are written down and the outbox is tidied.
const TIDY: Duration = Duration::from_mins(1);
/// How long what changed stays in the outbox for programs that are behind.
const KEEP_CHANGES: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long it stays there when everyone has taken it: facts that are being made anew need it.
const KEEP_TAKEN_CHANGES: SignedDuration = SignedDuration::from_hours(2);
/// No clock that is right tells something so far in the future.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);
/// Longest wait before a failed job is tried again, in minutes.
const LONGEST_WAIT_MINUTES: i64 = 60;

/// What the workers and those who wake them share.
pub(crate) struct Worker {
    wake: watch::Sender<u64>,
    stop: watch::Sender<bool>,
    at_work: watch::Sender<usize>,
}

impl Default for Worker {
    fn default() -> Self {
        Self {
            wake: watch::Sender::new(0),
            stop: watch::Sender::new(false),
            at_work: watch::Sender::new(0),
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
    /// It is another's by now.
    Lost,
}

/// Counts a task among those at work for as long as it lives, however it ends.
struct AtWork(Arc<App>);

impl AtWork {
    fn new(app: &Arc<App>) -> Self {
        app.worker.at_work.send_modify(|count| *count += 1);
        Self(Arc::clone(app))
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.worker.at_work.send_modify(|count| *count -= 1);
    }
}

impl App {
    /// Starts working on jobs in the background; a program calls this once.
    ///
    /// One worker takes every job. A second leaves the sending of waves to the first, so that a slow
    /// mail server keeps nothing else waiting and hears from one wave at a time.
    #[expect(
        clippy::disallowed_methods,
        reason = "the workers are the tasks that live as long as the program"
    )]
    pub fn start_work(self: &Arc<Self>) {
        let (all, others) = (AtWork::new(self), AtWork::new(self));
        tokio::spawn(tidy_until_stopped(AtWork::new(self)));
        let follower = AtWork::new(self);
        tokio::spawn(async move { follower.0.follow_records().await });
        let watcher = AtWork::new(self);
        tokio::spawn(async move { watcher.0.watch_storage().await });
        let reader = AtWork::new(self);
        tokio::spawn(async move { reader.0.follow_answers().await });
        tokio::spawn(async move {
            // A file has one program: whoever had locked a job was killed, and need not be waited for.
            if all.0.store.is_file()
                && let Err(error) = all.0.store.free_jobs().await
            {
                tracing::error!(%error, "jobs of a killed program could not be freed");
            }
            tokio::spawn(work_until_stopped(others, Some(SEND_WAVE)));
            work_until_stopped(all, None).await;
        });
    }

    /// Stops taking jobs; those in hand are finished first by those who can be interrupted.
    pub fn stop_work(&self) {
        self.worker.stop.send_replace(true);
        self.wake_worker();
    }

    /// Waits until the workers have put down the jobs that they had in hand when they were told to
    /// stop.
    pub async fn wait_for_work_to_stop(&self) {
        let mut at_work = self.worker.at_work.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail.
        drop(at_work.wait_for(|count| *count == 0).await);
    }

    /// Whether the program is stopping, for long jobs to look at.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.worker.stop.borrow()
    }

    /// Hears when the program is stopping.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.worker.stop.subscribe()
    }

    /// Tells the workers that there is a new job.
    pub(crate) fn wake_worker(&self) {
        self.worker
            .wake
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Does every job that is due now; for tests and commands that do not stay.
    pub async fn work_now(&self) -> Result<u64, AppError> {
        self.work_on_all(None).await
    }

    /// Removes from the outbox what no program needs any more.
    pub(crate) async fn tidy_outbox(&self) -> Result<(), AppError> {
        let now = self.clock.now();
        // What was told by a clock that was ahead is as old as what stands around it.
        let beyond = now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
        let before = |keep: SignedDuration| {
            let before = now.checked_sub(keep).unwrap_or(Timestamp::MIN);
            (before, beyond)
        };
        // A file has one program that keeps facts, and how much it has written down is known.
        if let Some(taken) = self.keeper.kept().filter(|_| self.store.is_file()) {
            let moments = before(KEEP_TAKEN_CHANGES);
            self.store.tidy_outbox(moments, Some(&taken)).await?;
        }
        self.store.tidy_outbox(before(KEEP_CHANGES), None).await?;
        Ok(())
    }

    async fn work_on_all(&self, except: Option<&str>) -> Result<u64, AppError> {
        let mut count = 0;
        while let Some(job) = self.store.take_job(self.clock.now(), LOCK, except).await? {
            self.do_job(job).await?;
            count += 1;
            if self.is_stopping() {
                break;
            }
        }
        Ok(count)
    }

    /// Whether `job` is still this worker's, to be asked in the transaction that depends on it.
    pub(crate) async fn holds(&self, tx: &Tx, job: &Job) -> Result<bool, AppError> {
        let until = self.clock.now().checked_add(LOCK);
        Ok(jobs::renew(tx, job, until.unwrap_or(Timestamp::MAX)).await?)
    }

    async fn do_job(&self, job: Job) -> Result<(), AppError> {
        let work = AssertUnwindSafe(self.run_job(&job)).catch_unwind();
        let outcome = tokio::select! {
            outcome = work => match outcome {
                Ok(Ok(done)) => done,
                Ok(Err(error)) => self.failed(&job, &error.to_string()),
                Err(panic) => self.failed(&job, &format!("panic: {}", words_of(panic.as_ref()))),
            },
            () = self.renew_until_lost(&job) => Done::Lost,
        };
        let tx = self.store.begin(job.workspace).await?;
        let was_held = match outcome {
            // A job that removed itself, together with what it did last, is not here any more.
            Done::Finished => jobs::finish(&tx, &job).await.map(|_| true)?,
            Done::Later(at) => jobs::postpone(&tx, &job, at, None).await?,
            Done::Halted(at, why) => jobs::postpone(&tx, &job, at, Some(&why)).await?,
            Done::Lost => false,
        };
        if !was_held {
            tracing::warn!(kind = job.kind, "job was taken over by another worker");
        }
        Ok(tx.commit().await?)
    }

    async fn run_job(&self, job: &Job) -> Result<Done, AppError> {
        match job.kind.as_str() {
            SEND_WAVE => self.send_wave(job).await,
            crate::imports::RUN_IMPORT => self.run_import_job(job).await,
            crate::results::FIND_SIGNALS => self.run_find_signals(job).await,
            unknown => {
                tracing::error!(kind = unknown, "job of unknown kind removed");
                Ok(Done::Finished)
            }
        }
    }

    /// Something unexpected stopped a job: it is tried again, each time after a longer wait.
    fn failed(&self, job: &Job, why: &str) -> Done {
        let minutes = i64::from(job.attempts.clamp(0, 8))
            .pow(2)
            .clamp(1, LONGEST_WAIT_MINUTES);
        let at = self
            .clock
            .now()
            .checked_add(SignedDuration::from_mins(minutes));
        tracing::error!(
            kind = job.kind,
            why,
            minutes,
            "job failed, trying again later"
        );
        Done::Halted(at.unwrap_or(Timestamp::MAX), why.to_owned())
    }

    /// Renews the lease on a job for as long as it lasts; returns when it is gone.
    async fn renew_until_lost(&self, job: &Job) {
        loop {
            tokio::time::sleep(RENEW).await;
            let renewed = async {
                let tx = self.store.begin(job.workspace).await?;
                let is_held = self.holds(&tx, job).await?;
                tx.commit().await?;
                Ok::<bool, AppError>(is_held)
            };
            match renewed.await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(%error, "lease on a job could not be renewed"),
            }
        }
    }
}

/// What a panic said.
fn words_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without words")
}

async fn work_until_stopped(at_work: AtWork, except: Option<&str>) {
    let app = &at_work.0;
    let mut wake = app.worker.wake.subscribe();
    while !app.is_stopping() {
        if let Err(error) = app.work_on_all(except).await {
            tracing::error!(%error, "worker could not reach the database");
        }
        if app.is_stopping() {
            return;
        }
        tokio::select! {
            // The sender lives as long as the program, so waiting cannot fail.
            _ = wake.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn tidy_until_stopped(at_work: AtWork) {
    let app = &at_work.0;
    let mut stop = app.worker.stop.subscribe();
    let mut turn = tokio::time::interval(TIDY);
    while !app.is_stopping() {
        tokio::select! {
            _ = stop.changed() => {}
            _ = turn.tick() => {
                if let Err(error) = app.save_seen_sign_ins().await {
                    tracing::error!(%error, "sign-ins could not be noted");
                }
                if let Err(error) = app.tidy_outbox().await {
                    tracing::error!(%error, "the outbox could not be tidied");
                }
                if let Err(error) = app.plan_signals().await {
                    tracing::error!(%error, "looking for signals could not be planned");
                }
            }
        }
    }
}
