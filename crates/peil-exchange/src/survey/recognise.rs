//! What a file is, by what stands in it: names of files are often wrong.

use serde::{Deserialize, de::IgnoredAny};

use super::{Format, ImportError, bytes::decode, tree};

/// The first bytes of a ZIP archive, which a workbook is.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// How far the first character may be.
const NEAR: usize = 1_000;

/// The outer parts of a file by which formats can be told from each other.
#[derive(Deserialize)]
struct Outer {
    #[serde(rename = "SurveyEntry")]
    entry: Option<IgnoredAny>,
    #[serde(rename = "SurveyElements")]
    elements: Option<IgnoredAny>,
    #[serde(rename = "peil_survey")]
    peil: Option<IgnoredAny>,
    languages: Option<IgnoredAny>,
}

impl Format {
    /// The format of a file.
    ///
    /// # Errors
    /// When it is none of those that are read, or is broken before that can be seen.
    pub fn recognise(bytes: &[u8]) -> Result<Self, ImportError> {
        if bytes.starts_with(ARCHIVE) {
            return Ok(Self::XlsForm);
        }
        let unknown = || ImportError::Missing {
            part: "questionnaire of a program that is known".to_owned(),
        };
        // XML says itself which encoding it is in; its first character is the same in all of them.
        let near = bytes.get(..bytes.len().min(NEAR)).unwrap_or_default();
        let first = near
            .iter()
            .find(|byte| byte.is_ascii() && **byte != 0 && !byte.is_ascii_whitespace());
        match first {
            Some(b'<') => Ok(Self::Lss),
            Some(b'{') => Self::of_json(bytes),
            _ => Err(unknown()),
        }
    }

    /// Which of the formats that are JSON it is, by the names of its outer parts.
    fn of_json(bytes: &[u8]) -> Result<Self, ImportError> {
        let text = decode(bytes, None)?;
        tree::bounded(&text)?;
        let outer: Outer = serde_json::from_str(&text).map_err(|error| tree::wrong(&error))?;
        Ok(if outer.entry.or(outer.elements).is_some() {
            Self::Qsf
        } else if outer.peil.or(outer.languages).is_some() {
            Self::Json
        } else {
            Self::SurveyJs
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_what_stands_in_them() {
        for (bytes, expected) in [
            (&b"PK\x03\x04\x14"[..], Format::XlsForm),
            (
                b"\xEF\xBB\xBF<?xml version=\"1.0\"?><document/>",
                Format::Lss,
            ),
            (b"\xFF\xFE<\0d\0", Format::Lss),
            (
                b" \n{\"SurveyEntry\": {}, \"SurveyElements\": []}",
                Format::Qsf,
            ),
            (b"{\"peil_survey\": 1}", Format::Json),
            (b"{\"languages\": [\"nl\"], \"pages\": []}", Format::Json),
            (
                b"{\"title\": {\"nl\": [1, 2]}, \"pages\": []}",
                Format::SurveyJs,
            ),
        ] {
            assert_eq!(Format::recognise(bytes), Ok(expected));
        }
        for bytes in [&b""[..], b"name,email\n", b"{\"pages\": ", b"\0\0\0"] {
            assert!(Format::recognise(bytes).is_err());
        }
    }
}
