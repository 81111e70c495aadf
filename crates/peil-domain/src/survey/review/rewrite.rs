//! Neutral words for a finding, only when the result is sound: a whole sentence that a rewrite of
//! the data files fits, a word that can be left out, a plain word for one of the trade, or one
//! question made two.

use std::ops::Range;

use super::{
    finding::Rule,
    lexicon::{Class, Lexicon},
    pattern::{Content, Match},
    rules::{Draft, drafts as found_in},
    token::{Sentence, Token, sentences as cut},
};

/// Most steps to a text without the finding.
const MOST_STEPS: usize = 3;

/// The text in other words, when they are sound: nothing of the same rule is left and nothing new
/// is wrong.
pub(super) fn rewrite(
    text: &str,
    sentences: &[Sentence],
    drafts: &[Draft],
    draft: &Draft,
    lexicon: &Lexicon,
) -> Option<String> {
    let mut made = one_step(text, sentences, draft, lexicon)?;
    for _ in 0..MOST_STEPS {
        let sentences = cut(&made, lexicon);
        // Two questions on two lines are two texts.
        let is_split = draft.rule == Rule::DoubleBarrelled && made.lines().count() > 1;
        let left = if is_split {
            let found = |line| found_in(&cut(line, lexicon), lexicon);
            made.lines().flat_map(found).collect()
        } else {
            found_in(&sentences, lexicon)
        };
        let is_new = |left: &Draft| drafts.iter().all(|known| known.rule != left.rule);
        if left.iter().any(is_new) {
            return None;
        }
        let Some(again) = left.iter().find(|left| left.rule == draft.rule) else {
            return Some(made);
        };
        if is_split {
            return None;
        }
        made = one_step(&made, &sentences, again, lexicon)?;
    }
    None
}

/// The text with one finding less, when a way is known.
fn one_step(
    text: &str,
    sentences: &[Sentence],
    draft: &Draft,
    lexicon: &Lexicon,
) -> Option<String> {
    let sentence = sentences.iter().find(|sentence| {
        let span = sentence.span();
        span.start <= draft.span.start && draft.span.end <= span.end
    })?;
    let by_template = || from_template(text, sentence, draft, lexicon);
    let by_rule = || match draft.rule {
        Rule::DoubleBarrelled => split(text, sentence, draft),
        Rule::Jargon => plain(text, sentence, draft, lexicon),
        _ if draft.may_drop => drop_words(text, sentence, draft),
        _ => None,
    };
    by_template().or_else(by_rule).filter(|made| made != text)
}

/// The first rewrite of the data files for this rule that fits the whole sentence.
fn from_template(
    text: &str,
    sentence: &Sentence,
    draft: &Draft,
    lexicon: &Lexicon,
) -> Option<String> {
    let rewrites = lexicon
        .rewrites
        .iter()
        .filter(|(rule, ..)| *rule == draft.rule);
    let content = Content::of(&sentence.tokens);
    for (_, pattern, template) in rewrites.filter(|(_, pattern, _)| pattern.may_match(&content)) {
        let Some(matched) = pattern.find(&sentence.tokens) else {
            continue;
        };
        let Some(made) = fill(text, sentence, &matched, template) else {
            continue;
        };
        let replaced = span_of(sentence, &matched)?;
        let before = text.get(..replaced.start)?;
        let behind = text.get(replaced.end..)?;
        return Some(format!("{before}{made}{behind}"));
    }
    None
}

/// Bytes of the words that a rewrite replaces.
fn span_of(sentence: &Sentence, matched: &Match) -> Option<Range<usize>> {
    let first = sentence.tokens.get(matched.marked.start)?;
    let last = sentence.tokens.get(matched.marked.end.checked_sub(1)?)?;
    Some(first.span.start..last.span.end)
}

/// The template with `\1` to `\9` filled in.
fn fill(text: &str, sentence: &Sentence, matched: &Match, template: &str) -> Option<String> {
    let mut made = String::new();
    let mut characters = template.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            made.push(c);
            continue;
        }
        let number = characters.next()?.to_digit(10)?;
        let tokens = matched.capture(usize::try_from(number).ok()?)?;
        let first = sentence.tokens.get(tokens.start)?;
        let last = sentence.tokens.get(tokens.end.checked_sub(1)?)?;
        made.push_str(text.get(first.span.start..last.span.end)?);
    }
    Some(made)
}

