//! Choice questions as bars with shares.

use peil_app::results::{Results, ResultsQuery};
use peil_domain::{response::OTHER, survey::QuestionKind};

use super::{
    links::responses_href, pictures::Doors, tiles::counted as in_words, words::question_name,
};

/// A choice question, counted.
pub(in crate::admin) struct ChoiceTable {
    /// The question.
    pub(in crate::admin) question: String,
    /// Answers in words; absent when they are too few to be told.
    pub(in crate::admin) answers: Option<String>,
    /// The options.
    pub(in crate::admin) rows: Vec<ChoiceRow>,
}

/// One option.
pub(in crate::admin) struct ChoiceRow {
    /// Name of the option.
    pub(in crate::admin) label: String,
    /// The answers in which it was chosen.
    pub(in crate::admin) href: Option<String>,
    /// How often, written.
    pub(in crate::admin) count: String,
    /// Share of the answers in percent, written.
    pub(in crate::admin) share: String,
    /// The same as a length of at most 100.
    pub(in crate::admin) length: u32,
}

/// Counts every choice question.
pub(super) fn choices(doors: Doors<'_>, results: &Results) -> Vec<ChoiceTable> {
    let t = doors.t;
    results
        .choices
        .iter()
        .map(|result| {
            let QuestionKind::Choice { options, .. } = &result.question.kind else {
                return ChoiceTable {
                    question: String::new(),
                    answers: None,
                    rows: Vec::new(),
                };
            };
            let rows = result.options.iter().map(|counted| {
                let option = options
                    .iter()
                    .find(|option| option.code.as_str() == counted.code);
                let label = option.map_or_else(
                    || match counted.code.as_str() {
                        OTHER => t.s("results-other"),
                        code => t.a("results-old-option", &[("code", code.into())]),
                    },
                    |option| option.label.get(t.language).to_owned(),
                );
                let query = ResultsQuery {
                    question: Some(result.question.key.clone()),
                    choice: counted.code.parse().ok(),
                    ..results.query.figures_only()
                };
                ChoiceRow {
                    label,
                    href: doors
                        .may_read
                        .then(|| responses_href(Some(doors.slug), &query)),
                    count: t.count(counted.count),
                    share: t.number(counted.share * 100.0, 0),
                    length: percent(counted.share),
                }
            });
            ChoiceTable {
                question: question_name(t, &result.question),
                answers: result.answers.map(|n| in_words(t, n, n)),
                rows: rows.collect(),
            }
        })
        .collect()
}

/// A share as a length of at most 100.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped between 0 and 100 before"
)]
fn percent(share: f64) -> u32 {
    (share * 100.0).clamp(0.0, 100.0).round() as u32
}
