//! What even a draft may not contain. A draft may be unfinished, never unbounded: it is stored,
//! shown and walked through long before it is published.

use std::collections::BTreeSet;

use super::{AnswerPattern, Definition, Place, Problem, Question, QuestionKind};
use crate::shared::{Localized, QuestionKey};

/// Longest text of a question in characters.
pub const LONGEST_TEXT: usize = 1_000;
/// Longest title or label in characters.
pub const LONGEST_LABEL: usize = 200;
/// Longest introduction or thanks in characters.
pub const LONGEST_INTRO: usize = 4_000;
/// Most calculations, quotas, endings or jumps of one page.
pub const MOST_PARTS: usize = 50;
/// Most rows of one matrix or ranking.
const MOST_ROWS_EACH: usize = 50;
/// Most words of the scale of a matrix.
const MOST_LABELS: usize = 11;
/// Most rows of all questions together.
const MOST_ROWS: usize = 500;
/// Most options of one question.
pub const MOST_OPTIONS: usize = 100;

/// Lists what keeps `definition` from being stored at all, in reading order.
#[must_use]
pub fn excesses(definition: &Definition) -> Vec<Problem> {
    let mut found = Vec::new();
    let languages: BTreeSet<_> = definition.languages.iter().collect();
    if languages.len() != definition.languages.len() {
        found.push(Problem::LanguageTwice);
    }
    if definition.questions().count() > Definition::MOST_QUESTIONS {
        found.push(Problem::TooManyQuestions {
            most: Definition::MOST_QUESTIONS,
        });
    }
    if definition.pages.len() > Definition::MOST_QUESTIONS {
        found.push(Problem::TooManyPages {
            most: Definition::MOST_QUESTIONS,
        });
    }
    if !definition.look.is_sound() {
        found.push(Problem::BadLook);
    }
    measure(&definition.title, &Place::Survey, LONGEST_LABEL, &mut found);
    for text in [
        &definition.intro,
        &definition.thanks,
        &definition.thanks_low,
    ] {
        measure(text, &Place::Survey, LONGEST_INTRO, &mut found);
    }
    for ending in &definition.endings {
        measure(&ending.text, &Place::Survey, LONGEST_INTRO, &mut found);
    }
    for quota in &definition.quotas {
        let place = Place::Quota(quota.key.clone());
        measure(&quota.text, &place, LONGEST_INTRO, &mut found);
    }
    for page in &definition.pages {
        measure(&page.title, &Place::Survey, LONGEST_LABEL, &mut found);
        for question in &page.questions {
            measure_question(question, &mut found);
        }
    }
    let has_most = |length: usize| length > MOST_PARTS;
    if has_most(definition.calculations.len())
        || has_most(definition.quotas.len())
        || has_most(definition.endings.len())
        || definition
            .pages
            .iter()
            .any(|page| has_most(page.jumps.len()))
    {
        found.push(Problem::TooManyParts { most: MOST_PARTS });
    }
    let rows = |question: &'_ Question| question.kind.rows().len();
    if definition.questions().map(rows).sum::<usize>() > MOST_ROWS {
        found.push(Problem::TooManyQuestions { most: MOST_ROWS });
    }
    found.extend(twice(definition).map(|key| Problem::KeyTwice { key: key.clone() }));
    found
}

/// Keys that are used twice: questions, their rows and calculations share one set of names; pages
/// and quotas have their own.
fn twice(definition: &Definition) -> impl Iterator<Item = &QuestionKey> {
    let questions = definition.questions().flat_map(|question| {
        let rows = question.kind.rows().iter().map(|row| &row.key);
        std::iter::once(&question.key).chain(rows)
    });
    let calculations = definition.calculations.iter().map(|one| &one.key);
    let names = questions.chain(calculations);
    let pages = definition.pages.iter().filter_map(|page| page.key.as_ref());
    let quotas = definition.quotas.iter().map(|quota| &quota.key);
    repeated(names)
        .chain(repeated(pages))
        .chain(repeated(quotas))
}

/// Those that came before.
fn repeated<'a>(
    keys: impl Iterator<Item = &'a QuestionKey>,
) -> impl Iterator<Item = &'a QuestionKey> {
    let mut seen = BTreeSet::new();
    keys.filter(move |key| !seen.insert(*key))
}

fn measure_question(question: &Question, found: &mut Vec<Problem>) {
    let key = &question.key;
    let place = Place::Question(key.clone());
    measure(&question.text, &place, LONGEST_TEXT, found);
    measure(&question.help, &place, LONGEST_TEXT, found);
    match &question.kind {
        QuestionKind::Choice { options, .. } => {
            if options.len() > MOST_OPTIONS {
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
                measure(
                    &option.label,
                    &Place::Option(key.clone(), number),
                    LONGEST_LABEL,
                    found,
                );
            }
        }
        QuestionKind::Rating {
            min,
            max,
            top,
            low_label,
            high_label,
        } => {
            if !is_possible_scale(*min, *max, *top) {
                found.push(Problem::ScaleImpossible { key: key.clone() });
            }
            for label in [low_label, high_label] {
                measure(label, &place, LONGEST_LABEL, found);
            }
        }
        _ => measure_other(question, &place, found),
    }
    if let Some(picture) = &question.picture {
        measure(&picture.description, &place, LONGEST_TEXT, found);
        if !picture.is_named() {
            found.push(Problem::BadCharacter {
                place: place.clone(),
            });
        }
    }
    if let Some(pattern) = &question.rules.pattern {
        measure(&pattern.message, &place, LONGEST_LABEL, found);
        if pattern.expression.len() > AnswerPattern::LONGEST {
            found.push(Problem::BadPattern { key: key.clone() });
        }
    }
    if !question.rules.can_be_kept() {
        found.push(Problem::RangeImpossible { key: key.clone() });
    }
}

