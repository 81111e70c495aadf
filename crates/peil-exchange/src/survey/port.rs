//! Offers questionnaires to the use cases, through the port that they define.

use peil_app::ports::{
    ReadSurvey, ReadTexts, SurveyFileEffect, SurveyFileError, SurveyFileItem, SurveyFileReport,
    SurveyFiles, SurveyFormat, TextSheet, TextsFormat,
};
use peil_domain::{shared::Language, survey::Definition};

use super::{Effect, Format, ImportError, Options, Report, json, read, texts};

/// Reads and writes questionnaires.
#[derive(Debug, Clone, Copy, Default)]
pub struct Questionnaires;

impl SurveyFiles for Questionnaires {
    fn read(
        &self,
        format: Option<SurveyFormat>,
        content: &[u8],
        language: Language,
    ) -> Result<ReadSurvey, SurveyFileError> {
        let format = match format {
            Some(SurveyFormat::Json) => Format::Json,
            Some(SurveyFormat::Lss) => Format::Lss,
            Some(SurveyFormat::Qsf) => Format::Qsf,
            Some(SurveyFormat::SurveyJs) => Format::SurveyJs,
            Some(SurveyFormat::XlsForm) => Format::XlsForm,
            None => Format::recognise(content).map_err(|error| refused(&error))?,
        };
        let read = read(format, content, Options { language }).map_err(|error| refused(&error))?;
        Ok(ReadSurvey {
            definition: read.definition,
            report: told(read.report),
        })
    }

    fn write(&self, definition: &Definition) -> Result<String, SurveyFileError> {
        json::write(definition).map_err(|error| SurveyFileError {
            code: "unwritable",
            detail: error.to_string(),
        })
    }

    fn write_texts(&self, format: TextsFormat, sheet: &TextSheet) -> String {
        texts::write(format, sheet)
    }

    fn read_texts(&self, content: &[u8], target: Language) -> Result<ReadTexts, SurveyFileError> {
        texts::read(content, target).map_err(|error| refused(&error))
    }
}

fn refused(error: &ImportError) -> SurveyFileError {
    SurveyFileError {
        code: error.code(),
        detail: error.to_string(),
    }
}

fn told(report: Report) -> SurveyFileReport {
    SurveyFileReport {
        format: match report.format {
            Format::Json => SurveyFormat::Json,
            Format::Lss => SurveyFormat::Lss,
            Format::Qsf => SurveyFormat::Qsf,
            Format::SurveyJs => SurveyFormat::SurveyJs,
            Format::XlsForm => SurveyFormat::XlsForm,
        },
        questions_in: report.questions_in,
        questions_kept: report.questions_kept,
        items: report
            .items
            .into_iter()
            .map(|item| SurveyFileItem {
                path: item.path,
                effect: match item.effect {
                    Effect::Dropped => SurveyFileEffect::Dropped,
                    Effect::Lost => SurveyFileEffect::Lost,
                    Effect::Changed => SurveyFileEffect::Changed,
                    Effect::Check => SurveyFileEffect::Check,
                },
                code: item.reason.code().to_owned(),
                detail: item.detail,
            })
            .collect(),
        items_left_out: report.items_left_out,
    }
}
