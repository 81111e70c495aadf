//! The words and signs of a foreign condition.

use super::LONGEST;

/// Whose condition it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::survey) enum Dialect {
    /// `!is_empty(Q1.NAOK) and Q2_SQ001 == "Y"`
    LimeSurvey,
    /// `{q1} notempty and {q2} contains 'a'`
    SurveyJs,
    /// `${q1} != '' and selected(${q2}, 'a')`
    XPath,
}

/// A word or sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name of something that is asked or known.
    Name(String),
    /// A word of the language, or a function, in lower case, with how it was written.
    Word(String, String),
    Number(f64),
    Text(String),
    Sign(&'static str),
}

const SIGNS: [&str; 24] = [
    "<=", ">=", "!=", "<>", "===", "!==", "==", "&&", "||", "=", "<", ">", "!", "+", "-", "*", "/",
    "(", ")", ",", "[", "]", "%", "^",
];

/// Takes a condition apart; what cannot be read is given back.
pub(super) fn tokens(text: &str, dialect: Dialect) -> Result<Vec<Token>, String> {
    if text.len() > LONGEST {
        return Err(format!("{} bytes", text.len()));
    }
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = one(rest, first, dialect, found.last())
            .ok_or_else(|| rest.chars().take(60).collect::<String>())?;
        found.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(found)
}

fn one(
    rest: &str,
    first: char,
    dialect: Dialect,
    before: Option<&Token>,
) -> Option<(Token, usize)> {
    match first {
        '"' | '\'' => return quoted(rest, first, dialect),
        '{' if dialect == Dialect::SurveyJs => {
            let end = rest.find('}')?;
            let name = rest.get(1..end)?.trim();
            return Some((Token::Name(name.to_owned()), end + 1));
        }
        '$' if dialect == Dialect::XPath => {
            let end = rest.find('}')?;
            let name = rest.strip_prefix("${")?.get(..end.checked_sub(2)?)?.trim();
            return Some((Token::Name(name.to_owned()), end + 1));
        }
        '.' if dialect == Dialect::XPath => {
            let is_number = rest
                .get(1..)
                .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
            if !is_number {
                return Some((Token::Name(".".to_owned()), 1));
            }
        }
        _ => {}
    }
    if dialect == Dialect::LimeSurvey
        && let Some(length) = field_code(rest)
    {
        return Some((Token::Name(rest.get(..length)?.to_owned()), length));
    }
    if first.is_ascii_digit() || first == '.' {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        let length = end.unwrap_or(rest.len());
        let number: f64 = rest.get(..length)?.parse().ok()?;
        return Some((Token::Number(number), length));
    }
    if first.is_alphabetic() || first == '_' {
        return word(rest, dialect, before);
    }
    let sign = SIGNS.into_iter().filter(|sign| rest.starts_with(sign));
    let sign = sign.max_by_key(|sign| sign.len())?;
    Some((Token::Sign(sign), sign.len()))
}

fn word(rest: &str, dialect: Dialect, before: Option<&Token>) -> Option<(Token, usize)> {
    let is_part = |c: char| {
        c.is_alphanumeric()
            || c == '_'
            || match dialect {
                Dialect::LimeSurvey => matches!(c, '.' | ':' | '#'),
                Dialect::SurveyJs => c == '.',
                Dialect::XPath => matches!(c, '-' | ':' | '.'),
            }
    };
    let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let written = rest.get(..length)?.trim_end_matches(['-', '.', ':']);
    let length = written.len();
    let lower = written.to_ascii_lowercase();
    let is_called = rest.get(length..)?.trim_start().starts_with('(');
    // A second value cannot stand beside another: then it is an operator such as `div`.
    let is_operator = matches!(
        before,
        Some(Token::Name(_) | Token::Number(_) | Token::Text(_) | Token::Sign(")" | "]"))
    );
    let is_name =
        dialect == Dialect::LimeSurvey && !is_called && !is_reserved(&lower) && !is_operator;
    let token = if is_name {
        Token::Name(written.to_owned())
    } else {
        Token::Word(lower, written.to_owned())
    };
    Some((token, length))
}

fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "and" | "or" | "xor" | "not" | "lt" | "le" | "gt" | "ge" | "eq" | "ne" | "true" | "false"
    )
}

/// The length of a column name such as `21157X49X1234SQ001`.
fn field_code(text: &str) -> Option<usize> {
    let digits = |from: usize| {
        let rest = text.get(from..)?;
        let length = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        (length > 0).then_some(from + length)
    };
    let cross = |at: usize| text.get(at..)?.starts_with('X').then_some(at + 1);
    let end = digits(cross(digits(cross(digits(0)?)?)?)?)?;
    let rest = text.get(end..)?;
    let tail = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '#'));
    Some(end + tail.unwrap_or(rest.len()))
}

fn quoted(rest: &str, mark: char, dialect: Dialect) -> Option<(Token, usize)> {
    let mut text = String::new();
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if is_escaped {
            text.push(c);
            is_escaped = false;
        } else if c == '\\' && dialect != Dialect::XPath {
            is_escaped = true;
        } else if c == mark {
            return Some((Token::Text(text), at + 1));
        } else {
            text.push(c);
        }
    }
    None
}
