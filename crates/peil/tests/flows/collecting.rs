//! Taking answers in: when there is no room, on several nodes, and how soon figures know.

use std::{
    fs,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::http::{StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use peil_app::{App, Clock, Parts, Secret, SystemChance, survey::Edit};
use peil_exchange::Tables;
use peil_outbound::SmtpMailer;
use peil_store::{DatabaseUrl, Limits, Store};
use serde_json::json;

use crate::{
    respond::Asking,
    site::{Answer, Browser, Site},
};

/// The clock of this machine, and what was added to it.
#[derive(Default)]
struct Ahead(Mutex<SignedDuration>);

impl Ahead {
    fn pass(&self, time: SignedDuration) {
        *self.0.lock().unwrap() += time;
    }
}

impl Clock for Ahead {
    #[expect(clippy::disallowed_methods, reason = "a clock for tests")]
    fn now(&self) -> Timestamp {
        Timestamp::now() + *self.0.lock().unwrap()
    }
}

/// Another node on the same records.
async fn node(asking: &Asking, limits: Limits, clock: Arc<Ahead>) -> Site {
    let folder = asking.site.folder();
    let key = fs::read_to_string(folder.join("secret.key")).unwrap();
    let url = DatabaseUrl::Sqlite(folder.join("peil.db"));
    asking.site.node(App::new(Parts {
        store: Store::open_with(&url, limits).await.unwrap(),
        clock,
        chance: Arc::new(SystemChance),
        secret: Secret::from_text(&key).unwrap(),
        mailer: Arc::new(SmtpMailer::new().unwrap()),
        tables: Arc::new(Tables),
        survey_files: Arc::new(peil_exchange::Questionnaires),
        folder: folder.to_owned(),
        public_url: "http://peil.test".into(),
    }))
}

/// A node on which nobody waits long.
async fn hasty_node(asking: &Asking) -> Site {
    let limits = Limits {
        patience: Duration::from_millis(200),
        ..Limits::default()
    };
    node(asking, limits, Arc::default()).await
}

async fn send(browser: &mut Browser<'_>, page: &Answer) -> Answer {
    let fields = [("nps", "3"), ("waarom", "Ik wacht <nog>"), ("_go", "next")];
    browser.submit(page, "/s/kto", &fields).await
}

#[tokio::test]
async fn while_there_is_no_room_the_page_keeps_what_was_typed_and_the_same_form_counts_once_later()
{
    let asking = Asking::kto(true).await;
    let hasty = hasty_node(&asking).await;
    for (language, words) in [
        ("nl", "Verstuur ze over een paar seconden opnieuw"),
        ("en", "Send them again in a few seconds"),
    ] {
        let before = asking.count().await;
        let mut browser = hasty.visitor();
        browser.headers.push(("accept-language", language.into()));
        let page = browser.get("/s/kto").await;

        let held = asking.store.begin(asking.actor.workspace).await.unwrap();
        let busy = send(&mut browser, &page).await;
        assert_eq!(
            busy.status,
            StatusCode::SERVICE_UNAVAILABLE,
            "{}",
            busy.text()
        );
        assert_eq!(busy.headers.get(header::RETRY_AFTER).unwrap(), "5");
        let html = busy.text();
        assert!(
            html.contains(words) && html.contains("Ik wacht &#60;nog&#62;"),
            "{html}"
        );
        assert!(
            html.contains("value=\"3\" checked") || html.contains("checked"),
            "{html}"
        );
        drop(held);

        // What was refused is not stored behind anybody's back.
        assert_eq!(asking.count().await, before);
        for _ in 0..2 {
            let sent = send(&mut browser, &busy).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
            let thanks = browser.get(sent.location.as_deref().unwrap()).await;
            assert!(thanks.text().contains("data-done"));
        }
        assert_eq!(asking.count().await, before + 1);
    }
}

#[tokio::test]
async fn a_page_turns_while_there_is_no_room_for_what_was_answered_before_it() {
    let definition = serde_json::from_value(json!({
        "languages": ["nl"],
        "title": { "nl": "Twee" },
        "pages": [
            { "questions": [{ "key": "nps", "text": { "nl": "NPS?" }, "kind": "nps" }] },
            { "questions": [{ "key": "waarom", "text": { "nl": "Waarom?" }, "kind": "text" }] }
        ]
    }));
    let asking = Asking::own(definition.unwrap()).await;
    let hasty = hasty_node(&asking).await;
    let mut browser = hasty.visitor();
    let page = browser.get("/s/kto").await;
    let held = asking.store.begin(asking.actor.workspace).await.unwrap();
    let second = browser
        .submit(&page, "/s/kto", &[("nps", "9"), ("_go", "next")])
        .await;
    assert_eq!(second.status, StatusCode::OK, "{}", second.text());
    assert!(second.text().contains("Pagina 2 van 2"));
    drop(held);
    let fields = [("waarom", "Daarom"), ("_go", "next")];
    let sent = browser.submit(&second, "/s/kto", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert_eq!(asking.count().await, 1);
}

#[tokio::test]
async fn programs_hear_when_to_try_again_and_their_submission_counts_once_too() {
    let asking = Asking::kto(true).await;
    let hasty = hasty_node(&asking).await;
    let token = asking.site.token("all").await;
    let mut program = hasty.visitor();
    program
        .headers
        .push(("authorization", format!("Bearer {token}")));
    let path = format!("/api/v1/surveys/{}/responses", asking.survey.id);
    let body = json!({
        "id": "01900000-0000-7000-8000-000000000001",
        "answers": { "nps": ["9"] },
    });

    let held = asking.store.begin(asking.actor.workspace).await.unwrap();
    let busy = program.call("POST", &path, &body).await;
    assert_eq!(
        busy.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{}",
        busy.text()
    );
    assert_eq!(busy.kind, "application/problem+json");
    assert_eq!(busy.headers.get(header::RETRY_AFTER).unwrap(), "5");
    assert_eq!(busy.json()["code"], "busy");
    drop(held);

    assert_eq!(asking.count().await, 0);
    for is_duplicate in [false, true] {
        let sent = program.call("POST", &path, &body).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
        assert_eq!(sent.json()["is_duplicate"], is_duplicate);
    }
    assert_eq!(asking.count().await, 1);
}

#[tokio::test]
async fn of_two_forms_of_one_invitation_at_the_same_moment_one_counts_whatever_the_node() {
    let asking = Asking::kto(false).await;
    asking.invite(14).await;
    let other = node(&asking, Limits::default(), Arc::default()).await;
    let path = "/r/AAAAAAAAAAAAAAAAAAAAAA";
    let (mut here, mut there) = (asking.site.visitor(), other.visitor());
    let pages = (here.get(path).await, there.get(path).await);
    let fields = [("nps", "9"), ("_go", "next")];
    let (first, second) = tokio::join!(
        here.submit(&pages.0, path, &fields),
        there.submit(&pages.1, path, &fields)
    );
    let mut statuses = [first.status, second.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    assert_eq!(asking.count().await, 1);
}

#[tokio::test]
async fn what_changes_is_shown_at_once_here_and_within_seconds_on_another_node() {
    let asking = Asking::kto(true).await;
    let clock = Arc::new(Ahead::default());
    let other = node(&asking, Limits::default(), Arc::clone(&clock)).await;
    let shows = async |site: &Site, words: &str| {
        let page = site.visitor().get("/s/kto").await;
        page.text().contains(words)
    };
    assert!(shows(&asking.site, "Hoe doen we het?").await);
    assert!(shows(&other, "Hoe doen we het?").await);

    let app = &asking.site.app;
    let survey = app
        .get_survey(&asking.actor, asking.survey.id)
        .await
        .unwrap()
        .survey;
    let mut definition = survey.draft.clone();
    definition
        .title
        .set(peil_domain::shared::Language::Nl, "Vertel het ons");
    let edit = Edit::Replace(Box::new(definition));
    app.edit_survey(&asking.actor, survey.id, survey.revision, edit)
        .await
        .unwrap();
    app.publish_survey(&asking.actor, survey.id, None)
        .await
        .unwrap();
    assert!(shows(&asking.site, "Vertel het ons").await);
    // Without asking the database, so that it may be a moment behind.
    assert!(shows(&other, "Hoe doen we het?").await);
    clock.pass(SignedDuration::from_secs(5));
    assert!(shows(&other, "Vertel het ons").await);

    app.close_survey(&asking.actor, survey.id).await.unwrap();
    assert_eq!(
        asking.site.visitor().get("/s/kto").await.status,
        StatusCode::GONE
    );
    clock.pass(SignedDuration::from_secs(5));
    assert_eq!(other.visitor().get("/s/kto").await.status, StatusCode::GONE);
}

#[tokio::test]
async fn an_answer_is_in_the_figures_as_soon_as_it_is_accepted() {
    let asking = Asking::kto(true).await;
    let mut program = asking.site.program().await;
    let mut visitor = asking.site.visitor();
    for number in 1..=6 {
        let page = visitor.get("/s/kto").await;
        let sent = visitor.submit(&page, "/s/kto", &[("nps", "9")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let survey = asking.site.app.get_survey(&asking.actor, asking.survey.id);
        assert_eq!(survey.await.unwrap().responses, number);
        let figures = program.get("/api/v1/results?survey=kto").await.json();
        // A figure about fewer people is not told.
        let people = (number >= 5).then_some(number);
        assert_eq!(figures["people"].as_u64(), people, "{figures}");
    }
}
