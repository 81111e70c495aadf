//! The charts of figures: numbers and words in, drawings out.

use peil_app::results::{
    ComparedGroup, Figure, Ladder, Results, ResultsQuery, ScaleResult, ScoreZone, Verdicts,
    measure_code, zone_of,
};
use peil_domain::shared::{LocalDay, Slug};

use super::{
    links::{between, narrowed, responses_href, results_href},
    verdicts::{band_word, letter_words},
    words::{
        bounds_of, chart_zone, dimension_name, format_of, in_unit, metric_name, reading_of,
        step_names, value_name, zone_name,
    },
};
use crate::{
    charts::{
        ChartHead, ChartTable, DistributionBar, DistributionChart, DistributionLabels, IntervalBar,
        IntervalBarLabels, LadderChart, LadderLabels, LadderRow, MarkerKind, ReferenceLine, Shape,
        TrendBucket, TrendChart, TrendLabels, TrendMarker, ZoneLabel, distribution, interval_bar,
        ladder, trend,
    },
    edge::text::Text,
};

/// A chart in both widths with its table.
pub(in crate::admin) struct Picture {
    /// For a column of a desktop page.
    pub(in crate::admin) wide: String,
    /// For a phone.
    pub(in crate::admin) narrow: String,
    /// The same as rows and columns.
    pub(in crate::admin) table: ChartTable,
}

/// What all charts of one page share.
#[derive(Clone, Copy)]
pub(in crate::admin) struct Doors<'a> {
    /// Speaks the reader's language.
    pub(in crate::admin) t: Text,
    /// The questionnaire.
    pub(in crate::admin) slug: &'a Slug,
    /// The selection.
    pub(in crate::admin) query: &'a ResultsQuery,
    /// Whether the reader may go on to single answers.
    pub(in crate::admin) may_read: bool,
}

impl Doors<'_> {
    /// The answers of a selection; for who may not read those, its figures.
    pub(super) fn open(&self, query: &ResultsQuery) -> String {
        if self.may_read {
            responses_href(Some(self.slug), query)
        } else {
            results_href(self.slug, query)
        }
    }

    pub(super) fn head(&self, id: &str, title: String, description: String) -> ChartHead {
        ChartHead {
            id: id.to_owned(),
            title,
            description,
            empty: self.t.s("results-no-answers"),
        }
    }
}

/// How often each score was given.
pub(super) fn distribution_picture(doors: Doors<'_>, result: &ScaleResult) -> Picture {
    let t = doors.t;
    let metric = result.scale.metric;
    let is_yes_no = result.question.kind == peil_domain::survey::QuestionKind::YesNo;
    let bars = result.counts.iter().map(|(score, count)| {
        let query = ResultsQuery {
            score: Some(*score),
            question: Some(result.question.key.clone()),
            ..doors.query.figures_only()
        };
        let label = match (is_yes_no, score) {
            (true, 0) => t.s("results-no"),
            (true, _) => t.s("results-yes"),
            (false, score) => score.to_string(),
        };
        DistributionBar {
            label,
            count: *count,
            zone: Some(chart_zone(zone_of(&result.scale, *score))),
            href: doors.may_read.then(|| doors.open(&query)),
        }
    });
    let zones = ScoreZone::ALL
        .into_iter()
        .filter(|_| !is_yes_no)
        .map(|zone| ZoneLabel {
            zone: chart_zone(zone),
            label: zone_name(t, metric, zone),
        });
    let chart = DistributionChart {
        head: doors.head(
            "distribution",
            t.s("results-distribution"),
            t.s("results-distribution-note"),
        ),
        numbers: t.numbers(),
        labels: DistributionLabels {
            score: t.s("results-score"),
            count: t.s("results-answers"),
            share: t.s("results-share"),
        },
        bars: bars.collect(),
        zones: zones.collect(),
    };
    Picture {
        wide: distribution(&chart, Shape::Wide),
        narrow: distribution(&chart, Shape::Narrow),
        table: chart.table(),
    }
}

