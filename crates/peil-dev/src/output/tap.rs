//! The TAP that Node's test runner writes.

use super::Counts;

/// Counts, and the tests that chose not to run with their reasons.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) counts: Counts,
    /// `name: reason`, one per skipped test.
    pub(crate) skipped: Vec<String>,
}

/// Reads Node's closing comments and the directives of single tests.
pub(crate) fn report(output: &str) -> Option<Report> {
    let number = |word: &str| -> Option<u64> {
        let prefix = format!("# {word} ");
        let line = output
            .lines()
            .rev()
            .find(|line| line.starts_with(&prefix))?;
        line.strip_prefix(&prefix)?.trim().parse().ok()
    };
    let skipped: Vec<String> = output.lines().filter_map(skipped_test).collect();
    Some(Report {
        counts: Counts {
            passed: number("pass")?,
            failed: number("fail")? + number("cancelled").unwrap_or(0),
            // A test that is yet to be written is as little proof as one that was left out.
            skipped: number("skipped").unwrap_or(0) + number("todo").unwrap_or(0),
        },
        skipped,
    })
}

/// `ok 3 - the name # SKIP the reason`.
fn skipped_test(line: &str) -> Option<String> {
    let result = line.trim_start().strip_prefix("ok ")?;
    let (test, reason) = result.split_once(" # SKIP")?;
    let (_, name) = test.split_once(" - ").unwrap_or(("", test));
    let reason = reason.trim();
    Some(if reason.is_empty() {
        format!("{name}: no reason given")
    } else {
        format!("{name}: {reason}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
TAP version 13
# Subtest: sign in
    # Subtest: by keyboard
    ok 1 - by keyboard
    # Subtest: with a passkey
    ok 2 - with a passkey # SKIP needs hardware
    1..2
not ok 1 - sign in
1..1
# tests 4
# suites 0
# pass 2
# fail 1
# cancelled 0
# skipped 1
# todo 0
# duration_ms 12.5
";

    #[test]
    fn node_s_closing_comments_are_counted_and_skips_are_named() {
        let expected = Report {
            counts: Counts {
                passed: 2,
                failed: 1,
                skipped: 1,
            },
            skipped: vec!["with a passkey: needs hardware".to_owned()],
        };
        assert_eq!(report(SAMPLE), Some(expected));
    }

    #[test]
    fn a_run_that_broke_off_has_no_report() {
        assert_eq!(report("TAP version 13\n# Subtest: sign in\n"), None);
    }
}
