//! Answers on their way from a file into the database: groups of rows, each one transaction. While one
//! group is written, the next is read, so that neither processor nor disk waits for the other; never more
//! than these two are in memory.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Mutex,
};

use peil_domain::{
    access::Actor,
    response::Response,
    shared::{AccountId, ContactId, EmailAddress, ImportId},
};
use peil_store::{
    StoreError,
    audience::{accounts, contacts},
    response::{self, Prepared},
};

use super::{
    answers::{AnswerRow, AnswersPlan},
    batch::{Batch, read_rows},
    identity::Seen,
    progress::{End, Outcome, Progress},
};
use crate::{App, AppError, app::new_id, ports::TableSource};

/// Rows in one transaction: it takes a fraction of a second, so that nobody who answers waits long.
const GROUP: usize = 4_000;

/// A file with answers, open somewhere in the middle.
pub(super) struct Open {
    source: Box<dyn TableSource>,
    plan: AnswersPlan,
    seen: Seen,
    /// Accounts that were found or made, by the name in the file.
    accounts: HashMap<String, AccountId>,
}

/// Rows that had their turn, ready to be written.
pub(super) struct Group {
    /// How many, those that were refused included.
    pub(super) rows: i64,
    /// How far the reading is, 0 to 1.
    pub(super) progress: f64,
    /// Whether the file ends here, and how.
    pub(super) end: Option<End>,
    /// What comes of them, if nobody else adds the same meanwhile.
    pub(super) outcome: Outcome,
    responses: Vec<Response>,
    prepared: Option<Prepared>,
}

/// A file with answers and the group that was read last.
pub(super) struct Flow {
    open: Open,
    ready: Group,
    is_trial: bool,
}

/// The import that gave others a turn, with its file still open.
#[derive(Default)]
pub(crate) struct Paused(Mutex<Option<(ImportId, i64, Box<Flow>)>>);

impl Paused {
    /// Takes the flow of an import that is this far.
    pub(super) fn take(&self, import: ImportId, done: i64) -> Option<Box<Flow>> {
        let mut paused = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let (_, _, flow) = paused.take_if(|(id, at, _)| *id == import && *at == done)?;
        Some(flow)
    }

    pub(super) fn keep(&self, import: ImportId, done: i64, flow: Box<Flow>) {
        let mut paused = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *paused = Some((import, done, flow));
    }
}

/// Customers found by what the rows say of them.
#[derive(Default)]
struct People {
    by_id: HashMap<String, (ContactId, Option<AccountId>)>,
    by_email: BTreeMap<EmailAddress, (ContactId, Option<AccountId>)>,
}

impl Open {
    /// Reads rows and what they mean.
    fn read(&mut self) -> (Group, Vec<AnswerRow>) {
        let Batch {
            rows,
            refused,
            progress,
            end,
        } = read_rows(self.source.as_mut(), GROUP);
        let mut outcome = Outcome::default();
        let count = i64::try_from(rows.len() + refused.len()).unwrap_or(i64::MAX);
        outcome.refused = refused;
        let mut read = Vec::with_capacity(rows.len());
        for row in &rows {
            let found = self.plan.identify(row, &mut self.seen);
            match found.and_then(|key| Ok((key, self.plan.read(row, key)?))) {
                Ok((key, _)) if self.seen.is_known(key) => outcome.updated += 1,
                Ok((_, row)) => read.push(row),
                Err(refused) => outcome.refused.push(refused),
            }
        }
        outcome.refused.sort_by_key(|refused| refused.row);
        outcome.added = i64::try_from(read.len()).unwrap_or(i64::MAX);
        let group = Group {
            rows: count,
            progress,
            end,
            outcome,
            responses: Vec::new(),
            prepared: None,
        };
        (group, read)
    }

    /// Takes note of rows that were done before.
    fn pass_over(&mut self, rows: i64) {
        let mut left = usize::try_from(rows).unwrap_or_default();
        while left > 0 {
            let batch = read_rows(self.source.as_mut(), left.min(GROUP));
            left -= (batch.rows.len() + batch.refused.len()).min(left);
            for row in &batch.rows {
                // A row that was refused then is refused again now; it was reported then.
                drop(self.plan.identify(row, &mut self.seen));
            }
            if batch.end.is_some() {
                break;
            }
        }
    }
}

impl App {
    /// Opens the flow of a file of which `done` rows had their turn.
    pub(super) async fn open_flow(
        &self,
        actor: &Actor,
        source: Box<dyn TableSource>,
        plan: AnswersPlan,
        done: i64,
        is_trial: bool,
    ) -> Result<Flow, AppError> {
        let seen = Seen::of(&self.store.read(actor.workspace), plan.survey()).await?;
        let mut open = Open {
            source,
            plan,
            seen,
            accounts: HashMap::new(),
        };
        if done > 0 {
            open = aside(move || {
                open.pass_over(done);
                open
            })
            .await?;
        }
        let (open, ready) = self.next_group(actor, open, is_trial).await?;
        Ok(Flow {
            open,
            ready,
            is_trial,
        })
    }

