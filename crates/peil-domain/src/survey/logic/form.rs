//! Finds what can never be meant: names that do not exist, texts beside numbers, options that are
//! not there.

use serde::Serialize;

use super::{Comparison, Expression, Function, Number, Reference};
use crate::shared::QuestionKey;

/// What kind of thing a name or a part of a formula stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A number between two others, as far as they are known.
    Number(Option<(i32, i32)>),
    /// Any text. Attributes of customers are texts, which may be numbers or days.
    Text,
    /// Yes or no.
    Truth,
    /// A day.
    Date,
    /// One of these codes.
    Option(Vec<QuestionKey>),
    /// Some of these codes.
    Options(Vec<QuestionKey>),
    /// Nothing.
    Empty,
}

/// The names that formulas may use.
pub trait Names {
    /// What the name stands for; nothing when nobody knows it.
    fn form(&self, reference: &Reference) -> Option<Form>;
}

impl<F: Fn(&Reference) -> Option<Form>> Names for F {
    fn form(&self, reference: &Reference) -> Option<Form> {
        self(reference)
    }
}

/// A part of a formula that can never be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mistake {
    /// Nothing has this name.
    UnknownName(Reference),
    /// These two can never be compared or calculated with.
    NoMatch(String),
    /// The question has no such option.
    UnknownOption {
        /// The question.
        name: Reference,
        /// The code that it does not have.
        code: String,
    },
    /// The number is not on the scale of the question.
    OffScale {
        /// The question.
        name: Reference,
        /// Lowest score.
        min: i32,
        /// Highest score.
        max: i32,
    },
    /// The whole is neither yes nor no.
    NoCondition,
    /// The whole is no number or text.
    NoValue,
}

impl Expression {
    /// What is wrong with it as a condition.
    #[must_use]
    pub fn mistakes_in_condition(&self, names: &impl Names) -> Vec<Mistake> {
        let mut found = Vec::new();
        if !matches!(self.check(names, &mut found), None | Some(Form::Truth)) {
            found.push(Mistake::NoCondition);
        }
        found
    }

    /// What is wrong with it as a calculation; otherwise what it makes.
    ///
    /// # Errors
    /// Every mistake.
    pub fn form_of_value(&self, names: &impl Names) -> Result<Form, Vec<Mistake>> {
        let mut found = Vec::new();
        match self.check(names, &mut found) {
            Some(Form::Empty | Form::Options(_)) => found.push(Mistake::NoValue),
            Some(form) if found.is_empty() => return Ok(form),
            _ => {}
        }
        Err(found)
    }

    /// What a name stands for; nothing when it is unknown, or no name.
    #[must_use]
    pub fn form_of_name(&self, names: &impl Names) -> Option<Form> {
        match self {
            Self::Reference(reference) => names.form(reference),
            _ => None,
        }
    }

    /// What it stands for; nothing when a mistake keeps that from being known.
    fn check(&self, names: &impl Names, found: &mut Vec<Mistake>) -> Option<Form> {
        match self {
            Self::Number(_) => Some(Form::Number(None)),
            Self::Text(_) => Some(Form::Text),
            Self::Date(_) => Some(Form::Date),
            Self::Truth(_) => Some(Form::Truth),
            Self::Empty => Some(Form::Empty),
            Self::Reference(reference) => {
                let form = names.form(reference);
                if form.is_none() {
                    found.push(Mistake::UnknownName(reference.clone()));
                }
                form
            }
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.expect_truth(names, found);
                }
                Some(Form::Truth)
            }
            Self::Not(part) => {
                part.expect_truth(names, found);
                Some(Form::Truth)
            }
            Self::Compare(how, parts) => {
                let [left, right] = &**parts;
                self.check_pair(*how, (left, right), names, found);
                Some(Form::Truth)
            }
            Self::In(part, values) => {
                for value in values {
                    self.check_pair(Comparison::Equal, (part, value), names, found);
                }
                Some(Form::Truth)
            }
            Self::Calculate(_, parts) => {
                for part in parts.iter() {
                    part.expect_number(names, found);
                }
                Some(Form::Number(None))
            }
            Self::Call(Function::If, parts) => self.check_if(parts, names, found),
            Self::Call(function, parts) => {
                self.check_call(*function, parts, names, found);
                Some(Form::Number(None))
            }
        }
    }

    fn expect_truth(&self, names: &impl Names, found: &mut Vec<Mistake>) {
        if !matches!(self.check(names, found), None | Some(Form::Truth)) {
            found.push(Mistake::NoMatch(self.to_string()));
        }
    }

    fn expect_number(&self, names: &impl Names, found: &mut Vec<Mistake>) {
        let form = self.check(names, found);
        // A text that is written out is never a number; one that is known of a customer may be.
        let may_be = match form {
            None | Some(Form::Number(_)) => true,
            Some(Form::Text) => matches!(self, Self::Reference(_)),
            _ => false,
        };
        if !may_be {
            found.push(Mistake::NoMatch(self.to_string()));
        }
    }

    /// Both outcomes must be of one kind; one of them may be empty.
    fn check_if(
        &self,
        parts: &[Self],
        names: &impl Names,
        found: &mut Vec<Mistake>,
    ) -> Option<Form> {
        let [condition, then, otherwise] = parts else {
            found.push(Mistake::NoMatch(self.to_string()));
            return None;
        };
        condition.expect_truth(names, found);
        let then = then.check(names, found)?;
        let otherwise = otherwise.check(names, found)?;
        let made = match (then, otherwise) {
            (Form::Empty, form) | (form, Form::Empty) => Some(form),
            (Form::Number(_), Form::Number(_)) => Some(Form::Number(None)),
            (Form::Text | Form::Option(_), Form::Text | Form::Option(_)) => Some(Form::Text),
            (Form::Truth, Form::Truth) => Some(Form::Truth),
            (Form::Date, Form::Date) => Some(Form::Date),
            _ => None,
        };
        if made.is_none() {
            found.push(Mistake::NoMatch(self.to_string()));
        }
        made
    }

    fn check_call(
        &self,
        function: Function,
        parts: &[Self],
        names: &impl Names,
        found: &mut Vec<Mistake>,
    ) {
        for part in parts {
            match function {
                Function::Count => {
                    part.check(names, found);
                }
                Function::Length => {
                    let form = part.check(names, found);
                    if parts.len() > 1 || !matches!(form, None | Some(Form::Text)) {
                        found.push(Mistake::NoMatch(self.to_string()));
                    }
                }
                _ => part.expect_number(names, found),
            }
        }
    }

    fn check_pair(
        &self,
        how: Comparison,
        (left, right): (&Self, &Self),
        names: &impl Names,
        found: &mut Vec<Mistake>,
    ) {
        let forms = (left.check(names, found), right.check(names, found));
        let (Some(ours), Some(theirs)) = forms else {
            return;
        };
        let fits = match how {
            Comparison::Equal | Comparison::NotEqual => can_equal(&ours, &theirs),
            Comparison::Contains => can_hold(&ours, &theirs),
            _ => can_order(&ours, &theirs),
        };
        if !fits {
            found.push(Mistake::NoMatch(self.to_string()));
            return;
        }
        check_literal(left, &ours, right, found);
        check_literal(right, &theirs, left, found);
    }
}