/// The chosen question through time.
pub(super) fn trend_picture(doors: Doors<'_>, results: &Results, result: &ScaleResult) -> Picture {
    let t = doors.t;
    let buckets = results.trend.iter().map(|step| {
        let (label, short_label) = step_names(t, results.bucket, step.start);
        let query = between(&doors.query.figures_only(), step.start, step.end);
        TrendBucket {
            label,
            short_label,
            reading: reading_of(&result.scale, &step.figure),
            href: step.figure.shown().map(|_| doors.open(&query)),
        }
    });
    let metric = metric_name(t, &result.question.kind);
    let title = t.a("results-trend-title", &[("metric", metric.as_str().into())]);
    let chart = TrendChart {
        head: doors.head("trend", title, trend_words(t, results, result)),
        format: format_of(t, &result.scale),
        labels: TrendLabels {
            period: t.s("results-period"),
            value: metric,
            interval: t.s("results-interval"),
            people: t.s("results-people-short"),
            too_few: t.s("results-too-few-short"),
            event: t.s("results-event"),
        },
        buckets: buckets.collect(),
        goal: None,
        markers: version_markers(t, results),
        bounds: Some(bounds_of(&result.scale)),
    };
    Picture {
        wide: trend(&chart, Shape::Wide),
        narrow: trend(&chart, Shape::Narrow),
        table: chart.table(),
    }
}

/// Where the questionnaire changed: before and after, something else was asked.
fn version_markers(t: Text, results: &Results) -> Vec<TrendMarker> {
    let marker = |(number, day): &(i32, LocalDay)| {
        let mut steps = results.trend.iter();
        let bucket = steps.position(|step| step.start <= *day && *day <= step.end)?;
        let args = [("n", (*number).into()), ("day", t.date(day.date()).into())];
        Some(TrendMarker {
            bucket,
            kind: MarkerKind::Version,
            label: t.a("results-version-marker", &args),
            href: Some(format!("/surveys/{}/versions", results.survey.id)),
        })
    };
    results.changes.iter().filter_map(marker).collect()
}

/// First, last, lowest and highest in one sentence.
fn trend_words(t: Text, results: &Results, result: &ScaleResult) -> String {
    let format = format_of(t, &result.scale);
    let shown: Vec<f64> = results
        .trend
        .iter()
        .filter_map(|step| step.figure.shown())
        .map(|shown| in_unit(&result.scale, shown.value))
        .collect();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        return t.s("results-no-answers");
    };
    let low = shown.iter().copied().fold(f64::INFINITY, f64::min);
    let high = shown.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    t.a(
        "results-trend-words",
        &[
            ("first", format.value(*first).into()),
            ("last", format.value(*last).into()),
            ("low", format.value(low).into()),
            ("high", format.value(high).into()),
        ],
    )
}

