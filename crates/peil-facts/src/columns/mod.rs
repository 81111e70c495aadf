//! The embedded engine: submissions as columns, in files of one folder and in memory.
//!
//! A **shelf** holds submissions to one questionnaire as columns; a **segment** holds shelves that
//! were made together, in one file that never changes. What came last is in memory only: when the
//! program ends it is told again, from the position that the **manifest** names. A batch makes a
//! new **state**; whoever asks keeps the state of that moment.

mod arranged;
mod asking;
mod base;
mod bytes;
mod cache;
mod cells;
mod codes;
mod column;
mod daily;
mod dead;
mod disk;
mod distinct;
mod few;
mod found;
mod ids;
mod inquiry;
mod ledger;
mod loops;
mod manifest;
mod mentions;
mod newest;
mod packed;
mod part_plan;
mod periods;
mod piles;
mod plan;
mod register;
mod rounds;
mod seen;
mod segment;
mod shape;
mod shelf;
mod sift;
mod span;
mod staging;
mod state;
mod tally;
#[cfg(test)]
mod tests;
mod upkeep;
mod warm;
mod written;

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicU64},
    thread,
};

use async_trait::async_trait;
use peil_domain::shared::{QuestionKey, SurveyId, WorkspaceId};
use rayon::ThreadPool;
use tokio::sync::oneshot;

use cache::Library;
use disk::{Disk, Folder};
use manifest::Manifest;
use state::State;
use upkeep::Due;

use crate::{
    AsOf, Batch, Cell, CountQuery, CrossQuery, Crossed, Facts, FactsError, Names, Position, Row,
    RowsQuery, Standing, ValuesQuery,
};

/// How the names of files with segments end.
const SEGMENT_END: &str = ".facts";

/// So many rows in memory are put into a file by whoever tells the next batch.
const TOO_MANY_UNSEALED: usize = 1 << 17;

/// So often something that only memory holds waits for a quiet moment before it goes into a file.
const LONGEST_UNSEALED: u32 = 30;

/// How much of the machine the engine may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnOptions {
    /// Threads that count; all processors when nought.
    pub threads: usize,
    /// Bytes of columns that are kept in memory.
    pub cache_bytes: usize,
}

impl Default for ColumnOptions {
    fn default() -> Self {
        Self {
            threads: 0,
            cache_bytes: 160 << 20,
        }
    }
}

/// The embedded engine.
#[derive(Clone)]
pub struct ColumnFacts {
    core: Arc<Core>,
}

struct Core {
    library: Arc<Library>,
    pool: Arc<ThreadPool>,
    /// Number of the next file.
    numbers: Arc<AtomicU64>,
    state: Mutex<Arc<State>>,
    /// Taken by whoever makes the next state; holds what was told while files are being made.
    telling: Mutex<Option<Vec<Batch>>>,
    /// Taken by whoever makes files.
    keeping: Mutex<Keeping>,
    /// Whether this generation answers, rather than being made.
    is_serving: bool,
    rebuilt: Mutex<Option<ColumnFacts>>,
}

