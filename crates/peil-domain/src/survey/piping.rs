//! Places in the texts of a questionnaire that are filled in for every respondent: `{{naam}}`,
//! `{{answer.nps}}`, and with words for when nothing is known `{{klant.plaats|daar}}`.

use super::{Expression, Formula, Reference};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words that stay as they are.
    Words(&'a str),
    /// A place to fill in.
    Blank {
        /// What with.
        filling: Filling<'a>,
        /// Its name as it was written.
        name: &'a str,
        /// What stands there when nothing is known.
        fallback: &'a str,
    },
}

/// What a place is filled in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling<'a> {
    /// Name of the respondent.
    Name,
    /// Name of the organisation that asks.
    Organisation,
    /// An answer, a calculated value or an attribute.
    Reference(Reference),
    /// Nothing can have this name.
    Unknown(&'a str),
}

impl<'a> Filling<'a> {
    fn read(name: &'a str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "naam" | "name" => Self::Name,
            "organisatie" | "organisation" => Self::Organisation,
            lower => match lower.parse().as_ref().map(Formula::expression) {
                Ok(Expression::Reference(reference)) => Self::Reference(reference.clone()),
                _ => Self::Unknown(name),
            },
        }
    }
}

/// Reads a text as words and places to fill in. What is opened and never closed stays words.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((blank, behind)) = after.split_once("}}") else {
            break;
        };
        let (name, fallback) = blank.split_once('|').unwrap_or((blank, ""));
        found.push(Piece::Words(before));
        found.push(Piece::Blank {
            filling: Filling::read(name.trim()),
            name: name.trim(),
            fallback: fallback.trim(),
        });
        rest = behind;
    }
    found.push(Piece::Words(rest));
    found
}

/// The text with every place filled in: `words` says with what, given what it is and what stands
/// there when nothing is known. What is filled in is never read for places again.
#[must_use]
pub fn filled(text: &str, words: impl Fn(&Filling<'_>, &str) -> String) -> String {
    let mut made = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => made.push_str(words),
            Piece::Blank {
                filling, fallback, ..
            } => made.push_str(&words(&filling, fallback)),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_with_their_fallback() {
        let found = pieces("Dag {{ Naam }}, uit {{klant.plaats|uw plaats}}: {{1 + 1}} {{open");
        let blank = |at: usize| match &found[at] {
            Piece::Blank {
                filling, fallback, ..
            } => (filling.clone(), *fallback),
            Piece::Words(words) => panic!("{words}"),
        };
        assert_eq!(blank(1), (Filling::Name, ""));
        let (filling, fallback) = blank(3);
        assert_eq!(fallback, "uw plaats");
        assert!(matches!(filling, Filling::Reference(r) if r.to_string() == "contact.plaats"));
        assert_eq!(blank(5).0, Filling::Unknown("1 + 1"));
        assert_eq!(found.last(), Some(&Piece::Words(" {{open")));
    }

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        let text = "Beste {{ Naam }}, {{organisatie}} vraagt {{klant.plaats|iets}}. {{open";
        let made = filled(text, |filling, fallback| match filling {
            Filling::Name => "{{organisatie}}".to_owned(),
            Filling::Organisation => "Fietsgoed".to_owned(),
            _ => fallback.to_owned(),
        });
        assert_eq!(made, "Beste {{organisatie}}, Fietsgoed vraagt iets. {{open");
    }
}
