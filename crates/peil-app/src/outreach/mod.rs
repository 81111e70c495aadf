//! Asking customers: waves by mail, who gets them and who does not, and sending each mail once.

mod audience;
mod letter;
mod life;
mod plan;
mod prepare;
mod report;
mod sending;
mod start;
mod texts;

use jiff::Timestamp;
use peil_domain::{
    outreach::{Invitation, Wave},
    shared::{Language, LocalDay, Localized, SegmentId, SurveyId},
};
use peil_store::outreach::invitations::WaveCounts;

use crate::ports::MailError;

pub use plan::{Expected, HeldGroup, HeldPerson, HeldReason, PastRate, WavePlan};
pub(crate) use sending::SEND_WAVE;

/// Days that the link in a mail works.
pub const LINK_VALID_DAYS: u8 = 14;

/// Why nothing is sent or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OutreachError {
    /// Something is missing before the wave can start.
    #[error("wave cannot start: {0:?}")]
    Blocked(Blocker),
    /// The wave was started before; texts and recipients are fixed.
    #[error("wave already started")]
    AlreadyStarted,
    /// The wave is not being sent.
    #[error("wave is not being sent")]
    NotSending,
    /// A place in a text that nothing is known about.
    #[error("unknown placeholder `{name}` in `{field}`")]
    UnknownPlaceholder {
        /// The field.
        field: &'static str,
        /// What stands between the braces.
        name: String,
    },
    /// The mail server did not take a test mail.
    #[error(transparent)]
    Mail(#[from] MailError),
}

/// What is missing before a wave can start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Blocker {
    /// Nobody can answer the questionnaire now.
    SurveyNotLive,
    /// The segment was removed.
    SegmentGone,
    /// There are no mail settings.
    NoMailSettings,
    /// Subject or message is missing in a language of the questionnaire.
    TextMissing(Language),
    /// Nobody in the segment may be asked.
    NobodyToAsk,
}

impl Blocker {
    /// The blocker as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SurveyNotLive => "survey_not_live",
            Self::SegmentGone => "segment_gone",
            Self::NoMailSettings => "no_mail_settings",
            Self::TextMissing(_) => "text_missing",
            Self::NobodyToAsk => "nobody_to_ask",
        }
    }
}

/// A wave to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWave {
    /// The questionnaire.
    pub survey: SurveyId,
    /// Who is asked; everyone when absent.
    pub segment: Option<SegmentId>,
    /// Name for colleagues.
    pub name: String,
}

/// What a wave becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveChange {
    /// Name for colleagues.
    pub name: String,
    /// Who is asked; everyone when absent.
    pub segment: Option<SegmentId>,
    /// Subject of the mail.
    pub subject: Localized,
    /// Opening text of the mail.
    pub message: Localized,
}

/// A wave with what stands beside it in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct WaveOverview {
    /// The wave.
    pub wave: Wave,
    /// Name of the questionnaire.
    pub survey_name: String,
    /// Name of the segment; nothing when everyone is asked or the segment was removed.
    pub segment_name: Option<String>,
    /// Invitations by state.
    pub counts: WaveCounts,
    /// Share of those who (probably) got the mail that answered, 0 to 1.
    pub response_rate: Option<f64>,
}

/// A wave with all that its own page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct WaveDetails {
    /// The wave and its counts.
    pub overview: WaveOverview,
    /// Languages of the questionnaire, in which texts are needed.
    pub languages: Vec<Language>,
    /// Why sending waits, when it does.
    pub halt: Option<Halt>,
    /// When sending goes on, when it waits.
    pub goes_on_at: Option<Timestamp>,
    /// Mails of which nobody knows whether they arrived and that can be sent again.
    pub in_doubt: u64,
}

/// Why sending waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halt {
    /// What it waits for.
    pub reason: HaltReason,
    /// What the mail server said, in its own words.
    pub detail: String,
}

/// What sending waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HaltReason {
    /// The mail server cannot be reached.
    Unreachable,
    /// The mail server refuses the account or the connection settings.
    Settings,
    /// The mail settings are gone.
    NotConfigured,
    /// The questionnaire is closed.
    SurveyClosed,
    /// Something failed on our side.
    Failed,
}

impl HaltReason {
    /// Every reason that is written down by name.
    const NAMED: [Self; 4] = [
        Self::Unreachable,
        Self::Settings,
        Self::NotConfigured,
        Self::SurveyClosed,
    ];

    /// The reason as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Settings => "settings",
            Self::NotConfigured => "not_configured",
            Self::SurveyClosed => "survey_closed",
            Self::Failed => "failed",
        }
    }
}

impl Halt {
    /// The halt as one text, as it is kept with the job.
    fn write(&self) -> String {
        format!("{}: {}", self.reason.code(), self.detail)
    }

    fn read(text: &str) -> Self {
        let (code, detail) = text.split_once(": ").unwrap_or((text, ""));
        let named = HaltReason::NAMED
            .into_iter()
            .find(|reason| reason.code() == code);
        match named {
            Some(reason) => Self {
                reason,
                detail: detail.to_owned(),
            },
            None => Self {
                reason: HaltReason::Failed,
                detail: text.to_owned(),
            },
        }
    }
}

/// An invitation with who it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressedInvitation {
    /// The invitation.
    pub invitation: Invitation,
    /// Name of the contact, when known.
    pub name: Option<String>,
    /// Address of the contact, when there is one.
    pub email: Option<String>,
}

/// What went out lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sends {
    /// Today in the organisation's time zone.
    pub today: LocalDay,
    /// The days on which anything went out.
    pub days: Vec<DailySends>,
}

/// Mails that went out on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DailySends {
    /// The day in the organisation's time zone.
    pub day: LocalDay,
    /// Mails.
    pub sent: u64,
}
