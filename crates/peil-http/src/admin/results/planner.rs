//! How many answers are needed, and how many invitations.

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use peil_app::results::{SampleAim, SamplePlan, SampleQuery, SampleWarning, measure_code};
use peil_domain::{shared::Slug, survey::Metric};

use super::{
    glass::GlassBox,
    links::{with_field, with_fields},
    methods::Topic,
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/results/planner", get(show))
}

#[derive(Template)]
#[template(path = "results/planner.html")]
struct PlannerPage {
    t: Text,
    frame: Frame,
    aims: Vec<(String, String, bool)>,
    hidden_aim: &'static str,
    was: String,
    surveys: Vec<(String, String, bool)>,
    measures: Vec<(&'static str, String, bool)>,
    fields: Vec<NumberField>,
    errors: Vec<(String, String)>,
    answers: Option<String>,
    answers_words: String,
    invitations: Option<String>,
    notes: Vec<String>,
    warnings: Vec<String>,
    glass: GlassBox,
}

/// A number to fill in.
struct NumberField {
    name: &'static str,
    label: String,
    help: String,
    value: String,
    error: Option<String>,
}

/// The planner, begun with the figures of a questionnaire.
pub(in crate::admin) fn planner_href(slug: &Slug) -> String {
    with_field("/results/planner", "survey", slug.as_str())
}

async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let (mut query, mut refused) = SampleQuery::read(signed.query.iter());
    // Numbers of another questionnaire or measure say nothing about this one.
    let is_other = |was: &str| was != figures_of(&query);
    if signed.query.some("was").is_some_and(is_other) {
        query = query.without_numbers();
        refused.clear();
    }
    let plan = web.app.plan_sample(&signed.identity.actor, query).await?;
    page(&planner_page(&signed, &plan, &refused))
}

/// Whose figures, and which, are filled in.
fn figures_of(query: &SampleQuery) -> String {
    let survey = query.survey.as_ref().map(ToString::to_string);
    let measure = query.measure.map_or("", measure_code);
    format!("{}/{measure}", survey.unwrap_or_default())
}

fn planner_page(signed: &Signed, plan: &SamplePlan, refused: &[&'static str]) -> PlannerPage {
    let t = signed.text;
    let query = &plan.query;
    let measure = query.measure.unwrap_or(Metric::Nps);
    let fields = number_fields(signed, plan, measure, refused);
    let errors = fields.iter().filter_map(|field| {
        let error = field.error.as_ref()?;
        Some((field.name.to_owned(), format!("{}: {error}", field.label)))
    });
    let needed = plan.needed.as_ref();
    let aims = SampleAim::ALL.into_iter().map(|aim| {
        // What was typed for one aim means something else for another.
        let other = SampleQuery {
            aim,
            survey: query.survey.clone(),
            has_chosen: true,
            measure: query.measure,
            ..SampleQuery::default()
        };
        let label = t.s(&format!("planner-aim-{}", aim.code()));
        (
            label,
            with_fields("/results/planner", &other.pairs()),
            aim == query.aim,
        )
    });
    let is_pair = query.aim != SampleAim::Margin;
    PlannerPage {
        t,
        frame: Frame::new(signed, "results", t.s("planner-title")),
        aims: aims.collect(),
        hidden_aim: query.aim.code(),
        was: figures_of(query),
        surveys: plan
            .surveys
            .iter()
            .map(|survey| {
                let slug = survey.slug.to_string();
                let is_chosen = query.survey.as_ref() == Some(&survey.slug);
                (slug, survey.name.clone(), is_chosen)
            })
            .collect(),
        measures: [Metric::Nps, Metric::TopBox, Metric::Mean]
            .into_iter()
            .map(|known| {
                let code = measure_code(known);
                (
                    code,
                    t.s(&format!("compare-measure-{code}")),
                    known == measure,
                )
            })
            .collect(),
        errors: errors.collect(),
        fields,
        answers: needed.and_then(|needed| needed.n).map(|n| t.count(n)),
        answers_words: answer_words(t, query, measure),
        invitations: needed
            .and_then(|needed| needed.invitations)
            .map(|n| t.count(n)),
        notes: if is_pair {
            vec![t.s("planner-per-group"), t.s("planner-power")]
        } else {
            Vec::new()
        },
        warnings: warnings(t, plan),
        glass: GlassBox {
            symbols: vec![t.s("method-sample-size-formula")],
            selection: t.s("method-sample-size-interval"),
            ..GlassBox::about(t, Topic::SampleSize, t.s("method-sample-size-words"), "")
        },
    }
}

/// The fields, with what was typed although it was wrong.
fn number_fields(
    signed: &Signed,
    plan: &SamplePlan,
    measure: Metric,
    refused: &[&'static str],
) -> Vec<NumberField> {
    let t = signed.text;
    let query = &plan.query;
    let code = measure_code(measure);
    let number = |value: Option<f64>| value.map(|value| t.number(value, decimals(value)));
    let aim = query.aim.code();
    let mut known = vec![
        (
            "size",
            format!("planner-size-{aim}-{code}"),
            number(query.size),
        ),
        ("now", format!("planner-now-{code}"), number(query.now)),
    ];
    if measure != Metric::TopBox {
        known.push((
            "spread",
            format!("planner-spread-{code}"),
            number(query.spread),
        ));
    }
    known.push(("rate", "planner-rate".to_owned(), number(query.rate)));
    known.push((
        "population",
        "planner-population".to_owned(),
        query.population.map(|people| people.to_string()),
    ));
    known
        .into_iter()
        .map(|(name, key, value)| {
            let is_wrong = refused.contains(&name);
            let typed = signed.query.some(name).map(ToOwned::to_owned);
            NumberField {
                name,
                label: t.s(&key),
                help: if plan.own.contains(&name) && !is_wrong {
                    t.s("planner-own")
                } else {
                    String::new()
                },
                value: typed.filter(|_| is_wrong).or(value).unwrap_or_default(),
                error: is_wrong.then(|| t.s("planner-wrong-number")),
            }
        })
        .collect()
}

/// As many decimals as a number has, two at most.
fn decimals(value: f64) -> usize {
    let has = |decimals: i32| ((value * 10_f64.powi(decimals)).fract()).abs() < 1e-6;
    match (has(0), has(1)) {
        (true, _) => 0,
        (_, true) => 1,
        _ => 2,
    }
}

/// What the answers are for, in one sentence.
fn answer_words(t: Text, query: &SampleQuery, measure: Metric) -> String {
    let number = |value: Option<f64>| {
        let value = value.unwrap_or_default();
        t.number(value, decimals(value))
    };
    let unit = t.s(&format!("planner-unit-{}", measure_code(measure)));
    t.a(
        &format!("planner-for-{}", query.aim.code()),
        &[
            ("size", number(query.size).into()),
            ("now", number(query.now).into()),
            ("unit", unit.into()),
        ],
    )
}

fn warnings(t: Text, plan: &SamplePlan) -> Vec<String> {
    let people = plan.query.population.unwrap_or_default();
    plan.warnings
        .iter()
        .map(|warning| match warning {
            SampleWarning::SmallBase if plan.query.aim == SampleAim::Margin => {
                t.a("planner-small-base", &[("people", t.count(people).into())])
            }
            SampleWarning::SmallBase => t.s("planner-small-base-pair"),
            SampleWarning::TooFewCustomers { reachable } => t.a(
                "planner-too-few",
                &[
                    ("people", t.count(people).into()),
                    ("reachable", t.count(*reachable).into()),
                ],
            ),
        })
        .collect()
}
