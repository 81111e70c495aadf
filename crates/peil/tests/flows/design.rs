//! The look of one questionnaire, comparing its versions, and its paper.

use axum::http::StatusCode;
use serde_json::json;

use crate::{
    look::png,
    site::{Answer, Browser, Site},
    survey::{change, create, publish},
    survey_files::{BOUNDARY, form},
};

/// Sends a picture with a form of the page of the design.
async fn send(
    browser: &mut Browser<'_>,
    survey: &str,
    what: &str,
    more: &[(&str, &str)],
    content: &[u8],
) -> Answer {
    let page = browser.get(&format!("{survey}/design")).await;
    let action = format!("{survey}/design/{what}");
    let mut fields = page.hidden_fields(&action);
    for (name, value) in more {
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    browser
        .send("POST", &action, Some(&kind), form(&fields, content))
        .await
}

#[tokio::test]
async fn a_survey_has_a_look_of_its_own_that_customers_see_after_publishing() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort", "Kort").await;
    let action = format!("{survey}/design");
    let page = browser.get(&action).await;
    let typed = [
        ("whose", "own"),
        ("accent", "#7b2a8c"),
        ("text_size", "large"),
        ("corners", "square"),
    ];
    let saved = browser.submit(&page, &action, &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let sent = send(&mut browser, &survey, "logo", &[], &png(300, 100)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    publish(&mut browser, &survey).await;
    let page = site.visitor().get("/s/kort").await.text();
    assert!(page.contains("respondent-7b2a8c.css"), "{page}");
    assert!(page.contains("class=\"is-large is-square\""), "{page}");
    let logo = page.split("<img class=\"logo\" src=\"").nth(1).unwrap();
    let picture = site.visitor().get(logo.split('"').next().unwrap()).await;
    assert_eq!(picture.kind, "image/png");
}

#[tokio::test]
async fn two_people_who_change_the_look_at_once_choose_field_by_field() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort", "Kort").await;
    let action = format!("{survey}/design");
    let looks = |accent, size| {
        [
            ("whose", "own"),
            ("accent", accent),
            ("text_size", size),
            ("corners", "soft"),
        ]
    };
    let page = browser.get(&action).await;
    let first = looks("#7b2a8c", "large");
    browser.submit(&page, &action, &first).await;
    let mut second = looks("#1b4d7a", "usual");
    second[3].1 = "round";
    let refused = browser.submit(&page, &action, &second).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text());
    let text = refused.text();
    for name in ["look/accent", "look/text_size"] {
        let is_there = text.contains(&format!("name=\"choose:{name}\""));
        // What only the first changed is no choice.
        assert_eq!(is_there, name == "look/accent", "{name}: {text}");
    }
    assert!(text.contains("#7b2a8c") && text.contains("#1b4d7a"));
    assert!(
        text.contains("value=\"large\" checked"),
        "what the colleague alone changed is taken over: {text}"
    );
    let mut chosen = looks("#1b4d7a", "large").to_vec();
    chosen[3].1 = "round";
    chosen.push(("choose:look/accent", "theirs"));
    let saved = browser.submit(&refused, &action, &chosen).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = browser.get(&format!("{survey}/preview")).await.text();
    assert!(page.contains("respondent-7b2a8c.css"), "{page}");
    assert!(page.contains("class=\"is-large is-round\""), "{page}");
}

#[tokio::test]
async fn a_colour_that_cannot_be_read_is_refused_with_a_better_one() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort", "Kort").await;
    let action = format!("{survey}/design");
    let look = format!("{action}?whose=own&accent=%23ffdd00");
    let page = browser.get(&look).await;
    assert!(
        page.text().contains("Slecht leesbaar op wit"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("data-proposal=\"#"));
    let typed = [("whose", "own"), ("accent", "#ffdd00")];
    let refused = browser.submit(&page, &action, &typed).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.text()
    );
    let typed = [("whose", "own"), ("accent", "groen")];
    let refused = browser.submit(&page, &action, &typed).await;
    let text = refused.text();
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    assert!(text.contains("id=\"accent-error\"") && text.contains("value=\"groen\""));
    let preview = format!("{survey}/preview?whose=own&accent=%23123456");
    let html = browser.get(&preview).await.text();
    assert!(
        html.contains("respondent-123456.css"),
        "looking saves nothing and shows it"
    );
}

