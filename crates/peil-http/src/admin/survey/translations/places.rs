//! The place of a text in words: "Vraag 3 · antwoord 2".

use std::collections::BTreeMap;

use peil_domain::{
    shared::QuestionKey,
    survey::{Definition, QuestionKind, QuestionPart, TextPlace},
};

use crate::edge::text::Text;

/// Says places of one questionnaire.
pub(super) struct Places<'a> {
    t: Text,
    definition: &'a Definition,
    numbers: BTreeMap<&'a QuestionKey, usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(t: Text, definition: &'a Definition) -> Self {
        let keys = definition.questions().map(|question| &question.key);
        Self {
            t,
            definition,
            numbers: keys.zip(1..).collect(),
        }
    }

    /// A place in words.
    pub(super) fn words(&self, place: &TextPlace) -> String {
        let t = self.t;
        let numbered = |key: &str, number: usize| t.a(key, &[("n", number.into())]);
        match place {
            TextPlace::Title => t.s("survey-texts-title"),
            TextPlace::Intro => t.s("survey-texts-intro"),
            TextPlace::Thanks => t.s("survey-texts-thanks"),
            TextPlace::ThanksLow => t.s("survey-texts-thanks-low"),
            TextPlace::PageTitle(number) => numbered("survey-texts-page", *number),
            TextPlace::Ending(number) => numbered("survey-texts-ending", *number),
            TextPlace::Quota(key) => t.a("survey-texts-quota", &[("name", key.as_str().into())]),
            TextPlace::Question(key, part) => {
                let number = self.numbers.get(key).copied().unwrap_or(0);
                let question = numbered("survey-texts-question", number);
                match self.part(key, part) {
                    Some(part) => format!("{question} · {part}"),
                    None => question,
                }
            }
        }
    }

    fn part(&self, key: &QuestionKey, part: &QuestionPart) -> Option<String> {
        let t = self.t;
        let numbered = |name: &str, number: usize| t.a(name, &[("n", number.into())]);
        Some(match part {
            QuestionPart::Text => return None,
            QuestionPart::Help => t.s("survey-texts-help"),
            QuestionPart::Picture => t.s("survey-texts-picture"),
            QuestionPart::Pattern => t.s("survey-texts-pattern"),
            QuestionPart::Low => t.s("survey-texts-low"),
            QuestionPart::High => t.s("survey-texts-high"),
            QuestionPart::Option(code) => {
                let kind = self.definition.question(key).map(|question| &question.kind);
                let place = match kind {
                    Some(QuestionKind::Choice { options, .. }) => {
                        options.iter().position(|option| option.code == *code)
                    }
                    _ => None,
                };
                numbered("survey-texts-option", place.map_or(0, |place| place + 1))
            }
            QuestionPart::Row(row) => {
                let question = self.definition.question(key);
                let place = question.and_then(|question| {
                    question.kind.rows().iter().position(|one| one.key == *row)
                });
                numbered("survey-texts-row", place.map_or(0, |place| place + 1))
            }
            QuestionPart::Label(number) => numbered("survey-texts-label", *number),
        })
    }
}
