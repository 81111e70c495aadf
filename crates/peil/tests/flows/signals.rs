//! Signals: found once, shown on the first page, handled, ended, told to people and programs.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use peil_domain::{
    access::Role,
    shared::{LocalDay, Period},
    themes::{Evidence, Sighting, SignalKind},
};
use peil_store::results::{SignalQuery, signals};
use serde_json::json;

use crate::{
    respond::Asking,
    site::{Browser, Site},
};

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

/// The customers of one questionnaire, who answer through the interface for programs.
struct Customers<'a> {
    asking: &'a Asking,
    program: Browser<'a>,
    number: usize,
}

impl<'a> Customers<'a> {
    async fn of(asking: &'a Asking) -> Self {
        Self {
            program: asking.site.program().await,
            asking,
            number: 0,
        }
    }

    /// Answers so many days ago, each of another customer: with a score and these words.
    async fn say(&mut self, days_ago: i32, score: i32, all_words: &[&str]) {
        let path = format!("/api/v1/surveys/{}/responses", self.asking.survey.id);
        let at = self.asking.site.app.now() - SignedDuration::from_hours(24 * i64::from(days_ago));
        for words in all_words {
            self.number += 1;
            let answer = json!({
                "answers": { "nps": [score.to_string()], "waarom": [words] },
                "submitted_at": at.to_string(),
            });
            let created = self.program.call("POST", &path, &answer).await;
            assert_eq!(created.status, StatusCode::CREATED, "{}", created.text());
        }
    }

    /// Reads what came in and looks for signals; gives how many are new.
    async fn find(&self) -> usize {
        let app = &self.asking.site.app;
        app.read_all_answers().await.unwrap();
        app.find_signals(self.asking.actor.workspace).await.unwrap()
    }

    /// The same, of themes: early in a week hardly anyone answered in the last seven whole days, which is a signal too.
    async fn find_of_themes(&self) -> usize {
        let before = self.of_themes().await;
        self.find().await;
        self.of_themes().await - before
    }

    async fn of_themes(&self) -> usize {
        let session = self.asking.store.read(self.asking.actor.workspace);
        let all = SignalQuery {
            limit: 50,
            ..SignalQuery::default()
        };
        let found = signals::list(&session, &all).await.unwrap().items;
        found.iter().filter(|one| one.kind.is_of_theme()).count()
    }
}

const FINE: &str = "Alles prima, ga zo door";
const LATE: &str = "Mijn pakket werd veel te laat bezorgd, heel vervelend. Bel 06-12345678";

/// Days since Monday.
fn days_into_week(now: Timestamp) -> i32 {
    let zone = TimeZone::get("Europe/Amsterdam").unwrap();
    let today = LocalDay::of(now, &zone);
    today.0 - Period::Week.start(today).0
}

#[tokio::test]
async fn complaints_that_rise_become_a_signal_with_words_that_leads_to_the_theme_and_back() {
    let asking = Asking::kto(true).await;
    let mut customers = Customers::of(&asking).await;
    let monday = days_into_week(asking.site.app.now());
    // Ten quiet weeks: one complaint among ten answers.
    for week in (3..=12).rev() {
        customers.say(monday + 7 * week, 8, &[FINE; 9]).await;
        customers.say(monday + 7 * week, 8, &[LATE]).await;
    }
    assert_eq!(customers.find_of_themes().await, 0);
    // More answers alone are no signal, nor is a complaint more.
    customers.say(monday + 14, 8, &[FINE; 30]).await;
    customers.say(monday + 14, 8, &[LATE; 4]).await;
    assert_eq!(customers.find_of_themes().await, 0);
    // Two weeks in which most complain, this one among them.
    for days_ago in [monday + 7, 0] {
        customers.say(days_ago, 8, &[FINE; 4]).await;
        customers.say(days_ago, 8, &[LATE; 10]).await;
    }
    assert!(customers.find_of_themes().await > 0);
    assert_eq!(customers.find_of_themes().await, 0);

    let mut owner = asking.site.owner().await;
    let first = owner.get("/").await.text();
    assert!(first.contains("structureel"), "{first}");
    let themes = owner.get("/themes?survey=kto").await.text();
    assert!(
        themes.contains("structureel") && themes.contains("/signals/"),
        "{themes}"
    );
    let mut program = asking.site.program().await;
    let list = program.get("/api/v1/signals?subject=delivery").await.json();
    let signal = &list["items"][0];
    assert_eq!(signal["kind"], "theme_structural", "{list}");
    let id = signal["id"].as_str().unwrap();
    let page = owner.get(&format!("/signals/{id}")).await.text();
    assert!(
        page.contains("te laat bezorgd") && page.contains("06-12345678"),
        "{page}"
    );
    assert!(page.contains("/themes/delivery?survey=kto"), "{page}");
    let theme = owner.get("/themes/delivery?survey=kto").await.text();
    assert!(theme.contains(&format!("/signals/{id}")), "{theme}");
    assert!(theme.contains("Incident of structureel?"));
    // Who studies figures needs no telephone number; who only looks at figures reads no words.
    let mut analyst = asking.site.person(Role::Analyst).await;
    let seen = analyst.get(&format!("/signals/{id}")).await.text();
    assert!(
        seen.contains("bezorgd") && !seen.contains("06-12345678"),
        "{seen}"
    );
    let mut viewer = asking.site.person(Role::Viewer).await;
    let seen = viewer.get(&format!("/signals/{id}")).await.text();
    assert!(
        seen.contains("structureel") && !seen.contains("te laat bezorgd"),
        "{seen}"
    );
    let whole = program.get(&format!("/api/v1/signals/{id}")).await.json();
    assert_eq!(whole["survey"], "kto", "{whole}");
    assert_eq!(whole["quotes"].as_array().unwrap().len(), 3);
    let detail = program
        .get("/api/v1/themes/delivery?survey=kto")
        .await
        .json();
    assert_eq!(detail["verdict"], "theme_structural", "{detail}");
}

