//! Figures, answers and the first page, on answers that are counted by hand.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use peil_app::survey::NewSurvey;
use peil_domain::{
    access::{Actor, Role},
    audience::{AttributeValue, Attributes, Contact},
    outreach::Channel,
    response::{Answer as Given, AnswerValue, Completion, Flag, Flags, Response},
    shared::{AccountId, ContactId, Language, LocalDay, ResponseId},
    survey::{QuestionKind, Survey, Version},
};
use peil_store::{
    DatabaseUrl, Store,
    audience::{accounts, contacts},
};

use crate::site::Site;

/// An organisation with one published questionnaire and known answers.
pub(crate) struct Shop {
    pub(crate) site: Site,
    store: Store,
    actor: Actor,
    survey: Survey,
    version: Version,
    account: Option<AccountId>,
    days_ago: Option<u16>,
    made: u16,
}

/// The identifier with this number.
fn id(number: u16) -> uuid::Uuid {
    let mut random = [0; 10];
    random[8..].copy_from_slice(&number.to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(1_700_000_000_000, &random).into_uuid()
}

impl Shop {
    pub(crate) async fn open() -> Self {
        Self::asking("nps-waarom").await
    }

    /// The same with another questionnaire.
    pub(crate) async fn asking(template: &str) -> Self {
        let site = Site::ready().await;
        let actor = site.identity().await.actor;
        let input = NewSurvey {
            template: template.into(),
            name: "Peiling".into(),
            slug: Some("peiling".parse().unwrap()),
        };
        let survey = site.app.create_survey(&actor, input).await.unwrap();
        let version = site
            .app
            .publish_survey(&actor, survey.id, None)
            .await
            .unwrap();
        let store = Store::open(&DatabaseUrl::Sqlite(site.folder().join("peil.db")))
            .await
            .unwrap();
        Self {
            site,
            store,
            actor,
            survey,
            version,
            account: None,
            days_ago: None,
            made: 0,
        }
    }

    /// Adds a contact and answers of that contact, one for each score, in a region.
    pub(crate) async fn answers(
        &mut self,
        region: &str,
        channel: Channel,
        scores: &[i32],
    ) -> ContactId {
        let contact = self.contact(region).await;
        for score in scores {
            self.answer(contact, region, channel, *score, "Bezorging te laat")
                .await;
        }
        contact
    }

    /// Adds as many contacts as there are scores, each with one answer.
    pub(crate) async fn people(&mut self, region: &str, channel: Channel, scores: &[i32]) {
        for score in scores {
            self.answers(region, channel, &[*score]).await;
        }
    }

    async fn contact(&mut self, region: &str) -> ContactId {
        self.made += 1;
        let contact = Contact {
            id: ContactId(id(self.made)),
            workspace: self.actor.workspace,
            external_id: Some(format!("k{}", self.made)),
            email: None,
            phone: None,
            name: Some(format!("Klant {}", self.made)),
            language: None,
            account: None,
            attributes: Attributes::from([(
                "regio".parse().unwrap(),
                AttributeValue::Text(region.into()),
            )]),
            opted_out_at: None,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        };
        let tx = self.store.begin(self.actor.workspace).await.unwrap();
        contacts::add(&tx, &contact).await.unwrap();
        tx.commit().await.unwrap();
        contact.id
    }

    async fn answer(
        &mut self,
        contact: ContactId,
        region: &str,
        channel: Channel,
        score: i32,
        words: &str,
    ) {
        let flags = Flags::new();
        self.marked(contact, region, channel, score, words, flags)
            .await;
    }

    /// Adds a contact with one answer in these words.
    pub(crate) async fn says(&mut self, score: i32, words: &str) {
        let contact = self.contact("Noord").await;
        self.answer(contact, "Noord", Channel::Email, score, words)
            .await;
    }

    /// When those who answer from now on do so; without a number of days each on a day of their own.
    pub(crate) const fn days_ago(&mut self, days: Option<u16>) {
        self.days_ago = days;
    }

    /// Whom those who answer from now on belong to.
    pub(crate) async fn at_account(&mut self, name: Option<&str>) {
        self.account = None;
        if let Some(name) = name {
            self.made += 1;
            let own = AccountId(id(self.made));
            let tx = self.store.begin(self.actor.workspace).await.unwrap();
            let account = accounts::find_or_add(&tx, own, name, name).await.unwrap();
            tx.commit().await.unwrap();
            self.account = Some(account.id);
        }
    }

    /// Adds a contact with scores on these questions.
    pub(crate) async fn scored(&mut self, region: &str, scores: &[(&str, i32)]) {
        let contact = self.contact(region).await;
        let answers = scores.iter().map(|(key, score)| Given {
            key: key.parse().unwrap(),
            value: AnswerValue::Score(*score),
        });
        let answers = answers.collect();
        self.submit(contact, region, Channel::Email, Flags::new(), answers)
            .await;
    }

    /// Adds an answer with marks.
    async fn marked(
        &mut self,
        contact: ContactId,
        region: &str,
        channel: Channel,
        score: i32,
        words: &str,
        flags: Flags,
    ) {
        let answers = self
            .version
            .definition
            .questions()
            .filter_map(|question| {
                let value = match question.kind.code() {
                    "nps" | "mark" => AnswerValue::Score(score),
                    "text" if !words.is_empty() => AnswerValue::Text(words.into()),
                    _ => return None,
                };
                Some(Given {
                    key: question.key.clone(),
                    value,
                })
            })
            .collect();
        self.submit(contact, region, channel, flags, answers).await;
    }

    async fn submit(
        &mut self,
        contact: ContactId,
        region: &str,
        channel: Channel,
        flags: Flags,
        answers: Vec<Given>,
    ) {
        self.made += 1;
        let days = self.days_ago.unwrap_or(self.made % 60);
        let at = self.site.app.now() - SignedDuration::from_hours(i64::from(days) * 24);
        let response = Response {
            id: ResponseId(id(self.made)),
            workspace: self.actor.workspace,
            survey: self.survey.id,
            version: self.version.id,
            contact: Some(contact),
            account: self.account,
            invitation: None,
            channel,
            language: Language::Nl,
            touchpoint: None,
            completion: Completion::Complete,
            pages_done: None,
            submitted_at: at,
            local_day: LocalDay::of(at, &jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap()),
            seconds: None,
            segments: BTreeMap::from([("regio".parse().unwrap(), region.into())]),
            flags,
            answers,
        };
        self.store.submit(response).await.unwrap();
    }

    /// Adds an answer to the headline, whatever its kind.
    async fn answer_as(&mut self, key: &str, contact: ContactId, score: i32) {
        self.answer(contact, "Zuid", Channel::Link, score, "").await;
        let kind = &self
            .version
            .definition
            .question(&key.parse().unwrap())
            .unwrap()
            .kind;
        assert!(kind.scale().unwrap().holds(score));
    }

    /// The figures of a selection, as a program reads them.
    pub(crate) async fn figures(&self, selection: &str) -> serde_json::Value {
        let mut program = self.site.program().await;
        let path = format!("/api/v1/results?survey=peiling{selection}");
        let answer = program.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// The grade of every group, by name.
    async fn grades(&self) -> BTreeMap<String, String> {
        let found = self.figures("&group=segment.regio").await;
        let groups = found["groups"].as_array().unwrap();
        groups
            .iter()
            .map(|group| {
                let name = group["name"].as_str().unwrap().to_owned();
                (name, group["figure"]["grade"].as_str().unwrap().to_owned())
            })
            .collect()
    }
}

#[tokio::test]
async fn figures_equal_counts_made_by_hand() {
    let mut shop = Shop::open().await;
    let scores = [10, 10, 9, 9, 9, 8, 7, 7, 6, 3, 0, 10];
    shop.people("Noord", Channel::Email, &scores).await;
    let promoters = scores.iter().filter(|score| **score >= 9).count();
    let detractors = scores.iter().filter(|score| **score <= 6).count();
    let found = shop.figures("").await;
    let figure = &found["scales"][0]["figure"];
    let by_hand = 100.0
        * (f64::from(u8::try_from(promoters).unwrap())
            - f64::from(u8::try_from(detractors).unwrap()))
        / 12.0;
    assert!((figure["value"].as_f64().unwrap() - by_hand).abs() < 1e-9);
    assert_eq!(
        (figure["n"].as_u64(), figure["people"].as_u64()),
        (Some(12), Some(12))
    );
    assert_eq!(figure["grade"], "uncertain");
    assert_eq!(found["scales"][0]["distribution"][9]["count"], 3);
    let page = shop.site.owner().await.get("/results?survey=peiling").await;
    assert!(
        page.text()
            .contains("100 × (6 promotors − 3 criticasters) ÷ 12 antwoorden = 25")
    );
    assert!(page.text().contains("geen respons te berekenen"));
}

#[tokio::test]
async fn many_answers_of_four_people_stay_hidden() {
    let mut shop = Shop::open().await;
    for _ in 0..4 {
        shop.answers("Noord", Channel::Email, &[9, 9, 2]).await;
    }
    let found = shop.figures("").await;
    assert_eq!(found["scales"][0]["figure"]["grade"], "hidden");
    assert!(found["scales"][0]["figure"]["n"].is_null() && found["people"].is_null());
    assert_eq!(found["scales"][0]["distribution"], serde_json::json!([]));
    let page = shop
        .site
        .owner()
        .await
        .get("/results?survey=peiling")
        .await
        .text();
    assert!(page.contains("minder dan 5 mensen"));
    let token = shop.site.token("responses:read").await;
    let mut program = shop.site.visitor();
    program
        .headers
        .push(("authorization", format!("Bearer {token}")));
    let found = program.get("/api/v1/comments?survey=peiling").await;
    assert!(
        !found.text().contains("Bezorging te laat"),
        "comments of so few people are hidden from who may not know who they are"
    );
}

#[tokio::test]
async fn a_single_hidden_group_takes_the_next_smallest_along() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[9; 9]).await;
    shop.people("Zuid", Channel::Email, &[3; 6]).await;
    assert!(shop.grades().await.values().all(|grade| grade != "hidden"));
    shop.people("West", Channel::Email, &[0; 4]).await;
    let grades = shop.grades().await;
    assert_eq!(
        (grades["West"].as_str(), grades["Zuid"].as_str()),
        ("hidden", "hidden")
    );
    assert_ne!(grades["Noord"], "hidden");
}

