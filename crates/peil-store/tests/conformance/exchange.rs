//! Submissions in large numbers: in, and out as lines.

use std::collections::BTreeMap;

use peil_domain::{
    outreach::Channel,
    response::{Answer, AnswerValue, Completion, Flag, Response},
    shared::{AccountId, ContactId, QuestionKey, ResponseId, WorkspaceId},
    survey::{ContactField, SurveyPurpose, Version},
};
use peil_store::{
    StoreError,
    audience::{accounts, contacts},
    response::{self, Line, LinesEnd, Prepared},
};
use uuid::Uuid;

use crate::{
    databases::{Place, on_every_database},
    sample::{self, Chance, at, key, score, text},
};

async fn begin(place: &Place) -> (WorkspaceId, Version) {
    let workspace = sample::workspace(&place.store).await;
    let (_, version) =
        sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
    (workspace, version)
}

/// Submissions of every kind, several of them at the same moment, some before 1970.
fn many(version: &Version, workspace: WorkspaceId, count: i64) -> Vec<Response> {
    let mut chance = Chance(3);
    (0..count)
        .map(|number| {
            let mut new = sample::response(version, workspace, at((number / 3) - 2_000_000_000));
            new.channel = Channel::Import;
            new.seconds = chance.happens(50).then_some(12);
            if chance.happens(20) {
                new.completion = Completion::Partial;
                new.pages_done = Some(1);
            }
            if chance.happens(20) {
                new.flags.insert(Flag::Robot);
            }
            if chance.happens(70) {
                new.segments
                    .insert(key("region"), "Noord \"& Zuid\" é😀\n".to_owned());
                new.segments.insert(key("branch"), "7".to_owned());
            }
            if chance.happens(80) {
                new.answers = vec![
                    score("nps", i32::try_from(chance.below(11)).unwrap()),
                    text("why", "Snel, \"zoals beloofd\"\r\n= é \u{1F600} \\ \t"),
                    Answer {
                        key: key("about"),
                        value: AnswerValue::Choices {
                            codes: vec![key("a"), key("b")],
                            other: chance.happens(50).then(|| "anders".to_owned()),
                        },
                    },
                    Answer {
                        key: key("who"),
                        value: AnswerValue::Details(BTreeMap::from([
                            (ContactField::Name, "Zoë \"O'Neill\"".to_owned()),
                            (ContactField::Email, "zoe@example.com".to_owned()),
                        ])),
                    },
                    Answer {
                        key: key("price"),
                        value: AnswerValue::NotApplicable,
                    },
                ];
            }
            new
        })
        .collect()
}

async fn add(place: &Place, workspace: WorkspaceId, new: &[Response]) -> Result<(), StoreError> {
    let prepared = Prepared::of(&place.store, new)?;
    let tx = place.store.begin(workspace).await?;
    response::add_prepared(&tx, prepared).await?;
    tx.commit().await
}

#[tokio::test]
async fn many_submissions_at_once_read_back_as_they_were_sent() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let new = many(&version, workspace, 700);
        add(place, workspace, &new).await.unwrap();
        let read = place.store.read(workspace);
        for one in &new {
            let found = response::find(&read, one.id).await.unwrap();
            assert_eq!(found.as_ref(), Some(one));
        }
    })
    .await;
}

#[tokio::test]
async fn submissions_are_found_by_the_range_that_their_identifiers_lie_in() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let mut new = many(&version, workspace, 260);
        for (number, one) in new.iter_mut().enumerate() {
            // The highest bit of bytes is where an order of signed bytes would go wrong.
            let first = u128::try_from(number).unwrap() << 120;
            one.id = ResponseId(Uuid::from_u128(first | one.id.0.as_u128() >> 8));
        }
        let strangers = new.split_off(250);
        add(place, workspace, &new).await.unwrap();
        let (elsewhere, other) = begin(place).await;
        let strangers: Vec<Response> = strangers
            .into_iter()
            .map(|one| Response {
                id: one.id,
                ..sample::response(&other, elsewhere, at(0))
            })
            .collect();
        add(place, elsewhere, &strangers).await.unwrap();

        let read = place.store.read(workspace);
        let find = async |ranges: &[(ResponseId, ResponseId)]| {
            let mut found = response::list_between(&read, ranges).await.unwrap();
            found.sort();
            found
        };
        let all: Vec<ResponseId> = new.iter().map(|one| one.id).collect();
        let (first, last) = (ResponseId(Uuid::nil()), ResponseId(Uuid::max()));
        assert_eq!(find(&[(first, last)]).await, all);
        assert_eq!(find(&[(all[100], all[199])]).await, all[100..200]);
        let one_by_one: Vec<_> = all.iter().map(|id| (*id, *id)).collect();
        assert_eq!(find(&one_by_one).await, all);
        assert_eq!(find(&[(last, first)]).await, []);
        assert_eq!(find(&[]).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_submission_that_is_in_already_keeps_the_others_of_its_group_out() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let new = many(&version, workspace, 300);
        add(place, workspace, &new[..1]).await.unwrap();
        let refused = add(place, workspace, &new).await.unwrap_err();
        assert!(matches!(refused, StoreError::Taken(_)), "{refused}");
        let read = place.store.read(workspace);
        assert_eq!(
            response::list_known(&read, &[new[1].id])
                .await
                .unwrap()
                .len(),
            0
        );
        let tx = place.store.begin(workspace).await.unwrap();
        let added = response::add_many(&tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(added.len(), 299);
    })
    .await;
}

