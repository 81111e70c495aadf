//! One row of a condition: what it is about, how it is compared, and the value.

use jiff::civil::Date;
use peil_domain::survey::{Check, Comparison, Expression, Formula, Number, Subject, Test};

use super::subjects::{Known, Subjects, Values};
use crate::edge::fields::Fields;

/// A row as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    /// What it is about, as text.
    pub(super) subject: String,
    /// The group that it stands in.
    pub(super) group: usize,
    how: String,
    values: Vec<String>,
    /// The values as they are stored, so that what nobody changed stays as it is.
    literals: Vec<String>,
}

/// A row as it is shown.
pub(super) struct Row {
    /// Its number among all rows.
    pub(super) index: usize,
    /// Id of the field with its value.
    pub(super) field: String,
    /// What it is about, as text.
    pub(super) subject: String,
    /// What it is about, for people.
    pub(super) name: String,
    /// How it can be compared.
    pub(super) operators: Vec<Choice>,
    /// How its value is given.
    pub(super) input: Input,
    /// The values as they are stored.
    pub(super) literals: Vec<String>,
}

/// Something that can be chosen.
pub(super) struct Choice {
    /// Name in the form.
    pub(super) code: String,
    /// Words: a message key for comparisons, else what is read.
    pub(super) label: String,
    /// Whether it is chosen.
    pub(super) is_on: bool,
}

/// How a value is given.
pub(super) enum Input {
    /// The comparison says it all.
    Nothing,
    /// One of a list.
    Select(Vec<Choice>),
    /// Some of a list.
    Boxes(Vec<Choice>),
    /// Typed: kind of field and what stands in it.
    Typed {
        /// Kind of the field.
        kind: &'static str,
        /// What stands in it.
        value: String,
    },
}

const KNOWN: &str = "known";
const UNKNOWN: &str = "unknown";

impl Typed {
    /// A new row about `subject`.
    pub(super) fn new(subject: &str, group: usize) -> Self {
        Self {
            subject: subject.to_owned(),
            group,
            how: String::new(),
            values: Vec::new(),
            literals: Vec::new(),
        }
    }

    /// The row with this number, when it was sent.
    pub(super) fn read(fields: &Fields, index: usize) -> Option<Self> {
        let name = |what: &str| format!("{what}-{index}");
        let all = |what: &str| {
            let name = name(what);
            fields.all(&name).map(visible).collect()
        };
        Some(Self {
            subject: fields.some(&name("subject"))?.to_owned(),
            group: fields.get(&name("group")).parse().unwrap_or(index),
            how: fields.get(&name("how")).to_owned(),
            values: all("value"),
            literals: all("literal"),
        })
    }

    /// The row of a test.
    pub(super) fn of(subjects: &Subjects, test: &Test, group: usize) -> Self {
        let is_pick = matches!(subjects.find(&test.subject).values, Values::Pick(_));
        let one = |value: &Expression| vec![value.clone()];
        let (how, values) = match &test.check {
            Check::Compare(Comparison::Equal, value) if is_pick => ("among", one(value)),
            Check::Compare(Comparison::NotEqual, value) if is_pick => ("not-among", one(value)),
            Check::Compare(Comparison::Equal, Expression::Truth(true)) => ("yes", vec![]),
            Check::Compare(Comparison::Equal, Expression::Truth(false)) => ("no", vec![]),
            Check::Compare(how, value) => (how_of(*how), one(value)),
            Check::Lacks(value) => ("lacks", one(value)),
            Check::Among(values) => ("among", values.clone()),
            Check::NotAmong(values) => ("not-among", values.clone()),
            Check::Answered => (KNOWN, vec![]),
            Check::Unanswered => (UNKNOWN, vec![]),
            Check::Holds => ("holds", vec![]),
            Check::Fails => ("fails", vec![]),
        };
        Self {
            subject: test.subject.to_string(),
            group,
            how: how.to_owned(),
            values: values.iter().map(shown).collect(),
            literals: values.iter().map(ToString::to_string).collect(),
        }
    }

