//! What was worked out of the facts a moment ago, as long as nothing else is told.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use peil_facts::{AsOf, Position};

/// Most that is kept at a time.
const MOST: usize = 256;

/// Answers about one state of the facts, the one that was asked for last at the end.
pub(crate) struct Kept<Q, A: ?Sized> {
    /// Most that all of them may weigh together.
    room: usize,
    known: Mutex<Known<Q, A>>,
}

struct Known<Q, A: ?Sized> {
    state: Option<(u64, Position)>,
    /// With what each of them weighs.
    answers: VecDeque<(Q, Arc<A>, usize)>,
    weight: usize,
}

impl<Q, A: ?Sized> Known<Q, A> {
    const fn of(state: Option<(u64, Position)>) -> Self {
        Self {
            state,
            answers: VecDeque::new(),
            weight: 0,
        }
    }
}

impl<Q: PartialEq, A: ?Sized> Kept<Q, A> {
    /// Nothing known yet.
    pub(crate) const fn new(room: usize) -> Self {
        Self {
            room,
            known: Mutex::new(Known::of(None)),
        }
    }

    /// What was answered to this question about the facts as they are now.
    pub(crate) fn find<T>(&self, now: &AsOf<T>, question: &Q) -> Option<Arc<A>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let is_now = |state: &(u64, Position)| state.0 == now.generation && state.1 == now.as_of;
        if !known.state.as_ref().is_some_and(is_now) {
            return None;
        }
        let place = known
            .answers
            .iter()
            .position(|known| known.0 == *question)?;
        let found = known.answers.remove(place)?;
        let answer = Arc::clone(&found.1);
        known.answers.push_back(found);
        Some(answer)
    }

    /// Keeps an answer about this state; those about another one are let go of.
    pub(crate) fn keep<T>(&self, of: &AsOf<T>, question: Q, answer: Arc<A>, weight: usize) {
        // One answer must not push all others out.
        if weight > self.room / 4 {
            return;
        }
        let state = Some((of.generation, of.as_of.clone()));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.state != state {
            *known = Known::of(state);
        }
        known.weight += weight;
        known.answers.push_back((question, answer, weight));
        while known.weight > self.room || known.answers.len() > MOST {
            let Some((_, _, weight)) = known.answers.pop_front() else {
                break;
            };
            known.weight -= weight;
        }
    }
}

/// Whether both are of one state.
pub(crate) fn is_same_state<T, U>(one: &AsOf<T>, other: &AsOf<U>) -> bool {
    one.generation == other.generation && one.as_of == other.as_of
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(position: &str) -> AsOf<()> {
        AsOf {
            as_of: Position(position.to_owned()),
            generation: 1,
            found: (),
        }
    }

    #[test]
    fn an_answer_is_known_until_something_else_is_told() {
        let kept: Kept<u8, str> = Kept::new(100);
        kept.keep(&at("a"), 1, "one".into(), 3);
        assert_eq!(kept.find(&at("a"), &1).as_deref(), Some("one"));
        assert_eq!(kept.find(&at("a"), &2), None);
        assert_eq!(kept.find(&at("b"), &1), None);
        let anew = AsOf {
            generation: 2,
            ..at("a")
        };
        assert_eq!(kept.find(&anew, &1), None, "made anew");
        kept.keep(&at("b"), 2, "two".into(), 3);
        assert_eq!(kept.find(&at("a"), &1), None, "of an earlier state");
        assert_eq!(kept.find(&at("b"), &2).as_deref(), Some("two"));
    }

    #[test]
    fn what_was_not_asked_for_longest_makes_room() {
        let kept: Kept<u8, str> = Kept::new(100);
        for number in 1..=4 {
            kept.keep(&at("a"), number, "".into(), 25);
        }
        assert!(kept.find(&at("a"), &1).is_some());
        kept.keep(&at("a"), 5, "".into(), 1);
        let is_known = |number: u8| kept.find(&at("a"), &number).is_some();
        assert!(is_known(1) && is_known(5) && !is_known(2));
        kept.keep(&at("a"), 6, "".into(), 26);
        assert!(!is_known(6) && is_known(5), "too large to be kept");
    }
}
