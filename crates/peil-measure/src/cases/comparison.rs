//! The families that compare several groups.

use serde_json::Value;

use super::read::{Fields, Metric};
use super::write::answer;
use super::{ComputeError, Family};
use crate::histogram::Histogram;
use crate::{compare_means, compare_nps, compare_shares};

pub(super) const COMPARE_GROUPS: Family = Family {
    name: "compare_groups",
    summary: "Several groups: one test over all, every pair with Holm and Benjamini-Hochberg",
    input: "metric nps|share|mean, groups[][], top (share), scale_min (mean)",
    compute: answer_compare_groups,
};

fn answer_compare_groups(fields: &Fields) -> Result<Value, ComputeError> {
    let groups = |scale_min| -> Result<Vec<Histogram>, ComputeError> {
        fields.histograms("groups", scale_min)
    };
    match fields.metric()? {
        Metric::Nps => answer(compare_nps(&groups(0)?), "groups"),
        Metric::Share => {
            let top = fields.size("top")?;
            answer(compare_shares(&groups(1)?, top), "groups, top")
        }
        Metric::Mean => answer(compare_means(&groups(fields.scale_min()?)?), "groups"),
    }
}
