//! The suite, and everything that can go wrong with files.

mod base;
mod dimensions;
mod faults;

use std::{collections::BTreeSet, sync::Arc};

use async_trait::async_trait;
use peil_domain::shared::{ResponseId, WorkspaceId};

use super::{ColumnFacts, ColumnOptions};
use crate::{
    Facts, FactsError, Names,
    conformance::{Pair, Workload, conforms},
};

const OPTIONS: ColumnOptions = ColumnOptions {
    threads: 2,
    // So little that columns are read again and again.
    cache_bytes: 64 << 10,
};

#[tokio::test]
async fn the_engine_conforms() {
    for seed in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        let engine = Arc::new(ColumnFacts::open(folder.path(), OPTIONS).unwrap());
        let difference = conforms(engine, seed).await.unwrap();
        if let Some(difference) = difference {
            panic!(
                "seed {seed}\n{}\nexpected {}\nfound {}",
                difference.question, difference.expected, difference.found
            );
        }
    }
}

/// The records of a workload, asked for whole identifiers.
struct Told(BTreeSet<ResponseId>);

impl Told {
    /// All that the workload of a seed will ever hold.
    fn of(seed: u64, changes: &[usize]) -> Self {
        let mut workload = Workload::new(seed);
        let batches = changes.iter().map(|changes| workload.next_batch(*changes));
        let told = batches.flat_map(|batch| batch.changes);
        Self(told.map(|change| change.submission.response).collect())
    }
}

#[async_trait]
impl Names for Told {
    async fn between(
        &self,
        _workspace: WorkspaceId,
        spans: &[(ResponseId, ResponseId)],
    ) -> Result<Vec<ResponseId>, FactsError> {
        let within = |(first, last): &(ResponseId, ResponseId)| self.0.range(*first..=*last);
        Ok(spans.iter().flat_map(within).copied().collect())
    }
}

#[tokio::test]
async fn short_identifiers_are_as_good_as_whole_ones() {
    const CHANGES: [usize; 6] = [500, 300, 200, 1_500, 40, 3];
    for seed in [5, 6] {
        let folder = tempfile::tempdir().unwrap();
        let engine = ColumnFacts::open(folder.path(), OPTIONS).unwrap();
        engine.name_from(Arc::new(Told::of(seed, &CHANGES)));
        let mut pair = Pair::new(Arc::new(engine), seed);
        for changes in CHANGES {
            pair.tell(changes).await.unwrap();
            while pair.engine().maintain().await.unwrap() {}
            let difference = pair.ask(30).await.unwrap();
            if let Some(difference) = difference {
                panic!(
                    "seed {seed}\n{}\nexpected {}\nfound {}",
                    difference.question, difference.expected, difference.found
                );
            }
        }
    }
}

#[tokio::test]
async fn short_identifiers_without_records_are_refused_rather_than_guessed() {
    let folder = tempfile::tempdir().unwrap();
    let engine = ColumnFacts::open(folder.path(), OPTIONS).unwrap();
    engine.name_from(Arc::new(Told::of(5, &[700])));
    let mut pair = Pair::new(Arc::new(engine), 5);
    pair.tell(700).await.unwrap();
    while pair.engine().maintain().await.unwrap() {}
    drop(pair);
    let again = ColumnFacts::open(folder.path(), OPTIONS).unwrap();
    let rows = crate::RowsQuery {
        scope: crate::Scope::all(Workload::workspaces()[0], Vec::new()),
        subject: crate::Subject::Submissions,
        scores: None,
        option: None,
        after: None,
        limit: 10_000,
    };
    let refused = again.rows(&rows).await;
    assert!(matches!(refused, Err(FactsError::Records(_))));
}

#[tokio::test]
async fn large_tails_and_many_merges_conform() {
    let folder = tempfile::tempdir().unwrap();
    let engine: Arc<dyn Facts> = Arc::new(ColumnFacts::open(folder.path(), OPTIONS).unwrap());
    let mut pair = Pair::new(engine, 99);
    for round in 0..14 {
        pair.tell(700).await.unwrap();
        if round % 2 == 1 {
            while pair.engine().maintain().await.unwrap() {}
        }
        let difference = pair.ask(3).await.unwrap();
        if let Some(difference) = difference {
            panic!(
                "round {round}\n{}\nexpected {}\nfound {}",
                difference.question, difference.expected, difference.found
            );
        }
    }
}

#[tokio::test]
async fn columns_are_read_before_anyone_asks() {
    let folder = tempfile::tempdir().unwrap();
    let engine = ColumnFacts::open(folder.path(), OPTIONS).unwrap();
    let mut pair = Pair::new(Arc::new(engine), 7);
    pair.tell(900).await.unwrap();
    while pair.engine().maintain().await.unwrap() {}
    drop(pair);
    let roomy = ColumnOptions {
        cache_bytes: 8 << 20,
        ..OPTIONS
    };
    let again = ColumnFacts::open(folder.path(), roomy).unwrap();
    let held = async || again.standing().await.unwrap().found.memory_bytes;
    let before = held().await;
    again.maintain().await.unwrap();
    let read = held().await;
    assert!(read > before, "{read} bytes, {before} before");
    let scope = crate::Scope::all(Workload::workspaces()[0], Vec::new());
    let query = crate::CountQuery {
        group: vec![crate::Dimension::Channel],
        ..crate::CountQuery::new(scope, crate::Subject::AnyQuestion(crate::Given::Score))
    };
    assert!(!again.counts(&query).await.unwrap().found.is_empty());
    assert_eq!(held().await, read, "nothing else had to be read");
}
