//! What is compared and how answers are weighted, and how that is written in an address.

use peil_domain::shared::{QuestionKey, WaveId};

use super::{Dimension, dimension_code, dimension_of};

/// Most properties that are looked at together.
pub const MOST_PROPERTIES: usize = 6;
/// Most shares in one address.
const MOST_SHARES: usize = 200;
/// The heaviest weight, in times the mean, unless another one is asked.
const USUAL_BOUND: f64 = 5.0;
/// How a share stands in an address, before property and value.
const SHARE: &str = "share.";

/// What the answers are made to resemble.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Population {
    /// Everyone who was invited.
    #[default]
    Invited,
    /// Everyone in the address book.
    AddressBook,
    /// Shares that were typed.
    Typed,
}

impl Population {
    /// Every population.
    pub const ALL: [Self; 3] = [Self::Invited, Self::AddressBook, Self::Typed];

    /// The population as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::AddressBook => "contacts",
            Self::Typed => "typed",
        }
    }
}

/// A share of the population that was typed, in percent.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedShare {
    /// The property.
    pub dimension: Dimension,
    /// The value; empty for "not known".
    pub value: String,
    /// Its share, in percent.
    pub percent: f64,
}

/// What is asked of those who were invited.
#[derive(Debug, Clone, PartialEq)]
pub struct RepresentationQuery {
    /// Only those invited in this wave.
    pub wave: Option<WaveId>,
    /// The question of which the weights are shown; the headline when absent.
    pub question: Option<QuestionKey>,
    /// Properties to compare by; chosen when there are none.
    pub properties: Vec<Dimension>,
    /// Properties to weight by; chosen when there are none.
    pub margins: Vec<Dimension>,
    /// What the answers are made to resemble.
    pub population: Population,
    /// The shares, for a typed population.
    pub shares: Vec<TypedShare>,
    /// The heaviest weight, in times the mean; absent when weights may be as heavy as they come.
    pub bound: Option<f64>,
}

impl Default for RepresentationQuery {
    fn default() -> Self {
        Self {
            wave: None,
            question: None,
            properties: Vec::new(),
            margins: Vec::new(),
            population: Population::Invited,
            shares: Vec::new(),
            bound: Some(USUAL_BOUND),
        }
    }
}

/// The property of contacts with this word.
fn property_of(word: &str) -> Option<Dimension> {
    dimension_of(word)
        .filter(|dimension| matches!(dimension, Dimension::Language | Dimension::Segment(_)))
}

/// The property and the value of which a field holds the share.
fn shared(name: &str) -> Option<(Dimension, String)> {
    let rest = name.strip_prefix(SHARE)?;
    let cut = match rest.strip_prefix("segment.") {
        Some(key) => key.find('.')? + "segment.".len(),
        None => rest.find('.')?,
    };
    let (word, value) = rest.split_at_checked(cut)?;
    let value = value.strip_prefix('.')?;
    Some((property_of(word)?, value.to_owned()))
}

/// The field that holds the share of a value.
#[must_use]
pub fn share_field(dimension: &Dimension, value: &str) -> String {
    format!("{SHARE}{}.{value}", dimension_code(dimension))
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim();
    text.replace(',', ".")
        .parse()
        .ok()
        .filter(|n: &f64| n.is_finite())
}

