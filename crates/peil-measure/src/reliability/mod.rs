//! Reliability: how well the items of a scale measure one thing together.

mod omega;

use core::iter::zip;

use serde::Serialize;

use crate::complete_rows::CompleteRows;
use crate::distributions::{beta_lower_quantile, beta_upper_quantile};
use crate::error::MeasureError;
use crate::exact::real;
use crate::level::Level;
use crate::linear::Symmetric;
use crate::measured::Interval;
use crate::not_measurable::NotMeasurable;

/// A variance below this part of the sum of its parts is rounding.
const ROUNDING: f64 = 1e-13;

/// Answers to the items of one scale; rows with something missing are left out.
///
/// ```
/// use peil_measure::ItemTable;
///
/// let mut table = ItemTable::new(3);
/// table.push(&[Some(4.0), Some(5.0), Some(4.0)])?;
/// table.push(&[Some(2.0), None, Some(3.0)])?;
/// assert_eq!((table.items(), table.complete_rows()), (3, 1));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ItemTable(CompleteRows);

impl ItemTable {
    /// An empty table for so many items.
    ///
    /// ```
    /// assert_eq!(peil_measure::ItemTable::new(3).complete_rows(), 0);
    /// ```
    #[must_use]
    pub fn new(items: usize) -> Self {
        Self(CompleteRows::new(items))
    }

    /// Adds the answers of one person; kept only when none is missing.
    ///
    /// ```
    /// let mut table = peil_measure::ItemTable::new(2);
    /// assert!(table.push(&[Some(4.0)]).is_err());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::LengthsDiffer`] unless there is an answer per item, missing or not;
    /// [`MeasureError::NumberOutOfRange`] for a number that is not finite.
    pub fn push(&mut self, answers: &[Option<f64>]) -> Result<(), MeasureError> {
        self.0.push(answers.iter())
    }

    /// How many items there are.
    ///
    /// ```
    /// assert_eq!(peil_measure::ItemTable::new(3).items(), 3);
    /// ```
    #[must_use]
    pub fn items(&self) -> usize {
        self.0.width()
    }

    /// How many rows have nothing missing.
    ///
    /// ```
    /// assert_eq!(peil_measure::ItemTable::new(3).complete_rows(), 0);
    /// ```
    #[must_use]
    pub fn complete_rows(&self) -> usize {
        self.0.len()
    }
}

/// The outcome of [`reliability`]; everything without a unit, at most 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// Complete rows.
    pub n: u64,
    /// Items.
    pub k: u64,
    /// Cronbach's alpha; below 0 when items go against each other.
    pub alpha: f64,
    /// Feldt's interval for alpha.
    pub alpha_ci: Interval,
    /// Alpha of the items after each is divided by its standard deviation; `None` when undefined.
    pub alpha_standardized: Option<f64>,
    /// Correlation of each item with the sum of the others; `None` when that sum never changes.
    pub item_rest: Vec<Option<f64>>,
    /// Alpha of the other items; `None` with two items, and for an item when undefined.
    pub alpha_if_dropped: Option<Vec<Option<f64>>>,
    /// `McDonald`'s omega of one factor by maximum likelihood; `None` below three items, and when one
    /// factor does not fit: when an item would have no variance of its own left.
    pub omega: Option<f64>,
}

