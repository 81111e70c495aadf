//! Whole identifiers of submissions, of which facts keep only a short form.

use async_trait::async_trait;
use peil_domain::shared::{ResponseId, WorkspaceId};
use peil_facts::{FactsError, Names};
use peil_store::{Store, response};

/// Asks the records.
pub(super) struct RecordNames {
    pub(super) store: Store,
}

#[async_trait]
impl Names for RecordNames {
    async fn between(
        &self,
        workspace: WorkspaceId,
        spans: &[(ResponseId, ResponseId)],
    ) -> Result<Vec<ResponseId>, FactsError> {
        let read = self.store.read(workspace);
        let found = response::list_between(&read, spans).await;
        found.map_err(|error| FactsError::Records(error.to_string()))
    }
}
