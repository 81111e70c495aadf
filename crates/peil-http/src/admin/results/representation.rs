//! Whether those who answered are like all who were invited, and whom to ask once more.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use peil_app::results::{
    Chase, Dimension, FEWEST_ANSWERED, FEWEST_INVITED, MOST_PROPERTIES, MOST_VALUES,
    Representation, RepresentationQuery, RepresentationRefusal, Represented, ResultsQuery,
    dimension_code,
};
use peil_domain::{access::Right, shared::Slug};

use super::{
    filters::Choice,
    glass::GlassBox,
    links::{query_of, results_href, slug_of, with_fields},
    methods::Topic,
    representation_groups::{GroupTable, group_tables},
    representation_weights::{WeightingView, weighting_view},
    tabs::{Tab, result_tabs},
    words::{as_of, dimension_name, value_name},
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{parts::Piece, problem::PageError, signed::Signed, text::Text},
};

const PATH: &str = "/results/representation";

pub(super) fn routes() -> Router<Web> {
    Router::new().route(PATH, get(show))
}

#[derive(Template)]
#[template(path = "results/representation.html")]
struct RepresentationPage {
    t: Text,
    frame: Frame,
    survey: String,
    survey_href: String,
    tabs: Piece,
    lead: String,
    as_of: String,
    has_idle_filters: bool,
    waves: Vec<Choice>,
    /// The address without properties, as fields of a form.
    beside_properties: Vec<(String, String)>,
    ticks: Vec<PropertyTick>,
    most: usize,
    refusal: Option<String>,
    found: Option<FoundView>,
}

/// Something that is known of contacts.
struct PropertyTick {
    value: String,
    name: String,
    is_chosen: bool,
    /// Why it makes no groups.
    unusable: Option<String>,
}

/// What was found.
struct FoundView {
    answer: String,
    notes: Vec<String>,
    glass: GlassBox,
    tables: Vec<GroupTable>,
    chase_answer: String,
    chase: Vec<ChaseRow>,
    weighting: WeightingView,
}

/// A group to ask once more.
struct ChaseRow {
    name: String,
    waiting: String,
    invited: String,
    needed: String,
    r: String,
    list_href: Option<String>,
    wave_href: Option<String>,
}

/// The page about a questionnaire; the selection of the other pages goes along for the way back.
pub(super) fn representation_href(slug: &Slug, results: &ResultsQuery) -> String {
    href_of(slug, results, &RepresentationQuery::default())
}

pub(super) fn href_of(slug: &Slug, results: &ResultsQuery, query: &RepresentationQuery) -> String {
    with_fields(PATH, &fields_of(slug, results, query))
}

/// Every field of the address.
pub(super) fn fields_of(
    slug: &Slug,
    results: &ResultsQuery,
    query: &RepresentationQuery,
) -> Vec<(String, String)> {
    let results = ResultsQuery {
        // Both have one.
        question: query.question.clone().or_else(|| results.question.clone()),
        ..results.figures_only()
    };
    let own = query.pairs().into_iter();
    let own = own.filter(|(name, _)| name != "question");
    let survey = ("survey".to_owned(), slug.to_string());
    std::iter::once(survey)
        .chain(results.pairs())
        .chain(own)
        .collect()
}

async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let Some(slug) = slug_of(&signed.query) else {
        return Ok(Redirect::to("/results").into_response());
    };
    let query = RepresentationQuery::read(signed.query.iter()).0;
    let actor = &signed.identity.actor;
    let found = web
        .app
        .get_representation(actor, &slug, query.clone())
        .await?;
    page(&representation_page(&signed, &found, &query))
}

/// What every part of the page needs.
pub(super) struct Sheet<'a> {
    pub(super) t: Text,
    pub(super) found: &'a Representation,
    /// What was asked, before it was filled in.
    pub(super) asked: &'a RepresentationQuery,
    /// The selection of the other pages.
    pub(super) results: &'a ResultsQuery,
    /// Whom the page is about, in words.
    pub(super) selection: &'a str,
    may_list: bool,
    may_ask: bool,
}

