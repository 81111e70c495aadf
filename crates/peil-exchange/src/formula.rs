//! Keeps text in a CSV file from being run as a formula by a spreadsheet program.
//!
//! A cell that starts with `=`, `+`, `-`, `@`, a tab or a line break is read as a formula by Excel
//! and its kin, also when quoted. OWASP's advice on CSV injection is followed: such a text gets an
//! apostrophe in front. A plain number such as `-5` or `+31612345678` is left alone: it can only
//! become that number. XLSX files need none of this, their cells say that they are text.
//!
//! The guard can be taken off again without loss: a text that starts with an apostrophe and a
//! dangerous character of its own accord gets one more.

use std::borrow::Cow;

const GUARD: char = '\'';

/// Characters that start a formula, with their full-width forms.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text as it can safely stand in a CSV cell.
///
/// ```
/// use peil_exchange::formula::guard;
/// assert_eq!(guard("=1+1"), "'=1+1");
/// assert_eq!(guard("-5"), "-5");
/// ```
#[must_use]
pub fn guard(text: &str) -> Cow<'_, str> {
    let bare = text.trim_start_matches(GUARD);
    let is_own_apostrophe = bare.len() < text.len();
    if !bare.starts_with(TRIGGERS) || (!is_own_apostrophe && is_plain_number(bare)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{GUARD}{text}"))
}

/// The text that [`guard`] was given.
#[must_use]
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        Some(rest) if rest.trim_start_matches(GUARD).starts_with(TRIGGERS) => rest,
        _ => text,
    }
}

fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.' || c == ',')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_that_a_spreadsheet_would_run_gets_an_apostrophe() {
        for text in [
            "=1+1",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "-",
            "+31 6 1234",
            "-5-",
        ] {
            assert_eq!(guard(text), format!("'{text}"));
        }
    }

    #[test]
    fn plain_text_and_plain_numbers_stay_as_they_are() {
        for text in [
            "",
            "Jansen",
            "-5",
            "-1.234,56",
            "+31612345678",
            "a=b",
            "'s-Gravenhage",
            "'",
        ] {
            assert_eq!(guard(text), text);
        }
    }

    proptest! {
        #[test]
        fn the_guard_comes_off_without_loss(text in "['=+\\-@\t5a＝]{0,8}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), text.as_str());
        }
    }
}
