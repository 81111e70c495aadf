//! Which figures are asked, and how that is written in an address.

use jiff::civil::{Date, date};
use peil_domain::{
    response::Flag,
    shared::{LocalDay, Period, QuestionKey},
};
use peil_store::results::{Dimension, ReadAs};

use super::{Joining, Span, When};
use crate::themes::{LABELS, POLARITIES, is_like};

/// Longest value in characters; longer ones are nobody's segment or search.
const LONGEST: usize = 200;
/// Most values of one dimension in one filter.
const MOST_VALUES: usize = 50;
/// Most dimensions in one filter.
const MOST_DIMENSIONS: usize = 20;

/// Part of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreZone {
    /// Bad news: detractors, the dissatisfied.
    Low,
    /// Neither.
    Mid,
    /// Good news: promoters, the satisfied.
    High,
}

impl ScoreZone {
    /// Every zone, the worst first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Mid, Self::High];

    /// The zone as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Mid => "mid",
            Self::High => "high",
        }
    }
}

/// Which answers, counted how. Written in an address and read from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultsQuery {
    /// The question that trend, distribution and ladder are about; the headline when absent.
    pub question: Option<QuestionKey>,
    /// For each dimension the values of which one must hold; the empty text stands for "not
    /// known".
    pub filters: Vec<(Dimension, Vec<String>)>,
    /// For each dimension the values of which none may hold; a dimension is either here or among
    /// the filters.
    pub excluded: Vec<(Dimension, Vec<String>)>,
    /// When the answers were given.
    pub when: When,
    /// Length of the steps of the trend; chosen by the span when absent.
    pub bucket: Option<Period>,
    /// Whether answers marked as automatic count too.
    pub includes_automatic: bool,
    /// The property by which groups are compared.
    pub group: Option<Dimension>,
    /// Exactly this score on the question.
    pub score: Option<i32>,
    /// Lowest score on the question.
    pub least: Option<i32>,
    /// Highest score on the question.
    pub most: Option<i32>,
    /// A score on the question in this part of its scale.
    pub zone: Option<ScoreZone>,
    /// This option of the question was chosen.
    pub choice: Option<QuestionKey>,
    /// Part of the words, whatever the case.
    pub search: Option<String>,
    /// What the answer was read as; only lists of answers look at it.
    pub read_as: ReadAs,
    /// A mark that the answer carries; only lists of answers look at it.
    pub flag: Option<Flag>,
    /// Which versions are put together.
    pub joining: Joining,
}

/// A dimension as a stable word: `channel`, `segment.region`.
#[must_use]
pub fn dimension_code(dimension: &Dimension) -> String {
    match dimension {
        Dimension::Channel => "channel".to_owned(),
        Dimension::Language => "language".to_owned(),
        Dimension::Version => "version".to_owned(),
        Dimension::Touchpoint => "touchpoint".to_owned(),
        Dimension::Account => "account".to_owned(),
        Dimension::Segment(key) => format!("segment.{key}"),
        Dimension::Theme => "theme".to_owned(),
        Dimension::ThemePart => "theme_part".to_owned(),
        Dimension::Tone => "tone".to_owned(),
    }
}

/// The dimension with this word, if there is one.
#[must_use]
pub fn dimension_of(word: &str) -> Option<Dimension> {
    match word {
        "channel" => Some(Dimension::Channel),
        "language" => Some(Dimension::Language),
        "version" => Some(Dimension::Version),
        "touchpoint" => Some(Dimension::Touchpoint),
        "account" => Some(Dimension::Account),
        "theme" => Some(Dimension::Theme),
        "theme_part" => Some(Dimension::ThemePart),
        "tone" => Some(Dimension::Tone),
        other => other
            .strip_prefix("segment.")?
            .parse()
            .ok()
            .map(Dimension::Segment),
    }
}

/// The bucket as a stable word.
#[must_use]
pub const fn bucket_code(period: Period) -> &'static str {
    match period {
        Period::Day => "day",
        Period::Week => "week",
        Period::Month => "month",
        Period::Quarter => "quarter",
        Period::Year => "year",
    }
}

fn bucket_of(word: &str) -> Option<Period> {
    [Period::Week, Period::Month, Period::Quarter]
        .into_iter()
        .find(|period| bucket_code(*period) == word)
}

/// A day that a calendar of people can hold.
fn day_of(word: &str) -> Option<LocalDay> {
    let day: Date = word.parse().ok()?;
    (date(1900, 1, 1)..=date(2199, 12, 31))
        .contains(&day)
        .then(|| LocalDay::from_date(day))
}

/// The text as it may be searched for; nothing when it is blank.
fn tidy(text: &str) -> Option<String> {
    let clean: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST)
        .collect();
    Some(clean.trim().to_owned()).filter(|text| !text.is_empty())
}

