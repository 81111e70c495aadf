//! What was read in answers: kept beside them, told to figures, found again in lists.

use std::collections::BTreeSet;

use peil_domain::{
    response::{Completion, Flag, Response},
    shared::{ResponseId, WorkspaceId},
    survey::{SurveyPurpose, Version},
};
use peil_store::{
    Store,
    outbox::{Change, Position, Reading as News},
    response::{self, ResponseQuery},
    results::{CommentQuery, Dimension, MentionCount, ReadAs, comments},
    themes::{
        self, Clause, ClauseTheme, Due, FreshReading, MadeBy, Mentions, Personal, Proposal,
        ProposalState, ReaderState, Reading, SaidAt, StoredTaxonomy, TaxonomyDraft, add_taxonomy,
        all_due, ask_discovery, begin_again, find_discovery, find_draft, find_due, find_proposal,
        find_taxonomy, finish_discovery, finish_due, list_for, list_part, list_proposals,
        list_submissions, newest_taxonomy, next_discovery, note_due, remove_draft, remove_proposal,
        save_draft, save_proposal, taxonomy_version,
    },
};
use uuid::Uuid;

use crate::{
    databases::{Place, on_every_database},
    sample::{self, at, key, score, text},
};

const BY: MadeBy = MadeBy {
    rules: 1,
    taxonomy: 1,
};

fn mentions(all: &[(&str, i8)]) -> Mentions {
    let all = all.iter().map(|(code, tone)| ((*code).to_owned(), *tone));
    Mentions(all.collect())
}

/// What was read in the answer to "waarom".
fn fresh(response: &Response, words: &str, found: &[(&str, i8)]) -> FreshReading {
    let theme = |code: &str| ClauseTheme {
        code: code.to_owned(),
        confidence: 0.8,
        evidence: vec![(0, 3)],
    };
    FreshReading {
        words: words.to_owned(),
        reading: Reading {
            response: response.id,
            question: key("waarom"),
            survey: response.survey,
            local_day: response.local_day,
            made_by: BY,
            language: "nl".to_owned(),
            polarity: "negative".to_owned(),
            labels: BTreeSet::from(["needs_reply".to_owned()]),
            mentions: mentions(found),
            clauses: vec![Clause {
                start: 0,
                end: words.len(),
                sentiment: "negative".to_owned(),
                is_sure: true,
                themes: found.iter().map(|(code, _)| theme(code)).collect(),
            }],
            personal: vec![Personal {
                start: 0,
                end: 3,
                kind: "name".to_owned(),
            }],
            is_corrected: false,
        },
    }
}

async fn submitted(place: &Place, made: &[Response]) {
    for response in made {
        place.store.submit(response.clone()).await.unwrap();
    }
}

fn saying(version: &Version, workspace: WorkspaceId, second: i64, words: &str) -> Response {
    Response {
        answers: vec![score("nps", 3), text("waarom", words)],
        ..sample::response(version, workspace, at(second))
    }
}

async fn save(store: &Store, workspace: WorkspaceId, fresh: &[FreshReading]) -> u64 {
    let tx = store.begin(workspace).await.unwrap();
    let written = themes::save(&tx, fresh).await.unwrap();
    tx.commit().await.unwrap();
    written
}

/// Everything that was told since a position.
async fn told(store: &Store, position: &mut Position) -> Vec<Change> {
    let written = store.own_changes().borrow().clone();
    let mut all = Vec::new();
    loop {
        let News::Changes(changes, end) = store.read_outbox(position, 100).await.unwrap() else {
            panic!("nothing was removed");
        };
        all.extend(changes);
        *position = end;
        if position.has_reached(&written) {
            return all;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

async fn begin(place: &Place) -> (WorkspaceId, Version) {
    let workspace = sample::workspace(&place.store).await;
    let (_, version) =
        sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
    (workspace, version)
}

#[tokio::test]
async fn what_is_mentioned_is_told_once_as_the_old_going_and_the_new_coming() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let made = saying(&version, workspace, 1, "Te laat en te duur");
        submitted(place, std::slice::from_ref(&made)).await;
        let store = &place.store;
        let mut position = Position::default();
        told(store, &mut position).await;
        let first = fresh(&made, "Te laat en te duur", &[("delivery.late", -1)]);
        assert_eq!(
            save(store, workspace, std::slice::from_ref(&first)).await,
            1
        );
        let changes = told(store, &mut position).await;
        let [gone, come] = changes.as_slice() else {
            panic!("{changes:?}");
        };
        assert!(!gone.comes && gone.submission.mentions.is_empty());
        assert!(come.comes);
        let expected = mentions(&[("delivery.late", -1)]);
        assert_eq!(come.submission.mentions[&key("waarom")], expected);
        assert_eq!(come.submission.answers, gone.submission.answers);
        // Reading the same again tells nothing.
        save(store, workspace, std::slice::from_ref(&first)).await;
        assert_eq!(told(store, &mut position).await, []);
        let other = fresh(&made, "Te laat en te duur", &[("price.high", -1)]);
        save(store, workspace, std::slice::from_ref(&other)).await;
        let changes = told(store, &mut position).await;
        let was: Vec<_> = changes.iter().map(|one| &one.submission.mentions).collect();
        assert_eq!(was[0][&key("waarom")], expected, "it goes as it was");
        assert_eq!(was[1][&key("waarom")], mentions(&[("price.high", -1)]));
        let session = store.read(workspace);
        let kept = list_for(&session, &[made.id]).await.unwrap();
        assert_eq!(kept, [other.reading]);
        // Whoever makes figures anew reads the same.
        let mut snapshot = store.snapshot().await.unwrap();
        let part = snapshot.read_part().await.unwrap();
        assert_eq!(part, [changes[1].submission.clone()]);
        let mut counted: Vec<MentionCount> = Vec::new();
        let take = |count| counted.push(count);
        snapshot.count_mentions(1, take).await.unwrap();
        let found: Vec<_> = counted
            .iter()
            .map(|count| (count.theme.as_str(), count.tone, count.n))
            .collect();
        assert_eq!(found, [("price.high", -1, 1)]);
    })
    .await;
}

