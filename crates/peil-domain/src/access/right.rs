//! Rights, who has them by role, and how an API token narrows them.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Role;
use crate::shared::{UserId, WorkspaceId};

/// One thing that one may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See figures.
    ReadResults,
    /// See single answers and comments.
    ReadResponses,
    /// Add answers: import, API submission.
    WriteResponses,
    /// See questionnaires.
    ReadSurveys,
    /// Make, change, publish and close questionnaires.
    WriteSurveys,
    /// See customers, segments and opt-outs.
    ReadAudience,
    /// Import, change and opt out customers.
    WriteAudience,
    /// See what is and was sent.
    ReadOutreach,
    /// Send invitations.
    WriteOutreach,
    /// See settings, people and the audit log.
    ReadSettings,
    /// Change settings, people and tokens.
    WriteSettings,
}

/// A text that names no right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown scope `{0}`")]
pub struct UnknownRight(pub String);

impl Right {
    /// Every right.
    pub const ALL: [Self; 11] = [
        Self::ReadResults,
        Self::ReadResponses,
        Self::WriteResponses,
        Self::ReadSurveys,
        Self::WriteSurveys,
        Self::ReadAudience,
        Self::WriteAudience,
        Self::ReadOutreach,
        Self::WriteOutreach,
        Self::ReadSettings,
        Self::WriteSettings,
    ];

    /// The right as the scope word of API tokens, such as `results:read`.
    #[must_use]
    pub const fn scope(self) -> &'static str {
        match self {
            Self::ReadResults => "results:read",
            Self::ReadResponses => "responses:read",
            Self::WriteResponses => "responses:write",
            Self::ReadSurveys => "surveys:read",
            Self::WriteSurveys => "surveys:write",
            Self::ReadAudience => "audience:read",
            Self::WriteAudience => "audience:write",
            Self::ReadOutreach => "outreach:read",
            Self::WriteOutreach => "outreach:write",
            Self::ReadSettings => "settings:read",
            Self::WriteSettings => "settings:write",
        }
    }

    /// The lowest role that has this right.
    #[must_use]
    pub const fn lowest_role(self) -> Role {
        match self {
            Self::ReadResults | Self::ReadSurveys => Role::Viewer,
            Self::ReadResponses | Self::ReadAudience | Self::ReadOutreach => Role::Agent,
            Self::WriteResponses
            | Self::WriteSurveys
            | Self::WriteAudience
            | Self::WriteOutreach => Role::Analyst,
            Self::ReadSettings | Self::WriteSettings => Role::Admin,
        }
    }
}

impl FromStr for Right {
    type Err = UnknownRight;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|right| right.scope() == text)
            .ok_or_else(|| UnknownRight(text.to_owned()))
    }
}

/// The rights that an API token keeps of those that its owner has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(pub BTreeSet<Right>);

impl Scopes {
    /// Every right that the owner has.
    #[must_use]
    pub fn all() -> Self {
        Self(Right::ALL.into_iter().collect())
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|right| right.scope()).collect();
        f.write_str(&words.join(" "))
    }
}

impl FromStr for Scopes {
    type Err = UnknownRight;

    /// Reads scope words separated by blanks or commas; `all` stands for every right.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim() == "all" {
            return Ok(Self::all());
        }
        text.split([' ', ','])
            .filter(|word| !word.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Whoever does something: a person, a token of a person, or the program itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The organisation in which it is done.
    pub workspace: WorkspaceId,
    /// The person, unless the program itself acts.
    pub user: Option<UserId>,
    /// The person's role.
    pub role: Role,
    /// What an API token leaves of the role's rights; `None` for a person on screen.
    pub scopes: Option<Scopes>,
}

impl Actor {
    /// The program itself, acting in one organisation.
    #[must_use]
    pub fn program(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            user: None,
            role: Role::Owner,
            scopes: None,
        }
    }

    /// Whether this actor has `right`.
    #[must_use]
    pub fn has(&self, right: Right) -> bool {
        let in_scope = self
            .scopes
            .as_ref()
            .is_none_or(|scopes| scopes.0.contains(&right));
        in_scope && self.role <= right.lowest_role()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn actor(role: Role, scopes: Option<&str>) -> Actor {
        Actor {
            workspace: WorkspaceId(Uuid::nil()),
            user: None,
            role,
            scopes: scopes.map(|words| words.parse().unwrap()),
        }
    }

    #[test]
    fn a_mightier_role_may_do_all_that_a_lesser_one_may() {
        for right in Right::ALL {
            let may: Vec<bool> = Role::ALL
                .iter()
                .map(|role| actor(*role, None).has(right))
                .collect();
            assert!(may.is_sorted_by(|a, b| a >= b), "{right:?} {may:?}");
        }
        assert!(!actor(Role::Viewer, None).has(Right::ReadResponses));
        assert!(!actor(Role::Analyst, None).has(Right::WriteSettings));
    }

    #[test]
    fn a_token_never_gives_more_than_its_owner_has() {
        assert!(!actor(Role::Viewer, Some("all")).has(Right::WriteSurveys));
        assert!(!actor(Role::Owner, Some("results:read")).has(Right::WriteSurveys));
        assert!(actor(Role::Owner, Some("surveys:write, results:read")).has(Right::WriteSurveys));
        assert!("surveys:fly".parse::<Scopes>().is_err());
    }
}
