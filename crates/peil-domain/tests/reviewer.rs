//! The reviewer on the test collection: precision and recall per rule, and how quiet it is on sound
//! questions. The figures stand in `docs/methods/reviewer.md`; they are computed here, and a test
//! fails when the page says something else.
//!
//! `review/{nl,en}.jsonl` were written before the rules and divided by a hash of the text: three of
//! five questions were used to develop the rules, two of five only to test them.
//! `review/development.*` were written later to develop them further, and `review/fresh.*` after
//! that, only to test.

#![expect(
    clippy::unwrap_used,
    reason = "a test that meets something unexpected should stop right there"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use peil_domain::{
    shared::Language,
    survey::review::{Role, Rule, Severity, detect_language, review_text},
};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize, Clone)]
struct Case {
    text: String,
    lang: Language,
    rules: BTreeSet<Rule>,
}

fn cases(name: &str) -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/review");
    let text = std::fs::read_to_string(format!("{folder}/{name}.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// FNV-1a of the text; three of five go to the development part.
fn is_development(case: &Case) -> bool {
    let hash = case
        .text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    (hash >> 20) % 5 < 3
}

/// The questions that the rules were not developed on.
fn test_part(language: Language) -> Vec<Case> {
    let mut kept = cases(language.code());
    kept.retain(|case| !is_development(case));
    kept
}

fn development_part(language: Language) -> Vec<Case> {
    let mut kept = cases(language.code());
    kept.retain(is_development);
    kept.extend(cases(&format!("development.{language}")));
    kept
}

#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

    fn precision(self) -> String {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> String {
        share(self.right, self.right + self.missed)
    }
}

/// A share with two decimals, rounded half up.
fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    let hundredths = (part * 200 + whole) / (whole * 2);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[derive(Default)]
struct Figures {
    by_rule: BTreeMap<Rule, Tally>,
    sound: usize,
    loud: usize,
    cases: usize,
}

impl Figures {
    fn of(cases: &[Case]) -> Self {
        let mut figures = Self {
            cases: cases.len(),
            ..Self::default()
        };
        for case in cases {
            let findings = review_text(&case.text, case.lang, Role::Question);
            let found: BTreeSet<Rule> = findings.iter().map(|finding| finding.rule).collect();
            for rule in found.union(&case.rules) {
                let tally = figures.by_rule.entry(*rule).or_default();
                match (found.contains(rule), case.rules.contains(rule)) {
                    (true, true) => tally.right += 1,
                    (true, false) => tally.wrong += 1,
                    _ => tally.missed += 1,
                }
            }
            if found != case.rules {
                println!("{} | wanted {:?} | {findings:#?}", case.text, case.rules);
            }
            if case.rules.is_empty() {
                figures.sound += 1;
                let is_loud = findings.iter().any(|f| f.severity > Severity::Hint);
                figures.loud += usize::from(is_loud);
            }
        }
        figures
    }

    fn sum(&self) -> Tally {
        let mut sum = Tally::default();
        self.by_rule.values().for_each(|tally| sum.add(*tally));
        sum
    }
}

/// The part of the page that is made of figures.
fn tables() -> String {
    let mut text = String::from(
        "| questions | language | number | precision | recall | sound | of these with a finding above hint |\n\
         |---|---|--:|--:|--:|--:|--:|\n",
    );
    let mut rules: BTreeMap<Rule, Tally> = BTreeMap::new();
    for language in Language::ALL {
        let parts = [
            ("developed on", development_part(language), false),
            ("test part", test_part(language), true),
            ("written last", cases(&format!("fresh.{language}")), true),
        ];
        for (name, cases, is_test) in parts {
            let figures = Figures::of(&cases);
            let sum = figures.sum();
            writeln!(
                text,
                "| {name} | {language} | {} | {} | {} | {} | {} |",
                figures.cases,
                sum.precision(),
                sum.recall(),
                figures.sound,
                figures.loud
            )
            .unwrap();
            if is_test {
                for (rule, tally) in figures.by_rule {
                    rules.entry(rule).or_default().add(tally);
                }
            }
        }
    }
    text.push_str(
        "\nPer rule, on the test part and the questions written last, both languages together:\n\n\
         | rule | found | wrongly found | missed | precision | recall |\n|---|--:|--:|--:|--:|--:|\n",
    );
    for rule in Rule::ON_TEXTS {
        let tally = rules.get(rule).copied().unwrap_or_default();
        writeln!(
            text,
            "| `{rule}` | {} | {} | {} | {} | {} |",
            tally.right,
            tally.wrong,
            tally.missed,
            tally.precision(),
            tally.recall()
        )
        .unwrap();
    }
    text
}

#[test]
fn the_page_shows_the_figures_of_the_reviewer() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/methods/reviewer.md"
    );
    let page = std::fs::read_to_string(path).unwrap();
    let (_, rest) = page.split_once("<!-- figures -->\n").unwrap();
    let (shown, _) = rest.split_once("<!-- end of figures -->").unwrap();
    let computed = tables();
    assert!(
        shown == computed,
        "docs/methods/reviewer.md should say:\n{computed}"
    );
}

