//! Says which themes of a taxonomy a clause is about, with the words that show it.

use std::collections::{BTreeMap, HashSet};

use crate::language::Language;
use crate::taxonomy::Taxonomy;
use crate::wordbook::{Compare, Found, WordBook};
use crate::words::{Word, Words};

/// What one strong or weak word is worth as a probability.
const STRONG: f64 = 0.8;
const WEAK: f64 = 0.4;
/// What a word inside a compound is worth of that.
const SHARE_OF_PART: f64 = 0.85;
/// From this confidence on a theme is given.
pub(crate) const GIVEN_FROM: f64 = 0.5;

/// A theme that a clause is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Match {
    /// The code of the theme.
    pub(crate) theme: String,
    /// The code of the sub-theme with most evidence.
    pub(crate) part: String,
    /// Between 0 and 1: one minus the product of what each word leaves open.
    pub(crate) confidence: f64,
    /// The words that show it, as stretches of words.
    pub(crate) evidence: Vec<(usize, usize)>,
    /// Words show it that were added to those that Peil starts with.
    pub(crate) is_added: bool,
}

/// A taxonomy in one language, ready to be matched.
pub(crate) struct Matcher {
    language: Language,
    book: WordBook,
    /// What each pattern of the book stands for.
    meanings: Vec<Meaning>,
    /// Per sub-theme: its theme, its code and the themes that go with it.
    parts: Vec<Part>,
}

struct Part {
    theme: String,
    code: String,
    also: Vec<String>,
}

#[derive(Clone, Copy)]
struct Meaning {
    part: usize,
    /// Nothing for an exclusion.
    worth: Option<f64>,
    /// Not among the words that Peil starts with.
    is_added: bool,
}

/// Evidence for one theme while it is collected.
struct Evidence {
    open: f64,
    /// What was found before.
    patterns: Vec<usize>,
    places: Vec<(usize, usize)>,
    best: (f64, String),
    is_added: bool,
}

/// The words that Peil starts with, each with its theme and sub-theme.
fn seed_words(language: Language) -> HashSet<(String, String, String)> {
    let mut all = HashSet::new();
    for theme in Taxonomy::seed().themes {
        for part in theme.parts {
            let lists = part.words.into_iter();
            let lists = lists.filter(|words| words.language == language);
            let words = lists.flat_map(|words| words.strong.into_iter().chain(words.weak));
            all.extend(words.map(|word| (theme.code.clone(), part.code.clone(), word)));
        }
    }
    all
}

impl Matcher {
    pub(crate) fn new(taxonomy: &Taxonomy, language: Language) -> Self {
        let mut patterns: Vec<&str> = Vec::new();
        let mut meanings = Vec::new();
        let mut parts = Vec::new();
        let seed = seed_words(language);
        for theme in &taxonomy.themes {
            for sub in &theme.parts {
                let part = parts.len();
                parts.push(Part {
                    theme: theme.code.clone(),
                    code: sub.code.clone(),
                    also: theme.also.iter().chain(&sub.also).cloned().collect(),
                });
                for words in sub.words.iter().filter(|words| words.language == language) {
                    let worths = [
                        (&words.strong, Some(STRONG)),
                        (&words.weak, Some(WEAK)),
                        (&words.exclusions, None),
                    ];
                    for (list, worth) in worths {
                        patterns.extend(list.iter().map(String::as_str));
                        meanings.extend(list.iter().map(|word| Meaning {
                            part,
                            worth,
                            is_added: !seed.contains(&(
                                theme.code.clone(),
                                sub.code.clone(),
                                word.clone(),
                            )),
                        }));
                    }
                }
            }
        }
        let book = WordBook::new(patterns, &Words::new(language), Compare::Stem);
        Self {
            language,
            book,
            meanings,
            parts,
        }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// All themes with any evidence in these words, in order of their code.
    pub(crate) fn find(&self, words: &[Word]) -> Vec<Match> {
        let found = self.book.find(words);
        let excluded: Vec<(&str, &Found)> = found
            .iter()
            .filter_map(|found| {
                let meaning = self
                    .meanings
                    .get(found.pattern)
                    .filter(|meaning| meaning.worth.is_none())?;
                Some((self.parts.get(meaning.part)?.theme.as_str(), found))
            })
            .collect();
        let mut themes: BTreeMap<&str, Evidence> = BTreeMap::new();
        let mut used: Vec<(usize, usize, usize)> = Vec::new();
        for hit in &found {
            let Some((part, meaning, worth)) = self.part_of(hit) else {
                continue;
            };
            let is_excluded = excluded.iter().any(|(theme, other)| {
                *theme == part.theme && hit.first < other.end && other.first < hit.end
            });
            if is_excluded || used.contains(&(meaning.part, hit.first, hit.end)) {
                continue;
            }
            used.push((meaning.part, hit.first, hit.end));
            for theme in std::iter::once(&part.theme).chain(&part.also) {
                themes.entry(theme).or_insert_with(Evidence::new).add(
                    hit,
                    worth,
                    &part.code,
                    meaning.is_added,
                );
            }
        }
        themes
            .into_iter()
            .map(|(theme, evidence)| evidence.into_match(theme))
            .collect()
    }

    fn part_of(&self, hit: &Found) -> Option<(&Part, Meaning, f64)> {
        let meaning = self.meanings.get(hit.pattern)?;
        let worth = meaning.worth? * if hit.is_part { SHARE_OF_PART } else { 1.0 };
        Some((self.parts.get(meaning.part)?, *meaning, worth))
    }
}

impl Evidence {
    fn new() -> Self {
        Self {
            open: 1.0,
            patterns: Vec::new(),
            places: Vec::new(),
            best: (0.0, String::new()),
            is_added: false,
        }
    }

