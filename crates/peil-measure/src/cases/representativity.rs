//! The family about who responds.

use super::read::Fields;
use super::write::answer;
use super::{ComputeError, Family};
use crate::{FrameCell, r_indicator};
use serde_json::Value;

pub(super) const R_INDICATOR: Family = Family {
    name: "r_indicator",
    summary: "Representativity of the response, with partials by variable and category",
    input: "variables[], cells[{values[], n, responded}]",
    compute: answer_r_indicator,
};

fn answer_r_indicator(fields: &Fields) -> Result<Value, ComputeError> {
    let variables = fields.labels("variables")?;
    let read = fields.objects("cells", |cell| {
        Ok((
            cell.labels("values")?,
            cell.count("n")?,
            cell.count("responded")?,
        ))
    })?;
    let cells: Vec<FrameCell> = read
        .iter()
        .map(|(values, n, responded)| FrameCell {
            values: values.iter().map(AsRef::as_ref).collect(),
            n: *n,
            responded: *responded,
        })
        .collect();
    let variables: Vec<&str> = variables.iter().map(AsRef::as_ref).collect();
    answer(r_indicator(&variables, &cells), "variables, cells")
}