#[test]
fn on_questions_it_was_not_developed_on_the_reviewer_is_precise_complete_and_quiet() {
    for language in Language::ALL {
        let mut cases_of_test = test_part(language);
        cases_of_test.extend(cases(&format!("fresh.{language}")));
        let figures = Figures::of(&cases_of_test);
        let sum = figures.sum();
        assert!(
            sum.right * 100 >= (sum.right + sum.wrong) * 90,
            "{language}"
        );
        assert!(
            sum.right * 100 >= (sum.right + sum.missed) * 85,
            "{language}"
        );
        assert!(figures.loud * 20 <= figures.sound, "{language}");
    }
}

#[test]
fn the_collection_is_large_and_half_sound_and_nothing_stands_in_it_twice() {
    let mut seen = BTreeSet::new();
    for (language, least) in [(Language::Nl, 400), (Language::En, 250)] {
        let all = cases(language.code());
        assert!(all.len() >= least);
        let sound = all.iter().filter(|case| case.rules.is_empty()).count();
        assert!(sound * 100 >= all.len() * 45, "{language} {sound}");
        for name in ["development", "fresh"] {
            let more = cases(&format!("{name}.{language}"));
            for case in more.into_iter().chain(all.iter().cloned()) {
                assert!(case.lang == language);
                seen.insert(case.text);
            }
        }
    }
    let total: usize = [
        "nl",
        "en",
        "development.nl",
        "development.en",
        "fresh.nl",
        "fresh.en",
    ]
    .iter()
    .map(|name| cases(name).len())
    .sum();
    assert_eq!(seen.len(), total);
}

#[test]
fn the_language_of_a_question_is_recognised() {
    let mut wrong = Vec::new();
    let mut total = 0;
    for language in Language::ALL {
        for case in cases(language.code()) {
            total += 1;
            if detect_language(&case.text) != Some(case.lang) {
                wrong.push(case.text);
            }
        }
    }
    assert!(wrong.len() * 50 <= total, "{wrong:#?}");
}

#[test]
fn every_finding_points_at_its_words_and_every_rewrite_is_another_text() {
    for name in ["nl", "en", "development.nl", "development.en"] {
        for case in cases(name) {
            for finding in review_text(&case.text, case.lang, Role::Question) {
                assert_eq!(
                    case.text.get(finding.start..finding.end).unwrap(),
                    finding.words
                );
                assert!(!finding.words.is_empty());
                assert_ne!(finding.rewrite.as_deref(), Some(case.text.as_str()));
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_reviewed_and_every_finding_lies_inside_it(text in "(hoe|niet|en|u|\\?|\\{\\{|\\PC| |\n){0,80}") {
        for language in Language::ALL {
            for finding in review_text(&text, language, Role::Question) {
                prop_assert_eq!(text.get(finding.start..finding.end), Some(finding.words.as_str()));
            }
        }
    }
}
