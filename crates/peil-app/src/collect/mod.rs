//! Collecting answers: what a respondent is shown and what is done with what comes back.
//!
//! Showing a form never writes. The form carries a token, signed by this installation, that names
//! the version shown, the identifier of the response to come and the moment of showing; submitting
//! the same form twice therefore counts once, over restarts and over nodes.

mod form;
mod look;
mod open;
mod opt_out;
mod submit;
mod thanks;
mod turn;

use peil_domain::{
    access::Workspace,
    outreach::{Channel, Invitation},
    response::{AnswerProblem, RawAnswers, Respondent},
    shared::{Language, QuestionKey},
    survey::{Survey, Version},
};
use std::sync::Arc;

pub use look::Look;
pub(crate) use open::{OpenSurveys, respondent_of, stranger};
pub use submit::{Accepted, ApiSubmission, Submission, is_low};
pub(crate) use thanks::JustSent;
pub use thanks::Sent;
pub use turn::{Sheet, Turn, Why};

/// Why nothing can be answered, or an answer is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CollectError {
    /// The link leads nowhere.
    #[error("unknown link")]
    UnknownLink,
    /// The questionnaire is closed, or not open yet.
    #[error("closed")]
    Closed,
    /// The invitation is older than its link is valid.
    #[error("expired")]
    Expired,
    /// The invitation was answered before.
    #[error("already answered")]
    AlreadyAnswered,
    /// The form was not made by this installation, or for another questionnaire.
    #[error("form not recognised")]
    StaleForm,
    /// Some answers are wrong; nothing was stored.
    #[error("{} answers refused", .0.len())]
    Refused(Vec<(QuestionKey, AnswerProblem)>),
}

/// A questionnaire as a respondent meets it.
#[derive(Debug, Clone)]
pub struct OpenSurvey {
    /// The questionnaire.
    pub survey: Survey,
    /// The version that is shown.
    pub version: Arc<Version>,
    /// The organisation that asks.
    pub workspace: Arc<Workspace>,
    /// Key of the contact moment that it asks about.
    pub touchpoint: Option<QuestionKey>,
}

/// A form to be shown.
#[derive(Debug, Clone)]
pub struct Form {
    /// What is asked.
    pub open: Arc<OpenSurvey>,
    /// The language to show it in.
    pub language: Language,
    /// Goes along as a hidden field.
    pub token: String,
    /// The invitation, for a personal link.
    pub invitation: Option<Invitation>,
    /// Channel of the answer to come.
    pub channel: Channel,
    /// Who answers, as far as that matters to what is asked.
    pub respondent: Respondent,
    /// What was answered before, when this goes on where someone stopped.
    pub resumed: Option<Resumed>,
}

/// Where someone stopped who goes on now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumed {
    /// The page to go on with, counted from 0.
    pub page: usize,
    /// What was answered.
    pub answers: RawAnswers,
}