#[tokio::test]
async fn what_changed_since_it_was_read_is_left_alone() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let made = saying(&version, workspace, 1, "Te laat");
        let mut partial = saying(&version, workspace, 2, "Te laat");
        partial.completion = Completion::Partial;
        let mut robot = saying(&version, workspace, 3, "Te laat");
        robot.flags.insert(Flag::Robot);
        submitted(place, &[made.clone(), partial.clone(), robot.clone()]).await;
        let found: &[(&str, i8)] = &[("delivery", -1)];
        let wrong = [
            fresh(&made, "Te vroeg", found),
            fresh(&partial, "Te laat", found),
            fresh(&robot, "Te laat", found),
        ];
        assert_eq!(save(&place.store, workspace, &wrong).await, 0);
        let session = place.store.read(workspace);
        let ids = [made.id, partial.id, robot.id];
        assert_eq!(list_for(&session, &ids).await.unwrap(), []);
        // Those that stopped on the way are not even offered.
        let part = list_submissions(&session, &ids).await.unwrap();
        assert_eq!(part.responses.len(), 2);
        assert!(part.read.is_empty());
    })
    .await;
}

#[tokio::test]
async fn lists_find_answers_by_theme_tone_and_what_they_are_besides() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let late = saying(&version, workspace, 1, "Te laat");
        let both = saying(&version, workspace, 2, "Duur, maar snel");
        let none = saying(&version, workspace, 3, "Prima");
        submitted(place, &[late.clone(), both.clone(), none.clone()]).await;
        let mut third = fresh(&none, "Prima", &[]);
        third.reading.polarity = "positive".to_owned();
        third.reading.labels.clear();
        let all = [
            fresh(&late, "Te laat", &[("delivery.late", -1)]),
            fresh(
                &both,
                "Duur, maar snel",
                &[("delivery.fast", 1), ("price", -1)],
            ),
            third,
        ];
        save(&place.store, workspace, &all).await;
        let session = place.store.read(workspace);
        let filter = |dimension: Dimension, values: &[&str]| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            (dimension, values)
        };
        let theme = |values: &[&str]| filter(Dimension::Theme, values);
        let part = |values: &[&str]| filter(Dimension::ThemePart, values);
        let tone = |values: &[&str]| filter(Dimension::Tone, values);
        let needs_reply = ReadAs {
            label: Some("needs_reply".to_owned()),
            ..ReadAs::default()
        };
        let positive = ReadAs {
            polarity: Some("positive".to_owned()),
            ..ReadAs::default()
        };
        let any = ReadAs::default();
        for (filters, read_as, expected) in [
            (vec![theme(&["delivery"])], &any, vec![both.id, late.id]),
            (vec![part(&["delivery.late"])], &any, vec![late.id]),
            (
                vec![theme(&["delivery"]), tone(&["1"])],
                &any,
                vec![both.id],
            ),
            // Theme and tone are those of one mention.
            (vec![theme(&["price"]), tone(&["1"])], &any, vec![]),
            (vec![tone(&["-1"])], &any, vec![both.id, late.id]),
            (vec![theme(&[""])], &any, vec![none.id]),
            (vec![theme(&["", "price"])], &any, vec![none.id, both.id]),
            (vec![theme(&["livery", "deliver"])], &any, vec![]),
            (vec![], &needs_reply, vec![both.id, late.id]),
            (vec![], &positive, vec![none.id]),
        ] {
            let query = ResponseQuery {
                survey: None,
                filters: filters.clone(),
                excluded: Vec::new(),
                from: None,
                until: None,
                only_known: false,
                given: None,
                search: None,
                read_as: read_as.clone(),
                flag: None,
                after: None,
                limit: 10,
            };
            let page = response::list(&session, &query).await.unwrap();
            let found: Vec<_> = page.items.iter().map(|one| one.id).collect();
            assert_eq!(found, expected, "{filters:?} {read_as:?}");
            let query = CommentQuery {
                survey: None,
                question: None,
                filters: filters.clone(),
                excluded: Vec::new(),
                from: None,
                until: None,
                only_known: false,
                score: None,
                search: None,
                read_as: read_as.clone(),
                headline: Some(key("nps")),
                include_partial: true,
                include_automatic: false,
                after: None,
                limit: 10,
            };
            let page = comments(&session, &query).await.unwrap();
            let found: Vec<_> = page.items.iter().map(|one| one.response).collect();
            assert_eq!(found, expected, "comments {filters:?} {read_as:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn reading_again_goes_on_where_it_was_and_begins_anew_when_it_must() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let made: Vec<Response> = (0..5)
            .map(|second| saying(&version, workspace, second, "Te laat"))
            .collect();
        submitted(place, &made).await;
        let store = &place.store;
        let start = async |second| {
            let tx = store.begin(workspace).await.unwrap();
            begin_again(&tx, at(second)).await.unwrap();
            tx.commit().await.unwrap();
        };
        start(0).await;
        let session = store.read(workspace);
        let due = find_due(&session).await.unwrap().unwrap();
        assert_eq!((due.after, due.done, due.total), (None, 0, 5));
        let part = list_part(&session, None, 3, 100).await.unwrap();
        let last = part.part.responses.last().unwrap().id;
        assert_eq!((part.last, part.looked), (Some(last), 3));
        let next = Due {
            after: Some(last),
            done: 3,
            ..due
        };
        let tx = store.begin(workspace).await.unwrap();
        note_due(&tx, &next).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(all_due(store).await.unwrap(), [(workspace, next)]);
        let rest = list_part(&session, next.after, 3, 100).await.unwrap();
        assert_eq!((rest.part.responses.len(), rest.looked), (2, 2));
        let nothing = list_part(&session, rest.last, 3, 100).await.unwrap();
        assert_eq!((nothing.last, nothing.looked), (None, 0));
        let few = list_part(&session, None, 3, 1).await.unwrap();
        assert_eq!((few.part.responses.len(), few.looked), (1, 1));
        // Who reads for the former reason changes nothing once it began anew.
        start(60).await;
        let tx = store.begin(workspace).await.unwrap();
        note_due(&tx, &next).await.unwrap();
        finish_due(&tx, &next).await.unwrap();
        tx.commit().await.unwrap();
        let due = find_due(&session).await.unwrap().unwrap();
        assert_eq!((due.after, due.done), (None, 0));
        let tx = store.begin(workspace).await.unwrap();
        finish_due(&tx, &due).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(find_due(&session).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn submissions_without_words_are_passed_by() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let silent = |second| Response {
            answers: vec![score("nps", 3)],
            ..sample::response(&version, workspace, at(second))
        };
        let spoken = |second| saying(&version, workspace, second, "Te laat");
        let made = vec![
            silent(0),
            silent(1),
            spoken(2),
            silent(3),
            spoken(4),
            silent(5),
        ];
        submitted(place, &made).await;
        let session = place.store.read(workspace);
        let ids: Vec<_> = made.iter().map(|response| response.id).collect();
        let next = async |after, limit, most| {
            let next = list_part(&session, after, limit, most).await.unwrap();
            let found: Vec<_> = next.part.responses.iter().map(|one| one.id).collect();
            (found, next.last, next.looked)
        };
        assert_eq!(next(None, 1, 9).await, (vec![ids[2]], Some(ids[2]), 3));
        assert_eq!(
            next(Some(ids[2]), 2, 9).await,
            (vec![ids[4]], Some(ids[5]), 3)
        );
        assert_eq!(next(None, 9, 2).await, (vec![], Some(ids[1]), 2));
    })
    .await;
}

