//! Fills the blanks of a text and types it as people do: without capitals, without a full stop,
//! with a slip here and there.

use std::collections::BTreeMap;

use super::{
    chance::Chance,
    texts::{Habit, Voice},
    writer::Occasion,
};

/// Puts one value in for each placeholder; the customer's own bike and workshop where known.
pub(super) fn fill(chance: &mut Chance, voice: &Voice, text: String, on: &Occasion<'_>) -> String {
    if !text.contains('{') {
        return text;
    }
    let own: BTreeMap<&str, Option<&str>> =
        BTreeMap::from([("product", on.bike), ("stad", on.town)]);
    let mut filled = text;
    for (name, values) in &voice.fill {
        let blank = format!("{{{name}}}");
        if !filled.contains(&blank) {
            continue;
        }
        let known = own.get(name.as_str()).copied().flatten();
        let value = known.or_else(|| chance.pick(values).map(String::as_str));
        filled = filled.replace(&blank, value.unwrap_or_default());
    }
    filled
}

/// Types a text with one of the habits that people have.
pub(super) fn type_out(
    chance: &mut Chance,
    voice: &Voice,
    habits: &[Habit],
    text: String,
) -> String {
    let habit = chance.weighted(habits.iter().map(|habit| habit.weight));
    match habit
        .and_then(|place| habits.get(place))
        .map(|habit| habit.name.as_str())
    {
        Some("no_capitals") => text.to_lowercase(),
        Some("no_full_stop") => text.strip_suffix('.').map(str::to_owned).unwrap_or(text),
        Some("slip") => slip(chance, voice, &text).unwrap_or(text),
        _ => text,
    }
}

/// Mistypes one word of those that people mistype, when there is one.
fn slip(chance: &mut Chance, voice: &Voice, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let known: Vec<_> = voice
        .slips
        .iter()
        .filter_map(|slip| {
            let word = words
                .iter()
                .find(|word| word.to_lowercase() == slip.right)?;
            Some((*word, slip))
        })
        .collect();
    let (right, slip) = chance.pick(&known)?;
    let wrong = chance.pick(&slip.wrong)?;
    let starts_large = right.starts_with(char::is_uppercase);
    let wrong = if starts_large {
        with_capital(wrong)
    } else {
        wrong.clone()
    };
    Some(replace_word(text, right, &wrong))
}

/// Replaces a whole word where it stands first.
fn replace_word(text: &str, right: &str, wrong: &str) -> String {
    let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let place = text
        .match_indices(right)
        .map(|(place, _)| place)
        .find(|place| {
            let before = text.get(..*place).and_then(|part| part.chars().next_back());
            let after = text
                .get(place + right.len()..)
                .and_then(|part| part.chars().next());
            !is_inside(before) && !is_inside(after)
        });
    let Some(place) = place else {
        return text.to_owned();
    };
    let before = text.get(..place).unwrap_or_default();
    let after = text.get(place + right.len()..).unwrap_or_default();
    format!("{before}{wrong}{after}")
}

fn with_capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_mistyped() {
        assert_eq!(
            replace_word("snelle fiets, snel", "snel", "snell"),
            "snelle fiets, snell"
        );
        assert_eq!(with_capital("helaaas"), "Helaaas");
    }
}
