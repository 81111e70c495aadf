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
    for unknown in [
        "/methods/astrology",
        "/methods/full/astrology",
        "/methods/full/README.md",
    ] {
        let page = owner.get(unknown).await;
        assert_eq!(page.status, axum::http::StatusCode::NOT_FOUND, "{unknown}");
    }
}

#[tokio::test]
async fn every_short_method_leads_to_the_full_text_and_the_full_text_to_its_neighbours() {
    let shop = Shop::open().await;
    let mut owner = shop.site.owner().await;
    let short = owner.get("/methods/hidden").await.text();
    assert!(short.contains("/methods/full/small-cells") && short.contains("minstens 5 mensen"));
    let index = owner.get("/methods/full").await.text();
    let pages: Vec<&str> = index
        .split("href=\"/methods/full/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(pages.len() >= 25, "{pages:?}");
    for name in pages {
        let page = owner.get(&format!("/methods/full/{name}")).await;
        assert_eq!(page.status, axum::http::StatusCode::OK, "{name}");
        let html = page.text();
        assert!(
            html.contains(r#"<article class="prose" lang="en">"#)
                && html.contains("<h2>Formula</h2>")
                || name == "coverage"
        );
    }
}

#[tokio::test]
async fn the_same_difference_has_the_same_p_value_on_every_page() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &scores(12, 5)).await;
    shop.people("Zuid", Channel::Email, &scores(6, 9)).await;
    let found = shop.figures("&group=segment.regio").await;
    let groups = found["groups"].as_array().unwrap();
    // With two groups the rest is the other one.
    let on_results = groups[0]["versus_rest"]["p"].as_f64().unwrap();
    let mut program = shop.site.program().await;
    let path = "/api/v1/results/compare?survey=peiling&by=segment.regio";
    let found = program.get(path).await.json();
    let on_compare = found["pairs"][0]["difference"]["p"].as_f64().unwrap();
    assert!(
        (on_results - on_compare).abs() < 1e-12,
        "{on_results} {on_compare}"
    );
}

#[tokio::test]
async fn more_than_twelve_groups_show_how_each_compares_with_the_rest() {
    let mut shop = Shop::open().await;
    shop.people("Regio 0", Channel::Email, &scores(1, 19)).await;
    for region in 1..13 {
        let name = format!("Regio {region}");
        shop.people(&name, Channel::Email, &scores(5, 1)).await;
    }
    let page = "/results?survey=peiling&group=segment.regio";
    let html = shop.site.owner().await.get(page).await.text();
    assert!(html.contains("Bij meer dan twaalf groepen"));
    assert!(html.contains(">lager<") && html.contains("Band"));
}

#[tokio::test]
async fn groups_are_compared_together_first_and_then_by_pairs() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &scores(40, 5)).await;
    shop.people("Zuid", Channel::Email, &scores(38, 6)).await;
    shop.people("West", Channel::Email, &scores(8, 36)).await;
    let mut program = shop.site.program().await;
    let path = "/api/v1/results/compare?survey=peiling&by=segment.regio";
    let found = program.get(path).await.json();
    assert_eq!(found["measure"], "nps");
    assert_eq!(found["overall"]["differs"], true);
    let pairs = found["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 3);
    for pair in pairs {
        let has_west = pair["first"] == "West" || pair["second"] == "West";
        let differs = pair["difference"]["verdict"] == "differs";
        assert_eq!(differs, has_west, "{pair}");
        let holm = pair["p_holm"].as_f64().unwrap();
        assert!(holm >= pair["difference"]["p"].as_f64().unwrap());
    }
    let two = format!("{path}&pick=Noord&pick=Zuid&measure=mean");
    let found = program.get(&two).await.json();
    assert_eq!(found["groups"].as_array().unwrap().len(), 2);
    assert!(found["overall"]["kruskal_p"].is_f64());
    let page = "/results/compare?survey=peiling&by=segment.regio&pick=Noord&pick=West";
    let html = shop.site.owner().await.get(page).await.text();
    assert!(html.contains("minstens één groep verschilt"));
    assert!(html.contains("Noord tegen West"));
    // The whole state stands in every link, so that it can be shared.
    assert!(html.contains("pick=Noord&#38;pick=West") || html.contains("pick=Noord&amp;pick=West"));
}

#[tokio::test]
async fn a_hidden_group_takes_no_part_in_a_comparison() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &scores(20, 5)).await;
    shop.people("Zuid", Channel::Email, &scores(20, 8)).await;
    shop.people("West", Channel::Email, &scores(0, 3)).await;
    shop.people("Oost", Channel::Email, &scores(0, 3)).await;
    let mut program = shop.site.program().await;
    let path = "/api/v1/results/compare?survey=peiling&by=segment.regio&pick=Noord&pick=West";
    let found = program.get(path).await.json();
    assert_eq!(found["groups"].as_array().unwrap().len(), 1);
    assert_eq!(
        (found["hidden"].as_u64(), &found["overall"]),
        (Some(1), &serde_json::Value::Null)
    );
    let page = "/results/compare?survey=peiling&by=segment.regio";
    let html = shop.site.owner().await.get(page).await.text();
    assert!(html.contains("2 groepen zijn verborgen"));
}

#[tokio::test]
async fn odd_comparisons_are_refused_by_the_api_and_harmless_on_the_page() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[9; 7]).await;
    let mut program = shop.site.program().await;
    for odd in ["by=mood", "measure=joy", "by=quarter&from=yesterday"] {
        let path = format!("/api/v1/results/compare?survey=peiling&{odd}");
        let answer = program.get(&path).await;
        assert_eq!(answer.status.as_u16(), 422, "{odd}");
    }
    let mut owner = shop.site.owner().await;
    for odd in [
        "by=mood&pick=%3Cb%3E",
        "by=quarter&pick=x",
        "pick=&pick=",
        "",
    ] {
        let page = owner
            .get(&format!("/results/compare?survey=peiling&{odd}"))
            .await;
        assert_eq!(page.status.as_u16(), 200, "{odd}");
        assert!(!page.text().contains("<b>"), "{odd}");
    }
}

#[tokio::test]
async fn the_planner_says_how_many_to_invite_and_when_there_are_too_few_customers() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &scores(30, 10)).await;
    let mut program = shop.site.program().await;
    let path = "/api/v1/sample-plan?measure=share&size=5&now=50&rate=20&population=100000";
    let found = program.get(path).await.json();
    // 385 without end of customers; a hundred thousand save two.
    assert_eq!(
        (found["answers"].as_u64(), found["invitations"].as_u64()),
        (Some(383), Some(1915))
    );
    let own = program
        .get("/api/v1/sample-plan?survey=peiling&rate=20")
        .await
        .json();
    assert_eq!(
        (own["now"].as_f64(), own["population"].as_u64()),
        (Some(50.0), Some(40))
    );
    assert_eq!(
        (own["is_small_base"].as_bool(), own["reachable"].as_u64()),
        (Some(true), Some(8))
    );
    for odd in [
        "rate=0",
        "size=-5",
        "aim=glory",
        "population=many",
        "now=1e400",
    ] {
        let answer = program.get(&format!("/api/v1/sample-plan?{odd}")).await;
        assert_eq!(answer.status.as_u16(), 422, "{odd}");
    }
    let mut owner = shop.site.owner().await;
    let page = owner
        .get("/results/planner?rate=abc&survey=peiling")
        .await
        .text();
    assert!(page.contains("value=\"abc\"") && page.contains("error-summary"));
    let same = owner
        .get("/results/planner?aim=goal&size=30&now=30")
        .await
        .text();
    assert!(same.contains("geen aantal is genoeg"));
}
