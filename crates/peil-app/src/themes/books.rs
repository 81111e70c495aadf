//! By what the answers of an organisation are read: its themes, and the engine made of them.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    thread,
};

use peil_domain::shared::WorkspaceId;
use peil_store::{
    Session,
    themes::{LabelsMark, MadeBy, labels_mark, newest_taxonomy, taxonomy_version},
};
use peil_themes::{ENGINE_VERSION, Edited, Edits, Engine, Taxonomy};
use tokio::sync::oneshot;

use super::{
    names::ThemeNames,
    teaching::{Material, Teaching},
};
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
    version: i32,
    /// The themes after what the organisation changed.
    pub(crate) edited: Edited,
    /// The themes that answers are sorted into.
    pub(crate) taxonomy: Taxonomy,
    /// Reads by them; made by whoever reads first, since most ask for names only.
    engine: OnceLock<Engine>,
    /// What they are called.
    pub(crate) names: ThemeNames,
    /// What corrections taught; nothing in a book that only names themes.
    pub(crate) teaching: Option<Teaching>,
}

impl Book {
    /// A book of these themes.
    pub(crate) fn new(edits: &Edits, version: i32) -> Self {
        let edited = edits.apply();
        let taxonomy = edited.taxonomy();
        Self {
            version,
            engine: OnceLock::new(),
            names: ThemeNames::of(&edited),
            taxonomy,
            edited,
            teaching: None,
        }
    }

    /// What reads by its themes; making it takes a moment of the processor.
    pub(crate) fn engine(&self) -> &Engine {
        self.engine.get_or_init(|| Engine::new(&self.taxonomy))
    }

    /// The version of its themes.
    pub(crate) const fn version(&self) -> i32 {
        self.version
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

/// Books at hand: those that name themes, and those that read with what corrections taught.
#[derive(Default)]
pub(crate) struct Books {
    plain: AtHand<i32>,
    taught: AtHand<(i32, LabelsMark)>,
}

/// Books of organisations, each with what it was made of.
struct AtHand<K>(Mutex<BTreeMap<WorkspaceId, (K, Arc<Book>)>>);

impl<K> Default for AtHand<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq> AtHand<K> {
    fn find(&self, workspace: WorkspaceId, made_of: &K) -> Option<Arc<Book>> {
        let books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, book) = books.get(&workspace)?;
        (known == made_of).then(|| Arc::clone(book))
    }

    fn keep(&self, workspace: WorkspaceId, made_of: K, book: &Arc<Book>) {
        let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if books.len() >= MOST_AT_HAND {
            books.clear();
        }
        books.insert(workspace, (made_of, Arc::clone(book)));
    }

    fn let_go(&self) {
        let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        books.retain(|_, (_, book)| book.engine.get().is_none());
    }
}

impl Books {
    /// Lets go of all that read, since nothing was read for a while: they take megabytes.
    pub(super) fn let_go(&self) {
        self.plain.let_go();
        self.taught.let_go();
    }
}

impl App {
    /// The themes of an organisation as they are now, and what is found by their words.
    pub(crate) async fn book(&self, session: &impl Session) -> Result<Arc<Book>, AppError> {
        let workspace = session.workspace();
        let version = taxonomy_version(session).await?.unwrap_or(SEED_VERSION);
        if let Some(book) = self.books.plain.find(workspace, &version) {
            return Ok(book);
        }
        let (edits, version) = edits_in_use(session).await?;
        let book = Arc::new(Book::new(&edits, version));
        self.books.plain.keep(workspace, version, &book);
        Ok(book)
    }

    /// What [`App::taught_book`] gives, when it is at hand.
    pub(crate) async fn taught_at_hand(
        &self,
        session: &impl Session,
    ) -> Result<Option<Arc<Book>>, AppError> {
        let mark = labels_mark(session).await?;
        let version = taxonomy_version(session).await?.unwrap_or(SEED_VERSION);
        let made_of = (version, mark);
        Ok(self.books.taught.find(session.workspace(), &made_of))
    }

    /// By what the answers of an organisation are read now: its themes, and what corrections taught.
    /// Learning takes a few seconds when there are thousands of corrections; what was learned stays at
    /// hand.
    pub(crate) async fn taught_book(&self, session: &impl Session) -> Result<Arc<Book>, AppError> {
        let workspace = session.workspace();
        let mark = labels_mark(session).await?;
        let version = taxonomy_version(session).await?.unwrap_or(SEED_VERSION);
        if let Some(book) = self.books.taught.find(workspace, &(version, mark)) {
            return Ok(book);
        }
        let (edits, version) = edits_in_use(session).await?;
        let material = Material::read(session, mark).await?;
        let book = on_a_thread(Pace::Awaited, move || {
            let mut book = Book::new(&edits, version);
            book.teaching = material.and_then(|material| material.learn(&book));
            Arc::new(book)
        })
        .await?;
        self.books.taught.keep(workspace, (version, mark), &book);
        Ok(book)
    }
}

/// What an organisation changed in its themes, and the number of that version.
pub(crate) async fn edits_in_use(session: &impl Session) -> Result<(Edits, i32), AppError> {
    match newest_taxonomy(session).await? {
        Some(stored) => Ok((edits_of(stored.themes)?, stored.version)),
        None => Ok((Edits::default(), SEED_VERSION)),
    }
}

/// The changes as they are stored.
pub(crate) fn edits_of(stored: serde_json::Value) -> Result<Edits, AppError> {
    serde_json::from_value(stored)
        .map_err(|error| AppError::Folder(format!("themes cannot be read: {error}")))
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
