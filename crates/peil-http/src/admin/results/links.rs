//! Addresses of figures and answers: the whole selection stands in them.

use peil_app::results::{Dimension, ResultsQuery};
use peil_domain::shared::{LocalDay, Slug};

use crate::edge::{
    fields::{Fields, encode},
    signed::Signed,
};

/// Reads the selection behind the question mark; what cannot be read is left out.
pub(in crate::admin) fn query_of(signed: &Signed) -> ResultsQuery {
    ResultsQuery::read(signed.query.iter()).0
}

/// The questionnaire that the address names.
pub(in crate::admin) fn slug_of(fields: &Fields) -> Option<Slug> {
    fields.some("survey")?.parse().ok()
}

/// The cursor of the page that is wanted.
pub(in crate::admin) fn after_of(fields: &Fields) -> Option<String> {
    let is_plain = |text: &&str| text.len() <= 200 && !text.chars().any(char::is_control);
    fields.some("after").filter(is_plain).map(ToOwned::to_owned)
}

/// The figures of a selection.
pub(in crate::admin) fn results_href(slug: &Slug, query: &ResultsQuery) -> String {
    address("/results", Some(slug), query)
}

/// The answers of a selection.
pub(in crate::admin) fn responses_href(slug: Option<&Slug>, query: &ResultsQuery) -> String {
    address("/responses", slug, query)
}

/// Puts a further field behind an address.
pub(in crate::admin) fn with_field(address: &str, name: &str, value: &str) -> String {
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{name}={}", encode(value))
}

/// The same selection between two days.
pub(in crate::admin) fn between(
    query: &ResultsQuery,
    start: LocalDay,
    end: LocalDay,
) -> ResultsQuery {
    let when = peil_app::results::When::Between(Some(start), Some(end));
    ResultsQuery {
        when,
        ..query.clone()
    }
}

/// The selection as hidden fields of a form, without the fields that the form sets itself.
pub(in crate::admin) fn hidden_fields(
    slug: Option<&Slug>,
    query: &ResultsQuery,
    set_by_form: impl Fn(&str) -> bool,
) -> Vec<(String, String)> {
    let survey = slug.map(|slug| ("survey".to_owned(), slug.to_string()));
    let pairs = survey.into_iter().chain(query.pairs());
    pairs.filter(|(name, _)| !set_by_form(name)).collect()
}

/// Whether a field of an address is about a property of answers.
pub(in crate::admin) fn is_filter(name: &str) -> bool {
    peil_app::results::dimension_of(name).is_some()
}

/// The same selection narrowed to one group, compared by the next property.
pub(in crate::admin) fn narrowed(
    query: &ResultsQuery,
    dimension: &Dimension,
    group: Option<&str>,
) -> ResultsQuery {
    ResultsQuery {
        group: None,
        ..query.with_only(dimension, group.unwrap_or_default())
    }
}

fn address(path: &str, slug: Option<&Slug>, query: &ResultsQuery) -> String {
    with_fields(path, &hidden_fields(slug, query, |_| false))
}

/// An address with all of these fields.
pub(in crate::admin) fn with_fields(path: &str, fields: &[(String, String)]) -> String {
    let written: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    if written.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", written.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_values_are_written_harmlessly() {
        let mut query = ResultsQuery::default();
        query.add_filter(Dimension::Account, "a&b=\"><script>");
        let slug: Slug = "kto".parse().unwrap();
        assert_eq!(
            results_href(&slug, &query),
            "/results?survey=kto&account=a%26b%3D%22%3E%3Cscript%3E"
        );
    }
}
