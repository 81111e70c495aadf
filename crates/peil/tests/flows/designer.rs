//! Designing a questionnaire: alone, back and forth, and with two people at once.

use axum::http::StatusCode;
use peil_domain::access::Role;
use serde_json::{Value, json};

use crate::site::{Answer, Browser, Site};

/// Makes a questionnaire from a template; its address.
async fn create(browser: &mut Browser<'_>, template: &str) -> String {
    let address = format!("/surveys/new/{template}");
    let page = browser.get(&address).await;
    let answer = browser.submit(&page, &address, &[("name", "Proef")]).await;
    let made = answer.location.unwrap();
    made.split('?').next().unwrap().to_owned()
}

/// Sends a form of a page of the designer, which must work.
async fn send(
    browser: &mut Browser<'_>,
    page: &str,
    action: &str,
    typed: &[(&str, &str)],
) -> String {
    let page = browser.get(page).await;
    let answer = browser.submit(&page, action, typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location.unwrap()
}

/// Writes the Dutch text of a question upon a page that was opened before.
async fn write(
    browser: &mut Browser<'_>,
    page: &Answer,
    survey: &str,
    key: &str,
    words: &str,
) -> Answer {
    let action = format!("{survey}/questions/{key}");
    let typed = [("text.nl", words), ("do", "save")];
    browser.submit(page, &action, &typed).await
}

/// Keys of the questions in the outline, page by page.
async fn outline(browser: &mut Browser<'_>, survey: &str) -> String {
    let html = browser.get(survey).await.text();
    let pages = html.split("data-page=").skip(1).map(|page| {
        let keys = page.split("data-key=\"").skip(1);
        let keys: Vec<&str> = keys.map(|rest| rest.split('"').next().unwrap()).collect();
        keys.join(" ")
    });
    pages.collect::<Vec<_>>().join(" | ")
}

#[tokio::test]
async fn every_kind_of_the_palette_is_added_at_its_place_saved_and_shown() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "leeg").await;
    let palette = browser.get(&format!("{survey}?part=add")).await.text();
    let kinds = palette.split("name=\"kind\" value=\"").skip(1);
    let kinds: Vec<String> = kinds
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert!(kinds.len() >= 18, "{kinds:?}");
    for kind in &kinds {
        let open = send(
            &mut browser,
            &format!("{survey}?part=add&page=1"),
            &format!("{survey}/questions"),
            &[("kind", kind)],
        )
        .await;
        let key = open
            .split("open=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap()
            .to_owned();
        let page = browser.get(&open).await;
        assert_eq!(page.status, StatusCode::OK);
        let mut fields = page.hidden_fields(&format!("{survey}/questions/{key}"));
        for name in ["min", "max", "top", "step", "decimals"] {
            let html = page.text();
            let input = html
                .split("<input")
                .find(|input| input.contains(&format!("id=\"{name}\"")));
            let value = input.and_then(|input| input.split("value=\"").nth(1));
            let value = value.map(|rest| rest.split('"').next().unwrap().to_owned());
            fields.extend(value.map(|value| (name.to_owned(), value)));
        }
        let answer = browser
            .post(&format!("{survey}/questions/{key}"), &fields)
            .await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{kind}: {}",
            answer.text()
        );
    }
    let preview = browser.get(&format!("{survey}/preview")).await.text();
    assert!(
        preview.contains("type=\"range\"") || preview.contains("slider"),
        "{preview}"
    );
    assert!(
        preview.contains("Zeer ontevreden"),
        "a matrix begins with the usual words"
    );
}

