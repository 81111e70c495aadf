//! Every Rust file begins by saying what it is responsible for.

use super::Finding;
use super::source::SourceFile;

/// Finds Rust files that do not begin with `//!`.
pub(crate) fn check(files: &[SourceFile]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.is_rust() && !file.text.starts_with("//! "))
        .map(|file| {
            Finding::at(
                file,
                1,
                "begin with `//!` and what this file is responsible for",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::source::sample;

    #[test]
    fn a_file_without_a_purpose_is_found() {
        let files = [
            sample("a.rs", "//! Counts.\n"),
            sample("b.rs", "// Counts.\n"),
            sample("c.js", ""),
        ];
        let places: Vec<_> = check(&files)
            .into_iter()
            .map(|finding| finding.place)
            .collect();
        assert_eq!(places, ["b.rs:1"]);
    }
}
