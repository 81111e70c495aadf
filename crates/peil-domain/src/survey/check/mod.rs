//! What must be right before a questionnaire can be published.

mod logic;
mod names;
mod possible;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::Serialize;

use self::possible::MOST_TRIES_TOGETHER;
use super::{Definition, Mistake, Question, QuestionKind, bounds::excesses};
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
    /// One row of a matrix or ranking, counted from 1.
    Row(QuestionKey, usize),
    /// One page, counted from 1.
    Page(usize),
    /// One calculation.
    Calculation(QuestionKey),
    /// One quota.
    Quota(QuestionKey),
    /// One ending, counted from 1.
    Ending(usize),
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
    /// Its look has a colour that cannot be read on white, or a picture that cannot be shown.
    #[error("impossible look")]
    BadLook,
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
    /// It has more calculations, quotas, endings or jumps than can be handled.
    #[error("more than {most} calculations, quotas, endings or jumps")]
    TooManyParts {
        /// Greatest number of each.
        most: usize,
    },
    /// A matrix or ranking has too few or too many rows, or a matrix too few or too many words.
    #[error("number of rows or words of `{key}` impossible")]
    RowCount {
        /// The question.
        key: QuestionKey,
    },
    /// The lowest that can be answered is above the highest.
    #[error("nothing can be answered to `{key}`")]
    RangeImpossible {
        /// The question.
        key: QuestionKey,
    },
    /// What an answer must look like cannot be read.
    #[error("pattern of `{key}` cannot be read")]
    BadPattern {
        /// The question.
        key: QuestionKey,
    },
    /// A condition or calculation that can never be meant.
    #[error("condition or calculation wrong at {place:?}: {mistake:?}")]
    Formula {
        /// Where.
        place: Place,
        /// What is wrong.
        mistake: Mistake,
    },
    /// A condition or text asks for an answer that is given later.
    #[error("`{name}` is asked later than {place:?}")]
    LaterQuestion {
        /// Where.
        place: Place,
        /// The name.
        name: QuestionKey,
    },
    /// A calculation needs itself.
    #[error("calculation `{key}` needs itself")]
    CalculationCycle {
        /// The calculation.
        key: QuestionKey,
    },
    /// A text has a place that nothing can be filled in at.
    #[error("nothing is called `{name}` in the text at {place:?}")]
    UnknownBlank {
        /// Where.
        place: Place,
        /// The name.
        name: String,
    },
    /// A page has no questions.
    #[error("nothing on page {page}")]
    EmptyPage {
        /// The page, counted from 1.
        page: usize,
    },
    /// Nobody ever comes there.
    #[error("never shown: {place:?}")]
    Unreachable {
        /// Where.
        place: Place,
    },
    /// A jump that leads back or to the page itself.
    #[error("jump back from page {page} to `{to}`")]
    JumpBack {
        /// The page, counted from 1.
        page: usize,
        /// Where it leads.
        to: QuestionKey,
    },
    /// A jump to a page that is not there.
    #[error("jump from page {page} to `{to}`, which is no page")]
    JumpNowhere {
        /// The page, counted from 1.
        page: usize,
        /// Where it leads.
        to: QuestionKey,
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
            | Self::BadLook
            | Self::TooManyPages { .. }
            | Self::TooManyParts { .. }
            | Self::TooManyQuestions { .. } => Place::Survey,
            Self::TextMissing { place, .. }
            | Self::TextTooLong { place, .. }
            | Self::BadCharacter { place }
            | Self::Formula { place, .. }
            | Self::LaterQuestion { place, .. }
            | Self::UnknownBlank { place, .. }
            | Self::Unreachable { place } => place.clone(),
            Self::CalculationCycle { key } => Place::Calculation(key.clone()),
            Self::JumpBack { page, .. }
            | Self::JumpNowhere { page, .. }
            | Self::EmptyPage { page } => Place::Page(*page),
            Self::KeyTwice { key }
            | Self::OptionTwice { key, .. }
            | Self::OptionCount { key }
            | Self::RowCount { key }
            | Self::RangeImpossible { key }
            | Self::BadPattern { key }
            | Self::ScaleImpossible { key } => Place::Question(key.clone()),
        }
    }
}

/// Lists everything that keeps `definition` from being published: what is unfinished, in reading
/// order, then what could not even be stored.
#[must_use]
pub fn problems(definition: &Definition) -> Vec<Problem> {
    problems_among(definition, None)
}

/// As [`problems`], with the attributes that are known of customers. When they are not told, any
/// `contact.…` is taken to be one.
#[must_use]
pub fn problems_among(
    definition: &Definition,
    attributes: Option<&BTreeSet<QuestionKey>>,
) -> Vec<Problem> {
    found_by_trying(definition, attributes, MOST_TRIES_TOGETHER)
}

/// As [`problems`], but whether conditions can hold at all is not tried out, which takes longest: of
/// what is never shown, only pages that nothing leads to are found.
#[must_use]
pub fn problems_without_trying(definition: &Definition) -> Vec<Problem> {
    found_by_trying(definition, None, 0)
}

fn found_by_trying(
    definition: &Definition,
    attributes: Option<&BTreeSet<QuestionKey>>,
    tries: usize,
) -> Vec<Problem> {
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
    if definition.questions().next().is_some() {
        let idle = definition.idle_pages().into_iter();
        found.extend(idle.map(|index| Problem::EmptyPage { page: index + 1 }));
    }
    for page in &definition.pages {
        expect_translations(&page.title, &Place::Survey, languages, &mut found);
        for question in &page.questions {
            check_question(question, languages, &mut found);
        }
    }
    for ending in &definition.endings {
        expect_text(&ending.text, &Place::Survey, languages, &mut found);
    }
    logic::check(definition, attributes, tries, &mut found);
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
    if let Some(pattern) = &question.rules.pattern {
        if !pattern.is_sound() {
            found.push(Problem::BadPattern { key: key.clone() });
        }
        expect_text(&pattern.message, &place, languages, found);
    }
    if let Some(picture) = &question.picture {
        expect_text(&picture.description, &place, languages, found);
    }
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
        }
        | QuestionKind::Slider {
            low_label,
            high_label,
            ..
        } => {
            expect_translations(low_label, &place, languages, found);
            expect_translations(high_label, &place, languages, found);
        }
        kind @ (QuestionKind::Matrix { rows, .. } | QuestionKind::Ranking { rows, .. }) => {
            if rows.len() < 2 {
                found.push(Problem::RowCount { key: key.clone() });
            }
            if let QuestionKind::Matrix { labels, .. } = kind {
                if labels.len() < 2 {
                    found.push(Problem::RowCount { key: key.clone() });
                }
                for label in labels {
                    expect_text(label, &place, languages, found);
                }
            }
            for (number, row) in (1..).zip(rows) {
                expect_text(
                    &row.text,
                    &Place::Row(key.clone(), number),
                    languages,
                    found,
                );
            }
        }
        QuestionKind::Contact { fields } if fields.is_empty() => {
            found.push(Problem::RangeImpossible { key: key.clone() });
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
