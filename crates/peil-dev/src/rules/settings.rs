//! What is allowed where: `rules.toml`, and the parts of `deny.toml` that we check ourselves.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// `rules.toml`; an unknown key is an error, so that a misspelt rule is noticed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// For every crate of ours, the crates of ours that it may use.
    pub(crate) arrows: BTreeMap<String, Vec<String>>,
    /// For every heavy dependency, the crates of ours that may use it.
    pub(crate) only_in: BTreeMap<String, Vec<String>>,
    pub(crate) names: Names,
    pub(crate) lengths: Lengths,
    pub(crate) capabilities: Capabilities,
    pub(crate) sentences: Sentences,
    pub(crate) locales: Locales,
    pub(crate) templates: Templates,
    pub(crate) parity: Parity,
}

impl Settings {
    /// An exception that nobody can judge is no exception.
    pub(crate) fn check_reasons(&self) -> Result<(), Problem> {
        let lists = [
            &self.sentences.exceptions,
            &self.locales.dynamic,
            &self.parity.exceptions,
        ];
        for exception in lists.into_iter().flatten() {
            if exception.reason.trim().is_empty() {
                let name = &exception.name;
                return Err(Problem::new(format!(
                    "rules.toml: give the reason for `{name}`"
                )));
            }
        }
        Ok(())
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    pub(crate) forbidden: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lengths {
    pub(crate) file_lines: usize,
    pub(crate) function_lines: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Capabilities {
    pub(crate) words: Vec<String>,
    /// For every folder that is divided by capability, the other names that it may hold.
    pub(crate) folders: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sentences {
    pub(crate) folders: Vec<String>,
    #[serde(default)]
    pub(crate) exceptions: Vec<Exception>,
}

/// Something that a rule lets pass, with the reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    pub(crate) name: String,
    pub(crate) reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Locales {
    /// Holds one folder per language.
    pub(crate) folder: String,
    pub(crate) languages: Vec<String>,
    /// Where keys are used: templates and Rust.
    pub(crate) users: Vec<String>,
    /// Names of the methods that take a key first.
    pub(crate) calls: Vec<String>,
    /// Beginnings of keys that are put together at run time.
    #[serde(default)]
    pub(crate) dynamic: Vec<Exception>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Templates {
    pub(crate) folders: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parity {
    pub(crate) pages: String,
    pub(crate) api: String,
    #[serde(default)]
    pub(crate) exceptions: Vec<Exception>,
}

/// `deny.toml`, written for cargo-deny; keys that we do not use are its own business.
#[derive(Debug, Deserialize)]
pub(crate) struct Deny {
    pub(crate) licenses: Licenses,
    pub(crate) bans: Bans,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Licenses {
    pub(crate) allow: Vec<String>,
    #[serde(default)]
    pub(crate) exceptions: Vec<LicenseException>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct LicenseException {
    #[serde(rename = "crate")]
    pub(crate) package: String,
    pub(crate) allow: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Bans {
    pub(crate) deny: Vec<Ban>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Ban {
    #[serde(rename = "crate")]
    pub(crate) package: String,
    pub(crate) reason: String,
}

/// Reads one of the two files.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Problem> {
    let text = std::fs::read_to_string(path).map_err(|cause| Problem::at(path, &cause))?;
    toml::from_str(&text).map_err(|cause| Problem::new(format!("{}: {cause}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_in_the_repository_are_understood() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let settings: Settings = read(&folder.join("rules.toml")).unwrap();
        assert!(settings.arrows.contains_key("peil-dev"));
        let deny: Deny = read(&folder.join("../../deny.toml")).unwrap();
        assert!(!deny.bans.deny.is_empty());
    }

    #[test]
    fn an_exception_without_a_reason_is_refused() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut settings: Settings = read(&folder.join("rules.toml")).unwrap();
        assert!(settings.check_reasons().is_ok());
        settings.parity.exceptions.push(Exception {
            name: "sign_in".to_owned(),
            reason: " ".to_owned(),
        });
        assert!(settings.check_reasons().is_err());
    }
}
