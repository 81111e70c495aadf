//! Every capability has one name, and nothing else divides the folders.

use std::collections::BTreeSet;

use super::Finding;
use super::settings::Capabilities;
use super::source::SourceFile;

/// Looks at the direct children of every folder that is divided by capability.
pub(crate) fn check(files: &[SourceFile], capabilities: &Capabilities) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (folder, others) in &capabilities.folders {
        for name in children(files, folder) {
            let is_known = capabilities
                .words
                .iter()
                .chain(others)
                .any(|word| word == name);
            if !is_known {
                let message = format!("`{name}` is neither a capability nor named in rules.toml");
                findings.push(Finding::about(folder, message));
            }
        }
    }
    findings
}

/// Names of the files and folders right inside a folder, without the part after the dot.
fn children<'a>(files: &'a [SourceFile], folder: &str) -> BTreeSet<&'a str> {
    let inside = files.iter().filter(|file| file.is_inside(folder));
    inside
        .filter_map(|file| file.path.get(folder.len() + 1..)?.split(['/', '.']).next())
        .filter(|name| !matches!(*name, "lib" | "main" | "mod" | ""))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::rules::source::sample;

    fn capabilities() -> Capabilities {
        Capabilities {
            words: vec!["cases".to_owned(), "survey".to_owned()],
            folders: BTreeMap::from([("domain/src".to_owned(), vec!["shared".to_owned()])]),
        }
    }

    #[test]
    fn capabilities_and_named_others_are_fine_at_any_depth() {
        let files = ["lib.rs", "cases.rs", "survey/question.rs", "shared/ids.rs"];
        let files = files.map(|name| sample(&format!("domain/src/{name}"), ""));
        assert!(check(&files, &capabilities()).is_empty());
    }

    #[test]
    fn a_ninth_word_is_found_once_however_many_files_it_has() {
        let files = [
            sample("domain/src/loyalty/a.rs", ""),
            sample("domain/src/loyalty/b.rs", ""),
        ];
        let findings = check(&files, &capabilities());
        let message = "`loyalty` is neither a capability nor named in rules.toml";
        assert_eq!(findings, [Finding::about("domain/src", message)]);
    }

    #[test]
    fn other_folders_are_nobody_s_business() {
        assert!(check(&[sample("http/src/loyalty.rs", "")], &capabilities()).is_empty());
    }
}
