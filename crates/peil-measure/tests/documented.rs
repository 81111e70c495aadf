//! Every public function shows how it is used; the doc tests run what it shows.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

use std::fs;
use std::path::Path;

/// The files below a folder.
fn files(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(files(&path));
        } else {
            texts.push(fs::read_to_string(&path).unwrap());
        }
    }
    texts
}

/// The public functions of a text without an example in their comment.
fn undocumented(text: &str) -> Vec<String> {
    let (mut has_example, mut found) = (false, Vec::new());
    for line in text.lines().map(str::trim) {
        let is_function = line.starts_with("pub fn ") || line.starts_with("pub const fn ");
        if is_function && !has_example {
            found.push(line.to_owned());
        }
        if line.starts_with("/// ```") {
            has_example = true;
        } else if !line.starts_with("//") && (line.is_empty() || line.ends_with(['}', '{'])) {
            // The comment of one item never reaches the next.
            has_example = false;
        }
    }
    found
}

#[test]
fn every_public_function_has_an_example() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let found: Vec<String> = files(&source)
        .iter()
        .flat_map(|text| undocumented(text))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_function_without_an_example_is_found() {
    let text = "/// ```\n/// one();\n/// ```\n#[must_use]\npub fn one() {\n}\n\n/// Two.\npub fn two() {\n}\n";
    assert_eq!(undocumented(text), ["pub fn two() {"]);
}
