//! Answers counted day by day, so that a question without filters costs no more than its cells.

use super::{codes::Codes, column::Answers};

/// Most values of a question that is counted day by day.
const MOST_VALUES: usize = 64;
/// Sums that are small anyhow are always kept.
const SMALL: usize = 4_096;

/// For the end of every run of days how often each code was given until then.
#[derive(Debug)]
pub(super) struct Daily {
    /// Number of runs before the first one that answered.
    first: usize,
    codes: usize,
    sums: Vec<u32>,
}

impl Daily {
    /// Nothing when it would take more room than the answers.
    pub(super) fn new(answers: &Answers, runs: &[(i32, u32)]) -> Option<Self> {
        let codes = answers.values.len() + 1;
        let row = |place: usize| match &answers.rows {
            Some(rows) => rows.get(place).copied().unwrap_or(u32::MAX),
            None => answers.start + u32::try_from(place).unwrap_or(u32::MAX),
        };
        let number = answers.codes.len();
        let last = row(number.checked_sub(1)?);
        let first = runs.partition_point(|(_, end)| *end <= row(0));
        let later = runs.get(first..)?;
        let needed = later.partition_point(|(_, end)| *end <= last) + 1;
        let room = room(&answers.codes);
        if codes > MOST_VALUES || (needed + 1) * codes * size_of::<u32>() > room {
            return None;
        }
        let mut now = vec![0_u32; codes];
        let mut sums = now.clone();
        let mut place = 0;
        for (_, end) in later.iter().take(needed) {
            while place < number && row(place) < *end {
                if let Some(sum) = now.get_mut(answers.codes.get(place) as usize) {
                    *sum += 1;
                }
                place += 1;
            }
            sums.extend(&now);
        }
        Some(Self { first, codes, sums })
    }

    /// Adds what was answered in the runs from one to just before another, where the offset of each
    /// code says.
    pub(super) fn add(&self, target: &mut [u32], offsets: &[u32], (from, to): (usize, usize)) {
        let runs = self.sums.len() / self.codes;
        let sums = |run: usize| {
            let place = run.saturating_sub(self.first).min(runs - 1) * self.codes;
            self.sums.get(place..place + self.codes).unwrap_or_default()
        };
        let codes = sums(from).iter().zip(sums(to)).zip(offsets);
        for ((before, after), offset) in codes.filter(|((before, after), _)| before < after) {
            if let Some(count) = target.get_mut(*offset as usize) {
                *count += after - before;
            }
        }
    }
}

/// Room that the sums of these answers may take.
pub(super) fn room(codes: &Codes) -> usize {
    codes.bytes().max(SMALL)
}
