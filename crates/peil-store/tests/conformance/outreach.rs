//! Waves: every invitation is sent once, and what happened before is known.

use peil_domain::{
    audience::Contact,
    outreach::{History, Invitation, InvitationState, Wave, WaveState},
    shared::{ContactId, WorkspaceId},
    survey::{SurveyPurpose, Version},
};
use peil_store::{
    Store, StoreError,
    audience::contacts,
    outreach::{
        self, histories,
        invitations::{self, WaveCounts},
        waves,
    },
    response,
};

use crate::{
    databases::on_every_database,
    sample::{self, at, day},
};

/// Adds a wave with `size` invitations to new contacts.
async fn wave_of(
    store: &Store,
    workspace: WorkspaceId,
    version: &Version,
    size: usize,
) -> (Wave, Vec<Invitation>) {
    let wave = sample::wave(workspace, version.survey);
    let people: Vec<Contact> = (0..size)
        .map(|_| sample::contact(workspace, "Anna"))
        .collect();
    let new: Vec<(Invitation, String)> = people
        .iter()
        .map(|contact| {
            let invitation = sample::invitation(&wave, version.id, contact.id);
            let token = format!("token {}", invitation.id);
            (invitation, token)
        })
        .collect();
    let tx = store.begin(workspace).await.unwrap();
    contacts::insert_many(&tx, &people).await.unwrap();
    waves::add(&tx, &wave).await.unwrap();
    invitations::add_many(&tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    (
        wave,
        new.into_iter().map(|(invitation, _)| invitation).collect(),
    )
}

#[tokio::test]
async fn a_wave_reads_back_as_it_was_saved() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, _) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let older = sample::wave(workspace, survey.id);
        let mut newer = sample::wave(workspace, survey.id);
        newer.created_at = at(9);
        let tx = place.store.begin(workspace).await.unwrap();
        waves::add(&tx, &older).await.unwrap();
        waves::add(&tx, &newer).await.unwrap();
        newer.state = WaveState::Preparing;
        newer.version = Some(peil_domain::shared::VersionId(sample::id()));
        newer.recipients = Some(peil_domain::audience::Filter::default());
        newer.started_at = Some(at(10));
        assert!(waves::save(&tx, &newer).await.unwrap());
        assert_eq!(
            waves::lock(&tx, newer.id).await.unwrap(),
            Some(newer.clone())
        );
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        assert_eq!(
            waves::find(&read, newer.id).await.unwrap(),
            Some(newer.clone())
        );
        assert_eq!(waves::list(&read).await.unwrap(), [newer, older]);
    })
    .await;
}

