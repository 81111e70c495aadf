//! The figures with and without weights, and the form that chooses the weights.

use peil_app::results::{
    Dimension, MINIMUM_PEOPLE, Population, RepresentationQuery, ResultsQuery, Verdict,
    WEIGHT_STEPS, Weighed, WeighedFigure, WeightRefusal, Weighting, dimension_code, share_field,
};

use super::{
    glass::GlassBox,
    methods::Topic,
    representation::{Sheet, fields_of, href_of, percent},
    verdicts::effect_words,
    words::{dimension_name, format_of, in_unit, metric_name, question_name, value_name},
};
use crate::edge::text::Text;

/// The part of the page about weights.
pub(super) struct WeightingView {
    /// The address without what the form sets itself.
    pub(super) hidden: Vec<(String, String)>,
    /// Properties to weight by: word, name, whether it takes part.
    pub(super) margins: Vec<(String, String, bool)>,
    /// Populations: word, name, whether it is chosen.
    pub(super) populations: Vec<(&'static str, String, bool)>,
    /// The shares to type, by property; empty for a counted population.
    pub(super) shares: Vec<ShareFields>,
    /// Heaviest weights: word, name, whether it is chosen.
    pub(super) bounds: Vec<(String, String, bool)>,
    /// What the weights do, in a sentence.
    pub(super) answer: String,
    pub(super) rows: Vec<FigureRow>,
    /// Why some questions are not weighted.
    pub(super) refusals: Vec<String>,
    pub(super) chosen: Option<WeightsView>,
    pub(super) targets: Vec<TargetTable>,
    pub(super) glass: GlassBox,
}

/// The shares of one property.
pub(super) struct ShareFields {
    pub(super) property: String,
    /// Name of the field, name of the value, share in percent.
    pub(super) fields: Vec<(String, String, String)>,
}

/// A question with and without weights.
pub(super) struct FigureRow {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) is_current: bool,
    pub(super) plain: String,
    pub(super) plain_interval: String,
    pub(super) weighted: String,
    pub(super) weighted_interval: String,
    pub(super) effect: String,
    pub(super) verdict: String,
    pub(super) class: &'static str,
}

/// The weights of one question.
pub(super) struct WeightsView {
    pub(super) question: String,
    pub(super) facts: Vec<(String, String)>,
    pub(super) notes: Vec<String>,
    /// Step, people, length of at most 100.
    pub(super) steps: Vec<(String, String, u32)>,
}

/// The shares that answers are weighted to.
pub(super) struct TargetTable {
    pub(super) property: String,
    /// Value, share of those who answered, share of the population.
    pub(super) rows: Vec<(String, String, String)>,
}

pub(super) fn weighting_view(sheet: &Sheet<'_>, weighting: &Weighting) -> WeightingView {
    let (t, found) = (sheet.t, sheet.found);
    let query = &found.query;
    let chosen = weighting
        .figures
        .iter()
        .find(|figure| Some(&figure.question.key) == weighting.chosen.as_ref());
    let kept = RepresentationQuery {
        margins: Vec::new(),
        population: Population::default(),
        shares: Vec::new(),
        bound: RepresentationQuery::default().bound,
        ..sheet.asked.clone()
    };
    let mut glass = GlassBox::about(
        t,
        Topic::Weighting,
        t.s("method-weighting-words"),
        sheet.selection,
    );
    glass.symbols.push(t.s("method-weighting-formula"));
    glass.notes.push(t.s("method-weighting-interval"));
    WeightingView {
        hidden: fields_of(&found.survey.slug, sheet.results, &kept),
        margins: margins(sheet),
        populations: Population::ALL
            .into_iter()
            .map(|one| {
                let code = one.code();
                let name = t.s(&format!("representation-population-{code}"));
                (code, name, one == query.population)
            })
            .collect(),
        shares: shares(sheet, weighting),
        bounds: bounds(t, query.bound),
        answer: answer(sheet, chosen),
        rows: weighting
            .figures
            .iter()
            .filter_map(|figure| {
                let weighed = figure.found.as_ref().ok()?;
                Some(figure_row(sheet, weighting, figure, weighed))
            })
            .collect(),
        refusals: refusals(t, weighting),
        chosen: chosen.and_then(|figure| {
            let weighed = figure.found.as_ref().ok()?;
            Some(weights_view(sheet, figure, weighed))
        }),
        targets: targets(t, weighting),
        glass,
    }
}

