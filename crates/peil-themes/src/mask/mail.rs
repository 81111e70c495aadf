//! Addresses for e-mail.

use super::{Personal, PersonalKind};
use crate::span::Span;

/// The longest part before and after the at sign.
const LONGEST: (usize, usize) = (64, 200);

pub(super) fn find(text: &str) -> Vec<Personal> {
    text.match_indices('@')
        .filter_map(|(at, _)| address_around(text, at))
        .map(|span| Personal {
            span,
            kind: PersonalKind::Email,
        })
        .collect()
}

fn address_around(text: &str, at: usize) -> Option<Span> {
    let before = text.get(..at)?;
    let after = text.get(at + 1..)?;
    let local: usize = before
        .chars()
        .rev()
        .take(LONGEST.0)
        .take_while(|letter| letter.is_alphanumeric() || "._%+-".contains(*letter))
        .map(char::len_utf8)
        .sum();
    let domain: usize = after
        .chars()
        .take(LONGEST.1)
        .take_while(|letter| letter.is_alphanumeric() || ".-".contains(*letter))
        .map(char::len_utf8)
        .sum();
    let domain = after.get(..domain)?.trim_end_matches(['.', '-']);
    let (name, top) = domain.rsplit_once('.')?;
    let is_top = top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    (local > 0 && !name.is_empty() && is_top).then(|| Span::new(at - local, at + 1 + domain.len()))
}
