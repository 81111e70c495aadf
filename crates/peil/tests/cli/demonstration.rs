//! The demonstration: the same from the same seed, and telling the story that it should.

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use peil::{
    demo::{self, Made, Size, Story},
    settings::Settings,
    wiring::{self, Opened},
};
use peil_app::hash_token;
use peil_domain::{
    response::{AnswerValue, Response},
    shared::LocalDay,
    themes::SignalKind,
};
use peil_store::{
    response,
    results::{SignalQuery, signals},
    survey,
};
use tempfile::TempDir;

use crate::run::{run, set_up};

const TODAY: Date = date(2026, 7, 1);

struct Small {
    opened: Opened,
    made: Made,
    _place: TempDir,
}

async fn small(seed: u64, contacts: usize) -> Small {
    let place = tempfile::tempdir().unwrap();
    let settings = Settings::of_folder(place.path());
    let opened = wiring::open_with(&settings, "http://peil.test")
        .await
        .unwrap();
    let size = Size {
        seed,
        today: TODAY,
        contacts,
    };
    let made = demo::make(&opened.app, &opened.store, size).await.unwrap();
    Small {
        opened,
        made,
        _place: place,
    }
}

impl Small {
    /// Every answered questionnaire of one survey.
    async fn responses(&self, slug: &str) -> Vec<Response> {
        let workspace = self.opened.store.list_workspaces().await.unwrap().remove(0);
        let session = self.opened.store.read(workspace.id);
        let all = survey::list(&session).await.unwrap();
        let one = all
            .iter()
            .find(|survey| survey.slug.as_str() == slug)
            .unwrap();
        let mut found: Vec<Response> = Vec::new();
        loop {
            let last = found.last().map(|response| response.id);
            let more = response::list_from(&session, one.id, last, 2_000)
                .await
                .unwrap();
            if more.is_empty() {
                return found;
            }
            found.extend(more);
        }
    }
}