#[tokio::test]
async fn invitations_go_their_way_to_the_mail_server() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (_, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let (wave, all) = wave_of(&place.store, workspace, &version, 6).await;
        let tx = place.store.begin(workspace).await.unwrap();
        assert_eq!(
            outreach::take_due(&tx, wave.id, at(-1), 9).await.unwrap(),
            []
        );
        let due = outreach::take_due(&tx, wave.id, at(0), 4).await.unwrap();
        let taken: Vec<&Invitation> = due.iter().map(|one| &one.invitation).collect();
        assert_eq!(taken, all[..4].iter().collect::<Vec<_>>());
        let ids: Vec<_> = taken.iter().map(|one| one.id).collect();
        assert_eq!(outreach::mark_handing_over(&tx, &ids).await.unwrap(), 4);
        assert_eq!(outreach::mark_handing_over(&tx, &ids).await.unwrap(), 0);
        tx.commit().await.unwrap();

        let tx = place.store.begin(workspace).await.unwrap();
        outreach::mark_sent(&tx, &ids[..1], at(3)).await.unwrap();
        outreach::mark_failed(&tx, ids[1], "no such mailbox")
            .await
            .unwrap();
        outreach::mark_retry(&tx, ids[2], at(100), "try later")
            .await
            .unwrap();
        assert_eq!(outreach::open_count(&tx, wave.id).await.unwrap(), 4);
        assert_eq!(outreach::unconfirm_stale(&tx, wave.id).await.unwrap(), 1);
        let due = outreach::take_due(&tx, wave.id, at(99), 9).await.unwrap();
        assert_eq!(due.len(), 2);
        let due = outreach::take_due(&tx, wave.id, at(100), 9).await.unwrap();
        assert_eq!((due[0].invitation.id, due[0].attempts), (ids[2], 1));
        assert_eq!(due[0].invitation.last_error.as_deref(), Some("try later"));
        assert_eq!(outreach::cancel_queued(&tx, wave.id).await.unwrap(), 3);
        tx.commit().await.unwrap();

        let read = place.store.read(workspace);
        let counts = invitations::wave_counts(&read, wave.id).await.unwrap();
        let expected = WaveCounts {
            sent: 1,
            unconfirmed: 1,
            failed: 1,
            cancelled: 3,
            ..WaveCounts::default()
        };
        assert_eq!((counts, counts.total()), (expected, 6));
        assert_eq!(outreach::open_count(&read, wave.id).await.unwrap(), 0);
        assert_eq!(outreach::sent_since(&read, at(3)).await.unwrap(), 1);
        assert_eq!(outreach::sent_since(&read, at(4)).await.unwrap(), 0);
        let failed = Some(InvitationState::Failed);
        let listed = invitations::list_by_wave(&read, wave.id, failed, None, 9)
            .await
            .unwrap();
        assert_eq!(
            listed.iter().map(|one| one.id).collect::<Vec<_>>(),
            ids[1..2]
        );
        assert_eq!(
            invitations::answered_of_sent(&read, None, at(9))
                .await
                .unwrap(),
            (1, 0)
        );
        let quarters = invitations::sent_per_quarter_hour(&read, at(0))
            .await
            .unwrap();
        assert_eq!(quarters.iter().map(|(_, sent)| *sent).sum::<u64>(), 1);
        assert!(quarters.iter().all(|(start, _)| *start <= at(3)));
        let contacts: Vec<ContactId> = all.iter().map(|one| one.contact).collect();
        let invited = invitations::invited_of(&read, wave.id, &contacts)
            .await
            .unwrap();
        assert_eq!(invited.len(), 6);
        assert_eq!(outreach::next_due_at(&read, wave.id).await.unwrap(), None);
        let sent = invitations::find(&read, ids[0]).await.unwrap().unwrap();
        assert_eq!(
            (sent.state, sent.sent_at),
            (InvitationState::Sent, Some(at(3)))
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_back_stays_so_whatever_the_mail_server_says() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (_, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let (wave, all) = wave_of(&place.store, workspace, &version, 3).await;
        let ids: Vec<_> = all.iter().map(|one| one.id).collect();
        let tx = place.store.begin(workspace).await.unwrap();
        outreach::mark_handing_over(&tx, &ids[..1]).await.unwrap();
        outreach::cancel_queued(&tx, wave.id).await.unwrap();
        for id in &ids {
            outreach::mark_retry(&tx, *id, at(5), "later")
                .await
                .unwrap();
        }
        outreach::mark_failed(&tx, ids[1], "no").await.unwrap();
        outreach::mark_unconfirmed(&tx, &ids, "gone").await.unwrap();
        outreach::mark_cancelled(&tx, &ids[..1], "stopped")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        let counts = invitations::wave_counts(&read, wave.id).await.unwrap();
        assert_eq!(counts.cancelled, 3, "{counts:?}");
    })
    .await;
}

