//! Choices in the explorer of a questionnaire with a million submissions: the part of the page that each
//! of them fetches, just after answers came in and once more.

use serde::Serialize;

use crate::problem::Problem;

use super::{median, page::Visit};

/// What is chosen, and how that is written in the address.
const CHOICES: [(&str, &str); 13] = [
    ("regions by month", ""),
    ("number of submissions", "&what=:count"),
    ("sectors", "&group=segment.sector"),
    ("regions by sector", "&second=segment.sector"),
    ("by quarter", "&step=quarter"),
    ("by week", "&step=week"),
    ("by day", "&step=day"),
    ("twelve months", "&period=12-months"),
    ("a filter", "&language=nl"),
    ("a range of scores", "&least=0&most=6"),
    ("ladder", "&view=ladder"),
    ("lines", "&view=trend"),
    ("lines by week", "&view=trend&step=week"),
];
const ROUNDS: u32 = 5;
const AGAIN: u32 = 3;

/// How long a choice takes, as a whole answer over a new connection.
#[derive(Debug, Serialize)]
pub(super) struct Choice {
    name: &'static str,
    /// The first time after answers came in.
    new_ms: Vec<f64>,
    /// While none did.
    again_ms: Vec<f64>,
    bytes: usize,
}

/// Makes every choice, with answers coming in between.
pub(super) fn measure(
    visit: Visit<'_>,
    results: &str,
    mut answer: impl FnMut() -> Result<(), Problem>,
) -> Result<Vec<Choice>, Problem> {
    let part = results.replacen("/results?", "/results/explore/part?", 1);
    let mut choices = Vec::new();
    for (name, fields) in CHOICES {
        let group = if fields.contains("group=") {
            ""
        } else {
            "&group=segment.regio"
        };
        let address = format!("{part}{group}{fields}");
        let mut choice = Choice {
            name,
            new_ms: Vec::new(),
            again_ms: Vec::new(),
            bytes: 0,
        };
        for _ in 0..ROUNDS {
            answer()?;
            choice.new_ms.push(visit.get(&address)?.whole_ms);
            for _ in 0..AGAIN {
                let found = visit.get(&address)?;
                choice.again_ms.push(found.whole_ms);
                choice.bytes = found.body.len();
            }
        }
        choices.push(choice);
    }
    Ok(choices)
}

/// The slowest choice: the median of the first times, and of the others.
pub(super) fn slowest(choices: &[Choice]) -> [f64; 2] {
    let most = |of: fn(&Choice) -> &[f64]| {
        let medians = choices.iter().map(|choice| median(of(choice)));
        medians.fold(0.0, f64::max)
    };
    [
        most(|choice| &choice.new_ms),
        most(|choice| &choice.again_ms),
    ]
}

pub(super) fn print(choices: &[Choice]) {
    println!("explorer                 new ms  again ms  bytes");
    for choice in choices {
        println!(
            "{:<22}  {:>7.1}  {:>8.1}  {:>5}",
            choice.name,
            median(&choice.new_ms),
            median(&choice.again_ms),
            choice.bytes
        );
    }
}
