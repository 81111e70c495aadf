//! The group-commit writer: submissions that arrive together share one transaction and one flush to
//! disk. An answer is acknowledged only after that flush.

use peil_domain::response::Response;
use sea_orm::{DatabaseConnection, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use crate::{
    DatabaseUrl, Store, StoreError, Tx,
    outbox::{Newest, Told},
    response, session,
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
}

/// Submissions that may wait for their turn; more are turned away at once.
const MOST_WAITING: usize = 4_096;
/// Submissions that share a transaction.
const MOST_TOGETHER: usize = 128;

struct Waiting {
    response: Response,
    done: oneshot::Sender<Result<Submitted, StoreError>>,
}

enum Order {
    Submit(Box<Waiting>),
    Stop(oneshot::Sender<()>),
}

/// Where submissions are written, and who hears of it.
struct Place {
    connection: DatabaseConnection,
    newest: Newest,
    /// Its name, for people.
    name: String,
    /// Whether the last submissions were refused by the disk.
    is_refused: bool,
}

/// The way to the task that writes submissions.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    orders: mpsc::Sender<Order>,
}

impl Writer {
    /// Starts the task that writes.
    #[expect(
        clippy::disallowed_methods,
        reason = "the writer is the one task that the store owns"
    )]
    pub(crate) fn start(connection: DatabaseConnection, newest: Newest, url: &DatabaseUrl) -> Self {
        let (orders, inbox) = mpsc::channel(MOST_WAITING);
        let place = Place {
            connection,
            newest,
            name: match url {
                DatabaseUrl::Sqlite(path) => path.display().to_string(),
                DatabaseUrl::Postgres(_) => "the database server".to_owned(),
            },
            is_refused: false,
        };
        tokio::spawn(write_until_stopped(place, inbox));
        Self { orders }
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
    /// [`StoreError::Busy`] when too many are waiting; nothing was stored then.
    pub async fn submit(&self, response: Response) -> Result<Submitted, StoreError> {
        let (done, outcome) = oneshot::channel();
        let order = Order::Submit(Box::new(Waiting { response, done }));
        self.writer()
            .orders
            .try_send(order)
            .map_err(|_| StoreError::Busy)?;
        outcome
            .await
            .map_err(|_| StoreError::Database("writer stopped".into()))?
    }
}

async fn write_until_stopped(mut place: Place, mut inbox: mpsc::Receiver<Order>) {
    let mut orders = Vec::with_capacity(MOST_TOGETHER);
    while inbox.recv_many(&mut orders, MOST_TOGETHER).await > 0 {
        let mut batch = Vec::with_capacity(orders.len());
        let mut stops = Vec::new();
        for order in orders.drain(..) {
            match order {
                Order::Submit(waiting) => batch.push(*waiting),
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
    /// Says in the log when the disk begins or ceases to refuse: not for every submission, since the
    /// log may well be on the same disk.
    fn note(&mut self, refusal: Option<&StoreError>) {
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
    if batch.is_empty() {
        return;
    }
    let responses: Vec<&Response> = batch.iter().map(|waiting| &waiting.response).collect();
    let written = write_together(place, &responses).await;
    let refusal = written.as_ref().err().filter(|error| error.is_refusal());
    place.note(refusal);
    let outcomes = match written {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        Err(error) if error.is_refusal() => vec![Err(error); responses.len()],
        Err(error) => {
            if batch.len() > 1 {
                tracing::warn!(%error, size = batch.len(), "batch failed, writing one by one");
            }
            write_apart(place, &responses).await
        }
    };
    for (waiting, outcome) in batch.into_iter().zip(outcomes) {
        // A respondent who closed the page no longer waits; the answer is stored all the same.
        drop(waiting.done.send(outcome));
    }
}

async fn write_apart(place: &Place, responses: &[&Response]) -> Vec<Result<Submitted, StoreError>> {
    let mut outcomes = Vec::with_capacity(responses.len());
    for response in responses {
        let outcome = write_together(place, std::slice::from_ref(response)).await;
        outcomes.push(outcome.and_then(|done| {
            done.first()
                .copied()
                .ok_or_else(|| StoreError::Database("no outcome".into()))
        }));
    }
    outcomes
}

async fn write_together(
    place: &Place,
    responses: &[&Response],
) -> Result<Vec<Submitted>, StoreError> {
    let Some(first) = responses.first() else {
        return Ok(Vec::new());
    };
    let options = session::write_options();
    let mut tx = Tx {
        transaction: place.connection.begin_with_options(options).await?,
        workspace: first.workspace,
        told: Told::nothing_yet(&place.newest),
    };
    let mut outcomes = Vec::with_capacity(responses.len());
    for response in responses {
        tx = tx.turned_to(response.workspace);
        outcomes.push(response::add(&tx, response).await?);
    }
    tx.commit().await?;
    Ok(outcomes)
}
