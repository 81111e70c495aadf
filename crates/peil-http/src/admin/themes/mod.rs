//! Themes: what customers talk about, one theme, and words with what was read in them.

pub(super) mod correct;
mod list;
mod pictures;
mod proposals;
mod show;
pub(super) mod spoken;
mod taxonomy;

use axum::Router;
use peil_app::{
    results::{MINIMUM_PEOPLE, ResultsQuery, When},
    themes::{ThemeChange, ThemeFigure, ThemeImpact, ThemesHead},
};
use peil_domain::{
    shared::Slug,
    survey::{Metric, ScoreScale},
};

use super::results::{
    filters::{Choice, FilterBar, filter_bar},
    links::{hidden_fields, with_fields},
    words::{format_of, in_unit, when_name},
};
use crate::{Web, charts::ValueFormat, edge::text::Text};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .merge(list::routes())
        .merge(show::routes())
        .merge(correct::routes())
        .merge(taxonomy::routes())
        .merge(proposals::routes())
}

/// The themes of a selection.
pub(in crate::admin) fn themes_href(slug: Option<&Slug>, query: &ResultsQuery) -> String {
    with_fields("/themes", &hidden_fields(slug, query, |_| false))
}

/// One theme of a selection.
pub(in crate::admin) fn theme_href(slug: &Slug, code: &str, query: &ResultsQuery) -> String {
    let path = format!("/themes/{code}");
    with_fields(&path, &hidden_fields(Some(slug), query, |_| false))
}

/// The questionnaires to choose from; the period goes along.
fn survey_choices(head: &ThemesHead) -> Vec<Choice> {
    let kept = ResultsQuery {
        when: head.query.when,
        ..ResultsQuery::default()
    };
    let surveys = head.surveys.iter().map(|(slug, name)| Choice {
        label: name.clone(),
        href: themes_href(Some(slug), &kept),
        is_current: *slug == head.survey.slug,
    });
    surveys.collect()
}

/// The filter bar of the list of themes.
fn bar(t: Text, head: &ThemesHead) -> FilterBar {
    let slug = &head.survey.slug;
    let href = |query: &ResultsQuery| themes_href(Some(slug), query);
    filter_bar(
        t,
        "/themes",
        Some(slug),
        &head.query,
        &head.dimensions,
        href,
    )
}

/// How many answers, of which days: "1.234 antwoorden · dit jaar".
fn lead(t: Text, head: &ThemesHead) -> String {
    let n = head.submissions.unwrap_or_default();
    let answers = match head.submissions {
        Some(_) => t.a(
            "themes-n-answers",
            &[("n", n.into()), ("written", t.count(n).into())],
        ),
        None => t.s("results-people-hidden"),
    };
    let when = when_name(t, head.query.when);
    format!("{} · {answers} · {when}", head.survey.name)
}

/// Says what small groups cost, in words.
fn guarded(t: Text, head: &ThemesHead) -> Option<String> {
    if head.is_closed {
        return Some(t.a("results-guarded-closed", &[("n", MINIMUM_PEOPLE.into())]));
    }
    head.is_widened.then(|| {
        let shown = When::Between(head.from, head.until);
        t.a(
            "results-guarded-days",
            &[
                ("asked", when_name(t, head.query.when).into()),
                ("shown", when_name(t, shown).into()),
                ("n", MINIMUM_PEOPLE.into()),
            ],
        )
    })
}

/// How far reading old answers again is, in words.
fn reading(t: Text, head: &ThemesHead) -> Option<String> {
    head.reading.map(|(done, total)| {
        t.a(
            "themes-reading",
            &[
                ("done", t.count(done).into()),
                ("total", t.count(total.max(done)).into()),
            ],
        )
    })
}

/// How shares are written.
fn percent(t: Text) -> ValueFormat {
    ValueFormat {
        numbers: t.numbers(),
        decimals: 1,
        shows_plus: false,
        suffix: "%".to_owned(),
    }
}

/// How differences of shares are written.
fn points(t: Text) -> ValueFormat {
    ValueFormat {
        shows_plus: true,
        suffix: String::new(),
        ..percent(t)
    }
}

/// How an impact on a score is written: with a sign, one digit more than the score.
fn impact_format(t: Text, scale: &ScoreScale) -> ValueFormat {
    ValueFormat {
        decimals: if scale.metric == Metric::Mean { 2 } else { 1 },
        shows_plus: true,
        suffix: String::new(),
        ..format_of(t, scale)
    }
}

/// Impact on a score with its interval: "-3,1 (-4,2 tot -2,0)".
fn impact_words(t: Text, scale: &ScoreScale, impact: &ThemeImpact) -> String {
    let format = impact_format(t, scale);
    let value = |value: f64| format.value(in_unit(scale, value));
    t.a(
        "themes-impact-value",
        &[
            ("value", value(impact.value).into()),
            ("low", value(impact.low).into()),
            ("high", value(impact.high).into()),
        ],
    )
}

/// Class and words of a change in complaints.
fn change_words(t: Text, change: Option<&ThemeChange>) -> (&'static str, String) {
    let Some(change) = change else {
        return ("", t.s("themes-change-unknown"));
    };
    let written = points(t).value(change.difference * 100.0);
    if !change.is_real {
        return (
            "is-same",
            t.a("themes-change-same", &[("points", written.into())]),
        );
    }
    if change.difference > 0.0 {
        (
            "is-worse",
            t.a("themes-change-worse", &[("points", written.into())]),
        )
    } else {
        (
            "is-better",
            t.a("themes-change-better", &[("points", written.into())]),
        )
    }
}

/// The tone in which most mention a theme: -1, 0 or 1.
fn tone_of(figure: &ThemeFigure) -> i8 {
    let (bad, good) = (figure.negative.n, figure.positive.n);
    // Twice as many is a tone; less is both.
    if bad > good.saturating_mul(2) {
        -1
    } else {
        i8::from(good > bad.saturating_mul(2))
    }
}

/// The tone in which most mention a theme, in words; as many of both is mixed.
fn overall_name(t: Text, tone: i8) -> String {
    if tone == 0 {
        t.s("themes-tone-mixed")
    } else {
        spoken::tone_name(t, tone)
    }
}
