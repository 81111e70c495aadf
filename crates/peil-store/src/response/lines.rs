//! Submissions on their way out, many at a time: what a page holds is one text, taken apart without
//! making nouns of it.

use std::{borrow::Cow, fmt};

use peil_domain::shared::SurveyId;
use sea_orm::ConnectionTrait;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use uuid::Uuid;

use crate::{
    Session, StoreError,
    convert::unreadable,
    dialect::lines::{self, After},
};

/// Where a page of lines ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinesEnd(After);

/// Submissions to a questionnaire as text.
#[derive(Debug, Clone)]
pub struct Lines(String);

/// Words that stand in a text, or were taken out of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Words<'a>(#[serde(borrow)] Cow<'a, str>);

/// One submission.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Line<'a>(
    Uuid,
    Uuid,
    i64,
    i32,
    #[serde(borrow)] About<'a>,
    Pairs<'a>,
    Vec<Words<'a>>,
    Vec<LineAnswer<'a>>,
);

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct About<'a>(
    #[serde(borrow)] Words<'a>,
    Words<'a>,
    Option<Words<'a>>,
    Words<'a>,
    Option<i32>,
    Option<Words<'a>>,
    Option<Words<'a>>,
);

/// An answer of a line.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct LineAnswer<'a>(
    #[serde(borrow)] Words<'a>,
    Option<i32>,
    Option<Vec<Words<'a>>>,
    Option<Words<'a>>,
    Option<Pairs<'a>>,
);

/// Values by name, in their order.
#[derive(Debug, Clone, PartialEq)]
struct Pairs<'a>(Vec<(Words<'a>, Words<'a>)>);

impl Words<'_> {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Line<'_> {
    /// Identifier of the submission.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.0
    }

    /// Identifier of the version that was shown.
    #[must_use]
    pub const fn version(&self) -> Uuid {
        self.1
    }

    /// When it was sent, in microseconds since 1970.
    #[must_use]
    pub const fn micros(&self) -> i64 {
        self.2
    }

    /// The day on which it was sent, in the organisation's time zone.
    #[must_use]
    pub const fn local_day(&self) -> i32 {
        self.3
    }

    /// Channel through which it came.
    #[must_use]
    pub fn channel(&self) -> &str {
        self.4.0.as_str()
    }

    /// Language in which it was answered.
    #[must_use]
    pub fn language(&self) -> &str {
        self.4.1.as_str()
    }

    /// Contact moment that it is about.
    #[must_use]
    pub fn touchpoint(&self) -> Option<&str> {
        self.4.2.as_ref().map(Words::as_str)
    }

    /// Whether all pages were sent, as a word.
    #[must_use]
    pub fn completion(&self) -> &str {
        self.4.3.as_str()
    }

    /// How long answering took.
    #[must_use]
    pub const fn seconds(&self) -> Option<i32> {
        self.4.4
    }

    /// External identifier of the customer.
    #[must_use]
    pub fn contact(&self) -> Option<&str> {
        self.4.5.as_ref().map(Words::as_str)
    }

    /// Name of the customer's organisation.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.4.6.as_ref().map(Words::as_str)
    }

    /// Segment values of that moment, by attribute.
    pub fn segments(&self) -> impl Iterator<Item = (&str, &str)> {
        self.5.iter()
    }

    /// Marks, as words.
    pub fn flags(&self) -> impl Iterator<Item = &str> {
        self.6.iter().map(Words::as_str)
    }

    /// What was answered.
    #[must_use]
    pub fn answers(&self) -> &[LineAnswer<'_>] {
        &self.7
    }
}

impl LineAnswer<'_> {
    /// The question.
    #[must_use]
    pub fn question(&self) -> &str {
        self.0.as_str()
    }

    /// A score.
    #[must_use]
    pub const fn score(&self) -> Option<i32> {
        self.1
    }

    /// Codes of chosen options.
    #[must_use]
    pub fn codes(&self) -> Option<&[Words<'_>]> {
        self.2.as_deref()
    }

    /// Words of the respondent.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        self.3.as_ref().map(Words::as_str)
    }

    /// Who the respondent is, by the code of the field.
    pub fn details(&self) -> Option<impl Iterator<Item = (&str, &str)>> {
        self.4.as_ref().map(Pairs::iter)
    }

    /// One field of who the respondent is.
    #[must_use]
    pub fn detail(&self, field: &str) -> Option<&str> {
        let mut details = self.details()?;
        let found = details.find(|(name, _)| *name == field)?;
        Some(found.1)
    }

    /// Whether the question was said not to apply.
    #[must_use]
    pub const fn is_not_applicable(&self) -> bool {
        let Self(_, score, codes, words, details) = self;
        score.is_none() && codes.is_none() && words.is_none() && details.is_none()
    }
}

impl Pairs<'_> {
    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter();
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Pairs<'de>;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("words by name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        from.deserialize_map(Reader)
    }
}

impl Lines {
    /// Takes the submissions out of the text.
    pub fn read(&self) -> Result<Vec<Line<'_>>, StoreError> {
        serde_json::from_str(&self.0).map_err(|error| unreadable("responses", &error))
    }
}

/// Reads submissions of a questionnaire by the moment at which they were made, at most `most` after
/// `after`; nothing when there are no more. For exports, which walk through all of them in bounded memory.
pub async fn lines(
    session: &impl Session,
    survey: SurveyId,
    after: Option<LinesEnd>,
    most: u64,
) -> Result<Option<(Lines, LinesEnd)>, StoreError> {
    let backend = session.connection().get_database_backend();
    let after = after.map(|end| end.0);
    let page = lines::page(backend, session.workspace().0, survey.0, after, most);
    let Some(row) = session.connection().query_one_raw(page).await? else {
        return Ok(None);
    };
    let text: Option<String> = row.try_get("", "lines")?;
    let last: Option<String> = row.try_get("", "last")?;
    let (Some(text), Some(last)) = (text, last) else {
        return Ok(None);
    };
    let end = lines::end(&last).ok_or_else(|| unreadable("responses", &last))?;
    Ok(Some((Lines(text), LinesEnd(end))))
}
