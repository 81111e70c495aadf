//! The outbox tells everything that happens to submissions, once and in the order of commits, and a
//! snapshot says where it goes on.

use std::collections::BTreeMap;

use futures::future::join_all;
use jiff::Timestamp;
use peil_domain::{
    response::{AnswerValue, Completion, Flag, Response},
    shared::{ResponseId, WorkspaceId},
    survey::{SurveyPurpose, Version},
};
use peil_store::{
    DatabaseUrl, Store, Submitted,
    audience::contacts,
    outbox::{Given, Position, Reading, Submission},
    outreach, response,
    results::DayCount,
};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

use crate::{
    databases::{Place, on_every_database},
    sample::{self, Chance, at, score, text},
};

/// What a reader of the outbox knows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Known(BTreeMap<ResponseId, Submission>);

impl Known {
    /// Reads what can be read after `position`, however few rows it gets at a time.
    async fn read(&mut self, store: &Store, position: &mut Position) {
        loop {
            let Reading::Changes(changes, end) = store.read_outbox(position, 3).await.unwrap()
            else {
                panic!("nothing was removed");
            };
            assert!(end.has_reached(position));
            let is_all = end == *position;
            *position = end;
            if is_all {
                return;
            }
            for change in changes {
                let new = change.submission;
                if change.comes {
                    assert_eq!(self.0.insert(new.response, new), None, "it comes once");
                } else {
                    let old = self.0.remove(&new.response);
                    assert_eq!(old, Some(new), "it goes as it was");
                }
            }
        }
    }

    /// Reads until everything that `store` has written was read: on a server that may take until
    /// whoever else is at work there is done.
    async fn follow(&mut self, store: &Store, position: &mut Position) {
        let written = store.own_changes().borrow().clone();
        loop {
            self.read(store, position).await;
            if position.has_reached(&written) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    async fn of_snapshot(store: &Store) -> (Self, Position) {
        let mut snapshot = store.snapshot().await.unwrap();
        let position = snapshot.position().clone();
        let expected = snapshot.count().await.unwrap();
        let mut known = Self::default();
        loop {
            let part = snapshot.read_part().await.unwrap();
            if part.is_empty() {
                break;
            }
            for new in part {
                assert_eq!(known.0.insert(new.response, new), None, "it is read once");
            }
        }
        assert_eq!(known.0.len() as u64, expected);
        (known, position)
    }
}

async fn begin(place: &Place) -> (WorkspaceId, Version) {
    let workspace = sample::workspace(&place.store).await;
    let (_, version) =
        sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
    (workspace, version)
}

async fn raw(url: &DatabaseUrl) -> DatabaseConnection {
    let url = match url {
        DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    Database::connect(url).await.unwrap()
}

#[tokio::test]
async fn a_submission_is_told_once_with_all_that_figures_need_and_without_words() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let mut new = sample::response(&version, workspace, at(0));
        new.segments.insert(sample::key("regio"), "Noord".into());
        new.touchpoint = Some(sample::key("levering"));
        new.flags.insert(Flag::Robot);
        new.answers = vec![
            score("nps", 9),
            text("waarom", "Snel geholpen"),
            text("tip", ""),
        ];
        new.answers.push(peil_domain::response::Answer {
            key: sample::key("keuze"),
            value: AnswerValue::Choices {
                codes: vec![sample::key("a"), sample::key("other")],
                other: Some("iets anders".into()),
            },
        });
        for outcome in [Submitted::Stored, Submitted::Duplicate] {
            assert_eq!(place.store.submit(new.clone()).await.unwrap(), outcome);
        }
        let mut position = Position::default();
        Known::default().follow(&place.store, &mut position).await;
        let reading = place.store.read_outbox(&Position::default(), 10).await;
        let Reading::Changes(changes, _) = reading.unwrap() else {
            panic!("nothing was removed");
        };
        assert_eq!(changes.len(), 1);
        let told = &changes[0].submission;
        assert!(changes[0].comes && told.is_automatic && !told.is_partial);
        assert_eq!(told.response, new.id);
        assert_eq!(told.segments, new.segments);
        assert_eq!(told.touchpoint, new.touchpoint);
        assert_eq!(told.local_day, new.local_day);
        let given = |key: &str| told.answers[&sample::key(key)].clone();
        assert_eq!(given("nps"), Given::Score(9));
        assert_eq!(given("waarom"), Given::Words(true));
        assert_eq!(given("tip"), Given::Words(false));
        let codes = vec![sample::key("a"), sample::key("other")];
        assert_eq!(given("keuze"), Given::Options(codes, true));
        let kept = serde_json::to_string(&changes).unwrap();
        assert!(
            !kept.contains("geholpen") && !kept.contains("anders"),
            "{kept}"
        );
        let (known, _) = Known::of_snapshot(&place.store).await;
        assert_eq!(known.0[&new.id], *told);
    })
    .await;
}

