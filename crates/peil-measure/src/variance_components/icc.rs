//! One-way random effects: how much of the differences between answers lies between groups.

use core::iter::zip;

use serde::Serialize;

use super::optimum::lowest;
use crate::distributions::f_upper_tail;
use crate::error::MeasureError;
use crate::exact::real;
use crate::not_measurable::NotMeasurable;

/// The outcome of [`icc`]. Variances are in squared units of the values, means in units.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Icc {
    /// Groups with values.
    pub groups: u64,
    /// Values in all.
    pub n: u64,
    /// The mean square between groups over that within.
    pub f: f64,
    /// Groups - 1.
    pub df1: u64,
    /// n - groups.
    pub df2: u64,
    /// How often chance alone gives an `f` so large.
    pub p: f64,
    /// The intraclass correlation from mean squares: the part of the variance that lies between
    /// groups. Below zero when groups differ less than chance would have it.
    pub icc_anova: f64,
    /// The effective size of a group.
    pub n0: f64,
    /// The variance between groups by restricted maximum likelihood, from 0 up.
    pub var_between: f64,
    /// The variance within groups, likewise.
    pub var_within: f64,
    /// The mean over groups, each weighed by how precisely it is known.
    pub grand_mean: f64,
    /// Its standard error.
    pub grand_mean_se: f64,
    /// The best guess for the mean of each group with values, in order: pulled towards the grand
    /// mean, the more so the fewer values it has.
    pub blups: Vec<f64>,
}

/// Divides the variance of values into that between and that within groups.
///
/// Mean squares give F and ICC(1) = (MSB - MSW)/(MSB + (n₀-1) MSW) with n₀ = (n - Σnᵢ²/n)/(k-1).
/// Restricted maximum likelihood gives the variances τ² between and σ² within; the guess for a group
/// is μ + nᵢτ²/(nᵢτ²+σ²) · (its mean - μ). Empty groups are left out.
///
/// ```
/// use peil_measure::icc;
///
/// let accounts = [vec![9.0, 9.0, 8.0], vec![6.0, 5.0, 7.0, 6.0], vec![], vec![8.0, 7.0]];
/// let outcome = icc(&accounts)?;
/// assert_eq!((outcome.groups, outcome.n), (3, 9));
/// assert!(outcome.icc_anova > 0.7 && outcome.blups[0] < 26.0 / 3.0);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// In this order: [`MeasureError::NumberOutOfRange`] for a value that is not finite;
/// [`NotMeasurable::NotIdentified`] with fewer than two groups, or with one value in each;
/// [`NotMeasurable::ZeroVariance`] when values never differ within a group, where no likelihood has
/// a maximum.
///
/// # Sources
/// Wolak, Fairbairn and Paulsen (2012), *Methods in Ecology and Evolution* 3, 129-137; Patterson and
/// Thompson (1971), *Biometrika* 58, 545-554; Robinson (1991), *Statistical Science* 6, 15-32.
pub fn icc(groups: &[Vec<f64>]) -> Result<Icc, MeasureError> {
    if let Some(value) = groups.iter().flatten().find(|value| !value.is_finite()) {
        return Err(MeasureError::NumberOutOfRange {
            input: "the value",
            value: *value,
            expected: "finite",
        });
    }
    // From a value of the data, so that large values with small differences keep their digits.
    let origin = groups.iter().flatten().next().copied().unwrap_or(0.0);
    let groups: Vec<Group> = groups
        .iter()
        .filter_map(|values| Group::of(values, origin))
        .collect();
    divided(&groups, origin)
}

