//! Gathers the values of all settings from file, environment and flags, with their sources.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    str::FromStr,
};

use super::{FILE_NAME, Flags, KEYS, Key, SettingsProblem, Shown, Source, keys};

/// Values of settings by name, each with where it comes from.
pub(super) struct Layers(BTreeMap<&'static str, (String, Source)>);

impl Layers {
    pub(super) fn gather(
        flags: &Flags,
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, SettingsProblem> {
        let mut values: BTreeMap<&'static str, (String, Source)> = KEYS
            .iter()
            .map(|key| (key.name, (key.default.to_owned(), Source::Default)))
            .collect();
        if let Some(file) = settings_file(flags, environment) {
            for (key, value) in read_file(&file)? {
                values.insert(key, (value, Source::File(file.clone())));
            }
        }
        for key in &KEYS {
            if let Some(value) = environment.get(key.variable) {
                values.insert(key.name, (value.clone(), Source::Environment(key.variable)));
            }
            if let Some(value) = flags.values.get(key.name) {
                values.insert(key.name, (value.clone(), Source::Flag(key.flag)));
            }
        }
        Ok(Self(values))
    }

    /// The value of a setting, blank when it is not set.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0
            .get(name)
            .map(|(value, _)| value.trim())
            .unwrap_or_default()
    }

    /// The value of a setting that need not be set.
    pub(super) fn optional(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }

    pub(super) fn parse<T: FromStr>(
        &self,
        name: &'static str,
        expected: &'static str,
    ) -> Result<T, SettingsProblem> {
        let text = self.get(name);
        text.parse().map_err(|_| self.refuse(name, text, expected))
    }

    pub(super) fn refuse(
        &self,
        name: &'static str,
        value: &str,
        expected: &'static str,
    ) -> SettingsProblem {
        let is_secret = KEYS.iter().any(|key| key.name == name && key.is_secret);
        let source = self
            .0
            .get(name)
            .map_or(&Source::Default, |(_, source)| source);
        SettingsProblem::BadValue {
            key: name,
            value: if is_secret {
                "***".to_owned()
            } else {
                value.to_owned()
            },
            from: source.to_string(),
            expected,
        }
    }

    pub(super) fn shown(&self, key: &Key) -> Shown {
        let source = self
            .0
            .get(key.name)
            .map_or(&Source::Default, |(_, source)| source);
        let value = self.optional(key.name);
        let value = value.map(|value| {
            if key.is_secret {
                "***".to_owned()
            } else {
                value.to_owned()
            }
        });
        Shown {
            key: key.name,
            value,
            source: source.to_string(),
        }
    }
}

/// The file that is named, else the one in the data folder when there is one.
fn settings_file(flags: &Flags, environment: &BTreeMap<String, String>) -> Option<PathBuf> {
    let named = flags.config.clone();
    if let Some(file) = named.or_else(|| environment.get(keys::CONFIG_VARIABLE).map(PathBuf::from))
    {
        return Some(file);
    }
    let default = || {
        KEYS.iter()
            .find(|key| key.name == "data")
            .map(|key| key.default.to_owned())
    };
    let flag = flags.values.get("data").cloned();
    let data = flag
        .or_else(|| environment.get("PEIL_DATA").cloned())
        .or_else(default)?;
    Some(Path::new(&data).join(FILE_NAME)).filter(|file| file.exists())
}

fn read_file(file: &Path) -> Result<Vec<(&'static str, String)>, SettingsProblem> {
    let unreadable = |reason: String| SettingsProblem::Unreadable {
        file: file.to_owned(),
        reason,
    };
    let text = fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))?;
    // The message of the reader says line and column; the lines that it quotes may hold a password.
    let table: toml::Table = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(0, |span| {
            1 + text.get(..span.start).unwrap_or("").matches('\n').count()
        });
        unreadable(format!("line {line}: {}", error.message()))
    })?;
    let mut flat = Vec::new();
    flatten("", table, &mut flat);
    flat.into_iter()
        .map(|(key, value)| read_value(file, &key, &value))
        .collect()
}

fn flatten(prefix: &str, table: toml::Table, into: &mut Vec<(String, toml::Value)>) {
    for (name, value) in table {
        let key = if prefix.is_empty() {
            name
        } else {
            format!("{prefix}.{name}")
        };
        let is_table = KEYS
            .iter()
            .any(|known| known.name.starts_with(&format!("{key}.")));
        match value {
            toml::Value::Table(inner) if is_table => flatten(&key, inner, into),
            value => into.push((key, value)),
        }
    }
}

fn read_value(
    file: &Path,
    key: &str,
    value: &toml::Value,
) -> Result<(&'static str, String), SettingsProblem> {
    let known =
        KEYS.iter()
            .find(|known| known.name == key)
            .ok_or_else(|| SettingsProblem::UnknownKey {
                key: key.to_owned(),
                file: file.to_owned(),
            })?;
    let text = match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Boolean(truth) => truth.to_string(),
        _ => {
            return Err(SettingsProblem::BadValue {
                key: known.name,
                value: value.type_str().to_owned(),
                from: file.display().to_string(),
                expected: "a text, number or true/false",
            });
        }
    };
    Ok((known.name, text))
}
