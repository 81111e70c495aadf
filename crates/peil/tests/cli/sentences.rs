//! `peil model` and `peil themes`: sentence vectors in the data folder, and results that no number of threads changes.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::run::{Said, peil, run, run_with};
use crate::tiny_model::{body, sealed};

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// A folder with a file of sentence vectors, and the path of that file and of a data folder.
fn place() -> (tempfile::TempDir, String, String) {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("tiny.peilmodel");
    fs::write(&file, sealed(&body())).unwrap();
    let (file, data) = (text(&file), text(&place.path().join("data")));
    (place, file, data)
}

fn doctor(data: &str) -> String {
    let said = run(&["doctor", "--json", "--data", data]);
    said.out
        .split("{\"check\":")
        .find(|finding| finding.starts_with("\"sentences\""))
        .unwrap_or_default()
        .to_owned()
}

fn themes(command: &[&str], input: &str) -> Said {
    run_with(peil(&["themes"]).args(command), input)
}

#[test]
fn a_file_of_sentence_vectors_is_put_into_the_data_folder_and_the_doctor_knows() {
    let (_place, file, data) = place();
    let added = run(&["model", "add", &file, "--data", &data]);
    assert_eq!(added.code, Some(0), "{added:?}");
    assert!(
        added.out.starts_with("sentence vectors added: tiny "),
        "{added:?}"
    );
    let kept = Path::new(&data).join("sentences.peilmodel");
    assert_eq!(fs::read(&kept).unwrap(), fs::read(&file).unwrap());
    assert_eq!(
        fs::metadata(&kept).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(doctor(&data).contains("\"tiny "), "{}", doctor(&data));

    fs::remove_file(&kept).unwrap();
    assert!(
        doctor(&data).contains("no sentence vectors"),
        "{}",
        doctor(&data)
    );
}

#[test]
fn files_that_cannot_be_used_are_refused_in_both_languages_and_change_nothing() {
    let (place, file, data) = place();
    run(&["model", "add", &file, "--data", &data]);
    let kept = Path::new(&data).join("sentences.peilmodel");
    let before = fs::read(&kept).unwrap();
    let whole = fs::read(&file).unwrap();
    let mut newer = whole.clone();
    newer[8] = 9;
    let mut damaged = whole.clone();
    damaged[60] ^= 1;
    let cases: [(&str, &[u8], &str, &str); 5] = [
        (
            "other",
            b"{}",
            "not a file of sentence vectors",
            "geen bestand met zinsvectoren",
        ),
        (
            "empty",
            b"",
            "not a file of sentence vectors",
            "geen bestand met zinsvectoren",
        ),
        ("newer", &newer, "has form 9", "heeft vorm 9"),
        (
            "damaged",
            &damaged,
            "is damaged or incomplete",
            "is beschadigd of niet compleet",
        ),
        (
            "short",
            &whole[..whole.len() / 2],
            "is damaged or incomplete",
            "is beschadigd of niet compleet",
        ),
    ];
    for (name, bytes, en, nl) in cases {
        let path = place.path().join(name);
        fs::write(&path, bytes).unwrap();
        let arguments = ["model", "add", &text(&path), "--data", &data];
        let refused = run(&arguments);
        assert_eq!(refused.code, Some(1), "{name}: {refused:?}");
        assert!(refused.errors.contains(en), "{name}: {refused:?}");
        let refused = run_with(peil(&arguments).env("LANG", "nl_NL.UTF-8"), "");
        assert!(refused.errors.contains(nl), "{name}: {refused:?}");
        assert_eq!(fs::read(&kept).unwrap(), before);
        assert_eq!(
            fs::read_dir(&data).unwrap().count(),
            1,
            "nothing half is left"
        );
    }
    let missing = run(&["model", "add", "/nowhere/at/all", "--data", &data]);
    assert_eq!(missing.code, Some(1), "{missing:?}");

    fs::write(&kept, &damaged).unwrap();
    let refused = themes(&["discover", "--data", &data], "");
    assert!(
        refused.errors.contains("damaged or incomplete"),
        "{refused:?}"
    );
    assert!(doctor(&data).contains("\"problem\""), "{}", doctor(&data));
}

#[test]
fn what_was_learned_with_sentence_vectors_is_not_used_without() {
    let (place, file, data) = place();
    run(&["model", "add", &file, "--data", &data]);
    let labels = place.path().join("labels.jsonl");
    let learned = text(&place.path().join("learned.json"));
    let lines = "{\"text\":\"goed\",\"categories\":[\"a\"]}\n{\"text\":\"slecht\",\"categories\":[\"b\"]}\n";
    fs::write(&labels, lines.repeat(6)).unwrap();
    let train = [
        "train",
        "--labels",
        &text(&labels),
        "--out",
        &learned,
        "--data",
        &data,
    ];
    let said = themes(&train, "");
    assert_eq!(said.code, Some(0), "{said:?}");

    let answer = "{\"text\":\"goed\"}\n";
    let read = themes(&["analyse", "--model", &learned, "--data", &data], answer);
    assert!(read.out.contains("\"categories\":[\"a\"]"), "{read:?}");
    let elsewhere = text(&place.path().join("elsewhere"));
    let refused = themes(
        &["analyse", "--model", &learned, "--data", &elsewhere],
        answer,
    );
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(
        refused
            .errors
            .contains("was learned with the sentence vectors `tiny "),
        "{refused:?}"
    );
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let (place, file, data) = place();
    run(&["model", "add", &file, "--data", &data]);
    let subjects = [
        "De bezorging",
        "Het personeel",
        "De website",
        "De prijs",
        "Koffie",
    ];
    let judgements = [
        "was goed",
        "duurde te lang",
        "is slecht geregeld",
        "viel best wel mee!",
    ];
    let mut lines = String::new();
    let mut labels = String::new();
    for number in 0..240 {
        let (subject, judgement) = (subjects[number % 5], judgements[number / 5 % 4]);
        let text = format!("{subject} {judgement}, maar nummer {number} belt niet terug");
        lines += &format!("{{\"id\":\"{number}\",\"text\":\"{text}\"}}\n");
        labels += &format!(
            "{{\"text\":\"{text}\",\"categories\":[\"{subject}\"],\"polarity\":\"{judgement}\"}}\n"
        );
    }
    let labelled = place.path().join("labels.jsonl");
    fs::write(&labelled, labels).unwrap();
    let out_on = |threads: &str| {
        let learned = text(&place.path().join(format!("learned-{threads}.json")));
        let with = ["--data", data.as_str(), "--threads", threads];
        let train = ["train", "--labels", &text(&labelled), "--out", &learned];
        let trained = themes(&[&train[..], &with].concat(), "");
        assert_eq!(trained.code, Some(0), "{trained:?}");
        let read = themes(
            &[&["analyse", "--model", &learned][..], &with].concat(),
            &lines,
        );
        let found = themes(
            &[&["discover", "--granularity", "fine"][..], &with].concat(),
            &lines,
        );
        assert_eq!(
            (read.code, found.code),
            (Some(0), Some(0)),
            "{read:?} {found:?}"
        );
        (fs::read(&learned).unwrap(), read.out, found.out)
    };
    let one = out_on("1");
    assert_eq!(one.1.lines().count(), 240);
    for threads in ["2", "5"] {
        assert!(out_on(threads) == one, "{threads} threads");
    }
}

#[test]
fn a_category_is_explained_and_a_label_that_was_taken_back_leaves_no_trace() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| text(&place.path().join(name));
    let data = path("data");
    let line = |id: &str, text: &str, category: &str| {
        format!("{{\"id\":\"{id}\",\"text\":\"{text}\",\"categories\":[\"{category}\"]}}\n")
    };
    let mut kept = String::new();
    for number in 0..6 {
        kept += &line(&format!("d{number}"), "de hond blaft vrolijk", "dieren");
        kept += &line(&format!("w{number}"), "het regent weer", "weer");
    }
    let undone = kept.clone()
        + &line("x", "de hond blaft vrolijk", "weer")
        + "{\"id\":\"x\",\"undo\":true}\n";
    fs::write(path("kept.jsonl"), kept).unwrap();
    fs::write(path("undone.jsonl"), undone).unwrap();
    for name in ["kept", "undone"] {
        let (labels, out) = (
            path(&format!("{name}.jsonl")),
            path(&format!("{name}.json")),
        );
        let said = themes(
            &["train", "--labels", &labels, "--out", &out, "--data", &data],
            "",
        );
        assert_eq!(said.code, Some(0), "{said:?}");
    }
    assert_eq!(
        fs::read(path("kept.json")).unwrap(),
        fs::read(path("undone.json")).unwrap()
    );
    let (model, labels) = (path("kept.json"), path("kept.jsonl"));
    let arguments = [
        "analyse",
        "--model",
        &model,
        "--explain",
        "--labels",
        &labels,
        "--data",
        &data,
    ];
    let read = themes(&arguments, "{\"text\":\"een hond die blaft\"}\n");
    let value: serde_json::Value = serde_json::from_str(&read.out).unwrap();
    let explained = &value["explanations"][0];
    assert_eq!(explained["category"], "dieren", "{read:?}");
    assert_eq!(explained["words"][0][0], "blaft", "{read:?}");
    assert_eq!(explained["nearest"][0]["id"], "d0", "{read:?}");

    fs::write(path("nothing.jsonl"), "{\"id\":\"x\",\"undo\":true}\n").unwrap();
    let (nothing, out) = (path("nothing.jsonl"), path("nothing.json"));
    let refused = themes(
        &[
            "train", "--labels", &nothing, "--out", &out, "--data", &data,
        ],
        "",
    );
    assert!(
        refused.errors.contains("no label of x to undo"),
        "{refused:?}"
    );
}

#[test]
fn a_line_of_business_adds_its_themes() {
    let place = tempfile::tempdir().unwrap();
    let data = text(&place.path().join("data"));
    let answer = "{\"text\":\"De stoeptegels liggen al een jaar los\",\"lang\":\"nl\"}\n";
    let plain = themes(&["analyse", "--data", &data], answer);
    assert!(!plain.out.contains("public_space"), "{plain:?}");
    let read = themes(
        &["analyse", "--data", &data, "--sector", "municipality"],
        answer,
    );
    assert!(read.out.contains("public_space"), "{read:?}");
    let refused = themes(&["analyse", "--data", &data, "--sector", "circus"], answer);
    assert_eq!(refused.code, Some(2), "{refused:?}");
}
