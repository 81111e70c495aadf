//! Why the reviewer of questionnaires says something, in the reader's language.

use peil_domain::{shared::Language, survey::review::Rule};

use super::text::{Arg, Text};

/// One plain sentence with its source; `count` is what was counted, for rules that count.
#[must_use]
pub fn review_sentence(language: Language, rule: Rule, count: Option<usize>) -> String {
    let key = format!("review-why-{}", rule.code().replace('_', "-"));
    let count: Arg = count.unwrap_or_default().into();
    Text::new(language).a(&key, &[("count", count)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_sentence_with_a_source_in_every_language() {
        for language in Language::ALL {
            for rule in Rule::ALL {
                let sentence = review_sentence(language, *rule, Some(3));
                assert!(
                    sentence.ends_with(").") && sentence.contains('('),
                    "{sentence}"
                );
            }
        }
    }
}
