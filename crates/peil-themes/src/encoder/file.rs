//! Reads the file of an encoder. All numbers are little-endian.
//!
//! | part | content |
//! |---|---|
//! | magic | `PEILSENT` |
//! | version | u32, 1 |
//! | checksum | SHA-256 of all that follows |
//! | sections | four letters, u64 length, content; each section once, in any order |
//!
//! Sections: `NAME` (UTF-8), `CHAR` and `PIEC` (see `pieces.rs`), `TABL` (see `table.rs`), `MATR` (matrices: u8 length
//! and name, u32 rows, u32 columns, u8 kind; kind 0: f32 per value; kind 1: f32 step, i32 lowest, u8 per value, which
//! stands for (lowest + byte) times the step). The file is made by `cargo dev model`.

use std::collections::BTreeMap;
use std::ops::Range;

use sha2::{Digest, Sha256};

const MAGIC: &[u8] = b"PEILSENT";
const VERSION: u32 = 1;
/// More values than this in one matrix are a broken file, not a larger model.
const MOST_VALUES: usize = 16_000_000;

/// Why a file is not an encoder that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncoderError {
    /// It does not begin as such files do.
    #[error("this is not a file of sentence vectors")]
    OtherFile,
    /// It was written for another version of this program.
    #[error("the sentence vectors have form {0} and this program reads form {VERSION}")]
    Version(u32),
    /// It has changed since it was made.
    #[error("the file of sentence vectors is damaged: its checksum does not fit")]
    Checksum,
    /// It ends in the middle of something.
    #[error("the file of sentence vectors ends too early, in {0}")]
    Short(&'static str),
    /// It lacks something.
    #[error("the file of sentence vectors lacks {0}")]
    Missing(String),
    /// It contradicts itself.
    #[error("the file of sentence vectors is wrong in {0}")]
    Wrong(String),
}

impl EncoderError {
    pub(super) fn wrong(what: impl Into<String>) -> Self {
        Self::Wrong(what.into())
    }
}

/// Takes one thing after another from bytes.
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
    /// What is being read, for the error.
    what: &'static str,
}