#[tokio::test]
async fn a_share_of_complaints_above_what_the_organisation_accepts_is_a_lasting_problem() {
    let asking = Asking::kto(true).await;
    let mut customers = Customers::of(&asking).await;
    for week in 1..=10 {
        customers.say(7 * week, 8, &[FINE; 8]).await;
        customers.say(7 * week, 8, &[LATE; 2]).await;
    }
    assert_eq!(customers.find().await, 0);
    let mut owner = asking.site.owner().await;
    let page = owner.get("/signals").await;
    let refused = owner
        .submit(&page, "/signals/limit", &[("chronic_share", "veel")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text().contains("value=\"veel\""),
        "{}",
        refused.text()
    );
    let saved = owner
        .submit(&page, "/signals/limit", &[("chronic_share", "12,5")])
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let mut program = asking.site.program().await;
    let limit = program.get("/api/v1/signals/limit").await.json();
    assert_eq!(limit["chronic_share"], 0.125);
    assert_eq!(customers.find().await, 1);
    let list = program.get("/api/v1/signals").await.json();
    assert_eq!(list["items"][0]["evidence"]["reason"], "chronic", "{list}");
    let wrong = json!({ "chronic_share": 2 });
    let refused = program.call("PUT", "/api/v1/signals/limit", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let none = json!({ "chronic_share": null });
    let taken = program.call("PUT", "/api/v1/signals/limit", &none).await;
    assert_eq!(taken.status, StatusCode::NO_CONTENT, "{}", taken.text());
    assert_eq!(customers.find().await, 0);
    let list = program.get("/api/v1/signals?is_open=true").await.json();
    assert!(list["items"].as_array().unwrap().is_empty(), "{list}");
}

#[tokio::test]
async fn a_score_that_is_really_lower_than_a_quarter_before_is_a_signal() {
    let asking = Asking::kto(true).await;
    let mut customers = Customers::of(&asking).await;
    let zone = TimeZone::get("Europe/Amsterdam").unwrap();
    let today = LocalDay::of(asking.site.app.now(), &zone);
    let before = today.0 - Period::Quarter.start(today).0 + 10;
    customers.say(before, 9, &[FINE; 40]).await;
    customers.say(before, 6, &[FINE; 10]).await;
    assert_eq!(customers.find().await, 0);
    customers.say(0, 4, &[FINE; 40]).await;
    customers.say(0, 9, &[FINE; 10]).await;
    assert_eq!(customers.find().await, 1);
    let mut program = asking.site.program().await;
    let list = program.get("/api/v1/signals").await.json();
    let signal = &list["items"][0];
    assert_eq!(
        (signal["kind"].as_str(), signal["subject"].as_str()),
        (Some("score_drop"), Some("kto"))
    );
    assert_eq!(signal["evidence"]["expected"], 60.0, "{list}");
    assert_eq!(signal["evidence"]["count"], -60.0, "{list}");
    assert_eq!(customers.find().await, 0);
}
