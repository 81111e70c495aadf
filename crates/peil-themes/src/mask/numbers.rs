//! Numbers that lead to a person: accounts, telephones, cards, citizen numbers, orders, parcels.

use super::references::{parcel, plate, reference};
use super::{Personal, PersonalKind};
use crate::span::Span;

/// A number that stands alone names something from this many digits on.
const DIGITS_ALONE: usize = 8;
/// Months and units after a number that make it an ordinary number.
const UNITS: [&str; 18] = [
    "euro",
    "eur",
    "dollar",
    "dollars",
    "pond",
    "pounds",
    "km",
    "kilometer",
    "meter",
    "gram",
    "kg",
    "liter",
    "keer",
    "times",
    "uur",
    "minuten",
    "kwh",
    "m3",
];

/// A stretch without white space.
pub(super) struct Chunk<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
}

pub(super) fn find(text: &str, found: &mut Vec<Personal>) {
    let chunks: Vec<Chunk<'_>> = chunks(text).collect();
    for (index, chunk) in chunks.iter().enumerate() {
        let rest = chunks.get(index..).unwrap_or_default();
        let before = chunks
            .get(index.saturating_sub(3)..index)
            .unwrap_or_default();
        let hit = iban(text, chunk, rest)
            .or_else(|| plate(chunk))
            .or_else(|| parcel(chunk))
            .or_else(|| reference(chunk, before))
            .or_else(|| digits(text, chunk, rest, before));
        found.extend(hit);
    }
}

fn chunks(text: &str) -> impl Iterator<Item = Chunk<'_>> {
    text.split_whitespace().map(|chunk| {
        let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
        let inner = chunk.trim_start_matches(['(', '"', '\'', '[', ',', ':', ';', '*']);
        let start = start + chunk.len() - inner.len();
        let inner = inner.trim_end_matches(['"', '\'', ']', ',', ';', ':', '.', '!', '?', '*']);
        Chunk { text: inner, start }
    })
}

pub(super) fn hit(kind: PersonalKind, start: usize, length: usize) -> Personal {
    Personal {
        span: Span::new(start, start + length),
        kind,
    }
}

/// Two letters, two digits and up to thirty letters and digits in groups, with a remainder of 1 modulo 97.
fn iban(text: &str, chunk: &Chunk<'_>, rest: &[Chunk<'_>]) -> Option<Personal> {
    let head = chunk.text.as_bytes();
    let begins = head.iter().take(2).all(u8::is_ascii_alphabetic)
        && head.iter().skip(2).take(2).all(u8::is_ascii_digit)
        && head.len() >= 4;
    if !begins {
        return None;
    }
    let mut letters = String::new();
    for next in rest.iter().take(9) {
        let plain: String = next
            .text
            .chars()
            .filter(|letter| !matches!(letter, '.' | '-'))
            .collect();
        if !plain.chars().all(|letter| letter.is_ascii_alphanumeric()) {
            break;
        }
        letters.push_str(&plain.to_ascii_uppercase());
        if letters.len() > 34 {
            break;
        }
        let end = next.start + next.text.len();
        if letters.len() >= 15 && is_iban(&letters) && text.get(chunk.start..end).is_some() {
            return Some(hit(PersonalKind::Iban, chunk.start, end - chunk.start));
        }
    }
    None
}

fn is_iban(letters: &str) -> bool {
    let rearranged = letters.chars().skip(4).chain(letters.chars().take(4));
    let remainder =
        rearranged
            .filter_map(|letter| letter.to_digit(36))
            .fold(0_u32, |rest, value| {
                if value >= 10 {
                    (rest * 100 + value) % 97
                } else {
                    (rest * 10 + value) % 97
                }
            });
    remainder == 1
}

