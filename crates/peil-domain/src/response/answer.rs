//! Reads the fields of a form or API call as answers to one version of a questionnaire.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    shared::QuestionKey,
    survey::{Choice, Question, QuestionKind},
};

/// Field values by name, as a form or API call sends them.
pub type RawAnswers = BTreeMap<String, Vec<String>>;

/// One answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question.
    pub key: QuestionKey,
    /// What was answered.
    pub value: AnswerValue,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// A score on the scale of the question.
    Score(i32),
    /// Codes of the chosen options, in the order of the question, and the words of "other".
    Choices {
        /// Codes of the chosen options; `other` when "other" was chosen.
        codes: Vec<QuestionKey>,
        /// The words behind "other, namely".
        other: Option<String>,
    },
    /// The respondent's own words.
    Text(String),
}

/// Why an answer is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "problem")]
#[non_exhaustive]
pub enum AnswerProblem {
    /// The question must be answered.
    #[error("answer missing")]
    Missing,
    /// The score is not on the scale.
    #[error("score not on the scale {min} to {max}")]
    NotOnScale {
        /// Lowest score.
        min: i32,
        /// Highest score.
        max: i32,
    },
    /// The option does not exist.
    #[error("unknown option")]
    UnknownOption,
    /// Several answers where one is asked.
    #[error("more than one answer")]
    TooMany,
    /// The text is too long.
    #[error("text longer than {most} characters")]
    TooLong {
        /// Greatest number of characters.
        most: usize,
    },
    /// The field belongs to no question of this version.
    #[error("unknown question")]
    UnknownQuestion,
}

/// Code under which "other, namely" is stored.
pub const OTHER: &str = "other";
/// Longest open answer in characters.
pub const LONGEST_TEXT: usize = 10_000;
/// Longest short text in characters.
pub const LONGEST_LINE: usize = 500;

/// Reads `raw` as answers to `questions`, those of a page or of a whole questionnaire; blank fields
/// are not answered. Every wrong field is reported, in the order of the questions.
///
/// # Errors
/// The questions whose answers are refused, each with the reason.
pub fn read_answers<'a>(
    questions: impl IntoIterator<Item = &'a Question>,
    raw: &RawAnswers,
) -> Result<Vec<Answer>, Vec<(QuestionKey, AnswerProblem)>> {
    let mut answers = Vec::new();
    let mut refused = Vec::new();
    for question in questions
        .into_iter()
        .filter(|question| question.kind.asks())
    {
        match read_one(question, raw) {
            Ok(Some(value)) => answers.push(Answer {
                key: question.key.clone(),
                value,
            }),
            Ok(None) if question.is_required => {
                refused.push((question.key.clone(), AnswerProblem::Missing));
            }
            Ok(None) => {}
            Err(problem) => refused.push((question.key.clone(), problem)),
        }
    }
    if refused.is_empty() {
        Ok(answers)
    } else {
        Err(refused)
    }
}

fn read_one(question: &Question, raw: &RawAnswers) -> Result<Option<AnswerValue>, AnswerProblem> {
    let given: Vec<&str> = raw
        .get(question.key.as_str())
        .into_iter()
        .flatten()
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
        .collect();
    match &question.kind {
        QuestionKind::Choice {
            options,
            is_multiple,
            has_other,
        } => {
            let other_field = format!("{}__other", question.key);
            let other = raw.get(&other_field).and_then(|values| values.first());
            let other = other
                .map(|text| text.trim())
                .filter(|text| !text.is_empty());
            read_choices(
                &given,
                options,
                *is_multiple,
                Other {
                    is_offered: *has_other,
                    words: other,
                },
            )
        }
        QuestionKind::Text { is_long } => {
            let most = if *is_long { LONGEST_TEXT } else { LONGEST_LINE };
            one(&given)?.map(|text| read_text(text, most)).transpose()
        }
        kind => {
            let (Some(scale), Some(text)) = (kind.scale(), one(&given)?) else {
                return Ok(None);
            };
            let refuse = AnswerProblem::NotOnScale {
                min: scale.min,
                max: scale.max,
            };
            match text.parse() {
                Ok(score) if scale.holds(score) => Ok(Some(AnswerValue::Score(score))),
                _ => Err(refuse),
            }
        }
    }
}

fn one<'a>(given: &[&'a str]) -> Result<Option<&'a str>, AnswerProblem> {
    match given {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        _ => Err(AnswerProblem::TooMany),
    }
}

fn read_text(text: &str, most: usize) -> Result<AnswerValue, AnswerProblem> {
    if text.chars().count() > most {
        return Err(AnswerProblem::TooLong { most });
    }
    let is_kept = |c: &char| !c.is_control() || *c == '\n';
    let clean = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(is_kept)
        .collect();
    Ok(AnswerValue::Text(clean))
}

/// The field behind "other, namely".
#[derive(Clone, Copy)]
struct Other<'a> {
    is_offered: bool,
    words: Option<&'a str>,
}

