//! Whatever a page can do, the API can do: both call the same use cases.

use std::collections::BTreeMap;

use super::Finding;
use super::rust_text::{RustText, is_name_letter};
use super::settings::Parity;
use super::source::SourceFile;

/// Finds use cases that pages call and the API does not.
pub(crate) fn check(files: &[SourceFile], parity: &Parity) -> Vec<Finding> {
    let by_pages = use_cases(files, &parity.pages);
    let by_api = use_cases(files, &parity.api);
    let mut findings = Vec::new();
    for (name, place) in by_pages {
        let is_excused = parity
            .exceptions
            .iter()
            .any(|exception| exception.name == name);
        if !is_excused && !by_api.contains_key(&name) {
            findings.push(Finding::about(
                place,
                format!("`{name}` is called by a page but not by the API"),
            ));
        }
    }
    findings
}

/// The use cases called in a folder, each with the first place that calls it.
fn use_cases(files: &[SourceFile], folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let module = format!("{folder}.rs");
    for file in files
        .iter()
        .filter(|file| file.is_rust() && (file.is_inside(folder) || file.path == module))
    {
        let rust = RustText::new(&file.text);
        for at in rust.words("app").filter(|at| !rust.is_in_test(*at)) {
            let after = rust.code.get(at + "app".len()..).unwrap_or_default();
            if let Some(name) = called_method(after) {
                found
                    .entry(name)
                    .or_insert_with(|| format!("{}:{}", file.path, file.line_of(at)));
            }
        }
    }
    found
}

/// The name in `.name(` or `().name(`, however the line is broken.
fn called_method(after_app: &str) -> Option<String> {
    let after = after_app.strip_prefix("()").unwrap_or(after_app);
    let after = after.trim_start().strip_prefix('.')?.trim_start();
    let name: String = after
        .chars()
        .take_while(|letter| is_name_letter(*letter))
        .collect();
    let rest = after.strip_prefix(name.as_str())?.trim_start();
    (!name.is_empty() && (rest.starts_with('(') || rest.starts_with("::<"))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::settings::Exception;
    use crate::rules::source::sample;

    fn check_calls(pages: &str, api: &str) -> Vec<String> {
        let parity = Parity {
            pages: "http/admin".to_owned(),
            api: "http/api".to_owned(),
            exceptions: vec![Exception {
                name: "sign_in".to_owned(),
                reason: "tokens do not sign in".to_owned(),
            }],
        };
        let files = [
            sample("http/admin/cases.rs", pages),
            sample("http/api/cases.rs", api),
        ];
        check(&files, &parity)
            .into_iter()
            .map(|finding| finding.to_string())
            .collect()
    }

    #[test]
    fn a_use_case_that_only_a_page_calls_is_found() {
        let findings = check_calls("state\n  .app\n  .close_case(a)", "app.open_case(a)");
        assert_eq!(
            findings,
            ["http/admin/cases.rs:2: `close_case` is called by a page but not by the API"]
        );
    }

    #[test]
    fn shared_use_cases_fields_exceptions_and_tests_are_fine() {
        let pages = "app.close_case(a); app.clock.now(); app.sign_in(b);\n#[cfg(test)]\nmod t { fn a() { app.seed() } }";
        assert_eq!(
            check_calls(pages, "state.app().close_case(a)"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn the_api_may_do_more_than_the_pages() {
        assert_eq!(check_calls("", "app.stream_rows()"), Vec::<String>::new());
    }
}
