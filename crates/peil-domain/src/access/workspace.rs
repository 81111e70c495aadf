//! The organisation that runs a part of Peil, and its look towards customers.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Logo;
use crate::shared::{Language, WorkspaceId};

/// One organisation, strictly apart from every other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Identifier.
    pub id: WorkspaceId,
    /// Name shown to customers and colleagues.
    pub name: String,
    /// Language used when nothing better is known.
    pub language: Language,
    /// IANA name of the time zone in which days begin, such as `Europe/Amsterdam`.
    pub time_zone: String,
    /// Look of questionnaires and mails.
    pub brand: Brand,
    /// When it was made.
    pub created_at: Timestamp,
}

/// How questionnaires and mails look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// Colour of buttons and chosen answers.
    pub accent: Accent,
    /// Line about privacy under every page; the standard sentence when empty.
    #[serde(default)]
    pub privacy_link: Option<String>,
    /// Picture above questionnaires and mails; the name when there is none.
    #[serde(default)]
    pub logo: Option<Logo>,
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            accent: Accent {
                red: 0x1b,
                green: 0x4d,
                blue: 0x7a,
            },
            privacy_link: None,
            logo: None,
        }
    }
}

/// A colour that carries text: `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Accent {
    red: u8,
    green: u8,
    blue: u8,
}

/// A text that is no colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid colour `{0}`")]
pub struct InvalidAccent(pub String);

impl Accent {
    /// Least contrast of text with its ground.
    pub const LEAST_CONTRAST: f64 = 4.5;

    /// Contrast ratio with white, 1 to 21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast_with_white(self) -> f64 {
        1.05 / (self.luminance() + 0.05)
    }

    /// Contrast ratio with black, 1 to 21.
    #[must_use]
    pub fn contrast_with_black(self) -> f64 {
        (self.luminance() + 0.05) / 0.05
    }

    /// Whether white text on this colour reads better than black text.
    #[must_use]
    pub fn carries_white(self) -> bool {
        self.contrast_with_white() >= self.contrast_with_black()
    }

    /// The nearest lighter colour that reads well on a near-black ground: at least 7 to 1 with
    /// black, which is more than 4.5 to 1 with any ground that respondent pages use.
    #[must_use]
    pub fn for_dark_ground(self) -> Self {
        let lighten = |channel: u8| {
            channel
                .saturating_add((255 - channel) / 8)
                .saturating_add(1)
        };
        let mut colour = self;
        while colour.contrast_with_black() < 7.0 {
            colour = Self {
                red: lighten(colour.red),
                green: lighten(colour.green),
                blue: lighten(colour.blue),
            };
        }
        colour
    }

    /// The nearest darker colour that reads well on white: at least 4.5 to 1 (WCAG 2.2, 1.4.3).
    #[must_use]
    pub fn for_light_ground(self) -> Self {
        let darken = |channel: u8| channel.saturating_sub(channel / 16 + 1);
        let mut colour = self;
        while colour.contrast_with_white() < Self::LEAST_CONTRAST {
            colour = Self {
                red: darken(colour.red),
                green: darken(colour.green),
                blue: darken(colour.blue),
            };
        }
        colour
    }

    /// Relative luminance, 0 (black) to 1 (white), as WCAG defines it for sRGB.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Accent {
    type Err = InvalidAccent;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || InvalidAccent(text.to_owned());
        let digits = text.trim().strip_prefix('#').ok_or_else(refuse)?;
        if digits.len() != 6 || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(refuse());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| refuse())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

impl TryFrom<String> for Accent {
    type Error = InvalidAccent;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Accent> for String {
    fn from(accent: Accent) -> Self {
        accent.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_follows_wcag() {
        let black: Accent = "#000000".parse().unwrap();
        assert!((black.contrast_with_white() - 21.0).abs() < 1e-9);
        let grey: Accent = "#767676".parse().unwrap();
        assert!((grey.contrast_with_white() - 4.54).abs() < 0.01);
        for dark in [
            black,
            "#1b4d7a".parse().unwrap(),
            "#0000ff".parse().unwrap(),
        ] {
            assert!(dark.for_dark_ground().contrast_with_black() >= 7.0);
        }
        let yellow: Accent = "#ffdd00".parse().unwrap();
        assert!(!yellow.carries_white());
        assert!(yellow.for_light_ground().contrast_with_white() >= Accent::LEAST_CONTRAST);
        assert_eq!(black.for_light_ground(), black);
        for bad in ["", "123456", "#12345", "#12345g", "#+12345", "red"] {
            assert!(bad.parse::<Accent>().is_err(), "{bad}");
        }
    }
}