/// The text without the words, unless they are joined to others or open the sentence.
fn drop_words(text: &str, sentence: &Sentence, draft: &Draft) -> Option<String> {
    let tokens = &sentence.tokens;
    let first = tokens
        .iter()
        .position(|token| token.span.start == draft.span.start)?;
    let behind = tokens
        .iter()
        .position(|token| token.span.start >= draft.span.end)?;
    let before = tokens.get(first.checked_sub(1)?)?;
    let next = tokens.get(behind).filter(|token| token.is_word())?;
    let is_joined = |token: &Token| token.is(Class::Coordinator) || token.reads(",");
    if is_joined(before) || is_joined(next) {
        return None;
    }
    let head = text.get(..draft.span.start)?;
    let tail = text.get(next.span.start..)?;
    Some(format!("{head}{tail}"))
}

/// The text with the plain word for a word of the trade.
fn plain(text: &str, sentence: &Sentence, draft: &Draft, lexicon: &Lexicon) -> Option<String> {
    let token = sentence
        .tokens
        .iter()
        .find(|token| token.span == draft.span)?;
    let plain = lexicon.plain_word(&token.lower)?;
    let head = text.get(..draft.span.start)?;
    let tail = text.get(draft.span.end..)?;
    Some(format!("{head}{plain}{tail}"))
}

/// Two questions, each with one of the joined words. Only for two single words of the same kind,
/// so that what stands around them fits both.
fn split(text: &str, sentence: &Sentence, draft: &Draft) -> Option<String> {
    let inside: Vec<&Token> = sentence
        .tokens
        .iter()
        .filter(|token| draft.span.start <= token.span.start && token.span.end <= draft.span.end)
        .collect();
    let [left, and, .., right] = inside.as_slice() else {
        return None;
    };
    let is_list = sentence
        .tokens
        .iter()
        .any(|token| token.reads(",") && token.span.end <= draft.span.start);
    let next = sentence
        .tokens
        .iter()
        .find(|token| token.span.start >= right.span.end);
    let ends_there = next.is_none_or(|next| {
        !next.is_word()
            || next.is(Class::Finite)
            || next.is(Class::Preposition)
            || next.is(Class::Determiner)
            || next.is(Class::You)
    });
    let is_said_to_be_two = sentence
        .tokens
        .iter()
        .any(|token| token.reads("both") || token.reads("zowel"));
    if is_list
        || is_said_to_be_two
        || !ends_there
        || !and.is(Class::Coordinator)
        || !is_same_kind(left, right)
    {
        return None;
    }
    let span = sentence.span();
    let head = text.get(span.start..left.span.start)?;
    let tail = text.get(right.span.end..span.end)?;
    // "the speed and the price": the second keeps its own article.
    let between = inside.len() - 3;
    let (first_head, second_head, second) = if between == 0 {
        (head, head, text.get(right.span.clone())?)
    } else {
        let article = sentence
            .tokens
            .iter()
            .rev()
            .find(|token| token.span.end <= left.span.start)
            .filter(|token| token.is(Class::Determiner))?;
        let is_single = between == 1
            && inside
                .get(2)
                .is_some_and(|token| token.is(Class::Determiner));
        if !is_single {
            return None;
        }
        let bare = text.get(span.start..article.span.start)?;
        let own = inside.get(2)?.span.start;
        (head, bare, text.get(own..right.span.end)?)
    };
    let first = text.get(left.span.clone())?;
    let before = text.get(..span.start)?;
    let behind = text.get(span.end..)?;
    Some(format!(
        "{before}{first_head}{first}{tail}\n{second_head}{second}{tail}{behind}"
    ))
}

/// Whether what fits one word fits the other: both describe, or both are nouns of one gender by
/// their ending.
fn is_same_kind(left: &Token, right: &Token) -> bool {
    const ENDINGS: [&str; 8] = ["heid", "tijd", "teit", "ing", "ness", "ity", "ility", "ion"];
    let describes = |token: &Token| {
        (token.is(Class::Quality) || token.is(Class::Fault)) && !token.is(Class::Attributive)
    };
    let has_ending = |token: &Token| ENDINGS.iter().any(|ending| token.lower.ends_with(ending));
    let is_aspect = |token: &Token| token.is(Class::Aspect) || has_ending(token);
    describes(left) && describes(right) || is_aspect(left) && is_aspect(right)
}