impl ResultsQuery {
    /// Reads the fields of an address. Fields that it does not know are left alone; the names of
    /// those that it knows and cannot read come along, so that a program can be told.
    #[must_use]
    pub fn read<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<&'static str>) {
        let mut query = Self::default();
        let mut refused = Vec::new();
        let (mut from, mut until) = (None, None);
        let mut excepted = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            if let Some(dimension) = dimension_of(name) {
                query.add_filter(dimension, value);
                continue;
            }
            if value.is_empty() {
                continue;
            }
            let is_read = match name {
                "question" => keep(&mut query.question, value.parse().ok()),
                "bucket" => keep(&mut query.bucket, bucket_of(value)),
                "group" => keep(&mut query.group, dimension_of(value)),
                "score" => keep(&mut query.score, value.parse().ok()),
                "least" => keep(&mut query.least, value.parse().ok()),
                "most" => keep(&mut query.most, value.parse().ok()),
                "except" => {
                    // Who mentions something else as well would be neither in nor out.
                    let dimension = dimension_of(value).filter(|other| !other.is_of_mentions());
                    let is_known = dimension.is_some();
                    excepted.extend(dimension);
                    is_known
                }
                "zone" => keep(
                    &mut query.zone,
                    ScoreZone::ALL.into_iter().find(|zone| zone.code() == value),
                ),
                "choice" => keep(&mut query.choice, value.parse().ok()),
                "polarity" => keep(&mut query.read_as.polarity, known(&POLARITIES, value)),
                "label" => {
                    let like = is_like(value).then(|| value.to_owned());
                    keep(&mut query.read_as.label, known(&LABELS, value).or(like))
                }
                "flag" => keep(&mut query.flag, Flag::of_code(value)),
                "automatic" => {
                    query.includes_automatic = value == "include";
                    query.includes_automatic || value == "exclude"
                }
                "versions" => {
                    let is_same = value == "same-question";
                    if is_same {
                        query.joining = Joining::SameQuestion;
                    }
                    is_same || value == "same-scale"
                }
                "search" => keep(&mut query.search, tidy(value)),
                "from" => keep(&mut from, day_of(value)),
                "until" => keep(&mut until, day_of(value)),
                "period" => {
                    let span = Span::ALL.into_iter().find(|span| span.code() == value);
                    if let Some(span) = span {
                        query.when = When::Span(span);
                    }
                    span.is_some() || value == "all"
                }
                _ => true,
            };
            if !is_read {
                refused.extend(KNOWN.into_iter().filter(|known| *known == name));
            }
        }
        if from.is_some() || until.is_some() {
            query.when = When::Between(from, until);
        }
        let is_excluded = |(dimension, _): &(Dimension, _)| excepted.contains(dimension);
        (query.excluded, query.filters) = query.filters.into_iter().partition(is_excluded);
        (query, refused)
    }

    /// The fields of an address that lead to the same figures.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: Option<String>| {
            pairs.extend(value.map(|value| (name.to_owned(), value)));
        };
        put("question", self.question.as_ref().map(ToString::to_string));
        for (dimension, values) in self.filters.iter().chain(&self.excluded) {
            for value in values {
                put(&dimension_code(dimension), Some(value.clone()));
            }
        }
        for (dimension, _) in &self.excluded {
            put("except", Some(dimension_code(dimension)));
        }
        match self.when {
            When::Always => {}
            When::Span(span) => put("period", Some(span.code().to_owned())),
            When::Between(from, until) => {
                put("from", from.map(|day| day.date().to_string()));
                put("until", until.map(|day| day.date().to_string()));
            }
        }
        put(
            "bucket",
            self.bucket.map(|bucket| bucket_code(bucket).to_owned()),
        );
        put("group", self.group.as_ref().map(dimension_code));
        put("score", self.score.map(|score| score.to_string()));
        put("least", self.least.map(|score| score.to_string()));
        put("most", self.most.map(|score| score.to_string()));
        put("zone", self.zone.map(|zone| zone.code().to_owned()));
        put("choice", self.choice.as_ref().map(ToString::to_string));
        put("search", self.search.clone());
        put("polarity", self.read_as.polarity.clone());
        put("label", self.read_as.label.clone());
        put("flag", self.flag.map(|flag| flag.code().to_owned()));
        let automatic = self.includes_automatic.then(|| "include".to_owned());
        put("automatic", automatic);
        let is_strict = self.joining == Joining::SameQuestion;
        put("versions", is_strict.then(|| "same-question".to_owned()));
        pairs
    }

    /// Adds a value to a filter; values that can belong to nothing, or are too many, are left out.
    pub fn add_filter(&mut self, dimension: Dimension, value: &str) {
        if value.chars().count() > LONGEST || value.chars().any(char::is_control) {
            return;
        }
        let value = value.to_owned();
        let is_full = self.filters.len() >= MOST_DIMENSIONS;
        match self
            .filters
            .iter_mut()
            .find(|(known, _)| *known == dimension)
        {
            Some((_, values)) if values.contains(&value) || values.len() >= MOST_VALUES => {}
            Some((_, values)) => values.push(value),
            None if is_full => {}
            None => self.filters.push((dimension, vec![value])),
        }
    }

    /// The same without any filter on `dimension`.
    #[must_use]
    pub fn without(&self, dimension: &Dimension) -> Self {
        let mut other = self.clone();
        other.filters.retain(|(known, _)| known != dimension);
        other.excluded.retain(|(known, _)| known != dimension);
        other
    }

    /// The same with only `value` for `dimension`.
    #[must_use]
    pub fn with_only(&self, dimension: &Dimension, value: &str) -> Self {
        let mut other = self.without(dimension);
        other
            .filters
            .push((dimension.clone(), vec![value.to_owned()]));
        other
    }

    /// The same with the values of `dimension` left out instead of chosen, or the other way round.
    #[must_use]
    pub fn flipped(&self, dimension: &Dimension) -> Self {
        let mut other = self.without(dimension);
        let is_meant = |filter: &&(Dimension, Vec<String>)| filter.0 == *dimension;
        other
            .excluded
            .extend(self.filters.iter().filter(is_meant).cloned());
        other
            .filters
            .extend(self.excluded.iter().filter(is_meant).cloned());
        other
    }

    /// The values that are selected by, chosen and left out: either tells people apart.
    #[must_use]
    pub fn selected(&self) -> Vec<(Dimension, Vec<String>)> {
        self.filters.iter().chain(&self.excluded).cloned().collect()
    }

    /// The same without what only lists of answers look at.
    #[must_use]
    pub fn figures_only(&self) -> Self {
        Self {
            score: None,
            least: None,
            most: None,
            zone: None,
            choice: None,
            search: None,
            read_as: ReadAs::default(),
            flag: None,
            ..self.clone()
        }
    }
}

