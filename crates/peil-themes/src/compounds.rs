//! Splits Dutch compounds into the words that they are made of, with a list of words and how often each is a part.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::known_words::words_of;

/// Shorter words are not taken apart, longer ones are not words.
const LETTERS: std::ops::RangeInclusive<usize> = 7..=48;
/// The longest part in letters.
const LONGEST_PART: usize = 18;
/// What every part costs beside its rarity, so that few long parts win.
const COST_OF_PART: u32 = 6;
/// What letters between two parts cost.
const COST_OF_LINK: u32 = 1;
/// Letters that stand between two parts.
const LINKS: [&str; 6] = ["", "s", "en", "e", "n", "er"];
/// Letters that follow the last part.
const ENDINGS: [&str; 9] = ["", "s", "en", "n", "e", "je", "jes", "tje", "tjes"];

const LIST: &str = include_str!("../data/nl/parts.txt");

/// Every part with its cost: the rarer, the dearer.
static PARTS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut parts = HashMap::new();
    for line in LIST.lines().filter(|line| !line.starts_with('#')) {
        let Some((often, words)) = line.split_once(':') else {
            continue;
        };
        let cost = 6 - often.trim().parse::<u32>().unwrap_or(1).min(5);
        for word in words
            .split_whitespace()
            .filter(|word| word.chars().count() >= 3)
        {
            let known = parts.entry(word).or_insert(cost);
            *known = cost.min(*known);
        }
    }
    parts
});

/// The best way found to split a word up to some letter.
#[derive(Clone)]
struct Way {
    cost: u32,
    parts: Vec<&'static str>,
}

/// Every word of the list.
pub(crate) fn listed_words() -> impl Iterator<Item = &'static str> {
    words_of(LIST).filter(|word| !word.ends_with(':') && word.chars().count() >= 3)
}

/// The words that a Dutch word (in lower case) is made of; nothing when it is one word or not understood as a whole.
#[must_use]
pub fn split(word: &str) -> Vec<&'static str> {
    if PARTS.contains_key(word)
        || !word
            .chars()
            .all(|letter| letter.is_alphabetic() || letter == '-')
    {
        return Vec::new();
    }
    let mut edges: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    edges.push(word.len());
    if !LETTERS.contains(&(edges.len() - 1)) {
        return Vec::new();
    }
    let parts = best_way(word, &edges)
        .map(|way| way.parts)
        .unwrap_or_default();
    if parts.len() >= 2 { parts } else { Vec::new() }
}

fn best_way(word: &str, edges: &[usize]) -> Option<Way> {
    let mut ways: Vec<Option<Way>> = vec![None; word.len() + 1];
    if let Some(first) = ways.first_mut() {
        *first = Some(Way {
            cost: 0,
            parts: Vec::new(),
        });
    }
    let mut best: Option<Way> = None;
    for (index, start) in edges.iter().enumerate() {
        let Some(way) = ways.get(*start).cloned().flatten() else {
            continue;
        };
        for end in edges.iter().skip(index + 3).take(LONGEST_PART) {
            let Some((part, cost)) = word
                .get(*start..*end)
                .and_then(|part| PARTS.get_key_value(part))
            else {
                continue;
            };
            let mut longer = way.clone();
            longer.cost += cost + COST_OF_PART;
            longer.parts.push(part);
            let rest = word.get(*end..).unwrap_or_default();
            if ENDINGS.contains(&rest) && best.as_ref().is_none_or(|best| longer.cost < best.cost) {
                best = Some(longer.clone());
            }
            for link in LINKS
                .into_iter()
                .chain(["-"])
                .filter(|link| rest.starts_with(link))
            {
                let mut linked = longer.clone();
                linked.cost += if link.is_empty() { 0 } else { COST_OF_LINK };
                if let Some(there) = ways.get_mut(end + link.len())
                    && there.as_ref().is_none_or(|there| linked.cost < there.cost)
                {
                    *there = Some(linked);
                }
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_fall_into_their_words() {
        for (word, expected) in [
            (
                "klantenservicemedewerker",
                &["klanten", "service", "medewerker"][..],
            ),
            ("bezorgtijden", &["bezorg", "tijd"]),
            ("wachtrij", &[]),
            ("betalingsprobleem", &["betaling", "probleem"]),
            ("parkeerkosten", &["parkeer", "kosten"]),
            ("verkoopmedewerkster", &[]),
            ("tafel", &[]),
        ] {
            assert_eq!(split(word), expected, "{word}");
        }
    }

    #[test]
    fn long_and_strange_words_are_left_whole() {
        assert!(split(&"tijd".repeat(1_000)).is_empty());
        assert!(split("\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}").is_empty());
    }
}