#[tokio::test]
async fn what_was_kept_on_the_way_goes_as_it_was_before_the_whole_comes() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let wave = sample::wave(workspace, version.survey);
        let contact = sample::contact(workspace, "Anna");
        let invitation = sample::invitation(&wave, version.id, contact.id);
        let tx = place.store.begin(workspace).await.unwrap();
        contacts::add(&tx, &contact).await.unwrap();
        outreach::waves::add(&tx, &wave).await.unwrap();
        let new = [(invitation.clone(), "geheim".to_owned())];
        outreach::invitations::add_many(&tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        let attempt = |number| {
            let mut new = sample::response(&version, workspace, at(number));
            new.contact = Some(contact.id);
            new.invitation = Some(invitation.id);
            new.completion = Completion::Partial;
            new.pages_done = Some(1);
            new.answers = vec![score("nps", 3)];
            new
        };
        let (given_up, mut finished) = (attempt(0), attempt(1));
        let mut further = finished.clone();
        further.pages_done = Some(2);
        further.answers.push(score("csat", 4));
        let (mut known, mut position) = (Known::default(), Position::default());
        for step in [&given_up, &finished, &further] {
            place.store.submit(step.clone()).await.unwrap();
            known.follow(&place.store, &mut position).await;
        }
        assert_eq!(known.0.len(), 2);
        finished.completion = Completion::Complete;
        finished.pages_done = None;
        place.store.submit(finished.clone()).await.unwrap();
        known.follow(&place.store, &mut position).await;
        let left: Vec<_> = known.0.values().collect();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].response, finished.id);
        assert!(!left[0].is_partial);
        let (snapshot, _) = Known::of_snapshot(&place.store).await;
        assert_eq!(snapshot, known);
    })
    .await;
}

/// Submissions at once, new ones and old ones further on their way, some imported.
async fn workload(place: &Place, workspace: WorkspaceId, version: &Version, seed: u64) {
    let mut chance = Chance(seed);
    let mut open: Vec<Response> = Vec::new();
    for round in 0..6 {
        let mut now = Vec::new();
        for number in 0..40 {
            let mut new = match open.pop() {
                Some(old) if chance.happens(50) => old,
                _ => sample::response(version, workspace, at(round * 100 + number)),
            };
            new.answers = vec![score("nps", i32::try_from(chance.below(11)).unwrap())];
            let is_partial = chance.happens(40);
            new.completion = if is_partial {
                Completion::Partial
            } else {
                Completion::Complete
            };
            new.pages_done = is_partial.then_some(1);
            if is_partial {
                open.push(new.clone());
            }
            now.push(new);
        }
        let imported = now.split_off(30);
        let outcomes = join_all(now.into_iter().map(|new| place.store.submit(new))).await;
        assert!(outcomes.iter().all(Result::is_ok));
        let tx = place.store.begin(workspace).await.unwrap();
        response::add_many(&tx, &imported).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn whoever_follows_knows_what_is_stored() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let (mut known, mut position) = (Known::default(), Position::default());
        for seed in 1..4 {
            workload(place, workspace, &version, seed).await;
            known.follow(&place.store, &mut position).await;
            let (snapshot, _) = Known::of_snapshot(&place.store).await;
            assert_eq!(known, snapshot);
        }
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_and_what_is_told_after_it_are_everything_once() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        workload(place, workspace, &version, 7).await;
        let mut snapshot = place.store.snapshot().await.unwrap();
        let mut position = snapshot.position().clone();
        let mut known = Known::default();
        // Meanwhile more comes.
        workload(place, workspace, &version, 8).await;
        loop {
            let part = snapshot.read_part().await.unwrap();
            if part.is_empty() {
                break;
            }
            known
                .0
                .extend(part.into_iter().map(|new| (new.response, new)));
        }
        drop(snapshot);
        known.follow(&place.store, &mut position).await;
        let (now, _) = Known::of_snapshot(&place.store).await;
        assert_eq!(known, now);
    })
    .await;
}

