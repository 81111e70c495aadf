//! The explorer: any measure by group, second group and period, of any selection.
//!
//! The form holds the whole state and stays; the part with the figures is a page of its own too, which
//! a script puts in the place of the former one.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use jiff::SignedDuration;
use peil_app::results::{
    Dimension, ExploreQuery, ExploreView, Explored, Figure, MINIMUM_PEOPLE, ResultsQuery, When,
    bucket_code,
};
use peil_domain::{access::Right, shared::Slug};

use super::{
    explorer_controls::{Controls, controls, what_of},
    explorer_heat::{Heat, Matrix, heat, matrix, written},
    explorer_pictures::{Drawn, ladder_drawn, trend_drawn},
    explorer_words::Writer,
    filters::{Choice, own_name},
    glass::comparability_notes,
    links::{results_href, slug_of, with_fields},
    methods::Topic,
    pictures::Doors,
    tabs::{Tab, result_tabs},
    words::{range_name, value_name, when_name},
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{parts::Piece, problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/results/explore", get(show))
        .route("/results/explore/part", get(show_part))
}

#[derive(Template)]
#[template(path = "results/explorer.html")]
struct ExplorerPage {
    t: Text,
    frame: Frame,
    survey: String,
    survey_href: String,
    as_of: String,
    controls: Controls,
    part: Part,
}

#[derive(Template)]
#[template(path = "results/explorer_part.html")]
struct PartPage {
    t: Text,
    part: Part,
}

/// What changes with every choice.
struct Part {
    tabs: Piece,
    /// The address that leads to the same.
    href: String,
    /// The chosen measure, as the form names it.
    what: String,
    /// What a screen reader says after a change.
    said: String,
    title: String,
    /// How much was counted, in how much time.
    counted: String,
    chips: Vec<ExploreChip>,
    all_href: String,
    hidden_href: String,
    views: Vec<Choice>,
    has_answers: bool,
    is_empty: bool,
    is_unfound: bool,
    guarded: Option<String>,
    warnings: Vec<String>,
    whole: String,
    heat: Option<Heat>,
    ladder: Option<Drawn>,
    trend: Option<Drawn>,
    notes: Vec<String>,
    has_table: bool,
    /// Nothing when it is fetched as soon as it is unfolded.
    matrix: Option<Matrix>,
}

/// Something that is selected, with ways to turn it round and to take it away.
struct ExploreChip {
    name: String,
    value: String,
    is_excluded: bool,
    /// Leaves the values out instead of choosing them, or the other way round: words and address.
    flip: Option<(String, String)>,
    off: (String, String),
}

/// The address of an exploration.
pub(in crate::admin) fn explorer_href(slug: &Slug, query: &ExploreQuery) -> String {
    let mut pairs = vec![("survey".to_owned(), slug.to_string())];
    pairs.extend(query.pairs());
    with_fields("/results/explore", &pairs)
}

async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let Some((slug, query)) = asked(&signed) else {
        return Ok(Redirect::to("/results").into_response());
    };
    let actor = &signed.identity.actor;
    let found = web.app.explore_results(actor, &slug, query, true).await?;
    let t = signed.text;
    page(&ExplorerPage {
        t,
        frame: Frame::new(&signed, "results", t.s("explorer-short")),
        survey: found.survey.name.clone(),
        survey_href: results_href(&slug, &found.query.results.figures_only()),
        as_of: t.a(
            "explorer-as-of",
            &[("at", t.moment(found.as_of, &signed.zone).into())],
        ),
        controls: controls(t, &found),
        part: part(&signed, &found, true),
    })
}

/// Only the part with the figures; the same as a table when that is unfolded, since it is as long as all
/// the rest.
async fn show_part(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let Some((slug, query)) = asked(&signed) else {
        return Ok(Redirect::to("/results").into_response());
    };
    let actor = &signed.identity.actor;
    let found = web.app.explore_results(actor, &slug, query, false).await?;
    let is_unfolded = signed.query.iter().any(|field| field == ("table", "open"));
    page(&PartPage {
        t: signed.text,
        part: part(&signed, &found, is_unfolded),
    })
}

fn asked(signed: &Signed) -> Option<(Slug, ExploreQuery)> {
    let slug = slug_of(&signed.query)?;
    Some((slug, ExploreQuery::read(signed.query.iter()).0))
}

