//! How often watching raises a false alarm, and how soon it finds what is there: simulated series, with
//! figures as JSON lines. `signals figures SEED REPEATS` or `signals series SEED FOLDER`.

mod draws;

use std::fmt::Write as _;
use std::path::Path;

use draws::{Draws, Nature, series};
use peil_measure::{Standing, Tally, WatchSettings, Watched, watch, watch_many};

/// A name, what the series are like, and from which week on they are how many times as high.
type Kind = (&'static str, Nature, Option<(usize, f64)>);
type Failure = Box<dyn std::error::Error>;

const YEAR: usize = 52;
/// What share of those told of groups may be false.
const FALSE_OF_GROUPS: f64 = 0.04;
/// Weeks before anything is counted: a baseline.
const BEFORE: usize = 26;
/// Weeks before a change comes.
const UNTIL_CHANGE: usize = 52;

const fn nature(name: &'static str, mean: f64, dispersion: f64) -> Nature {
    Nature {
        name,
        mean,
        dispersion,
        season: 0.0,
        growth: 1.0,
        silent: 0.0,
    }
}

/// What series are like.
const NATURES: [Nature; 12] = [
    nature("mean 0.3", 0.3, 0.0),
    nature("mean 1", 1.0, 0.0),
    nature("mean 3", 3.0, 0.0),
    nature("mean 10", 10.0, 0.0),
    nature("mean 30", 30.0, 0.0),
    nature("mean 3, overdispersed", 3.0, 0.15),
    nature("mean 10, overdispersed", 10.0, 0.1),
    nature("mean 30, overdispersed", 30.0, 0.1),
    Nature {
        season: 0.25,
        ..nature("mean 10, seasonal", 10.0, 0.0)
    },
    Nature {
        season: 0.25,
        ..nature("mean 10, seasonal, overdispersed", 10.0, 0.05)
    },
    Nature {
        growth: 4.0,
        ..nature("mean 5, growing exposure", 5.0, 0.05)
    },
    Nature {
        silent: 0.7,
        ..nature("mean 1, zero-heavy", 1.0, 0.1)
    },
];

/// What is to be found: a name, the nature, how many times as high, within how many weeks.
const CHANGES: [(&str, Nature, f64, usize); 7] = [
    ("doubling at mean 10", nature("", 10.0, 0.0), 2.0, 6),
    (
        "doubling at mean 10, overdispersed",
        nature("", 10.0, 0.1),
        2.0,
        6,
    ),
    ("x4 at mean 3", nature("", 3.0, 0.0), 4.0, 2),
    ("x4 at mean 3, overdispersed", nature("", 3.0, 0.15), 4.0, 2),
    ("x3 at mean 1", nature("", 1.0, 0.0), 3.0, 8),
    ("x1.5 at mean 10", nature("", 10.0, 0.0), 1.5, 12),
    (
        "doubling at mean 10, growing exposure",
        Nature {
            growth: 4.0,
            ..nature("", 10.0, 0.05)
        },
        2.0,
        6,
    ),
];

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["figures", seed, repeats] => figures(seed.parse()?, repeats.parse()?),
        ["series", seed, folder] => write_series(seed.parse()?, Path::new(folder)),
        _ => Err("signals figures SEED REPEATS, or signals series SEED FOLDER".into()),
    }
}

fn show(what: &str, figure: f64) {
    println!("{}", serde_json::json!({ "what": what, "figure": figure }));
}

fn is_alarm(standing: Standing) -> bool {
    matches!(standing, Standing::Incident | Standing::Structural)
}

/// How often something begins that counts, from a week on.
fn onsets(watched: &Watched, from: usize, counts: impl Fn(Standing) -> bool) -> u32 {
    let mut was = false;
    let mut onsets = 0;
    for (week, point) in watched.points.iter().enumerate() {
        let is = counts(point.standing);
        if is && !was && week >= from {
            onsets += 1;
        }
        was = is;
    }
    onsets
}

fn figures(seed: u64, repeats: u32) -> Result<(), Failure> {
    let settings = WatchSettings::default();
    let mut draws = Draws::seeded(seed);
    for nature in &NATURES {
        quiet(nature, repeats, &settings, &mut draws)?;
    }
    for (name, nature, times, within) in &CHANGES {
        found(
            name,
            nature,
            (*times, *within),
            repeats,
            &settings,
            &mut draws,
        )?;
    }
    many(repeats, &settings, &mut draws)?;
    groups(
        repeats,
        &settings.with_false_share(FALSE_OF_GROUPS)?,
        &mut draws,
    )
}

