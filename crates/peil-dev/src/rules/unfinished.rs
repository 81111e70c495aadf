//! What is in the repository is finished; what is not is an issue, not a remark.

use super::Finding;
use super::rust_text::{RustText, is_name_letter};
use super::source::SourceFile;

/// Remarks for later, put together here so that this file does not find itself.
const REMARKS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// Macros that stand where code should be.
const PLACEHOLDERS: [&str; 2] = ["todo!", "unimplemented!"];

/// Finds remarks for later in every text file and placeholders in Rust code.
pub(crate) fn check(files: &[SourceFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| !file.is_generated()) {
        for (number, line) in file.text.lines().enumerate() {
            for remark in REMARKS.iter().filter(|remark| contains_word(line, remark)) {
                findings.push(Finding::at(
                    file,
                    number + 1,
                    format!("`{remark}`: do it or file an issue"),
                ));
            }
        }
        if file.is_rust() {
            let rust = RustText::new(&file.text);
            for placeholder in PLACEHOLDERS {
                for at in rust.words(placeholder) {
                    findings.push(Finding::at(
                        file,
                        file.line_of(at),
                        format!("`{placeholder}` is not code"),
                    ));
                }
            }
        }
    }
    findings
}

fn contains_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line
            .get(at + word.len()..)
            .and_then(|text| text.chars().next());
        !before.is_some_and(is_name_letter) && !after.is_some_and(is_name_letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::source::sample;

    #[test]
    fn remarks_are_found_in_any_text_but_only_as_whole_words() {
        for remark in REMARKS {
            let file = sample("docs/a.md", &format!("fine\n{remark}: later"));
            let places: Vec<_> = check(&[file])
                .into_iter()
                .map(|finding| finding.place)
                .collect();
            assert_eq!(places, ["docs/a.md:2"]);
        }
        let file = sample("a.md", &format!("{}S and mastodons", REMARKS.concat()));
        assert!(check(&[file]).is_empty());
    }

    #[test]
    fn placeholders_are_found_in_code_only() {
        assert_eq!(check(&[sample("a.rs", "fn a() { todo!() }")]).len(), 1);
        assert!(check(&[sample("a.rs", "let a = \"todo!\";")]).is_empty());
    }
}
