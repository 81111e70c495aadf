//! Says in words what is wrong with a questionnaire.

use peil_domain::{
    shared::Language,
    survey::{Place, Problem},
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
        Problem::LanguageTwice => ("language-twice", t.s("survey-problem-language-twice")),
        Problem::NoQuestion => ("no-question", t.s("survey-problem-no-question")),
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
                Place::Survey => t.a("survey-problem-text-missing", &args),
                Place::Question(_) => t.a("survey-problem-question-text-missing", &args),
                Place::Option(_, number) => {
                    let [language] = args;
                    let args = [language, ("number", (*number).into())];
                    t.a("survey-problem-option-text-missing", &args)
                }
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
        _ => ("refused", t.s("problem-refused")),
    }
}

/// The same for programs: the question's key names the field.
pub(crate) fn survey_field_problems(found: &[Problem], t: Text) -> Vec<FieldProblem> {
    found
        .iter()
        .map(|problem| {
            let (code, message) = survey_problem(problem, t);
            let field = match problem.place() {
                Place::Survey => "definition".to_owned(),
                Place::Question(key) => key.to_string(),
                Place::Option(key, number) => format!("{key}.options.{number}"),
            };
            FieldProblem {
                field,
                code: code.to_owned(),
                message,
            }
        })
        .collect()
}
