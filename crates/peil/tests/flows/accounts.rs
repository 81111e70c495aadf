//! What accounts think: who counts how much, who is named, and who may look.

use axum::http::StatusCode;
use peil_domain::{access::Role, outreach::Channel};

use crate::results::Shop;

/// The path of the program.
const PATH: &str = "/api/v1/results/accounts?survey=peiling";
/// The page.
const PAGE: &str = "/results/accounts?survey=peiling";

/// Three accounts of enough people and two small ones.
async fn shop() -> Shop {
    let mut shop = Shop::open().await;
    let accounts: [(&str, &[i32]); 5] = [
        ("Bakker", &[9, 10, 9, 8, 10, 9, 9, 7]),
        ("Slager", &[3, 5, 6, 2, 8, 4]),
        ("Smid <b>", &[7, 8, 9, 6, 7, 10]),
        ("Molenaar", &[10, 10, 9]),
        ("Kuiper", &[2, 9, 8]),
    ];
    for (name, scores) in accounts {
        shop.at_account(Some(name)).await;
        shop.people("Noord", Channel::Email, scores).await;
    }
    shop.at_account(None).await;
    shop
}

async fn read(shop: &Shop, fields: &str) -> serde_json::Value {
    let answer = shop
        .site
        .program()
        .await
        .get(&format!("{PATH}{fields}"))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

fn number(value: &serde_json::Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{value} is a number"))
}

fn names(found: &serde_json::Value) -> Vec<&str> {
    let items = found["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["account"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn people_weigh_alike_by_answer_and_accounts_alike_by_account() {
    let shop = shop().await;
    let found = read(&shop, "").await;
    assert_eq!(
        (found["accounts"].as_u64(), found["pooled"].as_u64()),
        (Some(5), Some(2))
    );
    // Promoters 6 + 0 + 2 + 3 + 1, detractors 0 + 5 + 1 + 0 + 1, of 26 people.
    let by_answer = number(&found["by_answer"]["value"]);
    assert!((by_answer - 100.0 * 5.0 / 26.0).abs() < 1e-6, "{by_answer}");
    assert_eq!(found["by_answer"]["people"], 26);
    // The two small accounts count with what all of them said together.
    let each = [6.0 / 8.0, -5.0 / 6.0, 1.0 / 6.0, 3.0 / 6.0, 3.0 / 6.0];
    let by_account = number(&found["by_account"]["value"]);
    assert!((by_account - 100.0 * each.iter().sum::<f64>() / 5.0).abs() < 1e-6);
    assert!(
        number(&found["icc"]) > 0.3 && found["agreement"] == "strong",
        "{found}"
    );
    assert_eq!(names(&found), ["Slager", "Smid <b>", "Bakker"]);
    for item in found["items"].as_array().unwrap() {
        let (own, guess) = (number(&item["figure"]["value"]), number(&item["guess"]));
        let mean = number(&found["mean"]);
        assert!((guess - mean).abs() < (own - mean).abs(), "{item}");
        assert!(number(&item["guess_interval"][0]) < guess);
    }
}

#[tokio::test]
async fn the_page_says_what_the_api_says_and_names_no_small_account() {
    let shop = shop().await;
    let found = read(&shop, "").await;
    let mut owner = shop.site.owner().await;
    let html = owner.get(PAGE).await.text();
    for key in ["by_answer", "by_account"] {
        let value = number(&found[key]["value"]).round();
        let tile = format!("<p class=\"tile-value\">{value} <small>");
        assert!(html.contains(&tile), "{tile}");
    }
    for item in found["items"].as_array().unwrap() {
        let guess = number(&item["guess"]).round().to_string().replace('-', "−");
        let shown = format!("<strong>{guess}</strong>");
        assert!(
            html.contains(&shown) || html.contains(&shown.replace('−', "-")),
            "{shown}"
        );
    }
    assert!(html.contains("Smid &#60;b&#62;") || html.contains("Smid &lt;b&gt;"));
    assert!(!html.contains("Smid <b>"));
    // The filters name every account, as they do everywhere.
    let list = html.split_once("id=\"list\"").unwrap().1;
    assert!(!list.contains("Molenaar") && !list.contains("Kuiper"));
    assert!(html.contains("2 organisaties staan er niet bij"));
    assert!(html.contains("van binnen sterk eens") && html.contains("ICC 0,"));
    assert!(html.contains("Hoe is dit berekend?") && html.contains("/methods/accounts"));
    let figures = owner.get("/results?survey=peiling").await.text();
    assert!(figures.contains(PAGE));
    let english = owner.get(&format!("{PAGE}&lang=en")).await;
    assert_eq!(english.status, StatusCode::OK);
    assert_eq!(owner.get("/methods/accounts").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_in_a_small_account_said_what_changes_nothing() {
    let mut outcomes = Vec::new();
    for (first, second) in [([9, 9, 3], [3, 8]), ([3, 8, 3], [9, 9])] {
        let mut shop = shop().await;
        shop.at_account(Some("Wever")).await;
        shop.people("Noord", Channel::Email, &first).await;
        shop.at_account(Some("Looier")).await;
        shop.people("Noord", Channel::Email, &second).await;
        let mut found = read(&shop, "").await;
        found.as_object_mut().unwrap().remove("as_of");
        outcomes.push(found);
    }
    assert_eq!(outcomes[0], outcomes[1]);
}

#[tokio::test]
async fn people_without_an_account_are_left_out_unless_that_would_tell_of_them() {
    let mut shop = shop().await;
    let before = read(&shop, "").await;
    shop.people("Noord", Channel::Email, &[3, 3]).await;
    let two = read(&shop, "").await;
    // Two people would be worked out from everyone less all accounts: they count along.
    assert_eq!(
        (
            two["by_answer"]["people"].as_u64(),
            two["without_account"].as_u64()
        ),
        (Some(28), Some(0))
    );
    let html = shop.site.owner().await.get(PAGE).await.text();
    assert!(html.contains("Een paar mensen zonder organisatie tellen mee"));
    shop.people("Noord", Channel::Email, &[3, 3, 3]).await;
    let five = read(&shop, "").await;
    assert_eq!(five["without_account"], 5);
    assert_eq!(five["by_answer"], before["by_answer"]);
    let html = shop.site.owner().await.get(PAGE).await.text();
    assert!(html.contains("5 mensen zonder organisatie tellen hier niet mee"));
}

#[tokio::test]
async fn without_accounts_people_or_an_nps_there_is_a_reason_instead_of_figures() {
    let mut shop = Shop::open().await;
    assert_eq!(read(&shop, "").await["refused"], "no_answers");
    shop.people("Noord", Channel::Email, &[9; 7]).await;
    assert_eq!(read(&shop, "").await["refused"], "no_accounts");
    let mut owner = shop.site.owner().await;
    assert!(
        owner
            .get(PAGE)
            .await
            .text()
            .contains("Geef je klanten een organisatie")
    );
    shop.at_account(Some("Bakker")).await;
    shop.people("Noord", Channel::Email, &[9; 6]).await;
    assert_eq!(read(&shop, "").await["refused"], "too_few");
    shop.people("Zuid", Channel::Email, &[9]).await;
    assert_eq!(
        read(&shop, "&segment.regio=Zuid").await["refused"],
        "closed"
    );
    let mut program = shop.site.program().await;
    let answer = program.get("/api/v1/results/accounts?survey=nergens").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    for odd in [
        "from=gisteren",
        "sort=mooiste",
        "after=x",
        "limit=0",
        "limit=201",
    ] {
        let answer = program.get(&format!("{PATH}&{odd}")).await;
        assert_eq!(answer.status.as_u16(), 422, "{odd}");
    }
    let mut owner = shop.site.owner().await;
    let page = owner.get(&format!("{PAGE}&after=%3Cb%3E&sort=%27")).await;
    assert_eq!(page.status, StatusCode::OK);
    let unasked = Shop::asking("csat-contact").await;
    assert_eq!(read(&unasked, "").await["refused"], "no_nps");
}

#[tokio::test]
async fn names_of_accounts_are_for_who_may_see_customers() {
    let shop = shop().await;
    let mut viewer = shop.site.person(Role::Viewer).await;
    assert_eq!(viewer.get(PAGE).await.status, StatusCode::FORBIDDEN);
    assert!(
        !viewer
            .get("/results?survey=peiling")
            .await
            .text()
            .contains(PAGE)
    );
    let mut agent = shop.site.person(Role::Agent).await;
    assert_eq!(agent.get(PAGE).await.status, StatusCode::OK);
    let signed_out = shop.site.visitor().get(PATH).await;
    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn many_accounts_come_in_pages_and_the_picture_shows_both_ends() {
    let mut shop = Shop::open().await;
    for number in 0..60 {
        shop.at_account(Some(&format!("Zaak {number:02}"))).await;
        let scores = [number % 11, 9, 3 + number % 7, 10, 2];
        shop.people("Noord", Channel::Email, &scores).await;
    }
    for sort in ["worst", "best", "people", "name"] {
        let mut all: Vec<String> = Vec::new();
        let mut fields = format!("&limit=25&sort={sort}");
        loop {
            let page = read(&shop, &fields).await;
            all.extend(names(&page).into_iter().map(str::to_owned));
            assert_eq!(page["found"], 60);
            let Some(next) = page["next"].as_str() else {
                break;
            };
            fields = format!("&limit=25&sort={sort}&after={}", next.replace(' ', "%20"));
        }
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 60, "{sort}");
    }
    assert_eq!(names(&read(&shop, "&search=ZAAK%2007").await), ["Zaak 07"]);
    let mut owner = shop.site.owner().await;
    let html = owner.get(PAGE).await.text();
    assert!(html.contains("40 organisaties ertussen") && html.contains("60 organisaties"));
    assert!(
        html.contains("rel=\"next\"") && html.len() < 300_000,
        "{}",
        html.len()
    );
    let none = owner
        .get(&format!("{PAGE}&search=%3Ci%3Eniemand"))
        .await
        .text();
    assert!(none.contains("Geen organisatie gevonden") && !none.contains("<i>niemand"));
}