/// How reliably a sum of items measures what they have in common.
///
/// Alpha is k/(k-1) (1 - Σ item variances / variance of the sum). With λ the loadings and θ the
/// residual variances of one common factor, omega is (Σλ)² / ((Σλ)² + Σθ): unlike alpha it does not
/// suppose that all items measure equally well. Feldt's interval is 1 - (1 - alpha) F for the
/// quantiles of F with n-1 and (n-1)(k-1) degrees of freedom.
///
/// ```
/// use peil_measure::{ItemTable, Level, reliability};
///
/// let mut table = ItemTable::new(3);
/// for row in [[4.0, 5.0, 4.0], [2.0, 2.0, 3.0], [5.0, 4.0, 4.0], [1.0, 2.0, 2.0], [3.0, 3.0, 4.0]] {
///     table.push(&row.map(Some))?;
/// }
/// let scale = reliability(&table, Level::default())?;
/// assert!((scale.alpha - 0.9141).abs() < 0.0001 && scale.alpha_ci.contains(0.8));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// In this order: [`NotMeasurable::TooFewItems`] below two items; [`NotMeasurable::TooFewRows`]
/// below three complete rows; [`NotMeasurable::ZeroVariance`] when an item, or the sum of all, is
/// the same in every row.
///
/// # Sources
/// Cronbach (1951), *Psychometrika* 16, 297-334; Feldt (1965), *Psychometrika* 30, 357-370; `McDonald`
/// (1999), *Test Theory*, chapter 6.
pub fn reliability(table: &ItemTable, level: Level) -> Result<Reliability, MeasureError> {
    const NEEDED_ROWS: usize = 3;
    let (items, rows) = (table.items(), table.complete_rows());
    if items < 2 {
        return Err(NotMeasurable::TooFewItems.into());
    }
    if rows < NEEDED_ROWS {
        return Err(NotMeasurable::TooFewRows {
            rows,
            needed: NEEDED_ROWS,
        }
        .into());
    }
    let spread = table.0.spread().ok_or(NotMeasurable::ZeroVariance)?;
    let (n, k) = (count(rows), count(items));
    let correlations = spread.correlations();
    let lengths = spread.lengths();
    let correlations = Symmetric::from_lower(items, |i, j| {
        let value = correlations.get(i).and_then(|row| row.get(j));
        value.filter(|_| i != j).copied().unwrap_or(1.0)
    });
    let length = |item: usize| lengths.get(item).copied().unwrap_or(0.0);
    let covariances =
        Symmetric::from_lower(items, |i, j| correlations.at(i, j) * length(i) * length(j));
    let sums = ScaleSums::of(&covariances);
    let alpha = sums.alpha(real(k)).ok_or(NotMeasurable::ZeroVariance)?;
    let dropped: Vec<ScaleSums> = (0..items)
        .map(|item| sums.without(&covariances, item))
        .collect();
    let ones = ScaleSums::of(&correlations);
    Ok(Reliability {
        n,
        k,
        alpha,
        alpha_ci: feldt(alpha, real(n), real(k), level),
        alpha_standardized: ones.alpha(real(k)),
        item_rest: zip(&dropped, &lengths)
            .map(|(rest, length)| {
                let together = (sums.total - rest.total - length * length) / 2.0;
                rest.length()
                    .map(|rest| (together / length / rest).clamp(-1.0, 1.0))
            })
            .collect(),
        alpha_if_dropped: (items > 2).then(|| {
            let rest = dropped.iter();
            rest.map(|rest| rest.alpha(real(k - 1))).collect()
        }),
        omega: (items > 2)
            .then(|| omega::omega(&correlations, &lengths))
            .flatten(),
    })
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// The variances of some items and of their sum, but for a common factor.
struct ScaleSums {
    /// The sum of the items' variances.
    own: f64,
    /// The variance of their sum.
    total: f64,
}

impl ScaleSums {
    fn of(covariances: &Symmetric) -> Self {
        Self {
            own: covariances.diagonal().sum(),
            total: covariances.rows().iter().flatten().sum(),
        }
    }

    /// The same without one item.
    fn without(&self, covariances: &Symmetric, item: usize) -> Self {
        let own = covariances.at(item, item);
        let row: f64 = covariances.rows().get(item).into_iter().flatten().sum();
        Self {
            own: self.own - own,
            total: self.total - 2.0 * row + own,
        }
    }

    /// Nothing when the sum never changes.
    fn length(&self) -> Option<f64> {
        (self.total > ROUNDING * self.own).then(|| self.total.sqrt())
    }

    fn alpha(&self, k: f64) -> Option<f64> {
        self.length()
            .map(|_| k / (k - 1.0) * (1.0 - self.own / self.total))
    }
}

/// Feldt's interval: (1 - alpha of the population) / (1 - alpha) follows an F distribution.
fn feldt(alpha: f64, n: f64, k: f64, level: Level) -> Interval {
    let tail = level.outside() / 2.0;
    let (a, b) = ((n - 1.0) / 2.0, (n - 1.0) * (k - 1.0) / 2.0);
    let middle = a / (a + b);
    let ratio = |share: f64| share / (1.0 - share) * (b / a);
    Interval {
        low: 1.0 - (1.0 - alpha) * ratio(beta_upper_quantile(tail, a, b, middle)),
        high: 1.0 - (1.0 - alpha) * ratio(beta_lower_quantile(tail, a, b, middle)),
    }
}
