//! Work to be done later: each piece is taken by one worker, and comes back when that one dies.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use peil_domain::shared::{JobId, WorkspaceId};
use peil_store::{Store, jobs};
use serde_json::json;

use crate::{
    databases::on_every_database,
    sample::{self, at, id},
};

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

async fn enqueue(store: &Store, workspace: WorkspaceId, run_at: i64) -> JobId {
    let new = JobId(id());
    let tx = store.begin(workspace).await.unwrap();
    jobs::enqueue(&tx, new, "send", json!({ "wave": 1 }), at(run_at))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    new
}

#[tokio::test]
async fn a_job_is_taken_when_its_time_has_come() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let late = enqueue(&place.store, workspace, 100).await;
        let early = enqueue(&place.store, workspace, 50).await;
        assert_eq!(
            place.store.take_job(at(49), MINUTE, None).await.unwrap(),
            None
        );
        let taken = place
            .store
            .take_job(at(200), MINUTE, None)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (taken.id, taken.workspace, taken.attempts),
            (early, workspace, 0)
        );
        assert_eq!(
            (taken.kind.as_str(), taken.payload),
            ("send", json!({ "wave": 1 }))
        );
        assert_eq!(
            place
                .store
                .take_job(at(200), MINUTE, None)
                .await
                .unwrap()
                .unwrap()
                .id,
            late
        );
        assert_eq!(
            place.store.take_job(at(200), MINUTE, None).await.unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn a_job_whose_worker_died_is_taken_again_after_its_lock() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let job = enqueue(&place.store, workspace, 0).await;
        place
            .store
            .take_job(at(0), MINUTE, None)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            place.store.take_job(at(59), MINUTE, None).await.unwrap(),
            None
        );
        let again = place
            .store
            .take_job(at(61), MINUTE, None)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((again.id, again.attempts), (job, 1));
        place.store.free_jobs().await.unwrap();
        assert_eq!(
            place
                .store
                .take_job(at(62), MINUTE, None)
                .await
                .unwrap()
                .unwrap()
                .attempts,
            2
        );
    })
    .await;
}

#[tokio::test]
async fn a_finished_job_is_gone_and_a_postponed_one_waits() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        enqueue(&place.store, workspace, 0).await;
        let done = place.store.take_job(at(0), MINUTE, None).await;
        let done = done.unwrap().unwrap();
        let tx = place.store.begin(workspace).await.unwrap();
        assert!(jobs::finish(&tx, &done).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(
            place.store.take_job(at(999), MINUTE, None).await.unwrap(),
            None
        );

        let job = enqueue(&place.store, workspace, 0).await;
        let taken = place.store.take_job(at(0), MINUTE, None).await;
        let taken = taken.unwrap().unwrap();
        let tx = place.store.begin(workspace).await.unwrap();
        let why = Some("mail server busy");
        assert!(jobs::postpone(&tx, &taken, at(30), why).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(
            place.store.take_job(at(29), MINUTE, None).await.unwrap(),
            None
        );
        assert_eq!(
            place
                .store
                .take_job(at(30), MINUTE, None)
                .await
                .unwrap()
                .unwrap()
                .id,
            job
        );
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_slept_too_long_changes_nothing_about_its_job() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        enqueue(&place.store, workspace, 0).await;
        let take = async |now| {
            let taken = place.store.take_job(at(now), MINUTE, None).await;
            taken.unwrap().unwrap()
        };
        let slow = take(0).await;
        let quick = take(61).await;
        assert!(quick.lease > slow.lease);
        let tx = place.store.begin(workspace).await.unwrap();
        assert!(!jobs::finish(&tx, &slow).await.unwrap());
        assert!(!jobs::postpone(&tx, &slow, at(0), None).await.unwrap());
        assert!(!jobs::renew(&tx, &slow, at(999)).await.unwrap());
        assert!(!jobs::note(&tx, &slow, json!({})).await.unwrap());
        assert!(jobs::note(&tx, &quick, json!({ "wave": 2 })).await.unwrap());
        assert!(jobs::renew(&tx, &quick, at(300)).await.unwrap());
        tx.commit().await.unwrap();
        let other = place.store.take_job(at(299), MINUTE, None).await.unwrap();
        assert_eq!(other, None, "a renewed lease lasts longer");
        let again = take(301).await;
        assert_eq!((again.payload, again.attempts), (json!({ "wave": 2 }), 2));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_got_somewhere_starts_counting_anew_and_one_under_an_old_identifier_has_a_new_lease()
 {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let id = enqueue(&place.store, workspace, 0).await;
        let take = async |now| {
            let taken = place.store.take_job(at(now), MINUTE, None).await;
            taken.unwrap().unwrap()
        };
        let first = take(0).await;
        let tx = place.store.begin(workspace).await.unwrap();
        jobs::postpone(&tx, &first, at(1), None).await.unwrap();
        tx.commit().await.unwrap();
        let second = take(1).await;
        assert_eq!(second.attempts, 0);
        let tx = place.store.begin(workspace).await.unwrap();
        assert!(jobs::finish(&tx, &second).await.unwrap());
        for _ in 0..2 {
            jobs::enqueue_once(&tx, id, "send", json!({}), at(2))
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        let anew = take(2).await;
        assert!(anew.lease > second.lease);
        let tx = place.store.begin(workspace).await.unwrap();
        assert!(!jobs::finish(&tx, &second).await.unwrap());
        drop(tx);
        assert_eq!(
            place.store.take_job(at(3), MINUTE, None).await.unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn a_worker_can_leave_a_kind_of_job_to_others() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        enqueue(&place.store, workspace, 0).await;
        let except = |kind| place.store.take_job(at(1), MINUTE, Some(kind));
        assert_eq!(except("send").await.unwrap(), None);
        assert!(except("other").await.unwrap().is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_never_take_the_same_job() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        for number in 0..40 {
            enqueue(&place.store, workspace, number).await;
        }
        let work = async || {
            let mut taken = Vec::new();
            while let Some(job) = place.store.take_job(at(100), MINUTE, None).await.unwrap() {
                taken.push(job.id);
            }
            taken
        };
        let (first, second, third) = tokio::join!(work(), work(), work());
        let all: Vec<JobId> = [first, second, third].concat();
        assert_eq!(all.len(), 40);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 40);
    })
    .await;
}
