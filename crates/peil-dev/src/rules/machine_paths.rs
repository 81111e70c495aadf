//! No file names a folder of the machine on which it was written.

use super::Finding;
use super::source::SourceFile;

/// Folders at the top of a machine that belong to whoever works there.
const FOLDERS: [&str; 3] = ["work", "root", "home"];

/// Finds absolute paths into those folders in every text file.
pub(crate) fn check(files: &[SourceFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            for folder in FOLDERS.iter().filter(|folder| names_folder(line, folder)) {
                let message = format!("a path below /{folder} exists on one machine only");
                findings.push(Finding::at(file, number + 1, message));
            }
        }
    }
    findings
}

/// A path begins where nothing that could be part of a longer path or address precedes it.
fn names_folder(line: &str, folder: &str) -> bool {
    let path = format!("/{folder}/");
    line.match_indices(&path).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|letter| letter.is_alphanumeric() || "._-/~}*>".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::source::sample;

    #[test]
    fn absolute_paths_are_found() {
        for folder in FOLDERS {
            let text = format!("fine\nlet path = \"/{folder}/someone\";");
            assert_eq!(check(&[sample("a.rs", &text)]).len(), 1, "{folder}");
        }
    }

    #[test]
    fn relative_paths_and_addresses_are_fine() {
        for before in ["docs", "https://example.org", "..", "{root}"] {
            let text = format!("{before}/{}/page", "home");
            assert!(check(&[sample("a.md", &text)]).is_empty(), "{text}");
        }
    }
}
