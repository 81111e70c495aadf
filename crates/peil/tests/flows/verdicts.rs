//! Is a difference real: verdicts on pages and in the API, on answers that are counted by hand.

use peil_domain::outreach::Channel;

use crate::results::Shop;

/// Scores of which so many are promoters, the others detractors.
fn scores(promoters: usize, detractors: usize) -> Vec<i32> {
    let mut scores = vec![9; promoters];
    scores.resize(promoters + detractors, 3);
    scores
}

#[tokio::test]
async fn a_group_that_differs_from_the_rest_is_named_and_has_its_own_letter() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &scores(40, 5)).await;
    shop.people("Zuid", Channel::Email, &scores(38, 6)).await;
    shop.people("West", Channel::Email, &scores(8, 36)).await;
    let found = shop.figures("&group=segment.regio").await;
    let group = |name: &str| {
        let groups = found["groups"].as_array().unwrap();
        groups
            .iter()
            .find(|group| group["name"] == name)
            .unwrap()
            .clone()
    };
    let west = group("West");
    assert_eq!(west["versus_rest"]["verdict"], "differs");
    assert!(west["versus_rest"]["value"].as_f64().unwrap() < -100.0);
    assert_eq!(group("Noord")["letters"], group("Zuid")["letters"]);
    assert_ne!(group("Noord")["letters"], west["letters"]);
    // Three groups against the rest and three pairs; the trend may add one.
    assert!(west["versus_rest"]["among"].as_u64().unwrap() >= 6);
    let page = shop.site.owner().await.get("/results?survey=peiling").await;
    assert!(page.text().contains("Verschilt: −"));
    assert!(page.text().contains("Hoe is dit berekend?"));
}

#[tokio::test]
async fn a_hidden_group_is_compared_with_nobody() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &scores(20, 5)).await;
    shop.people("Zuid", Channel::Email, &scores(20, 5)).await;
    shop.people("West", Channel::Email, &scores(0, 3)).await;
    shop.people("Oost", Channel::Email, &scores(0, 3)).await;
    let found = shop.figures("&group=segment.regio").await;
    for group in found["groups"].as_array().unwrap() {
        let is_hidden = group["figure"]["grade"] == "hidden";
        assert_eq!(group["versus_rest"].is_null(), is_hidden);
        assert_eq!(group["letters"].as_array().unwrap().is_empty(), is_hidden);
    }
}

#[tokio::test]
async fn every_method_has_a_page_and_an_unknown_one_has_none() {
    let shop = Shop::open().await;
    let mut owner = shop.site.owner().await;
    let list = owner.get("/methods").await.text();
    let pages: Vec<&str> = list
        .split("href=\"/methods/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(pages.len() >= 6);
    for name in pages {
        let page = owner.get(&format!("/methods/{name}")).await;
        assert_eq!(page.status, axum::http::StatusCode::OK, "{name}");
    }
    let unknown = owner.get("/methods/astrology").await;
    assert_eq!(unknown.status, axum::http::StatusCode::NOT_FOUND);
}
