//! Texts with markup as plain text.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// A text without its markup.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    /// The words, lines divided by line breaks.
    pub(super) text: String,
    /// What of the markup meant more than a division into lines.
    pub(super) lost: BTreeSet<String>,
}

/// Tags that only divide text or hold it together.
const SILENT: [&str; 14] = [
    "p", "br", "div", "span", "font", "html", "body", "head", "meta", "tbody", "thead", "section",
    "center", "o:p",
];
/// Tags that begin a new line.
const LINES: [&str; 19] = [
    "p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr",
    "section", "dt", "dd", "center",
];
/// Characters by name that are common in texts of questionnaires.
const NAMED: &str = "amp & lt < gt > quot \" apos ' nbsp \u{a0} eacute é Eacute É egrave è Egrave È ecirc ê \
    Ecirc Ê euml ë Euml Ë agrave à Agrave À aacute á Aacute Á acirc â Acirc Â auml ä Auml Ä aring å Aring Å \
    aelig æ AElig Æ ccedil ç Ccedil Ç igrave ì iacute í icirc î iuml ï Iuml Ï ntilde ñ Ntilde Ñ ograve ò \
    oacute ó ocirc ô otilde õ ouml ö Ouml Ö oslash ø Oslash Ø ugrave ù uacute ú ucirc û uuml ü Uuml Ü \
    szlig ß oelig œ euro € pound £ copy © reg ® trade ™ hellip … ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ \
    ldquo “ rdquo ” bdquo „ laquo « raquo » bull • middot · deg ° plusmn ± times × divide ÷ frac12 ½ \
    frac14 ¼ sup2 ² iexcl ¡ iquest ¿ larr ← rarr → le ≤ ge ≥ ne ≠ sect § para ¶ shy \u{ad} zwnj \u{200c} zwj \u{200d}";

/// Longest tag in bytes; what is longer is words.
const LONGEST_TAG: usize = 5_000;
/// Most signs of a text that look like a tag and are none; those behind them are words.
const MOST_FAILURES: usize = 1_000;

/// The characters of [`NAMED`] by name.
static ENTITIES: LazyLock<BTreeMap<&str, char>> = LazyLock::new(|| {
    let mut words = NAMED.split(' ').filter(|word| !word.is_empty());
    let mut found = BTreeMap::new();
    while let (Some(name), Some(c)) = (words.next(), words.next()) {
        found.extend(c.chars().next().map(|c| (name, c)));
    }
    found
});

/// Takes the markup from a text. Line breaks of the source are spaces when there is markup.
pub(super) fn plain(html: &str) -> Plain {
    let has_markup = html.contains('<');
    let mut made = Maker {
        found: Plain::default(),
        keeps_lines: !has_markup,
    };
    let mut rest = html;
    let mut failures = 0;
    while failures < MOST_FAILURES
        && let Some(at) = rest.find('<')
    {
        let (before, tag) = rest.split_at(at);
        made.words(before);
        rest = if let Some(length) = tag_length(tag) {
            let (tag, behind) = tag.split_at(length);
            made.tag(tag);
            Maker::behind(tag, behind)
        } else {
            failures += 1;
            made.words("<");
            tag.get(1..).unwrap_or_default()
        };
    }
    made.words(rest);
    let lines: Vec<&str> = made.found.text.lines().map(str::trim).collect();
    let mut text = String::with_capacity(made.found.text.len());
    for line in lines.iter().filter(|line| !line.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    Plain {
        text,
        lost: made.found.lost,
    }
}

/// How long a tag or comment at the start of `text` is; nothing when it is none.
fn tag_length(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return Some(text.find("-->").map_or(text.len(), |end| end + 3));
    }
    let inside = text.get(1..)?;
    let name = inside.strip_prefix('/').unwrap_or(inside);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        return None;
    }
    let mut quote = None;
    let near = text.char_indices().take_while(|(at, _)| *at < LONGEST_TAG);
    for (at, c) in near.skip(1) {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    // A quotation mark that is never closed must not take the rest of the text with it.
    let mut near = text.char_indices().take_while(|(at, _)| *at < LONGEST_TAG);
    near.find(|(_, c)| *c == '>').map(|(at, _)| at + 1)
}

fn tag_name(tag: &str) -> String {
    let inside = tag.trim_start_matches(['<', '/']);
    let end = inside.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let name = inside.get(..end.unwrap_or(inside.len())).unwrap_or("");
    name.chars()
        .take(20)
        .collect::<String>()
        .to_ascii_lowercase()
}

