//! Why a figure changed: other people answered, or the same people answered otherwise.

mod slopes;

use serde::Serialize;

use crate::difference_in_differences::BeforeAfter;
use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::{Histogram, MAX_ANSWERS};
use crate::level::Level;
use crate::measured::Interval;
use crate::metric::{Metric, Sample};
use slopes::{Cell, Periods, Rate};

/// A part of a change, in the unit of the metric.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Part {
    /// The part; below zero when it pulled the figure down.
    pub value: f64,
    /// Its standard error by the delta method.
    pub se: f64,
    /// value ± z · se.
    pub ci: Interval,
}

/// What one group adds to a change.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupPart {
    /// Its share of the answers before.
    pub share_before: f64,
    /// Its share of the answers after.
    pub share_after: f64,
    /// Its own figure before; `None` when nobody in it answered.
    pub value_before: Option<f64>,
    /// Its own figure after, alike.
    pub value_after: Option<f64>,
    /// Because its share changed: times how far it is from the average of all.
    pub mix: Part,
    /// Because its own figure changed: times its average share.
    pub rate: Part,
}

/// The outcome of [`decomposition`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decomposition {
    /// The figure of all groups before.
    pub before: f64,
    /// The figure of all groups after.
    pub after: f64,
    /// after - before = mix + rate.
    pub change: Part,
    /// Because the shares of the groups changed.
    pub mix: Part,
    /// Because the figures within the groups changed.
    pub rate: Part,
    /// What comes of both together: Σ (change of share) (change of figure). The three-fold
    /// decomposition is mix - interaction/2, rate - interaction/2 and interaction.
    pub interaction: Part,
    /// Per group, in the order given. Their parts add up to mix and rate.
    pub groups: Vec<GroupPart>,
}

/// Splits the change of a figure into *mix* (other shares of the groups) and *rate* (other figures
/// within the groups).
///
/// With shares p, p' and figures μ, μ' of group g before and after, and M, M' the figures of all:
/// mix = Σ (p' - p) ((μ + μ')/2 - (M + M')/2) and rate = Σ (μ' - μ) (p + p')/2, which add up to
/// M' - M. Subtracting the average of all changes no sum, as the shares' changes add up to nothing;
/// it makes the part of each group mean something: a group that scores below average and grows pulls
/// down. A group in which nobody answered in one of the periods has no figure there and is taken to
/// have had that of the other period: all of its part is mix.
///
/// Intervals by the delta method: within each period, shares vary as a multinomial and figures as
/// means of independent answers. Groups of a handful of answers make them too narrow; merge those.
///
/// Nothing when nobody answered in one of the periods.
///
/// ```
/// use peil_measure::{BeforeAfter, Histogram, Level, Metric, decomposition};
///
/// // Shops score the same as ever, but more answers come from the phone, which scores lower.
/// let shop = (Histogram::from_counts(1, vec![10, 90])?, Histogram::from_counts(1, vec![6, 54])?);
/// let phone = (Histogram::from_counts(1, vec![20, 30])?, Histogram::from_counts(1, vec![56, 84])?);
/// let groups = [
///     BeforeAfter { before: &shop.0, after: &shop.1 },
///     BeforeAfter { before: &phone.0, after: &phone.1 },
/// ];
/// let outcome = decomposition(Metric::TopShare { top: 1 }, &groups, Level::default())?
///     .ok_or("a period without answers")?;
/// assert!((outcome.change.value + 0.11).abs() < 1e-12);
/// assert!((outcome.mix.value + 0.11).abs() < 1e-12 && outcome.rate.value.abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`MeasureError::ScalesDiffer`]; [`MeasureError::TooManyAnswers`] in a period; what the
/// [`Metric`] refuses.
///
/// # Sources
/// Kitagawa (1955), *Journal of the American Statistical Association* 50, 1168-1194; Blinder (1973),
/// *Journal of Human Resources* 8, 436-455; Oaxaca (1973), *International Economic Review* 14,
/// 693-709; Rao (1973), *Linear Statistical Inference and Its Applications*, 6a.2.
pub fn decomposition(
    metric: Metric,
    groups: &[BeforeAfter<'_>],
    level: Level,
) -> Result<Option<Decomposition>, MeasureError> {
    let before = total(groups.iter().map(|group| group.before), "before")?;
    let after = total(groups.iter().map(|group| group.after), "after")?;
    if let Some(first) = groups.first() {
        for group in groups {
            first.before.require_same_scale(group.before)?;
            first.before.require_same_scale(group.after)?;
        }
    }
    if before == 0 || after == 0 {
        return Ok(None);
    }
    let mut cells = Vec::with_capacity(groups.len());
    for group in groups {
        cells.push(Cell::new(
            rate(&metric.sample(group.before)?, group.before.n(), before),
            rate(&metric.sample(group.after)?, group.after.n(), after),
        ));
    }
    let periods = Periods::new(cells, real(before), real(after));
    let z = level.z();
    let part = |(value, se): (f64, f64)| Part {
        value,
        se,
        ci: Interval::around(value, z * se),
    };
    let group_part = |(group, cell): (usize, &Cell)| GroupPart {
        share_before: cell.before.share,
        share_after: cell.after.share,
        value_before: (!cell.before.is_empty).then_some(cell.before.value),
        value_after: (!cell.after.is_empty).then_some(cell.after.value),
        mix: part(periods.mix_of(group, cell)),
        rate: part(periods.rate_of(group, cell)),
    };
    Ok(Some(Decomposition {
        before: periods.figure_before(),
        after: periods.figure_after(),
        change: part(periods.change()),
        mix: part(periods.mix()),
        rate: part(periods.rate()),
        interaction: part(periods.interaction()),
        groups: periods.cells().iter().enumerate().map(group_part).collect(),
    }))
}

fn total<'a>(
    histograms: impl Iterator<Item = &'a Histogram>,
    input: &'static str,
) -> Result<u64, MeasureError> {
    let refused = MeasureError::TooManyAnswers {
        input,
        limit: MAX_ANSWERS,
    };
    let mut total = 0_u64;
    for histogram in histograms {
        total = total
            .checked_add(histogram.n())
            .filter(|total| *total <= MAX_ANSWERS)
            .ok_or_else(|| refused.clone())?;
    }
    Ok(total)
}