/// What a line says, in the words of a submission.
fn same(line: &Line<'_>, one: &Response, number: &str) {
    assert_eq!(line.id(), one.id.0, "{number}");
    assert_eq!(line.version(), one.version.0);
    assert_eq!(line.micros(), one.submitted_at.as_microsecond());
    assert_eq!(line.local_day(), one.local_day.0);
    assert_eq!(line.channel(), one.channel.code());
    assert_eq!(line.language(), one.language.code());
    assert_eq!(line.seconds(), one.seconds);
    let is_partial = one.completion == Completion::Partial;
    assert_eq!(line.completion() == "partial", is_partial);
    let segments = one.segments.iter();
    let mut found: Vec<_> = line.segments().collect();
    found.sort_unstable();
    assert!(
        found
            .into_iter()
            .eq(segments.map(|(name, value)| (name.as_str(), value.as_str())))
    );
    assert!(line.flags().eq(one.flags.iter().map(|flag| flag.code())));
    assert_eq!(line.answers().len(), one.answers.len());
    for answer in &one.answers {
        let found = line.answers().iter();
        let found = found
            .clone()
            .find(|found| found.question() == answer.key.as_str())
            .unwrap();
        match &answer.value {
            AnswerValue::Score(score) => assert_eq!(found.score(), Some(*score)),
            AnswerValue::Text(words) => assert_eq!(found.words(), Some(words.as_str())),
            AnswerValue::Choices { codes, other } => {
                let chosen = found
                    .codes()
                    .unwrap()
                    .iter()
                    .map(peil_store::response::Words::as_str);
                assert!(chosen.eq(codes.iter().map(QuestionKey::as_str)));
                assert_eq!(found.words(), other.as_deref());
            }
            AnswerValue::Details(given) => {
                let mut details: Vec<_> = found.details().unwrap().collect();
                details.sort_unstable();
                let mut expected: Vec<_> = given
                    .iter()
                    .map(|(field, words)| (field.code(), words.as_str()))
                    .collect();
                expected.sort_unstable();
                assert_eq!(details, expected);
                assert_eq!(found.words(), None);
            }
            AnswerValue::NotApplicable => {}
        }
        let is_beside = answer.value == AnswerValue::NotApplicable;
        assert_eq!(found.is_not_applicable(), is_beside);
    }
}

#[tokio::test]
async fn lines_hold_every_submission_once_in_the_order_of_their_moments() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let mut new = many(&version, workspace, 200);
        let other = many(&begin(place).await.1, workspace, 10);
        add(place, workspace, &new).await.unwrap();
        add(place, workspace, &other).await.unwrap();
        new.sort_by_key(|one| (one.submitted_at, one.id.0));
        let read = place.store.read(workspace);
        let mut after: Option<LinesEnd> = None;
        let mut seen = 0;
        loop {
            let page = response::lines(&read, version.survey, after, 7).await;
            let Some((lines, end)) = page.unwrap() else {
                break;
            };
            for line in lines.read().unwrap() {
                same(&line, &new[seen], &seen.to_string());
                seen += 1;
            }
            after = Some(end);
        }
        assert_eq!(seen, new.len());
    })
    .await;
}

#[tokio::test]
async fn lines_know_the_number_of_a_customer_and_the_name_of_an_organisation() {
    on_every_database(async |place| {
        let (workspace, version) = begin(place).await;
        let who = sample::contact(workspace, "Sanne");
        let tx = place.store.begin(workspace).await.unwrap();
        contacts::add(&tx, &who).await.unwrap();
        let id = AccountId(sample::id());
        let made = accounts::find_or_add(&tx, id, "B1", "Bakker \"BV\"").await;
        let made = made.unwrap();
        tx.commit().await.unwrap();
        let mut one = sample::response(&version, workspace, at(1));
        one.contact = Some(who.id);
        one.account = Some(made.id);
        let mut forgotten = sample::response(&version, workspace, at(2));
        forgotten.contact = Some(ContactId(sample::id()));
        add(place, workspace, &[one, forgotten]).await.unwrap();
        let read = place.store.read(workspace);
        let page = response::lines(&read, version.survey, None, 10).await;
        let (lines, _) = page.unwrap().unwrap();
        let lines = lines.read().unwrap();
        assert_eq!(lines[0].contact(), who.external_id.as_deref());
        assert_eq!(lines[0].account(), Some("Bakker \"BV\""));
        assert_eq!((lines[1].contact(), lines[1].account()), (None, None));
    })
    .await;
}
