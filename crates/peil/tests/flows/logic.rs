//! Every kind of question, conditions, jumps, quotas and going on where one stopped, as a browser
//! without script meets them.

use axum::http::{StatusCode, header};
use peil_domain::{
    response::{AnswerValue, Completion, Flag},
    shared::{Language, LocalDay, QuestionKey},
    survey::{ContactField, Definition},
};

use crate::{
    respond::{Asking, TOKEN},
    site::{Answer, Browser},
};

fn every_kind() -> Definition {
    serde_json::from_str(include_str!("../../../peil-http/tests/every_kind.json")).unwrap()
}

/// A short questionnaire with these pages and whatever else.
fn short(parts: &serde_json::Value) -> Definition {
    let mut whole = serde_json::json!({
        "languages": ["nl"],
        "title": { "nl": "Kort" },
        "pages": [{ "questions": [{ "key": "nps", "text": { "nl": "NPS?" }, "kind": "nps" }] }],
    });
    for (name, part) in parts.as_object().unwrap() {
        whole[name] = part.clone();
    }
    serde_json::from_value(whole).unwrap()
}

async fn send(browser: &mut Browser<'_>, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    browser.submit(page, "/s/kto", fields).await
}

async fn thanks(browser: &mut Browser<'_>, answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let to = answer.location.as_deref().unwrap();
    browser.get(to).await.text()
}

const FIRST: [(&str, &str); 4] = [
    ("nps", "3"),
    ("reden", "Te traag"),
    ("gebruikt", "klacht"),
    ("gebruikt", "gekocht"),
];
const SECOND: [(&str, &str); 7] = [
    ("prijs", "5"),
    ("service", "1"),
    ("levering", "n/a"),
    ("rang_prijs", "2"),
    ("rang_service", "1"),
    ("rang_snelheid", "3"),
    ("gemak", "70"),
];
const THIRD: [(&str, &str); 6] = [
    ("bedrag", "12,5"),
    ("dag", "2026-03-09"),
    ("postcode", "1234 ab"),
    ("akkoord", "1"),
    ("wie__name", "Jo"),
    ("wie__email", "jo@example.com"),
];

#[tokio::test]
async fn every_kind_of_question_is_answered_without_script_and_stored() {
    let asking = Asking::own(every_kind()).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let html = page.text();
    assert!(
        html.contains("Dag daar.") && html.contains("jouw buurt"),
        "{html}"
    );
    assert!(
        html.contains("data-if") && html.contains("logic.js"),
        "{html}"
    );
    let page = send(&mut browser, &page, &FIRST).await;
    let html = page.text();
    assert_eq!(
        html.matches("<fieldset class=\"card\"").count(),
        3,
        "{html}"
    );
    assert!(
        !html.contains("logic.js"),
        "nothing depends on this page: {html}"
    );
    let page = send(&mut browser, &page, &SECOND).await;
    let html = page.text();
    assert!(
        html.contains("type=\"date\"") && html.contains("min=\"2020-01-01\""),
        "{html}"
    );
    let answer = send(&mut browser, &page, &THIRD).await;
    let html = thanks(&mut browser, &answer).await;
    assert!(html.contains("Wij gaan ermee aan de slag"), "{html}");
    let stored = asking.stored().await;
    let value = |key: &str| {
        let found = stored
            .answers
            .iter()
            .find(|answer| answer.key.as_str() == key);
        found.map(|answer| answer.value.clone()).unwrap()
    };
    let score = AnswerValue::Score;
    assert_eq!((value("prijs"), value("service")), (score(5), score(1)));
    assert_eq!(value("levering"), AnswerValue::NotApplicable);
    assert_eq!(
        (value("rang_service"), value("rang_prijs")),
        (score(1), score(2))
    );
    assert_eq!((value("gemak"), value("bedrag")), (score(70), score(1_250)));
    let day = LocalDay::from_date("2026-03-09".parse().unwrap());
    assert_eq!((value("dag"), value("akkoord")), (score(day.0), score(1)));
    let AnswerValue::Details(details) = value("wie") else {
        panic!("details")
    };
    assert_eq!(details.len(), 2);
    assert_eq!(details[&ContactField::Email], "jo@example.com");
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_every_row_and_field() {
    let asking = Asking::own(every_kind()).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let first = send(
        &mut browser,
        &page,
        &[
            ("nps", "3"),
            ("reden", "x"),
            ("gebruikt", "niets"),
            ("gebruikt", "gekocht"),
        ],
    )
    .await;
    let html = first.text();
    assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        html.contains("ten minste 3 tekens") && html.contains("niet samen"),
        "{html}"
    );
    let page = send(&mut browser, &page, &FIRST).await;
    let wrong = [("prijs", "5"), ("rang_prijs", "1"), ("rang_service", "1")];
    let second = send(&mut browser, &page, &wrong).await;
    let html = second.text();
    for id in [
        "service-e",
        "levering-e",
        "rang_service-e",
        "rang_snelheid-e",
    ] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}: {html}");
    }
    assert!(
        html.contains("href=\"#rang_service\"") && html.contains("twee keer"),
        "{html}"
    );
    let page = send(&mut browser, &page, &SECOND).await;
    let wrong = [
        ("bedrag", "12,345"),
        ("dag", "2031-01-01"),
        ("postcode", "12"),
        ("akkoord", "1"),
    ];
    let html = send(&mut browser, &page, &wrong).await.text();
    for said in [
        "achter de komma",
        "tot en met",
        "zoals 1234 AB.",
        "Beantwoord deze vraag",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    let wrong = [("akkoord", "1"), ("wie__email", "geen adres")];
    let html = send(&mut browser, &page, &wrong).await.text();
    assert!(
        html.contains("href=\"#wie__email\"") && html.contains("id=\"wie__email-e\""),
        "beside the field: {html}"
    );
    assert!(!html.contains("id=\"wie-e\""), "and only there: {html}");
}

