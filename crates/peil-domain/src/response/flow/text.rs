//! Fills in the places of a text for one respondent.

use super::Flow;
use crate::{
    response::{AnswerValue, OTHER},
    shared::{Language, QuestionKey},
    survey::{Answers as _, Filling, Number, QuestionKind, Reference, Source, Value, filled},
};

/// Words that a text is filled in with, in the language of the respondent.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// The language.
    pub language: Language,
    /// Name of the organisation that asks.
    pub organisation: &'a str,
    /// The word for yes.
    pub yes: &'a str,
    /// The word for no.
    pub no: &'a str,
    /// The word before the last of several.
    pub and: &'a str,
}

impl Flow<'_> {
    /// Fills in every place of `text`. What nothing is known about gets its fallback; what is filled
    /// in is never read for places again.
    #[must_use]
    pub fn fill(&self, text: &str, words: Wording<'_>) -> String {
        filled(text, |filling, fallback| {
            let known = self.known_words(filling, words);
            known.unwrap_or_else(|| fallback.to_owned())
        })
    }

    /// What a place is filled in with; nothing when nothing is known.
    #[must_use]
    pub fn known_words(&self, filling: &Filling<'_>, words: Wording<'_>) -> Option<String> {
        let known = match filling {
            Filling::Name => self.respondent.name.clone(),
            Filling::Organisation => Some(words.organisation.to_owned()),
            Filling::Reference(reference) => self.words_of(reference, words),
            Filling::Unknown(_) => None,
        };
        known.filter(|known| !known.trim().is_empty())
    }

    fn words_of(&self, reference: &Reference, words: Wording<'_>) -> Option<String> {
        if self.known.source(reference) == Source::Answer
            && let (question, AnswerValue::Choices { codes, other }) =
                self.known.answer(&reference.name)?
            && let QuestionKind::Choice { options, .. } = &question.kind
        {
            let label = |code: &QuestionKey| {
                if code.as_str() == OTHER {
                    return other.clone();
                }
                let option = options.iter().find(|option| option.code == *code)?;
                Some(option.label.get(words.language).to_owned())
            };
            return Some(joined(codes.iter().filter_map(label).collect(), words));
        }
        match self.known.value(reference) {
            Value::Empty => None,
            Value::Number(number) => Some(number_words(number, words.language)),
            Value::Text(text) => Some(text),
            Value::Truth(is_so) => Some(if is_so { words.yes } else { words.no }.to_owned()),
            Value::Date(date) => Some(match words.language {
                Language::Nl => format!("{}-{}-{}", date.day(), date.month(), date.year()),
                Language::En => date.to_string(),
            }),
            Value::List(items) => Some(joined(items, words)),
        }
    }
}

fn joined(mut parts: Vec<String>, words: Wording<'_>) -> String {
    match (parts.pop(), parts.is_empty()) {
        (Some(last), true) => last,
        (Some(last), false) => format!("{} {} {last}", parts.join(", "), words.and),
        (None, _) => String::new(),
    }
}

fn number_words(number: Number, language: Language) -> String {
    let text = number.to_string();
    match language {
        Language::Nl => text.replace('.', ","),
        Language::En => text,
    }
}
