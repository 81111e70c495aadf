//! The list of customers, with search and filters that stand in the address bar.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::audience::{AttributeUse, AudienceCounts, ContactQuery, ListedContact};
use peil_domain::{
    access::Right,
    audience::{AttributeKind, AttributeValue, Condition, Contact, Field, Filter, Operator},
    shared::SegmentId,
};

use super::{name_of, shown};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{
        fields::{Fields, encode},
        problem::PageError,
        signed::Signed,
        text::Text,
    },
};

/// Contacts on a page.
const PER_PAGE: u64 = 50;
/// Attributes that have a column of their own.
const MOST_COLUMNS: usize = 2;
/// Values of a choice that are offered as a filter.
const MOST_OFFERED: usize = 12;

#[derive(Template)]
#[template(path = "audience/list.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    tab: &'static str,
    may_write: bool,
    lead: String,
    is_empty: bool,
    search: String,
    kept: Vec<(String, String)>,
    reach: Vec<ReachChoice>,
    chips: Vec<Chip>,
    groups: Vec<FilterGroup>,
    segments: Vec<SegmentChoice>,
    has_accounts: bool,
    columns: Vec<String>,
    rows: Vec<Row>,
    count: String,
    next: Option<String>,
    first: Option<String>,
}

/// All, those who may be asked, or those who opted out.
struct ReachChoice {
    href: String,
    label: String,
    count: String,
    is_current: bool,
}

/// A filter that is on, with the address without it.
struct Chip {
    label: String,
    value: String,
    without: String,
}

/// The values of one field to choose from.
struct FilterGroup {
    name: String,
    label: String,
    values: Vec<ValueChoice>,
}

struct ValueChoice {
    value: String,
    label: String,
    count: String,
    is_on: bool,
}

struct SegmentChoice {
    id: String,
    name: String,
    is_on: bool,
}

struct Row {
    href: String,
    name: String,
    note: String,
    account: String,
    values: Vec<String>,
    language: String,
    is_out: bool,
    has_address: bool,
}

pub(super) async fn show_contacts(
    State(web): State<Web>,
    signed: Signed,
) -> Result<Response, PageError> {
    let actor = &signed.identity.actor;
    let counts = web.app.get_audience(actor).await?;
    let attributes = web.app.list_attributes(actor).await?;
    let segments = web.app.list_segments(actor).await?;
    let wish = Wish::read(&signed.query, &attributes);
    let query = ContactQuery {
        filter: wish.filter(),
        segment: wish.segment,
        search: signed.query.some("q").map(ToOwned::to_owned),
        after: signed.query.some("after").map(ToOwned::to_owned),
        limit: PER_PAGE,
        counts_all: true,
    };
    let found = web.app.list_contacts(actor, &query).await?;
    let t = signed.text;
    let columns = columns(&attributes);
    let total = found.total.unwrap_or_default();
    let segment = segments
        .iter()
        .find(|one| Some(one.segment.id) == wish.segment);
    let segment = segment.map(|one| one.segment.name.clone());
    let lead = t.a(
        "audience-lead",
        &[
            ("all", t.count(counts.all).into()),
            ("n", t.count(counts.reachable).into()),
        ],
    );
    page(&ListPage {
        t,
        frame: Frame::new(&signed, "audience", t.s("nav-audience")),
        tab: "contacts",
        may_write: actor.has(Right::WriteAudience),
        lead,
        is_empty: counts.all == 0,
        search: signed.query.get("q").to_owned(),
        kept: kept_fields(&signed.query, &["q", "after", "done"]),
        reach: reach_choices(&signed, &counts),
        chips: wish.chips(&signed, segment, &attributes),
        groups: groups(&wish, &attributes, &counts.languages, t),
        segments: segments
            .into_iter()
            .map(|one| SegmentChoice {
                is_on: Some(one.segment.id) == wish.segment,
                id: one.segment.id.to_string(),
                name: one.segment.name,
            })
            .collect(),
        has_accounts: found.items.iter().any(|one| one.account.is_some()),
        columns: columns
            .iter()
            .map(|one| one.attribute.label.clone())
            .collect(),
        rows: found
            .items
            .iter()
            .map(|one| Row::of(one, &columns, t))
            .collect(),
        count: t.a(
            "audience-count",
            &[("n", total.into()), ("shown", t.count(total).into())],
        ),
        next: found.next.map(|next| with(&signed.query, "after", &next)),
        first: signed
            .query
            .some("after")
            .map(|_| with(&signed.query, "after", "")),
    })
}

