//! The picture of an organisation above questionnaires and mails: which files are taken, and how
//! large it is shown.
//!
//! Only three kinds of pictures that cannot hold script are taken. They are told apart by their
//! first bytes, never by a name or a header that comes along, and their size in pixels is read
//! from the file, so that pages keep room for them.

use serde::{Deserialize, Serialize};

/// Kind of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogoKind {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP, with or without loss.
    Webp,
}

/// What is known about the picture of an organisation; its bytes are kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// Kind of picture.
    pub kind: LogoKind,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Follows from the bytes, so that another picture has another address.
    pub fingerprint: String,
}

/// Why a file cannot be a logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLogo {
    /// More than [`Logo::MOST_BYTES`].
    #[error("picture of too many bytes")]
    TooLarge,
    /// Not one of the kinds that are taken, or damaged.
    #[error("not a picture")]
    NotAPicture,
    /// Fewer or more pixels than can be shown well.
    #[error("picture of too few or too many pixels")]
    Pixels,
}

impl LogoKind {
    /// Media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// How file names end.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
        }
    }
}

impl Logo {
    /// Most bytes of a file.
    pub const MOST_BYTES: usize = 200_000;
    /// Fewest pixels of a side.
    pub const LEAST_PIXELS: u32 = 16;
    /// Most pixels of a side.
    pub const MOST_PIXELS: u32 = 2_000;
    /// Widest that it is shown, in CSS pixels.
    pub const WIDEST: u32 = 192;
    /// Highest that it is shown, in CSS pixels.
    pub const HIGHEST: u32 = 40;

    /// Reads what kind of picture `bytes` are and how large it is.
    ///
    /// # Errors
    /// [`InvalidLogo`] says what is wrong.
    pub fn read(bytes: &[u8], fingerprint: String) -> Result<Self, InvalidLogo> {
        if bytes.len() > Self::MOST_BYTES {
            return Err(InvalidLogo::TooLarge);
        }
        let (kind, (width, height)) = measure(bytes).ok_or(InvalidLogo::NotAPicture)?;
        let allowed = Self::LEAST_PIXELS..=Self::MOST_PIXELS;
        if !allowed.contains(&width) || !allowed.contains(&height) {
            return Err(InvalidLogo::Pixels);
        }
        Ok(Self {
            kind,
            width,
            height,
            fingerprint,
        })
    }

    /// Width and height in CSS pixels at which it is shown: never enlarged, never out of shape.
    #[must_use]
    pub fn shown_size(&self) -> (u32, u32) {
        Self::fitted(self.width, self.height)
    }

    /// Width and height at which a picture of these sizes is shown above a page.
    #[must_use]
    pub fn fitted(width: u32, height: u32) -> (u32, u32) {
        let (width, height) = (width.max(1), height.max(1));
        let by_height = (width * Self::HIGHEST / height, Self::HIGHEST);
        let by_width = (Self::WIDEST, height * Self::WIDEST / width);
        let (wide, high) = if by_height.0 > Self::WIDEST {
            by_width
        } else {
            by_height
        };
        (wide.min(width).max(1), high.min(height).max(1))
    }

    /// Name of the file in its address.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.fingerprint, self.kind.ending())
    }
}

fn measure(bytes: &[u8]) -> Option<(LogoKind, (u32, u32))> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((LogoKind::Png, png_size(bytes)?));
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some((LogoKind::Jpeg, jpeg_size(bytes)?));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12)? == b"WEBP" {
        return Some((LogoKind::Webp, webp_size(bytes)?));
    }
    None
}

/// The first chunk of a PNG holds width and height.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let side = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((side(16)?, side(20)?))
}

/// Walks over the segments of a JPEG to the one that begins a frame.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let pair = |at: usize| {
        let pair: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
        Some(u16::from_be_bytes(pair))
    };
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        match *bytes.get(at + 1)? {
            // Fill bytes before a marker.
            0xff => at += 1,
            // Markers without a segment.
            0x01 | 0xd0..=0xd7 => at += 2,
            // Frames; among their numbers stand tables that are none.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((u32::from(pair(at + 7)?), u32::from(pair(at + 5)?)));
            }
            // The picture itself, or its end, before any frame.
            0xd9 | 0xda => return None,
            _ => at += 2 + usize::from(pair(at + 2)?),
        }
    }
}

