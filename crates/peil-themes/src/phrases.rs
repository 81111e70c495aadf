//! Finds words that belong together by their normalised pointwise mutual information over a set of texts.

use std::collections::BTreeMap;

/// Pairs of words that stand next to each other far more often than chance would have it.
///
/// NPMI = ln(p(a,b) / (p(a) p(b))) / -ln p(a,b), between -1 (never together) and 1 (always together).
/// Source: Bouma, Normalized (pointwise) mutual information in collocation extraction, 2009.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrases {
    pairs: BTreeMap<(String, String), f64>,
}

impl Phrases {
    /// Learns from texts given as words; a pair must occur `at_least` times and reach `threshold`.
    #[must_use]
    pub fn learn<'a, T>(texts: T, at_least: u32, threshold: f64) -> Self
    where
        T: IntoIterator<Item = &'a [String]>,
    {
        let mut single: BTreeMap<&str, u32> = BTreeMap::new();
        let mut double: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        let mut words = 0_u32;
        for text in texts {
            for word in text {
                words += 1;
                *single.entry(word).or_default() += 1;
            }
            for pair in text.windows(2) {
                if let [first, second] = pair {
                    *double.entry((first, second)).or_default() += 1;
                }
            }
        }
        let total = f64::from(words.max(1));
        let share = |word: &str| f64::from(single.get(word).copied().unwrap_or(0)) / total;
        let pairs = double
            .into_iter()
            .filter(|(_, count)| *count >= at_least)
            .filter_map(|((first, second), count)| {
                let together = f64::from(count) / total;
                let information = (together / (share(first) * share(second))).ln();
                let npmi = information / -together.ln();
                (npmi >= threshold).then(|| ((first.to_owned(), second.to_owned()), npmi))
            })
            .collect();
        Self { pairs }
    }

    /// How strongly two words in this order belong together; nothing when they do not.
    #[must_use]
    pub fn strength(&self, first: &str, second: &str) -> Option<f64> {
        self.pairs
            .get(&(first.to_owned(), second.to_owned()))
            .copied()
    }

    /// How many pairs belong together.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Says whether no words belong together.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_occur_together_are_a_phrase() {
        let texts: Vec<Vec<String>> = [
            "track trace werkt niet",
            "geen track trace",
            "trace de track",
            "werkt goed",
            "niet goed",
        ]
        .iter()
        .map(|text| text.split(' ').map(str::to_owned).collect())
        .collect();
        let phrases = Phrases::learn(texts.iter().map(Vec::as_slice), 2, 0.5);
        assert!(
            phrases
                .strength("track", "trace")
                .is_some_and(|npmi| npmi > 0.5 && npmi <= 1.0)
        );
        assert_eq!(phrases.strength("werkt", "goed"), None);
        assert_eq!(phrases.len(), 1);
    }

    #[test]
    fn always_together_is_one() {
        let text = ["a".to_owned(), "b".to_owned()];
        let phrases = Phrases::learn([&text[..]; 3], 1, 0.0);
        assert!(
            phrases
                .strength("a", "b")
                .is_some_and(|npmi| (npmi - 1.0).abs() < 1e-12)
        );
    }
}
