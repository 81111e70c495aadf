//! Contacts one by one: listing, adding, changing.

use std::collections::BTreeMap;

use peil_domain::{
    access::{Actor, Right},
    audience::{AttributeValue, Contact, ContactDraft, Filter},
    shared::{ContactId, EmailAddress, Language, QuestionKey, SegmentId},
};
use peil_store::{
    Session, StoreError, Tx,
    audience::{accounts, attributes, contacts, counts, segments},
};

use super::{AudienceError, upsert::check};
use crate::{App, AppError, app::demand};

/// How many contacts there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudienceCounts {
    /// All of them.
    pub all: u64,
    /// Those with an address and without an opt-out.
    pub reachable: u64,
    /// Those who want no more invitations.
    pub opted_out: u64,
    /// By language, as far as it is known.
    pub languages: Vec<(Language, u64)>,
}

/// Which contacts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactQuery {
    /// Who is in the list.
    pub filter: Filter,
    /// A segment in which they must be as well.
    pub segment: Option<SegmentId>,
    /// Part of a name, address or external identifier, whatever the case.
    pub search: Option<String>,
    /// Where the page before ended.
    pub after: Option<String>,
    /// Most contacts on a page.
    pub limit: u64,
    /// Whether to count all contacts in the list as well.
    pub counts_all: bool,
}

/// One page of contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactPage {
    /// The contacts.
    pub items: Vec<ListedContact>,
    /// What to ask for the next page with; nothing when this was the last one.
    pub next: Option<String>,
    /// Contacts on all pages, when they were counted.
    pub total: Option<u64>,
}

/// A contact with the name of its account.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedContact {
    /// The contact.
    pub contact: Contact,
    /// Name of the account.
    pub account: Option<String>,
}

/// What happens to one field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It becomes unknown.
    Clear,
    /// It gets this value.
    Set(T),
}

impl<T> Change<T> {
    fn apply(self, field: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *field = None,
            Self::Set(value) => *field = Some(value),
        }
    }
}

impl<T> From<Option<T>> for Change<T> {
    /// `None` makes the field unknown.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Clear, Self::Set)
    }
}

/// What changes about a contact.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ContactChange {
    /// Identifier in the organisation's own systems.
    pub external_id: Change<String>,
    /// Address.
    pub email: Change<EmailAddress>,
    /// Telephone number.
    pub phone: Change<String>,
    /// Full name.
    pub name: Change<String>,
    /// Language.
    pub language: Change<Language>,
    /// Name or external identifier of the account.
    pub account: Change<String>,
    /// Attributes by key; `None` makes one unknown, those not named stay.
    pub attributes: BTreeMap<QuestionKey, Option<AttributeValue>>,
}

impl App {
    /// Counts the contacts: all, those who may be asked, those who opted out.
    pub async fn get_audience(&self, actor: &Actor) -> Result<AudienceCounts, AppError> {
        demand(actor, Right::ReadAudience)?;
        let session = self.store.read(actor.workspace);
        let count = async |filter: Filter| contacts::count(&session, &filter, &[], None).await;
        Ok(AudienceCounts {
            all: count(Filter::default()).await?,
            reachable: count(Filter::reachable()).await?,
            opted_out: count(Filter::opted_out()).await?,
            languages: counts::languages(&session).await?,
        })
    }

    /// Lists contacts by name, those without a name first.
    pub async fn list_contacts(
        &self,
        actor: &Actor,
        query: &ContactQuery,
    ) -> Result<ContactPage, AppError> {
        demand(actor, Right::ReadAudience)?;
        let session = self.store.read(actor.workspace);
        let known = attributes::list(&session).await?;
        let mut filter = query.filter.clone();
        if let Some(id) = query.segment {
            let segment = segments::find(&session, id)
                .await?
                .ok_or(AppError::NotFound)?;
            filter = filter.and(segment.filter);
        }
        filter.check(&known).map_err(AudienceError::Filter)?;
        let wanted = contacts::ContactQuery {
            filter: &filter,
            attributes: &known,
            search: query.search.as_deref(),
            after: query.after.as_deref(),
            limit: query.limit,
        };
        let page = contacts::list(&session, &wanted).await?;
        let total = if query.counts_all {
            Some(contacts::count(&session, &filter, &known, wanted.search).await?)
        } else {
            None
        };
        let items = with_accounts(&session, page.items).await?;
        Ok(ContactPage {
            items,
            next: page.next,
            total,
        })
    }

