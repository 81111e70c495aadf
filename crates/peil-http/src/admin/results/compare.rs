//! Comparing groups or periods: choose them, see the test over all, then every pair.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use peil_app::results::{
    CompareQuery, ComparedGroup, Figure, GroupBy, GroupsCompared, MOST_COMPARED, ScaleResult,
    measure_code, measures_of,
};
use peil_domain::{
    shared::Slug,
    survey::{Metric, ScoreScale},
};

use super::{
    compared::{Compared, compared},
    filters::{Choice, FilterBar, filter_bar},
    glass::version_notes,
    links::{query_of, results_href, slug_of, with_fields},
    tabs::{Tab, result_tabs},
    tiles::counted,
    words::{
        as_of, dimension_name, format_of, in_unit, metric_name, question_name, step_names,
        value_name,
    },
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{parts::Piece, problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/results/compare", get(show))
}

#[derive(Template)]
#[template(path = "results/compare.html")]
struct ComparePage {
    t: Text,
    frame: Frame,
    survey: String,
    survey_href: String,
    tabs: Piece,
    lead: String,
    as_of: String,
    bar: FilterBar,
    questions: Vec<Choice>,
    measures: Vec<Choice>,
    ways: Vec<Choice>,
    beside_groups: Vec<(String, String)>,
    groups: Vec<GroupChoice>,
    most: usize,
    hidden: Option<String>,
    /// What to know about versions before trusting a difference.
    notes: Vec<String>,
    compared: Option<Compared>,
}

/// A group that can be chosen.
struct GroupChoice {
    value: String,
    name: String,
    figure: String,
    is_picked: bool,
    is_hidden: bool,
}

/// The address of a comparison.
pub(in crate::admin) fn compare_href(slug: &Slug, query: &CompareQuery) -> String {
    let mut pairs = vec![("survey".to_owned(), slug.to_string())];
    pairs.extend(query.pairs());
    with_fields("/results/compare", &pairs)
}

async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let Some(slug) = slug_of(&signed.query) else {
        return Ok(Redirect::to("/results").into_response());
    };
    let query = CompareQuery::read(signed.query.iter()).0;
    let actor = &signed.identity.actor;
    let found = web.app.compare_groups(actor, &slug, query).await?;
    page(&compare_page(&signed, &found))
}

fn compare_page(signed: &Signed, found: &GroupsCompared) -> ComparePage {
    let t = signed.text;
    let slug = &found.survey.slug;
    let query = &found.query;
    let href = |results: &peil_app::results::ResultsQuery| {
        let results = results.clone();
        compare_href(
            slug,
            &CompareQuery {
                results,
                ..query.clone()
            },
        )
    };
    let bar = filter_bar(
        t,
        "/results/compare",
        Some(slug),
        &query.results,
        &found.dimensions,
        href,
    );
    let also = query.pairs();
    let bar = bar.carrying(
        also.iter()
            .filter(|(name, _)| matches!(name.as_str(), "by" | "measure" | "pick")),
    );
    let words = bar.words(t, &found.survey.name);
    let (measures, ways) = (measures(t, found), ways(t, found));
    let groups = found.choices.iter().map(|group| GroupChoice {
        value: group.value.clone(),
        name: group_name(t, query.by.as_ref(), group),
        figure: figure_words(t, found.asked.as_ref(), query.measure, &group.figure),
        is_picked: group.is_picked,
        is_hidden: group.figure.shown().is_none(),
    });
    let hidden_choices = groups.clone().filter(|group| group.is_hidden).count();
    ComparePage {
        t,
        frame: Frame::new(signed, "results", t.s("compare-title")),
        survey: found.survey.name.clone(),
        survey_href: results_href(slug, &query.results),
        tabs: result_tabs(signed, slug, &query_of(signed), Tab::Compare),
        lead: words.clone(),
        as_of: as_of(t, &signed.zone, found.as_of, found.took),
        bar,
        questions: questions(t, found),
        measures,
        ways,
        beside_groups: beside_groups(slug, query),
        groups: groups.collect(),
        most: MOST_COMPARED,
        hidden: (hidden_choices > 0)
            .then(|| t.a("compare-hidden", &[("n", hidden_choices.into())])),
        notes: found
            .asked
            .as_ref()
            .map(|asked| version_notes(t, asked))
            .unwrap_or_default(),
        compared: found
            .asked
            .as_ref()
            .filter(|_| !found.groups.is_empty())
            .map(|asked| compared(t, found, asked, &words)),
    }
}

