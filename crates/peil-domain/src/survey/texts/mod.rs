//! Every text of a questionnaire with the place where it stands, for translating: what there is in
//! a language, what is missing, and which translations are older than their source.

mod outdated;
mod place;

pub use outdated::Outdated;
pub use place::{QuestionPart, TextPlace, UnknownPlace};

use super::{
    Definition, LONGEST_INTRO, LONGEST_LABEL, LONGEST_TEXT, Piece, Question, QuestionKind, pieces,
};
use crate::shared::{Language, Localized};

/// One text of a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedText<'a> {
    /// Where it stands.
    pub place: TextPlace,
    /// The text in every language that has it.
    pub words: &'a Localized,
}

/// How far a questionnaire is translated into a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// The language.
    pub language: Language,
    /// Texts that exist in it.
    pub done: usize,
    /// Texts that exist in any language of the questionnaire.
    pub total: usize,
}

impl TextPlace {
    /// Longest text that may stand there, in characters.
    #[must_use]
    pub const fn longest(&self) -> usize {
        match self {
            Self::Title | Self::PageTitle(_) => LONGEST_LABEL,
            Self::Intro | Self::Thanks | Self::ThanksLow | Self::Ending(_) | Self::Quota(_) => {
                LONGEST_INTRO
            }
            Self::Question(_, part) => match part {
                QuestionPart::Text | QuestionPart::Help | QuestionPart::Picture => LONGEST_TEXT,
                _ => LONGEST_LABEL,
            },
        }
    }
}

impl Definition {
    /// Every text that is not blank, in reading order.
    #[must_use]
    pub fn texts(&self) -> Vec<PlacedText<'_>> {
        let mut found = vec![
            PlacedText::new(TextPlace::Title, &self.title),
            PlacedText::new(TextPlace::Intro, &self.intro),
        ];
        for (page, number) in self.pages.iter().zip(1..) {
            found.push(PlacedText::new(TextPlace::PageTitle(number), &page.title));
            for question in &page.questions {
                push_question(question, &mut found);
            }
        }
        found.push(PlacedText::new(TextPlace::Thanks, &self.thanks));
        found.push(PlacedText::new(TextPlace::ThanksLow, &self.thanks_low));
        for (ending, number) in self.endings.iter().zip(1..) {
            found.push(PlacedText::new(TextPlace::Ending(number), &ending.text));
        }
        for quota in &self.quotas {
            let place = TextPlace::Quota(quota.key.clone());
            found.push(PlacedText::new(place, &quota.text));
        }
        found.retain(|text| !text.words.is_blank());
        found
    }

    /// The text at a place, to be changed; nothing when the questionnaire has no such place.
    pub fn text_mut(&mut self, place: &TextPlace) -> Option<&mut Localized> {
        match place {
            TextPlace::Title => Some(&mut self.title),
            TextPlace::Intro => Some(&mut self.intro),
            TextPlace::Thanks => Some(&mut self.thanks),
            TextPlace::ThanksLow => Some(&mut self.thanks_low),
            TextPlace::PageTitle(number) => {
                let page = self.pages.get_mut(number.checked_sub(1)?)?;
                Some(&mut page.title)
            }
            TextPlace::Ending(number) => {
                let ending = self.endings.get_mut(number.checked_sub(1)?)?;
                Some(&mut ending.text)
            }
            TextPlace::Quota(key) => {
                let quota = self.quotas.iter_mut().find(|quota| quota.key == *key)?;
                Some(&mut quota.text)
            }
            TextPlace::Question(key, part) => {
                let question = self.questions_mut().find(|found| found.key == *key)?;
                part_mut(question, part)
            }
        }
    }

    /// How far it is translated into each of its languages.
    #[must_use]
    pub fn coverage(&self) -> Vec<Coverage> {
        let texts = self.texts();
        let is_ours = |words: &Localized| self.languages.iter().any(|l| words.exact(*l).is_some());
        let total = texts.iter().filter(|text| is_ours(text.words)).count();
        let count = |language: &Language| Coverage {
            language: *language,
            done: texts
                .iter()
                .filter(|text| text.words.exact(*language).is_some())
                .count(),
            total,
        };
        self.languages.iter().map(count).collect()
    }
}

impl<'a> PlacedText<'a> {
    const fn new(place: TextPlace, words: &'a Localized) -> Self {
        Self { place, words }
    }
}

