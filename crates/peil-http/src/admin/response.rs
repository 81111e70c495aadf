//! Single answers: the newest first, and one in full.

mod answer;

pub(crate) use answer::detail_name;

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use peil_app::{
    AppError,
    response::{ResponseDetail, ResponseLine, ResponsesAsked},
    results::{MINIMUM_PEOPLE_FOR_COMMENTS, ResultsQuery, ScoreZone},
    themes::{LABELS, POLARITIES, ThemeNames},
};
use peil_domain::{
    access::Right,
    response::{Completion, Flag},
    shared::{ResponseId, Slug},
    survey::Metric,
};

use self::answer::{AnswerView, answer_views};
use super::{
    frame::Frame,
    page,
    results::{
        comments::readable_words,
        filters::{Choice, FilterBar, filter_bar},
        links::{
            after_of, hidden_fields, query_of, responses_href, results_href, slug_of, with_field,
        },
        words::{flag_name, value_name, zone_class, zone_name, zone_word},
    },
    themes::spoken::{SpokenView, spoken_view},
};
use crate::{
    Web,
    edge::{problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/responses", get(list))
        .route("/responses/{id}", get(show))
}

/// Answers on a page.
const PAGE: u64 = 25;

#[derive(Template)]
#[template(path = "response/list.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    bar: FilterBar,
    surveys: Vec<Choice>,
    flags: Vec<Choice>,
    polarities: Vec<Choice>,
    labels: Vec<Choice>,
    zones: Vec<Choice>,
    search: String,
    hidden: Vec<(String, String)>,
    lines: Vec<LineView>,
    is_filtered: bool,
    all_href: String,
    figures_href: Option<String>,
    next: Option<String>,
    hidden_why: Option<String>,
}

