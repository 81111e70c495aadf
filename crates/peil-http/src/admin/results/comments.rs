//! Comments beside the figures that they explain.

use jiff::tz::TimeZone;
use peil_app::results::{
    CommentLine, Comments, MINIMUM_PEOPLE_FOR_COMMENTS, Readable, Results, ResultsQuery, ScoreZone,
};
use peil_app::themes::ThemeNames;
use peil_domain::survey::Metric;

use super::{
    filters::Choice,
    links::{hidden_fields, responses_href, results_href, with_field},
    pictures::Doors,
    words::{zone_class, zone_name, zone_word},
};
use crate::{
    admin::themes::{
        correct::correct_href,
        spoken::{SpokenView, spoken_view},
    },
    edge::text::Text,
};

/// Comments beside the figures.
pub(in crate::admin) struct CommentList {
    /// The comments.
    pub(in crate::admin) lines: Vec<CommentView>,
    /// What is hidden of them, and why.
    pub(in crate::admin) hidden_why: Option<String>,
    /// Whether all are hidden.
    pub(in crate::admin) is_hidden: bool,
    /// What is searched for.
    pub(in crate::admin) search: String,
    /// Parts of the scale to choose from.
    pub(in crate::admin) zones: Vec<Choice>,
    /// Fields that go along with a search.
    pub(in crate::admin) hidden: Vec<(String, String)>,
    /// The next page.
    pub(in crate::admin) next: Option<String>,
    /// The answers behind them.
    pub(in crate::admin) all: String,
}

/// One comment.
pub(in crate::admin) struct CommentView {
    /// The words, with what was read in them.
    pub(in crate::admin) spoken: SpokenView,
    /// Class and words of the score.
    pub(in crate::admin) score: Option<(&'static str, String)>,
    /// When it was written.
    pub(in crate::admin) at: String,
    /// Who wrote it, with a link.
    pub(in crate::admin) contact: Option<(String, String)>,
    /// The whole answer.
    pub(in crate::admin) href: String,
    /// Where what was read in it is put right, for who may.
    pub(in crate::admin) correct_href: Option<String>,
}

/// Makes the list.
pub(super) fn comment_list(
    doors: Doors<'_>,
    zone: &TimeZone,
    results: &Results,
    comments: Comments,
) -> CommentList {
    let t = doors.t;
    let query = &results.query;
    let here = |query: &ResultsQuery| results_href(doors.slug, query) + "#comments";
    let metric = results
        .scales
        .iter()
        .find(|result| query.question.as_ref() == Some(&result.question.key))
        .map_or(Metric::Mean, |result| result.scale.metric);
    let zones = std::iter::once(None).chain(ScoreZone::ALL.into_iter().map(Some));
    let zones = zones.map(|wanted| Choice {
        label: wanted.map_or_else(
            || t.s("results-zone-all"),
            |zone| zone_name(t, metric, zone),
        ),
        href: here(&ResultsQuery {
            zone: wanted,
            ..query.clone()
        }),
        is_current: query.zone == wanted,
    });
    CommentList {
        lines: comments
            .lines
            .iter()
            .map(|line| {
                comment_view(
                    t,
                    zone,
                    metric,
                    (&comments.themes, comments.may_correct),
                    line,
                )
            })
            .collect(),
        hidden_why: readable_words(t, comments.readable),
        is_hidden: comments.readable == Readable::Nothing,
        search: query.search.clone().unwrap_or_default(),
        zones: zones.collect(),
        hidden: hidden_fields(Some(doors.slug), query, |name| name == "search"),
        next: comments
            .next
            .map(|next| with_field(&results_href(doors.slug, query), "after", &next) + "#comments"),
        all: responses_href(Some(doors.slug), query),
    }
}

/// What is hidden of single answers, and why; nothing when all may be read.
pub(in crate::admin) fn readable_words(t: Text, readable: Readable) -> Option<String> {
    let fewest = [("n", MINIMUM_PEOPLE_FOR_COMMENTS.into())];
    match readable {
        Readable::All => None,
        Readable::OnlyKnown => Some(t.a("results-only-known", &fewest)),
        Readable::Nothing => Some(t.a("results-comments-hidden", &fewest)),
    }
}

/// A comment as a list shows it.
pub(in crate::admin) fn comment_view(
    t: Text,
    zone: &TimeZone,
    metric: Metric,
    (names, may_correct): (&ThemeNames, bool),
    line: &CommentLine,
) -> CommentView {
    CommentView {
        spoken: spoken_view(t, names, &line.spoken),
        score: line.score.map(|(score, part)| {
            (
                zone_class(part),
                format!("{score} {}", zone_word(t, metric, part)),
            )
        }),
        at: t.moment(line.submitted_at, zone),
        contact: line.contact.as_ref().map(|(id, name)| {
            (
                name.clone().unwrap_or_else(|| t.s("results-nameless")),
                format!("/audience/{id}"),
            )
        }),
        href: format!("/responses/{}", line.response),
        correct_href: may_correct.then(|| correct_href(line.response, &line.question)),
    }
}
