//! What was counted a moment ago. Whoever explores asks much of the same again with every choice, and a
//! page that is opened again asks all of it; as long as nothing was told since, the answer is the same.
//!
//! People take longest to count, and the table by which is decided what may be told holds the same people
//! as the table that is shown: these are taken from there.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use peil_facts::{AsOf, Cell, CountQuery, Facts, FactsError, Position, Subject};

/// Most cells that are kept, some 250 bytes each, and most answers.
const MOST_CELLS: usize = 50_000;
const MOST_ANSWERS: usize = 256;

/// Answers that an engine gave to questions about counts.
#[derive(Default)]
pub(super) struct Remembered {
    kept: Mutex<Kept>,
}

/// The answers of one state of the facts, the one that was asked for last at the end.
#[derive(Default)]
struct Kept {
    state: Option<(u64, Position)>,
    answers: VecDeque<(CountQuery, Arc<[Cell]>)>,
    cells: usize,
}

impl Remembered {
    /// Counts, as far as that was not done before.
    pub(super) async fn counts(
        &self,
        engine: &dyn Facts,
        query: &CountQuery,
    ) -> Result<AsOf<Vec<Cell>>, FactsError> {
        let now = engine.standing().await?.map(|_| ());
        if let Some(cells) = self.find(&now, query) {
            return Ok(now.map(|()| cells.to_vec()));
        }
        let known = people_of(query).and_then(|people| self.find(&now, &people));
        let mut answer = match known {
            Some(people) => {
                let plain = CountQuery {
                    with_people: false,
                    ..query.clone()
                };
                let mut answer = engine.counts(&plain).await?;
                if !is_of(&now, &answer) || !tell_people(&mut answer.found, &people) {
                    answer = engine.counts(query).await?;
                }
                answer
            }
            None => engine.counts(query).await?,
        };
        answer.found.shrink_to_fit();
        self.keep(query, &answer);
        Ok(answer)
    }

    /// What was answered to this question about the facts as they are now.
    fn find<T>(&self, now: &AsOf<T>, query: &CountQuery) -> Option<Arc<[Cell]>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_now = |state: &(u64, Position)| state.0 == now.generation && state.1 == now.as_of;
        if !kept.state.as_ref().is_some_and(is_now) {
            return None;
        }
        let place = kept.answers.iter().position(|(known, _)| known == query)?;
        let answer = kept.answers.remove(place)?;
        let cells = Arc::clone(&answer.1);
        kept.answers.push_back(answer);
        Some(cells)
    }

    /// Keeps an answer; what was answered before something else was told is let go of.
    fn keep(&self, query: &CountQuery, answer: &AsOf<Vec<Cell>>) {
        // One answer must not push all others out.
        if answer.found.len() > MOST_CELLS / 4 {
            return;
        }
        let cells: Arc<[Cell]> = answer.found.as_slice().into();
        let state = Some((answer.generation, answer.as_of.clone()));
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.state != state {
            *kept = Kept {
                state,
                ..Kept::default()
            };
        }
        kept.cells += cells.len();
        kept.answers.push_back((query.clone(), cells));
        while kept.cells > MOST_CELLS || kept.answers.len() > MOST_ANSWERS {
            let Some((_, oldest)) = kept.answers.pop_front() else {
                break;
            };
            kept.cells -= oldest.len();
        }
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

fn is_of<T, U>(one: &AsOf<T>, other: &AsOf<U>) -> bool {
    one.generation == other.generation && one.as_of == other.as_of
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
    use peil_domain::shared::WorkspaceId;
    use peil_facts::{Scope, Subject};

    use super::*;

    fn query(workspace: u128) -> CountQuery {
        let workspace = WorkspaceId(uuid::Uuid::from_u128(workspace));
        CountQuery::new(Scope::all(workspace, Vec::new()), Subject::Submissions)
    }

    fn answer(at: &str, cells: usize) -> AsOf<Vec<Cell>> {
        AsOf {
            as_of: Position(at.to_owned()),
            generation: 1,
            found: vec![Cell::default(); cells],
        }
    }

    #[test]
    fn an_answer_is_known_until_something_else_is_told() {
        let known = Remembered::default();
        known.keep(&query(1), &answer("a", 3));
        let now = answer("a", 0);
        assert_eq!(
            known.find(&now, &query(1)).map(|cells| cells.len()),
            Some(3)
        );
        assert!(known.find(&now, &query(2)).is_none());
        assert!(known.find(&answer("b", 0), &query(1)).is_none());
        let anew = AsOf {
            generation: 2,
            ..now.clone()
        };
        assert!(known.find(&anew, &query(1)).is_none(), "made anew");
        known.keep(&query(2), &answer("b", 1));
        assert!(known.find(&now, &query(1)).is_none(), "of an earlier state");
    }

    #[test]
    fn what_was_not_asked_for_longest_makes_room() {
        let known = Remembered::default();
        for number in 1..=4 {
            known.keep(&query(number), &answer("a", MOST_CELLS / 4));
        }
        let now = answer("a", 0);
        assert!(known.find(&now, &query(1)).is_some());
        known.keep(&query(5), &answer("a", 1));
        assert!(known.find(&now, &query(1)).is_some() && known.find(&now, &query(5)).is_some());
        assert!(known.find(&now, &query(2)).is_none());
        known.keep(&query(6), &answer("a", MOST_CELLS));
        assert!(
            known.find(&now, &query(6)).is_none(),
            "too large to be kept"
        );
    }
}
