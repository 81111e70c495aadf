//! How fast questionnaires are made and shown: one line per measurement, `name`, a tab and
//! milliseconds.
//!
//! `cargo dev bench survey` runs this and compares it with what is allowed. Requests go through the
//! whole program but for the network.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a program for measuring that meets something unexpected should stop right there"
)]

use std::time::Instant;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
};
use peil::{settings::Settings, wiring};
use peil_app::{
    App,
    access::SetUp,
    survey::{Edit, NewSurvey, question_bank},
};
use peil_domain::{
    access::Actor,
    shared::Language,
    survey::{Definition, Survey},
};
use peil_http::{HttpConfig, router};
use tower::ServiceExt;

const EMAIL: &str = "sanne@example.nl";
const PASSWORD: &str = "vier rode fietsen in de regen";
/// Questions of the questionnaire.
const QUESTIONS: usize = 30;
/// What is typed, one after the other, so that every time there is something to save and to find.
const TYPED: [&str; 2] = [
    "Hoe geweldig vond u onze snelle en vriendelijke service?",
    "Hoe geweldig vond u onze snelle en vriendelijke service van gisteren?",
];

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::of_folder(folder.path());
    let opened = wiring::open_with(&settings, "http://127.0.0.1")
        .await
        .unwrap();
    let survey = set_up(&opened.app).await;
    let signed_in = opened.app.sign_in(EMAIL, PASSWORD.into()).await.unwrap();
    let site = Site {
        router: router(opened.app.clone(), HttpConfig::default()),
        cookie: format!("peil={}", signed_in.token),
    };
    let key = survey.draft.questions().next().unwrap().key.to_string();
    let editor = format!("/surveys/{}", survey.id);
    let page = site.get(&format!("{editor}?open={key}")).await;
    let action = format!("{editor}/questions/{key}");
    let token = value_of(&page, "csrf");
    let mut revision = value_of(&page, "revision");
    let mut times = Vec::new();
    for text in TYPED.iter().cycle().take(60) {
        let fields = [
            ("csrf", token.as_str()),
            ("revision", &revision),
            ("key", &key),
            ("do", "auto"),
            ("text.nl", text),
        ];
        let body = fields.map(|(name, value)| format!("{name}={}", escaped(value)));
        let start = Instant::now();
        let answer = site.post(&action, body.join("&")).await;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
        assert!(answer.contains("<mark>geweldig</mark>"), "{answer}");
        revision = value_of(&answer, "revision");
    }
    report("findings while typing, saved and shown", times);
    let address = format!("/s/{}", survey.slug);
    let shown = site.get(&address).await;
    assert!(
        shown.matches("<fieldset").count() >= QUESTIONS / 2,
        "{shown}"
    );
    let mut times = Vec::new();
    for _ in 0..1_000 {
        let start = Instant::now();
        site.get(&address).await;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    report("page of 30 questions, as the customer gets it", times);
    drop(site);
    opened.close().await.unwrap();
}

/// An organisation with one published questionnaire of thirty questions on one page.
async fn set_up(app: &App) -> Survey {
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
    let new = NewSurvey {
        template: "kto-kort".into(),
        name: "Dertig vragen".into(),
        slug: None,
    };
    let made = app.create_survey(&actor, new).await.unwrap();
    let draft = thirty(&made.draft);
    let replaced = Edit::Replace(Box::new(draft));
    let survey = app
        .edit_survey(&actor, made.id, made.revision, replaced)
        .await
        .unwrap();
    app.publish_survey(&actor, survey.id, None).await.unwrap();
    survey
}

/// The first thirty questions of the bank that are asked of everyone.
fn thirty(base: &Definition) -> Definition {
    let mut draft = base.clone();
    draft.pages.truncate(1);
    let page = draft.pages.first_mut().expect("a template has a page");
    page.jumps.clear();
    page.questions = question_bank()
        .iter()
        .flat_map(|theme| &theme.questions)
        .filter(|question| question.kind.asks() && question.show_if.is_none())
        .take(QUESTIONS)
        .cloned()
        .collect();
    draft.endings.clear();
    draft
}

struct Site {
    router: Router,
    cookie: String,
}

impl Site {
    async fn get(&self, path: &str) -> String {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    async fn post(&self, path: &str, body: String) -> String {
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn send(&self, mut request: Request<Body>) -> String {
        let cookie = self.cookie.parse().unwrap();
        request.headers_mut().insert(header::COOKIE, cookie);
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&body).into_owned();
        assert!(status.is_success(), "{status}: {text}");
        text
    }
}

/// What a hidden field holds.
fn value_of(page: &str, name: &str) -> String {
    let mut inputs = page.split("<input").skip(1);
    let input = inputs.find(|input| input.contains(&format!("name=\"{name}\"")));
    let value = input.and_then(|input| input.split("value=\"").nth(1));
    value.unwrap().split('"').next().unwrap().to_owned()
}

/// A value of a form in an address.
fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

/// Prints the median.
fn report(name: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    println!("{name}\t{:.6}", times.get(times.len() / 2).unwrap());
}
