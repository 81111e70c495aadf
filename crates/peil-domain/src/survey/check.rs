//! What must be right before a questionnaire can be published.

use serde::Serialize;

use super::{Definition, Question, QuestionKind, bounds::excesses};
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
    /// A language is named more than once.
    #[error("language named twice")]
    LanguageTwice,
    /// It has more pages than can be handled.
    #[error("more than {most} pages")]
    TooManyPages {
        /// Greatest number of pages.
        most: usize,
    },
    /// A text holds a character that cannot be shown.
    #[error("invisible character at {place:?}")]
    BadCharacter {
        /// Where.
        place: Place,
    },
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

impl Problem {
    /// Where in the questionnaire it is.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::NoLanguage
            | Self::NoQuestion
            | Self::LanguageTwice
            | Self::TooManyPages { .. }
            | Self::TooManyQuestions { .. } => Place::Survey,
            Self::TextMissing { place, .. }
            | Self::TextTooLong { place, .. }
            | Self::BadCharacter { place } => place.clone(),
            Self::KeyTwice { key }
            | Self::OptionTwice { key, .. }
            | Self::OptionCount { key }
            | Self::ScaleImpossible { key } => Place::Question(key.clone()),
        }
    }
}

/// Lists everything that keeps `definition` from being published: what is unfinished, in reading
/// order, then what could not even be stored.
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
    let languages = &definition.languages;
    expect_text(&definition.title, &Place::Survey, languages, &mut found);
    for text in [
        &definition.intro,
        &definition.thanks,
        &definition.thanks_low,
    ] {
        expect_translations(text, &Place::Survey, languages, &mut found);
    }
    for page in &definition.pages {
        expect_translations(&page.title, &Place::Survey, languages, &mut found);
        for question in &page.questions {
            check_question(question, languages, &mut found);
        }
    }
    for excess in excesses(definition) {
        if !found.contains(&excess) {
            found.push(excess);
        }
    }
    found
}

fn check_question(question: &Question, languages: &[Language], found: &mut Vec<Problem>) {
    let key = &question.key;
    let place = Place::Question(key.clone());
    expect_text(&question.text, &place, languages, found);
    expect_translations(&question.help, &place, languages, found);
    match &question.kind {
        QuestionKind::Choice { options, .. } => {
            if options.len() < 2 {
                found.push(Problem::OptionCount { key: key.clone() });
            }
            for (number, option) in (1..).zip(options) {
                expect_text(
                    &option.label,
                    &Place::Option(key.clone(), number),
                    languages,
                    found,
                );
            }
        }
        QuestionKind::Rating {
            low_label,
            high_label,
            ..
        } => {
            expect_translations(low_label, &place, languages, found);
            expect_translations(high_label, &place, languages, found);
        }
        _ => {}
    }
}

/// A text that has to be there in every language.
fn expect_text(text: &Localized, place: &Place, languages: &[Language], found: &mut Vec<Problem>) {
    for language in languages {
        let missing = Problem::TextMissing {
            place: place.clone(),
            language: *language,
        };
        if text.exact(*language).is_none() && !found.contains(&missing) {
            found.push(missing);
        }
    }
}

/// A text that may be absent, but not in one language only.
fn expect_translations(
    text: &Localized,
    place: &Place,
    languages: &[Language],
    found: &mut Vec<Problem>,
) {
    if !text.is_blank() {
        expect_text(text, place, languages, found);
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
        assert!(matches!(found[1], Problem::OptionCount { .. }));
        assert!(matches!(found[2], Problem::KeyTwice { .. }));
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