#[tokio::test]
async fn filters_combine_and_stay_in_every_link() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[10; 6]).await;
    shop.people("Noord", Channel::Qr, &[0; 7]).await;
    shop.people("Zuid", Channel::Email, &[0; 8]).await;
    let both = "&channel=email&segment.regio=Noord";
    let figure = shop.figures(both).await["scales"][0]["figure"].clone();
    assert_eq!(
        (figure["value"].as_f64(), figure["n"].as_u64()),
        (Some(100.0), Some(6))
    );
    let either = shop
        .figures("&channel=email&channel=qr&segment.regio=Noord")
        .await;
    assert_eq!(either["scales"][0]["figure"]["n"], 13);
    let page = shop
        .site
        .owner()
        .await
        .get(&format!("/results?survey=peiling{both}"))
        .await;
    let html = page.text();
    let doors: Vec<&str> = html
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.contains("score=10"))
        .collect();
    assert!(!doors.is_empty());
    for door in doors {
        assert!(door.starts_with("/responses?survey=peiling"), "{door}");
        assert!(
            door.contains("channel=email") && door.contains("segment.regio=Noord"),
            "{door}"
        );
    }
}

#[tokio::test]
async fn the_answers_behind_a_bar_are_exactly_those() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[10, 9, 8, 3, 3, 0])
        .await;
    let mut program = shop.site.program().await;
    for (query, expected) in [
        ("score=3", 2),
        ("zone=low", 3),
        ("zone=high", 2),
        ("search=LAAT", 6),
    ] {
        let found = program
            .get(&format!("/api/v1/responses?survey=peiling&{query}"))
            .await
            .json();
        assert_eq!(
            found["items"].as_array().unwrap().len(),
            expected,
            "{query}"
        );
    }
    let first = program.get("/api/v1/responses?limit=4").await.json();
    let next = first["next"].as_str().unwrap().replace(' ', "+");
    let second = program
        .get(&format!("/api/v1/responses?limit=4&after={next}"))
        .await
        .json();
    assert_eq!(second["items"].as_array().unwrap().len(), 2);
    assert!(second["next"].is_null());
    let id = second["items"][0]["id"].as_str().unwrap();
    let page = shop
        .site
        .owner()
        .await
        .get(&format!("/responses/{id}"))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Bezorging te laat") && page.text().contains("Klant"));
}

