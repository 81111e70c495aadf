//! Standard wording of standard questions, in `data/questions.json`. A figure can only be compared
//! with that of others when the question is asked in the usual words.

use std::{collections::BTreeMap, sync::LazyLock};

use peil_domain::{
    shared::{Language, Localized},
    survey::{CesVersion, QuestionKind},
};

static TEXTS: LazyLock<BTreeMap<String, Localized>> = LazyLock::new(|| {
    // A file that cannot be read gives blank questions here and fails the test below.
    serde_json::from_str(include_str!("../../data/questions.json")).unwrap_or_default()
});

/// The usual words of a question of this kind, in so far as there are any.
pub(super) fn standard_text(kind: &QuestionKind, languages: &[Language]) -> Localized {
    let name = match kind {
        QuestionKind::Ces {
            version: CesVersion::V1,
        } => "ces_v1",
        other => other.code(),
    };
    text_called(name, languages)
}

/// The words with this name, in so far as there are any.
pub(super) fn text_called(name: &str, languages: &[Language]) -> Localized {
    let mut text = Localized::default();
    for language in languages {
        if let Some(words) = TEXTS
            .get(name)
            .and_then(|standard| standard.exact(*language))
        {
            text.set(*language, words);
        }
    }
    text
}

/// Gives a scale that has words, but none yet, the usual ones.
pub(super) fn name_scale(kind: &mut QuestionKind, languages: &[Language]) {
    let QuestionKind::Matrix { labels, .. } = kind else {
        return;
    };
    for (number, label) in (1..)
        .zip(labels.iter_mut())
        .filter(|(_, label)| label.is_blank())
    {
        let usual = TEXTS.get(&format!("satisfaction_{number}"));
        for language in languages {
            if let Some(words) = usual.and_then(|usual| usual.exact(*language)) {
                label.set(*language, words);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_its_usual_words_in_every_language() {
        let kinds = [
            QuestionKind::Nps,
            QuestionKind::Csat {
                look: peil_domain::survey::CsatLook::Stars,
            },
            QuestionKind::Ces {
                version: CesVersion::V1,
            },
            QuestionKind::Ces {
                version: CesVersion::V2,
            },
            QuestionKind::Mark,
        ];
        for kind in kinds {
            for language in Language::ALL {
                let text = standard_text(&kind, &Language::ALL);
                assert!(text.exact(language).is_some(), "{kind:?} {language}");
            }
        }
        assert!(standard_text(&QuestionKind::Statement, &Language::ALL).is_blank());
    }
}
