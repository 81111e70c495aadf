//! What a text must look like, as a regular expression.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

use crate::shared::Localized;

/// What a text must look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerPattern {
    /// Regular expression that the whole text must match.
    pub expression: String,
    /// What the respondent reads when it does not.
    pub message: Localized,
}

/// An expression with what was made of it; nothing when it cannot be read.
type Read = (String, Option<Regex>);

/// The expressions that were read last, the newest first. Reading one takes about a millisecond,
/// and a draft is checked, and a page sent in, time and again.
static READ: Mutex<VecDeque<Read>> = Mutex::new(VecDeque::new());
/// Most expressions that are kept; each can take a megabyte.
const MOST_KEPT: usize = 32;

impl AnswerPattern {
    /// Longest pattern in bytes.
    pub const LONGEST: usize = 500;

    /// Whether the whole text matches. A pattern that cannot be read stops nobody: it is found
    /// before publishing.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.compiled().is_none_or(|pattern| pattern.is_match(text))
    }

    /// Whether the pattern can be read.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.compiled().is_some()
    }

    fn compiled(&self) -> Option<Regex> {
        if self.expression.len() > Self::LONGEST {
            return None;
        }
        if let Some((_, known)) = kept(&self.expression) {
            return known;
        }
        // Read without holding up others, who may be reading another one.
        let made = read(&self.expression);
        let mut known = READ.lock().unwrap_or_else(PoisonError::into_inner);
        known.push_front((self.expression.clone(), made.clone()));
        known.truncate(MOST_KEPT);
        made
    }
}

/// What was made of an expression before.
fn kept(expression: &str) -> Option<Read> {
    let mut known = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let at = known.iter().position(|(text, _)| text == expression)?;
    let found = known.remove(at)?;
    known.push_front(found.clone());
    Some(found)
}

fn read(expression: &str) -> Option<Regex> {
    // A pattern that needs brackets of its own to hold together must be one by itself.
    Regex::new(expression).ok()?;
    RegexBuilder::new(&format!(r"\A(?:{expression})\z"))
        .size_limit(1 << 20)
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(expression: &str) -> AnswerPattern {
        AnswerPattern {
            expression: expression.to_owned(),
            message: Localized::default(),
        }
    }

    #[test]
    fn a_pattern_says_the_same_however_often_it_is_asked() {
        let postcode = pattern(r"\d{4} ?[A-Z]{2}");
        let wrong = pattern("a)(b");
        for number in 0..MOST_KEPT * 2 {
            assert!(postcode.matches("1234 AB") && !postcode.matches("x1234 AB"));
            assert!(!wrong.is_sound() && wrong.matches("whatever"));
            assert!(pattern(&format!("x{number}")).matches(&format!("x{number}")));
        }
        assert!(READ.lock().unwrap().len() <= MOST_KEPT);
        assert!(!pattern(&"a".repeat(AnswerPattern::LONGEST + 1)).is_sound());
    }
}
