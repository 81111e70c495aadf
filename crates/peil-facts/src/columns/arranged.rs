//! Columns in the order of a shelf, with as few values as occur.

use std::{cmp::Ordering, collections::HashMap, hash::Hash, sync::Arc};

use super::{
    codes::Codes,
    column::{Answers, Coded, Days, Text, Value},
    shelf::Stretch,
};

/// The values of these rows.
pub(super) fn picked<T: Copy>(coded: &Coded<T>, rows: &[u32]) -> impl Iterator<Item = T> {
    rows.iter().filter_map(|row| {
        let code = coded.codes.get(*row as usize);
        coded.values.get(code as usize).copied()
    })
}

/// The days in runs; stretches are told where theirs begin.
pub(super) fn runs(order: &[u32], days: &[i32], stretches: &mut [Stretch]) -> Days {
    let mut runs: Vec<(i32, u32)> = Vec::new();
    for stretch in stretches {
        stretch.run = u32::try_from(runs.len()).unwrap_or(u32::MAX);
        let mut is_first = true;
        for place in stretch.start..stretch.end {
            let row = order.get(place as usize).copied().unwrap_or_default();
            let day = days.get(row as usize).copied().unwrap_or_default();
            match runs.last_mut() {
                Some((last, end)) if *last == day && !is_first => *end = place + 1,
                _ => runs.push((day, place + 1)),
            }
            is_first = false;
        }
    }
    Days::new(runs)
}

/// The values in this order, with their codes.
pub(super) fn coded_in<T: Copy + Ord + Hash>(order: &[u32], values: &[T]) -> Coded<T> {
    let mut different: Vec<T> = values.to_vec();
    different.sort_unstable();
    different.dedup();
    let codes: HashMap<T, u32> = different.iter().copied().zip(0..).collect();
    let rows = order.iter().filter_map(|row| values.get(*row as usize));
    let codes: Vec<u32> = rows.filter_map(|value| codes.get(value)).copied().collect();
    let codes = Codes::new(&codes, different.len());
    Coded {
        values: different,
        codes,
    }
}

/// Numbers in this order, as narrow as they fit.
pub(super) fn codes_in(order: &[u32], numbers: &[u32]) -> Codes {
    let of = |row: &u32| numbers.get(*row as usize).copied().unwrap_or_default();
    let numbers: Vec<u32> = order.iter().map(of).collect();
    let most = numbers.iter().copied().max().unwrap_or_default();
    Codes::new(&numbers, most as usize + 1)
}

pub(super) fn texts_in(order: &[u32], known: &[Arc<str>], given: &[u32]) -> Coded<Text> {
    let mut is_used = vec![false; known.len() + 1];
    let code_of = |row: &u32| given.get(*row as usize).copied().unwrap_or_default();
    for row in order {
        if let Some(used) = is_used.get_mut(code_of(row) as usize) {
            *used = true;
        }
    }
    let all = std::iter::once(None).chain(known.iter().cloned().map(Some));
    let mut values: Vec<(Text, usize)> = all
        .zip(0..)
        .filter(|(_, code)| is_used.get(*code) == Some(&true))
        .collect();
    values.sort_unstable();
    let mut renamed = vec![0_u32; is_used.len()];
    for (new, (_, old)) in (0..).zip(&values) {
        if let Some(slot) = renamed.get_mut(*old) {
            *slot = new;
        }
    }
    let rename = |row| {
        renamed
            .get(code_of(row) as usize)
            .copied()
            .unwrap_or_default()
    };
    let codes: Vec<u32> = order.iter().map(rename).collect();
    Coded {
        codes: Codes::new(&codes, values.len()),
        values: values.into_iter().map(|(value, _)| value).collect(),
    }
}

/// The answers in the order of the shelf, and what has become of their codes.
pub(super) fn answers_in(
    place_of: &[u32],
    known: Vec<Value>,
    given: &[(u32, u32)],
) -> (Answers, Vec<u32>) {
    let mut values: Vec<(Value, usize)> = known.into_iter().zip(1..).collect();
    values.sort_unstable_by(|one, other| match one.0.cmp(&other.0) {
        Ordering::Equal => one.1.cmp(&other.1),
        order => order,
    });
    let mut codes = vec![0_u32; values.len() + 1];
    for (new, (_, old)) in (1..).zip(&values) {
        if let Some(slot) = codes.get_mut(*old) {
            *slot = new;
        }
    }
    let place = |row: u32| place_of.get(row as usize).copied().unwrap_or_default();
    let code = |code: u32| codes.get(code as usize).copied().unwrap_or_default();
    let mut given: Vec<(u32, u32)> = given
        .iter()
        .map(|(row, old)| (place(*row), code(*old)))
        .collect();
    given.sort_unstable();
    let start = given.first().map_or(0, |(row, _)| *row);
    let spanned = given.last().map_or(0, |(row, _)| row + 1 - start) as usize;
    let limit = values.len() + 1;
    let values = values.into_iter().map(|(value, _)| value).collect();
    let answers = if spanned <= given.len() * 4 {
        let mut dense = vec![0_u32; spanned];
        for (row, code) in given {
            if let Some(slot) = dense.get_mut((row - start) as usize) {
                *slot = code;
            }
        }
        Answers::new(values, None, start, Codes::new(&dense, limit))
    } else {
        let (rows, sparse): (Vec<u32>, Vec<u32>) = given.into_iter().unzip();
        Answers::new(values, Some(rows), start, Codes::new(&sparse, limit))
    };
    (answers, codes)
}

pub(super) fn renamed(mut stretches: Vec<Stretch>, codes: &[Vec<u32>]) -> Vec<Stretch> {
    for (question, code) in stretches
        .iter_mut()
        .filter_map(|stretch| stretch.single.as_mut())
    {
        let of_question = codes.get(*question as usize);
        *code = of_question
            .and_then(|codes| codes.get(*code as usize))
            .copied()
            .unwrap_or_default();
    }
    stretches
}
