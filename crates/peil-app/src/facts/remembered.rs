//! What was counted a moment ago. Whoever explores asks much of the same again with every choice, and a
//! page that is opened again asks all of it; as long as nothing was told since, the answer is the same.
//!
//! People take longest to count, and the table by which is decided what may be told holds the same people
//! as the table that is shown: these are taken from there.

use std::sync::Arc;

use peil_facts::{AsOf, Cell, CountQuery, Facts, FactsError, Subject};

use super::kept::{Kept, Question};

/// Most cells that are kept, some 250 bytes each.
const MOST_CELLS: usize = 50_000;

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
        let known = people_of(query).and_then(|people| self.0.find(&now, &people));
        let answer = match known {
            Some(people) => {
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
        let cells: Arc<[Cell]> = answer.found.as_slice().into();
        self.0
            .keep(&answer, query.clone(), cells, answer.found.len());
        Ok(answer)
    }
}

/// The question whose answer holds the same people in the same cells, if that is another one.
fn people_of(query: &CountQuery) -> Option<CountQuery> {
    let Subject::Question(question, given) = &query.subject else {
        return None;
    };
    (query.with_people && !query.is_weighted && !query.with_accounts).then(|| CountQuery {
        subject: Subject::Whether(question.clone(), *given),
        ..query.clone()
    })
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
        Answer, Batch, Change, Dimension, Given, NaiveFacts, ONE, Position, Scope, Step, Submission,
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
            channel: "email".to_owned(),
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
                let query = CountQuery {
                    group: vec![Dimension::Attribute(key("regio"))],
                    step: Some(Step::Month),
                    ..CountQuery::new(Scope::all(nobody(), Vec::new()), subject)
                };
                let found = remembered.counts(&engine, &query).await.unwrap();
                assert_eq!(found, engine.counts(&query).await.unwrap());
                assert!(found.found.iter().all(|cell| cell.people > 0));
            }
        }
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
