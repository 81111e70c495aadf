//! Everything that we build with has a licence we accept, and nothing banned comes along.
//!
//! The lists are those of `deny.toml`, so that cargo-deny and this rule never disagree.

use super::Finding;
use super::settings::{Bans, Licenses};
use crate::metadata::{Metadata, Package};

/// Checks the licence expression of every package, on every platform.
pub(crate) fn check(metadata: &Metadata, licences: &Licenses) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &metadata.packages {
        let Some(expression) = &package.license else {
            findings.push(Finding::about(&package.name, "names no licence"));
            continue;
        };
        if !is_accepted(expression, &allowed_for(package, licences)) {
            findings.push(Finding::about(
                &package.name,
                format!("the licence is not accepted: {expression}"),
            ));
        }
    }
    findings
}

/// Checks that no banned package is part of any build.
pub(crate) fn check_bans(metadata: &Metadata, bans: &Bans) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &metadata.packages {
        if let Some(ban) = bans.deny.iter().find(|ban| ban.package == package.name) {
            findings.push(Finding::about(
                &package.name,
                format!("banned: {}", ban.reason),
            ));
        }
    }
    findings
}

fn allowed_for<'a>(package: &Package, licences: &'a Licenses) -> Vec<&'a str> {
    let exceptions = licences
        .exceptions
        .iter()
        .filter(|exception| exception.package == package.name);
    let extra = exceptions.flat_map(|exception| &exception.allow);
    licences
        .allow
        .iter()
        .chain(extra)
        .map(String::as_str)
        .collect()
}

/// Says whether an SPDX expression can be met with the accepted licences alone.
fn is_accepted(expression: &str, allowed: &[&str]) -> bool {
    // Older manifests write a slash where SPDX writes OR.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let mut words = Words {
        rest: spaced.split_whitespace().collect(),
        allowed,
    };
    let accepted = words.either();
    accepted == Some(true) && words.rest.is_empty()
}

/// A licence expression that is read from the left; `None` means that it makes no sense.
struct Words<'a> {
    rest: Vec<&'a str>,
    allowed: &'a [&'a str],
}

impl<'a> Words<'a> {
    fn take(&mut self, wanted: &str) -> bool {
        let is_next = self.rest.first() == Some(&wanted);
        if is_next {
            self.rest.remove(0);
        }
        is_next
    }

    fn next(&mut self) -> Option<&'a str> {
        (!self.rest.is_empty()).then(|| self.rest.remove(0))
    }

    fn either(&mut self) -> Option<bool> {
        let mut accepted = self.both()?;
        while self.take("OR") {
            let other = self.both()?;
            accepted = accepted || other;
        }
        Some(accepted)
    }

    fn both(&mut self) -> Option<bool> {
        let mut accepted = self.single()?;
        while self.take("AND") {
            let other = self.single()?;
            accepted = accepted && other;
        }
        Some(accepted)
    }

    fn single(&mut self) -> Option<bool> {
        if self.take("(") {
            let inner = self.either()?;
            return self.take(")").then_some(inner);
        }
        let mut name = self.next()?.to_owned();
        if self.take("WITH") {
            name = format!("{name} WITH {}", self.next()?);
        }
        Some(self.allowed.contains(&name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::external_homes::tests::workspace;
    use crate::rules::settings::{Ban, LicenseException};

    #[test]
    fn an_expression_is_accepted_when_our_licences_can_meet_it() {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"];
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("MIT OR GPL-3.0-only", true),
            ("Unlicense/MIT", true),
            ("MIT AND GPL-3.0-only", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND GPL-3.0-only", false),
            ("Apache-2.0 WITH LLVM-exception OR MIT", true),
            ("Apache-2.0 WITH LLVM-exception", false),
            ("MIT Apache-2.0", false),
            ("(MIT", false),
            ("", false),
        ] {
            assert_eq!(is_accepted(expression, &allowed), expected, "{expression}");
        }
    }

    #[test]
    fn an_exception_counts_for_its_own_package_only() {
        let mut metadata = workspace(&[("roots", &[]), ("other", &[])]);
        for package in &mut metadata.packages {
            package.license = Some("CDLA-Permissive-2.0".to_owned());
        }
        let licences = Licenses {
            allow: vec!["MIT".to_owned()],
            exceptions: vec![LicenseException {
                package: "roots".to_owned(),
                allow: vec!["CDLA-Permissive-2.0".to_owned()],
            }],
        };
        let findings = check(&metadata, &licences);
        let expected = Finding::about("other", "the licence is not accepted: CDLA-Permissive-2.0");
        assert_eq!(findings, [expected]);
    }

    #[test]
    fn a_banned_package_is_found_with_the_reason() {
        let bans = Bans {
            deny: vec![Ban {
                package: "openssl-sys".to_owned(),
                reason: "one TLS provider".to_owned(),
            }],
        };
        let metadata = workspace(&[("app", &[]), ("openssl-sys", &[])]);
        let expected = Finding::about("openssl-sys", "banned: one TLS provider");
        assert_eq!(check_bans(&metadata, &bans), [expected]);
    }
}
