//! Who answered, and where others stopped: rates by AAPOR, completion, drop-off.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use peil_app::results::{ChannelCompletion, ResponseRates, ResponseReport, ResultsQuery, When};
use peil_domain::shared::Slug;

use super::{
    filters::{FilterBar, filter_bar},
    glass::GlassBox,
    links::{query_of, results_href, slug_of, with_fields},
    methods::Topic,
    pictures::Picture,
    planner::planner_href,
    tabs::{Tab, result_tabs},
    words::{question_name, value_name},
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    charts::{ChartHead, FunnelChart, FunnelLabels, FunnelStep, Shape, funnel},
    edge::{parts::Piece, problem::PageError, signed::Signed, text::Text},
};

const PATH: &str = "/results/response";
/// What is usual for invitations by mail, as fractions.
const USUAL_BY_MAIL: (f64, f64) = (0.10, 0.15);

pub(super) fn routes() -> Router<Web> {
    Router::new().route(PATH, get(show))
}

#[derive(Template)]
#[template(path = "results/turnout.html")]
struct TurnoutPage {
    t: Text,
    frame: Frame,
    survey: String,
    survey_href: String,
    tabs: Piece,
    lead: String,
    bar: FilterBar,
    /// Whether the address has filters that invitations cannot be sifted by.
    has_idle_filters: bool,
    invited: Option<Invited>,
    channels: Vec<Counted>,
    channels_glass: GlassBox,
    pages: Option<Picture>,
    pages_glass: GlassBox,
    questions: Vec<Counted>,
    questions_glass: GlassBox,
    planner_href: String,
}

/// How the invitations ended.
struct Invited {
    answer: String,
    usual: String,
    picture: Picture,
    ends: Vec<End>,
    rates: Vec<Rate>,
    glass: GlassBox,
}

/// How a number of invitations ended.
struct End {
    code: &'static str,
    words: String,
    n: String,
}

/// One rate by its name in the standard.
struct Rate {
    name: &'static str,
    words: String,
    value: String,
}

/// A part of a whole.
struct Counted {
    name: String,
    part: String,
    whole: String,
    share: String,
}

/// The page about a questionnaire in the period of a selection; the rest of the selection goes
/// along for the way back.
pub(in crate::admin) fn turnout_href(slug: &Slug, query: &ResultsQuery) -> String {
    let mut pairs = vec![("survey".to_owned(), slug.to_string())];
    pairs.extend(query.figures_only().pairs());
    with_fields(PATH, &pairs)
}

async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let Some(slug) = slug_of(&signed.query) else {
        return Ok(Redirect::to("/results").into_response());
    };
    let query = query_of(&signed).figures_only();
    let actor = &signed.identity.actor;
    let report = web
        .app
        .get_response_report(actor, &slug, query.when)
        .await?;
    page(&turnout_page(&signed, &report, &query))
}

fn turnout_page(signed: &Signed, report: &ResponseReport, query: &ResultsQuery) -> TurnoutPage {
    let t = signed.text;
    let slug = &report.survey.slug;
    let period = ResultsQuery {
        when: report.when,
        ..ResultsQuery::default()
    };
    let rest = ResultsQuery {
        when: When::Always,
        ..query.clone()
    };
    let href = |period: &ResultsQuery| {
        let when = period.when;
        let rest = rest.clone();
        turnout_href(slug, &ResultsQuery { when, ..rest })
    };
    let bar = filter_bar(t, PATH, Some(slug), &period, &[], href);
    let bar = bar.carrying(rest.pairs().iter());
    let lead = bar.words(t, &report.survey.name);
    let glass = |words: &str, formula: &str, selection: &str| GlassBox {
        symbols: vec![t.s(formula)],
        selection: t.a(selection, &[("selection", lead.as_str().into())]),
        ..GlassBox::about(t, Topic::ResponseRate, t.s(words), &lead)
    };
    let questions = report.questions.iter().map(|line| {
        let name = question_name(t, &line.question);
        counted(t, name, line.answered, line.asked)
    });
    TurnoutPage {
        t,
        frame: Frame::new(signed, "results", t.s("turnout-title")),
        survey: report.survey.name.clone(),
        survey_href: results_href(slug, query),
        tabs: result_tabs(signed, slug, query, Tab::Turnout),
        has_idle_filters: !query.filters.is_empty(),
        invited: report
            .rates
            .as_ref()
            .map(|rates| invited(t, report, rates, &lead)),
        channels: channels(t, report),
        channels_glass: glass(
            "turnout-words-channels",
            "turnout-symbols-channels",
            "turnout-how-begun",
        ),
        pages: pages_picture(t, report),
        pages_glass: glass(
            "turnout-words-pages",
            "turnout-symbols-pages",
            "turnout-how-newest",
        ),
        questions: questions.collect(),
        questions_glass: glass(
            "turnout-words-questions",
            "turnout-symbols-questions",
            "results-how-selection",
        ),
        planner_href: planner_href(slug),
        lead,
        bar,
    }
}

