//! Contacts, segments and opt-outs.

/// Why contacts or segments are not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AudienceError {}
