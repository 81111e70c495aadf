//! One NPS: every outcome of the multinomial distribution.

use peil_measure::{Level, SurveyDesign, nps, weighted_nps};

use crate::chance::{Chance, recommendations, true_nps};
use crate::outcomes::trinomial;
use crate::table::{Column, Table, Tally};

const SPLITS: [[f64; 3]; 4] = [
    [0.3, 0.4, 0.3],
    [0.15, 0.35, 0.5],
    [0.5, 0.3, 0.2],
    [0.02, 0.08, 0.9],
];

#[test]
fn slow_intervals_of_an_nps_hold_it_as_often_as_they_say() {
    let columns = vec![
        Column {
            head: "Tango (printed)",
            low: 0.93,
            high: 0.99,
        },
        Column {
            head: "adjusted Wald",
            low: 0.92,
            high: 1.0,
        },
        // Known to be too narrow in small and one-sided groups.
        Column {
            head: "Wald",
            low: 0.4,
            high: 0.97,
        },
    ];
    let mut table = Table::new("nps", columns);
    for n in [10, 30, 100] {
        for split in &SPLITS {
            let truth = true_nps(split);
            let mut tallies = [Tally::default(), Tally::default(), Tally::default()];
            for (counts, probability) in trinomial(n, split) {
                let outcome = nps(&recommendations(counts), Level::default()).unwrap();
                let intervals = [outcome.ci_score, outcome.ci_adjusted, outcome.ci_wald];
                for (tally, interval) in tallies.iter_mut().zip(intervals) {
                    tally.add(probability, interval, truth);
                }
            }
            let figures = tallies.iter().map(Tally::share).collect();
            table.row(format!("n = {n}, {split:?}"), figures);
        }
    }
    table.check("NPS of one group: detractors, passives, promoters");
}

#[test]
fn slow_intervals_of_a_weighted_nps_hold_it_as_often_as_they_say() {
    let columns = vec![Column {
        head: "linearised, t",
        low: 0.91,
        high: 0.97,
    }];
    let mut table = Table::new("weighted", columns);
    let mut chance = Chance::seeded(20_260_101);
    for (n, heavy) in [(50, 3.0), (200, 3.0), (200, 8.0), (800, 8.0)] {
        let split = [0.15, 0.35, 0.5];
        let mut tally = Tally::default();
        for _ in 0..3_000 {
            let scores: Vec<i32> = (0..n)
                .map(|_| [3, 7, 10].get(chance.category(&split)).copied().unwrap())
                .collect();
            // Half of the answers stand for several people each.
            let weights: Vec<f64> = (0..n)
                .map(|_| if chance.uniform() < 0.5 { 1.0 } else { heavy })
                .collect();
            let design = SurveyDesign {
                weights: Some(&weights),
                clusters: None,
                strata: None,
            };
            let outcome = weighted_nps(&scores, &design, Level::default()).unwrap();
            tally.add(1.0, outcome.ci, true_nps(&split));
        }
        table.row(
            format!("n = {n}, half with weight {heavy}"),
            vec![tally.share()],
        );
    }
    table.check("weighted NPS");
}
