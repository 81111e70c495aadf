//! What customers say in their own words: open answers are read on this machine, outside the way on
//! which they come in, and what is mentioned becomes part of all figures.
//!
//! One task reads (`reader`): first what is new, by following the outbox, then old answers when the
//! rules or the organisation's themes have changed. What was read stands in the records beside the
//! answer; who mentions something else than before is told to the figures as any other change.

mod books;
mod change;
mod correct;
mod discovery;
mod displeased;
mod figures;
mod growth;
mod impacts;
mod names;
mod overview;
mod page;
mod proposals;
mod read;
mod reader;
mod series;
mod spoken;
mod taxonomy;
mod teaching;
mod trial;

pub(crate) use books::{Books, Pace, edits_in_use, on_a_thread};
pub use change::{TaxonomyChange, WordsOf};
pub use correct::{LearnedFrom, ReadingFound, Taught};
pub use figures::{Halves, Share, ThemeChange, ThemeFigure, ThemeImpact};
pub use names::ThemeNames;
pub use overview::{ThemesFound, ThemesHead};
pub use page::{ThemeFound, ThemeGroup, ThemeStep};
pub use proposals::{Acceptance, DiscoveryFound, ProposalFound, ProposalsFound};
pub(crate) use read::own_words;
pub(crate) use reader::Reader;
pub use series::{MentionPoint, MentionsInTime};
pub(crate) use series::{
    SeriesPoint, SpreadCell, ThemeSeries, complaining, complaints, complaints_by, spread,
};
pub(crate) use spoken::{Readings, sees_personal_data, without_personal_data};
pub use spoken::{Spoken, SpokenPart};
pub use taxonomy::{TaxonomyFound, TaxonomyVersion};
pub use teaching::Learned;
pub(crate) use teaching::is_like;
pub use trial::{Trial, TrialAnswer, TrialTheme};

pub use peil_themes::{
    Edit, EditError, Edited, Granularity, Language as ThemeLanguage, Name, Sector, SubTheme,
    WordList, to_pattern,
};

/// How an answer as a whole may be read.
pub const POLARITIES: [&str; 4] = ["positive", "negative", "neutral", "mixed"];

/// What an answer may be besides its themes.
pub const LABELS: [&str; 7] = [
    "needs_reply",
    "urgency",
    "suggestion",
    "praise",
    "effort",
    "no_content",
    "learned",
];
