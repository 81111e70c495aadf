//! What goes with satisfaction: on answers of which the drivers are known.

use crate::results::Shop;

/// The path of the program.
const PATH: &str = "/api/v1/results/drivers?survey=peiling";

/// Answers in which the NPS follows the second question and not the third.
async fn shop_with(people: i32) -> Shop {
    let mut shop = Shop::asking("kto-kort").await;
    for person in 0..people {
        let (satisfied, effort) = (1 + person % 5, 1 + (person / 5) % 7);
        let nps = (2 * satisfied + person % 3 - 1).clamp(0, 10);
        let scores = [("nps", nps), ("csat", satisfied), ("ces", effort)];
        shop.scored("Noord", &scores).await;
    }
    // Someone who skipped a question takes no part.
    shop.scored("Noord", &[("nps", 0), ("csat", 5)]).await;
    shop
}

#[tokio::test]
async fn the_question_that_moves_along_is_found_with_its_direction_and_interval() {
    let shop = shop_with(70).await;
    let found = shop.site.program().await.get(PATH).await.json();
    assert_eq!(found["refused"], serde_json::Value::Null, "{found}");
    assert_eq!(
        (found["outcome"].as_str(), found["n"].as_u64()),
        (Some("nps"), Some(70))
    );
    let drivers = found["drivers"].as_array().unwrap();
    let first = &drivers[0];
    assert_eq!(
        (first["question"].as_str(), first["direction"].as_str()),
        (Some("csat"), Some("up"))
    );
    assert!(first["lmg_share"].as_f64().unwrap() > 0.9);
    let part = first["part"].as_f64().unwrap();
    let ends = &first["part_interval"];
    assert!(ends[0].as_f64().unwrap() < part && part < ends[1].as_f64().unwrap());
    assert_eq!(drivers[1]["direction"], "unclear");
    // Satisfied people score 3 on average on 1 to 5: half way.
    assert!((first["position"].as_f64().unwrap() - 0.5).abs() < 1e-9);
    let parts: f64 = drivers
        .iter()
        .map(|driver| driver["part"].as_f64().unwrap())
        .sum();
    assert!((parts - found["r2"].as_f64().unwrap()).abs() < 1e-9);
    let again = shop.site.program().await.get(PATH).await.json();
    assert_eq!(again["drivers"], found["drivers"]);
    let mut page = shop.site.owner().await;
    let html = page.get("/results/drivers?survey=peiling").await.text();
    assert!(html.contains("verklaren samen") && html.contains("Hogere score, hogere NPS"));
    assert!(html.contains("70 inzendingen van 70 mensen"));
    assert!(html.contains("Hoe is dit berekend?"));
    let figures = page.get("/results?survey=peiling").await.text();
    assert!(figures.contains("/results/drivers?survey=peiling"));
}

#[tokio::test]
async fn too_few_answers_one_score_and_no_drivers_are_refused_with_the_reason() {
    let mut few = shop_with(15).await;
    let mut program = few.site.program().await;
    assert_eq!(program.get(PATH).await.json()["refused"], "too_few");
    let one = format!("{PATH}&driver=csat");
    assert_eq!(
        program.get(&one).await.json()["refused"],
        serde_json::Value::Null
    );
    let mut owner = few.site.owner().await;
    let html = owner.get("/results/drivers?survey=peiling").await.text();
    assert!(html.contains("15 inzendingen hebben een antwoord op al deze vragen"));
    assert!(html.contains("minstens 20 nodig"));
    // One person in a region is not told to be one.
    few.scored("Zuid", &[("nps", 9), ("csat", 5), ("ces", 7)])
        .await;
    let narrow = "/results/drivers?survey=peiling&segment.regio=Zuid";
    let html = few.site.owner().await.get(narrow).await.text();
    assert!(html.contains("Minder dan 5 mensen"), "{html}");
    let mut same = Shop::asking("kto-kort").await;
    for person in 0..30 {
        same.scored(
            "Noord",
            &[("nps", person % 11), ("csat", 4), ("ces", 1 + person % 7)],
        )
        .await;
    }
    let mut program = same.site.program().await;
    assert_eq!(program.get(PATH).await.json()["refused"], "no_spread");
    let none = Shop::open().await;
    let mut program = none.site.program().await;
    assert_eq!(program.get(PATH).await.json()["refused"], "no_drivers");
}

#[tokio::test]
async fn odd_drivers_are_refused_by_the_api_and_harmless_on_the_page() {
    let shop = shop_with(6).await;
    let mut program = shop.site.program().await;
    let answer = program.get(&format!("{PATH}&driver=%27%3Bdrop")).await;
    assert_eq!(answer.status.as_u16(), 422);
    let unknown = program.get(&format!("{PATH}&driver=weer")).await.json();
    assert_eq!(unknown["refused"], "no_drivers");
    let mut owner = shop.site.owner().await;
    let path = "/results/drivers?survey=peiling&driver=%3Cb%3E&driver=nps&driver=";
    let page = owner.get(path).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(!page.text().contains("<b>"));
}
