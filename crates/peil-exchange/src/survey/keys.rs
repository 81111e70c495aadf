//! Names of other programs as keys: every one of them another key.

use std::collections::BTreeMap;

use peil_domain::shared::QuestionKey;

/// Room for a number behind a key.
const LONGEST_STEM: usize = QuestionKey::MAX_LENGTH - 6;

/// The keys that are given out.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// How often each stem was asked for.
    taken: BTreeMap<String, u32>,
}

impl Keys {
    /// With keys that mean something else.
    pub(super) fn without(reserved: &[&str]) -> Self {
        let reserved = reserved.iter().map(|name| ((*name).to_owned(), 1));
        Self {
            taken: reserved.collect(),
        }
    }

    /// A key as much like `name` as can be; nobody else has it.
    pub(super) fn give(&mut self, name: &str, otherwise: &str) -> Option<QuestionKey> {
        let stem = stem(name, otherwise);
        let mut number = self.taken.get(&stem).copied().unwrap_or(0);
        loop {
            number += 1;
            let key = if number == 1 {
                stem.clone()
            } else {
                format!("{stem}_{number}")
            };
            // What is numbered may be the stem of another.
            if number > 1 && self.taken.contains_key(&key) {
                continue;
            }
            self.taken.insert(stem.clone(), number);
            self.taken.entry(key.clone()).or_insert(1);
            return key.parse().ok();
        }
    }
}

/// Lower-case letters, digits and single dashes, beginning with a letter.
fn stem(name: &str, otherwise: &str) -> String {
    let mut made = String::new();
    for c in name.chars() {
        if made.len() >= LONGEST_STEM {
            break;
        }
        let c = c.to_ascii_lowercase();
        if c.is_ascii_alphanumeric() {
            made.push(c);
        } else if !made.is_empty() && !made.ends_with('_') {
            made.push('_');
        }
    }
    let made = made.trim_matches('_');
    match made.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() => {
            let made: String = made.chars().take(LONGEST_STEM - otherwise.len()).collect();
            format!("{otherwise}{made}")
        }
        Some(_) => made.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_becomes_another_key() {
        let mut keys = Keys::without(&["other"]);
        let mut give = |name: &str| keys.give(name, "q").unwrap().to_string();
        assert_eq!(give("Q1"), "q1");
        assert_eq!(give("q1"), "q1_2");
        assert_eq!(give("q1_2"), "q1_2_2");
        assert_eq!(give("q1"), "q1_3");
        assert_eq!(give("Été & co__x"), "t_co_x");
        assert_eq!(give("12"), "q12");
        assert_eq!(give("日本"), "q");
        assert_eq!(give("other"), "other_2");
        let long = give(&"a".repeat(300));
        assert_ne!(give(&"a".repeat(300)), long);
    }
}
