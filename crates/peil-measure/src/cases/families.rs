//! The families: which fields each one reads, and which measure answers it.

use serde_json::Value;

use super::read::{Fields, refused};
use super::write::write;
use super::{
    ComputeError, Family, accounts, answers, comparison, drivers, representativity, sampling,
    signals, trend, weighting,
};
use crate::{
    Dispositions, csat, mean, mean_diff, nps, nps_diff, p_adjust, prop_diff, proportion,
    response_rate,
};

/// Every family, single figures before comparisons.
pub(super) const ALL: &[Family] = &[
    Family {
        name: "nps",
        summary: "Net Promoter Score with Wald, adjusted Wald and Tango score intervals",
        input: "counts[11], level?",
        compute: |fields| {
            let counts = fields.histogram("counts", 0)?;
            write(&nps(&counts, fields.level()?).map_err(refused("counts"))?)
        },
    },
    Family {
        name: "csat",
        summary: "Share of the highest categories of a scale with Wilson's interval",
        input: "counts[], top, level?",
        compute: |fields| {
            let counts = fields.histogram("counts", 1)?;
            let top = fields.size("top")?;
            write(&csat(&counts, top, fields.level()?).map_err(refused("top"))?)
        },
    },
    Family {
        name: "mean",
        summary: "Mean of a scale with Student's t interval",
        input: "counts[], scale_min, level?",
        compute: |fields| {
            let counts = fields.histogram("counts", fields.scale_min()?)?;
            write(&mean(&counts, fields.level()?))
        },
    },
    Family {
        name: "proportion",
        summary: "Share of a total with Wilson's and Clopper-Pearson's intervals",
        input: "successes, n, level?",
        compute: |fields| {
            let (successes, n) = (fields.count("successes")?, fields.count("n")?);
            write(&proportion(successes, n, fields.level()?).map_err(refused("successes, n"))?)
        },
    },
    Family {
        name: "response_rate",
        summary: "Response, cooperation, refusal and contact rates by AAPOR's definitions",
        input: "I, P, R, NC, O, UH, UO, NE, e?",
        compute: answer_response_rate,
    },
    Family {
        name: "nps_diff",
        summary: "Difference of two NPS: Wald, adjusted Wald and exact permutation test",
        input: "a[11], b[11], level?",
        compute: |fields| {
            let (a, b) = (fields.histogram("a", 0)?, fields.histogram("b", 0)?);
            write(&nps_diff(&a, &b, fields.level()?).map_err(refused("a, b"))?)
        },
    },
    Family {
        name: "prop_diff",
        summary: "Difference of two shares: Newcombe's interval, pooled z and Fisher's exact test",
        input: "x1, n1, x2, n2, level?",
        compute: answer_prop_diff,
    },
    Family {
        name: "mean_diff",
        summary: "Difference of two means by Welch's t test",
        input: "a[], b[], scale_min, level?",
        compute: |fields| {
            let scale_min = fields.scale_min()?;
            let (a, b) = (
                fields.histogram("a", scale_min)?,
                fields.histogram("b", scale_min)?,
            );
            write(&mean_diff(&a, &b, fields.level()?).map_err(refused("a, b"))?)
        },
    },
    Family {
        name: "p_adjust",
        summary: "p-values adjusted for many comparisons: Holm, Benjamini-Hochberg, Bonferroni",
        input: "p[]",
        compute: |fields| write(&p_adjust(&fields.numbers("p")?).map_err(refused("p"))?),
    },
    comparison::COMPARE_GROUPS,
    trend::TREND,
    trend::MANN_KENDALL,
    sampling::FPC,
    sampling::SAMPLE_SIZE,
    sampling::GOF,
    representativity::R_INDICATOR,
    weighting::KISH,
    weighting::TRIM_WEIGHTS,
    weighting::RAKE,
    weighting::POST_STRATIFY,
    weighting::WEIGHTED_NPS,
    drivers::DRIVERS,
    drivers::QUADRANT,
    accounts::ICC,
    accounts::SHRINKAGE,
    answers::RELIABILITY,
    answers::RESPONSE_QUALITY,
    signals::CUSUM,
    signals::EWMA,
    signals::ARL,
    signals::FARRINGTON,
    signals::RATE_RATIO,
];

fn answer_response_rate(fields: &Fields) -> Result<Value, ComputeError> {
    let dispositions = Dispositions {
        complete: fields.count("I")?,
        partial: fields.count("P")?,
        refusal: fields.count("R")?,
        non_contact: fields.count("NC")?,
        other: fields.count("O")?,
        unknown_household: fields.count("UH")?,
        unknown_other: fields.count("UO")?,
        not_eligible: fields.count("NE")?,
    };
    let rates = response_rate(&dispositions, fields.optional_number("e")?);
    write(&rates.map_err(refused("I to NE, e"))?)
}

fn answer_prop_diff(fields: &Fields) -> Result<Value, ComputeError> {
    let (x1, n1) = (fields.count("x1")?, fields.count("n1")?);
    let (x2, n2) = (fields.count("x2")?, fields.count("n2")?);
    write(&prop_diff(x1, n1, x2, n2, fields.level()?).map_err(refused("x1, n1, x2, n2"))?)
}