#[tokio::test]
async fn who_opted_out_a_moment_ago_is_not_handed_over_and_not_sent_again() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (_, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let (wave, all) = wave_of(&place.store, workspace, &version, 5).await;
        let ids: Vec<_> = all.iter().map(|one| one.id).collect();
        let tx = place.store.begin(workspace).await.unwrap();
        contacts::opt_out(&tx, all[0].contact, at(1)).await.unwrap();
        assert_eq!(outreach::mark_handing_over(&tx, &ids).await.unwrap(), 4);
        outreach::mark_sent(&tx, &ids[1..2], at(2)).await.unwrap();
        outreach::mark_unconfirmed(&tx, &ids[2..], "gone")
            .await
            .unwrap();
        contacts::opt_out(&tx, all[2].contact, at(3)).await.unwrap();
        let doubt = async |now| outreach::in_doubt_count(&tx, wave.id, now).await.unwrap();
        assert_eq!(doubt(at(4)).await, 2);
        assert_eq!(doubt(all[3].expires_at).await, 0, "its link would not work");
        let again = outreach::requeue_unconfirmed(&tx, wave.id, at(9)).await;
        assert_eq!(again.unwrap(), 2);
        assert_eq!(doubt(at(4)).await, 0);
        let due = outreach::take_due(&tx, wave.id, at(9), 9).await.unwrap();
        let due: Vec<_> = due
            .iter()
            .map(|due| (due.invitation.id, due.attempts))
            .collect();
        assert_eq!(due, [(ids[0], 0), (ids[3], 0), (ids[4], 0)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_waves_that_decide_at_the_same_time_ask_one_person_once() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (_, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let person = sample::contact(workspace, "Anna");
        let tx = place.store.begin(workspace).await.unwrap();
        contacts::add(&tx, &person).await.unwrap();
        tx.commit().await.unwrap();
        let ask = async || {
            let wave = sample::wave(workspace, version.survey);
            let tx = place.store.begin(workspace).await.unwrap();
            outreach::claim_budget(&tx).await.unwrap();
            let purpose = SurveyPurpose::Relational;
            let past = histories(&tx, &[person.id], purpose).await.unwrap();
            if past.is_empty() {
                let new = sample::invitation(&wave, version.id, person.id);
                let token = new.id.to_string();
                invitations::add_many(&tx, &[(new, token)]).await.unwrap();
            }
            tx.commit().await.unwrap();
        };
        futures::future::join_all((0..4).map(|_| ask())).await;
        let read = place.store.read(workspace);
        let asked = invitations::list_by_contact(&read, person.id, 9).await;
        assert_eq!(asked.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_senders_never_take_the_same_invitation() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (_, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let (wave, all) = wave_of(&place.store, workspace, &version, 60).await;
        let send = async || {
            let mut taken = Vec::new();
            loop {
                let tx = place.store.begin(workspace).await.unwrap();
                let due = outreach::take_due(&tx, wave.id, at(0), 7).await.unwrap();
                let ids: Vec<_> = due.iter().map(|one| one.invitation.id).collect();
                outreach::mark_handing_over(&tx, &ids).await.unwrap();
                tx.commit().await.unwrap();
                if ids.is_empty() {
                    return taken;
                }
                taken.extend(ids);
            }
        };
        let (first, second) = tokio::join!(send(), send());
        let mut taken = [first, second].concat();
        taken.sort();
        assert_eq!(taken, all.iter().map(|one| one.id).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn a_contact_is_asked_once_in_a_wave() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (_, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let (wave, all) = wave_of(&place.store, workspace, &version, 1).await;
        let double = sample::invitation(&wave, version.id, all[0].contact);
        let tx = place.store.begin(workspace).await.unwrap();
        let refused = invitations::add_many(&tx, &[(double, "ander".into())])
            .await
            .unwrap_err();
        assert!(matches!(refused, StoreError::Taken(_)), "{refused}");
        drop(tx);
        let read = place.store.read(workspace);
        let listed = invitations::list_by_contact(&read, all[0].contact, 5)
            .await
            .unwrap();
        assert_eq!(listed, all);
        let listed = invitations::list_by_wave(&read, wave.id, None, None, 5)
            .await
            .unwrap();
        assert_eq!(listed, all);
        assert_eq!(
            invitations::list_by_wave(&read, wave.id, None, Some(all[0].id), 5)
                .await
                .unwrap(),
            []
        );
    })
    .await;
}

#[tokio::test]
async fn the_history_of_a_contact_covers_all_questionnaires() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let store = &place.store;
        let (_, relational) =
            sample::live_survey(store, workspace, SurveyPurpose::Relational).await;
        let (_, moment) = sample::live_survey(store, workspace, SurveyPurpose::Transactional).await;
        let people: Vec<Contact> = (0..5).map(|_| sample::contact(workspace, "Anna")).collect();
        let [both, answered, cancelled, walked_in, silent] = [0, 1, 2, 3, 4].map(|n| people[n].id);
        let mut first = sample::wave(workspace, relational.survey);
        first.created_at = day(1);
        let mut second = sample::wave(workspace, moment.survey);
        second.created_at = day(10);
        let invite = |wave: &Wave, version: &Version, to: ContactId| {
            let invitation = sample::invitation(wave, version.id, to);
            let token = invitation.id.to_string();
            (invitation, token)
        };
        let mut new = vec![
            invite(&first, &relational, both),
            invite(&second, &moment, both),
            invite(&first, &relational, answered),
            invite(&first, &relational, cancelled),
        ];
        new[0].0.state = InvitationState::Sent;
        new[0].0.sent_at = Some(day(2));
        new[2].0.state = InvitationState::Unconfirmed;
        new[2].0.answered_at = Some(day(3));
        new[3].0.state = InvitationState::Cancelled;
        let tx = store.begin(workspace).await.unwrap();
        contacts::insert_many(&tx, &people).await.unwrap();
        waves::add(&tx, &first).await.unwrap();
        waves::add(&tx, &second).await.unwrap();
        invitations::add_many(&tx, &new).await.unwrap();
        let mut walk_in = sample::response(&relational, workspace, day(5));
        walk_in.contact = Some(walked_in);
        response::add(&tx, &walk_in).await.unwrap();
        let mut elsewhere = sample::response(&moment, workspace, day(6));
        elsewhere.contact = Some(walked_in);
        response::add(&tx, &elsewhere).await.unwrap();
        tx.commit().await.unwrap();

        let ids = [both, answered, cancelled, walked_in, silent];
        let read = store.read(workspace);
        let found = histories(&read, &ids, SurveyPurpose::Relational)
            .await
            .unwrap();
        let history = |any, same, answer| History {
            last_invited_at: any,
            last_invited_same_purpose_at: same,
            last_answered_same_purpose_at: answer,
        };
        assert_eq!(found[&both], history(Some(day(10)), Some(day(2)), None));
        assert_eq!(
            found[&answered],
            history(Some(day(1)), Some(day(1)), Some(day(3)))
        );
        assert_eq!(found[&walked_in], history(None, None, Some(day(5))));
        assert_eq!(found.len(), 3);
        let found = histories(&read, &ids, SurveyPurpose::Transactional)
            .await
            .unwrap();
        assert_eq!(found[&both], history(Some(day(10)), Some(day(10)), None));
        assert_eq!(found[&answered], history(Some(day(1)), None, None));
        assert_eq!(found[&walked_in], history(None, None, Some(day(6))));
    })
    .await;
}