fn push_question<'a>(question: &'a Question, found: &mut Vec<PlacedText<'a>>) {
    let mut push = |part, words| {
        let place = TextPlace::Question(question.key.clone(), part);
        found.push(PlacedText::new(place, words));
    };
    push(QuestionPart::Text, &question.text);
    push(QuestionPart::Help, &question.help);
    if let Some(picture) = &question.picture {
        push(QuestionPart::Picture, &picture.description);
    }
    match &question.kind {
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
            push(QuestionPart::Low, low_label);
            push(QuestionPart::High, high_label);
        }
        QuestionKind::Choice { options, .. } => {
            for option in options {
                push(QuestionPart::Option(option.code.clone()), &option.label);
            }
        }
        _ => {}
    }
    for row in question.kind.rows() {
        push(QuestionPart::Row(row.key.clone()), &row.text);
    }
    if let QuestionKind::Matrix { labels, .. } = &question.kind {
        for (label, number) in labels.iter().zip(1..) {
            push(QuestionPart::Label(number), label);
        }
    }
    if let Some(pattern) = &question.rules.pattern {
        push(QuestionPart::Pattern, &pattern.message);
    }
}

fn part_mut<'a>(question: &'a mut Question, part: &QuestionPart) -> Option<&'a mut Localized> {
    match part {
        QuestionPart::Text => Some(&mut question.text),
        QuestionPart::Help => Some(&mut question.help),
        QuestionPart::Picture => question
            .picture
            .as_mut()
            .map(|found| &mut found.description),
        QuestionPart::Pattern => question
            .rules
            .pattern
            .as_mut()
            .map(|found| &mut found.message),
        QuestionPart::Low => match &mut question.kind {
            QuestionKind::Rating { low_label, .. } | QuestionKind::Slider { low_label, .. } => {
                Some(low_label)
            }
            _ => None,
        },
        QuestionPart::High => match &mut question.kind {
            QuestionKind::Rating { high_label, .. } | QuestionKind::Slider { high_label, .. } => {
                Some(high_label)
            }
            _ => None,
        },
        QuestionPart::Option(code) => match &mut question.kind {
            QuestionKind::Choice { options, .. } => options
                .iter_mut()
                .find(|option| option.code == *code)
                .map(|option| &mut option.label),
            _ => None,
        },
        QuestionPart::Row(key) => {
            let mut rows = question.kind.rows_mut().iter_mut();
            rows.find(|row| row.key == *key).map(|row| &mut row.text)
        }
        QuestionPart::Label(number) => match &mut question.kind {
            QuestionKind::Matrix { labels, .. } => labels.get_mut(number.checked_sub(1)?),
            _ => None,
        },
    }
}

/// Whether two texts put in the same answers and facts, in any order. A translation that lost one
/// says something else than its source.
#[must_use]
pub fn fills_alike(one: &str, other: &str) -> bool {
    let filled = |text: &str| {
        let mut names: Vec<String> = pieces(text)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Blank { filling, .. } => Some(format!("{filling:?}")),
                Piece::Words(_) => None,
            })
            .collect();
        names.sort();
        names
    };
    filled(one) == filled(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Definition {
        serde_json::from_str(include_str!("../../../../peil-http/tests/every_kind.json")).unwrap()
    }

    #[test]
    fn every_text_is_found_by_the_place_that_is_told_of_it() {
        let mut definition = full();
        let texts: Vec<(TextPlace, Localized)> = definition
            .texts()
            .into_iter()
            .map(|text| (text.place, text.words.clone()))
            .collect();
        assert!(texts.len() > 25, "{}", texts.len());
        for (place, words) in texts {
            let read: TextPlace = place.to_string().parse().unwrap();
            assert_eq!(read, place);
            assert_eq!(
                definition.text_mut(&place),
                Some(&mut words.clone()),
                "{place}"
            );
        }
    }

    #[test]
    fn a_language_counts_the_texts_that_it_has_of_all_that_there_are() {
        let mut definition = Definition {
            languages: vec![Language::Nl, Language::En],
            title: Localized::both("Titel", "Title"),
            intro: Localized::one(Language::Nl, "Dag"),
            thanks: Localized::one(Language::En, "Thanks"),
            ..Definition::default()
        };
        let of = |definition: &Definition| -> Vec<(usize, usize)> {
            let coverage = definition.coverage();
            coverage
                .iter()
                .map(|found| (found.done, found.total))
                .collect()
        };
        assert_eq!(of(&definition), [(2, 3), (2, 3)]);
        definition.languages = vec![Language::Nl];
        assert_eq!(of(&definition), [(2, 2)]);
    }

    #[test]
    fn a_translation_that_lost_a_name_is_noticed() {
        assert!(fills_alike(
            "Dag {{naam}}, een {{antwoord.nps}}",
            "A {{antwoord.nps}}, {{naam}}"
        ));
        assert!(!fills_alike("Dag {{naam}}", "Hello"));
    }
}