    /// What the row asks; else the message key of what is wrong with it.
    pub(super) fn test(&self, subjects: &Subjects) -> Result<Test, &'static str> {
        let subject = Subject::read(&self.subject).ok_or("logic-problem-subject")?;
        let known = subjects.find(&subject);
        let check = self.check(&known)?;
        Ok(Test { subject, check })
    }

    fn check(&self, known: &Known) -> Result<Check, &'static str> {
        let how = self.how_of(known);
        Ok(match how.as_str() {
            KNOWN => Check::Answered,
            UNKNOWN => Check::Unanswered,
            "holds" => Check::Holds,
            "fails" => Check::Fails,
            "yes" => Check::Compare(Comparison::Equal, Expression::Truth(true)),
            "no" => Check::Compare(Comparison::Equal, Expression::Truth(false)),
            "lacks" => Check::Lacks(self.one(known, Comparison::Contains)?),
            // Only boxes can show several values.
            "among" | "not-among" if !matches!(known.values, Values::Pick(_)) => {
                return Err("logic-problem-how");
            }
            "among" | "not-among" => {
                let is_among = how == "among";
                let mut values = self
                    .values
                    .iter()
                    .filter(|value| !value.is_empty())
                    .map(|value| self.value(known, Comparison::Equal, value))
                    .collect::<Result<Vec<_>, _>>()?;
                match (values.len(), is_among) {
                    (0, _) => return Err("logic-problem-value"),
                    (1, true) => Check::Compare(Comparison::Equal, values.remove(0)),
                    (1, false) => Check::Compare(Comparison::NotEqual, values.remove(0)),
                    (_, true) => Check::Among(values),
                    (_, false) => Check::NotAmong(values),
                }
            }
            other => {
                let how = comparison(other).ok_or("logic-problem-how")?;
                Check::Compare(how, self.one(known, how)?)
            }
        })
    }

    fn one(&self, known: &Known, how: Comparison) -> Result<Expression, &'static str> {
        let value = self.values.first().map(String::as_str).unwrap_or_default();
        self.value(known, how, value)
    }

    /// Reads one value. What nobody changed stays as it is stored.
    fn value(
        &self,
        known: &Known,
        how: Comparison,
        typed: &str,
    ) -> Result<Expression, &'static str> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err("logic-problem-value");
        }
        let stored = self.literals.iter().find_map(|literal| {
            let stored = literal.parse::<Formula>().ok()?.expression().clone();
            (shown(&stored) == typed).then_some(stored)
        });
        if let Some(stored) = stored.filter(is_value) {
            return Ok(stored);
        }
        let number = || Number::read(&typed.replace(',', ".")).map(Expression::Number);
        let day = || typed.parse::<Date>().ok().map(Expression::Date);
        let text = || Expression::Text(typed.to_owned());
        match &known.values {
            Values::Scores(_) | Values::Number => number().ok_or("logic-problem-number"),
            Values::Day => day().ok_or("logic-problem-day"),
            Values::Pick(_) | Values::PickMany(_) | Values::Truth => Ok(text()),
            Values::Words if is_order(how) => Ok(number().or_else(day).unwrap_or_else(text)),
            Values::Words => Ok(text()),
        }
    }

    /// How it is compared: as chosen, or by the first of what is possible.
    fn how_of(&self, known: &Known) -> String {
        if self.how.is_empty() {
            operators(known)
                .first()
                .map_or(KNOWN, |how| *how)
                .to_owned()
        } else {
            self.how.clone()
        }
    }
}

/// The row as it is shown.
pub(super) fn row_of(subjects: &Subjects, typed: &Typed, index: usize) -> Row {
    let t = subjects.text();
    let known = Subject::read(&typed.subject).map(|subject| subjects.find(&subject));
    let (name, values) = known.as_ref().map_or_else(
        || (typed.subject.clone(), Values::Words),
        |known| (known.name.clone(), known.values.clone()),
    );
    let mut codes: Vec<&str> = known.as_ref().map(operators).unwrap_or_default();
    // What was chosen is always there, also when the page would not offer it.
    if is_how(&typed.how) && !codes.contains(&typed.how.as_str()) {
        codes.push(&typed.how);
    }
    let chosen = known
        .as_ref()
        .map_or_else(|| typed.how.clone(), |known| typed.how_of(known));
    let is_day = values == Values::Day;
    let operators = codes.iter().map(|code| Choice {
        code: (*code).to_owned(),
        label: t.s(&how_key(code, is_day)),
        is_on: *code == chosen,
    });
    Row {
        index,
        field: format!("value-{index}"),
        subject: typed.subject.clone(),
        name,
        operators: operators.collect(),
        input: input(typed, &values),
        literals: typed.literals.clone(),
    }
}

