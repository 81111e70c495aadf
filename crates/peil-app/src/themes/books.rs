//! By what the answers of an organisation are read: its themes, and the engine made of them.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    thread,
};

use peil_domain::shared::WorkspaceId;
use peil_store::{
    Session,
    themes::{MadeBy, newest_taxonomy, taxonomy_version},
};
use peil_themes::{ENGINE_VERSION, Engine, Taxonomy};
use tokio::sync::oneshot;

use super::names::ThemeNames;
use crate::{App, AppError};

/// Version of the themes of an organisation that never changed them.
pub(crate) const SEED_VERSION: i32 = 1;
/// Version of what is done with what the engine found, in thousands.
const OWN_RULES: u32 = 1_000;
/// Organisations whose engine is kept at hand, each some megabytes.
const MOST_AT_HAND: usize = 8;
/// How far reading steps back: as far as can be (setpriority(2)).
#[cfg(target_os = "linux")]
const LOWEST_PRIORITY: i32 = 19;

/// By what the answers of an organisation are read.
pub(crate) struct Book {
    /// Its themes.
    pub(crate) taxonomy: Taxonomy,
    /// Reads by them; made by whoever reads first, since most ask for names only.
    engine: OnceLock<Engine>,
    /// What they are called.
    pub(crate) names: ThemeNames,
}

impl Book {
    /// A book of these themes.
    pub(crate) fn new(taxonomy: Taxonomy) -> Self {
        Self {
            engine: OnceLock::new(),
            names: ThemeNames::of(&taxonomy),
            taxonomy,
        }
    }

    /// What reads by its themes; making it takes a moment of the processor.
    pub(crate) fn engine(&self) -> &Engine {
        self.engine.get_or_init(|| Engine::new(&self.taxonomy))
    }

    /// The version of its themes.
    pub(crate) fn version(&self) -> i32 {
        i32::try_from(self.taxonomy.version).unwrap_or(i32::MAX)
    }

    /// By which rules its readings are made.
    pub(crate) fn made_by(&self) -> MadeBy {
        MadeBy {
            rules: rules(),
            taxonomy: self.version(),
        }
    }
}

/// Version of the rules and word lists of this program: those of the engine, and what is done with what
/// it found.
pub(crate) fn rules() -> i32 {
    i32::try_from(ENGINE_VERSION + OWN_RULES).unwrap_or(i32::MAX)
}

/// Books at hand.
#[derive(Default)]
pub(crate) struct Books(Mutex<BTreeMap<WorkspaceId, Arc<Book>>>);

impl Books {
    fn find(&self, workspace: WorkspaceId, version: i32) -> Option<Arc<Book>> {
        let books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let book = books.get(&workspace)?;
        (book.version() == version).then(|| Arc::clone(book))
    }

    fn keep(&self, workspace: WorkspaceId, book: &Arc<Book>) {
        let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if books.len() >= MOST_AT_HAND {
            books.clear();
        }
        books.insert(workspace, Arc::clone(book));
    }

    /// Lets go of all of them, since nothing was read for a while: they take megabytes.
    pub(super) fn let_go(&self) {
        let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        books.retain(|_, book| book.engine.get().is_none());
    }
}

impl App {
    /// By what the answers of an organisation are read now.
    pub(crate) async fn book(&self, session: &impl Session) -> Result<Arc<Book>, AppError> {
        let workspace = session.workspace();
        let version = taxonomy_version(session).await?.unwrap_or(SEED_VERSION);
        if let Some(book) = self.books.find(workspace, version) {
            return Ok(book);
        }
        let book = Arc::new(Book::new(taxonomy(session).await?));
        self.books.keep(workspace, &book);
        Ok(book)
    }
}

/// The themes of an organisation; those that Peil starts with when it never changed them.
pub(crate) async fn taxonomy(session: &impl Session) -> Result<Taxonomy, AppError> {
    let Some(stored) = newest_taxonomy(session).await? else {
        return Ok(Taxonomy::seed());
    };
    let taxonomy: Taxonomy = serde_json::from_value(stored.themes)
        .map_err(|error| AppError::Folder(format!("themes cannot be read: {error}")))?;
    Ok(Taxonomy {
        version: u32::try_from(stored.version).unwrap_or_default(),
        ..taxonomy
    })
}

/// How much of a processor reading takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Nobody waits for it: whoever answers or looks at a page goes first.
    StepsBack,
    /// Somebody waits until it is done.
    Awaited,
}

/// Does work for a processor where it keeps nobody else waiting.
pub(crate) async fn on_a_thread<T: Send + 'static>(
    pace: Pace,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let (told, done) = oneshot::channel();
    let failed = |cause: &dyn std::error::Error| AppError::Folder(cause.to_string());
    let thread = thread::Builder::new().name("reading".to_owned());
    let begun = thread.spawn(move || {
        if pace == Pace::StepsBack {
            step_back();
        }
        // Who asked may be gone by now.
        let _ = told.send(work());
    });
    begun.map_err(|error| failed(&error))?;
    done.await.map_err(|error| failed(&error))
}

/// On Linux every thread has a priority of its own, and this one gets the lowest.
#[cfg(target_os = "linux")]
fn step_back() {
    if let Err(error) = rustix::process::setpriority_process(None, LOWEST_PRIORITY) {
        tracing::debug!(%error, "reading goes on at the priority of everything else");
    }
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}
