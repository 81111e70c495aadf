//! One mean.

use peil_measure::{Level, mean};

use crate::chance::{Chance, true_mean};
use crate::table::{Column, Table, Tally};

#[test]
fn slow_intervals_of_a_mean_hold_it_as_often_as_they_say() {
    let columns = vec![Column {
        head: "Student's t (printed)",
        low: 0.9,
        high: 0.97,
    }];
    let mut table = Table::new("means", columns);
    let mut chance = Chance::seeded(20_260_104);
    for n in [10, 30, 100, 300] {
        for shape in [
            [0.1, 0.2, 0.4, 0.2, 0.1],
            [0.4, 0.1, 0.0, 0.1, 0.4],
            [0.02, 0.03, 0.1, 0.35, 0.5],
        ] {
            let mut tally = Tally::default();
            for _ in 0..4_000 {
                let outcome = mean(&chance.answers(1, n, &shape), Level::default());
                tally.add(1.0, outcome.ci, true_mean(1, &shape));
            }
            table.row(format!("n = {n}, {shape:?}"), vec![tally.share()]);
        }
    }
    table.check("mean of one group, scale 1 to 5");
}
