//! Calls that may be repeated: the first answer counts.

use peil_store::idempotency::{self, Kept};

use crate::{
    databases::on_every_database,
    sample::{self, at},
};

fn kept(body: &str) -> Kept {
    Kept {
        fingerprint: "f".into(),
        status: 201,
        body: body.into(),
    }
}

#[tokio::test]
async fn the_first_answer_is_kept_until_it_is_forgotten() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let tx = place.store.begin(workspace).await.unwrap();
        assert!(
            idempotency::keep(&tx, "k", &kept("een"), at(10))
                .await
                .unwrap()
        );
        assert!(
            !idempotency::keep(&tx, "k", &kept("twee"), at(11))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        assert_eq!(
            idempotency::find(&read, "k").await.unwrap(),
            Some(kept("een"))
        );

        let tx = place.store.begin(workspace).await.unwrap();
        idempotency::forget(&tx, at(10)).await.unwrap();
        assert!(idempotency::find(&tx, "k").await.unwrap().is_some());
        idempotency::forget(&tx, at(11)).await.unwrap();
        assert_eq!(idempotency::find(&tx, "k").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_key_of_another_organisation_is_another_key() {
    on_every_database(async |place| {
        let here = sample::workspace(&place.store).await;
        let there = sample::workspace(&place.store).await;
        let tx = place.store.begin(here).await.unwrap();
        idempotency::keep(&tx, "k", &kept("hier"), at(0))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            idempotency::find(&place.store.read(there), "k")
                .await
                .unwrap(),
            None
        );
        let tx = place.store.begin(there).await.unwrap();
        assert!(
            idempotency::keep(&tx, "k", &kept("daar"), at(0))
                .await
                .unwrap()
        );
    })
    .await;
}
