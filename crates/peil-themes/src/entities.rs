//! HTML that slipped into answers: entities and line breaks.

/// The longest entity that is read, the ampersand and semicolon included.
const LONGEST: usize = 12;

const NAMED: [(&str, char); 58] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("euro", '\u{20ac}'),
    ("pound", '\u{a3}'),
    ("hellip", '\u{2026}'),
    ("ndash", '-'),
    ("mdash", '-'),
    ("lsquo", '\''),
    ("rsquo", '\''),
    ("ldquo", '"'),
    ("rdquo", '"'),
    ("bull", '\u{2022}'),
    ("middot", '\u{b7}'),
    ("deg", '\u{b0}'),
    ("copy", '\u{a9}'),
    ("reg", '\u{ae}'),
    ("trade", '\u{2122}'),
    ("frac12", '\u{bd}'),
    ("aacute", '\u{e1}'),
    ("agrave", '\u{e0}'),
    ("acirc", '\u{e2}'),
    ("auml", '\u{e4}'),
    ("aring", '\u{e5}'),
    ("aelig", '\u{e6}'),
    ("ccedil", '\u{e7}'),
    ("eacute", '\u{e9}'),
    ("egrave", '\u{e8}'),
    ("ecirc", '\u{ea}'),
    ("euml", '\u{eb}'),
    ("iacute", '\u{ed}'),
    ("igrave", '\u{ec}'),
    ("icirc", '\u{ee}'),
    ("iuml", '\u{ef}'),
    ("ntilde", '\u{f1}'),
    ("oacute", '\u{f3}'),
    ("ograve", '\u{f2}'),
    ("ocirc", '\u{f4}'),
    ("ouml", '\u{f6}'),
    ("oslash", '\u{f8}'),
    ("uacute", '\u{fa}'),
    ("ugrave", '\u{f9}'),
    ("ucirc", '\u{fb}'),
    ("uuml", '\u{fc}'),
    ("szlig", '\u{df}'),
    ("yuml", '\u{ff}'),
    ("Eacute", '\u{c9}'),
    ("Egrave", '\u{c8}'),
    ("Euml", '\u{cb}'),
    ("Iuml", '\u{cf}'),
    ("Ouml", '\u{d6}'),
    ("Uuml", '\u{dc}'),
    ("Auml", '\u{c4}'),
    ("Ccedil", '\u{c7}'),
    ("ij", '\u{133}'),
];

/// The letter that an entity at the beginning of a text stands for, and its length in bytes.
pub(crate) fn decode(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let letter = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|letter| !letter.is_control() || *letter == '\n')?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((letter, end + 1))
}

/// The length of a line break or end of paragraph at the beginning of a text.
pub(crate) fn line_break(text: &str) -> Option<usize> {
    ["<br>", "<br/>", "<br />", "<p>", "</p>", "<li>", "</li>"]
        .into_iter()
        .find_map(|tag| {
            let found = text.get(..tag.len())?;
            found.eq_ignore_ascii_case(tag).then_some(tag.len())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_by_name_and_number() {
        assert_eq!(decode("&euml;n"), Some(('\u{eb}', 6)));
        assert_eq!(decode("&#233;"), Some(('\u{e9}', 6)));
        assert_eq!(decode("&#xE9;"), Some(('\u{e9}', 6)));
        assert_eq!(decode("& co; en"), None);
        assert_eq!(decode("&#0;"), None);
    }
}
