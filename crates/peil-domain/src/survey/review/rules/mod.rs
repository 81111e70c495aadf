//! The rules on one text. Most of them are patterns in the data files ([`phrases`]); those that
//! need the build of the sentence have a file of their own.

mod asked;
mod double_barrelled;
mod jargon;
mod looks;
mod negation;
mod phrases;
mod reading;

use std::{collections::BTreeSet, ops::Range};

pub use reading::{READING_LIMIT, reading_load};

use super::{
    finding::{Rule, Severity},
    lexicon::{Class, Lexicon},
    token::{Sentence, Token},
};

/// A finding before its words and rewrite are added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) rule: Rule,
    pub(super) severity: Severity,
    pub(super) span: Range<usize>,
    /// Whether the text stays sound when the words are left out.
    pub(super) may_drop: bool,
}

impl Draft {
    fn new(rule: Rule, severity: Severity, span: Range<usize>) -> Self {
        Self {
            rule,
            severity,
            span,
            may_drop: false,
        }
    }
}

/// Everything that the rules say about the sentences of one text, in reading order.
pub(super) fn drafts(sentences: &[Sentence], lexicon: &Lexicon) -> Vec<Draft> {
    let mut found = Vec::new();
    let asked = asked::part(sentences);
    let excepted: Vec<BTreeSet<Rule>> = sentences
        .iter()
        .zip(&asked.sentences)
        .map(|(whole, asked)| phrases::excepted_rules(whole, asked, lexicon))
        .collect();
    let mut excepted_anywhere = phrases::excepted_in_text(&excepted);
    excepted_anywhere.extend(asked.silenced());
    for ((whole, sentence), excepted) in sentences.iter().zip(&asked.sentences).zip(&excepted) {
        let mut own = phrases::find(sentence, lexicon);
        own.extend(negation::find(sentence));
        own.extend(double_barrelled::find(sentence, lexicon));
        own.extend(jargon::find(whole, lexicon));
        own.extend(reading::find(sentence));
        own.retain(|draft| {
            !excepted.contains(&draft.rule) && !excepted_anywhere.contains(&draft.rule)
        });
        found.extend(own);
    }
    found.extend(double_barrelled::second_question(&asked.sentences));
    found.extend(asked.agreement());
    merged(found)
}

/// One finding per rule and place: of those that overlap the most serious stays, the first of equals.
fn merged(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by_key(|draft| (draft.rule, draft.span.start, draft.span.end));
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        match kept.last_mut() {
            Some(last) if last.rule == draft.rule && draft.span.start < last.span.end => {
                if draft.severity > last.severity {
                    *last = draft;
                }
            }
            _ => kept.push(draft),
        }
    }
    kept.sort_by_key(|draft| (draft.span.start, draft.rule));
    kept
}

/// Bytes from the first to the last token of `range`.
fn span_of(tokens: &[Token], range: Range<usize>) -> Option<Range<usize>> {
    let first = tokens.get(range.start)?;
    let last = tokens.get(range.end.checked_sub(1)?)?;
    Some(first.span.start..last.span.end.max(first.span.end))
}

/// Whether the sentence lists answers, as in "never, sometimes or often".
fn lists_answers(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let frequencies: BTreeSet<&str> = tokens
        .iter()
        .filter(|token| token.is(Class::Frequency))
        .map(|token| token.lower.as_str())
        .collect();
    let separates = |token: &Token| matches!(token.lower.as_str(), "," | "of" | "or" | ":" | "/");
    let ratings = tokens
        .windows(2)
        .filter(|pair| match pair {
            [one, other] => {
                separates(one) && other.is(Class::Rating)
                    || one.is(Class::Rating) && separates(other)
            }
            _ => false,
        })
        .count();
    frequencies.len() >= 2 || ratings >= 4
}