impl RepresentationQuery {
    /// Reads the fields of an address; the names of those that cannot be read come along.
    #[must_use]
    pub fn read<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<&'static str>) {
        let mut query = Self::default();
        let mut refused = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            let is_share = name.starts_with(SHARE);
            if value.is_empty() {
                continue;
            }
            let (field, is_read) = match name {
                "wave" => ("wave", put(&mut query.wave, value.parse().ok())),
                "question" => ("question", put(&mut query.question, value.parse().ok())),
                "property" => ("property", add(&mut query.properties, value)),
                "margin" => ("margin", add(&mut query.margins, value)),
                "population" => {
                    let known = Population::ALL.into_iter().find(|one| one.code() == value);
                    query.population = known.unwrap_or_default();
                    ("population", known.is_some())
                }
                "bound" if value == "none" => {
                    query.bound = None;
                    ("bound", true)
                }
                "bound" => {
                    let bound = number(value).filter(|bound| (1.1..=1_000.0).contains(bound));
                    query.bound = bound.or(Some(USUAL_BOUND));
                    ("bound", bound.is_some())
                }
                _ if is_share => ("share", query.add_share(name, value)),
                _ => continue,
            };
            if !is_read {
                refused.push(field);
            }
        }
        (query, refused)
    }

    fn add_share(&mut self, name: &str, text: &str) -> bool {
        let percent = number(text).filter(|percent| (0.0..=100.0).contains(percent));
        let (Some((dimension, value)), Some(percent)) = (shared(name), percent) else {
            return false;
        };
        let is_new = |known: &TypedShare| known.dimension != dimension || known.value != value;
        let has_room = self.shares.len() < MOST_SHARES && self.shares.iter().all(is_new);
        if has_room {
            self.shares.push(TypedShare {
                dimension,
                value,
                percent,
            });
        }
        has_room
    }

    /// The fields of an address that lead to the same page.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if let Some(wave) = self.wave {
            put("wave", wave.to_string());
        }
        if let Some(question) = &self.question {
            put("question", question.to_string());
        }
        for dimension in &self.properties {
            put("property", dimension_code(dimension));
        }
        for dimension in &self.margins {
            put("margin", dimension_code(dimension));
        }
        if self.population != Population::default() {
            put("population", self.population.code().to_owned());
        }
        for share in &self.shares {
            let name = share_field(&share.dimension, &share.value);
            put(&name, share.percent.to_string());
        }
        match self.bound {
            None => put("bound", "none".to_owned()),
            Some(bound) if (bound - USUAL_BOUND).abs() > f64::EPSILON => {
                put("bound", bound.to_string());
            }
            Some(_) => {}
        }
        pairs
    }
}

fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_read = value.is_some();
    *place = value.or(place.take());
    is_read
}

fn add(place: &mut Vec<Dimension>, word: &str) -> bool {
    match property_of(word) {
        Some(dimension) if place.contains(&dimension) => true,
        Some(dimension) if place.len() < MOST_PROPERTIES => {
            place.push(dimension);
            true
        }
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> (RepresentationQuery, Vec<&'static str>) {
        RepresentationQuery::read(pairs.iter().copied())
    }

    #[test]
    fn a_page_survives_the_address_bar() {
        let pairs = [
            ("property", "segment.regio"),
            ("property", "language"),
            ("margin", "segment.regio"),
            ("population", "typed"),
            ("share.segment.regio.Noord. & Oost", "62.5"),
            ("share.language.", "1"),
            ("bound", "2.5"),
        ];
        let (query, refused) = read(&pairs);
        assert!(refused.is_empty(), "{refused:?}");
        assert_eq!(query.shares[0].value, "Noord. & Oost");
        assert_eq!(query.shares[1].value, "");
        let printed = query.pairs();
        assert_eq!(printed.len(), pairs.len());
        let again =
            RepresentationQuery::read(printed.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        assert_eq!(again, (query, Vec::new()));
    }

    #[test]
    fn what_cannot_be_read_is_named_and_left_out() {
        let (query, refused) = read(&[
            ("wave", "1; drop"),
            ("property", "channel"),
            ("margin", "segment."),
            ("population", "everyone"),
            ("share.account.Acme", "5"),
            ("share.segment.regio", "5"),
            ("share.language.nl", "-1"),
            ("share.language.nl", "NaN"),
            ("bound", "0"),
        ]);
        assert_eq!(query, RepresentationQuery::default());
        assert_eq!(
            refused,
            [
                "wave",
                "property",
                "margin",
                "population",
                "share",
                "share",
                "share",
                "share",
                "bound"
            ]
        );
    }
}
