//! Answers under `kill -9`: what a respondent saw accepted is there afterwards, once.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read, Write},
    net::TcpStream,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use peil_app::{
    access::SetUp,
    survey::{NewSurvey, SurveyChange},
};
use peil_domain::{
    response::AnswerValue,
    shared::{Language, SurveyId, WorkspaceId},
    survey::SurveyPurpose,
};
use peil_store::response;

use crate::program::Program;

const KILLS: u64 = 20;
const RESPONDENTS: usize = 8;

#[test]
fn every_answer_that_was_seen_accepted_is_there_once_after_twenty_kills() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (workspace, survey) = runtime.block_on(prepare(folder.path()));
    let accepted = Mutex::new(Vec::new());
    let counter = AtomicU64::new(0);
    let mut chance = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..KILLS {
        let program = Program::serve(folder.path());
        let stop = AtomicBool::new(false);
        // A different moment every round, the same ones every run.
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let alive = Duration::from_millis(60 + (chance >> 33) % 400);
        thread::scope(|scope| {
            for _ in 0..RESPONDENTS {
                scope.spawn(|| {
                    while !stop.load(Ordering::Relaxed) {
                        let mark = format!("mark {}", counter.fetch_add(1, Ordering::Relaxed));
                        if answer(&program.address, &mark).is_some() {
                            accepted.lock().unwrap().push(mark);
                        }
                    }
                });
            }
            thread::sleep(alive);
            program.kill();
            stop.store(true, Ordering::Relaxed);
        });
    }
    let stored = runtime.block_on(marks(folder.path(), workspace, survey));
    let accepted = accepted.into_inner().unwrap();
    assert!(
        accepted.len() > 100,
        "only {} answers were accepted at all",
        accepted.len()
    );
    let doubled: Vec<_> = stored.iter().filter(|(_, count)| **count > 1).collect();
    assert!(doubled.is_empty(), "stored twice: {doubled:?}");
    let seen: BTreeSet<&String> = accepted.iter().collect();
    assert_eq!(seen.len(), accepted.len());
    let lost: Vec<_> = accepted
        .iter()
        .filter(|mark| !stored.contains_key(*mark))
        .collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert_eq!(verified(folder.path())["state"], "equal");
}

/// What counting the records in another way says of the facts that figures come from.
fn verified(folder: &std::path::Path) -> serde_json::Value {
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_peil"))
        .args(["facts", "verify", "--json", "--data"])
        .arg(folder)
        .output()
        .unwrap();
    serde_json::from_slice(&said.stdout).unwrap()
}

/// An organisation with the short questionnaire at `/s/kto`, open to anyone, any number of times.
async fn prepare(folder: &std::path::Path) -> (WorkspaceId, SurveyId) {
    let opened = open(folder).await;
    let app = &opened.app;
    let set_up = SetUp {
        organisation: "Testwinkel".into(),
        language: Language::Nl,
        time_zone: "Europe/Amsterdam".into(),
        name: "Sanne".into(),
        email: "sanne@example.nl".parse().unwrap(),
        password: "vier rode fietsen in de regen".into(),
    };
    let workspace = app.set_up(set_up).await.unwrap().id;
    let actor = peil_domain::access::Actor::program(workspace);
    let new = NewSurvey {
        template: "kto-kort".into(),
        name: "KTO".into(),
        slug: None,
    };
    let survey = app.create_survey(&actor, new).await.unwrap();
    let change = SurveyChange {
        name: "KTO".into(),
        slug: "kto".parse().unwrap(),
        purpose: SurveyPurpose::Relational,
        has_public_link: true,
        allows_repeats: true,
        touchpoint: None,
    };
    app.update_survey(&actor, survey.id, survey.revision, change)
        .await
        .unwrap();
    app.publish_survey(&actor, survey.id, None).await.unwrap();
    opened.close().await.unwrap();
    (workspace, survey.id)
}

/// How often every mark was stored.
async fn marks(
    folder: &std::path::Path,
    workspace: WorkspaceId,
    survey: SurveyId,
) -> BTreeMap<String, u32> {
    let opened = open(folder).await;
    let session = opened.store.read(workspace);
    let mut found = BTreeMap::new();
    let mut after = None;
    loop {
        let page = response::list_from(&session, survey, after, 500)
            .await
            .unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for stored in page {
            for answer in stored.answers {
                if let AnswerValue::Text(words) = answer.value {
                    *found.entry(words).or_insert(0) += 1;
                }
            }
        }
    }
    opened.close().await.unwrap();
    found
}

async fn open(folder: &std::path::Path) -> peil::wiring::Opened {
    let settings = peil::settings::Settings::of_folder(folder);
    peil::wiring::open_with(&settings, "http://peil.test")
        .await
        .unwrap()
}

/// Answers the questionnaire as a browser would; something only when the thank-you page was seen.
fn answer(address: &str, mark: &str) -> Option<()> {
    let page = exchange(address, "GET", "/s/kto", "")?;
    let mut fields: Vec<(String, String)> = page
        .split("<input")
        .skip(1)
        .filter_map(|input| input.split('>').next())
        .filter(|input| input.contains("type=\"hidden\""))
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
        .collect();
    let answers = [("nps", "9"), ("csat", "4"), ("ces", "6"), ("waarom", mark)];
    fields.extend(answers.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", value.replace(' ', "+")))
        .collect();
    let sent = exchange(address, "POST", "/s/kto", &body.join("&"))?;
    let location = sent.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("location")
            .then(|| value.trim().to_owned())
    })?;
    exchange(address, "GET", &location, "")?
        .contains("data-done")
        .then_some(())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    Some(
        tag.split(&format!(" {name}=\""))
            .nth(1)?
            .split('"')
            .next()?
            .to_owned(),
    )
}

/// One request on a connection of its own; nothing when the program is not there or went away.
fn exchange(address: &str, method: &str, path: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .ok()?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let text = String::from_utf8_lossy(&answer).into_owned();
    text.starts_with("HTTP/1.1 ").then_some(text)
}