fn representation_page(
    signed: &Signed,
    found: &Representation,
    asked: &RepresentationQuery,
) -> RepresentationPage {
    let t = signed.text;
    let slug = &found.survey.slug;
    let results = query_of(signed).figures_only();
    let wave = found
        .query
        .wave
        .and_then(|wave| found.waves.iter().find(|known| known.id == wave));
    let wave = wave.map_or_else(|| t.s("representation-all-waves"), |wave| wave.name.clone());
    let lead = format!("{} · {wave}", found.survey.name);
    let actor = &signed.identity.actor;
    let sheet = Sheet {
        t,
        found,
        asked,
        results: &results,
        selection: &lead,
        may_list: actor.has(Right::ReadAudience),
        may_ask: actor.has(Right::WriteOutreach),
    };
    let without = RepresentationQuery {
        properties: Vec::new(),
        margins: Vec::new(),
        shares: Vec::new(),
        ..asked.clone()
    };
    RepresentationPage {
        t,
        frame: Frame::new(signed, "results", t.s("representation-title")),
        survey: found.survey.name.clone(),
        survey_href: results_href(slug, &results),
        tabs: result_tabs(signed, slug, &query_of(signed), Tab::Representation),
        as_of: as_of(t, &signed.zone, found.as_of, found.took),
        has_idle_filters: !results.filters.is_empty(),
        waves: waves(&sheet),
        beside_properties: fields_of(slug, &results, &without),
        ticks: ticks(&sheet),
        most: MOST_PROPERTIES,
        refusal: found.found.as_ref().err().map(|why| refusal(&sheet, *why)),
        found: found
            .found
            .as_ref()
            .ok()
            .map(|told| found_view(&sheet, told)),
        lead,
    }
}

/// All waves together, and each by itself.
fn waves(sheet: &Sheet<'_>) -> Vec<Choice> {
    let (found, asked) = (sheet.found, sheet.asked);
    let choice = |label: String, wave| Choice {
        label,
        href: href_of(
            &found.survey.slug,
            sheet.results,
            &RepresentationQuery {
                wave,
                ..asked.clone()
            },
        ),
        is_current: found.query.wave == wave,
    };
    let all = choice(sheet.t.s("representation-all-waves"), None);
    let each = found.waves.iter();
    let each = each.map(|wave| choice(wave.name.clone(), Some(wave.id)));
    std::iter::once(all).chain(each).collect()
}

fn ticks(sheet: &Sheet<'_>) -> Vec<PropertyTick> {
    let t = sheet.t;
    let choices = sheet.found.properties.iter();
    choices
        .map(|choice| PropertyTick {
            value: dimension_code(&choice.dimension),
            name: dimension_name(t, &choice.dimension, choice.name.as_deref()),
            is_chosen: choice.is_chosen,
            unusable: match choice.values {
                _ if choice.is_usable() => None,
                values if values > MOST_VALUES => Some(t.a(
                    "representation-many-values",
                    &[("n", t.count(values).into()), ("most", MOST_VALUES.into())],
                )),
                _ => Some(t.s("representation-one-value")),
            },
        })
        .collect()
}

/// Why nothing is told, and what can be done about it.
fn refusal(sheet: &Sheet<'_>, why: RepresentationRefusal) -> String {
    let (t, found) = (sheet.t, sheet.found);
    match why {
        RepresentationRefusal::NotInvited if found.uninvited > 0 => t.a(
            "representation-open-only",
            &[
                ("n", found.uninvited.into()),
                ("written", t.count(found.uninvited).into()),
            ],
        ),
        RepresentationRefusal::NotInvited => t.s("representation-not-invited"),
        RepresentationRefusal::TooFew => t.a(
            "representation-too-few",
            &[
                ("invited", t.count(found.invited).into()),
                ("answered", t.count(found.answered).into()),
                ("fewest", FEWEST_INVITED.into()),
                ("answers", FEWEST_ANSWERED.into()),
            ],
        ),
        RepresentationRefusal::NoProperties => t.s("representation-no-properties"),
        RepresentationRefusal::EveryoneAnswered => t.s("representation-everyone"),
    }
}