/// Fields that go along when groups are chosen.
fn beside_groups(slug: &Slug, query: &CompareQuery) -> Vec<(String, String)> {
    let mut fields = vec![("survey".to_owned(), slug.to_string())];
    fields.extend(query.pairs().into_iter().filter(|(name, _)| name != "pick"));
    fields
}

fn questions(t: Text, found: &GroupsCompared) -> Vec<Choice> {
    found
        .questions
        .iter()
        .map(|question| {
            let is_current = found.query.results.question.as_ref() == Some(&question.key);
            let mut query = found.query.clone();
            query.results.question = Some(question.key.clone());
            query.measure = None;
            Choice {
                label: format!(
                    "{} · {}",
                    metric_name(t, &question.kind),
                    question_name(t, question)
                ),
                href: compare_href(&found.survey.slug, &query),
                is_current,
            }
        })
        .collect()
}

fn measures(t: Text, found: &GroupsCompared) -> Vec<Choice> {
    let Some(asked) = &found.asked else {
        return Vec::new();
    };
    measures_of(&asked.question)
        .into_iter()
        .map(|measure| Choice {
            label: t.s(&format!("compare-measure-{}", measure_code(measure))),
            href: compare_href(
                &found.survey.slug,
                &CompareQuery {
                    measure: Some(measure),
                    ..found.query.clone()
                },
            ),
            is_current: found.query.measure == Some(measure),
        })
        .collect()
}

/// What can tell groups apart; another way begins without groups.
fn ways(t: Text, found: &GroupsCompared) -> Vec<Choice> {
    let properties = found.dimensions.iter().map(|known| {
        let name = dimension_name(t, &known.dimension, known.name.as_deref());
        (GroupBy::Property(known.dimension.clone()), name)
    });
    let periods = GroupBy::PERIODS.into_iter().map(|period| {
        let by = GroupBy::Periods(period);
        let name = t.s(&format!("compare-by-{}", by.code()));
        (by, name)
    });
    properties
        .chain(periods)
        .map(|(by, label)| Choice {
            label,
            is_current: found.query.by.as_ref() == Some(&by),
            href: compare_href(
                &found.survey.slug,
                &CompareQuery {
                    by: Some(by),
                    picks: Vec::new(),
                    ..found.query.clone()
                },
            ),
        })
        .collect()
}

/// A group in words.
pub(super) fn group_name(t: Text, by: Option<&GroupBy>, group: &ComparedGroup) -> String {
    match (by, group.start) {
        (Some(GroupBy::Periods(period)), Some(start)) => step_names(t, *period, start).0,
        (Some(GroupBy::Property(dimension)), _) => {
            value_name(t, dimension, &group.value, group.name.as_deref())
        }
        _ => group.value.clone(),
    }
}

/// The scale with the measure that is compared.
pub(super) fn scale_of(asked: &ScaleResult, measure: Option<Metric>) -> ScoreScale {
    ScoreScale {
        metric: measure.unwrap_or(asked.scale.metric),
        ..asked.scale
    }
}

fn figure_words(
    t: Text,
    asked: Option<&ScaleResult>,
    measure: Option<Metric>,
    figure: &Figure,
) -> String {
    match (asked, figure) {
        (Some(asked), Figure::Shown(shown)) => {
            let scale = scale_of(asked, measure);
            let value = format_of(t, &scale).value(in_unit(&scale, shown.value));
            format!("{value} · {}", counted(t, shown.n, shown.people))
        }
        (_, Figure::None) => t.s("results-no-answers"),
        _ => t.s("results-too-few-short"),
    }
}
