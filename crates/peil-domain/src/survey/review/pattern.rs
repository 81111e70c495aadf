//! Patterns over the words of a sentence, as the data files write them.
//!
//! | written | meaning |
//! |---|---|
//! | `vindt` | this word or sign |
//! | `vind\|vindt` | one of these |
//! | `verbeter*`, `*heid` | a word that begins or ends so; `*-to-*` has it inside |
//! | `{praise}` | a word of this class; `{quality&attributive}` of both |
//! | `x?` | may be absent (`?` itself is written `\?`) |
//! | `!x` | not this; takes no word |
//! | `~x` | the word before is not this; takes no word |
//! | `*` | any word or number |
//! | `..5` | up to five words or signs |
//! | `^`, `$` | begin of the sentence, end of its words |
//! | `<`, `>` | the finding is what stands between |
//! | `1:x` | kept under this number for a rewrite |

use std::{collections::HashSet, ops::Range};

use super::{
    lexicon::{Class, Classes},
    token::{Kind, Token},
};

/// Most words that a gap may skip.
const LONGEST_GAP: usize = 40;

/// A sequence of conditions on words.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    steps: Vec<Step>,
    /// Of each of these lists, a sentence must have a word.
    needed_words: Vec<Vec<String>>,
    /// Each of these classes must be in a sentence.
    needed_classes: Classes,
}

/// The words and classes that a sentence has, to pass over patterns that cannot match.
#[derive(Debug)]
pub(super) struct Content<'a> {
    words: HashSet<&'a str>,
    classes: Classes,
}

impl<'a> Content<'a> {
    /// What `tokens` have.
    pub(super) fn of(tokens: &'a [Token]) -> Self {
        let classes = tokens
            .iter()
            .fold(Classes::default(), |all, token| all.and(token.classes));
        Self {
            words: tokens.iter().map(|token| token.lower.as_str()).collect(),
            classes,
        }
    }
}

#[derive(Debug, Clone)]
struct Step {
    what: What,
    is_optional: bool,
    capture: Option<usize>,
}

#[derive(Debug, Clone)]
enum What {
    Any(Vec<Test>),
    Not(Vec<Test>),
    NotBefore(Vec<Test>),
    Gap(usize),
    Word,
    Begin,
    End,
    Open,
    Close,
}

#[derive(Debug, Clone)]
enum Test {
    Reads(String),
    BeginsWith(String),
    EndsWith(String),
    Holds(String),
    Is(Classes),
}

/// Where a pattern was found, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    /// The words of the finding.
    pub(super) marked: Range<usize>,
    captures: Vec<(usize, Range<usize>)>,
}

impl Match {
    /// The tokens kept under `number`.
    pub(super) fn capture(&self, number: usize) -> Option<Range<usize>> {
        let mut kept = self.captures.iter().filter(|(name, _)| *name == number);
        let first = kept.next()?.1.clone();
        let last = kept.next_back().map_or(first.end, |(_, range)| range.end);
        Some(first.start..last)
    }
}

impl Pattern {
    /// Reads a pattern; nothing when it is not understood.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let steps: Option<Vec<Step>> = text.split_whitespace().map(step).collect();
        let steps = steps.filter(|steps| !steps.is_empty())?;
        let mut needed_words = Vec::new();
        let mut needed_classes = Classes::default();
        for step in steps.iter().filter(|step| !step.is_optional) {
            let What::Any(tests) = &step.what else {
                continue;
            };
            if let [Test::Is(classes)] = tests.as_slice() {
                needed_classes = needed_classes.and(*classes);
            }
            needed_words.extend(only_words(tests));
        }
        Some(Self {
            steps,
            needed_words,
            needed_classes,
        })
    }

    /// Whether a sentence with this content could match.
    pub(super) fn may_match(&self, content: &Content<'_>) -> bool {
        let has_any = |words: &Vec<String>| {
            words
                .iter()
                .any(|word| content.words.contains(word.as_str()))
        };
        content.classes.contains_all(self.needed_classes) && self.needed_words.iter().all(has_any)
    }

    /// Whether the classes that the pattern needs are among these.
    pub(super) fn may_match_classes(&self, content: &Content<'_>) -> bool {
        content.classes.contains_all(self.needed_classes)
    }

    /// The words that the pattern can begin with; nothing when it can begin with others as well.
    pub(super) fn first_words(&self) -> Option<Vec<String>> {
        let mut steps = self.steps.iter();
        let first = steps
            .find(|step| !matches!(step.what, What::Begin | What::Open | What::NotBefore(_)))?;
        let What::Any(tests) = &first.what else {
            return None;
        };
        only_words(tests).filter(|_| !first.is_optional)
    }

    /// The match that begins at token `from`.
    pub(super) fn match_at(&self, tokens: &[Token], from: usize) -> Option<Match> {
        let mut trail = Trail::default();
        let end = walk(&self.steps, tokens, from, &mut trail)?;
        let open = trail.open.unwrap_or(from);
        Some(Match {
            marked: open..trail.close.unwrap_or(end),
            captures: trail.captures,
        })
    }

    /// The first match anywhere in the sentence.
    pub(super) fn find(&self, tokens: &[Token]) -> Option<Match> {
        (0..tokens.len()).find_map(|from| self.match_at(tokens, from))
    }
}

