//! Denials: one in a statement or a yes/no question makes the answer unclear, two make it a riddle.
//! A question with a question word may deny ("Why did you not order?"): its answer is no yes or no.

use super::{
    super::{
        finding::{Rule, Severity},
        lexicon::Class,
        token::{Sentence, Token},
    },
    Draft,
};

/// Most words before a denial that are looked at.
const LONGEST_CLAUSE: usize = 60;

/// Words between a denial and the denied word behind it.
const REACH: usize = 8;

/// Finds denials that make an answer unclear.
pub(super) fn find(sentence: &Sentence) -> Vec<Draft> {
    let tokens = &sentence.tokens;
    let denials: Vec<(usize, &Token)> = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.is(Class::Negator))
        .collect();
    let Some((place, first)) = denials.first() else {
        return Vec::new();
    };
    let second = tokens
        .iter()
        .enumerate()
        .skip(place + 1)
        .take(REACH)
        .find(|(at, token)| denies(token) && !is_alternative(tokens, *place, *at));
    if let Some((_, second)) = second {
        let span = first.span.start..second.span.end;
        return vec![Draft::new(Rule::Negation, Severity::Error, span)];
    }
    let is_single = denials
        .iter()
        .find(|(place, _)| is_unclear(sentence, *place));
    is_single
        .map(|(_, token)| Draft::new(Rule::Negation, Severity::Warning, token.span.clone()))
        .into_iter()
        .collect()
}

/// Whether a word takes something away, by itself or by its prefix.
fn denies(token: &Token) -> bool {
    token.is(Class::Negator) || token.is(Class::Denying)
}

/// Whether the second word only offers the other answer: "satisfied or not", "not, or unhappy".
fn is_alternative(tokens: &[Token], first: usize, second: usize) -> bool {
    let mut between = tokens.iter().take(second).skip(first + 1);
    between.any(|token| matches!(token.lower.as_str(), "of" | "or" | "," | "?" | ";" | ":"))
}

/// Whether one denial at `place` leaves open what yes or agreement means.
fn is_unclear(sentence: &Sentence, place: usize) -> bool {
    let tokens = &sentence.tokens;
    let statement = statement_start(tokens, place);
    let from = statement.unwrap_or(place.saturating_sub(LONGEST_CLAUSE));
    let before = || tokens.iter().take(place).skip(from);
    let mut words = tokens.iter().skip(statement.unwrap_or_default());
    let Some(first) = words.find(|token| token.is_word()) else {
        return false;
    };
    // "Never" and "nobody" are reported as absolute; what should never happen is denied as well.
    let mut behind = tokens.iter().skip(place + 1).take(REACH);
    let is_absolute = tokens
        .get(place)
        .is_some_and(|token| token.is(Class::Absolute))
        && !behind.any(|token| token.is(Class::Fault) || token.is(Class::Mishap));
    // "Don't you think ...", "Vindt u niet dat ..." push instead of deny.
    let is_tag = is_tag(tokens, place);
    // An answer to choose, or a condition, denies nothing.
    let mut near = tokens.iter().take(place).rev().take(3);
    let is_other = near.any(|token| token.reads("of") || token.reads("or"));
    let is_offered = before().next_back().is_some_and(|token| {
        matches!(
            token.lower.as_str(),
            "of" | "or" | ":" | "(" | "\"" | "'" | "\u{201c}" | "\u{2018}" | "," | "dan"
        )
    });
    let is_condition = first.is(Class::Imperative)
        || before()
            .any(|token| token.is(Class::If) || token.reads("terwijl") || token.reads("while"));
    let asks_openly = before().any(|token| token.is(Class::Wh));
    // "Was there anything that you could not find?"
    let is_relative = before().any(|token| {
        matches!(
            token.lower.as_str(),
            "die"
                | "iets"
                | "iemand"
                | "waar"
                | "anything"
                | "something"
                | "anyone"
                | "which"
                | "who"
        )
    });
    let is_fixed = tokens.get(place + 1).is_some_and(|next| {
        matches!(
            next.lower.as_str(),
            "alleen"
                | "only"
                | "van"
                | "applicable"
                | "mening"
                | "opinion"
                | "voorkeur"
                | "sure"
                | "zeker"
        )
    });
    let is_answerable = sentence.is_question && first.is(Class::Finite);
    let is_statement = !sentence.is_question || statement.is_some();
    !is_offered
        && !is_other
        && !is_absolute
        && !is_tag
        && !is_condition
        && !asks_openly
        && !is_relative
        && !is_fixed
        && (is_answerable || is_statement)
}

/// Where the statement begins that the respondent has to agree with: "How far do you agree: ...".
fn statement_start(tokens: &[Token], place: usize) -> Option<usize> {
    let from = place.saturating_sub(LONGEST_CLAUSE);
    let colon = (from..place).rfind(|at| tokens.get(*at).is_some_and(|token| token.reads(":")))?;
    let asks_agreement = tokens.iter().take(colon).skip(from).any(|token| {
        matches!(
            token.lower.as_str(),
            "eens" | "oneens" | "stelling" | "uitspraak" | "agree" | "disagree" | "statement"
        )
    });
    asks_agreement.then_some(colon + 1)
}

/// Whether the denial only asks for consent: "you ... not that", "isn't it".
fn is_tag(tokens: &[Token], place: usize) -> bool {
    let before = |back: usize| place.checked_sub(back).and_then(|at| tokens.get(at));
    let next = tokens.get(place + 1);
    let follows_you = [1, 2]
        .into_iter()
        .filter_map(before)
        .any(|token| token.is(Class::You));
    let asks_consent = next.is_some_and(|next| {
        matches!(
            next.lower.as_str(),
            "dat"
                | "ook"
                | "liever"
                | "graag"
                | "onze"
                | "ons"
                | "think"
                | "agree"
                | "love"
                | "like"
                | "that"
                | "say"
        )
    });
    let is_contracted = tokens
        .get(place)
        .is_some_and(|token| token.lower.ends_with("n't"));
    let consents_behind = next.is_some_and(|next| {
        next.is(Class::You) || matches!(next.lower.as_str(), "our" | "it" | "they" | "this" | "the")
    });
    (follows_you && asks_consent)
        || (is_contracted && consents_behind && before(1).is_none_or(|token| !token.is_word()))
        || (is_contracted && before(1).is_some_and(|token| token.reads(",")))
        || before(1).is_some_and(|token| token.reads(","))
            && next.is_none_or(|next| !next.is_word() || next.reads("waar"))
}
