//! Questionnaires from files of other programs and to files of our own, in the browser and for
//! programs.

use axum::http::StatusCode;
use peil_domain::access::Role;
use peil_exchange::survey::Reason;

use crate::site::{Answer, Browser, Site};

pub(crate) const BOUNDARY: &str = "peil-test-boundary";

/// A survey file of Qualtrics with two questions, a quota that cannot be kept, and a group of quotas.
const STUDY: &str = r#"{"SurveyEntry": {"SurveyName": "Study", "SurveyLanguage": "EN"}, "SurveyElements": [
    {"Element": "BL", "Payload": [{"Type": "Default", "ID": "BL_1", "BlockElements": [
        {"Type": "Question", "QuestionID": "QID1"}, {"Type": "Question", "QuestionID": "QID2"}]}]},
    {"Element": "SQ", "PrimaryAttribute": "QID1", "Payload": {"QuestionText": "How likely?", "DataExportTag": "NPS",
        "QuestionType": "MC", "Selector": "NPS", "Choices": {"0": {"Display": "0"}}}},
    {"Element": "SQ", "PrimaryAttribute": "QID2", "Payload": {"QuestionText": "Send a photo", "QuestionType": "FileUpload"}},
    {"Element": "QO", "Payload": {"Name": "<b>Quota</b>", "Occurrences": 4, "QuotaAction": "ForBranching"}},
    {"Element": "QG", "Payload": {"Name": "Group", "MultipleMatch": "PlaceInAll", "Quotas": ["QO_1"]}}]}"#;

/// The body of a form with these fields and a file.
pub(crate) fn form(fields: &[(String, String)], content: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    let part = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"study.qsf\"\r\n\r\n"
    );
    body.extend_from_slice(part.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// Sends a file as a browser does.
async fn upload(browser: &mut Browser<'_>, name: &str, content: &[u8]) -> Answer {
    let page = browser.get("/surveys/import").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let mut fields = page.hidden_fields("/surveys/import");
    fields.push(("name".to_owned(), name.to_owned()));
    send(browser, form(&fields, content)).await
}

/// Makes what the page shows of a file.
async fn accept(browser: &mut Browser<'_>, uploaded: &Answer) -> Answer {
    let path = uploaded.location.clone().unwrap();
    assert_eq!(path, "/surveys/import/preview");
    let page = browser.get(&path).await;
    let name = page.text();
    let name = name
        .split(" id=\"name\"")
        .nth(1)
        .and_then(|rest| rest.split("value=\"").nth(1));
    let name = name
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned();
    browser
        .submit(&page, "/surveys/import/accept", &[("name", &name)])
        .await
}

async fn send(browser: &mut Browser<'_>, body: Vec<u8>) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    browser
        .send("POST", "/surveys/import", Some(&kind), body)
        .await
}

#[tokio::test]
async fn a_file_of_another_program_becomes_a_draft_with_a_report() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let gallery = browser.get("/surveys/new").await;
    assert!(gallery.text().contains("href=\"/surveys/import\""));
    let read = upload(&mut browser, "", STUDY.as_bytes()).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.text());
    let preview = browser.get("/surveys/import/preview").await.text();
    assert!(preview.contains("Alle 2 vragen uit Qualtrics"), "{preview}");
    assert!(preview.contains("Send a photo") && preview.contains("Bestanden insturen kan niet"));
    assert!(!browser.get("/surveys").await.text().contains("Study"));
    let made = accept(&mut browser, &read).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let path = made.location.unwrap();
    let report = browser.get(&path).await.text();
    assert!(
        report.contains("Alle 2 vragen zijn overgenomen"),
        "{report}"
    );
    assert!(report.contains("Bestanden insturen kan niet"));
    assert!(report.contains("PlaceInAll: QO_1"));
    assert!(report.contains("Study"));
    assert!(
        !report.contains("<b>Quota</b>"),
        "what stands in files is words"
    );

    let survey = path.split("/import").next().unwrap();
    let editor = browser.get(survey).await.text();
    assert!(editor.contains("Send a photo"), "{editor}");
    let settings = browser.get(&format!("{survey}/settings")).await.text();
    assert!(settings.contains(&format!("{survey}/import")));

    let file = browser.get(&format!("{survey}/file")).await;
    assert_eq!(file.kind, "application/json");
    assert_eq!(
        file.headers["content-disposition"],
        "attachment; filename=\"study.json\""
    );
    let again = upload(&mut browser, "Nog eens", &file.body).await;
    let again = accept(&mut browser, &again).await;
    let report = browser.get(&again.location.unwrap()).await.text();
    assert!(report.contains("staat er precies zo in"), "{report}");
    assert!(report.contains("Nog eens"));
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_refused_beside_the_field() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aa\">]><document>&a;</document>";
    let large = vec![b' '; 10_000_001];
    for (content, words) in [
        (bomb.as_bytes(), "documenttype"),
        (b"naam;cijfer\n", "niet als vragenlijst"),
        (b"{\"SurveyEntry\": ", "beschadigd"),
        (b"", "niet als vragenlijst"),
        (&large, "te groot"),
    ] {
        let page = upload(&mut browser, "Mijn lijst", content).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let html = page.text();
        assert!(
            html.contains("id=\"file-error\"") && html.contains(words),
            "{html}"
        );
        assert!(html.contains("Mijn lijst"), "what was typed is kept");
    }
    let name = "x".repeat(121);
    let page = upload(&mut browser, &name, STUDY.as_bytes()).await;
    assert!(page.text().contains("id=\"name-error\""));

    let foreign = send(&mut browser, form(&[], STUDY.as_bytes())).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let mut viewer = site.person(Role::Viewer).await;
    let closed = viewer.get("/surveys/import").await;
    assert_eq!(closed.status, StatusCode::FORBIDDEN);
    let none = browser.get("/surveys").await.text();
    assert!(!none.contains("Mijn lijst"));
}

