//! Word lists and patterns of one language, read once from the data files.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::shared::Language;

pub(super) use super::class::{Class, Classes};
use super::{
    finding::{Rule, Severity},
    inflect::{Form, Inflection, forms},
    pattern::Pattern,
};

/// Everything that the reviewer knows of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: HashMap<String, Classes>,
    /// Plain words for words of the trade.
    plain: HashMap<String, String>,
    /// Two words that make one thing.
    pairs: HashSet<(String, String)>,
    /// What to look for, by the first word of the pattern; the empty word for those without one.
    pub(super) searches: Searches,
    /// Texts that look like a finding and are none.
    pub(super) exceptions: Vec<(Rule, Pattern)>,
    /// Neutral words for whole sentences.
    pub(super) rewrites: Vec<(Rule, Pattern, String)>,
    /// Lines that could not be read; a test keeps it empty.
    pub(super) unreadable: Vec<String>,
}

/// One pattern with what it means when it is found.
#[derive(Debug)]
pub(super) struct Search {
    pub(super) rule: Rule,
    pub(super) severity: Severity,
    pub(super) pattern: Pattern,
    /// Whether the text stays sound when the words are left out.
    pub(super) may_drop: bool,
}

/// Patterns by their first word.
#[derive(Debug, Default)]
pub(super) struct Searches {
    by_word: HashMap<String, Vec<Search>>,
    open: Vec<Search>,
}

impl Searches {
    /// The patterns that begin with `word`.
    pub(super) fn at(&self, word: &str) -> &[Search] {
        self.by_word
            .get(word)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The patterns that do not begin with a certain word.
    pub(super) fn open(&self) -> &[Search] {
        &self.open
    }

    fn add(&mut self, make: impl Fn() -> Option<Search>) -> bool {
        let Some(search) = make() else { return false };
        match search.pattern.first_words() {
            None => self.open.push(search),
            Some(words) => {
                for word in words {
                    self.by_word.entry(word).or_default().extend(make());
                }
            }
        }
        true
    }
}

/// The data files of one language.
struct Files {
    words: &'static [&'static str],
    pairs: &'static str,
    jargon: &'static str,
    patterns: &'static [&'static str],
    rewrites: &'static str,
}

const DUTCH: Files = Files {
    words: &[
        include_str!("data/nl/grammar.txt"),
        include_str!("data/nl/words.txt"),
        include_str!("data/nl/adjectives.txt"),
    ],
    pairs: include_str!("data/nl/pairs.txt"),
    jargon: include_str!("data/nl/jargon.txt"),
    patterns: &[
        include_str!("data/nl/patterns.txt"),
        include_str!("data/nl/norms.txt"),
        include_str!("data/nl/presumed.txt"),
        include_str!("data/nl/pushing.txt"),
    ],
    rewrites: include_str!("data/nl/rewrites.txt"),
};

const ENGLISH: Files = Files {
    words: &[
        include_str!("data/en/grammar.txt"),
        include_str!("data/en/words.txt"),
        include_str!("data/en/adjectives.txt"),
    ],
    pairs: include_str!("data/en/pairs.txt"),
    jargon: include_str!("data/en/jargon.txt"),
    patterns: &[
        include_str!("data/en/patterns.txt"),
        include_str!("data/en/norms.txt"),
        include_str!("data/en/presumed.txt"),
        include_str!("data/en/pushing.txt"),
    ],
    rewrites: include_str!("data/en/rewrites.txt"),
};

