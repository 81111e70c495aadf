//! What drives satisfaction: importance against performance, and how certain both are.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use peil_app::results::{
    Direction, Driver, DriverAnalysis, DriverRefusal, DriversFound, DriversQuery, MOST_DRIVERS,
    MOST_ROWS, Quadrant, ResultsQuery,
};
use peil_domain::{shared::Slug, survey::Question};

use super::{
    driver_pictures::drivers_picture,
    filters::{Choice, FilterBar, filter_bar},
    glass::GlassBox,
    links::{query_of, results_href, slug_of, with_fields},
    methods::Topic,
    pictures::Picture,
    tabs::{Tab, result_tabs},
    words::{as_of, metric_name, question_name},
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{parts::Piece, problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/results/drivers", get(show))
}

#[derive(Template)]
#[template(path = "results/drivers.html")]
struct DriversPage {
    t: Text,
    frame: Frame,
    survey: String,
    survey_href: String,
    tabs: Piece,
    lead: String,
    as_of: String,
    bar: FilterBar,
    questions: Vec<Choice>,
    beside_drivers: Vec<(String, String)>,
    choices: Vec<DriverTick>,
    most: usize,
    refusal: Option<String>,
    found: Option<FoundView>,
}

/// A question that can take part.
struct DriverTick {
    key: String,
    name: String,
    is_chosen: bool,
}

/// What was found.
struct FoundView {
    answer: String,
    based_on: String,
    first: Option<String>,
    notes: Vec<String>,
    picture: Picture,
    rows: Vec<DriverRow>,
    glass: GlassBox,
}

/// One driver, written.
struct DriverRow {
    number: usize,
    name: String,
    href: String,
    part: String,
    part_interval: String,
    share: String,
    relative_share: String,
    direction: String,
    mean: String,
    mean_interval: String,
    quadrant: String,
}

/// The address of an analysis of drivers.
pub(in crate::admin) fn drivers_href(slug: &Slug, query: &DriversQuery) -> String {
    let mut pairs = vec![("survey".to_owned(), slug.to_string())];
    pairs.extend(query.pairs());
    with_fields("/results/drivers", &pairs)
}

async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let Some(slug) = slug_of(&signed.query) else {
        return Ok(Redirect::to("/results").into_response());
    };
    let query = DriversQuery::read(signed.query.iter()).0;
    let actor = &signed.identity.actor;
    let found = web.app.find_drivers(actor, &slug, query).await?;
    page(&drivers_page(&signed, &found))
}

fn drivers_page(signed: &Signed, found: &DriversFound) -> DriversPage {
    let t = signed.text;
    let slug = &found.survey.slug;
    let query = &found.query;
    let href = |results: &ResultsQuery| {
        let (results, drivers) = (results.clone(), query.drivers.clone());
        drivers_href(slug, &DriversQuery { results, drivers })
    };
    let bar = filter_bar(
        t,
        "/results/drivers",
        Some(slug),
        &query.results,
        &found.dimensions,
        href,
    );
    let fields = query.pairs();
    let bar = bar.carrying(fields.iter().filter(|(name, _)| name == "driver"));
    let words = bar.words(t, &found.survey.name);
    let choices = found.choices.iter().map(|choice| DriverTick {
        key: choice.question.key.to_string(),
        name: named(t, &choice.question),
        is_chosen: choice.is_chosen,
    });
    let survey = ("survey".to_owned(), slug.to_string());
    let results = query.results.pairs();
    DriversPage {
        t,
        frame: Frame::new(signed, "results", t.s("drivers-title")),
        survey: found.survey.name.clone(),
        survey_href: results_href(slug, &query.results),
        tabs: result_tabs(signed, slug, &query_of(signed), Tab::Drivers),
        lead: words.clone(),
        as_of: as_of(t, &signed.zone, found.as_of, found.took),
        bar,
        questions: questions(t, found),
        beside_drivers: std::iter::once(survey).chain(results).collect(),
        choices: choices.collect(),
        most: MOST_DRIVERS,
        refusal: found.analysis.as_ref().err().map(|why| refusal(t, why)),
        found: match (&found.outcome, &found.analysis) {
            (Some(outcome), Ok(analysis)) => Some(found_view(t, found, outcome, analysis, &words)),
            _ => None,
        },
    }
}

/// Measure and words of a question.
fn named(t: Text, question: &Question) -> String {
    let metric = metric_name(t, &question.kind);
    format!("{metric} · {}", question_name(t, question))
}

/// Questions that can be explained; another one begins with drivers of its own.
fn questions(t: Text, found: &DriversFound) -> Vec<Choice> {
    let questions = found.questions.iter();
    questions
        .map(|question| {
            let results = ResultsQuery {
                question: Some(question.key.clone()),
                ..found.query.results.clone()
            };
            let drivers = Vec::new();
            Choice {
                label: named(t, question),
                href: drivers_href(&found.survey.slug, &DriversQuery { results, drivers }),
                is_current: found.query.results.question.as_ref() == Some(&question.key),
            }
        })
        .collect()
}

