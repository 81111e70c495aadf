//! Puts the parts together: data folder, key, database, ports.

use std::{fs, path::Path, sync::Arc};

use peil_app::{App, Parts, Secret, SystemChance, SystemClock};
use peil_exchange::Tables;
use peil_outbound::SmtpMailer;
use peil_store::{DatabaseUrl, Store};

/// Opens the data folder and everything in it.
pub async fn open(folder: &Path, public_url: &str) -> Result<Arc<App>, String> {
    let say = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(|error| say(&error))?;
    let secret = read_secret(folder).map_err(|error| say(&error))?;
    let store = Store::open(&DatabaseUrl::Sqlite(folder.join("peil.db")))
        .await
        .map_err(|error| say(&error))?;
    let mailer = SmtpMailer::new().map_err(|error| error.to_string())?;
    Ok(App::new(Parts {
        store,
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        secret,
        mailer: Arc::new(mailer),
        tables: Arc::new(Tables),
        folder: folder.to_owned(),
        public_url: public_url.to_owned(),
    }))
}

fn read_secret(folder: &Path) -> Result<Secret, std::io::Error> {
    let path = folder.join("secret.key");
    if let Ok(text) = fs::read_to_string(&path) {
        return Secret::from_text(&text)
            .ok_or_else(|| std::io::Error::other("secret.key is damaged"));
    }
    let mut key = [0; 32];
    peil_app::Chance::fill(&SystemChance, &mut key);
    let secret = Secret::new(key);
    fs::write(&path, secret.to_text())?;
    Ok(secret)
}
