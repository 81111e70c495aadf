//! The way in for answers: many at once, twice, wrong ones among them, and more than there is room for.

use std::{collections::BTreeMap, time::Duration};

use futures::future::join_all;
use peil_domain::{
    response::{Answer, AnswerValue, Completion, Flag, Response},
    survey::{ContactField, SurveyPurpose},
};
use peil_store::{
    DatabaseUrl, Limits, Store, StoreError, Submitted,
    audience::contacts,
    outreach,
    response::{self, Circumstances},
};

use crate::{
    databases::on_every_database,
    sample::{self, at, score, text},
};

/// Answers come back in no particular order.
fn sorted(mut response: Response) -> Response {
    response.answers.sort_by(|a: &Answer, b| a.key.cmp(&b.key));
    response
}

#[tokio::test]
async fn an_answer_reads_back_as_it_was_sent() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (_, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let mut sent = sample::response(&version, workspace, at(5));
        sent.segments.insert(sample::key("regio"), "Noord".into());
        sent.touchpoint = Some(sample::key("levering"));
        sent.answers = vec![score("nps", 9), text("waarom", "Snel & 'goed' – écht 👍")];
        assert_eq!(
            place.store.submit(sent.clone()).await.unwrap(),
            Submitted::Stored
        );
        let found = response::find(&place.store.read(workspace), sent.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(sorted(found), sorted(sent));
    })
    .await;
}

#[tokio::test]
async fn two_hundred_answers_at_once_are_all_stored() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let submissions = (0..200).map(|number| {
            let mut new = sample::response(&version, workspace, at(number));
            new.answers = vec![score("nps", 8)];
            place.store.submit(new)
        });
        for outcome in join_all(submissions).await {
            assert_eq!(outcome.unwrap(), Submitted::Stored);
        }
        assert_eq!(
            response::count(&place.store.read(workspace), survey.id)
                .await
                .unwrap(),
            200
        );
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_twice_counts_once() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let mut new = sample::response(&version, workspace, at(0));
        new.answers = vec![score("nps", 8)];
        let outcomes = join_all((0..5).map(|_| place.store.submit(new.clone()))).await;
        let stored = outcomes
            .iter()
            .filter(|o| matches!(o, Ok(Submitted::Stored)))
            .count();
        let doubles = outcomes
            .iter()
            .filter(|o| matches!(o, Ok(Submitted::Duplicate)))
            .count();
        assert_eq!((stored, doubles), (1, 4));
        assert_eq!(
            response::count(&place.store.read(workspace), survey.id)
                .await
                .unwrap(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_answered_with_one_form_only() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let wave = sample::wave(workspace, survey.id);
        let contact = sample::contact(workspace, "Anna");
        let invitation = sample::invitation(&wave, version.id, contact.id);
        let tx = place.store.begin(workspace).await.unwrap();
        contacts::add(&tx, &contact).await.unwrap();
        outreach::waves::add(&tx, &wave).await.unwrap();
        let new = [(invitation.clone(), "geheim".to_owned())];
        outreach::invitations::add_many(&tx, &new).await.unwrap();
        tx.commit().await.unwrap();

        let mut first = sample::response(&version, workspace, at(7));
        first.invitation = Some(invitation.id);
        let mut second = sample::response(&version, workspace, at(8));
        second.invitation = Some(invitation.id);
        assert_eq!(
            place.store.submit(first.clone()).await.unwrap(),
            Submitted::Stored
        );
        assert_eq!(
            place.store.submit(second).await.unwrap(),
            Submitted::AlreadyAnswered
        );
        assert_eq!(
            place.store.submit(first).await.unwrap(),
            Submitted::Duplicate
        );
        let closed = place
            .store
            .find_invitation_by_token("geheim")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(closed.answered_at, Some(at(7)));
        assert_eq!(
            response::count(&place.store.read(workspace), survey.id)
                .await
                .unwrap(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_kept_on_the_way_gives_way_to_what_comes_after_it() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let session = place.store.read(workspace);
        let stored = async |id| response::find(&session, id).await.unwrap().unwrap();
        let mut attempt = sample::response(&version, workspace, at(0));
        attempt.completion = Completion::Partial;
        attempt.pages_done = Some(1);
        attempt.answers = vec![score("nps", 8)];
        let mut further = attempt.clone();
        further.pages_done = Some(2);
        further.answers = vec![score("nps", 7), score("csat", 4)];
        let mut done = further.clone();
        done.completion = Completion::Complete;
        done.pages_done = None;
        done.answers.push(score("ces", 6));

        for step in [&attempt, &further, &done] {
            let outcome = place.store.submit(step.clone()).await;
            assert_eq!(outcome.unwrap(), Submitted::Stored);
            assert_eq!(&stored(done.id).await, step);
        }
        assert_eq!(response::count(&session, survey.id).await.unwrap(), 1);
        for late in [&further, &done] {
            let outcome = place.store.submit(late.clone()).await;
            assert_eq!(outcome.unwrap(), Submitted::Duplicate);
            assert_eq!(stored(done.id).await, done);
        }
    })
    .await;
}

#[tokio::test]
async fn a_bad_row_costs_nobody_else_their_answer() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let submissions = (0..30).map(|number| {
            let mut new = sample::response(&version, workspace, at(number));
            new.answers = vec![score("nps", 8)];
            if number == 13 {
                // Two answers to one question break the key of the table.
                new.answers.push(score("nps", 9));
            }
            place.store.submit(new)
        });
        let outcomes = join_all(submissions).await;
        for (number, outcome) in outcomes.iter().enumerate() {
            assert_eq!(
                outcome.is_err(),
                number == 13,
                "submission {number}: {outcome:?}"
            );
        }
        assert_eq!(
            response::count(&place.store.read(workspace), survey.id)
                .await
                .unwrap(),
            29
        );
    })
    .await;
}

