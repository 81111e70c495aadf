//! Signals: kept, grown, ended, listed by state; and what programs hear of them.

use peil_domain::{
    shared::{LocalDay, SignalId, UserId, WorkspaceId},
    themes::{Evidence, EvidencePoint, Signal, SignalKind, SignalReason, SignalState},
};
use peil_store::results::{Event, SignalQuery, signals};

use crate::{
    databases::on_every_database,
    sample::{self, at, id},
};

fn signal(workspace: WorkspaceId, subject: &str, state: SignalState) -> Signal {
    Signal {
        id: SignalId(id()),
        workspace,
        kind: SignalKind::ThemeStructural,
        subject: subject.to_owned(),
        state,
        dismissed_because: None,
        handled_by: None,
        found_at: at(100),
        changed_at: at(100),
        ended_at: None,
        evidence: Evidence {
            name: "Bezorging".to_owned(),
            reason: Some(SignalReason::Lasting),
            since: Some(LocalDay(20_000)),
            count: Some(63.0),
            expected: Some(18.4),
            answers: 450,
            points: vec![EvidencePoint {
                start: LocalDay(20_000),
                count: None,
                answers: 150,
                expected: Some(6.1),
                limit: Some(14),
                is_part: true,
            }],
            ..Evidence::default()
        },
    }
}

fn asked(state: Option<SignalState>, is_open: bool) -> SignalQuery {
    SignalQuery {
        state,
        is_open,
        subject: None,
        after: None,
        limit: 10,
    }
}

#[tokio::test]
async fn a_signal_comes_back_as_it_was_kept_and_changed() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let mut kept = signal(workspace, "delivery", SignalState::New);
        let tx = place.store.begin(workspace).await.unwrap();
        signals::add(&tx, &kept).await.unwrap();
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        assert_eq!(
            signals::find(&read, kept.id).await.unwrap(),
            Some(kept.clone())
        );
        kept.state = SignalState::Dismissed;
        kept.dismissed_because = Some("verhuizing".to_owned());
        kept.handled_by = Some(UserId(id()));
        kept.ended_at = Some(at(200));
        kept.evidence.count = Some(80.0);
        let tx = place.store.begin(workspace).await.unwrap();
        assert!(signals::save(&tx, &kept).await.unwrap());
        assert!(
            !signals::save(&tx, &signal(workspace, "gone", SignalState::New))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
        assert_eq!(signals::find(&read, kept.id).await.unwrap(), Some(kept));
        // It ended, and is known of for a while.
        let lately = async |after| signals::list_lately(&read, at(after)).await.unwrap().len();
        assert_eq!((lately(199).await, lately(200).await), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn signals_are_listed_by_state_page_by_page_and_never_those_of_others() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let other = sample::workspace(&place.store).await;
        let tx = place.store.begin(workspace).await.unwrap();
        for subject in ["a", "b", "c"] {
            signals::add(&tx, &signal(workspace, subject, SignalState::New))
                .await
                .unwrap();
        }
        signals::add(&tx, &signal(workspace, "d", SignalState::Accepted))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        let new = signals::list(&read, &asked(Some(SignalState::New), true))
            .await
            .unwrap();
        assert_eq!((new.items.len(), new.next), (3, None));
        let of_one = SignalQuery {
            subject: Some("b\0".to_owned()),
            ..asked(None, false)
        };
        let found = signals::list(&read, &of_one).await.unwrap().items;
        assert_eq!(
            found.iter().map(|one| &one.subject).collect::<Vec<_>>(),
            ["b"]
        );
        let mut query = SignalQuery {
            limit: 3,
            ..asked(None, false)
        };
        let first = signals::list(&read, &query).await.unwrap();
        query.after.clone_from(&first.next);
        let second = signals::list(&read, &query).await.unwrap();
        assert_eq!(
            (first.items.len(), second.items.len(), second.next),
            (3, 1, None)
        );
        query.after = Some("nowhere".to_owned());
        assert!(signals::list(&read, &query).await.is_err());
        let elsewhere = place.store.read(other);
        assert!(
            signals::list(&elsewhere, &asked(None, false))
                .await
                .unwrap()
                .items
                .is_empty()
        );
        assert_eq!(
            signals::find(&elsewhere, first.items[0].id).await.unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn events_are_read_in_their_order_after_the_last_one_that_is_known() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let event = |number: i64| Event {
            id: uuid::Builder::from_unix_timestamp_millis(1_000 + number.unsigned_abs(), &[7; 10])
                .into_uuid(),
            at: at(number),
            body: serde_json::json!({ "specversion": "1.0", "number": number }),
        };
        let tx = place.store.begin(workspace).await.unwrap();
        for number in [2, 1, 3] {
            signals::tell(&tx, &event(number)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        let all = signals::list_events(&read, None, 10).await.unwrap();
        assert_eq!(all, [event(1), event(2), event(3)]);
        let rest = signals::list_events(&read, Some(event(1).id), 1)
            .await
            .unwrap();
        assert_eq!(rest, [event(2)]);
    })
    .await;
}
