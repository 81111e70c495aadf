//! The families about variance between accounts or other groups.

use super::read::Fields;
use super::write::answer;
use super::{ComputeError, Family};
use crate::{HeterogeneityMethod, icc, shrinkage};

pub(super) const ICC: Family = Family {
    name: "icc",
    summary: "Variance between and within groups (ANOVA and REML), best guess per group",
    input: "groups[[values]]",
    compute: |fields| {
        let rows = fields.rows("groups")?;
        let groups: Vec<Vec<f64>> = rows
            .into_iter()
            .map(|values| values.into_iter().flatten().collect())
            .collect();
        answer(icc(&groups), "groups")
    },
};

pub(super) const SHRINKAGE: Family = Family {
    name: "shrinkage",
    summary: "Uncertain estimates of groups, pulled towards their mean (DL or REML)",
    input: "estimates[], variances[], method DL|REML",
    compute: |fields| {
        let estimates = fields.numbers("estimates")?;
        let variances = fields.numbers("variances")?;
        let pulled = shrinkage(&estimates, &variances, method(fields)?);
        answer(pulled, "estimates, variances")
    },
};

fn method(fields: &Fields) -> Result<HeterogeneityMethod, ComputeError> {
    let methods = [
        ("DL", HeterogeneityMethod::DerSimonianLaird),
        ("REML", HeterogeneityMethod::Reml),
    ];
    fields.choice("method", "DL or REML", &methods)
}
