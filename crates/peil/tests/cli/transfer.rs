//! `peil survey import`: files of other programs in, a questionnaire and a report out.

use serde_json::{Value, json};

use peil::wiring;
use peil_app::survey::NewSurvey;

use crate::run::{PASSWORD, Said, peil, run, run_with, set_up};

fn import(arguments: &[&str], input: &str) -> Said {
    let mut all = vec!["survey", "import"];
    all.extend(arguments);
    run_with(peil(&all).env("LC_ALL", "nl_NL.UTF-8"), input)
}

#[test]
fn a_questionnaire_of_another_program_becomes_one_of_ours_with_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (out, report) = (path("survey.json"), path("report.json"));
    let model = json!({"title": "Onderzoek", "locale": "nl", "elements": [
        {"type": "rating", "name": "mark", "title": "Wat vind je?", "rateMax": 5},
        {"type": "comment", "name": "why", "title": "Waarom?", "visibleIf": "{mark} <= 2"},
        {"type": "file", "name": "photo", "title": "Foto"},
    ]});
    let said = import(
        &[
            "--format", "surveyjs", "-", "--out", &out, "--report", &report,
        ],
        &model.to_string(),
    );
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.out.trim(), "3 van 3 vragen overgenomen, 1 opmerkingen");
    let survey = std::fs::read_to_string(&out).unwrap();
    let value: Value = serde_json::from_str(&survey).unwrap();
    assert_eq!(
        value["pages"][0]["questions"][1]["show_if"],
        "answer.mark <= 2"
    );
    let report: Value = serde_json::from_str(&std::fs::read_to_string(&report).unwrap()).unwrap();
    assert_eq!(
        (&report["questions_in"], &report["questions_kept"]),
        (&json!(3), &json!(3))
    );
    assert_eq!(report["items"][0]["code"], "no_upload");

    let again = import(&[&out, "--out", "-"], "");
    assert_eq!((again.code, again.out.trim()), (Some(0), survey.trim()));
    let both = import(&[&out, "--behind", &out, "--out", "-"], "");
    let both: Value = serde_json::from_str(&both.out).unwrap();
    let last = &both["pages"][1]["questions"][1];
    assert_eq!(last["show_if"], "answer.mark_2 <= 2");
    let wrong = import(&[&out, "--behind", "-", "--out", "-"], "{}");
    assert_eq!(wrong.code, Some(1), "{wrong:?}");
    assert!(wrong.errors.contains("--behind"), "{wrong:?}");
    let schema = run_with(&mut peil(&["survey", "schema"]), "");
    assert!(schema.out.contains("urn:peil:survey:1"));
}

#[tokio::test]
async fn a_questionnaire_in_a_folder_is_written_and_comes_back_the_same() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    assert_eq!(set_up(folder).code, Some(0));
    let app = wiring::open(place.path(), "http://peil.test")
        .await
        .unwrap();
    let owner = app.sign_in("sanne@example.nl", PASSWORD.into()).await;
    let new = NewSurvey {
        template: "nps-waarom".to_owned(),
        name: "Klanten".to_owned(),
        slug: None,
    };
    let actor = owner.unwrap().identity.actor;
    let made = app.create_survey(&actor, new).await.unwrap();

    let export = |slug: &str, out: &str| {
        run(&[
            "survey", "export", "--data", folder, "--survey", slug, "--out", out,
        ])
    };
    let written = export("klanten", "-");
    assert_eq!(written.code, Some(0), "{written:?}");
    let read = import(&["-", "--out", "-"], &written.out);
    assert_eq!((read.code, &read.out), (Some(0), &written.out));
    let definition: peil_domain::survey::Definition = {
        let mut value: Value = serde_json::from_str(&written.out).unwrap();
        value.as_object_mut().unwrap().remove("peil_survey");
        serde_json::from_value(value).unwrap()
    };
    assert_eq!(definition, made.draft);
    let unknown = export("onbekend", "-");
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.errors.contains("onbekend"), "{unknown:?}");
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aa\">]><document>&a;</document>";
    let said = import(&["--format", "lss", "-"], bomb);
    assert_eq!(said.code, Some(1));
    assert!(said.errors.contains("line 2, column 1"), "{said:?}");
    assert_eq!(
        import(&["--format", "json", "-"], "{\"languages\": [}").code,
        Some(1)
    );
    assert_eq!(
        import(&["--format", "lss", "/nowhere.lss"], "").code,
        Some(1)
    );
    assert_eq!(import(&["--format", "paper", "-"], "").code, Some(2));
    assert_eq!(import(&["-"], "").code, Some(1));
}
