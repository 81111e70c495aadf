//! Figures: which questionnaire, how satisfied, how certain, and why.

mod choices;
pub(super) mod comments;
mod compare;
mod driver_pictures;
mod drivers;
pub(super) mod filters;
pub(super) mod glass;
pub(super) mod links;
pub(super) mod list;
pub(super) mod methods;
pub(super) mod pictures;
mod planner;
mod tabs;
pub(super) mod tiles;
mod turnout;
pub(super) mod verdicts;
pub(super) mod words;

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use peil_app::results::{
    Comments, CommentsAsked, CompareQuery, Dimension, DriversQuery, GroupBy, MINIMUM_PEOPLE,
    Results, ResultsQuery, ScaleResult, When, bucket_code,
};
use peil_domain::{
    access::Right,
    response::Flag,
    shared::{Period, SurveyId},
};

use self::{
    choices::{ChoiceTable, choices},
    comments::{CommentList, comment_list},
    compare::compare_href,
    drivers::drivers_href,
    filters::{Choice, FilterBar, filter_bar},
    glass::GlassBox,
    links::{after_of, query_of, responses_href, results_href, slug_of},
    methods::Topic,
    pictures::{Doors, Picture, distribution_picture, ladder_picture, trend_picture},
    tabs::{Tab, result_tabs},
    tiles::{Tile, response_tile, tiles},
    turnout::turnout_href,
    verdicts::{GroupVerdicts, VerdictView, change_view, group_verdicts},
    words::{as_of, dimension_name, metric_name, question_name, step_names, when_name},
};
use super::{frame::Frame, page};
use crate::{
    Web,
    edge::{parts::Piece, problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/results", get(show))
        .merge(compare::routes())
        .merge(drivers::routes())
        .merge(methods::routes())
        .merge(planner::routes())
        .merge(turnout::routes())
}

/// Comments on a page.
const COMMENTS: u64 = 10;

#[derive(Template)]
#[template(path = "results/show.html")]
struct ShowPage {
    t: Text,
    frame: Frame,
    survey: String,
    tabs: Piece,
    lead: String,
    as_of: String,
    has_answers: bool,
    is_empty: bool,
    bar: FilterBar,
    automatic: Option<AutomaticNote>,
    all_href: String,
    buckets: Vec<Choice>,
    tiles: Vec<Tile>,
    response: (String, String),
    response_glass: GlassBox,
    turnout_href: String,
    chosen: Option<Chosen>,
    choices: Vec<ChoiceTable>,
    comments: Option<CommentList>,
    /// What is hidden or shown otherwise than was asked, and why.
    guarded: Option<String>,
    download: Option<SurveyId>,
}

/// What is marked as automatic, and what is done with it.
struct AutomaticNote {
    words: String,
    /// Counts it, or leaves it out again.
    switch: (String, String),
    list_href: Option<String>,
}

/// What is shown of the chosen question.
struct Chosen {
    trend_title: String,
    question: String,
    notes: Vec<String>,
    distribution: Option<Picture>,
    trend: Option<Picture>,
    trend_verdict: Option<(String, VerdictView)>,
    trend_glass: GlassBox,
    distribution_glass: GlassBox,
    ladder: Option<Picture>,
    has_letters: bool,
    group_verdicts: Option<GroupVerdicts>,
    ladder_glass: GlassBox,
    compare_href: String,
    planner_href: String,
    drivers_href: Option<String>,
    left_out: Option<String>,
    groups: Vec<Choice>,
}

async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let Some(slug) = slug_of(&signed.query) else {
        return list::list(&web, &signed).await;
    };
    let query = query_of(&signed);
    let actor = &signed.identity.actor;
    let results = web.app.get_results(actor, &slug, query.clone()).await?;
    let comments = if actor.has(Right::ReadResponses) && !results.texts.is_empty() {
        let asked = CommentsAsked {
            query: results.query.clone(),
            about: None,
            after: after_of(&signed.query),
            limit: COMMENTS,
        };
        Some(web.app.list_comments(actor, &slug, asked).await)
    } else {
        None
    };
    // A link to a page of comments that is no more still leads to the figures.
    let comments = comments.and_then(Result::ok);
    page(&show_page(&signed, &results, comments))
}

