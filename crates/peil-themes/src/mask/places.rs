//! Postcodes and streets with a house number.

use super::{Personal, PersonalKind};
use crate::span::Span;

/// Endings of the names of Dutch streets.
const STREETS: [&str; 17] = [
    "straat",
    "laan",
    "plein",
    "gracht",
    "kade",
    "dijk",
    "singel",
    "steeg",
    "dreef",
    "hof",
    "pad",
    "markt",
    "weg",
    "baan",
    "lei",
    "plantsoen",
    "boulevard",
];
/// English words for a street, after its name.
const ENGLISH_STREETS: [&str; 9] = [
    "street", "road", "avenue", "lane", "drive", "close", "court", "crescent", "way",
];
/// Ordinary words that end like a street and may stand in front of a number.
const NOT_STREETS: [&str; 14] = [
    "snelweg",
    "onderweg",
    "autoweg",
    "hoofdweg",
    "supermarkt",
    "weekmarkt",
    "loopbaan",
    "renbaan",
    "startbaan",
    "landingsbaan",
    "afdeling",
    "rijbaan",
    "markt",
    "omweg",
];
/// Letters of a postcode that are read as a word when they follow a year or a count.
const SHORT_WORDS: [&str; 36] = [
    "AF", "AL", "AM", "AN", "AS", "AT", "BE", "BY", "DE", "DO", "EN", "ER", "GA", "GO", "HE", "IF",
    "IK", "IN", "IS", "IT", "JA", "JE", "KM", "ME", "MM", "NO", "NU", "OF", "OM", "ON", "OP", "OR",
    "TE", "TO", "WE", "ZE",
];

/// Units that follow a count in capitals.
const UNITS: [&str; 8] = ["MB", "GB", "KB", "TB", "KM", "CM", "MM", "KW"];

/// A word and where it stands.
struct Piece<'a> {
    text: &'a str,
    start: usize,
}

impl Piece<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

pub(super) fn find(text: &str, found: &mut Vec<Personal>) {
    let pieces: Vec<Piece<'_>> = pieces(text);
    let is_shouted = shouts(text);
    for (index, piece) in pieces.iter().enumerate() {
        let next = pieces
            .get(index + 1)
            .filter(|next| is_near(text, piece, next));
        let after = pieces.get(index + 2);
        found.extend(dutch_postcode(text, is_shouted, piece, next, after));
        found.extend(british_postcode(piece, next));
        found.extend(street(text, &pieces, index));
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|piece| !piece.is_empty())
        .map(|piece| Piece {
            text: piece,
            start: piece.as_ptr() as usize - text.as_ptr() as usize,
        })
        .collect()
}

fn is_near(text: &str, piece: &Piece<'_>, next: &Piece<'_>) -> bool {
    text.get(piece.end()..next.start) == Some(" ")
}

fn is_digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn dutch_postcode(
    text: &str,
    is_shouted: bool,
    piece: &Piece<'_>,
    next: Option<&Piece<'_>>,
    after: Option<&Piece<'_>>,
) -> Option<Personal> {
    let (digits, joined) = (piece.text.get(..4)?, piece.text.get(4..)?);
    if !is_digits(digits, 4..=4) || digits.starts_with('0') {
        return None;
    }
    let is_letters = |letters: &str| {
        letters.len() == 2 && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let (end, number) = if joined.is_empty() {
        let letters = next.filter(|next| {
            is_letters(next.text) && next.text.bytes().all(|byte| byte.is_ascii_uppercase())
        })?;
        if UNITS.contains(&letters.text) {
            return None;
        }
        if is_year(digits) && SHORT_WORDS.contains(&letters.text)
            || SHORT_WORDS.contains(&letters.text) && is_shouted
        {
            return None;
        }
        (letters.end(), after)
    } else {
        let is_code = is_letters(joined)
            && ![
                "mb", "gb", "km", "mm", "cm", "kw", "wh", "px", "st", "nd", "rd", "th", "am", "pm",
            ]
            .contains(&joined.to_ascii_lowercase().as_str());
        is_code.then_some(())?;
        (piece.end(), next)
    };
    let between = |from: usize, to: usize| {
        text.get(from..to)
            .is_some_and(|gap| matches!(gap, " " | ", " | " nr " | "-"))
    };
    let end = number
        .filter(|number| {
            between(end, number.start)
                && is_digits(
                    number
                        .text
                        .trim_end_matches(|letter: char| letter.is_ascii_alphabetic()),
                    1..=4,
                )
        })
        .map_or(end, Piece::end);
    Some(Personal {
        span: Span::new(piece.start, end),
        kind: PersonalKind::Postcode,
    })
}

fn is_year(digits: &str) -> bool {
    digits.starts_with("19") || digits.starts_with("20")
}

/// Says whether the whole text is in capitals, in which case capitals mean nothing.
fn shouts(text: &str) -> bool {
    let lower = text.chars().filter(|letter| letter.is_lowercase()).count();
    let upper = text.chars().filter(|letter| letter.is_uppercase()).count();
    upper > lower * 2
}

/// "SW1A 1AA": letters, digit, perhaps one more; digit and two letters.
fn british_postcode(piece: &Piece<'_>, next: Option<&Piece<'_>>) -> Option<Personal> {
    let next = next?;
    let area: usize = piece
        .text
        .bytes()
        .take_while(u8::is_ascii_uppercase)
        .count();
    let district = piece.text.get(area..)?;
    let is_outward = (1..=2).contains(&area)
        && (1..=2).contains(&district.len())
        && district
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_digit())
        && district
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let is_inward = next.text.len() == 3
        && next
            .text
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_digit())
        && next
            .text
            .bytes()
            .skip(1)
            .all(|byte| byte.is_ascii_uppercase());
    (is_outward && is_inward).then(|| Personal {
        span: Span::new(piece.start, next.end()),
        kind: PersonalKind::Postcode,
    })
}

/// A capitalised street name with a house number after it (Dutch) or before it (English).
fn street(text: &str, pieces: &[Piece<'_>], index: usize) -> Option<Personal> {
    let piece = pieces.get(index)?;
    let lower = piece.text.to_lowercase();
    let is_capital = piece.text.chars().next().is_some_and(char::is_uppercase);
    let number_of = |candidate: &Piece<'_>| {
        let digits = candidate
            .text
            .trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        is_digits(digits, 1..=4) && candidate.text.len() - digits.len() <= 1
    };
    if ENGLISH_STREETS.contains(&lower.as_str()) && is_capital {
        let number = index
            .checked_sub(2)
            .and_then(|before| pieces.get(before))
            .filter(|number| number_of(number))?;
        return Some(Personal {
            span: Span::new(number.start, piece.end()),
            kind: PersonalKind::Street,
        });
    }
    let is_street = is_capital
        && !NOT_STREETS.contains(&lower.as_str())
        && STREETS
            .iter()
            .any(|ending| lower.ends_with(ending) && lower.len() > ending.len() + 2);
    let number = pieces
        .get(index + 1)
        .filter(|number| is_near(text, piece, number) && number_of(number))?;
    is_street.then(|| Personal {
        span: Span::new(piece.start, number.end()),
        kind: PersonalKind::Street,
    })
}