/// Those who began by channel, and all of them together.
fn channels(t: Text, report: &ResponseReport) -> Vec<Counted> {
    let lines = report.channels.iter().map(|line| {
        let channel = peil_app::results::Dimension::Channel;
        let name = value_name(t, &channel, line.channel.code(), None);
        counted(t, name, line.complete, line.begun)
    });
    let sum = |count: fn(&ChannelCompletion) -> u64| report.channels.iter().map(count).sum();
    let all = (report.channels.len() > 1).then(|| {
        let (complete, begun) = (sum(|line| line.complete), sum(|line| line.begun));
        counted(t, t.s("results-everyone"), complete, begun)
    });
    lines.chain(all).collect()
}

fn invited(t: Text, report: &ResponseReport, rates: &ResponseRates, lead: &str) -> Invited {
    let found = &report.dispositions;
    let sent = found.complete + found.partial + found.refusal + found.unknown_other;
    let rate = rates.rr1.unwrap_or_default();
    let counts = [
        ("answered", t.count(found.complete).into()),
        ("sent", t.count(sent).into()),
    ];
    let filled = t.a("results-response-words", &counts);
    let [low, high] = [USUAL_BY_MAIL.0, USUAL_BY_MAIL.1];
    let usual = if rate < low {
        "turnout-usual-below"
    } else if rate > high {
        "turnout-usual-above"
    } else {
        "turnout-usual"
    };
    let step = |name: &str, count| FunnelStep {
        label: t.s(name),
        count,
        href: None,
    };
    let begun = found.complete + found.partial;
    let steps = vec![
        step("turnout-sent", sent),
        step("turnout-begun", begun),
        step("turnout-complete", found.complete),
    ];
    let delivered_in_doubt = found.unknown_other.saturating_sub(report.undelivered);
    let ends = [
        ("I", "turnout-end-complete", found.complete),
        ("P", "turnout-end-partial", found.partial),
        ("R", "turnout-end-refusal", found.refusal),
        ("UO", "turnout-end-silent", delivered_in_doubt),
        ("UO", "turnout-end-undelivered", report.undelivered),
        ("", "turnout-end-waiting", report.waiting),
    ];
    let named = [
        ("RR1", "turnout-rr1", rates.rr1),
        ("RR2", "turnout-rr2", rates.rr2),
        ("RR5", "turnout-rr5", rates.rr5),
        ("COOP1", "turnout-coop1", rates.coop1),
        ("REF1", "turnout-ref1", rates.ref1),
        ("CON1", "turnout-con1", rates.con1),
    ];
    Invited {
        answer: t.a(
            "turnout-answer",
            &[
                ("rate", percent(t, rate).into()),
                ("words", filled.as_str().into()),
            ],
        ),
        usual: t.s(usual),
        picture: picture(t, "invited", t.s("turnout-invited"), steps),
        ends: ends
            .into_iter()
            .map(|(code, words, n)| End {
                code,
                words: t.s(words),
                n: t.count(n),
            })
            .collect(),
        rates: named
            .into_iter()
            .filter_map(|(name, words, value)| {
                Some(Rate {
                    name,
                    words: t.s(words),
                    value: percent(t, value?),
                })
            })
            .collect(),
        glass: invited_glass(t, (found.complete, sent, rate), filled, lead),
    }
}

/// How the rates were made.
fn invited_glass(
    t: Text,
    (complete, sent, rate): (u64, u64, f64),
    filled: String,
    lead: &str,
) -> GlassBox {
    let formula = t.a(
        "results-formula-share",
        &[
            ("part", t.count(complete).into()),
            ("whole", t.count(sent).into()),
            ("share", percent(t, rate).into()),
        ],
    );
    GlassBox {
        symbols: vec![
            t.s("method-response-rate-formula"),
            formula,
            t.s("turnout-symbols-rates"),
        ],
        notes: vec![Topic::ResponseRate.interval(t)],
        selection: t.a("turnout-how-invitations", &[("selection", lead.into())]),
        ..GlassBox::about(t, Topic::ResponseRate, filled, lead)
    }
}

/// How many sent each page, of those who sent the first one.
fn pages_picture(t: Text, report: &ResponseReport) -> Option<Picture> {
    let steps = report.pages.iter().zip(1_u64..).map(|(count, number)| {
        let label = t.a("turnout-page", &[("n", number.into())]);
        FunnelStep {
            label,
            count: *count,
            href: None,
        }
    });
    let steps: Vec<_> = steps.collect();
    (!steps.is_empty()).then(|| picture(t, "pages", t.s("turnout-pages"), steps))
}

fn picture(t: Text, id: &str, title: String, steps: Vec<FunnelStep>) -> Picture {
    let chart = FunnelChart {
        head: ChartHead {
            id: id.to_owned(),
            description: title.clone(),
            title,
            empty: t.s("results-no-answers"),
        },
        numbers: t.numbers(),
        labels: FunnelLabels {
            step: t.s("turnout-step"),
            count: t.s("turnout-count"),
            of_first: t.s("turnout-of-first"),
            of_previous: t.s("turnout-of-previous"),
        },
        steps,
    };
    Picture {
        wide: funnel(&chart, Shape::Wide),
        narrow: funnel(&chart, Shape::Narrow),
        table: chart.table(),
    }
}

fn counted(t: Text, name: String, part: u64, whole: u64) -> Counted {
    Counted {
        name,
        part: t.count(part),
        whole: t.count(whole),
        share: t.numbers().share(part, whole),
    }
}

fn percent(t: Text, share: f64) -> String {
    format!("{}%", t.number(share * 100.0, 1))
}
