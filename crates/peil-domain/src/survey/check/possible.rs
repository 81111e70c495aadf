//! Whether a condition can hold at all, by trying every answer when there are not too many.

use super::names::Known;
use crate::survey::{Expression, Form, Names as _, Number, Reference, Source, Value};

/// Most combinations of answers that are tried for one condition.
const MOST_TRIES: usize = 20_000;
/// Most combinations that are tried for all conditions of a questionnaire together; conditions that
/// come after are taken to be possible.
pub(super) const MOST_TRIES_TOGETHER: usize = 100_000;

/// Whether a condition can come to `wanted`: hold, or fail. It can when that cannot be tried out.
pub(super) fn can_come_to(wanted: bool, condition: &Expression, names: &Known<'_>) -> bool {
    let mut references = condition.references();
    references.sort();
    references.dedup();
    let values: Option<Vec<(&Reference, Vec<Value>)>> = references
        .into_iter()
        .map(|reference| Some((reference, possible(reference, names)?)))
        .collect();
    let Some(values) = values else {
        return true;
    };
    let tries = values.iter().try_fold(1_usize, |tries, (_, values)| {
        tries
            .checked_mul(values.len())
            .filter(|tries| *tries <= MOST_TRIES)
    });
    let Some(tries) = tries.filter(|tries| names.may_try(*tries)) else {
        return true;
    };
    let holds = |attempt: usize| {
        condition.holds(&|wanted: &Reference| {
            let mut rest = attempt;
            for (reference, values) in &values {
                if *reference == wanted {
                    return values
                        .get(rest % values.len())
                        .cloned()
                        .unwrap_or(Value::Empty);
                }
                rest /= values.len();
            }
            Value::Empty
        })
    };
    (0..tries).any(|attempt| holds(attempt) == wanted)
}

/// Every value that a name can have, first that there is none; nothing when there are too many.
fn possible(reference: &Reference, names: &Known<'_>) -> Option<Vec<Value>> {
    if names.source(reference) != Source::Answer {
        return None;
    }
    let values: Vec<Value> = match names.form(reference)? {
        Form::Number(Some((min, max))) if max.checked_sub(min)? <= 1_000 => (min..=max)
            .map(|number| Value::Number(Number::from(number)))
            .collect(),
        Form::Truth => vec![Value::Truth(false), Value::Truth(true)],
        Form::Option(codes) => codes
            .iter()
            .map(|code| Value::Text(code.to_string()))
            .collect(),
        _ => return None,
    };
    // Most conditions that can be tried are about what was answered, or about nothing at all.
    Some([Value::Empty].into_iter().chain(values).collect())
}
