//! What watching promises: more answers alone raise nothing, one mention never alarms, a flood is found
//! the same day, and numbers are those of R.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

use peil_measure::{
    PriorRate, Reason, ScanCell, Standing, Tally, WatchPoint, WatchSettings, Zone, count_limit,
    count_upper_tail, expectation, scan, watch, watch_many,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Half a year in which about one of twenty answers complains.
fn quiet() -> Vec<Tally> {
    [
        (9, 200),
        (12, 210),
        (8, 190),
        (11, 205),
        (10, 195),
        (10, 200),
    ]
    .map(|(mentions, answers)| Tally::new(mentions, answers))
    .repeat(5)
}

fn last(weeks: &[Tally]) -> (Standing, Option<Reason>) {
    let watched = watch(weeks, &WatchSettings::default()).unwrap();
    let point = watched.last().unwrap();
    (point.standing, point.reason)
}

#[test]
fn tails_and_limits_are_those_of_r() {
    // pnbinom(count - 1, mu = mean, size = mean^2/(variance - mean), lower.tail = FALSE) and ppois, R 4.2.
    for (count, mean, variance, tail) in [
        (20, 10.0, 15.0, 0.015_496_230_356_429_7),
        (5, 0.3, 0.35, 0.000_238_866_873_026_856),
        (40, 10.0, 30.0, 0.000_185_778_071_683_079),
        (19, 10.0, 10.0, 0.007_186_504_603_854_32),
    ] {
        let got = count_upper_tail(count, mean, variance).unwrap();
        assert!((got / tail - 1.0).abs() < 1e-6, "{got} is not {tail}");
    }
    // qnbinom(0.995, ...) and qpois(0.995, 10).
    for (mean, variance, limit) in [
        (10.0, 15.0, 22),
        (0.3, 0.35, 3),
        (10.0, 30.0, 29),
        (10.0, 10.0, 19),
    ] {
        assert_eq!(count_limit(mean, variance, 0.995).unwrap(), limit);
    }
    assert!(count_upper_tail(1, 0.0, 1.0).is_err());
    assert!(count_limit(1.0, f64::NAN, 0.995).is_err());
    assert!(count_limit(1.0, 1.0, 1.0).is_err());
}

#[test]
fn more_answers_alone_raise_nothing() {
    let mut weeks = quiet();
    for factor in [2, 5, 20] {
        weeks.push(Tally::new(10 * factor, 200 * factor));
        assert_eq!(
            last(&weeks),
            (Standing::Quiet, None),
            "{factor} times as many"
        );
    }
}

#[test]
fn one_mention_never_alarms() {
    for before in [0, 1, 8, 30, 60] {
        let mut weeks = vec![Tally::new(0, 50); before];
        weeks.push(Tally::new(1, 50));
        assert_eq!(
            last(&weeks).0,
            Standing::Quiet,
            "after {before} silent weeks"
        );
    }
}

#[test]
fn one_angry_person_is_no_lasting_problem() {
    let mut weeks = vec![Tally::new(0, 50); 26];
    weeks.extend([4, 4, 4, 4].map(|mentions| Tally {
        mentions,
        people: 0,
        answers: 50,
    }));
    assert_ne!(last(&weeks).0, Standing::Structural);
}

#[test]
fn thirty_mentions_where_ten_are_expected_are_structural_the_same_day() {
    let mut weeks = quiet();
    weeks.push(Tally::new(30, 200));
    assert_eq!(last(&weeks), (Standing::Structural, Some(Reason::Flood)));
    // Also half-way the week, looked at every day.
    let settings = WatchSettings::default().looked_at(7).unwrap();
    weeks.pop();
    weeks.push(Tally::new(30, 90));
    let watched = watch(&weeks, &settings).unwrap();
    assert_eq!(watched.last().unwrap().standing, Standing::Structural);
}

#[test]
fn one_bad_week_is_an_incident_and_passes() {
    let mut weeks = quiet();
    weeks.push(Tally::new(23, 200));
    assert_eq!(last(&weeks), (Standing::Incident, Some(Reason::AboveLimit)));
    weeks.extend([Tally::new(9, 200), Tally::new(10, 200)]);
    assert_eq!(last(&weeks), (Standing::Quiet, None));
}

#[test]
fn a_lasting_problem_says_since_when_and_is_resolved_when_it_is_over() {
    let mut weeks = quiet();
    weeks.extend([
        Tally::new(21, 200),
        Tally::new(20, 200),
        Tally::new(22, 200),
    ]);
    let watched = watch(&weeks, &WatchSettings::default()).unwrap();
    let point = watched.last().unwrap();
    assert_eq!(
        (point.standing, point.reason),
        (Standing::Structural, Some(Reason::Lasting))
    );
    assert_eq!(point.since, Some(30));
    weeks.extend([Tally::new(10, 200), Tally::new(9, 200), Tally::new(10, 200)]);
    let watched = watch(&weeks, &WatchSettings::default()).unwrap();
    let point = watched.last().unwrap();
    assert_eq!(
        (point.standing, point.since),
        (Standing::Resolved, Some(33))
    );
    weeks.extend([Tally::new(10, 200); 6]);
    assert_eq!(last(&weeks), (Standing::Quiet, None));
}

#[test]
fn a_rise_that_came_to_nothing_in_half_a_year_is_what_is_usual() {
    let mut weeks = vec![Tally::new(0, 40); 30];
    weeks.extend([Tally::new(1, 40), Tally::new(0, 40)].repeat(25));
    // Against the months without a complaint this is much, against the last half year it is not.
    weeks.extend([1, 2, 1, 2].map(|mentions| Tally::new(mentions, 40)));
    let watched = watch(&weeks, &WatchSettings::default()).unwrap();
    let is_lasting = |point: &WatchPoint| point.standing == Standing::Structural;
    assert!(!watched.points.iter().any(is_lasting));
    let last = watched.last().unwrap();
    assert!(last.expected.unwrap() > 0.3, "{last:?}");
}

#[test]
fn a_share_above_what_is_accepted_is_structural_however_long_it_has_been_so() {
    let weeks = [Tally::new(20, 100); 40];
    let accepted = WatchSettings::default().chronic_above(0.15).unwrap();
    let point = *watch(&weeks, &accepted).unwrap().last().unwrap();
    assert_eq!(
        (point.standing, point.reason),
        (Standing::Structural, Some(Reason::Chronic))
    );
    assert_eq!(last(&weeks).0, Standing::Quiet);
}

#[test]
fn a_young_series_is_judged_by_what_is_known_of_others() {
    let settings = WatchSettings::default().with_prior(PriorRate::new(0.05, 800.0).unwrap());
    let weeks = [Tally::new(10, 200), Tally::new(26, 200)];
    let point = *watch(&weeks, &settings).unwrap().last().unwrap();
    assert_eq!(point.standing, Standing::Incident);
    assert!(
        watch(&weeks, &WatchSettings::default())
            .unwrap()
            .last()
            .unwrap()
            .limit
            .is_none()
    );
}

#[test]
fn what_is_barely_beyond_its_limit_is_doubted_when_a_hundred_series_are_watched() {
    let steady = quiet();
    let mut many: Vec<Vec<Tally>> = vec![steady.clone(); 100];
    for series in &mut many {
        series.push(Tally::new(10, 200));
    }
    many[3][30] = Tally::new(20, 200);
    let series: Vec<&[Tally]> = many.iter().map(Vec::as_slice).collect();
    let watched = watch_many(&series, &WatchSettings::default()).unwrap();
    let point = watched[3].last().unwrap();
    assert_eq!(
        (point.standing, point.reason),
        (Standing::Emerging, Some(Reason::OneOfMany))
    );
    assert!(watch_many(&[&steady, &steady[..3]], &WatchSettings::default()).is_err());
}

#[test]
fn weeks_without_answers_change_nothing() {
    let mut weeks = quiet();
    weeks.extend([
        Tally::new(21, 200),
        Tally::default(),
        Tally::default(),
        Tally::new(22, 200),
    ]);
    assert_eq!(last(&weeks).0, Standing::Structural);
    assert_eq!(last(&[Tally::default(); 40]), (Standing::Quiet, None));
    assert!(expectation(&[Tally::default(); 40], None).is_none());
}

#[test]
fn the_scan_finds_the_row_the_column_or_the_cell_and_nothing_in_an_even_table() {
    let cell = |mentions| ScanCell {
        mentions,
        answers: 100,
    };
    let even = vec![
        vec![cell(6), cell(5)],
        vec![cell(5), cell(6)],
        vec![cell(6), cell(6)],
    ];
    assert!(
        scan(&even, 199, 1)
            .unwrap()
            .iter()
            .all(|hotspot| hotspot.p > 0.2)
    );
    let row = vec![
        vec![cell(20), cell(22)],
        vec![cell(5), cell(6)],
        vec![cell(6), cell(6)],
    ];
    let best = scan(&row, 999, 1).unwrap()[0];
    assert_eq!(
        best.zone,
        Zone {
            row: Some(0),
            column: None
        }
    );
    assert!(best.p < 0.01 && best.ratio.unwrap() > 3.0);
    assert_eq!(scan(&row, 999, 1).unwrap(), scan(&row, 999, 1).unwrap());
    assert!(scan(&[vec![cell(1)], vec![]], 99, 1).is_err());
    assert!(scan(&row, 0, 1).is_err());
    assert_eq!(scan(&[], 99, 1).unwrap(), []);
}

fn weeks() -> impl Strategy<Value = Vec<Tally>> {
    vec((0_u64..40, 0_u64..300), 1..80).prop_map(|weeks| {
        weeks
            .into_iter()
            .map(|(mentions, answers)| Tally::new(mentions.min(answers), answers))
            .collect()
    })
}

proptest! {
    #[test]
    fn verdicts_are_of_rates_so_the_unit_of_exposure_does_not_matter(weeks in weeks()) {
        let scaled: Vec<Tally> = weeks
            .iter()
            .map(|week| Tally { answers: week.answers * 8, ..*week })
            .collect();
        let settings = WatchSettings::default();
        let plain = watch(&weeks, &settings).unwrap();
        let scaled = watch(&scaled, &settings).unwrap();
        for (one, other) in plain.points.iter().zip(&scaled.points) {
            prop_assert_eq!(one.standing, other.standing);
            prop_assert_eq!(one.limit, other.limit);
        }
    }

    #[test]
    fn more_mentions_now_never_look_better(weeks in weeks(), more in 1_u64..60) {
        let settings = WatchSettings::default();
        let before = *watch(&weeks, &settings).unwrap().last().unwrap();
        let mut worse = weeks;
        let week = worse.last_mut().unwrap();
        week.mentions += more;
        week.people += more;
        let after = *watch(&worse, &settings).unwrap().last().unwrap();
        prop_assert!(after.rising >= before.rising);
        if before.standing == Standing::Structural {
            prop_assert!(after.falling <= before.falling);
        }
        if let (Some(before), Some(after)) = (before.chance, after.chance) {
            prop_assert!(after <= before);
        }
        if before.standing >= Standing::Emerging {
            prop_assert!(after.standing >= before.standing, "{before:?} {after:?}");
        }
    }

    #[test]
    fn the_same_series_gives_the_same_and_every_number_is_one(weeks in weeks()) {
        let settings = WatchSettings::default();
        let watched = watch(&weeks, &settings).unwrap();
        prop_assert_eq!(&watched, &watch(&weeks, &settings).unwrap());
        for point in &watched.points {
            prop_assert!(point.rising.is_finite() && point.rising >= 0.0);
            prop_assert!(point.falling.is_finite() && point.falling >= 0.0);
            prop_assert!(point.chance.is_none_or(|chance| (0.0..=1.0).contains(&chance)));
        }
    }
}