/// The words, when all alternatives are plain words.
fn only_words(tests: &[Test]) -> Option<Vec<String>> {
    let reads = |test: &Test| match test {
        Test::Reads(word) => Some(word.clone()),
        _ => None,
    };
    tests.iter().map(reads).collect()
}

#[derive(Debug, Clone, Default)]
struct Trail {
    open: Option<usize>,
    close: Option<usize>,
    captures: Vec<(usize, Range<usize>)>,
}

/// Follows `steps` from token `at` and gives the token behind the match.
fn walk(steps: &[Step], tokens: &[Token], at: usize, trail: &mut Trail) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(at);
    };
    match &step.what {
        What::Begin => is_begin(tokens, at)
            .then(|| walk(rest, tokens, at, trail))
            .flatten(),
        What::End => is_end(tokens, at)
            .then(|| walk(rest, tokens, at, trail))
            .flatten(),
        What::Open => {
            trail.open = Some(at);
            walk(rest, tokens, at, trail)
        }
        What::Close => {
            trail.close = Some(at);
            walk(rest, tokens, at, trail)
        }
        What::Not(tests) => {
            let is_met = tokens.get(at).is_some_and(|token| meets(tests, token));
            if is_met {
                return None;
            }
            walk(rest, tokens, at, trail)
        }
        What::NotBefore(tests) => {
            let before = at.checked_sub(1).and_then(|place| tokens.get(place));
            if before.is_some_and(|token| meets(tests, token)) {
                return None;
            }
            walk(rest, tokens, at, trail)
        }
        What::Gap(most) => (0..=*most).find_map(|skipped| {
            let behind = at + skipped;
            if behind > tokens.len() {
                return None;
            }
            attempt(step, rest, tokens, at..behind, trail)
        }),
        What::Word => {
            let token = tokens.get(at)?;
            if token.kind == Kind::Sign {
                return None;
            }
            attempt(step, rest, tokens, at..at + 1, trail)
        }
        What::Any(tests) => {
            if tokens.get(at).is_some_and(|token| meets(tests, token))
                && let Some(end) = attempt(step, rest, tokens, at..at + 1, trail)
            {
                return Some(end);
            }
            if step.is_optional {
                return walk(rest, tokens, at, trail);
            }
            None
        }
    }
}

/// Goes on behind `taken`; what was noted on the way is forgotten when it leads nowhere.
fn attempt(
    step: &Step,
    rest: &[Step],
    tokens: &[Token],
    taken: Range<usize>,
    trail: &mut Trail,
) -> Option<usize> {
    let before = trail.clone();
    let behind = taken.end;
    if let Some(number) = step.capture {
        trail.captures.push((number, taken));
    }
    let end = walk(rest, tokens, behind, trail);
    if end.is_none() {
        *trail = before;
    }
    end
}

/// Whether a sentence, or a part after a colon, begins at token `at`.
fn is_begin(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return true;
    };
    let opens = |token: &Token| {
        matches!(
            token.lower.as_str(),
            ":" | "\"" | "'" | "\u{201c}" | "\u{2018}" | "(" | "-" | "*"
        )
    };
    tokens.get(before).is_some_and(opens)
}