fn part(signed: &Signed, found: &Explored, with_table: bool) -> Part {
    let t = signed.text;
    let slug = &found.survey.slug;
    let writer = Writer { t, found };
    let doors = Doors {
        t,
        slug,
        query: &found.query.results,
        may_read: signed.identity.actor.has(Right::ReadResponses),
    };
    let title = writer.title();
    let view = found.query.view;
    let has_rows = !found.rows.is_empty();
    let has_columns = !found.columns.is_empty();
    let drawn = |wanted: ExploreView| view == wanted && has_rows;
    Part {
        tabs: result_tabs(signed, slug, &found.query.results, Tab::Explorer),
        href: explorer_href(slug, &found.query),
        what: what_of(&found.subject),
        said: said(&writer, &title),
        counted: counted(t, found),
        chips: chips(t, found),
        all_href: explorer_href(slug, &without_filters(&found.query)),
        hidden_href: Topic::Hidden.href(),
        views: views(t, slug, &found.query),
        has_answers: found.has_answers,
        is_empty: found.whole == Figure::None,
        is_unfound: found.query.find.is_some() && !has_rows,
        guarded: guarded(t, found),
        warnings: warnings(t, found),
        whole: t.a(
            "explorer-everyone",
            &[("figure", writer.sentence(&found.whole).into())],
        ),
        heat: (drawn(ExploreView::Heat) && has_columns).then(|| heat(doors, found)),
        ladder: drawn(ExploreView::Ladder).then(|| ladder_drawn(doors, found, title.clone())),
        trend: (drawn(ExploreView::Trend) && has_columns)
            .then(|| trend_drawn(doors, found, title.clone())),
        notes: notes(t, found),
        has_table: has_rows,
        matrix: (with_table && has_rows).then(|| matrix(doors, found, title.clone())),
        title,
    }
}

/// "20.431 antwoorden in 3 ms".
fn counted(t: Text, found: &Explored) -> String {
    let time = milliseconds(t, found.took);
    match found.counted {
        Some(n) => t.a(
            "explorer-counted",
            &[
                ("n", n.into()),
                ("written", t.count(n).into()),
                ("time", time.into()),
            ],
        ),
        None => t.a("explorer-counted-hidden", &[("time", time.into())]),
    }
}

/// Whole milliseconds from ten on, below that with a decimal.
fn milliseconds(t: Text, took: SignedDuration) -> String {
    let taken = took.as_secs_f64() * 1000.0;
    t.number(taken.max(0.1), usize::from(taken < 9.95))
}

/// What a screen reader says after a change: what is shown, of how many.
fn said(writer: &Writer<'_>, title: &str) -> String {
    let t = writer.t;
    let figure = match &writer.found.whole {
        Figure::Shown(shown) => writer.people(shown),
        hidden => writer.sentence(hidden),
    };
    t.a(
        "explorer-said",
        &[("title", title.into()), ("figure", figure.into())],
    )
}

fn views(t: Text, slug: &Slug, query: &ExploreQuery) -> Vec<Choice> {
    let choice = |view: ExploreView| Choice {
        label: t.s(&format!("explorer-view-{}", view.code())),
        href: explorer_href(
            slug,
            &ExploreQuery {
                view,
                ..query.clone()
            },
        ),
        is_current: query.view == view,
    };
    ExploreView::ALL.into_iter().map(choice).collect()
}

fn without_filters(query: &ExploreQuery) -> ExploreQuery {
    ExploreQuery {
        results: ResultsQuery {
            question: query.results.question.clone(),
            choice: query.results.choice.clone(),
            group: query.results.group.clone(),
            ..ResultsQuery::default()
        },
        find: None,
        ..query.clone()
    }
}

