//! The group-commit writer: submissions that arrive together share one transaction and one flush to
//! disk. An answer is acknowledged only after that flush.
//!
//! Who waits too long, because somebody else has the database for themselves, withdraws what was sent
//! and hears that it is busy. What the writer has in hand cannot be withdrawn any more: its outcome is
//! waited for, so that nobody is ever told that nothing was stored while it was.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use peil_domain::{response::Response, shared::WorkspaceId};
use sea_orm::{DatabaseConnection, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use crate::{
    DatabaseUrl, Store, StoreError, Tx,
    outbox::{Newest, Told},
    refusal::Refusals,
    response::{self, Circumstances},
    session,
};

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    /// It is on disk now.
    Stored,
    /// It was on disk already: the same form sent twice.
    Duplicate,
    /// Its invitation was answered with another form.
    AlreadyAnswered,
    /// It is on disk as stopped on the way, since this one of its quotas was full.
    OverQuota {
        /// Place among its quotas, in the order of their keys.
        place: usize,
    },
}

/// Submissions that share a transaction.
const MOST_TOGETHER: usize = 128;

/// How many submissions may wait, and how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Submissions that may wait for their turn; more are turned away at once.
    pub most_waiting: usize,
    /// How long a submission waits for its turn: as long as a person who looks at a page that loads.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            most_waiting: 4_096,
            patience: Duration::from_secs(10),
        }
    }
}

/// A submission with what belongs to it.
struct Form {
    response: Response,
    beside: Circumstances,
}

/// What was sent, until either the writer takes it or its sender withdraws it.
#[derive(Clone)]
struct Sent(Arc<Mutex<Option<Form>>>);

impl Sent {
    fn new(form: Form) -> Self {
        Self(Arc::new(Mutex::new(Some(form))))
    }

    fn take(&self) -> Option<Form> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

struct Waiting {
    workspace: WorkspaceId,
    sent: Sent,
    done: oneshot::Sender<Result<Submitted, StoreError>>,
}

/// What the writer took.
struct InHand {
    form: Form,
    done: oneshot::Sender<Result<Submitted, StoreError>>,
}

enum Order {
    Submit(Waiting),
    Stop(oneshot::Sender<()>),
}

/// Where submissions are written, and who hears of it.
pub(crate) struct Place {
    connection: DatabaseConnection,
    newest: Newest,
    /// Whether the disk refuses what is written.
    refusals: Refusals,
    /// Its name, for people.
    name: String,
    /// Whether the last submissions were refused by the disk.
    is_refused: bool,
}

/// The way to the task that writes submissions.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    orders: mpsc::Sender<Order>,
    patience: Duration,
}

impl Writer {
    /// Starts the task that writes.
    #[expect(
        clippy::disallowed_methods,
        reason = "the writer is the one task that the store owns"
    )]
    pub(crate) fn start(place: Place, limits: Limits) -> Self {
        let (orders, inbox) = mpsc::channel(limits.most_waiting);
        tokio::spawn(write_until_stopped(place, inbox));
        Self {
            orders,
            patience: limits.patience,
        }
    }

    /// Writes what is waiting, then stops.
    pub(crate) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.orders.send(Order::Stop(done)).await.is_ok() {
            // The other side may already be gone; then there is nothing to wait for.
            stopped.await.unwrap_or_default();
        }
    }
}

impl Store {
    /// Stores a submission and closes its invitation; returns after the flush to disk. Idempotent
    /// on the identifier of the response.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when too many are waiting, or the database is somebody else's for too
    /// long; nothing was stored then, and nothing will be.
    pub async fn submit(&self, response: Response) -> Result<Submitted, StoreError> {
        self.submit_counted(response, Circumstances::default())
            .await
    }

    /// The same, counted for its quotas.
    ///
    /// # Errors
    /// As [`Store::submit`].
    pub async fn submit_counted(
        &self,
        response: Response,
        beside: Circumstances,
    ) -> Result<Submitted, StoreError> {
        let (done, mut outcome) = oneshot::channel();
        let workspace = response.workspace;
        let sent = Sent::new(Form { response, beside });
        let order = Order::Submit(Waiting {
            workspace,
            sent: sent.clone(),
            done,
        });
        let writer = self.writer();
        writer
            .orders
            .try_send(order)
            .map_err(|_| StoreError::Busy)?;
        let stopped = |_| StoreError::Database("writer stopped".into());
        if let Ok(outcome) = tokio::time::timeout(writer.patience, &mut outcome).await {
            return outcome.map_err(stopped)?;
        }
        if sent.take().is_some() {
            return Err(StoreError::Busy);
        }
        outcome.await.map_err(stopped)?
    }
}