/// Heaviest weights to choose from, with the one that was asked.
fn bounds(t: Text, asked: Option<f64>) -> Vec<(String, String, bool)> {
    let is_same = |one: f64| asked.is_some_and(|asked| (asked - one).abs() < 1e-9);
    let mut known: Vec<f64> = vec![2.0, 3.0, 5.0, 10.0];
    if let Some(asked) = asked.filter(|_| !known.iter().any(|one| is_same(*one))) {
        known.push(asked);
        known.sort_by(f64::total_cmp);
    }
    let times = |one: &f64| {
        let written = t.number(*one, if one.fract().abs() < 1e-9 { 0 } else { 2 });
        let name = t.a("representation-bound-times", &[("n", written.into())]);
        (one.to_string(), name, is_same(*one))
    };
    let none = t.s("representation-bound-none");
    let none = ("none".to_owned(), none, asked.is_none());
    known.iter().map(times).chain([none]).collect()
}

fn margins(sheet: &Sheet<'_>) -> Vec<(String, String, bool)> {
    let choices = sheet.found.properties.iter();
    choices
        .filter(|choice| choice.is_chosen)
        .map(|choice| {
            (
                dimension_code(&choice.dimension),
                dimension_name(sheet.t, &choice.dimension, choice.name.as_deref()),
                sheet.found.query.margins.contains(&choice.dimension),
            )
        })
        .collect()
}

fn shares(sheet: &Sheet<'_>, weighting: &Weighting) -> Vec<ShareFields> {
    let (t, query) = (sheet.t, &sheet.found.query);
    if query.population != Population::Typed {
        return Vec::new();
    }
    let typed = |dimension: &Dimension, value: &str| {
        let known = query.shares.iter();
        let mut known = known.filter(|one| one.dimension == *dimension && one.value == value);
        known.next().map(|share| share.percent)
    };
    let margins = weighting.margins.iter();
    margins
        .map(|margin| ShareFields {
            property: dimension_name(t, &margin.dimension, margin.name.as_deref()),
            fields: margin
                .values
                .iter()
                .map(|value| {
                    let percent = typed(&margin.dimension, &value.value);
                    let percent = percent.unwrap_or(value.target * 100.0);
                    (
                        share_field(&margin.dimension, &value.value),
                        value_name(t, &margin.dimension, &value.value, None),
                        t.number(percent, 1),
                    )
                })
                .collect(),
        })
        .collect()
}

/// What the weights do to the chosen question.
fn answer(sheet: &Sheet<'_>, chosen: Option<&WeighedFigure>) -> String {
    let t = sheet.t;
    let Some(figure) = chosen else {
        return t.s("representation-no-scale");
    };
    let metric = metric_name(t, &figure.question.kind);
    let Ok(weighed) = &figure.found else {
        return t.a("representation-unweighted", &[("metric", metric.into())]);
    };
    let format = format_of(t, &figure.scale);
    let value = |value: f64| format.value(in_unit(&figure.scale, value));
    t.a(
        &format!("representation-weighs-{}", weighed.verdict.code()),
        &[
            ("metric", metric.into()),
            ("plain", value(weighed.plain.value).into()),
            (
                "weighted",
                value(weighed.score.value.unwrap_or_default()).into(),
            ),
        ],
    )
}

fn figure_row(
    sheet: &Sheet<'_>,
    weighting: &Weighting,
    figure: &WeighedFigure,
    weighed: &Weighed,
) -> FigureRow {
    let (t, scale) = (sheet.t, &figure.scale);
    let format = format_of(t, scale);
    let value = |value: f64| format.value(in_unit(scale, value));
    let between = |low: f64, high: f64| format!("{} – {}", value(low), value(high));
    let key = &figure.question.key;
    let other = RepresentationQuery {
        question: Some(key.clone()),
        ..sheet.asked.clone()
    };
    let results = ResultsQuery {
        question: None,
        ..sheet.results.clone()
    };
    let score = &weighed.score;
    FigureRow {
        name: format!(
            "{} · {}",
            metric_name(t, &figure.question.kind),
            question_name(t, &figure.question)
        ),
        href: href_of(&sheet.found.survey.slug, &results, &other),
        is_current: weighting.chosen.as_ref() == Some(key),
        plain: value(weighed.plain.value),
        plain_interval: between(weighed.plain.low, weighed.plain.high),
        weighted: score.value.map_or_else(|| t.s("results-no-figure"), value),
        weighted_interval: score
            .ci
            .map(|ci| between(ci.low, ci.high))
            .unwrap_or_default(),
        effect: effect_words(t, scale, score.diff.unwrap_or_default()),
        verdict: t.s(&format!(
            "representation-verdict-{}",
            weighed.verdict.code()
        )),
        class: match weighed.verdict {
            Verdict::Differs if score.diff.is_some_and(|diff| diff < 0.0) => "is-worse",
            Verdict::Differs => "is-better",
            Verdict::DoesNotDiffer => "is-same",
            Verdict::CannotTell => "is-unsure",
        },
    }
}

