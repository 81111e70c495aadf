//! What a watched series consists of.

/// One period of a series: how often something was said, by how many people, out of how many answers.
///
/// Mentions may be more than answers (one answer can complain twice); people are those behind the
/// mentions.
///
/// ```
/// use peil_measure::Tally;
///
/// let week = Tally { mentions: 4, people: 4, answers: 120 };
/// assert_eq!(week, Tally::new(4, 120));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How often it was said.
    pub mentions: u64,
    /// How many different people said it.
    pub people: u64,
    /// How many answers came in, with it or without.
    pub answers: u64,
}

impl Tally {
    /// A period in which every mention was of another person.
    ///
    /// ```
    /// assert_eq!(peil_measure::Tally::new(3, 50).people, 3);
    /// ```
    #[must_use]
    pub const fn new(mentions: u64, answers: u64) -> Self {
        Self {
            mentions,
            people: mentions,
            answers,
        }
    }
}

/// What is known of a rate before a series of its own is long enough: mentions per answer, and how
/// many answers that knowledge is worth.
///
/// ```
/// use peil_measure::PriorRate;
///
/// let prior = PriorRate::new(0.05, 200.0)?;
/// assert!(PriorRate::new(-0.05, 200.0).is_err());
/// # let _ = prior;
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PriorRate {
    pub(super) rate: f64,
    pub(super) answers: f64,
}

impl PriorRate {
    /// Takes the rate in mentions per answer and its weight in answers.
    ///
    /// ```
    /// assert!(peil_measure::PriorRate::new(0.05, 0.0).is_err());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::NumberOutOfRange`](crate::MeasureError::NumberOutOfRange) unless both are finite
    /// and above zero.
    pub fn new(rate: f64, answers: f64) -> Result<Self, crate::MeasureError> {
        use super::super::baseline::require;
        require(
            "the rate",
            rate,
            "above zero",
            rate > 0.0 && rate.is_finite(),
        )?;
        require(
            "the weight",
            answers,
            "above zero",
            answers > 0.0 && answers.is_finite(),
        )?;
        Ok(Self { rate, answers })
    }
}
