//! How fast Peil is.
//!
//! Programs that are measured share the machine with those that measure, so figures are comparable
//! only within one run.

mod assembly;
mod collect;
mod contest;
mod examples;
mod exchange;
mod explorer;
mod facts;
mod figures;
mod load;
mod measures;
mod page;
mod peers;
mod screen;
mod signals;
mod soak;
mod stores;
mod survey;
mod themes;
mod usage;

use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::problem::Problem;

pub(crate) use assembly::run as assembly;
pub(crate) use collect::run as collect;
pub(crate) use exchange::run as exchange;
pub(crate) use facts::run as facts;
pub(crate) use measures::run as measure;
pub(crate) use screen::run as screen;
pub(crate) use signals::run as signals;
pub(crate) use soak::run as soak;
pub(crate) use survey::run as survey;
pub(crate) use themes::run as themes;

/// The questionnaire that anyone may answer.
const SURVEY: &str = "/s/kto";
/// Filling the demonstration takes longer than starting.
const READY_LIMIT: Duration = Duration::from_mins(5);

fn write(measured: &impl Serialize, path: &Path) -> Result<(), Problem> {
    let text =
        serde_json::to_string_pretty(measured).map_err(|cause| Problem::new(cause.to_string()))?;
    std::fs::write(path, text).map_err(|cause| Problem::at(path, &cause))?;
    println!("written to {}", path.display());
    Ok(())
}

/// The value below which a share of the values lies; zero when there are none.
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    // The share of a number of values is never near the limits of either type.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list of some thousand values"
    )]
    let place = (last as f64 * share).round() as usize;
    sorted.get(place).copied().unwrap_or_default()
}

fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert!((median(&values) - 3.0).abs() < f64::EPSILON);
        assert!((quantile(&values, 0.99) - 5.0).abs() < f64::EPSILON);
        assert!(median(&[]).abs() < f64::EPSILON);
    }
}
