//! The reviewer for programs: questions and whole questionnaires go in, findings come out.

use axum::http::StatusCode;
use peil_domain::access::Role;
use serde_json::{Value, json};

use crate::site::Site;

const PATH: &str = "/api/v1/surveys/review";

#[tokio::test]
async fn a_program_is_told_which_words_are_wrong_why_and_what_would_be_better() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let text = "Hoe tevreden ben je over onze geweldige service?";
    let body = json!({"texts": [text, "Hoe tevreden ben je over onze service?"]});
    let found = program.call("POST", PATH, &body).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text());
    let found = found.json();
    let finding = &found["texts"][0]["findings"][0];
    assert_eq!(
        (&found["texts"][0]["language"], &finding["rule"]),
        (&json!("nl"), &json!("leading"))
    );
    let place = |name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
    assert_eq!(finding["words"], text[place("start")..place("end")]);
    assert!(!finding["why"].as_str().unwrap().is_empty());
    assert!(
        !finding
            .to_string()
            .contains("\"rewrite\":\"Hoe tevreden ben je over onze geweldige"),
        "{finding}"
    );
    let sound = found["texts"][1]["findings"].as_array().unwrap();
    assert!(
        sound.iter().all(|one| one["severity"] == "hint"),
        "a sound question is not blamed: {found}"
    );
}

#[tokio::test]
async fn a_whole_questionnaire_is_reviewed_for_where_people_meet_it() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let question = |number: usize| json!({"key": format!("open_{number}"), "kind": "text", "text": {"en": "What should we improve?"}});
    let questions: Vec<Value> = (0..4).map(question).collect();
    let definition =
        json!({"languages": ["en"], "title": {"en": "A"}, "pages": [{"questions": questions}]});
    let body = json!({"definition": definition, "channel": "kiosk"});
    let found = program.call("POST", PATH, &body).await.json();
    let rules: Vec<&str> = found["remarks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["rule"].as_str().unwrap())
        .collect();
    assert!(
        rules.contains(&"too_long") && rules.contains(&"too_many_open"),
        "{found}"
    );
}

#[tokio::test]
async fn what_is_no_question_at_all_is_refused_or_answered_but_never_a_fault() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let odd = [
        "",
        " ",
        "\u{0}",
        "?",
        "😀",
        "\u{202e}abc",
        &"a ".repeat(4_000),
    ];
    let answer = program.call("POST", PATH, &json!({"texts": odd})).await;
    assert!(!answer.status.is_server_error(), "{}", answer.text());
    for body in [
        json!({"texts": vec!["a"; 201]}),
        json!({"texts": ["a".repeat(10_001)]}),
        json!({"texts": "a"}),
        json!({"text": ["a"]}),
    ] {
        let refused = program.call("POST", PATH, &body).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            refused.text()
        );
    }
    let nobody = site
        .visitor()
        .call("POST", PATH, &json!({"texts": ["a"]}))
        .await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    let mut viewer = site.person(Role::Viewer).await;
    let page = viewer.get("/surveys").await;
    assert_eq!(page.status, StatusCode::OK);
}
