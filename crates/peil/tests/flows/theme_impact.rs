//! What a theme does to the score is told of people, not of answers.

use peil_domain::response::AnswerValue;
use serde_json::{Value, json};

use crate::signals_apart::{History, LATE, SILENT};

/// About no theme.
const RABBIT: &str = "Het gele konijn danste op de maan";

/// Someone answers twice: once about the theme alone, once about another one as well.
async fn answer_twice(history: &mut History, name: &str) {
    let contact = {
        let mut program = history.asking.site.program().await;
        let body = json!({ "external_id": name });
        let made = program.call("POST", "/api/v1/contacts", &body).await;
        made.json()["id"].as_str().unwrap().parse().unwrap()
    };
    for words in [LATE, SILENT] {
        history.say(2, "", 1, words);
        history.new.last_mut().unwrap().contact = Some(contact);
    }
}

/// The impact of deliveries, of which enough people write to be listed.
async fn impact(history: &mut History) -> Value {
    history.read().await;
    let mut program = history.asking.site.program().await;
    let found = program.get("/api/v1/themes?survey=kto").await.json();
    let themes = found["themes"].as_array().unwrap();
    let delivery = themes.iter().find(|theme| theme["code"] == "delivery");
    delivery.unwrap()["impact"].clone()
}

#[tokio::test]
async fn an_impact_is_told_of_five_people_not_of_five_answers() {
    let mut history = History::begin().await;
    history.say(3, "", 20, RABBIT);
    history.say(3, "", 6, SILENT);
    for unscored in history.new.iter_mut().rev().take(6) {
        let answers = &mut unscored.answers;
        answers.retain(|answer| matches!(answer.value, AnswerValue::Text(_)));
    }
    for name in ["K1", "K2", "K3"] {
        answer_twice(&mut history, name).await;
    }
    let of_three = impact(&mut history).await;
    assert!(of_three.is_null(), "{of_three}");
    for name in ["K4", "K5"] {
        answer_twice(&mut history, name).await;
    }
    let of_five = impact(&mut history).await;
    assert!(of_five["value"].is_number(), "{of_five}");
}
