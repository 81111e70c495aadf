//! How fast the measures are: one line per measurement, `name`, a tab and milliseconds.
//!
//! `cargo dev bench measure` runs this beside the same work in R and Python.
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement of speed is what a clock is for"
)]

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use peil_measure::{
    DriverTable, Histogram, Level, Margin, RakeCell, SurveyDesign, driver_intervals, drivers, nps,
    nps_diff, p_adjust, rake, weighted_nps,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut chance = Chance(1);
    measure_nps()?;
    measure_dashboard(&mut chance)?;
    let twelve = table(&mut chance, 12)?;
    report("drivers, LMG, 12 x 100000 rows", SLOW, 1, || {
        drivers(&twelve)
    })?;
    report("driver intervals, 1000 resamples", SLOW, 1, || {
        driver_intervals(&twelve, 1_000, 1, Level::default())
    })?;
    let thirty = table(&mut chance, 30)?;
    report("drivers, Johnson, 30 x 100000 rows", SLOW, 1, || {
        drivers(&thirty)
    })?;
    measure_raking(&mut chance)?;
    measure_weighted(&mut chance)
}

/// How often slow work is repeated, and work of milliseconds, which others easily disturb.
const SLOW: u32 = 3;
const QUICK: u32 = 40;

/// Runs some work that many times in a row and prints what one took, best of the repeats.
fn report<T, E: Error + 'static>(
    name: &str,
    repeats: u32,
    times: u32,
    mut work: impl FnMut() -> Result<T, E>,
) -> Result<(), Box<dyn Error>> {
    let mut best = f64::INFINITY;
    for _ in 0..repeats {
        let start = Instant::now();
        for _ in 0..times {
            black_box(work()?);
        }
        best = best.min(start.elapsed().as_secs_f64() * 1_000.0 / f64::from(times));
    }
    println!("{name}\t{best:.6}");
    Ok(())
}

fn measure_nps() -> Result<(), Box<dyn Error>> {
    let answers = Histogram::from_counts(0, vec![4, 4, 2, 6, 7, 18, 15, 38, 68, 75, 75])?;
    report("nps with three intervals", QUICK, 1_000, || {
        nps(black_box(&answers), Level::default())
    })
}

/// The NPS of 5000 cells with all intervals, each compared with the cell before it, and the p-values
/// adjusted for all of them.
fn measure_dashboard(chance: &mut Chance) -> Result<(), Box<dyn Error>> {
    let mut cells = Vec::new();
    for _ in 0..5_000 {
        let counts = (0..11).map(|_| 20 + chance.below(60)).collect();
        cells.push(Histogram::from_counts(0, counts)?);
    }
    report("dashboard of 5000 cells", QUICK, 1, || {
        let mut p = Vec::with_capacity(cells.len());
        for (before, cell) in cells.iter().zip(cells.iter().skip(1)) {
            black_box(nps(cell, Level::default())?);
            p.extend(nps_diff(before, cell, Level::default())?.p_adjusted);
        }
        p_adjust(&p)
    })
}

fn table(chance: &mut Chance, width: usize) -> Result<DriverTable, Box<dyn Error>> {
    let mut table = DriverTable::new(width);
    let mut scores = vec![None; width];
    for _ in 0..100_000 {
        let mood = chance.below(4);
        let mut sum = 0;
        for score in &mut scores {
            let drawn = mood + chance.below(7);
            sum += drawn;
            *score = Some(as_real(drawn));
        }
        table.push(Some(as_real(sum + chance.below(20))), &scores)?;
    }
    Ok(table)
}

fn measure_raking(chance: &mut Chance) -> Result<(), Box<dyn Error>> {
    let sizes = [("age", 6), ("region", 12), ("product", 5), ("channel", 4)];
    let mut margins = Vec::new();
    for (variable, categories) in sizes {
        let targets = (0..categories).map(|place| (place.to_string(), as_real(10 + place)));
        let sum: f64 = targets.clone().map(|target| target.1).sum();
        margins.push(Margin {
            variable: variable.to_owned(),
            targets: targets.map(|(name, part)| (name, part / sum)).collect(),
        });
    }
    let names: Vec<String> = (0..12).map(|place| place.to_string()).collect();
    let mut rows = Vec::with_capacity(1_000_000);
    for _ in 0..1_000_000 {
        let mut values = Vec::with_capacity(sizes.len());
        for (_, categories) in sizes {
            let place = usize::try_from(chance.below(categories))?;
            values.extend(names.get(place).map(String::as_str));
        }
        rows.push(RakeCell {
            values,
            n: 1,
            base_weight: 1.0,
        });
    }
    report("raking, 1000000 rows x 4 margins", SLOW, 1, || {
        rake(&margins, &rows)
    })
}

fn measure_weighted(chance: &mut Chance) -> Result<(), Box<dyn Error>> {
    let mut scores = Vec::with_capacity(1_000_000);
    let mut weights = Vec::with_capacity(1_000_000);
    for _ in 0..1_000_000 {
        scores.push(i32::try_from(chance.below(11))?);
        weights.push(0.5 + as_real(chance.below(100)) / 50.0);
    }
    let design = SurveyDesign {
        weights: Some(&weights),
        clusters: None,
        strata: None,
    };
    report("weighted NPS, 1000000 rows", SLOW, 1, || {
        weighted_nps(&scores, &design, Level::default())
    })
}

fn as_real(count: u64) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

/// Numbers by chance, the same in every run (a linear congruence of Knuth).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
