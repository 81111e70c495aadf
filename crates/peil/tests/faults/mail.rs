//! Mails go out once, also when the program is killed while it sends.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use peil_app::{
    access::SetUp,
    outreach::{NewWave, WaveDetails},
    ports::{SmtpSecurity, SmtpSettings},
    survey::NewSurvey,
};
use peil_domain::{
    access::Actor,
    audience::ContactDraft,
    outreach::{InvitationState, WaveState},
    shared::{Language, WaveId},
};
use tempfile::TempDir;

use crate::{program::Program, smtp_server::SmtpServer};

const CONTACTS: usize = 1_000;
/// How long sending may take.
const PATIENCE: Duration = Duration::from_mins(3);

/// What is in a data folder while no program has it open.
struct Folder {
    place: TempDir,
    actor: Actor,
    wave: WaveId,
}

impl Folder {
    /// A folder with a thousand contacts and a wave to all of them that was just started.
    async fn with_started_wave(server: &SmtpServer) -> Self {
        let place = tempfile::tempdir().unwrap();
        let app = peil::wiring::open(place.path(), "http://127.0.0.1")
            .await
            .unwrap();
        let set_up = SetUp {
            organisation: "Fietsgoed".into(),
            language: Language::Nl,
            time_zone: "Europe/Amsterdam".into(),
            name: "Sanne de Boer".into(),
            email: "sanne@example.nl".parse().unwrap(),
            password: "vier rode fietsen in de regen".into(),
        };
        app.set_up(set_up).await.unwrap();
        let signed_in = app
            .sign_in("sanne@example.nl", "vier rode fietsen in de regen".into())
            .await
            .unwrap();
        let actor = signed_in.identity.actor;
        let settings = SmtpSettings {
            host: "127.0.0.1".into(),
            port: server.address().port(),
            security: SmtpSecurity::None,
            username: None,
            password: None,
            from_name: "Fietsgoed".into(),
            from_address: "kto@fietsgoed.example".into(),
            reply_to: None,
        };
        app.update_mail_settings(&actor, settings).await.unwrap();
        let new = NewSurvey {
            template: "nps-waarom".into(),
            name: "Najaar".into(),
            slug: None,
        };
        let survey = app.create_survey(&actor, new).await.unwrap().id;
        app.publish_survey(&actor, survey, None).await.unwrap();
        let people: Vec<ContactDraft> = (0..CONTACTS).map(person).collect();
        for some in people.chunks(500) {
            app.upsert_contacts(&actor, some.to_vec()).await.unwrap();
        }
        let new = NewWave {
            survey,
            segment: None,
            name: "Najaar".into(),
        };
        let wave = app.create_wave(&actor, new).await.unwrap().id;
        app.start_wave(&actor, wave).await.unwrap();
        Self { place, actor, wave }
    }

    fn path(&self) -> &Path {
        self.place.path()
    }

    /// The wave as it stands; looks beside the running program.
    async fn wave(&self) -> WaveDetails {
        let app = peil::wiring::open(self.path(), "http://127.0.0.1")
            .await
            .unwrap();
        app.get_wave(&self.actor, self.wave).await.unwrap()
    }

    /// One connection to the mail server at a time, while no program runs.
    async fn send_one_by_one(&self) {
        let settings = peil::settings::Settings::of_folder(self.path());
        let opened = peil::wiring::open_with(&settings, "http://127.0.0.1")
            .await
            .unwrap();
        let tx = opened.store.begin(self.actor.workspace).await.unwrap();
        let pace = serde_json::json!({ "connections": 1 });
        peil_store::settings::save(&tx, "sending", &pace)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        opened.close().await.unwrap();
    }

