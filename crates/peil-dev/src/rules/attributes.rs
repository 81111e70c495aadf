//! No lint is silenced for good and no test is put to sleep.

use super::Finding;
use super::rust_text::RustText;
use super::source::SourceFile;

/// Attributes that switch something off, and what to do instead.
const SWITCHES: [(&str, &str); 2] = [
    (
        "allow(",
        "write `#[expect(..., reason = \"...\")]`, which complains when it is no longer needed",
    ),
    (
        "ignore",
        "a test that is not run proves nothing: repair or remove it",
    ),
];

/// Finds those attributes in Rust code.
pub(crate) fn check(files: &[SourceFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let rust = RustText::new(&file.text);
        for (name, remedy) in SWITCHES {
            for opening in ["#[", "#!["] {
                for at in rust.positions(&format!("{opening}{name}")) {
                    findings.push(Finding::at(file, file.line_of(at), remedy));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::source::sample;

    #[test]
    fn switches_are_found_in_every_form() {
        for text in [
            "#[allow(dead_code)]",
            "#![allow(dead_code)]",
            "#[ignore]",
            "#[ignore = \"slow\"]",
        ] {
            assert_eq!(check(&[sample("a.rs", text)]).len(), 1, "{text}");
        }
    }

    #[test]
    fn expectations_and_mentions_are_fine() {
        for text in [
            "#[expect(dead_code, reason = \"x\")]",
            "// never #[allow(x)]",
            "let a = \"#[ignore]\";",
        ] {
            assert!(check(&[sample("a.rs", text)]).is_empty(), "{text}");
        }
    }
}
