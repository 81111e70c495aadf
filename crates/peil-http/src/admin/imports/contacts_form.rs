//! What the columns of a file with customers mean, as a form.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use peil_app::imports::{
    ContactColumn, ContactTarget, ContactsMap, ImportPreview, guess_contact_target,
};
use peil_domain::{
    audience::{Attribute, AttributeKind},
    shared::{
        ImportId,
        values::{ColumnKind, DateOrder, DecimalStyle},
    },
};

use super::{Mapping, PageError, refusal};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{
        fields::Fields,
        parts::FormError,
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "imports/contacts.html")]
struct ContactsPage<'a> {
    t: Text,
    frame: Frame,
    id: ImportId,
    map: Mapping<'a>,
    rows: Vec<Row>,
    errors: &'a [FormError],
}

/// One column as it stands in the form.
struct Row {
    number: usize,
    name: String,
    samples: String,
    choices: Vec<(String, String, bool)>,
    new_choices: Vec<(String, String, bool)>,
    label: String,
    is_month_first: bool,
    is_point: bool,
    asks_order: bool,
    asks_style: bool,
    is_ambiguous: bool,
}

/// Targets without attributes: word and meaning.
const PLAIN: [(&str, ContactTarget); 8] = [
    ("ignore", ContactTarget::Ignore),
    ("external-id", ContactTarget::ExternalId),
    ("email", ContactTarget::Email),
    ("name", ContactTarget::Name),
    ("phone", ContactTarget::Phone),
    ("language", ContactTarget::Language),
    ("account", ContactTarget::Account),
    ("opt-out", ContactTarget::OptOut),
];

/// Shows the form, with guesses where nothing was sent.
pub(super) async fn show(
    web: &Web,
    signed: &Signed,
    id: ImportId,
    fields: &Fields,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let actor = &signed.identity.actor;
    let preview = web.app.preview_import(actor, id).await?;
    let attributes = attributes(web, signed).await?;
    let t = signed.text;
    let map = Mapping {
        preview: &preview,
        fields,
    };
    let rows = (0..preview.table.header.len())
        .map(|number| row(t, &map, number, &attributes))
        .collect();
    page(&ContactsPage {
        t,
        frame: Frame::new(signed, "audience", t.s("imports-map-title")),
        id,
        map,
        rows,
        errors,
    })
}

async fn attributes(web: &Web, signed: &Signed) -> Result<Vec<Attribute>, PageError> {
    let known = web.app.list_attributes(&signed.identity.actor).await?;
    Ok(known.into_iter().map(|known| known.attribute).collect())
}

fn row(t: Text, map: &Mapping<'_>, number: usize, attributes: &[Attribute]) -> Row {
    let name = map
        .preview
        .table
        .header
        .get(number)
        .cloned()
        .unwrap_or_default();
    let guess = map.preview.table.columns.get(number).copied();
    let guessed = guess.map_or(ContactTarget::Ignore, |guess| {
        guess_contact_target(&name, &guess, attributes)
    });
    let chosen = map
        .sent(&format!("target-{number}"))
        .map_or_else(|| word_of(&guessed), str::to_owned);
    let choice = |word: String, label: String| {
        let is_chosen = word == chosen;
        (word, label, is_chosen)
    };
    let plain = PLAIN
        .iter()
        .map(|(word, _)| choice((*word).to_owned(), t.s(&format!("imports-target-{word}"))));
    let known = attributes.iter().map(|attribute| {
        choice(
            format!("attribute:{}", attribute.key),
            attribute.label.clone(),
        )
    });
    let new = AttributeKind::ALL.into_iter().map(|kind| {
        let label = t.s(&format!("imports-new-{}", kind.code()));
        choice(format!("new:{}", kind.code()), label)
    });
    let order = map.sent(&format!("order-{number}"));
    let style = map.sent(&format!("style-{number}"));
    Row {
        number,
        samples: map.samples(number),
        choices: plain.chain(known).collect(),
        new_choices: new.collect(),
        label: map
            .sent(&format!("label-{number}"))
            .unwrap_or(&name)
            .to_owned(),
        is_month_first: order.map_or_else(
            || guess.is_some_and(|guess| guess.date_order == DateOrder::MonthFirst),
            |order| order == "month",
        ),
        is_point: style.map_or_else(
            || guess.is_some_and(|guess| guess.decimal_style == DecimalStyle::Point),
            |style| style == "point",
        ),
        asks_order: guess.is_some_and(|guess| guess.kind == ColumnKind::Date),
        asks_style: guess.is_some_and(|guess| guess.kind == ColumnKind::Decimal),
        is_ambiguous: guess.is_some_and(|guess| guess.is_ambiguous),
        name,
    }
}

fn word_of(target: &ContactTarget) -> String {
    match target {
        ContactTarget::Attribute(key) => format!("attribute:{key}"),
        ContactTarget::NewAttribute { kind, .. } => format!("new:{}", kind.code()),
        plain => PLAIN
            .iter()
            .find(|(_, known)| known == plain)
            .map_or_else(String::new, |(word, _)| (*word).to_owned()),
    }
}

/// Starts the import, or shows the form again with what is wrong.
pub(super) async fn start(
    web: &Web,
    form: SignedForm,
    id: ImportId,
) -> Result<Response, PageError> {
    let SignedForm { signed, fields } = form;
    let actor = &signed.identity.actor;
    let preview = web.app.preview_import(actor, id).await?;
    let map = read(&preview, &fields);
    match web.app.start_contacts_import(actor, id, map).await {
        Ok(_) => Ok(Redirect::to(&format!("/imports/{id}")).into_response()),
        Err(error) => {
            let errors = refusal(error, &preview.table.header, signed.text)?;
            show(web, &signed, id, &fields, &errors).await
        }
    }
}

fn read(preview: &ImportPreview, fields: &Fields) -> ContactsMap {
    let columns = preview
        .table
        .header
        .iter()
        .enumerate()
        .map(|(number, name)| ContactColumn {
            column: name.clone(),
            target: target_of(fields, number, name),
            date_order: match fields.get(&format!("order-{number}")) {
                "month" => DateOrder::MonthFirst,
                _ => DateOrder::DayFirst,
            },
            decimal_style: match fields.get(&format!("style-{number}")) {
                "point" => DecimalStyle::Point,
                _ => DecimalStyle::Comma,
            },
        });
    ContactsMap {
        columns: columns.collect(),
    }
}

fn target_of(fields: &Fields, number: usize, name: &str) -> ContactTarget {
    let word = fields.get(&format!("target-{number}"));
    if let Some(key) = word.strip_prefix("attribute:") {
        return key
            .parse()
            .map_or(ContactTarget::Ignore, ContactTarget::Attribute);
    }
    if let Some(kind) = word.strip_prefix("new:") {
        let label = fields
            .some(&format!("label-{number}"))
            .unwrap_or(name)
            .to_owned();
        let new = |kind| ContactTarget::NewAttribute { label, kind };
        return kind.parse().map_or(ContactTarget::Ignore, new);
    }
    let known = PLAIN.into_iter().find(|(known, _)| *known == word);
    known.map_or(ContactTarget::Ignore, |(_, target)| target)
}
