//! The suite, and everything that can go wrong with files.

mod faults;

use std::sync::Arc;

use super::{ColumnFacts, ColumnOptions};
use crate::{
    Facts,
    conformance::{Pair, conforms},
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