#[tokio::test]
async fn details_and_not_applicable_read_back_and_are_no_words() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (_, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let details = BTreeMap::from([(ContactField::Email, "jo@example.com".to_owned())]);
        let answer = |key: &str, value| Answer {
            key: sample::key(key),
            value,
        };
        let mut sent = sample::response(&version, workspace, at(5));
        sent.answers = vec![
            answer("wie", AnswerValue::Details(details)),
            answer("prijs", AnswerValue::NotApplicable),
            text("leeg", ""),
        ];
        place.store.submit(sent.clone()).await.unwrap();
        let read = place.store.read(workspace);
        let found = response::find(&read, sent.id).await.unwrap().unwrap();
        assert_eq!(sorted(found), sorted(sent));
    })
    .await;
}

#[tokio::test]
async fn a_quota_is_never_taken_more_often_than_it_has_places() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let beside = Circumstances {
            quotas: BTreeMap::from([(sample::key("alle"), 100), (sample::key("laag"), 7)]),
            orders: BTreeMap::from([(
                "lijst".to_owned(),
                vec![sample::key("b"), sample::key("a")],
            )]),
        };
        let sent: Vec<Response> = (0..30)
            .map(|number| {
                let mut new = sample::response(&version, workspace, at(number));
                new.answers = vec![score("nps", 3)];
                new
            })
            .collect();
        let submissions = sent
            .iter()
            .map(|new| place.store.submit_counted(new.clone(), beside.clone()));
        let outcomes: Vec<Submitted> = join_all(submissions)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        let full = Submitted::OverQuota { place: 1 };
        let stored = outcomes.iter().filter(|one| **one == Submitted::Stored);
        assert_eq!(stored.count(), 7);
        assert_eq!(outcomes.iter().filter(|one| **one == full).count(), 23);
        for (new, outcome) in sent.iter().zip(&outcomes) {
            let again = place.store.submit_counted(new.clone(), beside.clone());
            let expected = if *outcome == full {
                full
            } else {
                Submitted::Duplicate
            };
            assert_eq!(again.await.unwrap(), expected);
        }
        let read = place.store.read(workspace);
        let counts = response::quota_counts(&read, survey.id).await.unwrap();
        assert_eq!((counts["alle"], counts["laag"]), (7, 7));
        assert_eq!(response::count(&read, survey.id).await.unwrap(), 7);
        let all = response::list_from(&read, survey.id, None, 50)
            .await
            .unwrap();
        let marked = all
            .iter()
            .filter(|one| one.flags.contains(&Flag::OverQuota));
        assert_eq!((all.len(), marked.count()), (30, 23), "no answer is lost");
        let orders = response::find_orders(&read, sent[0].id).await.unwrap();
        assert_eq!(orders, beside.orders);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_sent_again_after_a_restart_counts_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("peil.db"));
    let store = Store::open(&url).await.unwrap();
    let workspace = sample::workspace(&store).await;
    let (survey, version) = sample::live_survey(&store, workspace, SurveyPurpose::Relational).await;
    let mut sent = sample::response(&version, workspace, at(0));
    sent.answers = vec![score("nps", 8)];
    assert_eq!(store.submit(sent.clone()).await.unwrap(), Submitted::Stored);
    store.close().await.unwrap();
    let store = Store::open(&url).await.unwrap();
    assert_eq!(store.submit(sent).await.unwrap(), Submitted::Duplicate);
    let count = response::count(&store.read(workspace), survey.id).await;
    assert_eq!(count.unwrap(), 1);
    store.close().await.unwrap();
}