/// False alarms of series in which nothing happens, in a later year and in the first half year.
fn quiet(
    nature: &Nature,
    repeats: u32,
    settings: &WatchSettings,
    draws: &mut Draws,
) -> Result<(), Failure> {
    let (mut alarms, mut structural, mut emerging, mut young) = (0, 0, 0, 0);
    for _ in 0..repeats {
        let weeks = series(nature, BEFORE + 2 * YEAR, None, draws);
        let watched = watch(&weeks, settings)?;
        alarms += onsets(&watched, BEFORE, is_alarm);
        structural += onsets(&watched, BEFORE, |standing| {
            standing == Standing::Structural
        });
        emerging += onsets(&watched, BEFORE, |standing| standing == Standing::Emerging);
        young += onsets(&watched, 0, is_alarm) - onsets(&watched, BEFORE, is_alarm);
    }
    let years = 2.0 * f64::from(repeats);
    let name = nature.name;
    show(
        &format!("false alarms a year, {name}"),
        f64::from(alarms) / years,
    );
    show(
        &format!("of which structural, {name}"),
        f64::from(structural) / years,
    );
    show(
        &format!("emerging a year, {name}"),
        f64::from(emerging) / years,
    );
    show(
        &format!("false alarms in the first half year, {name}"),
        f64::from(young) / f64::from(repeats),
    );
    Ok(())
}

/// How often and how soon a change is found.
fn found(
    name: &str,
    nature: &Nature,
    (times, within): (f64, usize),
    repeats: u32,
    settings: &WatchSettings,
    draws: &mut Draws,
) -> Result<(), Failure> {
    let (mut any, mut structural, mut resolved) = (0, 0, 0);
    for _ in 0..repeats {
        let mut weeks = series(
            nature,
            UNTIL_CHANGE + 12,
            Some((UNTIL_CHANGE, times)),
            draws,
        );
        weeks.extend(series(nature, 6, None, draws));
        let watched = watch(&weeks, settings)?;
        let after = |from: usize, length: usize, wanted: &dyn Fn(Standing) -> bool| {
            let points = watched.points.iter().skip(from).take(length);
            u32::from(points.map(|point| point.standing).any(wanted))
        };
        any += after(UNTIL_CHANGE, within, &is_alarm);
        structural += after(UNTIL_CHANGE, within, &|standing| {
            standing == Standing::Structural
        });
        resolved += after(UNTIL_CHANGE + 12, 6, &|standing| {
            standing == Standing::Resolved
        });
    }
    let share = |count: u32| 100.0 * f64::from(count) / f64::from(repeats);
    show(&format!("found in {within} weeks, {name}"), share(any));
    show(
        &format!("structural in {within} weeks, {name}"),
        share(structural),
    );
    show(&format!("resolved within 6 weeks, {name}"), share(resolved));
    Ok(())
}

/// A hundred series of all kinds at once.
fn many(repeats: u32, settings: &WatchSettings, draws: &mut Draws) -> Result<(), Failure> {
    let runs = (repeats / 40).max(2);
    let mut alarms = 0;
    let mut found = 0;
    for _ in 0..runs {
        let mut all: Vec<Vec<Tally>> = (0..100)
            .map(|_| {
                let mean = 0.3 * 100_f64.powf(draws.even());
                let nature = nature("", mean, 0.05);
                series(&nature, BEFORE + YEAR, None, draws)
            })
            .collect();
        let watched = watch_all(&all, settings)?;
        alarms += watched
            .iter()
            .map(|series| onsets(series, BEFORE, is_alarm))
            .sum::<u32>();
        if let Some(first) = all.first_mut() {
            *first = series(
                &nature("", 10.0, 0.0),
                BEFORE + YEAR,
                Some((72, 2.0)),
                draws,
            );
        }
        let watched = watch_all(&all, settings)?;
        let points = watched.first().map(|series| series.points.iter().skip(72));
        found += u32::from(
            points.is_some_and(|mut points| points.any(|point| is_alarm(point.standing))),
        );
    }
    let months = 12.0 * f64::from(runs);
    show(
        "false alarms a month over 100 series",
        f64::from(alarms) / months,
    );
    show(
        "found in 6 weeks, doubling at mean 10 as one of 100 series",
        100.0 * f64::from(found) / f64::from(runs),
    );
    Ok(())
}

