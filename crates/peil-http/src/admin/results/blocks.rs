//! Questions that are answered row by row as tables, and numbers and days summed up.

use peil_app::results::{Figure, NumberResult, NumbersShown, Results, ResultsQuery, ScaleResult};
use peil_domain::{
    shared::LocalDay,
    survey::{Direction, Metric, QuestionKind},
};

use super::{
    links::results_href,
    pictures::Doors,
    tiles::counted,
    words::{format_of, in_unit, interval_of, question_name},
};
use crate::edge::text::Text;

/// A matrix or ranking: its rows, the best first.
pub(in crate::admin) struct Block {
    /// What was asked about the rows.
    pub(in crate::admin) question: String,
    /// What the values are.
    pub(in crate::admin) measure: String,
    /// The rows.
    pub(in crate::admin) rows: Vec<BlockRow>,
}

/// A row of a matrix or ranking.
pub(in crate::admin) struct BlockRow {
    /// Its words.
    pub(in crate::admin) name: String,
    /// The page about it.
    pub(in crate::admin) href: String,
    /// The value, written; nothing when there is none.
    pub(in crate::admin) value: String,
    /// The interval, or why there is no value.
    pub(in crate::admin) note: String,
    /// Answers, written.
    pub(in crate::admin) count: String,
    /// The value as a length of at most 100.
    pub(in crate::admin) length: u32,
    order: f64,
}

/// The matrices and rankings of a page.
pub(super) fn blocks(doors: Doors<'_>, results: &Results) -> Vec<Block> {
    let t = doors.t;
    let mut found: Vec<(String, Block)> = Vec::new();
    for result in results
        .scales
        .iter()
        .filter(|one| one.question.kind.has_rows())
    {
        let asked = result.question.help.get(t.language).to_owned();
        let row = row(doors, result);
        match found.last_mut().filter(|(last, _)| *last == asked) {
            Some((_, block)) => block.rows.push(row),
            None => found.push((
                asked.clone(),
                Block {
                    question: asked,
                    measure: measure(t, result),
                    rows: vec![row],
                },
            )),
        }
    }
    for (_, block) in &mut found {
        block
            .rows
            .sort_by(|one, other| one.order.total_cmp(&other.order));
    }
    found.into_iter().map(|(_, block)| block).collect()
}

fn measure(t: Text, result: &ScaleResult) -> String {
    match result.scale.metric {
        Metric::TopBox => t.a(
            "results-block-share",
            &[("n", u32::from(result.scale.top).into())],
        ),
        Metric::Mean | Metric::Nps => t.s("results-block-place"),
    }
}

fn row(doors: Doors<'_>, result: &ScaleResult) -> BlockRow {
    let t = doors.t;
    let scale = &result.scale;
    let format = format_of(t, scale);
    let query = ResultsQuery {
        question: Some(result.question.key.clone()),
        ..doors.query.figures_only()
    };
    let mut row = BlockRow {
        name: question_name(t, &result.question),
        href: results_href(doors.slug, &query),
        value: String::new(),
        note: String::new(),
        count: String::new(),
        length: 0,
        order: f64::INFINITY,
    };
    match &result.figure {
        Figure::Shown(shown) => {
            let interval = interval_of(scale, shown);
            let (low, high) = (format.value(interval.low), format.value(interval.high));
            row.value = format.value(in_unit(scale, shown.value));
            row.note = t.a(
                "results-numbers-between",
                &[("low", low.into()), ("high", high.into())],
            );
            row.count = counted(t, shown.n, shown.people);
            let is_mean = scale.metric == Metric::Mean;
            let is_low = is_mean && scale.direction == Direction::LowerIsBetter;
            row.order = if is_low { shown.value } else { -shown.value };
            row.length = length(if is_mean {
                let width = f64::from(scale.max - scale.min).max(1.0);
                let share = (shown.value - f64::from(scale.min)) / width;
                if is_low { 1.0 - share } else { share }
            } else {
                shown.value
            });
        }
        Figure::Hidden => row.note = t.s("results-too-few-choice"),
        Figure::None => row.note = t.s("results-none-why"),
    }
    row
}

/// A share as a length of at most 100.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped between 0 and 100 before"
)]
fn length(share: f64) -> u32 {
    (share * 100.0).round().clamp(0.0, 100.0) as u32
}

/// A question that asks for a number or a day, summed up.
pub(in crate::admin) struct NumberTable {
    /// The question.
    pub(in crate::admin) question: String,
    /// Names and values; empty when nothing may be told.
    pub(in crate::admin) rows: Vec<(String, String)>,
    /// Answers, or why nothing is told.
    pub(in crate::admin) note: String,
}

/// The questions of a page that ask for a number or a day.
pub(super) fn number_tables(t: Text, results: &Results) -> Vec<NumberTable> {
    let table = |result: &NumberResult| NumberTable {
        question: question_name(t, &result.question),
        rows: result
            .shown
            .map(|shown| number_rows(t, result, &shown))
            .unwrap_or_default(),
        note: match result.shown {
            Some(shown) => counted(t, shown.n, shown.people),
            None if result.has_answers => t.s("results-too-few-choice"),
            None => t.s("results-none-why"),
        },
    };
    results.numbers.iter().map(table).collect()
}

fn number_rows(t: Text, result: &NumberResult, shown: &NumbersShown) -> Vec<(String, String)> {
    let is_day = matches!(result.question.kind, QuestionKind::Date { .. });
    let decimals = result
        .question
        .kind
        .number_range()
        .map_or(0, |range| range.decimals);
    let write = |value: f64, more: usize| {
        if is_day {
            t.date(LocalDay(day(value)).date())
        } else {
            t.number(value, usize::from(decimals) + more)
        }
    };
    let [low, median, high] = shown.quartiles;
    let between = |low: f64, high: f64, more| {
        t.a(
            "results-numbers-between",
            &[
                ("low", write(low, more).into()),
                ("high", write(high, more).into()),
            ],
        )
    };
    let mut rows = vec![
        (t.s("results-number-median"), write(median, 0)),
        (t.s("results-number-half"), between(low, high, 0)),
    ];
    if !is_day {
        let interval = between(shown.interval.low, shown.interval.high, 1);
        rows.push((
            t.s("results-number-mean"),
            format!("{} ({interval})", write(shown.mean, 1)),
        ));
        rows.push((t.s("results-number-sd"), write(shown.sd, 1)));
    }
    rows
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a quartile lies between two days that were filled in"
)]
fn day(value: f64) -> i32 {
    value.round() as i32
}
