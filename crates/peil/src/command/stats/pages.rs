//! Which page of `docs/methods` explains which statistic.

use peil_http::methods::{MethodPage, method_page};

/// Names of pages, with the statistics that each explains.
const PAGES: &[(&str, &[&str])] = &[
    ("nps", &["nps"]),
    ("csat", &["csat", "proportion"]),
    ("mean", &["mean"]),
    ("response-rate", &["response_rate"]),
    ("differences", &["nps_diff", "prop_diff", "mean_diff"]),
    ("multiple-comparisons", &["p_adjust"]),
    ("comparing-groups", &["compare_groups"]),
    ("trend", &["trend", "mann_kendall"]),
    ("finite-population", &["fpc"]),
    ("sample-size", &["sample_size"]),
    ("goodness-of-fit", &["gof"]),
    ("r-indicator", &["r_indicator"]),
    (
        "weighting",
        &[
            "kish",
            "trim_weights",
            "rake",
            "post_stratify",
            "weighted_nps",
        ],
    ),
    ("drivers", &["drivers", "quadrant", "driver_intervals"]),
    ("impact", &["impact"]),
    ("decomposition", &["decomposition"]),
    ("difference-in-differences", &["difference_in_differences"]),
    ("goal-course", &["goal_course"]),
    ("anytime", &["anytime"]),
    ("accounts", &["icc", "shrinkage"]),
    ("reliability", &["reliability"]),
    ("response-quality", &["response_quality"]),
    ("control-charts", &["cusum", "ewma", "arl"]),
    ("outbreaks", &["farrington"]),
    ("rate-ratio", &["rate_ratio"]),
];

/// The page about a statistic.
pub(super) fn of(family: &str) -> Option<&'static MethodPage> {
    let known = PAGES
        .iter()
        .find(|(_, families)| families.contains(&family));
    known.and_then(|(name, _)| method_page(name))
}

#[cfg(test)]
mod tests {
    use std::{
        fs::{self, DirEntry},
        io,
        path::Path,
    };

    use peil_measure::cases::{families, own_families};

    use super::*;

    const INDEX: &str = include_str!("../../../../../docs/methods/README.md");
    const SECTIONS: [&str; 7] = [
        "Question answered",
        "Formula",
        "Assumptions",
        "When Peil stays silent",
        "Worked example",
        "Source",
        "Reference test",
    ];

    fn has_extension(name: &str, wanted: &str) -> bool {
        std::path::Path::new(name)
            .extension()
            .is_some_and(|found| found == wanted)
    }

    #[test]
    fn every_statistic_has_a_page_that_names_it_and_its_reference_file() {
        for family in families().iter().chain(own_families()) {
            let file = format!("`{}.json`", family.name);
            let is_explained = of(family.name).is_some_and(|page| page.markdown.contains(&file));
            assert!(is_explained, "no page names {file}");
        }
    }

    /// The pages about one measure each, with their names.
    fn all_pages() -> Vec<(String, String)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods");
        let read = |entry: io::Result<DirEntry>| {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap().to_owned();
            (file, fs::read_to_string(&path).unwrap())
        };
        let pages = fs::read_dir(folder).unwrap().map(read);
        pages
            .filter(|(file, _)| !["README.md", "coverage.md"].contains(&file.as_str()))
            .collect()
    }

    #[test]
    fn every_page_has_the_same_sections_and_stands_in_the_index() {
        for (file, text) in all_pages() {
            assert!(INDEX.contains(&format!("]({file})")), "index lacks {file}");
            for section in SECTIONS {
                assert!(
                    text.contains(&format!("\n## {section}")),
                    "{file}: {section}"
                );
            }
        }
    }

    #[test]
    fn tests_and_cases_that_pages_point_to_exist() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../peil-measure/tests");
        let tests = ["reference.rs", "actions.rs"]
            .map(|file| fs::read_to_string(folder.join(file)).unwrap())
            .concat();
        for (file, text) in all_pages() {
            let (_, reference) = text.split_once("## Reference test").unwrap();
            let marked: Vec<&str> = reference.split('`').skip(1).step_by(2).collect();
            for test in marked.iter().filter(|name| name.contains("_agree")) {
                assert!(tests.contains(&format!("fn {test}(")), "{file}: {test}");
            }
            let cases: String = marked
                .iter()
                .filter(|name| has_extension(name, "json"))
                .map(|name| fs::read_to_string(folder.join("reference").join(name)).unwrap())
                .collect();
            for case in marked.iter().filter(|name| name.starts_with("s0")) {
                assert!(cases.contains(&format!("\"{case}\"")), "{file}: {case}");
            }
        }
    }

    #[test]
    fn links_between_pages_lead_somewhere() {
        let pages = all_pages();
        let known = |file: &str| {
            ["README.md", "coverage.md"].contains(&file) || pages.iter().any(|page| page.0 == file)
        };
        for (file, text) in &pages {
            for link in text.split("](").skip(1) {
                let target = link.split([')', '#']).next().unwrap();
                let is_page = has_extension(target, "md");
                assert!(!is_page || known(target), "{file}: {target}");
            }
        }
    }
}