/// Twenty themes in fifteen groups, beside the twenty themes in all answers: as many series as Peil watches.
fn groups(repeats: u32, settings: &WatchSettings, draws: &mut Draws) -> Result<(), Failure> {
    const THEMES: usize = 20;
    const SERIES: usize = THEMES * 16;
    let runs = (repeats / 40).max(2);
    let (mut alarms, mut found) = (0, [0; 2]);
    let weeks = BEFORE + YEAR;
    for _ in 0..runs {
        let mut all: Vec<Vec<Tally>> = (0..SERIES)
            .map(|place| {
                // The themes in all answers come first.
                let most = if place < THEMES { 100_f64 } else { 33.0 };
                let nature = nature("", 0.3 * most.powf(draws.even()), 0.05);
                series(&nature, weeks, None, draws)
            })
            .collect();
        let watched = watch_all(&all, settings)?;
        let of_groups = watched.iter().skip(THEMES);
        alarms += of_groups
            .map(|series| onsets(series, BEFORE, is_alarm))
            .sum::<u32>();
        for (place, (mean, times, within)) in [(10.0, 2.0, 6), (3.0, 4.0, 2)].iter().enumerate() {
            let worse = (weeks - within, *times);
            if let Some(series_of) = all.get_mut(THEMES) {
                *series_of = series(&nature("", *mean, 0.0), weeks, Some(worse), draws);
            }
            let watched = watch_all(&all, settings)?;
            let points = watched
                .get(THEMES)
                .map(|series| series.points.iter().skip(worse.0));
            let is_found = points.is_some_and(|mut all| all.any(|point| is_alarm(point.standing)));
            if let Some(count) = found.get_mut(place) {
                *count += u32::from(is_found);
            }
        }
    }
    let months = 12.0 * f64::from(runs);
    show(
        "false alarms a month over 300 series of groups",
        f64::from(alarms) / months,
    );
    let share = |count: u32| 100.0 * f64::from(count) / f64::from(runs);
    let [doubled, four] = found;
    show(
        "found in 6 weeks, doubling at mean 10 in one of 300 groups",
        share(doubled),
    );
    show(
        "found in 2 weeks, x4 at mean 3 in one of 300 groups",
        share(four),
    );
    Ok(())
}

fn watch_all(all: &[Vec<Tally>], settings: &WatchSettings) -> Result<Vec<Watched>, Failure> {
    let series: Vec<&[Tally]> = all.iter().map(Vec::as_slice).collect();
    Ok(watch_many(&series, settings)?)
}

/// Series for other packages to judge: quiet ones and ones with a change, with what Peil found.
fn write_series(seed: u64, folder: &Path) -> Result<(), Failure> {
    const REPEATS: usize = 200;
    let settings = WatchSettings::default();
    let mut draws = Draws::seeded(seed);
    let mut text = String::from("kind,series,week,mentions,answers,alarm\n");
    // The comparison needs years: the methods of others look back further.
    let weeks = 4 * YEAR;
    let kinds: [Kind; 5] = [
        ("quiet mean 3", nature("", 3.0, 0.0), None),
        ("quiet mean 10", nature("", 10.0, 0.0), None),
        ("quiet mean 10 overdispersed", nature("", 10.0, 0.1), None),
        (
            "doubling at mean 10",
            nature("", 10.0, 0.0),
            Some((weeks - 6, 2.0)),
        ),
        ("x4 at mean 3", nature("", 3.0, 0.0), Some((weeks - 2, 4.0))),
    ];
    for (kind, nature, change) in kinds {
        for number in 0..REPEATS {
            let counts = series(&nature, weeks, change, &mut draws);
            let watched = watch(&counts, &settings)?;
            for (week, (tally, point)) in counts.iter().zip(&watched.points).enumerate() {
                writeln!(
                    text,
                    "{kind},{number},{week},{},{},{}",
                    tally.mentions,
                    tally.answers,
                    u8::from(is_alarm(point.standing))
                )?;
            }
        }
    }
    std::fs::write(folder.join("series.csv"), text)?;
    Ok(())
}