/// The same of groups that were summed up.
pub(super) fn divided(groups: &[Group], origin: f64) -> Result<Icc, MeasureError> {
    let n: u64 = groups.iter().map(|group| group.count).sum();
    let k = u64::try_from(groups.len()).unwrap_or(u64::MAX);
    if k < 2 || n == k {
        return Err(NotMeasurable::NotIdentified.into());
    }
    let within: f64 = groups.iter().map(|group| group.squares).sum();
    if within <= 0.0 {
        return Err(NotMeasurable::ZeroVariance.into());
    }
    let mean = groups
        .iter()
        .map(|group| group.n() * group.mean)
        .sum::<f64>()
        / real(n);
    let between: f64 = groups
        .iter()
        .map(|group| group.n() * (group.mean - mean).powi(2))
        .sum();
    let (df1, df2) = (k - 1, n - k);
    let (square_between, square_within) = (between / real(df1), within / real(df2));
    let f = square_between / square_within;
    let size_squares: f64 = groups.iter().map(|group| group.n().powi(2)).sum();
    let n0 = (real(n) - size_squares / real(n)) / real(df1);
    let fit = Reml::fitted(groups, within, real(n) - 1.0);
    Ok(Icc {
        groups: k,
        n,
        f,
        df1,
        df2,
        p: f_upper_tail(f, real(df1), real(df2)),
        icc_anova: (f - 1.0) / (f + n0 - 1.0),
        n0,
        var_between: fit.ratio * fit.var_within,
        var_within: fit.var_within,
        grand_mean: origin + fit.mean,
        grand_mean_se: (fit.var_within / fit.weight).sqrt(),
        blups: groups
            .iter()
            .map(|group| {
                let trust = group.weight(fit.ratio) * fit.ratio;
                origin + fit.mean + trust * (group.mean - fit.mean)
            })
            .collect(),
    })
}

/// What is needed of a group's values.
pub(super) struct Group {
    pub(super) count: u64,
    /// From the common origin.
    pub(super) mean: f64,
    /// The sum of squared deviations from the mean; exactly zero when all values are equal.
    pub(super) squares: f64,
}

impl Group {
    /// Nothing for an empty group.
    fn of(values: &[f64], origin: f64) -> Option<Self> {
        let first = *values.first()?;
        let count = u64::try_from(values.len()).ok()?;
        let shift = values.iter().map(|value| value - first).sum::<f64>() / real(count);
        Some(Self {
            count,
            mean: first - origin + shift,
            squares: values
                .iter()
                .map(|value| (value - first - shift).powi(2))
                .sum(),
        })
    }

    fn n(&self) -> f64 {
        real(self.count)
    }

    /// The precision of the group's mean, in units of 1/σ².
    fn weight(&self, ratio: f64) -> f64 {
        self.n() / (1.0 + self.n() * ratio)
    }
}

/// The fit by restricted maximum likelihood.
struct Reml {
    /// τ²/σ².
    ratio: f64,
    var_within: f64,
    /// From the common origin.
    mean: f64,
    /// The sum of the groups' weights.
    weight: f64,
}

impl Reml {
    /// The likelihood has one unknown left, τ²/σ², once the mean and σ² are written in it.
    fn fitted(groups: &[Group], within: f64, degrees: f64) -> Self {
        const WIDEST: f64 = 1e12;
        let ratio = lowest(1.0 / WIDEST, WIDEST, |ratio| {
            let sums = Sums::at(groups, ratio);
            let squares = within + sums.squares;
            let logs: f64 = groups.iter().map(|group| (group.n() * ratio).ln_1p()).sum();
            (
                degrees * squares.ln() + logs + sums.weight.ln(),
                sums.weight
                    - sums.squared_weight / sums.weight
                    - degrees * sums.weighted_squares / squares,
            )
        });
        let sums = Sums::at(groups, ratio);
        Self {
            ratio,
            var_within: (within + sums.squares) / degrees,
            mean: sums.mean,
            weight: sums.weight,
        }
    }
}

/// Sums over groups at one ratio of variances.
struct Sums {
    weight: f64,
    squared_weight: f64,
    mean: f64,
    /// Σ w (mean of the group - mean)².
    squares: f64,
    /// Σ w² (mean of the group - mean)².
    weighted_squares: f64,
}

impl Sums {
    fn at(groups: &[Group], ratio: f64) -> Self {
        let weights: Vec<f64> = groups.iter().map(|group| group.weight(ratio)).collect();
        let weight: f64 = weights.iter().sum();
        let mean = zip(groups, &weights)
            .map(|(group, weight)| weight * group.mean)
            .sum::<f64>()
            / weight;
        let square = |group: &Group| (group.mean - mean).powi(2);
        Self {
            weight,
            squared_weight: weights.iter().map(|weight| weight * weight).sum(),
            mean,
            squares: zip(groups, &weights)
                .map(|(group, weight)| weight * square(group))
                .sum(),
            weighted_squares: zip(groups, &weights)
                .map(|(group, weight)| weight * weight * square(group))
                .sum(),
        }
    }
}
