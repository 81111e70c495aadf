//! The chosen question on the page with figures: its distribution, its trend and its groups.

use peil_app::results::{
    CompareQuery, DriversQuery, Figure, GroupBy, Ladder, Results, ResultsQuery, ScaleResult,
};

use super::{
    compare::compare_href,
    drivers::drivers_href,
    filters::Choice,
    glass::{GlassBox, distribution_glass, version_notes},
    links::results_href,
    methods::Topic,
    pictures::{Doors, Picture, distribution_picture, ladder_picture, trend_picture},
    planner::planner_href,
    verdicts::{GroupVerdicts, VerdictView, change_view, group_verdicts, verdict_formula},
    words::{dimension_name, metric_name, question_name, step_names, value_name},
};

/// What is shown of the chosen question.
pub(super) struct Chosen {
    pub(super) trend_title: String,
    pub(super) question: String,
    pub(super) notes: Vec<String>,
    pub(super) distribution: Option<Picture>,
    pub(super) distribution_glass: GlassBox,
    pub(super) trend: Option<Picture>,
    pub(super) trend_verdict: Option<(String, VerdictView)>,
    pub(super) trend_glass: GlassBox,
    pub(super) ladder: Option<LadderView>,
    pub(super) planner_href: String,
    pub(super) drivers_href: Option<String>,
    pub(super) groups: Vec<Choice>,
}

/// The groups of the chosen question.
pub(super) struct LadderView {
    pub(super) picture: Picture,
    /// What the letters or marks beside the groups say.
    pub(super) marks_note: Option<String>,
    pub(super) verdicts: Option<GroupVerdicts>,
    pub(super) glass: GlassBox,
    pub(super) compare_href: String,
    pub(super) left_out: Option<String>,
}

/// What is shown of the chosen question.
pub(super) fn chosen_view(
    doors: Doors<'_>,
    results: &Results,
    result: &ScaleResult,
    selection: &str,
) -> Chosen {
    let t = doors.t;
    let shown = result.figure.shown();
    let metric = metric_name(t, &result.question.kind);
    let trend_verdict = trend_verdict(doors, results, result);
    let ladder = results.ladder.as_ref();
    let groups = results.dimensions.iter().map(|known| Choice {
        label: dimension_name(t, &known.dimension, known.name.as_deref()),
        href: results_href(
            doors.slug,
            &ResultsQuery {
                group: Some(known.dimension.clone()),
                ..results.query.figures_only()
            },
        ) + "#ladder",
        is_current: results.query.group.as_ref() == Some(&known.dimension),
    });
    Chosen {
        trend_title: t.a("results-trend-title", &[("metric", metric.into())]),
        question: question_name(t, &result.question),
        notes: version_notes(t, result),
        distribution: shown.map(|_| distribution_picture(doors, result)),
        distribution_glass: distribution_glass(t, result, selection),
        trend: (!results.trend.is_empty()).then(|| trend_picture(doors, results, result)),
        trend_glass: trend_glass(doors, results, result, selection, trend_verdict.as_ref()),
        trend_verdict,
        ladder: ladder
            .filter(|ladder| !ladder.rows.is_empty())
            .map(|ladder| ladder_view(doors, results, result, ladder, selection)),
        planner_href: planner_href(doors.slug),
        drivers_href: drivers_link(doors, results),
        groups: groups.collect(),
    }
}

/// The last whole step against the one before: which steps, and the verdict.
fn trend_verdict(
    doors: Doors<'_>,
    results: &Results,
    result: &ScaleResult,
) -> Option<(String, VerdictView)> {
    let t = doors.t;
    let (start, change) = results.verdicts.trend.as_ref()?;
    let view = change_view(t, &result.scale, change);
    let name = |start| step_names(t, results.bucket, start).0;
    let words = t.a(
        "verdict-trend",
        &[
            ("later", name(*start).into()),
            ("earlier", name(change.from).into()),
        ],
    );
    Some((words, view))
}

/// How the points of the trend were made, and the verdict about the last ones.
fn trend_glass(
    doors: Doors<'_>,
    results: &Results,
    result: &ScaleResult,
    selection: &str,
    verdict: Option<&(String, VerdictView)>,
) -> GlassBox {
    let t = doors.t;
    let steps = results.trend.iter();
    let steps = steps.map(|step| (step_names(t, results.bucket, step.start).0, step.figure));
    let counted = (t.s("results-period"), steps.collect());
    let words = t.s("results-words-trend");
    let mut glass = GlassBox::about_each(t, &result.scale, words, selection, counted);
    if let Some((_, verdict)) = verdict {
        glass.verdict = Some(verdict.why.clone());
        glass
            .symbols
            .push(t.s(verdict_formula(result.scale.metric)));
    }
    glass
}

fn ladder_view(
    doors: Doors<'_>,
    results: &Results,
    result: &ScaleResult,
    ladder: &Ladder,
    selection: &str,
) -> LadderView {
    let t = doors.t;
    let verdicts = &results.verdicts;
    let known = results
        .dimensions
        .iter()
        .find(|known| known.dimension == ladder.dimension);
    let name = known.and_then(|known| known.name.as_deref());
    let by = GroupBy::Property(ladder.dimension.clone());
    let compare = CompareQuery {
        results: results.query.figures_only(),
        by: Some(by),
        ..CompareQuery::default()
    };
    let has_bands = verdicts.letters.is_empty() && verdicts.groups.iter().any(Option::is_some);
    let note = match (verdicts.letters.is_empty(), has_bands) {
        (false, _) => Some("verdict-letters-note"),
        (true, true) => Some("verdict-bands-note"),
        (true, false) => None,
    };
    LadderView {
        picture: ladder_picture(doors, ladder, name, result, verdicts),
        marks_note: note.map(|key| t.s(key)),
        verdicts: group_verdicts(t, result, ladder, verdicts),
        glass: ladder_glass(doors, result, ladder, name, selection),
        compare_href: compare_href(doors.slug, &compare),
        left_out: (ladder.left_out > 0)
            .then(|| t.a("results-left-out", &[("n", ladder.left_out.into())])),
    }
}

/// How the figures of the groups and the verdicts about them were made.
fn ladder_glass(
    doors: Doors<'_>,
    result: &ScaleResult,
    ladder: &Ladder,
    name: Option<&str>,
    selection: &str,
) -> GlassBox {
    let t = doors.t;
    let rows = ladder.rows.iter();
    let rows: Vec<(String, Figure)> = rows
        .map(|row| {
            let value = row.group.as_deref().unwrap_or_default();
            let name = value_name(t, &ladder.dimension, value, row.name.as_deref());
            (name, row.figure)
        })
        .collect();
    let by = dimension_name(t, &ladder.dimension, name);
    let words = t.s("results-words-ladder");
    let each = GlassBox::about_each(t, &result.scale, words, selection, (by, rows));
    let formula = t.s(verdict_formula(result.scale.metric));
    let about = GlassBox::about(t, Topic::Difference, String::new(), selection);
    GlassBox {
        symbols: each.symbols.into_iter().chain([formula]).collect(),
        notes: vec![Topic::Difference.interval(t)],
        method: about.method,
        ..each
    }
}

/// Where drivers are; with one scale there is nothing that could drive it.
fn drivers_link(doors: Doors<'_>, results: &Results) -> Option<String> {
    let query = DriversQuery {
        results: results.query.figures_only(),
        ..DriversQuery::default()
    };
    (results.scales.len() > 1).then(|| drivers_href(doors.slug, &query))
}
