//! Says in words what is wrong with a questionnaire.

use peil_domain::{
    shared::Language,
    survey::{Mistake, Place, Problem},
};

use super::{FieldProblem, Text};

/// A problem of a questionnaire: stable name and words.
pub(crate) fn survey_problem(problem: &Problem, t: Text) -> (&'static str, String) {
    let language = |language: &Language| match language {
        Language::Nl => t.s("language-nl"),
        Language::En => t.s("language-en"),
    };
    match problem {
        Problem::NoLanguage => ("no-language", t.s("survey-problem-no-language")),
        Problem::BadLook => ("look", t.s("survey-problem-look")),
        Problem::LanguageTwice => ("language-twice", t.s("survey-problem-language-twice")),
        Problem::NoQuestion => ("no-question", t.s("survey-problem-no-question")),
        Problem::EmptyPage { .. } => ("empty-page", t.s("survey-problem-empty-page")),
        Problem::TooManyQuestions { most } => (
            "too-many-questions",
            t.a(
                "survey-problem-too-many-questions",
                &[("n", (*most).into())],
            ),
        ),
        Problem::TooManyPages { most } => (
            "too-many-pages",
            t.a("survey-problem-too-many-pages", &[("n", (*most).into())]),
        ),
        Problem::TextMissing {
            place,
            language: missing,
        } => {
            let args = [("language", language(missing).into())];
            let words = match place {
                Place::Question(_) => t.a("survey-problem-question-text-missing", &args),
                Place::Option(_, number) | Place::Row(_, number) => {
                    let [language] = args;
                    let args = [language, ("number", (*number).into())];
                    t.a("survey-problem-option-text-missing", &args)
                }
                Place::Survey
                | Place::Page(_)
                | Place::Calculation(_)
                | Place::Quota(_)
                | Place::Ending(_) => t.a("survey-problem-text-missing", &args),
            };
            ("text-missing", words)
        }
        Problem::TextTooLong { most, .. } => (
            "text-too-long",
            t.a("survey-problem-text-too-long", &[("n", (*most).into())]),
        ),
        Problem::BadCharacter { .. } => ("bad-character", t.s("problem-bad-character")),
        Problem::KeyTwice { key } => (
            "key-twice",
            t.a("survey-problem-key-twice", &[("key", key.as_str().into())]),
        ),
        Problem::OptionTwice { code, .. } => (
            "option-twice",
            t.a(
                "survey-problem-option-twice",
                &[("code", code.as_str().into())],
            ),
        ),
        Problem::OptionCount { .. } => ("option-count", t.s("survey-problem-option-count")),
        Problem::ScaleImpossible { .. } => ("scale", t.s("survey-problem-scale")),
        other => logic_problem(other, t),
    }
}

/// The same for rows, ranges and logic.
fn logic_problem(problem: &Problem, t: Text) -> (&'static str, String) {
    let named = |key: &str, name: &str| t.a(key, &[("name", name.into())]);
    match problem {
        Problem::TooManyParts { most } => (
            "too-many-parts",
            t.a("survey-problem-too-many-parts", &[("n", (*most).into())]),
        ),
        Problem::RowCount { .. } => ("row-count", t.s("survey-problem-row-count")),
        Problem::RangeImpossible { .. } => ("range", t.s("survey-problem-range")),
        Problem::BadPattern { .. } => ("pattern", t.s("survey-problem-pattern")),
        Problem::Formula { mistake, .. } => mistake_words(mistake, t),
        Problem::LaterQuestion { name, .. } => (
            "later-question",
            named("survey-problem-later-question", name.as_str()),
        ),
        Problem::CalculationCycle { key } => ("cycle", named("survey-problem-cycle", key.as_str())),
        Problem::UnknownBlank { name, .. } => {
            ("unknown-blank", named("survey-problem-unknown-blank", name))
        }
        Problem::Unreachable { .. } => ("unreachable", t.s("survey-problem-unreachable")),
        Problem::JumpBack { to, .. } => {
            ("jump-back", named("survey-problem-jump-back", to.as_str()))
        }
        Problem::JumpNowhere { to, .. } => (
            "jump-nowhere",
            named("survey-problem-jump-nowhere", to.as_str()),
        ),
        _ => ("refused", t.s("problem-refused")),
    }
}

/// What is wrong with a condition or calculation.
fn mistake_words(mistake: &Mistake, t: Text) -> (&'static str, String) {
    match mistake {
        Mistake::UnknownName(name) => (
            "unknown-name",
            t.a(
                "survey-problem-unknown-name",
                &[("name", name.to_string().into())],
            ),
        ),
        Mistake::NoMatch(part) => (
            "no-match",
            t.a("survey-problem-no-match", &[("part", part.as_str().into())]),
        ),
        Mistake::UnknownOption { name, code } => (
            "unknown-option",
            t.a(
                "survey-problem-unknown-option",
                &[
                    ("name", name.to_string().into()),
                    ("code", code.as_str().into()),
                ],
            ),
        ),
        Mistake::OffScale { name, min, max } => (
            "off-scale",
            t.a(
                "survey-problem-off-scale",
                &[
                    ("name", name.to_string().into()),
                    ("min", (*min).into()),
                    ("max", (*max).into()),
                ],
            ),
        ),
        Mistake::NoCondition => ("no-condition", t.s("survey-problem-no-condition")),
        Mistake::NoValue => ("no-value", t.s("survey-problem-no-value")),
    }
}

/// The field of a definition that a place is.
fn field_of(place: Place) -> String {
    match place {
        Place::Survey => "definition".to_owned(),
        Place::Question(key) => key.to_string(),
        Place::Option(key, number) => format!("{key}.options.{number}"),
        Place::Row(key, number) => format!("{key}.rows.{number}"),
        Place::Page(number) => format!("pages.{number}"),
        Place::Calculation(key) => format!("calculations.{key}"),
        Place::Quota(key) => format!("quotas.{key}"),
        Place::Ending(number) => format!("endings.{number}"),
    }
}

/// The same for programs: the question's key names the field.
pub(crate) fn survey_field_problems(found: &[Problem], t: Text) -> Vec<FieldProblem> {
    found
        .iter()
        .map(|problem| {
            let (code, message) = survey_problem(problem, t);
            let field = field_of(problem.place());
            FieldProblem {
                field,
                code: code.to_owned(),
                message,
            }
        })
        .collect()
}
