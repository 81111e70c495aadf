//! Dimensions with very many values, that come later, and of which a submission has several values.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use peil_domain::shared::{LocalDay, QuestionKey, ResponseId, SurveyId, WorkspaceId};
use uuid::Uuid;

use super::{super::ColumnFacts, OPTIONS};
use crate::{
    Answer, Batch, Cell, Change, CountQuery, Dimension, Facts, Filter, Given, Mention, NaiveFacts,
    Position, Scope, Subject, Submission, Test,
};

pub(super) fn key(text: &str) -> QuestionKey {
    text.parse().unwrap()
}

pub(super) fn submission(number: u128, score: i32) -> Submission {
    Submission {
        workspace: WorkspaceId(Uuid::from_u128(1)),
        survey: SurveyId(Uuid::from_u128(2)),
        response: ResponseId(Uuid::from_u128(number << 80 | 7 << 76)),
        person: Uuid::from_u128(number % 1_000 + 1),
        account: None,
        local_day: LocalDay(20_000),
        is_complete: true,
        is_automatic: false,
        weight: crate::ONE,
        version: 1,
        channel: "email".to_owned(),
        language: "nl".to_owned(),
        touchpoint: None,
        pages_done: None,
        attributes: BTreeMap::new(),
        answers: vec![Answer::scored(key("nps"), score)],
    }
}

pub(super) async fn tell(engine: &dyn Facts, submissions: impl IntoIterator<Item = Submission>) {
    let from = engine.standing().await.unwrap().as_of;
    let to = Position(format!("{}+", from.0));
    let changes = submissions.into_iter().map(Change::add).collect();
    engine.append(&Batch { from, to, changes }).await.unwrap();
}

pub(super) async fn keep(engine: &dyn Facts) {
    while engine.maintain().await.unwrap() {}
}

pub(super) fn scope(filters: Vec<Filter>) -> Scope {
    let all = Scope::all(WorkspaceId(Uuid::from_u128(1)), Vec::new());
    Scope { filters, ..all }
}

fn by(dimension: Dimension, filters: Vec<Filter>) -> CountQuery {
    CountQuery {
        group: vec![dimension],
        ..CountQuery::new(scope(filters), Subject::Question(key("nps"), Given::Score))
    }
}

fn only(dimension: Dimension, value: &str) -> Filter {
    Filter {
        dimension,
        test: Test::In(BTreeSet::from([Some(value.to_owned())])),
    }
}

/// Value, number of answers and people of each cell.
pub(super) fn found(cells: &[Cell]) -> Vec<(Option<&str>, u64, u64)> {
    let of = |cell: &'_ Cell| (cell.answers.n, cell.people);
    let values = cells.iter().map(|cell| cell.groups[0].as_deref());
    values
        .zip(cells.iter().map(of))
        .map(|(value, (n, people))| (value, n, people))
        .collect()
}

#[tokio::test]
async fn a_submission_with_three_mentions_is_in_three_cells_and_is_one_person() {
    let folder = tempfile::tempdir().unwrap();
    let columns = ColumnFacts::open(folder.path(), OPTIONS).unwrap();
    let naive = NaiveFacts::new();
    let mention = |theme: &str, tone| Mention {
        theme: theme.to_owned(),
        tone,
    };
    let mut three = submission(1, 9);
    three.answers.push(Answer {
        question: key("why"),
        score: None,
        options: None,
        has_words: true,
        mentions: BTreeSet::from([
            mention("price.high", -1),
            mention("price", 1),
            mention("staff", 1),
            mention("waiting", -1),
        ]),
    });
    let without = submission(2, 3);
    for engine in [&columns as &dyn Facts, &naive] {
        tell(engine, [three.clone(), without.clone()]).await;
        for _ in 0..2 {
            let themes = engine.counts(&by(Dimension::Theme, Vec::new())).await;
            assert_eq!(
                found(&themes.unwrap().found),
                [
                    (None, 1, 1),
                    (Some("price"), 1, 1),
                    (Some("staff"), 1, 1),
                    (Some("waiting"), 1, 1)
                ]
            );
            let bad = vec![only(Dimension::Tone, "-1")];
            let themes = engine.counts(&by(Dimension::Theme, bad)).await.unwrap();
            let expected = [(Some("price"), 1, 1), (Some("waiting"), 1, 1)];
            assert_eq!(found(&themes.found), expected);
            // Theme and tone are of one mention: nobody praised the waiting.
            let neither = vec![
                only(Dimension::Theme, "waiting"),
                only(Dimension::Tone, "1"),
            ];
            let themes = engine.counts(&by(Dimension::Theme, neither)).await.unwrap();
            assert_eq!(themes.found, []);
            let parts = engine.counts(&by(Dimension::ThemePart, Vec::new())).await;
            assert_eq!(
                found(&parts.unwrap().found),
                [(None, 2, 2), (Some("price.high"), 1, 1)]
            );
            let about_price = vec![only(Dimension::Theme, "price")];
            let all = engine.counts(&by(Dimension::Channel, about_price)).await;
            assert_eq!(found(&all.unwrap().found), [(Some("email"), 1, 1)]);
            keep(engine).await;
        }
    }
}

