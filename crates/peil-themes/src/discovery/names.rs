//! Names clusters by the words and phrases that they use more than the others (class-based TF-IDF).

use std::collections::{BTreeMap, BTreeSet};

use crate::parallel;
use crate::phrases::Phrases;
use crate::reading::Reading;

/// So many texts of a cluster, spread evenly, are enough to name it.
const MOST_HEARD: usize = 1_000;
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
pub(super) fn names(
    read: &(dyn Fn(usize) -> Reading + Sync),
    clusters: &[Vec<usize>],
) -> Vec<String> {
    let words: Vec<Vec<Vec<String>>> = parallel::map(clusters, |members| {
        let heard = members.len().min(MOST_HEARD);
        (0..heard)
            .filter_map(|place| members.get(place * members.len() / heard))
            .map(|member| content_words(&read(*member)))
            .collect()
    });
    let all = words.iter().flatten().map(Vec::as_slice);
    let phrases = Phrases::learn(all, PHRASE.0, PHRASE.1);
    let counts: Vec<Counts> = words
        .iter()
        .map(|texts| {
            let mut counts = Counts::new();
            for text in texts {
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
