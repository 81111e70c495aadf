//! The explorer: figures counted by hand, doors to exactly the answers behind them, and attempts to
//! work out what a few people said.

use axum::http::StatusCode;
use peil_domain::{access::Role, outreach::Channel};
use serde_json::Value;

use crate::results::Shop;

impl Shop {
    /// What is explored, as a program reads it.
    async fn explored(&self, asked: &str) -> Value {
        let mut program = self.site.program().await;
        let path = format!("/api/v1/results/explore?survey=peiling{asked}");
        let answer = program.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{asked}: {}", answer.text());
        answer.json()
    }
}

/// The row of a group.
fn row<'a>(found: &'a Value, group: &str) -> &'a Value {
    let rows = found["rows"].as_array().unwrap();
    let named = rows.iter().find(|row| row["group"] == group);
    named.unwrap_or_else(|| panic!("{group} in {found}"))
}

/// The figure of a group in a column: grade, value and number of answers.
fn cell(found: &Value, group: &str, column: &str) -> (String, Option<f64>, Option<u64>) {
    let columns = found["columns"].as_array().unwrap();
    let place = columns.iter().position(|known| known["group"] == column);
    figure(&row(found, group)["cells"][place.unwrap()])
}

fn figure(figure: &Value) -> (String, Option<f64>, Option<u64>) {
    let grade = figure["grade"].as_str().unwrap().to_owned();
    (grade, figure["value"].as_f64(), figure["n"].as_u64())
}

fn shown(value: f64, n: u64) -> (String, Option<f64>, Option<u64>) {
    ("uncertain".to_owned(), Some(value), Some(n))
}

fn hidden() -> (String, Option<f64>, Option<u64>) {
    ("hidden".to_owned(), None, None)
}

/// Noord: 5 promoters by mail, 5 detractors by code. Zuid: 6 passives by mail, 8 promoters by code.
async fn two_regions() -> Shop {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[9, 9, 10, 10, 10])
        .await;
    shop.people("Noord", Channel::Qr, &[0, 1, 2, 3, 6]).await;
    shop.people("Zuid", Channel::Email, &[7, 7, 7, 8, 8, 8])
        .await;
    shop.people("Zuid", Channel::Qr, &[9; 8]).await;
    shop
}

