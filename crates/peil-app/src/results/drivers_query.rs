//! What may drive which question, and how that is written in an address.

use peil_domain::shared::QuestionKey;

use super::ResultsQuery;

/// Most drivers in one analysis: every set of them is looked at.
pub const MOST_DRIVERS: usize = 12;

/// An analysis of drivers that is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DriversQuery {
    /// The outcome, and the answers that are meant.
    pub results: ResultsQuery,
    /// The drivers; chosen when there are none.
    pub drivers: Vec<QuestionKey>,
}

impl DriversQuery {
    /// Reads the fields of an address; the names of those that cannot be read come along.
    #[must_use]
    pub fn read<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<&'static str>) {
        let pairs: Vec<_> = pairs.into_iter().collect();
        let (results, mut refused) = ResultsQuery::read(pairs.iter().copied());
        let mut drivers: Vec<QuestionKey> = Vec::new();
        for (_, value) in pairs.into_iter().filter(|(name, _)| *name == "driver") {
            match value.trim().parse() {
                Ok(key) if drivers.contains(&key) => {}
                Ok(key) if drivers.len() < MOST_DRIVERS => drivers.push(key),
                Ok(_) | Err(_) => refused.push("driver"),
            }
        }
        let query = Self {
            results: results.figures_only(),
            drivers,
        };
        (query, refused)
    }

    /// The fields of an address that lead to the same analysis.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let drivers = self.drivers.iter();
        let drivers = drivers.map(|key| ("driver".to_owned(), key.to_string()));
        self.results.pairs().into_iter().chain(drivers).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_analysis_survives_the_address_bar_and_odd_drivers_are_named() {
        let pairs = [("question", "nps"), ("channel", "qr"), ("driver", "prijs")];
        let query = DriversQuery::read(pairs).0;
        let printed = query.pairs();
        assert_eq!(printed.len(), pairs.len());
        let again = DriversQuery::read(printed.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        assert_eq!(again, (query, Vec::new()));
        let (odd, refused) = DriversQuery::read([("driver", "'; drop"), ("driver", "")]);
        assert!(odd.drivers.is_empty());
        assert_eq!(refused, ["driver", "driver"]);
    }
}