/// One answer in the list.
struct LineView {
    href: String,
    at: String,
    survey: String,
    score: Option<(&'static str, String)>,
    spoken: Option<SpokenView>,
    contact: Option<(String, String)>,
    channel: String,
    tags: Vec<String>,
}

#[derive(Template)]
#[template(path = "response/show.html")]
struct ShowPage {
    t: Text,
    frame: Frame,
    survey: String,
    version: String,
    list_href: String,
    at: String,
    contact: Option<(String, String)>,
    facts: Vec<(String, String)>,
    segments: Vec<(String, String)>,
    /// Why properties are not shown.
    segments_hidden: Option<String>,
    tags: Vec<String>,
    tags_note: String,
    answers: Vec<AnswerView>,
}

async fn list(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let t = signed.text;
    let query = query_of(&signed);
    let asked = ResponsesAsked {
        survey: slug_of(&signed.query),
        query: query.clone(),
        after: after_of(&signed.query),
        limit: PAGE,
    };
    let actor = &signed.identity.actor;
    let found = match web.app.list_responses(actor, asked.clone()).await {
        // A link to a page that is no more leads to the first one.
        Err(AppError::Store(_)) if asked.after.is_some() => {
            web.app
                .list_responses(
                    actor,
                    ResponsesAsked {
                        after: None,
                        ..asked
                    },
                )
                .await?
        }
        other => other?,
    };
    let slug = found.survey.as_ref().map(|survey| &survey.slug);
    let href = |query: &ResultsQuery| responses_href(slug, query);
    let dimensions = match slug {
        Some(slug) => web.app.list_dimensions(actor, slug).await?,
        None => Vec::new(),
    };
    page(&ListPage {
        t,
        frame: Frame::new(&signed, "response", t.s("response-title")),
        bar: filter_bar(t, "/responses", slug, &query, &dimensions, href),
        surveys: survey_choices(t, &found.surveys, slug, &query),
        flags: flag_choices(t, slug, &query),
        polarities: polarity_choices(t, slug, &query),
        labels: label_choices(t, slug, &query),
        zones: if slug.is_some() {
            zone_choices(t, slug, &query)
        } else {
            Vec::new()
        },
        search: query.search.clone().unwrap_or_default(),
        hidden: hidden_fields(slug, &query, |name| name == "search"),
        lines: found
            .lines
            .into_iter()
            .map(|line| line_view(&signed, &found.themes, line))
            .collect(),
        hidden_why: readable_words(t, found.readable),
        is_filtered: slug.is_some() || query != ResultsQuery::default(),
        all_href: "/responses".to_owned(),
        figures_href: slug.map(|slug| results_href(slug, &query.figures_only())),
        next: found
            .next
            .map(|next| with_field(&responses_href(slug, &query), "after", &next)),
    })
}

fn survey_choices(
    t: Text,
    surveys: &[(Slug, String)],
    chosen: Option<&Slug>,
    query: &ResultsQuery,
) -> Vec<Choice> {
    // What is filtered in one questionnaire means nothing in another; the period does.
    let kept = ResultsQuery {
        when: query.when,
        ..ResultsQuery::default()
    };
    let everything = Choice {
        label: t.s("response-all-surveys"),
        href: responses_href(None, &kept),
        is_current: chosen.is_none(),
    };
    let each = surveys.iter().map(|(slug, name)| Choice {
        label: name.clone(),
        href: responses_href(Some(slug), &kept),
        is_current: chosen == Some(slug),
    });
    std::iter::once(everything).chain(each).collect()
}

fn flag_choices(t: Text, slug: Option<&Slug>, query: &ResultsQuery) -> Vec<Choice> {
    let flags = std::iter::once(None).chain(Flag::ALL.into_iter().map(Some));
    flags
        .map(|flag| Choice {
            label: flag.map_or_else(|| t.s("response-flag-any"), |flag| flag_name(t, flag)),
            href: responses_href(
                slug,
                &ResultsQuery {
                    flag,
                    ..query.clone()
                },
            ),
            is_current: query.flag == flag,
        })
        .collect()
}

/// How the answer as a whole was read.
fn polarity_choices(t: Text, slug: Option<&Slug>, query: &ResultsQuery) -> Vec<Choice> {
    let all = std::iter::once(None).chain(POLARITIES.into_iter().map(Some));
    all.map(|polarity| {
        let mut other = query.clone();
        other.read_as.polarity = polarity.map(ToOwned::to_owned);
        Choice {
            label: polarity.map_or_else(
                || t.s("themes-tone-any"),
                |polarity| t.s(&format!("themes-tone-{polarity}")),
            ),
            href: responses_href(slug, &other),
            is_current: query.read_as.polarity.as_deref() == polarity,
        }
    })
    .collect()
}

/// What an answer is besides its themes.
fn label_choices(t: Text, slug: Option<&Slug>, query: &ResultsQuery) -> Vec<Choice> {
    let all = std::iter::once(None).chain(LABELS.into_iter().map(Some));
    let chosen = query.read_as.label.as_deref();
    let like = chosen.filter(|chosen| !LABELS.contains(chosen));
    all.chain(like.map(Some))
        .map(|label| {
            let mut other = query.clone();
            other.read_as.label = label.map(ToOwned::to_owned);
            Choice {
                label: label.map_or_else(
                    || t.s("themes-label-any"),
                    |label| {
                        t.find(&format!("themes-label-{label}"))
                            .unwrap_or_else(|| t.s("themes-label-like"))
                    },
                ),
                href: responses_href(slug, &other),
                is_current: chosen == label,
            }
        })
        .collect()
}

fn zone_choices(t: Text, slug: Option<&Slug>, query: &ResultsQuery) -> Vec<Choice> {
    let zones = std::iter::once(None).chain(ScoreZone::ALL.into_iter().map(Some));
    zones
        .map(|zone| Choice {
            label: zone.map_or_else(
                || t.s("results-zone-all"),
                |zone| zone_name(t, Metric::Mean, zone),
            ),
            href: responses_href(
                slug,
                &ResultsQuery {
                    zone,
                    score: None,
                    choice: None,
                    ..query.clone()
                },
            ),
            is_current: query.zone == zone && query.score.is_none() && query.choice.is_none(),
        })
        .collect()
}

fn line_view(signed: &Signed, names: &ThemeNames, line: ResponseLine) -> LineView {
    let t = signed.text;
    LineView {
        href: format!("/responses/{}", line.id),
        at: t.moment(line.submitted_at, &signed.zone),
        survey: line.survey,
        score: line
            .score
            .map(|(score, scale, zone)| score_badge(t, score, scale.metric, zone)),
        spoken: line.spoken.map(|spoken| spoken_view(t, names, &spoken)),
        contact: line.contact.map(|(id, name)| contact_link(t, id, name)),
        channel: channel_name(t, line.channel.code()),
        tags: tags(t, line.completion, line.flags.iter().copied()),
    }
}

/// Class and words of a score.
fn score_badge(t: Text, score: i32, metric: Metric, zone: ScoreZone) -> (&'static str, String) {
    (
        zone_class(zone),
        format!("{score} {}", zone_word(t, metric, zone)),
    )
}

fn contact_link(
    t: Text,
    id: peil_domain::shared::ContactId,
    name: Option<String>,
) -> (String, String) {
    (
        name.unwrap_or_else(|| t.s("results-nameless")),
        format!("/audience/{id}"),
    )
}

fn channel_name(t: Text, code: &str) -> String {
    value_name(t, &peil_app::results::Dimension::Channel, code, None)
}

/// What deserves a second look.
fn tags(t: Text, completion: Completion, flags: impl Iterator<Item = Flag>) -> Vec<String> {
    let partial = (completion == Completion::Partial).then(|| t.s("response-partial"));
    let flags = flags.map(|flag| flag_name(t, flag));
    partial.into_iter().chain(flags).collect()
}

async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id: ResponseId = id.parse().map_err(|_| AppError::NotFound)?;
    let found = web.app.get_response(&signed.identity.actor, id).await?;
    page(&show_page(&signed, &found))
}