#[tokio::test]
async fn a_viewer_sees_figures_but_neither_names_nor_words() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[9; 10]).await;
    let mut viewer = shop.site.person(Role::Viewer).await;
    for path in ["/", "/results?survey=peiling"] {
        let page = viewer.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let html = page.text();
        assert!(
            !html.contains("Klant 1") && !html.contains("Bezorging te laat"),
            "{path}"
        );
        assert!(!html.contains("href=\"/responses"), "{path}");
    }
    assert_eq!(viewer.get("/responses").await.status, StatusCode::FORBIDDEN);
    let mut owner = shop.site.owner().await;
    assert!(
        owner
            .get("/results?survey=peiling")
            .await
            .text()
            .contains("Klant 1")
    );
    let token = shop.site.token("responses:read").await;
    let mut program = shop.site.visitor();
    program
        .headers
        .push(("authorization", format!("Bearer {token}")));
    let found = program.get("/api/v1/comments?survey=peiling").await.json();
    assert_eq!(found["items"].as_array().unwrap().len(), 10);
    assert!(found["items"][0]["contact"].is_null());
}

#[tokio::test]
async fn nonsense_in_the_address_changes_nothing() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[9; 8]).await;
    let mut owner = shop.site.owner().await;
    for nonsense in [
        "question=%00%27&group=segment.%3Cscript%3E",
        "from=9999-99-99&until=-1&period=eon&bucket=%F0%9F%92%A3",
        "after=%00&score=1e99&zone=hell&choice=--",
        "search=%27%20or%201=1&channel=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "segment.regio=%00&account=%25&version=99999999999",
    ] {
        for path in ["/results", "/responses"] {
            let page = owner
                .get(&format!("{path}?survey=peiling&{nonsense}"))
                .await;
            assert_eq!(page.status, StatusCode::OK, "{path} {nonsense}");
            assert!(!page.text().contains("<script>alert"), "{path} {nonsense}");
        }
    }
    assert_eq!(
        owner.get("/results?survey=niets").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        owner.get("/responses/x").await.status,
        StatusCode::NOT_FOUND
    );
    let mut program = shop.site.program().await;
    let refused = program
        .get("/api/v1/results?survey=peiling&from=gisteren")
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["errors"][0]["field"], "from");
}

