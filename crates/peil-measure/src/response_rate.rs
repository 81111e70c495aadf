//! Outcome rates of a survey by the standard definitions of AAPOR.

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::MAX_ANSWERS;

/// How every invitation ended, in the categories of AAPOR.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dispositions {
    /// I: complete interviews.
    pub complete: u64,
    /// P: partial interviews.
    pub partial: u64,
    /// R: refusals and break-offs.
    pub refusal: u64,
    /// NC: eligible, not reached.
    pub non_contact: u64,
    /// O: eligible, reached, not able to answer.
    pub other: u64,
    /// UH: unknown whether there is anybody at the address.
    pub unknown_household: u64,
    /// UO: unknown for another reason whether somebody eligible was asked.
    pub unknown_other: u64,
    /// NE: known not to be eligible; in none of the rates.
    pub not_eligible: u64,
}

/// The outcome of [`response_rate`]: fractions from 0 to 1, `None` when the denominator is empty.
///
/// With K = I+P+R+NC+O (known to be eligible) and U = UH+UO (unknown).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub struct ResponseRates {
    /// I / (K+U): the least favourable response rate.
    pub rr1: Option<f64>,
    /// (I+P) / (K+U).
    pub rr2: Option<f64>,
    /// I / (K+eU); `None` without e.
    pub rr3: Option<f64>,
    /// (I+P) / (K+eU); `None` without e.
    pub rr4: Option<f64>,
    /// I / K.
    pub rr5: Option<f64>,
    /// (I+P) / K: the most favourable response rate.
    pub rr6: Option<f64>,
    /// I / (I+P+R+O).
    pub coop1: Option<f64>,
    /// (I+P) / (I+P+R+O).
    pub coop2: Option<f64>,
    /// I / (I+P+R).
    pub coop3: Option<f64>,
    /// (I+P) / (I+P+R).
    pub coop4: Option<f64>,
    /// R / (K+U).
    pub ref1: Option<f64>,
    /// R / (K+eU); `None` without e.
    pub ref2: Option<f64>,
    /// R / K.
    pub ref3: Option<f64>,
    /// (I+P+R+O) / (K+U).
    pub con1: Option<f64>,
    /// (I+P+R+O) / (K+eU); `None` without e.
    pub con2: Option<f64>,
    /// (I+P+R+O) / K.
    pub con3: Option<f64>,
}

/// Response, cooperation, refusal and contact rates.
///
/// `eligible_share` is e: the share, from 0 to 1, of those with unknown eligibility who are thought
/// to be eligible. Without it the rates that need it are `None`.
///
/// ```
/// use peil_measure::{Dispositions, response_rate};
///
/// let sent = Dispositions { complete: 280, partial: 20, non_contact: 700, ..Dispositions::default() };
/// let rates = response_rate(&sent, None)?;
/// assert_eq!(rates.rr1, Some(0.28));
/// assert_eq!(rates.rr2, Some(0.3));
/// assert_eq!(rates.rr3, None);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NotProbability`] when e is outside 0 to 1; [`MeasureError::TooManyAnswers`] when
/// a category is above [`MAX_ANSWERS`].
///
/// # Sources
/// American Association for Public Opinion Research (2016), *Standard Definitions*, 9th edition.
pub fn response_rate(
    dispositions: &Dispositions,
    eligible_share: Option<f64>,
) -> Result<ResponseRates, MeasureError> {
    let Dispositions {
        complete,
        partial,
        refusal,
        non_contact,
        other,
        ..
    } = *dispositions;
    require_in_range(dispositions, eligible_share)?;

    let interviews = complete + partial;
    let contacts = interviews + refusal + other;
    let known = real(contacts + non_contact);
    let unknown = real(dispositions.unknown_household + dispositions.unknown_other);
    let (with_all, with_none) = (Some(known + unknown), Some(known));
    let with_estimated = eligible_share.map(|share| known + share * unknown);
    let (asked, decided) = (Some(real(contacts)), Some(real(interviews + refusal)));
    Ok(ResponseRates {
        rr1: rate(complete, with_all),
        rr2: rate(interviews, with_all),
        rr3: rate(complete, with_estimated),
        rr4: rate(interviews, with_estimated),
        rr5: rate(complete, with_none),
        rr6: rate(interviews, with_none),
        coop1: rate(complete, asked),
        coop2: rate(interviews, asked),
        coop3: rate(complete, decided),
        coop4: rate(interviews, decided),
        ref1: rate(refusal, with_all),
        ref2: rate(refusal, with_estimated),
        ref3: rate(refusal, with_none),
        con1: rate(contacts, with_all),
        con2: rate(contacts, with_estimated),
        con3: rate(contacts, with_none),
    })
}

fn require_in_range(
    dispositions: &Dispositions,
    eligible_share: Option<f64>,
) -> Result<(), MeasureError> {
    let parts = [
        ("I", dispositions.complete),
        ("P", dispositions.partial),
        ("R", dispositions.refusal),
        ("NC", dispositions.non_contact),
        ("O", dispositions.other),
        ("UH", dispositions.unknown_household),
        ("UO", dispositions.unknown_other),
        ("NE", dispositions.not_eligible),
    ];
    if let Some((input, _)) = parts.into_iter().find(|(_, count)| *count > MAX_ANSWERS) {
        return Err(MeasureError::TooManyAnswers {
            input,
            limit: MAX_ANSWERS,
        });
    }
    if let Some(value) = eligible_share.filter(|share| !(0.0..=1.0).contains(share)) {
        return Err(MeasureError::NotProbability { input: "e", value });
    }
    Ok(())
}

/// A rate over a denominator that may be unknown or empty.
fn rate(count: u64, denominator: Option<f64>) -> Option<f64> {
    denominator
        .filter(|whole| *whole > 0.0)
        .map(|whole| real(count) / whole)
}
