//! The drawings of accounts: both ways of counting, and best guesses beside own figures.

use peil_app::results::{AccountFigures, AccountScore, AccountsFound, Dimension, Shown};

use super::{
    links::{narrowed, results_href},
    pictures::Picture,
};
use crate::{
    charts::{
        Bounds, ChartHead, Estimate, ForestChart, ForestLabels, ForestLine, ForestRow, Interval,
        IntervalBar, IntervalBarLabels, Known, Reading, ReferenceLine, Shape, ValueFormat, forest,
        interval_bar,
    },
    edge::text::Text,
};

/// Most accounts in one drawing.
const MOST_DRAWN: usize = 24;
/// Accounts at either end when there are more.
const AT_EITHER_END: usize = 10;

/// The scale of an NPS.
const BOUNDS: Bounds = Bounds {
    low: -100.0,
    high: 100.0,
};

fn format(t: Text) -> ValueFormat {
    ValueFormat {
        numbers: t.numbers(),
        decimals: 0,
        shows_plus: false,
        suffix: String::new(),
    }
}

/// The figures of one account.
pub(super) fn account_href(found: &AccountsFound, row: &AccountScore) -> String {
    let query = narrowed(&found.query.results, &Dimension::Account, Some(&row.name));
    results_href(&found.survey.slug, &query)
}

/// One way of counting on the scale.
pub(super) fn nps_bar(t: Text, id: &str, name: String, shown: &Shown) -> String {
    interval_bar(&IntervalBar {
        head: ChartHead {
            id: id.to_owned(),
            title: name.clone(),
            description: String::new(),
            empty: t.s("results-no-answers"),
        },
        format: format(t),
        labels: IntervalBarLabels {
            figure: name.clone(),
            value: name,
            interval: t.s("results-interval"),
            people: t.s("results-people"),
            too_few: t.s("results-too-few-short"),
        },
        bounds: BOUNDS,
        reading: Reading::Known(Known {
            value: shown.value,
            interval: Some(Interval {
                low: shown.low,
                high: shown.high,
            }),
            n: shown.people,
            is_uncertain: shown.is_uncertain,
        }),
        zone: None,
        goal: None,
        previous: None,
        href: None,
    })
}

/// The accounts at both ends, the best guess first.
pub(super) fn accounts_picture(
    t: Text,
    found: &AccountsFound,
    figures: &AccountFigures,
) -> Picture {
    let scores = &figures.scores;
    let line = |row: &AccountScore| ForestLine::Group(forest_row(found, row));
    let between = scores.len().saturating_sub(2 * AT_EITHER_END);
    let lines = if scores.len() <= MOST_DRAWN {
        scores.iter().map(line).collect()
    } else {
        let left_out = u64::try_from(between).unwrap_or(u64::MAX);
        let gap = t.a(
            "accounts-between",
            &[
                ("n", left_out.into()),
                ("written", t.count(left_out).into()),
            ],
        );
        let best = scores.iter().take(AT_EITHER_END).map(line);
        let worst = scores.iter().skip(AT_EITHER_END + between).map(line);
        best.chain([ForestLine::Gap(gap)]).chain(worst).collect()
    };
    let chart = ForestChart {
        head: ChartHead {
            id: "accounts".to_owned(),
            title: t.s("accounts-picture"),
            description: t.s("accounts-picture-note"),
            empty: t.s("results-no-answers"),
        },
        format: format(t),
        labels: ForestLabels {
            group: t.s("accounts-account"),
            guess: t.s("accounts-guess"),
            own: t.s("accounts-own"),
            interval: t.s("results-interval"),
            people: t.s("results-people"),
        },
        lines,
        mean: figures.mean.map(|value| ReferenceLine {
            label: t.s("accounts-mean"),
            value,
        }),
        bounds: Some(BOUNDS),
    };
    Picture {
        wide: forest(&chart, Shape::Wide),
        narrow: forest(&chart, Shape::Narrow),
        table: chart.table(),
    }
}

fn forest_row(found: &AccountsFound, row: &AccountScore) -> ForestRow {
    let estimate = |value, low, high| Estimate {
        value,
        interval: Interval { low, high },
    };
    let shown = row.shown;
    ForestRow {
        label: row.name.clone(),
        own: estimate(shown.value, shown.low, shown.high),
        guess: row
            .guess
            .map(|guess| estimate(guess.value, guess.interval.low, guess.interval.high)),
        people: shown.people,
        href: Some(account_href(found, row)),
    }
}
