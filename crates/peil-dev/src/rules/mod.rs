//! The rules of this house, each a pure function over what is in the repository.
//!
//! A rule that looks at a folder which does not exist is silent. What is allowed where
//! is written in `rules.toml` beside this crate's manifest, not in the code.

mod api_parity;
mod attributes;
mod capability_words;
mod crate_arrows;
mod external_homes;
mod file_purpose;
mod fluent;
mod lengths;
mod licences;
mod locales;
mod machine_paths;
mod names;
mod rust_text;
mod sentences;
mod settings;
mod source;
mod templates;
mod unfinished;

use std::fmt;

use crate::metadata::Metadata;
use crate::problem::Problem;
use crate::workspace::Workspace;

use settings::{Deny, Settings};
use source::SourceFile;

/// Everything that the rules look at, read once.
pub(crate) struct House {
    files: Vec<SourceFile>,
    metadata: Metadata,
    settings: Settings,
    deny: Deny,
}

impl House {
    /// Reads the repository's own files and the settings of the rules.
    pub(crate) fn read(workspace: &Workspace, metadata: Metadata) -> Result<Self, Problem> {
        let settings: Settings = settings::read(&workspace.file("crates/peil-dev/rules.toml"))?;
        settings.check_reasons()?;
        Ok(Self {
            files: source::read_repository(&workspace.root)?,
            metadata,
            settings,
            deny: settings::read(&workspace.file("deny.toml"))?,
        })
    }
}

/// One rule with the name under which it is counted.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) check: fn(&House) -> Vec<Finding>,
}

/// Every rule, in the order in which they are checked.
pub(crate) const ALL: &[Rule] = &[
    Rule {
        name: "house: arrows between crates",
        check: |house| crate_arrows::check(&house.metadata, &house.settings.arrows),
    },
    Rule {
        name: "house: heavy dependencies in their own crate",
        check: |house| external_homes::check(&house.metadata, &house.settings.only_in),
    },
    Rule {
        name: "house: licences of dependencies",
        check: |house| licences::check(&house.metadata, &house.deny.licenses),
    },
    Rule {
        name: "house: banned dependencies",
        check: |house| licences::check_bans(&house.metadata, &house.deny.bans),
    },
    Rule {
        name: "house: names of files and modules",
        check: |house| names::check(&house.files, &house.settings.names),
    },
    Rule {
        name: "house: capability words",
        check: |house| capability_words::check(&house.files, &house.settings.capabilities),
    },
    Rule {
        name: "house: every file says its purpose",
        check: |house| file_purpose::check(&house.files),
    },
    Rule {
        name: "house: length of files",
        check: |house| lengths::check_files(&house.files, &house.settings.lengths),
    },
    Rule {
        name: "house: length of functions",
        check: |house| lengths::check_functions(&house.files, &house.settings.lengths),
    },
    Rule {
        name: "house: no sentences in rules",
        check: |house| sentences::check(&house.files, &house.settings.sentences),
    },
    Rule {
        name: "house: no lint or test switched off",
        check: |house| attributes::check(&house.files),
    },
    Rule {
        name: "house: nothing unfinished",
        check: |house| unfinished::check(&house.files),
    },
    Rule {
        name: "house: no paths of one machine",
        check: |house| machine_paths::check(&house.files),
    },
    Rule {
        name: "house: both languages complete",
        check: |house| locales::check(&house.files, &house.settings.locales),
    },
    Rule {
        name: "house: no inline script or style",
        check: |house| templates::check(&house.files, &house.settings.templates),
    },
    Rule {
        name: "house: pages and API offer the same",
        check: |house| api_parity::check(&house.files, &house.settings.parity),
    },
];

/// A place where a rule is broken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    place: String,
    message: String,
}

impl Finding {
    /// About a whole file, folder or package.
    fn about(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
        }
    }

    /// About one line, counted from 1.
    fn at(file: &SourceFile, line: usize, message: impl Into<String>) -> Self {
        Self::about(format!("{}:{line}", file.path), message)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.message)
    }
}
