//! `peil model`: what Peil reads open answers with beyond its own words.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::{output::Output, place::Place};
use crate::{Failure, sentence_vectors};

#[derive(Debug, Subcommand)]
pub(super) enum Model {
    /// Checks a file of sentence vectors and puts it into the data folder.
    Add {
        /// The file, as `cargo dev model` makes it.
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

impl Model {
    pub(super) fn run(self, output: &Output) -> Result<(), Failure> {
        let Self::Add { file, place } = self;
        let folder = place.settings()?.data;
        let added = sentence_vectors::add(&file, &folder)?;
        let said = output.words("zinsvectoren toegevoegd", "sentence vectors added");
        let path = added.path.display();
        output.say(
            &format!("{said}: {} ({} MB), {path}", added.name, added.megabytes),
            &json!({ "name": added.name, "megabytes": added.megabytes, "file": added.path }),
        )
    }
}
