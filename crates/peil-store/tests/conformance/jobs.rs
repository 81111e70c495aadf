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
        assert_eq!(place.store.take_job(at(49), MINUTE).await.unwrap(), None);
        let taken = place
            .store
            .take_job(at(200), MINUTE)
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
                .take_job(at(200), MINUTE)
                .await
                .unwrap()
                .unwrap()
                .id,
            late
        );
        assert_eq!(place.store.take_job(at(200), MINUTE).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_job_whose_worker_died_is_taken_again_after_its_lock() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let job = enqueue(&place.store, workspace, 0).await;
        place.store.take_job(at(0), MINUTE).await.unwrap().unwrap();
        assert_eq!(place.store.take_job(at(59), MINUTE).await.unwrap(), None);
        let again = place.store.take_job(at(61), MINUTE).await.unwrap().unwrap();
        assert_eq!((again.id, again.attempts), (job, 1));
        place.store.free_jobs().await.unwrap();
        assert_eq!(
            place
                .store
                .take_job(at(62), MINUTE)
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
        let done = enqueue(&place.store, workspace, 0).await;
        let tx = place.store.begin(workspace).await.unwrap();
        jobs::finish(&tx, done).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(place.store.take_job(at(999), MINUTE).await.unwrap(), None);

        let job = enqueue(&place.store, workspace, 0).await;
        place.store.take_job(at(0), MINUTE).await.unwrap().unwrap();
        let tx = place.store.begin(workspace).await.unwrap();
        jobs::postpone(&tx, job, at(30), Some("mail server busy"))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(place.store.take_job(at(29), MINUTE).await.unwrap(), None);
        assert_eq!(
            place
                .store
                .take_job(at(30), MINUTE)
                .await
                .unwrap()
                .unwrap()
                .id,
            job
        );
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
            while let Some(job) = place.store.take_job(at(100), MINUTE).await.unwrap() {
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