impl Lexicon {
    /// The lexicon of `language`.
    pub(super) fn of(language: Language) -> &'static Self {
        static DUTCH_LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&DUTCH));
        static ENGLISH_LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&ENGLISH));
        match language {
            Language::Nl => &DUTCH_LEXICON,
            Language::En => &ENGLISH_LEXICON,
        }
    }

    /// What is known of a word in small letters.
    pub(super) fn classes(&self, lower: &str) -> Classes {
        self.words.get(lower).copied().unwrap_or_default()
    }

    /// The plain word for a word of the trade.
    pub(super) fn plain_word(&self, lower: &str) -> Option<&str> {
        self.plain.get(lower).map(String::as_str)
    }

    /// Whether `left en right` is one thing.
    pub(super) fn is_pair(&self, left: &str, right: &str) -> bool {
        self.pairs.contains(&(left.to_owned(), right.to_owned()))
    }

    fn read(files: &Files) -> Self {
        let mut lexicon = Self::default();
        for text in files.words {
            lexicon.read_words(text);
        }
        lexicon.read_jargon(files.jargon);
        for (_, line) in lines(files.pairs) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                [left, right] => {
                    let pair = ((*left).to_owned(), (*right).to_owned());
                    lexicon.pairs.insert((pair.1.clone(), pair.0.clone()));
                    lexicon.pairs.insert(pair);
                }
                _ => lexicon.unreadable.push(line.to_owned()),
            }
        }
        for text in files.patterns {
            lexicon.read_patterns(text);
        }
        lexicon.read_rewrites(files.rewrites);
        lexicon
    }

    /// Sections `[class class inflection]` with words.
    fn read_words(&mut self, text: &str) {
        for (head, line) in lines(text) {
            let mut classes = Classes::default();
            let mut inflection = Inflection::None;
            for name in head.split_whitespace() {
                match (Class::named(name), inflection_named(name)) {
                    (Some(class), _) => classes = classes.with(class),
                    (None, Some(found)) => inflection = found,
                    (None, None) => self.unreadable.push(format!("[{head}]")),
                }
            }
            for word in line.split_whitespace() {
                for (form, part) in forms(word, inflection) {
                    let classes = match part {
                        Form::Plain => classes,
                        Form::Attributive => classes.with(Class::Attributive),
                        Form::Comparative => Classes::default().with(Class::Comparative),
                        Form::Superlative => Classes::default().with(Class::Superlative),
                    };
                    self.add_word(form, classes);
                }
            }
        }
    }

    fn add_word(&mut self, word: String, classes: Classes) {
        let entry = self.words.entry(word).or_default();
        *entry = entry.and(classes);
    }

    /// Lines `word` or `word = plain word`.
    fn read_jargon(&mut self, text: &str) {
        for (_, line) in lines(text) {
            let (words, plain) = line.split_once('=').unwrap_or((line, ""));
            let plain = plain.trim();
            for word in words.split_whitespace() {
                if !plain.is_empty() {
                    self.plain.insert(word.to_owned(), plain.to_owned());
                }
                self.add_word(word.to_owned(), Classes::default().with(Class::Jargon));
            }
        }
    }

    /// Sections `[rule severity]`, `[rule severity drop]` or `[rule except]` with patterns.
    fn read_patterns(&mut self, text: &str) {
        for (head, line) in lines(text) {
            let words: Vec<&str> = head.split_whitespace().collect();
            let is_read = match words.as_slice() {
                [rule, "except"] => match (rule.parse(), Pattern::parse(line)) {
                    (Ok(rule), Some(pattern)) => {
                        self.exceptions.push((rule, pattern));
                        true
                    }
                    _ => false,
                },
                [rule, severity, rest @ ..] => self.searches.add(|| {
                    Some(Search {
                        rule: rule.parse().ok()?,
                        severity: severity.parse().ok()?,
                        pattern: Pattern::parse(line)?,
                        may_drop: rest == ["drop"],
                    })
                }),
                _ => false,
            };
            if !is_read {
                self.unreadable.push(format!("[{head}] {line}"));
            }
        }
    }

    /// Sections `[rule]` with lines `pattern => text`.
    fn read_rewrites(&mut self, text: &str) {
        for (head, line) in lines(text) {
            let read = line.split_once("=>").and_then(|(pattern, template)| {
                let rule: Rule = head.parse().ok()?;
                Some((rule, Pattern::parse(pattern)?, template.trim().to_owned()))
            });
            match read {
                Some(rewrite) => self.rewrites.push(rewrite),
                None => self.unreadable.push(format!("[{head}] {line}")),
            }
        }
    }
}

fn inflection_named(name: &str) -> Option<Inflection> {
    Some(match name {
        "adjective" => Inflection::DutchAdjective,
        "verb" => Inflection::DutchVerb,
        "noun" => Inflection::Noun,
        "english-verb" => Inflection::EnglishVerb,
        _ => return None,
    })
}

/// The lines of a data file with the head of their section; `#` begins a remark.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut head = "";
    text.lines().filter_map(move |line| {
        let line = line.split('#').next().unwrap_or(line).trim();
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            head = name;
            return None;
        }
        (!line.is_empty()).then_some((head, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_files_is_understood() {
        for language in Language::ALL {
            let unreadable = &Lexicon::of(language).unreadable;
            assert!(unreadable.is_empty(), "{language}: {unreadable:#?}");
        }
    }
}
