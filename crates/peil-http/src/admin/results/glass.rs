//! The glass box: how a figure or chart was made, with the counts that went in.

use peil_app::results::{Comparability, Figure, ScaleResult, ScoreZone};
use peil_domain::survey::{Metric, ScoreScale};

use super::{
    methods::Topic,
    verdicts::{VerdictView, verdict_formula},
    words::{format_of, in_unit, zone_name},
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
    /// The counts that went in.
    pub(in crate::admin) counts: Option<GlassTable>,
    /// Where the method is described, and its name; plain counting needs no method.
    pub(in crate::admin) method: Option<(String, String)>,
}

/// Counts that went in, written.
pub(in crate::admin) struct GlassTable {
    /// What stands in the first column, and the numbers behind it.
    pub(in crate::admin) heads: Vec<String>,
    /// What is counted, and its numbers.
    pub(in crate::admin) rows: Vec<(String, Vec<String>)>,
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
            counts: None,
            method: Some((topic.href(), topic.title(t))),
        }
    }

    /// A box about a chart of the same figure many times, with the counts behind each.
    pub(in crate::admin) fn about_each(
        t: Text,
        scale: &ScoreScale,
        words: String,
        selection: &str,
        (head, figures): (String, Vec<(String, Figure)>),
    ) -> Self {
        let topic = Topic::of(scale.metric);
        Self {
            symbols: vec![t.s(metric_formula(scale.metric))],
            notes: vec![topic.interval(t)],
            counts: Some(figures_table(t, scale, head, figures)),
            ..Self::about(t, topic, words, selection)
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
    let (words, filled, interval) = match result.scale.metric {
        Metric::Nps => (
            "results-words-nps",
            "results-formula-nps",
            "results-method-tango",
        ),
        Metric::TopBox => (
            "results-words-top",
            "results-formula-top",
            "results-method-wilson",
        ),
        Metric::Mean => (
            "results-words-mean",
            "results-formula-mean",
            "results-method-t",
        ),
    };
    let filled = t.a(
        filled,
        &[
            ("high", t.count(shown.parts.high).into()),
            ("low", t.count(shown.parts.low).into()),
            ("n", t.count(shown.n).into()),
            ("value", value.into()),
            ("sum", t.count(shown.parts.sum).into()),
        ],
    );
    let (low, high) = (
        format.value(in_unit(&result.scale, shown.low)),
        format.value(in_unit(&result.scale, shown.high)),
    );
    let interval = t.a(interval, &[("low", low.into()), ("high", high.into())]);
    let formula = t.s(metric_formula(result.scale.metric));
    let mut symbols = vec![formula, filled];
    let mut notes = vec![interval, versions(t, result)];
    if let Some(verdict) = verdict {
        symbols.push(t.s(verdict_formula(result.scale.metric)));
        notes.extend(verdict.earlier.clone());
    }
    Some(GlassBox {
        verdict: verdict.map(|verdict| verdict.why.clone()),
        symbols,
        notes,
        counts: Some(scores_table(t, result)),
        ..GlassBox::about(t, Topic::of(result.scale.metric), t.s(words), selection)
    })
}

/// How the shares of the scores were made.
pub(super) fn distribution_glass(t: Text, result: &ScaleResult, selection: &str) -> GlassBox {
    GlassBox {
        symbols: vec![t.s("results-symbols-score")],
        notes: vec![versions(t, result)],
        counts: Some(scores_table(t, result)),
        ..GlassBox::about(
            t,
            Topic::of(result.scale.metric),
            t.s("results-words-distribution"),
            selection,
        )
    }
}

/// The formula of a measure in symbols, as a key of the locales.
const fn metric_formula(metric: Metric) -> &'static str {
    match metric {
        Metric::Nps => "results-symbols-nps",
        Metric::TopBox => "results-symbols-top",
        Metric::Mean => "results-symbols-mean",
    }
}

/// How often each score was given.
fn scores_table(t: Text, result: &ScaleResult) -> GlassTable {
    let counts = result.counts.iter();
    GlassTable {
        heads: vec![t.s("results-score"), t.s("results-answers")],
        rows: counts
            .map(|(score, count)| (score.to_string(), vec![t.count(*count)]))
            .collect(),
    }
}

/// The counts behind many figures of one measure; of hidden ones nothing.
fn figures_table(
    t: Text,
    scale: &ScoreScale,
    head: String,
    figures: Vec<(String, Figure)>,
) -> GlassTable {
    let zone = |zone| zone_name(t, scale.metric, zone);
    let answers = t.s("results-answers");
    let heads = match scale.metric {
        Metric::Nps => vec![zone(ScoreZone::High), zone(ScoreZone::Low), answers],
        Metric::TopBox => vec![zone(ScoreZone::High), answers],
        Metric::Mean => vec![t.s("results-scores-added"), answers],
    };
    let count = heads.len();
    let rows = figures.into_iter().map(|(name, figure)| {
        let Some(shown) = figure.shown() else {
            let mut cells = vec!["–".to_owned(); count];
            cells.push(t.s(match figure {
                Figure::None => "results-no-answers",
                _ => "results-too-few-short",
            }));
            return (name, cells);
        };
        let (parts, n) = (shown.parts, shown.n);
        let numbers = match scale.metric {
            Metric::Nps => vec![parts.high, parts.low, n],
            Metric::TopBox => vec![parts.high, n],
            Metric::Mean => vec![parts.sum, n],
        };
        let value = format_of(t, scale).value(in_unit(scale, shown.value));
        let numbers = numbers.into_iter().map(|number| t.count(number));
        (name, numbers.chain(std::iter::once(value)).collect())
    });
    let rows = rows.collect();
    let measure = t.s(&format!(
        "compare-measure-{}",
        peil_app::results::measure_code(scale.metric)
    ));
    let all = std::iter::once(head).chain(heads).chain([measure]);
    GlassTable {
        heads: all.collect(),
        rows,
    }
}

/// Which versions of the questionnaire count.
fn versions(t: Text, result: &ScaleResult) -> String {
    let numbers = |numbers: &[i32]| {
        let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        words.join(", ")
    };
    let mut sentences = Vec::new();
    let compared = &result.comparability;
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

/// What to know about versions before trusting the charts.
pub(super) fn version_notes(t: Text, result: &ScaleResult) -> Vec<String> {
    comparability_notes(t, &result.comparability)
}

/// The same of any figure.
pub(super) fn comparability_notes(t: Text, compared: &Comparability) -> Vec<String> {
    let list = |numbers: &[i32]| {
        let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        words.join(", ")
    };
    let mut notes = Vec::new();
    if !compared.left_out.is_empty() {
        let numbers = list(&compared.left_out);
        notes.push(t.a("results-note-left-out", &[("list", numbers.into())]));
    }
    if !compared.set_aside.is_empty() {
        let numbers = list(&compared.set_aside);
        notes.push(t.a("results-note-set-aside", &[("list", numbers.into())]));
    }
    if !compared.reworded.is_empty() {
        let numbers = list(&compared.reworded);
        notes.push(t.a("results-note-reworded", &[("list", numbers.into())]));
    }
    notes
}
