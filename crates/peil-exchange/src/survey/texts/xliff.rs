//! XLIFF: 1.2 is written, since every translator's program reads it; 1.2 and 2.0 are read.

use std::fmt::Write as _;

use peil_app::ports::{ReadText, ReadTexts, TextSheet};

use super::{
    super::{
        ImportError,
        error::place,
        xml::{Part, walk},
    },
    MOST_ROWS,
};

/// Writes XLIFF 1.2.
pub(super) fn write(sheet: &TextSheet) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n");
    let (source, target) = (sheet.source.code(), sheet.target.code());
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<file original=\"{}\" source-language=\"{source}\" target-language=\"{target}\" \
         datatype=\"plaintext\">\n<body>",
        escaped(&sheet.name)
    );
    for row in &sheet.rows {
        let state = match (row.target.is_empty(), row.is_outdated) {
            (true, _) => "new",
            (false, true) => "needs-review-translation",
            (false, false) => "translated",
        };
        let _ = writeln!(
            out,
            "<trans-unit id=\"{}\" maxwidth=\"{}\" size-unit=\"char\" xml:space=\"preserve\">\n  \
             <source>{}</source>\n  <target state=\"{state}\">{}</target>\n</trans-unit>",
            escaped(&row.place),
            row.longest,
            escaped(&row.source),
            escaped(&row.target)
        );
    }
    out.push_str("</body>\n</file>\n</xliff>\n");
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// What words belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Source,
    Target,
}

/// A reader that walks through a document.
#[derive(Default)]
struct Reader {
    /// Names of the elements that are open, without their prefixes.
    open: Vec<String>,
    is_xliff: bool,
    language: Option<String>,
    unit: Option<ReadText>,
    takes: Option<(Takes, usize)>,
    rows: Vec<ReadText>,
}

/// Reads XLIFF.
pub(super) fn read(text: &str) -> Result<ReadTexts, ImportError> {
    let mut reader = Reader::default();
    let (mut line, mut counted) = (1_u64, 0_usize);
    walk(text, |part, at| {
        // Lines are counted once over the whole document, not again for every text.
        let passed = text.get(counted..at).unwrap_or_default();
        let breaks = passed.matches('\n').count();
        line += u64::try_from(breaks).unwrap_or(0);
        counted = counted.max(at);
        reader.see(part, line);
        if reader.rows.len() > MOST_ROWS {
            let (line, column) = place(text, at);
            return Err(ImportError::TooMany {
                parts: "texts",
                most: MOST_ROWS,
                line,
                column,
            });
        }
        Ok(())
    })?;
    if !reader.is_xliff {
        return Err(ImportError::Missing {
            part: "element xliff".to_owned(),
        });
    }
    Ok(ReadTexts { rows: reader.rows })
}

impl Reader {
    fn see(&mut self, part: Part<'_>, line: u64) {
        match part {
            Part::Begin(name) => self.begin(local(name), line),
            Part::Attribute(name, value) => self.attribute(local(name), value),
            Part::Words(words) => {
                if let (Some((takes, _)), Some(unit)) = (self.takes, &mut self.unit) {
                    match takes {
                        Takes::Source => unit.source.get_or_insert_default().push_str(words),
                        Takes::Target => unit.target.push_str(words),
                    }
                }
            }
            Part::End => self.end(),
        }
    }

