//! Files, folders and modules are named after what they hold.

use super::Finding;
use super::rust_text::{RustText, is_name_letter};
use super::settings::Names;
use super::source::SourceFile;

const LANGUAGES: [&str; 6] = ["rs", "js", "mjs", "css", "html", "ftl"];

/// Looks for names that say nothing, in paths and in modules written inside a file.
pub(crate) fn check(files: &[SourceFile], names: &Names) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files
        .iter()
        .filter(|file| LANGUAGES.contains(&file.extension()))
    {
        let parts = file
            .path
            .split('/')
            .filter_map(|part| part.split('.').next());
        for part in parts {
            if names.forbidden.iter().any(|name| name == part) {
                findings.push(Finding::about(
                    &file.path,
                    format!("`{part}` says nothing about what is in it"),
                ));
            }
        }
        if file.is_rust() {
            findings.extend(check_modules(file, names));
        }
    }
    findings
}

fn check_modules(file: &SourceFile, names: &Names) -> Vec<Finding> {
    let rust = RustText::new(&file.text);
    let mut findings = Vec::new();
    for at in rust.words("mod") {
        let after = rust
            .code
            .get(at + "mod".len()..)
            .unwrap_or_default()
            .trim_start();
        let name: String = after
            .chars()
            .take_while(|letter| is_name_letter(*letter))
            .collect();
        let opens = after
            .strip_prefix(name.as_str())
            .is_some_and(|rest| rest.trim_start().starts_with('{'));
        if opens && names.forbidden.contains(&name) {
            let message = format!("`mod {name}` says nothing about what is in it");
            findings.push(Finding::at(file, file.line_of(at), message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::source::sample;

    fn check_one(path: &str, text: &str) -> usize {
        let names = Names {
            forbidden: vec!["helpers".to_owned(), "types".to_owned()],
        };
        check(&[sample(path, text)], &names).len()
    }

    #[test]
    fn empty_names_are_found_in_files_folders_and_modules() {
        assert_eq!(check_one("a/helpers.rs", ""), 1);
        assert_eq!(check_one("a/types/b.rs", ""), 1);
        assert_eq!(check_one("a/b.rs", "mod helpers { fn a() {} }"), 1);
    }

    #[test]
    fn names_that_only_contain_such_a_word_are_fine() {
        assert_eq!(check_one("a/question_types.rs", "mod question_types {}"), 0);
        assert_eq!(check_one("docs/types.md", ""), 0);
    }
}
