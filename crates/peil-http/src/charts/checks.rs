//! What the tests of all charts share: sample words and a checker of well-formed markup.
use super::*;

/// Dutch signs.
pub(super) const DUTCH: NumberStyle = NumberStyle {
    decimal: ',',
    group: '.',
};

/// Labels that try to break the drawing.
pub(super) fn hostile_labels() -> Vec<String> {
    vec![
        "<script>alert('x')</script>".to_owned(),
        "\"><a href=javascript:alert(1)>&amp;".to_owned(),
        "מרכז שירות לקוחות ארצי 12".repeat(9),
        "👨\u{200D}👩\u{200D}👧 familie 🏳️\u{200D}🌈".repeat(9),
        "a\u{0}\u{1}\u{B}\u{202E}\u{FFFF}b".to_owned(),
        "W".repeat(200),
        String::new(),
    ]
}

pub(super) fn head() -> ChartHead {
    ChartHead {
        id: "proef".to_owned(),
        title: "Aanbeveling <per> maand".to_owned(),
        description: "Stijgt van 10 naar 31 & blijft".to_owned(),
        empty: "Nog geen antwoorden".to_owned(),
    }
}

pub(super) fn net_score() -> ValueFormat {
    ValueFormat {
        numbers: DUTCH,
        decimals: 0,
        shows_plus: true,
        suffix: String::new(),
    }
}

pub(super) fn mark_out_of_ten() -> ValueFormat {
    ValueFormat {
        numbers: DUTCH,
        decimals: 1,
        shows_plus: false,
        suffix: String::new(),
    }
}

pub(super) fn known(value: f64, spread: f64, n: u64) -> Reading {
    let interval = Some(Interval {
        low: value - spread,
        high: value + spread,
    });
    Reading::Known(Known {
        value,
        interval,
        n,
        is_uncertain: false,
    })
}

/// Fails when tags are not balanced, an attribute is malformed, an entity is unknown, a number
/// is broken, an id comes twice, or something appears that the page forbids.
pub(super) fn assert_well_formed(markup: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        assert_text(&rest[..start]);
        let tail = &rest[start + 1..];
        let end = tail.find('>').unwrap();
        let (tag, after) = (&tail[..end], &tail[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of order");
            continue;
        }
        let body = tag.strip_suffix('/').unwrap_or(tag);
        let (name, attributes) = body.split_once(' ').unwrap_or((body, ""));
        assert!(
            !matches!(name, "script" | "style" | "foreignObject"),
            "{name} is forbidden"
        );
        ids.extend(assert_attributes(attributes));
        if body.len() == tag.len() {
            open.push(name);
        }
    }
    assert_text(rest);
    assert!(open.is_empty(), "left open: {open:?}");
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "an id comes twice");
}

/// Checks attributes and gives back the ids among them.
fn assert_attributes(attributes: &str) -> Vec<&str> {
    let mut ids = Vec::new();
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (name, tail) = rest.split_once("=\"").unwrap();
        let (value, after) = tail.split_once('"').unwrap();
        assert!(
            name.chars()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == '-'),
            "{name}"
        );
        assert!(
            name != "style" && !name.starts_with("on"),
            "{name} is forbidden"
        );
        assert_text(value);
        if matches!(
            name,
            "x" | "y" | "width" | "height" | "cx" | "cy" | "r" | "x1" | "y1" | "x2" | "y2" | "d"
        ) {
            assert!(
                !value.contains("NaN") && !value.contains("inf"),
                "{name}={value}"
            );
        }
        if matches!(name, "width" | "height" | "r") {
            assert!(value.parse::<f64>().unwrap() >= 0.0, "{name}={value}");
        }
        if name == "id" {
            ids.push(value);
        }
        if matches!(name, "fill" | "stroke") {
            let is_free = matches!(value, "none" | "currentColor") || value.starts_with("url(#");
            assert!(is_free, "fixed colour {value}");
        }
        rest = after.trim_start();
    }
    ids
}

fn assert_text(text: &str) {
    assert!(!text.contains(['<', '>']), "bare bracket in {text}");
    let forbidden = |sign: char| sign.is_control() || ('\u{202A}'..='\u{202E}').contains(&sign);
    assert!(!text.contains(forbidden), "forbidden sign in {text:?}");
    for part in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "#39;"];
        assert!(
            known.iter().any(|entity| part.starts_with(entity)),
            "bare & in {text}"
        );
    }
}

/// Checks that a table has as many cells in each row as in its header.
pub(super) fn assert_even(table: &ChartTable) {
    assert!(!table.caption.is_empty());
    for row in &table.rows {
        assert_eq!(row.len(), table.header.len(), "{row:?}");
    }
}

/// Words in a drawing as (x, y, anchor, words), to look for overlap.
pub(super) fn words_in(markup: &str) -> Vec<(f64, f64, &str, &str)> {
    let number = |tag: &str, name: &str| -> f64 {
        let (_, tail) = tag.split_once(&format!(" {name}=\"")).unwrap();
        tail.split_once('"').unwrap().0.parse().unwrap()
    };
    markup
        .split("<text")
        .skip(1)
        .map(|tail| {
            let (tag, after) = tail.split_once('>').unwrap();
            let words = after.split_once("</text>").unwrap().0;
            let anchor = match () {
                () if tag.contains("\"middle\"") => "middle",
                () if tag.contains("\"end\"") => "end",
                () => "start",
            };
            (number(tag, "x"), number(tag, "y"), anchor, words)
        })
        .collect()
}

/// Checks that no two words in a drawing run into each other and none leaves the sheet.
///
/// `size` is the font size at which all words are measured.
pub(super) fn assert_no_overlap(markup: &str, sheet_width: f64, size: f64) {
    let boxes: Vec<_> = words_in(markup)
        .into_iter()
        .filter(|(.., words)| !words.is_empty())
        .map(|(x, y, anchor, words)| {
            let plain = words
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
            let width = text_fit::text_width(&plain, size);
            let start = match anchor {
                "middle" => x - width / 2.0,
                "end" => x - width,
                _ => x,
            };
            (start, start + width, y, words)
        })
        .collect();
    for (index, left) in boxes.iter().enumerate() {
        assert!(
            left.0 > -1.0 && left.1 < sheet_width + 1.0,
            "{left:?} leaves the sheet"
        );
        for right in boxes.iter().skip(index + 1) {
            let is_beside = left.1 <= right.0 || right.1 <= left.0;
            let is_above = (left.2 - right.2).abs() >= size * 0.95;
            assert!(is_beside || is_above, "{left:?} runs into {right:?}");
        }
    }
}
