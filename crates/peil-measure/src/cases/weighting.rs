//! The families about weights.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::read::{Fields, NUMBER, wrong_type};
use super::write::{answer, write};
use super::{ComputeError, Family};
use crate::error::MeasureError;
use crate::{
    Margin, RakeCell, Raking, Stratum, SurveyDesign, kish, post_stratify, rake, trim_weights,
    weighted_nps,
};

pub(super) const KISH: Family = Family {
    name: "kish",
    summary: "Design effect and effective number of answers of unequal weights",
    input: "weights[]",
    compute: |fields| answer(kish(&fields.numbers("weights")?), "weights"),
};

pub(super) const TRIM_WEIGHTS: Family = Family {
    name: "trim_weights",
    summary: "Weights within bounds, with what was cut off spread over the others",
    input: "weights[], lower?, upper?",
    compute: |fields| {
        let (lower, upper) = (
            fields.optional_number("lower")?,
            fields.optional_number("upper")?,
        );
        let outcome = trim_weights(&fields.numbers("weights")?, lower, upper);
        answer(outcome, "weights, lower, upper")
    },
};

pub(super) const RAKE: Family = Family {
    name: "rake",
    summary: "Weights that meet the known margins of several variables",
    input: "variables[], cells[{values[], n, base_weight?}], margins{variable: {category: total}}",
    compute: answer_rake,
};

pub(super) const POST_STRATIFY: Family = Family {
    name: "post_stratify",
    summary: "NPS with every stratum at its share of the population",
    input: "strata[{name, population, counts[11]}], level?",
    compute: |fields| {
        let strata = fields.objects("strata", |stratum| {
            Ok(Stratum {
                name: stratum.label("name")?.into_owned(),
                population: stratum.number("population")?,
                answers: stratum.histogram("counts", 0)?,
            })
        })?;
        answer(post_stratify(&strata, fields.level()?), "strata")
    },
};

pub(super) const WEIGHTED_NPS: Family = Family {
    name: "weighted_nps",
    summary: "NPS and share of promoters of a sample with weights, clusters and strata",
    input: "scores[], weights[]?, clusters[]?, strata[]?, level?",
    compute: answer_weighted_nps,
};

fn answer_weighted_nps(fields: &Fields) -> Result<Value, ComputeError> {
    let scores = fields.scores("scores")?;
    let weights = if fields.is_absent("weights") {
        None
    } else {
        Some(fields.numbers("weights")?)
    };
    let labels = |field| -> Result<Option<Vec<Cow<str>>>, ComputeError> {
        if fields.is_absent(field) {
            return Ok(None);
        }
        fields.labels(field).map(Some)
    };
    let (clusters, strata) = (labels("clusters")?, labels("strata")?);
    let clusters: Option<Vec<&str>> = as_texts(clusters.as_deref());
    let strata: Option<Vec<&str>> = as_texts(strata.as_deref());
    let design = SurveyDesign {
        weights: weights.as_deref(),
        clusters: clusters.as_deref(),
        strata: strata.as_deref(),
    };
    let outcome = weighted_nps(&scores, &design, fields.level()?);
    answer(outcome, "scores, weights, clusters, strata")
}

fn as_texts<'a>(labels: Option<&'a [Cow<'a, str>]>) -> Option<Vec<&'a str>> {
    labels.map(|labels| labels.iter().map(AsRef::as_ref).collect())
}

fn answer_rake(fields: &Fields) -> Result<Value, ComputeError> {
    let variables = fields.labels("variables")?;
    let margins = read_margins(fields, &variables)?;
    let read = fields.objects("cells", |cell| {
        let base_weight = cell.optional_number("base_weight")?.unwrap_or(1.0);
        Ok((cell.labels("values")?, cell.count("n")?, base_weight))
    })?;
    let cells: Vec<RakeCell> = read
        .iter()
        .map(|(values, n, base_weight)| RakeCell {
            values: values.iter().map(AsRef::as_ref).collect(),
            n: *n,
            base_weight: *base_weight,
        })
        .collect();
    match rake(&margins, &cells) {
        Ok(Raking::Converged(raked)) => {
            let mut outcome = write(&raked)?;
            if let Some(object) = outcome.as_object_mut() {
                object.insert("converged".to_owned(), Value::Bool(true));
            }
            Ok(outcome)
        }
        Ok(Raking::NotConverged) => Ok(json!({ "converged": false })),
        Err(error) => answer(Err::<(), MeasureError>(error), "cells, margins"),
    }
}

fn read_margins(fields: &Fields, variables: &[Cow<'_, str>]) -> Result<Vec<Margin>, ComputeError> {
    let object = fields.object("margins")?;
    let read = |variable: &Cow<'_, str>| {
        let path = || format!("margins.{variable}");
        let totals = object.get(variable.as_ref()).and_then(Value::as_object);
        let totals = totals.ok_or_else(|| wrong_type(path(), "an object"))?;
        let targets: Result<_, _> = totals
            .iter()
            .map(|(category, total)| {
                let total = total.as_f64().ok_or_else(|| wrong_type(path(), NUMBER))?;
                Ok((category.clone(), total))
            })
            .collect();
        Ok(Margin {
            variable: variable.to_string(),
            targets: targets?,
        })
    };
    variables.iter().map(read).collect()
}