/// A WebP has one of three first chunks, each with its own way of writing a size.
fn webp_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize, length: usize| {
        let part = bytes.get(at..at + length)?;
        Some(
            part.iter()
                .rev()
                .fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte)),
        )
    };
    match bytes.get(12..16)? {
        b"VP8 " if bytes.get(23..26)? == [0x9d, 0x01, 0x2a] => {
            Some((number(26, 2)? & 0x3fff, number(28, 2)? & 0x3fff))
        }
        b"VP8L" if *bytes.get(20)? == 0x2f => {
            let packed = number(21, 4)?;
            Some(((packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1))
        }
        b"VP8X" => Some((number(24, 3)? + 1, number(27, 3)? + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    fn jpeg() -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff];
        // A table between header and frame, then a frame of 300 by 120.
        bytes.extend([0xc4, 0, 3, 9, 0xff, 0xc2, 0, 11, 8, 0, 120, 1, 44]);
        bytes
    }

    fn webp(chunk: &[u8], body: &[u8]) -> Vec<u8> {
        [b"RIFF\0\0\0\0WEBP", chunk, &[0; 4], body].concat()
    }

    fn read(bytes: &[u8]) -> Result<(LogoKind, u32, u32), InvalidLogo> {
        let logo = Logo::read(bytes, "f".into())?;
        Ok((logo.kind, logo.width, logo.height))
    }

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        assert_eq!(read(&png(400, 100)), Ok((LogoKind::Png, 400, 100)));
        assert_eq!(read(&jpeg()), Ok((LogoKind::Jpeg, 300, 120)));
        let lossy = webp(b"VP8 ", &[0, 0, 0, 0x9d, 1, 0x2a, 44, 1, 120, 0]);
        assert_eq!(read(&lossy), Ok((LogoKind::Webp, 300, 120)));
        let packed: u32 = 0x12b | (0x77 << 14);
        let lossless = webp(b"VP8L", &[&[0x2f][..], &packed.to_le_bytes()].concat());
        assert_eq!(read(&lossless), Ok((LogoKind::Webp, 300, 120)));
        let extended = webp(b"VP8X", &[0, 0, 0, 0, 43, 1, 0, 119, 0, 0]);
        assert_eq!(read(&extended), Ok((LogoKind::Webp, 300, 120)));
    }

    #[test]
    fn what_is_no_picture_or_cut_off_is_refused() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>";
        for bytes in [&b""[..], b"GIF89a", svg, b"RIFF", &[0xff, 0xd8, 0xff, 0xd9]] {
            assert_eq!(read(bytes), Err(InvalidLogo::NotAPicture), "{bytes:?}");
        }
        for whole in [png(40, 40), jpeg()] {
            for length in 0..whole.len() {
                assert_eq!(read(&whole[..length]), Err(InvalidLogo::NotAPicture));
            }
        }
    }

    #[test]
    fn a_picture_has_a_reasonable_size() {
        assert_eq!(read(&png(15, 40)), Err(InvalidLogo::Pixels));
        assert_eq!(read(&png(40, 2_001)), Err(InvalidLogo::Pixels));
        let mut heavy = png(40, 40);
        heavy.resize(Logo::MOST_BYTES + 1, 0);
        assert_eq!(read(&heavy), Err(InvalidLogo::TooLarge));
    }

    #[test]
    fn a_logo_fits_in_the_head_and_keeps_its_shape() {
        let shown = |width, height| {
            let logo = Logo::read(&png(width, height), String::new()).unwrap();
            logo.shown_size()
        };
        assert_eq!(shown(400, 100), (160, 40));
        assert_eq!(shown(2_000, 100), (192, 9));
        assert_eq!(shown(20, 20), (20, 20));
        assert_eq!(shown(16, 2_000), (1, 40));
    }
}
