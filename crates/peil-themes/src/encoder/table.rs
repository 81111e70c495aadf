//! The table with one row of values per piece, six bits per value.
//!
//! Section `TABL`: u32 rows, u32 columns, u32 parts, lowest value of every part (f32), step of every part (f32), then
//! per row its values, four in three bytes, the first in the lowest bits. Row r belongs to part (number of its piece)
//! modulo parts; value v stands for lowest + v times step.

use std::ops::Range;

use super::file::{Bytes, EncoderError};

/// More columns or parts than this are a broken file, not a larger model.
const MOST_COLUMNS: usize = 4_096;

pub(super) struct Table {
    /// The bytes of the rows within the file.
    rows: Range<usize>,
    width: usize,
    lowest: Vec<f32>,
    steps: Vec<f32>,
}

impl Table {
    /// Reads the section at this place of the file, which must have a row for every piece.
    pub(super) fn read(
        file: &[u8],
        section: &Range<usize>,
        pieces: usize,
    ) -> Result<Self, EncoderError> {
        let content = file.get(section.clone()).unwrap_or_default();
        let mut bytes = Bytes::new(content, "its table");
        let (height, width, parts) = (bytes.count()?, bytes.count()?, bytes.count()?);
        if height != pieces {
            return Err(EncoderError::wrong("its table: not one row per piece"));
        }
        if !(4..=MOST_COLUMNS).contains(&width)
            || !width.is_multiple_of(4)
            || !(1..=MOST_COLUMNS).contains(&parts)
        {
            return Err(EncoderError::wrong("the size of its table"));
        }
        let (lowest, steps) = (bytes.reals(parts)?, bytes.reals(parts)?);
        if bytes.left() != height * (width / 4 * 3) {
            return Err(EncoderError::wrong("the length of its table"));
        }
        Ok(Self {
            rows: section.end - bytes.left()..section.end,
            width,
            lowest,
            steps,
        })
    }

    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Writes the values of a row.
    pub(super) fn copy_row(&self, file: &[u8], row: usize, piece: u32, to: &mut [f32]) {
        let part = usize::try_from(piece).unwrap_or(0) % self.steps.len().max(1);
        let lowest = self.lowest.get(part).copied().unwrap_or(0.0);
        let step = self.steps.get(part).copied().unwrap_or(0.0);
        let length = self.width / 4 * 3;
        let packed = file
            .get(self.rows.clone())
            .and_then(|rows| rows.get(row * length..(row + 1) * length))
            .unwrap_or_default();
        let (threes, _) = packed.as_chunks::<3>();
        let (fours, _) = to.as_chunks_mut::<4>();
        for (four, [first, second, third]) in fours.iter_mut().zip(threes) {
            let bits = [
                first & 63,
                first >> 6 | (second & 15) << 2,
                second >> 4 | (third & 3) << 4,
                third >> 2,
            ];
            *four = bits.map(|bits| f32::from(bits) * step + lowest);
        }
    }
}
