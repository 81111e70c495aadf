//! The themes of an organisation: changed in a draft, tried on answers, put to use, and back again.

use axum::http::StatusCode;
use peil_domain::{access::Role, outreach::Channel};

use crate::{
    postgres,
    results::Shop,
    site::{Browser, Site},
};

const HERE: &str = "/themes/taxonomy";

/// Sends a form of a page about themes, and says where that leads.
async fn send(
    browser: &mut Browser<'_>,
    at: &str,
    action: &str,
    fields: &[(&str, &str)],
) -> String {
    let form = browser.get(at).await;
    assert_eq!(form.status, StatusCode::OK, "{at}: {}", form.text());
    let done = browser.submit(&form, action, fields).await;
    assert_eq!(
        done.status,
        StatusCode::SEE_OTHER,
        "{action}: {}",
        done.text()
    );
    done.location.unwrap()
}

fn codes(found: &serde_json::Value) -> Vec<String> {
    let themes = found["themes"].as_array().unwrap();
    let codes = themes
        .iter()
        .map(|theme| theme["code"].as_str().unwrap().to_owned());
    codes.collect()
}

#[tokio::test]
async fn a_new_theme_is_tried_put_to_use_and_taken_back() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[1, 2, 3, 2, 1, 0])
        .await;
    for _ in 0..6 {
        shop.says(4, "De laadpaal was bezet").await;
    }
    shop.site.app.read_all_answers().await.unwrap();
    let mut owner = shop.site.owner().await;
    let theme = [
        ("new_nl", "Laden onderweg"),
        ("new_en", ""),
        ("strong_nl", "laadpaal\nlaadplein, opladen bij *"),
        ("strong_en", "charging point"),
    ];
    let form = owner.get(HERE).await;
    let refused = owner.submit(&form, HERE, &theme).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = refused.text();
    assert!(
        html.contains("href=\"#strong_nl\"") && html.contains("value=\"Laden onderweg\""),
        "{html}"
    );
    let theme = [
        theme[0],
        theme[1],
        ("strong_nl", "laadpaal\nlaadplein"),
        theme[3],
    ];
    send(&mut owner, HERE, HERE, &theme).await;
    let page = owner.get("/themes/taxonomy/trial").await.text();
    assert!(page.contains("6 van de 12 nieuwste antwoorden"), "{page}");
    assert!(page.contains("+ Laden onderweg: Algemeen"), "{page}");
    assert!(
        page.contains("<mark") && page.contains(">laadpaal</mark>"),
        "{page}"
    );
    // Nothing counts until it is put to use.
    let mut program = shop.site.program().await;
    shop.site.app.read_all_answers().await.unwrap();
    let before = program.get("/api/v1/themes?survey=peiling").await.json();
    assert!(
        !codes(&before).contains(&"laden_onderweg".to_owned()),
        "{before}"
    );
    send(
        &mut owner,
        "/themes/taxonomy/trial",
        "/themes/taxonomy/save",
        &[],
    )
    .await;
    let page = owner.get(HERE).await.text();
    assert!(page.contains("Peil leest de antwoorden opnieuw"), "{page}");
    shop.site.app.read_all_answers().await.unwrap();
    let found = program.get("/api/v1/themes?survey=peiling").await.json();
    let own = found["themes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|theme| theme["code"] == "laden_onderweg");
    assert_eq!(own.unwrap()["mentions"]["n"], 6, "{found}");
    assert_eq!(own.unwrap()["name_en"], "Laden onderweg");
    let page = owner.get("/themes?survey=peiling").await.text();
    assert!(page.contains("Laden onderweg"), "{page}");
    // Back to what Peil starts with.
    send(
        &mut owner,
        "/themes/taxonomy/versions",
        "/themes/taxonomy/versions",
        &[("version", "1")],
    )
    .await;
    shop.site.app.read_all_answers().await.unwrap();
    let after = program.get("/api/v1/themes?survey=peiling").await.json();
    assert!(
        !codes(&after).contains(&"laden_onderweg".to_owned()),
        "{after}"
    );
    let audit = owner.get("/settings/audit").await.text();
    assert!(
        audit.contains("Thema's veranderd") || audit.contains("Thema&#39;s veranderd"),
        "{audit}"
    );
    let verified = shop.site.app.verify_facts().await.unwrap();
    assert!(verified.is_none_or(|found| found.differences.is_empty()));
}

