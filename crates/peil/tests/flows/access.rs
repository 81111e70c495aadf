//! Setting up, signing in and out, roles and tokens.

use axum::http::StatusCode;
use peil_domain::access::Role;

use crate::site::{OWNER, PASSWORD, Site};

const SET_UP: [(&str, &str); 6] = [
    ("organisation", "Fietsgoed"),
    ("language", "nl"),
    ("time_zone", "Europe/Amsterdam"),
    ("name", "Sanne de Boer"),
    ("email", OWNER),
    ("password", PASSWORD),
];

#[tokio::test]
async fn the_first_visit_leads_through_the_wizard_and_ends_signed_in() {
    let site = Site::empty().await;
    let mut browser = site.visitor();
    let answer = browser.get("/").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let answer = browser.get("/sign-in").await;
    assert_eq!(answer.location.as_deref(), Some("/set-up"));
    let page = browser.get("/set-up").await;
    let answer = browser.submit(&page, "/set-up", &SET_UP).await;
    assert_eq!(
        answer.location.as_deref(),
        Some("/surveys/new?first=1"),
        "{}",
        answer.text()
    );
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    let again = site.visitor().get("/set-up").await;
    assert_eq!(again.location.as_deref(), Some("/sign-in"));
}

#[tokio::test]
async fn the_wizard_names_what_is_wrong_and_keeps_what_was_typed() {
    let site = Site::empty().await;
    let mut browser = site.visitor();
    let page = browser.get("/set-up").await;
    let mut fields = SET_UP;
    fields[5].1 = "kort";
    let answer = browser.submit(&page, "/set-up", &fields).await;
    let html = answer.text();
    assert!(html.contains("ten minste 12 tekens"), "{html}");
    assert!(html.contains("value=\"Fietsgoed\"") && html.contains(r##"href="#password""##));
    assert!(
        !html.contains("value=\"kort\""),
        "a password is never sent back"
    );
}

#[tokio::test]
async fn a_form_that_does_not_come_from_our_page_is_refused() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let answer = browser.post("/sign-out", &[]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let mut stranger = site.visitor();
    stranger.get("/sign-in").await;
    let fields = [
        ("email".to_owned(), OWNER.to_owned()),
        ("password".into(), PASSWORD.into()),
    ];
    assert_eq!(
        stranger.post("/sign-in", &fields).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        browser.get("/account").await.status,
        StatusCode::OK,
        "still signed in"
    );
}

#[tokio::test]
async fn guessing_a_password_is_slowed_down() {
    let site = Site::ready().await;
    let mut browser = site.visitor();
    let page = browser.get("/sign-in").await;
    for _ in 0..8 {
        let wrong = [("email", OWNER), ("password", "verkeerd wachtwoord")];
        let answer = browser.submit(&page, "/sign-in", &wrong).await;
        assert!(answer.text().contains("horen niet bij elkaar"));
    }
    let right = [("email", OWNER), ("password", PASSWORD)];
    let answer = browser.submit(&page, "/sign-in", &right).await;
    assert!(
        answer.text().contains("Te veel pogingen"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn signing_out_everywhere_ends_the_other_device_too() {
    let site = Site::ready().await;
    let mut phone = site.owner().await;
    let mut laptop = site.owner().await;
    let page = laptop.get("/account").await;
    laptop
        .submit(&page, "/sign-out", &[("everywhere", "1")])
        .await;
    for browser in [&mut phone, &mut laptop] {
        let answer = browser.get("/account").await;
        assert_eq!(answer.location.as_deref(), Some("/sign-in?back=%2Faccount"));
    }
}

#[tokio::test]
async fn a_changed_password_ends_other_sign_ins_and_keeps_this_one() {
    let site = Site::ready().await;
    let mut other = site.owner().await;
    let mut browser = site.owner().await;
    let page = browser.get("/account").await;
    let wrong = [
        ("old", "niet dit wachtwoord"),
        ("password", "een heel ander wachtwoord hier"),
    ];
    let answer = browser.submit(&page, "/account/password", &wrong).await;
    assert!(answer.text().contains("horen niet bij elkaar"));
    let right = [
        ("old", PASSWORD),
        ("password", "een heel ander wachtwoord hier"),
    ];
    let answer = browser.submit(&page, "/account/password", &right).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    assert_eq!(other.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_person_chooses_the_language_of_the_screens() {
    let site = Site::ready().await;
    let mut browser = site.person(Role::Viewer).await;
    let page = browser.get("/account").await;
    assert!(page.text().contains("Mijn account"));
    browser
        .submit(&page, "/account/language", &[("language", "en")])
        .await;
    assert!(browser.get("/account").await.text().contains("My account"));
}

#[tokio::test]
async fn a_call_without_a_token_is_refused_as_a_problem() {
    let site = Site::ready().await;
    let answer = site.visitor().get("/api/v1/surveys").await;
    assert_eq!(answer.kind, "application/problem+json");
}

#[tokio::test]
async fn guessing_the_password_of_an_open_screen_is_held_back() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let page = owner.get("/account").await;
    let change = |old: &'static str| [("old", old), ("password", "een heel nieuw wachtwoord")];
    for _ in 0..7 {
        let answer = owner
            .submit(&page, "/account/password", &change("mis geraden"))
            .await;
        assert!(
            !answer.text().contains("Te veel pogingen"),
            "{}",
            answer.text()
        );
    }
    for old in ["mis geraden", PASSWORD] {
        let answer = owner.submit(&page, "/account/password", &change(old)).await;
        assert!(
            answer.text().contains("Te veel pogingen"),
            "{}",
            answer.text()
        );
    }
}
