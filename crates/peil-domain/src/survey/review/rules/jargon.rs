//! Words of the trade and abbreviations that respondents need not know.

use super::{
    super::{
        finding::{Rule, Severity},
        lexicon::{Class, Lexicon},
        token::{Sentence, Token},
    },
    Draft,
};

/// Most letters of an abbreviation; longer words in capitals are shouted or names.
const LONGEST_ABBREVIATION: usize = 5;

/// Finds words of the trade and unknown abbreviations.
pub(super) fn find(sentence: &Sentence, lexicon: &Lexicon) -> Vec<Draft> {
    let tokens = &sentence.tokens;
    let is_shouted = tokens.iter().filter(|token| token.is_word()).count() > 2
        && tokens
            .iter()
            .filter(|token| token.is_word() && token.letters() > 1)
            .all(|token| token.is_all_capitals);
    let mut found = Vec::new();
    for (place, token) in tokens.iter().enumerate().filter(|(_, t)| t.is_word()) {
        let is_known = has_part(token, Class::Known, lexicon);
        let is_jargon = has_part(token, Class::Jargon, lexicon)
            || (!is_shouted && is_unknown_abbreviation(tokens, place, token));
        if is_jargon && !is_known {
            found.push(Draft::new(
                Rule::Jargon,
                Severity::Warning,
                token.span.clone(),
            ));
        }
    }
    found
}

/// Whether the word or a part of it between hyphens is in `class`.
fn has_part(token: &Token, class: Class, lexicon: &Lexicon) -> bool {
    let mut parts = token.lower.split(['-', '\'']);
    token.is(class) || parts.any(|part| lexicon.classes(part).contains(class))
}

/// Whether a word begins with or is an abbreviation that stands like a noun: "the SLA", "uw
/// CSM", "RMA-proces". Without an article it is taken for the name of an organisation.
fn is_unknown_abbreviation(tokens: &[Token], place: usize, token: &Token) -> bool {
    let before = place.checked_sub(1).and_then(|at| tokens.get(at));
    let follows_article = before.is_some_and(|before| {
        before.is(Class::Determiner)
            || before.is(Class::Attributive)
            || before.is(Class::Coordinator)
    });
    let stem = token.lower.split(['-', '\'']).next().unwrap_or_default();
    token.is_all_capitals && follows_article && stem.chars().count() <= LONGEST_ABBREVIATION
}
