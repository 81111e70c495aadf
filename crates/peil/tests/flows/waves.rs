//! Waves under crash, haste and many hands: nobody is asked twice, nothing is half done.

use std::{collections::BTreeSet, future::Future, sync::Arc, time::Duration};

use axum::http::StatusCode;
use peil_app::{
    App, AppError, Parts, Secret, SystemChance, SystemClock,
    outreach::{HaltReason, OutreachError, WaveChange},
    ports::{MailConnection, MailContent, MailError, MailPreview, Mailer, SmtpSettings},
};
use peil_domain::{
    audience::{Condition, ContactDraft, Field, Filter, Operator},
    outreach::{Invitation, InvitationState, WaveState},
    shared::{Language, Localized, WaveId},
};
use peil_outbound::SmtpMailer;

use crate::outreach::{Stage, contact, readable};

/// How long something that happens in the background may take.
const PATIENCE: Duration = Duration::from_mins(1);

fn people(number: usize) -> Vec<ContactDraft> {
    (0..number)
        .map(|n| contact(&format!("Klant{n}"), Language::Nl))
        .collect()
}

impl Stage {
    async fn state(&self, wave: WaveId) -> WaveState {
        self.details(wave).await.wave.state
    }

    async fn details(&self, wave: WaveId) -> peil_app::outreach::WaveOverview {
        let found = self.site.app.get_wave(&self.owner.actor, wave).await;
        found.unwrap().overview
    }

    async fn invitations(&self, wave: WaveId, state: InvitationState) -> Vec<Invitation> {
        let (app, actor) = (&self.site.app, &self.owner.actor);
        let found = app.list_wave_invitations(actor, wave, Some(state), None, 200);
        let items = found.await.unwrap().items;
        items.into_iter().map(|one| one.invitation).collect()
    }

    /// Who got mail; fails when anyone got two.
    fn asked_once(&self) -> BTreeSet<String> {
        let all = self.recipients();
        let once: BTreeSet<String> = all.iter().cloned().collect();
        assert_eq!(all.len(), once.len(), "{all:?}");
        once
    }
}

/// Looks again and again until it is so.
async fn until<F: Future<Output = bool>>(is_so: impl Fn() -> F) {
    let look = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, look).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_waves_that_start_together_ask_nobody_twice() {
    let stage = Stage::with(people(700)).await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let (first, second) = (stage.wave(None).await, stage.wave(None).await);
    let started = tokio::join!(app.start_wave(actor, first), app.start_wave(actor, second));
    assert_eq!(started.0.unwrap().state, WaveState::Preparing);
    assert_eq!(started.1.unwrap().state, WaveState::Preparing);
    let worked = tokio::join!(app.work_now(), app.work_now());
    worked.0.unwrap();
    worked.1.unwrap();
    assert_eq!(stage.asked_once().len(), 700);
}

#[tokio::test]
async fn a_start_that_a_crash_ended_half_way_is_finished_after_a_restart() {
    let stage = Stage::with(people(1_600)).await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let wave = stage.wave(None).await;
    app.start_wave(actor, wave).await.unwrap();
    let some_are_made = until(async || stage.details(wave).await.counts.total() > 0);
    tokio::select! {
        biased;
        () = some_are_made => {}
        done = app.work_now() => panic!("{done:?}"),
    }
    let found = stage.details(wave).await;
    assert_eq!(found.wave.state, WaveState::Preparing);
    assert!(found.counts.queued < 1_600, "{:?}", found.counts);
    assert_eq!(stage.recipients().len(), 0);

    let again = peil::wiring::open(stage.site.folder(), "http://peil.test")
        .await
        .unwrap();
    again.start_work();
    until(async || stage.state(wave).await == WaveState::Sent).await;
    again.stop_work();
    again.wait_for_work_to_stop().await;
    assert_eq!(stage.asked_once().len(), 1_600);
}

#[tokio::test]
async fn a_double_click_on_send_starts_once() {
    let stage = Stage::with(people(20)).await;
    let wave = stage.wave(None).await;
    let (mut left, mut right) = (stage.site.owner().await, stage.site.owner().await);
    let (path, start) = (
        format!("/outreach/{wave}"),
        format!("/outreach/{wave}/start"),
    );
    let (one, two) = (left.get(&path).await, right.get(&path).await);
    let (one, two) = tokio::join!(
        left.submit(&one, &start, &[]),
        right.submit(&two, &start, &[])
    );
    assert_eq!(
        (one.status, two.status),
        (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER)
    );
    stage.site.app.work_now().await.unwrap();
    assert_eq!(stage.asked_once().len(), 20);
}

