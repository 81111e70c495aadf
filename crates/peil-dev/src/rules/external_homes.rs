//! Heavy dependencies are used only by the crates that exist for them.

use std::collections::BTreeMap;

use super::Finding;
use crate::metadata::Metadata;

/// Compares every manifest of ours with the table of homes.
pub(crate) fn check(metadata: &Metadata, homes: &BTreeMap<String, Vec<String>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in metadata.members() {
        for dependency in &package.dependencies {
            let Some(allowed) = homes.get(&dependency.name) else {
                continue;
            };
            if !allowed.contains(&package.name) {
                let message = format!(
                    "{} belongs only in {}",
                    dependency.name,
                    allowed.join(" and ")
                );
                findings.push(Finding::about(&package.name, message));
            }
        }
    }
    findings
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::metadata::{Dependency, Package};

    /// A workspace of ours: names of crates with the names that they depend on.
    pub(crate) fn workspace(crates: &[(&str, &[&str])]) -> Metadata {
        let packages = crates.iter().map(|(name, uses)| Package {
            id: (*name).to_owned(),
            name: (*name).to_owned(),
            license: Some("Apache-2.0".to_owned()),
            dependencies: uses
                .iter()
                .map(|name| Dependency {
                    name: (*name).to_owned(),
                })
                .collect(),
        });
        Metadata {
            packages: packages.collect(),
            workspace_members: crates.iter().map(|(name, _)| (*name).to_owned()).collect(),
            workspace_root: "root".into(),
            target_directory: "target".into(),
        }
    }

    #[test]
    fn a_dependency_away_from_home_is_found() {
        let homes = BTreeMap::from([("axum".to_owned(), vec!["http".to_owned()])]);
        let metadata = workspace(&[("http", &["axum"]), ("app", &["axum", "serde"])]);
        let expected = Finding::about("app", "axum belongs only in http");
        assert_eq!(check(&metadata, &homes), [expected]);
    }
}
