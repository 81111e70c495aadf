//! The charts of themes: figures and words in, drawings out.

use peil_app::themes::{Share, ThemeFigure, ThemeFound, ThemesFound};

use super::{impact_format, overall_name, percent, points, theme_href, tone_of};
use crate::{
    admin::results::{
        links::between,
        pictures::Picture,
        words::{dimension_name, in_unit, step_names, value_name},
    },
    charts::{
        Bounds, Bubble, BubbleChart, BubbleLabels, ChartHead, Interval, Known, LadderChart,
        LadderLabels, LadderRow, Reading, Shape, TrendBucket, TrendChart, TrendLabels, Zone,
        bubbles, ladder, trend,
    },
    edge::text::Text,
};

fn head(t: Text, id: &str, title: String, description: String) -> ChartHead {
    ChartHead {
        id: id.to_owned(),
        title,
        description,
        empty: t.s("results-no-answers"),
    }
}

/// Themes as bubbles.
pub(super) fn bubble_picture(t: Text, found: &ThemesFound, metric: Option<&str>) -> Picture {
    let head_of = &found.head;
    let slug = &head_of.survey.slug;
    let scale = head_of.score.as_ref().map(|(_, scale)| scale);
    let all = found.themes.iter().map(|figure| {
        let tone = tone_of(figure);
        Bubble {
            label: head_of.names.name(&figure.code, t.language),
            size: figure.mentions.n,
            across: figure.change.map(|change| change.difference * 100.0),
            up: figure
                .impact
                .zip(scale)
                .map(|(impact, scale)| in_unit(scale, impact.value)),
            zone: zone(tone),
            tone: overall_name(t, tone),
            href: Some(theme_href(slug, &figure.code, &head_of.query)),
        }
    });
    let mut all: Vec<Bubble> = all.collect();
    all.sort_by_key(|bubble| std::cmp::Reverse(bubble.size));
    let up = metric.map_or_else(
        || t.s("themes-impact"),
        |metric| t.a("themes-axis-up", &[("metric", metric.into())]),
    );
    let chart = BubbleChart {
        head: head(
            t,
            "themes",
            t.s("themes-bubbles-title"),
            t.s("themes-bubbles-note"),
        ),
        labels: BubbleLabels {
            name: t.s("results-dimension-theme"),
            size: t.s("themes-mentions"),
            across: t.s("themes-axis-across"),
            up,
            tone: t.s("results-dimension-tone"),
        },
        across: points(t),
        up: scale.map_or_else(|| points(t), |scale| impact_format(t, scale)),
        bubbles: all,
    };
    Picture {
        wide: bubbles(&chart, Shape::Wide),
        narrow: bubbles(&chart, Shape::Narrow),
        table: chart.table(),
    }
}

const fn zone(tone: i8) -> Zone {
    match tone {
        ..=-1 => Zone::Low,
        0 => Zone::Mid,
        1.. => Zone::High,
    }
}

/// A share as charts take it.
fn reading(share: Option<Share>) -> Reading {
    share.map_or(Reading::TooFew, |share| {
        Reading::Known(Known {
            value: share.value * 100.0,
            interval: Some(Interval {
                low: share.low * 100.0,
                high: share.high * 100.0,
            }),
            n: share.of,
            is_uncertain: false,
        })
    })
}

const SHARES: Bounds = Bounds {
    low: 0.0,
    high: 100.0,
};

fn ladder_of(t: Text, of: ChartHead, segment: String, rows: Vec<LadderRow>) -> Picture {
    let chart = LadderChart {
        head: of,
        format: percent(t),
        labels: LadderLabels {
            segment,
            value: t.s("themes-negative-short"),
            interval: t.s("results-interval"),
            people: t.s("results-people-short"),
            letters: None,
            too_few: t.s("results-too-few-short"),
        },
        rows,
        overall: None,
        bounds: Some(SHARES),
    };
    Picture {
        wide: ladder(&chart, Shape::Wide),
        narrow: ladder(&chart, Shape::Narrow),
        table: chart.table(),
    }
}

/// Themes, or parts of one, by the share that mentions them with displeasure.
pub(super) fn ladder_picture(
    t: Text,
    id: &str,
    title: String,
    figures: &[ThemeFigure],
    name: impl Fn(&ThemeFigure) -> (String, Option<String>),
) -> Picture {
    let rows = figures.iter().map(|figure| {
        let (label, href) = name(figure);
        LadderRow {
            label,
            reading: reading(Some(figure.negative)),
            zone: None,
            letters: None,
            href,
        }
    });
    let of = head(t, id, title, t.s("themes-ladder-note"));
    ladder_of(t, of, t.s("results-dimension-theme"), rows.collect())
}

/// Groups by the share that mentions a theme with displeasure.
pub(super) fn groups_picture(t: Text, found: &ThemeFound) -> Option<Picture> {
    let group = found.group.as_ref().filter(|_| !found.groups.is_empty())?;
    let known = found.head.dimensions.iter();
    let own = known
        .clone()
        .find(|known| known.dimension == *group)
        .and_then(|known| known.name.as_deref());
    let by = dimension_name(t, group, own);
    let rows = found.groups.iter().map(|row| {
        let value = row.value.as_deref().unwrap_or_default();
        let narrowed = found.head.query.with_only(group, value);
        LadderRow {
            label: value_name(t, group, value, row.name.as_deref()),
            reading: reading(row.negative),
            zone: None,
            letters: None,
            href: row
                .negative
                .map(|_| theme_href(&found.head.survey.slug, &found.code, &narrowed)),
        }
    });
    let title = t.a("themes-groups-title", &[("group", by.as_str().into())]);
    let of = head(t, "groups", title, t.s("themes-ladder-note"));
    Some(ladder_of(t, of, by, rows.collect()))
}

/// The share that mentions a theme with displeasure through time.
pub(super) fn trend_picture(t: Text, found: &ThemeFound) -> Option<Picture> {
    (found.steps.len() > 1).then(|| {
        let buckets = found.steps.iter().map(|step| {
            let (label, short_label) = step_names(t, found.bucket, step.start);
            let query = between(&found.head.query, step.start, step.end);
            let href = theme_href(&found.head.survey.slug, &found.code, &query);
            TrendBucket {
                label,
                short_label,
                reading: if step.has_answers {
                    reading(step.negative)
                } else {
                    Reading::Absent
                },
                href: step.negative.map(|_| href),
            }
        });
        let chart = TrendChart {
            head: head(
                t,
                "trend",
                t.s("themes-trend-title"),
                t.s("themes-trend-note"),
            ),
            format: percent(t),
            labels: TrendLabels {
                period: t.s("results-period"),
                value: t.s("themes-negative-share"),
                interval: t.s("results-interval"),
                people: t.s("results-answers"),
                too_few: t.s("results-too-few-short"),
                event: t.s("results-event"),
            },
            buckets: buckets.collect(),
            goal: None,
            markers: Vec::new(),
            bounds: Some(SHARES),
        };
        Picture {
            wide: trend(&chart, Shape::Wide),
            narrow: trend(&chart, Shape::Narrow),
            table: chart.table(),
        }
    })
}
