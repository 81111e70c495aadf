//! What all use cases share, and where time and chance come from.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use jiff::{Timestamp, tz::TimeZone};
use peil_domain::{
    access::{Actor, Right, Workspace},
    shared::LocalDay,
};
use peil_store::{Store, Tx, audit};

use crate::{
    AppError, Secret,
    access::SeenSignIns,
    collect::{JustSent, OpenSurveys},
    facts::Keeper,
    imports::Paused,
    ports::{Mailer, SurveyFiles, TableFiles},
    results::{KnownGuards, known_guards},
    storage::Storage,
    themes::{Books, Reader},
    work::Worker,
};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Supplies unpredictable bytes.
pub trait Chance: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where time comes from"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The machine's source of randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[expect(
        clippy::expect_used,
        reason = "without randomness no token is safe: better to stop"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system supplies randomness");
    }
}

/// What an [`App`] is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// The key that tokens are made with.
    pub secret: Secret,
    /// The way to mail servers.
    pub mailer: Arc<dyn Mailer>,
    /// The way to table files.
    pub tables: Arc<dyn TableFiles>,
    /// The way to files with questionnaires.
    pub survey_files: Arc<dyn SurveyFiles>,
    /// Where uploaded files are kept.
    pub folder: PathBuf,
    /// Address under which customers reach this program, such as `https://peil.example.org`,
    /// without a slash at the end.
    pub public_url: String,
}

/// All use cases of Peil.
pub struct App {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) secret: Secret,
    pub(crate) mailer: Arc<dyn Mailer>,
    pub(crate) tables: Arc<dyn TableFiles>,
    pub(crate) survey_files: Arc<dyn SurveyFiles>,
    pub(crate) folder: PathBuf,
    pub(crate) public_url: String,
    pub(crate) seen: SeenSignIns,
    pub(crate) open_surveys: OpenSurveys,
    pub(crate) just_sent: JustSent,
    pub(crate) worker: Worker,
    pub(crate) keeper: Arc<Keeper>,
    pub(crate) storage: Storage,
    /// What may be told, as far as that was worked out before.
    pub(crate) guards: Arc<KnownGuards>,
    /// The latest moment of which an identifier was made, in milliseconds.
    latest: AtomicU64,
    /// Whether the clock was set back to before that moment.
    is_behind: AtomicBool,
    pub(crate) paused_import: Paused,
    pub(crate) reader: Reader,
    pub(crate) books: Books,
}

impl App {
    /// Puts the parts together. Jobs are not worked on until [`App::start_work`] is called.
    #[must_use]
    pub fn new(parts: Parts) -> Arc<Self> {
        Arc::new(Self {
            store: parts.store,
            clock: parts.clock,
            chance: parts.chance,
            secret: parts.secret,
            mailer: parts.mailer,
            tables: parts.tables,
            survey_files: parts.survey_files,
            folder: parts.folder,
            public_url: parts.public_url.trim_end_matches('/').to_owned(),
            seen: SeenSignIns::default(),
            open_surveys: OpenSurveys::default(),
            just_sent: JustSent::default(),
            worker: Worker::default(),
            keeper: Arc::default(),
            storage: Storage::default(),
            guards: Arc::new(known_guards()),
            latest: AtomicU64::default(),
            is_behind: AtomicBool::default(),
            paused_import: Paused::default(),
            reader: Reader::default(),
            books: Books::default(),
        })
    }

    /// The current time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Address under which customers reach this program, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Whether the database answers.
    pub async fn check_health(&self) -> Result<(), AppError> {
        Ok(self.store.ping().await?)
    }

    /// Unpredictable bytes.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.chance.fill(&mut bytes);
        bytes
    }

    /// What a new identifier is made of: `SurveyId::new(...)` takes it apart. Identifiers do not go back
    /// when the clock of the machine is set back: lists in their order stay in the order in which
    /// things came, but for what came until that clock has caught up.
    pub(crate) fn seed(&self) -> (u64, [u8; 10]) {
        let now = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        let later = |latest: u64| Some(not_before(latest, now));
        let before = self
            .latest
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, later);
        let latest = before.unwrap_or_else(|latest| latest);
        let back_ms = latest.saturating_sub(now);
        let is_behind = back_ms > WORTH_A_WORD;
        // Once per step, not for every identifier until it has caught up.
        if self.is_behind.swap(is_behind, Ordering::Relaxed) != is_behind && is_behind {
            tracing::warn!(back_ms, "the clock of this machine was set back");
        }
        (not_before(latest, now), self.random())
    }

    /// Records what an actor did, in the transaction in which it happens.
    pub(crate) async fn record(
        &self,
        tx: &Tx,
        actor: &Actor,
        event: &str,
        subject: impl ToString,
        details: serde_json::Value,
    ) -> Result<(), AppError> {
        let (millis, random) = self.seed();
        let event = audit::Event {
            id: uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid(),
            at: self.clock.now(),
            user: actor.user,
            event: event.to_owned(),
            subject: subject.to_string(),
            details,
        };
        Ok(audit::record(tx, actor, event).await?)
    }
}

/// By so many milliseconds a clock may be set back without a word: what keeps clocks right does that.
const WORTH_A_WORD: u64 = 2_000;
/// By more than this a clock that was wrong is set right: then its time is taken.
const LARGEST_STEP: u64 = 24 * 3_600 * 1_000;

/// The moment of the next identifier.
const fn not_before(latest: u64, now: u64) -> u64 {
    if latest > now && latest - now <= LARGEST_STEP {
        latest
    } else {
        now
    }
}

/// Stops an actor who lacks a right.
pub(crate) fn demand(actor: &Actor, right: Right) -> Result<(), AppError> {
    if actor.has(right) {
        Ok(())
    } else {
        Err(AppError::Forbidden(right))
    }
}

/// Longest reason for dismissing something, in characters.
const LONGEST_REASON: usize = 500;

/// The reason for dismissing something, without blanks around it; its field is `because`.
pub(crate) fn given_reason(because: &str) -> Result<&str, AppError> {
    let because = because.trim();
    let invalid = |code| AppError::Invalid {
        field: "because",
        code,
    };
    if because.is_empty() {
        return Err(invalid("missing"));
    }
    if because.chars().count() > LONGEST_REASON || because.contains('\0') {
        return Err(invalid("too_long"));
    }
    Ok(because)
}

/// The time zone of an organisation; UTC when its name is unknown on this machine.
pub(crate) fn zone_of(workspace: &Workspace) -> TimeZone {
    TimeZone::get(&workspace.time_zone).unwrap_or(TimeZone::UTC)
}

/// The day in the organisation's time zone.
pub(crate) fn day_of(workspace: &Workspace, at: Timestamp) -> LocalDay {
    LocalDay::of(at, &zone_of(workspace))
}

/// Makes a new identifier: `new_id!(app, SurveyId)`.
macro_rules! new_id {
    ($app:expr, $id:ident) => {{
        let (millis, random) = $app.seed();
        $id::new(millis, random)
    }};
}
pub(crate) use new_id;
