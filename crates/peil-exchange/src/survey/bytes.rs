//! Bytes as text: in the encoding that they are in, or not at all.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ImportError;

/// Largest file that is read.
pub(super) const MOST_BYTES: usize = 32 << 20;

/// The text of a file: in the encoding of its byte order mark, else in `announced`, else UTF-8.
pub(super) fn decode(bytes: &[u8], announced: Option<&str>) -> Result<String, ImportError> {
    if bytes.len() > MOST_BYTES {
        return Err(ImportError::TooLarge {
            most_bytes: MOST_BYTES,
        });
    }
    let by_mark = Encoding::for_bom(bytes);
    let by_shape = match bytes {
        [b'<' | b'{' | b'[', 0, ..] => Some(UTF_16LE),
        [0, b'<' | b'{' | b'[', ..] => Some(UTF_16BE),
        _ => None,
    };
    let encoding = match (by_mark, by_shape, announced) {
        (Some((encoding, _)), _, _) => encoding,
        (None, Some(encoding), _) => encoding,
        (None, None, Some(label)) => {
            Encoding::for_label(label.as_bytes()).ok_or_else(|| ImportError::Encoding {
                encoding: label.chars().take(40).collect(),
                offset: 0,
            })?
        }
        (None, None, None) => UTF_8,
    };
    let mark = by_mark.map_or(0, |(_, length)| length);
    let body = bytes.get(mark..).unwrap_or_default();
    if encoding == UTF_8 {
        let text = std::str::from_utf8(body).map_err(|error| ImportError::Encoding {
            encoding: UTF_8.name().to_owned(),
            offset: mark + error.valid_up_to(),
        })?;
        return Ok(text.to_owned());
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(body.len());
    let mut text = String::with_capacity(room.unwrap_or(0).min(MOST_BYTES * 3));
    let (result, used) = decoder.decode_to_string_without_replacement(body, &mut text, true);
    match result {
        encoding_rs::DecoderResult::InputEmpty => Ok(text),
        _ => Err(ImportError::Encoding {
            encoding: encoding.name().to_owned(),
            offset: mark + used,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_its_encoding_or_the_wrong_byte_is_named() {
        assert_eq!(decode(b"\xEF\xBB\xBFh\xC3\xA9", None).unwrap(), "hé");
        assert_eq!(decode(b"<\0a\0", None).unwrap(), "<a");
        assert_eq!(decode(b"\xFE\xFF\0a", None).unwrap(), "a");
        assert_eq!(decode(b"h\xE9", Some("ISO-8859-1")).unwrap(), "hé");
        let wrong = |bytes: &[u8], announced| decode(bytes, announced).unwrap_err().to_string();
        assert_eq!(wrong(b"abc\xFF", None), "not UTF-8 at byte 3");
        assert_eq!(wrong(b"abc", Some("rot13")), "not rot13 at byte 0");
    }
}
