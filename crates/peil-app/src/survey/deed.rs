//! What can be done to a draft, in words that last.

use serde::{Deserialize, Serialize};

/// What was done to a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Everything was replaced.
    Replaced,
    /// Title, introduction or thanks were written.
    Wrote,
    /// The languages were chosen.
    ChoseLanguages,
    /// The heading of a page was written.
    WroteHeading,
    /// A question was added.
    Added,
    /// A question was changed.
    Changed,
    /// A question was moved.
    Moved,
    /// A question was copied.
    Copied,
    /// A question was taken out.
    Removed,
    /// Pages were made, joined, moved or taken out.
    ArrangedPages,
    /// Conditions, ways or other logic were changed.
    ChangedLogic,
    /// Texts were translated.
    Translated,
    /// The look was changed.
    Dressed,
    /// Something was taken back.
    Undid,
    /// Something was made again.
    Redid,
}

impl Deed {
    /// The deed as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::Wrote => "wrote",
            Self::ChoseLanguages => "chose_languages",
            Self::WroteHeading => "wrote_heading",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Copied => "copied",
            Self::Removed => "removed",
            Self::ArrangedPages => "arranged_pages",
            Self::ChangedLogic => "changed_logic",
            Self::Translated => "translated",
            Self::Dressed => "dressed",
            Self::Undid => "undid",
            Self::Redid => "redid",
        }
    }

    pub(super) const fn is_typing(self) -> bool {
        matches!(
            self,
            Self::Wrote | Self::WroteHeading | Self::Changed | Self::Translated
        )
    }
}