impl<'a> Bytes<'a> {
    pub(super) const fn new(rest: &'a [u8], what: &'static str) -> Self {
        Self { rest, what }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) const fn left(&self) -> usize {
        self.rest.len()
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], EncoderError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(EncoderError::Short(self.what))?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], EncoderError> {
        let (taken, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or(EncoderError::Short(self.what))?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, EncoderError> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(super) fn whole(&mut self) -> Result<u32, EncoderError> {
        self.array().map(u32::from_le_bytes)
    }

    /// A number of things, which fits in memory or not at all.
    pub(super) fn count(&mut self) -> Result<usize, EncoderError> {
        usize::try_from(self.whole()?).map_err(|_| EncoderError::wrong(self.what))
    }

    pub(super) fn real(&mut self) -> Result<f32, EncoderError> {
        let value = f32::from_le_bytes(self.array()?);
        if value.is_finite() {
            Ok(value)
        } else {
            Err(EncoderError::wrong(self.what))
        }
    }

    pub(super) fn long_real(&mut self) -> Result<f64, EncoderError> {
        let value = f64::from_le_bytes(self.array()?);
        if value.is_finite() {
            Ok(value)
        } else {
            Err(EncoderError::wrong(self.what))
        }
    }

    pub(super) fn reals(&mut self, count: usize) -> Result<Vec<f32>, EncoderError> {
        // Asked for before anything is reserved, so that a large number in a small file costs nothing.
        let length = count.checked_mul(4).ok_or(EncoderError::Short(self.what))?;
        let mut values = Bytes::new(self.take(length)?, self.what);
        (0..count).map(|_| values.real()).collect()
    }
}

/// The places of the sections, after the checks of the whole.
pub(super) fn sections(file: &[u8]) -> Result<BTreeMap<[u8; 4], Range<usize>>, EncoderError> {
    let mut bytes = Bytes::new(file, "its beginning");
    if bytes.take(MAGIC.len()) != Ok(MAGIC) {
        return Err(EncoderError::OtherFile);
    }
    let version = bytes.whole()?;
    if version != VERSION {
        return Err(EncoderError::Version(version));
    }
    let checksum: [u8; 32] = bytes.array()?;
    if Sha256::digest(bytes.rest).as_slice() != checksum.as_slice() {
        return Err(EncoderError::Checksum);
    }
    let mut sections = BTreeMap::new();
    while !bytes.is_empty() {
        let tag: [u8; 4] = bytes.array()?;
        let length = u64::from_le_bytes(bytes.array()?);
        let length = usize::try_from(length).map_err(|_| EncoderError::Short("a section"))?;
        let start = file.len() - bytes.left();
        bytes.take(length)?;
        if sections.insert(tag, start..start + length).is_some() {
            return Err(EncoderError::wrong("its sections: one is there twice"));
        }
    }
    Ok(sections)
}

/// The first eight signs of the checksum, which tell one file from another.
pub(super) fn short_checksum(file: &[u8]) -> String {
    let from = MAGIC.len() + 4;
    let number = file
        .get(from..from + 4)
        .and_then(<[u8]>::first_chunk)
        .map_or(0, |bytes| u32::from_be_bytes(*bytes));
    format!("{number:08x}")
}

/// A matrix as it stands in the file.
pub(super) struct Values {
    pub(super) height: usize,
    pub(super) width: usize,
    pub(super) all: Vec<f32>,
}

/// All matrices by name.
pub(super) struct Matrices(BTreeMap<String, Values>);

impl Matrices {
    pub(super) fn read(section: &[u8]) -> Result<Self, EncoderError> {
        let mut bytes = Bytes::new(section, "its matrices");
        let mut all = BTreeMap::new();
        while !bytes.is_empty() {
            let length = usize::from(bytes.byte()?);
            let name = String::from_utf8(bytes.take(length)?.to_vec())
                .map_err(|_| EncoderError::wrong("a name of a matrix"))?;
            let values = read_values(&mut bytes, &name)?;
            if all.insert(name.clone(), values).is_some() {
                return Err(EncoderError::wrong(format!("{name}, which is there twice")));
            }
        }
        Ok(Self(all))
    }

    pub(super) fn take(&mut self, name: &str) -> Result<Values, EncoderError> {
        self.0
            .remove(name)
            .ok_or_else(|| EncoderError::Missing(name.to_owned()))
    }

    /// A matrix of this many rows and columns.
    pub(super) fn sized(
        &mut self,
        name: &str,
        height: usize,
        width: usize,
    ) -> Result<Values, EncoderError> {
        let values = self.take(name)?;
        if (values.height, values.width) == (height, width) {
            Ok(values)
        } else {
            Err(EncoderError::wrong(format!(
                "{name}: {} x {} instead of {height} x {width}",
                values.height, values.width
            )))
        }
    }

    /// One row of so many values.
    pub(super) fn row(&mut self, name: &str, width: usize) -> Result<Vec<f32>, EncoderError> {
        self.sized(name, 1, width).map(|found| found.all)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the whole numbers are small: they were made from single bytes"
)]
fn read_values(bytes: &mut Bytes<'_>, name: &str) -> Result<Values, EncoderError> {
    let (height, width) = (bytes.count()?, bytes.count()?);
    let count = height
        .checked_mul(width)
        .filter(|count| (1..=MOST_VALUES).contains(count))
        .ok_or_else(|| EncoderError::wrong(format!("the size of {name}")))?;
    let all = match bytes.byte()? {
        0 => bytes.reals(count)?,
        1 => {
            let step = bytes.real()?;
            let lowest = i32::from_le_bytes(bytes.array()?).clamp(-1_000, 1_000);
            bytes
                .take(count)?
                .iter()
                .map(|byte| (lowest + i32::from(*byte)) as f32 * step)
                .collect()
        }
        _ => return Err(EncoderError::wrong(format!("the kind of {name}"))),
    };
    Ok(Values { height, width, all })
}
