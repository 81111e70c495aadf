//! The glass box: how a figure or chart was made, with the counts that went in.

use peil_app::results::{ScaleResult, ScoreZone};
use peil_domain::survey::Metric;

use super::{
    methods::Topic,
    verdicts::VerdictView,
    words::{format_of, in_unit},
};
use crate::edge::text::Text;

/// How one figure or chart was made.
pub(in crate::admin) struct GlassBox {
    /// Why its verdict is what it is.
    pub(in crate::admin) verdict: Option<String>,
    /// The formula in plain words.
    pub(in crate::admin) words: String,
    /// The formula in symbols, and with the counts filled in.
    pub(in crate::admin) symbols: Vec<String>,
    /// How the interval was made, or what else there is to know.
    pub(in crate::admin) notes: Vec<String>,
    /// Which answers count.
    pub(in crate::admin) selection: String,
    /// How often each score was given: score and number, written.
    pub(in crate::admin) counts: Vec<(String, String)>,
    /// Where the method is described.
    pub(in crate::admin) href: String,
    /// Name of the method.
    pub(in crate::admin) method: String,
}

impl GlassBox {
    /// A box without formula and counts.
    pub(in crate::admin) fn about(t: Text, topic: Topic, words: String, selection: &str) -> Self {
        Self {
            verdict: None,
            words,
            symbols: Vec::new(),
            notes: Vec::new(),
            selection: t.a("results-how-selection", &[("selection", selection.into())]),
            counts: Vec::new(),
            href: topic.href(),
            method: topic.title(t),
        }
    }
}

/// How the figure of a question was made; nothing when it is not shown.
pub(in crate::admin) fn figure_glass(
    t: Text,
    result: &ScaleResult,
    selection: &str,
    verdict: Option<&VerdictView>,
) -> Option<GlassBox> {
    let shown = result.figure.shown()?;
    let format = format_of(t, &result.scale);
    let value = format.value(in_unit(&result.scale, shown.value));
    let (words, symbols, filled, interval) = match result.scale.metric {
        Metric::Nps => (
            "results-words-nps",
            "results-symbols-nps",
            "results-formula-nps",
            "results-method-tango",
        ),
        Metric::TopBox => (
            "results-words-top",
            "results-symbols-top",
            "results-formula-top",
            "results-method-wilson",
        ),
        Metric::Mean => (
            "results-words-mean",
            "results-symbols-mean",
            "results-formula-mean",
            "results-method-t",
        ),
    };
    let filled = t.a(
        filled,
        &[
            ("high", t.count(result.count_in(ScoreZone::High)).into()),
            ("low", t.count(result.count_in(ScoreZone::Low)).into()),
            ("n", t.count(shown.n).into()),
            ("value", value.into()),
            ("sum", t.count(sum(result)).into()),
        ],
    );
    let (low, high) = (
        format.value(in_unit(&result.scale, shown.low)),
        format.value(in_unit(&result.scale, shown.high)),
    );
    let interval = t.a(interval, &[("low", low.into()), ("high", high.into())]);
    let counts = result.counts.iter();
    Some(GlassBox {
        verdict: verdict.map(|verdict| verdict.why.clone()),
        symbols: vec![t.s(symbols), filled],
        notes: vec![interval, versions(t, result)],
        counts: counts
            .map(|(score, count)| (score.to_string(), t.count(*count)))
            .collect(),
        ..GlassBox::about(t, Topic::of(result.scale.metric), t.s(words), selection)
    })
}

/// Which versions of the questionnaire count.
fn versions(t: Text, result: &ScaleResult) -> String {
    let numbers = |numbers: &[i32]| {
        let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        words.join(", ")
    };
    let compared = &result.comparability;
    let mut sentences = Vec::new();
    for (list, key) in [
        (&compared.counted, "results-versions-counted"),
        (&compared.left_out, "results-versions-left-out"),
        (&compared.reworded, "results-versions-reworded"),
    ] {
        if !list.is_empty() {
            sentences.push(t.a(key, &[("list", numbers(list).into())]));
        }
    }
    sentences.join(" ")
}

/// All scores added up; scales that begin below zero do not exist.
fn sum(result: &ScaleResult) -> u64 {
    let each = result.counts.iter();
    each.map(|(score, count)| u64::try_from(*score).unwrap_or_default() * count)
        .sum()
}
