//! One signal: its verdict, its control chart, where it comes from, and what to do with it.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::results::{Dimension, ResultsQuery, SignalFound, dimension_of};
use peil_domain::{
    access::Right,
    shared::{LocalDay, Period, Slug},
    themes::{Origin, SignalKind, SignalPart},
};

use super::{
    picture::{Counted, control_picture},
    signal_id,
    view::{SignalView, signal_view},
};
use crate::{
    Web,
    admin::{
        frame::Frame,
        page,
        results::{
            links::{between, responses_href, results_href},
            pictures::Picture,
        },
        themes::{
            spoken::{SpokenView, spoken_view},
            theme_href,
        },
    },
    edge::{parts::FormError, problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "results/signal.html")]
struct ShowPage<'a> {
    t: Text,
    frame: Frame,
    signal: SignalView,
    reason: Option<String>,
    part: Option<String>,
    picture: Option<Picture>,
    origins: Vec<String>,
    quotes: Vec<QuoteView>,
    doors: Vec<(String, String)>,
    may_decide: bool,
    errors: &'a [FormError],
    typed: String,
}

/// An answer that shows what the signal is about.
struct QuoteView {
    spoken: SpokenView,
    at: String,
    href: String,
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    signal_page(&web, &signed, &id, &[], String::new()).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn signal_page(
    web: &Web,
    signed: &Signed,
    id: &str,
    errors: &[FormError],
    typed: String,
) -> Result<Response, PageError> {
    let (actor, t) = (&signed.identity.actor, signed.text);
    let found = web.app.get_signal(actor, signal_id(id)?).await?;
    let signal = signal_view(t, &signed.zone, &found.names, &found.signal);
    let evidence = &found.signal.evidence;
    let reason = evidence.reason.and_then(|reason| {
        let word = serde_json::to_value(reason).ok()?;
        t.find(&format!("signals-reason-{}", word.as_str()?))
    });
    let counted = match found.signal.kind {
        SignalKind::ResponseCollapse => Counted::Answers,
        _ => Counted::Complaints,
    };
    let words = signal.sentence.clone();
    let quotes = found.quotes.iter().map(|quote| QuoteView {
        spoken: spoken_view(t, &found.names, &quote.spoken),
        at: t.moment(quote.submitted_at, &signed.zone),
        href: format!("/responses/{}", quote.response),
    });
    page(&ShowPage {
        t,
        frame: Frame::new(signed, "overview", signal.name.clone()),
        picture: control_picture(t, counted, &signal.name, words, evidence),
        origins: evidence
            .origins
            .iter()
            .map(|one| words_of(t, one))
            .collect(),
        quotes: quotes.collect(),
        doors: doors(t, &found, actor.has(Right::ReadResponses)),
        may_decide: actor.has(Right::WriteSurveys),
        part: evidence.part.as_ref().map(|part| part_words(t, part)),
        signal,
        reason,
        errors,
        typed,
    })
}

/// What people call a property.
fn property_name(t: Text, property: &str) -> String {
    match property {
        "touchpoint" => t.s("results-dimension-touchpoint"),
        "account" => t.s("results-dimension-account"),
        "survey" => t.s("signals-property-survey"),
        other => other.to_owned(),
    }
}

/// The part of all answers that it is about, in words.
fn part_words(t: Text, part: &SignalPart) -> String {
    let place = format!("{}: {}", property_name(t, &part.property), part.name);
    t.a("signals-part", &[("value", place.into())])
}

/// Where it comes from, in words.
fn words_of(t: Text, origin: &Origin) -> String {
    let named = origin.groups.iter().map(|group| {
        let property = property_name(t, &group.property);
        format!("{property}: {}", group.name)
    });
    let place = named.collect::<Vec<_>>().join(", ");
    match origin.ratio {
        Some(ratio) => t.a(
            "signals-origin",
            &[
                ("value", place.into()),
                ("ratio", t.number(ratio, 1).into()),
            ],
        ),
        None => t.a("signals-origin-only", &[("value", place.into())]),
    }
}

/// Where to go from here: the answers behind it, or the figures.
fn doors(t: Text, found: &SignalFound, may_read: bool) -> Vec<(String, String)> {
    let mut doors = Vec::new();
    let signal = &found.signal;
    match signal.kind {
        kind if kind.is_of_theme() => {
            let part = signal.evidence.part.as_ref();
            let all = part
                .and_then(|part| Some((dimension_of(&part.dimension)?, part)))
                .map_or_else(ResultsQuery::default, |(dimension, part)| {
                    ResultsQuery::default().with_only(&dimension, &part.value)
                });
            if let Some(slug) = &found.survey {
                let href = theme_href(slug, &signal.subject, &all);
                doors.push((href, t.s("signals-door-theme")));
            }
            if may_read {
                let about = all.with_only(&Dimension::Theme, &signal.subject);
                let about = about.with_only(&Dimension::Tone, "-1");
                let points = &signal.evidence.points;
                let last = points
                    .last()
                    .map(|week| Period::Week.next(week.start).0 - 1);
                let about = match signal.evidence.since.zip(last) {
                    Some((since, last)) => between(&about, since, LocalDay(last)),
                    None => about,
                };
                let is_survey = part.is_some_and(|part| part.dimension == "survey");
                let slug = found.survey.as_ref().filter(|_| is_survey);
                doors.push((responses_href(slug, &about), t.s("signals-door-complaints")));
            }
        }
        SignalKind::NewTheme => {
            let label = t.s("signals-door-proposals");
            doors.push(("/themes/proposals".to_owned(), label));
        }
        SignalKind::ScoreDrop => {
            if let Ok(slug) = signal.subject.parse::<Slug>() {
                let href = results_href(&slug, &ResultsQuery::default());
                doors.push((href, t.s("signals-door-results")));
            }
        }
        SignalKind::ResponseCollapse if may_read => {
            doors.push(("/responses".to_owned(), t.s("signals-door-answers")));
            doors.push(("/results/turnout".to_owned(), t.s("signals-door-turnout")));
        }
        _ => {}
    }
    doors
}
