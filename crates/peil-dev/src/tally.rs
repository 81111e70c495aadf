//! Counts what passed, failed and could not be run, and prints the closing line.

use std::fmt;

/// Something that was not run, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skip {
    pub(crate) count: u64,
    pub(crate) what: String,
    pub(crate) why: String,
}

/// Totals of one group of tests, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skips: Vec<Skip>,
}

impl Tally {
    /// A whole group that could not be run counts as one skip.
    pub(crate) fn skipped_whole(what: &str, why: impl Into<String>) -> Self {
        let mut tally = Self::default();
        tally.skip(1, what, why);
        tally
    }

    /// A group that broke before it could count anything.
    pub(crate) fn broken() -> Self {
        Self {
            failed: 1,
            ..Self::default()
        }
    }

    pub(crate) fn skip(&mut self, count: u64, what: &str, why: impl Into<String>) {
        self.skips.push(Skip {
            count,
            what: what.to_owned(),
            why: why.into(),
        });
    }

    pub(crate) fn skipped(&self) -> u64 {
        self.skips.iter().map(|skip| skip.count).sum()
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skips.extend(other.skips);
    }

    /// A runner that exits unhappily without counting a failure has failed all the same.
    pub(crate) fn blame_unless(mut self, is_success: bool) -> Self {
        if !is_success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// Says whether the whole may be called good; a machine does not accept skips.
    pub(crate) fn is_good(&self, is_ci: bool) -> bool {
        self.failed == 0 && (!is_ci || self.skipped() == 0)
    }

    /// Prints what was skipped and why, then the totals alone on the last line.
    pub(crate) fn print_closing(&self) {
        for skip in &self.skips {
            println!("skipped: {} ({}): {}", skip.what, skip.count, skip.why);
        }
        println!("{self}");
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let skipped = self.skipped();
        write!(
            formatter,
            "{} passed, {} failed, {skipped} skipped",
            self.passed, self.failed
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_totals_line_has_exactly_the_form_that_is_read_by_machines() {
        let mut tally = Tally {
            passed: 12,
            failed: 1,
            skips: Vec::new(),
        };
        tally.add(Tally::skipped_whole("browser", "no node"));
        assert_eq!(tally.to_string(), "12 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn a_skip_is_forgiven_on_a_desk_but_not_in_ci() {
        let tally = Tally::skipped_whole("browser", "no node");
        assert!(tally.is_good(false));
        assert!(!tally.is_good(true));
    }

    #[test]
    fn an_unhappy_exit_without_a_counted_failure_still_fails() {
        assert_eq!(Tally::default().blame_unless(false).failed, 1);
        assert_eq!(Tally::broken().blame_unless(false).failed, 1);
        assert_eq!(Tally::default().blame_unless(true).failed, 0);
    }
}
