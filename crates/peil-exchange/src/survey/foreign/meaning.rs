//! What names of other programs stand for in the result.

use std::collections::BTreeMap;

use peil_domain::{
    shared::QuestionKey,
    survey::{Expression, Number, Reference, Source},
};

use super::Node;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::survey) enum Meaning {
    /// A choice of one; codes of the file with those of the result.
    Option(QuestionKey, BTreeMap<String, QuestionKey>),
    /// A choice of several.
    Options(QuestionKey, BTreeMap<String, QuestionKey>),
    /// One box of a choice of several.
    Ticked(QuestionKey, QuestionKey),
    /// A score; answers of the file with the scores that they are. Empty when they are the same.
    Score(QuestionKey, BTreeMap<String, i32>),
    /// A number.
    Number(QuestionKey),
    /// Yes or no.
    Truth(QuestionKey),
    /// Words.
    Text(QuestionKey),
    /// A day.
    Date(QuestionKey),
    /// A calculation that gives a number.
    Calculated(QuestionKey),
    /// A calculation that gives words.
    CalculatedText(QuestionKey),
    /// A calculation that is true or not.
    CalculatedTruth(QuestionKey),
    /// Something that is known of the respondent.
    Known(QuestionKey),
    /// Several answers that can be counted and added.
    Several(Vec<Meaning>),
    /// There is such a thing, but not in the result.
    Nothing,
}

impl Meaning {
    /// The name in a formula, of what has one value.
    pub(in crate::survey) fn reference(&self) -> Option<Expression> {
        let (source, key) = match self {
            Self::Option(key, _)
            | Self::Options(key, _)
            | Self::Score(key, _)
            | Self::Number(key)
            | Self::Truth(key)
            | Self::Text(key)
            | Self::Date(key) => (Source::Answer, key),
            Self::Calculated(key) | Self::CalculatedText(key) | Self::CalculatedTruth(key) => {
                (Source::Calculated, key)
            }
            Self::Known(key) => (Source::Contact, key),
            Self::Ticked(..) | Self::Several(_) | Self::Nothing => return None,
        };
        Some(Expression::Reference(Reference {
            source,
            name: key.clone(),
        }))
    }

    /// Whether it can be calculated with.
    pub(super) fn is_number(&self) -> bool {
        match self {
            Self::Score(_, codes) => codes
                .iter()
                .all(|(code, score)| Number::read(code) == Some(Number::from(*score))),
            Self::Number(_) | Self::Calculated(_) | Self::Known(_) => true,
            _ => false,
        }
    }
}

/// The names of a file.
pub(in crate::survey) trait Meanings {
    /// What a name stands for; nothing when there is no such thing.
    fn meaning(&self, name: &str) -> Option<Meaning>;
}

impl<F: Fn(&str) -> Option<Meaning>> Meanings for F {
    fn meaning(&self, name: &str) -> Option<Meaning> {
        self(name)
    }
}

/// What the result of a calculation is, by the look of it.
pub(in crate::survey) fn calculated(
    node: &Node,
    names: &impl Meanings,
    key: QuestionKey,
) -> Meaning {
    match node {
        Node::Text(_) => Meaning::CalculatedText(key),
        Node::Truth(_) | Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Compare(..) => {
            Meaning::CalculatedTruth(key)
        }
        Node::Call(name, parts) => match name.as_str() {
            "if" | "iif" | "coalesce" => {
                let branches = parts.iter().skip(usize::from(name != "coalesce"));
                let mut kinds = branches.map(|part| calculated(part, names, key.clone()));
                if kinds.any(|kind| matches!(kind, Meaning::CalculatedText(_))) {
                    Meaning::CalculatedText(key)
                } else {
                    Meaning::Calculated(key)
                }
            }
            "empty" | "is_empty" | "isempty" | "notempty" | "in_array" | "is_numeric"
            | "selected" | "anyof" | "allof" | "boolean" => Meaning::CalculatedTruth(key),
            _ => Meaning::Calculated(key),
        },
        Node::Name(name) => match names.meaning(name) {
            Some(Meaning::Text(_) | Meaning::CalculatedText(_) | Meaning::Known(_)) => {
                Meaning::CalculatedText(key)
            }
            Some(Meaning::Truth(_) | Meaning::CalculatedTruth(_)) => Meaning::CalculatedTruth(key),
            _ => Meaning::Calculated(key),
        },
        _ => Meaning::Calculated(key),
    }
}
