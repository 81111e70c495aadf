//! Calls that may be repeated: one runs at a time, the first answer counts.

use futures::future::join_all;
use jiff::Timestamp;
use peil_domain::shared::WorkspaceId;
use peil_store::{
    Store,
    idempotency::{self, Attempt, Kept, Reserved},
};

use crate::{
    databases::on_every_database,
    sample::{self, at, id},
};

fn attempt(seconds: i64) -> Attempt {
    Attempt {
        id: id(),
        key: "k".into(),
        fingerprint: "f".into(),
        at: at(seconds),
        until: at(seconds + 300),
    }
}

fn kept(body: &str) -> Kept {
    Kept {
        status: 201,
        headers: vec![("etag".into(), "\"3\"".into())],
        body: body.into(),
    }
}

async fn reserve(store: &Store, workspace: WorkspaceId, attempt: &Attempt) -> Reserved {
    let tx = store.begin(workspace).await.unwrap();
    let reserved = idempotency::reserve(&tx, attempt).await.unwrap();
    tx.commit().await.unwrap();
    reserved
}

async fn keep(store: &Store, workspace: WorkspaceId, attempt: &Attempt, body: &str) -> bool {
    let tx = store.begin(workspace).await.unwrap();
    let is_kept = idempotency::keep(&tx, attempt, &kept(body)).await.unwrap();
    tx.commit().await.unwrap();
    is_kept
}

async fn forget(store: &Store, workspace: WorkspaceId, before: Timestamp) {
    let tx = store.begin(workspace).await.unwrap();
    idempotency::forget(&tx, before).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_first_answer_is_kept_until_it_is_forgotten() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let first = attempt(10);
        assert_eq!(
            reserve(&place.store, workspace, &first).await,
            Reserved::Mine
        );
        assert_eq!(
            reserve(&place.store, workspace, &attempt(11)).await,
            Reserved::Running
        );
        assert!(keep(&place.store, workspace, &first, "een").await);
        assert!(!keep(&place.store, workspace, &first, "twee").await);
        assert_eq!(
            reserve(&place.store, workspace, &attempt(12)).await,
            Reserved::Kept(kept("een"))
        );
        let other = Attempt {
            fingerprint: "g".into(),
            ..attempt(13)
        };
        assert_eq!(
            reserve(&place.store, workspace, &other).await,
            Reserved::OtherCall
        );
        forget(&place.store, workspace, at(10)).await;
        assert_eq!(
            reserve(&place.store, workspace, &attempt(14)).await,
            Reserved::Kept(kept("een"))
        );
        forget(&place.store, workspace, at(11)).await;
        assert_eq!(
            reserve(&place.store, workspace, &other).await,
            Reserved::Mine
        );
    })
    .await;
}

#[tokio::test]
async fn a_key_of_a_program_that_crashed_is_free_again_in_the_end() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let crashed = attempt(0);
        reserve(&place.store, workspace, &crashed).await;
        assert_eq!(
            reserve(&place.store, workspace, &attempt(299)).await,
            Reserved::Running
        );
        let next = attempt(300);
        assert_eq!(
            reserve(&place.store, workspace, &next).await,
            Reserved::Mine
        );
        assert!(!keep(&place.store, workspace, &crashed, "te laat").await);
        let tx = place.store.begin(workspace).await.unwrap();
        idempotency::release(&tx, &crashed).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            reserve(&place.store, workspace, &attempt(301)).await,
            Reserved::Running
        );
        assert!(keep(&place.store, workspace, &next, "op tijd").await);
    })
    .await;
}

#[tokio::test]
async fn a_released_key_can_be_taken_again() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let failed = attempt(0);
        reserve(&place.store, workspace, &failed).await;
        let tx = place.store.begin(workspace).await.unwrap();
        idempotency::release(&tx, &failed).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            reserve(&place.store, workspace, &attempt(1)).await,
            Reserved::Mine
        );
    })
    .await;
}

#[tokio::test]
async fn one_of_many_calls_at_once_runs() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        // A free key first, then one whose holder was not heard of for too long.
        for seconds in [0, 1_000] {
            let attempts: Vec<Attempt> = (0..12).map(|_| attempt(seconds)).collect();
            let calls = attempts
                .iter()
                .map(|attempt| reserve(&place.store, workspace, attempt));
            let outcomes = join_all(calls).await;
            let is_mine = |outcome: &&Reserved| **outcome == Reserved::Mine;
            assert_eq!(outcomes.iter().filter(is_mine).count(), 1);
            let is_waiting = |outcome: &&Reserved| **outcome == Reserved::Running;
            assert_eq!(outcomes.iter().filter(is_waiting).count(), 11);
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_of_another_organisation_is_another_key() {
    on_every_database(async |place| {
        let here = sample::workspace(&place.store).await;
        let there = sample::workspace(&place.store).await;
        let mine = attempt(0);
        reserve(&place.store, here, &mine).await;
        keep(&place.store, here, &mine, "hier").await;
        let other = attempt(0);
        assert_eq!(reserve(&place.store, there, &other).await, Reserved::Mine);
        assert!(!keep(&place.store, there, &mine, "hier").await);
        forget(&place.store, there, at(1)).await;
        assert_eq!(
            reserve(&place.store, here, &attempt(1)).await,
            Reserved::Kept(kept("hier"))
        );
    })
    .await;
}