#[tokio::test]
async fn cells_equal_counts_made_by_hand() {
    let shop = two_regions().await;
    let both = "&group=segment.regio&second=channel";
    let found = shop.explored(both).await;
    assert_eq!(cell(&found, "Noord", "email"), shown(100.0, 5));
    assert_eq!(cell(&found, "Noord", "qr"), shown(-100.0, 5));
    assert_eq!(cell(&found, "Zuid", "email"), shown(0.0, 6));
    assert_eq!(cell(&found, "Zuid", "qr"), shown(100.0, 8));
    assert_eq!(figure(&row(&found, "Noord")["figure"]), shown(0.0, 10));
    assert_eq!(found["counted"], 24);
    // 13 promoters and 5 detractors among 24.
    let whole = found["whole"]["value"].as_f64().unwrap();
    assert!((whole - 100.0 * 8.0 / 24.0).abs() < 1e-9);
    let mean = shop.explored(&format!("{both}&measure=mean")).await;
    assert_eq!(cell(&mean, "Noord", "email").1, Some(9.6));
    assert_eq!(cell(&mean, "Noord", "qr").1, Some(2.4));
    let ladder = shop.explored("&group=segment.regio&view=ladder").await;
    assert_eq!(ladder["columns"], serde_json::json!([]));
    let order: Vec<&str> = ladder["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["group"].as_str().unwrap())
        .collect();
    assert_eq!(order, ["Zuid", "Noord"], "best first");
}

#[tokio::test]
async fn submissions_are_counted_and_scores_can_be_limited() {
    let shop = two_regions().await;
    let both = "&group=segment.regio&second=channel";
    let count = shop.explored(&format!("{both}&measure=count")).await;
    assert_eq!(
        cell(&count, "Zuid", "qr"),
        ("normal".into(), Some(8.0), Some(8))
    );
    let low = shop
        .explored(&format!("{both}&measure=count&least=0&most=6"))
        .await;
    assert_eq!(cell(&low, "Noord", "qr").1, Some(5.0));
    assert_eq!(cell(&low, "Noord", "email").1, Some(0.0));
    assert_eq!(low["counted"], 5);
    let share = shop
        .explored(&format!("{both}&measure=share&least=0&most=2"))
        .await;
    assert_eq!(cell(&share, "Noord", "qr").1, Some(0.6));
    let mean = shop
        .explored("&group=segment.regio&view=ladder&measure=mean&most=6")
        .await;
    assert_eq!(figure(&row(&mean, "Noord")["figure"]), shown(2.4, 5));
    assert_eq!(row(&mean, "Zuid")["figure"]["grade"], "none");
}

#[tokio::test]
async fn groups_are_set_apart_by_period() {
    let mut shop = Shop::open().await;
    shop.days_ago(Some(400));
    shop.people("Noord", Channel::Email, &[0; 6]).await;
    shop.days_ago(Some(0));
    shop.people("Noord", Channel::Email, &[10, 10, 10, 10, 10, 10, 7])
        .await;
    let found = shop.explored("&group=segment.regio&step=year").await;
    let columns = found["columns"].as_array().unwrap();
    let cells = row(&found, "Noord")["cells"].as_array().unwrap().clone();
    assert_eq!(columns.len(), cells.len());
    assert_eq!(figure(cells.first().unwrap()), shown(-100.0, 6));
    let last = figure(cells.last().unwrap());
    assert_eq!((last.1, last.2), (Some(600.0 / 7.0), Some(7)));
    let trend = shop.explored("&group=none&view=trend&step=day").await;
    let cells = trend["rows"][0]["cells"].as_array().unwrap();
    assert_eq!(
        cells.last().unwrap()["n"],
        7,
        "a day of enough people is told"
    );
    assert_eq!(trend["step"], "day");
}

#[tokio::test]
async fn days_of_one_person_each_become_longer_steps() {
    let mut shop = Shop::open().await;
    // One answer a day for two months.
    for _ in 0..30 {
        shop.people("Noord", Channel::Email, &[9, 3]).await;
    }
    let found = shop.explored("&group=none&view=trend&step=day").await;
    assert_ne!(found["step"], "day");
    let page = "/results/explore?survey=peiling&group=none&view=trend&step=day";
    let html = shop.site.owner().await.get(page).await.text();
    assert!(html.contains("Je vroeg per dag; je ziet per "));
}

#[tokio::test]
async fn what_is_left_out_is_left_out_everywhere() {
    let mut shop = two_regions().await;
    shop.people("Oost", Channel::Link, &[9; 9]).await;
    let without = "&group=channel&view=ladder&segment.regio=Zuid&except=segment.regio";
    let found = shop.explored(without).await;
    assert_eq!(found["counted"], 19);
    assert_eq!(figure(&row(&found, "email")["figure"]), shown(100.0, 5));
    let mut owner = shop.site.owner().await;
    let page = format!("/results/explore?survey=peiling{without}");
    let html = owner.get(&page).await.text();
    assert!(html.contains("regio niet"), "{html}");
    let turned =
        "/results/explore?survey=peiling&#38;question=nps&#38;segment.regio=Zuid&#38;group=channel";
    assert!(html.contains(turned), "the chip turns round: {html}");
    let mut program = shop.site.program().await;
    let list = "/api/v1/responses?survey=peiling&segment.regio=Zuid&except=segment.regio&limit=100";
    let found = program.get(list).await.json();
    assert_eq!(found["items"].as_array().unwrap().len(), 19);
    let figures = shop
        .figures("&segment.regio=Zuid&except=segment.regio")
        .await;
    assert_eq!(figures["scales"][0]["figure"]["n"], 19);
}

/// Five regions, of which West has three people.
async fn with_a_small_one() -> Shop {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[9; 20]).await;
    shop.people("Oost", Channel::Email, &[8; 15]).await;
    shop.people("Zuid", Channel::Email, &[7; 6]).await;
    shop.people("West", Channel::Email, &[0, 1, 2]).await;
    shop
}

