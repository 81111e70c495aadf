//! The words and signs of a formula.

use std::ops::Range;

use jiff::civil::Date;

use super::{FormulaError, FormulaFault, Number};

/// A word or sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    /// A name or a word of the language of formulas.
    Word(&'a str),
    Number(Number),
    Text(String),
    Date(Date),
    /// A sign, such as `<=`.
    Sign(&'static str),
}

/// Every sign, the longer ones first.
const SIGNS: [&str; 18] = [
    "<=", ">=", "!=", "<>", "==", "&&", "||", "=", "<", ">", "!", "+", "-", "*", "/", "(", ")", ",",
];

/// Takes `text` apart into words and signs, each with where it stands in bytes.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token<'_>, Range<usize>)>, FormulaError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = match first {
            '"' | '\'' | '“' | '”' => quoted(rest, first, at)?,
            '0'..='9' => digits(rest, at)?,
            _ if is_letter(first) => {
                let length = length_while(rest, |c| is_letter(c) || c.is_ascii_digit() || c == '.');
                (Token::Word(rest.get(..length).unwrap_or(rest)), length)
            }
            _ => SIGNS
                .into_iter()
                .find(|sign| rest.starts_with(sign))
                .map(|sign| (Token::Sign(sign), sign.len()))
                .ok_or_else(|| fault(FormulaFault::Sign, at..at + first.len_utf8()))?,
        };
        found.push((token, at..at + length));
        at += length;
    }
    Ok(found)
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn length_while(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

fn fault(fault: FormulaFault, at: Range<usize>) -> FormulaError {
    FormulaError { fault, at }
}

/// A text between quotation marks; a backslash takes the next character as it is.
fn quoted(rest: &str, mark: char, at: usize) -> Result<(Token<'_>, usize), FormulaError> {
    let closes = |c: char| match mark {
        // What a word processor makes of a straight mark.
        '“' | '”' => matches!(c, '“' | '”'),
        _ => c == mark,
    };
    let mut text = String::new();
    let mut is_escaped = false;
    for (place, c) in rest.char_indices().skip(1) {
        if is_escaped {
            text.push(c);
            is_escaped = false;
        } else if c == '\\' {
            is_escaped = true;
        } else if closes(c) {
            return Ok((Token::Text(text), place + c.len_utf8()));
        } else {
            text.push(c);
        }
    }
    Err(fault(FormulaFault::OpenText, at..at + rest.len()))
}

/// A number, or a day such as `2026-01-31`.
fn digits(rest: &str, at: usize) -> Result<(Token<'_>, usize), FormulaError> {
    let is_day = |text: &str| {
        let shape = "dddd-dd-dd".chars();
        text.chars().zip(shape).all(|(c, shape)| match shape {
            'd' => c.is_ascii_digit(),
            _ => c == shape,
        })
    };
    if let Some(day) = rest.get(..10).filter(|day| is_day(day)) {
        let date = day.parse().map(Token::Date);
        return date
            .map(|date| (date, 10))
            .map_err(|_| fault(FormulaFault::Date, at..at + 10));
    }
    let length = length_while(rest, |c| c.is_ascii_digit() || c == '.');
    let number = rest.get(..length).and_then(Number::read);
    number
        .map(|number| (Token::Number(number), length))
        .ok_or_else(|| fault(FormulaFault::Number, at..at + length))
}
