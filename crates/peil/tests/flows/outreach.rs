//! Asking by mail: who gets it, who does not, that it arrives once and that its links work.

use axum::http::StatusCode;
use peil_app::{
    AppError,
    access::Identity,
    outreach::{Blocker, HeldReason, NewWave, OutreachError, WaveChange},
    ports::{SmtpSecurity, SmtpSettings},
    survey::NewSurvey,
};
use peil_domain::{
    access::Role,
    audience::{Condition, ContactDraft, Field, Filter, Operator},
    outreach::{InvitationState, WaveState},
    shared::{Language, SegmentId, SurveyId, WaveId},
};

use crate::{
    site::{Answer, Site},
    smtp_server::{ReceivedMail, SmtpServer},
};

/// An installation with a live survey and a mail server of its own.
pub(crate) struct Stage {
    pub(crate) site: Site,
    pub(crate) server: SmtpServer,
    pub(crate) owner: Identity,
    survey: SurveyId,
}

impl Stage {
    pub(crate) async fn with(contacts: Vec<ContactDraft>) -> Self {
        let site = Site::ready().await;
        let server = SmtpServer::start().await;
        let owner = site.identity().await;
        let app = &site.app;
        let settings = SmtpSettings {
            host: "127.0.0.1".into(),
            port: server.address().port(),
            security: SmtpSecurity::None,
            username: None,
            password: None,
            from_name: "Testwinkel".into(),
            from_address: "kto@testwinkel.example".into(),
            reply_to: None,
        };
        app.update_mail_settings(&owner.actor, settings)
            .await
            .unwrap();
        let new = NewSurvey {
            template: "nps-waarom".into(),
            name: "Najaar".into(),
            slug: None,
        };
        let survey = app.create_survey(&owner.actor, new).await.unwrap().id;
        app.publish_survey(&owner.actor, survey, None)
            .await
            .unwrap();
        for some in contacts.chunks(500) {
            app.upsert_contacts(&owner.actor, some.to_vec())
                .await
                .unwrap();
        }
        Self {
            site,
            server,
            owner,
            survey,
        }
    }

    pub(crate) async fn wave(&self, segment: Option<SegmentId>) -> WaveId {
        let new = NewWave {
            survey: self.survey,
            segment,
            name: "Meting".into(),
        };
        self.site
            .app
            .create_wave(&self.owner.actor, new)
            .await
            .unwrap()
            .id
    }

    pub(crate) async fn start(&self, wave: WaveId) {
        self.site
            .app
            .start_wave(&self.owner.actor, wave)
            .await
            .unwrap();
        self.site.app.work_now().await.unwrap();
    }

    pub(crate) fn recipients(&self) -> Vec<String> {
        let mut all: Vec<String> = self
            .server
            .received()
            .into_iter()
            .flat_map(|mail| mail.recipients)
            .collect();
        all.sort();
        all
    }
}

pub(crate) fn contact(name: &str, language: Language) -> ContactDraft {
    ContactDraft {
        email: format!("{}@klant.example", name.to_lowercase())
            .parse()
            .ok(),
        name: Some(name.to_owned()),
        language: Some(language),
        ..ContactDraft::default()
    }
}

