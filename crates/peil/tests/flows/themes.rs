//! From words to figures: what customers write is read, counted and shown.

use axum::http::StatusCode;
use peil_app::results::ResultsQuery;
use peil_domain::{
    access::{Actor, Role},
    outreach::Channel,
};

use crate::{results::Shop, site::Site};

#[tokio::test]
async fn what_customers_write_is_read_and_becomes_part_of_figures() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[1, 2, 3, 2, 1, 0])
        .await;
    let actor = shop.site.identity().await.actor;
    let app = &shop.site.app;
    let (none, _) = ResultsQuery::read([]);
    let before = app.list_mentions(&actor, None, &none).await.unwrap();
    assert!(before.points.is_empty() && !before.submissions.is_empty());
    app.read_all_answers().await.unwrap();
    let (query, refused) = ResultsQuery::read([("bucket", "quarter")]);
    assert!(refused.is_empty());
    let found = app.list_mentions(&actor, None, &query).await.unwrap();
    let number = |tone: fn(&peil_app::themes::MentionPoint) -> Option<u64>| -> u64 {
        let of_theme = found
            .points
            .iter()
            .filter(|point| point.theme == "delivery");
        of_theme.filter_map(tone).sum()
    };
    assert_eq!(number(|point| point.mentions), 6, "{found:?}");
    assert_eq!(number(|point| point.negative), 6);
    assert_eq!(number(|point| point.positive), 0);
    // Facts that are made anew from the records say the same.
    let verified = app.verify_facts().await.unwrap();
    if let Some(verified) = verified {
        assert_eq!(verified.differences, []);
    }
    app.rebuild_facts(&|_| ()).await.unwrap();
    assert_eq!(
        app.list_mentions(&actor, None, &query).await.unwrap(),
        found
    );
}

/// Codes of the themes that the API tells of.
fn codes(found: &serde_json::Value) -> Vec<String> {
    let themes = found["themes"].as_array().unwrap();
    let codes = themes
        .iter()
        .map(|theme| theme["code"].as_str().unwrap().to_owned());
    codes.collect()
}

#[tokio::test]
async fn the_planted_delivery_problem_stands_under_themes() {
    let site = Site::demo().await;
    let mut browser = site
        .signed_in_with(peil::demo::OWNER, peil::demo::PASSWORD)
        .await;
    let page = browser.get("/themes?survey=na-levering").await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.text();
    assert!(
        html.contains("href=\"/themes/delivery?survey=na-levering\""),
        "{html}"
    );
    assert!(html.contains("De meeste klachten gaan over"), "{html}");
    let theme = browser.get("/themes/delivery?survey=na-levering").await;
    assert_eq!(theme.status, StatusCode::OK);
    let html = theme.text();
    assert!(html.contains("Klachten door de tijd") && html.contains("<mark class=\"is-low\""));
    let answers = browser
        .get("/responses?survey=na-levering&theme=delivery&tone=-1&label=needs_reply")
        .await;
    assert_eq!(answers.status, StatusCode::OK);
    for gone in [
        "/themes/nobody?survey=na-levering",
        "/themes/delivery.late?survey=na-levering",
        "/themes/delivery?survey=nobody",
    ] {
        assert_eq!(
            browser.get(gone).await.status,
            StatusCode::NOT_FOUND,
            "{gone}"
        );
    }
    let elsewhere = browser.get("/themes/delivery").await;
    assert_eq!(elsewhere.location.as_deref(), Some("/themes"));
}