#[tokio::test]
async fn a_wave_that_is_getting_ready_says_so_and_stays_as_it_was_started() {
    let stage = Stage::with(vec![
        contact("Anna", Language::Nl),
        contact("Chris", Language::En),
    ])
    .await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let speaks = |language: &str| Filter {
        conditions: vec![Condition {
            field: Field::Language,
            operator: Operator::Is,
            values: vec![language.into()],
        }],
    };
    let segment = app
        .create_segment(actor, "Groep", speaks("nl"))
        .await
        .unwrap();
    let wave = stage.wave(Some(segment.id)).await;
    app.start_wave(actor, wave).await.unwrap();
    let mut program = stage.site.program().await;
    let path = format!("/api/v1/waves/{wave}");
    let shown = program.get(&path).await.json();
    assert_eq!(shown["state"], "preparing");
    assert!(shown["version"].is_string());
    let change = serde_json::json!({ "name": "x", "subject": {}, "message": {} });
    let refused = program.call("PUT", &path, &change).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let change = WaveChange {
        name: "Anders".into(),
        segment: None,
        subject: Localized::both("a", "b"),
        message: Localized::both("a", "b"),
    };
    let refused = app.update_wave(actor, wave, change).await.unwrap_err();
    assert!(matches!(
        refused,
        AppError::Outreach(OutreachError::AlreadyStarted)
    ));
    let mut browser = stage.site.owner().await;
    let page = browser.get(&format!("/outreach/{wave}")).await.text();
    assert!(page.contains("Peil maakt de uitnodigingen"), "{page}");
    assert!(!page.contains("name=\"subject_nl\""), "{page}");
    // Whoever the group stands for from now on, this wave asks those of the moment of its start.
    app.update_segment(actor, segment.id, "Groep", speaks("en"))
        .await
        .unwrap();
    assert!(app.remove_segment(actor, segment.id).await.is_err());
    app.work_now().await.unwrap();
    assert_eq!(stage.recipients(), ["anna@klant.example"]);
}

#[tokio::test]
async fn a_wave_that_is_stopped_while_it_gets_ready_asks_nobody() {
    let stage = Stage::with(people(3)).await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let wave = stage.wave(None).await;
    app.start_wave(actor, wave).await.unwrap();
    app.stop_wave(actor, wave).await.unwrap();
    app.work_now().await.unwrap();
    assert_eq!(stage.recipients().len(), 0);
    assert_eq!(stage.state(wave).await, WaveState::Stopped);
    let next = stage.wave(None).await;
    stage.start(next).await;
    assert_eq!(stage.asked_once().len(), 3);
}

#[tokio::test]
async fn a_wave_that_finds_nobody_any_more_is_a_draft_again() {
    let stage = Stage::with(people(1)).await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let wave = stage.wave(None).await;
    app.start_wave(actor, wave).await.unwrap();
    let everyone = app.count_segment(actor, &Filter::default()).await.unwrap();
    app.opt_out_contact(actor, everyone.sample[0].id)
        .await
        .unwrap();
    app.work_now().await.unwrap();
    assert_eq!(stage.state(wave).await, WaveState::Draft);
    let mut browser = stage.site.owner().await;
    let page = browser.get(&format!("/outreach/{wave}")).await.text();
    assert!(
        page.contains("Niemand in deze groep kan nu gevraagd worden."),
        "{page}"
    );
    let late = vec![contact("Later", Language::Nl)];
    app.upsert_contacts(actor, late).await.unwrap();
    stage.start(wave).await;
    assert_eq!(stage.recipients(), ["later@klant.example"]);
}

#[tokio::test]
async fn someone_who_opts_out_while_mails_go_out_gets_none() {
    let stage = Stage::with(people(12)).await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let wave = stage.wave(None).await;
    app.start_wave(actor, wave).await.unwrap();
    stage.server.freeze_after(4);
    let opt_out = async {
        stage.server.wait_until_frozen().await;
        let waiting = stage.invitations(wave, InvitationState::Queued).await;
        for invitation in &waiting {
            app.opt_out_contact(actor, invitation.contact)
                .await
                .unwrap();
        }
        stage.server.go_on();
        waiting.len()
    };
    let (worked, gone) = tokio::join!(app.work_now(), opt_out);
    worked.unwrap();
    assert_eq!((gone, stage.asked_once().len()), (8, 4));
    let found = stage.details(wave).await;
    assert_eq!((found.counts.cancelled, found.counts.sent), (8, 4));
    assert_eq!(found.wave.state, WaveState::Sent);
}

#[tokio::test]
async fn stopping_in_the_middle_leaves_nothing_waiting() {
    let stage = Stage::with(people(12)).await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let wave = stage.wave(None).await;
    app.start_wave(actor, wave).await.unwrap();
    stage.server.freeze_after(4);
    let stop = async {
        stage.server.wait_until_frozen().await;
        // The server takes the text of these four and then says: not now.
        stage.server.answer_always("TEXT", "450 later");
        app.stop_wave(actor, wave).await.unwrap();
        stage.server.go_on();
    };
    let (worked, ()) = tokio::join!(app.work_now(), stop);
    worked.unwrap();
    let counts = stage.details(wave).await.counts;
    // Up to three of the four in hand were taken before the server fell silent.
    assert_eq!((counts.queued, counts.handing_over), (0, 0));
    assert_eq!(counts.sent + counts.cancelled, 12);
    assert!(counts.sent <= 3, "{counts:?}");
    assert_eq!(stage.state(wave).await, WaveState::Stopped);
}

