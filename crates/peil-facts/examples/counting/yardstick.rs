//! The yardstick: what a plain kernel over plain columns takes, written by hand for each question.

use std::thread::{self, ScopedJoinHandle};

use crate::{
    generated::{Columns, months},
    questions::{Question, Table},
};

/// Number of scores.
const SCORES: usize = 11;
const MONTHS: usize = 36;
const QUESTIONED: u8 = 7;

#[derive(Clone, Copy, Default)]
struct Weighed {
    n: u64,
    w: u64,
    w2: u64,
}

/// Counts on so many threads, each a part of the rows.
pub(crate) fn ask(columns: &Columns, question: &Question, threads: usize) -> Table {
    let rows = columns.day.len();
    let months = months();
    let part = rows.div_ceil(threads);
    let parts: Vec<Vec<Weighed>> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|thread| {
                let (from, to) = (thread * part, rows.min((thread + 1) * part));
                let months = &months;
                scope.spawn(move || count(columns, question, months, from, to))
            })
            .collect();
        let joined = running.into_iter().map(ScopedJoinHandle::join);
        joined.map(Result::unwrap_or_default).collect()
    });
    let groups = groups(question);
    let mut table = Table::new();
    for counts in parts {
        for (place, count) in counts.iter().enumerate().filter(|(_, count)| count.n > 0) {
            let (cell, score) = (place / SCORES, place % SCORES);
            let total = table
                .entry((cell / groups, cell % groups, score))
                .or_default();
            total.0 += count.n;
            total.1 += if question.is_weighted {
                count.w
            } else {
                count.n * 10_000
            };
            let plain = u128::from(count.n) * 100_000_000;
            total.2 += if question.is_weighted {
                u128::from(count.w2)
            } else {
                plain
            };
        }
    }
    table
}

fn groups(question: &Question) -> usize {
    match question.group {
        Some(2) => 10,
        Some(4) => 100,
        Some(7) => 5_000,
        _ => 1,
    }
}

/// Adds one to each place.
fn tally(cells: usize, places: impl Iterator<Item = usize>) -> Vec<Weighed> {
    let mut counts = vec![0_u32; cells * SCORES];
    for place in places {
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    let weighed = |n: u32| Weighed {
        n: u64::from(n),
        ..Weighed::default()
    };
    counts.into_iter().map(weighed).collect()
}

/// Adds a weight to each place.
fn weigh(rows: impl Iterator<Item = (usize, u64)>) -> Vec<Weighed> {
    let mut counts = vec![Weighed::default(); MONTHS * SCORES];
    for (place, weight) in rows {
        if let Some(count) = counts.get_mut(place) {
            count.n += 1;
            count.w += weight;
            count.w2 += weight * weight;
        }
    }
    counts
}

fn count(
    c: &Columns,
    question: &Question,
    months: &[usize],
    from: usize,
    to: usize,
) -> Vec<Weighed> {
    fn part<T>(column: &[T], from: usize, to: usize) -> &[T] {
        column.get(from..to).unwrap_or_default()
    }
    let [two, five, ten, of_25, of_100] = &c.narrow;
    let [_, _, of_5000] = &c.wide;
    let narrow = |column| part::<u8>(column, from, to).iter().copied();
    let month = |day: &u16| months.get(usize::from(*day)).copied().unwrap_or_default() * SCORES;
    let days = part(&c.day, from, to).iter();
    let scores = narrow(&c.score).map(usize::from);
    match question.name.get(..2).unwrap_or_default() {
        "Q1" => tally(1, scores),
        "Q2" => tally(
            MONTHS,
            days.zip(scores).map(|(day, score)| month(day) + score),
        ),
        "Q3" => tally(
            10,
            narrow(ten)
                .zip(scores)
                .map(|(group, score)| usize::from(group) * SCORES + score),
        ),
        "Q4" => {
            let rows = days.zip(scores).zip(narrow(of_25));
            let passing = rows.filter(|(_, value)| *value == 1);
            tally(MONTHS, passing.map(|((day, score), _)| month(day) + score))
        }
        "Q5" => {
            let rows = narrow(of_100).zip(scores).zip(narrow(two));
            let passing = rows.filter(|(_, value)| *value == 0);
            tally(
                100,
                passing.map(|((group, score), _)| usize::from(group) * SCORES + score),
            )
        }
        "Q6" => {
            let filters = narrow(two).zip(narrow(five)).zip(narrow(ten));
            let rows = days.zip(narrow(of_100)).zip(scores).zip(filters);
            let passing =
                rows.filter(|(_, ((two, five), ten))| *two == 0 && *five == 0 && *ten <= 2);
            tally(
                MONTHS * 100,
                passing.map(|(((day, group), score), _)| {
                    (month(day) * 100) + usize::from(group) * SCORES + score
                }),
            )
        }
        "Q7" => {
            let groups = part(of_5000, from, to).iter();
            tally(
                5_000,
                groups
                    .zip(scores)
                    .map(|(group, score)| usize::from(*group) * SCORES + score),
            )
        }
        "Q8" => {
            let weights = part(&c.weight, from, to).iter().copied().map(u64::from);
            let rows = days.zip(scores).zip(weights).zip(narrow(two));
            let passing = rows.filter(|(_, value)| *value == 0);
            weigh(passing.map(|(((day, score), weight), _)| (month(day) + score, weight)))
        }
        _ => {
            let rows = days.zip(scores).zip(narrow(&c.question));
            let passing = rows.filter(|(_, question)| *question == QUESTIONED);
            tally(MONTHS, passing.map(|((day, score), _)| month(day) + score))
        }
    }
}
