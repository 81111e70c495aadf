//! Which questionnaire: every one with its first figure and a small trend.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use peil_app::results::{Headline, ResultsQuery};
use peil_domain::shared::Period;

use super::{
    glass::{GlassBox, GlassTable},
    links::{query_of, results_href},
    tiles::{Tile, counted, tile},
    words::{format_of, in_unit, metric_name, step_names},
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    charts::{ChartHead, Sparkline, SparklineLabels, SparklinePoint, sparkline},
    edge::{problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "results/list.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    rows: Vec<ListRow>,
    glass: GlassBox,
}

/// A questionnaire in the list.
struct ListRow {
    name: String,
    href: String,
    responses: String,
    tile: Option<Tile>,
    sparkline: String,
}

pub(super) async fn list(web: &Web, signed: &Signed) -> Result<Response, PageError> {
    let t = signed.text;
    let headlines = web.app.list_headlines(&signed.identity.actor).await?;
    if let [only] = headlines.as_slice() {
        let href = results_href(&only.survey.slug, &query_of(signed));
        return Ok(Redirect::to(&href).into_response());
    }
    let rows = headlines.iter().enumerate().map(|(index, found)| {
        let href = results_href(&found.survey.slug, &ResultsQuery::default());
        ListRow {
            name: found.survey.name.clone(),
            responses: counted(t, found.responses, found.responses),
            tile: found
                .result
                .as_ref()
                .map(|result| tile(t, href.clone(), result, &result.figure)),
            sparkline: sparkline_of(t, index, found),
            href,
        }
    });
    page(&ListPage {
        t,
        frame: Frame::new(signed, "results", t.s("results-list-title")),
        rows: rows.collect(),
        glass: glass(t, &headlines),
    })
}

/// How the figures of the list were made, and the counts behind each.
fn glass(t: Text, headlines: &[Headline]) -> GlassBox {
    let results = headlines.iter().filter_map(|found| {
        let result = found.result.as_ref()?;
        let shown = result.figure.shown()?;
        let value = format_of(t, &result.scale).value(in_unit(&result.scale, shown.value));
        let parts = [shown.parts.high, shown.parts.low, shown.n].map(|n| t.count(n));
        let cells = parts.into_iter().chain([value]).collect();
        Some((found.survey.name.clone(), cells))
    });
    let heads = [
        "results-survey",
        "results-zone-scale-high",
        "results-zone-scale-low",
        "results-answers",
        "results-figure",
    ];
    GlassBox {
        verdict: None,
        words: t.s("results-list-how"),
        symbols: [
            "results-symbols-nps",
            "results-symbols-top",
            "results-symbols-mean",
        ]
        .map(|key| t.s(key))
        .into(),
        notes: vec![t.s("results-list-margin")],
        selection: t.a(
            "results-how-selection",
            &[("selection", t.s("results-period-all").into())],
        ),
        counts: Some(GlassTable {
            heads: heads.map(|key| t.s(key)).into(),
            rows: results.collect(),
        }),
        method: None,
    }
}

/// The headline by month, as large as a word.
pub(in crate::admin) fn sparkline_of(t: Text, index: usize, found: &Headline) -> String {
    let Some(result) = &found.result else {
        return String::new();
    };
    let points = found.months.iter().map(|step| SparklinePoint {
        label: step_names(t, Period::Month, step.start).0,
        value: step
            .figure
            .shown()
            .map(|shown| in_unit(&result.scale, shown.value)),
    });
    let metric = metric_name(t, &result.question.kind);
    sparkline(&Sparkline {
        head: ChartHead {
            id: format!("spark-{index}"),
            title: t.a("results-sparkline", &[("metric", metric.as_str().into())]),
            description: String::new(),
            empty: String::new(),
        },
        format: format_of(t, &result.scale),
        labels: SparklineLabels {
            period: t.s("results-period"),
            value: metric,
        },
        points: points.collect(),
    })
}
