//! A condition as rows that people fill in one by one, and back again without loss.
//!
//! Rows show two levels: groups joined by *all* or *any*, and inside a group the other of the two.
//! What needs more than that, such as a calculation inside a comparison, stays a text.

use std::fmt;

use super::{Comparison, Expression, Formula, Function, Reference};

/// Whether all parts must hold or one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Joined {
    /// All of them.
    #[default]
    All,
    /// At least one of them.
    Any,
}

/// A condition as groups of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// How the groups are joined; inside a group it is the other way.
    pub joined: Joined,
    /// The groups. Most hold one row.
    pub groups: Vec<Vec<Test>>,
}

/// One row: something that is known, and what it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// What is looked at.
    pub subject: Subject,
    /// What it must be.
    pub check: Check,
}

/// What a row looks at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An answer, a calculated value or an attribute.
    Value(Reference),
    /// How many options were chosen.
    Count(Reference),
}

/// What a row asks of its subject. Values are numbers, texts, days, yes and no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// Compared with one value.
    Compare(Comparison, Expression),
    /// The option was not chosen, or the words are not in the text.
    Lacks(Expression),
    /// One of two or more values.
    Among(Vec<Expression>),
    /// None of two or more values.
    NotAmong(Vec<Expression>),
    /// Anything was answered.
    Answered,
    /// Nothing was answered.
    Unanswered,
    /// Yes, written as a bare name.
    Holds,
    /// Not yes, written as a bare name behind `not`.
    Fails,
}

impl Joined {
    /// The other way.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::All => Self::Any,
            Self::Any => Self::All,
        }
    }

    fn join(self, mut parts: Vec<Expression>) -> Option<Expression> {
        if parts.len() < 2 {
            return parts.pop();
        }
        Some(match self {
            Self::All => Expression::And(parts),
            Self::Any => Expression::Or(parts),
        })
    }
}

impl Subject {
    /// The name that is looked at.
    #[must_use]
    pub const fn reference(&self) -> &Reference {
        match self {
            Self::Value(reference) | Self::Count(reference) => reference,
        }
    }

    /// Reads what [`Subject`] is written as: `nps`, `contact.segment` or `count(used)`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::of(text.parse::<Formula>().ok()?.expression())
    }

    fn of(part: &Expression) -> Option<Self> {
        match part {
            Expression::Reference(reference) => Some(Self::Value(reference.clone())),
            Expression::Call(Function::Count, parts) => match parts.as_slice() {
                [Expression::Reference(reference)] => Some(Self::Count(reference.clone())),
                _ => None,
            },
            _ => None,
        }
    }

    fn expression(&self) -> Expression {
        match self {
            Self::Value(reference) => Expression::Reference(reference.clone()),
            Self::Count(reference) => Expression::Call(
                Function::Count,
                vec![Expression::Reference(reference.clone())],
            ),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expression().fmt(f)
    }
}

impl Rows {
    /// The rows of a condition; nothing when rows cannot show it, so that it stays a text.
    #[must_use]
    pub fn of(condition: &Expression) -> Option<Self> {
        let rows = match condition {
            Expression::And(parts) => Self::joined(Joined::All, parts),
            Expression::Or(parts) => Self::joined(Joined::Any, parts),
            single => Some(Self {
                joined: Joined::All,
                groups: vec![vec![Test::of(single)?]],
            }),
        }?;
        // What cannot be written back exactly as it was is not shown as rows.
        (rows.expression().as_ref() == Some(condition)).then_some(rows)
    }

    fn joined(joined: Joined, parts: &[Expression]) -> Option<Self> {
        let group = |part: &Expression| match (joined, part) {
            (Joined::All, Expression::Or(tests)) | (Joined::Any, Expression::And(tests)) => {
                tests.iter().map(Test::of).collect()
            }
            (_, single) => Some(vec![Test::of(single)?]),
        };
        let groups: Option<Vec<Vec<Test>>> = parts.iter().map(group).collect();
        Some(Self {
            joined,
            groups: groups?,
        })
    }

    /// The condition that the rows say; nothing when there are none.
    #[must_use]
    pub fn expression(&self) -> Option<Expression> {
        let inside = self.joined.other();
        let groups = self.groups.iter().filter_map(|tests| {
            let tests = tests.iter().map(Test::expression).collect();
            inside.join(tests)
        });
        self.joined.join(groups.collect())
    }
}