#[tokio::test]
async fn an_empty_house_says_what_to_do_next() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let page = owner.get("/").await.text();
    assert!(page.contains("Maak je eerste vragenlijst") && page.contains("peil demo"));
    assert!(
        owner
            .get("/results")
            .await
            .text()
            .contains("Hier komen je cijfers")
    );
    assert!(
        owner
            .get("/responses")
            .await
            .text()
            .contains("Hier komen de antwoorden")
    );
    let shop = Shop::open().await;
    let mut owner = shop.site.owner().await;
    assert!(
        owner
            .get("/")
            .await
            .text()
            .contains("Je vragenlijst staat klaar")
    );
    let only = owner.get("/results").await;
    assert_eq!(only.location.as_deref(), Some("/results?survey=peiling"));
    let page = owner.get("/results?survey=peiling").await.text();
    assert!(page.contains("Nog niemand heeft geantwoord"));
}

#[tokio::test]
async fn a_program_stores_an_answer_once() {
    let shop = Shop::open().await;
    let mut program = shop.site.program().await;
    let path = format!("/api/v1/surveys/{}/responses", shop.survey.id);
    let nps = shop.version.definition.headline().unwrap().key.to_string();
    let body = serde_json::json!({ "id": id(77), "answers": { nps: ["9"] } });
    for is_duplicate in [false, true] {
        let answer = program.call("POST", &path, &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        assert_eq!(answer.json()["is_duplicate"], is_duplicate);
    }
    let found = program.get("/api/v1/responses").await.json();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn answers_on_another_scale_are_never_added_together() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Email, &[10, 10, 10, 10, 10, 0])
        .await;
    // The same question becomes a mark from 1 to 10: those answers cannot be put together.
    let mut survey =
        peil_store::survey::find(&shop.store.read(shop.actor.workspace), shop.survey.id)
            .await
            .unwrap()
            .unwrap();
    let headline = survey.draft.headline().unwrap().key.clone();
    let changed = survey
        .draft
        .questions_mut()
        .find(|question| question.key == headline);
    changed.unwrap().kind = QuestionKind::Mark;
    let revision = survey.revision;
    survey.revision += 1;
    let tx = shop.store.begin(shop.actor.workspace).await.unwrap();
    assert!(
        peil_store::survey::save(&tx, &survey, revision)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    let old = shop.version.clone();
    shop.version = shop
        .site
        .app
        .publish_survey(&shop.actor, shop.survey.id, None)
        .await
        .unwrap();
    for _ in 0..5 {
        let contact = shop.contact("Zuid").await;
        shop.answer_as("nps", contact, 8).await;
    }
    let found = shop.figures("").await;
    assert_eq!(found["scales"][0]["metric"], "mean");
    assert_eq!(found["scales"][0]["figure"]["n"], 5);
    assert_eq!(found["scales"][0]["figure"]["value"], 8.0);
    assert_eq!(
        found["scales"][0]["versions_left_out"],
        serde_json::json!([old.number])
    );
    let page = shop
        .site
        .owner()
        .await
        .get("/results?survey=peiling")
        .await
        .text();
    assert!(page.contains("had deze vraag een andere schaal"));
    let page = shop
        .site
        .owner()
        .await
        .get("/results/compare?survey=peiling&by=month")
        .await
        .text();
    assert!(page.contains("had deze vraag een andere schaal"));
    let alone = shop.figures("&version=1").await;
    assert_eq!(alone["scales"][0]["metric"], "nps", "{alone}");
    assert_eq!(
        alone["scales"][0]["versions_left_out"],
        serde_json::json!([])
    );
    let page = shop.site.owner().await.get("/results?survey=peiling").await;
    let html = page.text();
    assert!(
        html.contains("Alleen versie 1") && html.contains("Elke versie apart"),
        "{html}"
    );
    let strict = shop.figures("&versions=same-question").await;
    assert_eq!(strict["scales"][0]["figure"]["n"], 5);
}

#[tokio::test]
async fn ten_thousand_answers_make_one_page() {
    let mut shop = Shop::open().await;
    let contacts = [
        shop.contact("Noord").await,
        shop.contact("Oost").await,
        shop.contact("Zuid").await,
        shop.contact("West").await,
        shop.contact("Midden").await,
    ];
    let key = shop.version.definition.headline().unwrap().key.clone();
    let now = shop.site.app.now();
    let zone = jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap();
    let made = (0..10_000_u16).map(|number| {
        let at = now - SignedDuration::from_mins(i64::from(number) * 30);
        Response {
            id: ResponseId(id(10_000 + number)),
            workspace: shop.actor.workspace,
            survey: shop.survey.id,
            version: shop.version.id,
            contact: Some(contacts[usize::from(number % 5)]),
            account: None,
            invitation: None,
            channel: Channel::Email,
            language: Language::Nl,
            touchpoint: None,
            completion: Completion::Complete,
            pages_done: None,
            submitted_at: at,
            local_day: LocalDay::of(at, &zone),
            seconds: None,
            segments: BTreeMap::new(),
            flags: Flags::new(),
            answers: vec![Given {
                key: key.clone(),
                value: AnswerValue::Score(i32::from(number % 11)),
            }],
        }
    });
    let tx = shop.store.begin(shop.actor.workspace).await.unwrap();
    for response in made {
        peil_store::response::add(&tx, &response).await.unwrap();
    }
    tx.commit().await.unwrap();
    let page = shop.site.owner().await.get("/results?survey=peiling").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("10.000 antwoorden · 5 mensen"));
}