#[tokio::test]
async fn a_small_group_is_hidden_with_another_whatever_is_measured() {
    let shop = with_a_small_one().await;
    for measure in [
        "nps",
        "mean",
        "share&least=0&most=6",
        "count",
        "count&most=6",
    ] {
        let asked = format!("&group=segment.regio&view=ladder&measure={measure}");
        let found = shop.explored(&asked).await;
        for small in ["West", "Zuid"] {
            assert_eq!(figure(&row(&found, small)["figure"]), hidden(), "{measure}");
        }
        assert!(
            found["others"].is_null(),
            "nothing is added up out of hidden groups"
        );
    }
}

#[tokio::test]
async fn a_small_group_cannot_be_worked_out_by_leaving_out() {
    let shop = with_a_small_one().await;
    let base = "&group=none&view=trend&step=year&measure=count";
    let whole = shop.explored(base).await["counted"].as_u64();
    assert_eq!(whole, Some(44));
    for asked in [
        // Everyone but West, and what comes to the same.
        "&segment.regio=West&except=segment.regio",
        "&segment.regio=Noord&segment.regio=Oost&segment.regio=Zuid",
        "&segment.regio=Noord&segment.regio=Oost&segment.regio=West",
        "&segment.regio=Zuid&except=segment.regio",
        "&segment.regio=West",
        "&segment.regio=Zuid&segment.regio=Noord&except=segment.regio",
    ] {
        let found = shop.explored(&format!("{base}{asked}")).await;
        assert_eq!(found["is_hidden"], true, "{asked}");
        assert!(
            found["counted"].is_null() && found["rows"] == serde_json::json!([]),
            "{asked}"
        );
    }
    let rest = "&segment.regio=Noord&segment.regio=Oost&except=segment.regio";
    let found = shop.explored(&format!("{base}{rest}")).await;
    assert_eq!(found["counted"], 9, "West and Zuid together are enough");
    let found = shop
        .explored("&group=segment.regio&find=west&view=ladder")
        .await;
    assert_eq!(figure(&row(&found, "West")["figure"]), hidden());
    assert!(found["others"].is_null());
}

#[tokio::test]
async fn a_cell_of_few_people_is_hidden_and_so_is_what_would_tell_it() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[9; 20]).await;
    shop.people("Noord", Channel::Qr, &[9; 10]).await;
    shop.people("Zuid", Channel::Email, &[3; 20]).await;
    shop.people("Zuid", Channel::Qr, &[0; 2]).await;
    shop.people("Oost", Channel::Email, &[5; 20]).await;
    shop.people("Oost", Channel::Qr, &[5; 10]).await;
    for measure in ["nps", "count"] {
        let found = shop
            .explored(&format!(
                "&group=segment.regio&second=channel&measure={measure}"
            ))
            .await;
        assert_eq!(cell(&found, "Zuid", "qr"), hidden());
        let rows = ["Noord", "Oost", "Zuid"];
        let hidden_in = |column: &str| {
            let is_hidden = |row: &&&str| cell(&found, row, column) == hidden();
            rows.iter().filter(is_hidden).count()
        };
        assert_ne!(
            hidden_in("qr"),
            1,
            "one hidden cell is the column less the others"
        );
    }
}

#[tokio::test]
async fn day_after_day_gives_nobody_away() {
    let mut shop = Shop::open().await;
    for _ in 0..40 {
        shop.people("Noord", Channel::Email, &[9]).await;
    }
    let first = shop.site.app.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut told = Vec::new();
    for days in 1..45 {
        let from = first - jiff::Span::new().days(days);
        let asked = format!("&group=none&view=trend&measure=count&from={from}");
        let found = shop.explored(&asked).await;
        told.extend(found["counted"].as_u64());
    }
    told.dedup();
    for pair in told.windows(2) {
        assert!(pair[1] - pair[0] >= 5, "{told:?}");
    }
}

