//! What calls about questionnaires say and are told.

use axum::{
    Json,
    http::{HeaderMap, HeaderName, StatusCode, header},
};
use peil_app::survey::{SurveyChange, SurveyError, SurveyOverview};
use peil_domain::{
    shared::TouchpointId,
    survey::{self, Change, SurveyPurpose, SurveyState, Version},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{definition::Definition, words::Tongue};
use crate::{
    api::{body::plain, caller::Caller},
    edge::problem::Problem,
};

/// What a questionnaire measures.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Purpose {
    /// The relation as a whole.
    Relational,
    /// One contact moment.
    Transactional,
}

impl From<SurveyPurpose> for Purpose {
    fn from(purpose: SurveyPurpose) -> Self {
        match purpose {
            SurveyPurpose::Relational => Self::Relational,
            SurveyPurpose::Transactional => Self::Transactional,
        }
    }
}

/// Where a questionnaire is in its life.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum State {
    /// Never published.
    Draft,
    /// Being answered.
    Live,
    /// Closed.
    Closed,
}

/// A questionnaire in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveySummary {
    id: Uuid,
    /// Name for colleagues.
    name: String,
    /// Name in addresses.
    slug: String,
    /// Public address.
    link: String,
    purpose: Purpose,
    state: State,
    /// Whether anyone may answer through the public link.
    has_public_link: bool,
    /// Whether one visitor may answer more than once.
    allows_repeats: bool,
    /// The contact moment that it asks about.
    #[serde(skip_serializing_if = "Option::is_none")]
    touchpoint: Option<Uuid>,
    /// Languages that it exists in.
    languages: Vec<Tongue>,
    /// Number of the newest version.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    /// Whether the draft differs from the newest version.
    has_unpublished_changes: bool,
    /// Submissions so far.
    responses: u64,
    /// Number of times it was saved; the same as the `ETag`.
    revision: i32,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: String,
    /// When anything about it changed last.
    #[schema(format = DateTime)]
    updated_at: String,
}

impl SurveySummary {
    pub(super) fn new(public_url: &str, overview: &SurveyOverview) -> Self {
        let survey = &overview.survey;
        Self {
            id: survey.id.0,
            name: survey.name.clone(),
            slug: survey.slug.to_string(),
            link: format!("{public_url}/s/{}", survey.slug),
            purpose: survey.purpose.into(),
            state: match survey.state {
                SurveyState::Draft => State::Draft,
                SurveyState::Live => State::Live,
                SurveyState::Closed => State::Closed,
            },
            has_public_link: survey.has_public_link,
            allows_repeats: survey.allows_repeats,
            touchpoint: survey.touchpoint.map(|id| id.0),
            languages: survey
                .draft
                .languages
                .iter()
                .map(|known| Tongue::of(*known))
                .collect(),
            version: overview.newest.as_ref().map(|newest| newest.number),
            has_unpublished_changes: overview.has_unpublished_changes(),
            responses: overview.responses,
            revision: survey.revision,
            created_at: survey.created_at.to_string(),
            updated_at: survey.updated_at.to_string(),
        }
    }
}

/// A questionnaire with its draft.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyDetail {
    #[serde(flatten)]
    summary: SurveySummary,
    /// What is being edited.
    #[schema(value_type = Definition)]
    draft: survey::Definition,
}

/// A questionnaire with the `ETag` to send back as `If-Match`.
pub(super) type Tagged = (StatusCode, [(HeaderName, String); 1], Json<SurveyDetail>);

/// Answers with a questionnaire.
pub(super) fn tagged(status: StatusCode, public_url: &str, overview: &SurveyOverview) -> Tagged {
    let detail = SurveyDetail {
        summary: SurveySummary::new(public_url, overview),
        draft: overview.survey.draft.clone(),
    };
    let tag = format!("\"{}\"", overview.survey.revision);
    (status, [(header::ETAG, tag)], Json(detail))
}

/// The revision that `If-Match` names; nothing when it was not sent.
pub(super) fn asked_revision(headers: &HeaderMap) -> Option<i32> {
    let sent = headers.get(header::IF_MATCH)?;
    let tag = sent.to_str().unwrap_or_default().trim();
    let number = tag
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(tag);
    // A tag that is not ours never matches.
    Some(number.parse().unwrap_or(0))
}

