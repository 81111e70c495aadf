//! Settings: which layer wins, and what is refused.

use std::fs;

use serde_json::Value;

use crate::run::{peil, run, run_with};

#[test]
fn every_setting_is_shown_with_its_source_and_no_secret() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    let file = place.path().join("peil.toml");
    fs::write(
        &file,
        "log = \"info\"\ndatabase = \"postgres://u:geheim@h/n\"\n",
    )
    .unwrap();
    let mut command = peil(&[
        "config",
        "show",
        "--data",
        folder,
        "--listen",
        "127.0.0.1:9",
        "--json",
    ]);
    let said = run_with(
        command.env("PEIL_PUBLIC_URL", "https://peil.example.nl/"),
        "",
    );
    assert!(!said.out.contains("geheim"), "{said:?}");
    let shown: Vec<Value> = serde_json::from_str(&said.out).unwrap();
    let one = |key: &str| {
        shown
            .iter()
            .find(|line| line["key"] == key)
            .unwrap()
            .clone()
    };
    assert_eq!(one("listen")["source"], "--listen");
    assert_eq!(one("public_url")["source"], "PEIL_PUBLIC_URL");
    assert_eq!(one("log")["value"], "info");
    assert_eq!(one("log")["source"], file.to_str().unwrap());
    assert_eq!(one("database")["value"], "***");
    assert_eq!(one("mail.folder")["value"], Value::Null);
}

#[test]
fn an_unknown_key_or_a_bad_value_is_wrong_usage_that_names_it() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("mijn.toml");
    fs::write(&file, "lissen = \"127.0.0.1:1\"\n").unwrap();
    let said = run(&["serve", "--config", file.to_str().unwrap()]);
    assert_eq!(said.code, Some(2));
    assert!(said.errors.contains("unknown setting `lissen`"), "{said:?}");
    let said = run(&["serve", "--listen", "overal"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.errors.contains("listen cannot be `overal` (--listen)"),
        "{said:?}"
    );
}
