//! What customers meet: forms, errors, thanks, links that no longer work, opting out.

use std::{collections::BTreeMap, fs};

use axum::http::{StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use peil_app::{
    collect::{Sheet, Turn, Why},
    hash_token,
    results::{ResponseReport, When},
    survey::{Edit, NewSurvey, SurveyChange},
};
use peil_domain::{
    access::Actor,
    audience::Contact,
    outreach::{Channel, Invitation, InvitationState, Wave, WaveState},
    response::{AnswerValue, Completion, Flag, Move, Response},
    shared::{ContactId, InvitationId, Language, Localized, QuestionKey, SurveyId, WaveId},
    survey::{Definition, Survey},
};
use peil_store::{
    DatabaseUrl, Store,
    audience::contacts,
    outreach::{invitations, waves},
    response, survey as surveys,
};

use crate::site::{Answer, Browser, Site};

pub(crate) const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAA";

/// A site with one published questionnaire.
pub(crate) struct Asking {
    pub(crate) site: Site,
    pub(crate) actor: Actor,
    pub(crate) survey: Survey,
    pub(crate) store: Store,
}

impl Asking {
    /// The template `kto-kort` at `/s/kto`.
    pub(crate) async fn kto(allows_repeats: bool) -> Self {
        Self::with("kto-kort", None, allows_repeats).await
    }

    /// A questionnaire of one's own at `/s/kto`.
    pub(crate) async fn own(definition: Definition) -> Self {
        Self::with("leeg", Some(definition), true).await
    }

    async fn with(template: &str, own: Option<Definition>, allows_repeats: bool) -> Self {
        let site = Site::ready().await;
        let actor = site.identity().await.actor;
        let new = NewSurvey {
            template: template.into(),
            name: "KTO".into(),
            slug: Some("kto".parse().unwrap()),
        };
        let mut survey = site.app.create_survey(&actor, new).await.unwrap();
        if let Some(definition) = own {
            let edit = Edit::Replace(Box::new(definition));
            survey = site
                .app
                .edit_survey(&actor, survey.id, survey.revision, edit)
                .await
                .unwrap();
        }
        let change = SurveyChange {
            name: "KTO".into(),
            slug: "kto".parse().unwrap(),
            purpose: survey.purpose,
            has_public_link: true,
            allows_repeats,
            touchpoint: None,
        };
        let survey = site
            .app
            .update_survey(&actor, survey.id, survey.revision, change)
            .await
            .unwrap();
        site.app
            .publish_survey(&actor, survey.id, None)
            .await
            .unwrap();
        let store = Store::open(&DatabaseUrl::Sqlite(site.folder().join("peil.db"))).await;
        Self {
            site,
            actor,
            survey,
            store: store.unwrap(),
        }
    }

    /// Invites a customer; the link is `/r/{TOKEN}`.
    pub(crate) async fn invite(&self, valid_days: i64) {
        let now = self.site.app.now();
        let workspace = self.actor.workspace;
        let session = self.store.read(workspace);
        let version = surveys::newest_version(&session, self.survey.id)
            .await
            .unwrap()
            .unwrap();
        let contact = contact(workspace, now);
        let wave = wave(workspace, self.survey.id, now);
        let invitation = Invitation {
            id: InvitationId::new(1, [3; 10]),
            workspace,
            wave: wave.id,
            survey: self.survey.id,
            version: version.id,
            contact: contact.id,
            account: None,
            language: Language::En,
            state: InvitationState::Sent,
            created_at: now,
            sent_at: Some(now),
            answered_at: None,
            expires_at: now + SignedDuration::from_hours(24 * valid_days),
            last_error: None,
        };
        let tx = self.store.begin(workspace).await.unwrap();
        contacts::add(&tx, &contact).await.unwrap();
        waves::add(&tx, &wave).await.unwrap();
        invitations::add_many(&tx, &[(invitation, hash_token(TOKEN))])
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// How invitations ended and how far respondents came.
    async fn report(&self) -> ResponseReport {
        let slug = self.survey.slug.clone();
        let report = self
            .site
            .app
            .get_response_report(&self.actor, &slug, When::Always);
        report.await.unwrap()
    }

    pub(crate) async fn count(&self) -> u64 {
        response::count(&self.store.read(self.actor.workspace), self.survey.id)
            .await
            .unwrap()
    }

    /// The only submission.
    pub(crate) async fn stored(&self) -> Response {
        let mut found = self.all_stored().await;
        assert_eq!(found.len(), 1);
        found.remove(0)
    }

    /// Every submission.
    pub(crate) async fn all_stored(&self) -> Vec<Response> {
        let session = self.store.read(self.actor.workspace);
        response::list_from(&session, self.survey.id, None, 10)
            .await
            .unwrap()
    }

    /// In which order the only respondent saw what has an order of its own for everyone.
    pub(crate) async fn stored_orders(&self) -> BTreeMap<String, Vec<QuestionKey>> {
        let session = self.store.read(self.actor.workspace);
        let id = self.stored().await.id;
        response::find_orders(&session, id).await.unwrap()
    }

    async fn has_opted_out(&self) -> bool {
        let session = self.store.read(self.actor.workspace);
        let found = contacts::find(&session, ContactId::new(1, [1; 10]))
            .await
            .unwrap();
        found.unwrap().opted_out_at.is_some()
    }

    /// Every byte of the database, so that a single changed row is noticed.
    fn bytes(&self) -> BTreeMap<String, Vec<u8>> {
        ["peil.db", "peil.db-wal"]
            .into_iter()
            .map(|name| {
                (
                    name.to_owned(),
                    fs::read(self.site.folder().join(name)).unwrap_or_default(),
                )
            })
            .collect()
    }
}

fn contact(workspace: peil_domain::shared::WorkspaceId, now: Timestamp) -> Contact {
    Contact {
        id: ContactId::new(1, [1; 10]),
        workspace,
        external_id: Some("K1".into()),
        email: Some("klant@example.nl".parse().unwrap()),
        phone: None,
        name: Some("Jan".into()),
        language: None,
        account: None,
        attributes: BTreeMap::default(),
        opted_out_at: None,
        created_at: now,
        updated_at: now,
    }
}

fn wave(workspace: peil_domain::shared::WorkspaceId, survey: SurveyId, now: Timestamp) -> Wave {
    Wave {
        id: WaveId::new(1, [2; 10]),
        workspace,
        survey,
        version: None,
        segment: None,
        recipients: None,
        name: "Golf".into(),
        subject: Localized::default(),
        message: Localized::default(),
        state: WaveState::Sent,
        created_at: now,
        started_at: Some(now),
        finished_at: Some(now),
    }
}

/// Every kind of question, over three pages.
fn every_kind() -> Definition {
    serde_json::from_value(serde_json::json!({
        "languages": ["nl", "en"],
        "title": { "nl": "Alles", "en": "Everything" },
        "pages": [
            { "questions": [
                { "key": "uitleg", "text": { "nl": "Welkom", "en": "Welcome" }, "kind": "statement" },
                { "key": "nps", "text": { "nl": "NPS?", "en": "NPS?" }, "kind": "nps", "is_required": true },
                { "key": "lach", "text": { "nl": "Lach?", "en": "Smile?" }, "kind": "csat", "look": "smileys" },
                { "key": "ster", "text": { "nl": "Ster?", "en": "Star?" }, "kind": "csat", "look": "stars" },
                { "key": "woord", "text": { "nl": "Woord?", "en": "Word?" }, "kind": "csat", "look": "words" } ] },
            { "questions": [
                { "key": "gemak", "text": { "nl": "Makkelijk?", "en": "Easy?" }, "kind": "ces", "version": "v2" },
                { "key": "moeite", "text": { "nl": "Moeite?", "en": "Effort?" }, "kind": "ces", "version": "v1" },
                { "key": "cijfer", "text": { "nl": "Cijfer?", "en": "Mark?" }, "kind": "mark" },
                { "key": "eigen", "text": { "nl": "Eigen?", "en": "Own?" }, "kind": "rating", "min": 1, "max": 4, "top": 1,
                  "low_label": { "nl": "laag", "en": "low" }, "high_label": { "nl": "hoog", "en": "high" } } ] },
            { "questions": [
                { "key": "een", "text": { "nl": "Een?", "en": "One?" }, "kind": "choice", "has_other": true, "options": [
                    { "code": "a", "label": { "nl": "Aa", "en": "Aa" } }, { "code": "b", "label": { "nl": "Bee", "en": "Bee" } } ] },
                { "key": "meer", "text": { "nl": "Meer?", "en": "More?" }, "kind": "choice", "is_multiple": true, "has_other": true, "options": [
                    { "code": "a", "label": { "nl": "Aa", "en": "Aa" } }, { "code": "b", "label": { "nl": "Bee", "en": "Bee" } } ] },
                { "key": "ja", "text": { "nl": "Ja?", "en": "Yes?" }, "kind": "yes_no" },
                { "key": "kort", "text": { "nl": "Kort?", "en": "Short?" }, "kind": "text" },
                { "key": "lang", "text": { "nl": "Lang?", "en": "Long?" }, "kind": "text", "is_long": true, "is_required": true } ] }
        ]
    }))
    .unwrap()
}

async fn submit(
    browser: &mut Browser<'_>,
    page: &Answer,
    path: &str,
    fields: &[(&str, &str)],
) -> Answer {
    browser.submit(page, path, fields).await
}

#[tokio::test]
async fn an_answer_leads_to_thanks_and_is_stored_with_channel_and_language() {
    let asking = Asking::kto(true).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto?via=qr&lang=en").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text().contains("data-done"));
    let fields = [
        ("nps", "3"),
        ("csat", "2"),
        ("ces", "7"),
        ("waarom", "Too slow"),
        ("beter", ""),
    ];
    let answer = submit(&mut browser, &page, "/s/kto", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let thanks = browser.get(answer.location.as_deref().unwrap()).await;
    let html = thanks.text();
    assert!(
        thanks.status == StatusCode::OK && html.contains("data-done"),
        "{html}"
    );
    assert!(
        html.contains("Thank you") && html.contains("We are sorry"),
        "{html}"
    );
    let stored = asking.stored().await;
    assert_eq!(
        (stored.channel, stored.language),
        (Channel::Qr, Language::En)
    );
    assert_eq!(stored.answers.len(), 4, "a blank field is no answer");
    assert!(!stored.flags.contains(&Flag::Robot));
}

#[tokio::test]
async fn thanks_follow_the_score() {
    let asking = Asking::kto(true).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let answer = submit(&mut browser, &page, "/s/kto", &[("nps", "10")]).await;
    let html = browser
        .get(answer.location.as_deref().unwrap())
        .await
        .text();
    assert!(
        html.contains("Dank je wel") && !html.contains("spijt"),
        "{html}"
    );
}

#[tokio::test]
async fn every_kind_of_question_is_answered_over_three_pages() {
    let asking = Asking::own(every_kind()).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    assert!(page.text().contains("Pagina 1 van 3"));
    let first = [
        ("nps", "9"),
        ("lach", "4"),
        ("ster", "5"),
        ("woord", "1"),
        ("_go", "next"),
    ];
    let page = submit(&mut browser, &page, "/s/kto", &first).await;
    assert!(page.text().contains("Pagina 2 van 3"), "{}", page.text());
    let second = [
        ("gemak", "7"),
        ("moeite", "1"),
        ("cijfer", "8"),
        ("eigen", "4"),
        ("_go", "next"),
    ];
    let page = submit(&mut browser, &page, "/s/kto", &second).await;
    assert_eq!(
        asking.count().await,
        0,
        "it counts only when it is finished"
    );
    let kept = asking.stored().await;
    assert_eq!(
        (kept.completion, kept.pages_done),
        (Completion::Partial, Some(2))
    );
    assert_eq!(kept.answers.len(), 8);
    let third = [
        ("een__other", "iets <eigens>"),
        ("meer", "b"),
        ("meer", "a"),
        ("meer__other", "nog wat"),
        ("ja", "0"),
        ("kort", "kort & goed"),
        ("lang", "regel een\r\nregel twee"),
        ("_go", "next"),
    ];
    let answer = submit(&mut browser, &page, "/s/kto", &third).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let stored = asking.stored().await;
    assert_eq!(
        (stored.completion, stored.pages_done),
        (Completion::Complete, None)
    );
    let value = |key: &str| {
        stored
            .answers
            .iter()
            .find(|answer| answer.key.as_str() == key)
            .unwrap()
            .value
            .clone()
    };
    let scores = [
        ("nps", 9),
        ("lach", 4),
        ("ster", 5),
        ("woord", 1),
        ("gemak", 7),
        ("moeite", 1),
        ("cijfer", 8),
        ("eigen", 4),
        ("ja", 0),
    ];
    for (key, score) in scores {
        assert_eq!(value(key), AnswerValue::Score(score), "{key}");
    }
    assert_eq!(
        value("lang"),
        AnswerValue::Text("regel een\nregel twee".into())
    );
    assert_eq!(value("kort"), AnswerValue::Text("kort & goed".into()));
    assert!(
        matches!(value("een"), AnswerValue::Choices { other: Some(words), .. } if words == "iets <eigens>")
    );
    assert!(matches!(value("meer"), AnswerValue::Choices { codes, .. } if codes.len() == 3));
}

#[tokio::test]
async fn whoever_stops_on_the_way_is_kept_as_far_as_they_came_and_their_invitation_stays_open() {
    let asking = Asking::own(every_kind()).await;
    asking.invite(30).await;
    let link = format!("/r/{TOKEN}");
    let first = [("nps", "3"), ("_go", "next")];
    let mut opened = Vec::new();
    for _ in 1..=2 {
        let mut browser = asking.site.visitor();
        let page = browser.get(&link).await;
        opened.push((browser, page));
    }
    for (visits, (mut browser, page)) in (1..).zip(opened) {
        submit(&mut browser, &page, &link, &first).await;
        let session = asking.store.read(asking.actor.workspace);
        let kept = response::list_from(&session, asking.survey.id, None, 10).await;
        let kept = kept.unwrap();
        assert_eq!(kept.len(), visits, "every form is one attempt");
        assert!(
            kept.iter()
                .all(|kept| kept.pages_done == Some(1) && kept.contact.is_some())
        );
    }
    let stopped = asking.report().await;
    assert_eq!(
        (stopped.dispositions.complete, stopped.dispositions.partial),
        (0, 1)
    );
    assert_eq!(
        stopped.pages,
        [2, 0, 0],
        "two forms got no further than the first page"
    );
    let mut browser = asking.site.visitor();
    let mut page = browser.get(&link).await;
    // A new visit goes on behind the page that was sent.
    let last = [("lang", "Because."), ("_go", "next")];
    for fields in [&[("_go", "next")], &last[..]] {
        page = submit(&mut browser, &page, &link, fields).await;
    }
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let stored = asking.stored().await;
    assert_eq!(stored.completion, Completion::Complete);

    let done = asking.report().await;
    assert_eq!(
        (done.dispositions.complete, done.dispositions.partial),
        (1, 0)
    );
    assert_eq!(done.rates.unwrap().rr1, Some(1.0));
    assert_eq!(done.pages, [1, 1, 1]);
    let nps = done
        .questions
        .iter()
        .find(|line| line.question.key.as_str() == "nps");
    assert_eq!(nps.map(|line| (line.answered, line.asked)), Some((1, 1)));

    let mut late = asking.site.visitor();
    assert!(late.get(&link).await.text().contains("already"));
}

#[tokio::test]
async fn whoever_opts_out_instead_of_answering_has_refused() {
    let asking = Asking::kto(false).await;
    asking.invite(30).await;
    let silent = asking.report().await;
    assert_eq!(
        (
            silent.dispositions.unknown_other,
            silent.dispositions.refusal
        ),
        (1, 0)
    );
    let tx = asking.store.begin(asking.actor.workspace).await.unwrap();
    let id = ContactId::new(1, [1; 10]);
    let mut contact = contacts::find(&tx, id).await.unwrap().unwrap();
    contact.opted_out_at = Some(asking.site.app.now());
    contacts::save(&tx, &contact).await.unwrap();
    tx.commit().await.unwrap();
    let refused = asking.report().await;
    assert_eq!(
        (
            refused.dispositions.unknown_other,
            refused.dispositions.refusal
        ),
        (0, 1)
    );
    assert_eq!(refused.rates.unwrap().ref1, Some(1.0));
}

#[tokio::test]
async fn a_page_without_answers_or_filled_in_by_a_robot_leaves_no_trace() {
    let asking = Asking::own(every_kind()).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let by_robot = [("nps", "3"), ("_go", "next"), ("_website", "x")];
    for fields in [&[("_go", "next")][..], &by_robot] {
        submit(&mut browser, &page, "/s/kto", fields).await;
    }
    let session = asking.store.read(asking.actor.workspace);
    assert!(!response::is_any(&session, asking.survey.id).await.unwrap());
}

#[tokio::test]
async fn going_back_keeps_the_answers_of_both_pages_even_when_they_are_wrong() {
    let asking = Asking::own(every_kind()).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let page = submit(
        &mut browser,
        &page,
        "/s/kto",
        &[("nps", "9"), ("_go", "next")],
    )
    .await;
    let page = submit(
        &mut browser,
        &page,
        "/s/kto",
        &[("cijfer", "8"), ("eigen", "99"), ("_go", "back")],
    )
    .await;
    let html = page.text();
    assert!(
        html.contains("Pagina 1 van 3") && html.contains(r#"name="nps" value="9" checked"#),
        "{html}"
    );
    let carried = page.hidden_fields("/s/kto");
    assert!(
        carried.contains(&("cijfer".into(), "8".into())),
        "{carried:?}"
    );
    assert!(
        carried.contains(&("eigen".into(), "99".into())),
        "{carried:?}"
    );
}

#[tokio::test]
async fn errors_stand_beside_the_field_and_in_the_summary_and_nothing_typed_is_lost() {
    let asking = Asking::kto(true).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let fields = [("csat", "4"), ("waarom", "Omdat <b>het</b> \"kan\" & mag")];
    let answer = submit(&mut browser, &page, "/s/kto", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = answer.text();
    assert!(
        html.contains(r#"role="alert" tabindex="-1" autofocus"#),
        "{html}"
    );
    assert!(
        html.contains(r##"<a href="#nps">"##) && html.contains(r#"id="nps-e""#),
        "{html}"
    );
    assert!(html.contains(r#"name="csat" value="4" checked"#), "{html}");
    assert!(
        html.contains("Omdat &#60;b&#62;het&#60;/b&#62; &#34;kan&#34; &#38; mag"),
        "{html}"
    );
    assert_eq!(asking.count().await, 0);
    let answer = submit(&mut browser, &answer, "/s/kto", &[("nps", "7")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_answer_off_the_scale_and_a_text_without_end_are_refused() {
    let asking = Asking::kto(true).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let long = "x".repeat(10_001);
    let fields = [("nps", "11"), ("waarom", long.as_str())];
    let answer = submit(&mut browser, &page, "/s/kto", &fields).await;
    let html = answer.text();
    assert!(html.contains(r#"id="nps-e""#) && html.contains(r#"id="waarom-e""#));
    assert!(
        html.contains(&long),
        "what was typed is kept, too long or not"
    );
    let huge = "x".repeat(1_100_000);
    let answer = submit(
        &mut browser,
        &page,
        "/s/kto",
        &[("nps", "1"), ("waarom", &huge)],
    )
    .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("te lang") && answer.text().contains("Testwinkel"));
}

#[tokio::test]
async fn the_same_form_sent_twice_counts_once() {
    for allows_repeats in [true, false] {
        let asking = Asking::kto(allows_repeats).await;
        let mut browser = asking.site.visitor();
        let page = browser.get("/s/kto").await;
        for nps in ["9", "2"] {
            let answer = submit(&mut browser, &page, "/s/kto", &[("nps", nps)]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        }
        assert_eq!(asking.count().await, 1);
        assert_eq!(
            asking.stored().await.answers[0].value,
            AnswerValue::Score(9)
        );
    }
}

#[tokio::test]
async fn a_visitor_who_may_answer_once_is_told_so_kindly() {
    let asking = Asking::kto(false).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    assert!(
        page.headers.get(header::SET_COOKIE).is_none(),
        "no cookie before an answer"
    );
    let second = browser.get("/s/kto").await;
    let answer = submit(&mut browser, &page, "/s/kto", &[("nps", "9")]).await;
    let cookie = answer
        .headers
        .get(header::SET_COOKIE)
        .unwrap()
        .to_str()
        .unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let again = browser.get("/s/kto").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text().contains("Je hebt al geantwoord"));
    let again = submit(&mut browser, &second, "/s/kto", &[("nps", "8")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(asking.count().await, 1);
    assert_eq!(
        asking.site.visitor().get("/s/kto").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn where_repeats_are_allowed_no_cookie_and_no_limit_stand_in_the_way() {
    let asking = Asking::kto(true).await;
    let mut browser = asking.site.visitor();
    for _ in 0..3 {
        let page = browser.get("/s/kto").await;
        let answer = submit(&mut browser, &page, "/s/kto", &[("nps", "9")]).await;
        assert!(answer.headers.get(header::SET_COOKIE).is_none());
    }
    assert_eq!(asking.count().await, 3);
}

#[tokio::test]
async fn a_flood_from_one_place_is_held_back_with_its_answers_kept() {
    let asking = Asking::kto(false).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    for _ in 0..200 {
        submit(&mut browser, &page, "/s/kto", &[]).await;
    }
    let fields = [("nps", "9"), ("waarom", "Bewaar mij")];
    let answer = submit(&mut browser, &page, "/s/kto", &fields).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.headers.contains_key(header::RETRY_AFTER));
    assert!(answer.text().contains("Bewaar mij"));
    assert_eq!(asking.count().await, 0);
}

#[tokio::test]
async fn a_flood_is_held_back_where_repeats_are_allowed_too() {
    let asking = Asking::kto(true).await;
    let page = asking.site.visitor().get("/s/kto").await;
    let hidden = page.hidden_fields("/s/kto");
    let form = hidden.into_iter().find(|(name, _)| name == "_form");
    let flood = Sheet {
        form: form.unwrap().1,
        page: 0,
        chosen: Move::Next,
        answers: BTreeMap::from([("nps".to_owned(), vec!["9".to_owned()])]),
        language: None,
        channel: Channel::Link,
        robot_field_filled: false,
        answered_before: None,
        is_one_too_many: true,
    };
    let slug = &asking.survey.slug;
    let turn = asking.site.app.answer_public(slug, flood).await.unwrap();
    let held_back = matches!(
        turn,
        Turn::Show {
            why: Why::TooMany,
            ..
        }
    );
    assert!(held_back, "{turn:?}");
    assert_eq!(asking.count().await, 0);
}

#[tokio::test]
async fn a_form_that_is_not_recognised_comes_back_fresh_with_the_answers_in_it() {
    let asking = Asking::kto(true).await;
    let mut browser = asking.site.visitor();
    let fields = [
        ("nps", "9"),
        ("waarom", "Niet kwijtraken"),
        ("_form", "onzin"),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answer = browser.post("/s/kto", &fields).await;
    let html = answer.text();
    assert!(
        html.contains("te oud") && html.contains("Niet kwijtraken"),
        "{html}"
    );
    assert_eq!(asking.count().await, 0);
    let fields = [("nps", "9"), ("waarom", "Niet kwijtraken")];
    let answer = submit(&mut browser, &answer, "/s/kto", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(asking.count().await, 1);
}

#[tokio::test]
async fn a_form_is_checked_against_the_version_that_was_shown() {
    let asking = Asking::kto(true).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let (app, actor, id) = (&asking.site.app, &asking.actor, asking.survey.id);
    let edit = Edit::Remove("csat".parse().unwrap());
    app.edit_survey(actor, id, asking.survey.revision, edit)
        .await
        .unwrap();
    app.publish_survey(actor, id, None).await.unwrap();
    assert!(
        !browser
            .get("/s/kto")
            .await
            .text()
            .contains(r#"name="csat""#)
    );
    let answer = submit(
        &mut browser,
        &page,
        "/s/kto",
        &[("nps", "9"), ("csat", "4")],
    )
    .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(asking.stored().await.answers.len(), 2);
}

#[tokio::test]
async fn a_filled_trap_marks_a_robot() {
    let asking = Asking::kto(true).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    submit(
        &mut browser,
        &page,
        "/s/kto",
        &[("nps", "9"), ("_website", "http://x")],
    )
    .await;
    assert!(asking.stored().await.flags.contains(&Flag::Robot));
}

#[tokio::test]
async fn opening_links_changes_no_byte_of_the_database() {
    let asking = Asking::kto(false).await;
    asking.invite(14).await;
    let before = asking.bytes();
    let mut scanner = asking.site.visitor();
    let (stop, one_click) = (
        format!("/r/{TOKEN}/stop"),
        format!("/r/{TOKEN}/unsubscribe"),
    );
    let paths = [
        "/s/kto".to_owned(),
        "/s/kto?nps=9&via=qr&lang=en&_go=next&_form=x".into(),
        "/s/kto/done?low=1".into(),
        format!("/r/{TOKEN}"),
        format!("/r/{TOKEN}?nps=9"),
        format!("/r/{TOKEN}?nps=9&csat=5&ces=7&waarom=x&_go=next"),
        format!("/r/{TOKEN}/done"),
        stop.clone(),
        one_click.clone(),
    ];
    for path in &paths {
        assert_eq!(scanner.get(path).await.status, StatusCode::OK, "{path}");
        scanner.send("HEAD", path, None, Vec::new()).await;
    }
    assert_eq!(asking.bytes(), before);
    assert_eq!(asking.count().await, 0);
    assert!(!asking.has_opted_out().await);
    scanner.post(&stop, &[]).await;
    assert_ne!(asking.bytes(), before, "this comparison notices a change");
}

#[tokio::test]
async fn a_score_clicked_in_the_mail_is_preselected_and_words_are_not() {
    let asking = Asking::kto(false).await;
    asking.invite(14).await;
    let mut browser = asking.site.visitor();
    let html = browser
        .get(&format!("/r/{TOKEN}?nps=9&csat=77&waarom=spam"))
        .await
        .text();
    assert!(html.contains(r#"name="nps" value="9" checked"#), "{html}");
    assert_eq!(html.matches(" checked").count(), 1);
    assert!(!html.contains("spam"));
}

#[tokio::test]
async fn a_personal_answer_closes_the_invitation_and_a_second_form_is_refused_kindly() {
    let asking = Asking::kto(false).await;
    asking.invite(14).await;
    let path = format!("/r/{TOKEN}");
    let mut phone = asking.site.visitor();
    let mut laptop = asking.site.visitor();
    let first = phone.get(&path).await;
    let other = laptop.get(&path).await;
    assert!(
        first.text().contains("How likely"),
        "the mail was in English"
    );
    let answer = submit(&mut phone, &first, &path, &[("nps", "9")]).await;
    let thanks = answer.location.unwrap();
    assert!(
        thanks.starts_with(&format!("{path}/done?lang=en&form=")),
        "{thanks}"
    );
    let again = submit(&mut phone, &first, &path, &[("nps", "9")]).await;
    assert_eq!(
        again.status,
        StatusCode::SEE_OTHER,
        "a double click is no second answer"
    );
    let refused = submit(&mut laptop, &other, &path, &[("nps", "1")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.text().contains("already answered"),
        "{}",
        refused.text()
    );
    assert_eq!(laptop.get(&path).await.status, StatusCode::CONFLICT);
    let stored = asking.stored().await;
    assert_eq!(
        (stored.channel, stored.contact.is_some()),
        (Channel::Email, true)
    );
}

#[tokio::test]
async fn links_that_lead_nowhere_any_more_say_so_in_the_look_of_the_organisation() {
    let asking = Asking::kto(false).await;
    asking.invite(-1).await;
    let mut browser = asking.site.visitor();
    let cases = [
        (
            "/s/bestaat-niet".to_owned(),
            StatusCode::NOT_FOUND,
            "werkt niet",
        ),
        (
            "/s/Geen Naam!".replace(' ', "%20"),
            StatusCode::NOT_FOUND,
            "werkt niet",
        ),
        ("/r/onbekend".into(), StatusCode::NOT_FOUND, "werkt niet"),
        (
            "/r/onbekend/stop".into(),
            StatusCode::NOT_FOUND,
            "werkt niet",
        ),
        (format!("/r/{TOKEN}?lang=nl"), StatusCode::GONE, "verlopen"),
    ];
    for (path, status, words) in cases {
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, status, "{path}");
        let html = answer.text();
        assert!(
            html.contains(words) && html.contains("Testwinkel"),
            "{path}: {html}"
        );
    }
    asking
        .site
        .app
        .close_survey(&asking.actor, asking.survey.id)
        .await
        .unwrap();
    let answer = browser.get("/s/kto?lang=en").await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.text().contains("closed"), "{}", answer.text());
}

#[tokio::test]
async fn the_language_is_that_of_the_address_then_the_browser_then_the_organisation() {
    let asking = Asking::kto(true).await;
    let mut browser = asking.site.visitor();
    assert!(
        browser
            .get("/s/kto")
            .await
            .text()
            .contains(r#"<html lang="nl""#)
    );
    browser
        .headers
        .push(("accept-language", "en-GB,en;q=0.9".into()));
    assert!(
        browser
            .get("/s/kto")
            .await
            .text()
            .contains(r#"<html lang="en""#)
    );
    assert!(
        browser
            .get("/s/kto?lang=nl")
            .await
            .text()
            .contains(r#"<html lang="nl""#)
    );
}

#[tokio::test]
async fn switching_language_halfway_keeps_what_was_typed_and_complains_about_nothing() {
    let asking = Asking::kto(true).await;
    let mut browser = asking.site.visitor();
    let page = browser.get("/s/kto").await;
    let fields = [("waarom", "Nog bezig"), ("_go", "en")];
    let answer = submit(&mut browser, &page, "/s/kto", &fields).await;
    let html = answer.text();
    assert!(
        answer.status == StatusCode::OK && html.contains(r#"<html lang="en""#),
        "{html}"
    );
    assert!(
        html.contains("Nog bezig") && !html.contains("role=\"alert\""),
        "{html}"
    );
    submit(&mut browser, &answer, "/s/kto", &[("nps", "9")]).await;
    assert_eq!(asking.stored().await.language, Language::En);
}

#[tokio::test]
async fn only_the_button_opts_out() {
    let asking = Asking::kto(false).await;
    asking.invite(-1).await;
    let path = format!("/r/{TOKEN}/stop");
    let mut browser = asking.site.visitor();
    let page = browser.get(&path).await;
    assert!(page.status == StatusCode::OK && !asking.has_opted_out().await);
    assert!(page.text().contains("<button"), "{}", page.text());
    let answer = browser.post(&format!("{path}?lang=en"), &[]).await;
    assert!(
        asking.has_opted_out().await,
        "also when the invitation has expired"
    );
    let html = browser
        .get(answer.location.as_deref().unwrap())
        .await
        .text();
    assert!(html.contains("You will receive no more surveys") && !html.contains("<button"));
}

#[tokio::test]
async fn one_click_of_a_mail_program_opts_out_and_anything_less_does_not() {
    let asking = Asking::kto(false).await;
    asking.invite(14).await;
    let path = format!("/r/{TOKEN}/unsubscribe");
    let mut program = asking.site.visitor();
    let answer = program.post(&path, &[]).await;
    assert!(answer.status == StatusCode::OK && !asking.has_opted_out().await);
    let one_click = [("List-Unsubscribe".to_owned(), "One-Click".to_owned())];
    assert_eq!(program.post(&path, &one_click).await.status, StatusCode::OK);
    assert!(asking.has_opted_out().await);
    assert_eq!(
        program.post(&path, &one_click).await.status,
        StatusCode::OK,
        "twice is harmless"
    );
    let unknown = program.post("/r/onbekend/unsubscribe", &one_click).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_with_its_style_weighs_at_most_fifteen_kilobytes_in_two_requests() {
    for asking in [Asking::kto(true).await, Asking::own(every_kind()).await] {
        let mut browser = asking.site.visitor();
        browser.headers.push(("accept-encoding", "gzip".into()));
        let page = browser.get("/s/kto").await;
        assert_eq!(page.headers.get(header::CONTENT_ENCODING).unwrap(), "gzip");
        browser.headers.clear();
        let html = browser.get("/s/kto").await.text();
        let css = html.split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
        let css = css.split('"').next().unwrap();
        browser.headers.push(("accept-encoding", "gzip".into()));
        let style = browser.get(css).await;
        assert_eq!(style.status, StatusCode::OK);
        let weight = page.body.len() + style.body.len();
        assert!(weight <= 15_000, "{weight} bytes");
        let fetched = ["<script", "<img", "<link", "url(", "@import"];
        let count: usize = fetched.iter().map(|mark| html.matches(mark).count()).sum();
        assert_eq!(count, 2, "one style sheet, and an icon that is no request");
        assert!(html.contains(r#"<link rel="icon" href="data:,">"#));
    }
}

#[tokio::test]
async fn a_page_is_kept_nowhere_and_runs_no_script() {
    let asking = Asking::kto(true).await;
    let page = asking.site.visitor().get("/s/kto").await;
    assert_eq!(page.headers.get(header::CACHE_CONTROL).unwrap(), "no-store");
    let policy = page
        .headers
        .get(header::CONTENT_SECURITY_POLICY)
        .unwrap()
        .to_str()
        .unwrap();
    assert!(
        !policy.contains("script") && policy.contains("default-src 'none'"),
        "{policy}"
    );
    let html = page.text();
    assert_eq!(
        html.matches("<fieldset").count(),
        html.matches("<legend").count()
    );
    assert_eq!(html.matches("<h1").count(), 1);
    assert!(html.contains("<main>") && html.contains("<header") && html.contains("<footer"));
}
