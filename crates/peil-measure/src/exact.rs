//! Where whole numbers become floating ones.
//!
//! Everything is counted and multiplied in integers and divided last. Counts stay below
//! [`MAX_ANSWERS`](crate::MAX_ANSWERS), so a count is always exact as a float; products are
//! rounded once, to the nearest float.

/// A count as a float, exact for every count this crate accepts.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

/// A product of counts as a float, rounded once.
#[expect(
    clippy::cast_precision_loss,
    reason = "one rounding of an exact integer, relative error 1e-16"
)]
pub(crate) fn real_product(product: i128) -> f64 {
    // Processors convert 64 bits at once; the result is the same.
    i64::try_from(product).map_or_else(|_| product as f64, |small| small as f64)
}

/// The share `part / whole`, or nothing when the whole is zero.
pub(crate) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| real(part) / real(whole))
}
