//! Writing logic on screen without script: conditions as rows and as a formula, jumps, quotas,
//! values, endings, rows of answers, and putting remarks of the reviewer aside.

use axum::http::StatusCode;

use crate::site::{Answer, Browser, Site};

/// Makes a questionnaire from a template; its address.
async fn create(browser: &mut Browser<'_>, name: &str) -> String {
    let address = "/surveys/new/kto-kort";
    let page = browser.get(address).await;
    let answer = browser.submit(&page, address, &[("name", name)]).await;
    let place = answer.location.unwrap();
    place.split('?').next().unwrap().to_owned()
}

/// Sends the form of a place with what is typed.
async fn send(browser: &mut Browser<'_>, address: &str, typed: &[(&str, &str)]) -> Answer {
    let page = browser.get(address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    browser.submit(&page, address, typed).await
}

/// The draft as the API gives it.
async fn draft(site: &Site, survey: &str) -> serde_json::Value {
    let mut program = site.program().await;
    let path = survey.replace("/surveys/", "/api/v1/surveys/");
    program
        .call("GET", &path, &serde_json::Value::Null)
        .await
        .json()["draft"]
        .clone()
}

fn question<'a>(draft: &'a serde_json::Value, key: &str) -> &'a serde_json::Value {
    let pages = draft["pages"].as_array().unwrap();
    let mut questions = pages
        .iter()
        .flat_map(|page| page["questions"].as_array().unwrap());
    questions.find(|question| question["key"] == key).unwrap()
}

/// Key of the question behind the NPS question.
async fn second_key(site: &Site, survey: &str) -> String {
    let draft = draft(site, survey).await;
    let pages = draft["pages"].as_array().unwrap();
    let questions = pages
        .iter()
        .flat_map(|page| page["questions"].as_array().unwrap());
    let mut keys = questions.map(|question| question["key"].as_str().unwrap());
    keys.find(|key| *key == "nps").unwrap();
    keys.next().unwrap().to_owned()
}

#[tokio::test]
async fn a_condition_is_built_row_by_row_and_read_back_as_a_sentence() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "Met voorwaarde").await;
    let key = second_key(&site, &survey).await;
    let address = format!("{survey}/logic/question.{key}");
    let html = browser.get(&address).await.text();
    assert!(html.contains("Iedereen krijgt deze vraag."), "{html}");
    // Without script a row is added by a button that saves nothing.
    let added = send(
        &mut browser,
        &address,
        &[("do", "add"), ("new-subject", "nps")],
    )
    .await;
    assert_eq!(added.status, StatusCode::OK);
    assert!(added.text().contains("name=\"how-0\""), "{}", added.text());
    let row = [
        ("subject-0", "nps"),
        ("group-0", "0"),
        ("how-0", "at-most"),
        ("joined", "all"),
    ];
    let empty = browser
        .submit(&added, &address, &[&row[..], &[("do", "save")]].concat())
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        empty.text().contains("href=\"#value-0\""),
        "{}",
        empty.text()
    );
    let typed = [&row[..], &[("value-0", "6"), ("do", "save")]].concat();
    let saved = browser.submit(&added, &address, &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let shown = draft(&site, &survey).await;
    assert_eq!(question(&shown, &key)["show_if"], "nps <= 6");
    let html = browser.get(&format!("{survey}/logic")).await.text();
    assert!(
        html.contains("Alleen vragen als de NPS 6 of lager is."),
        "{html}"
    );
}