/// Why there is no analysis, and what can be done about it.
fn refusal(t: Text, why: &DriverRefusal) -> String {
    match why {
        DriverRefusal::NoOutcome => t.s("compare-nothing-text"),
        DriverRefusal::NoDrivers => t.s("drivers-none"),
        DriverRefusal::TooFew {
            rows,
            needed,
            drivers,
        } => {
            let key = match rows {
                Some(_) => "drivers-too-few",
                None => "drivers-too-few-hidden",
            };
            let rows = rows.map(|rows| t.count(rows)).unwrap_or_default();
            t.a(
                key,
                &[
                    ("rows", rows.into()),
                    ("needed", t.count(*needed).into()),
                    ("drivers", (*drivers).into()),
                ],
            )
        }
        DriverRefusal::NoSpread(question) => {
            let name = question_name(t, question);
            t.a("drivers-no-spread", &[("name", name.into())])
        }
        DriverRefusal::Follows => t.s("drivers-follows"),
    }
}

fn found_view(
    t: Text,
    found: &DriversFound,
    outcome: &Question,
    analysis: &DriverAnalysis,
    selection: &str,
) -> FoundView {
    let metric = metric_name(t, &outcome.kind);
    let answer = t.a(
        "drivers-answer",
        &[
            ("part", percent(t, analysis.r2, 0).into()),
            ("metric", metric.as_str().into()),
            ("n", analysis.drivers.len().into()),
        ],
    );
    let based_on = t.a(
        "drivers-based-on",
        &[
            ("rows", t.count(analysis.n).into()),
            ("people", t.count(analysis.people).into()),
        ],
    );
    // Only what matters more and goes worse than the mean beyond doubt is worth a beginning.
    let first = |driver: &&Driver| {
        let matters = driver.part_interval.low > analysis.part_cut;
        let goes_badly = driver.position_interval.high < analysis.position_cut;
        matters && goes_badly && driver.direction != Direction::Unclear
    };
    let first = analysis.drivers.iter().find(first).map(|driver| {
        let name = question_name(t, &driver.question);
        t.a("drivers-first", &[("name", name.into())])
    });
    let cut = analysis.is_cut.then(|| {
        let most = t.count(MOST_ROWS);
        t.a("drivers-cut", &[("n", most.into())])
    });
    let notes = [cut, Some(t.s("drivers-no-cause"))];
    let mut glass = GlassBox::about(t, Topic::Drivers, t.s("drivers-words"), selection);
    glass.symbols.push(t.s("method-drivers-formula"));
    glass.symbols.push(t.a(
        "drivers-formula",
        &[
            ("part", percent(t, analysis.r2, 1).into()),
            ("rows", t.count(analysis.n).into()),
            ("drivers", analysis.drivers.len().into()),
        ],
    ));
    glass.notes.push(Topic::Drivers.interval(t));
    FoundView {
        answer,
        based_on,
        first,
        notes: notes.into_iter().flatten().collect(),
        picture: drivers_picture(t, &metric, analysis),
        rows: (1..)
            .zip(&analysis.drivers)
            .map(|(number, driver)| driver_row(t, found, &metric, (number, driver)))
            .collect(),
        glass,
    }
}

fn driver_row(
    t: Text,
    found: &DriversFound,
    metric: &str,
    (number, driver): (usize, &Driver),
) -> DriverRow {
    let results = ResultsQuery {
        question: Some(driver.question.key.clone()),
        ..found.query.results.clone()
    };
    let share = |share: Option<f64>| match share {
        Some(share) => percent(t, share, 0),
        None => t.s("results-no-figure"),
    };
    let direction = match driver.direction {
        Direction::Up => "drivers-up",
        Direction::Down => "drivers-down",
        Direction::Unclear => "drivers-unclear",
    };
    let between = |low: String, high: String| format!("{low} – {high}");
    let (part, mean) = (driver.part_interval, driver.mean);
    DriverRow {
        number,
        name: question_name(t, &driver.question),
        href: results_href(&found.survey.slug, &results),
        part: percent(t, driver.part, 1),
        part_interval: between(percent(t, part.low, 1), percent(t, part.high, 1)),
        share: share(driver.share),
        relative_share: share(driver.relative_share),
        direction: t.a(direction, &[("metric", metric.into())]),
        mean: t.a(
            "drivers-mean-of",
            &[
                ("mean", t.number(mean.value, 2).into()),
                ("min", driver.scale.min.into()),
                ("max", driver.scale.max.into()),
            ],
        ),
        mean_interval: between(t.number(mean.low, 2), t.number(mean.high, 2)),
        quadrant: t.s(quadrant_key(driver.quadrant)),
    }
}

/// What to do with a driver, as a key of the locales.
pub(super) const fn quadrant_key(quadrant: Quadrant) -> &'static str {
    match quadrant {
        Quadrant::Concentrate => "drivers-concentrate",
        Quadrant::KeepUp => "drivers-keep-up",
        Quadrant::LowPriority => "drivers-low-priority",
        Quadrant::PossibleOverkill => "drivers-overkill",
    }
}

fn percent(t: Text, fraction: f64, decimals: usize) -> String {
    format!("{}%", t.number(fraction * 100.0, decimals))
}
