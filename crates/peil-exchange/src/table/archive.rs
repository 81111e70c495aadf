//! Makes sure that a workbook unpacks to a bearable size before anything of it is parsed.
//!
//! The sizes that an archive states about itself can lie, so every part is unpacked once and
//! counted, and thrown away. One endless text is refused too, because the parser holds a text as a
//! whole; a text that is cut up by tags escapes that and is held back by the total alone.

use std::{
    io::{Read, Seek, SeekFrom},
    path::Path,
};

use zip::ZipArchive;

use super::{error::TableError, options::Limits};

/// A workbook has a few dozen parts; each costs memory for its name.
const MAX_PARTS: usize = 10_000;
/// The longest way to write a character of text in XML, `&#1234567;`, in characters.
const LONGEST_ESCAPE: u64 = 10;

/// Refuses an archive that is no workbook, is damaged or unpacks too large.
pub(super) fn check(
    mut file: impl Read + Seek,
    path: &Path,
    limits: &Limits,
) -> Result<(), TableError> {
    let damaged = |detail: String| TableError::DamagedWorkbook {
        path: path.into(),
        detail,
    };
    let packed_bytes = file
        .seek(SeekFrom::End(0))
        .map_err(|source| TableError::Io {
            path: path.into(),
            source,
        })?;
    let mut archive = ZipArchive::new(file).map_err(|error| damaged(error.to_string()))?;
    if archive.len() > MAX_PARTS {
        return Err(damaged(format!("{} parts", archive.len())));
    }
    let ratio_limit = packed_bytes
        .saturating_mul(limits.max_unpack_ratio)
        .max(limits.unpack_ratio_counts_from_bytes);
    let mut room = limits.max_unpacked_bytes.min(ratio_limit);
    let mut has_workbook = false;
    for index in 0..archive.len() {
        let part = archive
            .by_index(index)
            .map_err(|error| damaged(error.to_string()))?;
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        let lower = name.to_ascii_lowercase();
        has_workbook |= lower.ends_with("workbook.xml");
        let part_limit = if lower.contains("sharedstrings") {
            limits.max_shared_text_bytes
        } else {
            u64::MAX
        };
        let run_limit = (limits.max_cell_bytes as u64).saturating_mul(LONGEST_ESCAPE);
        let bounds = Bounds {
            bytes: room.min(part_limit),
            run: if is_xml(&lower) { run_limit } else { u64::MAX },
        };
        match unpacked_bytes(part, &bounds).map_err(|error| damaged(format!("{name}: {error}")))? {
            Unpacked::Bytes(bytes) => room -= bytes,
            Unpacked::PastLimit(limit_bytes) => {
                return Err(TableError::UnpacksTooLarge {
                    path: path.into(),
                    part: name,
                    limit_bytes,
                });
            }
        }
    }
    if has_workbook {
        Ok(())
    } else {
        Err(TableError::NotAWorkbook { path: path.into() })
    }
}

fn is_xml(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "xml" || extension == "rels")
}

struct Bounds {
    bytes: u64,
    /// Most bytes between two `<`: one text or tag is held in memory as a whole.
    run: u64,
}

enum Unpacked {
    Bytes(u64),
    PastLimit(u64),
}

fn unpacked_bytes(mut part: impl Read, bounds: &Bounds) -> std::io::Result<Unpacked> {
    let mut buffer = vec![0; 64 << 10];
    let (mut bytes, mut run) = (0_u64, 0_u64);
    loop {
        let read = part.read(&mut buffer)?;
        if read == 0 {
            return Ok(Unpacked::Bytes(bytes));
        }
        bytes += read as u64;
        let piece = buffer.get(..read).unwrap_or_default();
        run = match piece.iter().rposition(|byte| *byte == b'<') {
            // A run inside one piece is short by nature; only its two ends matter.
            Some(last) => (read - last) as u64,
            None => run + read as u64,
        };
        if bytes > bounds.bytes {
            return Ok(Unpacked::PastLimit(bounds.bytes));
        }
        if run > bounds.run {
            return Ok(Unpacked::PastLimit(bounds.run));
        }
    }
}