#[tokio::test]
async fn the_smaller_groups_are_added_up_to_the_whole() {
    let mut shop = Shop::open().await;
    for number in 0..36_u16 {
        let size = if number < 30 { 7 } else { 6 };
        let region = format!("Regio {number:02}");
        shop.people(&region, Channel::Email, &[9, 9, 9, 9, 0, 0, 0][..size])
            .await;
    }
    let found = shop.explored("&group=segment.regio&step=year").await;
    assert_eq!(found["rows"].as_array().unwrap().len(), 30);
    assert_eq!(found["groups_beyond"], 6);
    assert_eq!(figure(&found["others"]["figure"]).2, Some(36));
    let rows = found["rows"].as_array().unwrap();
    let n: u64 = rows
        .iter()
        .filter_map(|row| row["figure"]["n"].as_u64())
        .sum();
    assert_eq!(n + 36, found["counted"].as_u64().unwrap());
    let searched = shop
        .explored("&group=segment.regio&find=regio+3&step=year")
        .await;
    assert_eq!(searched["rows"].as_array().unwrap().len(), 6);
    let page = "/results/explore?survey=peiling&group=segment.regio&step=year";
    let html = shop.site.owner().await.get(page).await.text();
    assert!(html.contains("Andere groepen (6)"), "{html}");
    assert!(html.contains("6 kleinere groepen staan er niet apart bij"));
}

/// Every address of a cell of the heat map, with its name.
fn doors(html: &str) -> Vec<(String, String)> {
    let cells = html.split("<a class=\"heat-cell ").skip(1);
    let part = |cell: &str, name: &str| {
        let value = cell.split(&format!("{name}=\"")).nth(1).unwrap();
        let value = value.split('"').next().unwrap();
        value.replace("&#38;", "&").replace("&amp;", "&")
    };
    cells
        .map(|cell| (part(cell, "href"), part(cell, "aria-label")))
        .collect()
}

#[tokio::test]
async fn behind_every_cell_are_exactly_its_answers() {
    let shop = two_regions().await;
    let mut owner = shop.site.owner().await;
    let mut program = shop.site.program().await;
    for asked in [
        "&second=channel",
        "&step=year",
        "&second=channel&measure=count&least=6&most=9",
    ] {
        let page = format!("/results/explore?survey=peiling&group=segment.regio{asked}");
        let found = shop.explored(&format!("&group=segment.regio{asked}")).await;
        let html = owner.get(&page).await.text();
        let doors = doors(&html);
        assert!(doors.len() >= 4, "{html}");
        let mut told: Vec<u64> = Vec::new();
        for row in found["rows"].as_array().unwrap() {
            let cells = row["cells"].as_array().unwrap().iter();
            let figures = cells.chain([&row["figure"]]);
            let key = if asked.contains("count") {
                "value"
            } else {
                "n"
            };
            told.extend(
                figures
                    .filter_map(|figure| figure[key].as_f64())
                    .map(|n| format!("{n:.0}").parse::<u64>().unwrap()),
            );
        }
        let mut counted = Vec::new();
        for (href, label) in doors {
            assert!(
                href.starts_with("/responses?survey=peiling"),
                "{href} {label}"
            );
            let list = href.replace("/responses?", "/api/v1/responses?limit=100&");
            let found = program.get(&list).await.json();
            counted.push(found["items"].as_array().unwrap().len() as u64);
        }
        told.sort_unstable();
        counted.sort_unstable();
        assert_eq!(counted, told, "{asked}");
    }
}