/// Mean score of a question over those answers that hold.
fn mean(responses: &[Response], key: &str, holds: impl Fn(&Response) -> bool) -> f64 {
    let scores: Vec<i32> = responses
        .iter()
        .filter(|response| holds(response))
        .flat_map(|response| &response.answers)
        .filter(|answer| answer.key.as_str() == key)
        .filter_map(|answer| match answer.value {
            AnswerValue::Score(score) => Some(score),
            _ => None,
        })
        .collect();
    assert!(scores.len() >= 20, "{} answers to {key}", scores.len());
    f64::from(scores.iter().sum::<i32>()) / f64::from(u32::try_from(scores.len()).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_gives_the_same_organisation_and_another_seed_another() {
    let (one, two, other) = (
        small(1, 120).await,
        small(1, 120).await,
        small(2, 120).await,
    );
    assert_eq!(one.made, two.made);
    let (first, second) = (one.responses("kto").await, two.responses("kto").await);
    assert_eq!(first, second);
    assert_ne!(first, other.responses("kto").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_customer_who_was_asked_can_still_answer_by_a_link_that_works() {
    let demo = small(1, 120).await;
    let mark = demo::find(&demo.opened.store).await.unwrap().unwrap();
    let link = demo.opened.app.invitation_link(mark.open.unwrap());
    let token = link.rsplit('/').next().unwrap();
    let found = demo
        .opened
        .store
        .find_invitation_by_token(&hash_token(token))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.answered_at, None);
    assert_eq!(Some(found.id), mark.open);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answers_tell_of_the_courier_the_service_desk_and_the_lease_riders() {
    let demo = small(7, 2_400).await;
    let story = Story::new(TODAY);
    let on = |response: &Response| response.local_day.date();
    let responses = demo.made.responses;
    assert!((6_800..9_200).contains(&responses), "{:?}", demo.made);
    assert!(demo.made.comments * 10 > responses * 4, "{:?}", demo.made);

    let delivered = demo.responses("na-levering").await;
    let in_trouble = |response: &Response| story.courier_trouble(on(response)) > 0.7;
    let (bad, good) = (
        mean(&delivered, "csat", in_trouble),
        mean(&delivered, "csat", |response| !in_trouble(response)),
    );
    assert!(bad < good - 0.5, "{bad} {good}");
    let told = delivered.iter().filter(|response| in_trouble(response)).any(|response| {
        let mut answers = response.answers.iter();
        answers.any(|answer| matches!(&answer.value, AnswerValue::Text(text) if text.contains("bezorg")))
    });
    assert!(told);

    let helped = demo.responses("na-contact").await;
    let called_back = |response: &Response| story.callback(on(response)) > 0.9;
    let (after, before) = (
        mean(&helped, "csat", called_back),
        mean(&helped, "csat", |response| {
            on(response) < story.callback_from
        }),
    );
    assert!(after > before + 0.2, "{after} {before}");

    let relation = demo.responses("kto-relatie").await;
    let group = |name: &'static str| {
        move |response: &Response| {
            response
                .segments
                .iter()
                .any(|(key, value)| key.as_str() == "klantgroep" && value == name)
        }
    };
    let (lease, consumers) = (
        mean(&relation, "nps", group("Lease")),
        mean(&relation, "nps", group("Particulier")),
    );
    assert!(lease < consumers - 1.0, "{lease} {consumers}");
    assert!(
        relation
            .iter()
            .all(|response| response.local_day < LocalDay::from_date(TODAY))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trouble_with_deliveries_is_called_structural_within_two_weeks_and_resolved_when_over()
{
    let full = Size::full(TODAY);
    let demo = small(full.seed, full.contacts).await;
    let (app, store) = (&demo.opened.app, &demo.opened.store);
    app.read_all_answers().await.unwrap();
    demo::look_back(app, store, TODAY).await.unwrap();
    let workspace = store.list_workspaces().await.unwrap().remove(0);
    let query = SignalQuery {
        subject: Some("delivery".to_owned()),
        limit: 50,
        ..SignalQuery::default()
    };
    let read = store.read(workspace.id);
    let all = signals::list(&read, &query).await.unwrap().items;
    let story = Story::new(TODAY);
    let day = |at: jiff::Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let of = |kind: SignalKind| all.iter().filter(move |signal| signal.kind == kind);
    let structural: Vec<_> = of(SignalKind::ThemeStructural).collect();
    assert_eq!(structural.len(), 1, "{all:?}");
    // One event of all answers, not one per part of them.
    assert!(structural[0].evidence.part.is_none());
    let found = day(structural[0].found_at);
    let two_weeks = story.courier_from.saturating_add(14.days());
    assert!((story.courier_from..two_weeks).contains(&found), "{found}");
    let since = structural[0].evidence.since.unwrap().date();
    // It is told to a week since when.
    let week_before = story.courier_from.saturating_sub(7.days());
    assert!((week_before..two_weeks).contains(&since), "{since}");
    assert!(
        structural[0]
            .evidence
            .points
            .iter()
            .any(|week| week.is_part)
    );
    assert!(!structural[0].evidence.quotes.is_empty());
    let resolved: Vec<_> = of(SignalKind::ThemeResolved).collect();
    assert_eq!(resolved.len(), 1, "{all:?}");
    let over = day(resolved[0].found_at);
    let six_weeks = story.courier_until.saturating_add(42.days());
    assert!((two_weeks..six_weeks).contains(&over), "{over}");
    assert_eq!(structural[0].ended_at, Some(resolved[0].found_at));
}

#[test]
fn the_demonstration_never_mixes_with_a_real_organisation() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_str().unwrap();
    set_up(folder);
    let said = run(&[
        "demo",
        "--data",
        folder,
        "--listen",
        "127.0.0.1:0",
        "--only-make",
    ]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.errors.contains("holds a real organisation"),
        "{said:?}"
    );
}
