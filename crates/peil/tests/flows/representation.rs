//! Who answered of all who were invited: on groups of which everything is worked out by hand.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use peil_app::survey::NewSurvey;
use peil_domain::{
    access::{Actor, Role},
    audience::{AttributeKind, AttributeValue, Condition, Contact, Field, Filter, Operator},
    outreach::{Channel, Invitation, InvitationState, Wave, WaveState},
    response::{Answer as Given, AnswerValue, Completion, Flag, Flags, Response},
    shared::{
        ContactId, InvitationId, Language, LocalDay, Localized, QuestionKey, ResponseId, WaveId,
    },
    survey::{Survey, Version},
};
use peil_store::{
    DatabaseUrl, Store,
    audience::contacts,
    outreach::{invitations, waves},
};
use serde_json::Value;

use crate::{results::Shop, site::Site};

/// The path of the program, and of the page.
const PATH: &str = "/api/v1/results/representation?survey=peiling";
const PAGE: &str = "/results/representation?survey=peiling";

fn id(number: u16) -> uuid::Uuid {
    let mut random = [0; 10];
    random[8..].copy_from_slice(&number.to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(1_700_000_000_000, &random).into_uuid()
}

/// An organisation that invited customers of known groups.
struct Invited {
    site: Site,
    store: Store,
    actor: Actor,
    survey: Survey,
    version: Version,
    wave: WaveId,
    made: u16,
}

impl Invited {
    async fn nobody() -> Self {
        let site = Site::ready().await;
        let actor = site.identity().await.actor;
        let new = NewSurvey {
            template: "nps-waarom".into(),
            name: "Peiling".into(),
            slug: Some("peiling".parse().unwrap()),
        };
        let survey = site.app.create_survey(&actor, new).await.unwrap();
        let version = site.app.publish_survey(&actor, survey.id, None).await;
        for label in ["groep", "regio"] {
            let made = site
                .app
                .create_attribute(&actor, label, AttributeKind::Choice);
            made.await.unwrap();
        }
        let database = DatabaseUrl::Sqlite(site.folder().join("peil.db"));
        let mut invited = Self {
            store: Store::open(&database).await.unwrap(),
            version: version.unwrap(),
            site,
            actor,
            survey,
            wave: WaveId(id(0)),
            made: 0,
        };
        invited.begin_wave().await;
        invited
    }

    /// The groups of the example in `docs/methods/r-indicator.md`.
    async fn example() -> Self {
        let mut invited = Self::nobody().await;
        let half = [vec![10; 60], vec![0; 60]].concat();
        invited.group(&[("groep", "groot")], 300, &half).await;
        invited.group(&[("groep", "midden")], 200, &[10; 30]).await;
        invited.group(&[("groep", "klein")], 100, &[0; 25]).await;
        invited
    }

    /// Whoever is invited from now on is so in a new wave.
    async fn begin_wave(&mut self) {
        self.made += 1;
        self.wave = WaveId(id(self.made));
        let wave = Wave {
            id: self.wave,
            workspace: self.actor.workspace,
            survey: self.survey.id,
            version: Some(self.version.id),
            segment: None,
            recipients: None,
            name: format!("Meting {}", self.made),
            subject: Localized::both("Vraag", "Question"),
            message: Localized::both("Hallo", "Hello"),
            state: WaveState::Sent,
            created_at: Timestamp::UNIX_EPOCH,
            started_at: Some(Timestamp::UNIX_EPOCH),
            finished_at: Some(Timestamp::UNIX_EPOCH),
        };
        let tx = self.store.begin(self.actor.workspace).await.unwrap();
        waves::add(&tx, &wave).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Invites new customers who are alike; the first of them answer with these scores.
    async fn group(
        &mut self,
        values: &[(&str, &str)],
        invited: usize,
        scores: &[i32],
    ) -> Vec<ContactId> {
        let people: Vec<Contact> = (0..invited).map(|_| self.contact(values)).collect();
        let tx = self.store.begin(self.actor.workspace).await.unwrap();
        contacts::insert_many(&tx, &people).await.unwrap();
        tx.commit().await.unwrap();
        let ids: Vec<ContactId> = people.iter().map(|contact| contact.id).collect();
        self.invite(&ids, scores, InvitationState::Sent).await;
        ids
    }

    async fn invite(
        &mut self,
        people: &[ContactId],
        scores: &[i32],
        state: InvitationState,
    ) -> Vec<Invitation> {
        let asked: Vec<(Invitation, String)> = people
            .iter()
            .map(|one| self.invitation(*one, state))
            .collect();
        let tx = self.store.begin(self.actor.workspace).await.unwrap();
        invitations::add_many(&tx, &asked).await.unwrap();
        tx.commit().await.unwrap();
        for ((invitation, _), score) in asked.iter().zip(scores) {
            self.answer(invitation, *score, Flags::new()).await;
        }
        asked
            .into_iter()
            .map(|(invitation, _)| invitation)
            .collect()
    }

    fn contact(&mut self, values: &[(&str, &str)]) -> Contact {
        self.made += 1;
        let attributes = values.iter().map(|(key, value)| {
            let key: QuestionKey = key.parse().unwrap();
            (key, AttributeValue::Text((*value).into()))
        });
        Contact {
            id: ContactId(id(self.made)),
            workspace: self.actor.workspace,
            external_id: Some(format!("k{}", self.made)),
            email: None,
            phone: None,
            name: None,
            language: None,
            account: None,
            attributes: attributes.collect(),
            opted_out_at: None,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn invitation(&mut self, contact: ContactId, state: InvitationState) -> (Invitation, String) {
        self.made += 1;
        let invitation = Invitation {
            id: InvitationId(id(self.made)),
            workspace: self.actor.workspace,
            wave: self.wave,
            survey: self.survey.id,
            version: self.version.id,
            contact,
            account: None,
            language: Language::Nl,
            state,
            created_at: Timestamp::UNIX_EPOCH,
            sent_at: None,
            answered_at: None,
            expires_at: self.site.app.now() + SignedDuration::from_hours(24),
            last_error: None,
        };
        (invitation, format!("token{}", self.made))
    }

    async fn answer(&mut self, invitation: &Invitation, score: i32, flags: Flags) {
        self.made += 1;
        // Later ones are newer.
        let at = self.site.app.now() - SignedDuration::from_hours(1)
            + SignedDuration::from_millis(i64::from(self.made));
        let question = self.version.definition.headline().unwrap().key.clone();
        let response = Response {
            id: ResponseId(id(self.made)),
            workspace: self.actor.workspace,
            survey: self.survey.id,
            version: self.version.id,
            contact: Some(invitation.contact),
            account: None,
            invitation: Some(invitation.id),
            channel: Channel::Email,
            language: Language::Nl,
            touchpoint: None,
            completion: Completion::Complete,
            pages_done: None,
            submitted_at: at,
            local_day: LocalDay::of(at, &jiff::tz::TimeZone::UTC),
            seconds: None,
            segments: std::collections::BTreeMap::new(),
            flags,
            answers: vec![Given {
                key: question,
                value: AnswerValue::Score(score),
            }],
        };
        self.store.submit(response).await.unwrap();
    }

    /// What a program reads.
    async fn told(&self, fields: &str) -> Value {
        let mut program = self.site.program().await;
        let answer = program.get(&format!("{PATH}{fields}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    async fn page(&self, fields: &str) -> String {
        let mut owner = self.site.owner().await;
        let answer = owner.get(&format!("{PAGE}{fields}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.text()
    }
}

fn close(got: &Value, expected: f64, tolerance: f64) {
    let got = got.as_f64().unwrap();
    assert!(
        (got - expected).abs() < tolerance,
        "{got} is not {expected}"
    );
}

/// The group with this value.
fn group<'a>(found: &'a Value, value: &str) -> &'a Value {
    let groups = found["properties"][0]["groups"].as_array().unwrap();
    groups.iter().find(|one| one["value"] == value).unwrap()
}

#[tokio::test]
async fn the_indicator_its_partials_and_the_test_equal_the_worked_example() {
    let invited = Invited::example().await;
    let found = invited.told("").await;
    assert_eq!(
        (found["invited"].as_u64(), found["answered"].as_u64()),
        (Some(600), Some(175))
    );
    close(&found["share"], 175.0 / 600.0, 1e-12);
    close(&found["r"], 0.781, 5e-4);
    close(&found["r_interval"][0], 0.781 - 1.96 * 0.035, 2e-3);
    assert_eq!(found["grade"], "fair");
    close(&found["largest_bias"], 0.375, 5e-4);
    let property = &found["properties"][0];
    close(&property["chi2"], 37.310_924_369_747_9, 1e-9);
    assert_eq!(
        (property["df"].as_u64(), property["differs"].as_bool()),
        (Some(2), Some(true))
    );
    close(&property["p_adjusted"], 7.907e-9, 1e-11);
    // |120/175 - 1/2|, |30/175 - 1/3| and |25/175 - 1/6|, halved.
    close(&property["dissimilarity"], 0.185_714_285_714, 1e-9);
    for (value, partial, standing) in [
        ("groot", 0.077, "over"),
        ("midden", -0.082, "under"),
        ("klein", -0.017, "alike"),
    ] {
        let group = group(&found, value);
        close(&group["unconditional"], partial, 5e-4);
        assert_eq!(group["standing"], standing);
    }
    // 200 x 175/600 = 58.3: 28 more than the 30 there are.
    let chase = &found["chase"][0];
    assert_eq!(chase["values"][0]["value"], "midden");
    assert_eq!(
        (chase["waiting"].as_u64(), chase["needed"].as_u64()),
        (Some(170), Some(28))
    );
    assert!(chase["r"].as_f64() > found["r"].as_f64());
    let html = invited.page("").await;
    assert!(html.contains("Matig: R = 0,78"));
    assert!(html.contains("Van midden antwoordden 170 uitgenodigden nog niet."));
    assert!(html.contains("Te weinig") && html.contains("Hoe is dit berekend?"));
    assert!(html.contains("attribute.groep=midden"));
}

#[tokio::test]
async fn weights_make_the_answers_resemble_the_invited() {
    let invited = Invited::example().await;
    let found = invited.told("").await;
    assert_eq!(found["margins"][0]["property"], "segment.groep");
    let figure = &found["figures"][0]["figure"];
    // 60 + 30 promoters and 60 + 25 detractors; large 0, middle 100 and small -100 when weighted.
    close(&figure["unweighted"], 100.0 * 5.0 / 175.0, 1e-9);
    close(&figure["weighted"], 100.0 / 3.0 - 100.0 / 6.0, 1e-9);
    let weights = [(120.0, 300.0), (30.0, 200.0), (25.0, 100.0)];
    let weights = weights.map(|(n, invited)| (n, invited / 600.0 * 175.0 / n));
    close(&figure["lightest"], weights[0].1, 1e-9);
    close(&figure["heaviest"], weights[1].1, 1e-9);
    let squares: f64 = weights.iter().map(|(n, weight)| n * weight * weight).sum();
    close(&figure["effective_n"], 175.0 * 175.0 / squares, 1e-9);
    close(&figure["design_effect"], squares / 175.0, 1e-9);
    assert_eq!(figure["verdict"], "differs");
    let bounded = invited.told("&bound=1.5").await;
    let bounded = &bounded["figures"][0]["figure"];
    close(&bounded["heaviest"], 1.5, 1e-9);
    assert_eq!(bounded["bounded"], 30);
    assert!(bounded["furthest_from_target"].as_f64().unwrap() > 0.01);
    let typed = "&population=typed&share.segment.groep.groot=20&share.segment.groep.midden=50&share.segment.groep.klein=30";
    let found = invited.told(typed).await;
    close(&found["figures"][0]["figure"]["weighted"], 20.0, 1e-9);
    let wrong = invited.told(&typed.replace("=50", "=10")).await;
    assert_eq!(wrong["figures"][0]["refused"], "shares");
    assert!(wrong["figures"][0]["figure"].is_null());
    let html = invited.page(&typed.replace("=50", "=10")).await;
    assert!(html.contains("tellen op tot 60,0%") && html.contains("value=\"10,0\""));
    let html = invited.page("").await;
    assert!(
        html.contains("Wegen maakt uit. NPS: 3 zonder en 17 met gewichten."),
        "{html}"
    );
}

#[tokio::test]
async fn a_whole_address_book_is_a_population_too() {
    let mut invited = Invited::example().await;
    // 600 more customers of the middle group, to whom nothing was ever sent.
    invited.begin_wave().await;
    let people: Vec<Contact> = (0..600)
        .map(|_| invited.contact(&[("groep", "midden")]))
        .collect();
    let tx = invited.store.begin(invited.actor.workspace).await.unwrap();
    contacts::insert_many(&tx, &people).await.unwrap();
    tx.commit().await.unwrap();
    let ids: Vec<ContactId> = people.iter().map(|one| one.id).collect();
    invited.invite(&ids, &[], InvitationState::Cancelled).await;
    let found = invited.told("&population=contacts").await;
    assert_eq!(found["invited"], 600, "what was never sent invited nobody");
    // 300 of 1 200 large, 800 middle, 100 small.
    let expected = 100.0 * 800.0 / 1_200.0 - 100.0 * 100.0 / 1_200.0;
    close(&found["figures"][0]["figure"]["weighted"], expected, 1e-9);
}

#[tokio::test]
async fn someone_invited_twice_counts_once_with_the_newest_answer() {
    let mut invited = Invited::nobody().await;
    let some = invited.group(&[("groep", "a")], 20, &[0; 8]).await;
    let others = invited.group(&[("groep", "b")], 20, &[0; 12]).await;
    let all = [some, others].concat();
    invited.begin_wave().await;
    let asked = invited.invite(&all, &[10; 10], InvitationState::Sent).await;
    let found = invited.told("").await;
    assert_eq!(
        (found["invited"].as_u64(), found["answered"].as_u64()),
        (Some(40), Some(22))
    );
    // Ten of a score 10 by now, eight of whom scored 0 before; twelve of b score 0.
    let figure = &found["figures"][0]["figure"];
    assert_eq!(figure["n"], 22);
    close(&figure["unweighted"], -200.0 / 22.0, 1e-9);
    let newest = format!("&wave={}", invited.wave);
    let told = invited.told(&newest).await;
    assert_eq!(
        (told["invited"].as_u64(), told["answered"].as_u64()),
        (Some(40), Some(10))
    );
    // What is marked as automatic is no answer.
    let robot = Flags::from([Flag::Robot]);
    invited.answer(&asked[39], 5, robot).await;
    assert_eq!(invited.told(&newest).await["answered"], 10);
    // A group that only another wave asked stands in no way.
    invited.begin_wave().await;
    invited.group(&[("groep", "a")], 20, &[9; 6]).await;
    invited.group(&[("groep", "c")], 20, &[2; 9]).await;
    let last = invited.told(&format!("&wave={}", invited.wave)).await;
    close(&last["figures"][0]["figure"]["unweighted"], -20.0, 1e-9);
}

#[tokio::test]
async fn nobody_can_be_weighted_apart() {
    let mut invited = Invited::example().await;
    invited.group(&[("groep", "vorst")], 40, &[3, 3, 3]).await;
    // All weight on the three: they go together with the next smallest group.
    let typed = "&margin=segment.groep&bound=none&population=typed&share.segment.groep.vorst=100";
    let found = invited.told(typed).await;
    let figure = &found["figures"][0];
    let pooled: Vec<&str> = figure["pooled"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["value"].as_str().unwrap())
        .collect();
    assert!(pooled.contains(&"vorst") && pooled.len() > 1, "{figure}");
    // Small: 25 detractors; together all 28 are.
    close(&figure["figure"]["weighted"], -100.0, 1e-9);
    close(&figure["figure"]["effective_n"], 28.0, 1e-9);
    // A wave of three by itself is not told at all, and neither what is left without it.
    invited.begin_wave().await;
    invited.group(&[("groep", "groot")], 40, &[1, 1, 1]).await;
    invited.group(&[("groep", "midden")], 40, &[2]).await;
    let alone = invited.told(&format!("&wave={}", invited.wave)).await;
    assert_eq!(alone["refused"], "too_few");
    let html = invited.page(typed).await;
    assert!(html.contains("Samen gewogen, omdat groepen minder dan 5 antwoorden hebben"));
}

#[tokio::test]
async fn empty_groups_and_margins_that_cannot_be_met_give_no_weighted_figure() {
    let mut invited = Invited::example().await;
    invited.group(&[("groep", "nieuw")], 40, &[]).await;
    let found = invited.told("&margin=segment.groep").await;
    assert_eq!(found["figures"][0]["refused"], "empty");
    assert_eq!(found["figures"][0]["empty"][0]["value"], "nieuw");
    let html = invited.page("&margin=segment.groep").await;
    assert!(
        html.contains("Niemand antwoordde uit: groep: nieuw"),
        "{html}"
    );
    let mut crossed = Invited::nobody().await;
    crossed
        .group(&[("groep", "a"), ("regio", "x")], 60, &[9; 20])
        .await;
    crossed
        .group(&[("groep", "b"), ("regio", "y")], 60, &[2; 20])
        .await;
    crossed
        .group(&[("groep", "a"), ("regio", "y")], 60, &[])
        .await;
    let found = crossed
        .told("&margin=segment.groep&margin=segment.regio")
        .await;
    let figure = &found["figures"][0];
    assert_eq!(figure["refused"], "not_converged", "{figure}");
    assert!(figure["figure"].is_null());
    let html = crossed
        .page("&margin=segment.groep&margin=segment.regio")
        .await;
    assert!(html.contains("Daarom geen gewogen cijfer") && !html.contains("Gewichten: "));
}

#[tokio::test]
async fn what_cannot_be_said_is_refused_with_the_reason() {
    let mut invited = Invited::nobody().await;
    assert_eq!(invited.told("").await["refused"], "not_invited");
    assert!(
        invited
            .page("")
            .await
            .contains("nog niemand persoonlijk uitgenodigd")
    );
    invited.group(&[("groep", "a")], 20, &[9; 12]).await;
    assert_eq!(invited.told("").await["refused"], "too_few");
    invited.group(&[("groep", "a")], 40, &[9; 12]).await;
    let found = invited.told("").await;
    assert_eq!(found["refused"], "no_properties");
    assert!(
        found["choices"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["is_usable"] == false)
    );
    assert!(
        invited
            .page("")
            .await
            .contains("is niets bekend dat groepen maakt")
    );
    let mut open = Shop::open().await;
    open.people("Noord", Channel::Link, &[9; 12]).await;
    let mut program = open.site.program().await;
    let found = program.get(PATH).await.json();
    assert_eq!(
        (found["refused"].as_str(), found["uninvited"].as_u64()),
        (Some("not_invited"), Some(12))
    );
    let html = open.site.owner().await.get(PAGE).await.text();
    assert!(html.contains("12 keer ingevuld via een open link"));
}

#[tokio::test]
async fn a_segment_of_just_the_missing_is_a_wave_away() {
    let invited = Invited::example().await;
    let filter = Filter {
        conditions: vec![Condition {
            field: Field::Attribute("groep".parse().unwrap()),
            operator: Operator::Is,
            values: vec!["midden".into()],
        }],
    };
    let made = invited
        .site
        .app
        .create_segment(&invited.actor, "Middelgroot", filter);
    let segment = made.await.unwrap();
    let found = invited.told("").await;
    assert_eq!(found["chase"][0]["segment"], segment.id.to_string());
    let html = invited.page("").await;
    let link = format!(
        "/outreach/new?survey={}&#38;segment={}",
        invited.survey.id, segment.id
    );
    let other = link.replace("&#38;", "&amp;");
    assert!(html.contains(&link) || html.contains(&other), "{html}");
    // A viewer may look, and is not sent where nothing may be done.
    let mut reader = invited.site.person(Role::Viewer).await;
    let html = reader.get(PAGE).await;
    assert_eq!(html.status, StatusCode::OK);
    assert!(!html.text().contains("/outreach/new"));
}

#[tokio::test]
async fn rights_and_odd_fields_are_looked_at() {
    let invited = Invited::example().await;
    let token = invited.site.token("surveys:read").await;
    let mut stranger = invited.site.visitor();
    stranger
        .headers
        .push(("authorization", format!("Bearer {token}")));
    assert_eq!(stranger.get(PATH).await.status, StatusCode::FORBIDDEN);
    let mut program = invited.site.program().await;
    let mut owner = invited.site.owner().await;
    for odd in [
        "&property=channel",
        "&margin=%27%3Bdrop",
        "&bound=-1",
        "&bound=NaN",
        "&population=all",
        "&share.language=4",
        "&share.segment.groep.%00=900",
        "&wave=x",
    ] {
        let answer = program.get(&format!("{PATH}{odd}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
        let page = owner.get(&format!("{PAGE}{odd}")).await;
        assert_eq!(page.status, StatusCode::OK, "{odd}");
    }
    let other = format!("{PATH}&wave={}", id(65_000));
    assert_eq!(program.get(&other).await.status, StatusCode::NOT_FOUND);
    let hostile = "&property=segment.groep&population=typed&margin=segment.groep&share.segment.groep.%3Cb%3E%00=100&bound=1.1";
    let html = invited.page(hostile).await;
    assert!(!html.contains("<b>") && html.contains("Niemand antwoordde uit"));
    let unknown = invited
        .told("&property=segment.weg&margin=segment.weg&question=weg")
        .await;
    assert_eq!(unknown["properties"][0]["property"], "segment.groep");
}
