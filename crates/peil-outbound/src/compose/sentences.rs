//! The fixed sentences of the mails, one table per language. Knows nothing of layout.

use std::collections::BTreeMap;

use peil_domain::shared::Language;
use serde::Deserialize;

use crate::OutboundError;

/// Every language with its sentences; a new language is a new row.
const LOCALES: [(Language, &str); 2] = [
    (Language::Nl, include_str!("../../locales/nl.toml")),
    (Language::En, include_str!("../../locales/en.toml")),
];

/// The sentences of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sentences {
    pub(super) invitation: InvitationSentences,
    pub(super) test: TestSentences,
    pub(super) signals: SignalSentences,
}

/// The sentences around an invitation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InvitationSentences {
    pub(super) preheader: String,
    duration_one: String,
    duration_other: String,
    pub(super) choose: String,
    pub(super) answer: String,
    pub(super) button: String,
    pub(super) fallback: String,
    pub(super) why: String,
    pub(super) valid: String,
    pub(super) opt_out_lead: String,
    pub(super) opt_out: String,
}

impl InvitationSentences {
    /// Says how long answering takes, in whole minutes.
    pub(super) fn duration(&self, minutes: u32) -> String {
        let sentence = if minutes <= 1 {
            &self.duration_one
        } else {
            &self.duration_other
        };
        fill(sentence, &[("minutes", &minutes.to_string())])
    }
}

/// The sentences of a test mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TestSentences {
    pub(super) subject: String,
    pub(super) preheader: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) why: String,
}

/// The sentences of a mail with signals.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignalSentences {
    pub(super) subject_one: String,
    pub(super) subject_other: String,
    pub(super) preheader: String,
    pub(super) lead: String,
    pub(super) button: String,
    pub(super) fallback: String,
    pub(super) why: String,
    /// A sentence per kind of signal.
    pub(super) kinds: BTreeMap<String, String>,
}

/// Reads the sentences of every language.
pub(super) fn read_all() -> Result<Vec<(Language, Sentences)>, OutboundError> {
    LOCALES
        .into_iter()
        .map(|(language, file)| match toml::from_str(file) {
            Ok(sentences) => Ok((language, sentences)),
            Err(source) => Err(OutboundError::Sentences {
                language: language.code(),
                source,
            }),
        })
        .collect()
}

/// Puts values in the places of a sentence that are written as `{name}`.
///
/// Goes through the sentence once, so braces inside a value stay what they are.
pub(super) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, tail))
        });
        if let Some((value, tail)) = place {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_sentence() {
        let languages: Vec<&str> = read_all()
            .unwrap()
            .iter()
            .map(|(language, _)| language.code())
            .collect();
        assert_eq!(languages, ["nl", "en"]);
    }

    #[test]
    fn one_minute_is_singular() {
        let all = read_all().unwrap();
        let (_, dutch) = all.first().unwrap();
        assert_eq!(
            dutch.invitation.duration(1),
            "Dat kost je ongeveer 1 minuut."
        );
        assert_eq!(
            dutch.invitation.duration(3),
            "Dat kost je ongeveer 3 minuten."
        );
    }

    #[test]
    fn a_value_with_braces_is_not_filled_in_again() {
        let filled = fill("{a} en {b}", &[("a", "{b}"), ("b", "B")]);
        assert_eq!(filled, "{b} en B");
    }

    #[test]
    fn an_unknown_place_stays_visible() {
        assert_eq!(fill("{nobody} {", &[]), "{nobody} {");
    }
}