/// The chosen question by group.
pub(super) fn ladder_picture(
    doors: Doors<'_>,
    found: &Ladder,
    name: Option<&str>,
    result: &ScaleResult,
    verdicts: &Verdicts,
) -> Picture {
    let t = doors.t;
    let has_letters = !verdicts.letters.is_empty();
    // Too many groups for letters: each then says on which side of everyone else it stands.
    let marks: Vec<Option<String>> = if has_letters {
        let letters = verdicts.letters.iter();
        letters.map(|own| Some(letter_words(own))).collect()
    } else {
        let versus = verdicts.groups.iter();
        versus
            .map(|found| Some(band_word(t, found.as_ref()?)))
            .collect()
    };
    let has_marks = marks.iter().any(Option::is_some);
    let marks = marks.into_iter().chain(std::iter::repeat(None));
    let rows = found.rows.iter().zip(marks).map(|(row, letters)| {
        let value = row.group.as_deref().unwrap_or_default();
        let query = narrowed(
            &doors.query.figures_only(),
            &found.dimension,
            row.group.as_deref(),
        );
        LadderRow {
            label: value_name(t, &found.dimension, value, row.name.as_deref()),
            reading: reading_of(&result.scale, &row.figure),
            zone: None,
            letters,
            href: row.figure.shown().map(|_| results_href(doors.slug, &query)),
        }
    });
    let metric = metric_name(t, &result.question.kind);
    let by = dimension_name(t, &found.dimension, name);
    let title = t.a(
        "results-ladder-title",
        &[
            ("metric", metric.as_str().into()),
            ("by", by.as_str().into()),
        ],
    );
    let overall = result.figure.shown().map(|shown| ReferenceLine {
        label: t.s("results-everyone"),
        value: in_unit(&result.scale, shown.value),
    });
    let chart = LadderChart {
        head: doors.head("ladder", title, t.s("results-ladder-note")),
        format: format_of(t, &result.scale),
        labels: LadderLabels {
            segment: by,
            value: metric,
            interval: t.s("results-interval"),
            people: t.s("results-people"),
            letters: has_marks.then(|| {
                t.s(if has_letters {
                    "verdict-letters"
                } else {
                    "verdict-bands"
                })
            }),
            too_few: t.s("results-too-few-short"),
        },
        rows: rows.collect(),
        overall,
        bounds: Some(bounds_of(&result.scale)),
    };
    Picture {
        wide: ladder(&chart, Shape::Wide),
        narrow: ladder(&chart, Shape::Narrow),
        table: chart.table(),
    }
}

/// Chosen groups under each other: name, group and where each leads.
pub(super) fn compared_picture(
    doors: Doors<'_>,
    result: &ScaleResult,
    groups: Vec<(String, &ComparedGroup, String)>,
) -> Picture {
    let t = doors.t;
    let metric = t.s(&format!(
        "compare-measure-{}",
        measure_code(result.scale.metric)
    ));
    let rows = groups.into_iter().map(|(label, group, href)| LadderRow {
        label,
        reading: reading_of(&result.scale, &group.figure),
        zone: None,
        letters: Some(letter_words(&group.letters)),
        href: Some(href),
    });
    let title = t.a("compare-chart-title", &[("metric", metric.as_str().into())]);
    let chart = LadderChart {
        head: doors.head("compare", title, t.s("compare-letters-note")),
        format: format_of(t, &result.scale),
        labels: LadderLabels {
            segment: t.s("verdict-group"),
            value: metric,
            interval: t.s("results-interval"),
            people: t.s("results-people"),
            letters: Some(t.s("verdict-letters")),
            too_few: t.s("results-too-few-short"),
        },
        rows: rows.collect(),
        overall: None,
        bounds: Some(bounds_of(&result.scale)),
    };
    Picture {
        wide: ladder(&chart, Shape::Wide),
        narrow: ladder(&chart, Shape::Narrow),
        table: chart.table(),
    }
}

/// A value on its scale, with the one of the period before when there is one.
pub(in crate::admin) fn tile_bar(
    t: Text,
    id: &str,
    result: &ScaleResult,
    figure: &Figure,
    previous: Option<(&str, &Figure)>,
) -> String {
    let metric = metric_name(t, &result.question.kind);
    let previous = previous.and_then(|(label, figure)| {
        let shown = figure.shown()?;
        Some(ReferenceLine {
            label: label.to_owned(),
            value: in_unit(&result.scale, shown.value),
        })
    });
    interval_bar(&IntervalBar {
        head: ChartHead {
            id: id.to_owned(),
            title: metric.clone(),
            description: String::new(),
            empty: t.s("results-no-answers"),
        },
        format: format_of(t, &result.scale),
        labels: IntervalBarLabels {
            figure: metric.clone(),
            value: metric,
            interval: t.s("results-interval"),
            people: t.s("results-people"),
            too_few: t.s("results-too-few-short"),
        },
        bounds: bounds_of(&result.scale),
        reading: reading_of(&result.scale, figure),
        zone: None,
        goal: None,
        previous,
        href: None,
    })
}
