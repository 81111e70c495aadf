//! Yes and no in the words that people and programs use.

const YES: [&str; 8] = ["ja", "j", "yes", "y", "true", "waar", "1", "x"];
const NO: [&str; 7] = ["nee", "n", "no", "false", "onwaar", "0", "neen"];

/// Reads a Dutch or English yes or no, in capitals or not. A cross means yes; empty is neither.
///
/// ```
/// use peil_domain::shared::values::parse_boolean;
/// assert_eq!(parse_boolean("Ja"), Some(true));
/// assert_eq!(parse_boolean("onwaar"), Some(false));
/// assert_eq!(parse_boolean(""), None);
/// ```
#[must_use]
pub fn parse_boolean(text: &str) -> Option<bool> {
    let word = text.trim().to_lowercase();
    if YES.contains(&word.as_str()) {
        Some(true)
    } else if NO.contains(&word.as_str()) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_for_yes_and_no_are_booleans() {
        for (text, value) in [
            ("ja", Some(true)),
            (" NEE ", Some(false)),
            ("TRUE", Some(true)),
            ("Waar", Some(true)),
            ("ONWAAR", Some(false)),
            ("x", Some(true)),
            ("1", Some(true)),
            ("0", Some(false)),
            ("2", None),
            ("misschien", None),
            ("", None),
        ] {
            assert_eq!(parse_boolean(text), value, "{text:?}");
        }
    }
}
