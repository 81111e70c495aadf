//! Short names in addresses, such as the `kto` of `/s/kto`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A word for an address: lower-case letters, digits and single dashes, 2 to 60 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// A text that cannot stand in an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid address name `{0}`")]
pub struct InvalidSlug(pub String);

impl Slug {
    /// Longest slug in characters.
    pub const MAX_LENGTH: usize = 60;

    /// Makes the nearest valid slug of any text; `fallback` when no letter or digit is left.
    #[must_use]
    pub fn from_text(text: &str, fallback: &str) -> Self {
        let mut out = String::new();
        for c in text.chars().flat_map(char::to_lowercase) {
            let plain = match c {
                'a'..='z' | '0'..='9' => Some(c),
                'à'..='å' => Some('a'),
                'è'..='ë' => Some('e'),
                'ì'..='ï' => Some('i'),
                'ò'..='ö' => Some('o'),
                'ù'..='ü' => Some('u'),
                'ç' => Some('c'),
                'ñ' => Some('n'),
                _ => None,
            };
            match plain {
                Some(letter) => out.push(letter),
                None if !out.is_empty() && !out.ends_with('-') => out.push('-'),
                None => {}
            }
            if out.len() >= Self::MAX_LENGTH {
                break;
            }
        }
        let trimmed = out.trim_end_matches('-');
        if trimmed.len() < 2 {
            Self(fallback.to_owned())
        } else {
            Self(trimmed.to_owned())
        }
    }

    /// The same slug with a number behind it, to make it unique.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let tail = format!("-{number}");
        let room = Self::MAX_LENGTH - tail.len();
        let head: String = self.0.chars().take(room).collect();
        Self(format!("{}{tail}", head.trim_end_matches('-')))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_plain = text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let has_good_dashes =
            !text.starts_with('-') && !text.ends_with('-') && !text.contains("--");
        if is_plain && has_good_dashes && (2..=Self::MAX_LENGTH).contains(&text.len()) {
            Ok(Self(text))
        } else {
            Err(InvalidSlug(text))
        }
    }
}

impl FromStr for Slug {
    type Err = InvalidSlug;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_title_becomes_a_valid_slug() {
        for (title, slug) in [
            ("KTO 2026: hoe tevreden?", "kto-2026-hoe-tevreden"),
            ("Één café", "een-cafe"),
            ("!!!", "vragenlijst"),
            ("  --a--b  ", "a-b"),
        ] {
            let made = Slug::from_text(title, "vragenlijst");
            assert_eq!(made.as_str(), slug);
            assert!(made.as_str().parse::<Slug>().is_ok());
        }
        let long = Slug::from_text(&"woord ".repeat(40), "x1");
        assert!(long.as_str().parse::<Slug>().is_ok());
        assert!(long.numbered(12).as_str().parse::<Slug>().is_ok());
    }
}