    /// Waits until every mail had its turn; looks beside the running program.
    async fn wait_until_sent(&self) {
        let app = peil::wiring::open(self.path(), "http://127.0.0.1")
            .await
            .unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = app.get_wave(&self.actor, self.wave).await.unwrap();
            if found.overview.wave.state == WaveState::Sent {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "{:?} {:?}",
                found.overview.counts,
                found.halt
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Addresses of everyone whose mail is in this state.
    async fn addresses(&self, state: InvitationState) -> Vec<String> {
        let app = peil::wiring::open(self.path(), "http://127.0.0.1")
            .await
            .unwrap();
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = app
                .list_wave_invitations(&self.actor, self.wave, Some(state), after.as_deref(), 500)
                .await
                .unwrap();
            found.extend(page.items.into_iter().map(|one| one.email.unwrap()));
            match page.next {
                Some(next) => after = Some(next),
                None => return found,
            }
        }
    }
}

fn address(number: usize) -> String {
    format!("klant{number}@klant.example")
}

fn person(number: usize) -> ContactDraft {
    ContactDraft {
        email: address(number).parse().ok(),
        name: Some(format!("Klant {number}")),
        ..ContactDraft::default()
    }
}

/// How many mails each address got.
fn tally(server: &SmtpServer) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for recipient in server
        .received()
        .into_iter()
        .flat_map(|mail| mail.recipients)
    {
        *tally.entry(recipient).or_default() += 1;
    }
    tally
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_gets_exactly_one_mail_when_the_program_is_killed_half_way() {
    let server = SmtpServer::start().await;
    let folder = Folder::with_started_wave(&server).await;
    server.freeze_after(CONTACTS / 2);
    let program = Program::serve(folder.path());
    server.wait_until_frozen().await;
    program.kill();
    assert_eq!(server.received().len(), CONTACTS / 2);
    server.go_on();
    let program = Program::serve(folder.path());
    folder.wait_until_sent().await;
    program.kill();
    let tally = tally(&server);
    let missing: Vec<usize> = (0..CONTACTS)
        .filter(|n| !tally.contains_key(&address(*n)))
        .collect();
    let twice: Vec<_> = tally.iter().filter(|(_, mails)| **mails > 1).collect();
    assert!(
        missing.is_empty() && twice.is_empty(),
        "missing {missing:?}, twice {twice:?}"
    );
    assert_eq!(tally.len(), CONTACTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_two_mails_and_every_doubt_is_listed_wherever_the_program_is_killed() {
    let server = SmtpServer::start().await;
    let folder = Folder::with_started_wave(&server).await;
    let mut program = Program::serve(folder.path());
    // Killed three times, each time somewhere in the middle of a group of mails.
    for mails in [103, 322, 747] {
        server.wait_for(mails).await;
        program.kill();
        program = Program::serve(folder.path());
    }
    folder.wait_until_sent().await;
    program.kill();
    let tally = tally(&server);
    let twice: Vec<_> = tally.iter().filter(|(_, mails)| **mails > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let in_doubt = folder.addresses(InvitationState::Unconfirmed).await;
    for address in (0..CONTACTS).map(address) {
        let is_known = tally.contains_key(&address) || in_doubt.contains(&address);
        assert!(
            is_known,
            "{address} got no mail and is not listed as unconfirmed"
        );
    }
    let sent = folder.addresses(InvitationState::Sent).await;
    assert_eq!(sent.len() + in_doubt.len(), CONTACTS);
    for address in &sent {
        assert!(
            tally.contains_key(address),
            "{address} is listed as sent but got nothing"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_gets_one_mail_when_the_program_is_killed_while_it_makes_the_invitations() {
    let server = SmtpServer::start().await;
    let folder = Folder::with_started_wave(&server).await;
    for _ in 0..3 {
        let program = Program::serve(folder.path());
        while folder.wave().await.overview.counts.total() == 0 {}
        program.kill();
        assert!(server.received().len() < CONTACTS);
    }
    let program = Program::serve(folder.path());
    folder.wait_until_sent().await;
    program.kill();
    let in_doubt = folder.addresses(InvitationState::Unconfirmed).await;
    let tally = tally(&server);
    for address in (0..CONTACTS).map(address) {
        let mails = tally.get(&address).copied().unwrap_or_default();
        let may_have_none = in_doubt.contains(&address);
        assert!(
            mails == 1 || (mails == 0 && may_have_none),
            "{address} got {mails}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_was_cut_off_is_the_only_one_in_doubt_and_goes_out_again_when_a_person_says_so()
{
    let server = SmtpServer::start().await;
    let folder = Folder::with_started_wave(&server).await;
    folder.send_one_by_one().await;
    server.freeze_in_text_of(501);
    let program = Program::serve(folder.path());
    server.wait_until_frozen().await;
    program.kill();
    server.go_on();
    let program = Program::serve(folder.path());
    folder.wait_until_sent().await;
    program.kill();
    let in_doubt = folder.addresses(InvitationState::Unconfirmed).await;
    let reached = tally(&server);
    assert_eq!((in_doubt.len(), reached.len()), (1, CONTACTS - 1));
    assert!(reached.values().all(|mails| *mails == 1), "{reached:?}");
    assert!(!in_doubt.iter().any(|address| reached.contains_key(address)));

    let app = peil::wiring::open(folder.path(), "http://127.0.0.1")
        .await
        .unwrap();
    app.resend_wave(&folder.actor, folder.wave).await.unwrap();
    let program = Program::serve(folder.path());
    folder.wait_until_sent().await;
    program.kill();
    let reached = tally(&server);
    assert_eq!(reached.len(), CONTACTS);
    assert!(reached.values().all(|mails| *mails == 1), "{reached:?}");
}
