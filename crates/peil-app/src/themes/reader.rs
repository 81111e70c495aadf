//! The task that reads: what is new within a second or two, old answers again when they are due.
//!
//! It takes few answers at a time, reads them where no page waits, and writes them in a transaction of
//! their own; between two of those whoever sends answers has the database. Where it was stopped it
//! goes on: reading the same again changes nothing.

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    response::Response,
    shared::{QuestionKey, ResponseId, WorkspaceId},
};
use peil_store::{
    outbox::{Change, Given, Reading},
    themes::{
        self, Due, FreshReading, MadeBy, ReadPart, ReaderState, all_due, begin_again, finish_due,
        list_for, list_part, list_submissions, note_due,
    },
};
use uuid::Uuid;

use super::{
    books::{Book, Pace, on_a_thread, rules},
    correct::{Labels, labels_of, read_with},
    displeased::{as_displeased, displeased},
    read::own_words,
};
use crate::{App, AppError};

/// Name of this reader of the outbox.
const NAME: &str = "themes";
/// Rows of the outbox in one turn.
const MOST_ROWS: u64 = 4;
/// Submissions that are read at a time, and that are looked at to find them.
const MOST_TOGETHER: usize = 200;
const MOST_LOOKED_AT: u64 = 5_000;
/// Rest when nothing is new, after some were read, and after something went wrong.
const LOOK: Duration = Duration::from_millis(700);
const BREATH: Duration = Duration::from_millis(15);
/// After so many looks at nothing new, some minutes, what reads is let go of.
const LOOKS_BEFORE_REST: u32 = 250;
const TROUBLE: Duration = Duration::from_secs(10);
/// For how long this program is the one that reads, unless it says so again.
const HOLD: SignedDuration = SignedDuration::from_secs(60);

/// How far this program's reader is.
#[derive(Default)]
pub(crate) struct Reader(tokio::sync::Mutex<Option<Held>>);

struct Held {
    holder: Uuid,
    until: Timestamp,
    state: ReaderState,
}

impl App {
    /// Reads until the program stops.
    pub(crate) async fn follow_answers(&self) {
        let mut stop = self.stopping();
        let mut looks_in_vain = 0;
        while !self.is_stopping() {
            let began = self.clock.now();
            let rest = match self.read_some(Pace::StepsBack).await {
                // As long as it took: in a flood of answers, taking them in goes first.
                Ok(true) => {
                    looks_in_vain = 0;
                    self.since(began).clamp(BREATH, LOOK)
                }
                Ok(false) => {
                    looks_in_vain += 1;
                    if looks_in_vain == LOOKS_BEFORE_REST {
                        self.books.let_go();
                    }
                    LOOK
                }
                Err(error) => {
                    tracing::error!(%error, "answers could not be read");
                    TROUBLE
                }
            };
            tokio::select! {
                // The sender lives as long as the program, so waiting cannot fail.
                _ = stop.changed() => {}
                () = tokio::time::sleep(rest) => {}
            }
        }
    }

    fn since(&self, began: Timestamp) -> Duration {
        let took = self.clock.now().duration_since(began);
        Duration::try_from(took).unwrap_or_default()
    }

    /// Reads everything that is to be read by now; for commands that do not stay, and tests.
    pub async fn read_all_answers(&self) -> Result<(), AppError> {
        while self.read_some(Pace::Awaited).await? {}
        Ok(())
    }

    /// Reads a few answers; `false` when there is nothing to read, or another program reads.
    async fn read_some(&self, pace: Pace) -> Result<bool, AppError> {
        let mut held = self.reader.0.lock().await;
        if !self.hold(&mut held).await? {
            return Ok(false);
        }
        let Some(held) = held.as_mut() else {
            return Ok(false);
        };
        if held.state.position.is_none() || held.state.rules != rules() {
            self.begin_anew(held).await?;
            return Ok(true);
        }
        if self.read_new(held, pace).await? {
            return Ok(true);
        }
        let due = all_due(&self.store).await?.into_iter().next();
        match due {
            Some((workspace, due)) => self.read_old(workspace, due, pace).await.map(|()| true),
            None => self.discover_next(pace).await,
        }
    }

    /// Makes sure that this program is the one that reads.
    async fn hold(&self, held: &mut Option<Held>) -> Result<bool, AppError> {
        let now = self.clock.now();
        let half = |until: Timestamp| until.duration_since(now) > HOLD / 2;
        // A file has one program, which needs to say so once.
        if held
            .as_ref()
            .is_some_and(|held| self.store.is_file() || half(held.until))
        {
            return Ok(true);
        }
        let holder = held
            .as_ref()
            .map_or_else(|| Uuid::from_bytes(self.random::<16>()), |held| held.holder);
        let until = now.checked_add(HOLD).unwrap_or(Timestamp::MAX);
        let state = self.store.hold_reader(NAME, holder, now, until).await?;
        *held = state.map(|state| Held {
            holder,
            until,
            state,
        });
        Ok(held.is_some())
    }

    /// From here on what is new is followed; all that came before is due.
    async fn begin_anew(&self, held: &mut Held) -> Result<(), AppError> {
        let position = self.store.snapshot().await?.position().clone();
        for workspace in self.store.list_workspaces().await? {
            let tx = self.store.begin(workspace.id).await?;
            begin_again(&tx, self.clock.now()).await?;
            tx.commit().await?;
        }
        held.state = ReaderState {
            position: Some(position),
            rules: rules(),
        };
        self.note_reader(held).await
    }

    async fn note_reader(&self, held: &mut Held) -> Result<(), AppError> {
        if !self
            .store
            .note_reader(NAME, held.holder, &held.state)
            .await?
        {
            // Somebody else reads by now; the next turn finds out.
            held.until = Timestamp::MIN;
        }
        Ok(())
    }