#[tokio::test]
async fn themes_are_renamed_merged_moved_split_and_switched_off_with_the_keyboard() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let of = |code: &str| format!("{HERE}/of/{code}");
    let (price, level) = (of("price"), of("price.level"));
    let rename = [
        ("do", "rename"),
        ("name_nl", "Kosten"),
        ("name_en", "Costs"),
    ];
    let next = send(&mut owner, &price, &price, &rename).await;
    assert!(next.starts_with(&price));
    let words = [
        ("do", "words"),
        ("strong_nl", "peperduur\nte duur"),
        ("exclusions_nl", "niet duur"),
    ];
    send(&mut owner, &level, &level, &words).await;
    let split = [
        ("do", "split"),
        ("split_nl", "Peperduur"),
        ("split_en", ""),
        ("going", "nl:strong:peperduur"),
    ];
    send(&mut owner, &level, &level, &split).await;
    let new = of("price.peperduur");
    let to = [("do", "move"), ("to", "billing")];
    send(&mut owner, &new, &new, &to).await;
    let merge = [("do", "merge"), ("into", "price")];
    let billing = of("billing");
    send(&mut owner, &billing, &billing, &merge).await;
    let theme = of("delivery");
    let split = [
        ("do", "split"),
        ("split_nl", "Pakket"),
        ("going", "delivery.packaging"),
    ];
    send(&mut owner, &theme, &theme, &split).await;
    send(&mut owner, &theme, &theme, &[("do", "off")]).await;
    send(
        &mut owner,
        HERE,
        "/themes/taxonomy/sector",
        &[("sector", "web_shop")],
    )
    .await;
    let page = owner.get(HERE).await.text();
    for said in [
        "Prijs en waarde heet voortaan Kosten.",
        "Kosten: Prijsniveau krijgt erbij: peperduur, te duur",
        "Nieuw onderdeel van Kosten: Peperduur.",
        "Peperduur gaat naar Facturen en betalen.",
        "Facturen en betalen wordt deel van Kosten.",
        "Nieuw thema: Pakket.",
        "Bezorging en verzending staat uit.",
        "Thema&#39;s erbij voor de branche Webwinkel.",
        "Zoeken en filteren",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(owner.get(&billing).await.status, StatusCode::NOT_FOUND);
    let mut program = site.program().await;
    let found = program.get("/api/v1/taxonomy").await.json();
    assert_eq!(
        (&found["version"], &found["pending"]),
        (&1.into(), &12.into()),
        "{found}"
    );
    let themes = found["themes"].as_array().unwrap();
    let costs = themes
        .iter()
        .find(|theme| theme["code"] == "price")
        .unwrap();
    let parts: Vec<&str> = costs["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["code"].as_str().unwrap())
        .collect();
    assert!(
        parts.contains(&"price.peperduur") && parts.contains(&"price.invoice"),
        "{parts:?}"
    );
    // What cannot be is said beside the field; the last change goes back; all of them go.
    let form = owner.get(&price).await;
    let refused = owner
        .submit(&form, &price, &[("do", "merge"), ("into", "price")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text().contains("href=\"#into\""),
        "{}",
        refused.text()
    );
    send(&mut owner, HERE, "/themes/taxonomy/undo", &[]).await;
    let found = program.get("/api/v1/taxonomy").await.json();
    assert_eq!(found["pending"], 11);
    send(&mut owner, HERE, "/themes/taxonomy/discard", &[]).await;
    let found = program.get("/api/v1/taxonomy").await.json();
    assert_eq!(found["pending"], 0);
    assert_eq!(owner.get(&billing).await.status, StatusCode::OK);
}

#[tokio::test]
async fn programs_change_themes_and_are_told_what_is_wrong() {
    on_both(async |site| {
        let mut program = site.program().await;
        let changes = "/api/v1/taxonomy/draft/changes";
        for (body, status) in [
            (
                serde_json::json!({ "change": "rename", "code": "gone", "name_nl": "x" }),
                404,
            ),
            (
                serde_json::json!({ "change": "rename", "name_nl": "x" }),
                422,
            ),
            (
                serde_json::json!({ "change": "rename", "code": "price", "name_nl": "a\u{0}b" }),
                422,
            ),
            (
                serde_json::json!({ "change": "merge", "code": "no_content", "to": "price" }),
                422,
            ),
            (
                serde_json::json!({ "change": "sector", "code": "circus" }),
                422,
            ),
            (
                serde_json::json!({ "change": "switch_on", "code": "price" }),
                422,
            ),
            (serde_json::json!({ "change": "fly" }), 422),
            (
                serde_json::json!({ "change": "words", "code": "price.level", "words": [
                    { "language": "nl", "list": "strong", "words": ["\u{0}"] }] }),
                422,
            ),
            (
                serde_json::json!({ "change": "rename", "code": "price", "name_nl": "Kosten" }),
                200,
            ),
        ] {
            let said = program.call("POST", changes, &body).await;
            assert_eq!(said.status.as_u16(), status, "{body}: {}", said.text());
        }
        let trial = program.get("/api/v1/taxonomy/draft/trial").await.json();
        assert_eq!(trial["answers"], 0);
        let nothing = serde_json::json!({});
        let saved = program
            .call("POST", "/api/v1/taxonomy/versions", &nothing)
            .await;
        assert_eq!(
            (saved.status.as_u16(), &saved.json()["version"]),
            (201, &2.into())
        );
        let again = program
            .call("POST", "/api/v1/taxonomy/versions", &nothing)
            .await;
        assert_eq!(again.status.as_u16(), 422, "{}", again.text());
        for (version, status) in [("1", 201), ("2", 201), ("4", 422), ("9", 404), ("x", 404)] {
            let path = format!("/api/v1/taxonomy/versions/{version}/restore");
            let said = program.call("POST", &path, &nothing).await;
            assert_eq!(said.status.as_u16(), status, "{version}: {}", said.text());
        }
        let versions = program.get("/api/v1/taxonomy/versions").await.json();
        assert_eq!(versions["items"].as_array().unwrap().len(), 4, "{versions}");
        assert_eq!(versions["items"][0]["is_in_use"], true);
        let undo = program
            .call("POST", "/api/v1/taxonomy/draft/undo", &nothing)
            .await;
        assert_eq!(undo.status.as_u16(), 422);
        let gone = program
            .send("DELETE", "/api/v1/taxonomy/draft", None, Vec::new())
            .await;
        assert_eq!(gone.status.as_u16(), 204);
    })
    .await;
}

/// Does something with a site on a file and, where there is one, on a server.
async fn on_both(todo: impl AsyncFn(Site)) {
    todo(Site::ready().await).await;
    if let Some(database) = postgres::Database::make() {
        todo(Site::ready_on(Some(database.url())).await).await;
    }
}

#[tokio::test]
async fn who_may_not_change_themes_reads_them_and_is_stopped() {
    let site = Site::ready().await;
    let mut agent = site.person(Role::Agent).await;
    let page = agent.get(HERE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        !page.text().contains("name=\"strong_nl\""),
        "{}",
        page.text()
    );
    assert_eq!(
        agent.get("/themes/taxonomy/of/price.level").await.status,
        StatusCode::OK
    );
    assert_eq!(
        agent.get("/themes/taxonomy/trial").await.status,
        StatusCode::FORBIDDEN
    );
    let refused = agent.submit(&page, HERE, &[("new_nl", "x")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let mut analyst = site.person(Role::Analyst).await;
    send(&mut analyst, HERE, HERE, &[("new_nl", "Nieuws")]).await;
}

#[tokio::test]
async fn what_no_theme_claims_is_proposed_and_a_person_decides() {
    let mut shop = Shop::open().await;
    let path = "/api/v1/theme-proposals";
    for name in ["Piet", "Kees", "Anna", "Truus", "Henk", "Fatima", "Joost"] {
        let words = format!("De laadpaal op het dak was bezet, zei {name} via {name}@example.nl");
        shop.says(4, &words).await;
        shop.says(9, "Het gele konijn danste op de maan").await;
    }
    for _ in 0..4 {
        shop.says(9, "Zwemmen in zee met duikbril").await;
    }
    shop.site.app.read_all_answers().await.unwrap();
    let mut owner = shop.site.owner().await;
    let here = "/themes/proposals";
    send(&mut owner, here, here, &[("granularity", "coarse")]).await;
    let page = owner.get(here).await.text();
    assert!(
        page.contains("Peil zoekt in de nieuwste antwoorden"),
        "{page}"
    );
    shop.site.app.read_all_answers().await.unwrap();
    let mut program = shop.site.program().await;
    let found = program.get(path).await.json();
    let items = found["items"].as_array().unwrap();
    let named = |word: &str| {
        let mut items = items.iter();
        items
            .find(|one| one["name"].as_str().unwrap().contains(word))
            .cloned()
    };
    let charging = named("laadpaal").unwrap_or_else(|| panic!("{found}"));
    assert_eq!(charging["people"], 7, "{found}");
    assert!(charging["quotes"][0].as_str().unwrap().contains("laadpaal"));
    assert!(!found.to_string().contains("example.nl"), "{found}");
    assert!(named("duikbril").is_none(), "four are too few: {found}");
    let rabbit = named("konijn").unwrap_or_else(|| panic!("{found}"));
    let page = owner.get(here).await;
    let form = format!("{here}/{}/dismiss", rabbit["number"]);
    let refused = owner.submit(&page, &form, &[("because", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    send(&mut owner, here, &form, &[("because", "Onzin")]).await;
    let form = format!("{here}/{}/accept", charging["number"]);
    let nameless = [("name_nl", ""), ("words", "laadpaal")];
    let refused = owner.submit(&page, &form, &nameless).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wanted = [
        ("name_nl", "Laden"),
        ("theme", "location_ambience"),
        ("words", "laadpaal\nlaadplein"),
    ];
    let next = send(&mut owner, here, &form, &wanted).await;
    assert!(next.starts_with(HERE), "{next}");
    let page = owner.get(HERE).await.text();
    let said = "Nieuw onderdeel van Locatie en sfeer: Laden.";
    assert!(page.contains(said), "{page}");
    // Nothing is found twice; what was dismissed stays so.
    let trial = "/themes/taxonomy/trial";
    send(&mut owner, trial, "/themes/taxonomy/save", &[]).await;
    let again = serde_json::json!({ "granularity": "normal" });
    let asked = program.call("POST", path, &again).await;
    assert_eq!(asked.status.as_u16(), 202);
    shop.site.app.read_all_answers().await.unwrap();
    let found = program.get(path).await.json();
    let items = found["items"].as_array().unwrap();
    let dismissed = items
        .iter()
        .find(|one| one["state"] == "dismissed")
        .unwrap();
    assert_eq!(dismissed["number"], rabbit["number"], "{found}");
    let is_open = |word: &str| {
        let mut items = items.iter();
        items.any(|one| one["state"] == "open" && one["name"].as_str().unwrap().contains(word))
    };
    assert!(!is_open("konijn") && !is_open("laadpaal"), "{found}");
    let because = serde_json::json!({ "because": "x" });
    for (path, body, status) in [
        (
            format!("{path}/{}/dismiss", rabbit["number"]),
            &because,
            404,
        ),
        (format!("{path}/x/dismiss"), &because, 404),
        (
            path.to_owned(),
            &serde_json::json!({ "granularity": "huge" }),
            422,
        ),
    ] {
        let said = program.call("POST", &path, body).await;
        assert_eq!(said.status.as_u16(), status, "{path}: {}", said.text());
    }
    let mut agent = shop.site.person(Role::Agent).await;
    let page = agent.get(here).await.text();
    assert!(!page.contains("name=\"granularity\""), "{page}");
}