fn chips(t: Text, found: &Explored) -> Vec<ExploreChip> {
    let (slug, query) = (&found.survey.slug, &found.query);
    let results = &query.results;
    let href = |results: ResultsQuery| {
        explorer_href(
            slug,
            &ExploreQuery {
                results,
                ..query.clone()
            },
        )
    };
    let plain = |name: String, value: String, without: ResultsQuery| ExploreChip {
        off: (off_words(t, &name, &value), href(without)),
        name,
        value,
        is_excluded: false,
        flip: None,
    };
    let mut chips = Vec::new();
    if results.when != When::Always {
        let without = ResultsQuery {
            when: When::Always,
            ..results.clone()
        };
        chips.push(plain(
            t.s("results-period"),
            when_name(t, results.when),
            without,
        ));
    }
    if let Some(range) = range_name(t, results.least, results.most) {
        let without = ResultsQuery {
            least: None,
            most: None,
            ..results.clone()
        };
        chips.push(plain(t.s("results-score"), range, without));
    }
    if results.includes_automatic {
        let without = ResultsQuery {
            includes_automatic: false,
            ..results.clone()
        };
        let value = t.s("results-automatic-counted");
        chips.push(plain(t.s("results-automatic"), value, without));
    }
    for (filter, is_excluded) in results
        .filters
        .iter()
        .map(|filter| (filter, false))
        .chain(results.excluded.iter().map(|filter| (filter, true)))
    {
        chips.push(property_chip(t, found, filter, is_excluded, &href));
    }
    chips
}

fn property_chip(
    t: Text,
    found: &Explored,
    (dimension, values): &(Dimension, Vec<String>),
    is_excluded: bool,
    href: &impl Fn(ResultsQuery) -> String,
) -> ExploreChip {
    let writer = Writer { t, found };
    let mut known = found.dimensions.iter();
    let known = known.find(|known| known.dimension == *dimension);
    let named: Vec<String> = values
        .iter()
        .map(|value| value_name(t, dimension, value, own_name(known, value)))
        .collect();
    let (name, value) = (writer.property(dimension), named.join(", "));
    let args = [
        ("name", name.as_str().into()),
        ("value", value.as_str().into()),
    ];
    let flip = if is_excluded {
        "explorer-flip-in"
    } else {
        "explorer-flip-out"
    };
    let results = &found.query.results;
    ExploreChip {
        flip: Some((t.a(flip, &args), href(results.flipped(dimension)))),
        off: (
            off_words(t, &name, &value),
            href(results.without(dimension)),
        ),
        name: if is_excluded {
            t.a("results-chip-not", &[("name", name.into())])
        } else {
            name
        },
        value,
        is_excluded,
    }
}

fn off_words(t: Text, name: &str, value: &str) -> String {
    t.a(
        "results-chip-off",
        &[("name", name.into()), ("value", value.into())],
    )
}

/// Says what the small groups cost, in words.
fn guarded(t: Text, found: &Explored) -> Option<String> {
    if found.is_closed {
        return Some(t.a("results-guarded-closed", &[("n", MINIMUM_PEOPLE.into())]));
    }
    found.is_widened.then(|| {
        let days = [
            ("shown", when_name(t, found.query.results.when).into()),
            ("n", MINIMUM_PEOPLE.into()),
        ];
        t.a("explorer-widened", &days)
    })
}

/// What to know before trusting the figures.
fn warnings(t: Text, found: &Explored) -> Vec<String> {
    let compared = found.comparability.as_ref();
    compared
        .map(|compared| comparability_notes(t, compared))
        .unwrap_or_default()
}

/// What is not seen in the picture.
fn notes(t: Text, found: &Explored) -> Vec<String> {
    let mut notes = Vec::new();
    let has_steps = found.query.view == ExploreView::Trend
        || (found.query.view == ExploreView::Heat && found.query.second.is_none());
    let asked = found.query.step.unwrap_or(found.step);
    if has_steps && asked != found.step && !found.is_closed {
        let step = |step| t.s(&format!("explorer-per-{}", bucket_code(step)));
        notes.push(t.a(
            "explorer-coarser",
            &[
                ("asked", step(asked).into()),
                ("shown", step(found.step).into()),
                ("n", MINIMUM_PEOPLE.into()),
            ],
        ));
    }
    let mut count = |key: &str, n: usize| {
        if n > 0 {
            notes.push(t.a(key, &[("n", n.into()), ("written", written(t, n).into())]));
        }
    };
    if has_steps {
        count("explorer-steps-beyond", found.columns_beyond);
    } else {
        count("explorer-columns-beyond", found.columns_beyond);
    }
    count("explorer-beyond", found.beyond);
    count("explorer-hidden", found.hidden);
    notes
}
