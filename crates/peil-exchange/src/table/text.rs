//! Bytes of a file as UTF-8 text, a piece at a time.

use std::{
    fs::File,
    io::{self, Read, Seek},
};

use encoding_rs::{Decoder, DecoderResult, Encoding};

/// How much of a file is read at once, and how much of it is looked at to learn its dialect.
pub(super) const PIECE_BYTES: usize = 64 << 10;

/// Decodes a file from its start.
pub(super) struct TextStream {
    file: File,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    /// The part of `text` that is decoded and not yet used.
    start: usize,
    end: usize,
    bytes_read: u64,
    bytes_total: u64,
    is_at_end: bool,
}

impl TextStream {
    /// Reads `file` from its first byte; a byte order mark is left out.
    pub(super) fn new(mut file: File, encoding: &'static Encoding) -> io::Result<Self> {
        file.rewind()?;
        let bytes_total = file.metadata()?.len();
        let decoder = encoding.new_decoder_with_bom_removal();
        // A byte of a single-byte encoding becomes at most three of UTF-8.
        let room = decoder
            .max_utf8_buffer_length(PIECE_BYTES)
            .unwrap_or(PIECE_BYTES * 4);
        Ok(Self {
            file,
            decoder,
            raw: vec![0; PIECE_BYTES],
            text: vec![0; room],
            start: 0,
            end: 0,
            bytes_read: 0,
            bytes_total,
            is_at_end: false,
        })
    }

    /// Decoded text that was not used yet; empty at the end of the file only.
    pub(super) fn peek(&mut self) -> io::Result<&[u8]> {
        while self.start == self.end && !self.is_at_end {
            let read = read_full(&mut self.file, &mut self.raw)?;
            self.bytes_read += read as u64;
            self.is_at_end = read < self.raw.len();
            let piece = self.raw.get(..read).unwrap_or_default();
            let (_, _, written, _) =
                self.decoder
                    .decode_to_utf8(piece, &mut self.text, self.is_at_end);
            self.start = 0;
            self.end = written;
        }
        Ok(self.text.get(self.start..self.end).unwrap_or_default())
    }

    /// Marks `bytes` of what [`Self::peek`] gave as used.
    pub(super) fn consume(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.end);
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    pub(super) fn bytes_total(&self) -> u64 {
        self.bytes_total
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.is_at_end
    }
}

/// Where the file stops being valid in an encoding; `None` when all of it is valid.
pub(super) fn first_malformed(
    file: &mut File,
    encoding: &'static Encoding,
) -> io::Result<Option<u64>> {
    file.rewind()?;
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut raw = vec![0; PIECE_BYTES];
    let room = decoder
        .max_utf8_buffer_length_without_replacement(PIECE_BYTES)
        .unwrap_or(PIECE_BYTES * 4);
    let mut text = vec![0; room];
    let mut offset = 0;
    loop {
        let read = read_full(file, &mut raw)?;
        let is_last = read < raw.len();
        let piece = raw.get(..read).unwrap_or_default();
        let (result, used, _) =
            decoder.decode_to_utf8_without_replacement(piece, &mut text, is_last);
        if let DecoderResult::Malformed(..) = result {
            return Ok(Some(offset + used as u64));
        }
        if is_last {
            return Ok(None);
        }
        offset += read as u64;
    }
}

/// How far a text is UTF-8.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Utf8 {
    /// Letters beyond ASCII that are right.
    pub(super) letters: u64,
    /// Places where it is not UTF-8.
    pub(super) malformed: u64,
    /// The first of them, in bytes from the beginning.
    pub(super) first: Option<u64>,
}

/// Looks at a whole file as if it were UTF-8.
pub(super) fn look_for_utf8(file: &mut File) -> io::Result<Utf8> {
    file.rewind()?;
    let mut decoder = encoding_rs::UTF_8.new_decoder_with_bom_removal();
    let mut raw = vec![0; PIECE_BYTES];
    let room = decoder.max_utf8_buffer_length_without_replacement(PIECE_BYTES);
    let mut text = vec![0; room.unwrap_or(PIECE_BYTES * 4)];
    let mut found = Utf8::default();
    let mut offset = 0;
    loop {
        let read = read_full(file, &mut raw)?;
        let is_last = read < raw.len();
        let mut rest = raw.get(..read).unwrap_or_default();
        loop {
            let (result, used, written) =
                decoder.decode_to_utf8_without_replacement(rest, &mut text, is_last);
            let letters = text.iter().take(written).filter(|byte| **byte >= 0xC0);
            found.letters += letters.count() as u64;
            rest = rest.get(used..).unwrap_or_default();
            offset += used as u64;
            match result {
                DecoderResult::Malformed(..) => {
                    found.malformed += 1;
                    found.first.get_or_insert(offset);
                }
                DecoderResult::OutputFull => {}
                DecoderResult::InputEmpty => break,
            }
        }
        if is_last {
            return Ok(found);
        }
    }
}

/// The line that holds a byte, from 1.
pub(super) fn line_at(file: &mut File, offset: u64) -> io::Result<u64> {
    file.rewind()?;
    let mut raw = vec![0; PIECE_BYTES];
    let (mut line, mut left) = (1, offset);
    while left > 0 {
        let read = read_full(file, &mut raw)?;
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(read);
        let ends = raw.iter().take(most).filter(|byte| **byte == b'\n');
        line += ends.count() as u64;
        left = left.saturating_sub(read as u64);
        if read < raw.len() {
            break;
        }
    }
    Ok(line)
}

/// Fills the buffer as far as the file goes.
pub(super) fn read_full(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(room) = buffer.get_mut(filled..).filter(|room| !room.is_empty()) {
        match file.read(room) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