#[tokio::test]
async fn questions_and_pages_are_moved_copied_joined_and_taken_out() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "leeg").await;
    for kind in ["nps", "mark", "text"] {
        let add = format!("{survey}?part=add&page=1");
        send(
            &mut browser,
            &add,
            &format!("{survey}/questions"),
            &[("kind", kind)],
        )
        .await;
    }
    assert_eq!(outline(&mut browser, &survey).await, "nps mark text");
    let place = |key: &str| format!("{survey}/questions/{key}/place");
    let open = |key: &str| format!("{survey}?open={key}");
    let page = |number: usize| format!("{survey}?part=page-{number}");
    let pages = |number: usize| format!("{survey}/pages/{number}/place");
    send(
        &mut browser,
        &open("nps"),
        &place("nps"),
        &[("do", "behind"), ("after", "text")],
    )
    .await;
    assert_eq!(outline(&mut browser, &survey).await, "mark text nps");
    send(&mut browser, &page(1), &pages(1), &[("do", "add")]).await;
    assert_eq!(outline(&mut browser, &survey).await, "mark text nps | ");
    send(
        &mut browser,
        &open("mark"),
        &place("mark"),
        &[("do", "end"), ("page", "2")],
    )
    .await;
    assert_eq!(outline(&mut browser, &survey).await, "text nps | mark");
    send(&mut browser, &page(2), &pages(2), &[("do", "up")]).await;
    send(&mut browser, &open("nps"), &place("nps"), &[("do", "copy")]).await;
    assert_eq!(
        outline(&mut browser, &survey).await,
        "mark | text nps nps_2"
    );
    send(
        &mut browser,
        &open("nps"),
        &place("nps"),
        &[("do", "start"), ("page", "1")],
    )
    .await;
    send(&mut browser, &page(2), &pages(2), &[("do", "join")]).await;
    assert_eq!(outline(&mut browser, &survey).await, "nps mark text nps_2");
    let removed = send(&mut browser, &page(1), &pages(1), &[("do", "remove")]).await;
    assert_eq!(outline(&mut browser, &survey).await, "");
    send(&mut browser, &removed, &format!("{survey}/undo"), &[]).await;
    assert_eq!(outline(&mut browser, &survey).await, "nps mark text nps_2");
}