struct Maker {
    found: Plain,
    keeps_lines: bool,
}

impl Maker {
    fn words(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('&') {
            let (before, behind) = rest.split_at(at);
            self.push(before);
            let (c, length) = entity(behind).unwrap_or(('&', 1));
            let mut buffer = [0; 4];
            self.push(c.encode_utf8(&mut buffer));
            rest = behind.get(length..).unwrap_or_default();
        }
        self.push(rest);
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            let is_space = c.is_whitespace() && !(self.keeps_lines && c == '\n');
            if is_space {
                if !self.found.text.ends_with([' ', '\n']) {
                    self.found.text.push(' ');
                }
            } else if c == '\n' || !c.is_control() && c != '\u{ad}' {
                self.found.text.push(c);
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        if tag.starts_with("<!--") {
            return;
        }
        let name = tag_name(tag);
        if LINES.contains(&name.as_str()) {
            self.found.text.push('\n');
        }
        match name.as_str() {
            "li" if !tag.starts_with("</") => self.found.text.push_str("- "),
            "td" | "th" if !self.found.text.ends_with('\n') => self.push(" "),
            "img" => {
                if let Some(words) = attribute(tag, "alt") {
                    self.words(&words);
                }
            }
            _ => {}
        }
        if !SILENT.contains(&name.as_str()) && !tag.starts_with("</") {
            self.found.lost.insert(name);
        }
    }

    /// What is left behind a tag: scripts and styles are no words.
    fn behind<'a>(tag: &str, behind: &'a str) -> &'a str {
        let name = tag_name(tag);
        let is_closed = tag.starts_with("</") || tag.ends_with("/>");
        if is_closed || !matches!(name.as_str(), "script" | "style") {
            return behind;
        }
        let end = format!("</{name}");
        let at = (0..behind.len())
            .filter(|at| behind.as_bytes().get(*at) == Some(&b'<'))
            .find(|at| {
                let next = behind.get(*at..*at + end.len());
                next.is_some_and(|next| next.eq_ignore_ascii_case(&end))
            });
        behind.get(at.unwrap_or(behind.len())..).unwrap_or_default()
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!(" {name}="))?;
    let value = tag.get(at + name.len() + 2..)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = value.get(1..)?;
    Some(value.split(quote).next()?.to_owned())
}

/// The character that an entity at the start of `text` stands for, with the length of the entity.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.char_indices().take(12).find(|(_, c)| *c == ';')?.0;
    let name = text.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number)?
        }
        None => *ENTITIES.get(name)?,
    };
    Some((c, end + 1))
}

/// The text with entities as the characters that they stand for.
pub(super) fn without_entities(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, behind) = rest.split_at(at);
        made.push_str(before);
        let (c, length) = entity(behind).unwrap_or(('&', 1));
        made.push(c);
        rest = behind.get(length..).unwrap_or_default();
    }
    made.push_str(rest);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        plain(html).text
    }

    #[test]
    fn markup_becomes_lines_and_words_stay() {
        assert_eq!(
            text(
                "<p>Wat vond\nje van <b>ons</b>?</p><ul><li>A &amp; B</li><li>caf&eacute;</li></ul>"
            ),
            "Wat vond je van ons?\n- A & B\n- café"
        );
        assert_eq!(text("een\ntwee  drie"), "een\ntwee drie");
        assert_eq!(
            text("a < b & c &unknown; &#8364; &#x20ac;"),
            "a < b & c &unknown; € €"
        );
        assert_eq!(
            text("<img src='x' alt=\"De winkel\"/> hier"),
            "De winkel hier"
        );
        assert_eq!(
            text("x<script>alert('<b>')</SCRIPT>y<style>p{}</style>z"),
            "xyz"
        );
        assert_eq!(text("a <!-- <b> --> b\u{0}\u{7}"), "a b");
        assert_eq!(text("<a href=\"open>text</a>"), "text");
    }

    #[test]
    fn what_is_lost_is_told() {
        let lost = plain("<p><b>x</b> <a href='y'>z</a></p>").lost;
        assert_eq!(lost.into_iter().collect::<Vec<_>>(), ["a", "b"]);
        assert!(plain("<p>x<br/>y</p>").lost.is_empty());
    }
}