/// Why questions are not weighted; each reason once.
fn refusals(t: Text, weighting: &Weighting) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for figure in &weighting.figures {
        let Err(why) = &figure.found else {
            continue;
        };
        let metric = metric_name(t, &figure.question.kind);
        let words = match why {
            WeightRefusal::TooFew => t.a(
                "representation-weigh-too-few",
                &[("metric", metric.into()), ("n", MINIMUM_PEOPLE.into())],
            ),
            WeightRefusal::OneGroup => t.a(
                "representation-weigh-one-group",
                &[("metric", metric.into()), ("n", MINIMUM_PEOPLE.into())],
            ),
            WeightRefusal::Empty(groups) => {
                let names = groups.iter().map(|(dimension, own, value)| {
                    let name = dimension_name(t, dimension, own.as_deref());
                    format!("{name}: {}", value_name(t, dimension, value, None))
                });
                let names = names.collect::<Vec<_>>().join(", ");
                t.a("representation-weigh-empty", &[("groups", names.into())])
            }
            WeightRefusal::NotConverged => t.s("representation-weigh-not-converged"),
            WeightRefusal::Infeasible => t.s("representation-weigh-infeasible"),
            WeightRefusal::Shares(dimension, own, sum) => t.a(
                "representation-weigh-shares",
                &[
                    (
                        "property",
                        dimension_name(t, dimension, own.as_deref()).into(),
                    ),
                    ("sum", t.number(*sum, 1).into()),
                ],
            ),
        };
        if !found.contains(&words) {
            found.push(words);
        }
    }
    found
}

fn weights_view(sheet: &Sheet<'_>, figure: &WeighedFigure, weighed: &Weighed) -> WeightsView {
    let t = sheet.t;
    let score = &weighed.score;
    let fact = |key: &str, value: String| (t.s(key), value);
    let two = |value: f64| t.number(value, 2);
    let facts = vec![
        fact("representation-n", t.count(score.n)),
        fact(
            "representation-n-eff",
            t.number(score.n_eff.unwrap_or_default(), 0),
        ),
        fact("representation-deff", two(score.deff.unwrap_or_default())),
        fact("representation-lightest", two(weighed.range.0)),
        fact("representation-heaviest", two(weighed.range.1)),
    ];
    let bounded = (weighed.bounded > 0).then(|| {
        t.a(
            "representation-bounded",
            &[
                ("n", weighed.bounded.into()),
                ("written", t.count(weighed.bounded).into()),
                ("off", t.number(weighed.furthest * 100.0, 1).into()),
            ],
        )
    });
    let pooled = weighed.pooled.iter().map(|(dimension, values)| {
        let values = values.iter();
        let names = values.map(|value| value_name(t, dimension, value, None));
        let names = names.collect::<Vec<_>>().join(", ");
        t.a(
            "representation-pooled",
            &[("values", names.into()), ("n", MINIMUM_PEOPLE.into())],
        )
    });
    let met = (weighed.bounded == 0).then(|| t.s("representation-met"));
    WeightsView {
        question: metric_name(t, &figure.question.kind),
        facts,
        notes: met.into_iter().chain(bounded).chain(pooled).collect(),
        steps: steps(t, weighed),
    }
}

fn steps(t: Text, weighed: &Weighed) -> Vec<(String, String, u32)> {
    let bound = |value: f64| t.number(value, if value.fract().abs() < 1e-9 { 0 } else { 2 });
    let starts = std::iter::once(None).chain(WEIGHT_STEPS.map(Some));
    let ends = WEIGHT_STEPS.map(Some).into_iter().chain([None]);
    let most = weighed.people_by_weight.iter().copied().max().unwrap_or(1);
    let people = weighed.people_by_weight.iter();
    let rows = starts.zip(ends).zip(people).map(|((start, end), people)| {
        let name = match (start, end) {
            (None, Some(end)) => t.a("representation-up-to", &[("end", bound(end).into())]),
            (Some(start), None) => t.a("representation-above", &[("start", bound(start).into())]),
            (Some(start), Some(end)) => t.a(
                "representation-between",
                &[("start", bound(start).into()), ("end", bound(end).into())],
            ),
            (None, None) => String::new(),
        };
        let length = people.saturating_mul(100) / most.max(1);
        (name, t.count(*people), u32::try_from(length).unwrap_or(100))
    });
    rows.collect()
}

fn targets(t: Text, weighting: &Weighting) -> Vec<TargetTable> {
    let margins = weighting.margins.iter();
    margins
        .map(|margin| TargetTable {
            property: dimension_name(t, &margin.dimension, margin.name.as_deref()),
            rows: margin
                .values
                .iter()
                .map(|value| {
                    (
                        value_name(t, &margin.dimension, &value.value, None),
                        percent(t, value.answered),
                        percent(t, value.target),
                    )
                })
                .collect(),
        })
        .collect()
}
