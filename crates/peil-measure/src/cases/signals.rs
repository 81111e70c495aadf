//! The families that notice early that something changed.

use serde_json::{Value, json};

use super::read::{Fields, refused};
use super::write::{answer, write};
use super::{ComputeError, Family};
use crate::error::MeasureError;
use crate::{
    Baseline, CusumSides, FarringtonSettings, Rate, cusum, cusum_run_length, ewma, ewma_run_length,
    farrington, rate_ratio,
};

pub(super) const CUSUM: Family = Family {
    name: "cusum",
    summary: "Two-sided tabular CUSUM chart with its alarms",
    input: "x[], center, sd, k, h",
    compute: |fields| {
        let points = fields.numbers("x")?;
        let (k, h) = (fields.number("k")?, fields.number("h")?);
        answer(cusum(&points, baseline(fields)?, k, h), "x, k, h")
    },
};

pub(super) const EWMA: Family = Family {
    name: "ewma",
    summary: "Exponentially weighted moving average chart with exact limits",
    input: "x[], center, sd, lambda, nsigmas, sizes[]?",
    compute: |fields| {
        let points = fields.numbers("x")?;
        let (lambda, nsigmas) = (fields.number("lambda")?, fields.number("nsigmas")?);
        let sizes = fields.optional_list("sizes")?;
        let chart = ewma(
            &points,
            baseline(fields)?,
            lambda,
            nsigmas,
            sizes.as_deref(),
        );
        answer(chart, "x, lambda, nsigmas, sizes")
    },
};

pub(super) const ARL: Family = Family {
    name: "arl",
    summary: "Average run length of a chart: how long until it alarms",
    input: "chart cusum: k, h, mu, sided one|two?; chart ewma: lambda, c, mu",
    compute: |fields| {
        let charts = [("cusum", Chart::Cusum), ("ewma", Chart::Ewma)];
        let length = match fields.choice("chart", "cusum or ewma", &charts)? {
            Chart::Cusum => cusum_length(fields)?,
            Chart::Ewma => {
                let (lambda, c) = (fields.number("lambda")?, fields.number("c")?);
                ewma_run_length(lambda, c, fields.number("mu")?)
            }
        };
        answer(length.map(|length| json!({ "arl": length })), "the chart")
    },
};

pub(super) const FARRINGTON: Family = Family {
    name: "farrington",
    summary: "Weeks with exceptionally high counts, against the same weeks of other years",
    input: "counts[], freq, b, w, alpha, evaluate[]",
    compute: answer_farrington,
};

pub(super) const RATE_RATIO: Family = Family {
    name: "rate_ratio",
    summary: "A rate of events against its baseline, by exact Poisson tests",
    input: "count, exposure, baseline_count, baseline_exposure, level?",
    compute: |fields| {
        let rate = |count, exposure| -> Result<Rate, ComputeError> {
            let rate = Rate::new(fields.count(count)?, fields.number(exposure)?);
            rate.map_err(refused(exposure))
        };
        let current = rate("count", "exposure")?;
        let baseline = rate("baseline_count", "baseline_exposure")?;
        write(&rate_ratio(current, baseline, fields.level()?))
    },
};

#[derive(Clone, Copy)]
enum Chart {
    Cusum,
    Ewma,
}

fn baseline(fields: &Fields) -> Result<Baseline, ComputeError> {
    Baseline::new(fields.number("center")?, fields.number("sd")?).map_err(refused("center, sd"))
}

fn cusum_length(fields: &Fields) -> Result<Result<Option<f64>, MeasureError>, ComputeError> {
    let (k, h, mu) = (
        fields.number("k")?,
        fields.number("h")?,
        fields.number("mu")?,
    );
    let sides = [("one", CusumSides::One), ("two", CusumSides::Two)];
    let sides = if fields.is_given("sided") {
        fields.choice("sided", "one or two", &sides)?
    } else {
        CusumSides::One
    };
    Ok(cusum_run_length(k, h, mu, sides))
}

fn answer_farrington(fields: &Fields) -> Result<Value, ComputeError> {
    let counts = fields.counts("counts")?;
    let mut evaluate = Vec::new();
    for place in fields.counts("evaluate")? {
        // What no index can be is beyond the counts, and refused as such.
        evaluate.push(usize::try_from(place).unwrap_or(usize::MAX));
    }
    let settings = FarringtonSettings::new(
        fields.size("freq")?,
        fields.size("b")?,
        fields.size("w")?,
        fields.number("alpha")?,
    );
    let settings = settings.map_err(refused("freq, b, w, alpha"))?;
    answer(farrington(&counts, settings, &evaluate), "counts, evaluate")
}
