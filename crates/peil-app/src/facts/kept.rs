//! What was worked out of the facts a moment ago, as long as nothing else is told.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use peil_facts::{AsOf, CountQuery, Position};

/// Most that is kept at a time.
const MOST: usize = 256;

/// Something that is asked of the facts.
pub(crate) trait Question: PartialEq {
    /// Whether the answer may change when nothing does but what is mentioned.
    fn depends_on_mentions(&self) -> bool;

    /// The state of the facts that its answer is of. Answers in own words are read after they came:
    /// only what has to do with what they mention is to be worked out again then.
    fn state<T>(&self, now: &AsOf<T>) -> State {
        let position = if self.depends_on_mentions() {
            &now.as_of
        } else {
            &now.answers_as_of
        };
        (now.generation, position.clone())
    }

    /// Whether its answer is the same in both states.
    fn is_settled<T, U>(&self, one: &AsOf<T>, other: &AsOf<U>) -> bool {
        self.state(one) == self.state(other)
    }
}

impl Question for CountQuery {
    fn depends_on_mentions(&self) -> bool {
        self.depends_on_mentions()
    }
}

/// Generation of the facts, and up to where they were told.
type State = (u64, Position);

/// Answers about one state of the facts, the one that was asked for last at the end; apart those that
/// depend on what is mentioned.
pub(crate) struct Kept<Q, A: ?Sized> {
    /// Most that those of one kind may weigh together.
    room: usize,
    known: [Mutex<Known<Q, A>>; 2],
}

struct Known<Q, A: ?Sized> {
    state: Option<State>,
    /// With what each of them weighs.
    answers: VecDeque<(Q, Arc<A>, usize)>,
    weight: usize,
}

impl<Q, A: ?Sized> Known<Q, A> {
    const fn of(state: Option<State>) -> Self {
        Self {
            state,
            answers: VecDeque::new(),
            weight: 0,
        }
    }
}

impl<Q: Question, A: ?Sized> Kept<Q, A> {
    /// Nothing known yet.
    pub(crate) const fn new(room: usize) -> Self {
        Self {
            room,
            known: [Mutex::new(Known::of(None)), Mutex::new(Known::of(None))],
        }
    }

    fn known(&self, question: &Q) -> MutexGuard<'_, Known<Q, A>> {
        let [of_answers, of_mentions] = &self.known;
        let known = if question.depends_on_mentions() {
            of_mentions
        } else {
            of_answers
        };
        known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was answered to this question about the facts as they are now.
    pub(crate) fn find<T>(&self, now: &AsOf<T>, question: &Q) -> Option<Arc<A>> {
        let (answer, ()) =
            self.find_by(now, question, |known| (known == question).then_some(()))?;
        Some(answer)
    }

    /// What was answered, about the facts as they are now, to a question of which something can be told;
    /// with what was told of it. The question itself says which state of the facts it is about.
    pub(crate) fn find_by<T, F>(
        &self,
        now: &AsOf<T>,
        question: &Q,
        tell: impl Fn(&Q) -> Option<F>,
    ) -> Option<(Arc<A>, F)> {
        let mut known = self.known(question);
        if known.state != Some(question.state(now)) {
            return None;
        }
        let mut all = known.answers.iter().enumerate();
        let (place, told) = all.find_map(|(place, known)| Some((place, tell(&known.0)?)))?;
        let found = known.answers.remove(place)?;
        let answer = Arc::clone(&found.1);
        known.answers.push_back(found);
        Some((answer, told))
    }

    /// Whether an answer of this weight would be kept: one must not push all others out.
    pub(crate) const fn takes(&self, weight: usize) -> bool {
        weight <= self.room / 4
    }

    /// Keeps an answer about this state; those about another one are let go of.
    pub(crate) fn keep<T>(&self, of: &AsOf<T>, question: Q, answer: Arc<A>, weight: usize) {
        if !self.takes(weight) {
            return;
        }
        let state = Some(question.state(of));
        let mut known = self.known(&question);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Even numbers depend on mentions.
    impl Question for u8 {
        fn depends_on_mentions(&self) -> bool {
            self.is_multiple_of(2)
        }
    }

    fn at(position: &str) -> AsOf<()> {
        AsOf {
            as_of: Position(position.to_owned()),
            answers_as_of: Position(position.to_owned()),
            generation: 1,
            found: (),
        }
    }

    #[test]
    fn an_answer_is_known_until_something_else_is_told() {
        let kept: Kept<u8, str> = Kept::new(100);
        kept.keep(&at("a"), 1, "one".into(), 3);
        assert_eq!(kept.find(&at("a"), &1).as_deref(), Some("one"));
        assert_eq!(kept.find(&at("a"), &3), None);
        assert_eq!(kept.find(&at("b"), &1), None);
        let anew = AsOf {
            generation: 2,
            ..at("a")
        };
        assert_eq!(kept.find(&anew, &1), None, "made anew");
        kept.keep(&at("b"), 3, "three".into(), 3);
        assert_eq!(kept.find(&at("a"), &1), None, "of an earlier state");
        assert_eq!(kept.find(&at("b"), &3).as_deref(), Some("three"));
    }

    #[test]
    fn what_is_mentioned_touches_only_what_depends_on_it() {
        let kept: Kept<u8, str> = Kept::new(100);
        kept.keep(&at("a"), 1, "one".into(), 3);
        kept.keep(&at("a"), 2, "two".into(), 3);
        let read = AsOf {
            answers_as_of: Position("a".to_owned()),
            ..at("b")
        };
        assert_eq!(kept.find(&read, &1).as_deref(), Some("one"));
        assert_eq!(kept.find(&read, &2), None);
        kept.keep(&read, 2, "more".into(), 3);
        assert_eq!(kept.find(&read, &1).as_deref(), Some("one"));
        assert!(1.is_settled(&at("a"), &read) && !2.is_settled(&at("a"), &read));
    }

    #[test]
    fn what_was_not_asked_for_longest_makes_room() {
        let kept: Kept<u8, str> = Kept::new(100);
        for number in [1, 3, 5, 7] {
            kept.keep(&at("a"), number, "".into(), 25);
        }
        assert!(kept.find(&at("a"), &1).is_some());
        kept.keep(&at("a"), 9, "".into(), 1);
        let is_known = |number: u8| kept.find(&at("a"), &number).is_some();
        assert!(is_known(1) && is_known(9) && !is_known(3));
        kept.keep(&at("a"), 11, "".into(), 26);
        assert!(!is_known(11) && is_known(9), "too large to be kept");
    }
}
