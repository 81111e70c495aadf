//! What customers talk about: bubbles, a ladder and a list of the same themes, and the newest words.

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use peil_app::{
    results::{Comments, CommentsAsked, Dimension, ResultsQuery},
    themes::{ThemeFigure, ThemesFound},
};
use peil_domain::{access::Right, themes::Signal};

use super::{
    bar, change_words, guarded, impact_words, lead, overall_name, percent,
    pictures::{bubble_picture, ladder_picture},
    reading, survey_choices, theme_href, tone_of,
};
use crate::{
    Web,
    admin::{
        frame::Frame,
        page,
        results::{
            comments::{CommentView, comment_view},
            filters::{Choice, FilterBar},
            links::{query_of, responses_href, slug_of},
            pictures::Picture,
            signals::view::{SignalView, signal_view, verdict_tag},
            words::{as_of, metric_name},
        },
    },
    edge::{problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/themes", get(list))
}

/// Newest words beside the figures.
const COMMENTS: u64 = 6;

#[derive(Template)]
#[template(path = "themes/empty.html")]
struct EmptyPage {
    t: Text,
    frame: Frame,
}

#[derive(Template)]
#[template(path = "themes/list.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    lead: String,
    as_of: String,
    surveys: Vec<Choice>,
    bar: FilterBar,
    guarded: Option<String>,
    reading: Option<String>,
    answer: Option<String>,
    signals: Vec<SignalView>,
    bubbles: Picture,
    ladder: Picture,
    rows: Vec<ThemeRow>,
    metric: Option<String>,
    too_few: Option<String>,
    comments: Vec<CommentView>,
    comments_href: Option<String>,
    is_filtered: bool,
    all_href: String,
}

/// One theme in the list.
struct ThemeRow {
    name: String,
    verdict: Option<(&'static str, String)>,
    href: String,
    mentions: String,
    share: String,
    negative: String,
    tone: (&'static str, String),
    change: (&'static str, String),
    impact: String,
}

async fn list(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let t = signed.text;
    let actor = &signed.identity.actor;
    let slug = slug_of(&signed.query);
    let found = web
        .app
        .list_themes(actor, slug.as_ref(), query_of(&signed))
        .await?;
    let Some(found) = found else {
        return page(&EmptyPage {
            t,
            frame: Frame::new(&signed, "themes", t.s("themes-title")),
        });
    };
    let comments = if actor.has(Right::ReadResponses) && !found.themes.is_empty() {
        let asked = CommentsAsked {
            query: displeased(&found.head.query),
            about: None,
            after: None,
            limit: COMMENTS,
        };
        let slug = &found.head.survey.slug;
        web.app.list_comments(actor, slug, asked).await.ok()
    } else {
        None
    };
    page(&list_page(&signed, &found, comments))
}

/// The same answers, as far as they mention something with displeasure.
fn displeased(query: &ResultsQuery) -> ResultsQuery {
    query.with_only(&Dimension::Tone, "-1")
}

fn list_page(signed: &Signed, found: &ThemesFound, comments: Option<Comments>) -> ListPage {
    let t = signed.text;
    let head = &found.head;
    let slug = &head.survey.slug;
    let metric = head
        .score
        .as_ref()
        .map(|(question, _)| metric_name(t, &question.kind));
    let name = |figure: &ThemeFigure| {
        let name = head.names.name(&figure.code, t.language);
        (name, Some(theme_href(slug, &figure.code, &head.query)))
    };
    let scale = head.score.as_ref().map(|(_, scale)| scale.metric);
    ListPage {
        t,
        frame: Frame::new(signed, "themes", t.s("themes-title")),
        lead: lead(t, head),
        as_of: as_of(t, &signed.zone, head.as_of, head.took),
        surveys: survey_choices(head),
        bar: bar(t, head),
        guarded: guarded(t, head),
        reading: reading(t, head),
        answer: answer(t, found),
        signals: found
            .signals
            .iter()
            .map(|signal| signal_view(t, &signed.zone, &head.names, signal))
            .collect(),
        bubbles: bubble_picture(t, found, metric.as_deref()),
        ladder: ladder_picture(t, "ladder", t.s("themes-ladder-title"), &found.themes, name),
        rows: found
            .themes
            .iter()
            .map(|figure| row(t, found, figure))
            .collect(),
        metric,
        too_few: (found.too_few > 0).then(|| t.a("themes-too-few", &[("n", found.too_few.into())])),
        comments: comments
            .map(|comments| {
                let lines = comments.lines.iter();
                let metric = scale.unwrap_or(peil_domain::survey::Metric::Mean);
                lines
                    .map(|line| {
                        let about = (&comments.themes, comments.may_correct);
                        comment_view(t, &signed.zone, metric, about, line)
                    })
                    .collect()
            })
            .unwrap_or_default(),
        comments_href: signed
            .identity
            .actor
            .has(Right::ReadResponses)
            .then(|| responses_href(Some(slug), &displeased(&head.query))),
        is_filtered: head.query != ResultsQuery::default(),
        all_href: super::themes_href(Some(slug), &ResultsQuery::default()),
    }
}

/// The question of the page, answered in a sentence.
fn answer(t: Text, found: &ThemesFound) -> Option<String> {
    let name = |figure: &ThemeFigure| found.head.names.name(&figure.code, t.language);
    let worst = found.themes.first()?;
    let rising = found.themes.iter().find(|figure| {
        figure
            .change
            .is_some_and(|change| change.is_real && change.difference > 0.0)
    });
    let share = percent(t).value(worst.negative.value * 100.0);
    let most = t.a(
        "themes-answer",
        &[("theme", name(worst).into()), ("share", share.into())],
    );
    Some(match rising {
        Some(figure) => {
            let words = t.a("themes-answer-rising", &[("theme", name(figure).into())]);
            format!("{most} {words}")
        }
        None => format!("{most} {}", t.s("themes-answer-steady")),
    })
}

fn row(t: Text, found: &ThemesFound, figure: &ThemeFigure) -> ThemeRow {
    let head = &found.head;
    let tone = tone_of(figure);
    let class = match tone {
        ..=-1 => "is-low",
        0 => "",
        1.. => "is-high",
    };
    let scale = head.score.as_ref().map(|(_, scale)| scale);
    let about = |one: &&Signal| one.subject == figure.code;
    let beside = |one: &&Signal| one.evidence.companions.contains(&figure.code);
    let signals = || found.signals.iter();
    // What all answers say goes before what a part of them says.
    let of_all = signals().find(|one| about(one) && one.evidence.part.is_none());
    let signal = of_all.or_else(|| signals().find(|one| about(one) || beside(one)));
    ThemeRow {
        name: head.names.name(&figure.code, t.language),
        verdict: signal.map(|signal| verdict_tag(t, Some(signal.kind))),
        href: theme_href(&head.survey.slug, &figure.code, &head.query),
        mentions: t.count(figure.mentions.n),
        share: percent(t).value(figure.mentions.value * 100.0),
        negative: percent(t).value(figure.negative.value * 100.0),
        tone: (class, overall_name(t, tone)),
        change: change_words(t, figure.change.as_ref()),
        impact: figure.impact.zip(scale).map_or_else(
            || "–".to_owned(),
            |(impact, scale)| impact_words(t, scale, &impact),
        ),
    }
}