#[tokio::test]
async fn a_formula_that_rows_cannot_say_stays_untouched_and_a_fault_is_told_with_its_place() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "Met formule").await;
    let key = second_key(&site, &survey).await;
    let address = format!("{survey}/logic/question.{key}");
    let typed = |formula: &'static str| [("written", "text"), ("formula", formula), ("do", "save")];
    let wrong = send(&mut browser, &address, &typed("nps <= 6 6")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("(teken 10)"), "{}", wrong.text());
    assert!(wrong.text().contains("nps &lt;= 6 6") || wrong.text().contains("nps &#60;= 6 6"));
    let saved = send(&mut browser, &address, &typed("max(nps, 3) <= 6")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = browser.get(&address).await;
    assert!(
        page.text().contains("past niet in regels"),
        "{}",
        page.text()
    );
    let kept = browser
        .submit(&page, &address, &typed("max(nps, 3) <= 6"))
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let shown = draft(&site, &survey).await;
    assert_eq!(question(&shown, &key)["show_if"], "max(nps, 3) <= 6");
    // A condition on what is asked later is saved, and told beside it and before publishing.
    let nps = format!("{survey}/logic/question.nps");
    let formula = format!("{key} is not empty");
    let fields = [
        ("written", "text"),
        ("formula", formula.as_str()),
        ("do", "save"),
    ];
    let later = send(&mut browser, &nps, &fields).await;
    let stays = later.location.unwrap();
    assert!(stays.contains("logic/question.nps"), "{stays}");
    for address in [
        stays,
        format!("{survey}/logic"),
        format!("{survey}/publish"),
    ] {
        let html = browser.get(&address).await.text();
        assert!(
            html.contains("pas later wordt gevraagd"),
            "{address}: {html}"
        );
    }
}

#[tokio::test]
async fn quotas_endings_values_and_jumps_are_made_changed_and_taken_away() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "Alles").await;
    let place = |place: &str| format!("{survey}/logic/{place}");
    let made = send(
        &mut browser,
        &place("quota.new"),
        &[("name", "Eerste honderd"), ("most", "100"), ("do", "save")],
    )
    .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let row = [
        ("subject-0", "nps"),
        ("group-0", "0"),
        ("how-0", "at-least"),
        ("value-0", "9"),
        ("joined", "all"),
        ("do", "save"),
    ];
    let text = [("ending.nl", "Fijn!"), ("ending.en", "Great!")];
    let made = send(
        &mut browser,
        &place("ending.new"),
        &[&row[..], &text[..]].concat(),
    )
    .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let without = send(&mut browser, &place("ending.new"), &[("do", "save")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let value = [
        ("name", "Totaal"),
        ("function", "own"),
        ("value", "nps + 1"),
        ("do", "save"),
    ];
    let made = send(&mut browser, &place("value.new"), &value).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let jump = [&row[..], &[("to", "end")]].concat();
    let made = send(&mut browser, &place("jump.1.new"), &jump).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let time = [("minutes", "30"), ("shows_progress", "on"), ("do", "save")];
    let made = send(&mut browser, &place("pace"), &time).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let shown = draft(&site, &survey).await;
    assert_eq!(shown["quotas"][0]["key"], "eerste_honderd");
    assert_eq!(shown["endings"][0]["when"], "nps >= 9");
    assert_eq!(shown["calculations"][0]["formula"], "nps + 1");
    assert_eq!(shown["pages"][0]["jumps"][0]["to"], "end");
    assert_eq!(shown["time_out_minutes"], 30);
    for spot in [
        "quota.eerste_honderd",
        "ending.1",
        "value.totaal",
        "jump.1.1",
    ] {
        let gone = send(&mut browser, &place(spot), &[("do", "remove")]).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text());
        let again = browser.get(&place(spot)).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "{spot}");
    }
}

#[tokio::test]
async fn why_is_asked_by_score_and_a_form_made_on_an_older_draft_goes_together_with_it() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "Waarom").await;
    let question_of = format!("{survey}/questions/nps");
    let old = browser.get(&format!("{survey}/logic/quota.new")).await;
    let page = browser.get(&format!("{survey}?open=nps")).await;
    let text = [("text.nl", "Zou je ons aanraden?"), ("do", "why")];
    let asked = browser.submit(&page, &question_of, &text).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
    let shown = draft(&site, &survey).await;
    assert_eq!(question(&shown, "nps_why_low")["show_if"], "nps <= 6");
    assert_eq!(question(&shown, "nps_why_others")["show_if"], "nps > 6");
    // What was written upon the draft before goes together with it.
    let typed = [("name", "Later"), ("most", "7"), ("do", "save")];
    let late = browser
        .submit(&old, &format!("{survey}/logic/quota.new"), &typed)
        .await;
    assert_eq!(late.status, StatusCode::SEE_OTHER, "{}", late.text());
    let shown = draft(&site, &survey).await;
    assert_eq!(shown["quotas"][0]["most"], 7);
    assert_eq!(question(&shown, "nps_why_low")["show_if"], "nps <= 6");
}