#[tokio::test]
async fn a_jump_leaves_pages_out_and_their_answers_are_dropped() {
    let asking = Asking::own(every_kind()).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let page = send(
        &mut browser,
        &page,
        &[("nps", "9"), ("reden", "niet gevraagd")],
    )
    .await;
    assert!(page.text().contains("Hoeveel euro"), "{}", page.text());
    let back = send(&mut browser, &page, &[("_go", "back"), ("akkoord", "0")]).await;
    assert!(
        back.text().contains("value=\"9\" checked"),
        "{}",
        back.text()
    );
    let answer = send(&mut browser, &page, &[("prijs", "1"), ("akkoord", "0")]).await;
    let html = thanks(&mut browser, &answer).await;
    assert!(!html.contains("aan de slag"), "{html}");
    let stored = asking.stored().await;
    let keys: Vec<&str> = stored
        .answers
        .iter()
        .map(|answer| answer.key.as_str())
        .collect();
    assert_eq!(keys, ["nps", "akkoord"]);
}

#[tokio::test]
async fn a_full_quota_keeps_the_answer_says_so_and_counts_it_nowhere() {
    let asking = Asking::own(short(&serde_json::json!({
        "quotas": [
            { "key": "laag", "when": "nps <= 6", "most": 1, "text": { "nl": "Genoeg gehoord." } },
            { "key": "allen", "most": 100 },
        ],
    })))
    .await;
    for (score, is_full) in [("3", false), ("4", true), ("9", false), ("2", true)] {
        let mut browser = asking.site.visitor();
        let page = browser.get("/s/kto").await;
        let answer = send(&mut browser, &page, &[("nps", score)]).await;
        let html = thanks(&mut browser, &answer).await;
        assert_eq!(html.contains("Genoeg gehoord."), is_full, "{score}: {html}");
        let again = send(&mut browser, &page, &[("nps", score)]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
    }
    let all = asking.all_stored().await;
    let complete = all
        .iter()
        .filter(|one| one.completion == Completion::Complete);
    assert_eq!((all.len(), complete.count()), (4, 2));
    let marked = all
        .iter()
        .filter(|one| one.flags.contains(&Flag::OverQuota));
    assert_eq!(marked.count(), 2);
}

#[tokio::test]
async fn an_invited_customer_goes_on_where_they_stopped() {
    let asking = Asking::own(every_kind()).await;
    asking.invite(30).await;
    let path = format!("/r/{TOKEN}");
    let mut browser = asking.site.visitor();
    let page = browser.get(&path).await;
    let second = browser.submit(&page, &path, &FIRST).await;
    assert!(second.text().contains("How satisfied"), "{}", second.text());
    let mut elsewhere = asking.site.visitor();
    let again = elsewhere.get(&path).await;
    let html = again.text();
    assert!(
        html.contains("How satisfied") && html.contains("value=\"Te traag\""),
        "{html}"
    );
    let third = elsewhere.submit(&again, &path, &SECOND).await;
    let done = elsewhere.submit(&third, &path, &THIRD).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let all = asking.all_stored().await;
    assert_eq!(all.len(), 1, "one way, one submission");
    assert_eq!(
        (all[0].completion, all[0].language),
        (Completion::Complete, Language::En)
    );
    assert_eq!(elsewhere.get(&path).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_order_that_was_shown_is_kept_with_the_answer() {
    let asking = Asking::own(every_kind()).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let place = |html: &str, code: &str| html.find(&format!("value=\"{code}\"")).unwrap();
    let html = page.text();
    let codes = ["gekocht", "geruild", "klacht", "niets"];
    let mut shown = codes;
    shown.sort_by_key(|code| place(&html, code));
    assert_eq!(shown[3], "niets", "anchored");
    let page = send(&mut browser, &page, &FIRST).await;
    let page = send(&mut browser, &page, &SECOND).await;
    let answer = send(&mut browser, &page, &THIRD).await;
    thanks(&mut browser, &answer).await;
    let orders = asking.stored_orders().await;
    let kept: Vec<&str> = orders["gebruikt"].iter().map(QuestionKey::as_str).collect();
    assert_eq!(kept, shown);
    assert_eq!(orders["volgorde"].len(), 3);
}

#[tokio::test]
async fn rows_numbers_days_and_consents_have_figures_and_columns() {
    let asking = Asking::own(every_kind()).await;
    for number in 0..6 {
        let mut browser = asking.site.visitor();
        let page = browser.get("/s/kto").await;
        let page = send(&mut browser, &page, &FIRST).await;
        let page = send(&mut browser, &page, &SECOND).await;
        let spent = format!("{number}0,5");
        let third = THIRD.map(|(name, value)| {
            (
                name,
                if name == "bedrag" {
                    spent.as_str()
                } else {
                    value
                },
            )
        });
        let answer = send(&mut browser, &page, &third).await;
        thanks(&mut browser, &answer).await;
    }
    let mut office = asking.site.owner().await;
    let html = office.get("/results?survey=kto").await.text();
    for said in [
        "Hoe tevreden ben je over",
        "de prijs",
        "Middelste",
        "25,50",
        "9 mrt 2026",
        "Toestemming",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    let id = asking.all_stored().await[0].id;
    let html = office.get(&format!("/responses/{id}")).await.text();
    for said in ["Niet van toepassing", "jo@example.com", "9 mrt 2026"] {
        assert!(html.contains(said), "{said}: {html}");
    }
}

#[tokio::test]
async fn only_a_page_on_which_questions_follow_answers_has_a_script_and_stays_light() {
    let asking = Asking::own(every_kind()).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].clone();
    assert!(policy.to_str().unwrap().contains("script-src 'self'"));
    let html = page.text();
    let address = |before: &str| {
        let rest = html.split(before).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let needed = [
        "/s/kto".to_owned(),
        address("rel=\"stylesheet\" href=\""),
        address("<script type=\"module\" src=\""),
    ];
    browser.headers.push(("accept-encoding", "gzip".into()));
    let mut weight = 0;
    for path in needed {
        let part = browser.get(&path).await;
        assert_eq!(part.status, StatusCode::OK, "{path}");
        assert_eq!(part.headers[header::CONTENT_ENCODING], "gzip", "{path}");
        weight += part.body.len();
    }
    assert!(weight <= 15_000, "{weight} bytes");
    browser.headers.clear();
    let second = send(&mut browser, &page, &FIRST).await;
    assert!(!second.text().contains("<script"), "{}", second.text());
}
