//! Texts of a questionnaire for translators: XLIFF and tables. What is read is told with its line;
//! what it means for a questionnaire is decided elsewhere.

mod csv;
mod xliff;

use peil_app::ports::{ReadTexts, TextSheet, TextsFormat};
use peil_domain::shared::Language;

use super::{ImportError, bytes::decode, xml};

/// Most texts of one file.
const MOST_ROWS: usize = 20_000;

/// Writes texts with their translations.
#[must_use]
pub fn write(format: TextsFormat, sheet: &TextSheet) -> String {
    match format {
        TextsFormat::Xliff => xliff::write(sheet),
        TextsFormat::Csv => csv::write(sheet),
    }
}

/// Reads what a translator sent back: XLIFF 1.2 or 2.0, or a table with a column `place` and one
/// that is called as the code of `target`.
///
/// # Errors
/// What keeps the file from being read at all, with its place.
pub fn read(content: &[u8], target: Language) -> Result<ReadTexts, ImportError> {
    if is_xml(content) {
        return xliff::read(&xml::decoded(content)?);
    }
    // Programs for spreadsheets still write tables in the encoding of old Windows.
    let text = match decode(content, None) {
        Err(ImportError::Encoding { .. }) => decode(content, Some("windows-1252"))?,
        read => read?,
    };
    if text.contains('\0') {
        return Err(ImportError::Encoding {
            encoding: "text".to_owned(),
            offset: text.find('\0').unwrap_or(0),
        });
    }
    csv::read(&text, target)
}

/// Whether bytes begin like XML, whatever their encoding.
fn is_xml(content: &[u8]) -> bool {
    let start = content.iter().take(64);
    let mut seen = start.filter(|byte| !matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff));
    seen.find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}