    /// The same words count once, for what they are worth most, however often they are said.
    fn add(&mut self, hit: &Found, worth: f64, part: &str, is_added: bool) {
        self.is_added |= is_added;
        let place = (hit.first, hit.end);
        let is_new_place = !self
            .places
            .iter()
            .any(|known| known.0 < place.1 && place.0 < known.1);
        if is_new_place {
            self.places.push(place);
        }
        if is_new_place && !self.patterns.contains(&hit.pattern) {
            self.open *= 1.0 - worth;
        } else {
            self.open = self.open.min(1.0 - worth);
        }
        self.patterns.push(hit.pattern);
        if worth > self.best.0 {
            self.best = (worth, part.to_owned());
        }
    }

    fn into_match(self, theme: &str) -> Match {
        Match {
            theme: theme.to_owned(),
            part: self.best.1,
            confidence: 1.0 - self.open,
            evidence: self.places,
            is_added: self.is_added,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn themes(text: &str, language: Language) -> Vec<String> {
        let matcher = Matcher::new(&Taxonomy::seed(), language);
        let found = matcher.find(&Words::new(language).of(text));
        found
            .into_iter()
            .filter(|found| found.confidence >= GIVEN_FROM)
            .map(|found| found.theme)
            .collect()
    }

    #[test]
    fn clauses_are_sorted_by_their_words() {
        assert_eq!(
            themes("De bezorgtijden zijn te lang", Language::Dutch),
            ["delivery"]
        );
        assert_eq!(themes("Veel te duur", Language::Dutch), ["price"]);
        assert_eq!(
            themes("The website is confusing", Language::English),
            ["ease_of_use"]
        );
        assert_eq!(
            themes("Vriendelijk personeel", Language::Dutch),
            ["customer_service", "staff"]
        );
    }

    #[test]
    fn exclusions_silence_words() {
        assert!(
            !themes("Ik hoorde de stereo", Language::Dutch).contains(&"product_quality".to_owned())
        );
        assert_eq!(
            themes("Prijs-kwaliteit is goed", Language::Dutch),
            ["price"]
        );
    }

    #[test]
    fn every_example_is_found_in_its_own_theme() {
        let seed = Taxonomy::seed();
        let mut missed = Vec::new();
        for theme in seed
            .themes
            .iter()
            .filter(|theme| theme.code != "no_content")
        {
            for words in theme.parts.iter().flat_map(|part| &part.words) {
                let is_missed =
                    |example: &&String| !themes(example, words.language).contains(&theme.code);
                missed.extend(words.examples.iter().filter(is_missed));
            }
        }
        assert!(missed.is_empty(), "{missed:?}");
    }
}
