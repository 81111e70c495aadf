//! One share: every outcome of the binomial distribution.

use peil_measure::{Level, proportion};

use crate::outcomes::binomial;
use crate::table::{Column, Table, Tally};

#[test]
fn slow_intervals_of_a_share_hold_it_as_often_as_they_say() {
    let columns = vec![
        // Wilson keeps the level on average over shares; next to 0 and 1 it dips.
        Column {
            head: "Wilson (printed)",
            low: 0.91,
            high: 0.99,
        },
        Column {
            head: "Clopper-Pearson",
            low: 0.95,
            high: 1.0,
        },
    ];
    let mut table = Table::new("shares", columns);
    for n in [10, 30, 100, 300] {
        for p in [0.1, 0.3, 0.5, 0.8, 0.95] {
            let (mut wilson, mut exact) = (Tally::default(), Tally::default());
            for (hits, probability) in (0..).zip(binomial(n, p)) {
                let outcome = proportion(hits, n, Level::default()).unwrap();
                wilson.add(probability, outcome.ci_wilson, p);
                exact.add(probability, outcome.ci_exact, p);
            }
            table.row(
                format!("n = {n}, share {p}"),
                vec![wilson.share(), exact.share()],
            );
        }
    }
    table.check("share of one group");
}
