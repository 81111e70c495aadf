//! Databases of their own on the `PostgreSQL` server that `PEIL_TEST_POSTGRES` names.

use std::process::Command;

/// A database on a server, gone when it is let go.
pub(crate) struct Database {
    server: String,
    name: String,
}

impl Database {
    /// A new one; nothing when no server is named, as it is said then.
    #[expect(clippy::disallowed_methods, reason = "the one setting of these tests")]
    pub(crate) fn make() -> Option<Self> {
        let server = std::env::var("PEIL_TEST_POSTGRES").ok();
        let Some(server) = server.filter(|url| !url.is_empty()) else {
            eprintln!("SKIPPED on PostgreSQL: PEIL_TEST_POSTGRES is not set");
            return None;
        };
        let database = Self {
            server,
            name: format!("peil_test_{}", uuid::Uuid::now_v7().simple()),
        };
        database.on_server("createdb", &[]);
        Some(database)
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        let (address, options) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let (host, _) = address.rsplit_once('/').unwrap();
        format!("{host}/{}?{options}", self.name)
    }

    fn on_server(&self, program: &str, options: &[&str]) {
        let done = Command::new(program)
            .args(options)
            .args(["--maintenance-db", &self.server, &self.name])
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.on_server("dropdb", &["--force"]);
    }
}