/// What is known of the times before when files were to be made.
#[derive(Default)]
struct Keeping {
    /// The position of the last time.
    at: Position,
    /// Times since memory held something that no file holds.
    unsealed_for: u32,
    /// The files of which columns were read ahead.
    read_ahead: Vec<String>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ColumnFacts {
    /// Opens the facts in a folder; there are none when it is empty.
    ///
    /// # Errors
    /// [`FactsError::Damaged`] when they cannot be read: [`Self::begin`] then, and tell everything
    /// again. [`FactsError::InUse`] when another process uses the folder.
    pub fn open(folder: &Path, options: ColumnOptions) -> Result<Self, FactsError> {
        Self::open_on(Arc::new(Folder::open(folder)?), options)
    }

    /// Begins with nothing, whatever the folder holds.
    pub fn begin(folder: &Path, options: ColumnOptions) -> Result<Self, FactsError> {
        Self::begin_on(Arc::new(Folder::open(folder)?), options)
    }

    /// Lets the records be asked for whole identifiers: files that are made from now on keep short
    /// ones, which are half as long. Said once, before anything is told.
    pub fn name_from(&self, names: Arc<dyn Names>) {
        // Whoever was named first stays: both ask the same records.
        let _ = self.core.library.names.set(names);
    }

    fn open_on(disk: Arc<dyn Disk>, options: ColumnOptions) -> Result<Self, FactsError> {
        let manifest = Manifest::read(&*disk)?;
        let library = Library::new(disk, options.cache_bytes);
        let state = match &manifest {
            Some(manifest) => State::open(manifest, &library)?,
            None => State::empty(1),
        };
        Manifest::tidy(&*library.disk, manifest.as_ref())?;
        Self::of(state, library, options)
    }

    fn begin_on(disk: Arc<dyn Disk>, options: ColumnOptions) -> Result<Self, FactsError> {
        let library = Library::new(disk, options.cache_bytes);
        let (generation, _) = upkeep::last_numbers(&*library.disk)?;
        let state = State::empty(generation + 1);
        let manifest = state.manifest();
        manifest.write(&*library.disk)?;
        Manifest::tidy(&*library.disk, Some(&manifest))?;
        Self::of(state, library, options)
    }

    fn of(state: State, library: Library, options: ColumnOptions) -> Result<Self, FactsError> {
        let (_, number) = upkeep::last_numbers(&*library.disk)?;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(options.threads)
            .thread_name(|place| format!("facts-{place}"))
            // Whoever asked is told, since the answer never comes.
            .panic_handler(|_| {})
            .build()
            .map_err(|_| FactsError::Stopped)?;
        Ok(Self {
            core: Arc::new(Core {
                library: Arc::new(library),
                pool: Arc::new(pool),
                numbers: Arc::new(AtomicU64::new(number + 1)),
                keeping: Mutex::new(Keeping {
                    at: state.at.clone(),
                    ..Keeping::default()
                }),
                state: Mutex::new(Arc::new(state)),
                telling: Mutex::default(),
                is_serving: true,
                rebuilt: Mutex::default(),
            }),
        })
    }

    /// Does something slow on a thread of its own, so that counting goes on.
    async fn work<T, F>(&self, work: F) -> Result<T, FactsError>
    where
        T: Send + 'static,
        F: FnOnce(&Core) -> Result<T, FactsError> + Send + 'static,
    {
        let core = Arc::clone(&self.core);
        let (told, done) = oneshot::channel();
        let thread = thread::Builder::new().name("facts-work".to_owned());
        let begun = thread.spawn(move || {
            let found = work(&core);
            // Before it is told: whoever asked may want to open the folder anew.
            drop(core);
            let _ = told.send(found);
        });
        begun.map_err(|source| disk::disk_error(&*self.core.library.disk, "", source))?;
        done.await.map_err(|_| FactsError::Stopped)?
    }
}

impl Core {
    fn state(&self) -> Arc<State> {
        Arc::clone(&locked(&self.state))
    }

    fn append(&self, batch: &Batch) -> Result<(), FactsError> {
        batch.check()?;
        let mut telling = locked(&self.telling);
        let state = self.state();
        if batch.to == state.at {
            return Ok(());
        }
        if batch.from != state.at {
            return Err(FactsError::Gap {
                at: state.at.clone(),
                from: batch.from.clone(),
            });
        }
        let next = state.after(batch, &self.library)?;
        let is_full = next.unsealed() >= TOO_MANY_UNSEALED;
        *locked(&self.state) = Arc::new(next);
        if let Some(told) = telling.as_mut() {
            told.push(batch.clone());
        }
        drop(telling);
        if is_full {
            self.keep_in_order()?;
        }
        Ok(())
    }

    fn maintain(&self) -> Result<bool, FactsError> {
        let is_left = self.keep_in_order()?;
        // Where answers come in, files change soon, and whoever asks needs the machine more.
        if !is_left {
            self.read_ahead();
        }
        Ok(is_left)
    }

    fn keep_in_order(&self) -> Result<bool, FactsError> {
        let mut keeping = locked(&self.keeping);
        let telling = locked(&self.telling);
        let state = self.state();
        let is_idle = keeping.at == state.at;
        keeping.at.clone_from(&state.at);
        keeping.unsealed_for += 1;
        if state.at == state.sealed_at {
            keeping.unsealed_for = 0;
        }
        // Where something always happens, files are made all the same: a crash leaves little to be
        // told again, and whoever tells need not keep it for long.
        let is_late = keeping.unsealed_for >= LONGEST_UNSEALED;
        match Due::of(&state, is_idle, is_late) {
            Some(due) => {
                self.keep(telling, &state, &due)?;
                if due.seals {
                    keeping.unsealed_for = 0;
                }
                Ok(true)
            }
            // What is in memory goes into files when nothing happens until the next time.
            None => Ok(!is_idle && state.at != state.sealed_at),
        }
    }

