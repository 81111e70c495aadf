//! People who sign in, and the roles that they have.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::shared::{EmailAddress, Language, UserId, WorkspaceId};

/// What a person is in an organisation; each role may do everything that the next one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Answers for the organisation itself: everything.
    Owner,
    /// Runs Peil: settings, people, everything but removing the owner.
    Admin,
    /// Makes questionnaires, asks customers, studies the figures.
    Analyst,
    /// Helps customers: sees answers with names, follows up.
    Agent,
    /// Sees figures without names.
    Viewer,
}

/// A text that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown role `{0}`")]
pub struct UnknownRole(pub String);

impl Role {
    /// Every role, the mightiest first.
    pub const ALL: [Self; 5] = [
        Self::Owner,
        Self::Admin,
        Self::Analyst,
        Self::Agent,
        Self::Viewer,
    ];

    /// The role as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Analyst => "analyst",
            Self::Agent => "agent",
            Self::Viewer => "viewer",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.code() == text)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// A person who signs in to one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Identifier.
    pub id: UserId,
    /// The organisation that this person belongs to.
    pub workspace: WorkspaceId,
    /// Address used to sign in; unique over all organisations.
    pub email: EmailAddress,
    /// Name shown to colleagues.
    pub name: String,
    /// What this person is here.
    pub role: Role,
    /// Language of the screens.
    pub language: Language,
    /// Whether signing in is switched off.
    pub is_blocked: bool,
    /// When the person was added.
    pub created_at: Timestamp,
}
