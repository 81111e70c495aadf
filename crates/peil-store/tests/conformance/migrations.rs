//! Opening a database more than once, and one from the future.

use futures::future::join_all;
use peil_domain::survey::SurveyPurpose;
use peil_store::{DatabaseUrl, Store, StoreError, survey};
use sea_orm::{ConnectionTrait, Database};

use crate::{
    databases::{on_every_database, on_every_empty_database},
    sample,
};

#[tokio::test]
async fn opening_a_database_again_keeps_what_is_in_it() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (added, _) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let again = Store::open(&place.url).await.unwrap();
        let found = survey::find(&again.read(workspace), added.id)
            .await
            .unwrap();
        assert_eq!(found, Some(added));
        again.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn programs_that_start_at_once_make_the_tables_once() {
    on_every_empty_database(async |url| {
        let opened = join_all((0..6).map(|_| Store::open(url))).await;
        for store in opened {
            store.unwrap().close().await.unwrap();
        }
        let found = Store::inspect(url).await.unwrap().unwrap();
        assert_eq!(found.applied, found.known);
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_later_release_is_refused() {
    on_every_database(async |place| {
        let url = match &place.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let raw = Database::connect(url).await.unwrap();
        raw.execute_unprepared("INSERT INTO migrations (number) VALUES (9999)")
            .await
            .unwrap();
        raw.close().await.unwrap();
        let refused = Store::open(&place.url).await.unwrap_err();
        assert!(
            matches!(refused, StoreError::TooNew { found: 9999, .. }),
            "{refused}"
        );
    })
    .await;
}

#[tokio::test]
async fn looking_at_a_database_neither_makes_nor_changes_one() {
    on_every_database(async |place| {
        let found = Store::inspect(&place.url).await.unwrap().unwrap();
        assert_eq!(found.applied, found.known);
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.db");
    assert_eq!(
        Store::inspect(&DatabaseUrl::Sqlite(missing.clone()))
            .await
            .unwrap(),
        None
    );
    assert!(!missing.exists());
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    let found = Store::inspect(&DatabaseUrl::Sqlite(empty))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.applied, 0);
}
