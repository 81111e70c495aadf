//! Adding and changing one customer.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::{
    AppError,
    audience::{AttributeUse, ContactChange},
};
use peil_domain::{
    access::Right,
    audience::{AttributeKind, AttributeValue, Attributes, ContactDraft},
    shared::{ContactId, EmailAddress, Language, QuestionKey},
};

use super::{name_of, read_id};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        fields::Fields,
        parts::FormError,
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "audience/form.html")]
struct FormPage<'a> {
    t: Text,
    frame: Frame,
    title: String,
    action: String,
    back: String,
    is_new: bool,
    values: &'a Values,
    attributes: Vec<AttributeField>,
    accounts: Vec<String>,
    errors: &'a [FormError],
}

/// What stands in the form.
#[derive(Default)]
struct Values {
    external_id: String,
    email: String,
    phone: String,
    name: String,
    language: String,
    account: String,
    attributes: BTreeMap<String, String>,
}

/// The field of one attribute.
struct AttributeField {
    id: String,
    label: String,
    kind: &'static str,
    value: String,
    known: Vec<String>,
    is_wrong: bool,
}

pub(super) async fn show_new(
    State(web): State<Web>,
    signed: Signed,
) -> Result<Response, PageError> {
    show_form(&web, &signed, None, &Values::default(), &[]).await
}

pub(super) async fn show_edit(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id: ContactId = read_id(&id)?;
    let found = web.app.get_contact(&signed.identity.actor, id).await?;
    let contact = found.contact;
    let name = name_of(&contact);
    let text = |field: Option<String>| field.unwrap_or_default();
    let values = Values {
        external_id: text(contact.external_id),
        email: contact.email.map(String::from).unwrap_or_default(),
        phone: text(contact.phone),
        name: text(contact.name),
        language: contact
            .language
            .map(|one| one.to_string())
            .unwrap_or_default(),
        account: found
            .account
            .map(|account| account.name)
            .unwrap_or_default(),
        attributes: contact
            .attributes
            .into_iter()
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect(),
    };
    show_form(&web, &signed, Some((id, name)), &values, &[]).await
}

