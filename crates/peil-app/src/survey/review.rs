//! Reviewing questions before customers see them.

use peil_domain::{
    access::{Actor, Right},
    shared::Language,
    survey::{
        Definition, excesses,
        review::{Channel, Finding, Remark, Role, detect_language, review_survey, review_text},
    },
};

use super::SurveyError;
use crate::{App, AppError, app::demand};

/// Most texts in one call.
const MOST_TEXTS: usize = 200;

/// Longest text in bytes.
const LONGEST_TEXT: usize = 10_000;

/// One text with what the reviewer says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedText {
    /// The language that it was taken for.
    pub language: Language,
    /// In reading order.
    pub findings: Vec<Finding>,
}

impl App {
    /// Reviews single questions, in `language` or each in the language it is recognised by.
    ///
    /// # Errors
    /// More than 200 texts, or one above 10 000 bytes.
    pub fn review_questions(
        &self,
        actor: &Actor,
        texts: &[String],
        language: Option<Language>,
    ) -> Result<Vec<ReviewedText>, AppError> {
        demand(actor, Right::ReadSurveys)?;
        if texts.len() > MOST_TEXTS || texts.iter().any(|text| text.len() > LONGEST_TEXT) {
            return Err(AppError::Invalid {
                field: "texts",
                code: "too-long",
            });
        }
        let review = |text: &String| {
            let language = language
                .or_else(|| detect_language(text))
                .unwrap_or(Language::Nl);
            ReviewedText {
                language,
                findings: review_text(text, language, Role::Question),
            }
        };
        Ok(texts.iter().map(review).collect())
    }

    /// Reviews a whole questionnaire for the place where people meet it.
    ///
    /// # Errors
    /// It is larger than a questionnaire may be.
    pub fn review_definition(
        &self,
        actor: &Actor,
        definition: &Definition,
        channel: Channel,
    ) -> Result<Vec<Remark>, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let too_much = excesses(definition);
        if !too_much.is_empty() {
            return Err(SurveyError::TooMuch(too_much).into());
        }
        Ok(review_survey(definition, channel))
    }
}
