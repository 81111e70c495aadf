//! Contacts as JSON.

use std::collections::BTreeMap;

use peil_app::{
    AppError,
    audience::{Change, ContactChange, ContactHistory, ListedContact, Moment, MomentKind},
};
use peil_domain::{
    audience::{AttributeValue, Contact, ContactDraft},
    outreach::{Decision, HeldBack},
    shared::{EmailAddress, Language, QuestionKey},
    survey::SurveyPurpose,
};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactJson {
    /// Identifier.
    id: Uuid,
    /// Identifier in your own systems.
    external_id: Option<String>,
    /// E-mail address.
    email: Option<String>,
    /// Telephone number.
    phone: Option<String>,
    /// Full name.
    name: Option<String>,
    /// Language code.
    language: Option<String>,
    /// Identifier of the organisation that the contact works for.
    account_id: Option<Uuid>,
    /// Name of that organisation, where it was looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    /// Attributes by key: texts, numbers, booleans; dates as `2026-03-31`.
    #[schema(value_type = BTreeMap<String, Value>)]
    attributes: BTreeMap<QuestionKey, AttributeValue>,
    /// Since when no more invitations are wanted.
    opted_out_at: Option<String>,
    /// When it was added.
    created_at: String,
    /// When it changed last.
    updated_at: String,
}

/// A contact to be added or updated. A text longer than 200 characters is refused, for this contact
/// alone when several are sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactInput {
    /// Identifier in your own systems; this or `email` is needed.
    external_id: Option<String>,
    /// E-mail address; this or `external_id` is needed.
    email: Option<String>,
    /// Telephone number.
    phone: Option<String>,
    /// Full name.
    name: Option<String>,
    /// Language code, `nl` or `en`.
    language: Option<String>,
    /// Name or external identifier of the organisation that the contact works for; added when it
    /// is new.
    account: Option<String>,
    /// Attributes by key.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Value>)]
    attributes: BTreeMap<QuestionKey, AttributeValue>,
    /// Whether the contact wants no more invitations; `false` never undoes an opt-out.
    #[serde(default)]
    opted_out: bool,
}

/// What changes about a contact: what is not named stays, `null` makes a field unknown.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactPatch {
    /// Identifier in your own systems.
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<String>, max_length = 200)]
    external_id: Change<String>,
    /// E-mail address.
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<String>, max_length = 320)]
    email: Change<String>,
    /// Telephone number.
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<String>, max_length = 200)]
    phone: Change<String>,
    /// Full name.
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<String>, max_length = 200)]
    name: Change<String>,
    /// Language code, `nl` or `en`.
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<String>)]
    language: Change<String>,
    /// Name or external identifier of the organisation that the contact works for.
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<String>, max_length = 200)]
    account: Change<String>,
    /// Attributes by key; those not named stay, `null` makes one unknown.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Value>)]
    attributes: BTreeMap<QuestionKey, Option<AttributeValue>>,
}

/// A contact with everything that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactStory {
    #[serde(flatten)]
    contact: ContactJson,
    /// Whether the contact may be asked now, for each kind of questionnaire.
    may_be_asked: Vec<MayBeAsked>,
    /// What happened, the newest first.
    history: Vec<MomentJson>,
}

/// Whether a contact may be asked now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MayBeAsked {
    /// `relational` or `transactional`.
    purpose: &'static str,
    /// Whether it may be asked now.
    now: bool,
    /// Why not: `opted_out`, `no_address`, `invited_recently` or `answered_recently`.
    why_not: Option<&'static str>,
    /// From when on it may be asked again, when that is a matter of time.
    until: Option<String>,
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MomentJson {
    /// When.
    at: String,
    /// `added`, `opted_out`, `invited` or `answered`.
    kind: &'static str,
    /// Name of the questionnaire.
    #[serde(skip_serializing_if = "Option::is_none")]
    survey: Option<String>,
    /// What became of the mail of an invitation.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    /// The submission.
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<Uuid>,
    /// The first score given.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<i32>,
}

/// A field that was named: a value, or `null` to make it unknown.
fn named<'de, D: Deserializer<'de>>(input: D) -> Result<Change<String>, D::Error> {
    Option::<String>::deserialize(input).map(Change::from)
}

fn read_email(text: &str) -> Result<EmailAddress, AppError> {
    text.parse().map_err(|_| AppError::Invalid {
        field: "email",
        code: "not_an_address",
    })
}

