//! Names clusters by the words and phrases that they use more than the others (class-based TF-IDF).

use std::collections::{BTreeMap, BTreeSet};

use crate::phrases::Phrases;
use crate::reading::Reading;

/// Words and phrases in a name.
const IN_NAME: usize = 3;
/// Pairs of words that are a phrase: how often at least and how strongly.
const PHRASE: (u32, f64) = (3, 0.35);
/// A phrase says more than its words.
const WORTH_OF_PHRASE: f64 = 1.4;
/// The name of a cluster without words.
const NAMELESS: &str = "-";

/// What one cluster uses: how many texts per term.
type Counts = BTreeMap<String, u32>;

/// A name per cluster, in order.
pub(super) fn names(readings: &[Reading], clusters: &[Vec<usize>]) -> Vec<String> {
    let words: Vec<Vec<String>> = readings.iter().map(content_words).collect();
    let phrases = Phrases::learn(words.iter().map(Vec::as_slice), PHRASE.0, PHRASE.1);
    let counts: Vec<Counts> = clusters
        .iter()
        .map(|members| {
            let mut counts = Counts::new();
            for text in members.iter().filter_map(|member| words.get(*member)) {
                for term in terms(text, &phrases) {
                    *counts.entry(term).or_default() += 1;
                }
            }
            counts
        })
        .collect();
    let mut overall = Counts::new();
    for (term, count) in counts.iter().flatten() {
        *overall.entry(term.clone()).or_default() += count;
    }
    let size = |counts: &Counts| f64::from(counts.values().sum::<u32>().max(1));
    let mean = size(&overall) / f64::from(u32::try_from(clusters.len().max(1)).unwrap_or(u32::MAX));
    counts
        .iter()
        .map(|counts| name(counts, size(counts), mean, &overall))
        .collect()
}

fn content_words(reading: &Reading) -> Vec<String> {
    reading
        .words()
        .filter(|word| {
            !word.is_function_word
                && word.form.chars().count() > 2
                && word.form.chars().any(char::is_alphabetic)
        })
        .filter(|word| !word.form.starts_with("emo_"))
        .map(|word| word.form.clone())
        .collect()
}

/// The words of a text and the phrases in it, each once.
fn terms(words: &[String], phrases: &Phrases) -> BTreeSet<String> {
    let mut terms: BTreeSet<String> = words.iter().cloned().collect();
    for pair in words.windows(2) {
        if let [first, second] = pair
            && phrases.strength(first, second).is_some()
        {
            terms.insert(format!("{first} {second}"));
        }
    }
    terms
}

fn name(counts: &Counts, size: f64, mean: f64, overall: &Counts) -> String {
    let mut scored: Vec<(f64, &String)> = counts
        .iter()
        .map(|(term, count)| {
            let everywhere = f64::from(overall.get(term).copied().unwrap_or(1));
            let worth = if term.contains(' ') {
                WORTH_OF_PHRASE
            } else {
                1.0
            };
            (
                worth * f64::from(*count) / size * (1.0 + mean / everywhere).ln(),
                term,
            )
        })
        .collect();
    scored.sort_by(|first, second| {
        second
            .0
            .total_cmp(&first.0)
            .then_with(|| first.1.cmp(second.1))
    });
    let mut chosen: Vec<&str> = Vec::new();
    for (_, term) in scored {
        let is_said = chosen.iter().any(|known| {
            known
                .split(' ')
                .any(|word| term.split(' ').any(|other| other == word))
        });
        if !is_said {
            chosen.push(term);
        }
        if chosen.len() == IN_NAME {
            break;
        }
    }
    if chosen.is_empty() {
        NAMELESS.to_owned()
    } else {
        chosen.join(", ")
    }
}
