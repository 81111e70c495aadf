//! Crates of ours use each other only along the arrows of the architecture.

use std::collections::BTreeMap;

use super::Finding;
use crate::metadata::Metadata;

/// Compares every manifest, tests' and builds' dependencies included, with the table.
pub(crate) fn check(metadata: &Metadata, arrows: &BTreeMap<String, Vec<String>>) -> Vec<Finding> {
    let ours: Vec<&str> = metadata
        .members()
        .map(|package| package.name.as_str())
        .collect();
    let mut findings = Vec::new();
    for package in metadata.members() {
        let Some(allowed) = arrows.get(&package.name) else {
            findings.push(Finding::about(
                &package.name,
                "this crate has no row in the table of arrows",
            ));
            continue;
        };
        for dependency in &package.dependencies {
            let name = &dependency.name;
            let is_ours = ours.contains(&name.as_str()) && *name != package.name;
            if is_ours && !allowed.contains(name) {
                findings.push(Finding::about(
                    &package.name,
                    format!("may not depend on {name}"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::external_homes::tests::workspace;

    fn arrows() -> BTreeMap<String, Vec<String>> {
        BTreeMap::from([
            ("app".to_owned(), vec!["domain".to_owned()]),
            ("domain".to_owned(), Vec::new()),
        ])
    }

    #[test]
    fn arrows_of_the_table_and_packages_of_others_are_fine() {
        let metadata = workspace(&[("app", &["domain", "serde"]), ("domain", &["serde"])]);
        assert!(check(&metadata, &arrows()).is_empty());
    }

    #[test]
    fn an_arrow_that_points_upward_is_found() {
        let metadata = workspace(&[("app", &[]), ("domain", &["app"])]);
        let expected = Finding::about("domain", "may not depend on app");
        assert_eq!(check(&metadata, &arrows()), [expected]);
    }

    #[test]
    fn a_new_crate_needs_a_row() {
        let metadata = workspace(&[("extra", &[])]);
        assert_eq!(check(&metadata, &arrows()).len(), 1);
    }
}
