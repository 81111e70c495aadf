//! Puts the parts together: data folder, key, database, ports.

use std::{
    fs::{self, File},
    os::unix::fs::DirBuilderExt,
    path::Path,
    sync::Arc,
    time::Duration,
};

use peil_app::{App, Parts, SystemChance, SystemClock, ports::Mailer};
use peil_exchange::{Questionnaires, Tables};
use peil_facts::{ColumnFacts, ColumnOptions, Facts, FactsError};
use peil_outbound::{FolderMailer, SmtpMailer};
use peil_store::{DatabaseUrl, Store, StoreError};

use crate::{Failure, data_folder, demo, settings::Settings};

/// Folder in the data folder in which facts are kept.
pub(crate) const FACTS_FOLDER: &str = "facts";

/// How often, and with what rest, facts are opened that somebody else has open.
const OPEN_TRIES: u32 = 20;
const OPEN_PAUSE: Duration = Duration::from_millis(50);

/// The rest before facts that could not be opened are tried again; twice as long every next time, up to
/// the other.
const FACTS_PAUSE: Duration = Duration::from_secs(2);
const FACTS_LONGEST_PAUSE: Duration = Duration::from_mins(2);

/// An open Peil.
pub struct Opened {
    /// The use cases.
    pub app: Arc<App>,
    /// The database, to be closed at the end and for commands that work on many rows.
    pub store: Store,
}

impl Opened {
    /// Lets the worker put down what it has in hand, then closes the database.
    pub async fn close(self) -> Result<(), Failure> {
        self.app.stop_work();
        self.app.wait_for_work_to_stop().await;
        Ok(self.store.close().await?)
    }
}

/// Opens the data folder and everything in it; the folder is made when it is not there yet.
pub async fn open(folder: &Path, public_url: &str) -> Result<Arc<App>, String> {
    match open_with(&Settings::of_folder(folder), public_url).await {
        Ok(opened) => Ok(opened.app),
        Err(failure) => Err(failure.sentence(peil_domain::shared::Language::En)),
    }
}

/// Opens what the settings name; the data folder is made when it is not there yet.
pub async fn open_with(settings: &Settings, public_url: &str) -> Result<Opened, Failure> {
    data_folder::prepare(&settings.data)?;
    let secret = data_folder::find_or_make_secret(&settings.data)?;
    check_database_file(settings)?;
    let store = Store::open(&database_url(settings)).await;
    let store = store.map_err(|error| database_failure(settings, error))?;
    let mailer = mailer(settings, &store).await?;
    let app = App::new(Parts {
        store: store.clone(),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        secret,
        mailer,
        tables: Arc::new(Tables),
        survey_files: Arc::new(Questionnaires),
        folder: settings.data.clone(),
        public_url: public_url.to_owned(),
    });
    Ok(Opened { app, store })
}

/// Gives the use cases the engine that keeps facts in the data folder. As long as that cannot be
/// opened, figures come from the records: slower, and right.
pub fn keep_facts(app: &Arc<App>, settings: &Settings) {
    if !try_to_keep_facts(app, settings) {
        keep_facts_later(Arc::clone(app), settings.clone());
    }
}

fn try_to_keep_facts(app: &App, settings: &Settings) -> bool {
    match open_facts(app, settings) {
        Ok((engine, damage)) => {
            if let Some(damage) = damage {
                tracing::error!(damage, "facts cannot be read and are made anew");
            }
            app.keep_facts(engine);
            true
        }
        Err(error) => {
            let error = error.sentence(peil_domain::shared::Language::En);
            tracing::error!(
                error,
                "facts cannot be kept, figures are slow until they can"
            );
            false
        }
    }
}

/// Tries again until it succeeds: whoever makes room or restores rights need not restart Peil.
#[expect(
    clippy::disallowed_methods,
    reason = "it waits for something that happens outside the program, and holds nothing up"
)]
fn keep_facts_later(app: Arc<App>, settings: Settings) {
    tokio::spawn(async move {
        let mut pause = FACTS_PAUSE;
        loop {
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(FACTS_LONGEST_PAUSE);
            if try_to_keep_facts(&app, &settings) {
                return;
            }
        }
    });
}

