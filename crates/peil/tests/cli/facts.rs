//! `peil facts`: what figures are counted from, made anew and held against the records.

use std::{fs, path::Path};

use serde_json::Value;

use crate::run::{Said, Server, run};

fn facts(command: &str, folder: &str) -> (Option<i32>, Value) {
    let said = run(&["facts", command, "--json", "--data", folder]);
    let last = said.out.lines().last().unwrap_or_default();
    let value = serde_json::from_str(last);
    (said.code, value.unwrap())
}

/// A demonstration that was served once.
fn demonstration(folder: &str) {
    drop(Server::start(&[
        "demo",
        "--data",
        folder,
        "--listen",
        "127.0.0.1:0",
    ]));
}

fn segments(folder: &str) -> Vec<std::path::PathBuf> {
    let found = fs::read_dir(Path::new(folder).join("facts")).unwrap();
    let paths = found.map(|entry| entry.unwrap().path());
    let is_segment = |path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "facts");
    paths.filter(is_segment).collect()
}

#[test]
fn facts_made_anew_say_what_the_records_say_and_damage_is_found() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    demonstration(folder);
    let (code, made) = facts("rebuild", folder);
    assert_eq!(code, Some(0), "{made}");
    assert!(made["submissions"].as_u64().unwrap() > 100, "{made}");

    let (code, found) = facts("verify", folder);
    assert_eq!(
        (code, &found["state"]),
        (Some(0), &"equal".into()),
        "{found}"
    );
    assert!(found["answers"].as_u64().unwrap() > found["submissions"].as_u64().unwrap());

    let healthy: Said = run(&["doctor", "--json", "--data", folder]);
    assert!(
        healthy.out.contains("\"check\":\"facts\",\"message\""),
        "{healthy:?}"
    );

    for segment in segments(folder) {
        let mut bytes = fs::read(&segment).unwrap();
        for byte in bytes.iter_mut().step_by(97) {
            *byte ^= 0xff;
        }
        fs::write(&segment, bytes).unwrap();
    }
    let (code, found) = facts("verify", folder);
    assert_eq!(code, Some(1), "{found}");

    let (code, _) = facts("rebuild", folder);
    assert_eq!(code, Some(0));
    let (code, found) = facts("verify", folder);
    assert_eq!(
        (code, &found["state"]),
        (Some(0), &"equal".into()),
        "{found}"
    );
}

#[test]
fn while_peil_serves_its_facts_are_its_own() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    let server = Server::start(&["demo", "--data", folder, "--listen", "127.0.0.1:0"]);
    let said = run(&["facts", "verify", "--data", folder]);
    assert_eq!(said.code, Some(1), "{said:?}");
    drop(server);
}
