//! Finds words that turn a research mail into advertising or a lottery.

const WORDS: &str = include_str!("../../data/offer_words.txt");

/// The words of offers and prizes in `text`, as they stand in the list, each once.
#[must_use]
pub fn offer_words(text: &str) -> Vec<&'static str> {
    let lower = text.to_lowercase();
    let plain: String = lower
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '-' {
                c
            } else {
                ' '
            }
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    WORDS
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter(|line| occurs(line, &words))
        .map(|line| line.trim_end_matches('*'))
        .collect()
}

fn occurs(line: &str, words: &[&str]) -> bool {
    let (line, any_ending) = match line.strip_suffix('*') {
        Some(line) => (line, true),
        None => (line, false),
    };
    let wanted: Vec<&str> = line.split_whitespace().collect();
    words.windows(wanted.len().max(1)).any(|window| {
        let last = wanted.len().saturating_sub(1);
        window
            .iter()
            .zip(&wanted)
            .enumerate()
            .all(|(place, (word, wanted))| {
                word == wanted || (any_ending && place == last && word.starts_with(wanted))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_and_prizes_are_found_as_whole_words() {
        assert_eq!(
            offer_words("Maak kans op 10% KORTING!"),
            ["korting", "maak kans"]
        );
        assert_eq!(
            offer_words("Met kortingscodes"),
            ["korting", "kortingscode"]
        );
        assert_eq!(
            offer_words("Wat vond je van de levering? Je bent vrij."),
            [""; 0]
        );
        assert_eq!(offer_words("Winning a match"), [""; 0]);
    }
}
