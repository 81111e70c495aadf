//! Why a file cannot be read as a questionnaire at all.

/// A file that is no questionnaire, or that asks too much of the machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file is larger than any questionnaire.
    #[error("larger than {most_bytes} bytes")]
    TooLarge {
        /// The limit.
        most_bytes: usize,
    },
    /// The bytes are no text in the encoding that the file has or says it has.
    #[error("not {encoding} at byte {offset}")]
    Encoding {
        /// The encoding.
        encoding: String,
        /// The byte at which it goes wrong, counted from 0.
        offset: usize,
    },
    /// The text breaks the rules of its format.
    #[error("{what} at line {line}, column {column}")]
    Syntax {
        /// What is wrong.
        what: String,
        /// The line, counted from 1.
        line: usize,
        /// The character in that line, counted from 1.
        column: usize,
    },
    /// The text declares a document type, which could bring in entities that grow without end.
    #[error("document type declaration at line {line}, column {column}")]
    DocumentType {
        /// The line, counted from 1.
        line: usize,
        /// The character in that line, counted from 1.
        column: usize,
    },
    /// The text has more parts, or deeper ones, than any questionnaire.
    #[error("more than {most} {parts} at line {line}, column {column}")]
    TooMany {
        /// What there are too many of.
        parts: &'static str,
        /// The limit.
        most: usize,
        /// The line, counted from 1.
        line: usize,
        /// The character in that line, counted from 1.
        column: usize,
    },
    /// Something that every file of this format has is not there.
    #[error("no {part}")]
    Missing {
        /// What is missing, as a path.
        part: String,
    },
    /// A part of the file is not what its place asks for.
    #[error("{what} at {path}")]
    Wrong {
        /// What is wrong.
        what: String,
        /// Where.
        path: String,
    },
    /// The file was made by a later release of Peil.
    #[error("format {found} is newer than {known}")]
    Newer {
        /// The format of the file.
        found: u64,
        /// The newest format that is read.
        known: u64,
    },
}

impl ImportError {
    /// A name for the error that never changes, by which the edge finds the sentence.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::Encoding { .. } => "encoding",
            Self::Syntax { .. } => "syntax",
            Self::DocumentType { .. } => "document_type",
            Self::TooMany { .. } => "too_many",
            Self::Missing { .. } => "missing",
            Self::Wrong { .. } => "wrong",
            Self::Newer { .. } => "newer",
        }
    }
}

/// Line and column of a byte, both counted from 1; columns are characters.
pub(super) fn place(text: &str, byte: usize) -> (usize, usize) {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}
