//! Questionnaires from other programs, and in Peil's own format.
//!
//! Promise: bytes go in, a questionnaire that can be stored and a [`Report`] come out. Whatever is
//! not as it was in the file is in the report, by path and reason; nothing is dropped in silence. A
//! file that cannot be read at all is refused with the place that is wrong. Memory and time are
//! bounded whatever the file: sizes, depths and numbers of parts have limits, document types and
//! entities of XML are refused, and workbooks are measured before they are unpacked.
//!
//! - [`json`] is Peil's own format, described by a JSON Schema.
//! - LimeSurvey (`.lss`), Qualtrics (`.qsf`), SurveyJS and `XLSForm` are read only.
//!
//! What is read is a draft: it can be stored, and what must be mended before it can be published
//! is in the report too.

mod bytes;
mod draft;
mod error;
mod fit;
mod foreign;
pub mod json;
mod keys;
mod lss;
mod port;
mod qsf;
mod recognise;
mod report;
mod settle;
mod surveyjs;
pub mod texts;
mod tongues;
mod tree;
mod weave;
mod words;
mod xlsform;
mod xml;

pub use error::ImportError;
pub use port::Questionnaires;
pub use report::{Effect, Item, Reason, Report};

use peil_domain::{shared::Language, survey::Definition};
use serde::Serialize;

/// A format of questionnaires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
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

/// How a file is read.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The language that texts stand in when the file has none that is spoken here.
    pub language: Language,
}

/// Reads a questionnaire.
///
/// # Errors
/// What keeps the file from being read at all, with its place; everything else is in the report.
pub fn read(format: Format, bytes: &[u8], options: Options) -> Result<Imported, ImportError> {
    match format {
        Format::Lss => lss::read(bytes, options.language),
        Format::Json => json::read(bytes),
        Format::XlsForm => xlsform::read(bytes, options.language),
        Format::Qsf => qsf::read(bytes, options.language),
        Format::SurveyJs => surveyjs::read(bytes, options.language),
    }
}

/// A questionnaire that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// What is asked.
    pub definition: Definition,
    /// What became of every part of the file.
    pub report: Report,
}
