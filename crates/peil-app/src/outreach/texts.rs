//! Texts that a new wave starts with, and the few words that a mail needs besides. They are data,
//! in `data/mails`.

use std::sync::LazyLock;

use jiff::civil::Date;
use peil_domain::{
    response::Wording,
    shared::{Language, Localized},
    survey::{CesVersion, QuestionKind, SurveyPurpose},
};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    relational: Opening,
    transactional: Opening,
    unknown_name: String,
    in_text: InText,
    months: Vec<String>,
    nps: Vec<String>,
    csat: Vec<String>,
    ces_v2: Vec<String>,
    ces_v1: Vec<String>,
    mark: Vec<String>,
    yes_no: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    subject: String,
    message: String,
}

/// Words inside a sentence that is filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct InText {
    yes: String,
    no: String,
    and: String,
}

static WORDS: LazyLock<Vec<(Language, Words)>> = LazyLock::new(|| {
    [
        (Language::Nl, include_str!("../../data/mails/nl.json")),
        (Language::En, include_str!("../../data/mails/en.json")),
    ]
    .into_iter()
    // A file that cannot be read is left out here and fails the test below.
    .filter_map(|(language, text)| Some((language, serde_json::from_str(text).ok()?)))
    .collect()
});

fn words(language: Language) -> Option<&'static Words> {
    WORDS
        .iter()
        .find(|(known, _)| *known == language)
        .map(|(_, words)| words)
}

/// Subject and message to start with, in these languages.
pub(super) fn opening(purpose: SurveyPurpose, languages: &[Language]) -> (Localized, Localized) {
    let (mut subject, mut message) = (Localized::default(), Localized::default());
    for language in languages {
        let Some(words) = words(*language) else {
            continue;
        };
        let opening = match purpose {
            SurveyPurpose::Relational => &words.relational,
            SurveyPurpose::Transactional => &words.transactional,
        };
        subject.set(*language, opening.subject.clone());
        message.set(*language, opening.message.clone());
    }
    (subject, message)
}

/// How someone is addressed whose name is not known.
pub(super) fn unknown_name(language: Language) -> &'static str {
    words(language).map_or("", |words| words.unknown_name.as_str())
}

/// The words that a text is filled in with.
pub(super) fn wording(language: Language, organisation: &str) -> Wording<'_> {
    let known = words(language).map(|words| &words.in_text);
    let word =
        |of: fn(&'static InText) -> &'static String| known.map_or("", |known| of(known).as_str());
    Wording {
        language,
        organisation,
        yes: word(|known| &known.yes),
        no: word(|known| &known.no),
        and: word(|known| &known.and),
    }
}

/// A day as it is written in a letter.
pub(super) fn long_date(language: Language, date: Date) -> String {
    let month = usize::try_from(date.month()).unwrap_or(1).saturating_sub(1);
    let name = words(language).and_then(|words| words.months.get(month));
    let name = name.map_or("", String::as_str);
    format!("{} {name} {}", date.day(), date.year())
}

/// The words on a scale: at each of its choices, or only at its two ends.
pub(super) enum ScaleWords {
    /// A word for every choice, from low to high.
    Each(&'static [String]),
    /// Words at the low and the high end.
    Ends(String, String),
}

/// The words on the scale of a question.
pub(super) fn scale_words(kind: &QuestionKind, language: Language) -> ScaleWords {
    let none = || ScaleWords::Ends(String::new(), String::new());
    let Some(words) = words(language) else {
        return none();
    };
    let ends = |list: &[String]| match list {
        [low, high] => ScaleWords::Ends(low.clone(), high.clone()),
        _ => none(),
    };
    match kind {
        QuestionKind::Nps => ends(&words.nps),
        QuestionKind::Csat { .. } => ScaleWords::Each(&words.csat),
        QuestionKind::Ces {
            version: CesVersion::V2,
        } => ends(&words.ces_v2),
        QuestionKind::Ces {
            version: CesVersion::V1,
        } => ends(&words.ces_v1),
        QuestionKind::Mark => ends(&words.mark),
        QuestionKind::YesNo => ScaleWords::Each(&words.yes_no),
        QuestionKind::Rating {
            low_label,
            high_label,
            ..
        }
        | QuestionKind::Slider {
            low_label,
            high_label,
            ..
        } => ScaleWords::Ends(
            low_label.get(language).to_owned(),
            high_label.get(language).to_owned(),
        ),
        // Nothing of these can be answered by one click in a mail.
        QuestionKind::Choice { .. }
        | QuestionKind::Text { .. }
        | QuestionKind::Statement
        | QuestionKind::Matrix { .. }
        | QuestionKind::Ranking { .. }
        | QuestionKind::Number { .. }
        | QuestionKind::Date { .. }
        | QuestionKind::Contact { .. }
        | QuestionKind::Consent => none(),
    }
}

#[cfg(test)]
mod tests {
    use peil_domain::outreach::{offer_words, unknown_placeholders};

    use super::*;

    #[test]
    fn every_language_has_every_word() {
        for language in Language::ALL {
            let words = words(language).unwrap();
            assert_eq!(
                (words.months.len(), words.csat.len(), words.yes_no.len()),
                (12, 5, 2)
            );
            assert_ne!(wording(language, "").and, "");
            for ends in [&words.nps, &words.ces_v2, &words.ces_v1, &words.mark] {
                assert_eq!(ends.len(), 2);
            }
        }
        let date = jiff::civil::date(2026, 3, 9);
        assert_eq!(long_date(Language::Nl, date), "9 maart 2026");
    }

    #[test]
    fn the_texts_to_start_with_obey_our_own_rules() {
        let known = std::collections::BTreeSet::new();
        for purpose in [SurveyPurpose::Relational, SurveyPurpose::Transactional] {
            let (subject, message) = opening(purpose, &Language::ALL);
            for language in Language::ALL {
                for text in [
                    subject.exact(language).unwrap(),
                    message.exact(language).unwrap(),
                ] {
                    assert_eq!(unknown_placeholders(text, &known), [""; 0]);
                    assert_eq!(offer_words(text), [""; 0]);
                }
            }
        }
    }
}
