//! XML from strangers: no document types, no entities of its own, nothing deep or endless.

use std::borrow::Cow;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{ImportError, bytes::decode, error::place};

/// Deepest nesting of elements.
const DEEPEST: usize = 32;
/// Most elements and texts.
const MOST_EVENTS: usize = 6_000_000;
/// Most attributes of one element that are looked at.
const MOST_ATTRIBUTES: usize = 64;
/// How far the declaration with the encoding may reach.
const LONGEST_DECLARATION: usize = 300;

/// What a document consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// An element begins.
    Begin(&'a str),
    /// An attribute of the element that just began: name and value.
    Attribute(&'a str, &'a str),
    /// Words inside an element; those of one element may come in pieces.
    Words(&'a str),
    /// An element ends.
    End,
}

/// The text of a document, in the encoding that it says it is in.
pub(super) fn decoded(bytes: &[u8]) -> Result<String, ImportError> {
    let start = bytes.get(..bytes.len().min(LONGEST_DECLARATION));
    let start = String::from_utf8_lossy(start.unwrap_or_default());
    decode(bytes, announced(&start))
}

/// The encoding in a declaration such as `<?xml version="1.0" encoding="UTF-8"?>`.
fn announced(start: &str) -> Option<&str> {
    let declaration = start.trim_start_matches('\u{feff}').strip_prefix("<?xml")?;
    let declaration = declaration.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start();
    let value = value.strip_prefix('=')?.trim_start();
    let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(mark).next()
}

/// Walks through a document, part by part.
///
/// # Errors
/// What is wrong with it, with line and column, or what `see` says.
pub(super) fn walk(
    text: &str,
    mut see: impl FnMut(Part<'_>, usize) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    for number in 0_usize.. {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let wrong = |what: String, at: usize| {
            let (line, column) = place(text, at);
            ImportError::Syntax { what, line, column }
        };
        let too_many = |parts, most| {
            let (line, column) = place(text, at);
            ImportError::TooMany {
                parts,
                most,
                line,
                column,
            }
        };
        if number >= MOST_EVENTS {
            return Err(too_many("elements", MOST_EVENTS));
        }
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(at);
                return Err(wrong(error.to_string(), at));
            }
        };
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(too_many("nested elements", DEEPEST));
                }
                see(Part::Begin(tag.name().as_ref()), at)?;
                see_attributes(&tag, at, &mut see)?;
            }
            Event::Empty(tag) => {
                see(Part::Begin(tag.name().as_ref()), at)?;
                see_attributes(&tag, at, &mut see)?;
                see(Part::End, at)?;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                see(Part::End, at)?;
            }
            Event::Text(words) => see(Part::Words(&words), at)?,
            Event::CData(words) => see(Part::Words(&words), at)?,
            Event::GeneralRef(name) => {
                let mut buffer = [0; 4];
                let c = reference(&name)
                    .ok_or_else(|| wrong(format!("unknown entity &{};", &*name), at))?;
                see(Part::Words(c.encode_utf8(&mut buffer)), at)?;
            }
            Event::DocType(_) => {
                let (line, column) = place(text, at);
                return Err(ImportError::DocumentType { line, column });
            }
            Event::Eof if depth > 0 => {
                return Err(wrong("the document breaks off".to_owned(), text.len()));
            }
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    Ok(())
}

/// Shows the attributes of an element. What is written otherwise than XML wants it is none.
fn see_attributes(
    tag: &BytesStart<'_>,
    at: usize,
    see: &mut impl FnMut(Part<'_>, usize) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    // Looking for doubles would compare every attribute with every other.
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    for attribute in attributes.flatten().take(MOST_ATTRIBUTES) {
        let value = plain(&attribute.value);
        see(Part::Attribute(attribute.key.as_ref(), &value), at)?;
    }
    Ok(())
}

/// The value of an attribute with its entities filled in; those that are unknown stay as they are.
fn plain(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut pieces = value.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let known = piece.split_once(';');
        let known = known.and_then(|(name, rest)| Some((reference(name)?, rest)));
        if let Some((c, rest)) = known {
            out.push(c);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(piece);
        }
    }
    Cow::Owned(out)
}

/// The character of one of the five entities that XML has, or of a number.
fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Result<String, String> {
        let mut found = String::new();
        let seen = walk(text, |part, _| {
            if let Part::Words(words) = part {
                found.push_str(words);
            }
            Ok(())
        });
        seen.map(|()| found).map_err(|error| error.to_string())
    }

    #[test]
    fn sound_documents_are_walked_through() {
        let text = "<?xml version=\"1.0\"?><!-- x --><a><b><![CDATA[<p>]]></b>&amp;&#233;<c/></a>";
        assert_eq!(words(text).unwrap(), "<p>&é");
    }

    #[test]
    fn what_is_hostile_or_broken_is_named_with_its_place() {
        let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>";
        assert_eq!(
            words(bomb).unwrap_err(),
            "document type declaration at line 2, column 1"
        );
        assert_eq!(
            words("<a>\n  &b;</a>").unwrap_err(),
            "unknown entity &b; at line 2, column 3"
        );
        assert!(
            words("<a>\n<b></a>")
                .unwrap_err()
                .ends_with("at line 2, column 4")
        );
        assert!(words("<a>\n<b>x").unwrap_err().contains("at line 2"));
        let deep = "<a>".repeat(100_000);
        assert!(
            words(&deep)
                .unwrap_err()
                .starts_with("more than 32 nested elements")
        );
    }

    #[test]
    fn the_encoding_of_the_declaration_counts() {
        let text = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
        assert!(decoded(text).unwrap().contains('é'));
        assert!(decoded(b"<?xml version='1.0' encoding='UTF-8'?><a>\xE9</a>").is_err());
    }
}
