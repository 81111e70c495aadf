//! The filter bar: what is selected as chips, what can be selected as forms.

use peil_app::results::{
    Dimension, DimensionValues, Joining, ResultsQuery, Span, When, dimension_code,
};
use peil_domain::shared::Slug;

use super::{
    links::{hidden_fields, is_filter},
    words::{dimension_name, flag_name, range_name, value_name, when_name},
};
use crate::edge::text::Text;

/// The filter bar of a page.
pub(in crate::admin) struct FilterBar {
    /// Where its forms lead.
    pub(in crate::admin) action: &'static str,
    /// What is selected; each leads to the page without it.
    pub(in crate::admin) chips: Vec<Chip>,
    /// Spans to choose from.
    pub(in crate::admin) spans: Vec<Choice>,
    /// First day that was typed.
    pub(in crate::admin) from: String,
    /// Last day that was typed.
    pub(in crate::admin) until: String,
    /// Fields that go along when a period is chosen.
    pub(in crate::admin) beside_period: Vec<(String, String)>,
    /// Properties to choose from.
    pub(in crate::admin) groups: Vec<FilterGroup>,
    /// Fields that go along when values are chosen.
    pub(in crate::admin) beside_values: Vec<(String, String)>,
    /// Whether what is marked as automatic counts too; absent where nothing is marked.
    pub(in crate::admin) automatic: Option<bool>,
    /// Ways to put versions together or apart; none when there is only one.
    pub(in crate::admin) versions: Vec<Choice>,
}

impl FilterBar {
    /// The same bar, of which the forms carry further fields.
    pub(in crate::admin) fn carrying<'a>(
        mut self,
        fields: impl Iterator<Item = &'a (String, String)> + Clone,
    ) -> Self {
        self.beside_period.extend(fields.clone().cloned());
        self.beside_values.extend(fields.cloned());
        self
    }

    /// What is selected, in words: the questionnaire and every chip.
    pub(in crate::admin) fn words(&self, t: Text, survey: &str) -> String {
        let mut parts = vec![survey.to_owned()];
        if self.chips.is_empty() {
            parts.push(t.s("results-period-all"));
        }
        let chips = self.chips.iter();
        parts.extend(chips.map(|chip| format!("{} {}", chip.name, chip.value)));
        parts.join(" · ")
    }
}

/// Something that is selected.
pub(in crate::admin) struct Chip {
    /// What.
    pub(in crate::admin) name: String,
    /// Which.
    pub(in crate::admin) value: String,
    /// What following it does, in words.
    pub(in crate::admin) label: String,
    /// The page without it.
    pub(in crate::admin) href: String,
}

/// A link of which one is current.
pub(in crate::admin) struct Choice {
    /// Its words.
    pub(in crate::admin) label: String,
    /// Where it leads.
    pub(in crate::admin) href: String,
    /// Whether it is the one that holds.
    pub(in crate::admin) is_current: bool,
}

/// A property with the values that one can tick.
pub(in crate::admin) struct FilterGroup {
    /// Name of the field.
    pub(in crate::admin) field: String,
    /// Name for people.
    pub(in crate::admin) name: String,
    /// Whether something is ticked.
    pub(in crate::admin) is_open: bool,
    /// Value, name for people, whether it is ticked.
    pub(in crate::admin) values: Vec<(String, String, bool)>,
}

/// Makes the bar; `href` writes the address of a selection.
pub(in crate::admin) fn filter_bar(
    t: Text,
    action: &'static str,
    slug: Option<&Slug>,
    query: &ResultsQuery,
    dimensions: &[DimensionValues],
    href: impl Fn(&ResultsQuery) -> String,
) -> FilterBar {
    let (from, until) = match query.when {
        When::Between(from, until) => (from, until),
        When::Always | When::Span(_) => (None, None),
    };
    let typed = |day: Option<peil_domain::shared::LocalDay>| {
        day.map(|day| day.date().to_string()).unwrap_or_default()
    };
    let is_period = |name: &str| matches!(name, "from" | "until" | "period");
    FilterBar {
        action,
        chips: chips(t, query, dimensions, &href),
        spans: spans(t, query, &href),
        from: typed(from),
        until: typed(until),
        beside_period: hidden_fields(slug, query, is_period),
        groups: groups(t, query, dimensions),
        beside_values: hidden_fields(slug, query, is_filter),
        automatic: None,
        versions: versions(t, query, dimensions, &href),
    }
}

/// Ways to put the versions together or apart: with the same scale, only with the very same
/// question, beside each other, or one by itself.
fn versions(
    t: Text,
    query: &ResultsQuery,
    dimensions: &[DimensionValues],
    href: &impl Fn(&ResultsQuery) -> String,
) -> Vec<Choice> {
    let mut known = dimensions.iter();
    let known = known.find(|known| known.dimension == Dimension::Version);
    let numbers: Vec<&String> = known
        .into_iter()
        .flat_map(|one| &one.values)
        .map(|(number, _)| number)
        .collect();
    if numbers.len() < 2 {
        return Vec::new();
    }
    let all = query.without(&Dimension::Version);
    let chosen = query
        .filters
        .iter()
        .find(|(dimension, _)| *dimension == Dimension::Version);
    let is_whole = chosen.is_none() && query.group != Some(Dimension::Version);
    let together = |joining: Joining, key: &str| Choice {
        label: t.s(key),
        is_current: is_whole && query.joining == joining,
        href: href(&ResultsQuery {
            joining,
            group: all
                .group
                .clone()
                .filter(|group| *group != Dimension::Version),
            ..all.clone()
        }),
    };
    let mut choices = vec![
        together(Joining::SameScale, "results-versions-together"),
        together(Joining::SameQuestion, "results-versions-same"),
        Choice {
            label: t.s("results-versions-apart"),
            is_current: chosen.is_none() && query.group == Some(Dimension::Version),
            href: href(&ResultsQuery {
                group: Some(Dimension::Version),
                ..all.clone()
            }),
        },
    ];
    choices.extend(numbers.into_iter().map(|number| Choice {
        label: t.a("results-versions-only", &[("n", number.into())]),
        is_current: chosen.is_some_and(|(_, values)| values == std::slice::from_ref(number)),
        href: href(&query.with_only(&Dimension::Version, number)),
    }));
    choices
}

