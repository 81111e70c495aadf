//! A questionnaire from template to its second version, and who may touch it.

use axum::http::StatusCode;
use peil_domain::access::Role;
use serde_json::{Value, json};

use crate::site::{Answer, Browser, Site};

/// Makes a questionnaire from a template; its address.
pub(crate) async fn create(browser: &mut Browser<'_>, template: &str, name: &str) -> String {
    let address = format!("/surveys/new/{template}");
    let page = browser.get(&address).await;
    let answer = browser.submit(&page, &address, &[("name", name)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer
        .location
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned()
}

/// Publishes what is in the draft.
pub(crate) async fn publish(browser: &mut Browser<'_>, survey: &str) -> Answer {
    let address = format!("{survey}/publish");
    let page = browser.get(&address).await;
    browser.submit(&page, &address, &[]).await
}

/// Calls the API with `If-Match`.
pub(crate) async fn change(
    program: &mut Browser<'_>,
    method: &str,
    path: &str,
    tag: &str,
    body: &Value,
) -> Answer {
    program.headers.push(("if-match", tag.to_owned()));
    let answer = program.call(method, path, body).await;
    program.headers.pop();
    answer
}

#[tokio::test]
async fn a_template_becomes_a_live_survey_and_a_change_becomes_its_second_version() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let html = browser.get("/surveys").await.text();
    assert!(html.contains("Hier komen je vragenlijsten"), "{html}");
    let survey = create(&mut browser, "kto-kort", "Kort onderzoek").await;
    let answer = publish(&mut browser, &survey).await;
    let shared = answer.location.unwrap();
    assert!(shared.starts_with(&format!("{survey}/share")), "{shared}");
    let html = browser.get(&shared).await.text();
    assert!(html.contains("http://peil.test/s/kort-onderzoek"), "{html}");

    let page = browser.get(&format!("{survey}?open=nps")).await;
    let action = format!("{survey}/questions/nps");
    let typed = [
        ("text.nl", "Zou je ons aanraden?"),
        ("text.en", "Would you recommend us?"),
        ("is_required", "on"),
        ("do", "save"),
    ];
    let answer = browser.submit(&page, &action, &typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let html = browser.get("/surveys").await.text();
    assert!(html.contains("wijzigingen nog niet gepubliceerd"), "{html}");

    publish(&mut browser, &survey).await;
    let html = browser.get(&format!("{survey}/versions")).await.text();
    assert!(
        html.contains("versie 2") && html.contains("<ins>Zou je ons aanraden?</ins>"),
        "{html}"
    );
    assert!(
        html.contains("Het cijfer kan hierdoor verschuiven"),
        "{html}"
    );
}

#[tokio::test]
async fn someone_who_saves_upon_an_old_draft_is_told_so_and_loses_nothing() {
    let site = Site::ready().await;
    let (mut first, mut second) = (site.owner().await, site.owner().await);
    let survey = create(&mut first, "kto-kort", "Kort").await;
    let open = format!("{survey}?open=waarom");
    let action = format!("{survey}/questions/waarom");
    let (mine, theirs) = (first.get(&open).await, second.get(&open).await);
    let typed = [("text.nl", "Waarom dan?"), ("do", "save")];
    let answer = second.submit(&theirs, &action, &typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);

    let typed = [("text.nl", "Mijn <b>woorden</b>"), ("do", "save")];
    let refused = first.submit(&mine, &action, &typed).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let html = refused.text();
    assert!(
        html.contains("Iemand anders heeft deze vragenlijst intussen veranderd"),
        "{html}"
    );
    assert!(html.contains("Mijn &#60;b&#62;woorden"), "{html}");
    // The page that says so knows the new revision, so that saving again works.
    let answer = first.submit(&refused, &action, &typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[tokio::test]
async fn a_removed_question_comes_back_by_undoing_and_words_typed_into_it_are_shown() {
    let site = Site::ready().await;
    let (mut first, mut second) = (site.owner().await, site.owner().await);
    let survey = create(&mut first, "kto-kort", "Kort").await;
    let page = first.get(&format!("{survey}?open=beter")).await;
    let place = format!("{survey}/questions/beter/place");
    let other = second.get(&format!("{survey}?open=beter")).await;
    let answer = second.submit(&other, &place, &[("do", "remove")]).await;
    let removed = answer.location.unwrap();

    let action = format!("{survey}/questions/beter");
    let typed = [("text.nl", "Lang over nagedacht"), ("do", "save")];
    let refused = first.submit(&page, &action, &typed).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.text().contains("<li>Lang over nagedacht</li>"),
        "{}",
        refused.text()
    );

    let page = second.get(&removed).await;
    assert!(!page.text().contains("id=\"q-beter\""));
    let undo = format!("{survey}/undo");
    let answer = second.submit(&page, &undo, &[]).await;
    let html = second.get(&answer.location.unwrap()).await.text();
    assert!(html.contains("id=\"q-beter\""), "{html}");
    let again = second.submit(&page, &undo, &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_unfinished_is_listed_and_cannot_be_published() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "leeg", "Leeg").await;
    let html = browser.get(&format!("{survey}/publish")).await.text();
    assert!(html.contains("Er staat nog geen vraag in."), "{html}");
    let page = browser.get(&format!("{survey}?part=add")).await;
    let add = format!("{survey}/questions");
    let answer = browser.submit(&page, &add, &[("kind", "choice")]).await;
    assert!(answer.location.unwrap().contains("open=choice"));
    let page = browser.get(&format!("{survey}/publish")).await;
    assert!(
        page.text().contains("Antwoord 1 heeft geen tekst"),
        "{}",
        page.text()
    );
    assert!(
        page.text()
            .contains(&format!("{survey}?open=choice#q-choice"))
    );
    let page = browser.get(&format!("{survey}/settings")).await;
    let csrf = page.hidden_fields(&format!("{survey}/settings"));
    let answer = browser.post(&format!("{survey}/publish"), &csrf).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn options_are_added_moved_and_removed_without_losing_what_was_typed() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "leeg", "Leeg").await;
    let page = browser.get(&format!("{survey}?part=add")).await;
    browser
        .submit(&page, &format!("{survey}/questions"), &[("kind", "choice")])
        .await;
    let action = format!("{survey}/questions/choice");
    let open = format!("{survey}?open=choice");
    for (what, expected) in [
        ("add-option", ["Rood", "Blauw"]),
        ("down:0", ["Blauw", "Rood"]),
    ] {
        let page = browser.get(&open).await;
        let labels = [("label.nl", "Rood"), ("label.nl", "Blauw"), ("do", what)];
        let answer = browser.submit(&page, &action, &labels).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let html = browser.get(&open).await.text();
        let place = |word: &str| html.find(&format!("value=\"{word}\"")).unwrap();
        assert!(place(expected[0]) < place(expected[1]), "{html}");
        assert!(html.contains("value=\"option_3\""), "{html}");
    }
}

#[tokio::test]
async fn a_viewer_may_look_but_not_touch_and_strangers_see_nothing() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let survey = create(&mut owner, "kto-kort", "Kort").await;
    let mut viewer = site.person(Role::Viewer).await;
    let page = viewer.get(&survey).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        !page.text().contains("/place"),
        "no form for someone who may not save"
    );
    let account = viewer.get("/account").await;
    let mut fields = account.hidden_fields("/account/password");
    fields.push(("kind".into(), "nps".into()));
    let answer = viewer.post(&format!("{survey}/questions"), &fields).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(
        viewer.get("/surveys/new").await.status,
        StatusCode::FORBIDDEN
    );

    let other = Site::ready().await;
    let mut stranger = other.owner().await;
    for page in [
        "",
        "/preview",
        "/settings",
        "/versions",
        "/share",
        "/publish",
        "/qr.svg",
    ] {
        let answer = stranger.get(&format!("{survey}{page}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(
        stranger.get("/surveys/geen-id").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_preview_shows_the_draft_and_the_codes_lead_to_the_link() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-relatie", "KTO").await;
    let html = browser
        .get(&format!("{survey}/preview?language=en&page=2"))
        .await
        .text();
    assert!(html.contains("What you get from us"), "{html}");
    let png = browser.get(&format!("{survey}/qr.png?download=1")).await;
    assert_eq!(png.kind, "image/png");
    assert!(
        png.headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    assert_eq!(
        browser.get(&format!("{survey}/qr.svg")).await.kind,
        "image/svg+xml"
    );
}

#[tokio::test]
async fn programs_change_a_survey_only_at_the_revision_that_they_read() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let body = json!({ "template": "kto-kort", "name": "Kort", "slug": "kort" });
    let made = program.call("POST", "/api/v1/surveys", &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let path = format!("/api/v1/surveys/{}", made.json()["id"].as_str().unwrap());
    let tag = made.headers["etag"].to_str().unwrap().to_owned();
    let mut draft = made.json()["draft"].clone();
    draft["title"]["nl"] = json!("Anders");
    let address = format!("{path}/draft");
    let answer = program.call("PUT", &address, &draft).await;
    assert_eq!(answer.status, StatusCode::PRECONDITION_REQUIRED);
    let answer = change(&mut program, "PUT", &address, &tag, &draft).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["draft"]["title"]["nl"], "Anders");
    let newer = answer.headers["etag"].to_str().unwrap().to_owned();
    let answer = change(&mut program, "PUT", &address, &tag, &draft).await;
    assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED);
    let undo = format!("{path}/draft/undo");
    let answer = change(&mut program, "POST", &undo, &newer, &Value::Null).await;
    assert_eq!(answer.json()["draft"]["title"]["nl"], "Hoe doen we het?");

    let version = program
        .call("POST", &format!("{path}/publish"), &Value::Null)
        .await;
    assert_eq!(version.json()["number"], 1, "{}", version.text());
    let listed = program.get("/api/v1/surveys?limit=1").await.json();
    assert_eq!(listed["items"][0]["state"], "live", "{listed}");
    let answer = program.send("DELETE", &path, None, Vec::new()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(program.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn programs_cannot_store_what_nobody_can_walk_through() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let body = json!({ "template": "leeg", "name": "Leeg" });
    let made = program.call("POST", "/api/v1/surveys", &body).await.json();
    let path = format!("/api/v1/surveys/{}/draft", made["id"].as_str().unwrap());
    let draft = |question: Value| json!({ "languages": ["nl"], "title": { "nl": "T" }, "pages": [{ "questions": [question] }] });
    let question = |extra: Value| {
        let mut question = json!({ "key": "q", "text": { "nl": "Vraag?" } });
        question
            .as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        question
    };
    let endless = "a".repeat(1_001);
    for bad in [
        question(json!({ "kind": "rating", "min": 0, "max": 2_147_483_647, "top": 1 })),
        question(json!({ "kind": "nps", "text": { "nl": "nul\u{0}teken" } })),
        question(json!({ "kind": "nps", "text": { "nl": endless } })),
        question(json!({ "kind": "nps", "key": "Geen sleutel" })),
        question(json!({ "kind": "nps", "text": { "xx": "?" } })),
        question(json!({ "kind": "onbekend" })),
    ] {
        let answer = change(&mut program, "PUT", &path, "\"1\"", &draft(bad.clone())).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert_eq!(answer.kind, "application/problem+json");
    }
    let body = json!({ "template": "leeg", "name": "nul\u{0}" });
    let answer = program.call("POST", "/api/v1/surveys", &body).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text()
    );
}
