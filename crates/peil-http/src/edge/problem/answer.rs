//! Says in words why an answer is refused.

use jiff::civil::Date;
use peil_domain::response::AnswerProblem;

use crate::edge::text::Text;

/// Says in words why an answer is refused.
pub(crate) fn answer_problem(problem: &AnswerProblem, t: Text) -> (&'static str, String) {
    let code = match problem {
        AnswerProblem::Missing => "answer-missing",
        AnswerProblem::NotOnScale { .. } => "answer-not-on-scale",
        AnswerProblem::UnknownOption => "answer-unknown-option",
        AnswerProblem::TooMany => "answer-too-many",
        AnswerProblem::TooLong { .. } => "answer-too-long",
        AnswerProblem::TooShort { .. } => "answer-too-short",
        AnswerProblem::TooFewChosen { .. } => "answer-too-few-chosen",
        AnswerProblem::TooManyChosen { .. } => "answer-too-many-chosen",
        AnswerProblem::NotAlone => "answer-not-alone",
        AnswerProblem::NotInPattern => "answer-not-in-pattern",
        AnswerProblem::NotANumber { decimals: 0 } => "answer-not-a-whole-number",
        AnswerProblem::NotANumber { .. } => "answer-not-a-number",
        AnswerProblem::NotBetween { .. } => "answer-not-between",
        AnswerProblem::NotADay => "answer-not-a-day",
        AnswerProblem::DayNotBetween {
            earliest: Some(_),
            latest: Some(_),
        } => "answer-day-not-between",
        AnswerProblem::DayNotBetween { latest: None, .. } => "answer-day-too-early",
        AnswerProblem::DayNotBetween { .. } => "answer-day-too-late",
        AnswerProblem::NotAnAddress => "answer-not-an-address",
        AnswerProblem::PlaceTwice { .. } => "answer-place-twice",
        _ => "answer-unknown-question",
    };
    let key = format!("problem-{code}");
    let message = match problem {
        AnswerProblem::NotOnScale { min, max } | AnswerProblem::NotBetween { min, max } => {
            t.a(&key, &[("min", (*min).into()), ("max", (*max).into())])
        }
        AnswerProblem::TooLong { most } => t.a(&key, &[("n", (*most).into())]),
        AnswerProblem::TooShort { least } | AnswerProblem::TooFewChosen { least } => {
            t.a(&key, &[("n", (*least).into())])
        }
        AnswerProblem::TooManyChosen { most } => t.a(&key, &[("n", (*most).into())]),
        AnswerProblem::NotANumber { decimals } => t.a(&key, &[("n", u32::from(*decimals).into())]),
        AnswerProblem::PlaceTwice { place } => t.a(&key, &[("n", (*place).into())]),
        AnswerProblem::DayNotBetween { earliest, latest } => {
            let day = |day: &Option<Date>| day.map(|day| t.date(day)).unwrap_or_default();
            t.a(
                &key,
                &[
                    ("first", day(earliest).into()),
                    ("last", day(latest).into()),
                ],
            )
        }
        _ => t.s(&key),
    };
    (code, message)
}