fn reach_choices(signed: &Signed, counts: &AudienceCounts) -> Vec<ReachChoice> {
    let t = signed.text;
    [
        ("", t.s("audience-reach-all"), counts.all),
        (REACHABLE, t.s("audience-reach-reachable"), counts.reachable),
        (OPTED_OUT, t.s("audience-reach-opted-out"), counts.opted_out),
    ]
    .into_iter()
    .map(|(code, label, count)| ReachChoice {
        href: with(&signed.query, "reach", code),
        label,
        count: t.count(count),
        is_current: signed.query.get("reach") == code,
    })
    .collect()
}

const REACHABLE: &str = "reachable";
const OPTED_OUT: &str = "opted_out";

/// The filters in an address.
struct Wish {
    reach: String,
    segment: Option<SegmentId>,
    conditions: Vec<Condition>,
}

impl Wish {
    fn read(query: &Fields, attributes: &[AttributeUse]) -> Self {
        let is_text = |one: &&AttributeUse| {
            matches!(
                one.attribute.kind,
                AttributeKind::Choice | AttributeKind::Text
            )
        };
        let own = attributes.iter().filter(is_text);
        let own = own.map(|one| Field::Attribute(one.attribute.key.clone()));
        let fields = [Field::Language, Field::Account].into_iter().chain(own);
        let mut conditions = Vec::new();
        for field in fields {
            let name = field.to_string();
            let values: Vec<String> = query
                .all(&name)
                .map(str::trim)
                .filter(|value| AttributeValue::parse(AttributeKind::Text, value).is_ok())
                .take(Condition::MOST_VALUES)
                .map(ToOwned::to_owned)
                .collect();
            let has_room = conditions.len() < Filter::MOST_CONDITIONS / 2;
            if !values.is_empty() && has_room {
                conditions.push(Condition {
                    field,
                    operator: Operator::Is,
                    values,
                });
            }
        }
        Self {
            reach: query.get("reach").to_owned(),
            segment: query.get("segment").parse().ok(),
            conditions,
        }
    }

    fn filter(&self) -> Filter {
        let chosen = Filter {
            conditions: self.conditions.clone(),
        };
        match self.reach.as_str() {
            REACHABLE => chosen.and(Filter::reachable()),
            OPTED_OUT => chosen.and(Filter::opted_out()),
            _ => chosen,
        }
    }

    fn has(&self, field: &Field, value: &str) -> bool {
        let is_it = |one: &&Condition| one.field == *field;
        self.conditions
            .iter()
            .find(is_it)
            .is_some_and(|one| one.values.iter().any(|v| v == value))
    }

    fn chips(
        &self,
        signed: &Signed,
        segment: Option<String>,
        attributes: &[AttributeUse],
    ) -> Vec<Chip> {
        let t = signed.text;
        let segment = segment.map(|value| Chip {
            label: t.s("audience-segment"),
            value,
            without: with(&signed.query, "segment", ""),
        });
        let others = self.conditions.iter().map(|condition| Chip {
            label: field_label(&condition.field, attributes, t),
            value: condition
                .values
                .iter()
                .map(|value| value_label(&condition.field, value, t))
                .collect::<Vec<_>>()
                .join(", "),
            without: with(&signed.query, &condition.field.to_string(), ""),
        });
        segment.into_iter().chain(others).collect()
    }
}

impl Row {
    fn of(listed: &ListedContact, columns: &[&AttributeUse], t: Text) -> Self {
        let contact = &listed.contact;
        let email = contact.email.as_ref().map(ToString::to_string);
        let note = email
            .or_else(|| contact.external_id.clone())
            .unwrap_or_default();
        let name = name_of(contact);
        Self {
            href: format!("/audience/{}", contact.id),
            note: if note == name { String::new() } else { note },
            name,
            account: listed.account.clone().unwrap_or_default(),
            values: columns
                .iter()
                .map(|one| value_of(contact, one, t))
                .collect(),
            language: contact
                .language
                .map(|language| value_label(&Field::Language, language.code(), t))
                .unwrap_or_default(),
            is_out: contact.opted_out_at.is_some(),
            has_address: contact.email.is_some(),
        }
    }
}

