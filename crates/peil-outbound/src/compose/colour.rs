//! The accent colour of an organisation, and which text colour can be read on it.

/// Used when the given colour is not `#rrggbb`.
const DEFAULT_FILL: &str = "#1f4e79";

/// A fill colour with the text colour that stands out most on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accent {
    /// Background as `#rrggbb`.
    pub(super) fill: String,
    /// Text on that background: black or white.
    pub(super) ink: &'static str,
}

impl Accent {
    /// Takes `#rrggbb`; anything else becomes the default colour, because the value ends up in CSS.
    pub(super) fn parse(colour: &str) -> Self {
        match luminance(colour) {
            Some(luminance) => Self {
                fill: colour.to_ascii_lowercase(),
                ink: ink_on(luminance),
            },
            None => Self {
                fill: DEFAULT_FILL.to_owned(),
                ink: "#ffffff",
            },
        }
    }
}

/// Picks the text colour with the larger WCAG 2 contrast ratio, `(lighter + 0.05) / (darker + 0.05)`.
fn ink_on(luminance: f64) -> &'static str {
    let with_white = 1.05 / (luminance + 0.05);
    let with_black = (luminance + 0.05) / 0.05;
    if with_white >= with_black {
        "#ffffff"
    } else {
        "#000000"
    }
}

/// Relative luminance of `#rrggbb` by WCAG 2, between 0 (black) and 1 (white).
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let channel = |from: usize| {
        let value = u8::from_str_radix(digits.get(from..from + 2)?, 16).ok()?;
        let share = f64::from(value) / 255.0;
        Some(if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_on_the_accent_is_the_one_that_stands_out_most() {
        for (fill, ink) in [
            ("#000000", "#ffffff"),
            ("#1f4e79", "#ffffff"),
            ("#c8102e", "#ffffff"),
            ("#757575", "#ffffff"),
            ("#767676", "#000000"),
            ("#ff6600", "#000000"),
            ("#ffd700", "#000000"),
            ("#7fd1ae", "#000000"),
            ("#FFFFFF", "#000000"),
        ] {
            assert_eq!(
                Accent::parse(fill),
                Accent {
                    fill: fill.to_lowercase(),
                    ink
                }
            );
        }
    }

    #[test]
    fn text_on_any_grey_reaches_the_contrast_of_wcag_aa() {
        for grey in 0..=255_u8 {
            let accent = Accent::parse(&format!("#{grey:02x}{grey:02x}{grey:02x}"));
            let (Some(fill), Some(ink)) = (luminance(&accent.fill), luminance(accent.ink)) else {
                unreachable!("both are #rrggbb");
            };
            assert!(
                (fill.max(ink) + 0.05) / (fill.min(ink) + 0.05) >= 4.5,
                "{accent:?}"
            );
        }
    }

    #[test]
    fn a_colour_that_could_carry_css_is_replaced() {
        for hostile in [
            "",
            "red",
            "#fff",
            "#12345g",
            "#+1+2+3",
            "#1234567",
            "#000;color:red",
            "é#1234",
        ] {
            assert_eq!(Accent::parse(hostile).fill, DEFAULT_FILL, "{hostile}");
        }
    }
}