fn read_choices(
    given: &[&str],
    options: &[Choice],
    is_multiple: bool,
    other: Other<'_>,
) -> Result<Option<AnswerValue>, AnswerProblem> {
    let is_known = |code: &str| {
        options.iter().any(|option| option.code.as_str() == code)
            || (other.is_offered && code == OTHER)
    };
    if !given.iter().all(|code| is_known(code)) {
        return Err(AnswerProblem::UnknownOption);
    }
    let words = other.words.filter(|_| other.is_offered);
    if words.is_some_and(|text| text.chars().count() > LONGEST_LINE) {
        return Err(AnswerProblem::TooLong { most: LONGEST_LINE });
    }
    // Words behind "other" choose it: without script nothing ticks the box for the respondent. In
    // a single choice they are dropped when another option was chosen on purpose.
    let chooses_other =
        given.contains(&OTHER) || (words.is_some() && (is_multiple || given.is_empty()));
    let mut codes: Vec<QuestionKey> = options
        .iter()
        .filter(|option| given.contains(&option.code.as_str()))
        .map(|option| option.code.clone())
        .collect();
    if chooses_other {
        codes.extend(OTHER.parse());
    }
    if codes.is_empty() {
        return Ok(None);
    }
    if !is_multiple && codes.len() > 1 {
        return Err(AnswerProblem::TooMany);
    }
    let other = words.filter(|_| chooses_other).map(str::to_owned);
    Ok(Some(AnswerValue::Choices { codes, other }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        shared::{Language, Localized},
        survey::{Definition, Page},
    };

    fn definition() -> Definition {
        let question = |key: &str, is_required, kind| Question {
            key: key.parse().unwrap(),
            text: Localized::one(Language::Nl, "?"),
            help: Localized::default(),
            is_required,
            kind,
        };
        let option = |code: &str| Choice {
            code: code.parse().unwrap(),
            label: Localized::one(Language::Nl, code),
        };
        let list = |is_multiple| QuestionKind::Choice {
            options: vec![option("prijs"), option("service")],
            is_multiple,
            has_other: true,
        };
        Definition {
            languages: vec![Language::Nl],
            title: Localized::one(Language::Nl, "T"),
            intro: Localized::default(),
            thanks: Localized::default(),
            thanks_low: Localized::default(),
            pages: vec![Page {
                title: Localized::default(),
                questions: vec![
                    question("nps", true, QuestionKind::Nps),
                    question("een", false, list(false)),
                    question("meer", false, list(true)),
                    question("waarom", false, QuestionKind::Text { is_long: true }),
                ],
            }],
        }
    }

    fn read(fields: &[(&str, &str)]) -> Result<Vec<Answer>, Vec<(QuestionKey, AnswerProblem)>> {
        let mut raw = RawAnswers::new();
        for (name, value) in fields {
            raw.entry((*name).to_owned())
                .or_default()
                .push((*value).to_owned());
        }
        read_answers(definition().questions(), &raw)
    }

    fn problem(fields: &[(&str, &str)]) -> AnswerProblem {
        read(fields).unwrap_err().remove(0).1
    }

    #[test]
    fn blank_fields_are_not_answered() {
        let answers = read(&[("nps", " 9 "), ("waarom", "  "), ("een", "")]).unwrap();
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].value, AnswerValue::Score(9));
    }

    #[test]
    fn wrong_fields_are_refused_with_their_reason() {
        assert_eq!(problem(&[]), AnswerProblem::Missing);
        assert_eq!(
            problem(&[("nps", "11")]),
            AnswerProblem::NotOnScale { min: 0, max: 10 }
        );
        assert_eq!(
            problem(&[("nps", "7.5")]),
            AnswerProblem::NotOnScale { min: 0, max: 10 }
        );
        assert_eq!(
            problem(&[("nps", "7"), ("nps", "8")]),
            AnswerProblem::TooMany
        );
        assert_eq!(
            problem(&[("nps", "7"), ("een", "niets")]),
            AnswerProblem::UnknownOption
        );
        let long = "x".repeat(LONGEST_TEXT + 1);
        assert_eq!(
            problem(&[("nps", "7"), ("waarom", &long)]),
            AnswerProblem::TooLong { most: LONGEST_TEXT }
        );
    }

    #[test]
    fn words_behind_other_choose_it_even_without_script() {
        let answers = read(&[("nps", "7"), ("meer", "prijs"), ("meer__other", "sfeer")]).unwrap();
        let codes = vec!["prijs".parse().unwrap(), "other".parse().unwrap()];
        let other = Some("sfeer".to_owned());
        assert_eq!(answers[1].value, AnswerValue::Choices { codes, other });
        let answers = read(&[("nps", "7"), ("een", "prijs"), ("een__other", "sfeer")]).unwrap();
        let codes = vec!["prijs".parse().unwrap()];
        assert_eq!(
            answers[1].value,
            AnswerValue::Choices { codes, other: None }
        );
    }

    #[test]
    fn control_characters_are_dropped_and_line_ends_kept() {
        let answers = read(&[("nps", "7"), ("waarom", "een\r\ntwee\u{0}\u{1b}[31m")]).unwrap();
        assert_eq!(answers[1].value, AnswerValue::Text("een\ntwee[31m".into()));
    }
}
