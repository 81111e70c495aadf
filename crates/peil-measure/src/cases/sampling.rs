//! The families about samples and populations.

use serde_json::Value;

use super::read::{Fields, Metric};
use super::write::answer;
use super::{ComputeError, Family};
use crate::error::MeasureError;
use crate::{NpsShares, SampleGoal, SampledMeasure, composition, finite_population, sample_size};

pub(super) const FPC: Family = Family {
    name: "fpc",
    summary: "NPS, share or mean of a sample from a finite population",
    input: "metric nps|share|mean, counts[], population?, top (share), scale_min (mean), level?",
    compute: answer_fpc,
};

pub(super) const SAMPLE_SIZE: Family = Family {
    name: "sample_size",
    summary: "Answers and invitations needed for a margin or for seeing a difference",
    input: "kind proportion_moe|proportion_wilson|nps_moe|mean_moe|two_proportions|two_means|\
            two_nps and its fields, response_rate?",
    compute: answer_sample_size,
};

pub(super) const GOF: Family = Family {
    name: "gof",
    summary: "Composition of a sample against its population: chi-squared and dissimilarity",
    input: "observed[], population[]",
    compute: |fields| {
        let (observed, population) = (fields.counts("observed")?, fields.numbers("population")?);
        answer(composition(&observed, &population), "observed, population")
    },
};

fn answer_fpc(fields: &Fields) -> Result<Value, ComputeError> {
    let (measure, scale_min) = match fields.metric()? {
        Metric::Nps => (SampledMeasure::Nps, 0),
        Metric::Share => {
            let top = fields.size("top")?;
            (SampledMeasure::Share { top }, 1)
        }
        Metric::Mean => (SampledMeasure::Mean, fields.scale_min()?),
    };
    let answers = fields.histogram("counts", scale_min)?;
    let population = fields.optional_count("population")?;
    answer(
        finite_population(&answers, measure, population, fields.level()?),
        "counts, population",
    )
}

fn answer_sample_size(fields: &Fields) -> Result<Value, ComputeError> {
    let goal = read_goal(fields)?;
    answer(
        sample_size(goal, fields.optional_number("response_rate")?),
        "the goal",
    )
}

fn read_goal(fields: &Fields) -> Result<SampleGoal, ComputeError> {
    let kind = fields.text("kind")?;
    let alpha = || Ok::<f64, ComputeError>(fields.optional_number("alpha")?.unwrap_or(0.05));
    let population = || fields.optional_count("population");
    Ok(match kind {
        "proportion_moe" => SampleGoal::ShareMargin {
            margin: fields.number("moe")?,
            share: fields.number("p")?,
            level: fields.level()?,
            population: population()?,
        },
        "proportion_wilson" => SampleGoal::ShareMarginWilson {
            margin: fields.number("moe")?,
            share: fields.number("p")?,
            level: fields.level()?,
        },
        "nps_moe" => SampleGoal::NpsMargin {
            margin: fields.number("moe")?,
            shares: shares(fields, "p_promoter", "p_detractor")?,
            level: fields.level()?,
            population: population()?,
        },
        "mean_moe" => SampleGoal::MeanMargin {
            margin: fields.number("moe")?,
            sd: fields.number("sd")?,
            level: fields.level()?,
            population: population()?,
        },
        "two_proportions" => SampleGoal::TwoShares {
            first: fields.number("p1")?,
            second: fields.number("p2")?,
            power: fields.number("power")?,
            alpha: alpha()?,
        },
        "two_means" => SampleGoal::TwoMeans {
            difference: fields.number("delta")?,
            sd: fields.number("sd")?,
            power: fields.number("power")?,
            alpha: alpha()?,
        },
        "two_nps" => SampleGoal::TwoNps {
            first: shares(fields, "p_promoter_a", "p_detractor_a")?,
            second: shares(fields, "p_promoter_b", "p_detractor_b")?,
            power: fields.number("power")?,
            alpha: alpha()?,
        },
        _ => {
            return Err(ComputeError::WrongType {
                field: "kind".to_owned(),
                expected: "a known kind of sample size",
            });
        }
    })
}

fn shares(
    fields: &Fields,
    promoters: &'static str,
    detractors: &'static str,
) -> Result<NpsShares, ComputeError> {
    let read = NpsShares::new(fields.number(promoters)?, fields.number(detractors)?);
    read.map_err(|source: MeasureError| ComputeError::Refused {
        field: promoters,
        source,
    })
}
