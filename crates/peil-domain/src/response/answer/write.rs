//! Reads what was written: texts, numbers, days and details.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{AnswerProblem, AnswerValue, LONGEST_LINE};
use crate::{
    shared::{EmailAddress, LocalDay},
    survey::{AnswerRules, ContactField, NumberRange},
};

pub(super) fn one<'a>(given: &[&'a str]) -> Result<Option<&'a str>, AnswerProblem> {
    match given {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        _ => Err(AnswerProblem::TooMany),
    }
}

pub(super) fn read_text(
    text: &str,
    most: usize,
    rules: &AnswerRules,
) -> Result<AnswerValue, AnswerProblem> {
    let clean = clean(text, most)?;
    let length = u32::try_from(clean.chars().count()).unwrap_or(u32::MAX);
    if let Some(least) = rules.shortest.filter(|least| length < *least) {
        return Err(AnswerProblem::TooShort { least });
    }
    if let Some(most) = rules.longest.filter(|most| length > *most) {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        return Err(AnswerProblem::TooLong { most });
    }
    match &rules.pattern {
        Some(pattern) if !pattern.matches(&clean) => Err(AnswerProblem::NotInPattern),
        _ => Ok(AnswerValue::Text(clean)),
    }
}

/// The text without characters that cannot be shown.
fn clean(text: &str, most: usize) -> Result<String, AnswerProblem> {
    if text.chars().count() > most {
        return Err(AnswerProblem::TooLong { most });
    }
    let is_kept = |c: &char| !c.is_control() || *c == '\n';
    Ok(text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(is_kept)
        .collect())
}

/// Reads a number with a comma or point before its decimals.
pub(super) fn read_number(text: &str, range: NumberRange) -> Result<AnswerValue, AnswerProblem> {
    let decimals = range.decimals;
    let refuse = AnswerProblem::NotANumber { decimals };
    let (whole, behind) = text.split_once([',', '.']).unwrap_or((text, ""));
    let places = usize::from(decimals);
    let is_plain = |digits: &str| digits.chars().all(|c| c.is_ascii_digit());
    let digits = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    if digits.is_empty() || !is_plain(digits) || !is_plain(behind) || behind.len() > places {
        return Err(refuse);
    }
    let refuse = AnswerProblem::NotBetween {
        min: range.min,
        max: range.max,
    };
    let scaled = format!("{whole}{behind:0<places$}").parse::<i32>();
    match scaled {
        Ok(score) if range.holds(score) => Ok(AnswerValue::Score(score)),
        _ => Err(refuse),
    }
}

/// Reads a day as `2026-01-31`, as browsers send it, or as `31-1-2026`.
pub(super) fn read_day(
    text: &str,
    earliest: Option<Date>,
    latest: Option<Date>,
) -> Result<AnswerValue, AnswerProblem> {
    let date = read_date(text).ok_or(AnswerProblem::NotADay)?;
    if earliest.is_some_and(|first| date < first) || latest.is_some_and(|last| date > last) {
        return Err(AnswerProblem::DayNotBetween { earliest, latest });
    }
    Ok(AnswerValue::Score(LocalDay::from_date(date).0))
}

fn read_date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    let (year, day) = if first.len() == 4 {
        (first, last)
    } else {
        (last, first)
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Reads who the respondent is; nothing when every field is blank.
pub(super) fn read_details<'a>(
    fields: &[ContactField],
    given: impl Fn(ContactField) -> Option<&'a str>,
) -> Result<Option<AnswerValue>, AnswerProblem> {
    let mut details = BTreeMap::new();
    for field in fields {
        let Some(text) = given(*field) else {
            continue;
        };
        let text = clean(text, LONGEST_LINE)?;
        if *field == ContactField::Email && text.parse::<EmailAddress>().is_err() {
            return Err(AnswerProblem::NotAnAddress);
        }
        details.insert(*field, text);
    }
    Ok((!details.is_empty()).then_some(AnswerValue::Details(details)))
}
