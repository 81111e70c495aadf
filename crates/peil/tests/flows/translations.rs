//! Translating a questionnaire: by two people at once, by file, and by programs.

use axum::http::StatusCode;
use peil_domain::access::Role;
use serde_json::{Value, json};

use crate::{
    site::{Answer, Browser, Site},
    survey::{change, create},
    survey_files::form,
};

/// Saves one text as it was typed upon `before`.
async fn write(browser: &mut Browser<'_>, page: &Answer, survey: &str, text: &str) -> Answer {
    let action = format!("{survey}/translations");
    browser.submit(page, &action, &[("text.title", text)]).await
}

/// Sends a translator's file from the page of translations.
async fn send(browser: &mut Browser<'_>, survey: &str, content: &[u8]) -> Answer {
    let page = browser.get(&format!("{survey}/translations")).await;
    let action = format!("{survey}/translations/file");
    let fields = page.hidden_fields(&action);
    let kind = format!(
        "multipart/form-data; boundary={}",
        crate::survey_files::BOUNDARY
    );
    browser
        .send("POST", &action, Some(&kind), form(&fields, content))
        .await
}

#[tokio::test]
async fn a_translator_sees_what_is_missing_and_what_has_become_old() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort", "Kort").await;
    let page = browser.get(&format!("{survey}/translations")).await;
    assert!(
        page.text().contains("Van Nederlands naar Engels"),
        "{}",
        page.text()
    );
    let answer = write(&mut browser, &page, &survey, "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let missing = format!("{survey}/translations?into=en&show=missing");
    let html = browser.get(&missing).await.text();
    assert!(html.contains("id=\"title\"") && !html.contains("id=\"question.nps.text\""));

    let page = browser.get(&format!("{survey}?open=nps")).await;
    let action = format!("{survey}/questions/nps");
    let typed = [
        ("text.nl", "Nieuwe vraag?"),
        ("text.en", "Old question?"),
        ("do", "save"),
    ];
    browser.submit(&page, &action, &typed).await;
    let page = browser.get(&format!("{survey}?open=nps")).await;
    let typed = [
        ("text.nl", "Nog nieuwer?"),
        ("text.en", "Old question?"),
        ("do", "save"),
    ];
    browser.submit(&page, &action, &typed).await;
    let outdated = format!("{survey}/translations?into=en&show=outdated");
    let page = browser.get(&outdated).await;
    assert!(page.text().contains("Nieuwe vraag?"), "{}", page.text());
    let action = format!("{survey}/translations");
    let sure = [("sure.question.nps.text", "on")];
    browser
        .submit(
            &page,
            &action,
            &[("text.question.nps.text", "Old question?"), sure[0]],
        )
        .await;
    let html = browser.get(&outdated).await.text();
    assert!(html.contains("Elke vertaling hoort bij"), "{html}");
}

#[tokio::test]
async fn two_translators_never_overwrite_each_other() {
    let site = Site::ready().await;
    let (mut first, mut second) = (site.owner().await, site.owner().await);
    let survey = create(&mut first, "kto-kort", "Kort").await;
    let address = format!("{survey}/translations");
    let (mine, theirs) = (first.get(&address).await, second.get(&address).await);
    write(&mut second, &theirs, &survey, "Theirs").await;
    let action = format!("{survey}/translations");
    let typed = [
        ("text.title", "Mine"),
        ("text.question.nps.text", "Also mine?"),
    ];
    let answer = first.submit(&mine, &action, &typed).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let html = answer.text();
    assert!(html.contains("Theirs") && html.contains("Mine"), "{html}");
    let saved = first.get(&address).await.text();
    assert!(
        saved.contains("Also mine?") && saved.contains("Theirs"),
        "{saved}"
    );
    let again = first
        .submit(&answer, &action, &[("text.title", "Mine")])
        .await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    assert!(first.get(&address).await.text().contains("Mine"));
}

