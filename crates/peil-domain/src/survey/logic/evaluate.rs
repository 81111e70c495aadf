//! Works out what a formula comes to.

use std::cmp::Ordering;

use super::{Arithmetic, Comparison, Expression, Function, Number, Reference, Value};

/// What a formula can ask for.
pub trait Answers {
    /// What was answered, is known or was calculated under this name; empty when nothing is.
    fn value(&self, reference: &Reference) -> Value;
}

impl<F: Fn(&Reference) -> Value> Answers for F {
    fn value(&self, reference: &Reference) -> Value {
        self(reference)
    }
}

impl Expression {
    /// What it comes to.
    #[must_use]
    pub fn value(&self, answers: &impl Answers) -> Value {
        match self {
            Self::Number(number) => Value::Number(*number),
            Self::Text(text) => Value::Text(text.clone()),
            Self::Date(date) => Value::Date(*date),
            Self::Truth(is_so) => Value::Truth(*is_so),
            Self::Empty => Value::Empty,
            Self::Reference(reference) => answers.value(reference),
            Self::And(parts) => Value::Truth(parts.iter().all(|part| part.holds(answers))),
            Self::Or(parts) => Value::Truth(parts.iter().any(|part| part.holds(answers))),
            Self::Not(part) => Value::Truth(!part.holds(answers)),
            Self::Compare(how, parts) => {
                let [left, right] = &**parts;
                let (left, right) = (left.value(answers), right.value(answers));
                Value::Truth(compare(*how, &left, &right))
            }
            Self::In(part, values) => {
                let part = part.value(answers);
                let is_same = |value: &Self| part.is_same(&value.value(answers));
                Value::Truth(values.iter().any(is_same))
            }
            Self::Calculate(how, parts) => {
                let [left, right] = &**parts;
                let left = left.value(answers).number();
                let right = right.value(answers).number();
                let result = left.zip(right).and_then(|pair| calculate(*how, pair));
                result.map_or(Value::Empty, Value::Number)
            }
            Self::Call(Function::If, parts) => match parts.as_slice() {
                [condition, then, otherwise] => {
                    let is_so = condition.holds(answers);
                    if is_so { then } else { otherwise }.value(answers)
                }
                _ => Value::Empty,
            },
            Self::Call(function, parts) => {
                let values: Vec<Value> = parts.iter().map(|part| part.value(answers)).collect();
                call(*function, &values).map_or(Value::Empty, Value::Number)
            }
        }
    }

    /// Whether it holds. What is not yes or no holds when something other than zero is there.
    #[must_use]
    pub fn holds(&self, answers: &impl Answers) -> bool {
        match self.value(answers) {
            Value::Truth(is_so) => is_so,
            Value::Number(number) => number != Number::from(0),
            value => !value.is_empty(),
        }
    }
}

fn compare(how: Comparison, left: &Value, right: &Value) -> bool {
    let is_same = || left.is_same(right);
    let order = || {
        let is_there = !left.is_empty() && !right.is_empty();
        left.order(right).filter(|_| is_there)
    };
    match how {
        Comparison::Equal => is_same(),
        Comparison::NotEqual => !is_same(),
        Comparison::Less => order() == Some(Ordering::Less),
        Comparison::More => order() == Some(Ordering::Greater),
        Comparison::AtMost => order().is_some_and(Ordering::is_le),
        Comparison::AtLeast => order().is_some_and(Ordering::is_ge),
        Comparison::Contains => left.holds(right),
    }
}

fn calculate(how: Arithmetic, (left, right): (Number, Number)) -> Option<Number> {
    let (left, right) = (left.get(), right.get());
    Number::rounded(match how {
        Arithmetic::Plus => left + right,
        Arithmetic::Minus => left - right,
        Arithmetic::Times => left * right,
        Arithmetic::Over => left / right,
    })
}

fn call(function: Function, values: &[Value]) -> Option<Number> {
    let numbers: Vec<Number> = values.iter().filter_map(Value::number).collect();
    let sum = || Number::rounded(numbers.iter().map(|number| number.get()).sum());
    let whole = |count: usize| i32::try_from(count).ok().map(Number::from);
    match function {
        Function::Count => whole(values.iter().map(answered).sum()),
        Function::Sum => sum(),
        Function::Min => numbers.into_iter().min(),
        Function::Max => numbers.into_iter().max(),
        Function::Average => {
            let number = whole(numbers.len())?;
            calculate(Arithmetic::Over, (sum()?, number))
        }
        Function::Length => match values {
            [Value::Text(text)] => whole(text.trim().chars().count()),
            [value] if value.is_empty() => whole(0),
            _ => None,
        },
        // Its parts are not all worked out; see `value`.
        Function::If => None,
    }
}

/// How many answers a value holds.
fn answered(value: &Value) -> usize {
    match value {
        Value::List(items) => items.len(),
        value => usize::from(!value.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Formula;

    fn answers(reference: &Reference) -> Value {
        let list = |items: &[&str]| Value::List(items.iter().map(|item| (*item).into()).collect());
        match reference.to_string().as_str() {
            "nps" | "answer.nps" => Value::Number(6.into()),
            "contact.nps" => Value::Text("9".into()),
            "segment" => Value::Text("Zakelijk".into()),
            "why" => list(&["price", "wait"]),
            "care_speed" => Value::Number(2.into()),
            "happy" => Value::Truth(true),
            "bought" => Value::Date("2026-03-01".parse().unwrap()),
            _ => Value::Empty,
        }
    }

    fn holds(text: &str) -> bool {
        text.parse::<Formula>()
            .unwrap()
            .expression()
            .holds(&answers)
    }

    #[test]
    fn what_is_true_holds() {
        for text in [
            r#"nps <= 6 and segment = "zakelijk""#,
            r#"why contains "wait" and not why contains "staff""#,
            "contact.nps > nps",
            "count(why) = 2 and count(nps, none, happy) = 2",
            "sum(nps, care_speed, none) = 8 and average(nps, care_speed, none) = 4",
            "min(nps, care_speed) = 2 and max(nps, 7) = 7",
            "none is empty and nps is not empty",
            "bought >= 2026-01-31 and bought < \"2026-03-02\"",
            "happy and happy = yes",
            "nps in (1, 6)",
            "length(segment) = 8 and length(none) = 0",
            "(nps + 2) * 2 - 1 = 15",
            "none != 3 and not none = 3",
            r#"if(nps <= 6, "low", none) = "low" and if(none > 1, 3, nps * 2) = 12"#,
            "if(happy, none, 3) is empty",
        ] {
            assert!(holds(text), "{text}");
        }
    }

    #[test]
    fn nothing_follows_from_what_was_not_answered() {
        for text in [
            "none > 0",
            "none <= 0",
            "none + 1 = 1",
            "nps / 0 = 0",
            "none contains \"\"",
            "segment contains none",
            "none",
            "min(none) >= 0",
        ] {
            assert!(!holds(text), "{text}");
        }
    }
}
