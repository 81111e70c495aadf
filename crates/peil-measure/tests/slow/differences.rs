//! Differences between two groups.

use peil_measure::{Level, mean_diff, nps_diff, prop_diff};

use crate::chance::{Chance, true_mean, true_nps};
use crate::outcomes::binomial;
use crate::table::{Column, Table, Tally};

#[test]
fn slow_intervals_of_a_difference_of_shares_hold_it_as_often_as_they_say() {
    let columns = vec![Column {
        head: "Newcombe (printed)",
        low: 0.93,
        high: 1.0,
    }];
    let mut table = Table::new("shares-difference", columns);
    for (n1, n2) in [(10, 10), (15, 40), (50, 50)] {
        for (p1, p2) in [(0.5, 0.5), (0.7, 0.9), (0.1, 0.2), (0.95, 0.95)] {
            let mut tally = Tally::default();
            for (x1, first) in (0..).zip(binomial(n1, p1)) {
                for (x2, second) in (0..).zip(binomial(n2, p2)) {
                    // Outcomes that never happen cost time and change no digit.
                    if first * second > 1e-12 {
                        let outcome = prop_diff(x1, n1, x2, n2, Level::default()).unwrap();
                        tally.add(first * second, outcome.ci_newcombe, p2 - p1);
                    }
                }
            }
            let situation = format!("n = {n1} and {n2}, shares {p1} and {p2}");
            table.row(situation, vec![tally.share()]);
        }
    }
    table.check("difference of two shares");
}

#[test]
fn slow_intervals_of_a_difference_of_nps_hold_it_as_often_as_they_say() {
    let columns = vec![
        Column {
            head: "adjusted Wald (printed)",
            low: 0.93,
            high: 1.0,
        },
        Column {
            head: "Wald",
            low: 0.75,
            high: 0.97,
        },
    ];
    let mut table = Table::new("nps-difference", columns);
    let mut chance = Chance::seeded(20_260_102);
    let even = [0.3, 0.4, 0.3];
    let good = [0.15, 0.35, 0.5];
    let best = [0.02, 0.08, 0.9];
    for (n1, n2) in [(10, 10), (15, 40), (300, 300)] {
        for (a, b) in [(&even, &good), (&good, &best), (&best, &best)] {
            let (mut adjusted, mut plain) = (Tally::default(), Tally::default());
            for _ in 0..2_000 {
                let first = chance.recommendations(n1, a);
                let second = chance.recommendations(n2, b);
                let outcome = nps_diff(&first, &second, Level::default()).unwrap();
                let truth = true_nps(b) - true_nps(a);
                adjusted.add(1.0, outcome.ci_adjusted, truth);
                plain.add(1.0, outcome.ci, truth);
            }
            let situation = format!("n = {n1} and {n2}, {a:?} and {b:?}");
            table.row(situation, vec![adjusted.share(), plain.share()]);
        }
    }
    table.check("difference of two NPS");
}

#[test]
fn slow_intervals_of_a_difference_of_means_hold_it_as_often_as_they_say() {
    let columns = vec![Column {
        head: "Welch (printed)",
        low: 0.91,
        high: 0.97,
    }];
    let mut table = Table::new("means-difference", columns);
    let mut chance = Chance::seeded(20_260_103);
    let flat = [0.1, 0.2, 0.4, 0.2, 0.1];
    let skewed = [0.02, 0.03, 0.1, 0.35, 0.5];
    for (n1, n2) in [(10, 10), (15, 40), (100, 100)] {
        for (a, b) in [(&flat, &flat), (&flat, &skewed), (&skewed, &skewed)] {
            let mut tally = Tally::default();
            for _ in 0..3_000 {
                let first = chance.answers(1, n1, a);
                let second = chance.answers(1, n2, b);
                let outcome = mean_diff(&first, &second, Level::default()).unwrap();
                tally.add(1.0, outcome.ci, true_mean(1, b) - true_mean(1, a));
            }
            table.row(
                format!("n = {n1} and {n2}, {a:?} and {b:?}"),
                vec![tally.share()],
            );
        }
    }
    table.check("difference of two means, scale 1 to 5");
}