#[tokio::test]
async fn several_changes_are_taken_back_and_made_again_and_survive_a_reload() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "leeg").await;
    for kind in ["nps", "mark", "text"] {
        let add = format!("{survey}?part=add&page=1");
        send(
            &mut browser,
            &add,
            &format!("{survey}/questions"),
            &[("kind", kind)],
        )
        .await;
    }
    let (undo, redo) = (format!("{survey}/undo"), format!("{survey}/redo"));
    for expected in ["nps mark", "nps", ""] {
        send(&mut browser, &survey, &undo, &[]).await;
        assert_eq!(outline(&mut browser, &survey).await, expected);
    }
    for expected in ["nps", "nps mark"] {
        let told = send(&mut browser, &survey, &redo, &[]).await;
        let html = browser.get(&told).await.text();
        assert!(html.contains("Opnieuw gedaan: vraag toegevoegd"), "{html}");
        assert_eq!(outline(&mut browser, &survey).await, expected);
    }
    // Something new: what was taken back before is not made again.
    let add = format!("{survey}?part=add&page=1");
    send(
        &mut browser,
        &add,
        &format!("{survey}/questions"),
        &[("kind", "csat")],
    )
    .await;
    let page = browser.get(&survey).await;
    let refused = browser.submit(&page, &redo, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn two_people_change_different_things_and_both_are_kept_and_taken_back_apart() {
    let site = Site::ready().await;
    let (mut first, mut second) = (site.owner().await, site.person(Role::Analyst).await);
    let survey = create(&mut first, "kto-kort").await;
    let mine = first.get(&format!("{survey}?open=nps")).await;
    let theirs = second.get(&format!("{survey}?open=waarom")).await;
    let answer = write(&mut second, &theirs, &survey, "waarom", "Waarom dan?").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let answer = write(&mut first, &mine, &survey, "nps", "Zou je ons aanraden?").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let html = first.get(&answer.location.unwrap()).await.text();
    assert!(html.contains("Beide wijzigingen staan erin"), "{html}");
    assert!(
        html.contains("vraag veranderd: Waarom dan?"),
        "it is said who did what: {html}"
    );
    assert!(html.contains("Zou je ons aanraden?"));

    let undo = format!("{survey}/undo");
    send(&mut first, &survey, &undo, &[]).await;
    let html = first.get(&survey).await.text();
    assert!(html.contains("Waarom dan?"), "the other change stays");
    assert!(!html.contains("Zou je ons aanraden?"), "{html}");
    let page = first.get(&survey).await;
    let nothing = first.submit(&page, &undo, &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_someone_else_typed_later_stays_when_one_takes_back() {
    let site = Site::ready().await;
    let (mut first, mut second) = (site.owner().await, site.person(Role::Analyst).await);
    let survey = create(&mut first, "kto-kort").await;
    let open = format!("{survey}?open=nps");
    let page = first.get(&open).await;
    write(&mut first, &page, &survey, "nps", "Van mij").await;
    let page = second.get(&open).await;
    write(&mut second, &page, &survey, "nps", "Van een ander").await;
    let told = send(&mut first, &open, &format!("{survey}/undo"), &[]).await;
    let html = first.get(&told).await.text();
    assert!(
        html.contains("Wat een collega daarna veranderde, is blijven staan"),
        "{html}"
    );
    assert!(html.contains("Van een ander"), "{html}");
}

#[tokio::test]
async fn the_same_words_changed_twice_are_chosen_from_without_script() {
    let site = Site::ready().await;
    let (mut first, mut second) = (site.owner().await, site.person(Role::Analyst).await);
    let survey = create(&mut first, "kto-kort").await;
    let open = format!("{survey}?open=nps");
    let (mine, theirs) = (first.get(&open).await, second.get(&open).await);
    write(&mut second, &theirs, &survey, "nps", "Van een ander").await;
    let refused = write(&mut first, &mine, &survey, "nps", "Van mij").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let html = refused.text();
    for words in ["Van mij", "Van een ander", "choose:questions/nps/text/nl"] {
        assert!(html.contains(words), "{words}: {html}");
    }
    let action = format!("{survey}/questions/nps");
    let chosen = [
        ("text.nl", "Van mij"),
        ("choose:questions/nps/text/nl", "theirs"),
        ("do", "save"),
    ];
    let answer = first.submit(&refused, &action, &chosen).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let html = first.get(&open).await.text();
    assert!(
        html.contains("Van een ander") && !html.contains("Van mij"),
        "{html}"
    );
}

#[tokio::test]
async fn what_is_typed_is_saved_by_itself_and_reviewed_at_once() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort").await;
    let open = format!("{survey}?open=waarom");
    let action = format!("{survey}/questions/waarom");
    let page = browser.get(&open).await;
    let typed = [
        ("text.nl", "Hoe geweldig vond je onze website?"),
        ("do", "auto"),
    ];
    let answer = browser.submit(&page, &action, &typed).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let html = answer.text();
    assert!(html.contains("<mark>geweldig</mark>"), "{html}");
    assert!(
        html.contains("<ins>Wat vond je van onze website?</ins>"),
        "{html}"
    );
    let better = [
        ("text.nl", "Hoe geweldig vond je onze website?"),
        ("take", "leading|nl|question waarom|geweldig"),
    ];
    let answer = browser.submit(&answer, &action, &better).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let html = browser.get(&open).await.text();
    assert!(
        html.contains("Wat vond je van onze website?</textarea>"),
        "{html}"
    );
    assert!(!html.contains("data-rule=\"leading\""), "{html}");
    let page = browser.get(&open).await;
    let two = [
        ("text.nl", "Hoe snel en vriendelijk waren we?"),
        (
            "take",
            "double_barrelled|nl|question waarom|snel en vriendelijk",
        ),
    ];
    browser.submit(&page, &action, &two).await;
    let outline = browser.get(&survey).await.text();
    assert!(
        outline.contains("Hoe snel waren we?") && outline.contains("Hoe vriendelijk waren we?")
    );
}

#[tokio::test]
async fn a_remark_is_put_aside_where_it_stands_and_what_was_typed_is_kept() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort").await;
    let open = format!("{survey}?open=waarom");
    let action = format!("{survey}/questions/waarom");
    let (code, text) = (
        "leading|nl|question waarom|geweldig",
        "Hoe geweldig vond je onze website?",
    );
    let reason = format!("reason:{code}");
    let page = browser.get(&open).await;
    let typed = [("text.nl", text), ("dismiss", code), (&reason, " ")];
    let without = browser.submit(&page, &action, &typed).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = without.text();
    assert!(html.contains("href=\"#reason-said-"), "{html}");
    assert!(html.contains(text), "what was typed stays: {html}");
    let typed = [
        ("text.nl", text),
        ("dismiss", code),
        (&reason, "Zo heet de actie."),
    ];
    let done = browser.submit(&without, &action, &typed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let page = browser.get(&open).await;
    assert!(
        !page.text().contains("data-rule=\"leading\""),
        "{}",
        page.text()
    );
    // Twice: the remark is not open any more.
    let again = browser.submit(&page, &action, &typed).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("is er niet meer"), "{}", again.text());
    let publish = format!("{survey}/publish");
    let page = browser.get(&publish).await;
    browser.submit(&page, &publish, &[]).await;
    let html = browser.get(&format!("{survey}/versions")).await.text();
    assert!(html.contains("Zo heet de actie."), "{html}");
}

#[tokio::test]
async fn answers_are_kept_last_made_to_exclude_others_and_limited_where_they_are_written() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "leeg").await;
    let add = format!("{survey}?part=add&page=1");
    send(
        &mut browser,
        &add,
        &format!("{survey}/questions"),
        &[("kind", "choices")],
    )
    .await;
    let open = format!("{survey}?open=choice");
    let action = format!("{survey}/questions/choice");
    let page = browser.get(&open).await;
    let typed = |most: &'static str| {
        [
            ("text.nl", "Wat gebruik je?"),
            ("label.nl", "Website"),
            ("label.nl", "Geen van deze"),
            ("is_multiple", "yes"),
            ("anchored", "option_2"),
            ("exclusive", "option_2"),
            ("least", "2"),
            ("most", most),
            ("do", "save"),
        ]
    };
    let refused = browser.submit(&page, &action, &typed("1")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text().contains("href=\"#most\""),
        "{}",
        refused.text()
    );
    let saved = browser.submit(&refused, &action, &typed("3")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let mut program = site.program().await;
    let path = survey.replace("/surveys/", "/api/v1/surveys/");
    let draft = program.get(&path).await.json();
    let asked = &draft["draft"]["pages"][0]["questions"][0];
    assert_eq!(asked["rules"], json!({ "least": 2, "most": 3 }), "{asked}");
    let last = &asked["options"][1];
    assert_eq!(last["label"]["nl"], "Geen van deze");
    assert_eq!(
        (&last["is_anchored"], &last["is_exclusive"]),
        (&json!(true), &json!(true))
    );
}

