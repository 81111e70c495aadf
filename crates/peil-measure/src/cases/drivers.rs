//! The families about drivers.

use super::read::{Fields, refused};
use super::write::{answer, write};
use super::{ComputeError, Family};
use crate::{DriverTable, drivers, quadrants};

pub(super) const DRIVERS: Family = Family {
    name: "drivers",
    summary: "Key drivers of an outcome: LMG (Shapley) and Johnson's relative weights",
    input: "names[], y[], x[rows]",
    compute: |fields| answer(drivers(&read_table(fields)?), "x"),
};

pub(super) const QUADRANT: Family = Family {
    name: "quadrant",
    summary: "Importance against performance: what to work on first",
    input: "importance[], performance[], importance_cut?, performance_cut?",
    compute: |fields| {
        let (importance, performance) = (
            fields.numbers("importance")?,
            fields.numbers("performance")?,
        );
        let importance_cut = fields.optional_number("importance_cut")?;
        let performance_cut = fields.optional_number("performance_cut")?;
        let placed = quadrants(&importance, &performance, importance_cut, performance_cut);
        write(&placed.map_err(refused("importance, performance"))?)
    },
};

pub(super) fn read_table(fields: &Fields) -> Result<DriverTable, ComputeError> {
    let outcomes = fields.optional_numbers("y")?;
    let rows = fields.rows("x")?;
    if rows.len() != outcomes.len() {
        let differ = crate::MeasureError::LengthsDiffer {
            input: "x",
            length: rows.len(),
            expected: outcomes.len(),
        };
        return Err(refused("x")(differ));
    }
    let mut table = DriverTable::new(fields.texts("names")?.len());
    for (outcome, row) in outcomes.into_iter().zip(&rows) {
        table.push(outcome, row).map_err(refused("x"))?;
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::cases::compute;

    fn answer(family: &str, input: &Value) -> Value {
        compute(family, input).unwrap()
    }

    #[test]
    fn too_few_rows_come_before_no_variance_and_that_before_collinearity() {
        let few = json!({ "names": ["a", "b"], "y": [1, 1, 1], "x": [[1, 1], [1, 1], [1, null]] });
        assert_eq!(answer("drivers", &few)["error"], "too_few_rows");
        let flat = json!({ "names": ["a", "b"], "y": [1, 2, 3, 5], "x": [[0.1, 1], [0.1, 1], [0.1, 1], [0.1, 1]] });
        assert_eq!(answer("drivers", &flat)["error"], "zero_variance");
        let twice = json!({ "names": ["a", "b"], "y": [1, 2, 3, 5], "x": [[1, 3], [4, 9], [2, 5], [2, 5]] });
        assert_eq!(answer("drivers", &twice)["error"], "singular");
    }

    #[test]
    fn more_drivers_than_lmg_can_take_still_have_relative_weights() {
        let p = 21;
        let names: Vec<String> = (0..p).map(|driver| format!("d{driver}")).collect();
        let score = |row: usize, driver: usize| (row * 7919 + driver * 104_729).pow(2) % 1009 % 11;
        let x: Vec<Vec<usize>> = (0..90)
            .map(|row| (0..p).map(|driver| score(row, driver)).collect())
            .collect();
        let y: Vec<usize> = x.iter().map(|row| row[0] + row[1] * row[2] % 5).collect();
        let got = answer("drivers", &json!({ "names": names, "y": y, "x": x }));
        assert_eq!(got["lmg"], Value::Null, "{got}");
        assert_eq!(got["relative_weight"].as_array().map(Vec::len), Some(p));
    }

    #[test]
    fn a_driver_on_the_mean_is_high_even_when_the_mean_was_rounded() {
        let input = json!({ "importance": [0.1, 0.1, 0.1], "performance": [7.1, 7.2, 7.3] });
        let got = answer("quadrant", &input);
        assert_eq!(
            got["quadrants"],
            json!(["concentrate", "keep_up", "keep_up"])
        );
        let nobody = json!({ "importance": [], "performance": [] });
        assert_eq!(
            answer("quadrant", &nobody),
            json!({ "importance_cut": null, "performance_cut": null, "quadrants": [] })
        );
    }
}
