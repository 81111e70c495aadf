//! The families about how people answer: reliability of scales, quality of responses.

use super::read::{Fields, refused};
use super::write::answer;
use super::{ComputeError, Family};
use crate::{ItemTable, reliability};

pub(super) const RELIABILITY: Family = Family {
    name: "reliability",
    summary: "Reliability of a scale: Cronbach's alpha with Feldt's interval, item-rest, omega",
    input: "items[rows], level?",
    compute: |fields| answer(reliability(&read_items(fields)?, fields.level()?), "items"),
};

fn read_items(fields: &Fields) -> Result<ItemTable, ComputeError> {
    let rows = fields.rows("items")?;
    let mut table = ItemTable::new(rows.first().map_or(0, Vec::len));
    for row in &rows {
        table.push(row).map_err(refused("items"))?;
    }
    Ok(table)
}