fn show_page(signed: &Signed, results: &Results, comments: Option<Comments>) -> ShowPage {
    let t = signed.text;
    let slug = &results.survey.slug;
    let doors = Doors {
        t,
        slug,
        query: &results.query,
        may_read: signed.identity.actor.has(Right::ReadResponses),
    };
    let people = match results.people {
        Some(people) => t.a(
            "results-n-people",
            &[("n", people.into()), ("written", t.count(people).into())],
        ),
        None => t.s("results-too-few-short"),
    };
    let href = |query: &ResultsQuery| results_href(slug, &query.figures_only());
    let buckets = [Period::Week, Period::Month, Period::Quarter].map(|bucket| Choice {
        label: t.s(&format!("results-bucket-{}", bucket_code(bucket))),
        href: href(&ResultsQuery {
            bucket: Some(bucket),
            ..results.query.clone()
        }),
        is_current: results.bucket == bucket,
    });
    let chosen = results
        .scales
        .iter()
        .find(|result| results.query.question.as_ref() == Some(&result.question.key));
    let bar = bar(t, results, href);
    let selection = bar.words(t, &results.survey.name);
    let response_words = t.s("results-words-response");
    let when = if results.is_widened {
        When::Between(results.from, results.until)
    } else {
        results.query.when
    };
    ShowPage {
        t,
        frame: Frame::new(signed, "results", results.survey.name.clone()),
        survey: results.survey.name.clone(),
        tabs: result_tabs(t, slug, &results.query, Tab::Figures),
        lead: format!(
            "{} · {people} · {}",
            results.survey.name,
            when_name(t, when)
        ),
        as_of: as_of(t, &signed.zone, results.as_of, results.took),
        has_answers: results.has_answers,
        is_empty: results.people == Some(0),
        bar,
        automatic: automatic_note(doors, results),
        all_href: results_href(slug, &ResultsQuery::default()),
        buckets: buckets.into(),
        tiles: tiles(doors, results, &selection),
        response: response_tile(t, &results.response),
        turnout_href: turnout_href(slug, &results.query),
        response_glass: GlassBox::about(t, Topic::ResponseRate, response_words, &selection),
        chosen: chosen.map(|result| chosen_view(doors, results, result, &selection)),
        choices: choices(doors, results),
        comments: comments.map(|comments| comment_list(doors, &signed.zone, results, comments)),
        guarded: guarded(t, results, when),
        download: doors.may_read.then_some(results.survey.id),
    }
}

/// Says what the small groups cost, in words.
fn guarded(t: Text, results: &Results, when: When) -> Option<String> {
    if results.is_closed {
        let fewest = [("n", MINIMUM_PEOPLE.into())];
        return Some(t.a("results-guarded-closed", &fewest));
    }
    results.is_widened.then(|| {
        let days = [
            ("asked", when_name(t, results.query.when).into()),
            ("shown", when_name(t, when).into()),
            ("n", MINIMUM_PEOPLE.into()),
        ];
        t.a("results-guarded-days", &days)
    })
}

fn bar(t: Text, results: &Results, href: impl Fn(&ResultsQuery) -> String) -> FilterBar {
    let (slug, query) = (&results.survey.slug, &results.query);
    let bar = filter_bar(t, "/results", Some(slug), query, &results.dimensions, &href);
    if results.automatic == 0 && !query.includes_automatic {
        return bar;
    }
    bar.offering_automatic(t, query, href)
}

