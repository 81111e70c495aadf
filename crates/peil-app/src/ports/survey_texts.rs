//! Texts of questionnaires in files of translators: the shape of the conversation.

use peil_domain::shared::Language;
use serde::{Deserialize, Serialize};

/// A format of texts and their translations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextsFormat {
    /// XLIFF, the format of translators' programs.
    Xliff,
    /// A table, for a spreadsheet program.
    Csv,
}

impl TextsFormat {
    /// The format as a stable word, which is what its files end in too.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xliff => "xliff",
            Self::Csv => "csv",
        }
    }
}

/// Every text of a questionnaire in its first language, with the translation into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextSheet {
    /// Name of the questionnaire in addresses.
    pub name: String,
    /// The language that is translated from.
    pub source: Language,
    /// The language that is translated into.
    pub target: Language,
    /// The texts in reading order.
    pub rows: Vec<TextRow>,
}

/// One text with its translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    /// Name of the place where it stands.
    pub place: String,
    /// The text.
    pub source: String,
    /// Its translation; empty when there is none.
    pub target: String,
    /// Whether the text was changed after it was translated.
    pub is_outdated: bool,
    /// Longest translation that fits, in characters.
    pub longest: usize,
}

/// What a translator's file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadTexts {
    /// The texts in the order of the file.
    pub rows: Vec<ReadText>,
}

/// One text in a translator's file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadText {
    /// Line of the file.
    pub line: u64,
    /// Name of the place where it belongs.
    pub place: String,
    /// The language of the translation, when the file says it.
    pub language: Option<String>,
    /// The text that was translated, when the file has it.
    pub source: Option<String>,
    /// The translation.
    pub target: String,
}
