//! The impact of a theme, parts of a change, the effect of an action, the level at a date.

use peil_measure::{
    Aim, BeforeAfter, Goal, Histogram, Level, Metric, Period, decomposition,
    difference_in_differences, goal_course, impact,
};

use crate::chance::{Chance, true_nps};
use crate::table::{Column, Table, Tally};

const GOOD: [f64; 3] = [0.15, 0.35, 0.5];
const BETTER: [f64; 3] = [0.1, 0.3, 0.6];
const BAD: [f64; 3] = [0.7, 0.2, 0.1];
const BEST: [f64; 3] = [0.02, 0.08, 0.9];

#[test]
fn slow_intervals_of_the_impact_of_a_theme_hold_it_as_often_as_they_say() {
    let columns = vec![Column {
        head: "delta method (printed)",
        low: 0.93,
        high: 1.0,
    }];
    let mut table = Table::new("impact", columns);
    let mut chance = Chance::seeded(20_260_105);
    for n in [30_u32, 100, 300] {
        for (share, theme) in [(0.05, BAD), (0.2, BAD), (0.5, BEST), (0.1, GOOD)] {
            let mut tally = Tally::default();
            for _ in 0..3_000 {
                let mentions = (0..n).filter(|_| chance.uniform() < share).count();
                let mentions = u64::try_from(mentions).unwrap();
                let mentioning = chance.recommendations(mentions, &theme);
                let mut all = chance.recommendations(u64::from(n) - mentions, &GOOD);
                all.merge(&mentioning).unwrap();
                let outcome = impact(Metric::Nps, &all, &mentioning, Level::default()).unwrap();
                let truth = share * (true_nps(&theme) - true_nps(&GOOD));
                tally.add(1.0, outcome.ci, truth);
            }
            let distance = true_nps(&theme) - true_nps(&GOOD);
            let situation = format!(
                "n = {n}, mentioned by {:.0} %, NPS {distance:+.0}",
                100.0 * share
            );
            table.row(situation, vec![tally.share()]);
        }
    }
    table.check("impact of a theme on the NPS");
}

/// Answers of several groups, whose shares vary by chance too.
fn grouped(chance: &mut Chance, n: u64, shares: &[f64], splits: &[[f64; 3]]) -> Vec<Histogram> {
    let sizes = chance.answers(0, n, shares);
    let drawn = sizes.iter().zip(splits);
    drawn
        .map(|((_, size), split)| chance.recommendations(size, split))
        .collect()
}

#[test]
fn slow_intervals_of_the_parts_of_a_change_hold_them_as_often_as_they_say() {
    let columns = vec![
        Column {
            head: "mix (printed)",
            low: 0.92,
            high: 0.98,
        },
        Column {
            head: "rate (printed)",
            low: 0.92,
            high: 0.98,
        },
        Column {
            head: "rate of the smallest group",
            low: 0.85,
            high: 0.98,
        },
    ];
    let mut table = Table::new("decomposition", columns);
    let mut chance = Chance::seeded(20_260_106);
    let shares = ([0.5, 0.4, 0.1], [0.3, 0.5, 0.2]);
    let splits = ([GOOD, BAD, GOOD], [BETTER, BAD, BETTER]);
    // By the formulas of the page, with the true shares and figures.
    let average = |shares: &[f64; 3], splits: &[[f64; 3]; 3]| -> f64 {
        shares
            .iter()
            .zip(splits)
            .map(|(p, split)| p * true_nps(split))
            .sum()
    };
    let middle = average(&shares.0, &splits.0).midpoint(average(&shares.1, &splits.1));
    let (mut mix, mut rate, mut smallest) = (0.0, 0.0, 0.0);
    let both = shares
        .0
        .iter()
        .zip(&shares.1)
        .zip(splits.0.iter().zip(&splits.1));
    for ((before, after), (old, new)) in both {
        let (old, new) = (true_nps(old), true_nps(new));
        mix += (after - before) * (old.midpoint(new) - middle);
        smallest = (new - old) * before.midpoint(*after);
        rate += smallest;
    }
    for n in [50, 200, 1_000] {
        let mut tallies = [Tally::default(), Tally::default(), Tally::default()];
        for _ in 0..2_000 {
            let before = grouped(&mut chance, n, &shares.0, &splits.0);
            let after = grouped(&mut chance, n, &shares.1, &splits.1);
            let pairs = before.iter().zip(&after);
            let groups: Vec<_> = pairs
                .map(|(before, after)| BeforeAfter { before, after })
                .collect();
            let outcome = decomposition(Metric::Nps, &groups, Level::default());
            let outcome = outcome.unwrap().unwrap();
            let last = outcome.groups.last().unwrap().rate;
            let parts = [(outcome.mix, mix), (outcome.rate, rate), (last, smallest)];
            for (tally, (part, truth)) in tallies.iter_mut().zip(parts) {
                tally.add(1.0, Some(part.ci), truth);
            }
        }
        let figures = tallies.iter().map(Tally::share).collect();
        table.row(format!("n = {n} per period, three groups"), figures);
    }
    table.check("parts of a change of the NPS");
}

