//! Signals of parts of all answers, of themes that go together, and of what no theme claims yet.

use jiff::{SignedDuration, tz::TimeZone};
use peil_domain::{
    response::{Answer, AnswerValue, Response},
    shared::{LocalDay, Period, ResponseId},
};
use peil_store::response;
use serde_json::{Value, json};

use crate::respond::Asking;

const FINE: &str = "Alles prima, ga zo door";
pub(crate) const LATE: &str = "Mijn pakket werd veel te laat bezorgd, heel vervelend";
pub(crate) const SILENT: &str = "Mijn pakket werd veel te laat bezorgd, heel vervelend. \
    De klantenservice was slecht en onbereikbaar";
const UNHEARD: &str = "De klantenservice was slecht en onbereikbaar";

/// Answers as they would have come in over weeks, each of another person.
pub(crate) struct History {
    pub(crate) asking: Asking,
    like: Response,
    number: u64,
    pub(crate) new: Vec<Response>,
}

impl History {
    pub(crate) async fn begin() -> Self {
        let asking = Asking::kto(true).await;
        let path = format!("/api/v1/surveys/{}/responses", asking.survey.id);
        let answer = json!({ "answers": { "nps": ["8"], "waarom": [FINE] } });
        let created = {
            let mut program = asking.site.program().await;
            program.call("POST", &path, &answer).await.json()
        };
        let id: ResponseId = created["id"].as_str().unwrap().parse().unwrap();
        let session = asking.store.read(asking.actor.workspace);
        let like = response::find(&session, id).await.unwrap().unwrap();
        Self {
            asking,
            like,
            number: 0,
            new: Vec::new(),
        }
    }

    /// Days since Monday.
    fn monday(&self) -> i32 {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let today = LocalDay::of(self.asking.site.app.now(), &zone);
        today.0 - Period::Week.start(today).0
    }

    /// So many people of a group say the same, so many days ago.
    pub(crate) fn say(&mut self, days_ago: i32, group: &str, times: u64, words: &str) {
        for _ in 0..times {
            self.number += 1;
            let ago = SignedDuration::from_hours(24 * i64::from(days_ago));
            let at = self.like.submitted_at - ago;
            let millis = u64::try_from(at.as_millisecond()).unwrap();
            let mut random = [7; 10];
            random[2..].copy_from_slice(&self.number.to_be_bytes());
            let own = |answer: &Answer| Answer {
                value: match &answer.value {
                    AnswerValue::Text(_) => AnswerValue::Text(words.to_owned()),
                    other => other.clone(),
                },
                ..answer.clone()
            };
            let segments = [("klantgroep".parse().unwrap(), group.to_owned())];
            self.new.push(Response {
                id: ResponseId::new(millis, random),
                submitted_at: at,
                local_day: LocalDay(self.like.local_day.0 - days_ago),
                segments: segments.into(),
                answers: self.like.answers.iter().map(own).collect(),
                ..self.like.clone()
            });
        }
    }

    pub(crate) async fn read(&mut self) {
        let tx = self.asking.store.begin(self.asking.actor.workspace).await;
        let tx = tx.unwrap();
        response::add_many(&tx, &self.new).await.unwrap();
        tx.commit().await.unwrap();
        self.new.clear();
        self.asking.site.app.read_all_answers().await.unwrap();
    }

    /// Reads what came in and looks for signals; gives those that go on.
    async fn find(&mut self) -> Vec<Value> {
        self.read().await;
        let workspace = self.asking.actor.workspace;
        self.asking.site.app.find_signals(workspace).await.unwrap();
        self.open().await
    }

    /// The signals that go on; on the first days of a week few answered in the last seven whole days.
    async fn open(&self) -> Vec<Value> {
        let mut program = self.asking.site.program().await;
        let list = program.get("/api/v1/signals?is_open=true").await.json();
        let mut found = list["items"].as_array().unwrap().clone();
        found.retain(|signal| signal["kind"] != "response_collapse");
        found
    }
}

