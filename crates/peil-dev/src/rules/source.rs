//! The text files of the repository, as the rules see them.

use std::path::Path;
use std::process::Command;

use crate::problem::Problem;
use crate::process;

/// A text file with its path from the root of the repository, divided by `/`.
#[derive(Debug)]
pub(crate) struct SourceFile {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl SourceFile {
    /// The part after the last dot of the name.
    pub(crate) fn extension(&self) -> &str {
        self.file_name()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    pub(crate) fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.extension() == "rs"
    }

    /// Says whether the whole file is a test or serves only tests.
    pub(crate) fn is_test(&self) -> bool {
        let name = self.file_name();
        name == "tests.rs"
            || name.ends_with("_tests.rs")
            || self
                .path
                .split('/')
                .any(|part| part == "tests" || part == "tests-browser")
    }

    /// Says whether the file was written by a program.
    pub(crate) fn is_generated(&self) -> bool {
        matches!(
            self.file_name(),
            "Cargo.lock" | "package-lock.json" | "openapi.json"
        ) || self.path.starts_with("docs/reference/")
    }

    pub(crate) fn is_inside(&self, folder: &str) -> bool {
        self.path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
    }

    /// The number of the line, counted from 1, in which a byte stands.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        line_of(&self.text, offset)
    }
}

/// The number of the line, counted from 1, in which a byte of the text stands.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    1 + text
        .match_indices('\n')
        .take_while(|(at, _)| *at < offset)
        .count()
}

/// Reads what is in the repository or would be added to it; binary files are left out.
pub(crate) fn read_repository(root: &Path) -> Result<Vec<SourceFile>, Problem> {
    let mut git = Command::new("git");
    git.args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ])
    .current_dir(root);
    let finished = process::captured(&mut git)?;
    if !finished.is_success {
        return Err(Problem::new(format!(
            "git ls-files failed: {}",
            finished.errors.trim()
        )));
    }
    let mut files = Vec::new();
    for path in finished.output.split('\0').filter(|path| !path.is_empty()) {
        // A file that was just removed, or is no text, has nothing for the rules to read.
        if let Ok(text) = std::fs::read_to_string(root.join(path)) {
            files.push(SourceFile {
                path: path.to_owned(),
                text,
            });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.dedup_by(|one, other| one.path == other.path);
    Ok(files)
}

/// A file for the tests of the rules.
#[cfg(test)]
pub(crate) fn sample(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_known_by_their_place_or_name() {
        for path in [
            "crates/a/tests/b.rs",
            "crates/a/src/c/tests.rs",
            "tests-browser/a.test.mjs",
        ] {
            assert!(sample(path, "").is_test(), "{path}");
        }
        assert!(!sample("crates/a/src/contests.rs", "").is_test());
    }

    #[test]
    fn a_folder_holds_its_files_but_not_those_of_its_namesakes() {
        assert!(sample("a/b/c.rs", "").is_inside("a/b"));
        assert!(!sample("a/bc/c.rs", "").is_inside("a/b"));
    }

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!(line_of("a\nb\nc", 0), 1);
        assert_eq!(line_of("a\nb\nc", 4), 3);
    }
}
