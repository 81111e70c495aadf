//! `cargo dev test`: every group in order, and one line of totals at the end.

use crate::command::TestOptions;
use crate::environment;
use crate::problem::Problem;
use crate::stopwatch::Stopwatch;
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{api_fuzz, browser_tests, check, rust_tests};

/// A group of tests that can be run by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Check,
    Rust,
    Browser,
    Api,
}

impl Group {
    const ALL: [Self; 4] = [Self::Check, Self::Rust, Self::Browser, Self::Api];

    const fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Rust => "rust",
            Self::Browser => "browser",
            Self::Api => "api",
        }
    }

    /// Groups that start whole programs and take minutes.
    const fn is_slow(self) -> bool {
        matches!(self, Self::Browser | Self::Api)
    }

    fn run(self, workspace: &Workspace, filter: Option<&str>) -> Result<Tally, Problem> {
        match self {
            Self::Check => check::run(workspace),
            Self::Rust => rust_tests::run(workspace, filter),
            Self::Browser => browser_tests::run(workspace, filter),
            Self::Api => api_fuzz::run(workspace),
        }
    }
}

/// What is to be run: the groups, and the part of a test's name to look for in them.
#[derive(Debug, PartialEq, Eq)]
struct Plan<'a> {
    groups: Vec<Group>,
    filter: Option<&'a str>,
    left_out: Vec<Group>,
}

impl<'a> Plan<'a> {
    fn new(options: &'a TestOptions) -> Self {
        let filter = options.filter.as_deref();
        let named =
            filter.and_then(|name| Group::ALL.into_iter().find(|group| group.name() == name));
        if let Some(group) = named {
            return Self {
                groups: vec![group],
                filter: None,
                left_out: Vec::new(),
            };
        }
        // Only these two have tests with names.
        let asked: Vec<Group> = match filter {
            Some(_) => vec![Group::Rust, Group::Browser],
            None => Group::ALL.to_vec(),
        };
        let (left_out, groups) = asked
            .into_iter()
            .partition(|group| options.is_fast && group.is_slow());
        Self {
            groups,
            filter,
            left_out,
        }
    }
}

/// Runs the tests; the answer says whether the outcome is good.
pub(crate) fn run(workspace: &Workspace, options: &TestOptions) -> bool {
    let plan = Plan::new(options);
    let mut total = Tally::default();
    for group in &plan.groups {
        println!("{} ...", group.name());
        let watch = Stopwatch::start();
        let tally = group.run(workspace, plan.filter).unwrap_or_else(|problem| {
            eprintln!("{problem}");
            Tally::broken()
        });
        println!("{:<8} {} {tally} ", group.name(), watch.display());
        total.add(tally);
    }
    for group in &plan.left_out {
        total.add(Tally::skipped_whole(group.name(), "left out by --fast"));
    }
    total.print_closing();
    total.is_good(environment::is_ci())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(filter: Option<&str>, is_fast: bool) -> TestOptions {
        TestOptions {
            filter: filter.map(str::to_owned),
            is_fast,
        }
    }

    #[test]
    fn everything_is_run_when_nothing_is_asked() {
        let all = options(None, false);
        assert_eq!(Plan::new(&all).groups, Group::ALL);
    }

    #[test]
    fn fast_leaves_out_what_is_slow_and_says_so() {
        let fast = options(None, true);
        let plan = Plan::new(&fast);
        assert_eq!(plan.groups, [Group::Check, Group::Rust]);
        assert_eq!(plan.left_out, [Group::Browser, Group::Api]);
    }

    #[test]
    fn the_name_of_a_group_runs_that_group_without_a_filter() {
        let named = options(Some("api"), true);
        let plan = Plan::new(&named);
        assert_eq!(plan.groups, [Group::Api]);
        assert_eq!(plan.filter, None);
    }

    #[test]
    fn any_other_word_filters_the_tests_that_have_names() {
        let filtered = options(Some("reminder"), false);
        let plan = Plan::new(&filtered);
        assert_eq!(plan.groups, [Group::Rust, Group::Browser]);
        assert_eq!(plan.filter, Some("reminder"));
    }
}
