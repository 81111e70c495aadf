//! Words, numbers and dates in the reader's language.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{Loader, fluent_bundle::FluentValue, static_loader};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use peil_domain::shared::Language;

use crate::charts::NumberStyle;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Isolation marks would end up in mails, titles and tests.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// Speaks one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text {
    /// The language.
    pub(crate) language: Language,
}

/// Something to be put into a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Arg(FluentValue<'static>);

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self(FluentValue::from(text.to_owned()))
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self(FluentValue::from(text))
    }
}
impl From<&&str> for Arg {
    fn from(text: &&str) -> Self {
        Self(FluentValue::from((*text).to_owned()))
    }
}
impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self(FluentValue::from(text.clone()))
    }
}
macro_rules! number_args {
    ($($number:ty),+) => {$(
        impl From<$number> for Arg {
            fn from(number: $number) -> Self { Self(FluentValue::from(number)) }
        }
        impl From<&$number> for Arg {
            fn from(number: &$number) -> Self { Self(FluentValue::from(*number)) }
        }
    )+};
}
number_args!(i32, i64, u32, u64, usize);

impl Text {
    /// Speaks `language`.
    pub(crate) const fn new(language: Language) -> Self {
        Self { language }
    }

    /// The sentence called `key`.
    pub(crate) fn s(self, key: &str) -> String {
        LOCALES.lookup(&self.identifier(), key)
    }

    /// The sentence called `key` with values put in.
    pub(crate) fn a(self, key: &str, args: &[(&'static str, Arg)]) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'static>> = args
            .iter()
            .map(|(name, Arg(value))| (Cow::Borrowed(*name), value.clone()))
            .collect();
        LOCALES.lookup_with_args(&self.identifier(), key, &args)
    }

    /// The sentence called `key`, when there is one.
    pub(crate) fn find(self, key: &str) -> Option<String> {
        LOCALES.try_lookup(&self.identifier(), key)
    }

    fn identifier(self) -> fluent_templates::LanguageIdentifier {
        match self.language {
            Language::Nl => fluent_templates::langid!("nl"),
            Language::En => fluent_templates::langid!("en"),
        }
    }

    /// Two-letter code of the language.
    pub(crate) const fn code(self) -> &'static str {
        self.language.code()
    }

    /// How numbers are written: `1.234,5` in Dutch, `1,234.5` in English.
    pub(crate) const fn numbers(self) -> NumberStyle {
        match self.language {
            Language::Nl => NumberStyle {
                decimal: ',',
                group: '.',
            },
            Language::En => NumberStyle {
                decimal: '.',
                group: ',',
            },
        }
    }

    /// A whole number.
    pub(crate) fn count(self, number: u64) -> String {
        self.numbers().count(number)
    }

    /// A number with so many decimals.
    pub(crate) fn number(self, number: f64, decimals: usize) -> String {
        self.numbers().number(number, decimals)
    }

    /// A calendar date: `31 mrt 2026`.
    pub(crate) fn date(self, date: Date) -> String {
        let month = self.s(&format!("month-{}", date.month()));
        format!("{} {month} {}", date.day(), date.year())
    }

    /// The date on which `at` falls in `zone`.
    pub(crate) fn day(self, at: Timestamp, zone: &TimeZone) -> String {
        self.date(at.to_zoned(zone.clone()).date())
    }

    /// Date and time: `31 mrt 2026, 14.03`.
    pub(crate) fn moment(self, at: Timestamp, zone: &TimeZone) -> String {
        let zoned = at.to_zoned(zone.clone());
        let separator = match self.language {
            Language::Nl => '.',
            Language::En => ':',
        };
        format!(
            "{}, {:02}{separator}{:02}",
            self.date(zoned.date()),
            zoned.hour(),
            zoned.minute()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_follow_the_language() {
        let (nl, en) = (Text::new(Language::Nl), Text::new(Language::En));
        let date = jiff::civil::date(2026, 3, 31);
        assert_eq!(nl.date(date), "31 mrt 2026");
        assert_eq!(en.date(date), "31 Mar 2026");
        assert_eq!(nl.count(1_234), "1.234");
        assert_eq!(en.number(7.44, 1), "7.4");
    }
}
