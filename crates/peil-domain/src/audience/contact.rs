//! Customers and the organisations that they work for.

use jiff::Timestamp;

use super::Attributes;
use crate::shared::{AccountId, ContactId, EmailAddress, Language, WorkspaceId};

/// One customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Identifier.
    pub id: ContactId,
    /// Organisation that serves this customer.
    pub workspace: WorkspaceId,
    /// Identifier in the organisation's own systems; unique when present.
    pub external_id: Option<String>,
    /// Address; unique when present.
    pub email: Option<EmailAddress>,
    /// Telephone number as given.
    pub phone: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// Language in which this customer is asked.
    pub language: Option<Language>,
    /// The organisation that this customer works for.
    pub account: Option<AccountId>,
    /// What else is known.
    pub attributes: Attributes,
    /// Since when this customer wants no more invitations.
    pub opted_out_at: Option<Timestamp>,
    /// When this customer was added.
    pub created_at: Timestamp,
    /// When anything about this customer changed last.
    pub updated_at: Timestamp,
}

/// An organisation that is a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// Organisation that serves it.
    pub workspace: WorkspaceId,
    /// Identifier in the organisation's own systems, or its name; unique.
    pub external_id: String,
    /// Name.
    pub name: String,
}

/// What an import or a form says of a contact; `None` leaves what is known as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ContactDraft {
    /// Identifier in the organisation's own systems.
    pub external_id: Option<String>,
    /// Address.
    pub email: Option<EmailAddress>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// Language.
    pub language: Option<Language>,
    /// Name or external identifier of the account.
    pub account: Option<String>,
    /// Attributes; those not named stay.
    pub attributes: Attributes,
    /// Whether this customer wants no more invitations; an import can set it, never unset it.
    pub has_opted_out: bool,
}

/// Why a draft is no contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ContactProblem {
    /// Neither an external identifier nor an address: the customer could never be found again.
    #[error("contact without external id and e-mail address")]
    NoIdentity,
    /// A name, number or identifier beyond 200 characters.
    #[error("contact field longer than 200 characters")]
    TooLong,
    /// A line break or another character that is no text.
    #[error("control character in contact field")]
    ControlCharacter,
}

impl ContactDraft {
    /// Longest text of one field in characters.
    pub const LONGEST: usize = 200;

    /// Takes away blanks around texts; what is blank altogether says nothing.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        for text in [
            &mut self.external_id,
            &mut self.phone,
            &mut self.name,
            &mut self.account,
        ] {
            *text = text
                .take()
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty());
        }
        self
    }

    /// Says whether a contact can be made of this draft.
    pub fn check(&self) -> Result<(), ContactProblem> {
        if self.external_id.is_none() && self.email.is_none() {
            return Err(ContactProblem::NoIdentity);
        }
        [&self.external_id, &self.phone, &self.name, &self.account]
            .into_iter()
            .flatten()
            .try_for_each(|text| ContactProblem::check(text))
    }

    /// Writes what this draft says over `contact`.
    pub fn apply(self, contact: &mut Contact, account: Option<AccountId>, now: Timestamp) {
        fn replace<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        replace(&mut contact.external_id, self.external_id);
        replace(&mut contact.email, self.email);
        replace(&mut contact.phone, self.phone);
        replace(&mut contact.name, self.name);
        replace(&mut contact.language, self.language);
        replace(&mut contact.account, account);
        contact.attributes.extend(self.attributes);
        if self.has_opted_out && contact.opted_out_at.is_none() {
            contact.opted_out_at = Some(now);
        }
        contact.updated_at = now;
    }
}

impl ContactProblem {
    /// Says whether one field of a contact may hold `text`.
    pub fn check(text: &str) -> Result<(), Self> {
        if text.chars().count() > ContactDraft::LONGEST {
            return Err(Self::TooLong);
        }
        if text.contains(char::is_control) {
            return Err(Self::ControlCharacter);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_who_can_never_be_found_again_is_refused() {
        let nameless = ContactDraft {
            name: Some("Jan".into()),
            ..ContactDraft::default()
        };
        assert_eq!(nameless.check(), Err(ContactProblem::NoIdentity));
        let known = ContactDraft {
            external_id: Some("K1".into()),
            ..ContactDraft::default()
        };
        assert_eq!(known.check(), Ok(()));
        let blank = ContactDraft {
            external_id: Some("  ".into()),
            ..ContactDraft::default()
        };
        assert_eq!(blank.tidy().check(), Err(ContactProblem::NoIdentity));
        let broken = ContactDraft {
            external_id: Some("K\0".into()),
            ..ContactDraft::default()
        };
        assert_eq!(broken.check(), Err(ContactProblem::ControlCharacter));
    }
}