#[tokio::test]
async fn what_gets_worse_for_one_group_only_is_a_signal_of_that_group() {
    let mut history = History::begin().await;
    let monday = history.monday();
    let quiet = (2..=13).map(|week| (monday + 7 * week, 2, 20));
    // Lease riders complain, the others a little less than before: together that hides it.
    let worse = [(monday + 7, 10, 17), (0, 11, 18)];
    for (days_ago, of_lease, of_others) in quiet.chain(worse) {
        history.say(days_ago, "Lease", of_lease, LATE);
        history.say(days_ago, "Lease", 16 - of_lease, FINE);
        history.say(days_ago, "Particulier", of_others, LATE);
        history.say(days_ago, "Particulier", 48 - of_others, FINE);
    }
    let found = history.find().await;
    assert_eq!(found.len(), 1, "{found:?}");
    let signal = &found[0];
    assert_eq!(signal["subject"], "delivery");
    assert_eq!(signal["kind"], "theme_structural", "{signal}");
    let part = &signal["evidence"]["part"];
    assert_eq!(
        (&part["dimension"], &part["value"]),
        (&json!("segment.klantgroep"), &json!("Lease"))
    );
    assert_eq!(signal["evidence"]["count"], 21.0);
    let mut owner = history.asking.site.owner().await;
    let first = owner.get("/").await.text();
    assert!(first.contains("Bezorging en verzending · Lease"), "{first}");
    let id = signal["id"].as_str().unwrap();
    let page = owner.get(&format!("/signals/{id}")).await.text();
    assert!(page.contains("klantgroep: Lease"), "{page}");
    assert!(page.contains("segment.klantgroep=Lease"), "{page}");
    assert!(page.contains("te laat bezorgd"), "{page}");
    // The same is not told twice.
    assert_eq!(history.find().await.len(), 1);

    // Now all complain: what all answers show goes before it and says where it comes from.
    history.say(0, "Particulier", 60, LATE);
    history.say(0, "Lease", 20, LATE);
    let found = history.find().await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0]["evidence"]["part"].is_null(), "{found:?}");
}

#[tokio::test]
async fn themes_that_are_complained_about_in_the_same_answers_are_one_signal() {
    let mut history = History::begin().await;
    let monday = history.monday();
    for week in 2..=12 {
        history.say(monday + 7 * week, "", 18, FINE);
        history.say(monday + 7 * week, "", 1, LATE);
        history.say(monday + 7 * week, "", 1, UNHEARD);
    }
    for days_ago in [monday + 7, 0] {
        history.say(days_ago, "", 8, FINE);
        history.say(days_ago, "", 3, LATE);
        history.say(days_ago, "", 10, SILENT);
    }
    let found = history.find().await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["subject"], "delivery");
    let companions = found[0]["evidence"]["companions"].as_array().unwrap();
    assert!(
        companions.contains(&json!("customer_service")),
        "{companions:?}"
    );
    let mut owner = history.asking.site.owner().await;
    let id = found[0]["id"].as_str().unwrap();
    for page in ["/", "/signals", &format!("/signals/{id}")] {
        let shown = owner.get(page).await.text();
        assert!(
            shown.contains("Ook vaker in dezelfde antwoorden"),
            "{shown}"
        );
    }
    let theme = owner
        .get("/themes/customer_service?survey=kto")
        .await
        .text();
    assert!(theme.contains(&format!("/signals/{id}")), "{theme}");
}

#[tokio::test]
async fn what_no_theme_claims_and_grows_fast_is_a_signal_until_someone_decides() {
    let mut history = History::begin().await;
    for days_ago in 40..100 {
        history.say(days_ago, "", 1, "Het gele konijn danste op de maan");
    }
    for days_ago in 1..=9 {
        history.say(days_ago, "", 1, "De laadpaal op het dak was weer bezet");
    }
    history.say(3, "", 2, "Het gele konijn danste op de maan");
    history.read().await;
    let actor = history.asking.actor.clone();
    let app = &history.asking.site.app;
    let coarse = peil_app::themes::Granularity::Coarse;
    app.discover_themes(&actor, coarse).await.unwrap();
    app.read_all_answers().await.unwrap();
    let found = history.open().await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["kind"], "new_theme");
    assert_eq!(found[0]["evidence"]["count"], 9.0);
    // Looking again, for this or for other things, tells nothing twice.
    app.discover_themes(&actor, coarse).await.unwrap();
    app.read_all_answers().await.unwrap();
    let same = history.find().await;
    assert_eq!((same.len(), &same[0]["id"]), (1, &found[0]["id"]));
    let mut owner = history.asking.site.owner().await;
    let id = found[0]["id"].as_str().unwrap();
    let page = owner.get(&format!("/signals/{id}")).await.text();
    assert!(page.contains("In vier weken schreven 9 mensen"), "{page}");
    assert!(page.contains("href=\"/themes/proposals\""), "{page}");
    let number: i64 = found[0]["subject"].as_str().unwrap().parse().unwrap();
    let app = &history.asking.site.app;
    app.dismiss_theme_proposal(&actor, number, "Bekend")
        .await
        .unwrap();
    assert_eq!(history.open().await.len(), 0);
}
