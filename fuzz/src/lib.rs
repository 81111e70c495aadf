//! What every target does: reads bytes as one format and stops when what comes of it is not sound.

#[path = "../../crates/peil-exchange/examples/mutate/soundness.rs"]
mod soundness;

use peil_domain::shared::Language;
use peil_exchange::survey::{Format, Options, read};

/// Reads `bytes` as `format`.
///
/// # Panics
/// What was read could not be stored, counts more questions than there are, or does not come back the
/// same from a file of Peil.
pub fn check(format: Format, bytes: &[u8]) {
    let language = Language::Nl;
    if let Ok(imported) = read(format, bytes, Options { language })
        && let Some(fault) = soundness::fault(&imported)
    {
        panic!("{fault}");
    }
}

/// Lines of cells as a workbook; an empty line begins the sheet of choices.
#[must_use]
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    soundness::packed(bytes)
}