/// The text of a mail with quoted-printable undone.
pub(crate) fn readable(mail: &ReceivedMail) -> String {
    let soft = mail.text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = soft.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'=' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The first link of our own in a mail that holds `part`, without the address of the site.
fn link_with(mail: &ReceivedMail, part: &str) -> String {
    let text = readable(mail);
    let links = text.split("http://peil.test").skip(1);
    let mut paths = links.map(|rest| rest.split(['"', '>', ' ', '\r', '\n']).next().unwrap());
    paths
        .find(|path| path.contains(part))
        .unwrap()
        .replace("&amp;", "&")
}

#[tokio::test]
async fn a_wave_reaches_exactly_those_of_its_segment_who_may_be_asked() {
    let mut gone = contact("Weg", Language::Nl);
    gone.has_opted_out = true;
    let silent = ContactDraft {
        external_id: Some("K1".into()),
        language: Some(Language::Nl),
        ..ContactDraft::default()
    };
    let people = vec![
        contact("Anna", Language::Nl),
        contact("Bram", Language::Nl),
        contact("Chris", Language::En),
        gone,
        silent,
    ];
    let stage = Stage::with(people).await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let dutch = Filter {
        conditions: vec![Condition {
            field: Field::Language,
            operator: Operator::Is,
            values: vec!["nl".into()],
        }],
    };
    let segment = app
        .create_segment(actor, "Nederlands", dutch)
        .await
        .unwrap();
    let wave = stage.wave(Some(segment.id)).await;
    let plan = app.plan_wave(actor, wave).await.unwrap();
    assert_eq!((plan.selected, plan.allowed, plan.blockers), (4, 2, vec![]));
    let held: Vec<_> = plan
        .held
        .iter()
        .map(|group| (group.reason, group.count))
        .collect();
    assert_eq!(
        held,
        [(HeldReason::OptedOut, 1), (HeldReason::NoAddress, 1)]
    );
    stage.start(wave).await;
    assert_eq!(
        stage.recipients(),
        ["anna@klant.example", "bram@klant.example"]
    );
    let found = app.get_wave(actor, wave).await.unwrap();
    assert_eq!(found.overview.wave.state, WaveState::Sent);
    assert_eq!(found.overview.counts.sent, 2);

    let everyone = stage.wave(None).await;
    let plan = app.plan_wave(actor, everyone).await.unwrap();
    assert_eq!((plan.selected, plan.allowed), (5, 1));
    let recent = plan
        .held
        .iter()
        .find(|group| group.reason == HeldReason::InvitedRecently);
    let recent = recent.unwrap();
    assert_eq!(recent.count, 2);
    assert!(recent.first_until.unwrap() > app.now());
    stage.start(everyone).await;
    assert_eq!(stage.recipients().len(), 3);
    let english = stage.server.received().pop().unwrap();
    assert!(readable(&english).contains("What do you think of Testwinkel?"));
    assert!(readable(&english).contains("Dear Chris,"));
}

#[tokio::test]
async fn a_click_in_the_mail_fills_in_the_score_and_the_answer_is_kept() {
    let stage = Stage::with(vec![contact("Anna", Language::Nl)]).await;
    let wave = stage.wave(None).await;
    stage.start(wave).await;
    let mail = stage.server.received().pop().unwrap();
    let path = link_with(&mail, "nps=9");
    let mut visitor = stage.site.visitor();
    let page = visitor.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.text().contains("checked"), "{}", page.text());
    let actor = &stage.owner.actor;
    let counts = || async {
        stage
            .site
            .app
            .get_wave(actor, wave)
            .await
            .unwrap()
            .overview
            .counts
    };
    assert_eq!(counts().await.answered, 0, "looking stores nothing");
    let action = path.split('?').next().unwrap().to_owned();
    let answer = finish(&mut visitor, page, &action).await;
    assert!(answer.text().contains("data-done"), "{}", answer.text());
    assert_eq!(counts().await.answered, 1);
    let rate = stage
        .site
        .app
        .get_wave(actor, wave)
        .await
        .unwrap()
        .overview
        .response_rate;
    assert_eq!(rate, Some(1.0));
}

/// Sends the form, page by page, until there is no form left.
async fn finish(visitor: &mut crate::site::Browser<'_>, first: Answer, action: &str) -> Answer {
    let mut page = first;
    for _ in 0..5 {
        if let Some(location) = page.location.clone() {
            page = visitor.get(&location).await;
        }
        if page.text().contains("data-done") {
            break;
        }
        page = visitor.submit(&page, action, &[("nps", "9")]).await;
    }
    page
}