fn found_view(sheet: &Sheet<'_>, told: &Represented) -> FoundView {
    let (t, found) = (sheet.t, sheet.found);
    let indicator = &told.indicator;
    let interval = indicator.interval.unwrap_or(peil_app::results::Interval {
        low: indicator.r,
        high: indicator.r,
    });
    let grade = indicator.grade.code();
    let answer = t.a(
        &format!("representation-grade-{grade}"),
        &[
            ("r", t.number(indicator.r, 2).into()),
            ("low", t.number(interval.low, 2).into()),
            ("high", t.number(interval.high, 2).into()),
        ],
    );
    let share = t.a(
        "representation-share",
        &[
            ("answered", t.count(found.answered).into()),
            ("invited", t.count(found.invited).into()),
            ("share", percent(t, told.share).into()),
            ("low", percent(t, told.interval.low).into()),
            ("high", percent(t, told.interval.high).into()),
        ],
    );
    let bias = t.a(
        "representation-bias",
        &[("sd", t.number(indicator.largest_bias, 2).into())],
    );
    let is_sure = [interval.low, interval.high]
        .into_iter()
        .all(|end| peil_app::results::Grade::of(end) == indicator.grade);
    let unsure = (!is_sure).then(|| t.s("representation-grade-unsure"));
    let uninvited = (found.uninvited > 0).then(|| {
        t.a(
            "representation-uninvited",
            &[
                ("n", found.uninvited.into()),
                ("written", t.count(found.uninvited).into()),
            ],
        )
    });
    let mut glass = GlassBox::about(
        t,
        Topic::Representation,
        t.s("method-representation-words"),
        sheet.selection,
    );
    glass.symbols.push(t.s("method-representation-formula"));
    glass.notes.push(t.s("representation-current"));
    let notes = [Some(share), Some(bias), unsure, uninvited];
    FoundView {
        answer,
        notes: notes.into_iter().flatten().collect(),
        glass,
        tables: group_tables(sheet, told),
        chase_answer: chase_answer(t, told),
        chase: told
            .chase
            .iter()
            .map(|group| chase_row(sheet, group))
            .collect(),
        weighting: weighting_view(sheet, &told.weighting),
    }
}

/// Whom to ask first, in a sentence.
fn chase_answer(t: Text, told: &Represented) -> String {
    let Some(first) = told.chase.first() else {
        return t.s("representation-chase-nobody");
    };
    t.a(
        "representation-chase-first",
        &[
            ("group", group_name(t, first).into()),
            ("n", first.waiting.into()),
            ("waiting", t.count(first.waiting).into()),
            ("needed", t.count(first.needed).into()),
            ("now", t.number(told.indicator.r, 2).into()),
            ("then", t.number(first.r, 2).into()),
        ],
    )
}

fn group_name(t: Text, group: &Chase) -> String {
    let names = group.values.iter();
    let names = names.map(|(dimension, own, value)| match value.as_str() {
        // Not known what: the name of the property says.
        "" => format!(
            "{}: {}",
            dimension_name(t, dimension, own.as_deref()),
            value_name(t, dimension, "", None)
        ),
        value => value_name(t, dimension, value, None),
    });
    names.collect::<Vec<_>>().join(" · ")
}

fn chase_row(sheet: &Sheet<'_>, group: &Chase) -> ChaseRow {
    let t = sheet.t;
    let is_known = group.values.iter().all(|(.., value)| !value.is_empty());
    let list_href = (sheet.may_list && is_known).then(|| {
        let mut fields: Vec<(String, String)> = group
            .values
            .iter()
            .map(|(dimension, _, value)| {
                let name = match dimension {
                    Dimension::Segment(key) => format!("attribute.{key}"),
                    _ => "language".to_owned(),
                };
                (name, value.clone())
            })
            .collect();
        fields.push(("reach".to_owned(), "reachable".to_owned()));
        with_fields("/audience", &fields)
    });
    let segment = group.segment.filter(|_| sheet.may_ask);
    ChaseRow {
        name: group_name(t, group),
        waiting: t.count(group.waiting),
        invited: t.count(group.invited),
        needed: t.count(group.needed),
        r: t.number(group.r, 2),
        list_href,
        wave_href: segment.map(|segment| {
            let fields = [
                ("survey".to_owned(), sheet.found.survey.id.to_string()),
                ("segment".to_owned(), segment.to_string()),
            ];
            with_fields("/outreach/new", &fields)
        }),
    }
}

/// A fraction in percent, with one decimal.
pub(super) fn percent(t: Text, fraction: f64) -> String {
    format!("{}%", t.number(fraction * 100.0, 1))
}