/// Opens the facts of `app` in the data folder, or begins anew with what is wrong with them.
pub(crate) fn open_facts(
    app: &App,
    settings: &Settings,
) -> Result<(Arc<ColumnFacts>, Option<String>), Failure> {
    let folder = settings.data.join(FACTS_FOLDER);
    let failed = |error: FactsError| match error {
        FactsError::InUse { .. } => Failure::FolderServed(settings.data.clone()),
        FactsError::Disk { file, source } => Failure::Folder {
            folder: file,
            reason: source.to_string(),
        },
        other => Failure::Other(other.to_string()),
    };
    fs::DirBuilder::new()
        .recursive(true)
        .mode(data_folder::OWNER_ONLY_FOLDER)
        .create(&folder)
        .map_err(|error| Failure::Folder {
            folder: folder.clone(),
            reason: error.to_string(),
        })?;
    let options = ColumnOptions::default();
    let mut found = ColumnFacts::open(&folder, options);
    // Somebody may just be looking whether all is well.
    for _ in 0..OPEN_TRIES {
        if !matches!(found, Err(FactsError::InUse { .. })) {
            break;
        }
        std::thread::sleep(OPEN_PAUSE);
        found = ColumnFacts::open(&folder, options);
    }
    let (engine, damage) = match found {
        Ok(engine) => (engine, None),
        Err(damage) if damage.needs_new_facts() => {
            let engine = ColumnFacts::begin(&folder, options).map_err(failed)?;
            (engine, Some(damage.to_string()))
        }
        Err(other) => return Err(failed(other)),
    };
    engine.name_from(app.names());
    Ok((Arc::new(engine), damage))
}

/// The number of submissions that facts were told when they were last written down.
pub(crate) async fn look_at_facts(folder: &Path) -> Result<u64, FactsError> {
    let engine = ColumnFacts::open(folder, ColumnOptions::default())?;
    Ok(engine.standing().await?.found.submissions)
}

/// Takes the data folder for serving, when the records are a file in it; a database server may
/// have several programs.
pub(crate) fn take_folder(settings: &Settings) -> Result<Option<File>, Failure> {
    data_folder::prepare(&settings.data)?;
    let is_file = settings.database.is_none();
    is_file
        .then(|| data_folder::take(&settings.data))
        .transpose()
}

/// Opens a data folder that must be there already.
///
/// # Errors
/// [`Failure::NoFolder`] when there is none: a command that only looks should not leave one.
pub async fn open_present(settings: &Settings) -> Result<Opened, Failure> {
    if !settings.data.is_dir() {
        return Err(Failure::NoFolder(settings.data.clone()));
    }
    open_with(settings, &settings.public_url_at(settings.listen)).await
}

/// Where the records are.
pub(crate) fn database_url(settings: &Settings) -> DatabaseUrl {
    match &settings.database {
        Some(url) => DatabaseUrl::Postgres(url.clone()),
        None => DatabaseUrl::Sqlite(settings.data.join(data_folder::DATABASE_FILE)),
    }
}

/// Sees that the database may be written to, when it is a file, before anything is opened: what
/// `SQLite` makes beside a file gets the rights of that file, and would be in the way afterwards.
pub(crate) fn check_database_file(settings: &Settings) -> Result<(), Failure> {
    let DatabaseUrl::Sqlite(database) = database_url(settings) else {
        return Ok(());
    };
    let beside = |ending: &str| {
        let mut name = database.clone().into_os_string();
        name.push(ending);
        name.into()
    };
    let files = [database.clone(), beside("-wal"), beside("-shm")];
    let is_closed = |file: &std::path::PathBuf| {
        file.exists() && rustix::fs::access(file, rustix::fs::Access::WRITE_OK).is_err()
    };
    match files.into_iter().find(is_closed) {
        Some(file) => {
            let error = StoreError::ReadOnly("no right to write".to_owned());
            Err(Failure::DatabaseFile { file, error })
        }
        None => Ok(()),
    }
}

/// What is wrong with the database, with its file when it is one.
pub(crate) fn database_failure(settings: &Settings, error: StoreError) -> Failure {
    match database_url(settings) {
        DatabaseUrl::Sqlite(file) => Failure::DatabaseFile { file, error },
        DatabaseUrl::Postgres(_) => error.into(),
    }
}

/// The way to mail servers; mails of the demo never leave its folder, however it is started.
async fn mailer(settings: &Settings, store: &Store) -> Result<Arc<dyn Mailer>, Failure> {
    let folder = match &settings.mail_folder {
        Some(folder) => Some(folder.clone()),
        None if demo::find(store).await?.is_some() => Some(settings.data.join(demo::MAIL_FOLDER)),
        None => None,
    };
    let failed = |error: peil_outbound::OutboundError| Failure::Other(error.to_string());
    Ok(match folder {
        Some(folder) => Arc::new(FolderMailer::new(folder).map_err(failed)?),
        None => Arc::new(SmtpMailer::new().map_err(failed)?),
    })
}