#[tokio::test]
async fn more_than_may_wait_is_turned_away_at_once_and_taken_when_it_is_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("peil.db"));
    let limits = Limits {
        most_waiting: 10,
        ..Limits::default()
    };
    let store = Store::open_with(&url, limits).await.unwrap();
    let workspace = sample::workspace(&store).await;
    let (survey, version) = sample::live_survey(&store, workspace, SurveyPurpose::Relational).await;
    let mut left: Vec<Response> = (0..35)
        .map(|number| {
            let mut new = sample::response(&version, workspace, at(number));
            new.answers = vec![score("nps", 8)];
            new
        })
        .collect();
    let mut rounds = 0;
    while !left.is_empty() {
        // Everyone knocks before the writer has a turn.
        let outcomes = join_all(left.iter().map(|new| store.submit(new.clone()))).await;
        let mut outcomes = outcomes.into_iter();
        left.retain(|_| match outcomes.next().unwrap() {
            Ok(Submitted::Stored) => false,
            Err(StoreError::Busy) => true,
            other => panic!("{other:?}"),
        });
        rounds += 1;
    }
    assert_eq!(rounds, 4);
    let count = response::count(&store.read(workspace), survey.id).await;
    assert_eq!(count.unwrap(), 35);
    store.close().await.unwrap();
}

#[tokio::test]
async fn who_waits_too_long_for_the_file_hears_so_and_nothing_of_theirs_is_stored_later() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("peil.db"));
    let limits = Limits {
        patience: Duration::from_millis(200),
        ..Limits::default()
    };
    let store = Store::open_with(&url, limits).await.unwrap();
    let patient = Store::open(&url).await.unwrap();
    let workspace = sample::workspace(&store).await;
    let (survey, version) = sample::live_survey(&store, workspace, SurveyPurpose::Relational).await;
    let mut sent = sample::response(&version, workspace, at(0));
    sent.answers = vec![score("nps", 8)];
    let mut other = sample::response(&version, workspace, at(1));
    other.answers = vec![score("nps", 3)];

    let held = patient.begin(workspace).await.unwrap();
    let refused = store.submit(sent.clone()).await;
    assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
    drop(held);

    // Another program's answer passes as soon as the file is free, and what was withdrawn stays so.
    assert_eq!(patient.submit(other).await.unwrap(), Submitted::Stored);
    store.close().await.unwrap();
    let session = patient.read(workspace);
    assert_eq!(response::count(&session, survey.id).await.unwrap(), 1);
    for outcome in [Submitted::Stored, Submitted::Duplicate] {
        assert_eq!(patient.submit(sent.clone()).await.unwrap(), outcome);
    }
    assert_eq!(response::count(&session, survey.id).await.unwrap(), 2);
    patient.close().await.unwrap();
}