fn read_language(text: &str) -> Result<Language, AppError> {
    text.parse().map_err(|_| AppError::Invalid {
        field: "language",
        code: "unknown",
    })
}

fn change<T>(
    from: Change<String>,
    read: impl Fn(&str) -> Result<T, AppError>,
) -> Result<Change<T>, AppError> {
    Ok(match from {
        Change::Keep => Change::Keep,
        Change::Clear => Change::Clear,
        Change::Set(text) => Change::Set(read(&text)?),
    })
}

impl ContactInput {
    /// The draft that was meant.
    pub(super) fn read(self) -> Result<ContactDraft, AppError> {
        Ok(ContactDraft {
            external_id: self.external_id,
            email: self.email.as_deref().map(read_email).transpose()?,
            phone: self.phone,
            name: self.name,
            language: self.language.as_deref().map(read_language).transpose()?,
            account: self.account,
            attributes: self.attributes,
            has_opted_out: self.opted_out,
        })
    }
}

impl ContactPatch {
    /// The change that was meant.
    pub(super) fn read(self) -> Result<ContactChange, AppError> {
        Ok(ContactChange {
            external_id: self.external_id,
            email: change(self.email, read_email)?,
            phone: self.phone,
            name: self.name,
            language: change(self.language, read_language)?,
            account: self.account,
            attributes: self.attributes,
        })
    }
}

impl From<Contact> for ContactJson {
    fn from(contact: Contact) -> Self {
        Self {
            id: contact.id.0,
            external_id: contact.external_id,
            email: contact.email.map(String::from),
            phone: contact.phone,
            name: contact.name,
            language: contact.language.map(|language| language.to_string()),
            account_id: contact.account.map(|id| id.0),
            account: None,
            attributes: contact.attributes,
            opted_out_at: contact.opted_out_at.map(|at| at.to_string()),
            created_at: contact.created_at.to_string(),
            updated_at: contact.updated_at.to_string(),
        }
    }
}

impl From<ListedContact> for ContactJson {
    fn from(listed: ListedContact) -> Self {
        Self {
            account: listed.account,
            ..listed.contact.into()
        }
    }
}

impl From<ContactHistory> for ContactStory {
    fn from(found: ContactHistory) -> Self {
        let account = found.account.map(|account| account.name);
        let decided = |(purpose, decision)| MayBeAsked::of(purpose, decision);
        Self {
            contact: ContactJson {
                account,
                ..found.contact.into()
            },
            may_be_asked: found.decisions.into_iter().map(decided).collect(),
            history: found.moments.into_iter().map(MomentJson::from).collect(),
        }
    }
}

impl MayBeAsked {
    fn of(purpose: SurveyPurpose, decision: Decision) -> Self {
        let purpose = match purpose {
            SurveyPurpose::Relational => "relational",
            SurveyPurpose::Transactional => "transactional",
        };
        let (why_not, until) = match decision {
            Decision::Ask => (None, None),
            Decision::HoldBack(HeldBack::OptedOut) => (Some("opted_out"), None),
            Decision::HoldBack(HeldBack::NoAddress) => (Some("no_address"), None),
            Decision::HoldBack(HeldBack::InvitedRecently { until }) => {
                (Some("invited_recently"), Some(until.to_string()))
            }
            Decision::HoldBack(HeldBack::AnsweredRecently { until }) => {
                (Some("answered_recently"), Some(until.to_string()))
            }
        };
        Self {
            purpose,
            now: why_not.is_none(),
            why_not,
            until,
        }
    }
}

impl From<Moment> for MomentJson {
    fn from(moment: Moment) -> Self {
        let plain = |kind| Self {
            at: moment.at.to_string(),
            kind,
            survey: None,
            state: None,
            response: None,
            score: None,
        };
        match moment.kind {
            MomentKind::Invited { survey, state } => Self {
                survey: Some(survey),
                state: Some(state.code()),
                ..plain("invited")
            },
            MomentKind::Answered {
                response,
                survey,
                score,
                ..
            } => Self {
                survey: Some(survey),
                response: Some(response.0),
                score: score.map(|(score, _)| score),
                ..plain("answered")
            },
            MomentKind::OptedOut => plain("opted_out"),
            _ => plain("added"),
        }
    }
}
