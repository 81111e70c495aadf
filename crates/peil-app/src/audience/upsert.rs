//! Adds or updates many contacts at once: what imports and programs do.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, Right},
    audience::{Account, Attribute, Attributes, Contact, ContactDraft},
    shared::{AccountId, ContactId, EmailAddress},
};
use peil_store::{
    StoreError, Tx,
    audience::{accounts, attributes, contacts},
};

use super::AudienceError;
use crate::{
    App, AppError,
    app::{demand, new_id},
};

/// Most contacts in one batch.
pub const MOST_IN_BATCH: usize = 500;

/// What became of one contact of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upserted {
    /// It is new.
    Added(ContactId),
    /// It was known.
    Updated(ContactId),
    /// It was left out; the others of the batch were not.
    Refused(AudienceError),
}

/// Times that a batch is tried when others write the same contacts at the same moment.
const MOST_TRIES: usize = 3;

impl App {
    /// Adds those that are new and updates those that are known, by external identifier first, then
    /// by address, all in one transaction. What a draft does not say stays as it is; an opt-out is
    /// never undone. The outcomes come in the order of the drafts; the same person twice is added
    /// once and updated once.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when there are more than [`MOST_IN_BATCH`]. A contact that cannot be
    /// taken is no error but [`Upserted::Refused`].
    pub async fn upsert_contacts(
        &self,
        actor: &Actor,
        drafts: Vec<ContactDraft>,
    ) -> Result<Vec<Upserted>, AppError> {
        demand(actor, Right::WriteAudience)?;
        if drafts.len() > MOST_IN_BATCH {
            return Err(AppError::Invalid {
                field: "contacts",
                code: "too_many",
            });
        }
        let drafts: Vec<ContactDraft> = drafts.into_iter().map(ContactDraft::tidy).collect();
        for _ in 1..MOST_TRIES {
            match self.try_upsert(actor, &drafts).await {
                // Somebody else added one of these in between; now it is found.
                Err(AppError::Store(StoreError::Taken(_))) => {}
                outcome => return outcome,
            }
        }
        self.try_upsert(actor, &drafts).await
    }

    async fn try_upsert(
        &self,
        actor: &Actor,
        drafts: &[ContactDraft],
    ) -> Result<Vec<Upserted>, AppError> {
        let tx = self.store.begin(actor.workspace).await?;
        let attributes = attributes::list(&tx).await?;
        let mut batch = Batch::read(&tx, drafts, self.clock.now()).await?;
        let mut outcomes = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let outcome = match check(draft, &attributes).and_then(|()| batch.find(draft)) {
                Err(problem) => Upserted::Refused(problem),
                Ok(found) => {
                    let account = self.account_of(&tx, draft, &mut batch).await?;
                    let draft = draft.clone();
                    if let Some(place) = found {
                        Upserted::Updated(batch.update(place, draft, account))
                    } else {
                        let contact = self.new_contact(actor, draft, account);
                        Upserted::Added(batch.add(contact))
                    }
                }
            };
            outcomes.push(outcome);
        }
        batch.write(&tx).await?;
        let count = |is: fn(&Upserted) -> bool| outcomes.iter().filter(|one| is(one)).count();
        let details = serde_json::json!({
            "added": count(|one| matches!(one, Upserted::Added(_))),
            "updated": count(|one| matches!(one, Upserted::Updated(_))),
            "refused": count(|one| matches!(one, Upserted::Refused(_))),
        });
        self.record(&tx, actor, "contacts.upserted", actor.workspace, details)
            .await?;
        tx.commit().await?;
        Ok(outcomes)
    }

    /// A contact that did not exist yet.
    pub(super) fn new_contact(
        &self,
        actor: &Actor,
        draft: ContactDraft,
        account: Option<AccountId>,
    ) -> Contact {
        let now = self.clock.now();
        let mut contact = Contact {
            id: new_id!(self, ContactId),
            workspace: actor.workspace,
            external_id: None,
            email: None,
            phone: None,
            name: None,
            language: None,
            account: None,
            attributes: Attributes::new(),
            opted_out_at: None,
            created_at: now,
            updated_at: now,
        };
        draft.apply(&mut contact, account, now);
        contact
    }

    /// The account that a draft names; added when there is none with that identifier or name.
    async fn account_of(
        &self,
        tx: &Tx,
        draft: &ContactDraft,
        batch: &mut Batch,
    ) -> Result<Option<AccountId>, AppError> {
        let Some(text) = &draft.account else {
            return Ok(None);
        };
        if let Some(known) = batch.accounts.get(text) {
            return Ok(Some(*known));
        }
        let account = accounts::find_or_add(tx, new_id!(self, AccountId), text, text).await?;
        batch.accounts.insert(text.clone(), account.id);
        Ok(Some(account.id))
    }

    /// The account with this identifier or name; added when there is none.
    pub(super) async fn find_or_add_account(
        &self,
        tx: &Tx,
        text: &str,
    ) -> Result<AccountId, AppError> {
        let known = accounts::lookup_many(tx, &[text.to_owned()]).await?;
        if let Some(id) = by_text(known).get(text) {
            return Ok(*id);
        }
        Ok(
            accounts::find_or_add(tx, new_id!(self, AccountId), text, text)
                .await?
                .id,
        )
    }
}