/// Telephone numbers, citizen numbers, cards and other long numbers.
fn digits(
    text: &str,
    chunk: &Chunk<'_>,
    rest: &[Chunk<'_>],
    before: &[Chunk<'_>],
) -> Option<Personal> {
    let run = run_of_digits(text, chunk, rest)?;
    let follows = text
        .get(run.end..)?
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let follows = follows.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_amount = UNITS.contains(&follows)
        || text
            .get(..run.start)?
            .trim_end()
            .ends_with(['\u{20ac}', '$', '\u{a3}']);
    let length = run.end - run.start;
    if let Some(kind) = run.phone() {
        return Some(hit(kind, run.start, length));
    }
    if is_amount {
        return None;
    }
    if run.is_card() {
        return Some(hit(PersonalKind::Card, run.start, length));
    }
    let says_bsn = before.iter().any(|chunk| {
        ["bsn", "burgerservicenummer", "sofinummer"].contains(&chunk.text.to_lowercase().as_str())
    });
    if run.is_bsn() && (run.is_joined || says_bsn) {
        return Some(hit(PersonalKind::Bsn, run.start, length));
    }
    let is_round = run.digits.ends_with("000");
    (run.is_joined && run.digits.len() >= DIGITS_ALONE && !is_round)
        .then(|| hit(PersonalKind::Reference, run.start, length))
}

/// Digits with the spaces, dashes and brackets of telephone numbers between them.
struct Run {
    digits: String,
    start: usize,
    end: usize,
    has_plus: bool,
    /// Nothing stands between the digits.
    is_joined: bool,
}

fn run_of_digits(text: &str, chunk: &Chunk<'_>, rest: &[Chunk<'_>]) -> Option<Run> {
    let start = if text.get(..chunk.start)?.ends_with('(') && chunk.text.contains(')') {
        chunk.start - 1
    } else {
        chunk.start
    };
    let has_plus = chunk.text.starts_with('+');
    let first = chunk.text.chars().next()?;
    if !first.is_ascii_digit() && !has_plus {
        return None;
    }
    let mut digits = String::new();
    let mut end = chunk.start;
    let mut joined_end = chunk.start;
    for next in rest.iter().take(8) {
        let is_part = next.text.chars().enumerate().all(|(position, letter)| {
            letter.is_ascii_digit()
                || matches!(letter, '-' | '.' | '/' | '(' | ')')
                || position == 0 && letter == '+' && digits.is_empty()
        });
        let own = next.text.chars().filter(char::is_ascii_digit);
        if !is_part || digits.len() + own.clone().count() > 19 {
            break;
        }
        digits.extend(own);
        end = next.start + next.text.len();
        if joined_end == chunk.start {
            joined_end = end;
        }
        let gap_has_end = rest.get(1).is_some()
            && text
                .get(end..)
                .is_some_and(|after| after.starts_with([',', ';', '!', '?', ':', '\n']));
        if gap_has_end {
            break;
        }
    }
    let of_first: String = chunk.text.chars().filter(char::is_ascii_digit).collect();
    let whole = Run {
        is_joined: chunk.text.len() == of_first.len() && joined_end == end,
        digits,
        start,
        end,
        has_plus,
    };
    if whole.phone().is_some() || whole.is_card() || whole.is_bsn() {
        return Some(whole);
    }
    let alone = Run {
        is_joined: chunk.text.len() == of_first.len(),
        digits: of_first,
        start,
        end: chunk.start + chunk.text.len(),
        has_plus,
    };
    (alone.digits.len() >= DIGITS_ALONE).then_some(alone)
}

impl Run {
    fn phone(&self) -> Option<PersonalKind> {
        let digits = self.digits.as_str();
        let count = digits.len();
        let is_phone = if self.has_plus {
            (9..=15).contains(&count)
        } else if let Some(abroad) = digits.strip_prefix("00") {
            (9..=13).contains(&abroad.len())
                && ["31", "32", "33", "44", "49"]
                    .iter()
                    .any(|code| abroad.starts_with(code))
        } else if digits.starts_with('0') {
            count == 10
                || count == 11 && digits.starts_with("07")
                || count == 9 && !self.is_joined && !self.looks_like_date()
        } else {
            count == 10 && !self.is_joined && self.is_american()
        };
        is_phone.then_some(PersonalKind::Phone)
    }

    /// Three, three and four digits.
    fn is_american(&self) -> bool {
        let starts_well = |from: usize| {
            self.digits
                .as_bytes()
                .get(from)
                .is_some_and(|digit| (b'2'..=b'9').contains(digit))
        };
        starts_well(0) && starts_well(3) && self.end - self.start >= 12
    }

    fn looks_like_date(&self) -> bool {
        self.digits.len() <= 8
    }

    fn is_card(&self) -> bool {
        let count = self.digits.len();
        let sum: u32 = self
            .digits
            .chars()
            .rev()
            .filter_map(|digit| digit.to_digit(10))
            .enumerate()
            .map(|(position, digit)| {
                let doubled = if position % 2 == 1 { digit * 2 } else { digit };
                if doubled > 9 { doubled - 9 } else { doubled }
            })
            .sum();
        (15..=16).contains(&count)
            && sum.is_multiple_of(10)
            && self.digits.starts_with(['3', '4', '5', '6'])
    }

    /// The check of eleven: weights 9 to 2, and minus 1 for the last digit.
    fn is_bsn(&self) -> bool {
        let weights = [9_i32, 8, 7, 6, 5, 4, 3, 2, -1];
        let digits = self
            .digits
            .chars()
            .filter_map(|digit| digit.to_digit(10))
            .map(u32::cast_signed);
        let sum: i32 = digits
            .zip(weights)
            .map(|(digit, weight)| digit * weight)
            .sum();
        self.digits.len() == 9 && sum != 0 && sum % 11 == 0 && !self.has_plus
    }
}
