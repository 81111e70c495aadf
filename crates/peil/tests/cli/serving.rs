//! Starting and stopping, and what is left on disk.

use std::{io::Write, net::TcpStream, os::unix::fs::PermissionsExt, path::Path};

use crate::{
    postgres::Database,
    run::{PASSWORD, Server, peil, run, run_with, set_up},
};

fn rights(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_server_says_where_it_is_ready_keeps_its_files_private_and_stops_when_asked() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("data");
    let server = Server::start(&[
        "serve",
        "--data",
        folder.to_str().unwrap(),
        "--listen",
        "127.0.0.1:0",
    ]);
    assert!(
        server.ready.starts_with("ready: http://127.0.0.1:"),
        "{}",
        server.ready
    );
    assert!(!server.address.ends_with(":0"));
    assert!(server.get("/").starts_with("HTTP/1.1 "));
    assert_eq!(rights(&folder), 0o700);
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(rights(&path), expected, "{}", path.display());
    }
    assert!(folder.join("secret.key").is_file());
    assert_eq!(server.stop(), Some(0));
    // Closed properly: nothing is left to be recovered.
    assert!(!folder.join("peil.db-wal").exists());
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn a_server_that_runs_for_long_keeps_little_memory_to_itself() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    let server = Server::start(&["serve", "--data", folder, "--listen", "127.0.0.1:0"]);
    let environment = std::fs::read(format!("/proc/{}/environ", server.process())).unwrap();
    let environment = String::from_utf8_lossy(&environment).into_owned();
    for setting in ["MALLOC_ARENA_MAX=2", "MALLOC_MMAP_THRESHOLD_=131072"] {
        assert!(environment.contains(setting), "{environment}");
    }
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_visitor_who_says_nothing_does_not_keep_the_server_from_stopping() {
    let place = tempfile::tempdir().unwrap();
    let server = Server::start(&[
        "serve",
        "--data",
        place.path().to_str().unwrap(),
        "--listen",
        "127.0.0.1:0",
    ]);
    let mut slow = TcpStream::connect(&server.address).unwrap();
    slow.write_all(b"GET / HT").unwrap();
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_taken_address_is_told_in_a_sentence() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let place = tempfile::tempdir().unwrap();
    let said = run(&[
        "serve",
        "--data",
        place.path().to_str().unwrap(),
        "--listen",
        &address,
    ]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.errors
            .contains(&format!("another program listens on {address}")),
        "{said:?}"
    );
}

#[test]
fn a_folder_that_cannot_be_made_is_told_in_a_sentence() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    std::fs::write(&file, "").unwrap();
    let said = run(&[
        "serve",
        "--data",
        file.join("data").to_str().unwrap(),
        "--listen",
        "127.0.0.1:0",
    ]);
    assert_eq!(said.code, Some(1));
    assert!(said.errors.contains("cannot be used"), "{said:?}");
}

#[test]
fn a_second_server_on_the_same_folder_is_refused_in_a_sentence() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    let arguments = ["serve", "--data", folder, "--listen", "127.0.0.1:0"];
    let server = Server::start(&arguments);
    for (command, language, sentence) in [
        ("serve", "nl_NL.UTF-8", "er draait al een Peil op"),
        ("serve", "en_US.UTF-8", "another Peil is running on"),
        ("demo", "nl_NL.UTF-8", "er draait al een Peil op"),
    ] {
        let mut second = peil(&[command, "--data", folder, "--listen", "127.0.0.1:0"]);
        let said = run_with(second.env("LANG", language), "");
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.errors.contains(sentence), "{said:?}");
    }
    assert_eq!(server.stop(), Some(0));
    let again = Server::start(&arguments);
    assert_eq!(again.stop(), Some(0));
}

#[test]
fn commands_work_beside_a_running_server() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    let server = Server::start(&["serve", "--data", folder, "--listen", "127.0.0.1:0"]);
    assert_eq!(set_up(folder).code, Some(0));
    let said = run(&[
        "token", "create", "--data", folder, "--name", "t", "--scopes", "all",
    ]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn servers_beside_each_other_serve_one_database_server() {
    let Some(database) = Database::make() else {
        return;
    };
    let (url, place) = (database.url(), tempfile::tempdir().unwrap());
    let folder = place.path().to_str().unwrap();
    let on_server = ["--data", folder, "--database", &url];
    let mut setup = peil(&["setup", "--organisation", "Testwinkel", "--name", "Sanne"]);
    setup.args(["--email", "sanne@example.nl", "--password-stdin"]);
    let said = run_with(setup.args(on_server), &format!("{PASSWORD}\n"));
    assert_eq!(said.code, Some(0), "{said:?}");
    let arguments = [&["serve", "--listen", "127.0.0.1:0"][..], &on_server].concat();
    let servers = [Server::start(&arguments), Server::start(&arguments)];
    for server in &servers {
        let page = server.get("/sign-in");
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(page.contains("Testwinkel"), "{page}");
    }
    for server in servers {
        assert_eq!(server.stop(), Some(0));
    }
    let said = run(&[&["doctor"][..], &on_server].concat());
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(!place.path().join("peil.db").exists());
}
