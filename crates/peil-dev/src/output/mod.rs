//! Reads the outcome of other test runners.

pub(crate) mod junit;
pub(crate) mod libtest;
pub(crate) mod nextest;
pub(crate) mod tap;

/// Counts as a runner reports them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

/// The number in front of a word, as in `3 passed`.
fn number_before(text: &str, word: &str) -> Option<u64> {
    let mut before = "";
    for part in text
        .split([' ', ',', ';', '(', ')', ':'])
        .filter(|part| !part.is_empty())
    {
        if part == word {
            return before.parse().ok();
        }
        before = part;
    }
    None
}