#[tokio::test]
async fn programs_are_told_the_same_and_few_people_are_not_told_of() {
    let mut shop = Shop::open().await;
    let mut program = shop.site.program().await;
    let none = program.get("/api/v1/themes").await.json();
    assert_eq!((codes(&none).len(), none["too_few"].as_u64()), (0, Some(0)));
    shop.people("Noord", Channel::Email, &[1, 2, 3, 2]).await;
    shop.site.app.read_all_answers().await.unwrap();
    let mut program = shop.site.program().await;
    let few = program.get("/api/v1/themes?survey=peiling").await.json();
    assert_eq!(codes(&few), Vec::<String>::new(), "{few}");
    shop.people("Zuid", Channel::Email, &[9, 10, 3, 2, 1, 0])
        .await;
    shop.site.app.read_all_answers().await.unwrap();
    let mut program = shop.site.program().await;
    let found = program.get("/api/v1/themes?survey=peiling").await.json();
    assert_eq!(codes(&found), ["delivery"], "{found}");
    assert_eq!(found["themes"][0]["negative"]["n"], 10);
    let one = program
        .get("/api/v1/themes/delivery?survey=peiling")
        .await
        .json();
    assert_eq!(one["theme"]["mentions"]["of"], 10, "{one}");
    let comments = program
        .get("/api/v1/comments?survey=peiling&theme=delivery")
        .await
        .json();
    let first = &comments["items"][0];
    assert_eq!(first["polarity"], "negative", "{comments}");
    assert!(
        first["mentions"][0]["theme"]
            .as_str()
            .unwrap()
            .starts_with("delivery")
    );
    let praise = program
        .get("/api/v1/comments?survey=peiling&theme=delivery&tone=1")
        .await
        .json();
    assert_eq!(praise["items"].as_array().unwrap().len(), 0);
    for (path, status) in [
        ("/api/v1/themes/delivery", 422),
        ("/api/v1/themes/nothing?survey=peiling", 404),
        ("/api/v1/themes?survey=peiling&except=theme", 422),
        ("/api/v1/mentions?survey=peiling&bucket=week", 200),
        ("/api/v1/responses?polarity=furious", 422),
    ] {
        assert_eq!(program.get(path).await.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn analysts_read_words_without_personal_data_and_who_follows_up_reads_them_whole() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[1]).await;
    shop.says(2, "Te laat bezorgd, bel mij op 06-12345678")
        .await;
    for is_read in [false, true] {
        if is_read {
            shop.site.app.read_all_answers().await.unwrap();
        }
        for (role, sees) in [(Role::Analyst, false), (Role::Agent, true)] {
            let email = format!("{role}@example.nl");
            let mut browser = if is_read {
                shop.site.signed_in(&email).await
            } else {
                shop.site.person(role).await
            };
            for path in ["/responses", "/results?survey=peiling"] {
                let page = browser.get(path).await.text();
                assert!(page.contains("bezorgd"), "{page}");
                assert_eq!(page.contains("06-12345678"), sees, "{role} {path}");
            }
            // In a file and on the page of the person as well.
            let page = browser.get("/responses").await.text();
            // The person who said it stands behind the words.
            let (_, behind) = page.split_once("bezorgd").unwrap();
            let start = behind.find("/audience/").unwrap();
            let person = behind[start..].split('"').next().unwrap().to_owned();
            let page = browser.get(&person).await.text();
            assert!(page.contains("bezorgd"), "{page}");
            assert_eq!(page.contains("06-12345678"), sees, "{role} {person}");
            let from = browser.get("/results?survey=peiling").await;
            let html = from.text();
            let mut actions = html
                .split("action=\"")
                .filter_map(|part| part.split('"').next());
            let download = actions.find(|action| action.ends_with("/export")).unwrap();
            let download = download.to_owned();
            let file = browser.submit(&from, &download, &[("format", "csv")]).await;
            assert_eq!(file.status, StatusCode::OK, "{}", file.text());
            assert!(file.text().contains("bezorgd"), "{}", file.text());
            assert_eq!(file.text().contains("06-12345678"), sees, "{role}");
        }
    }
}

/// How often the delivery is mentioned in the figures.
async fn deliveries(shop: &Shop, actor: &Actor) -> u64 {
    let (query, _) = ResultsQuery::read([("bucket", "quarter"), ("theme", "delivery")]);
    let app = &shop.site.app;
    let told = app.list_mentions(actor, None, &query).await.unwrap();
    told.points.iter().filter_map(|point| point.mentions).sum()
}

#[tokio::test]
async fn what_was_read_wrong_is_put_right_and_taken_back() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[1, 2, 3, 2, 1, 0])
        .await;
    shop.site.app.read_all_answers().await.unwrap();
    let mut owner = shop.site.owner().await;
    let page = owner.get("/results?survey=peiling").await.text();
    let start = page.find("/responses/").unwrap();
    let href = page[start..]
        .split('"')
        .find(|part| part.starts_with("/responses/") && part.contains("/reading/"))
        .unwrap()
        .to_owned();
    let form = owner.get(&href).await;
    assert!(
        form.text().contains("name=\"theme-delivery\""),
        "{}",
        form.text()
    );
    let fields = [("theme-delivery", ""), ("theme-price", "1")];
    let saved = owner.submit(&form, &href, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let path = href.replace("/reading/", "/readings/");
    let path = format!("/api/v1{path}");
    let mut program = shop.site.program().await;
    let found = program.get(&path).await.json();
    assert_eq!(found["is_corrected"], true, "{found}");
    assert_eq!(found["mentions"][0]["theme"], "price");
    // Reading again leaves what a person said as it is, and follows it where the same is said.
    shop.site.app.read_all_answers().await.unwrap();
    let page = owner.get(&href).await.text();
    assert!(
        page.contains("5 vergelijkbare antwoorden veranderden."),
        "{page}"
    );
    let id = href.split('/').nth(2).unwrap();
    let like = format!("/responses?label=like:{id}");
    assert!(page.contains(&like), "{page}");
    let others = owner.get(&like).await.text();
    assert_eq!(others.matches("Bezorging").count(), 5, "{others}");
    assert!(others.contains("zoals het verbeterde antwoord"), "{others}");
    let other = others.split("href=\"/responses/").nth(1).unwrap();
    let other = other.split('"').next().unwrap();
    let why = owner
        .get(&format!(
            "/responses/{other}/reading/{}",
            href.rsplit('/').next().unwrap()
        ))
        .await
        .text();
    assert!(
        why.contains("omdat het lijkt op een antwoord dat iemand verbeterde"),
        "{why}"
    );
    assert!(why.contains(&format!("href=\"{href}\"")), "{why}");
    let actor = shop.site.identity().await.actor;
    assert_eq!(deliveries(&shop, &actor).await, 0);
    let wrong = serde_json::json!({ "mentions": [{ "theme": "nobody", "tone": 1 }] });
    assert_eq!(
        program.call("PUT", &path, &wrong).await.status.as_u16(),
        422
    );
    let form = owner.get(&href).await;
    let undone = owner.submit(&form, &format!("{href}/undo"), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    shop.site.app.read_all_answers().await.unwrap();
    let told = deliveries(&shop, &actor).await;
    assert_eq!(told, 6, "taken back, a correction leaves no trace");
    let found = program.get(&path).await.json();
    assert_eq!(
        (&found["is_corrected"], found["polarity"].as_str()),
        (&false.into(), Some("negative"))
    );
    assert_eq!(
        program
            .send("DELETE", &path, None, Vec::new())
            .await
            .status
            .as_u16(),
        404
    );
    let verified = shop.site.app.verify_facts().await.unwrap();
    assert!(verified.is_none_or(|found| found.differences.is_empty()));
    let mut agent = shop.site.person(Role::Agent).await;
    assert_eq!(agent.get(&href).await.status, StatusCode::OK);
    let page = agent.get("/results?survey=peiling").await.text();
    assert!(
        !page.contains("/reading/"),
        "who may not put it right is not sent there"
    );
}
