//! Reads cells as answers to questions.

use peil_domain::{
    response::{
        Answer, AnswerProblem, AnswerValue, NOT_APPLICABLE, OTHER, RawAnswers, read_answers,
    },
    shared::{
        Language, Localized,
        values::{DecimalStyle, parse_boolean, parse_number},
    },
    survey::{Choice, Question, QuestionKind},
};

use super::{
    answers::Refusal,
    cells::{Cell, normal},
};

/// Reads the answer to a question; nothing when the cell is blank.
pub(super) fn read_answer<'a>(
    question: &Question,
    cell: &'a Cell,
    separator: &str,
    cells: &[String],
) -> Result<Option<Answer>, Refusal<'a>> {
    let mut raw = RawAnswers::new();
    let field = question.key.to_string();
    match &question.kind {
        // Line ends in an open answer are part of it.
        QuestionKind::Text { .. } => {
            raw.insert(field, vec![cell.raw(cells).trim().to_owned()]);
        }
        QuestionKind::Choice {
            options,
            is_multiple,
            has_other,
            ..
        } => {
            let Some(text) = cell.read(cells) else {
                return Ok(None);
            };
            let parts: Vec<&str> = if *is_multiple {
                text.split(separator).collect()
            } else {
                vec![text.as_str()]
            };
            for part in parts
                .into_iter()
                .map(|part| cell.meaning(part))
                .filter(|p| !p.is_empty())
            {
                match (code_of(options, &part), has_other) {
                    (Some(code), _) => raw.entry(field.clone()).or_default().push(code),
                    (None, true) if normal(&part) == OTHER => {
                        raw.entry(field.clone()).or_default().push(part);
                    }
                    (None, true) => {
                        raw.insert(format!("{field}__other"), vec![part]);
                    }
                    (None, false) => return Err(("answer.unknown_option", &cell.name)),
                }
            }
        }
        kind => {
            let Some(text) = cell.read(cells) else {
                return Ok(None);
            };
            let is_no_answer = question.allows_not_applicable && normal(&text) == NOT_APPLICABLE;
            let value = match kind {
                _ if is_no_answer => NOT_APPLICABLE.to_owned(),
                QuestionKind::Number { .. } | QuestionKind::Date { .. } => text,
                _ => score_of(kind, &text).ok_or(("answer.not_a_score", cell.name.as_str()))?,
            };
            if matches!(kind, QuestionKind::Ranking { .. }) {
                return read_place(question, &value, cell).map(Some);
            }
            raw.insert(field, vec![value]);
        }
    }
    match read_answers([question], &raw) {
        Ok(mut answers) => Ok(answers.pop()),
        Err(problems) => {
            let problem = problems.into_iter().next().map(|(_, problem)| problem);
            Err((answer_code(problem.as_ref()), &cell.name))
        }
    }
}

/// The code of the option with this code or label.
fn code_of(options: &[Choice], text: &str) -> Option<String> {
    let wanted = normal(text);
    let is_it = |option: &&Choice| {
        let has_label = |language| {
            option
                .label
                .exact(language)
                .is_some_and(|l| normal(l) == wanted)
        };
        option.code.as_str() == wanted || Language::ALL.into_iter().any(has_label)
    };
    options
        .iter()
        .find(is_it)
        .map(|option| option.code.to_string())
}

/// Reads the place of one row of a ranking, of which other rows may be missing in an import.
fn read_place<'a>(question: &Question, text: &str, cell: &'a Cell) -> Result<Answer, Refusal<'a>> {
    let place = text.parse().ok();
    let scale = question.kind.scale();
    let place = place.filter(|place| scale.is_some_and(|scale| scale.holds(*place)));
    let place = place.ok_or(("answer.not_on_scale", cell.name.as_str()))?;
    Ok(Answer {
        key: question.key.clone(),
        value: AnswerValue::Score(place),
    })
}

/// A score as a form would send it: `8,0` is 8; `ja` is 1, and so is the first word of a matrix.
fn score_of(kind: &QuestionKind, text: &str) -> Option<String> {
    if let QuestionKind::Matrix { labels, .. } = kind {
        let is_it = |label: &Localized| label.texts().any(|word| normal(word) == normal(text));
        if let Some((score, _)) = (1..).zip(labels).find(|(_, label)| is_it(label)) {
            return Some(i32::to_string(&score));
        }
    }
    if matches!(kind, QuestionKind::YesNo | QuestionKind::Consent)
        && let Some(yes) = parse_boolean(text)
    {
        return Some(i32::from(yes).to_string());
    }
    if let Ok(score) = text.parse::<i32>() {
        return Some(score.to_string());
    }
    let number = parse_number(text, DecimalStyle::Point)?;
    (number.fract() == 0.0 && number.abs() < 1e6).then(|| format!("{number:.0}"))
}

fn answer_code(problem: Option<&AnswerProblem>) -> &'static str {
    match problem {
        Some(AnswerProblem::NotOnScale { .. }) => "answer.not_on_scale",
        Some(AnswerProblem::UnknownOption) => "answer.unknown_option",
        Some(AnswerProblem::TooMany) => "answer.too_many",
        Some(AnswerProblem::TooLong { .. }) => "answer.too_long",
        _ => "answer.refused",
    }
}