#[test]
fn slow_intervals_of_the_effect_of_an_action_hold_it_as_often_as_they_say() {
    let columns = vec![
        Column {
            head: "NPS, adjusted Wald (printed)",
            low: 0.93,
            high: 1.0,
        },
        Column {
            head: "NPS, Wald",
            low: 0.8,
            high: 0.97,
        },
        Column {
            head: "mean, Welch (printed)",
            low: 0.92,
            high: 0.98,
        },
    ];
    let mut table = Table::new("did", columns);
    let mut chance = Chance::seeded(20_260_107);
    for n in [10, 30, 200] {
        for splits in [[GOOD, BETTER, GOOD, GOOD], [BEST, BEST, BEST, BEST]] {
            let mut tallies = [Tally::default(), Tally::default(), Tally::default()];
            for _ in 0..2_000 {
                let drawn = splits.map(|split| chance.recommendations(n, &split));
                let [before, after, other_before, other_after] = &drawn;
                let effect = |metric| {
                    let group = BeforeAfter { before, after };
                    let elsewhere = BeforeAfter {
                        before: other_before,
                        after: other_after,
                    };
                    difference_in_differences(metric, group, elsewhere, Level::default()).unwrap()
                };
                let of_nps = effect(Metric::Nps);
                let of_mean = effect(Metric::Mean);
                let [a, b, c, d] = splits.map(|split| true_nps(&split));
                let truth = b - a - (d - c);
                let scores = |[low, middle, high]: [f64; 3]| 3.0 * low + 7.0 * middle + 10.0 * high;
                let [a, b, c, d] = splits.map(scores);
                let true_mean = b - a - (d - c);
                let found = [
                    (of_nps.adjusted, truth),
                    (of_nps.plain, truth),
                    (of_mean.plain, true_mean),
                ];
                for (tally, (contrast, truth)) in tallies.iter_mut().zip(found) {
                    tally.add(1.0, contrast.and_then(|contrast| contrast.ci), truth);
                }
            }
            let situation = format!(
                "4 × {n}, {:?} to {:?}",
                splits.first().unwrap(),
                splits.get(1).unwrap()
            );
            table.row(situation, tallies.iter().map(Tally::share).collect());
        }
    }
    table.check("difference in differences");
}

#[test]
fn slow_intervals_of_the_level_at_a_date_hold_it_as_often_as_they_say() {
    let columns = vec![
        Column {
            head: "level at the date (printed)",
            low: 0.93,
            high: 1.0,
        },
        Column {
            head: "wrong verdicts",
            low: 0.0,
            high: 0.05,
        },
    ];
    let mut table = Table::new("goal", columns);
    let mut chance = Chance::seeded(20_260_108);
    for (periods, n) in [(3, 100), (6, 50), (6, 400), (12, 100)] {
        for shock in [0.0, 0.06] {
            let (mut tally, mut wrong) = (Tally::default(), 0.0);
            let date = f64::from(periods + 2);
            let truth = 0.5 + 0.01 * date;
            for _ in 0..2_000 {
                let drawn: Vec<Period> = (0..periods)
                    .map(|time| {
                        // What moves a whole period: a campaign, a strike, the weather.
                        let moved = shock * (chance.uniform() - 0.5) * 2.0;
                        let p = 0.5 + 0.01 * f64::from(time) + moved;
                        Period {
                            time: f64::from(time),
                            answers: chance.answers(0, n, &[1.0 - p, p]),
                        }
                    })
                    .collect();
                // Just out of reach: every promise is a wrong one.
                let goal = Goal {
                    target: truth + 1e-6,
                    aim: Aim::AtLeast,
                    time: date,
                };
                let metric = Metric::TopShare { top: 1 };
                let outcome = goal_course(metric, &drawn, &goal, Level::default()).unwrap();
                tally.add(1.0, Some(outcome.ci_expected), truth);
                let is_promised =
                    outcome.ci_expected.low >= goal.target || outcome.ci_now.low >= goal.target;
                wrong += if is_promised { 1.0 / 2_000.0 } else { 0.0 };
            }
            let moved = if shock > 0.0 {
                "periods move"
            } else {
                "steady"
            };
            let situation = format!("{periods} periods of {n}, {moved}");
            table.row(situation, vec![tally.share(), wrong]);
        }
    }
    table.check("goal on a share, two periods ahead");
}