pub(super) async fn create(
    State(web): State<Web>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let attributes = web.app.list_attributes(&signed.identity.actor).await?;
    let values = Values::read(&fields, &attributes);
    let draft = match values.draft(&attributes, signed.text) {
        Ok(draft) => draft,
        Err(errors) => return show_form(&web, &signed, None, &values, &errors).await,
    };
    match web.app.create_contact(&signed.identity.actor, draft).await {
        Ok(made) => Ok(done(
            &format!("/audience/{}", made.contact.id),
            "contact-added",
        )),
        Err(error @ (AppError::Audience(_) | AppError::Invalid { .. })) => {
            let errors = [describe(&error, signed.text).into()];
            show_form(&web, &signed, None, &values, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn update(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let id: ContactId = read_id(&id)?;
    let (signed, fields) = (form.signed, form.fields);
    let actor = &signed.identity.actor;
    let attributes = web.app.list_attributes(actor).await?;
    let values = Values::read(&fields, &attributes);
    let errors = match values.draft(&attributes, signed.text) {
        Ok(draft) => match web
            .app
            .update_contact(actor, id, to_change(draft, &attributes))
            .await
        {
            Ok(_) => return Ok(done(&format!("/audience/{id}"), "contact-changed")),
            Err(error @ (AppError::Audience(_) | AppError::Invalid { .. })) => {
                vec![describe(&error, signed.text).into()]
            }
            Err(error) => return Err(error.into()),
        },
        Err(errors) => errors,
    };
    let name = name_of(&web.app.get_contact(actor, id).await?.contact);
    show_form(&web, &signed, Some((id, name)), &values, &errors).await
}

async fn show_form(
    web: &Web,
    signed: &Signed,
    known: Option<(ContactId, String)>,
    values: &Values,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let actor = &signed.identity.actor;
    if !actor.has(Right::WriteAudience) {
        return Err(AppError::Forbidden(Right::WriteAudience).into());
    }
    let attributes = web.app.list_attributes(actor).await?;
    let accounts = web.app.list_accounts(actor, None, None, 200).await?;
    let t = signed.text;
    let is_new = known.is_none();
    let (title, back) = match known {
        Some((id, name)) => (
            t.a("audience-edit-title", &[("name", name.into())]),
            format!("/audience/{id}"),
        ),
        None => (t.s("audience-new-title"), "/audience".to_owned()),
    };
    let action = if is_new {
        "/audience/new".to_owned()
    } else {
        format!("{back}/edit")
    };
    page(&FormPage {
        t,
        frame: Frame::new(signed, "audience", title.clone()),
        title,
        action,
        back,
        is_new,
        values,
        attributes: attributes
            .into_iter()
            .map(|one| AttributeField::of(one, values, errors))
            .collect(),
        accounts: accounts
            .items
            .into_iter()
            .map(|one| one.account.name)
            .collect(),
        errors,
    })
}

impl AttributeField {
    fn of(used: AttributeUse, values: &Values, errors: &[FormError]) -> Self {
        let key = used.attribute.key.to_string();
        let id = format!("attribute.{key}");
        Self {
            value: values.attributes.get(&key).cloned().unwrap_or_default(),
            is_wrong: errors.iter().any(|error| error.field == id),
            id,
            label: used.attribute.label,
            kind: used.attribute.kind.code(),
            known: used.values.into_iter().map(|(value, _)| value).collect(),
        }
    }
}

impl Values {
    fn read(fields: &Fields, attributes: &[AttributeUse]) -> Self {
        let field = |name: &str| fields.get(name).to_owned();
        let keys = attributes.iter().map(|one| one.attribute.key.to_string());
        Self {
            external_id: field("external_id"),
            email: field("email"),
            phone: field("phone"),
            name: field("name"),
            language: field("language"),
            account: field("account"),
            attributes: keys
                .map(|key| (key.clone(), field(&format!("attribute.{key}"))))
                .collect(),
        }
    }

    /// What the form says, or everything that is wrong with it.
    fn draft(&self, attributes: &[AttributeUse], t: Text) -> Result<ContactDraft, Vec<FormError>> {
        let mut errors = Vec::new();
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let email: Option<EmailAddress> = self.email.parse().ok();
        if email.is_none() && !self.email.is_empty() {
            let message = t.s("problem-not-an-address");
            errors.push(FormError {
                field: "email".into(),
                message,
            });
        }
        let language: Option<Language> = self.language.parse().ok();
        let mut values = Attributes::new();
        for one in attributes {
            let (key, kind) = (&one.attribute.key, one.attribute.kind);
            let text = self.attributes.get(key.as_str()).map_or("", String::as_str);
            if text.is_empty() {
                continue;
            }
            // A decimal comma, for browsers that leave numbers to the person who types.
            let plain = if kind == AttributeKind::Number {
                text.replace(',', ".")
            } else {
                text.into()
            };
            match AttributeValue::parse(kind, &plain) {
                Ok(value) => {
                    values.insert(key.clone(), value);
                }
                Err(_) => errors.push(wrong_value(key, &one.attribute.label, kind, t)),
            }
        }
        if errors.is_empty() {
            Ok(ContactDraft {
                external_id: some(&self.external_id),
                email,
                phone: some(&self.phone),
                name: some(&self.name),
                language,
                account: some(&self.account),
                attributes: values,
                has_opted_out: false,
            })
        } else {
            Err(errors)
        }
    }
}

fn wrong_value(key: &QuestionKey, label: &str, kind: AttributeKind, t: Text) -> FormError {
    let args = [("key", label.into())];
    let message = match kind {
        AttributeKind::Number => t.a("problem-not-a-number", &args),
        AttributeKind::Date => t.a("problem-not-a-date", &args),
        AttributeKind::Boolean => t.a("problem-not-yes-or-no", &args),
        AttributeKind::Text | AttributeKind::Choice => t.a("problem-not-a-text", &args),
    };
    FormError {
        field: format!("attribute.{key}"),
        message,
    }
}

/// The form holds everything: what is blank in it becomes unknown.
fn to_change(draft: ContactDraft, attributes: &[AttributeUse]) -> ContactChange {
    let mut values = draft.attributes;
    ContactChange {
        external_id: draft.external_id.into(),
        email: draft.email.into(),
        phone: draft.phone.into(),
        name: draft.name.into(),
        language: draft.language.into(),
        account: draft.account.into(),
        attributes: attributes
            .iter()
            .map(|one| (one.attribute.key.clone(), values.remove(&one.attribute.key)))
            .collect(),
    }
}
