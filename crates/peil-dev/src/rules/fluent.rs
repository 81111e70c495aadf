//! Reads Fluent files just well enough to compare languages: keys and what they refer to.

use std::collections::{BTreeMap, BTreeSet};

/// One text in one language.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Message {
    /// Line of the key, counted from 1.
    pub(crate) line: usize,
    /// Names of the values that are filled in, without the dollar sign.
    pub(crate) variables: BTreeSet<String>,
    /// Keys of other texts that are used inside this one.
    pub(crate) references: BTreeSet<String>,
}

/// The texts of one file, and the keys that it holds twice.
#[derive(Debug, Default)]
pub(crate) struct Messages {
    pub(crate) by_key: BTreeMap<String, Message>,
    pub(crate) doubled: Vec<(String, usize)>,
}

/// Takes a file apart; terms (`-name`) count for what they refer to, under their own name.
pub(crate) fn parse(text: &str) -> Messages {
    let mut messages = Messages::default();
    let mut current: Option<String> = None;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        if let Some((key, _)) = line
            .split_once('=')
            .filter(|(key, _)| is_key(key.trim_end()))
        {
            let key = key.trim_end().to_owned();
            let message = Message {
                line: number + 1,
                ..Message::default()
            };
            if messages.by_key.insert(key.clone(), message).is_some() {
                messages.doubled.push((key.clone(), number + 1));
            }
            current = Some(key);
        }
        if let Some(message) = current
            .as_ref()
            .and_then(|key| messages.by_key.get_mut(key))
        {
            read_placeables(line, message);
        }
    }
    messages
}

/// Keys stand at the beginning of a line.
fn is_key(text: &str) -> bool {
    let name = text.strip_prefix('-').unwrap_or(text);
    name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
}

fn read_placeables(line: &str, message: &mut Message) {
    for (at, _) in line.match_indices('$') {
        let name = name_at(line, at + 1);
        if !name.is_empty() {
            message.variables.insert(name);
        }
    }
    for (at, _) in line.match_indices('{') {
        let inside = line.get(at + 1..).unwrap_or_default();
        let from = at + 1 + (inside.len() - inside.trim_start().len());
        let name = name_at(line, from);
        // Names in capitals are functions of Fluent.
        if is_key(&name) && name != name.to_ascii_uppercase() {
            message.references.insert(name);
        }
    }
}

fn name_at(line: &str, from: usize) -> String {
    let rest = line.get(from..).unwrap_or_default();
    rest.chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-' || *letter == '_')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
# remark = none
-brand = Peil
title = { -brand }: { welcome }
answers = { $count ->
    [one] { $count } answer
   *[other] { NUMBER($count) } answers = many
}
title = again
";

    #[test]
    fn keys_variables_and_references_are_read() {
        let messages = parse(SAMPLE);
        let keys: Vec<_> = messages.by_key.keys().map(String::as_str).collect();
        assert_eq!(keys, ["-brand", "answers", "title"]);
        let answers = messages.by_key.get("answers").unwrap();
        assert_eq!(answers.variables, BTreeSet::from(["count".to_owned()]));
        assert!(answers.references.is_empty());
    }

    #[test]
    fn references_to_texts_and_terms_are_read() {
        let messages = parse("title = { -brand }: { welcome }");
        let title = messages.by_key.get("title").unwrap();
        assert_eq!(
            title.references,
            BTreeSet::from(["-brand".to_owned(), "welcome".to_owned()])
        );
    }

    #[test]
    fn a_key_that_stands_twice_is_noticed() {
        assert_eq!(parse(SAMPLE).doubled, [("title".to_owned(), 8)]);
    }
}
