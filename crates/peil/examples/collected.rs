//! Makes a data folder with an organisation, a questionnaire at `/s/kto` that anyone may answer any
//! number of times, and so many submissions, half of them to another questionnaire. `cargo dev bench
//! collect` uses it; a folder that is there already is only opened.
//!
//! Prints the cookie of somebody who is signed in, and the address of the page with results.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a program for measuring that meets something unexpected should stop right there"
)]

use std::{collections::BTreeMap, path::PathBuf};

use jiff::{Timestamp, tz::TimeZone};
use peil::{settings::Settings, wiring};
use peil_app::{
    App,
    access::SetUp,
    survey::{NewSurvey, SurveyChange},
};
use peil_domain::{
    access::Actor,
    outreach::Channel,
    response::{Answer, AnswerValue, Completion, Flags, Response},
    shared::{ContactId, Language, LocalDay, QuestionKey, ResponseId, SurveyId},
    survey::{Survey, SurveyPurpose, Version},
};
use peil_store::{Store, response, survey};

const EMAIL: &str = "sanne@example.nl";
const PASSWORD: &str = "vier rode fietsen in de regen";
/// Submissions that share a transaction.
const TOGETHER: u64 = 10_000;
/// Days over which submissions are spread.
const DAYS: i64 = 1_095;
const CONTACTS: u64 = 300_000;

/// How often each score is given, from the lowest up.
const NPS: [u64; 11] = [3, 1, 1, 2, 2, 5, 7, 14, 24, 21, 20];
const CSAT: [u64; 5] = [4, 6, 16, 44, 30];
const CES: [u64; 7] = [3, 4, 6, 12, 22, 32, 21];
const REASONS: [&str; 6] = [
    "Snelle reactie en vriendelijk geholpen",
    "De levering duurde te lang en niemand belde terug",
    "Prima product, duidelijke uitleg",
    "Ik moest drie keer bellen voor een antwoord",
    "De website is onoverzichtelijk",
    "Goede prijs, goede service",
];
const WISHES: [&str; 4] = [
    "Sneller terugbellen",
    "Niets",
    "Duidelijker facturen",
    "Meer uitleg bij storingen",
];

/// A stream of numbers that depends on its seed only (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most).unwrap()).unwrap()
    }

    fn weighted(&mut self, weights: &[u64]) -> i32 {
        let mut left = self.next() % weights.iter().sum::<u64>();
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return i32::try_from(index).unwrap();
            }
            left -= weight;
        }
        0
    }

    fn random(&mut self) -> [u8; 10] {
        let (first, second) = (self.next().to_be_bytes(), self.next().to_be_bytes());
        std::array::from_fn(|at| if at < 8 { first[at] } else { second[at - 8] })
    }
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, number] = arguments.as_slice() else {
        panic!("collected FOLDER NUMBER-OF-SUBMISSIONS");
    };
    let folder = PathBuf::from(folder);
    let is_there = folder.join("made").exists();
    let settings = Settings::of_folder(&folder);
    let opened = wiring::open_with(&settings, "http://127.0.0.1")
        .await
        .unwrap();
    if !is_there {
        let surveys = set_up(&opened.app, &opened.store).await;
        fill(&opened.store, &surveys, number.parse().unwrap()).await;
        // Only a folder that is complete is used again.
        std::fs::write(folder.join("made"), number).unwrap();
    }
    // What is read takes minutes, and nothing of it must be left for the time of measuring.
    let position = opened.store.own_changes().borrow().clone();
    opened.app.read_all_answers().await.unwrap();
    let has_read = *opened.store.own_changes().borrow() != position;
    let signed_in = opened.app.sign_in(EMAIL, PASSWORD.into()).await.unwrap();
    let survey = opened
        .store
        .find_survey_by_slug(&"kto".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    println!(
        "{}",
        serde_json::json!({
            "cookie": format!("peil={}", signed_in.token),
            "results": format!("/results?survey={}", survey.slug),
            "has_read": has_read,
        })
    );
    opened.close().await.unwrap();
}