#[tokio::test]
async fn the_page_says_how_much_was_counted_and_in_what_time() {
    let shop = two_regions().await;
    let mut owner = shop.site.owner().await;
    let path = "?survey=peiling&group=segment.regio&second=channel";
    let html = owner.get(&format!("/results/explore{path}")).await.text();
    assert!(html.contains(">24 antwoorden in "), "{html}");
    assert!(html.contains("<table class=\"heat\""));
    assert!(html.contains("Noord, E-mail: 100 · "), "{html}");
    // The part alone is what a script puts in its place.
    let part = owner
        .get(&format!("/results/explore/part{path}"))
        .await
        .text();
    assert!(part.starts_with("<section class=\"explored\""));
    assert!(part.contains("data-href=\"/results/explore?survey=peiling"));
    for view in ["ladder", "trend"] {
        let html = owner
            .get(&format!("/results/explore{path}&view={view}"))
            .await
            .text();
        assert!(
            html.contains("class=\"chart chart-wide\"") && html.contains("is-matrix"),
            "{view}"
        );
    }
    let form = owner
        .get("/results/explore?survey=peiling&what=nps%3Amean&group=channel&second=&step=year&period=all&from=&until=&find=&least=&most=")
        .await
        .text();
    assert!(
        form.contains("Gemiddelde per Kanaal"),
        "the form works without script: {form}"
    );
}

#[tokio::test]
async fn a_viewer_goes_on_to_figures_and_never_to_names() {
    let mut shop = two_regions().await;
    shop.at_account(Some("Fietsfabriek")).await;
    shop.people("Noord", Channel::Email, &[9; 6]).await;
    let mut viewer = shop.site.person(Role::Viewer).await;
    let page = "/results/explore?survey=peiling&group=segment.regio&second=channel";
    let answer = viewer.get(page).await;
    assert_eq!(answer.status, StatusCode::OK);
    let html = answer.text();
    assert!(!html.contains("href=\"/responses") && !html.contains("Fietsfabriek"));
    for asked in [
        "group=account",
        "second=account",
        "account=Fietsfabriek",
        "account=x&except=account",
    ] {
        let page = format!("/results/explore?survey=peiling&{asked}");
        assert_eq!(
            viewer.get(&page).await.status,
            StatusCode::FORBIDDEN,
            "{asked}"
        );
    }
    let token = shop.site.token("surveys:read").await;
    let mut program = shop.site.visitor();
    program
        .headers
        .push(("authorization", format!("Bearer {token}")));
    let refused = program.get("/api/v1/results/explore?survey=peiling").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn odd_explorations_are_refused_by_the_api_and_harmless_on_the_page() {
    let mut shop = Shop::open().await;
    let page = "/results/explore?survey=peiling";
    let empty = shop.site.owner().await.get(page).await.text();
    assert!(empty.contains("Nog niemand heeft geantwoord"));
    shop.people("<b>שלום</b>", Channel::Email, &[9; 7]).await;
    shop.people(&"W".repeat(200), Channel::Email, &[9; 7]).await;
    let mut owner = shop.site.owner().await;
    let mut program = shop.site.program().await;
    for odd in [
        "measure=mood",
        "second=x",
        "step=eon",
        "view=ball",
        "least=low",
        "except=all",
        "from=x",
    ] {
        let answer = program
            .get(&format!("/api/v1/results/explore?survey=peiling&{odd}"))
            .await;
        assert_eq!(answer.status.as_u16(), 422, "{odd}");
    }
    for odd in [
        "what=%00%3A%3A&second=segment.regio&group=segment.regio",
        "view=trend&step=day&group=none",
        "measure=option&choice=niets",
        "least=99&most=-99&measure=count",
        "find=%3Cscript%3Ealert(1)%3C/script%3E",
        "segment.regio=%3Cscript%3Ealert(1)%3C/script%3E&except=segment.regio",
        "view=ladder",
        "period=own&from=2150-01-01",
    ] {
        for path in ["/results/explore", "/results/explore/part"] {
            let page = owner.get(&format!("{path}?survey=peiling&{odd}")).await;
            assert_eq!(page.status.as_u16(), 200, "{path} {odd}");
            let html = page.text();
            assert!(
                !html.contains("<script>alert") && !html.contains("<b>שלום"),
                "{odd}"
            );
        }
    }
    let nowhere = owner.get("/results/explore").await;
    assert_eq!(nowhere.location.as_deref(), Some("/results"));
    assert_eq!(
        owner
            .get("/results/explore?survey=niets")
            .await
            .status
            .as_u16(),
        404
    );
}