fn rate(sample: &Sample, n: u64, whole: u64) -> Rate {
    Rate {
        share: real(n) / real(whole),
        value: sample.value().unwrap_or(0.0),
        variance: sample.variance().unwrap_or(0.0),
        is_empty: n == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(counts: &[u64]) -> Histogram {
        Histogram::from_counts(1, counts.to_vec()).unwrap()
    }

    fn decompose(metric: Metric, groups: &[(Histogram, Histogram)]) -> Decomposition {
        let groups: Vec<_> = groups
            .iter()
            .map(|(before, after)| BeforeAfter { before, after })
            .collect();
        decomposition(metric, &groups, Level::default())
            .unwrap()
            .unwrap()
    }

    #[test]
    fn a_new_group_is_all_mix() {
        let old = (histogram(&[5, 5, 20]), histogram(&[5, 5, 20]));
        let new = (histogram(&[0, 0, 0]), histogram(&[20, 5, 5]));
        let gone_and_never = (histogram(&[0, 0, 0]), histogram(&[0, 0, 0]));
        let outcome = decompose(Metric::Mean, &[old, new, gone_and_never]);
        assert!((outcome.rate.value).abs() < 1e-12);
        assert!((outcome.mix.value - outcome.change.value).abs() < 1e-12);
        assert!(outcome.groups[1].mix.value < -0.1);
        assert_eq!(outcome.groups[1].value_before, None);
        assert!(outcome.groups[2].mix.value.abs() < 1e-12);
        assert!(outcome.mix.se > 0.0);
    }

    #[test]
    fn parts_of_groups_add_up() {
        let groups = [
            (histogram(&[5, 9, 20]), histogram(&[1, 5, 40])),
            (histogram(&[7, 1, 2]), histogram(&[2, 50, 2])),
            (histogram(&[3, 30, 2]), histogram(&[9, 5, 5])),
        ];
        let outcome = decompose(Metric::TopShare { top: 1 }, &groups);
        let sum = |part: fn(&GroupPart) -> Part| -> f64 {
            outcome.groups.iter().map(|group| part(group).value).sum()
        };
        assert!((sum(|group| group.mix) - outcome.mix.value).abs() < 1e-12);
        assert!((sum(|group| group.rate) - outcome.rate.value).abs() < 1e-12);
        let parts = outcome.mix.value + outcome.rate.value;
        assert!((parts - outcome.change.value).abs() < 1e-12);
        assert!((outcome.after - outcome.before - outcome.change.value).abs() < 1e-12);
    }

    #[test]
    fn a_single_group_is_all_rate() {
        let outcome = decompose(
            Metric::Mean,
            &[(histogram(&[5, 9, 20]), histogram(&[9, 9, 20]))],
        );
        assert!(outcome.mix.value.abs() < 1e-12 && outcome.mix.se < 1e-12);
        assert!((outcome.rate.se - outcome.change.se).abs() < 1e-12);
    }

    #[test]
    fn a_period_without_answers_has_no_change() {
        let (some, none) = (histogram(&[1, 1]), histogram(&[0, 0]));
        let group = BeforeAfter {
            before: &none,
            after: &some,
        };
        let outcome = decomposition(Metric::Mean, &[group], Level::default());
        assert_eq!(outcome, Ok(None));
        assert_eq!(decomposition(Metric::Mean, &[], Level::default()), Ok(None));
    }
}