impl Test {
    fn of(part: &Expression) -> Option<Self> {
        let made = |subject: &Expression, check| {
            Some(Self {
                subject: Subject::of(subject)?,
                check,
            })
        };
        match part {
            Expression::Reference(_) => made(part, Check::Holds),
            Expression::Compare(how, parts) => {
                let [subject, value] = &**parts;
                let check = match (how, value) {
                    (Comparison::Equal, Expression::Empty) => Check::Unanswered,
                    (Comparison::NotEqual, Expression::Empty) => Check::Answered,
                    (how, value) => Check::Compare(*how, literal(value)?),
                };
                made(subject, check)
            }
            Expression::In(subject, values) => made(subject, Check::Among(literals(values)?)),
            Expression::Not(part) => match &**part {
                Expression::Reference(_) => made(part, Check::Fails),
                Expression::In(subject, values) => {
                    made(subject, Check::NotAmong(literals(values)?))
                }
                Expression::Compare(Comparison::Contains, parts) => {
                    let [subject, value] = &**parts;
                    made(subject, Check::Lacks(literal(value)?))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn expression(&self) -> Expression {
        let subject = self.subject.expression();
        let compare = |how, value: &Expression| {
            Expression::Compare(how, Box::new([subject.clone(), value.clone()]))
        };
        let among =
            |values: &[Expression]| Expression::In(Box::new(subject.clone()), values.to_vec());
        match &self.check {
            Check::Compare(how, value) => compare(*how, value),
            Check::Lacks(value) => Expression::Not(Box::new(compare(Comparison::Contains, value))),
            Check::Among(values) => among(values),
            Check::NotAmong(values) => Expression::Not(Box::new(among(values))),
            Check::Answered => compare(Comparison::NotEqual, &Expression::Empty),
            Check::Unanswered => compare(Comparison::Equal, &Expression::Empty),
            Check::Holds => subject,
            Check::Fails => Expression::Not(Box::new(subject)),
        }
    }
}

/// A value that is written out.
fn literal(part: &Expression) -> Option<Expression> {
    let is_written = matches!(
        part,
        Expression::Number(_) | Expression::Text(_) | Expression::Date(_) | Expression::Truth(_)
    );
    is_written.then(|| part.clone())
}

/// Two or more values that are written out.
fn literals(parts: &[Expression]) -> Option<Vec<Expression>> {
    if parts.len() < 2 {
        return None;
    }
    parts.iter().map(literal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(text: &str) -> Expression {
        text.parse::<Formula>().unwrap().expression().clone()
    }

    #[test]
    fn what_rows_can_show_comes_back_exactly_as_it_was() {
        for text in [
            "nps <= 6",
            r#"nps <= 6 and contact.segment = "zakelijk""#,
            r#"nps <= 6 and (land = "nl" or land = "be") and reden is not empty"#,
            r#"a = 1 or b = 2 and c in ("x", "y") or not d contains "e""#,
            "count(gebruikt) >= 3 and not vip and answer.klaar = yes",
            r#"dag >= 2026-01-31 and not a in ("x", 2)"#,
            "vip",
            "value.total != 10.5 or reden is empty",
        ] {
            let before = expression(text);
            let rows = Rows::of(&before).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(rows.expression(), Some(before), "{text}");
        }
    }

    #[test]
    fn what_rows_cannot_show_stays_a_text() {
        for text in [
            "a + b > 3",
            "a = b",
            "6 >= nps",
            "not (a = 1 or b = 2)",
            "a = 1 and (b = 2 or c = 3 and d = 4)",
            "average(a, b) < 3",
            "count(a, b) > 1",
            r#"a in ("x")"#,
            "if(a = 1, b, c) = 2",
            "a = 1 and (b = 2 and c = 3)",
        ] {
            assert_eq!(Rows::of(&expression(text)), None, "{text}");
        }
    }

    #[test]
    fn no_rows_are_no_condition_and_an_empty_group_is_passed_by() {
        let mut rows = Rows::default();
        assert_eq!(rows.expression(), None);
        rows.groups = vec![
            vec![],
            Rows::of(&expression("a = 1")).unwrap().groups[0].clone(),
        ];
        assert_eq!(rows.expression(), Some(expression("a = 1")));
    }

    #[test]
    fn groups_are_joined_the_other_way_inside() {
        let rows = Rows::of(&expression("a = 1 or b = 2 and c = 3")).unwrap();
        let sizes: Vec<usize> = rows.groups.iter().map(Vec::len).collect();
        assert_eq!((rows.joined, sizes), (Joined::Any, vec![1, 2]));
    }
}
