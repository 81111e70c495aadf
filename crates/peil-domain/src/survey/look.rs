//! The look of one questionnaire where it differs from that of the organisation.

use serde::{Deserialize, Serialize};

use super::Picture;
use crate::access::{Accent, Logo};

/// The look of one questionnaire. What is not set follows the organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyLook {
    /// Colour of buttons and chosen answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<Accent>,
    /// Picture above the pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<SurveyLogo>,
    /// Size of letters.
    #[serde(default, skip_serializing_if = "TextSize::is_usual")]
    pub text_size: TextSize,
    /// Corners of buttons and answers.
    #[serde(default, skip_serializing_if = "Corners::is_usual")]
    pub corners: Corners,
}

/// A picture above the pages of one questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyLogo {
    /// Name of the uploaded file.
    pub file: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Size of letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    /// As browsers mean it.
    #[default]
    Usual,
    /// An eighth larger.
    Large,
    /// A quarter larger.
    Larger,
}

/// Corners of buttons and answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Corners {
    /// A little round.
    #[default]
    Soft,
    /// Square.
    Square,
    /// Round.
    Round,
}

impl SurveyLook {
    /// Whether it follows the organisation in everything.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it can be stored and shown: a colour that can be read on white, and a picture as an
    /// upload can be.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let reads = |accent: Accent| accent.contrast_with_white() >= Accent::LEAST_CONTRAST;
        self.accent.is_none_or(reads) && self.logo.as_ref().is_none_or(SurveyLogo::is_sound)
    }
}

impl SurveyLogo {
    /// Most pixels in one direction.
    pub const MOST_PIXELS: u32 = 10_000;

    fn is_sound(&self) -> bool {
        let fits = |pixels: u32| (1..=Self::MOST_PIXELS).contains(&pixels);
        Picture::is_name(&self.file) && fits(self.width) && fits(self.height)
    }

    /// Width and height in CSS pixels at which it is shown.
    #[must_use]
    pub fn shown_size(&self) -> (u32, u32) {
        Logo::fitted(self.width, self.height)
    }
}

impl TextSize {
    /// Every size.
    pub const ALL: [Self; 3] = [Self::Usual, Self::Large, Self::Larger];

    /// The size as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Large => "large",
            Self::Larger => "larger",
        }
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "called with a reference when written"
    )]
    fn is_usual(&self) -> bool {
        *self == Self::Usual
    }
}

impl Corners {
    /// Every kind of corner.
    pub const ALL: [Self; 3] = [Self::Soft, Self::Square, Self::Round];

    /// The kind as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Soft => "soft",
            Self::Square => "square",
            Self::Round => "round",
        }
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "called with a reference when written"
    )]
    fn is_usual(&self) -> bool {
        *self == Self::Soft
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_that_cannot_be_read_and_a_picture_from_elsewhere_are_not_sound() {
        let look = |accent: &str, file: &str| SurveyLook {
            accent: Some(accent.parse().unwrap()),
            logo: Some(SurveyLogo {
                file: file.to_owned(),
                width: 300,
                height: 100,
            }),
            ..SurveyLook::default()
        };
        assert!(look("#1b4d7a", "abc123").is_sound());
        assert!(!look("#ffdd00", "abc123").is_sound());
        assert!(!look("#1b4d7a", "../../etc/passwd").is_sound());
        assert!(!look("#1b4d7a", "https://elsewhere.example/x.png").is_sound());
    }

    #[test]
    fn a_usual_look_leaves_no_trace_in_a_file() {
        let plain = serde_json::to_string(&SurveyLook::default()).unwrap();
        assert_eq!(plain, "{}");
    }
}
