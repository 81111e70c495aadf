//! Careless answers: straight lines and haste.

use core::iter::zip;

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::real;

/// The outcome of [`response_quality`]: one value per person, in the order of the input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseQuality {
    /// The longest run of the same answer; 0 when nothing was answered.
    pub longstring: Vec<u64>,
    /// The standard deviation (n - 1) over a person's answers; `None` with fewer than two.
    pub irv: Vec<Option<f64>>,
    /// The median time of everyone over the person's own; `None` without a time, or when it is 0.
    pub speed_index: Vec<Option<f64>>,
    /// Whether all answers are the same; never with fewer than two.
    pub straightliner: Vec<bool>,
    /// Whether the person was at least `speed_cutoff` times as fast as the median.
    pub speeder: Vec<bool>,
}

/// Measures how careful people answered: runs of the same answer, variation, and speed.
///
/// `rows` are the answers of each person in the order of the questions, `seconds` the time each
/// took. A missing answer ends a run and does not count in the variation; people without a time do
/// not count in the median. Neither sign proves anything: someone may really find everything good.
///
/// ```
/// use peil_measure::response_quality;
///
/// let rows = [[1, 2, 3, 3], [4, 4, 4, 4], [5, 1, 5, 1]];
/// let rows = rows.map(|row| row.map(|answer| Some(f64::from(answer))).to_vec());
/// let quality = response_quality(&rows, &[Some(10.0), Some(3.0), Some(12.0)], 2.0)?;
/// assert_eq!(quality.longstring, [2, 4, 1]);
/// assert_eq!(quality.speeder, [false, true, false]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::LengthsDiffer`] unless there is a time, missing or not, per person;
/// [`MeasureError::NumberOutOfRange`] for answers that are not finite, times below zero, and a cutoff
/// that is not above zero.
///
/// # Sources
/// Johnson (2005), *Journal of Research in Personality* 39, 103-129; Dunn, Heggestad, Shanock and
/// Theilgard (2018), *Journal of Business and Psychology* 33, 105-121; Leiner (2019), *Survey Research
/// Methods* 13, 229-248.
pub fn response_quality(
    rows: &[Vec<Option<f64>>],
    seconds: &[Option<f64>],
    speed_cutoff: f64,
) -> Result<ResponseQuality, MeasureError> {
    check(rows, seconds, speed_cutoff)?;
    let irv: Vec<Option<f64>> = rows.iter().map(|row| variation(row)).collect();
    let median = median(seconds);
    let speed_index: Vec<Option<f64>> = seconds
        .iter()
        .map(|own| median.zip(*own).map(|(median, own)| median / own))
        .collect();
    Ok(ResponseQuality {
        longstring: rows.iter().map(|row| longest_run(row)).collect(),
        straightliner: irv
            .iter()
            .map(|irv| irv.is_some_and(|irv| irv <= 0.0))
            .collect(),
        irv,
        speeder: speed_index
            .iter()
            .map(|index| index.is_some_and(|index| index >= speed_cutoff))
            .collect(),
        speed_index: speed_index
            .into_iter()
            .map(|index| index.filter(|index| index.is_finite()))
            .collect(),
    })
}

fn check(
    rows: &[Vec<Option<f64>>],
    seconds: &[Option<f64>],
    speed_cutoff: f64,
) -> Result<(), MeasureError> {
    if rows.len() != seconds.len() {
        return Err(MeasureError::LengthsDiffer {
            input: "seconds",
            length: seconds.len(),
            expected: rows.len(),
        });
    }
    let refuse = |input, value: f64, expected| {
        Err(MeasureError::NumberOutOfRange {
            input,
            value,
            expected,
        })
    };
    if let Some(answer) = rows
        .iter()
        .flatten()
        .flatten()
        .find(|answer| !answer.is_finite())
    {
        return refuse("the answer", *answer, "finite");
    }
    let is_time = |time: &&f64| **time >= 0.0 && time.is_finite();
    if let Some(time) = seconds.iter().flatten().find(|time| !is_time(time)) {
        return refuse("the time", *time, "finite and from zero up");
    }
    if speed_cutoff.is_nan() || speed_cutoff <= 0.0 {
        return refuse("speed_cutoff", speed_cutoff, "above zero");
    }
    Ok(())
}

fn longest_run(row: &[Option<f64>]) -> u64 {
    let (mut longest, mut run) = (0, 0);
    let mut before: Option<f64> = None;
    for answer in row {
        let is_same = zip(before, *answer).any(|(before, answer)| (before - answer).abs() <= 0.0);
        run = match answer {
            Some(_) if is_same => run + 1,
            Some(_) => 1,
            None => 0,
        };
        longest = longest.max(run);
        before = *answer;
    }
    longest
}

/// The standard deviation of the answers that are there; exactly zero when they are all the same.
fn variation(row: &[Option<f64>]) -> Option<f64> {
    let answers: Vec<f64> = row.iter().flatten().copied().collect();
    let first = answers.first()?;
    let n = real(u64::try_from(answers.len()).ok()?);
    // From the first answer on, so that equal answers differ by exactly nothing.
    let shift = answers.iter().map(|answer| answer - first).sum::<f64>() / n;
    let squares: f64 = answers
        .iter()
        .map(|answer| (answer - first - shift).powi(2))
        .sum();
    (answers.len() > 1).then(|| (squares / (n - 1.0)).sqrt())
}

/// The middle of the times that are there.
fn median(seconds: &[Option<f64>]) -> Option<f64> {
    let mut times: Vec<f64> = seconds.iter().flatten().copied().collect();
    times.sort_by(f64::total_cmp);
    let upper = times.get(times.len() / 2)?;
    let lower = times.get(times.len().saturating_sub(1) / 2)?;
    Some(lower.midpoint(*upper))
}
