//! Single questions to put into a questionnaire. Their texts are data, in `data/bank`, one file per
//! theme.

use std::sync::LazyLock;

use peil_domain::{shared::Localized, survey::Question};
use serde::Deserialize;

/// Questions about one theme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankTheme {
    /// Stable name.
    pub code: String,
    /// Name.
    pub name: Localized,
    /// The questions, the most useful first. Their keys are unlike those of every other theme.
    pub questions: Vec<Question>,
}

static BANK: LazyLock<Vec<BankTheme>> = LazyLock::new(|| {
    // A theme that cannot be read is left out and fails the test below.
    super::shipped!(
        "bank",
        "general",
        "product_quality",
        "assortment",
        "price",
        "delivery",
        "customer_service",
        "staff",
        "waiting_time",
        "ease_of_use",
        "billing",
        "communication",
        "complaints",
        "location",
        "privacy_trust",
        "start_and_end",
        "business",
        "appointments",
        "sustainability",
        "background",
    )
});

/// Every question to choose from, by theme.
#[must_use]
pub fn question_bank() -> &'static [BankTheme] {
    &BANK
}

/// The question of the bank with this key.
#[must_use]
pub fn find_banked(key: &str) -> Option<&'static Question> {
    let mut all = question_bank().iter().flat_map(|theme| &theme.questions);
    all.find(|question| question.key.as_str() == key)
}

impl BankTheme {
    /// Questions whose text, in any language, has all words of `sought`.
    #[must_use]
    pub fn matching(&self, sought: &str) -> Vec<&Question> {
        let sought = sought.to_lowercase();
        let has_all = |question: &Question| {
            let texts: Vec<String> = question.text.texts().map(str::to_lowercase).collect();
            sought
                .split_whitespace()
                .all(|word| texts.iter().any(|text| text.contains(word)))
        };
        self.questions.iter().filter(|q| has_all(q)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use peil_domain::{
        shared::Language,
        survey::review::{Role, Severity, review_text},
    };

    use super::*;

    #[test]
    fn the_bank_has_at_least_150_questions_with_keys_of_their_own() {
        let all = || question_bank().iter().flat_map(|theme| &theme.questions);
        assert_eq!(question_bank().len(), 19);
        let keys: BTreeSet<&str> = all().map(|question| question.key.as_str()).collect();
        assert_eq!(keys.len(), all().count());
        assert!(keys.len() >= 150, "{}", keys.len());
    }

    #[test]
    fn every_question_of_the_bank_is_sound_in_both_languages() {
        for question in question_bank().iter().flat_map(|theme| &theme.questions) {
            for language in Language::ALL {
                let text = question.text.exact(language).unwrap();
                let found = review_text(text, language, Role::Question);
                let is_sound = found.iter().all(|f| f.severity == Severity::Hint);
                assert!(is_sound, "{text}: {found:?}");
            }
        }
    }

    #[test]
    fn questions_are_found_by_words_in_either_language() {
        let found: Vec<&str> = question_bank()
            .iter()
            .flat_map(|theme| theme.matching("Bezorger tevreden"))
            .map(|question| question.key.as_str())
            .collect();
        assert_eq!(found, ["bezorger"]);
        assert!(
            question_bank()
                .iter()
                .any(|t| !t.matching("EASY park").is_empty())
        );
        assert!(
            question_bank()
                .iter()
                .all(|t| t.matching("zeppelin").is_empty())
        );
    }
}
