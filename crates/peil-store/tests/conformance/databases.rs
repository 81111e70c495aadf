//! Fresh databases, one for every test and engine.

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::FutureExt;
use peil_store::{DatabaseUrl, Store};
use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

/// An empty database.
pub(crate) struct Place {
    /// Where it is.
    pub(crate) url: DatabaseUrl,
    /// The store on it.
    pub(crate) store: Store,
}

/// Runs `body` on a fresh database of every engine; the databases are gone afterwards.
pub(crate) async fn on_every_database<F>(body: F)
where
    F: AsyncFn(&Place),
{
    on_every_empty_database(async |url| {
        let place = Place {
            store: Store::open(url).await.unwrap(),
            url: url.clone(),
        };
        // What a test leaves open must not keep the next one waiting.
        let outcome = AssertUnwindSafe(body(&place)).catch_unwind().await;
        place.store.close().await.unwrap();
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
    })
    .await;
}

/// Runs `body` on a database of every engine in which there is nothing yet.
pub(crate) async fn on_every_empty_database<F>(body: F)
where
    F: AsyncFn(&DatabaseUrl),
{
    let folder = tempfile::tempdir().unwrap();
    body(&DatabaseUrl::Sqlite(folder.path().join("peil.db"))).await;
    match server() {
        Some(server) => on_postgres(&server, &body).await,
        None => eprintln!("SKIPPED on PostgreSQL: PEIL_TEST_POSTGRES is not set"),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one setting of this suite")]
fn server() -> Option<String> {
    std::env::var("PEIL_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

async fn on_postgres<F>(server: &str, body: &F)
where
    F: AsyncFn(&DatabaseUrl),
{
    let name = format!("peil_test_{}", Uuid::now_v7().simple());
    let administration = Database::connect(server).await.unwrap();
    administration
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    let url = DatabaseUrl::Postgres(with_name(server, &name));
    let outcome = AssertUnwindSafe(body(&url)).catch_unwind().await;
    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    administration.execute_unprepared(&drop).await.unwrap();
    administration.close().await.unwrap();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// The address of another database on the same server.
fn with_name(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, ""));
    let (host, _) = address.rsplit_once('/').unwrap();
    format!("{host}/{name}?{options}")
}
