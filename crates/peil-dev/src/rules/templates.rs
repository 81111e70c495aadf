//! Pages carry no script and no style of their own: the content security policy forbids both.

use super::Finding;
use super::settings::Templates;
use super::source::SourceFile;

/// Finds inline script and style in the templates.
pub(crate) fn check(files: &[SourceFile], templates: &Templates) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let is_page = file.extension() == "html"
            && templates
                .folders
                .iter()
                .any(|folder| file.is_inside(folder));
        if !is_page {
            continue;
        }
        for (at, tag) in tags(&blank_template_code(&file.text)) {
            findings.extend(
                complaints(&tag)
                    .into_iter()
                    .map(|text| Finding::at(file, file.line_of(at), text)),
            );
        }
    }
    findings
}

/// What is not markup, and the letter that takes its place: a value stays something.
const TEMPLATE_CODE: [(&str, &str, char); 4] = [
    ("{#", "#}", ' '),
    ("<!--", "-->", ' '),
    ("{%", "%}", ' '),
    ("{{", "}}", 'x'),
];

/// Blanks template code and comments; all lines and positions stay the same.
fn blank_template_code(text: &str) -> String {
    let mut blanked = text.to_owned();
    for (open, close, filler) in TEMPLATE_CODE {
        let mut from = 0;
        let next = |text: &str, from: usize| Some(from + text.get(from..)?.find(open)?);
        while let Some(start) = next(&blanked, from) {
            let end = blanked.get(start..).and_then(|rest| rest.find(close));
            let end = end.map_or(blanked.len(), |at| start + at + close.len());
            let piece = blanked.get(start..end).unwrap_or_default();
            let bytes = piece.bytes();
            let blank: String = bytes
                .map(|byte| if byte == b'\n' { '\n' } else { filler })
                .collect();
            blanked.replace_range(start..end, &blank);
            from = end;
        }
    }
    blanked
}

/// An opening tag: its name and its attributes, in small letters.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

/// Every opening tag with its position.
fn tags(text: &str) -> Vec<(usize, Tag)> {
    let starts = text.match_indices('<').filter_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        rest.starts_with(|letter: char| letter.is_ascii_alphabetic())
            .then_some((at, rest))
    });
    starts.map(|(at, rest)| (at, read_tag(rest))).collect()
}

fn read_tag(text: &str) -> Tag {
    let name_end = text
        .find(|letter: char| letter.is_whitespace() || letter == '>')
        .unwrap_or(text.len());
    let (name, mut rest) = text.split_at(name_end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if rest.is_empty() || rest.starts_with('>') {
            break;
        }
        let end =
            rest.find(|letter: char| letter.is_whitespace() || letter == '=' || letter == '>');
        let (attribute, after) = rest.split_at(end.unwrap_or(rest.len()));
        let (value, after) = read_value(after);
        attributes.push((attribute.to_ascii_lowercase(), value.to_ascii_lowercase()));
        // A sign that is neither name nor value must not be read for ever.
        rest = if attribute.is_empty() {
            after.get(1..).unwrap_or_default()
        } else {
            after
        };
    }
    Tag {
        name: name.to_ascii_lowercase(),
        attributes,
    }
}

/// The value after an attribute's name, if it has one, and what follows.
fn read_value(after_name: &str) -> (&str, &str) {
    let Some(value) = after_name.trim_start().strip_prefix('=') else {
        return ("", after_name);
    };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = value.find(|letter: char| letter.is_whitespace() || letter == '>');
    value.split_at(end.unwrap_or(value.len()))
}

fn complaints(tag: &Tag) -> Vec<String> {
    let value_of = |wanted: &str| {
        tag.attributes
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    let mut complaints = Vec::new();
    // A block of data is not run, so it is not script.
    let is_data = value_of("type").is_some_and(|kind| kind.ends_with("json"));
    if tag.name == "script" && value_of("src").is_none() && !is_data {
        complaints.push("inline script: move it to a file of its own".to_owned());
    }
    if tag.name == "style" {
        complaints.push("inline style sheet: move it to a file of its own".to_owned());
    }
    for (name, value) in &tag.attributes {
        let is_event = name
            .strip_prefix("on")
            .is_some_and(|event| !event.is_empty() && event.chars().all(char::is_alphabetic));
        if is_event {
            complaints.push(format!("`{name}` is inline script: use a `data-` hook"));
        }
        if name == "style" {
            complaints.push("`style` is inline style: use a class".to_owned());
        }
        if value.trim_start().starts_with("javascript:") {
            complaints.push(format!("`{name}` holds script"));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::source::sample;

    fn check_page(text: &str) -> usize {
        let templates = Templates {
            folders: vec!["templates".to_owned()],
        };
        check(&[sample("templates/a.html", text)], &templates).len()
    }

    #[test]
    fn inline_script_and_style_are_found() {
        for text in [
            "<script>alert(1)</script>",
            "<STYLE>a{}</STYLE>",
            "<p style=\"color:red\">",
            "<p class=\"a\"\n  onclick='x()'>",
            "<a href=\"javascript:void(0)\">",
            "<p class={{ a }} style=x>",
        ] {
            assert_eq!(check_page(text), 1, "{text}");
        }
    }

    #[test]
    fn files_data_texts_and_template_code_are_fine() {
        for text in [
            "<script src=\"/a.js\" type=\"module\"></script>",
            "<script type=\"application/json\">{\"a\": 1}</script>",
            "<p data-on=\"x\" class=\"style\">one = on, style=x</p>",
            "<!-- <p style=\"a\"> --><p {% if a > b %}hidden{% endif %}>{# <style> #}",
            "<input title=\"style=bold onclick=x\">",
            "<option value=\"{{ one }}\"{% if on %} selected{% endif %}>",
        ] {
            assert_eq!(check_page(text), 0, "{text}");
        }
    }

    #[test]
    fn the_line_of_the_tag_is_named() {
        let templates = Templates {
            folders: vec!["templates".to_owned()],
        };
        let findings = check(
            &[sample("templates/a.html", "{# é\n #}\n<style>")],
            &templates,
        );
        let places: Vec<_> = findings.into_iter().map(|finding| finding.place).collect();
        assert_eq!(places, ["templates/a.html:3"]);
    }
}