#[tokio::test]
async fn a_file_can_replace_a_draft_after_it_was_looked_at() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = crate::survey::create(&mut browser, "kto-kort", "Kort").await;
    let id = survey.trim_start_matches("/surveys/");
    let page = browser.get(&format!("/surveys/import?into={id}")).await;
    assert!(
        page.text().contains("het concept van ‘Kort’"),
        "{}",
        page.text()
    );
    let fields = page.hidden_fields("/surveys/import");
    let read = send(&mut browser, form(&fields, STUDY.as_bytes())).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.text());
    let preview = browser.get("/surveys/import/preview").await;
    assert!(
        preview.text().contains("of in de plaats ervan?"),
        "{}",
        preview.text()
    );
    let still = browser.get(&survey).await.text();
    assert!(!still.contains("Send a photo"), "nothing was made yet");
    let made = browser
        .submit(&preview, "/surveys/import/accept", &[])
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let now = browser.get(&survey).await.text();
    assert!(now.contains("Send a photo"), "{now}");
    let gone = browser.get("/surveys/import/preview").await;
    assert_eq!(gone.location.as_deref(), Some("/surveys/import"));
}

#[tokio::test]
async fn a_file_can_come_behind_a_draft_even_when_that_has_changed_meanwhile() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = crate::survey::create(&mut browser, "kto-kort", "Kort").await;
    let id = survey.trim_start_matches("/surveys/");
    let page = browser.get(&format!("/surveys/import?into={id}")).await;
    let fields = page.hidden_fields("/surveys/import");
    send(&mut browser, form(&fields, STUDY.as_bytes())).await;
    let preview = browser.get("/surveys/import/preview").await;
    let editor = browser.get(&survey).await;
    let add = format!("{survey}/questions");
    let page = browser
        .get(&format!("{survey}?part=add&after=nps&page=1"))
        .await;
    let kind = [("kind", "mark")];
    let added = browser.submit(&page, &add, &kind).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let made = browser
        .submit(&preview, "/surveys/import/accept", &[("how", "behind")])
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let now = browser.get(&survey).await;
    let count =
        |answer: &crate::site::Answer| answer.text().matches("class=\"outline-ask\"").count();
    assert_eq!(count(&now), count(&editor) + 3, "{}", now.text());
    assert!(now.text().contains("Send a photo"), "{}", now.text());
}