#[tokio::test]
async fn one_click_unsubscribes_and_a_later_wave_skips_that_contact() {
    let stage = Stage::with(vec![contact("Anna", Language::Nl)]).await;
    let first = stage.wave(None).await;
    stage.start(first).await;
    let mail = stage.server.received().pop().unwrap();
    let headers = mail.text.split("\r\n\r\n").next().unwrap();
    assert!(headers.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    let path = link_with(&mail, "/unsubscribe");
    let mut provider = stage.site.visitor();
    assert!(provider.get(&path).await.status.is_success());
    let actor = &stage.owner.actor;
    let second = stage.wave(None).await;
    let held = stage.site.app.plan_wave(actor, second).await.unwrap().held;
    assert_eq!(
        held[0].reason,
        HeldReason::InvitedRecently,
        "a look never unsubscribes"
    );
    let kind = Some("application/x-www-form-urlencoded");
    let body = b"List-Unsubscribe=One-Click".to_vec();
    assert!(
        provider
            .send("POST", &path, kind, body)
            .await
            .status
            .is_success()
    );
    let plan = stage.site.app.plan_wave(actor, second).await.unwrap();
    assert_eq!(plan.held[0].reason, HeldReason::OptedOut);
    assert_eq!(plan.blockers, [Blocker::NobodyToAsk]);
    let refused = stage.site.app.start_wave(actor, second).await.unwrap_err();
    let nobody = OutreachError::Blocked(Blocker::NobodyToAsk);
    assert!(matches!(refused, AppError::Outreach(why) if why == nobody));
}

#[tokio::test]
async fn starting_twice_sends_once_and_stopping_leaves_the_rest_unsent() {
    let people = (0..40)
        .map(|n| contact(&format!("Klant{n}"), Language::Nl))
        .collect();
    let stage = Stage::with(people).await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let wave = stage.wave(None).await;
    let (first, second) = tokio::join!(app.start_wave(actor, wave), app.start_wave(actor, wave));
    assert_eq!(
        (first.unwrap().state, second.unwrap().state),
        (WaveState::Preparing, WaveState::Preparing)
    );
    app.work_now().await.unwrap();
    app.start_wave(actor, wave).await.unwrap();
    app.work_now().await.unwrap();
    let recipients = stage.recipients();
    assert_eq!(recipients.len(), 40);
    assert!(
        recipients.windows(2).all(|pair| pair[0] != pair[1]),
        "{recipients:?}"
    );

    let late = (0..5)
        .map(|n| contact(&format!("Later{n}"), Language::Nl))
        .collect();
    app.upsert_contacts(actor, late).await.unwrap();
    let wave = stage.wave(None).await;
    app.start_wave(actor, wave).await.unwrap();
    let stopped = app.stop_wave(actor, wave).await.unwrap();
    assert_eq!(stopped.state, WaveState::Stopped);
    app.work_now().await.unwrap();
    assert_eq!(stage.recipients().len(), 40);
    let counts = app.get_wave(actor, wave).await.unwrap().overview.counts;
    assert_eq!((counts.queued, counts.sent), (0, 0));
    assert!(app.start_wave(actor, wave).await.is_err());
}

#[tokio::test]
async fn refusals_of_the_mail_server_are_shown_and_temporary_ones_wait() {
    let people = ["Anna", "Bram", "Chris"]
        .map(|name| contact(name, Language::Nl))
        .to_vec();
    let stage = Stage::with(people).await;
    stage
        .server
        .answer_always("RCPT TO:<anna", "550 no such mailbox");
    stage.server.answer_once("RCPT TO:<bram", "450 try later");
    let wave = stage.wave(None).await;
    stage.start(wave).await;
    assert_eq!(stage.recipients(), ["chris@klant.example"]);
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let counts = app.get_wave(actor, wave).await.unwrap().overview.counts;
    assert_eq!((counts.failed, counts.queued, counts.sent), (1, 1, 1));
    let failed = Some(InvitationState::Failed);
    let page = app
        .list_wave_invitations(actor, wave, failed, None, 9)
        .await
        .unwrap();
    assert!(
        page.items[0]
            .invitation
            .last_error
            .as_ref()
            .unwrap()
            .contains("no such mailbox")
    );
    let mut browser = stage.site.owner().await;
    let html = browser
        .get(&format!("/outreach/{wave}/invitations?state=failed"))
        .await
        .text();
    assert!(html.contains("no such mailbox"), "{html}");
}

#[tokio::test]
async fn a_wave_waits_for_a_server_that_cannot_be_reached_and_says_so() {
    let stage = Stage::with(vec![contact("Anna", Language::Nl)]).await;
    stage.server.answer_once("GREETING", "");
    let wave = stage.wave(None).await;
    stage.start(wave).await;
    assert_eq!(stage.recipients().len(), 0);
    let mut browser = stage.site.owner().await;
    let path = format!("/outreach/{wave}");
    let page = browser.get(&path).await;
    assert!(
        page.text().contains("De mailserver is niet bereikbaar."),
        "{}",
        page.text()
    );
    let answer = browser.submit(&page, &format!("{path}/start"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    stage.site.app.work_now().await.unwrap();
    assert_eq!(stage.recipients().len(), 1);
}

#[tokio::test]
async fn the_pages_lead_from_choosing_to_sending() {
    let stage = Stage::with(vec![contact("<b>Anna</b>", Language::Nl)]).await;
    let drafts = vec![ContactDraft {
        name: Some("<b>Jo</b>".into()),
        ..contact("Jo", Language::Nl)
    }];
    stage
        .site
        .app
        .upsert_contacts(&stage.owner.actor, drafts)
        .await
        .unwrap();
    let mut browser = stage.site.owner().await;
    assert!(
        browser
            .get("/outreach")
            .await
            .text()
            .contains("Hier komen je uitvragen")
    );
    let page = browser.get("/outreach/new").await;
    let survey = stage.survey.to_string();
    let answer = browser
        .submit(&page, "/outreach/new", &[("survey", &survey), ("name", "")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("href=\"#name\""));
    let fields = [
        ("survey", survey.as_str()),
        ("name", "Najaar"),
        ("segment", ""),
    ];
    let answer = browser.submit(&page, "/outreach/new", &fields).await;
    let location = answer.location.unwrap();
    let path = location.split('?').next().unwrap().to_owned();
    let page = browser.get(&location).await;
    assert!(
        page.text().contains("Verstuur naar 1 klant"),
        "{}",
        page.text()
    );
    let frame = browser.get(&format!("{path}/mail?language=en")).await;
    assert!(frame.text().contains("What do you think of Testwinkel?") || frame.status.is_success());
    let texts = [
        ("name", "Najaar"),
        ("segment", ""),
        ("subject_nl", "Hoi {{naam}}"),
        ("message_nl", "Jij bent {{kortng}}"),
        ("subject_en", "Hi"),
        ("message_en", "Hello"),
    ];
    let answer = browser
        .submit(&page, &format!("{path}/texts"), &texts)
        .await;
    let html = answer.text();
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        html.contains("href=\"#message_nl\"") && html.contains("{{kortng}}"),
        "{html}"
    );
    let answer = browser
        .submit(&page, &format!("{path}/test"), &[("language", "nl")])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(stage.recipients(), [crate::site::OWNER]);
    let answer = browser.submit(&page, &format!("{path}/start"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    stage.site.app.work_now().await.unwrap();
    assert_eq!(stage.recipients().len(), 2);
    let html = browser.get(&path).await.text();
    assert!(html.contains("1 van 1 afgehandeld"), "{html}");
    assert!(browser.get("/outreach").await.text().contains("Najaar"));
}

#[tokio::test]
async fn texts_are_fixed_once_a_wave_was_started_and_viewers_see_no_waves() {
    let stage = Stage::with(vec![contact("Anna", Language::Nl)]).await;
    let wave = stage.wave(None).await;
    stage.start(wave).await;
    let change = WaveChange {
        name: "Anders".into(),
        segment: None,
        subject: peil_domain::shared::Localized::both("a", "b"),
        message: peil_domain::shared::Localized::both("a", "b"),
    };
    let refused = stage
        .site
        .app
        .update_wave(&stage.owner.actor, wave, change)
        .await
        .unwrap_err();
    assert!(matches!(
        refused,
        AppError::Outreach(OutreachError::AlreadyStarted)
    ));
    let mut viewer = stage.site.person(Role::Viewer).await;
    assert_eq!(viewer.get("/outreach").await.status, StatusCode::FORBIDDEN);
    let mut agent = stage.site.person(Role::Agent).await;
    let page = agent.get(&format!("/outreach/{wave}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let answer = agent
        .submit(&page, &format!("/outreach/{wave}/stop"), &[])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_program_can_do_all_that_the_pages_can() {
    let stage = Stage::with(vec![contact("Anna", Language::Nl)]).await;
    let mut program = stage.site.program().await;
    let input = serde_json::json!({ "survey": stage.survey, "name": "Via API" });
    let made = program.call("POST", "/api/v1/waves", &input).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let path = format!("/api/v1/waves/{}", made.json()["id"].as_str().unwrap());
    let plan = program.get(&format!("{path}/plan")).await.json();
    assert_eq!(plan["allowed"], 1);
    let mail = program
        .get(&format!("{path}/mail?language=nl"))
        .await
        .json();
    assert!(mail["html"].as_str().unwrap().contains("<html"));
    let bad = serde_json::json!({ "name": "x", "subject": { "nl": "{{x}}" }, "message": {} });
    let refused = program.call("PUT", &path, &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["errors"][0]["code"], "unknown-placeholder");
    let started = program
        .call("POST", &format!("{path}/start"), &serde_json::json!({}))
        .await;
    assert_eq!(started.status, StatusCode::ACCEPTED, "{}", started.text());
    stage.site.app.work_now().await.unwrap();
    let people = program
        .get(&format!("{path}/invitations?state=sent"))
        .await
        .json();
    assert_eq!(people["items"][0]["email"], "anna@klant.example");
    let wave = program.get(&path).await.json();
    assert_eq!(
        (wave["state"].as_str(), wave["sent"].as_u64()),
        (Some("sent"), Some(1))
    );
    let sends = program.get("/api/v1/sends").await.json();
    assert_eq!(sends["days"][0]["sent"], 1);
    let cursor = program.get(&format!("{path}/invitations?after=x")).await;
    assert_eq!(cursor.status, StatusCode::UNPROCESSABLE_ENTITY);
}
