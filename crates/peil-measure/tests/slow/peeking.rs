//! Looking every day at two groups that do not differ: who finds a difference sooner or later?

use peil_measure::{Histogram, Level, Metric, anytime, mean_diff, nps_diff, prop_diff};

use crate::chance::Chance;
use crate::table::{Column, Table};

const DAYS: u64 = 100;
const ALPHA: f64 = 0.05;

/// Two groups of which the answers come from the same probabilities.
struct Situation {
    name: &'static str,
    metric: Metric,
    scale_min: i32,
    probabilities: Vec<f64>,
    /// Answers per day in either group.
    per_day: (u64, u64),
}

fn situations() -> Vec<Situation> {
    let nps = |detractors: f64, promoters: f64| {
        let mut probabilities = vec![0.0; 11];
        let parts = [
            (3, detractors),
            (7, 1.0 - detractors - promoters),
            (10, promoters),
        ];
        for (score, probability) in parts {
            *probabilities.get_mut(score).unwrap() = probability;
        }
        probabilities
    };
    let situation = |name, metric, scale_min, probabilities, per_day| Situation {
        name,
        metric,
        scale_min,
        probabilities,
        per_day,
    };
    let share = Metric::TopShare { top: 1 };
    vec![
        situation(
            "NPS 30, 10 and 10 a day",
            Metric::Nps,
            0,
            nps(0.2, 0.5),
            (10, 10),
        ),
        situation(
            "NPS 88, 3 and 12 a day",
            Metric::Nps,
            0,
            nps(0.02, 0.9),
            (3, 12),
        ),
        situation(
            "share 0.95, 3 and 12 a day",
            share,
            0,
            vec![0.05, 0.95],
            (3, 12),
        ),
        situation(
            "mean 4.28, 3 and 12 a day",
            Metric::Mean,
            1,
            vec![0.02, 0.03, 0.1, 0.35, 0.5],
            (3, 12),
        ),
    ]
}

#[test]
fn slow_daily_looks_do_not_raise_false_alarms_of_the_anytime_comparison() {
    let columns = vec![
        Column {
            head: "anytime",
            low: 0.0,
            high: ALPHA,
        },
        // If this were not far above 5 %, there would be nothing to solve.
        Column {
            head: "fixed, looked at every day",
            low: 0.2,
            high: 1.0,
        },
    ];
    let mut table = Table::new("peeking", columns);
    let mut chance = Chance::seeded(20_260_109);
    for situation in situations() {
        let always = alarms(&mut chance, &situation, 1_000, |a, b| {
            anytime(situation.metric, a, b, 1_000, Level::default())
                .unwrap()
                .p
        });
        let fixed = alarms(&mut chance, &situation, 150, |a, b| {
            match situation.metric {
                Metric::Nps => nps_diff(a, b, Level::default()).unwrap().p_adjusted,
                Metric::TopShare { top } => {
                    let (hits_a, hits_b) = (a.top_count(top).unwrap(), b.top_count(top).unwrap());
                    prop_diff(hits_a, a.n(), hits_b, b.n(), Level::default())
                        .unwrap()
                        .p
                }
                Metric::Mean => mean_diff(a, b, Level::default()).unwrap().p,
            }
        });
        table.row(situation.name.to_owned(), vec![always, fixed]);
    }
    table.check("false alarms within 100 days, no difference");
}

/// The part of the runs in which the p-value was ever below α.
fn alarms(
    chance: &mut Chance,
    situation: &Situation,
    runs: u32,
    p: impl Fn(&Histogram, &Histogram) -> Option<f64>,
) -> f64 {
    let mut alarms = 0.0;
    for _ in 0..runs {
        let mut day = |n| chance.answers(situation.scale_min, n, &situation.probabilities);
        let (mut a, mut b) = (day(situation.per_day.0), day(situation.per_day.1));
        for _ in 0..DAYS {
            if p(&a, &b).is_some_and(|p| p < ALPHA) {
                alarms += 1.0;
                break;
            }
            a.merge(&day(situation.per_day.0)).unwrap();
            b.merge(&day(situation.per_day.1)).unwrap();
        }
    }
    alarms / f64::from(runs)
}
