//! What must be right before a questionnaire can be published.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Definition, Question, QuestionKind};
use crate::shared::{Language, Localized, QuestionKey};

/// Where in a questionnaire something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The questionnaire as a whole.
    Survey,
    /// One question.
    Question(QuestionKey),
    /// One option of a question, counted from 1.
    Option(QuestionKey, usize),
}

/// Something that keeps a questionnaire from being published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "problem")]
#[non_exhaustive]
pub enum Problem {
    /// It exists in no language.
    #[error("no language")]
    NoLanguage,
    /// It asks nothing.
    #[error("no question")]
    NoQuestion,
    /// It asks more than can be handled.
    #[error("more than {most} questions")]
    TooManyQuestions {
        /// Greatest number of questions.
        most: usize,
    },
    /// A text is missing in one of the languages.
    #[error("text missing in {language} at {place:?}")]
    TextMissing {
        /// Where.
        place: Place,
        /// In which language.
        language: Language,
    },
    /// A text is too long to be read.
    #[error("text longer than {most} characters at {place:?}")]
    TextTooLong {
        /// Where.
        place: Place,
        /// Greatest number of characters.
        most: usize,
    },
    /// Two questions share a key.
    #[error("key `{key}` used twice")]
    KeyTwice {
        /// The key.
        key: QuestionKey,
    },
    /// Two options of a question share a code.
    #[error("option code `{code}` used twice in `{key}`")]
    OptionTwice {
        /// The question.
        key: QuestionKey,
        /// The code.
        code: QuestionKey,
    },
    /// A choice question offers fewer than two or more than a hundred options.
    #[error("number of options of `{key}` not between 2 and 100")]
    OptionCount {
        /// The question.
        key: QuestionKey,
    },
    /// A rating scale has fewer than two or more than eleven points, or an impossible top.
    #[error("scale of `{key}` impossible")]
    ScaleImpossible {
        /// The question.
        key: QuestionKey,
    },
}

/// Longest text of a question in characters.
const LONGEST_TEXT: usize = 1_000;
/// Longest text of an option in characters.
const LONGEST_LABEL: usize = 200;
/// Longest introduction or thanks in characters.
const LONGEST_INTRO: usize = 4_000;

/// Lists everything that keeps `definition` from being published, in reading order.
#[must_use]
pub fn problems(definition: &Definition) -> Vec<Problem> {
    let mut found = Vec::new();
    if definition.languages.is_empty() {
        found.push(Problem::NoLanguage);
    }
    if definition
        .questions()
        .filter(|question| question.kind.asks())
        .count()
        == 0
    {
        found.push(Problem::NoQuestion);
    }
    if definition.questions().count() > Definition::MOST_QUESTIONS {
        found.push(Problem::TooManyQuestions {
            most: Definition::MOST_QUESTIONS,
        });
    }
    let languages = &definition.languages;
    check_text(
        &definition.title,
        &Place::Survey,
        languages,
        LONGEST_LABEL,
        &mut found,
    );
    for text in [
        &definition.intro,
        &definition.thanks,
        &definition.thanks_low,
    ] {
        if !text.is_blank() {
            check_text(text, &Place::Survey, languages, LONGEST_INTRO, &mut found);
        }
    }
    let mut keys = BTreeSet::new();
    for question in definition.questions() {
        if !keys.insert(&question.key) {
            found.push(Problem::KeyTwice {
                key: question.key.clone(),
            });
        }
        check_question(question, languages, &mut found);
    }
    found
}

fn check_question(question: &Question, languages: &[Language], found: &mut Vec<Problem>) {
    let key = &question.key;
    let place = Place::Question(key.clone());
    check_text(&question.text, &place, languages, LONGEST_TEXT, found);
    if !question.help.is_blank() {
        check_text(&question.help, &place, languages, LONGEST_TEXT, found);
    }
    match &question.kind {
        QuestionKind::Choice { options, .. } => {
            if !(2..=100).contains(&options.len()) {
                found.push(Problem::OptionCount { key: key.clone() });
            }
            let mut codes = BTreeSet::new();
            for (number, option) in (1..).zip(options) {
                if !codes.insert(&option.code) {
                    found.push(Problem::OptionTwice {
                        key: key.clone(),
                        code: option.code.clone(),
                    });
                }
                let place = Place::Option(key.clone(), number);
                check_text(&option.label, &place, languages, LONGEST_LABEL, found);
            }
        }
        QuestionKind::Rating {
            min,
            max,
            top,
            low_label,
            high_label,
        } => {
            let points = i64::from(*max) - i64::from(*min) + 1;
            let is_possible = (2..=11).contains(&points)
                && (0..=1).contains(min)
                && *top >= 1
                && i64::from(*top) < points;
            if !is_possible {
                found.push(Problem::ScaleImpossible { key: key.clone() });
            }
            for label in [low_label, high_label] {
                if !label.is_blank() {
                    check_text(label, &place, languages, LONGEST_LABEL, found);
                }
            }
        }
        _ => {}
    }
}

fn check_text(
    text: &Localized,
    place: &Place,
    languages: &[Language],
    most: usize,
    found: &mut Vec<Problem>,
) {
    for language in languages {
        if text.exact(*language).is_none() {
            found.push(Problem::TextMissing {
                place: place.clone(),
                language: *language,
            });
        }
    }
    if text.longest() > most {
        found.push(Problem::TextTooLong {
            place: place.clone(),
            most,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::{Choice, Page};

    fn definition(questions: Vec<Question>) -> Definition {
        Definition {
            languages: vec![Language::Nl, Language::En],
            title: Localized::both("Titel", "Title"),
            intro: Localized::default(),
            thanks: Localized::default(),
            thanks_low: Localized::default(),
            pages: vec![Page {
                title: Localized::default(),
                questions,
            }],
        }
    }

    fn question(key: &str, kind: QuestionKind) -> Question {
        Question {
            key: key.parse().unwrap(),
            text: Localized::both("Vraag?", "Question?"),
            help: Localized::default(),
            is_required: false,
            kind,
        }
    }

    #[test]
    fn a_sound_questionnaire_has_no_problems() {
        assert_eq!(
            problems(&definition(vec![question("nps", QuestionKind::Nps)])),
            vec![]
        );
    }

    #[test]
    fn missing_texts_double_keys_and_thin_lists_are_found() {
        let mut half = question("nps", QuestionKind::Nps);
        half.text = Localized::one(Language::Nl, "Vraag?");
        let option = Choice {
            code: "a".parse().unwrap(),
            label: Localized::both("A", "A"),
        };
        let list = QuestionKind::Choice {
            options: vec![option],
            is_multiple: false,
            has_other: false,
        };
        let found = problems(&definition(vec![half, question("nps", list)]));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(matches!(
            found[0],
            Problem::TextMissing {
                language: Language::En,
                ..
            }
        ));
        assert!(matches!(found[1], Problem::KeyTwice { .. }));
        assert!(matches!(found[2], Problem::OptionCount { .. }));
    }

    #[test]
    fn a_page_of_statements_asks_nothing() {
        let found = problems(&definition(vec![question(
            "hallo",
            QuestionKind::Statement,
        )]));
        assert_eq!(found, vec![Problem::NoQuestion]);
    }
}
