//! What is kept of customers (attributes), and the organisations that they work for.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::{AppError, audience::AttributeUse};
use peil_domain::{
    access::Right,
    audience::{Attribute, AttributeKind},
    shared::QuestionKey,
};

use super::{kind_word, read_id};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        fields::encode,
        parts::FormError,
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "audience/attributes.html")]
struct AttributesPage<'a> {
    t: Text,
    frame: Frame,
    tab: &'static str,
    may_write: bool,
    rows: Vec<AttributeRow>,
    kinds: Vec<KindChoice>,
    label: &'a str,
    longest: usize,
    errors: &'a [FormError],
}

struct AttributeRow {
    key: String,
    field: String,
    is_wrong: bool,
    label: String,
    kind: String,
    contacts: String,
    values: String,
}

struct KindChoice {
    code: &'static str,
    label: String,
    help: String,
    is_on: bool,
}

#[derive(Template)]
#[template(path = "audience/accounts.html")]
struct AccountsPage {
    t: Text,
    frame: Frame,
    tab: &'static str,
    search: String,
    rows: Vec<AccountRow>,
    next: Option<String>,
    first: Option<String>,
}

struct AccountRow {
    href: String,
    name: String,
    note: String,
    contacts: String,
}

/// Accounts on a page.
const PER_PAGE: u64 = 50;
/// Values of a choice that are named in the list.
const MOST_NAMED: usize = 4;

pub(super) async fn show_attributes(
    State(web): State<Web>,
    signed: Signed,
) -> Result<Response, PageError> {
    attributes_page(&web, &signed, "", AttributeKind::Choice, &[]).await
}

pub(super) async fn create_attribute(
    State(web): State<Web>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, label) = (form.signed, form.fields.get("label"));
    let kind = form
        .fields
        .get("kind")
        .parse()
        .unwrap_or(AttributeKind::Choice);
    match web
        .app
        .create_attribute(&signed.identity.actor, label, kind)
        .await
    {
        Ok(_) => Ok(done("/audience/attributes", "attribute-added")),
        Err(error @ (AppError::Audience(_) | AppError::Invalid { .. })) => {
            let errors = [describe(&error, signed.text).into()];
            attributes_page(&web, &signed, label, kind, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn rename_attribute(
    State(web): State<Web>,
    Path(key): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let key: QuestionKey = read_id(&key)?;
    let label = form.fields.get("label");
    match web
        .app
        .update_attribute(&form.signed.identity.actor, &key, label)
        .await
    {
        Ok(_) => Ok(done("/audience/attributes", "attribute-changed")),
        Err(error @ (AppError::Audience(_) | AppError::Invalid { .. })) => {
            let said = describe(&error, form.signed.text);
            let error = FormError {
                field: format!("label-{key}"),
                message: said.message,
            };
            attributes_page(&web, &form.signed, "", AttributeKind::Choice, &[error]).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn attributes_page(
    web: &Web,
    signed: &Signed,
    label: &str,
    kind: AttributeKind,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let actor = &signed.identity.actor;
    let found = web.app.list_attributes(actor).await?;
    let t = signed.text;
    let choice = |one: AttributeKind| KindChoice {
        code: one.code(),
        label: kind_word(one, t),
        help: match one {
            AttributeKind::Text => t.s("audience-kind-text-example"),
            AttributeKind::Number => t.s("audience-kind-number-example"),
            AttributeKind::Date => t.s("audience-kind-date-example"),
            AttributeKind::Boolean => t.s("audience-kind-boolean-example"),
            AttributeKind::Choice => t.s("audience-kind-choice-example"),
        },
        is_on: one == kind,
    };
    let order = [
        AttributeKind::Choice,
        AttributeKind::Number,
        AttributeKind::Date,
        AttributeKind::Boolean,
        AttributeKind::Text,
    ];
    page(&AttributesPage {
        t,
        frame: Frame::new(signed, "audience", t.s("audience-attributes")),
        tab: "attributes",
        may_write: actor.has(Right::WriteAudience),
        rows: found
            .into_iter()
            .map(|one| AttributeRow::of(one, errors, t))
            .collect(),
        kinds: order.into_iter().map(choice).collect(),
        label,
        longest: Attribute::LONGEST_LABEL,
        errors,
    })
}

impl AttributeRow {
    fn of(used: AttributeUse, errors: &[FormError], t: Text) -> Self {
        let more = used.values.len().saturating_sub(MOST_NAMED);
        let mut named: Vec<String> = used
            .values
            .into_iter()
            .take(MOST_NAMED)
            .map(|(value, n)| format!("{value} ({})", t.count(n)))
            .collect();
        if more > 0 {
            named.push(t.a("audience-more-values", &[("n", more.into())]));
        }
        let key = used.attribute.key.to_string();
        let field = format!("label-{key}");
        Self {
            is_wrong: errors.iter().any(|error| error.field == field),
            field,
            key,
            label: used.attribute.label,
            kind: kind_word(used.attribute.kind, t),
            contacts: t.count(used.contacts),
            values: named.join(", "),
        }
    }
}

pub(super) async fn show_accounts(
    State(web): State<Web>,
    signed: Signed,
) -> Result<Response, PageError> {
    let t = signed.text;
    let (search, after) = (signed.query.some("q"), signed.query.some("after"));
    let found = web
        .app
        .list_accounts(&signed.identity.actor, search, after, PER_PAGE)
        .await?;
    let address = |after: &str| {
        format!(
            "/audience/accounts?q={}&after={}",
            encode(search.unwrap_or("")),
            encode(after)
        )
    };
    page(&AccountsPage {
        t,
        frame: Frame::new(&signed, "audience", t.s("audience-accounts")),
        tab: "accounts",
        search: search.unwrap_or_default().to_owned(),
        rows: found
            .items
            .into_iter()
            .map(|one| AccountRow {
                href: format!("/audience?account={}", encode(&one.account.name)),
                note: if one.account.external_id == one.account.name {
                    String::new()
                } else {
                    one.account.external_id
                },
                name: one.account.name,
                contacts: t.count(one.contacts),
            })
            .collect(),
        next: found.next.map(|next| address(&next)),
        first: after.map(|_| address("")),
    })
}
