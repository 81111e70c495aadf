//! Statistics about themes, changes, actions, goals and peeking, which no other package computes as
//! a whole. They are checked by scripts that reach the same numbers another way.

use serde_json::{Value, json};

use super::drivers::read_table;
use super::read::{Fields, Metric as Kind, refused, wrong_type};
use super::write::answer;
use super::{ComputeError, Family};
use crate::histogram::Histogram;
use crate::{
    Aim, BeforeAfter, Goal, MAX_RESAMPLES, Metric, Period, anytime, decomposition,
    difference_in_differences, driver_intervals, goal_course, impact,
};

/// All of them, in the order in which a list should show them.
pub(super) const ALL: &[Family] = &[
    Family {
        name: "driver_intervals",
        summary: "Percentile intervals of key drivers with the sign of each, by seeded resampling",
        input: "names[], y[], x[rows], resamples?, seed?, level?",
        compute: answer_driver_intervals,
    },
    Family {
        name: "impact",
        summary: "What those who mention a theme cost or bring a score, by leaving them out",
        input: "metric nps|share|mean, all[], mentioning[], top (share), scale_min (mean), level?",
        compute: |fields| {
            let (metric, scale_min) = read_metric(fields)?;
            let all = fields.histogram("all", scale_min)?;
            let mentioning = fields.histogram("mentioning", scale_min)?;
            let outcome = impact(metric, &all, &mentioning, fields.level()?);
            answer(outcome, "all, mentioning, top")
        },
    },
    Family {
        name: "decomposition",
        summary: "A change of a score in other people (mix) and other answers (rate), by Kitagawa",
        input: "metric nps|share|mean, groups[{before[], after[]}], top (share), scale_min (mean), \
                level?",
        compute: answer_decomposition,
    },
    Family {
        name: "difference_in_differences",
        summary: "The change of a score where something was done, less the change elsewhere",
        input: "metric nps|share|mean, before[], after[], before_elsewhere[], after_elsewhere[], \
                top (share), scale_min (mean), level?",
        compute: answer_difference_in_differences,
    },
    Family {
        name: "goal_course",
        summary: "Whether a goal will be met if the trend goes on, as far as that can be told",
        input: "metric nps|share|mean, times[], periods[[]], target, aim at_least|at_most, time, \
                top (share), scale_min (mean), level?",
        compute: answer_goal_course,
    },
    Family {
        name: "anytime",
        summary: "Two groups that may be looked at every day, by a confidence sequence",
        input: "metric nps|share|mean, a[], b[], planned, top (share), scale_min (mean), level?",
        compute: |fields| {
            let (metric, scale_min) = read_metric(fields)?;
            let a = fields.histogram("a", scale_min)?;
            let b = fields.histogram("b", scale_min)?;
            let outcome = anytime(metric, &a, &b, fields.count("planned")?, fields.level()?);
            answer(outcome, "a, b, planned, top")
        },
    },
];

/// What is measured, and the lowest score of its scale.
fn read_metric(fields: &Fields) -> Result<(Metric, i32), ComputeError> {
    Ok(match fields.metric()? {
        Kind::Nps => (Metric::Nps, 0),
        Kind::Share => {
            let top = fields.size("top")?;
            (Metric::TopShare { top }, 1)
        }
        Kind::Mean => (Metric::Mean, fields.scale_min()?),
    })
}

fn answer_driver_intervals(fields: &Fields) -> Result<Value, ComputeError> {
    const RESAMPLES: u64 = 1_000;
    let table = read_table(fields)?;
    let resamples = fields.optional_count("resamples")?.unwrap_or(RESAMPLES);
    let seed = fields.optional_count("seed")?.unwrap_or(1);
    let resamples = u32::try_from(resamples).unwrap_or(MAX_RESAMPLES + 1);
    let outcome = driver_intervals(&table, resamples, seed, fields.level()?);
    answer(outcome, "x, resamples")
}

fn answer_decomposition(fields: &Fields) -> Result<Value, ComputeError> {
    let (metric, scale_min) = read_metric(fields)?;
    let read = fields.objects("groups", |group| {
        let before = group.histogram("before", scale_min)?;
        Ok((before, group.histogram("after", scale_min)?))
    })?;
    let groups: Vec<BeforeAfter> = read
        .iter()
        .map(|(before, after)| BeforeAfter { before, after })
        .collect();
    let outcome =
        decomposition(metric, &groups, fields.level()?).map_err(refused("groups, top"))?;
    match outcome {
        Some(outcome) => answer(Ok(outcome), "groups"),
        None => Ok(json!({
            "error": "empty_period",
            "message": "nobody answered in one of the periods",
        })),
    }
}

fn answer_difference_in_differences(fields: &Fields) -> Result<Value, ComputeError> {
    let (metric, scale_min) = read_metric(fields)?;
    let read = |field| -> Result<Histogram, ComputeError> { fields.histogram(field, scale_min) };
    let (before, after) = (read("before")?, read("after")?);
    let (other_before, other_after) = (read("before_elsewhere")?, read("after_elsewhere")?);
    let outcome = difference_in_differences(
        metric,
        BeforeAfter {
            before: &before,
            after: &after,
        },
        BeforeAfter {
            before: &other_before,
            after: &other_after,
        },
        fields.level()?,
    );
    answer(
        outcome,
        "before, after, before_elsewhere, after_elsewhere, top",
    )
}

fn answer_goal_course(fields: &Fields) -> Result<Value, ComputeError> {
    let (metric, scale_min) = read_metric(fields)?;
    let times = fields.numbers("times")?;
    let answers = fields.histograms("periods", scale_min)?;
    if times.len() != answers.len() {
        return Err(wrong_type("times".to_owned(), "as long as periods"));
    }
    let periods: Vec<Period> = times
        .into_iter()
        .zip(answers)
        .map(|(time, answers)| Period { time, answers })
        .collect();
    let aims = [("at_least", Aim::AtLeast), ("at_most", Aim::AtMost)];
    let goal = Goal {
        target: fields.number("target")?,
        aim: fields.choice("aim", "at_least or at_most", &aims)?,
        time: fields.number("time")?,
    };
    let outcome = goal_course(metric, &periods, &goal, fields.level()?);
    answer(outcome, "times, periods, target, time, top")
}
