//! What one can choose on the explorer page: one form that holds the whole state.

use peil_app::results::{
    Dimension, DimensionValues, ExploreMeasure, ExploreQuery, ExploreSubject, Explored,
    ResultsQuery, Span, When, bucket_code, dimension_code,
};

use super::{
    explorer_words::{Writer, subject_label},
    filters::own_name,
    words::{dimension_name, value_name, when_name},
};
use crate::edge::text::Text;

/// Values of a property that are offered; when there are as many, others can be typed.
const MOST_OFFERED: usize = 60;

/// The form.
pub(super) struct Controls {
    pub(super) survey: String,
    pub(super) what: Vec<Offer>,
    pub(super) groups: Vec<Offer>,
    pub(super) seconds: Vec<Offer>,
    pub(super) steps: Vec<Offer>,
    pub(super) spans: Vec<Offer>,
    pub(super) view: &'static str,
    pub(super) find: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) least: String,
    pub(super) most: String,
    /// Lowest and highest score that there is; absent where scores cannot be chosen.
    pub(super) scores: Option<(i32, i32)>,
    pub(super) properties: Vec<Property>,
    pub(super) is_automatic_in: bool,
}

/// Something to choose.
pub(super) struct Offer {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

/// A property with the values that one can tick.
pub(super) struct Property {
    pub(super) field: String,
    pub(super) name: String,
    pub(super) is_open: bool,
    pub(super) is_excluded: bool,
    /// Whether there may be more values than are offered.
    pub(super) is_long: bool,
    pub(super) values: Vec<Offer>,
}

/// The form, filled in.
pub(super) fn controls(t: Text, found: &Explored) -> Controls {
    let query = &found.query;
    let writer = Writer { t, found };
    let what = found.subjects.iter().map(|subject| Offer {
        value: what_of(subject),
        label: subject_label(t, subject),
        is_chosen: is_same(subject, &found.subject),
    });
    let steps = ExploreQuery::STEPS.into_iter().map(|step| Offer {
        value: bucket_code(step).to_owned(),
        label: t.s(&format!("explorer-step-{}", bucket_code(step))),
        is_chosen: query.step == Some(step),
    });
    let (from, until) = match query.results.when {
        When::Between(from, until) => (from, until),
        When::Always | When::Span(_) => (None, None),
    };
    let typed = |day: Option<peil_domain::shared::LocalDay>| {
        day.map(|day| day.date().to_string()).unwrap_or_default()
    };
    let score = |score: Option<i32>| score.map(|score| score.to_string()).unwrap_or_default();
    let group = query.results.group.as_ref();
    let none = |value: &str, key: &str, is_chosen| Offer {
        value: value.to_owned(),
        label: t.s(key),
        is_chosen,
    };
    let property = |chosen: Option<&Dimension>| {
        let known: Vec<Offer> = found
            .dimensions
            .iter()
            .map(|known| Offer {
                value: dimension_code(&known.dimension),
                label: writer.property(&known.dimension),
                is_chosen: chosen == Some(&known.dimension),
            })
            .collect();
        known
    };
    let mut groups = property(group);
    groups.push(none("none", "explorer-no-group", group.is_none()));
    let mut seconds = vec![none("", "explorer-periods", query.second.is_none())];
    seconds.extend(property(query.second.as_ref()));
    Controls {
        survey: found.survey.slug.to_string(),
        what: what.collect(),
        groups,
        seconds,
        steps: steps.collect(),
        spans: spans(t, &query.results),
        view: query.view.code(),
        find: query.find.clone().unwrap_or_default(),
        from: typed(from),
        until: typed(until),
        least: score(query.results.least),
        most: score(query.results.most),
        scores: found.subject.scale.map(|scale| (scale.min, scale.max)),
        properties: properties(t, found),
        is_automatic_in: query.results.includes_automatic,
    }
}

/// Question, measure and option in one word, as the form sends them.
pub(super) fn what_of(subject: &ExploreSubject) -> String {
    let question = subject.question.as_ref();
    let question = question.filter(|_| subject.measure != ExploreMeasure::Count);
    let key = question.map_or("", |question| question.key.as_str());
    let measure = subject.measure.code();
    match &subject.option {
        Some(option) => format!("{key}:{measure}:{option}"),
        None => format!("{key}:{measure}"),
    }
}

fn is_same(one: &ExploreSubject, other: &ExploreSubject) -> bool {
    what_of(one) == what_of(other)
}

fn spans(t: Text, query: &ResultsQuery) -> Vec<Offer> {
    let every = Span::ALL.into_iter().map(When::Span);
    let every = std::iter::once(When::Always).chain(every);
    let mut found: Vec<Offer> = every
        .map(|when| Offer {
            value: match when {
                When::Span(span) => span.code().to_owned(),
                When::Always | When::Between(..) => "all".to_owned(),
            },
            label: when_name(t, when),
            is_chosen: query.when == when,
        })
        .collect();
    let is_own = matches!(query.when, When::Between(..));
    found.push(Offer {
        value: "own".to_owned(),
        label: t.s("explorer-own-days"),
        is_chosen: is_own,
    });
    found
}

fn properties(t: Text, found: &Explored) -> Vec<Property> {
    let query = &found.query.results;
    let offered = |known: &DimensionValues| {
        let is_this = |filter: &&(Dimension, Vec<String>)| filter.0 == known.dimension;
        let excluded = query.excluded.iter().find(is_this);
        let chosen = query.filters.iter().find(is_this).or(excluded);
        let chosen = chosen
            .map(|(_, values)| values.as_slice())
            .unwrap_or_default();
        let label = |value: &str| {
            let own = own_name(Some(known), value);
            value_name(t, &known.dimension, value, own)
        };
        // What was chosen stays to be seen, also when it is not among the most frequent.
        let is_rare = |value: &&String| !known.values.iter().any(|(other, _)| other == *value);
        let rare = chosen.iter().filter(is_rare);
        let common = known.values.iter().map(|(value, _)| value);
        Property {
            field: dimension_code(&known.dimension),
            name: dimension_name(t, &known.dimension, known.name.as_deref()),
            is_open: !chosen.is_empty(),
            is_excluded: excluded.is_some(),
            is_long: known.values.len() >= MOST_OFFERED,
            values: common
                .chain(rare)
                .map(|value| Offer {
                    value: value.clone(),
                    label: label(value),
                    is_chosen: chosen.contains(value),
                })
                .collect(),
        }
    };
    found.dimensions.iter().map(offered).collect()
}
