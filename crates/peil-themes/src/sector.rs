//! Packs of themes for a line of business, which come on top of the themes that everyone has. They are data: a new one
//! is a file and a row here.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::taxonomy::{Name, Taxonomy};

/// A line of business with themes of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sector {
    /// Sells goods over the internet.
    WebShop,
    /// Offers software over the internet.
    Saas,
    /// Hotels, restaurants, parks.
    Hospitality,
    /// Care and cure.
    Care,
    /// A municipality and its residents.
    Municipality,
    /// Supplies other businesses.
    B2b,
    /// Energy, water, telecommunication.
    Utilities,
}

struct Row {
    sector: Sector,
    code: &'static str,
    dutch: &'static str,
    english: &'static str,
    file: &'static str,
}

const ROWS: [Row; 7] = [
    Row {
        sector: Sector::WebShop,
        code: "web_shop",
        dutch: "Webwinkel",
        english: "Web shop",
        file: include_str!("../data/taxonomy/sectors/web_shop.txt"),
    },
    Row {
        sector: Sector::Saas,
        code: "saas",
        dutch: "Software als dienst",
        english: "Software as a service",
        file: include_str!("../data/taxonomy/sectors/saas.txt"),
    },
    Row {
        sector: Sector::Hospitality,
        code: "hospitality",
        dutch: "Horeca en verblijf",
        english: "Hospitality",
        file: include_str!("../data/taxonomy/sectors/hospitality.txt"),
    },
    Row {
        sector: Sector::Care,
        code: "care",
        dutch: "Zorg",
        english: "Care",
        file: include_str!("../data/taxonomy/sectors/care.txt"),
    },
    Row {
        sector: Sector::Municipality,
        code: "municipality",
        dutch: "Gemeente",
        english: "Municipality",
        file: include_str!("../data/taxonomy/sectors/municipality.txt"),
    },
    Row {
        sector: Sector::B2b,
        code: "b2b",
        dutch: "Zakelijke dienstverlening",
        english: "Business to business",
        file: include_str!("../data/taxonomy/sectors/b2b.txt"),
    },
    Row {
        sector: Sector::Utilities,
        code: "utilities",
        dutch: "Energie, water en telecom",
        english: "Utilities",
        file: include_str!("../data/taxonomy/sectors/utilities.txt"),
    },
];

impl Sector {
    /// All of them, in the order in which they are shown.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.sector)
    }

    /// Its name in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().map_or("", |row| row.code)
    }

    /// The sector of a name in files.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        ROWS.iter()
            .find(|row| row.code == code)
            .map(|row| row.sector)
    }

    /// Its names for people.
    #[must_use]
    pub fn names(self) -> Vec<Name> {
        let of = |row: &Row| {
            [
                (Language::Dutch, row.dutch),
                (Language::English, row.english),
            ]
        };
        self.row()
            .map(of)
            .into_iter()
            .flatten()
            .map(|(language, text)| Name {
                language,
                text: text.to_owned(),
            })
            .collect()
    }

    /// Its themes alone; a theme of the seed that it adds to has no name here.
    #[must_use]
    pub fn themes(self) -> Taxonomy {
        self.row()
            .and_then(|row| Taxonomy::parse(row.file).ok())
            .unwrap_or_default()
    }

    fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.sector == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Answer, Engine};

    #[test]
    fn every_pack_fits_on_the_seed_and_speaks_both_languages() {
        let seed = Taxonomy::seed();
        for sector in Sector::all() {
            let pack = Taxonomy::parse(sector.row().unwrap().file).unwrap();
            assert!(pack.number_of_parts() >= 7, "{sector:?}");
            assert_eq!(Sector::from_code(sector.code()), Some(sector));
            assert_eq!(sector.names().len(), 2);
            let together = Taxonomy::seed().with_sector(sector).unwrap();
            assert_eq!(
                together.number_of_parts(),
                seed.number_of_parts() + pack.number_of_parts()
            );
            for theme in &together.themes {
                assert_eq!(theme.names.len(), 2, "{sector:?} {}", theme.code);
            }
            for part in pack.themes.iter().flat_map(|theme| &theme.parts) {
                assert_eq!(
                    (part.names.len(), part.words.len()),
                    (2, 2),
                    "{}",
                    part.code
                );
                for words in &part.words {
                    assert!(
                        !words.strong.is_empty() && !words.weak.is_empty(),
                        "{}",
                        part.code
                    );
                    assert_eq!(words.examples.len(), 1, "{}", part.code);
                }
            }
        }
    }

    #[test]
    fn every_example_of_a_pack_is_read_as_its_theme() {
        let mut missed = Vec::new();
        for sector in Sector::all() {
            let engine = Engine::new(&Taxonomy::seed().with_sector(sector).unwrap());
            for theme in sector.themes().themes {
                for words in theme.parts.iter().flat_map(|part| &part.words) {
                    let example = words.examples.first().unwrap();
                    let answer = Answer {
                        text: example.clone(),
                        ..Answer::default()
                    };
                    let found = engine.analyse(&answer, Some(words.language)).themes;
                    if !found.contains(&theme.code) {
                        missed.push(format!("{example}: {found:?}, not {}", theme.code));
                    }
                }
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
    }
}
