//! Reads the fields of a form or API call as answers to one version of a questionnaire.

use super::{
    Answer, AnswerProblem, AnswerValue, LONGEST_LINE, LONGEST_TEXT, NOT_APPLICABLE, RawAnswers,
    Refused,
    choose::{Other, read_choices},
    row::{read_matrix, read_ranking},
    write::{one, read_day, read_details, read_number, read_text},
};
use crate::{
    shared::QuestionKey,
    survey::{ContactField, Question, QuestionKind, ScoreScale},
};

/// What came of reading.
#[derive(Debug, Default)]
pub struct Reading {
    /// The answers, in the order of the questions.
    pub answers: Vec<Answer>,
    /// What is refused, with the reason.
    pub refused: Refused,
}

impl Reading {
    /// Takes what was read under one key.
    pub(super) fn take(
        &mut self,
        key: &QuestionKey,
        is_required: bool,
        value: Result<Option<AnswerValue>, AnswerProblem>,
    ) {
        let key = key.clone();
        match value {
            Ok(Some(value)) => self.answers.push(Answer { key, value }),
            Ok(None) if is_required => self.refused.push((key, AnswerProblem::Missing)),
            Ok(None) => {}
            Err(problem) => self.refused.push((key, problem)),
        }
    }
}

/// Reads `raw` as answers to `questions`, those of a page or of a whole questionnaire; blank fields
/// are not answered. Every wrong field is reported, in the order of the questions.
///
/// # Errors
/// The questions or rows whose answers are refused, each with the reason.
pub fn read_answers<'a>(
    questions: impl IntoIterator<Item = &'a Question>,
    raw: &RawAnswers,
) -> Result<Vec<Answer>, Refused> {
    let mut all = Reading::default();
    for question in questions {
        read_into(question, raw, &mut all);
    }
    if all.refused.is_empty() {
        Ok(all.answers)
    } else {
        Err(all.refused)
    }
}

/// Reads the answer to one question, or to its rows, as far as it can be read.
#[must_use]
pub fn read_question(question: &Question, raw: &RawAnswers) -> Reading {
    let mut all = Reading::default();
    read_into(question, raw, &mut all);
    all
}

/// The names of the fields in which a question is answered.
pub fn field_names(question: &Question) -> impl Iterator<Item = String> {
    let key = &question.key;
    let items = question.items().map(|item| item.key.to_string());
    let parts: Vec<String> = match &question.kind {
        QuestionKind::Choice {
            has_other: true, ..
        } => vec![format!("{key}__other")],
        QuestionKind::Contact { fields } => {
            let name = |field: &ContactField| format!("{key}__{}", field.code());
            fields.iter().map(name).collect()
        }
        _ => Vec::new(),
    };
    items.chain(parts)
}

fn read_into(question: &Question, raw: &RawAnswers, all: &mut Reading) {
    match &question.kind {
        QuestionKind::Statement => {}
        QuestionKind::Matrix { .. } => read_matrix(question, raw, all),
        QuestionKind::Ranking { .. } => read_ranking(question, raw, all),
        _ => all.take(&question.key, question.is_required, read_one(question, raw)),
    }
}

/// The values of a field that are not blank.
pub(super) fn given<'a>(key: &QuestionKey, raw: &'a RawAnswers) -> Vec<&'a str> {
    field(key.as_str(), raw)
}

fn field<'a>(name: &str, raw: &'a RawAnswers) -> Vec<&'a str> {
    raw.get(name)
        .into_iter()
        .flatten()
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
        .collect()
}

/// Reads a score on a scale.
pub(super) fn score(text: &str, scale: Option<ScoreScale>) -> Result<AnswerValue, AnswerProblem> {
    let (min, max) = scale.map_or((0, 0), |scale| (scale.min, scale.max));
    match text.parse() {
        Ok(score) if scale.is_some_and(|scale| scale.holds(score)) => Ok(AnswerValue::Score(score)),
        _ => Err(AnswerProblem::NotOnScale { min, max }),
    }
}

fn read_one(question: &Question, raw: &RawAnswers) -> Result<Option<AnswerValue>, AnswerProblem> {
    let given = given(&question.key, raw);
    if question.allows_not_applicable && given == [NOT_APPLICABLE] {
        return Ok(Some(AnswerValue::NotApplicable));
    }
    let rules = &question.rules;
    match &question.kind {
        QuestionKind::Choice {
            options,
            is_multiple,
            has_other,
            ..
        } => {
            let words = field(&format!("{}__other", question.key), raw);
            let other = Other {
                is_offered: *has_other,
                words: words.first().copied(),
            };
            read_choices(&given, options, *is_multiple, other, rules)
        }
        QuestionKind::Text { is_long } => {
            let most = if *is_long { LONGEST_TEXT } else { LONGEST_LINE };
            let text = one(&given)?;
            text.map(|text| read_text(text, most, rules)).transpose()
        }
        QuestionKind::Date { earliest, latest } => {
            let text = one(&given)?;
            text.map(|text| read_day(text, *earliest, *latest))
                .transpose()
        }
        QuestionKind::Contact { fields } => {
            let part = |name: &str| field(&format!("{}__{name}", question.key), raw);
            read_details(fields, |field| part(field.code()).first().copied())
        }
        QuestionKind::Consent => read_consent(&given, question.is_required),
        QuestionKind::Slider { min, step, .. } => {
            let Some(text) = one(&given)? else {
                return Ok(None);
            };
            // A step of nothing is refused before; here it must not divide.
            match score(text, question.kind.scale())? {
                AnswerValue::Score(score) => {
                    let over = score.saturating_sub(*min).checked_rem(*step).unwrap_or(0);
                    Ok(Some(AnswerValue::Score(score.saturating_sub(over))))
                }
                other => Ok(Some(other)),
            }
        }
        kind => {
            let Some(text) = one(&given)? else {
                return Ok(None);
            };
            match (kind.number_range(), kind.scale()) {
                (Some(range), _) => read_number(text, range).map(Some),
                (None, scale) => score(text, scale).map(Some),
            }
        }
    }
}

/// Reads a box to tick. A form sends 0 with the page and 1 when it is ticked, so that what was not
/// ticked is known from what was not seen.
fn read_consent(given: &[&str], is_required: bool) -> Result<Option<AnswerValue>, AnswerProblem> {
    if !given.iter().all(|value| matches!(*value, "0" | "1")) {
        return Err(AnswerProblem::NotOnScale { min: 0, max: 1 });
    }
    let is_ticked = given.contains(&"1");
    if is_required && !is_ticked {
        return Err(AnswerProblem::Missing);
    }
    let score = AnswerValue::Score(i32::from(is_ticked));
    Ok((!given.is_empty()).then_some(score))
}