#[tokio::test]
async fn pictures_that_are_none_are_refused_beside_their_field() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort", "Kort").await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    let heavy = vec![0x89; 300_000];
    let about = [("question", "nps"), ("description.nl", "Een fiets")];
    for content in [&svg[..], b"GIF89a", b"", &heavy] {
        let refused = send(&mut browser, &survey, "picture", &about, content).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.text().contains("id=\"picture-error\""),
            "{}",
            refused.text()
        );
    }
    let blind = [("question", "nps")];
    let refused = send(&mut browser, &survey, "picture", &blind, &png(300, 100)).await;
    assert!(
        refused.text().contains("id=\"description-error\""),
        "{}",
        refused.text()
    );
    let sent = send(&mut browser, &survey, "picture", &about, &png(300, 100)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let preview = browser.get(&format!("{survey}/preview")).await.text();
    assert!(preview.contains("alt=\"Een fiets\""), "{preview}");
}

#[tokio::test]
async fn any_two_versions_are_compared_and_the_draft_too() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort", "Kort").await;
    publish(&mut browser, &survey).await;
    let page = browser.get(&format!("{survey}?open=nps")).await;
    let action = format!("{survey}/questions/nps");
    let typed = [
        ("text.nl", "Zou je ons aanbevelen?"),
        ("text.en", "Would you?"),
        ("do", "save"),
    ];
    browser.submit(&page, &action, &typed).await;
    let compare = format!("{survey}/versions/compare");
    let html = browser.get(&compare).await.text();
    assert!(html.contains("Er is 1 vraag veranderd"), "{html}");
    assert!(
        html.contains("kan verschuiven") && html.contains("<ins>"),
        "{html}"
    );
    publish(&mut browser, &survey).await;
    let same = browser
        .get(&format!("{compare}?from=2&to=draft"))
        .await
        .text();
    assert!(same.contains("niets veranderd"), "{same}");
    let back = browser.get(&format!("{compare}?from=2&to=1")).await;
    assert_eq!(back.status, StatusCode::OK);
    let odd = browser
        .get(&format!("{compare}?from=99999999999&to=1"))
        .await;
    assert!(odd.status.is_client_error(), "{}", odd.status);

    let mut program = site.program().await;
    let id = survey.trim_start_matches("/surveys/");
    let path = format!("/api/v1/surveys/{id}/versions/compare?from=1&to=2");
    let found = program.get(&path).await.json();
    assert_eq!(found["changes"][0]["figures"], "shifts", "{found}");
    let draft = program.get(&format!("/api/v1/surveys/{id}")).await.json();
    let mut definition = draft["draft"].clone();
    definition["look"] = json!({"accent": "#ffdd00"});
    let path = format!("/api/v1/surveys/{id}/draft");
    let revision = draft["revision"].to_string();
    let refused = change(&mut program, "PUT", &path, &revision, &definition).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn a_survey_is_printed_whole_in_each_of_its_languages() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-relatie", "Relatie").await;
    let html = browser.get(&format!("{survey}/print")).await.text();
    assert!(
        html.contains("lang=\"nl\"") && html.contains("Akkoord"),
        "{html}"
    );
    assert!(
        html.contains("Pagina 4") && html.contains("Vraag 11"),
        "{html}"
    );
    let html = browser
        .get(&format!("{survey}/print?language=en"))
        .await
        .text();
    assert!(
        html.contains("lang=\"en\"") && html.contains("Approval"),
        "{html}"
    );
    let none = browser.get(&format!("{survey}/print?version=3")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
