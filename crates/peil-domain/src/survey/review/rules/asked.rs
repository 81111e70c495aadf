//! What a text asks, apart from the answers and remarks that stand behind it: "(yes / no / I had
//! none)", "Never / Sometimes / Often", "(leave blank if nothing comes to mind)". Words in an answer
//! are there to be chosen and push nobody; an answer such as "none" is a way out.

use std::collections::BTreeSet;

use super::{
    super::{
        finding::{Rule, Severity},
        lexicon::Class,
        token::{Kind, Sentence, Token},
    },
    Draft,
};

/// Most words and signs between brackets.
const LONGEST_REMARK: usize = 80;

/// Most words of a title between quotation marks.
const LONGEST_TITLE: usize = 6;

/// Most words of a remark such as "None is fine too."
const LONGEST_WAY_OUT: usize = 6;

/// A text, parted.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The sentences without what is offered; as many as the text has, some may be empty.
    pub(super) sentences: Vec<Sentence>,
    /// The words of answers and remarks.
    offered: Vec<Token>,
}

/// Parts what is asked from what is offered as an answer.
pub(super) fn part(sentences: &[Sentence]) -> Asked {
    let mut asked = Asked::default();
    let all: Vec<&Token> = sentences.iter().flat_map(|s| &s.tokens).collect();
    let mut is_first = vec![false; all.len()];
    let mut first = 0;
    for sentence in sentences {
        if let Some(mark) = is_first.get_mut(first) {
            *mark = true;
        }
        first += sentence.tokens.len();
    }
    let mut left_out = bracketed(&all, &is_first);
    for title in titles(&all) {
        left_out.extend(title);
    }
    let mut place = 0;
    let mut has_question = false;
    for (number, sentence) in sentences.iter().enumerate() {
        let is_list = number > 0 && (lists(sentence) || instructs(sentence))
            || has_question && (is_way_out(sentence) || is_row(sentence));
        let from = place + list_start(sentence).unwrap_or(sentence.tokens.len());
        has_question |= sentence.is_question;
        let mut tokens = Vec::with_capacity(sentence.tokens.len());
        for token in &sentence.tokens {
            let is_behind = place >= from && !token.reads("?");
            if is_list || is_behind || left_out.contains(&place) {
                asked.offered.push(token.clone());
            } else {
                tokens.push(token.clone());
            }
            place += 1;
        }
        asked.sentences.push(Sentence {
            tokens,
            is_question: sentence.is_question,
        });
    }
    asked
}

impl Asked {
    /// The rules that an answer silences: nobody has to pretend when "none" can be chosen.
    pub(super) fn silenced(&self) -> BTreeSet<Rule> {
        let mut rules = BTreeSet::new();
        for token in &self.offered {
            if token.reads("no") || token.reads("nee") {
                continue;
            }
            let is_none = matches!(
                token.lower.as_str(),
                "geen" | "none" | "niets" | "nothing" | "niemand" | "nobody" | "nergens"
            );
            if is_none {
                rules.insert(Rule::Presupposing);
            }
            let is_nothing = matches!(token.lower.as_str(), "0" | "nvt" | "n.v.t." | "n/a");
            if is_none || is_nothing || token.is(Class::Negator) {
                rules.insert(Rule::AssumedBehaviour);
            }
        }
        rules
    }

    /// Answers from "disagree" to "agree", whatever the question looks like.
    pub(super) fn agreement(&self) -> Option<Draft> {
        let mut agree = self.offered.iter().filter(|token| {
            matches!(
                token.lower.as_str(),
                "eens" | "oneens" | "agree" | "disagree"
            )
        });
        let first = agree.next()?;
        let last = agree.next_back()?;
        let span = first.span.start..last.span.end;
        Some(Draft::new(Rule::AgreeDisagree, Severity::Warning, span))
    }
}

/// The places of tokens in brackets that are answers or remarks, brackets included. Brackets in the
/// midst of a sentence that only explain a word stay.
fn bracketed(all: &[&Token], is_first: &[bool]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut place = 0;
    while place < all.len() {
        let Some(end) = closing(all, place) else {
            place += 1;
            continue;
        };
        let inside = all.get(place + 1..end).unwrap_or_default();
        let commas = inside.iter().filter(|token| token.reads(",")).count();
        let is_list = commas >= 2
            || inside.iter().any(|token| {
                separates(token)
                    || matches!(
                        token.lower.as_str(),
                        ":" | ";" | "\u{2026}" | "=" | "tot" | "to" | "of" | "or"
                    )
            });
        let mut behind = all.iter().skip(end + 1);
        let is_last = behind.all(|token| token.kind == Kind::Sign);
        let opens = is_first.get(place).copied().unwrap_or_default();
        if is_list || is_last || opens {
            found.extend(place..=end);
        }
        place = end + 1;
    }
    found
}

