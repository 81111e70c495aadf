//! Reads what was chosen from a list.

use super::{AnswerProblem, AnswerValue, LONGEST_LINE, OTHER};
use crate::{
    shared::QuestionKey,
    survey::{AnswerRules, Choice},
};

/// The field behind "other, namely".
#[derive(Clone, Copy)]
pub(super) struct Other<'a> {
    pub is_offered: bool,
    pub words: Option<&'a str>,
}

pub(super) fn read_choices(
    given: &[&str],
    options: &[Choice],
    is_multiple: bool,
    other: Other<'_>,
    rules: &AnswerRules,
) -> Result<Option<AnswerValue>, AnswerProblem> {
    let is_known = |code: &str| {
        options.iter().any(|option| option.code.as_str() == code)
            || (other.is_offered && code == OTHER)
    };
    if !given.iter().all(|code| is_known(code)) {
        return Err(AnswerProblem::UnknownOption);
    }
    let words = other.words.filter(|_| other.is_offered);
    if words.is_some_and(|text| text.chars().count() > LONGEST_LINE) {
        return Err(AnswerProblem::TooLong { most: LONGEST_LINE });
    }
    // Words behind "other" choose it: without script nothing ticks the box for the respondent. In
    // a single choice they are dropped when another option was chosen on purpose.
    let chooses_other =
        given.contains(&OTHER) || (words.is_some() && (is_multiple || given.is_empty()));
    let mut codes: Vec<QuestionKey> = options
        .iter()
        .filter(|option| given.contains(&option.code.as_str()))
        .map(|option| option.code.clone())
        .collect();
    if chooses_other {
        codes.extend(OTHER.parse());
    }
    if codes.is_empty() {
        return Ok(None);
    }
    if !is_multiple && codes.len() > 1 {
        return Err(AnswerProblem::TooMany);
    }
    if is_multiple {
        check_number(&codes, options, rules)?;
    }
    let other = words.filter(|_| chooses_other).map(str::to_owned);
    Ok(Some(AnswerValue::Choices { codes, other }))
}

fn check_number(
    codes: &[QuestionKey],
    options: &[Choice],
    rules: &AnswerRules,
) -> Result<(), AnswerProblem> {
    let is_alone = |option: &Choice| option.is_exclusive && codes.contains(&option.code);
    if options.iter().any(is_alone) {
        let is_one = codes.len() == 1;
        return if is_one {
            Ok(())
        } else {
            Err(AnswerProblem::NotAlone)
        };
    }
    let chosen = u32::try_from(codes.len()).unwrap_or(u32::MAX);
    if let Some(least) = rules.least.filter(|least| chosen < *least) {
        return Err(AnswerProblem::TooFewChosen { least });
    }
    match rules.most.filter(|most| chosen > *most) {
        Some(most) => Err(AnswerProblem::TooManyChosen { most }),
        None => Ok(()),
    }
}
