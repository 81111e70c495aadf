//! Where in a questionnaire a text stands, as a name that files and forms can carry.

use std::{fmt, str::FromStr};

use crate::shared::QuestionKey;

/// Where a text stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextPlace {
    /// Title of the questionnaire.
    Title,
    /// Above the first question.
    Intro,
    /// Heading of a page, counted from 1.
    PageTitle(usize),
    /// A part of a question.
    Question(QuestionKey, QuestionPart),
    /// After the last answer.
    Thanks,
    /// After the last answer for someone who gave a low score.
    ThanksLow,
    /// After the last answer under a condition, counted from 1.
    Ending(usize),
    /// For who comes when this quota is full.
    Quota(QuestionKey),
}

/// A part of a question that has words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuestionPart {
    /// What is asked.
    Text,
    /// The explanation.
    Help,
    /// What can be seen on the picture.
    Picture,
    /// What the respondent reads when an answer looks wrong.
    Pattern,
    /// Words at the low end of the scale.
    Low,
    /// Words at the high end of the scale.
    High,
    /// The option with this code.
    Option(QuestionKey),
    /// The row with this key.
    Row(QuestionKey),
    /// Words of a point of the scale of a matrix, counted from 1.
    Label(usize),
}

/// Words that name no place of a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown place `{0}`")]
pub struct UnknownPlace(pub String);

impl fmt::Display for TextPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Title => f.write_str("title"),
            Self::Intro => f.write_str("intro"),
            Self::PageTitle(number) => write!(f, "page.{number}"),
            Self::Question(key, part) => write!(f, "question.{key}.{part}"),
            Self::Thanks => f.write_str("thanks"),
            Self::ThanksLow => f.write_str("thanks_low"),
            Self::Ending(number) => write!(f, "ending.{number}"),
            Self::Quota(key) => write!(f, "quota.{key}"),
        }
    }
}

impl fmt::Display for QuestionPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Help => f.write_str("help"),
            Self::Picture => f.write_str("picture"),
            Self::Pattern => f.write_str("pattern"),
            Self::Low => f.write_str("low"),
            Self::High => f.write_str("high"),
            Self::Option(code) => write!(f, "option.{code}"),
            Self::Row(key) => write!(f, "row.{key}"),
            Self::Label(number) => write!(f, "label.{number}"),
        }
    }
}

impl FromStr for TextPlace {
    type Err = UnknownPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownPlace(text.chars().take(100).collect());
        let key = |name: &str| name.parse().map_err(|_| unknown());
        let number = |digits: &str| digits.parse().map_err(|_| unknown());
        let names: Vec<&str> = text.trim().splitn(5, '.').collect();
        Ok(match names.as_slice() {
            ["title"] => Self::Title,
            ["intro"] => Self::Intro,
            ["thanks"] => Self::Thanks,
            ["thanks_low"] => Self::ThanksLow,
            ["page", digits] => Self::PageTitle(number(digits)?),
            ["ending", digits] => Self::Ending(number(digits)?),
            ["quota", name] => Self::Quota(key(name)?),
            ["question", name, rest @ ..] => {
                let part = match rest {
                    ["text"] => QuestionPart::Text,
                    ["help"] => QuestionPart::Help,
                    ["picture"] => QuestionPart::Picture,
                    ["pattern"] => QuestionPart::Pattern,
                    ["low"] => QuestionPart::Low,
                    ["high"] => QuestionPart::High,
                    ["option", code] => QuestionPart::Option(key(code)?),
                    ["row", row] => QuestionPart::Row(key(row)?),
                    ["label", digits] => QuestionPart::Label(number(digits)?),
                    _ => return Err(unknown()),
                };
                Self::Question(key(name)?, part)
            }
            _ => return Err(unknown()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_no_place_is_refused_by_name() {
        for wrong in [
            "",
            "titel",
            "page.",
            "page.x",
            "question.nps",
            "question.nps.row",
            "a.b.c.d.e.f",
        ] {
            let read: Result<TextPlace, _> = wrong.parse();
            assert_eq!(read, Err(UnknownPlace(wrong.to_owned())));
        }
    }
}