#[tokio::test]
async fn one_program_reads_until_its_time_is_over() {
    on_every_database(async |place| {
        let store = &place.store;
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let held = store.hold_reader("themes", one, at(0), at(60)).await;
        let state = held.unwrap().unwrap();
        assert_eq!(state.position, None);
        let state = ReaderState {
            position: Some(store.snapshot().await.unwrap().position().clone()),
            rules: 7,
        };
        assert!(store.note_reader("themes", one, &state).await.unwrap());
        assert!(!store.note_reader("themes", other, &state).await.unwrap());
        let held = store.hold_reader("themes", other, at(30), at(90)).await;
        // A file has one program: who read before is gone.
        assert_eq!(held.unwrap().is_some(), store.is_file());
        let held = store.hold_reader("themes", other, at(61), at(120)).await;
        assert_eq!(held.unwrap(), Some(state));
    })
    .await;
}

#[tokio::test]
async fn every_version_of_the_themes_is_kept() {
    on_every_database(async |place| {
        let (workspace, _) = begin(place).await;
        let session = place.store.read(workspace);
        assert_eq!(taxonomy_version(&session).await.unwrap(), None);
        let made = |version: i32, name: &str| StoredTaxonomy {
            version,
            themes: serde_json::json!({ "themes": [name] }),
            made_by: None,
            made_at: at(i64::from(version)),
        };
        for version in [made(2, "een"), made(3, "twee")] {
            let tx = place.store.begin(workspace).await.unwrap();
            add_taxonomy(&tx, &version).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(taxonomy_version(&session).await.unwrap(), Some(3));
        let newest = newest_taxonomy(&session).await.unwrap();
        assert_eq!(newest, Some(made(3, "twee")));
        let first = find_taxonomy(&session, 2).await.unwrap();
        assert_eq!(first, Some(made(2, "een")));
        let tx = place.store.begin(workspace).await.unwrap();
        assert!(add_taxonomy(&tx, &made(3, "drie")).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn colleagues_share_one_draft_of_the_themes_and_nobody_writes_over_another() {
    on_every_database(async |place| {
        let (workspace, _) = begin(place).await;
        let session = place.store.read(workspace);
        assert_eq!(find_draft(&session).await.unwrap(), None);
        let draft = |revision: i64| TaxonomyDraft {
            revision,
            themes: serde_json::json!({ "n": revision }),
            made_by: None,
            made_at: at(revision),
        };
        for (revision, is_saved) in [(1, true), (1, false), (3, false), (2, true), (2, false)] {
            let tx = place.store.begin(workspace).await.unwrap();
            let saved = save_draft(&tx, &draft(revision)).await.unwrap();
            assert_eq!(saved, is_saved, "{revision}");
            tx.commit().await.unwrap();
        }
        assert_eq!(find_draft(&session).await.unwrap(), Some(draft(2)));
        for (revision, is_removed) in [(1, false), (2, true), (2, false)] {
            let tx = place.store.begin(workspace).await.unwrap();
            assert_eq!(remove_draft(&tx, revision).await.unwrap(), is_removed);
            tx.commit().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn proposals_are_kept_with_what_became_of_them() {
    on_every_database(async |place| {
        let (workspace, _) = begin(place).await;
        let session = place.store.read(workspace);
        let proposal = |number: i64, state: ProposalState| Proposal {
            number,
            state,
            name: "laadpaal, bezet".to_owned(),
            people: 7,
            places: vec![SaidAt {
                response: ResponseId(Uuid::nil()),
                question: "why".parse().unwrap(),
                start: 0,
                end: 9,
            }],
            because: (state == ProposalState::Dismissed).then(|| "onzin".to_owned()),
            handled_by: None,
            found_at: at(1),
            handled_at: (state != ProposalState::Open).then(|| at(2)),
        };
        let tx = place.store.begin(workspace).await.unwrap();
        for number in [1, 2] {
            let open = proposal(number, ProposalState::Open);
            save_proposal(&tx, &open).await.unwrap();
        }
        let dismissed = proposal(2, ProposalState::Dismissed);
        save_proposal(&tx, &dismissed).await.unwrap();
        // Only those that nobody decided on go.
        for number in [1, 2] {
            remove_proposal(&tx, number).await.unwrap();
        }
        ask_discovery(&tx, "fine", at(5)).await.unwrap();
        tx.commit().await.unwrap();
        let kept = list_proposals(&session).await.unwrap();
        assert_eq!(kept, std::slice::from_ref(&dismissed));
        assert_eq!(find_proposal(&session, 2).await.unwrap(), Some(dismissed));
        assert_eq!(find_proposal(&session, 1).await.unwrap(), None);
        let (waits, asked) = next_discovery(&place.store).await.unwrap().unwrap();
        assert_eq!((waits, asked.granularity.as_str()), (workspace, "fine"));
        let tx = place.store.begin(workspace).await.unwrap();
        finish_discovery(&tx, &asked, 12, at(9)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(next_discovery(&place.store).await.unwrap(), None);
        let done = find_discovery(&session).await.unwrap().unwrap();
        assert_eq!((done.done_at, done.looked_at), (Some(at(9)), 12));
    })
    .await;
}