/// A transaction that began first and ends last; a file has one at a time anyway.
#[tokio::test]
async fn on_a_server_a_transaction_that_takes_long_is_not_lost() {
    on_every_database(async |place| {
        if matches!(place.url, DatabaseUrl::Sqlite(_)) {
            return;
        }
        let (workspace, version) = begin(place).await;
        let new = |number| sample::response(&version, workspace, at(number));
        let slow = place.store.begin(workspace).await.unwrap();
        // Enough to be written into the outbox before the commit.
        let many: Vec<Response> = (0..300).map(new).collect();
        response::add_many(&slow, &many).await.unwrap();
        let quick = new(1_000);
        place.store.submit(quick.clone()).await.unwrap();

        // The plain way: remember the highest number, ask for higher ones.
        let connection = raw(&place.url).await;
        let numbers = async |after: i64| -> Vec<i64> {
            let sql = format!("SELECT seq FROM outbox WHERE seq > {after} ORDER BY seq LIMIT 1");
            let rows = connection
                .query_all_raw(sea_orm::Statement::from_string(
                    connection.get_database_backend(),
                    sql,
                ))
                .await
                .unwrap();
            rows.iter()
                .map(|row| row.try_get_by_index(0).unwrap())
                .collect()
        };
        let seen = numbers(0).await;
        assert_eq!(seen.len(), 1, "the quick one is there already");

        let (mut known, mut position) = (Known::default(), Position::default());
        known.read(&place.store, &mut position).await;
        assert!(known.0.is_empty(), "older transactions are waited for");
        let (mut of_snapshot, mut after_snapshot) = Known::of_snapshot(&place.store).await;
        assert_eq!(of_snapshot.0.len(), 1, "a snapshot has the quick one");

        slow.commit().await.unwrap();
        let lost = numbers(0).await;
        assert!(lost[0] < seen[0], "the plain way never looks there again");
        known.follow(&place.store, &mut position).await;
        assert_eq!(known.0.len(), 301);
        of_snapshot.follow(&place.store, &mut after_snapshot).await;
        assert_eq!(of_snapshot, known, "and takes the slow ones only");
        connection.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_is_removed_and_who_comes_later_must_begin_anew() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        workload(place, workspace, &version, 3).await;
        let start = Position::default();
        Known::default()
            .follow(&place.store, &mut start.clone())
            .await;
        let Reading::Changes(_, half) = place.store.read_outbox(&start, 2).await.unwrap() else {
            panic!("nothing was removed");
        };
        let later = Timestamp::MAX;
        let store = &place.store;
        assert_eq!(
            store
                .tidy_outbox((at(0), Timestamp::MAX), None)
                .await
                .unwrap(),
            0
        );
        assert_eq!(
            store
                .tidy_outbox((later, Timestamp::MAX), Some(&half))
                .await
                .unwrap(),
            2
        );
        assert_eq!(store.read_outbox(&start, 5).await.unwrap(), Reading::Lost);
        let mut known = Known::default();
        let rest = store.read_outbox(&half, 1_000).await.unwrap();
        assert!(matches!(rest, Reading::Changes(changes, _) if !changes.is_empty()));
        let (_, mut position) = Known::of_snapshot(store).await;
        assert!(
            store
                .tidy_outbox((later, Timestamp::MAX), None)
                .await
                .unwrap()
                > 0
        );
        known.follow(store, &mut position).await;
        assert!(known.0.is_empty());
        // Numbers go on where they were.
        store
            .submit(sample::response(&version, workspace, at(9)))
            .await
            .unwrap();
        known.follow(store, &mut position).await;
        assert_eq!(known.0.len(), 1);
        // A place that this database never came to belongs to another one.
        let elsewhere: Position = "/9999999999.9999999999".parse().unwrap();
        assert_eq!(
            store.read_outbox(&elsewhere, 5).await.unwrap(),
            Reading::Lost
        );
        let (place, numbers) = position
            .to_string()
            .split_once('/')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap();
        assert!(place.len() >= 32, "{place}");
        let other: Position = format!("other/{numbers}").parse().unwrap();
        assert_eq!(store.read_outbox(&other, 5).await.unwrap(), Reading::Lost);
    })
    .await;
}