    /// Reads what came since the last look; `false` when that was nothing.
    async fn read_new(&self, held: &mut Held, pace: Pace) -> Result<bool, AppError> {
        let Some(position) = held.state.position.clone() else {
            return Ok(false);
        };
        let (changes, end) = match self.store.read_outbox(&position, MOST_ROWS).await? {
            Reading::Changes(changes, end) => (changes, end),
            Reading::Lost => {
                tracing::warn!("answers were missed and all of them are looked at again");
                held.state.position = None;
                return Ok(true);
            }
        };
        if end == position {
            return Ok(false);
        }
        for (workspace, ids) in fresh(&changes) {
            for some in ids.chunks(MOST_TOGETHER) {
                let session = self.store.read(workspace);
                let part = list_submissions(&session, some).await?;
                self.read_part(workspace, part, None, pace).await?;
            }
        }
        held.state.position = Some(end);
        self.note_reader(held).await?;
        Ok(true)
    }

    /// Reads the next of the old answers of an organisation.
    async fn read_old(&self, workspace: WorkspaceId, due: Due, pace: Pace) -> Result<(), AppError> {
        let session = self.store.read(workspace);
        let most = u64::try_from(MOST_TOGETHER).unwrap_or(u64::MAX);
        let next = list_part(&session, due.after, most, MOST_LOOKED_AT).await?;
        let Some(last) = next.last else {
            let tx = self.store.begin(workspace).await?;
            finish_due(&tx, &due).await?;
            return Ok(tx.commit().await?);
        };
        let reached = Due {
            after: Some(last),
            done: due.done + next.looked,
            ..due
        };
        self.read_part(workspace, next.part, Some(reached), pace)
            .await
    }

    /// Reads submissions of an organisation as far as they were not read by the rules that hold now,
    /// and notes how far that is.
    async fn read_part(
        &self,
        workspace: WorkspaceId,
        part: ReadPart,
        due: Option<Due>,
        pace: Pace,
    ) -> Result<(), AppError> {
        let session = self.store.read(workspace);
        let fresh = if part.responses.is_empty() {
            Vec::new()
        } else {
            let book = self.taught_book(&session).await?;
            let labels = labels_of(&session, &part.responses).await?;
            let low = displeased(&session, &part.responses).await?;
            // What is due may be read otherwise by now though the rules are the same: because of what
            // was learned since. Only what differs is written.
            let known = match &due {
                Some(_) => {
                    let ids: Vec<ResponseId> = part.responses.iter().map(|one| one.id).collect();
                    Some(list_for(&session, &ids).await?)
                }
                None => None,
            };
            let work = move || {
                let mut fresh = match &known {
                    Some(_) => read_all(&book, &labels, &part),
                    None => unread(&book, &labels, &part),
                };
                let readings = fresh.iter_mut().map(|fresh| &mut fresh.reading);
                readings
                    .filter(|reading| low.contains(&reading.response))
                    .for_each(as_displeased);
                match known {
                    Some(known) => differing(fresh, known),
                    None => fresh,
                }
            };
            on_a_thread(pace, work).await?
        };
        if fresh.is_empty() && due.is_none() {
            return Ok(());
        }
        let tx = self.store.begin(workspace).await?;
        themes::save(&tx, &fresh).await?;
        if let Some(due) = &due {
            note_due(&tx, due).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// Reads what was not read by this book.
fn unread(book: &Book, labels: &Labels, part: &ReadPart) -> Vec<FreshReading> {
    let made_by = book.made_by();
    let is_read = |response: &Response, question: &QuestionKey| {
        let key = (response.id, question.clone());
        part.read
            .get(&key)
            .is_some_and(|by: &MadeBy| *by == made_by)
    };
    said(part)
        .filter(|(response, question, _)| !is_read(response, question))
        .map(|(response, question, words)| read_with(book, labels, response, question, words))
        .collect()
}

/// Reads everything.
fn read_all(book: &Book, labels: &Labels, part: &ReadPart) -> Vec<FreshReading> {
    said(part)
        .map(|(response, question, words)| read_with(book, labels, response, question, words))
        .collect()
}

/// What is said in submissions that count.
fn said(part: &ReadPart) -> impl Iterator<Item = (&Response, &QuestionKey, &str)> {
    let counted = part.responses.iter().filter(|one| !one.is_automatic());
    counted.flat_map(|response| own_words(response).map(move |(key, words)| (response, key, words)))
}

/// What is not known already.
fn differing(mut fresh: Vec<FreshReading>, known: Vec<themes::Reading>) -> Vec<FreshReading> {
    let known: BTreeMap<(ResponseId, QuestionKey), themes::Reading> = known
        .into_iter()
        .map(|one| ((one.response, one.question.clone()), one))
        .collect();
    fresh.retain(|one| {
        let key = (one.reading.response, one.reading.question.clone());
        known.get(&key) != Some(&one.reading)
    });
    fresh
}

/// The submissions that came with words of which nothing was read yet, by organisation.
fn fresh(changes: &[Change]) -> BTreeMap<WorkspaceId, Vec<ResponseId>> {
    let mut found: BTreeMap<WorkspaceId, Vec<ResponseId>> = BTreeMap::new();
    let has_words = |given: &Given| matches!(given, Given::Words(true) | Given::Options(_, true));
    for change in changes.iter().filter(|change| change.comes) {
        let told = &change.submission;
        let counts = !told.is_partial && !told.is_automatic && told.mentions.is_empty();
        if counts && told.answers.values().any(has_words) {
            let ids = found.entry(told.workspace).or_default();
            ids.push(told.response);
        }
    }
    for ids in found.values_mut() {
        ids.sort_unstable();
        ids.dedup();
    }
    found
}