#[tokio::test]
async fn a_dimension_that_comes_later_rewrites_no_history() {
    let folder = tempfile::tempdir().unwrap();
    let engine = ColumnFacts::open(folder.path(), OPTIONS).unwrap();
    tell(&engine, (0..900).map(|n| submission(n, 8))).await;
    keep(&engine).await;
    let files = |ending: &'static str| -> BTreeMap<String, Vec<u8>> {
        let names = std::fs::read_dir(folder.path()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| name.ends_with(ending))
            .map(|name| {
                let bytes = std::fs::read(folder.path().join(&name)).unwrap();
                (name, bytes)
            })
            .collect()
    };
    let before = files(".facts");
    let with_region = |number| {
        let mut later = submission(number, 9);
        let region = if number % 2 == 0 { "north" } else { "south" };
        later.attributes.insert(key("region"), region.to_owned());
        later
    };
    tell(&engine, (2_000..2_100).map(with_region)).await;
    keep(&engine).await;
    let after = files(".facts");
    assert!(
        before
            .iter()
            .all(|(name, bytes)| after.get(name) == Some(bytes))
    );
    assert!(after.len() > before.len());
    let region = Dimension::Attribute(key("region"));
    let cells = engine.counts(&by(region, Vec::new())).await.unwrap().found;
    let numbers: Vec<_> = cells.iter().map(|cell| cell.answers.n).collect();
    assert_eq!(numbers, [900, 50, 50]);
}

#[tokio::test]
async fn a_dimension_may_have_more_values_than_two_bytes_tell_apart() {
    const VALUES: u128 = 70_000;
    let folder = tempfile::tempdir().unwrap();
    let engine = Arc::new(ColumnFacts::open(folder.path(), OPTIONS).unwrap());
    let number = Dimension::Attribute(key("number"));
    let with_number = |n: u128| {
        let mut one = submission(n, i32::try_from(n % 11).unwrap());
        let value = format!("v{:07}", n % VALUES);
        one.attributes.insert(key("number"), value);
        one
    };
    for part in 0..10 {
        let from = part * VALUES / 10;
        tell(&*engine, (from..from + VALUES / 10).map(with_number)).await;
    }
    tell(&*engine, (VALUES..VALUES + 7).map(with_number)).await;
    keep(&*engine).await;
    let mut query = by(number.clone(), Vec::new());
    query.with_people = false;
    let cells = engine.counts(&query).await.unwrap().found;
    assert_eq!(cells.len(), usize::try_from(VALUES).unwrap());
    assert!(cells.is_sorted_by_key(|cell| cell.groups.clone()));
    let twice: Vec<_> = cells.iter().filter(|cell| cell.answers.n == 2).collect();
    assert_eq!(twice.len(), 7);
    let filter = vec![only(number.clone(), "v0000003")];
    let cells = engine.counts(&by(number, filter)).await.unwrap().found;
    assert_eq!(cells.len(), 1);
    assert_eq!((cells[0].answers.n, cells[0].people), (2, 1));
    assert_eq!(cells[0].scores.len(), 2);
}
