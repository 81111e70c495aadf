//! Signals: found once, shown on the first page, handled, ended, told to people and programs.

use peil_domain::themes::{Evidence, Sighting, SignalKind};

use crate::site::Site;

/// A signal as someone who finds other things would raise it.
fn goal(name: &str, count: f64) -> Sighting {
    Sighting {
        kind: SignalKind::GoalAtRisk,
        subject: name.to_owned(),
        evidence: Evidence {
            name: name.to_owned(),
            count: Some(count),
            answers: 40,
            ..Evidence::default()
        },
    }
}

async fn raise(site: &Site, found: Vec<Sighting>) -> usize {
    let workspace = site.identity().await.workspace.id;
    let kinds = [SignalKind::GoalAtRisk];
    site.app
        .raise_signals(workspace, &kinds, found)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_signal_is_found_once_grows_and_ends() {
    let site = Site::ready().await;
    assert_eq!(raise(&site, vec![goal("NPS 40", 1.0)]).await, 1);
    assert_eq!(raise(&site, vec![goal("NPS 40", 2.0)]).await, 0);
    let mut program = site.program().await;
    let list = program.get("/api/v1/signals").await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!(list["items"][0]["evidence"]["count"], 2.0);
    assert!(list["items"][0]["ended_at"].is_null());
    assert_eq!(raise(&site, Vec::new()).await, 0);
    let list = program.get("/api/v1/signals?is_open=true").await.json();
    assert!(list["items"].as_array().unwrap().is_empty());
    let events = program.get("/api/v1/events").await.json();
    let event = &events["items"][0];
    assert_eq!(
        (event["specversion"].as_str(), event["type"].as_str()),
        (Some("1.0"), Some("peil.signal.goal_at_risk"))
    );
}

#[tokio::test]
async fn a_new_signal_stands_on_the_first_page_until_it_is_handled() {
    let site = Site::ready().await;
    raise(&site, vec![goal("NPS <b>40</b>", 1.0)]).await;
    let mut owner = site.owner().await;
    let first = owner.get("/").await.text();
    assert!(first.contains("NPS &#60;b&#62;40") || first.contains("NPS &lt;b&gt;40"));
    assert!(first.contains("doel in gevaar"));
    let mut program = site.program().await;
    let list = program.get("/api/v1/signals").await.json();
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    let page = format!("/signals/{id}");
    // Without a reason nothing is dismissed, and what was typed is kept.
    let fields = [("because".to_owned(), "  ".to_owned())];
    let mut refused = owner
        .get(&page)
        .await
        .hidden_fields(&format!("{page}/dismiss"));
    refused.extend(fields);
    assert_eq!(
        owner
            .post(&format!("{page}/dismiss"), &refused)
            .await
            .status,
        422
    );
    let mut given = owner
        .get(&page)
        .await
        .hidden_fields(&format!("{page}/dismiss"));
    given.push(("because".to_owned(), "We stoppen met dit doel".to_owned()));
    assert_eq!(
        owner.post(&format!("{page}/dismiss"), &given).await.status,
        303
    );
    assert!(!owner.get("/").await.text().contains("doel in gevaar"));
    assert!(
        owner
            .get("/signals?state=dismissed")
            .await
            .text()
            .contains("We stoppen met dit doel")
    );
    assert_eq!(raise(&site, vec![goal("NPS <b>40</b>", 3.0)]).await, 0);
    assert!(!owner.get("/").await.text().contains("doel in gevaar"));
}

#[tokio::test]
async fn programs_handle_signals_too_and_a_signal_of_nobody_is_not_found() {
    let site = Site::ready().await;
    raise(&site, vec![goal("CSAT 80", 1.0)]).await;
    let mut program = site.program().await;
    let list = program.get("/api/v1/signals?state=new").await.json();
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    let seen = program
        .call(
            "POST",
            &format!("/api/v1/signals/{id}/seen"),
            &serde_json::Value::Null,
        )
        .await;
    assert_eq!(seen.json()["state"], "seen");
    let accepted = program
        .call(
            "POST",
            &format!("/api/v1/signals/{id}/accept"),
            &serde_json::Value::Null,
        )
        .await;
    assert_eq!(accepted.json()["state"], "accepted");
    let nobody = "/api/v1/signals/00000000-0000-7000-8000-000000000000";
    assert_eq!(program.get(nobody).await.status, 404);
    let wish = serde_json::json!({ "is_wanted": true });
    assert_eq!(
        program
            .call("PUT", "/api/v1/signals/mail", &wish)
            .await
            .status,
        204
    );
    let mail = program.get("/api/v1/signals/mail").await.json();
    assert_eq!(mail["is_wanted"], true);
}

#[tokio::test]
async fn looking_for_signals_where_nobody_answered_finds_nothing() {
    let site = Site::ready().await;
    let workspace = site.identity().await.workspace.id;
    assert_eq!(site.app.find_signals(workspace).await.unwrap(), 0);
    let mut owner = site.owner().await;
    let page = owner.get("/signals").await.text();
    assert!(page.contains("Er is nu niets dat om een blik vraagt"));
}
