//! Names of measures, groups and periods, and how figures are written.

use jiff::tz::TimeZone;
use peil_app::results::{Dimension, Figure, ScoreZone, Shown, When};
use peil_domain::{
    response::Flag,
    shared::{LocalDay, Period},
    survey::{Metric, Question, QuestionKind, ScoreScale},
};

use crate::{
    charts::{Bounds, Interval, Known, Reading, ValueFormat, Zone},
    edge::text::Text,
};

/// Most characters of a question in a tile or list.
const LONGEST_NAME: usize = 110;

/// Short name of the measure of a question.
pub(in crate::admin) fn metric_name(t: Text, kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Nps => t.s("results-metric-nps"),
        QuestionKind::Csat { .. } => t.s("results-metric-csat"),
        QuestionKind::Ces { .. } => t.s("results-metric-ces"),
        QuestionKind::Mark => t.s("results-metric-mark"),
        QuestionKind::YesNo => t.s("results-metric-yes"),
        QuestionKind::Consent => t.s("results-metric-consent"),
        QuestionKind::Ranking { .. } => t.s("results-metric-place"),
        _ => t.s("results-metric-rating"),
    }
}

/// A question in the reader's language, cut off when it is very long.
pub(in crate::admin) fn question_name(t: Text, question: &Question) -> String {
    let text = question.text.get(t.language);
    if text.chars().count() <= LONGEST_NAME {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST_NAME - 1).collect();
    format!("{}…", start.trim_end())
}

/// How values on this scale are written.
pub(in crate::admin) fn format_of(t: Text, scale: &ScoreScale) -> ValueFormat {
    ValueFormat {
        numbers: t.numbers(),
        decimals: usize::from(scale.metric == Metric::Mean),
        shows_plus: false,
        suffix: if scale.metric == Metric::TopBox {
            "%".to_owned()
        } else {
            String::new()
        },
    }
}

/// A value in the unit in which it is written: shares become percentages.
pub(in crate::admin) fn in_unit(scale: &ScoreScale, value: f64) -> f64 {
    if scale.metric == Metric::TopBox {
        value * 100.0
    } else {
        value
    }
}

/// The whole scale in the unit in which values are written.
pub(in crate::admin) fn bounds_of(scale: &ScoreScale) -> Bounds {
    match scale.metric {
        Metric::Nps => Bounds {
            low: -100.0,
            high: 100.0,
        },
        Metric::TopBox => Bounds {
            low: 0.0,
            high: 100.0,
        },
        Metric::Mean => Bounds {
            low: f64::from(scale.min),
            high: f64::from(scale.max),
        },
    }
}

/// A figure as charts take it.
pub(in crate::admin) fn reading_of(scale: &ScoreScale, figure: &Figure) -> Reading {
    match figure {
        Figure::Shown(shown) => Reading::Known(Known {
            value: in_unit(scale, shown.value),
            interval: Some(interval_of(scale, shown)),
            n: shown.people,
            is_uncertain: shown.is_uncertain,
        }),
        Figure::Hidden => Reading::TooFew,
        Figure::None => Reading::Absent,
    }
}

/// Both ends of the interval in the unit in which values are written.
pub(in crate::admin) fn interval_of(scale: &ScoreScale, shown: &Shown) -> Interval {
    Interval {
        low: in_unit(scale, shown.low),
        high: in_unit(scale, shown.high),
    }
}

/// A part of a scale as charts colour it.
pub(in crate::admin) const fn chart_zone(zone: ScoreZone) -> Zone {
    match zone {
        ScoreZone::Low => Zone::Low,
        ScoreZone::Mid => Zone::Mid,
        ScoreZone::High => Zone::High,
    }
}

/// Class of a part of a scale.
pub(in crate::admin) const fn zone_class(zone: ScoreZone) -> &'static str {
    match zone {
        ScoreZone::Low => "is-low",
        ScoreZone::Mid => "is-mid",
        ScoreZone::High => "is-high",
    }
}

/// Name of a part of a scale, for many people: promoters, dissatisfied.
pub(in crate::admin) fn zone_name(t: Text, metric: Metric, zone: ScoreZone) -> String {
    let family = if metric == Metric::Nps {
        "nps"
    } else {
        "scale"
    };
    t.s(&format!("results-zone-{family}-{}", zone.code()))
}

/// Name of a part of a scale, for one person.
pub(in crate::admin) fn zone_word(t: Text, metric: Metric, zone: ScoreZone) -> String {
    let family = if metric == Metric::Nps {
        "nps"
    } else {
        "scale"
    };
    t.s(&format!("results-word-{family}-{}", zone.code()))
}

