//! Why a use case did not do what was asked.

use peil_domain::access::Right;
use peil_store::StoreError;

use crate::{
    access::AccessError, audience::AudienceError, collect::CollectError, imports::ImportError,
    outreach::OutreachError, survey::SurveyError,
};

/// Everything that a use case can refuse or fail with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppError {
    /// There is no such thing, or not in this organisation.
    #[error("not found")]
    NotFound,
    /// The actor lacks a right.
    #[error("right {} missing", .0.scope())]
    Forbidden(Right),
    /// A field of the input is wrong.
    #[error("`{field}`: {code}")]
    Invalid {
        /// The field, as forms and API name it.
        field: &'static str,
        /// What is wrong with it, as a stable word.
        code: &'static str,
    },
    /// Signing in, people, tokens.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// Questionnaires.
    #[error(transparent)]
    Survey(#[from] SurveyError),
    /// Contacts and segments.
    #[error(transparent)]
    Audience(#[from] AudienceError),
    /// Waves and mail.
    #[error(transparent)]
    Outreach(#[from] OutreachError),
    /// Collecting answers.
    #[error(transparent)]
    Collect(#[from] CollectError),
    /// Imports.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A change to themes.
    #[error(transparent)]
    Themes(#[from] peil_themes::EditError),
    /// A figure cannot be made of these counts.
    #[error(transparent)]
    Measure(#[from] peil_measure::MeasureError),
    /// Figures could not be counted.
    #[error(transparent)]
    Facts(#[from] peil_facts::FactsError),
    /// Facts that were made anew do not say what the records say.
    #[error("facts differ from the records in {number} places, first {first}")]
    FactsDiffer {
        /// Number of places.
        number: usize,
        /// The first of them.
        first: String,
    },
    /// There was no moment at which facts and records could be compared.
    #[error("transactions that go on for long keep facts from being compared with the records")]
    NoMoment,
    /// Figures are being made ready; they can be asked for in a moment.
    #[error("figures are being made ready, {percent} %")]
    FiguresNotReady {
        /// How far that is.
        percent: u8,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The data folder failed.
    #[error("data folder: {0}")]
    Folder(String),
}

impl From<std::io::Error> for AppError {
    fn from(error: std::io::Error) -> Self {
        Self::Folder(error.to_string())
    }
}