/// Whether no word stands at token `at` or behind it.
fn is_end(tokens: &[Token], at: usize) -> bool {
    let mut behind = tokens.iter().skip(at);
    behind.all(|token| token.kind == Kind::Sign)
}

fn meets(tests: &[Test], token: &Token) -> bool {
    tests.iter().any(|test| match test {
        Test::Reads(text) => token.lower == *text,
        Test::BeginsWith(text) => token.lower.starts_with(text.as_str()),
        Test::EndsWith(text) => token.lower.ends_with(text.as_str()),
        Test::Holds(text) => token.lower.contains(text.as_str()),
        Test::Is(classes) => token.classes.contains_all(*classes),
    })
}

fn step(text: &str) -> Option<Step> {
    let (capture, text) = match text.split_once(':') {
        Some((number, rest)) if !rest.is_empty() && number.parse::<usize>().is_ok() => {
            (number.parse().ok(), rest)
        }
        _ => (None, text),
    };
    let plain = |what| Step {
        what,
        is_optional: false,
        capture,
    };
    Some(match text {
        "^" => plain(What::Begin),
        "$" => plain(What::End),
        "<" => plain(What::Open),
        ">" => plain(What::Close),
        "*" => plain(What::Word),
        _ if text.starts_with("..") => {
            let most: usize = text.strip_prefix("..")?.parse().ok()?;
            plain(What::Gap(most.min(LONGEST_GAP)))
        }
        _ => {
            if let Some(rest) = text.strip_prefix('~').filter(|rest| !rest.is_empty()) {
                return Some(plain(What::NotBefore(tests(rest)?)));
            }
            if let Some(rest) = text.strip_prefix('!').filter(|rest| !rest.is_empty()) {
                return Some(plain(What::Not(tests(rest)?)));
            }
            let is_optional = text.ends_with('?') && !text.ends_with("\\?");
            let text = if is_optional {
                text.strip_suffix('?')?
            } else {
                text
            };
            Step {
                what: What::Any(tests(text)?),
                is_optional,
                capture,
            }
        }
    })
}

fn tests(text: &str) -> Option<Vec<Test>> {
    text.split('|').map(test).collect()
}

fn test(text: &str) -> Option<Test> {
    if let Some(inner) = text.strip_prefix('{') {
        let mut classes = Classes::default();
        for name in inner.strip_suffix('}')?.split('&') {
            classes = classes.with(Class::named(name)?);
        }
        return Some(Test::Is(classes));
    }
    if text.len() > 1 {
        if let Some(inner) = text
            .strip_prefix('*')
            .and_then(|rest| rest.strip_suffix('*'))
        {
            return Some(Test::Holds(inner.to_owned()));
        }
        if let Some(rest) = text.strip_suffix('*') {
            return Some(Test::BeginsWith(rest.to_owned()));
        }
        if let Some(rest) = text.strip_prefix('*') {
            return Some(Test::EndsWith(rest.to_owned()));
        }
    }
    let text = text.strip_prefix('\\').unwrap_or(text);
    (!text.is_empty()).then(|| Test::Reads(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        shared::Language,
        survey::review::{lexicon::Lexicon, token::sentences},
    };

    fn found(pattern: &str, text: &str) -> Option<String> {
        let sentences = sentences(text, Lexicon::of(Language::Nl));
        let tokens = &sentences.first().unwrap().tokens;
        let found = Pattern::parse(pattern).unwrap().find(tokens)?;
        let start = tokens.get(found.marked.start)?.span.start;
        let end = tokens.get(found.marked.end.checked_sub(1)?)?.span.end;
        text.get(start..end).map(str::to_owned)
    }

    #[test]
    fn words_gaps_and_marks_are_found() {
        let text = "Waarom vindt u onze app zo prettig werken?";
        assert_eq!(found("waarom ..6 < zo *ig >", text).unwrap(), "zo prettig");
        assert_eq!(found("vind|vindt {you} ook? niet", text), None);
        assert_eq!(found("^ vindt", text), None);
        assert_eq!(found("werken $", text).unwrap(), "werken");
        assert_eq!(found("zo !lelijk *", text).unwrap(), "zo prettig");
    }

    #[test]
    fn a_pattern_that_is_not_understood_is_refused() {
        for pattern in ["", "{nobody}", "..x", "{you"] {
            assert!(Pattern::parse(pattern).is_none(), "{pattern}");
        }
    }
}
