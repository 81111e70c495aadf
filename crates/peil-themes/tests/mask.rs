//! Personal data in answers as customers write them: everything marked is found, nothing else is.

use peil_themes::{Personal, find_personal, normalise};

/// Takes the marks out of a line of the set and says where they were.
fn read_line(line: &str) -> (String, Vec<(String, String)>) {
    let mut text = String::new();
    let mut expected = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (marked, after) = after.split_once('}').unwrap_or_default();
        let (kind, words) = marked.split_once('|').unwrap_or_default();
        text.push_str(before);
        text.push_str(words);
        expected.push((kind.to_owned(), words.to_owned()));
        rest = after;
    }
    text.push_str(rest);
    (text, expected)
}

fn found_in(text: &str) -> Vec<(String, String)> {
    let show = |found: &Personal| {
        (
            found.kind.placeholder().trim_matches(['[', ']']).to_owned(),
            found.span.of(text).to_owned(),
        )
    };
    find_personal(&normalise(text)).iter().map(show).collect()
}

#[test]
fn personal_data_is_found_and_ordinary_words_survive() {
    let lines: Vec<&str> = include_str!("mask.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert!(lines.len() >= 200, "{} lines", lines.len());
    let mut wrong = Vec::new();
    for line in lines {
        let (text, expected) = read_line(line);
        let found = found_in(&text);
        if found != expected {
            wrong.push(format!("{text}: {found:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
