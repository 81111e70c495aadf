//! The row of links between the pages about the results of one questionnaire.

use crate::results::Shop;

/// The row itself, out of a page.
fn row(html: &str) -> &str {
    let from = html.find(r#"<nav class="tabs""#).unwrap();
    let row = &html[from..];
    &row[..row.find("</nav>").unwrap()]
}

#[tokio::test]
async fn every_page_links_to_the_others_with_the_selection_that_holds() {
    let mut shop = Shop::asking("kto-kort").await;
    let scores = [("nps", 9), ("csat", 4), ("ces", 6)];
    for _ in 0..6 {
        shop.scored("Noord", &scores).await;
    }
    let mut owner = shop.site.owner().await;
    let selection = "?survey=peiling&amp;question=nps&amp;segment.regio=Noord&amp;period=12-months";
    for page in [
        "/results",
        "/results/explore",
        "/results/compare",
        "/results/drivers",
        "/results/response",
        "/results/representation",
        "/results/accounts",
    ] {
        let path = format!("{page}{}", selection.replace("&amp;", "&"));
        let html = owner.get(&path).await.text();
        let row = row(&html);
        assert_eq!(row.matches("aria-current=\"page\"").count(), 1, "{row}");
        for other in [
            "/results",
            "/results/explore",
            "/results/compare",
            "/results/drivers",
            "/results/response",
            "/results/representation",
            "/results/accounts",
        ] {
            let link = format!("\"{other}{selection}");
            assert!(row.contains(&link), "{page} leads to {link}: {row}");
        }
    }
}

#[tokio::test]
async fn the_page_about_response_says_that_filters_do_not_hold_there_and_keeps_them() {
    let shop = Shop::asking("kto-kort").await;
    let mut owner = shop.site.owner().await;
    let path = "/results/response?survey=peiling";
    let html = owner
        .get(&format!("{path}&segment.regio=Noord"))
        .await
        .text();
    assert!(html.contains("De filters van de cijfers gelden hier niet"));
    assert!(html.contains(r#"<input type="hidden" name="segment.regio" value="Noord">"#));
    let html = owner.get(path).await.text();
    assert!(!html.contains("De filters van de cijfers gelden hier niet"));
}