    /// Adds a contact.
    ///
    /// # Errors
    /// [`AudienceError::EmailTaken`] or [`AudienceError::ExternalIdTaken`] when it is known.
    pub async fn create_contact(
        &self,
        actor: &Actor,
        draft: ContactDraft,
    ) -> Result<ListedContact, AppError> {
        demand(actor, Right::WriteAudience)?;
        let draft = draft.tidy();
        let tx = self.store.begin(actor.workspace).await?;
        check(&draft, &attributes::list(&tx).await?)?;
        let account = match &draft.account {
            Some(text) => Some(self.find_or_add_account(&tx, text).await?),
            None => None,
        };
        let contact = self.new_contact(actor, draft, account);
        demand_free(&tx, &contact).await?;
        contacts::add(&tx, &contact).await.map_err(taken)?;
        self.record(
            &tx,
            actor,
            "contact.created",
            contact.id,
            serde_json::Value::Null,
        )
        .await?;
        let listed = with_account(&tx, contact).await?;
        tx.commit().await?;
        Ok(listed)
    }

    /// Changes a contact.
    pub async fn update_contact(
        &self,
        actor: &Actor,
        id: ContactId,
        change: ContactChange,
    ) -> Result<ListedContact, AppError> {
        demand(actor, Right::WriteAudience)?;
        let tx = self.store.begin(actor.workspace).await?;
        let known = attributes::list(&tx).await?;
        let mut contact = contacts::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        let mut draft = ContactDraft {
            external_id: contact.external_id,
            email: contact.email,
            phone: contact.phone,
            name: contact.name,
            language: contact.language,
            account: None,
            attributes: contact.attributes,
            has_opted_out: false,
        };
        change.external_id.apply(&mut draft.external_id);
        change.email.apply(&mut draft.email);
        change.phone.apply(&mut draft.phone);
        change.name.apply(&mut draft.name);
        change.language.apply(&mut draft.language);
        let is_without_account = change.account == Change::Clear;
        change.account.apply(&mut draft.account);
        for (key, value) in change.attributes {
            match value {
                Some(value) => draft.attributes.insert(key, value),
                None => draft.attributes.remove(&key),
            };
        }
        let draft = draft.tidy();
        check(&draft, &known)?;
        if let Some(text) = &draft.account {
            contact.account = Some(self.find_or_add_account(&tx, text).await?);
        } else if is_without_account {
            contact.account = None;
        }
        let after = Contact {
            external_id: draft.external_id,
            email: draft.email,
            phone: draft.phone,
            name: draft.name,
            language: draft.language,
            attributes: draft.attributes,
            updated_at: self.clock.now(),
            ..contact
        };
        demand_free(&tx, &after).await?;
        contacts::save(&tx, &after).await.map_err(taken)?;
        self.record(&tx, actor, "contact.changed", id, serde_json::Value::Null)
            .await?;
        let listed = with_account(&tx, after).await?;
        tx.commit().await?;
        Ok(listed)
    }
}

/// Puts the names of accounts beside contacts.
async fn with_accounts(
    session: &impl Session,
    found: Vec<Contact>,
) -> Result<Vec<ListedContact>, AppError> {
    let ids: Vec<_> = found.iter().filter_map(|contact| contact.account).collect();
    let names = accounts::names(session, &ids).await?;
    let listed = |contact: Contact| {
        let account = contact.account.and_then(|id| names.get(&id).cloned());
        ListedContact { contact, account }
    };
    Ok(found.into_iter().map(listed).collect())
}

async fn with_account(session: &impl Session, contact: Contact) -> Result<ListedContact, AppError> {
    let mut listed = with_accounts(session, vec![contact]).await?;
    listed.pop().ok_or(AppError::NotFound)
}

/// Refuses a contact whose identifier or address belongs to another one.
async fn demand_free(tx: &Tx, contact: &Contact) -> Result<(), AppError> {
    if let Some(id) = &contact.external_id {
        let found = contacts::find_by_external_id(tx, id).await?;
        if found.is_some_and(|other| other.id != contact.id) {
            return Err(AudienceError::ExternalIdTaken.into());
        }
    }
    if let Some(email) = &contact.email {
        let found = contacts::find_by_email(tx, email).await?;
        if found.is_some_and(|other| other.id != contact.id) {
            return Err(AudienceError::EmailTaken.into());
        }
    }
    Ok(())
}

/// Another contact came in between on a server: which of the two it shares does not matter.
fn taken(error: StoreError) -> AppError {
    match error {
        StoreError::Taken(_) => AudienceError::EmailTaken.into(),
        other => other.into(),
    }
}