#[tokio::test]
async fn what_was_looked_at_can_be_thrown_away_and_another_file_is_never_made_instead() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    upload(&mut browser, "Een", STUDY.as_bytes()).await;
    let first = browser.get("/surveys/import/preview").await;
    upload(&mut browser, "Twee", STUDY.as_bytes()).await;
    let made = browser
        .submit(&first, "/surveys/import/accept", &[("name", "Een")])
        .await;
    assert_eq!(made.location.as_deref(), Some("/surveys/import"));
    let second = browser.get("/surveys/import/preview").await;
    browser
        .submit(&second, "/surveys/import/accept", &[("name", "")])
        .await;
    let again = browser.get("/surveys/import/preview").await;
    browser
        .post(
            "/surveys/import/reject",
            &again.hidden_fields("/surveys/import/accept"),
        )
        .await;
    let gone = browser.get("/surveys/import/preview").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn programs_look_at_a_file_before_they_make_it() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let kind = Some("application/octet-stream");
    let path = "/api/v1/surveys/import/preview";
    let preview = program
        .send("POST", path, kind, STUDY.as_bytes().to_vec())
        .await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text());
    let preview = preview.json();
    assert_eq!(preview["report"]["questions_kept"], 2);
    assert_eq!(program.get(path).await.json(), preview);
    let wrong = serde_json::json!({"mark": "other"});
    let wrong = program
        .call("POST", "/api/v1/surveys/import/accept", &wrong)
        .await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    let body = serde_json::json!({"mark": preview["mark"], "name": "Onderzoek"});
    let made = program
        .call("POST", "/api/v1/surveys/import/accept", &body)
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    assert_eq!(made.json()["name"], "Onderzoek");
    let dropped = program.send("DELETE", path, None, Vec::new()).await;
    assert_eq!(dropped.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn programs_bring_questionnaires_and_take_them_along() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let kind = Some("application/octet-stream");
    let path = "/api/v1/surveys/import?name=Onderzoek";
    let made = program
        .send("POST", path, kind, STUDY.as_bytes().to_vec())
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let report = made.json();
    assert_eq!(report["format"], "qsf");
    assert_eq!(
        (&report["questions_in"], &report["questions_kept"]),
        (&2.into(), &2.into())
    );
    assert_eq!(report["items"][0]["code"], "no_upload");
    let survey = format!("/api/v1/surveys/{}", report["survey"].as_str().unwrap());
    let kept = program.get(&format!("{survey}/import")).await;
    assert_eq!(kept.json(), report);
    let detail = program.get(&survey).await.json();
    assert_eq!(detail["name"], "Onderzoek");
    let file = program.get(&format!("{survey}/file")).await;
    assert_eq!(file.json()["peil_survey"], 1);

    let again = "/api/v1/surveys/import?format=json";
    let again = program.send("POST", again, kind, file.body.clone()).await;
    assert_eq!(again.json()["items"], serde_json::json!([]));
    let wrong = "/api/v1/surveys/import?format=lss";
    let wrong = program.send("POST", wrong, kind, file.body).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.json()["errors"][0]["field"], "file");
    let large = program
        .send("POST", path, kind, vec![b'{'; 10_000_001])
        .await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);

    let removed = program.send("DELETE", &survey, None, Vec::new()).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    let gone = program.get(&format!("{survey}/import")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let own = serde_json::json!({"template": "leeg", "name": "Leeg"});
    let own = program.call("POST", "/api/v1/surveys", &own).await.json();
    let path = format!("/api/v1/surveys/{}/import", own["id"].as_str().unwrap());
    assert_eq!(program.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[test]
fn every_reason_has_words() {
    let nl = include_str!("../../../peil-http/locales/nl/files.ftl");
    for reason in Reason::ALL {
        let key = format!("survey-file-reason-{} =", reason.code().replace('_', "-"));
        assert!(nl.contains(&key), "{key}");
    }
}
