//! Rows as they are read together, and customers on their way into the database.

use peil_domain::access::Actor;

use super::{
    ContactsMap, RefusedRow,
    contacts::{ContactsPlan, code_of, refuse},
    flow::aside,
    progress::{End, Outcome, Progress},
    run::ROWS_PER_TURN,
};
use crate::{
    App, AppError,
    audience::Upserted,
    ports::{TableRow, TableSource},
    work::Done,
};

/// Customers in one transaction.
const BATCH: usize = 500;

/// Rows that were read together.
pub(super) struct Batch {
    /// Rows that fit the header.
    pub(super) rows: Vec<TableRow>,
    /// Rows that do not.
    pub(super) refused: Vec<RefusedRow>,
    /// How far the reading is, 0 to 1.
    pub(super) progress: f64,
    /// Whether the file ends here, and how.
    pub(super) end: Option<End>,
}

impl App {
    /// Imports customers for a while.
    pub(super) async fn contacts_turn(
        &self,
        actor: &Actor,
        map: &ContactsMap,
        progress: &mut Progress,
    ) -> Result<Done, AppError> {
        let path = self.upload_path(progress.import.id);
        let mut source = self.open_table(path).await?;
        let tx = self.store.begin(actor.workspace).await?;
        let attributes = self.attributes_for(&tx, actor, map).await?;
        tx.commit().await?;
        let plan = ContactsPlan::new(map, source.header(), &attributes)?;
        progress.kept.header = source.header().to_vec();
        let mut left = usize::try_from(progress.import.done).unwrap_or_default();
        while left > 0 {
            let most = left.min(BATCH);
            let (again, batch) = read_batch(source, most).await?;
            source = again;
            left -= most;
            if batch.end.is_some() {
                break;
            }
        }
        let end_of_turn = progress.import.done.saturating_add(ROWS_PER_TURN);
        loop {
            let (again, mut batch) = read_batch(source, BATCH).await?;
            source = again;
            let rows = i64::try_from(batch.rows.len() + batch.refused.len()).unwrap_or(i64::MAX);
            let (share, end) = (batch.progress, batch.end.take());
            let outcome = self.take_contacts(actor, &plan, batch).await?;
            self.count(progress, rows, share, end, outcome)?;
            let tx = self.store.begin(actor.workspace).await?;
            self.note(actor, &tx, progress).await?;
            tx.commit().await?;
            if let Some(done) = self.end_of_turn(progress, end_of_turn) {
                return Ok(done);
            }
        }
    }

    /// Does one batch of rows.
    async fn take_contacts(
        &self,
        actor: &Actor,
        plan: &ContactsPlan,
        batch: Batch,
    ) -> Result<Outcome, AppError> {
        let mut outcome = Outcome {
            refused: batch.refused,
            ..Outcome::default()
        };
        let mut drafts = Vec::with_capacity(batch.rows.len());
        let mut sources = Vec::with_capacity(batch.rows.len());
        for row in &batch.rows {
            match plan.read(row) {
                Ok(draft) => {
                    drafts.push(draft);
                    sources.push(row);
                }
                Err(refused) => outcome.refused.push(refused),
            }
        }
        if !drafts.is_empty() {
            let results = self.upsert_contacts(actor, drafts).await?;
            for (row, result) in sources.into_iter().zip(results) {
                match result {
                    Upserted::Added(_) => outcome.added += 1,
                    Upserted::Updated(_) => outcome.updated += 1,
                    Upserted::Refused(why) => outcome.refused.push(refuse(row, code_of(&why), "")),
                }
            }
        }
        outcome.refused.sort_by_key(|refused| refused.row);
        Ok(outcome)
    }
}

/// Reads rows away from the threads that answer requests.
async fn read_batch(
    mut source: Box<dyn TableSource>,
    most: usize,
) -> Result<(Box<dyn TableSource>, Batch), AppError> {
    aside(move || {
        let batch = read_rows(source.as_mut(), most);
        (source, batch)
    })
    .await
}

/// Reads at most so many rows.
pub(super) fn read_rows(source: &mut dyn TableSource, most: usize) -> Batch {
    let mut batch = Batch {
        rows: Vec::with_capacity(most),
        refused: Vec::new(),
        progress: 0.0,
        end: None,
    };
    while batch.rows.len() + batch.refused.len() < most {
        match source.next_row() {
            None => {
                batch.end = Some(End::Whole);
                break;
            }
            Some(Ok(row)) => batch.rows.push(row),
            Some(Err(problem)) => {
                if problem.ends_the_table {
                    batch.end = Some(End::Broken(problem.code.to_owned()));
                }
                batch
                    .refused
                    .push(RefusedRow::unread(problem, source.header()));
                if batch.end.is_some() {
                    break;
                }
            }
        }
    }
    batch.progress = source.progress();
    batch
}