#[tokio::test]
async fn programs_arrange_a_draft_go_back_and_forth_and_read_what_was_done() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let body = json!({ "template": "kto-kort", "name": "Kort" });
    let made = program.call("POST", "/api/v1/surveys", &body).await;
    let path = format!(
        "/api/v1/surveys/{}/draft",
        made.json()["id"].as_str().unwrap()
    );
    let keys = |answer: &Answer| {
        let pages = answer.json()["draft"]["pages"].as_array().unwrap().clone();
        let questions = pages
            .iter()
            .flat_map(|page| page["questions"].as_array().unwrap().clone());
        let keys: Vec<String> = questions
            .map(|question| question["key"].as_str().unwrap().to_owned())
            .collect();
        keys
    };
    let before = keys(&made);
    let tag = |answer: &Answer| answer.headers["etag"].to_str().unwrap().to_owned();
    let copy = json!({ "do": "copy_question", "question": before[0] });
    let arrange = format!("{path}/arrangement");
    program.headers.push(("if-match", tag(&made)));
    let copied = program.call("POST", &arrange, &copy).await;
    assert_eq!(copied.status, StatusCode::OK, "{}", copied.text());
    assert_eq!(keys(&copied).len(), before.len() + 1);
    let stale = program.call("POST", &arrange, &copy).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    program.headers.pop();
    program.headers.push(("if-match", tag(&copied)));
    let wrong = json!({ "do": "move_question", "question": "Geen sleutel", "page": 1 });
    let refused = program.call("POST", &arrange, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let undone = program
        .call("POST", &format!("{path}/undo"), &Value::Null)
        .await;
    assert_eq!(keys(&undone), before);
    program.headers.pop();
    program.headers.push(("if-match", tag(&undone)));
    let redone = program
        .call("POST", &format!("{path}/redo"), &Value::Null)
        .await;
    assert_eq!(keys(&redone), keys(&copied));
    program.headers.pop();
    let known = program.get(&format!("{path}/edits")).await.json();
    assert_eq!(known["undo"]["deed"], "copied", "{known}");
    assert_eq!(known["steps"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_draft_is_tried_from_its_first_page_to_its_thanks_and_nothing_is_kept() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort").await;
    let address = format!("{survey}/try");
    let first = browser.get(&address).await;
    assert!(first.text().contains("Proefrit"), "{}", first.text());
    let refused = browser.submit(&first, &address, &[("_go", "next")]).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.text()
    );
    let answers = [
        ("nps", "3"),
        ("csat", "2"),
        ("tevreden", "2"),
        ("ces", "2"),
        ("_go", "next"),
    ];
    let mut page = browser.submit(&refused, &address, &answers).await;
    for _ in 0..5 {
        if page.text().contains("data-done") {
            break;
        }
        page = browser.submit(&page, &address, &answers).await;
    }
    assert!(page.text().contains("data-done"), "{}", page.text());
    let listed = browser.get("/responses").await.text();
    assert!(!listed.contains("row-link"), "nothing was kept: {listed}");
    let foreign = browser
        .post(&address, &[("_go".into(), "next".into())])
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_is_known_of_the_customer_is_chosen_before_a_draft_is_tried() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort").await;
    let condition = [
        ("written", "text"),
        ("formula", "contact.segment = 'zakelijk'"),
        ("do", "save"),
    ];
    let place = format!("{survey}/logic/question.waarom");
    let page = browser.get(&place).await;
    browser.submit(&page, &place, &condition).await;
    let who = browser.get(&format!("{survey}/try")).await.text();
    assert!(who.contains("Wie vult in?"), "{who}");
    assert!(who.contains("name=\"_known.segment\""), "{who}");
    let is_asked = async |browser: &mut Browser<'_>, segment: &str| {
        let address = format!("{survey}/try?begin=1&_known.segment={segment}");
        let mut page = browser.get(&address).await;
        let answers = [
            ("nps", "3"),
            ("csat", "2"),
            ("tevreden", "2"),
            ("ces", "2"),
            ("_go", "next"),
        ];
        for _ in 0..6 {
            let html = page.text();
            if html.contains("name=\"waarom\"") || html.contains("data-done") {
                break;
            }
            page = browser
                .submit(&page, &format!("{survey}/try"), &answers)
                .await;
        }
        page.text().contains("name=\"waarom\"")
    };
    assert!(is_asked(&mut browser, "zakelijk").await);
    assert!(!is_asked(&mut browser, "particulier").await);
}

#[tokio::test]
async fn an_empty_page_is_told_before_publishing_and_texts_list_what_can_be_filled_in() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "kto-kort").await;
    let first = format!("{survey}?part=page-1");
    let pages = format!("{survey}/pages/1/place");
    send(&mut browser, &first, &pages, &[("do", "add")]).await;
    let html = browser.get(&format!("{survey}/publish")).await.text();
    assert!(html.contains("Op deze pagina staat niets"), "{html}");
    for place in ["?open=nps", "?part=texts", "?part=page-1"] {
        let html = browser.get(&format!("{survey}{place}")).await.text();
        assert!(html.contains("data-blank=\"{{naam}}\""), "{place}: {html}");
    }
}