#[tokio::test]
async fn a_place_in_a_database_that_went_on_from_a_backup_is_gone() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let submit = async |moment| {
            let new = sample::response(&version, workspace, at(moment));
            place.store.submit(new).await.unwrap();
        };
        submit(1).await;
        submit(2).await;
        let mut position = Position::default();
        Known::default().follow(&place.store, &mut position).await;
        submit(3).await;
        let mut known = Known::default();
        known.follow(&place.store, &mut position.clone()).await;
        assert_eq!(known.0.len(), 1);
        // What a backup looks like that was put back and got as many answers since.
        let connection = raw(&place.url).await;
        let other = "UPDATE outbox SET mark = 'other'";
        connection.execute_unprepared(other).await.unwrap();
        connection.close().await.unwrap();
        let found = place.store.read_outbox(&position, 9).await.unwrap();
        assert_eq!(found, Reading::Lost);
        // Whoever begins anew goes on.
        let (mut known, mut position) = Known::of_snapshot(&place.store).await;
        assert_eq!(known.0.len(), 3);
        submit(4).await;
        known.follow(&place.store, &mut position).await;
        assert_eq!(known.0.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_reads_the_outbox_up_to_its_own_moment() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let submit = async |moment| {
            let new = sample::response(&version, workspace, at(moment));
            place.store.submit(new).await.unwrap();
        };
        submit(1).await;
        let mut tries = 0;
        let (snapshot, found) = loop {
            let snapshot = place.store.snapshot().await.unwrap();
            // Other transactions on the same server may be in between.
            match snapshot.read_outbox(&Position::default(), 9).await.unwrap() {
                Some(found) => break (snapshot, found),
                None => tokio::time::sleep(std::time::Duration::from_millis(5)).await,
            }
            tries += 1;
            assert!(tries < 2_000, "it becomes certain some time");
        };
        submit(2).await;
        let Reading::Changes(changes, end) = found else {
            panic!("nothing was removed");
        };
        assert_eq!(changes.len(), 1);
        let more = snapshot.read_outbox(&end, 9).await.unwrap();
        assert!(matches!(more, Some(Reading::Changes(changes, _)) if changes.is_empty()));
        let mut submissions = 0;
        let add = |count: DayCount| {
            submissions += if count.question.is_none() { count.n } else { 0 };
        };
        snapshot.count_by_day(100, add).await.unwrap();
        assert_eq!(submissions, 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_clock_told_that_was_far_ahead_is_removed_too() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        workload(place, workspace, &version, 3).await;
        let connection = raw(&place.url).await;
        let ahead = "UPDATE outbox SET told_at = 4102444800000000";
        connection.execute_unprepared(ahead).await.unwrap();
        connection.close().await.unwrap();
        let store = &place.store;
        Known::default()
            .follow(store, &mut Position::default())
            .await;
        let now = at(0);
        assert_eq!(
            store
                .tidy_outbox((now, Timestamp::MAX), None)
                .await
                .unwrap(),
            0
        );
        assert!(store.tidy_outbox((now, at(3_600)), None).await.unwrap() > 0);
    })
    .await;
}

#[tokio::test]
async fn a_filled_database_of_the_release_before_gets_an_outbox() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        workload(place, workspace, &version, 5).await;
        let (before, _) = Known::of_snapshot(&place.store).await;
        // As it was before the outbox came.
        let connection = raw(&place.url).await;
        for statement in [
            "DROP TABLE outbox",
            "DROP TABLE outbox_edge",
            "DROP TABLE readings",
            "DROP TABLE readers",
            "DROP TABLE readings_due",
            "DROP TABLE taxonomies",
            "DROP TABLE taxonomy_drafts",
            "DROP TABLE theme_proposals",
            "DROP TABLE theme_discoveries",
            "DROP TABLE theme_labels",
            "DROP TABLE dismissed_findings",
            "DROP TABLE signals",
            "DROP TABLE events",
            "DROP TABLE quota_counts",
            "ALTER TABLE responses DROP COLUMN orders",
            "ALTER TABLE answers DROP COLUMN details",
            "DELETE FROM migrations WHERE number >= 6",
        ] {
            connection.execute_unprepared(statement).await.unwrap();
        }
        connection.close().await.unwrap();
        let again = Store::open(&place.url).await.unwrap();
        let (mut known, mut position) = Known::of_snapshot(&again).await;
        assert_eq!(known, before);
        let new = sample::response(&version, workspace, at(77));
        again.submit(new.clone()).await.unwrap();
        known.follow(&again, &mut position).await;
        assert_eq!(known.0.len(), before.0.len() + 1);
        assert!(known.0.contains_key(&new.id));
        again.close().await.unwrap();
    })
    .await;
}