impl FilterBar {
    /// Offers to count what is marked as automatic too.
    pub(in crate::admin) fn offering_automatic(
        mut self,
        t: Text,
        query: &ResultsQuery,
        href: impl Fn(&ResultsQuery) -> String,
    ) -> Self {
        self.automatic = Some(query.includes_automatic);
        self.beside_values.retain(|(name, _)| name != "automatic");
        if query.includes_automatic {
            let without = ResultsQuery {
                includes_automatic: false,
                ..query.clone()
            };
            let (name, value) = (t.s("results-automatic"), t.s("results-automatic-counted"));
            self.chips.push(chip(t, name, value, href(&without)));
        }
        self
    }
}

fn chips(
    t: Text,
    query: &ResultsQuery,
    dimensions: &[DimensionValues],
    href: &impl Fn(&ResultsQuery) -> String,
) -> Vec<Chip> {
    let mut chips = Vec::new();
    if query.when != When::Always {
        let off = href(&ResultsQuery {
            when: When::Always,
            ..query.clone()
        });
        chips.push(chip(
            t,
            t.s("results-period"),
            when_name(t, query.when),
            off,
        ));
    }
    let excluded = query.excluded.iter().map(|filter| (filter, true));
    let filters = query.filters.iter().map(|filter| (filter, false));
    for ((dimension, values), is_excluded) in filters.chain(excluded) {
        let known = dimensions
            .iter()
            .find(|known| known.dimension == *dimension);
        let named: Vec<String> = values
            .iter()
            .map(|value| value_name(t, dimension, value, own_name(known, value)))
            .collect();
        let name = dimension_name(t, dimension, known.and_then(|known| known.name.as_deref()));
        chips.push(chip(
            t,
            if is_excluded {
                t.a("results-chip-not", &[("name", name.into())])
            } else {
                name
            },
            named.join(", "),
            href(&query.without(dimension)),
        ));
    }
    if let Some(range) = range_name(t, query.least, query.most) {
        let without = ResultsQuery {
            least: None,
            most: None,
            ..query.clone()
        };
        chips.push(chip(t, t.s("results-score"), range, href(&without)));
    }
    if query.joining == Joining::SameQuestion {
        let without = ResultsQuery {
            joining: Joining::SameScale,
            ..query.clone()
        };
        let (name, value) = (t.s("results-versions"), t.s("results-versions-same-short"));
        chips.push(chip(t, name, value, href(&without)));
    }
    if let Some(flag) = query.flag {
        let without = ResultsQuery {
            flag: None,
            ..query.clone()
        };
        let name = t.s("response-flag");
        chips.push(chip(t, name, flag_name(t, flag), href(&without)));
    }
    chips
}

fn chip(t: Text, name: String, value: String, href: String) -> Chip {
    let label = t.a(
        "results-chip-off",
        &[
            ("name", name.as_str().into()),
            ("value", value.as_str().into()),
        ],
    );
    Chip {
        name,
        value,
        label,
        href,
    }
}

pub(super) fn own_name<'a>(known: Option<&'a DimensionValues>, value: &str) -> Option<&'a str> {
    let found = known?.values.iter().find(|(known, _)| known == value);
    found.and_then(|(_, name)| name.as_deref())
}

pub(super) fn spans(
    t: Text,
    query: &ResultsQuery,
    href: &impl Fn(&ResultsQuery) -> String,
) -> Vec<Choice> {
    let all = std::iter::once(When::Always).chain(Span::ALL.into_iter().map(When::Span));
    all.map(|when| Choice {
        label: when_name(t, when),
        href: href(&ResultsQuery {
            when,
            ..query.clone()
        }),
        is_current: query.when == when,
    })
    .collect()
}

fn groups(t: Text, query: &ResultsQuery, dimensions: &[DimensionValues]) -> Vec<FilterGroup> {
    // A property with one value divides nothing, unless some are not known.
    let divides = |known: &&DimensionValues| {
        known.values.len() > 1 || matches!(known.dimension, Dimension::Segment(_))
    };
    dimensions
        .iter()
        .filter(divides)
        .map(|known| {
            let ticked = query
                .filters
                .iter()
                .chain(&query.excluded)
                .find(|(other, _)| *other == known.dimension);
            let is_ticked =
                |value: &String| ticked.is_some_and(|(_, values)| values.contains(value));
            let named = |(value, name): &(String, Option<String>)| {
                let label = value_name(t, &known.dimension, value, name.as_deref());
                (value.clone(), label, is_ticked(value))
            };
            FilterGroup {
                field: dimension_code(&known.dimension),
                name: dimension_name(t, &known.dimension, known.name.as_deref()),
                is_open: ticked.is_some(),
                values: known.values.iter().map(named).collect(),
            }
        })
        .collect()
}