fn input(typed: &Typed, values: &Values) -> Input {
    let choices = |codes: &[(String, String)]| {
        let is_on = |code: &str| typed.values.iter().any(|value| value == code);
        let known = codes.iter().map(|(code, label)| Choice {
            code: code.clone(),
            label: label.clone(),
            is_on: is_on(code),
        });
        let is_known = |value: &String| codes.iter().any(|(code, _)| code == value);
        let others = typed.values.iter().filter(|value| !is_known(value));
        let others = others
            .filter(|value| !value.is_empty())
            .map(|value| Choice {
                code: value.clone(),
                label: value.clone(),
                is_on: true,
            });
        known.chain(others).collect()
    };
    let first = || typed.values.first().cloned().unwrap_or_default();
    match values {
        Values::Scores(codes) | Values::PickMany(codes) => Input::Select(choices(codes)),
        Values::Pick(codes) => Input::Boxes(choices(codes)),
        Values::Truth => Input::Nothing,
        Values::Day => Input::Typed {
            kind: "date",
            value: first(),
        },
        Values::Number | Values::Words => Input::Typed {
            kind: "text",
            value: first(),
        },
    }
}

/// How something can be compared, the most usual first.
fn operators(known: &Known) -> Vec<&'static str> {
    let mut codes = match known.values {
        Values::Scores(_) | Values::Number => {
            vec!["at-most", "at-least", "is", "is-not", "less", "more"]
        }
        Values::Day => vec!["at-least", "at-most", "is", "is-not", "less", "more"],
        Values::Pick(_) => vec!["among", "not-among"],
        Values::PickMany(_) => vec!["contains", "lacks", "is"],
        Values::Truth => vec!["yes", "no"],
        Values::Words => vec!["is", "is-not", "contains", "lacks"],
    };
    if matches!(known.subject, Subject::Value(_)) {
        codes.extend([KNOWN, UNKNOWN]);
    }
    codes
}

fn is_how(code: &str) -> bool {
    let others = [
        KNOWN,
        UNKNOWN,
        "holds",
        "fails",
        "yes",
        "no",
        "lacks",
        "among",
        "not-among",
    ];
    others.contains(&code) || comparison(code).is_some()
}

/// Message key of a comparison.
fn how_key(code: &str, is_day: bool) -> String {
    match code {
        "at-most" | "at-least" | "less" | "more" if is_day => format!("logic-how-day-{code}"),
        "among" => "logic-how-is".to_owned(),
        "not-among" => "logic-how-is-not".to_owned(),
        "holds" => "logic-how-yes".to_owned(),
        code => format!("logic-how-{code}"),
    }
}

const fn how_of(how: Comparison) -> &'static str {
    match how {
        Comparison::Equal => "is",
        Comparison::NotEqual => "is-not",
        Comparison::Less => "less",
        Comparison::AtMost => "at-most",
        Comparison::More => "more",
        Comparison::AtLeast => "at-least",
        Comparison::Contains => "contains",
    }
}

fn comparison(code: &str) -> Option<Comparison> {
    Some(match code {
        "is" => Comparison::Equal,
        "is-not" => Comparison::NotEqual,
        "less" => Comparison::Less,
        "at-most" => Comparison::AtMost,
        "more" => Comparison::More,
        "at-least" => Comparison::AtLeast,
        "contains" => Comparison::Contains,
        _ => return None,
    })
}

const fn is_order(how: Comparison) -> bool {
    matches!(
        how,
        Comparison::Less | Comparison::AtMost | Comparison::More | Comparison::AtLeast
    )
}

/// A value as it stands in a field.
fn shown(value: &Expression) -> String {
    match value {
        Expression::Text(text) => text.clone(),
        other => other.to_string(),
    }
}

fn is_value(part: &Expression) -> bool {
    matches!(
        part,
        Expression::Number(_) | Expression::Text(_) | Expression::Date(_) | Expression::Truth(_)
    )
}

/// What was sent, without characters that nobody can see.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
