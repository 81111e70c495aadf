//! What every engine must do, as a suite that any engine can be put through.
//!
//! A random workload of submissions, corrections and erasures is told to the engine and to
//! [`NaiveFacts`]; then both are asked the same random questions.

mod chance;
mod questions;
mod submissions;

use std::sync::Arc;

pub use chance::Chance;
pub use questions::Questions;
pub use submissions::Workload;

use crate::{Facts, FactsError, NaiveFacts};

/// A question to which two engines gave different answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What was asked.
    pub question: String,
    /// What the naive engine found.
    pub expected: String,
    /// What the engine under test found.
    pub found: String,
}

/// An engine under test beside the one that is right.
pub struct Pair {
    engine: Arc<dyn Facts>,
    naive: NaiveFacts,
    workload: Workload,
    questions: Questions,
}

impl Pair {
    /// Puts `engine`, which must be empty, to the test; the same seed gives the same test.
    #[must_use]
    pub fn new(engine: Arc<dyn Facts>, seed: u64) -> Self {
        let workload = Workload::new(seed);
        Self {
            engine,
            naive: NaiveFacts::new(),
            questions: Questions::new(seed ^ 0x5eed),
            workload,
        }
    }

    /// The engine under test.
    #[must_use]
    pub fn engine(&self) -> &Arc<dyn Facts> {
        &self.engine
    }

    /// Goes on with an engine that was opened anew on what the former one left, and tells it again
    /// what it missed.
    pub async fn reopen(&mut self, engine: Arc<dyn Facts>) -> Result<(), FactsError> {
        self.engine = engine;
        let at = self.engine.standing().await?.as_of;
        for batch in self.workload.told_since(&at) {
            self.engine.append(batch).await?;
        }
        Ok(())
    }

    /// Tells both engines the next batch of `changes` changes.
    pub async fn tell(&mut self, changes: usize) -> Result<(), FactsError> {
        let batch = self.workload.next_batch(changes);
        // The oracle goes first, so that it knows what the other one may be told again.
        self.naive.append(&batch).await?;
        self.engine.append(&batch).await
    }

    /// Asks both engines so many random questions of every kind.
    ///
    /// # Errors
    /// When the engine under test fails; differences are an answer.
    pub async fn ask(&mut self, rounds: usize) -> Result<Option<Difference>, FactsError> {
        for _ in 0..rounds {
            if let Some(difference) = self.ask_once().await? {
                return Ok(Some(difference));
            }
        }
        Ok(None)
    }

    async fn ask_once(&mut self) -> Result<Option<Difference>, FactsError> {
        let (expected, found) = (&self.naive, &self.engine);
        macro_rules! compare {
            ($query:expr, $ask:ident) => {
                let query = $query;
                let right = expected.$ask(&query).await?;
                let given = found.$ask(&query).await?;
                if right.found != given.found || right.as_of != given.as_of {
                    return Ok(Some(Difference {
                        question: format!("{query:#?}"),
                        expected: format!("{right:#?}"),
                        found: format!("{given:#?}"),
                    }));
                }
            };
        }
        for _ in 0..4 {
            compare!(self.questions.count(), counts);
        }
        compare!(self.questions.cross(), crossed);
        compare!(self.questions.rows(), rows);
        compare!(self.questions.values(), values);
        let scope = self.questions.scope();
        let right = expected.attributes(scope.workspace, &scope.surveys).await?;
        let given = found.attributes(scope.workspace, &scope.surveys).await?;
        let (held, holds) = (expected.standing().await?, found.standing().await?);
        let same_size = (held.found.submissions, held.found.answers)
            == (holds.found.submissions, holds.found.answers);
        if right.found != given.found || !same_size {
            return Ok(Some(Difference {
                question: format!("attributes and standing of {scope:#?}"),
                expected: format!("{right:#?} {held:#?}"),
                found: format!("{given:#?} {holds:#?}"),
            }));
        }
        Ok(None)
    }
}

/// Puts an engine, which must be empty, through the whole suite.
///
/// # Errors
/// When the engine fails.
pub async fn conforms(engine: Arc<dyn Facts>, seed: u64) -> Result<Option<Difference>, FactsError> {
    let mut pair = Pair::new(engine, seed);
    // Small ones at the end: engines may treat what came last otherwise than what came before.
    for changes in [0, 1, 7, 60, 400, 9, 30] {
        pair.tell(changes).await?;
        if let Some(difference) = pair.ask(8).await? {
            return Ok(Some(difference));
        }
        while pair.engine().maintain().await? {}
        if let Some(difference) = pair.ask(8).await? {
            return Ok(Some(difference));
        }
    }
    pair.tell_again().await?;
    if let Some(difference) = pair.ask(4).await? {
        return Ok(Some(difference));
    }
    pair.make_anew().await?;
    pair.ask(16).await
}

impl Pair {
    /// Tells the last batch once more, which must change nothing, and one from elsewhere, which must
    /// be refused.
    async fn tell_again(&mut self) -> Result<(), FactsError> {
        if let Some(last) = self.workload.last() {
            self.engine.append(last).await?;
        }
        let mut elsewhere = self.workload.clone().next_batch(3);
        elsewhere.from.0.push_str("elsewhere");
        match self.engine.append(&elsewhere).await {
            Err(FactsError::Gap { .. }) => Ok(()),
            Ok(()) => Err(FactsError::Gap {
                at: elsewhere.to,
                from: elsewhere.from,
            }),
            Err(other) => Err(other),
        }
    }

    /// Makes a new generation from all that was told, and lets it take over.
    pub async fn make_anew(&mut self) -> Result<(), FactsError> {
        let fresh = self.engine.rebuild().await?;
        for batch in self.workload.told_since(&crate::Position::start()) {
            fresh.append(batch).await?;
        }
        self.engine.switch().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_naive_engine_conforms_to_itself() {
        for seed in 0..4 {
            let difference = conforms(Arc::new(NaiveFacts::new()), seed).await.unwrap();
            assert_eq!(difference, None);
        }
    }
}