/// Name of a property; attributes have names of their own.
pub(in crate::admin) fn dimension_name(
    t: Text,
    dimension: &Dimension,
    own: Option<&str>,
) -> String {
    match (dimension, own) {
        (_, Some(name)) => name.to_owned(),
        (Dimension::Channel, None) => t.s("results-dimension-channel"),
        (Dimension::Language, None) => t.s("results-dimension-language"),
        (Dimension::Version, None) => t.s("results-dimension-version"),
        (Dimension::Touchpoint, None) => t.s("results-dimension-touchpoint"),
        (Dimension::Account, None) => t.s("results-dimension-account"),
        (Dimension::Segment(key), None) => key.to_string(),
        (Dimension::Theme, None) => t.s("results-dimension-theme"),
        (Dimension::ThemePart, None) => t.s("results-dimension-theme-part"),
        (Dimension::Tone, None) => t.s("results-dimension-tone"),
    }
}

/// Name of a value of a property; the empty text stands for "not known".
pub(in crate::admin) fn value_name(
    t: Text,
    dimension: &Dimension,
    value: &str,
    own: Option<&str>,
) -> String {
    if value.is_empty() {
        return t.s("results-unknown");
    }
    if let Some(name) = own {
        return name.to_owned();
    }
    match dimension {
        Dimension::Channel => t
            .find(&format!("results-channel-{value}"))
            .unwrap_or_else(|| value.to_owned()),
        Dimension::Language => t
            .find(&format!("language-{value}"))
            .unwrap_or_else(|| value.to_owned()),
        Dimension::Version => t.a("results-version", &[("n", value.into())]),
        Dimension::Segment(_) => match value {
            "true" => t.s("results-yes"),
            "false" => t.s("results-no"),
            other => other.to_owned(),
        },
        Dimension::Tone => match value {
            "-1" => t.s("themes-tone-negative"),
            "1" => t.s("themes-tone-positive"),
            _ => t.s("themes-tone-neutral"),
        },
        Dimension::Touchpoint | Dimension::Account | Dimension::Theme | Dimension::ThemePart => {
            value.to_owned()
        }
    }
}

/// A range of scores in words; nothing when there is none.
pub(in crate::admin) fn range_name(
    t: Text,
    least: Option<i32>,
    most: Option<i32>,
) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) if least == most => Some(least.to_string()),
        (Some(least), Some(most)) => Some(t.a(
            "results-range",
            &[("least", least.into()), ("most", most.into())],
        )),
        (Some(least), None) => Some(t.a("results-range-from", &[("least", least.into())])),
        (None, Some(most)) => Some(t.a("results-range-until", &[("most", most.into())])),
        (None, None) => None,
    }
}

/// A span of time in words.
pub(in crate::admin) fn when_name(t: Text, when: When) -> String {
    let day = |day: Option<LocalDay>| day.map(|day| t.date(day.date()));
    match when {
        When::Always => t.s("results-period-all"),
        When::Span(span) => t.s(&format!("results-period-{}", span.code())),
        When::Between(from, until) => match (day(from), day(until)) {
            (Some(from), Some(until)) if from == until => from,
            (Some(from), Some(until)) => t.a(
                "results-between",
                &[("from", from.into()), ("until", until.into())],
            ),
            (Some(from), None) => t.a("results-from", &[("from", from.into())]),
            (None, Some(until)) => t.a("results-until", &[("until", until.into())]),
            (None, None) => t.s("results-period-all"),
        },
    }
}

/// Full and short name of a step of a trend.
pub(in crate::admin) fn step_names(t: Text, period: Period, start: LocalDay) -> (String, String) {
    let date = start.date();
    let month = t.s(&format!("month-{}", date.month()));
    match period {
        Period::Quarter => {
            let number = i32::from((date.month() - 1) / 3 + 1);
            let full = t.a(
                "results-quarter",
                &[
                    ("n", number.into()),
                    ("year", date.year().to_string().into()),
                ],
            );
            (full.clone(), full)
        }
        Period::Month => {
            let short = if date.month() == 1 {
                format!("{month} {}", date.year())
            } else {
                month.clone()
            };
            (format!("{month} {}", date.year()), short)
        }
        Period::Year => (date.year().to_string(), date.year().to_string()),
        Period::Day => (t.date(date), format!("{} {month}", date.day())),
        Period::Week => {
            let full = t.a("results-week", &[("date", t.date(date).into())]);
            (full, format!("{} {month}", date.day()))
        }
    }
}

/// Moment and time it took: "Cijfers van 3 mrt 2026, 14.03 · 23 ms".
pub(in crate::admin) fn as_of(
    t: Text,
    zone: &TimeZone,
    at: jiff::Timestamp,
    took: jiff::SignedDuration,
) -> String {
    let milliseconds = i64::try_from(took.as_millis()).unwrap_or(i64::MAX).max(1);
    t.a(
        "results-as-of",
        &[
            ("at", t.moment(at, zone).into()),
            ("ms", milliseconds.into()),
        ],
    )
}

/// A mark of an answer, in words.
pub(in crate::admin) fn flag_name(t: Text, flag: Flag) -> String {
    match flag {
        Flag::TooFast => t.s("response-flag-too-fast"),
        Flag::StraightLine => t.s("response-flag-straight-line"),
        Flag::Robot => t.s("response-flag-robot"),
        Flag::OverQuota => t.s("response-flag-over-quota"),
    }
}
