//! Settings of the program: a TOML file, `PEIL_*` in the environment and flags, each overruling
//! the one before. Everything has a default, so that Peil starts with none. What belongs to an
//! organisation (mail server, look, people) is kept in the database and set on screen.

mod keys;
mod layers;

use std::{
    collections::BTreeMap,
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use serde::Serialize;

pub use keys::{KEYS, Key};
use layers::Layers;

/// Name of the settings file in the data folder.
pub const FILE_NAME: &str = "peil.toml";

/// What flags of a command say about settings; absent means: look elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// The settings file.
    pub config: Option<PathBuf>,
    /// Values by key.
    pub values: BTreeMap<&'static str, String>,
}

/// Where the value of a setting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Nobody said anything.
    Default,
    /// The settings file.
    File(PathBuf),
    /// A variable of the environment.
    Environment(&'static str),
    /// A flag of the command.
    Flag(&'static str),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment(variable) => f.write_str(variable),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// What is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsProblem {
    /// The file cannot be read.
    #[error("{}: {reason}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system or the reader of TOML says.
        reason: String,
    },
    /// A word in the file that is no setting.
    #[error("{}: unknown setting `{key}`", file.display())]
    UnknownKey {
        /// The word.
        key: String,
        /// The file.
        file: PathBuf,
    },
    /// A value that the setting cannot have.
    #[error("{key} = `{value}` ({from}): not {expected}")]
    BadValue {
        /// The setting.
        key: &'static str,
        /// Its value; nothing for a secret.
        value: String,
        /// Where it comes from.
        from: String,
        /// What it should be.
        expected: &'static str,
    },
}

/// Everything that the program must know before it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Folder in which everything is kept.
    pub data: PathBuf,
    /// Address under which customers reach this program; made of `listen` when absent.
    pub public_url: Option<String>,
    /// A `PostgreSQL` server; a file in the data folder when absent.
    pub database: Option<String>,
    /// Whether a proxy in front names the visitor's address.
    pub trusts_proxy: bool,
    /// What is logged to standard error, as a filter of `tracing`.
    pub log: String,
    /// Largest file that may be uploaded, in megabytes of a million bytes.
    pub uploads_limit_mb: u32,
    /// Folder into which mails are written instead of sending them.
    pub mail_folder: Option<PathBuf>,
}

/// One line of `peil config show`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Name of the setting.
    pub key: &'static str,
    /// Its value, `***` for a secret; nothing when it is not set.
    pub value: Option<String>,
    /// Where it comes from.
    pub source: String,
}

/// Settings with where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// Each of them, to be shown.
    pub shown: Vec<Shown>,
    /// Variables that begin with `PEIL_` and mean nothing.
    pub unknown_variables: Vec<String>,
}

impl Loaded {
    /// Puts the layers together.
    ///
    /// # Errors
    /// [`SettingsProblem`], naming the key and where it stands.
    pub fn new(
        flags: &Flags,
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, SettingsProblem> {
        let layers = Layers::gather(flags, environment)?;
        let settings = Settings::read(&layers)?;
        let shown = KEYS.iter().map(|key| layers.shown(key)).collect();
        let is_known = |name: &String| {
            name == keys::CONFIG_VARIABLE || KEYS.iter().any(|key| key.variable == name)
        };
        let unknown_variables = environment
            .keys()
            .filter(|name| name.starts_with("PEIL_") && !is_known(name))
            .cloned()
            .collect();
        Ok(Self {
            settings,
            shown,
            unknown_variables,
        })
    }
}

impl Settings {
    /// The settings of a data folder without anything said about it.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data: folder.to_owned(),
            public_url: None,
            database: None,
            trusts_proxy: false,
            log: "warn".to_owned(),
            uploads_limit_mb: keys::UPLOADS_LIMIT_MB,
            mail_folder: None,
        }
    }

    /// The address under which customers reach a program that listens on `address`.
    #[must_use]
    pub fn public_url_at(&self, address: SocketAddr) -> String {
        self.public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", reachable(address)))
    }

    fn read(layers: &Layers) -> Result<Self, SettingsProblem> {
        let public_url = layers.optional("public_url");
        if let Some(url) = public_url.filter(|url| !is_web_address(url)) {
            return Err(layers.refuse("public_url", url, "an address with http:// or https://"));
        }
        let database = layers.optional("database");
        if let Some(url) = database.filter(|url| !is_postgres(url)) {
            return Err(layers.refuse("database", url, "an address with postgres://"));
        }
        let data = PathBuf::from(layers.get("data"));
        Ok(Self {
            listen: layers.parse("listen", "an address with a port, such as 127.0.0.1:7345")?,
            public_url: public_url.map(|url| url.trim_end_matches('/').to_owned()),
            database: database.map(str::to_owned),
            trusts_proxy: layers.parse("trusts_proxy", "true or false")?,
            log: layers.get("log").to_owned(),
            uploads_limit_mb: layers.parse("uploads.limit_mb", "a whole number of megabytes")?,
            // A relative folder lies in the data folder, wherever the program was started.
            mail_folder: layers
                .optional("mail.folder")
                .map(|folder| data.join(folder)),
            data,
        })
    }
}

/// What to type into a browser on this machine to reach `address`.
pub(crate) fn reachable(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => SocketAddr::from(([127, 0, 0, 1], address.port())),
        IpAddr::V6(ip) if ip.is_unspecified() => {
            SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, address.port()))
        }
        _ => address,
    }
}

fn is_web_address(url: &str) -> bool {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace))
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

#[cfg(test)]
mod tests;
