//! What came last, beside what is counted once only.

use std::collections::BTreeSet;

use super::{
    super::ColumnFacts,
    OPTIONS,
    dimensions::{found, keep, key, scope, submission, tell},
};
use crate::{
    Answer, Batch, Change, CountQuery, Dimension, Facts, Given, Mention, NaiveFacts, Position,
    Subject, Submission,
};

fn by_channel() -> CountQuery {
    CountQuery {
        group: vec![Dimension::Channel],
        ..CountQuery::new(
            scope(Vec::new()),
            Subject::Question(key("nps"), Given::Score),
        )
    }
}

/// One of twenty people, through one of two channels.
fn one(number: u128, person: u128, channel: &str) -> Submission {
    Submission {
        person: uuid::Uuid::from_u128(person),
        channel: channel.to_owned(),
        ..submission(number, 9)
    }
}

#[tokio::test]
async fn who_comes_again_is_counted_once_and_who_comes_for_the_first_time_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let engine = ColumnFacts::open(folder.path(), OPTIONS).unwrap();
    tell(
        &engine,
        (0..40).map(|number| one(number, number % 20 + 1, "email")),
    )
    .await;
    keep(&engine).await;
    let counted = async || engine.counts(&by_channel()).await.unwrap().found;
    assert_eq!(found(&counted().await), [(Some("email"), 40, 20)]);
    // One of them again, one of them elsewhere, someone new twice.
    let again = [
        one(100, 7, "email"),
        one(101, 7, "kiosk"),
        one(102, 77, "email"),
        one(103, 77, "email"),
    ];
    tell(&engine, again).await;
    let expected = [(Some("email"), 43, 21), (Some("kiosk"), 1, 1)];
    assert_eq!(found(&counted().await), expected);
    keep(&engine).await;
    assert_eq!(found(&counted().await), expected, "in files");
    // What is taken back from long ago is not counted any more.
    let from = engine.standing().await.unwrap().as_of;
    let changes = vec![Change::remove(one(3, 4, "email"))];
    let to = Position("later".to_owned());
    engine.append(&Batch { from, to, changes }).await.unwrap();
    assert_eq!(found(&counted().await)[0], (Some("email"), 42, 21));
}

/// A submission in which delivery was mentioned in this tone.
fn mentioning(number: u128, tone: Option<i8>) -> Submission {
    let mention = |tone| Mention {
        theme: "delivery".to_owned(),
        tone,
    };
    let mut submission = submission(number, 3);
    submission.answers.push(Answer {
        question: key("waarom"),
        score: None,
        options: None,
        has_words: true,
        mentions: tone.into_iter().map(mention).collect(),
    });
    submission
}

#[tokio::test]
async fn what_is_read_in_an_answer_leaves_what_does_not_depend_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let column = ColumnFacts::open(folder.path(), OPTIONS).unwrap();
    let naive = NaiveFacts::new();
    let engines: [&dyn Facts; 2] = [&column, &naive];
    for engine in engines {
        tell(engine, [mentioning(1, None), mentioning(2, Some(-1))]).await;
        let before = engine.standing().await.unwrap();
        let replace = async |old, new| {
            let from = engine.standing().await.unwrap().as_of;
            let to = Position(format!("{}+", from.0));
            let changes = vec![Change::remove(old), Change::add(new)];
            engine.append(&Batch { from, to, changes }).await.unwrap();
            engine.standing().await.unwrap()
        };
        let read = replace(mentioning(1, None), mentioning(1, Some(1))).await;
        assert_ne!(read.as_of, before.as_of);
        assert_eq!(read.answers_as_of, before.answers_as_of);
        let mut query = CountQuery::new(scope(Vec::new()), Subject::EachQuestion(Given::Mentions));
        assert!(query.depends_on_mentions());
        let cells = engine.counts(&query).await.unwrap().found;
        let tones: BTreeSet<i8> = cells[0].mentions.keys().map(|one| one.tone).collect();
        assert_eq!(tones, BTreeSet::from([-1, 1]));
        query.subject = Subject::EachQuestion(Given::Anything);
        assert!(!query.depends_on_mentions());
        let cells = engine.counts(&query).await.unwrap().found;
        assert!(cells.iter().all(|cell| cell.mentions.is_empty()));
        // An answer that changes as well, or is taken back, is more than that.
        let mut other = mentioning(1, Some(0));
        other.answers[0].score = Some(4);
        let changed = replace(mentioning(1, Some(1)), other).await;
        assert_eq!(changed.answers_as_of, changed.as_of);
    }
}