#[tokio::test]
async fn texts_travel_to_a_translator_and_back() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort", "Kort").await;
    let address = format!("{survey}/translations/file?into=en&format=xliff");
    let xliff = browser.get(&address).await.text();
    assert!(
        xliff.contains("<trans-unit id=\"question.nps.text\""),
        "{xliff}"
    );
    let mut units = xliff.split("<target state=\"translated\">");
    let head = units.next().unwrap();
    let tail: Vec<&str> = units.collect();
    let changed = format!("{head}<target>New: {}", tail.join("<target>"))
        .replace("id=\"thanks\"", "id=\"gone.1\"");
    let answer = send(&mut browser, &survey, changed.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let html = answer.text();
    assert!(html.contains("1 tekst overgenomen"), "{html}");
    assert!(html.contains("deze plek is er niet"), "{html}");
    let csv = browser
        .get(&format!("{survey}/translations/file?into=en&format=csv"))
        .await
        .text();
    assert!(csv.contains("New: "), "{csv}");
    let answer = send(&mut browser, &survey, csv.as_bytes()).await;
    assert!(
        answer.text().contains("Geen tekst overgenomen"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn a_hostile_file_of_a_translator_is_refused_with_the_place() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort", "Kort").await;
    let files: [(&[u8], &str); 4] = [
        (
            b"<!DOCTYPE a [<!ENTITY b \"bb\">]><xliff>&b;</xliff>",
            "line 1, column 1",
        ),
        (b"<xliff version=\"1.2\"><file>\n<body>", "line 2"),
        (b"place;nl\r\ntitle;x\r\n", "column `en`"),
        (b"\x00\x01\x02", "text"),
    ];
    for (content, said) in files {
        let answer = send(&mut browser, &survey, content).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.text().contains(said), "{said}: {}", answer.text());
    }
    let evil = "place;en\r\ntitle;\"<script>alert(1)</script>\"\r\n";
    let answer = send(&mut browser, &survey, evil.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        !answer.text().contains("<script>alert"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn programs_read_and_write_texts_and_files_of_translators() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort", "Kort").await;
    let id = survey.trim_start_matches("/surveys/");
    let mut program = site.program().await;
    let path = format!("/api/v1/surveys/{id}/texts");
    let texts = program.get(&path).await.json();
    assert_eq!(texts["languages"][1]["language"], "en");
    let revision = texts["revision"].to_string();
    let body = json!({"language": "en", "texts": [
        {"place": "title", "text": "Short"},
        {"place": "nowhere", "text": "x"},
        {"place": "thanks", "before": "What it never was", "text": "x"},
    ]});
    let saved = change(&mut program, "PATCH", &path, &revision, &body).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    let saved: Value = saved.json();
    assert_eq!(
        (&saved["saved"], &saved["unknown"]),
        (&json!(1), &json!(["nowhere"]))
    );
    assert_eq!(saved["conflicts"][0]["place"], "thanks");
    let stale = change(&mut program, "PATCH", &path, &revision, &body)
        .await
        .json();
    assert_eq!(stale["saved"], json!(0), "{stale}");
    let nul = json!({"language": "en", "texts": [{"place": "title", "before": "Short", "text": "a\u{0}b"}]});
    let refused = change(&mut program, "PATCH", &path, &revision, &nul).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.text()
    );
    let file = program
        .get(&format!("{path}/file?language=en"))
        .await
        .text();
    assert!(file.contains("Short"), "{file}");
    let now = saved["revision"].to_string();
    program.headers.push(("if-match", now));
    let sent = file.replace("Short", "Shorter").into_bytes();
    let to = format!("{path}/file?language=en");
    let report = program
        .send("POST", &to, Some("application/octet-stream"), sent)
        .await;
    assert_eq!(report.json()["used"], json!(1), "{}", report.text());
}

#[tokio::test]
async fn who_may_only_read_cannot_translate() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let survey = create(&mut owner, "kto-kort", "Kort").await;
    let mut reader = site.person(Role::Viewer).await;
    let answer = reader.get(&format!("{survey}/translations")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}
