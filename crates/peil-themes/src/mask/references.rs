//! Codes that lead to a person: licence plates, parcels, orders, customers, invoices, cases.

use super::numbers::{Chunk, hit};
use super::{Personal, PersonalKind};

/// Words after which a number names an order, customer, invoice or case.
const ANNOUNCING: [&str; 62] = [
    "bestelnummer",
    "bestelnr",
    "bestelling",
    "ordernummer",
    "ordernr",
    "order",
    "klantnummer",
    "klantnr",
    "factuurnummer",
    "factuurnr",
    "factuur",
    "referentie",
    "referentienummer",
    "kenmerk",
    "zaaknummer",
    "zaak",
    "ticket",
    "ticketnummer",
    "case",
    "dossier",
    "dossiernummer",
    "polis",
    "polisnummer",
    "boeking",
    "boekingsnummer",
    "reservering",
    "reserveringsnummer",
    "pakket",
    "pakketnummer",
    "zending",
    "verzendnummer",
    "track",
    "trace",
    "tracking",
    "barcode",
    "contractnummer",
    "relatienummer",
    "lidnummer",
    "pasnummer",
    "patientnummer",
    "klacht",
    "klachtnummer",
    "meldingsnummer",
    "melding",
    "invoice",
    "reference",
    "ref",
    "booking",
    "reservation",
    "confirmation",
    "account",
    "customer",
    "parcel",
    "shipment",
    "policy",
    "claim",
    "complaint",
    "member",
    "membership",
    "meternummer",
    "aansluitnummer",
    "serienummer",
];
/// Words between the announcing word and the number.
const BETWEEN: [&str; 14] = [
    "nummer", "nr", "nr.", "number", "no", "no.", "code", "is", "id", "was", "and", "&", "met",
    "with",
];
/// A Dutch plate: three groups with dashes, of letters or digits, six signs in all, in capitals.
pub(super) fn plate(chunk: &Chunk<'_>) -> Option<Personal> {
    let groups: Vec<&str> = chunk.text.split('-').collect();
    let signs: usize = groups.iter().map(|group| group.len()).sum();
    let is_group = |group: &&str| {
        (1..=3).contains(&group.len())
            && (group.bytes().all(|byte| byte.is_ascii_digit())
                || group.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let of_digits = groups.iter().filter(|group| is_digits(group)).count();
    let is_plate = groups.len() == 3
        && signs == 6
        && groups.iter().all(is_group)
        && (1..=2).contains(&of_digits);
    is_plate.then(|| hit(PersonalKind::LicencePlate, chunk.start, chunk.text.len()))
}

/// The barcode of a parcel of the Dutch or Belgian post or a carrier.
pub(super) fn parcel(chunk: &Chunk<'_>) -> Option<Personal> {
    let is_plain = chunk.text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let digits = chunk.text.bytes().filter(u8::is_ascii_digit).count();
    let begins = ["3S", "JVGL", "JJD", "1Z"]
        .iter()
        .any(|prefix| chunk.text.starts_with(prefix));
    (is_plain && begins && chunk.text.len() >= 10 && digits >= 5)
        .then(|| hit(PersonalKind::Reference, chunk.start, chunk.text.len()))
}

/// A code with digits after a word that announces it, or after a number sign.
pub(super) fn reference(chunk: &Chunk<'_>, before: &[Chunk<'_>]) -> Option<Personal> {
    let code = chunk.text.trim_start_matches('#');
    let is_code = code
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || "-/_.".contains(letter));
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    let has_sign = code.len() < chunk.text.len();
    if !is_code || digits < 3 || code.len() < 4 || is_amount_or_date(code) {
        return None;
    }
    let is_mixed = code.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_announced =
        digits >= 4 && is_announced(before) || is_mixed && digits >= 3 && is_announced(before);
    let is_signed = has_sign && digits >= 4;
    (is_announced && !is_year(code) || is_signed)
        .then(|| hit(PersonalKind::Reference, chunk.start, chunk.text.len()))
}

fn is_year(code: &str) -> bool {
    code.len() == 4 && (code.starts_with("19") || code.starts_with("20"))
}

fn is_announced(before: &[Chunk<'_>]) -> bool {
    let mut words = before.iter().rev().map(|chunk| chunk.text.to_lowercase());
    words
        .find(|word| !BETWEEN.contains(&word.as_str()) && !word.is_empty())
        .is_some_and(|word| ANNOUNCING.contains(&word.trim_end_matches([':', '#', '.'])))
}

/// "12.50", "12-04-2024", "2024/25".
fn is_amount_or_date(code: &str) -> bool {
    let only_signs = code
        .chars()
        .all(|letter| letter.is_ascii_digit() || ".-/".contains(letter));
    let lengths: Vec<usize> = code.split(['.', '-', '/']).map(str::len).collect();
    only_signs
        && matches!(
            lengths.as_slice(),
            [_, ..=4] | [..=2, ..=2, 2 | 4] | [4, ..=2, ..=2]
        )
}