/// Measures kinds with rows or a range.
fn measure_other(question: &Question, place: &Place, found: &mut Vec<Problem>) {
    let key = &question.key;
    let rows = question.kind.rows();
    for (number, row) in (1..).zip(rows) {
        let place = Place::Row(key.clone(), number);
        measure(&row.text, &place, LONGEST_LABEL, found);
    }
    let (is_many, is_empty) = match &question.kind {
        QuestionKind::Matrix { labels, .. } => {
            for label in labels {
                measure(label, place, LONGEST_LABEL, found);
            }
            (
                rows.len() > MOST_ROWS_EACH || labels.len() > MOST_LABELS,
                false,
            )
        }
        QuestionKind::Ranking { .. } => (rows.len() > MOST_ROWS_EACH, false),
        QuestionKind::Slider {
            min,
            max,
            step,
            low_label,
            high_label,
        } => {
            for label in [low_label, high_label] {
                measure(label, place, LONGEST_LABEL, found);
            }
            let is_line = -1_000 <= *min && *max <= 1_000 && min < max && max - min <= 1_000;
            (
                false,
                !is_line || *step < 1 || *step > max.saturating_sub(*min),
            )
        }
        QuestionKind::Number { decimals, .. } => {
            let range = question.kind.number_range();
            (
                false,
                *decimals > 6 || range.is_some_and(|range| range.min > range.max),
            )
        }
        QuestionKind::Date { earliest, latest } => {
            let is_turned = earliest
                .zip(*latest)
                .is_some_and(|(first, last)| first > last);
            (false, is_turned)
        }
        QuestionKind::Contact { fields } => {
            let kinds: BTreeSet<_> = fields.iter().collect();
            (false, kinds.len() != fields.len())
        }
        _ => (false, false),
    };
    if is_many {
        found.push(Problem::RowCount { key: key.clone() });
    }
    if is_empty {
        found.push(Problem::RangeImpossible { key: key.clone() });
    }
}

/// Whether a scale begins at 0 or 1, has 2 to 11 points and counts some but not all as satisfied.
fn is_possible_scale(min: i32, max: i32, top: u8) -> bool {
    let points = i64::from(max) - i64::from(min) + 1;
    (0..=1).contains(&min) && (2..=11).contains(&points) && top >= 1 && i64::from(top) < points
}

fn measure(text: &Localized, place: &Place, most: usize, found: &mut Vec<Problem>) {
    if text.longest() > most {
        found.push(Problem::TextTooLong {
            place: place.clone(),
            most,
        });
    }
    let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.texts().any(|text| text.contains(is_bad)) {
        found.push(Problem::BadCharacter {
            place: place.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        shared::Language,
        survey::{Choice, Page},
    };

    fn definition(kind: QuestionKind) -> Definition {
        let question = Question::new("vraag".parse().unwrap(), Localized::default(), kind);
        Definition {
            languages: vec![Language::Nl],
            title: Localized::default(),
            pages: vec![Page {
                title: Localized::default(),
                questions: vec![question],
                ..Page::default()
            }],
            ..Definition::default()
        }
    }

    fn rating(min: i32, max: i32, top: u8) -> QuestionKind {
        let (low_label, high_label) = (Localized::default(), Localized::default());
        QuestionKind::Rating {
            min,
            max,
            top,
            low_label,
            high_label,
        }
    }

    #[test]
    fn an_unfinished_draft_can_be_stored() {
        assert_eq!(excesses(&definition(QuestionKind::Nps)), vec![]);
        let none = QuestionKind::Choice {
            options: vec![],
            is_multiple: false,
            has_other: false,
            is_random: false,
        };
        assert_eq!(excesses(&definition(none)), vec![]);
        assert_eq!(excesses(&definition(rating(0, 10, 2))), vec![]);
    }

    #[test]
    fn a_scale_that_nobody_can_walk_through_is_refused() {
        for (min, max, top) in [
            (1, i32::MAX, 2),
            (i32::MIN, i32::MAX, 2),
            (5, 1, 1),
            (1, 5, 0),
            (1, 5, 5),
            (2, 6, 1),
        ] {
            let found = excesses(&definition(rating(min, max, top)));
            assert!(
                matches!(found.as_slice(), [Problem::ScaleImpossible { .. }]),
                "{min} {max} {top}"
            );
        }
    }

    #[test]
    fn endless_texts_lists_and_invisible_characters_are_refused() {
        let mut long = definition(QuestionKind::Nps);
        long.title = Localized::one(Language::Nl, "a".repeat(LONGEST_LABEL + 1));
        long.intro = Localized::one(Language::Nl, "een\nregel\0");
        assert!(matches!(
            excesses(&long).as_slice(),
            [Problem::TextTooLong { .. }, Problem::BadCharacter { .. }]
        ));
        let options = (0..=MOST_OPTIONS)
            .map(|n| Choice::new(format!("o{n}").parse().unwrap(), Localized::default()))
            .collect();
        let list = QuestionKind::Choice {
            options,
            is_multiple: false,
            has_other: false,
            is_random: false,
        };
        assert!(matches!(
            excesses(&definition(list)).as_slice(),
            [Problem::OptionCount { .. }]
        ));
    }

    #[test]
    fn the_same_question_or_language_twice_is_refused() {
        let mut twice = definition(QuestionKind::Nps);
        twice.pages.extend(twice.pages.clone());
        twice.languages.push(Language::Nl);
        assert!(matches!(
            excesses(&twice).as_slice(),
            [Problem::LanguageTwice, Problem::KeyTwice { .. }]
        ));
    }
}
