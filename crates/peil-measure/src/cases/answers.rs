//! The families about how people answer: reliability of scales, quality of responses.

use super::read::{Fields, refused};
use super::write::answer;
use super::{ComputeError, Family};
use crate::{ItemTable, reliability, response_quality};

pub(super) const RELIABILITY: Family = Family {
    name: "reliability",
    summary: "Reliability of a scale: Cronbach's alpha with Feldt's interval, item-rest, omega",
    input: "items[rows], level?",
    compute: |fields| answer(reliability(&read_items(fields)?, fields.level()?), "items"),
};

pub(super) const RESPONSE_QUALITY: Family = Family {
    name: "response_quality",
    summary: "Careless answers: runs of the same answer, variation, speed",
    input: "rows[], seconds[], speed_cutoff",
    compute: |fields| {
        let rows = fields.rows("rows")?;
        let seconds = fields.optional_numbers("seconds")?;
        let quality = response_quality(&rows, &seconds, fields.number("speed_cutoff")?);
        answer(quality, "rows, seconds, speed_cutoff")
    },
};

fn read_items(fields: &Fields) -> Result<ItemTable, ComputeError> {
    let rows = fields.rows("items")?;
    let mut table = ItemTable::new(rows.first().map_or(0, Vec::len));
    for row in &rows {
        table.push(row).map_err(refused("items"))?;
    }
    Ok(table)
}
