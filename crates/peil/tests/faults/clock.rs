//! A clock that is set back while answers come in.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use jiff::{SignedDuration, Timestamp};
use peil_app::{
    App, Clock, Parts, Secret, SystemChance,
    collect::{Accepted, Submission},
};
use peil_domain::{
    outreach::Channel,
    response::RawAnswers,
    shared::{Language, ResponseId},
};
use peil_store::{DatabaseUrl, Store, response};

use crate::place::set_up;

/// A clock that stands still until it is set.
#[derive(Clone)]
pub(crate) struct SetClock(Arc<Mutex<Timestamp>>);

impl SetClock {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    pub(crate) fn step(&self, seconds: i64) {
        let mut now = self.0.lock().unwrap();
        *now += SignedDuration::from_secs(seconds);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A program put together with a clock that can be set.
pub(crate) async fn program_without_facts(
    folder: &std::path::Path,
    clock: SetClock,
) -> (Arc<App>, Store) {
    let database = DatabaseUrl::Sqlite(folder.join("peil.db"));
    let store = Store::open(&database).await.unwrap();
    let app = App::new(Parts {
        store: store.clone(),
        clock: Arc::new(clock),
        chance: Arc::new(SystemChance),
        secret: Secret::new([7; 32]),
        mailer: Arc::new(peil_outbound::FolderMailer::new(folder.join("mail")).unwrap()),
        tables: Arc::new(peil_exchange::Tables),
        survey_files: Arc::new(peil_exchange::Questionnaires),
        folder: folder.to_owned(),
        public_url: "http://peil.test".into(),
    });
    (app, store)
}

async fn program(folder: &std::path::Path, clock: SetClock) -> (Arc<App>, Store) {
    let (app, store) = program_without_facts(folder, clock).await;
    peil::wiring::keep_facts(&app, &peil::settings::Settings::of_folder(folder));
    app.load_facts().await.unwrap();
    (app, store)
}

/// Opens the questionnaire, fills it in, and sends it so many seconds later by that clock.
pub(crate) async fn answer(app: &App, clock: &SetClock, seconds: i64) -> Accepted {
    let slug = "kto".parse().unwrap();
    let form = app.open_public(&slug, None, None, Channel::Link).await;
    let token = form.unwrap().token;
    clock.step(seconds);
    let given = [("nps", "9"), ("csat", "4"), ("ces", "6")];
    let given = given.map(|(name, value)| (name.to_owned(), vec![value.to_owned()]));
    let submission = Submission {
        form: token,
        answers: RawAnswers::from(given),
        language: Language::Nl,
        channel: Channel::Link,
        robot_field_filled: false,
    };
    app.submit_public(&slug, submission).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_loses_nothing_marks_nobody_and_keeps_the_order() {
    let folder = tempfile::tempdir().unwrap();
    let start = "2026-03-02T10:00:00Z".parse().unwrap();
    let clock = SetClock::new(start);
    let (app, store) = program(folder.path(), clock.clone()).await;
    let (workspace, survey) = set_up(&app).await;
    app.start_work();
    let mut came: Vec<ResponseId> = Vec::new();
    for seconds in [40, 40, -2 * 3_600, 40, -300, 3 * 3_600, 40] {
        let accepted = answer(&app, &clock, seconds).await;
        assert!(!accepted.is_duplicate);
        came.push(accepted.id);
    }
    let millis = |id: &ResponseId| id.0.as_u128() >> 80;
    let is_ordered = came.is_sorted_by_key(millis);
    assert!(is_ordered, "identifiers do not go back: {came:?}");
    let session = store.read(workspace);
    let stored = response::list_from(&session, survey, None, 100).await;
    let stored = stored.unwrap();
    let ids: BTreeSet<ResponseId> = stored.iter().map(|one| one.id).collect();
    assert_eq!(ids, came.into_iter().collect());
    for one in &stored {
        assert!(one.flags.is_empty(), "{:?}", one.flags);
        assert!(one.seconds.is_none_or(|seconds| seconds >= 0));
    }
    let verified = app.verify_facts().await.unwrap().unwrap();
    assert_eq!((verified.submissions, verified.differences.len()), (7, 0));
    app.stop_work();
    app.wait_for_work_to_stop().await;
    drop(app);

    // A day later by another clock that is an hour behind: facts and records go on together.
    clock.step(-3_600);
    let (app, _) = program(folder.path(), clock.clone()).await;
    answer(&app, &clock, 40).await;
    let verified = app.verify_facts().await.unwrap().unwrap();
    assert_eq!((verified.submissions, verified.differences.len()), (8, 0));
}
