//! The two kinds of links by which a respondent comes in.

use peil_app::{App, collect::Look};
use peil_domain::shared::Slug;

/// A link of a respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Link {
    /// The public link; nothing when what stands there is no name.
    Public(Option<Slug>),
    /// A personal link.
    Personal(String),
}

impl Link {
    /// The public link with this name.
    pub(super) fn public(slug: &str) -> Self {
        Self::Public(slug.parse().ok())
    }

    /// Its path, without a slash at the end.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Public(slug) => format!("/s/{}", slug.as_ref().map_or("", Slug::as_str)),
            Self::Personal(token) => format!("/r/{}", crate::edge::fields::encode(token)),
        }
    }

    /// Where its recipient can say "no more of this".
    pub(super) fn stop_path(&self) -> Option<String> {
        match self {
            Self::Public(_) => None,
            Self::Personal(_) => Some(format!("{}/stop", self.path())),
        }
    }

    /// Whose page it is.
    pub(super) async fn look(&self, app: &App) -> Option<Look> {
        match self {
            Self::Public(slug) => app.look_of_public_link(slug.as_ref()).await,
            Self::Personal(token) => app.look_of_personal_link(token).await,
        }
    }
}
