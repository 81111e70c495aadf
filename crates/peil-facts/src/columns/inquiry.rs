//! Asking a state on the threads that count, and the records for whole identifiers.

use std::sync::Arc;

use peil_domain::shared::{ResponseId, WorkspaceId};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{
    ColumnFacts,
    cache::Library,
    ids,
    newest::{Found, Known},
    state::State,
};
use crate::{AsOf, FactsError};

impl ColumnFacts {
    /// Asks something of the state of this moment, on the threads that count.
    pub(super) async fn ask<T, F>(&self, question: F) -> Result<AsOf<T>, FactsError>
    where
        T: Send + 'static,
        F: FnOnce(&State, &Library) -> Result<T, FactsError> + Send + 'static,
    {
        self.ask_of(self.core.state(), question).await
    }

    async fn ask_of<T, F>(&self, state: Arc<State>, question: F) -> Result<AsOf<T>, FactsError>
    where
        T: Send + 'static,
        F: FnOnce(&State, &Library) -> Result<T, FactsError> + Send + 'static,
    {
        let library = Arc::clone(&self.core.library);
        let (told, answer) = oneshot::channel();
        self.core.pool.spawn(move || {
            let found = question(&state, &library).map(|found| state.as_of(found));
            // Nobody waits any more when the asker went away.
            let _ = told.send(found);
        });
        answer.await.map_err(|_| FactsError::Stopped)?
    }

    /// Asks something for which identifiers may have to be known whole.
    pub(super) async fn ask_named<T, F>(
        &self,
        workspace: WorkspaceId,
        question: F,
    ) -> Result<AsOf<T>, FactsError>
    where
        T: Send + 'static,
        F: Fn(&State, &Library, &Known) -> Result<Found<T>, FactsError> + Send + Sync + 'static,
    {
        let state = self.core.state();
        let question = Arc::new(question);
        let mut known = Arc::new(Known::new());
        loop {
            let (asked, names) = (Arc::clone(&question), Arc::clone(&known));
            let ask = move |state: &State, library: &Library| asked(state, library, &names);
            let answer = self.ask_of(Arc::clone(&state), ask).await?;
            match answer.found {
                Found::Whole(found) => return Ok(state.as_of(found)),
                Found::Unnamed(ids) => {
                    let mut all = Known::clone(&known);
                    self.name(workspace, ids, &mut all).await?;
                    known = Arc::new(all);
                }
            }
        }
    }

    /// Asks the records for the whole of short identifiers.
    async fn name(
        &self,
        workspace: WorkspaceId,
        short: Vec<u128>,
        known: &mut Known,
    ) -> Result<(), FactsError> {
        let names = self.core.library.names.get();
        let names = names.ok_or_else(|| FactsError::Records("not at hand".to_owned()))?;
        let mut spans: Vec<(u128, u128)> = short.iter().map(|id| ids::span(*id)).collect();
        spans.sort_unstable();
        spans.dedup();
        let spans: Vec<(ResponseId, ResponseId)> = spans
            .into_iter()
            .map(|(first, last)| (response(first), response(last)))
            .collect();
        known.extend(short.iter().map(|id| (*id, None)));
        for whole in names.between(workspace, &spans).await? {
            let whole = whole.0.as_u128();
            if let Some(found) = known.get_mut(&ids::shortened(whole)) {
                *found = Some(whole);
            }
        }
        Ok(())
    }
}

const fn response(id: u128) -> ResponseId {
    ResponseId(Uuid::from_u128(id))
}