/// Says how many answers are left out because no person can have given them.
fn automatic_note(doors: Doors<'_>, results: &Results) -> Option<AutomaticNote> {
    let t = doors.t;
    let is_in = doors.query.includes_automatic;
    let (words, switch) = if is_in {
        ("results-automatic-in", "results-automatic-leave-out")
    } else {
        ("results-automatic-out", "results-automatic-count")
    };
    let other = ResultsQuery {
        includes_automatic: !is_in,
        ..doors.query.figures_only()
    };
    let marked = ResultsQuery {
        flag: Some(Flag::Robot),
        ..doors.query.figures_only()
    };
    let n = results.automatic;
    let written = t.count(n).into();
    (n > 0).then(|| AutomaticNote {
        words: t.a(words, &[("n", n.into()), ("written", written)]),
        switch: (t.s(switch), results_href(doors.slug, &other)),
        list_href: doors
            .may_read
            .then(|| responses_href(Some(doors.slug), &marked)),
    })
}

fn chosen_view(
    doors: Doors<'_>,
    results: &Results,
    result: &ScaleResult,
    selection: &str,
) -> Chosen {
    let t = doors.t;
    let glass = |topic, words: &str| GlassBox::about(t, topic, t.s(words), selection);
    let verdicts = &results.verdicts;
    let trend_verdict = verdicts.trend.as_ref().map(|(start, change)| {
        let view = change_view(t, &result.scale, change);
        let name = |start| step_names(t, results.bucket, start).0;
        let words = t.a(
            "verdict-trend",
            &[
                ("later", name(*start).into()),
                ("earlier", name(change.from).into()),
            ],
        );
        (words, view)
    });
    let shown = result.figure.shown();
    let metric = metric_name(t, &result.question.kind);
    let ladder = results
        .ladder
        .as_ref()
        .filter(|ladder| !ladder.rows.is_empty());
    let own_name = |dimension: &Dimension| {
        let known = results
            .dimensions
            .iter()
            .find(|known| known.dimension == *dimension);
        known.and_then(|known| known.name.as_deref())
    };
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
        trend: (!results.trend.is_empty()).then(|| trend_picture(doors, results, result)),
        trend_verdict,
        trend_glass: glass(Topic::of(result.scale.metric), "results-words-trend"),
        distribution_glass: glass(Topic::of(result.scale.metric), "results-words-distribution"),
        ladder: ladder.map(|ladder| {
            let name = own_name(&ladder.dimension);
            ladder_picture(doors, ladder, name, result, &verdicts.letters)
        }),
        has_letters: !verdicts.letters.is_empty(),
        group_verdicts: ladder.and_then(|ladder| group_verdicts(t, result, ladder, verdicts)),
        ladder_glass: glass(Topic::Difference, "results-words-ladder"),
        planner_href: links::with_field("/results/planner", "survey", doors.slug.as_str()),
        drivers_href: drivers_link(doors, results),
        compare_href: compare_href(
            doors.slug,
            &CompareQuery {
                results: results.query.figures_only(),
                by: results.query.group.clone().map(GroupBy::Property),
                ..CompareQuery::default()
            },
        ),
        left_out: ladder
            .map(|ladder| ladder.left_out)
            .filter(|left_out| *left_out > 0)
            .map(|left_out| t.a("results-left-out", &[("n", left_out.into())])),
        groups: groups.collect(),
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

/// What to know about versions before trusting the charts.
fn version_notes(t: Text, result: &ScaleResult) -> Vec<String> {
    let list = |numbers: &[i32]| {
        let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        words.join(", ")
    };
    let compared = &result.comparability;
    let mut notes = Vec::new();
    if !compared.left_out.is_empty() {
        let numbers = list(&compared.left_out);
        notes.push(t.a("results-note-left-out", &[("list", numbers.into())]));
    }
    if !compared.reworded.is_empty() {
        let numbers = list(&compared.reworded);
        notes.push(t.a("results-note-reworded", &[("list", numbers.into())]));
    }
    notes
}
