//! What customers say in their own words: open answers are read on this machine, outside the way on
//! which they come in, and what is mentioned becomes part of all figures.
//!
//! One task reads (`reader`): first what is new, by following the outbox, then old answers when the
//! rules or the organisation's themes have changed. What was read stands in the records beside the
//! answer; who mentions something else than before is told to the figures as any other change.

mod books;
mod correct;
mod displeased;
mod figures;
mod names;
mod overview;
mod page;
mod read;
mod reader;
mod series;
mod spoken;

pub(crate) use books::Books;
pub(crate) use books::taxonomy;
pub use correct::ReadingFound;
pub use figures::{Halves, Share, ThemeChange, ThemeFigure, ThemeImpact};
pub use names::ThemeNames;
pub use overview::{ThemesFound, ThemesHead};
pub use page::{ThemeFound, ThemeGroup, ThemeStep};
pub(crate) use read::own_words;
pub(crate) use reader::Reader;
pub use series::{MentionPoint, MentionsInTime};
pub(crate) use series::{SeriesPoint, SpreadCell, ThemeSeries, complaints, spread};
pub(crate) use spoken::Readings;
pub use spoken::{Spoken, SpokenPart};

/// How an answer as a whole may be read.
pub const POLARITIES: [&str; 4] = ["positive", "negative", "neutral", "mixed"];

/// What an answer may be besides its themes.
pub const LABELS: [&str; 6] = [
    "needs_reply",
    "urgency",
    "suggestion",
    "praise",
    "effort",
    "no_content",
];
