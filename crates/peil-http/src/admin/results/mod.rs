//! Figures: which questionnaire, how satisfied, how certain, and why.

mod account_pictures;
mod accounts;
mod blocks;
mod choices;
mod chosen;
pub(super) mod comments;
mod compare;
mod compared;
mod driver_pictures;
mod drivers;
mod explorer;
mod explorer_controls;
mod explorer_heat;
mod explorer_pictures;
mod explorer_words;
pub(super) mod filters;
pub(super) mod glass;
pub(super) mod links;
pub(super) mod list;
pub(super) mod methods;
pub(super) mod pictures;
mod planner;
mod representation;
mod representation_groups;
mod representation_weights;
pub(super) mod signals;
mod tabs;
pub(super) mod tiles;
mod turnout;
pub(super) mod verdicts;
pub(super) mod words;

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use peil_app::results::{
    Comments, CommentsAsked, MINIMUM_PEOPLE, Results, ResultsQuery, When, bucket_code,
};
use peil_domain::{
    access::Right,
    response::Flag,
    shared::{Period, SurveyId},
};

use self::{
    blocks::{Block, NumberTable, blocks, number_tables},
    choices::{ChoiceTable, choices},
    chosen::{Chosen, chosen_view},
    comments::{CommentList, comment_list},
    filters::{Choice, FilterBar, filter_bar},
    glass::GlassBox,
    links::{after_of, query_of, responses_href, results_href, slug_of},
    methods::Topic,
    pictures::Doors,
    planner::planner_href,
    tabs::{Tab, result_tabs},
    tiles::{Tile, response_glass, response_tile, tiles},
    turnout::turnout_href,
    words::{as_of, when_name},
};
use super::{frame::Frame, page};
use crate::{
    Web,
    edge::{parts::Piece, problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/results", get(show))
        .merge(accounts::routes())
        .merge(compare::routes())
        .merge(drivers::routes())
        .merge(explorer::routes())
        .merge(methods::routes())
        .merge(planner::routes())
        .merge(representation::routes())
        .merge(signals::routes())
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
    planner_href: String,
    chosen: Option<Chosen>,
    blocks: Vec<Block>,
    choices: Vec<ChoiceTable>,
    numbers: Vec<NumberTable>,
    comments: Option<CommentList>,
    /// What is hidden or shown otherwise than was asked, and why.
    guarded: Option<String>,
    hidden_href: String,
    quality_href: String,
    download: Option<SurveyId>,
}

/// What is marked as automatic, and what is done with it.
struct AutomaticNote {
    words: String,
    /// Counts it, or leaves it out again.
    switch: (String, String),
    list_href: Option<String>,
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
        None => t.s("results-people-hidden"),
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
    let when = if results.is_widened {
        When::Between(results.from, results.until)
    } else {
        results.query.when
    };
    ShowPage {
        t,
        frame: Frame::new(signed, "results", results.survey.name.clone()),
        survey: results.survey.name.clone(),
        tabs: result_tabs(signed, slug, &query_of(signed), Tab::Figures),
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
        planner_href: planner_href(slug),
        response_glass: response_glass(t, &results.response, &selection),
        chosen: chosen.map(|result| chosen_view(doors, results, result, &selection)),
        blocks: blocks(doors, results),
        choices: choices(doors, results, &selection),
        numbers: number_tables(t, results),
        comments: comments.map(|comments| comment_list(doors, &signed.zone, results, comments)),
        guarded: guarded(t, results, when),
        hidden_href: Topic::Hidden.href(),
        quality_href: Topic::Quality.href(),
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
