//! What was read in open answers: which themes in which tone, how far reading is, and the themes
//! that an organisation sorts answers into.

mod drafts;
mod due;
mod labels;
mod mentions;
mod proposals;
mod reader;
mod readings;
mod save;
mod taxonomies;

pub use drafts::{TaxonomyDraft, find_draft, remove_draft, save_draft};
pub use due::{Due, all_due, begin_again, find_due, finish_due, note_due};
pub use labels::{
    Label, LabelsMark, add_label, labels_mark, list_all_labels, list_labels, remove_label,
};
pub use mentions::Mentions;
pub(crate) use mentions::mentions_between;
pub use proposals::{
    Discovery, Proposal, ProposalState, SaidAt, ask_discovery, find_discovery, find_proposal,
    finish_discovery, list_proposals, next_discovery, remove_proposal, save_proposal,
};
pub use reader::ReaderState;
pub use readings::{
    Clause, ClauseTheme, LatestAsked, MadeBy, NextPart, Personal, ReadPart, Reading,
    count_labelled, list_for, list_latest, list_part, list_submissions,
};
pub use save::{FreshReading, save};
pub use taxonomies::{
    StoredTaxonomy, add_taxonomy, find_taxonomy, list_taxonomies, newest_taxonomy, taxonomy_version,
};
