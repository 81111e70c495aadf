//! Commands of an operator: setting up, tokens, passwords, the doctor.

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::run::{PASSWORD, peil, run, run_with, set_up};

fn json(text: &str) -> Value {
    serde_json::from_str(text.lines().last().unwrap()).unwrap()
}

#[test]
fn wrong_usage_ends_with_two_and_a_hint() {
    for arguments in [
        &["fly"][..],
        &["serve", "--lissen", "x"],
        &[],
        &["setup"],
        &["stats"],
    ] {
        let said = run(arguments);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(
            said.errors.contains("Usage") && said.out.is_empty(),
            "{said:?}"
        );
    }
}

#[test]
fn an_organisation_is_made_once() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    let said = set_up(folder);
    assert_eq!(
        (said.code, said.out.trim()),
        (Some(0), "made: Testwinkel"),
        "{said:?}"
    );
    let again = set_up(folder);
    assert_eq!(again.code, Some(1));
    assert_eq!(
        again.errors.trim(),
        "peil: there is an organisation already"
    );
}

#[test]
fn a_weak_password_is_refused_in_the_language_of_the_user() {
    let place = tempfile::tempdir().unwrap();
    let mut command = peil(&[
        "setup",
        "--organisation",
        "T",
        "--name",
        "N",
        "--password-stdin",
    ]);
    command.args([
        "--email",
        "n@example.nl",
        "--data",
        place.path().to_str().unwrap(),
    ]);
    let said = run_with(command.env("LANG", "nl_NL.UTF-8"), "kort\n");
    assert_eq!(said.code, Some(1));
    assert_eq!(
        said.errors.trim(),
        "peil: het wachtwoord heeft minder dan 12 tekens"
    );
}

#[test]
fn a_token_is_the_last_line_and_needs_an_organisation() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    let arguments = [
        "token", "create", "--data", folder, "--name", "t", "--scopes", "all",
    ];
    let said = run(&arguments);
    assert_eq!(said.code, Some(1));
    assert!(said.errors.contains("peil setup"), "{said:?}");
    set_up(folder);
    let said = run(&arguments);
    assert!(
        said.out.lines().last().unwrap().starts_with("peil_"),
        "{said:?}"
    );
    let said = run(&[&arguments[..], &["--json"]].concat());
    assert!(
        json(&said.out)["token"]
            .as_str()
            .unwrap()
            .starts_with("peil_")
    );
    let said = run(&[
        "token", "create", "--data", folder, "--name", "t", "--scopes", "fly",
    ]);
    assert_eq!(said.code, Some(2), "{said:?}");
    let nobody = run(&[&arguments[..], &["--email", "x@example.nl", "--json"]].concat());
    assert_eq!(json(&nobody.out)["error"]["code"], "unknown_person");
}

#[test]
fn a_command_that_only_looks_leaves_no_folder() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("none");
    let folder_text = folder.to_str().unwrap();
    let said = run(&[
        "user",
        "password",
        "--email",
        "a@example.nl",
        "--data",
        folder_text,
    ]);
    assert_eq!(said.code, Some(1));
    assert!(said.errors.contains("there is no data folder"), "{said:?}");
    let said = run(&["doctor", "--data", folder_text, "--json"]);
    assert_eq!(
        (said.code, json(&said.out)["healthy"].as_bool()),
        (Some(1), Some(false))
    );
    assert!(!folder.exists());
}

#[test]
fn a_forgotten_password_is_replaced() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    set_up(folder);
    let reset = |email: &str, password: &str| {
        let mut command = peil(&["user", "password", "--data", folder, "--email", email]);
        run_with(&mut command, password)
    };
    let said = reset("sanne@example.nl", "drie natte kraanvogels\n");
    assert_eq!(
        (said.code, said.out.trim()),
        (Some(0), "new password for sanne@example.nl")
    );
    assert_eq!(reset("sanne@example.nl", "kort").code, Some(1));
    let said = reset("ander@example.nl", PASSWORD);
    assert_eq!(
        said.errors.trim(),
        "peil: nobody signs in with ander@example.nl"
    );
}

#[test]
fn the_doctor_finds_open_rights_and_a_damaged_key() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    set_up(folder);
    let said = run(&["doctor", "--data", folder]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("SQLite, version"), "{said:?}");
    let key = place.path().join("secret.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = run(&["doctor", "--data", folder]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.out
            .contains("others on this machine can read secret.key"),
        "{said:?}"
    );
    std::fs::write(&key, "kapot").unwrap();
    let said = run(&["serve", "--data", folder, "--listen", "127.0.0.1:0"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.errors.contains("is damaged; restore it from a backup"),
        "{said:?}"
    );
}

#[test]
fn the_description_of_the_api_and_of_the_commands_is_printed() {
    let said = run(&["openapi"]);
    let description: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(description["openapi"], "3.1.0");
    let said = run(&["reference"]);
    assert!(
        said.out.starts_with("# Commands and settings\n"),
        "{said:?}"
    );
    assert_eq!(said.out, run(&["reference"]).out);
}
