//! Where customers meet the organisation: touchpoints.

use crate::shared::{QuestionKey, TouchpointId, WorkspaceId};

/// One contact moment in the customer journey, such as delivery or customer service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touchpoint {
    /// Identifier.
    pub id: TouchpointId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Stable name, as integrations send it.
    pub key: QuestionKey,
    /// Name for colleagues.
    pub name: String,
    /// Place in the journey, from 0.
    pub position: i32,
}