fn can_equal(ours: &Form, theirs: &Form) -> bool {
    use Form::{Date, Empty, Number, Option, Options, Text, Truth};
    matches!(
        (ours, theirs),
        (Empty | Text, _)
            | (_, Empty | Text)
            | (Number(_), Number(_))
            | (Truth, Truth)
            | (Date, Date)
            | (Option(_) | Options(_), Option(_) | Options(_))
    )
}

fn can_order(ours: &Form, theirs: &Form) -> bool {
    use Form::{Date, Number, Text};
    matches!(
        (ours, theirs),
        (Number(_) | Text, Number(_)) | (Number(_) | Date, Text) | (Date | Text, Date)
    )
}

fn can_hold(ours: &Form, theirs: &Form) -> bool {
    use Form::{Option, Options, Text};
    matches!(
        (ours, theirs),
        (Options(_), Text | Option(_) | Options(_)) | (Text, Text | Option(_))
    )
}

/// Whether a value that is written out can be one of the answers to a question.
fn check_literal(name: &Expression, form: &Form, literal: &Expression, found: &mut Vec<Mistake>) {
    let Expression::Reference(reference) = name else {
        return;
    };
    match (form, literal) {
        (Form::Option(codes) | Form::Options(codes), Expression::Text(code)) => {
            let is_code = |known: &QuestionKey| known.as_str().eq_ignore_ascii_case(code.trim());
            if !codes.iter().any(is_code) {
                found.push(Mistake::UnknownOption {
                    name: reference.clone(),
                    code: code.clone(),
                });
            }
        }
        (Form::Number(Some((min, max))), Expression::Number(number))
            if !(Number::from(*min)..=Number::from(*max)).contains(number) =>
        {
            found.push(Mistake::OffScale {
                name: reference.clone(),
                min: *min,
                max: *max,
            });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Formula;

    fn names(reference: &Reference) -> Option<Form> {
        let codes = || vec!["price".parse().unwrap(), "wait".parse().unwrap()];
        match reference.to_string().as_str() {
            "nps" => Some(Form::Number(Some((0, 10)))),
            "amount" => Some(Form::Number(None)),
            "one" => Some(Form::Option(codes())),
            "why" => Some(Form::Options(codes())),
            "happy" => Some(Form::Truth),
            "bought" => Some(Form::Date),
            "words" | "contact.visits" => Some(Form::Text),
            _ => None,
        }
    }

    fn mistakes(text: &str) -> Vec<Mistake> {
        let formula: Formula = text.parse().unwrap();
        formula.expression().mistakes_in_condition(&names)
    }

    #[test]
    fn sound_conditions_have_no_mistakes() {
        for text in [
            "nps <= 6 and one = \"price\" or why contains \"wait\"",
            "contact.visits > 3 and contact.visits + 1 >= amount",
            "happy and not happy = no and bought > 2026-01-01",
            "count(why) >= 2 and length(words) > 10",
            "nps is empty or one in (\"price\", \"wait\")",
            "if(happy, nps, amount + 1) > 3 and if(nps > 6, words, \"x\") = \"x\"",
        ] {
            assert_eq!(mistakes(text), vec![], "{text}");
        }
    }

    #[test]
    fn what_can_never_be_meant_is_found() {
        for (text, number) in [
            ("nobody = 1", 1),
            ("nps", 1),
            ("nps = 11", 1),
            ("one = \"staff\"", 1),
            ("why contains \"staff\"", 1),
            ("happy > 3", 1),
            ("one < \"price\"", 1),
            ("sum(one, words) > 1", 1),
            ("nps and happy", 1),
            ("bought = 3", 1),
            ("\"x\" + 1 = 2", 1),
            ("nps contains 3", 1),
            ("if(nps, 1, 2) = 1", 1),
            ("if(happy, 1, \"x\") = 1", 1),
            ("if(happy, 1) = 1", 1),
        ] {
            assert_eq!(mistakes(text).len(), number, "{text}: {:?}", mistakes(text));
        }
    }
}
