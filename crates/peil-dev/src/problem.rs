//! The one error of this program: a sentence for the developer who ran it.

use std::fmt;
use std::path::Path;

/// What went wrong, readable alone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem(String);

impl Problem {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    /// A failed read or write, with the path that it was about.
    pub(crate) fn at(path: &Path, cause: &std::io::Error) -> Self {
        Self(format!("{}: {cause}", path.display()))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}