/// An organisation with two questionnaires.
async fn set_up(app: &App, store: &Store) -> Vec<(Survey, Version)> {
    let set_up = SetUp {
        organisation: "Fietsgoed".into(),
        language: Language::Nl,
        time_zone: "Europe/Amsterdam".into(),
        name: "Sanne de Boer".into(),
        email: EMAIL.parse().unwrap(),
        password: PASSWORD.into(),
    };
    let workspace = app.set_up(set_up).await.unwrap().id;
    let actor = Actor::program(workspace);
    let mut made = Vec::new();
    for slug in ["kto", "nog-een"] {
        let id = publish(app, &actor, slug).await;
        let session = store.read(workspace);
        let survey = survey::find(&session, id).await.unwrap().unwrap();
        let version = survey::newest_version(&session, id).await.unwrap().unwrap();
        made.push((survey, version));
    }
    made
}

async fn publish(app: &App, actor: &Actor, slug: &str) -> SurveyId {
    let new = NewSurvey {
        template: "kto-kort".into(),
        name: slug.into(),
        slug: None,
    };
    let survey = app.create_survey(actor, new).await.unwrap();
    let change = SurveyChange {
        name: slug.into(),
        slug: slug.parse().unwrap(),
        purpose: SurveyPurpose::Relational,
        has_public_link: true,
        allows_repeats: true,
        touchpoint: None,
    };
    app.update_survey(actor, survey.id, survey.revision, change)
        .await
        .unwrap();
    app.publish_survey(actor, survey.id, None).await.unwrap();
    survey.id
}

/// Adds submissions in the order in which they would have come.
async fn fill(store: &Store, surveys: &[(Survey, Version)], number: u64) {
    let mut chance = Chance(1);
    let zone = TimeZone::get("Europe/Amsterdam").unwrap();
    let now = Timestamp::now();
    let first = now.as_second() - DAYS * 86_400;
    let Some((survey, _)) = surveys.first() else {
        return;
    };
    let mut done = 0;
    while done < number {
        let some: Vec<Response> = (done..number.min(done + TOGETHER))
            .map(|at| {
                let passed = u64::try_from(DAYS * 86_400 - 1).unwrap() * at / number;
                let at_second = first + i64::try_from(passed).unwrap();
                let at_moment = Timestamp::from_second(at_second).unwrap();
                let (survey, version) = &surveys[chance.below(surveys.len())];
                submission(&mut chance, survey, version, at_moment, &zone)
            })
            .collect();
        done += u64::try_from(some.len()).unwrap();
        let tx = store.begin(survey.workspace).await.unwrap();
        response::add_many(&tx, &some).await.unwrap();
        tx.commit().await.unwrap();
        // Facts are made from the records afterwards.
        let all = (Timestamp::MAX, Timestamp::MAX);
        store.tidy_outbox(all, None).await.unwrap();
        if done % 100_000 == 0 {
            eprintln!("{done} of {number} submissions");
        }
    }
}

fn submission(
    chance: &mut Chance,
    survey: &Survey,
    version: &Version,
    at: Timestamp,
    zone: &TimeZone,
) -> Response {
    let millis = u64::try_from(at.as_millisecond()).unwrap();
    let is_known = chance.below(10) < 6;
    let person = chance.next() % CONTACTS;
    let contact = is_known.then(|| ContactId::new(person, [7; 10]));
    let region = format!("regio {}", chance.below(12));
    let sector = format!("sector {}", chance.below(25));
    Response {
        id: ResponseId::new(millis, chance.random()),
        workspace: survey.workspace,
        survey: survey.id,
        version: version.id,
        contact,
        account: None,
        invitation: None,
        channel: if is_known {
            Channel::Email
        } else {
            Channel::Link
        },
        language: Language::Nl,
        touchpoint: None,
        completion: Completion::Complete,
        pages_done: None,
        submitted_at: at,
        local_day: LocalDay::of(at, zone),
        seconds: Some(40),
        segments: BTreeMap::from([(key("regio"), region), (key("sector"), sector)]),
        flags: Flags::new(),
        answers: answers(chance),
    }
}

fn answers(chance: &mut Chance) -> Vec<Answer> {
    let values = [
        ("nps", AnswerValue::Score(chance.weighted(&NPS))),
        ("csat", AnswerValue::Score(1 + chance.weighted(&CSAT))),
        ("ces", AnswerValue::Score(1 + chance.weighted(&CES))),
        (
            "waarom",
            AnswerValue::Text(REASONS[chance.below(REASONS.len())].into()),
        ),
        (
            "beter",
            AnswerValue::Text(WISHES[chance.below(WISHES.len())].into()),
        ),
    ];
    let answer = |(name, value)| Answer {
        key: key(name),
        value,
    };
    values.into_iter().map(answer).collect()
}

fn key(name: &str) -> QuestionKey {
    name.parse().expect("a name of ours")
}