fn show_page(signed: &Signed, found: &ResponseDetail) -> ShowPage {
    let t = signed.text;
    let response = &found.response;
    let mut facts = vec![
        (
            t.s("results-dimension-channel"),
            channel_name(t, response.channel.code()),
        ),
        (
            t.s("results-dimension-language"),
            t.s(language_key(response.language)),
        ),
    ];
    if let Some(name) = &found.touchpoint {
        facts.push((t.s("results-dimension-touchpoint"), name.clone()));
    }
    if let Some(name) = &found.account {
        facts.push((t.s("results-dimension-account"), name.clone()));
    }
    if let Some(seconds) = response.seconds {
        facts.push((
            t.s("response-time"),
            t.a("response-seconds", &[("n", seconds.into())]),
        ));
    }
    if let Some(invitation) = &found.invitation {
        let sent = invitation.sent_at.unwrap_or(invitation.created_at);
        facts.push((t.s("response-invited"), t.moment(sent, &signed.zone)));
    }
    ShowPage {
        t,
        frame: Frame::new(signed, "response", t.s("response-one-title")),
        survey: found.survey.name.clone(),
        version: t.a("results-version", &[("n", found.version.number.into())]),
        list_href: responses_href(Some(&found.survey.slug), &ResultsQuery::default()),
        at: t.moment(response.submitted_at, &signed.zone),
        contact: found
            .contact
            .clone()
            .map(|(id, name)| contact_link(t, id, name)),
        facts,
        segments: found
            .segments
            .iter()
            .map(|(_, name, value)| (name.clone(), value.clone()))
            .collect(),
        tags: tags(t, response.completion, response.flags.iter().copied()),
        segments_hidden: (!found.are_properties_shown).then(|| {
            let fewest = [("n", MINIMUM_PEOPLE_FOR_COMMENTS.into())];
            t.a("response-segments-hidden", &fewest)
        }),
        tags_note: if response.is_automatic() {
            t.s("response-flags-automatic")
        } else {
            t.s("response-flags-note")
        },
        answers: answer_views(t, found, signed.identity.actor.has(Right::WriteResponses)),
    }
}

const fn language_key(language: peil_domain::shared::Language) -> &'static str {
    match language {
        peil_domain::shared::Language::Nl => "language-nl",
        peil_domain::shared::Language::En => "language-en",
    }
}
