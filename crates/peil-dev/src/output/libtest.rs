//! The summaries of Rust's own test runner, one per crate.

use super::{Counts, number_before};

/// Adds up every `test result: ok. 3 passed; 0 failed; 1 ignored; ...`.
pub(crate) fn counts(output: &str) -> Option<Counts> {
    let mut total = None;
    for line in output
        .lines()
        .filter(|line| line.starts_with("test result:"))
    {
        let number = |word| number_before(line, word).unwrap_or(0);
        let so_far: &mut Counts = total.get_or_insert_default();
        so_far.passed += number("passed");
        so_far.failed += number("failed");
        so_far.skipped += number("ignored");
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_crates_are_added_up() {
        let output = "\
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s
   Doc-tests other
test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 5 filtered out; finished in 0.1s
";
        let expected = Counts {
            passed: 5,
            failed: 1,
            skipped: 1,
        };
        assert_eq!(counts(output), Some(expected));
        assert_eq!(counts("error[E0308]"), None);
    }
}
