//! Which layer wins, and what is refused.

use std::fs;

use super::*;

fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn flags(pairs: &[(&'static str, &str)]) -> Flags {
    let values = pairs
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    Flags {
        config: None,
        values,
    }
}

fn source(loaded: &Loaded, key: &str) -> String {
    loaded
        .shown
        .iter()
        .find(|shown| shown.key == key)
        .unwrap()
        .source
        .clone()
}

#[test]
fn everything_has_a_default() {
    let loaded = Loaded::new(&Flags::default(), &environment(&[])).unwrap();
    assert_eq!(loaded.settings.listen.to_string(), "127.0.0.1:7345");
    assert_eq!(loaded.settings.database, None);
    assert!(loaded.shown.iter().all(|shown| shown.source == "default"));
}

#[test]
fn a_flag_beats_the_environment_and_that_beats_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE_NAME);
    fs::write(
        &file,
        "listen = \"127.0.0.1:1\"\nlog = \"info\"\n[uploads]\nlimit_mb = 5\n",
    )
    .unwrap();
    let data = folder.path().to_str().unwrap();
    let variables = environment(&[("PEIL_LISTEN", "127.0.0.1:2"), ("PEIL_LOG", "debug")]);
    let flags = flags(&[("data", data), ("listen", "127.0.0.1:3")]);
    let loaded = Loaded::new(&flags, &variables).unwrap();
    assert_eq!(loaded.settings.listen.port(), 3);
    assert_eq!(loaded.settings.log, "debug");
    assert_eq!(loaded.settings.uploads_limit_mb, 5);
    assert_eq!(source(&loaded, "listen"), "--listen");
    assert_eq!(source(&loaded, "log"), "PEIL_LOG");
    assert_eq!(
        source(&loaded, "uploads.limit_mb"),
        file.display().to_string()
    );
}

#[test]
fn an_unknown_key_is_refused_by_name_and_an_unknown_variable_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.toml");
    fs::write(&file, "[mail]\nfoldr = \"x\"\n").unwrap();
    let flags = Flags {
        config: Some(file.clone()),
        ..Flags::default()
    };
    let refused = Loaded::new(&flags, &environment(&[])).unwrap_err();
    assert_eq!(
        refused,
        SettingsProblem::UnknownKey {
            key: "mail.foldr".into(),
            file
        }
    );
    let loaded = Loaded::new(&Flags::default(), &environment(&[("PEIL_LISTN", "x")])).unwrap();
    assert_eq!(loaded.unknown_variables, ["PEIL_LISTN"]);
}

#[test]
fn a_bad_value_is_refused_with_its_source_but_a_secret_is_never_repeated() {
    let refused = |pairs: &[(&str, &str)]| {
        Loaded::new(&Flags::default(), &environment(pairs))
            .unwrap_err()
            .to_string()
    };
    assert!(refused(&[("PEIL_LISTEN", "7345")]).contains("PEIL_LISTEN"));
    assert!(refused(&[("PEIL_PUBLIC_URL", "peil.example.org")]).contains("public_url"));
    let text = refused(&[("PEIL_DATABASE", "mysql://u:geheim@h/n")]);
    assert!(
        text.contains("database") && !text.contains("geheim"),
        "{text}"
    );
}

#[test]
fn secrets_are_not_shown_and_a_mail_folder_lies_in_the_data_folder() {
    let variables = environment(&[
        ("PEIL_DATABASE", "postgres://u:geheim@h/n"),
        ("PEIL_DATA", "ergens"),
        ("PEIL_MAIL_FOLDER", "post"),
    ]);
    let loaded = Loaded::new(&Flags::default(), &variables).unwrap();
    let text = format!("{:?}", loaded.shown);
    assert!(!text.contains("geheim"), "{text}");
    assert_eq!(
        loaded.settings.mail_folder,
        Some(PathBuf::from("ergens/post"))
    );
}