#[tokio::test]
async fn two_people_write_the_same_condition_and_the_later_one_chooses() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "Samen").await;
    let key = second_key(&site, &survey).await;
    let address = format!("{survey}/logic/question.{key}");
    let (mine, theirs) = (browser.get(&address).await, browser.get(&address).await);
    let typed = |formula: &'static str| [("written", "text"), ("formula", formula), ("do", "save")];
    let first = browser.submit(&theirs, &address, &typed("nps <= 4")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
    let refused = browser.submit(&mine, &address, &typed("nps <= 6")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let (html, choice) = (refused.text(), format!("choose:questions/{key}/show_if"));
    for words in ["de NPS 6 of lager is", "de NPS 4 of lager is", &choice] {
        assert!(html.contains(words), "{words}: {html}");
    }
    let chosen = [&typed("nps <= 6")[..], &[(&choice, "theirs")]].concat();
    let saved = browser.submit(&refused, &address, &chosen).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let shown = draft(&site, &survey).await;
    assert_eq!(question(&shown, &key)["show_if"], "nps <= 4");
    // Who comes too late to something that is gone is told so.
    let place = format!("{survey}/logic/quota.new");
    let quota = [("name", "Vol"), ("most", "10"), ("do", "save")];
    send(&mut browser, &place, &quota).await;
    let place = format!("{survey}/logic/quota.vol");
    let open = browser.get(&place).await;
    send(&mut browser, &place, &[("do", "remove")]).await;
    let gone = browser
        .submit(&open, &place, &[("most", "20"), ("do", "save")])
        .await;
    assert!(gone.location.unwrap().ends_with("done=logic-gone"));
}

#[tokio::test]
async fn a_remark_is_put_aside_with_a_reason_and_comes_back_when_the_text_changes() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let survey = create(&mut browser, "Meedenken").await;
    let write = async |browser: &mut Browser<'_>, text: &str| {
        let page = browser.get(&format!("{survey}?open=nps")).await;
        let action = format!("{survey}/questions/nps");
        let typed = [("text.nl", text), ("text.en", "Would you?"), ("do", "save")];
        let saved = browser.submit(&page, &action, &typed).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    };
    write(&mut browser, "Hoe geweldig vond je onze website?").await;
    let address = format!("{survey}/findings");
    let aside = [
        ("finding", "leading|nl|question nps|geweldig"),
        ("do", "dismiss"),
    ];
    let page = browser.get(&address).await;
    assert!(page.text().contains("geweldig"), "{}", page.text());
    let csrf = |page: &Answer| page.hidden_fields(&address);
    let hidden = csrf(&page);
    let post = async |browser: &mut Browser<'_>, more: &[(&str, &str)]| {
        let mut fields: Vec<(String, String)> = hidden
            .iter()
            .filter(|(name, _)| name == "csrf")
            .take(1)
            .cloned()
            .collect();
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        fields.extend(more.iter().map(owned));
        browser.post(&address, &fields).await
    };
    let without = post(&mut browser, &aside).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reason = [&aside[..], &[("reason", "Zo heet onze actie.")]].concat();
    let done = post(&mut browser, &reason).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let html = browser.get(&address).await.text();
    assert!(
        html.contains("Zo heet onze actie.") && html.contains("1 opmerking opzijgezet"),
        "{html}"
    );
    // It is kept with the version that is published.
    let publish = format!("{survey}/publish");
    let page = browser.get(&publish).await;
    browser.submit(&page, &publish, &[]).await;
    let path = survey.replace("/surveys/", "/api/v1/surveys/");
    let mut program = site.program().await;
    let kept = program
        .call(
            "GET",
            &format!("{path}/versions/1/dismissals"),
            &serde_json::Value::Null,
        )
        .await
        .json();
    assert_eq!(kept["items"][0]["reason"], "Zo heet onze actie.");
    write(&mut browser, "Hoe geweldig vond je onze nieuwe website?").await;
    let html = browser.get(&address).await.text();
    assert!(!html.contains("opzijgezet"), "{html}");
}