async fn write_until_stopped(mut place: Place, mut inbox: mpsc::Receiver<Order>) {
    let mut orders = Vec::with_capacity(MOST_TOGETHER);
    while inbox.recv_many(&mut orders, MOST_TOGETHER).await > 0 {
        let mut batch = Vec::with_capacity(orders.len());
        let mut stops = Vec::new();
        for order in orders.drain(..) {
            match order {
                Order::Submit(waiting) => batch.push(waiting),
                Order::Stop(done) => stops.push(done),
            }
        }
        write_batch(&mut place, batch).await;
        if !stops.is_empty() {
            for done in stops {
                // Whoever asked may have stopped waiting; the work is done all the same.
                done.send(()).unwrap_or_default();
            }
            return;
        }
    }
}

impl Place {
    pub(crate) fn new(
        connection: DatabaseConnection,
        newest: Newest,
        refusals: Refusals,
        url: &DatabaseUrl,
    ) -> Self {
        Self {
            connection,
            newest,
            refusals,
            name: match url {
                DatabaseUrl::Sqlite(path) => path.display().to_string(),
                DatabaseUrl::Postgres(_) => "the database server".to_owned(),
            },
            is_refused: false,
        }
    }

    /// Says in the log when the disk begins or ceases to refuse: not for every submission, since the
    /// log may well be on the same disk.
    fn note(&mut self, refusal: Option<&StoreError>) {
        self.refusals.note(refusal);
        if refusal.is_some() == self.is_refused {
            return;
        }
        self.is_refused = refusal.is_some();
        let database = &self.name;
        if let Some(error) = refusal {
            tracing::error!(
                %error,
                database,
                "answers cannot be stored and are refused, respondents keep them in their form; \
                 make room on the disk or give Peil the right to write, it goes on by itself then"
            );
        } else {
            tracing::warn!(database, "answers are stored again");
        }
    }
}

/// Writes a batch in one transaction. When anything in it fails, every submission gets a
/// transaction of its own, so that one bad row costs nobody else their answer; unless nothing can
/// be written at all.
async fn write_batch(place: &mut Place, batch: Vec<Waiting>) {
    let Some(first) = batch.first() else {
        return;
    };
    // Nothing is taken before the database is ours: until then it can be withdrawn.
    let tx = match begin(place, first.workspace).await {
        Ok(tx) => tx,
        Err(error) => {
            if error.is_refusal() {
                place.note(Some(&error));
            } else {
                tracing::warn!(%error, size = batch.len(), "submissions could not be written");
            }
            for waiting in batch {
                drop(waiting.done.send(Err(error.clone())));
            }
            return;
        }
    };
    let taken = batch.into_iter().filter_map(|waiting| {
        let form = waiting.sent.take()?;
        let done = waiting.done;
        Some(InHand { form, done })
    });
    let in_hand: Vec<InHand> = taken.collect();
    let forms: Vec<&Form> = in_hand.iter().map(|taken| &taken.form).collect();
    let written = write_together(tx, &forms).await;
    match &written {
        Err(error) if error.is_refusal() => place.note(Some(error)),
        Ok(_) if !forms.is_empty() => place.note(None),
        // Everyone went away and nothing was written, or the disk is not why it failed.
        _ => {}
    }
    let outcomes = match written {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        Err(error) if error.is_refusal() => vec![Err(error); forms.len()],
        Err(error) => {
            if forms.len() > 1 {
                tracing::warn!(%error, size = forms.len(), "batch failed, writing one by one");
            }
            write_apart(place, &forms).await
        }
    };
    for (taken, outcome) in in_hand.into_iter().zip(outcomes) {
        // A respondent who closed the page no longer waits; the answer is stored all the same.
        drop(taken.done.send(outcome));
    }
}

async fn write_apart(place: &Place, forms: &[&Form]) -> Vec<Result<Submitted, StoreError>> {
    let mut outcomes = Vec::with_capacity(forms.len());
    let mut is_busy = false;
    for form in forms {
        // Each of them would wait as long for nothing.
        let outcome = if is_busy {
            Err(StoreError::Busy)
        } else {
            write_alone(place, form).await
        };
        is_busy |= matches!(outcome, Err(StoreError::Busy));
        outcomes.push(outcome);
    }
    outcomes
}

async fn write_alone(place: &Place, form: &Form) -> Result<Submitted, StoreError> {
    let tx = begin(place, form.response.workspace).await?;
    let outcomes = write_together(tx, &[form]).await?;
    let outcome = outcomes.first().copied();
    outcome.ok_or_else(|| StoreError::Database("no outcome".into()))
}

async fn begin(place: &Place, workspace: WorkspaceId) -> Result<Tx, StoreError> {
    let options = session::write_options();
    Ok(Tx {
        transaction: place.connection.begin_with_options(options).await?,
        workspace,
        told: Told::nothing_yet(&place.newest),
        refusals: place.refusals.clone(),
    })
}

async fn write_together(mut tx: Tx, forms: &[&Form]) -> Result<Vec<Submitted>, StoreError> {
    let mut outcomes = Vec::with_capacity(forms.len());
    for Form { response, beside } in forms {
        tx = tx.turned_to(response.workspace);
        outcomes.push(response::add_counted(&tx, response, beside).await?);
    }
    tx.commit().await?;
    Ok(outcomes)
}
