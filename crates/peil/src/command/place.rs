//! Flags that say where everything is, shared by the commands that open a data folder.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args;

use crate::{
    Failure,
    settings::{Flags, Loaded, Settings},
};

/// Where everything is.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Place {
    /// Folder in which everything is kept [default: peil-data].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// File with settings [default: peil.toml in the data folder].
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A PostgreSQL server instead of a file in the data folder.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

/// How a server is reached.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Reach {
    /// Address to listen on; port 0 takes any free one [default: 127.0.0.1:7345].
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Address under which customers reach Peil.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Takes the visitor's address from X-Forwarded-For.
    #[arg(long)]
    trusts_proxy: bool,
    /// What is logged to standard error [default: warn].
    #[arg(long, value_name = "FILTER")]
    log: Option<String>,
    /// Largest file that may be uploaded, in megabytes [default: 512].
    #[arg(long, value_name = "MB")]
    uploads_limit_mb: Option<String>,
    /// Folder into which mails are written instead of sending them.
    #[arg(long, value_name = "DIR")]
    mail_folder: Option<String>,
}

impl Place {
    /// The settings, with these flags above all else.
    pub(crate) fn settings(&self) -> Result<Settings, Failure> {
        Ok(self.load(&Reach::default())?.settings)
    }

    /// The settings with their sources, in `folder` unless another data folder is named.
    pub(super) fn load_or(&self, folder: &str, reach: &Reach) -> Result<Loaded, Failure> {
        let is_named = self.data.is_some() || environment().contains_key("PEIL_DATA");
        let data = if is_named {
            self.data.clone()
        } else {
            Some(PathBuf::from(folder))
        };
        Self {
            data,
            ..self.clone()
        }
        .load(reach)
    }

    /// The settings with their sources.
    pub(super) fn load(&self, reach: &Reach) -> Result<Loaded, Failure> {
        let text = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let given = [
            ("data", text(&self.data)),
            ("database", self.database.clone()),
            ("listen", reach.listen.clone()),
            ("public_url", reach.public_url.clone()),
            (
                "trusts_proxy",
                reach.trusts_proxy.then(|| "true".to_owned()),
            ),
            ("log", reach.log.clone()),
            ("uploads.limit_mb", reach.uploads_limit_mb.clone()),
            ("mail.folder", reach.mail_folder.clone()),
        ];
        let values = given
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)))
            .collect();
        let flags = Flags {
            config: self.config.clone(),
            values,
        };
        Ok(Loaded::new(&flags, &environment())?)
    }
}

/// The environment; what is no text in it cannot be meant for us.
pub(super) fn environment() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}
