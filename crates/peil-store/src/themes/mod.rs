//! What was read in open answers: which themes in which tone, how far reading is, and the themes
//! that an organisation sorts answers into.

mod due;
mod labels;
mod mentions;
mod reader;
mod readings;
mod save;
mod taxonomies;

pub use due::{Due, all_due, begin_again, find_due, finish_due, note_due};
pub use labels::{Label, add_label, list_labels, remove_label};
pub use mentions::Mentions;
pub(crate) use mentions::mentions_between;
pub use reader::ReaderState;
pub use readings::{
    Clause, ClauseTheme, MadeBy, NextPart, Personal, ReadPart, Reading, list_for, list_part,
    list_submissions,
};
pub use save::{FreshReading, save};
pub use taxonomies::{
    StoredTaxonomy, add_taxonomy, find_taxonomy, newest_taxonomy, taxonomy_version,
};
