//! What was counted a moment ago. Whoever explores asks much of the same again with every choice, and a
//! page that is opened again asks all of it; as long as nothing was told since, the answer is the same.
//!
//! People take longest to count, and the table by which is decided what may be told holds the same people
//! as the table that is shown: these are taken from there ([`part`](super::part)).

use std::sync::Arc;

use peil_facts::{AsOf, Cell, CountQuery, Facts, FactsError};

use super::{
    kept::{Kept, Question},
    part::Part,
};

/// Most cells that are kept, some 250 bytes each.
const MOST_CELLS: usize = 100_000;

/// Answers that an engine gave to questions about counts.
pub(super) struct Remembered(Kept<CountQuery, [Cell]>);

impl Default for Remembered {
    fn default() -> Self {
        Self(Kept::new(MOST_CELLS))
    }
}

impl Remembered {
    /// Counts, as far as that was not done before.
    pub(super) async fn counts(
        &self,
        engine: &dyn Facts,
        query: &CountQuery,
    ) -> Result<AsOf<Vec<Cell>>, FactsError> {
        let now = engine.standing().await?.map(|_| ());
        if let Some(cells) = self.0.find(&now, query) {
            return Ok(now.map(|()| cells.to_vec()));
        }
        let known = self.0.find_by(&now, query, |whole| Part::of(whole, query));
        let answer = match known {
            Some((whole, part)) if part.is_all_told => now.map(|()| part.cells(&whole)),
            Some((whole, part)) => {
                let people = part.cells(&whole);
                let plain = CountQuery {
                    with_people: false,
                    ..query.clone()
                };
                let mut answer = engine.counts(&plain).await?;
                if !query.is_settled(&now, &answer) || !tell_people(&mut answer.found, &people) {
                    answer = engine.counts(query).await?;
                }
                answer
            }
            None => engine.counts(query).await?,
        };
        if self.0.takes(answer.found.len()) {
            let cells: Arc<[Cell]> = answer.found.as_slice().into();
            let weight = answer.found.len();
            self.0.keep(&answer, query.clone(), cells, weight);
        }
        Ok(answer)
    }
}

/// Tells every cell its people; `false` when these are not of the same cells.
fn tell_people(cells: &mut [Cell], people: &[Cell]) -> bool {
    if cells.len() != people.len() {
        return false;
    }
    for (cell, known) in cells.iter_mut().zip(people) {
        if cell.groups != known.groups || cell.start != known.start {
            return false;
        }
        cell.people = known.people;
    }
    true
}

#[cfg(test)]
mod tests {
    use peil_domain::shared::{LocalDay, QuestionKey, SurveyId, WorkspaceId};
    use peil_facts::{
        Answer, Batch, Change, Dimension, Filter, Given, NaiveFacts, ONE, Position, Scope, Step,
        Subject, Submission, Test,
    };
    use uuid::Uuid;

    use super::*;

    fn key(text: &str) -> QuestionKey {
        text.parse().unwrap()
    }

    fn nobody() -> WorkspaceId {
        WorkspaceId(Uuid::nil())
    }

    /// A submission by one of three people, in one of two regions, on one of forty days.
    fn submission(number: u128) -> Change {
        let day = i32::try_from(number % 40).unwrap();
        Change::add(Submission {
            workspace: nobody(),
            survey: SurveyId(Uuid::nil()),
            response: peil_domain::shared::ResponseId(Uuid::from_u128(number)),
            person: Uuid::from_u128(number % 3),
            account: None,
            local_day: LocalDay(20_000 + day),
            is_complete: true,
            is_automatic: false,
            weight: ONE,
            version: 1,
            channel: if number.is_multiple_of(5) {
                "email"
            } else {
                "qr"
            }
            .to_owned(),
            language: "nl".to_owned(),
            touchpoint: None,
            pages_done: None,
            attributes: [(key("regio"), format!("{}", number % 2))].into(),
            answers: vec![Answer::scored(key("nps"), day % 11)],
        })
    }

    #[tokio::test]
    async fn what_is_remembered_is_what_would_be_counted() {
        let engine = NaiveFacts::new();
        let remembered = Remembered::default();
        let mut at = Position::start();
        for part in 0..3 {
            let to = Position(format!("{part}"));
            let batch = Batch {
                from: at,
                to: to.clone(),
                changes: (part * 50..part * 50 + 50).map(submission).collect(),
            };
            engine.append(&batch).await.unwrap();
            at = to;
            for subject in [
                Subject::Whether(key("nps"), Given::Score),
                Subject::Question(key("nps"), Given::Score),
                Subject::Question(key("nps"), Given::Score),
            ] {
                for (group, filters) in questions() {
                    for from in [None, Some(LocalDay(20_028))] {
                        let scope = Scope {
                            filters: filters.clone(),
                            from,
                            ..Scope::all(nobody(), Vec::new())
                        };
                        let query = CountQuery {
                            group: group.clone(),
                            step: Some(Step::Month),
                            ..CountQuery::new(scope, subject.clone())
                        };
                        let found = remembered.counts(&engine, &query).await.unwrap();
                        assert_eq!(found, engine.counts(&query).await.unwrap(), "{query:?}");
                    }
                }
            }
        }
    }

    /// Tables of which some are part of those before them.
    fn questions() -> Vec<(Vec<Dimension>, Vec<Filter>)> {
        let regio = || Dimension::Attribute(key("regio"));
        let only = |dimension: Dimension, value: &str| Filter {
            dimension,
            test: Test::In([Some(value.to_owned())].into()),
        };
        let both = vec![Dimension::Channel, regio()];
        vec![
            (both.clone(), Vec::new()),
            (both.clone(), vec![only(regio(), "1")]),
            (vec![regio(), Dimension::Channel], Vec::new()),
            (vec![regio()], vec![only(Dimension::Channel, "email")]),
            (vec![regio()], Vec::new()),
            (
                Vec::new(),
                vec![only(Dimension::Channel, "email"), only(regio(), "0")],
            ),
            (Vec::new(), vec![only(Dimension::Language, "nl")]),
            (vec![Dimension::Channel], vec![only(regio(), "none")]),
        ]
    }

    #[test]
    fn people_of_other_cells_are_not_taken() {
        let mut cells = vec![Cell::default()];
        let elsewhere = Cell {
            start: Some(LocalDay(3)),
            ..Cell::default()
        };
        assert!(!tell_people(&mut cells, &[elsewhere]));
        assert!(!tell_people(&mut cells, &[]));
        let here = Cell {
            people: 7,
            ..Cell::default()
        };
        assert!(tell_people(&mut cells, &[here]) && cells[0].people == 7);
    }
}
