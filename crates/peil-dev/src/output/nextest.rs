//! The summary of cargo-nextest.

use super::{Counts, number_before};

/// Reads the last `Summary [...] 3 tests run: 2 passed, 1 failed, 1 skipped`.
pub(crate) fn counts(output: &str) -> Option<Counts> {
    let line = output
        .lines()
        .rev()
        .find(|line| line.trim_start().starts_with("Summary ["))?;
    let (_, summary) = line.split_once(']')?;
    let number = |word| number_before(summary, word).unwrap_or(0);
    // Of tests that were cancelled or ran out of time nobody knows that they pass.
    let failed = ["failed", "timed", "exec", "leaked"]
        .iter()
        .map(|word| number(word))
        .sum();
    Some(Counts {
        passed: number("passed"),
        failed,
        skipped: number("skipped"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_run_is_counted() {
        let output = "   Compiling x\n     Summary [   0.005s] 3 tests run: 3 passed, 0 skipped\n";
        let expected = Counts {
            passed: 3,
            failed: 0,
            skipped: 0,
        };
        assert_eq!(counts(output), Some(expected));
    }

    #[test]
    fn failures_time_outs_and_remarks_in_brackets_are_told_apart() {
        let line =
            "Summary [ 60.0s] 9/10 tests run: 6 passed (1 slow), 2 failed, 1 timed out, 4 skipped";
        let expected = Counts {
            passed: 6,
            failed: 3,
            skipped: 4,
        };
        assert_eq!(counts(line), Some(expected));
    }

    #[test]
    fn output_without_a_summary_has_no_counts() {
        assert_eq!(counts("error: could not compile"), None);
    }
}