/// Says whether a contact can be made of this draft, given the attributes that exist.
pub(super) fn check(draft: &ContactDraft, known: &[Attribute]) -> Result<(), AudienceError> {
    draft.check()?;
    for (key, value) in &draft.attributes {
        let attribute = known.iter().find(|attribute| attribute.key == *key);
        let attribute = attribute.ok_or_else(|| AudienceError::UnknownAttribute(key.clone()))?;
        if !value.fits(attribute.kind) {
            return Err(AudienceError::WrongType {
                key: key.clone(),
                kind: attribute.kind,
            });
        }
    }
    Ok(())
}

/// Accounts by the texts that may name them; an identifier counts before a name, and of several
/// with one name the oldest.
fn by_text(found: Vec<Account>) -> BTreeMap<String, AccountId> {
    let mut ids = BTreeMap::new();
    for account in found.iter().rev() {
        ids.insert(account.name.clone(), account.id);
    }
    for account in found {
        ids.insert(account.external_id, account.id);
    }
    ids
}

/// Contacts as they will be when the batch is written.
struct Batch {
    contacts: Vec<Contact>,
    by_external_id: BTreeMap<String, usize>,
    by_email: BTreeMap<EmailAddress, usize>,
    accounts: BTreeMap<String, AccountId>,
    /// How many of the contacts, those in front, were known before.
    known: usize,
    changed: BTreeSet<usize>,
    /// Known contacts whose address somebody else in the batch may have taken over.
    without_old_email: BTreeSet<usize>,
    now: Timestamp,
}

impl Batch {
    async fn read(tx: &Tx, drafts: &[ContactDraft], now: Timestamp) -> Result<Self, AppError> {
        // A text that cannot be stored cannot be known either, and a database may choke on it.
        let sound = || drafts.iter().filter(|draft| draft.check().is_ok());
        let external_ids: Vec<String> = sound()
            .filter_map(|draft| draft.external_id.clone())
            .collect();
        let emails: Vec<EmailAddress> = sound().filter_map(|draft| draft.email.clone()).collect();
        let names: BTreeSet<String> = sound().filter_map(|draft| draft.account.clone()).collect();
        let names: Vec<String> = names.into_iter().collect();
        let accounts = by_text(accounts::lookup_many(tx, &names).await?);
        let found = contacts::lookup_many(tx, &external_ids, &emails).await?;
        let mut batch = Self {
            contacts: Vec::with_capacity(found.len()),
            by_external_id: BTreeMap::new(),
            by_email: BTreeMap::new(),
            accounts,
            known: found.len(),
            changed: BTreeSet::new(),
            without_old_email: BTreeSet::new(),
            now,
        };
        for contact in found {
            batch.add(contact);
        }
        Ok(batch)
    }

    /// The contact that a draft is about, with its place; nothing when it is new.
    fn find(&self, draft: &ContactDraft) -> Result<Option<(usize, Contact)>, AudienceError> {
        let by_external_id = draft
            .external_id
            .as_ref()
            .and_then(|id| self.by_external_id.get(id))
            .copied();
        let by_email = draft
            .email
            .as_ref()
            .and_then(|email| self.by_email.get(email))
            .copied();
        if let (Some(one), Some(other)) = (by_external_id, by_email)
            && one != other
        {
            return Err(AudienceError::TwoContacts);
        }
        let Some(place) = by_external_id.or(by_email) else {
            return Ok(None);
        };
        let found = self.contacts.get(place).cloned();
        // Someone with another identifier: a second person behind one address.
        let is_known = |contact: &Contact| contact.external_id.is_some();
        let has_other_id = by_external_id.is_none() && draft.external_id.is_some();
        if has_other_id && found.as_ref().is_some_and(is_known) {
            return Err(AudienceError::EmailTaken);
        }
        Ok(found.map(|contact| (place, contact)))
    }

    fn add(&mut self, contact: Contact) -> ContactId {
        let (place, id) = (self.contacts.len(), contact.id);
        self.index(place, &contact);
        self.contacts.push(contact);
        id
    }

    fn update(
        &mut self,
        (place, mut contact): (usize, Contact),
        draft: ContactDraft,
        account: Option<AccountId>,
    ) -> ContactId {
        let old_email = contact.email.clone();
        draft.apply(&mut contact, account, self.now);
        if let Some(old) = old_email.filter(|old| Some(old) != contact.email.as_ref()) {
            self.by_email.remove(&old);
            if place < self.known {
                self.without_old_email.insert(place);
            }
        }
        if place < self.known {
            self.changed.insert(place);
        }
        self.index(place, &contact);
        let id = contact.id;
        if let Some(slot) = self.contacts.get_mut(place) {
            *slot = contact;
        }
        id
    }

    fn index(&mut self, place: usize, contact: &Contact) {
        if let Some(id) = &contact.external_id {
            self.by_external_id.insert(id.clone(), place);
        }
        if let Some(email) = &contact.email {
            self.by_email.insert(email.clone(), place);
        }
    }

    async fn write(self, tx: &Tx) -> Result<(), AppError> {
        let pick = |places: &BTreeSet<usize>| -> Vec<Contact> {
            places
                .iter()
                .filter_map(|place| self.contacts.get(*place))
                .cloned()
                .collect()
        };
        // Addresses are given up before others take them: each statement must leave them unique.
        let mut released = pick(&self.without_old_email);
        for contact in &mut released {
            contact.email = None;
        }
        contacts::save_many(tx, &released).await?;
        contacts::save_many(tx, &pick(&self.changed)).await?;
        contacts::insert_many(tx, self.contacts.get(self.known..).unwrap_or_default()).await?;
        Ok(())
    }
}