    /// Makes files while batches go on being taken in.
    fn keep(
        &self,
        mut telling: MutexGuard<'_, Option<Vec<Batch>>>,
        old: &State,
        due: &Due,
    ) -> Result<(), FactsError> {
        *telling = Some(Vec::new());
        drop(telling);
        let kept = upkeep::keep(old, due, &self.numbers, &self.library).and_then(|kept| {
            if self.is_serving {
                upkeep::list(&kept, &self.library)?;
            }
            Ok(kept)
        });
        let mut telling = locked(&self.telling);
        let told = telling.take().unwrap_or_default();
        let mut next = kept?;
        let register_files = next.register_files.clone();
        for batch in &told {
            next = next.after(batch, &self.library)?;
        }
        *locked(&self.state) = Arc::new(next);
        drop(telling);
        upkeep::let_go(old, &register_files, due, &self.library);
        Ok(())
    }

    fn rebuild(&self) -> ColumnFacts {
        let generation = self.state().generation + 1;
        let fresh = ColumnFacts {
            core: Arc::new(Self {
                library: Arc::clone(&self.library),
                pool: Arc::clone(&self.pool),
                numbers: Arc::clone(&self.numbers),
                state: Mutex::new(Arc::new(State::empty(generation))),
                telling: Mutex::default(),
                keeping: Mutex::default(),
                is_serving: false,
                rebuilt: Mutex::default(),
            }),
        };
        if let Some(old) = locked(&self.rebuilt).replace(fresh.clone()) {
            old.core.drop_files();
        }
        fresh
    }

    /// Says that nobody needs the files of this generation.
    fn drop_files(&self) {
        self.state().let_go(&self.library);
    }

    fn switch(&self) -> Result<(), FactsError> {
        let fresh = locked(&self.rebuilt).take();
        let fresh = fresh.ok_or(FactsError::NothingRebuilt)?.core;
        let _keeping = (locked(&self.keeping), locked(&fresh.keeping));
        let _telling = (locked(&self.telling), locked(&fresh.telling));
        let last = fresh.state();
        let made = upkeep::keep(&last, &Due::seal(), &self.numbers, &self.library)?;
        upkeep::list(&made, &self.library)?;
        register::let_go(&last.register_files, &made.register_files);
        let old = self.state();
        *locked(&self.state) = Arc::new(made);
        old.let_go(&self.library);
        Ok(())
    }
}

#[async_trait]
impl Facts for ColumnFacts {
    async fn standing(&self) -> Result<AsOf<Standing>, FactsError> {
        let state = self.core.state();
        Ok(state.as_of(state.standing(&self.core.library)))
    }

    async fn append(&self, batch: &Batch) -> Result<(), FactsError> {
        let batch = batch.clone();
        self.work(move |core| core.append(&batch)).await
    }

    async fn counts(&self, query: &CountQuery) -> Result<AsOf<Vec<Cell>>, FactsError> {
        let query = query.clone();
        self.ask(move |state, library| base::counts(state, &query, library))
            .await
    }

    async fn crossed(&self, query: &CrossQuery) -> Result<AsOf<Crossed>, FactsError> {
        let query = query.clone();
        self.ask_named(query.scope.workspace, move |state, library, known| {
            newest::crossed(state, &query, library, known)
        })
        .await
    }

    async fn rows(&self, query: &RowsQuery) -> Result<AsOf<Vec<Row>>, FactsError> {
        let query = query.clone();
        self.ask_named(query.scope.workspace, move |state, library, known| {
            newest::rows(state, &query, library, known)
        })
        .await
    }

    async fn values(&self, query: &ValuesQuery) -> Result<AsOf<Vec<(Arc<str>, u64)>>, FactsError> {
        let query = query.clone();
        self.ask(move |state, library| asking::values(state, &query, library))
            .await
    }

    async fn attributes(
        &self,
        workspace: WorkspaceId,
        surveys: &[SurveyId],
    ) -> Result<AsOf<BTreeSet<QuestionKey>>, FactsError> {
        let surveys = surveys.to_vec();
        self.ask(move |state, library| asking::attributes(state, workspace, &surveys, library))
            .await
    }

    async fn maintain(&self) -> Result<bool, FactsError> {
        self.work(Core::maintain).await
    }

    async fn rebuild(&self) -> Result<Arc<dyn Facts>, FactsError> {
        Ok(Arc::new(self.core.rebuild()))
    }

    async fn switch(&self) -> Result<(), FactsError> {
        self.work(Core::switch).await
    }
}
