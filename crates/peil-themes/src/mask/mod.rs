//! Finds personal data in a text. Ordinary words must survive: a name that is also a word ("Mei", "Roos") is only
//! taken for a name where the words around it say so.

mod mail;
mod names;
mod numbers;
mod places;
mod references;

use serde::{Deserialize, Serialize};

use crate::normalise::Normalised;
use crate::span::Span;

/// What kind of personal data it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PersonalKind {
    /// An address for e-mail.
    Email,
    /// A number to call.
    Phone,
    /// An international bank account number with a valid check.
    Iban,
    /// A payment card number with a valid check.
    Card,
    /// A Dutch citizen service number with a valid check.
    Bsn,
    /// A postcode, with its house number where it follows.
    Postcode,
    /// A street with a house number.
    Street,
    /// The plate of a Dutch car.
    LicencePlate,
    /// The number of an order, customer, invoice, case or parcel.
    Reference,
    /// The name of a person.
    Name,
}

/// Personal data found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Personal {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: PersonalKind,
}

impl PersonalKind {
    /// The word that is shown instead.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::Email => "[email]",
            Self::Phone => "[phone]",
            Self::Iban => "[iban]",
            Self::Card => "[card]",
            Self::Bsn => "[bsn]",
            Self::Postcode => "[postcode]",
            Self::Street => "[street]",
            Self::LicencePlate => "[plate]",
            Self::Reference => "[reference]",
            Self::Name => "[name]",
        }
    }
}

/// Finds personal data; spans are in the original text, in order, and do not overlap.
#[must_use]
pub fn find(normalised: &Normalised) -> Vec<Personal> {
    find_in(normalised.text())
        .into_iter()
        .map(|found| Personal {
            span: normalised.original(found.span),
            kind: found.kind,
        })
        .collect()
}

/// Finds personal data in text in normal form.
fn find_in(text: &str) -> Vec<Personal> {
    let mut found = mail::find(text);
    numbers::find(text, &mut found);
    places::find(text, &mut found);
    names::find(text, &mut found);
    without_overlap(found)
}

/// Of two that overlap the one stays that begins first; of two that begin together the longer.
fn without_overlap(mut found: Vec<Personal>) -> Vec<Personal> {
    found.sort_by_key(|personal| {
        (
            personal.span.start,
            usize::MAX - personal.span.end,
            personal.kind,
        )
    });
    let mut apart: Vec<Personal> = Vec::with_capacity(found.len());
    for personal in found {
        if apart
            .last()
            .is_none_or(|last| last.span.end <= personal.span.start)
        {
            apart.push(personal);
        }
    }
    apart
}

/// The text with a placeholder instead of everything that was found in it.
#[must_use]
pub fn masked(text: &str, found: &[Personal]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for personal in found {
        shown.push_str(text.get(at..personal.span.start).unwrap_or_default());
        shown.push_str(personal.kind.placeholder());
        at = personal.span.end.max(at);
    }
    shown.push_str(text.get(at..).unwrap_or_default());
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::normalise;

    #[test]
    fn what_is_found_is_shown_as_its_kind() {
        let text = "Mail jan@voorbeeld.nl of bel 06-12345678.";
        let found = find(&normalise(text));
        assert_eq!(masked(text, &found), "Mail [email] of bel [phone].");
    }
}