/// The choices that are known of most contacts: what one tells people apart by.
fn columns(attributes: &[AttributeUse]) -> Vec<&AttributeUse> {
    let is_choice =
        |one: &&AttributeUse| one.attribute.kind == AttributeKind::Choice && one.contacts > 0;
    let mut found: Vec<&AttributeUse> = attributes.iter().filter(is_choice).collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.contacts));
    found.truncate(MOST_COLUMNS);
    found
}

fn value_of(contact: &Contact, column: &AttributeUse, t: Text) -> String {
    let attribute = &column.attribute;
    let value = contact.attributes.get(&attribute.key);
    value
        .map(|value| shown(value, attribute.kind, t))
        .unwrap_or_default()
}

fn groups(
    wish: &Wish,
    attributes: &[AttributeUse],
    languages: &[(peil_domain::shared::Language, u64)],
    t: Text,
) -> Vec<FilterGroup> {
    let languages: Vec<(String, u64)> = languages
        .iter()
        .map(|(language, n)| (language.to_string(), *n))
        .collect();
    let choices = attributes
        .iter()
        .filter(|one| one.attribute.kind == AttributeKind::Choice);
    let choices = choices.map(|one| {
        (
            Field::Attribute(one.attribute.key.clone()),
            one.values.as_slice(),
        )
    });
    std::iter::once((Field::Language, languages.as_slice()))
        .chain(choices)
        .filter(|(_, values)| !values.is_empty())
        .map(|(field, values)| FilterGroup {
            name: field.to_string(),
            label: field_label(&field, attributes, t),
            values: values
                .iter()
                .enumerate()
                .filter(|(place, (value, _))| *place < MOST_OFFERED || wish.has(&field, value))
                .map(|(_, (value, n))| ValueChoice {
                    label: value_label(&field, value, t),
                    count: t.count(*n),
                    is_on: wish.has(&field, value),
                    value: value.clone(),
                })
                .collect(),
        })
        .collect()
}

/// What a field is called.
pub(super) fn field_label(field: &Field, attributes: &[AttributeUse], t: Text) -> String {
    match field {
        Field::Language => t.s("audience-language"),
        Field::Account => t.s("audience-account"),
        Field::Email => t.s("audience-email"),
        Field::OptOut => t.s("audience-opt-out"),
        Field::Attribute(key) => {
            let found = attributes.iter().find(|one| one.attribute.key == *key);
            found.map_or_else(|| key.to_string(), |one| one.attribute.label.clone())
        }
    }
}

/// What a value is called.
pub(super) fn value_label(field: &Field, value: &str, t: Text) -> String {
    match (field, value) {
        (Field::Language, "nl") => t.s("language-nl"),
        (Field::Language, "en") => t.s("language-en"),
        _ => value.to_owned(),
    }
}

/// The fields of an address but for some, to be sent along by a form.
fn kept_fields(query: &Fields, but: &[&str]) -> Vec<(String, String)> {
    let is_kept = |(name, value): &(&str, &str)| !but.contains(name) && !value.is_empty();
    query
        .iter()
        .filter(is_kept)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The address of the list with another value for one field; blank takes it away. Another list
/// begins at its first page.
fn with(query: &Fields, name: &str, value: &str) -> String {
    let mut pairs = kept_fields(query, &[name, "after", "done"]);
    if !value.is_empty() {
        pairs.push((name.to_owned(), value.to_owned()));
    }
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    if pairs.is_empty() {
        "/audience".to_owned()
    } else {
        format!("/audience?{}", pairs.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_a_filter_away_keeps_the_others_and_goes_to_the_first_page() {
        let query = Fields::parse(b"q=jan&language=nl&language=en&after=x&reach=reachable");
        assert_eq!(
            with(&query, "language", ""),
            "/audience?q=jan&reach=reachable"
        );
        assert_eq!(
            with(&query, "reach", "opted_out"),
            "/audience?q=jan&language=nl&language=en&reach=opted_out"
        );
        assert_eq!(with(&Fields::parse(b"after=x"), "q", ""), "/audience");
    }
}
