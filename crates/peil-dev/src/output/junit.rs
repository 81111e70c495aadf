//! The totals of a JUnit file, as API fuzzing writes it.

use super::Counts;

/// Reads the attributes of the outermost element.
pub(crate) fn counts(xml: &str) -> Option<Counts> {
    let from = xml.find("<testsuites")?;
    let element = xml.get(from..)?.split('>').next()?;
    let total = attribute(element, "tests")?;
    let failed = attribute(element, "failures")? + attribute(element, "errors")?;
    let skipped = attribute(element, "skipped").unwrap_or(0);
    Some(Counts {
        passed: total.saturating_sub(failed + skipped),
        failed,
        skipped,
    })
}

fn attribute(element: &str, name: &str) -> Option<u64> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_neither_failed_nor_was_skipped_has_passed() {
        let xml = "<?xml version=\"1.0\"?>\n\
            <testsuites errors=\"1\" failures=\"2\" skipped=\"3\" tests=\"10\" time=\"0.05\">";
        let expected = Counts {
            passed: 4,
            failed: 3,
            skipped: 3,
        };
        assert_eq!(counts(xml), Some(expected));
        assert_eq!(counts("<html>"), None);
    }
}