    /// Writes the group that is ready and meanwhile reads the next; gives the flow back unless that was
    /// the last one.
    pub(super) async fn advance(
        &self,
        actor: &Actor,
        flow: Box<Flow>,
        progress: &mut Progress,
    ) -> Result<Option<Box<Flow>>, AppError> {
        let Flow {
            open,
            ready,
            is_trial,
        } = *flow;
        if ready.end.is_some() {
            self.write_group(actor, ready, is_trial, progress).await?;
            return Ok(None);
        }
        let write = self.write_group(actor, ready, is_trial, progress);
        let (written, next) = futures::join!(write, self.next_group(actor, open, is_trial));
        written?;
        let (open, ready) = next?;
        Ok(Some(Box::new(Flow {
            open,
            ready,
            is_trial,
        })))
    }

    /// Reads rows and gets them ready to be written.
    async fn next_group(
        &self,
        actor: &Actor,
        open: Open,
        is_trial: bool,
    ) -> Result<(Open, Group), AppError> {
        let (mut open, mut group, rows) = aside(move || {
            let mut open = open;
            let (group, rows) = open.read();
            (open, group, rows)
        })
        .await?;
        let people = self.people_of(actor, &rows).await?;
        if !is_trial {
            self.find_accounts(actor, &mut open.accounts, &rows).await?;
        }
        for row in rows {
            let AnswerRow {
                mut response,
                contact,
                email,
                account,
            } = row;
            let known = contact.as_ref().and_then(|id| people.by_id.get(id));
            let known = known.or_else(|| people.by_email.get(email.as_ref()?));
            if known.is_none() && (contact.is_some() || email.is_some()) {
                group.outcome.unlinked += 1;
            }
            if let Some((id, account)) = known {
                response.contact = Some(*id);
                response.account = *account;
            }
            if let Some(found) = account.and_then(|name| open.accounts.get(&name)) {
                response.account = Some(*found);
            }
            group.responses.push(response);
        }
        if is_trial {
            return Ok((open, group));
        }
        let store = self.store.clone();
        let group = aside(move || {
            let prepared = Prepared::of(&store, &group.responses)?;
            group.prepared = Some(prepared);
            Ok::<_, StoreError>(group)
        });
        Ok((open, group.await??))
    }

    /// Writes a group in one transaction, together with how far the import is then.
    async fn write_group(
        &self,
        actor: &Actor,
        group: Group,
        is_trial: bool,
        progress: &mut Progress,
    ) -> Result<(), AppError> {
        let Group {
            rows,
            progress: share,
            end,
            mut outcome,
            responses,
            prepared,
        } = group;
        if is_trial {
            return self.count(progress, rows, share, end, outcome);
        }
        let mut tx = self.store.begin(actor.workspace).await?;
        let added = match prepared {
            Some(prepared) => response::add_prepared(&tx, prepared).await,
            None => Ok(()),
        };
        match added {
            Ok(()) => {}
            // Somebody added some of them since the import began.
            Err(StoreError::Taken(_)) => {
                drop(tx);
                tx = self.store.begin(actor.workspace).await?;
                let new = response::add_many(&tx, &responses).await?.len();
                let known = responses.len().saturating_sub(new);
                outcome.added = i64::try_from(new).unwrap_or(i64::MAX);
                outcome.updated += i64::try_from(known).unwrap_or(i64::MAX);
            }
            Err(error) => return Err(error.into()),
        }
        self.count(progress, rows, share, end, outcome)?;
        self.note(actor, &tx, progress).await?;
        Ok(tx.commit().await?)
    }

    async fn find_accounts(
        &self,
        actor: &Actor,
        known: &mut HashMap<String, AccountId>,
        rows: &[AnswerRow],
    ) -> Result<(), AppError> {
        let names = rows.iter().filter_map(|row| row.account.as_deref());
        let new: BTreeSet<&str> = names.filter(|name| !known.contains_key(*name)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let tx = self.store.begin(actor.workspace).await?;
        for name in new {
            let account = accounts::find_or_add(&tx, new_id!(self, AccountId), name, name).await?;
            known.insert(name.to_owned(), account.id);
        }
        Ok(tx.commit().await?)
    }

    async fn people_of(&self, actor: &Actor, rows: &[AnswerRow]) -> Result<People, AppError> {
        let ids: Vec<String> = rows.iter().filter_map(|row| row.contact.clone()).collect();
        let emails: Vec<EmailAddress> = rows.iter().filter_map(|row| row.email.clone()).collect();
        let session = self.store.read(actor.workspace);
        let mut people = People::default();
        for contact in contacts::lookup_many(&session, &ids, &emails).await? {
            let who = (contact.id, contact.account);
            people.by_id.extend(contact.external_id.map(|id| (id, who)));
            people
                .by_email
                .extend(contact.email.map(|email| (email, who)));
        }
        Ok(people)
    }
}

/// Does work for a processor away from the threads that answer requests.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| AppError::Folder(error.to_string()))
}
