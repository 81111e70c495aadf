//! The only place that reads environment variables.

use std::path::PathBuf;

/// The value of a variable, absent when unset or empty.
pub(crate) fn variable(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this module is where the environment is read"
    )]
    let value = std::env::var(name);
    value.ok().filter(|text| !text.is_empty())
}

/// Says whether a machine, not a person, reads the outcome.
pub(crate) fn is_ci() -> bool {
    variable("CI").is_some_and(|value| value == "true" || value == "1")
}

/// The folders in which programs are searched.
pub(crate) fn search_path() -> Vec<PathBuf> {
    variable("PATH").map_or_else(Vec::new, |path| std::env::split_paths(&path).collect())
}

/// The folder for things that may be thrown away but are dear to fetch again.
pub(crate) fn cache_folder() -> PathBuf {
    let base = variable("XDG_CACHE_HOME").map(PathBuf::from);
    base.or_else(|| variable("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .unwrap_or_else(std::env::temp_dir)
        .join("peil-dev")
}