/// The revision that `If-Match` names.
///
/// # Errors
/// 428 when it was not sent.
pub(super) fn demanded_revision(caller: &Caller, headers: &HeaderMap) -> Result<i32, Problem> {
    asked_revision(headers).ok_or_else(|| {
        plain(
            StatusCode::PRECONDITION_REQUIRED,
            "if-match-missing",
            caller.text,
            None,
        )
    })
}

/// A refusal; someone else's change is a failed precondition here.
pub(super) fn refuse(caller: &Caller, error: &peil_app::AppError) -> Problem {
    match error {
        peil_app::AppError::Survey(SurveyError::Conflict { .. }) => plain(
            StatusCode::PRECONDITION_FAILED,
            "conflict",
            caller.text,
            None,
        ),
        other => caller.problem(other),
    }
}

/// A questionnaire to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSurveyBody {
    /// Code of the template to start from.
    pub(super) template: String,
    /// Name for colleagues.
    #[schema(min_length = 1, max_length = 120)]
    pub(super) name: String,
    /// Name in addresses; made of the name when absent.
    #[schema(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", min_length = 2, max_length = 60)]
    pub(super) slug: Option<String>,
}

/// What changes about a questionnaire besides its questions.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveySettings {
    /// Name for colleagues.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Name in addresses.
    #[schema(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", min_length = 2, max_length = 60)]
    slug: String,
    purpose: Purpose,
    /// Whether anyone may answer through the public link.
    has_public_link: bool,
    /// Whether one visitor may answer more than once.
    allows_repeats: bool,
    /// The contact moment that it asks about.
    touchpoint: Option<Uuid>,
}

impl SurveySettings {
    /// The change that is asked for.
    ///
    /// # Errors
    /// The slug cannot stand in an address.
    pub(super) fn change(self) -> Result<SurveyChange, SurveyError> {
        Ok(SurveyChange {
            name: self.name,
            slug: self.slug.parse()?,
            purpose: match self.purpose {
                Purpose::Relational => SurveyPurpose::Relational,
                Purpose::Transactional => SurveyPurpose::Transactional,
            },
            has_public_link: self.has_public_link,
            allows_repeats: self.allows_repeats,
            touchpoint: self.touchpoint.map(TouchpointId),
        })
    }
}

/// A published, unchangeable version.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyVersion {
    id: Uuid,
    /// 1, 2, 3 ...
    number: i32,
    /// When it was published.
    #[schema(format = DateTime)]
    published_at: String,
    /// What changed since the version before.
    changes: Vec<VersionChange>,
    /// What was asked.
    #[schema(value_type = Definition)]
    definition: survey::Definition,
}

/// One difference with the version before.
#[derive(Serialize, ToSchema)]
pub(super) struct VersionChange {
    /// `added`, `removed`, `reworded`, `rescaled`, `redressed`, `options_changed`, `moved`,
    /// `asked_of_others`, `required_changed`, `help_changed` or `not_applicable_changed`.
    change: &'static str,
    /// The question.
    key: String,
    /// Whether figures before and after can still be put together.
    stays_comparable: bool,
    /// What it means for them: `together`, `shifts` (together, but the change itself may move
    /// them) or `apart`.
    figures: &'static str,
}

impl VersionChange {
    pub(super) fn new(change: &Change) -> Self {
        Self {
            change: change.code(),
            key: change.key().to_string(),
            stays_comparable: change.keeps_comparable(),
            figures: change.comparable().code(),
        }
    }
}

impl SurveyVersion {
    pub(super) fn new(version: &Version, changes: &[Change]) -> Self {
        Self {
            id: version.id.0,
            number: version.number,
            published_at: version.published_at.to_string(),
            changes: changes.iter().map(VersionChange::new).collect(),
            definition: version.definition.clone(),
        }
    }
}

/// A contact moment in the customer journey.
#[derive(Serialize, ToSchema)]
pub(super) struct TouchpointBody {
    pub(super) id: Uuid,
    /// Stable name, as integrations send it.
    pub(super) key: String,
    /// Name for colleagues.
    pub(super) name: String,
}
