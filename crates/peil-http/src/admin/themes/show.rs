//! One theme: how often, through time, its parts, who mentions it, and in which words.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use peil_app::{
    results::{Comments, CommentsAsked, Dimension, ResultsQuery, ThemeVerdict},
    themes::{ThemeFigure, ThemeFound},
};
use peil_domain::{access::Right, survey::Metric};

use super::{
    change_words, guarded, impact_words, lead, percent,
    pictures::{groups_picture, ladder_picture, trend_picture},
    reading, theme_href, themes_href,
};
use crate::{
    Web,
    admin::{
        frame::Frame,
        page,
        results::{
            comments::{CommentView, comment_view, readable_words},
            filters::{Choice, FilterBar, filter_bar},
            links::{after_of, query_of, responses_href, slug_of, with_field},
            pictures::Picture,
            signals::{
                picture::{Counted, control_picture},
                view::{SignalView, evidence_words, signal_view, verdict_tag},
            },
            words::{as_of, dimension_name, metric_name},
        },
    },
    edge::{problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/themes/{code}", get(show))
}

/// Words on a page.
const COMMENTS: u64 = 12;

#[derive(Template)]
#[template(path = "themes/show.html")]
struct ShowPage {
    t: Text,
    frame: Frame,
    name: String,
    lead: String,
    as_of: String,
    list_href: String,
    bar: FilterBar,
    guarded: Option<String>,
    reading: Option<String>,
    figure: Option<FigureView>,
    verdict: Option<VerdictView>,
    signals: Vec<SignalView>,
    trend: Option<Picture>,
    parts: Option<Picture>,
    parts_too_few: Option<String>,
    groups: Option<Picture>,
    ways: Vec<Choice>,
    tones: Vec<Choice>,
    comments: Vec<CommentView>,
    hidden_why: Option<String>,
    next: Option<String>,
    all: Option<String>,
}

/// What the theme is called by now, and why.
struct VerdictView {
    tag: (&'static str, String),
    words: String,
    picture: Option<Picture>,
}

/// The theme in figures.
struct FigureView {
    mentions: String,
    negative: String,
    positive: String,
    change: (&'static str, String),
    impact: Option<(String, String)>,
}

async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let Some(slug) = slug_of(&signed.query) else {
        return Ok(Redirect::to("/themes").into_response());
    };
    let query = query_of(&signed);
    let actor = &signed.identity.actor;
    let tone = tone_asked(&query);
    let found = web.app.get_theme(actor, &slug, &code, query).await?;
    let comments = if actor.has(Right::ReadResponses) && found.figure.is_some() {
        let asked = CommentsAsked {
            query: about(&found, tone.as_deref()),
            about: None,
            after: after_of(&signed.query),
            limit: COMMENTS,
        };
        web.app.list_comments(actor, &slug, asked).await.ok()
    } else {
        None
    };
    page(&show_page(&signed, &found, tone.as_deref(), comments))
}

/// The tone of the words that are wanted.
fn tone_asked(query: &ResultsQuery) -> Option<String> {
    let mut filters = query.filters.iter();
    let found = filters.find(|(dimension, _)| *dimension == Dimension::Tone);
    found.and_then(|(_, values)| values.first().cloned())
}

/// The answers that mention the theme, in a tone.
fn about(found: &ThemeFound, tone: Option<&str>) -> ResultsQuery {
    let query = found.head.query.with_only(&Dimension::Theme, &found.code);
    match tone {
        Some(tone) => query.with_only(&Dimension::Tone, tone),
        None => query,
    }
}

fn show_page(
    signed: &Signed,
    found: &ThemeFound,
    tone: Option<&str>,
    comments: Option<Comments>,
) -> ShowPage {
    let t = signed.text;
    let head = &found.head;
    let slug = &head.survey.slug;
    let name = head.names.name(&found.code, t.language);
    let here = |query: &ResultsQuery| theme_href(slug, &found.code, query);
    let action = "/themes";
    let bar = filter_bar(t, action, Some(slug), &head.query, &head.dimensions, here);
    let part_name = |figure: &ThemeFigure| {
        let narrowed = head.query.with_only(&Dimension::ThemePart, &figure.code);
        let may_read = signed.identity.actor.has(Right::ReadResponses);
        let href = may_read.then(|| responses_href(Some(slug), &narrowed));
        (head.names.name(&figure.code, t.language), href)
    };
    let metric = head
        .score
        .as_ref()
        .map_or(Metric::Mean, |(_, scale)| scale.metric);
    let asked = about(found, tone);
    let next = comments.as_ref().and_then(|comments| comments.next.clone());
    let here_with_tone = match tone {
        Some(tone) => here(&head.query.with_only(&Dimension::Tone, tone)),
        None => here(&head.query),
    };
    ShowPage {
        t,
        frame: Frame::new(signed, "themes", name.clone()),
        lead: lead(t, head),
        as_of: as_of(t, &signed.zone, head.as_of, head.took),
        list_href: themes_href(Some(slug), &head.query),
        bar: FilterBar {
            spans: bar.spans,
            groups: Vec::new(),
            ..bar
        },
        guarded: guarded(t, head),
        reading: reading(t, head),
        figure: found
            .figure
            .as_ref()
            .map(|figure| figure_view(t, found, figure)),
        verdict: found
            .verdict
            .as_ref()
            .map(|verdict| verdict_view(t, &name, verdict)),
        signals: found
            .signals
            .iter()
            .map(|signal| signal_view(t, &signed.zone, &head.names, signal))
            .collect(),
        trend: trend_picture(t, found),
        parts: (!found.parts.is_empty())
            .then(|| ladder_picture(t, "parts", t.s("themes-parts"), &found.parts, part_name)),
        parts_too_few: (found.parts_too_few > 0)
            .then(|| t.a("themes-parts-too-few", &[("n", found.parts_too_few.into())])),
        groups: groups_picture(t, found),
        ways: ways(t, found),
        tones: tones(t, found, tone),
        hidden_why: comments
            .as_ref()
            .and_then(|comments| readable_words(t, comments.readable)),
        comments: comments.map_or_else(Vec::new, |comments| words_of(signed, metric, &comments)),
        next: next.map(|next| with_field(&here_with_tone, "after", &next) + "#comments"),
        all: signed
            .identity
            .actor
            .has(Right::ReadResponses)
            .then(|| responses_href(Some(slug), &asked)),
        name,
    }
}

/// The words of customers on the page.
fn words_of(signed: &Signed, metric: Metric, comments: &Comments) -> Vec<CommentView> {
    let about = (&comments.themes, comments.may_correct);
    let lines = comments.lines.iter();
    lines
        .map(|line| comment_view(signed.text, &signed.zone, metric, about, line))
        .collect()
}

fn verdict_view(t: Text, name: &str, verdict: &ThemeVerdict) -> VerdictView {
    let evidence = &verdict.evidence;
    let is_young = evidence
        .points
        .last()
        .is_none_or(|week| week.limit.is_none());
    let words = match verdict.kind {
        Some(kind) => evidence_words(t, kind, evidence),
        None if is_young => t.s("signals-text-young"),
        None => t.s("signals-text-quiet"),
    };
    VerdictView {
        tag: verdict_tag(t, verdict.kind),
        picture: control_picture(t, Counted::Complaints, name, words.clone(), evidence),
        words,
    }
}

fn figure_view(t: Text, found: &ThemeFound, figure: &ThemeFigure) -> FigureView {
    let counted = |share: &peil_app::themes::Share| {
        t.a(
            "themes-n-of",
            &[
                ("n", t.count(share.n).into()),
                ("share", percent(t).value(share.value * 100.0).into()),
                ("low", percent(t).value(share.low * 100.0).into()),
                ("high", percent(t).value(share.high * 100.0).into()),
            ],
        )
    };
    FigureView {
        mentions: counted(&figure.mentions),
        negative: counted(&figure.negative),
        positive: counted(&figure.positive),
        change: change_words(t, figure.change.as_ref()),
        impact: figure
            .impact
            .zip(found.head.score.as_ref())
            .map(|(impact, (question, scale))| {
                let metric = metric_name(t, &question.kind);
                let name = t.a("themes-impact-on", &[("metric", metric.into())]);
                (name, impact_words(t, scale, &impact))
            }),
    }
}

/// The properties by which groups can be told apart.
fn ways(t: Text, found: &ThemeFound) -> Vec<Choice> {
    let known = found.head.dimensions.iter();
    known
        .map(|known| Choice {
            label: dimension_name(t, &known.dimension, known.name.as_deref()),
            href: theme_href(
                &found.head.survey.slug,
                &found.code,
                &ResultsQuery {
                    group: Some(known.dimension.clone()),
                    ..found.head.query.clone()
                },
            ) + "#groups",
            is_current: found.group.as_ref() == Some(&known.dimension),
        })
        .collect()
}

/// The tones to choose from.
fn tones(t: Text, found: &ThemeFound, chosen: Option<&str>) -> Vec<Choice> {
    let slug = &found.head.survey.slug;
    [None, Some("-1"), Some("0"), Some("1")]
        .into_iter()
        .map(|tone| {
            let query = match tone {
                Some(tone) => found.head.query.with_only(&Dimension::Tone, tone),
                None => found.head.query.clone(),
            };
            Choice {
                label: match tone {
                    None => t.s("themes-tone-any"),
                    Some("-1") => t.s("themes-tone-negative"),
                    Some("1") => t.s("themes-tone-positive"),
                    Some(_) => t.s("themes-tone-neutral"),
                },
                href: theme_href(slug, &found.code, &query) + "#comments",
                is_current: chosen == tone,
            }
        })
        .collect()
}