/// Where the bracket that opens at `place` closes.
fn closing(all: &[&Token], place: usize) -> Option<usize> {
    all.get(place).filter(|token| token.reads("("))?;
    let mut inside = all.iter().enumerate().skip(place + 1).take(LONGEST_REMARK);
    inside
        .find(|(_, token)| token.reads(")"))
        .map(|(end, _)| end)
}

fn separates(token: &Token) -> bool {
    matches!(
        token.lower.as_str(),
        "/" | "|" | "\u{2013}" | "\u{2014}" | "-" | "\u{2022}"
    )
}

/// Whether a sentence is a row of answers: signs between blanks part it.
fn lists(sentence: &Sentence) -> bool {
    !sentence.is_question
        && sentence.tokens.windows(2).any(|pair| match pair {
            [before, sign] => separates(sign) && sign.span.start > before.span.end,
            _ => false,
        })
}

/// "Choose 'never' if you do not come there.", "If you did not, skip this."
fn instructs(sentence: &Sentence) -> bool {
    let fills_in = |token: &Token| {
        matches!(
            token.lower.as_str(),
            "kies"
                | "kiest"
                | "vul"
                | "vult"
                | "kruis"
                | "vink"
                | "sla"
                | "slaat"
                | "choose"
                | "tick"
                | "leave"
                | "skip"
                | "enter"
                | "select"
                | "write"
        )
    };
    let first = sentence.first_word();
    !sentence.is_question && first.is_some_and(|first| fills_in(first) || first.reads("laat"))
        || first.is_some_and(|first| first.is(Class::If)) && sentence.tokens.iter().any(fills_in)
}

/// "Yes, no, I do not know.", behind a question.
fn is_row(sentence: &Sentence) -> bool {
    let is_answer = sentence.first_word().is_some_and(|first| {
        first.is(Class::Frequency)
            || first.is(Class::Rating)
            || matches!(first.lower.as_str(), "ja" | "nee" | "yes" | "no")
    });
    !sentence.is_question && is_answer && sentence.tokens.iter().any(|token| token.reads(","))
}

/// Where a row of answers begins behind a colon: "Who helped you: nobody, a friend or a colleague?"
fn list_start(sentence: &Sentence) -> Option<usize> {
    let tokens = &sentence.tokens;
    let colon = tokens.iter().rposition(|token| token.reads(":"))?;
    let behind = tokens.get(colon + 1..)?;
    let opens = sentence
        .first_word()
        .is_some_and(|first| first.is(Class::Wh) || first.is(Class::Finite));
    let is_row = behind.iter().any(|token| token.reads(","))
        && behind
            .iter()
            .any(|token| token.reads("of") || token.reads("or"));
    let asks = behind
        .iter()
        .any(|token| token.is(Class::You) || token.is(Class::Wh));
    (sentence.is_question && opens && is_row && !asks).then_some(colon + 1)
}

/// "None is fine too.", behind a question.
fn is_way_out(sentence: &Sentence) -> bool {
    let words = sentence.tokens.iter().filter(|token| token.is_word());
    !sentence.is_question
        && sentence
            .first_word()
            .is_some_and(|first| first.is(Class::Negator))
        && words.count() <= LONGEST_WAY_OUT
}

/// Titles between quotation marks: 'Pride and Prejudice' is one thing and blames nobody.
fn titles(all: &[&Token]) -> Vec<std::ops::RangeInclusive<usize>> {
    let quotes = |token: &Token| {
        matches!(
            token.lower.as_str(),
            "'" | "\"" | "\u{2018}" | "\u{201c}" | "\u{201d}" | "\u{201e}"
        )
    };
    let mut found = Vec::new();
    let mut place = 0;
    while place < all.len() {
        let opens = all.get(place).is_some_and(|token| quotes(token));
        let end = all
            .iter()
            .enumerate()
            .skip(place + 1)
            .take(LONGEST_TITLE + 1)
            .find(|(_, token)| quotes(token))
            .map(|(end, _)| end);
        let (true, Some(end)) = (opens, end) else {
            place += 1;
            continue;
        };
        let inside = all.get(place + 1..end).unwrap_or_default();
        let is_named = place > 0
            && !all.get(place - 1).is_some_and(|token| token.reads(":"))
            && inside.first().is_some_and(|token| token.is_capital)
            && !inside.iter().any(|token| token.is(Class::Finite));
        if is_named {
            found.push(place..=end);
        }
        place = end + 1;
    }
    found
}