#[tokio::test]
async fn what_a_robot_filled_in_is_left_out_until_it_is_asked_for() {
    let mut shop = Shop::open().await;
    shop.people("Noord", Channel::Link, &[9, 9, 9, 9, 9, 9, 9, 9])
        .await;
    for (flag, score) in [(Flag::Robot, 0), (Flag::Robot, 0), (Flag::TooFast, 9)] {
        let contact = shop.contact("Noord").await;
        let flags = Flags::from([flag]);
        let words = format!("gemerkt {}", flag.code());
        shop.marked(contact, "Noord", Channel::Link, score, &words, flags)
            .await;
    }
    let found = shop.figures("").await;
    assert_eq!(found["automatic"], 2);
    assert_eq!(found["people"], 9);
    assert_eq!(found["scales"][0]["figure"]["value"], 100.0);
    let found = shop.figures("&automatic=include").await;
    assert_eq!(found["includes_automatic"], true);
    assert_eq!(found["people"], 11);
    assert_eq!(found["scales"][0]["figure"]["n"], 11);

    let mut program = shop.site.program().await;
    let unknown = "/api/v1/results?survey=peiling&automatic=x";
    assert_eq!(
        program.get(unknown).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let words = "/api/v1/comments?survey=peiling&limit=50";
    assert!(!program.get(words).await.text().contains("gemerkt robot"));
    let robots = program.get("/api/v1/responses?flag=robot").await.json();
    assert_eq!(robots["items"].as_array().unwrap().len(), 2);
    assert_eq!(robots["items"][0]["flags"], serde_json::json!(["robot"]));

    let mut owner = shop.site.owner().await;
    let page = owner.get("/results?survey=peiling").await.text();
    assert!(page.contains("2 inzendingen tellen niet mee"), "{page}");
    assert!(page.contains(r#"name="automatic" value="include""#));
    let page = owner
        .get("/results?survey=peiling&automatic=include")
        .await
        .text();
    assert!(page.contains("2 inzendingen tellen mee"), "{page}");
    let list = owner.get("/responses?survey=peiling&flag=robot").await;
    assert_eq!(list.text().matches("gemerkt robot").count(), 2);
    let id = robots["items"][0]["id"].as_str().unwrap();
    let one = owner.get(&format!("/responses/{id}")).await.text();
    assert!(one.contains("Cijfers laten deze inzending weg"), "{one}");
    let file = format!("/api/v1/surveys/{}/export", shop.survey.id);
    let wanted = serde_json::json!({ "format": "csv" });
    let file = program.call("POST", &file, &wanted).await.text();
    assert!(file.lines().next().unwrap().contains(",flags,"), "{file}");
    assert_eq!(file.matches(",robot,").count(), 2);
}
