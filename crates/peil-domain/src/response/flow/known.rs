//! What formulas and texts can ask for at one moment of answering.

use std::{cell::RefCell, collections::BTreeMap};

use crate::{
    response::{AnswerValue, OTHER},
    shared::{LocalDay, QuestionKey},
    survey::{Answers, Definition, Number, Question, QuestionKind, Reference, Source, Value},
};

/// What is known: answers to questions that were asked, attributes, and through them calculated
/// values.
#[derive(Debug)]
pub(super) struct Known<'a> {
    definition: &'a Definition,
    /// The question of every key that is answered.
    questions: BTreeMap<&'a QuestionKey, &'a Question>,
    attributes: &'a BTreeMap<QuestionKey, String>,
    answers: BTreeMap<&'a QuestionKey, AnswerValue>,
}

impl<'a> Known<'a> {
    /// Nothing but the attributes.
    pub(super) fn new(
        definition: &'a Definition,
        attributes: &'a BTreeMap<QuestionKey, String>,
    ) -> Self {
        let questions = definition.items().map(|item| (item.key, item.question));
        Self {
            definition,
            questions: questions.collect(),
            attributes,
            answers: BTreeMap::new(),
        }
    }

    /// Learns an answer.
    pub(super) fn learn(&mut self, key: &'a QuestionKey, answer: AnswerValue) {
        self.answers.insert(key, answer);
    }

    /// The answer under a key, with the question that it belongs to.
    pub(super) fn answer(&self, key: &QuestionKey) -> Option<(&'a Question, &AnswerValue)> {
        Some((*self.questions.get(key)?, self.answers.get(key)?))
    }

    /// Where a name is found that says not where to look.
    pub(super) fn source(&self, reference: &Reference) -> Source {
        let name = &reference.name;
        let is_value = || {
            self.definition
                .calculations
                .iter()
                .any(|value| value.key == *name)
        };
        match reference.source {
            Source::Anywhere if self.questions.contains_key(name) => Source::Answer,
            Source::Anywhere if is_value() => Source::Calculated,
            Source::Anywhere => Source::Contact,
            known => known,
        }
    }

    /// The value of a name. Every calculation is worked out once, and one that goes round is empty.
    fn value_with(&self, reference: &Reference, worked: &Worked) -> Value {
        let name = &reference.name;
        match self.source(reference) {
            Source::Calculated => {
                if let Some(value) = worked.borrow().get(name) {
                    return value.clone();
                }
                worked.borrow_mut().insert(name.clone(), Value::Empty);
                let mut calculations = self.definition.calculations.iter();
                let found = calculations.find(|value| value.key == *name);
                let value = found.map_or(Value::Empty, |calculation| {
                    let answers = |inner: &Reference| self.value_with(inner, worked);
                    calculation.formula.expression().value(&answers)
                });
                worked.borrow_mut().insert(name.clone(), value.clone());
                value
            }
            Source::Contact => {
                let text = self.attributes.get(name);
                text.map_or(Value::Empty, |text| Value::Text(text.clone()))
            }
            Source::Answer | Source::Anywhere => self
                .answer(name)
                .map_or(Value::Empty, |(question, answer)| value(question, answer)),
        }
    }
}

/// Calculations that were worked out on the way to a value.
type Worked = RefCell<BTreeMap<QuestionKey, Value>>;

impl Answers for Known<'_> {
    fn value(&self, reference: &Reference) -> Value {
        self.value_with(reference, &Worked::default())
    }
}

/// What an answer is in formulas.
fn value(question: &Question, answer: &AnswerValue) -> Value {
    match (answer, &question.kind) {
        (AnswerValue::Score(score), QuestionKind::YesNo | QuestionKind::Consent) => {
            Value::Truth(*score == 1)
        }
        (AnswerValue::Score(day), QuestionKind::Date { .. }) => Value::Date(LocalDay(*day).date()),
        (AnswerValue::Score(kept), kind) => {
            let unit = kind.number_range().map_or(1, |range| range.unit());
            let number = f64::from(*kept) / f64::from(unit);
            Number::new(number).map_or(Value::Empty, Value::Number)
        }
        (AnswerValue::Choices { codes, .. }, QuestionKind::Choice { is_multiple, .. }) => {
            let mut codes = codes.iter().map(QuestionKey::to_string);
            if *is_multiple {
                Value::List(codes.collect())
            } else {
                codes.next().map_or(Value::Empty, Value::Text)
            }
        }
        (AnswerValue::Text(text), _) => Value::Text(text.clone()),
        (AnswerValue::Choices { .. } | AnswerValue::Details(_) | AnswerValue::NotApplicable, _) => {
            Value::Empty
        }
    }
}

/// Whether a code stands for "other, namely".
pub(super) fn is_other(code: &QuestionKey) -> bool {
    code.as_str() == OTHER
}
