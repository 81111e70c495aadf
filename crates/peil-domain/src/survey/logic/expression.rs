//! The tree of a formula, and how it is written.

use std::fmt::{self, Write as _};

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::Number;
use crate::shared::QuestionKey;

/// A part of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A number.
    Number(Number),
    /// A text between quotation marks.
    Text(String),
    /// A day.
    Date(Date),
    /// `yes` or `no`.
    Truth(bool),
    /// `empty`.
    Empty,
    /// What was answered, is known, or was calculated.
    Reference(Reference),
    /// All must hold.
    And(Vec<Self>),
    /// One must hold.
    Or(Vec<Self>),
    /// It must not hold.
    Not(Box<Self>),
    /// Two parts beside each other.
    Compare(Comparison, Box<[Self; 2]>),
    /// One of several values.
    In(Box<Self>, Vec<Self>),
    /// A calculation with two numbers.
    Calculate(Arithmetic, Box<[Self; 2]>),
    /// A function of some parts.
    Call(Function, Vec<Self>),
}

/// A name in a formula.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// Where to look for it.
    pub source: Source,
    /// The name.
    pub name: QuestionKey,
}

/// Where a name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Wherever it is found first: among the questions, the calculated values, the attributes.
    Anywhere,
    /// A question: `answer.nps`.
    Answer,
    /// A calculated value: `value.total`.
    Calculated,
    /// An attribute of the customer: `contact.segment`.
    Contact,
}

impl Source {
    /// What stands before the name, with the Dutch word that is read as well.
    pub(super) const PREFIXES: [(&'static str, Self); 6] = [
        ("answer", Self::Answer),
        ("value", Self::Calculated),
        ("contact", Self::Contact),
        ("antwoord", Self::Answer),
        ("waarde", Self::Calculated),
        ("klant", Self::Contact),
    ];

    fn prefix(self) -> Option<&'static str> {
        Self::PREFIXES
            .into_iter()
            .find_map(|(word, source)| (source == self).then_some(word))
    }
}

/// How two parts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equal,
    /// Not the same.
    NotEqual,
    /// Less, or earlier.
    Less,
    /// Less or the same.
    AtMost,
    /// More, or later.
    More,
    /// More or the same.
    AtLeast,
    /// Among the chosen options, or part of the text.
    Contains,
}

impl Comparison {
    pub(super) const ALL: [Self; 7] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::AtMost,
        Self::More,
        Self::AtLeast,
        Self::Contains,
    ];

    /// How it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Contains => "contains",
        }
    }
}

/// How two numbers make another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// Added.
    Plus,
    /// Taken away.
    Minus,
    /// Multiplied.
    Times,
    /// Divided; by zero gives empty.
    Over,
}

impl Arithmetic {
    pub(super) const ALL: [Self; 4] = [Self::Plus, Self::Minus, Self::Times, Self::Over];

    /// How it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
        }
    }

    /// Whether it binds more tightly than adding.
    pub(super) const fn is_tight(self) -> bool {
        matches!(self, Self::Times | Self::Over)
    }
}

/// What can be made of several parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// How many are answered; of a question with several options, how many were chosen.
    Count,
    /// The numbers added.
    Sum,
    /// The least number.
    Min,
    /// The greatest number.
    Max,
    /// The arithmetic mean.
    Average,
    /// The number of characters of a text.
    Length,
    /// The second part when the first holds, else the third.
    If,
}

impl Function {
    pub(super) const ALL: [Self; 7] = [
        Self::Count,
        Self::Sum,
        Self::Min,
        Self::Max,
        Self::Average,
        Self::Length,
        Self::If,
    ];

    /// How it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Min => "min",
            Self::Max => "max",
            Self::Average => "average",
            Self::Length => "length",
            Self::If => "if",
        }
    }
}

impl Expression {
    /// Every name in it, in the order of reading.
    #[must_use]
    pub fn references(&self) -> Vec<&Reference> {
        let mut found = Vec::new();
        self.walk(&mut |part| {
            if let Self::Reference(reference) = part {
                found.push(reference);
            }
        });
        found
    }

    /// Visits it and all its parts, the whole before its parts.
    pub(super) fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        for part in self.parts() {
            part.walk(visit);
        }
    }

    fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Number(_)
            | Self::Text(_)
            | Self::Date(_)
            | Self::Truth(_)
            | Self::Empty
            | Self::Reference(_) => Vec::new(),
            Self::And(parts) | Self::Or(parts) | Self::Call(_, parts) => parts.iter().collect(),
            Self::Not(part) => vec![part],
            Self::Compare(_, parts) | Self::Calculate(_, parts) => parts.iter().collect(),
            Self::In(part, values) => std::iter::once(&**part).chain(values).collect(),
        }
    }

    /// How tightly it holds together: a part that holds less tightly than where it stands asks for
    /// needs brackets.
    const fn tightness(&self) -> u8 {
        match self {
            Self::Or(_) => 0,
            Self::And(_) => 1,
            Self::Not(_) => 2,
            Self::Compare(..) | Self::In(..) => 3,
            Self::Calculate(how, _) if !how.is_tight() => 4,
            Self::Calculate(..) => 5,
            _ => 6,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, least: u8) -> fmt::Result {
        if self.tightness() < least {
            f.write_char('(')?;
            self.write(f, 0)?;
            return f.write_char(')');
        }
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write_text(f, text),
            Self::Date(date) => write!(f, "{date}"),
            Self::Truth(is_so) => f.write_str(if *is_so { "yes" } else { "no" }),
            Self::Empty => f.write_str("empty"),
            Self::Reference(reference) => write!(f, "{reference}"),
            Self::And(parts) => write_joined(f, parts, " and ", 2),
            Self::Or(parts) => write_joined(f, parts, " or ", 1),
            Self::Not(part) => {
                f.write_str("not ")?;
                part.write(f, 2)
            }
            Self::Compare(how, parts) => match (how, &**parts) {
                (Comparison::Equal, [part, Self::Empty]) => {
                    part.write(f, 4)?;
                    f.write_str(" is empty")
                }
                (Comparison::NotEqual, [part, Self::Empty]) => {
                    part.write(f, 4)?;
                    f.write_str(" is not empty")
                }
                _ => write_pair(f, parts, how.symbol(), (4, 4)),
            },
            Self::In(part, values) => {
                part.write(f, 4)?;
                f.write_str(" in (")?;
                write_joined(f, values, ", ", 4)?;
                f.write_char(')')
            }
            Self::Calculate(how, parts) if how.is_tight() => {
                write_pair(f, parts, how.symbol(), (5, 6))
            }
            Self::Calculate(how, parts) => write_pair(f, parts, how.symbol(), (4, 5)),
            Self::Call(function, parts) => {
                write!(f, "{}(", function.name())?;
                let least = if *function == Function::If { 0 } else { 4 };
                write_joined(f, parts, ", ", least)?;
                f.write_char(')')
            }
        }
    }
}

fn write_joined(
    f: &mut fmt::Formatter<'_>,
    parts: &[Expression],
    between: &str,
    least: u8,
) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        part.write(f, least)?;
    }
    Ok(())
}

fn write_pair(
    f: &mut fmt::Formatter<'_>,
    parts: &[Expression; 2],
    between: &str,
    least: (u8, u8),
) -> fmt::Result {
    let [left, right] = parts;
    left.write(f, least.0)?;
    write!(f, " {between} ")?;
    right.write(f, least.1)
}

fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(prefix) = self.source.prefix() {
            write!(f, "{prefix}.")?;
        }
        write!(f, "{}", self.name)
    }
}