/// Fields that are refused when they cannot be read.
const KNOWN: [&str; 17] = [
    "question",
    "bucket",
    "group",
    "score",
    "least",
    "most",
    "except",
    "zone",
    "choice",
    "from",
    "until",
    "period",
    "polarity",
    "label",
    "flag",
    "automatic",
    "versions",
];

/// The word, when it is one of these.
fn known(words: &[&str], value: &str) -> Option<String> {
    words.contains(&value).then(|| value.to_owned())
}

/// Puts a value in its place; whether there was one.
fn keep<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_read = value.is_some();
    if is_read {
        *place = value;
    }
    is_read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> (ResultsQuery, Vec<&'static str>) {
        ResultsQuery::read(pairs.iter().copied())
    }

    #[test]
    fn a_query_survives_the_address_bar() {
        let pairs = [
            ("question", "nps"),
            ("channel", "email"),
            ("channel", "qr"),
            ("segment.regio", ""),
            ("account", "Fiets & Co <b>"),
            ("from", "2026-01-01"),
            ("until", "2026-03-31"),
            ("bucket", "week"),
            ("group", "segment.regio"),
            ("language", "nl"),
            ("except", "language"),
            ("least", "0"),
            ("most", "6"),
            ("zone", "low"),
            ("search", "te laat"),
            ("theme", "delivery"),
            ("tone", "-1"),
            ("polarity", "negative"),
            ("label", "needs_reply"),
            ("flag", "too_fast"),
            ("automatic", "include"),
        ];
        let (query, refused) = read(&pairs);
        assert!(refused.is_empty());
        let printed = query.pairs();
        let again = ResultsQuery::read(printed.iter().map(|(n, v)| (n.as_str(), v.as_str()))).0;
        assert_eq!(again, query);
        assert_eq!(printed.len(), pairs.len());
    }

    #[test]
    fn hostile_fields_are_left_out_and_named() {
        let long = "x".repeat(5_000);
        let (query, refused) = read(&[
            ("question", "'; drop table"),
            ("from", "99999-99-99"),
            ("until", "-9999-01-01"),
            ("bucket", "eon"),
            ("group", "segment.<script>"),
            ("channel", &long),
            ("language", "a\0b"),
            ("search", "\0\u{7}"),
            ("zone", "hell"),
            ("least", "low"),
            ("except", "everyone"),
            ("score", "1e9"),
            ("except", "theme"),
            ("polarity", "furious"),
            ("label", "' OR 1=1"),
            ("flag", "human"),
            ("automatic", "perhaps"),
            ("__proto__", "1"),
        ]);
        assert_eq!(query, ResultsQuery::default());
        assert_eq!(
            refused,
            [
                "question",
                "from",
                "until",
                "bucket",
                "group",
                "zone",
                "least",
                "except",
                "score",
                "except",
                "polarity",
                "label",
                "flag",
                "automatic",
            ]
        );
    }
}
