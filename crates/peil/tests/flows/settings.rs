//! Settings on screen and through the API.

use axum::http::StatusCode;
use peil_domain::access::Role;
use serde_json::json;

use crate::site::{PASSWORD, Site};

#[tokio::test]
async fn a_colour_that_is_hard_to_read_is_refused_with_a_proposal() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let page = browser.get("/settings/look").await;
    let answer = browser
        .submit(&page, "/settings/look", &[("accent", "#ffdd00")])
        .await;
    assert!(
        answer.text().contains("donkerder kleur"),
        "{}",
        answer.text()
    );
    assert!(answer.text().contains("Voorstel: #"));
    let answer = browser
        .submit(&page, "/settings/look", &[("accent", "#00534a")])
        .await;
    assert_eq!(
        answer.location.as_deref(),
        Some("/settings/look?done=saved")
    );
}

#[tokio::test]
async fn a_colleague_is_added_changed_and_blocked() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let page = browser.get("/settings/people").await;
    let fields = [
        ("name", "Piet"),
        ("email", "piet@example.nl"),
        ("password", PASSWORD),
        ("role", "analyst"),
    ];
    let answer = browser.submit(&page, "/settings/people", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let mut piet = site.signed_in("piet@example.nl").await;
    assert_eq!(piet.get("/settings").await.status, StatusCode::FORBIDDEN);
    let list = browser.get("/settings/people").await.text();
    let id = list
        .split("/settings/people/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let path = format!("/settings/people/{id}");
    let page = browser.get(&path).await;
    let block = [("name", "Piet"), ("role", "viewer"), ("is_blocked", "on")];
    let answer = browser.submit(&page, &path, &block).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(
        piet.get("/account").await.status,
        StatusCode::SEE_OTHER,
        "signed out at once"
    );
}

#[tokio::test]
async fn the_last_owner_cannot_be_blocked_and_an_admin_makes_no_owners() {
    let site = Site::ready().await;
    let owner = site.identity().await;
    let mut program = site.program().await;
    let change = json!({ "name": "Sanne", "role": "viewer", "is_blocked": false });
    let path = format!("/api/v1/users/{}", owner.user.id);
    let answer = program.call("PUT", &path, &change).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.json()["code"], "last-owner");
    let mut admin = site.person(Role::Admin).await;
    let page = admin.get("/settings/people").await;
    let fields = [
        ("name", "Eva"),
        ("email", "eva@example.nl"),
        ("password", PASSWORD),
        ("role", "owner"),
    ];
    let answer = admin.submit(&page, "/settings/people", &fields).await;
    assert!(
        answer.text().contains("Alleen een eigenaar"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn the_mail_password_is_kept_and_never_sent_back() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let mut settings = json!({
        "host": "mail.example.nl", "port": 587, "security": "starttls", "username": "peil",
        "password": "geheim-geheim", "from_name": "Testwinkel", "from_address": "kto@example.nl",
    });
    let path = "/api/v1/organisation/mail";
    assert_eq!(program.get(path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        program.call("PUT", path, &settings).await.status,
        StatusCode::NO_CONTENT
    );
    assert!(!program.get(path).await.text().contains("geheim"));
    let html = site.owner().await.get("/settings/mail").await.text();
    assert!(!html.contains("geheim-geheim") && html.contains("mail.example.nl"));
    settings["security"] = json!("rot13");
    let answer = program.call("PUT", path, &settings).await;
    assert_eq!(answer.json()["errors"][0]["field"], "security");
}

#[tokio::test]
async fn a_token_is_shown_once_and_works_until_it_is_revoked() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    let page = browser.get("/settings/tokens").await;
    let fields = [("name", "kassa"), ("scopes", "surveys:read")];
    let shown = browser
        .submit(&page, "/settings/tokens", &fields)
        .await
        .text();
    let token = format!(
        "peil_{}",
        shown
            .split("peil_")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
    );
    assert!(
        !browser
            .get("/settings/tokens")
            .await
            .text()
            .contains(&token)
    );
    let mut program = site.visitor();
    program
        .headers
        .push(("authorization", format!("Bearer {token}")));
    assert_eq!(
        program.get("/api/v1/me").await.json()["scopes"],
        json!(["surveys:read"])
    );
    assert_eq!(
        program.get("/api/v1/users").await.status,
        StatusCode::FORBIDDEN
    );
    let list = browser.get("/settings/tokens").await;
    let path = list.text();
    let path = path
        .split("action=\"/settings/tokens/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let path = format!("/settings/tokens/{path}");
    browser.submit(&list, &path, &[]).await;
    assert_eq!(
        program.get("/api/v1/me").await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_repeated_call_with_the_same_key_is_done_once() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    program
        .headers
        .push(("idempotency-key", "een-twee-drie".into()));
    let body = json!({ "name": "KTO", "template": "kto-kort" });
    let first = program.call("POST", "/api/v1/surveys", &body).await;
    let second = program.call("POST", "/api/v1/surveys", &body).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    assert_eq!(first.json(), second.json());
    let other = json!({ "name": "Ander KTO", "template": "kto-kort" });
    let answer = program.call("POST", "/api/v1/surveys", &other).await;
    assert_eq!(answer.json()["code"], "key-reused");
}

#[tokio::test]
async fn calls_with_one_key_at_the_same_moment_are_done_once() {
    let site = Site::ready().await;
    let token = site.token("all").await;
    let calls = (0..8).map(async |_| {
        let mut program = site.visitor();
        program.headers = vec![
            ("authorization", format!("Bearer {token}")),
            ("idempotency-key", "tegelijk".into()),
        ];
        let body = json!({ "name": "KTO", "template": "kto-kort" });
        program.call("POST", "/api/v1/surveys", &body).await
    });
    let answers = futures::future::join_all(calls).await;
    let (done, waiting): (Vec<_>, Vec<_>) = answers
        .iter()
        .partition(|answer| answer.status == StatusCode::CREATED);
    for answer in &done {
        assert_eq!(answer.json(), done[0].json());
    }
    for answer in &waiting {
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text());
        assert_eq!(answer.json()["code"], "still-running");
        assert_eq!(answer.kind, "application/problem+json");
        assert!(answer.headers.contains_key("retry-after"));
    }
    let mut program = site.program().await;
    let listed = program.get("/api/v1/surveys").await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_repeated_answer_comes_with_its_headers_and_a_refusal_is_not_kept() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let body = json!({ "name": "KTO", "template": "kto-kort" });
    let made = program.call("POST", "/api/v1/surveys", &body).await.json();
    let path = format!("/api/v1/surveys/{}/publish", made["id"].as_str().unwrap());
    program.headers.push(("idempotency-key", "een".into()));
    let first = program.call("POST", &path, &json!({})).await;
    let second = program.call("POST", &path, &json!({})).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    assert_eq!(second.status, first.status);
    for name in ["content-type", "etag", "location"] {
        assert_eq!(second.headers.get(name), first.headers.get(name), "{name}");
    }
    assert_eq!(second.body, first.body);

    program.headers.pop();
    program.headers.push(("idempotency-key", "twee".into()));
    let wrong = json!({ "name": "", "template": "kto-kort" });
    for _ in 0..2 {
        let refused = program.call("POST", "/api/v1/surveys", &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_ne!(refused.json()["code"], "key-reused");
    }
    let right = program.call("POST", "/api/v1/surveys", &body).await;
    assert_eq!(right.status, StatusCode::CREATED, "{}", right.text());
}

#[tokio::test]
async fn a_narrow_token_cannot_make_a_mightier_one() {
    let site = Site::ready().await;
    let token = site.token("settings:write").await;
    let mut program = site.visitor();
    program
        .headers
        .push(("authorization", format!("Bearer {token}")));
    let body = json!({ "name": "meer", "scopes": ["all"] });
    let answer = program.call("POST", "/api/v1/tokens", &body).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text());
}

#[tokio::test]
async fn malformed_calls_are_answered_with_a_problem_that_names_what_is_wrong() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let json = Some("application/json");
    for (kind, body, status, code) in [
        (json, "{", 400, "malformed"),
        (json, "{\"name\": 1}", 422, "wrong-shape"),
        (Some("text/plain"), "hallo", 415, "not-json"),
    ] {
        let answer = program
            .send("POST", "/api/v1/tokens", kind, body.into())
            .await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        assert_eq!(answer.kind, "application/problem+json");
        assert_eq!(answer.json()["code"], code);
    }
    assert_eq!(
        program.get("/api/v1/nergens").await.json()["code"],
        "not-found"
    );
    let answer = program
        .call("DELETE", "/api/v1/users", &serde_json::Value::Null)
        .await;
    assert_eq!(answer.json()["code"], "wrong-method");
}
