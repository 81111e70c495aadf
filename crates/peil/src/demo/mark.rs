//! The mark by which a demonstration is told from a real organisation.

use peil_domain::shared::InvitationId;
use peil_store::{Store, StoreError, settings};
use serde::{Deserialize, Serialize};

/// Folder, in the data folder, into which mails of the demonstration are written.
pub const MAIL_FOLDER: &str = "mails";
/// Name of the settings of the organisation that hold the mark.
pub(super) const NAME: &str = "demo";

/// What is kept with a demonstration about how it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The seed.
    pub seed: u64,
    /// The day after its last answer.
    pub made_on: jiff::civil::Date,
    /// Someone who was asked and can still answer.
    #[serde(default)]
    pub open: Option<InvitationId>,
}

/// Finds the mark of a demonstration; nothing for a real organisation or none.
pub async fn find(store: &Store) -> Result<Option<Mark>, StoreError> {
    for workspace in store.list_workspaces().await? {
        let mark = settings::find(&store.read(workspace.id), NAME).await?;
        if mark.is_some() {
            return Ok(mark);
        }
    }
    Ok(None)
}
