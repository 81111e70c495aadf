//! The first page: what needs attention.

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use peil_app::results::{
    Headline, NextStep, Overview, Quarter, ResultsQuery, SignalQuery, SignalsFound, Span, WaveLine,
    When,
};
use peil_domain::{
    access::Right,
    outreach::WaveState,
    shared::Period,
    survey::{Metric, SurveyState},
    themes::{Signal, SignalState},
};

use super::{
    frame::Frame,
    page,
    results::{
        comments::{CommentView, comment_view},
        glass::{GlassBox, GlassTable, figure_glass},
        links::{between, responses_href, results_href},
        pictures::tile_bar,
        signals::view::{SignalView, signal_view},
        tiles::{Tile, tile},
        verdicts::change_view,
        words::{as_of, step_names},
    },
};
use crate::{
    Web,
    edge::{problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/", get(show))
}

/// Highest bar in the strip of days.
const TALLEST: u64 = 60;
/// Tiles on the first page.
const TILES: usize = 4;
/// New signals on the first page.
const SIGNALS: usize = 5;
/// New signals among which those are chosen.
const LOOKED_AT: u64 = 50;

#[derive(Template)]
#[template(path = "overview/show.html")]
struct ShowPage {
    t: Text,
    frame: Frame,
    as_of: String,
    is_fresh: bool,
    next: Next,
    signals: Vec<SignalView>,
    tiles: Vec<OverviewTile>,
    strip: Vec<Week>,
    strip_total: String,
    strip_words: String,
    strip_glass: GlassBox,
    may_read: bool,
    comments: Vec<CommentView>,
    waves: Vec<WaveView>,
}

/// What is best done next, with a link.
struct Next {
    title: String,
    text: String,
    button: String,
    href: String,
    also_import: bool,
}

/// A tile with its questionnaire and period.
struct OverviewTile {
    survey: String,
    period: String,
    tile: Tile,
}

/// A bar of the strip: the answers of one week.
struct Week {
    label: String,
    href: String,
    x: usize,
    y: u64,
    height: u64,
}

/// A wave with how far it is.
struct WaveView {
    name: String,
    href: String,
    state: String,
    class: &'static str,
    words: String,
}

async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let actor = &signed.identity.actor;
    let found = web.app.get_overview(actor).await?;
    let query = SignalQuery {
        state: Some(SignalState::New),
        limit: LOOKED_AT,
        ..SignalQuery::default()
    };
    let mut signals = web.app.list_signals(actor, query).await?;
    worth_a_look(&mut signals.items);
    page(&show_page(&signed, &found, &signals))
}

/// What nobody looked at yet, what goes on before what is over: what came and went while nobody looked
/// is news all the same. What may have been chance and is over needs no look.
fn worth_a_look(signals: &mut Vec<Signal>) {
    signals.retain(|signal| signal.ended_at.is_none() || signal.kind.is_told());
    signals.sort_by_key(|signal| signal.ended_at.is_some());
    signals.truncate(SIGNALS);
}

fn show_page(signed: &Signed, found: &Overview, signals: &SignalsFound) -> ShowPage {
    let t = signed.text;
    let total: u64 = found.days.iter().map(|(_, n)| n).sum();
    let live = found
        .headlines
        .iter()
        .filter(|headline| headline.survey.state == SurveyState::Live);
    let closed = found
        .headlines
        .iter()
        .filter(|headline| headline.survey.state != SurveyState::Live);
    let tiles = live
        .chain(closed)
        .enumerate()
        .filter_map(|(index, headline)| overview_tile(t, index, headline, headline.quarter?));
    ShowPage {
        t,
        frame: Frame::new(signed, "overview", t.s("overview-title")),
        as_of: as_of(t, &signed.zone, found.as_of, found.took),
        is_fresh: !matches!(found.next, NextStep::LookAtLowest(_)),
        next: next(t, &found.next),
        signals: signals
            .items
            .iter()
            .map(|signal| signal_view(t, &signed.zone, &signals.names, signal))
            .collect(),
        tiles: tiles.take(TILES).collect(),
        strip_glass: strip_glass(t, found),
        strip: strip(t, found),
        strip_total: t.a(
            "results-n-answers",
            &[("n", total.into()), ("written", t.count(total).into())],
        ),
        strip_words: t.a("overview-strip-words", &[("n", t.count(total).into())]),
        may_read: signed.identity.actor.has(Right::ReadResponses),
        comments: found
            .low_comments
            .iter()
            .map(|(slug, line)| {
                let headline = found
                    .headlines
                    .iter()
                    .find(|known| known.survey.slug == *slug);
                let metric = headline
                    .and_then(|known| known.result.as_ref())
                    .map_or(Metric::Mean, |result| result.scale.metric);
                comment_view(t, &signed.zone, metric, (&found.themes, false), line)
            })
            .collect(),
        waves: found
            .waves
            .iter()
            .map(|wave| wave_view(signed, wave))
            .collect(),
    }
}