    fn begin(&mut self, name: &str, line: u64) {
        // Suggestions of the translator's program are no translation.
        let is_aside = self
            .open
            .iter()
            .any(|open| open == "alt-trans" || open == "matches");
        match name {
            "xliff" if self.open.is_empty() => self.is_xliff = true,
            "trans-unit" | "unit" => {
                self.unit = Some(ReadText {
                    line,
                    language: self.language.clone(),
                    ..ReadText::default()
                });
            }
            "source" if !is_aside && self.takes.is_none() => {
                self.takes = Some((Takes::Source, self.open.len()));
            }
            "target" if !is_aside && self.takes.is_none() => {
                self.takes = Some((Takes::Target, self.open.len()));
            }
            _ => {}
        }
        self.open.push(name.to_owned());
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let element = self.open.last().map(String::as_str);
        match (element, name) {
            (Some("file"), "target-language") | (Some("xliff"), "trgLang") => {
                self.language = Some(value.to_owned());
            }
            (Some("trans-unit" | "unit"), "id") => {
                if let Some(unit) = &mut self.unit {
                    value.clone_into(&mut unit.place);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let name = self.open.pop();
        if self
            .takes
            .is_some_and(|(_, depth)| depth == self.open.len())
        {
            self.takes = None;
        }
        if matches!(name.as_deref(), Some("trans-unit" | "unit")) {
            self.rows.extend(self.unit.take());
        }
    }
}

/// A name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use peil_app::ports::TextRow;
    use peil_domain::shared::Language;

    use super::*;

    fn row(place: &str, source: &str, target: &str) -> TextRow {
        TextRow {
            place: place.to_owned(),
            source: source.to_owned(),
            target: target.to_owned(),
            is_outdated: false,
            longest: 200,
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let sheet = TextSheet {
            name: "a&b".to_owned(),
            source: Language::Nl,
            target: Language::En,
            rows: vec![
                row("title", "Eén <b>\n\"twee\" & {{naam}}", "One\n\ttwo"),
                row("intro", "Dag", ""),
            ],
        };
        let written = write(&sheet);
        let line = |unit: &str| {
            let before = &written[..written.find(unit).unwrap()];
            u64::try_from(before.matches('\n').count() + 1).unwrap()
        };
        let read = read(&written).unwrap().rows;
        let texts: Vec<_> = read
            .iter()
            .map(|row| {
                (
                    row.place.as_str(),
                    row.source.as_deref(),
                    row.target.as_str(),
                )
            })
            .collect();
        assert_eq!(
            texts,
            [
                ("title", Some("Eén <b>\n\"twee\" & {{naam}}"), "One\n\ttwo"),
                ("intro", Some("Dag"), ""),
            ]
        );
        assert_eq!(read[0].language.as_deref(), Some("en"));
        let lines = (
            line("<trans-unit id=\"title\""),
            line("<trans-unit id=\"intro\""),
        );
        assert_eq!((read[0].line, read[1].line), lines);
    }

    #[test]
    fn version_two_with_segments_prefixes_and_marked_up_words_is_read() {
        let text = r#"<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" version="2.0"
            srcLang="nl" trgLang="en-GB"><x:file id="f"><x:unit id="title"><x:notes><x:note>?</x:note></x:notes>
            <x:segment><x:source>Een. </x:source><x:target>One. </x:target></x:segment>
            <x:segment><x:source>Twee</x:source><x:target><x:pc id="1">Tw</x:pc>o&amp;</x:target></x:segment>
            </x:unit></x:file></x:xliff>"#;
        let read = read(text).unwrap().rows;
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].source.as_deref(), Some("Een. Twee"));
        assert_eq!(read[0].target, "One. Two&");
        assert_eq!(read[0].language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn suggestions_beside_a_translation_are_no_translation() {
        let text = r#"<xliff version="1.2"><file target-language="en"><body><trans-unit id="title">
            <source>Een</source><alt-trans><source>X</source><target>Wrong</target></alt-trans>
            <target>One</target></trans-unit></body></file></xliff>"#;
        assert_eq!(read(text).unwrap().rows[0].target, "One");
    }

    #[test]
    fn hostile_and_broken_files_are_refused_with_the_place() {
        let said = |text: &str| read(text).unwrap_err().to_string();
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\">]><xliff>&b;</xliff>";
        assert_eq!(said(bomb), "document type declaration at line 1, column 1");
        assert!(said("<xliff><file>\n<unit>").contains("at line 2"));
        assert_eq!(said("<html></html>"), "no element xliff");
        let many = format!(
            "<xliff>{}</xliff>",
            "<unit id=\"a\"/>\n".repeat(MOST_ROWS + 2)
        );
        assert!(said(&many).starts_with("more than 20000 texts at line 200"));
        let wide = format!("<xliff {}/>", "a=\"b\" ".repeat(100_000));
        assert!(read(&wide).is_ok());
    }
}
