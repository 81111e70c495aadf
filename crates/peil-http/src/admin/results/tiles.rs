//! Honest tiles: value, interval, n, or the reason why there is no value.

use peil_app::results::{
    Figure, MINIMUM_PEOPLE, ResponseFigure, Results, ResultsQuery, ScaleResult, ScoreZone,
};

use super::{
    glass::{GlassBox, figure_glass},
    links::results_href,
    methods::Topic,
    pictures::{Doors, tile_bar},
    verdicts::{VerdictView, change_view},
    words::{format_of, in_unit, interval_of, metric_name, question_name, zone_class, zone_name},
};
use crate::edge::text::Text;

/// One tile.
pub(in crate::admin) struct Tile {
    /// Where it leads.
    pub(in crate::admin) href: String,
    /// Name of the measure.
    pub(in crate::admin) metric: String,
    /// The question behind it.
    pub(in crate::admin) question: String,
    /// Class of its state.
    pub(in crate::admin) class: &'static str,
    /// The value, written; nothing when there is none.
    pub(in crate::admin) value: String,
    /// What stands behind the value.
    pub(in crate::admin) unit: String,
    /// Half the width of the interval, written.
    pub(in crate::admin) margin: String,
    /// The value on its scale, drawn.
    pub(in crate::admin) bar: String,
    /// The interval in words, or why there is no value.
    pub(in crate::admin) explanation: String,
    /// The parts of the scale: class and words.
    pub(in crate::admin) parts: Vec<(&'static str, String)>,
    /// Answers and people.
    pub(in crate::admin) count: String,
    /// Whether the charts below are about it.
    pub(in crate::admin) is_current: bool,
    /// Whether it differs from the period before.
    pub(in crate::admin) verdict: Option<VerdictView>,
    /// How it was made.
    pub(in crate::admin) glass: Option<GlassBox>,
}

/// The tiles of a page, one for each question with a scale.
pub(super) fn tiles(doors: Doors<'_>, results: &Results, selection: &str) -> Vec<Tile> {
    results
        .scales
        .iter()
        .enumerate()
        // Rows of one question stand together in a table.
        .filter(|(_, result)| !result.question.kind.has_rows())
        .map(|(index, result)| {
            let query = ResultsQuery {
                question: Some(result.question.key.clone()),
                ..doors.query.figures_only()
            };
            let is_current = results.query.question.as_ref() == Some(&result.question.key);
            let href = results_href(doors.slug, &query);
            let bar = tile_bar(
                doors.t,
                &format!("tile-{index}"),
                result,
                &result.figure,
                None,
            );
            let change = results.verdicts.changes.get(&result.question.key);
            let verdict = change.map(|change| change_view(doors.t, &result.scale, change));
            Tile {
                bar,
                is_current,
                glass: figure_glass(doors.t, result, selection, verdict.as_ref()),
                verdict,
                ..tile(doors.t, href, result, &result.figure)
            }
        })
        .collect()
}

/// One tile about `figure`, which may be of another period than `result`; without its drawing.
pub(in crate::admin) fn tile(t: Text, href: String, result: &ScaleResult, figure: &Figure) -> Tile {
    let scale = &result.scale;
    let format = format_of(t, scale);
    let mut tile = Tile {
        href,
        metric: metric_name(t, &result.question.kind),
        question: question_name(t, &result.question),
        class: "",
        value: String::new(),
        unit: String::new(),
        margin: String::new(),
        bar: String::new(),
        explanation: String::new(),
        parts: Vec::new(),
        count: String::new(),
        is_current: false,
        verdict: None,
        glass: None,
    };
    match figure {
        Figure::Shown(shown) => {
            let interval = interval_of(scale, shown);
            tile.value = t.number(in_unit(scale, shown.value), format.decimals);
            tile.unit.clone_from(&format.suffix);
            tile.margin = t.number((interval.high - interval.low) / 2.0, format.decimals);
            let (low, high) = (format.value(interval.low), format.value(interval.high));
            let key = if shown.is_uncertain {
                "results-interval-uncertain"
            } else {
                "results-interval-words"
            };
            tile.explanation = t.a(key, &[("low", low.into()), ("high", high.into())]);
            tile.count = counted(t, shown.n, shown.people);
            tile.class = if shown.is_uncertain {
                " is-uncertain"
            } else {
                ""
            };
            tile.parts = parts(t, result);
        }
        Figure::Hidden => {
            tile.class = " is-withheld";
            tile.explanation = t.a("results-hidden-why", &[("n", MINIMUM_PEOPLE.into())]);
        }
        Figure::None => {
            tile.class = " is-withheld";
            tile.explanation = t.s("results-none-why");
        }
    }
    tile
}

/// Answers, and people when they are fewer.
pub(in crate::admin) fn counted(t: Text, n: u64, people: u64) -> String {
    let answers = t.a(
        "results-n-answers",
        &[("n", n.into()), ("written", t.count(n).into())],
    );
    if people == n {
        return answers;
    }
    let of = t.a(
        "results-n-people",
        &[("n", people.into()), ("written", t.count(people).into())],
    );
    format!("{answers} · {of}")
}

fn parts(t: Text, result: &ScaleResult) -> Vec<(&'static str, String)> {
    let total: u64 = result.counts.values().sum();
    if total == 0 || result.scale.max - result.scale.min < 2 {
        return Vec::new();
    }
    ScoreZone::ALL
        .into_iter()
        .rev()
        .map(|zone| {
            let share = t.numbers().share(result.count_in(zone), total);
            (
                zone_class(zone),
                format!("{share} {}", zone_name(t, result.scale.metric, zone)),
            )
        })
        .collect()
}

/// How the response was made.
pub(super) fn response_glass(t: Text, response: &ResponseFigure, selection: &str) -> GlassBox {
    let words = t.s("results-words-response");
    let about = GlassBox::about(t, Topic::ResponseRate, words, selection);
    let ResponseFigure::Rate {
        share,
        answered,
        sent,
    } = response
    else {
        return about;
    };
    let args = [
        ("part", t.count(*answered).into()),
        ("whole", t.count(*sent).into()),
        ("share", format!("{}%", t.number(share * 100.0, 1)).into()),
    ];
    GlassBox {
        symbols: vec![
            t.s("method-response-rate-formula"),
            t.a("results-formula-share", &args),
        ],
        notes: vec![Topic::ResponseRate.interval(t)],
        selection: t.a(
            "turnout-how-invitations",
            &[("selection", selection.into())],
        ),
        ..about
    }
}

/// The tile about how many answered: value, explanation.
pub(super) fn response_tile(t: Text, response: &ResponseFigure) -> (String, String) {
    match response {
        ResponseFigure::NotInvited => (String::new(), t.s("results-not-invited")),
        ResponseFigure::Rate {
            share,
            answered,
            sent,
        } => {
            let words = t.a(
                "results-response-words",
                &[
                    ("answered", t.count(*answered).into()),
                    ("sent", t.count(*sent).into()),
                ],
            );
            (t.number(share * 100.0, 1), words)
        }
    }
}