fn overview_tile(
    t: Text,
    index: usize,
    headline: &Headline,
    quarter: Quarter,
) -> Option<OverviewTile> {
    let result = headline.result.as_ref()?;
    let slug = &headline.survey.slug;
    let href = if quarter.is_current {
        let when = When::Span(Span::ThisQuarter);
        results_href(
            slug,
            &ResultsQuery {
                when,
                ..ResultsQuery::default()
            },
        )
    } else {
        results_href(
            slug,
            &between(&ResultsQuery::default(), quarter.start, quarter.end),
        )
    };
    let label = t.s("overview-before");
    let previous = (label.as_str(), &quarter.previous);
    let id = format!("overview-{index}");
    let bar = tile_bar(t, &id, result, &quarter.figure, Some(previous));
    let name = step_names(t, Period::Quarter, quarter.start).0;
    let period = if quarter.is_current {
        t.s("results-period-this-quarter")
    } else {
        t.a("overview-last-in", &[("period", name.into())])
    };
    let change = headline.change.as_ref();
    let verdict = change.map(|change| change_view(t, &result.scale, change));
    let selection = format!("{} · {period}", headline.survey.name);
    let glass = headline
        .quarter_result
        .as_ref()
        .and_then(|quarter| figure_glass(t, quarter, &selection, verdict.as_ref()));
    // The parts of the scale belong to all time, not to this quarter.
    let tile = Tile {
        bar,
        parts: Vec::new(),
        glass,
        verdict,
        ..tile(t, href, result, &quarter.figure)
    };
    Some(OverviewTile {
        survey: headline.survey.name.clone(),
        period,
        tile,
    })
}

/// The answers of the last days, by week of seven days up to today.
fn strip(t: Text, found: &Overview) -> Vec<Week> {
    let weeks: Vec<_> = found.days.chunks(7).collect();
    let count = |week: &&[(peil_domain::shared::LocalDay, u64)]| -> u64 {
        week.iter().map(|(_, n)| n).sum()
    };
    let most = weeks.iter().map(count).max().unwrap_or_default().max(1);
    weeks
        .iter()
        .enumerate()
        .filter_map(|(index, week)| {
            let ((first, _), (last, _)) = (week.first()?, week.last()?);
            let n = count(week);
            // At least a hair for whatever is not nothing.
            let height = (n * TALLEST / most).max(u64::from(n > 0));
            let answers = t.a(
                "results-n-answers",
                &[("n", n.into()), ("written", t.count(n).into())],
            );
            let days = t.a(
                "results-between",
                &[
                    ("from", t.date(first.date()).into()),
                    ("until", t.date(last.date()).into()),
                ],
            );
            Some(Week {
                label: format!("{days}: {answers}"),
                href: responses_href(None, &between(&ResultsQuery::default(), *first, *last)),
                x: index * 30,
                y: TALLEST - height,
                height,
            })
        })
        .collect()
}

/// What the bars of the strip count.
fn strip_glass(t: Text, found: &Overview) -> GlassBox {
    let weeks = found.days.chunks(7).filter_map(|week| {
        let (last, _) = week.last()?;
        let n: u64 = week.iter().map(|(_, n)| n).sum();
        Some((t.date(last.date()), vec![t.count(n)]))
    });
    GlassBox {
        verdict: None,
        words: t.s("overview-strip-how"),
        symbols: Vec::new(),
        notes: Vec::new(),
        selection: t.s("overview-strip-selection"),
        counts: Some(GlassTable {
            heads: vec![t.s("overview-strip-until"), t.s("results-answers")],
            rows: weeks.collect(),
        }),
        method: None,
    }
}

fn wave_view(signed: &Signed, wave: &WaveLine) -> WaveView {
    let t = signed.text;
    let (state, class) = match wave.state {
        WaveState::Preparing => (t.s("overview-wave-preparing"), "is-planned"),
        WaveState::Sending => (t.s("overview-wave-sending"), "is-live"),
        WaveState::Stopped => (t.s("overview-wave-stopped"), "is-closed"),
        WaveState::Draft | WaveState::Sent => (t.s("overview-wave-sent"), "is-closed"),
    };
    let started = wave
        .started_at
        .map(|at| t.day(at, &signed.zone))
        .unwrap_or_default();
    WaveView {
        name: wave.name.clone(),
        href: format!("/outreach/{}", wave.id),
        state,
        class,
        words: t.a(
            "overview-wave-words",
            &[
                ("date", started.into()),
                ("done", t.count(wave.done).into()),
                ("total", t.count(wave.total).into()),
                ("answered", t.count(wave.answered).into()),
            ],
        ),
    }
}

fn next(t: Text, step: &NextStep) -> Next {
    let words = |name: &str, href: String, also_import: bool| Next {
        title: t.s(&format!("overview-next-{name}-title")),
        text: t.s(&format!("overview-next-{name}-text")),
        button: t.s(&format!("overview-next-{name}-do")),
        href,
        also_import,
    };
    match step {
        NextStep::MakeSurvey => words("make", "/surveys".to_owned(), true),
        NextStep::Publish(survey) => words("publish", format!("/surveys/{}", survey.id), true),
        NextStep::Share(survey) => words("share", format!("/surveys/{}", survey.id), true),
        NextStep::LookAtLowest(slug) => {
            let href = results_href(slug, &ResultsQuery::default()) + "#ladder";
            words("look", href, false)
        }
    }
}
