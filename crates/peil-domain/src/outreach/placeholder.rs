//! Places in the text of a mail that are filled in for every recipient, such as `{{naam}}`.

use std::fmt::Write;

/// What a place is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// Name of the recipient.
    Name,
    /// Name of the organisation that asks.
    Organisation,
}

/// The words by which a place may be named: the first of each kind is the one to offer.
const WORDS: [(&str, Placeholder); 4] = [
    ("naam", Placeholder::Name),
    ("organisatie", Placeholder::Organisation),
    ("name", Placeholder::Name),
    ("organisation", Placeholder::Organisation),
];

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Words(&'a str),
    Place(&'a str),
}

impl Placeholder {
    /// The placeholder with this name, whatever the case.
    fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        WORDS
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(name))
            .map(|(_, kind)| *kind)
    }
}

/// Names of places in `text` that nothing is known about, each once, in order.
#[must_use]
pub fn unknown_placeholders(text: &str) -> Vec<String> {
    let mut unknown: Vec<String> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Place(name) = piece
            && Placeholder::named(name).is_none()
            && !unknown.iter().any(|known| known == name.trim())
        {
            unknown.push(name.trim().to_owned());
        }
    }
    unknown
}

/// Fills every place of `text`; those that nothing is known about stay as they are. What is filled
/// in is never read for places again.
#[must_use]
pub fn fill_placeholders<'a>(text: &str, value: impl Fn(Placeholder) -> &'a str) -> String {
    let mut filled = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => filled.push_str(words),
            Piece::Place(name) => match Placeholder::named(name) {
                Some(kind) => filled.push_str(value(kind)),
                // Writing to a string cannot fail.
                None => write!(filled, "{{{{{name}}}}}").unwrap_or_default(),
            },
        }
    }
    filled
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else {
            break;
        };
        pieces.push(Piece::Words(before));
        pieces.push(Piece::Place(name));
        rest = behind;
    }
    pieces.push(Piece::Words(rest));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_filled_and_what_is_filled_in_is_not_read_again() {
        let text = "Beste {{ Naam }}, {{organisatie}} vraagt {{naam}} iets. {{open";
        let filled = fill_placeholders(text, |kind| match kind {
            Placeholder::Name => "{{organisatie}}",
            Placeholder::Organisation => "Fietsgoed",
        });
        assert_eq!(
            filled,
            "Beste {{organisatie}}, Fietsgoed vraagt {{organisatie}} iets. {{open"
        );
    }

    #[test]
    fn unknown_places_are_named() {
        assert_eq!(
            unknown_placeholders("{{naam}} {{korting}} {{name}} {{korting}} {{}}"),
            ["korting", ""]
        );
        assert_eq!(fill_placeholders("a {{x}} b", |_| "y"), "a {{x}} b");
    }
}
