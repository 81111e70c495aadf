//! Choice questions as bars with shares.

use peil_app::results::{ChoiceResult, OptionCount, Results, ResultsQuery};
use peil_domain::{
    response::OTHER,
    survey::{Question, QuestionKind},
};

use super::{
    glass::GlassBox, links::responses_href, methods::Topic, pictures::Doors,
    tiles::counted as in_words, words::question_name,
};

/// A choice question, counted.
pub(in crate::admin) struct ChoiceTable {
    /// The question.
    pub(in crate::admin) question: String,
    /// Answers in words; absent when they are too few to be told.
    pub(in crate::admin) answers: Option<String>,
    /// The options.
    pub(in crate::admin) rows: Vec<ChoiceRow>,
    /// How the shares were made.
    pub(in crate::admin) glass: GlassBox,
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
    /// Both ends of its interval, written; empty when there is none.
    pub(in crate::admin) interval: String,
    /// The share as a length of at most 100.
    pub(in crate::admin) length: u32,
}

/// Counts every choice question.
pub(super) fn choices(doors: Doors<'_>, results: &Results, selection: &str) -> Vec<ChoiceTable> {
    let t = doors.t;
    let results = results.choices.iter().map(|result| ChoiceTable {
        question: question_name(t, &result.question),
        answers: result.answers.map(|n| in_words(t, n, n)),
        rows: result
            .options
            .iter()
            .map(|counted| row(doors, result, counted))
            .collect(),
        glass: glass(doors, result, selection),
    });
    results.collect()
}

fn row(doors: Doors<'_>, result: &ChoiceResult, counted: &OptionCount) -> ChoiceRow {
    let t = doors.t;
    let query = ResultsQuery {
        question: Some(result.question.key.clone()),
        choice: counted.code.parse().ok(),
        ..doors.query.figures_only()
    };
    let percent_words = |share: f64| t.number(share * 100.0, 0);
    let interval = counted.interval.map(|(low, high)| {
        let (low, high) = (percent_words(low), percent_words(high));
        t.a(
            "results-share-between",
            &[("low", low.into()), ("high", high.into())],
        )
    });
    ChoiceRow {
        label: label(doors, &result.question, &counted.code),
        href: doors
            .may_read
            .then(|| responses_href(Some(doors.slug), &query)),
        count: t.count(counted.count),
        share: percent_words(counted.share),
        interval: interval.unwrap_or_default(),
        length: percent(counted.share),
    }
}

/// Name of an option, also of one that is no longer offered.
fn label(doors: Doors<'_>, question: &Question, code: &str) -> String {
    let t = doors.t;
    let options = match &question.kind {
        QuestionKind::Choice { options, .. } => options.as_slice(),
        _ => &[],
    };
    let known = options.iter().find(|option| option.code.as_str() == code);
    match (known, code) {
        (Some(option), _) => option.label.get(t.language).to_owned(),
        (None, OTHER) => t.s("results-other"),
        (None, code) => t.a("results-old-option", &[("code", code.into())]),
    }
}

/// How the shares of a choice question were made, with the first one as an example.
fn glass(doors: Doors<'_>, result: &ChoiceResult, selection: &str) -> GlassBox {
    let t = doors.t;
    let first = result.options.first().zip(result.answers);
    let example = first.map(|(option, answers)| {
        let example = t.a(
            "results-formula-share",
            &[
                ("part", t.count(option.count).into()),
                ("whole", t.count(answers).into()),
                (
                    "share",
                    format!("{}%", t.number(option.share * 100.0, 0)).into(),
                ),
            ],
        );
        format!(
            "{}: {example}",
            label(doors, &result.question, &option.code)
        )
    });
    let symbols = std::iter::once(t.s("results-symbols-choice")).chain(example);
    GlassBox {
        symbols: symbols.collect(),
        notes: vec![Topic::Share.interval(t)],
        ..GlassBox::about(t, Topic::Share, t.s("results-words-choice"), selection)
    }
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