#[tokio::test]
async fn a_person_can_have_doubtful_mails_sent_again_with_the_same_link() {
    let stage = Stage::with(people(1)).await;
    let wave = stage.wave(None).await;
    // The server takes the text and is gone before it says so.
    stage.server.answer_once("TEXT", "");
    stage.start(wave).await;
    assert_eq!(stage.recipients().len(), 0);
    let found = stage.details(wave).await;
    assert_eq!(
        (found.counts.unconfirmed, found.wave.state),
        (1, WaveState::Sent)
    );
    stage.site.app.work_now().await.unwrap();
    assert_eq!(stage.recipients().len(), 0, "never by itself");

    let mut browser = stage.site.owner().await;
    let path = format!("/outreach/{wave}");
    let again = format!("{path}/again");
    let page = browser.get(&path).await;
    assert!(
        page.text().contains("Verstuur opnieuw naar 1 klant"),
        "{}",
        page.text()
    );
    for _ in 0..2 {
        let answer = browser.submit(&page, &again, &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }
    stage.site.app.work_now().await.unwrap();
    assert_eq!(stage.asked_once().len(), 1);
    let invitation = &stage.invitations(wave, InvitationState::Sent).await[0];
    let link = stage.site.app.invitation_link(invitation.id);
    let mail = stage.server.received().pop().unwrap();
    let text = readable(&mail);
    assert!(text.contains(&format!("{link}?")), "{text}");
    assert_eq!(stage.state(wave).await, WaveState::Sent);
    let page = browser.get(&path).await.text();
    assert!(!page.contains("Verstuur opnieuw"), "{page}");
}

#[tokio::test]
async fn a_program_can_have_doubtful_mails_sent_again_but_not_of_a_draft() {
    let stage = Stage::with(people(1)).await;
    let mut program = stage.site.program().await;
    let wave = stage.wave(None).await;
    let path = format!("/api/v1/waves/{wave}");
    let nothing = serde_json::json!({});
    let refused = program
        .call("POST", &format!("{path}/resend"), &nothing)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    stage.server.answer_once("TEXT", "");
    stage.start(wave).await;
    assert_eq!(program.get(&path).await.json()["in_doubt"], 1);
    let again = program
        .call("POST", &format!("{path}/resend"), &nothing)
        .await;
    assert_eq!(again.status, StatusCode::ACCEPTED, "{}", again.text());
    assert_eq!(again.json()["state"], "sending");
    stage.site.app.work_now().await.unwrap();
    assert_eq!(stage.asked_once().len(), 1);
    assert_eq!(program.get(&path).await.json()["in_doubt"], 0);
}

/// A way to mail servers that fails as nothing should.
struct Broken(SmtpMailer);

#[async_trait::async_trait]
impl Mailer for Broken {
    fn preview(&self, content: &MailContent, language: Language) -> Result<MailPreview, MailError> {
        self.0.preview(content, language)
    }

    async fn connect(&self, _: &SmtpSettings) -> Result<Box<dyn MailConnection>, MailError> {
        panic!("a fault in the program")
    }
}

#[tokio::test]
async fn a_panic_in_a_job_is_written_down_and_the_job_tried_again() {
    let stage = Stage::with(people(2)).await;
    let wave = stage.wave(None).await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    app.start_wave(actor, wave).await.unwrap();
    let folder = stage.site.folder();
    let settings = peil::settings::Settings::of_folder(folder);
    let opened = peil::wiring::open_with(&settings, "http://peil.test")
        .await
        .unwrap();
    let key = std::fs::read_to_string(folder.join("secret.key")).unwrap();
    let broken = App::new(Parts {
        store: opened.store,
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        secret: Secret::from_text(&key).unwrap(),
        mailer: Arc::new(Broken(SmtpMailer::new().unwrap())),
        tables: Arc::new(peil_exchange::Tables),
        survey_files: Arc::new(peil_exchange::Questionnaires),
        folder: folder.to_owned(),
        public_url: "http://peil.test".into(),
    });
    assert_eq!(broken.work_now().await.unwrap(), 1);
    let found = app.get_wave(actor, wave).await.unwrap();
    assert_eq!(found.halt.unwrap().reason, HaltReason::Failed);
    assert!(found.goes_on_at.unwrap() > app.now());
    let mut browser = stage.site.owner().await;
    let page = browser.get(&format!("/outreach/{wave}")).await.text();
    assert!(page.contains("Er ging iets mis aan onze kant."), "{page}");
    assert!(!page.contains("a fault in the program"), "{page}");
    app.start_wave(actor, wave).await.unwrap();
    app.work_now().await.unwrap();
    assert_eq!(stage.asked_once().len(), 2);
}
