//! Starting from templates, single questions and advice.

use axum::http::StatusCode;

use crate::site::Site;

#[tokio::test]
async fn a_question_of_the_bank_lands_behind_the_page_it_was_asked_for_and_twice_gets_its_own_key()
{
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let start = "/surveys/new/kto-kort";
    let page = browser.get(start).await;
    let made = browser.submit(&page, start, &[("name", "Bank")]).await;
    let survey = made.location.unwrap();
    let survey = survey.split('?').next().unwrap();

    let bank = format!("{survey}/bank?after=nps&q=bezorger");
    let found = browser.get(&bank).await;
    let html = found.text();
    assert!(
        html.contains("Hoe tevreden ben je over de bezorger?"),
        "{html}"
    );
    assert!(
        !html.contains("Hoe tevreden ben je over de prijs?"),
        "{html}"
    );
    let action = format!("{survey}/bank/add");
    let added = browser
        .submit(&found, &action, &[("question", "bezorger")])
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    assert!(added.location.unwrap().contains("open=bezorger"));

    let again = browser.get(&bank).await;
    assert!(
        again.text().contains("staat al in je vragenlijst"),
        "{}",
        again.text()
    );
    let added = browser
        .submit(&again, &action, &[("question", "bezorger")])
        .await;
    assert!(added.location.unwrap().contains("open=bezorger_2"));
    let html = browser.get(survey).await.text();
    let place = |key: &str| html.find(&format!("id=\"q-{key}\"")).unwrap();
    assert!(place("nps") < place("bezorger_2"), "{html}");
    assert!(place("bezorger_2") < place("bezorger"), "{html}");
    assert!(place("bezorger") < place("csat"), "{html}");

    let nothing = browser
        .get(&format!("{survey}/bank?q=zeppelin"))
        .await
        .text();
    assert!(nothing.contains("Geen vraag met deze woorden"), "{nothing}");
    let unknown = browser
        .submit(&again, &action, &[("question", "zeppelin")])
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn advice_names_measure_moment_and_a_questionnaire_to_start_from() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let html = browser.get("/surveys/advice").await.text();
    assert!(html.contains("Kies links wat je wilt weten"), "{html}");
    let html = browser
        .get("/surveys/advice?goal=effort&reach=mail")
        .await
        .text();
    assert!(html.contains("<strong>CES</strong>"), "{html}");
    assert!(html.contains("/surveys/new/ces-zelf-regelen"), "{html}");
    let html = browser
        .get("/surveys/advice?goal=money&reach=mail")
        .await
        .text();
    assert!(html.contains("Kies links wat je wilt weten"), "{html}");
}
