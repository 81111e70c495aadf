//! Questionnaires in files, of Peil and of other programs: the shape of the conversation.

use peil_domain::{shared::Language, survey::Definition};
use serde::{Deserialize, Serialize};

use super::{ReadTexts, TextSheet, TextsFormat};

/// A format of questionnaires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SurveyFormat {
    /// Peil's own.
    Json,
    /// LimeSurvey's survey structure.
    Lss,
    /// Qualtrics' survey file.
    Qsf,
    /// SurveyJS' survey model.
    SurveyJs,
    /// `XLSForm`, a workbook.
    XlsForm,
}

impl SurveyFormat {
    /// Every format.
    pub const ALL: [Self; 5] = [
        Self::Json,
        Self::Lss,
        Self::Qsf,
        Self::SurveyJs,
        Self::XlsForm,
    ];

    /// The format as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Lss => "lss",
            Self::Qsf => "qsf",
            Self::SurveyJs => "surveyjs",
            Self::XlsForm => "xlsform",
        }
    }
}

/// What became of a part of a questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurveyFileEffect {
    /// A question is not there any more.
    Dropped,
    /// Something about a question or the questionnaire is not there any more.
    Lost,
    /// It is there in another form.
    Changed,
    /// It is there; whether it is meant so has to be looked at.
    Check,
}

impl SurveyFileEffect {
    /// Every effect, the worst first.
    pub const ALL: [Self; 4] = [Self::Dropped, Self::Lost, Self::Changed, Self::Check];

    /// The effect as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::Lost => "lost",
            Self::Changed => "changed",
            Self::Check => "check",
        }
    }
}

/// One thing that is not as it was in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyFileItem {
    /// Where it stands in the file.
    pub path: String,
    /// What became of it.
    pub effect: SurveyFileEffect,
    /// Why, as a stable word.
    pub code: String,
    /// What stands there, or what became of it; empty when the path says it all.
    pub detail: String,
}

/// What became of every part of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyFileReport {
    /// The format of the file.
    pub format: SurveyFormat,
    /// How many questions the file has; parts of a question count with it.
    pub questions_in: usize,
    /// How many of them are asked or calculated in the result.
    pub questions_kept: usize,
    /// Everything that is not as it was, in reading order.
    pub items: Vec<SurveyFileItem>,
    /// How many more there are than could be listed.
    #[serde(default)]
    pub items_left_out: usize,
}

/// A questionnaire that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadSurvey {
    /// What is asked.
    pub definition: Definition,
    /// What became of every part of the file.
    pub report: SurveyFileReport,
}

/// Why a file cannot be read as a questionnaire at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct SurveyFileError {
    /// A stable word, such as `syntax` or `too_large`.
    pub code: &'static str,
    /// What is wrong and where, in English.
    pub detail: String,
}

/// Reads and writes questionnaires.
pub trait SurveyFiles: Send + Sync {
    /// Reads a questionnaire; the format is recognised when it is not given. Texts stand in
    /// `language` when the file has none that Peil speaks.
    ///
    /// # Errors
    /// What keeps the file from being read at all; everything else is in the report.
    fn read(
        &self,
        format: Option<SurveyFormat>,
        content: &[u8],
        language: Language,
    ) -> Result<ReadSurvey, SurveyFileError>;

    /// Writes a questionnaire in Peil's own format.
    ///
    /// # Errors
    /// When it cannot be written.
    fn write(&self, definition: &Definition) -> Result<String, SurveyFileError>;

    /// Writes texts for a translator.
    fn write_texts(&self, format: TextsFormat, sheet: &TextSheet) -> String;

    /// Reads what a translator sent back; a table has the translations in a column that is called
    /// as the code of `target`.
    ///
    /// # Errors
    /// What keeps the file from being read at all.
    fn read_texts(&self, content: &[u8], target: Language) -> Result<ReadTexts, SurveyFileError>;
}
