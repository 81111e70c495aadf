//! Which accounts, in which order, and how that is written in an address.

use std::cmp::Ordering;

use super::{AccountScore, ResultsQuery};

/// The order of a list of accounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AccountOrder {
    /// The lowest guess first.
    #[default]
    Worst,
    /// The highest guess first.
    Best,
    /// The most people first.
    People,
    /// By name.
    Name,
}

impl AccountOrder {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Worst, Self::Best, Self::People, Self::Name];

    /// The order as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Worst => "worst",
            Self::Best => "best",
            Self::People => "people",
            Self::Name => "name",
        }
    }

    /// What comes first among accounts.
    fn key(self, row: &AccountScore) -> f64 {
        match self {
            Self::Worst => row.rank(),
            Self::Best => -row.rank(),
            Self::People => -f64::from(u32::try_from(row.shown.people).unwrap_or(u32::MAX)),
            Self::Name => 0.0,
        }
    }
}

/// A place in a list of accounts: just behind the account with this key and name.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountPlace {
    key: f64,
    name: String,
}

impl AccountPlace {
    fn of(order: AccountOrder, row: &AccountScore) -> Self {
        Self {
            key: order.key(row),
            name: row.name.clone(),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (key, name) = text.split_once('~')?;
        let key: f64 = key.parse().ok()?;
        let is_plain = name.chars().count() <= 200 && !name.chars().any(char::is_control);
        (is_plain && key.is_finite()).then(|| Self {
            key,
            name: name.to_owned(),
        })
    }

    fn written(&self) -> String {
        format!("{}~{}", self.key, self.name)
    }

    fn compare(&self, other: &Self) -> Ordering {
        let folded = |place: &Self| place.name.to_lowercase();
        self.key
            .total_cmp(&other.key)
            .then_with(|| folded(self).cmp(&folded(other)))
            .then_with(|| self.name.cmp(&other.name))
    }
}

/// A list of accounts that is asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountsQuery {
    /// The question, and the answers that are meant.
    pub results: ResultsQuery,
    /// Part of the name, whatever the case.
    pub search: Option<String>,
    /// What comes first.
    pub order: AccountOrder,
    /// The place behind which the page begins; the first page when absent.
    pub after: Option<AccountPlace>,
}

/// One page of a list of accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountPage {
    /// The accounts.
    pub rows: Vec<AccountScore>,
    /// How many the whole list has.
    pub found: usize,
    /// Where the next page begins; absent on the last one.
    pub next: Option<String>,
}

impl AccountsQuery {
    /// Reads the fields of an address; the names of those that cannot be read come along.
    #[must_use]
    pub fn read<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<&'static str>) {
        let pairs: Vec<_> = pairs.into_iter().collect();
        let (results, mut refused) = ResultsQuery::read(pairs.iter().copied());
        let mut query = Self {
            search: results.search.clone(),
            results: results.figures_only(),
            ..Self::default()
        };
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            match name {
                "sort" => {
                    let mut orders = AccountOrder::ALL.into_iter();
                    match orders.find(|order| order.code() == value) {
                        Some(order) => query.order = order,
                        None => refused.push("sort"),
                    }
                }
                "after" => match AccountPlace::read(value) {
                    Some(place) => query.after = Some(place),
                    None => refused.push("after"),
                },
                _ => {}
            }
        }
        (query, refused)
    }

    /// The fields of an address that lead to the same list, from its first page.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = self.results.pairs();
        let search = self.search.clone();
        pairs.extend(search.map(|search| ("search".to_owned(), search)));
        if self.order != AccountOrder::default() {
            pairs.push(("sort".to_owned(), self.order.code().to_owned()));
        }
        pairs
    }

    /// The accounts that are asked, at most `limit`.
    pub(super) fn page(&self, scores: &[AccountScore], limit: usize) -> AccountPage {
        let wanted = self.search.as_ref().map(|search| search.to_lowercase());
        let is_found = |row: &&AccountScore| {
            let mut wanted = wanted.iter();
            wanted.all(|wanted| row.name.to_lowercase().contains(wanted))
        };
        let found = scores.iter().filter(is_found);
        let mut places: Vec<(AccountPlace, &AccountScore)> = found
            .map(|row| (AccountPlace::of(self.order, row), row))
            .collect();
        let found = places.len();
        places.sort_by(|one, other| one.0.compare(&other.0));
        if let Some(after) = &self.after {
            places.retain(|(place, _)| place.compare(after) == Ordering::Greater);
        }
        let is_more = places.len() > limit;
        places.truncate(limit);
        AccountPage {
            next: places
                .last()
                .filter(|_| is_more)
                .map(|(place, _)| place.written()),
            rows: places.into_iter().map(|(_, row)| row.clone()).collect(),
            found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Parts, Shown};

    fn score(name: &str, value: f64, people: u64) -> AccountScore {
        AccountScore {
            name: name.into(),
            shown: Shown {
                value,
                low: value,
                high: value,
                n: people,
                people,
                is_uncertain: false,
                parts: Parts::default(),
            },
            guess: None,
        }
    }

    fn query(pairs: &[(&str, &str)]) -> (AccountsQuery, Vec<&'static str>) {
        AccountsQuery::read(pairs.iter().copied())
    }

    #[test]
    fn pages_hold_every_account_once_whatever_the_order() {
        let scores: Vec<AccountScore> = (0..23_u8)
            .map(|n| score(&format!("Zaak {}~{n}", n % 7), f64::from(n % 3), 5))
            .collect();
        for order in AccountOrder::ALL {
            let mut names = Vec::new();
            let mut after = String::new();
            loop {
                let asked = query(&[("sort", order.code()), ("after", &after)]).0;
                let page = asked.page(&scores, 4);
                assert_eq!((page.found, asked.order), (23, order));
                names.extend(page.rows.into_iter().map(|row| row.name));
                match page.next {
                    Some(next) => after = next,
                    None => break,
                }
            }
            assert_eq!(names.len(), 23);
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), 23, "{order:?}");
        }
    }

    #[test]
    fn the_lowest_come_first_and_a_part_of_the_name_is_enough() {
        let scores = [
            score("Bakker", 40.0, 9),
            score("Smid", -20.0, 5),
            score("smidse", 10.0, 7),
        ];
        let page = query(&[("search", "SMID")]).0.page(&scores, 50);
        let names: Vec<_> = page.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(
            (names, page.found, page.next),
            (vec!["Smid", "smidse"], 2, None)
        );
        let largest = query(&[("sort", "people")]).0.page(&scores, 1);
        assert_eq!(largest.rows[0].name, "Bakker");
    }

    #[test]
    fn a_list_survives_the_address_bar_and_odd_fields_are_named() {
        let pairs = [
            ("question", "nps"),
            ("account", "A"),
            ("search", "x"),
            ("sort", "name"),
        ];
        let (asked, refused) = query(&pairs);
        assert_eq!((asked.pairs().len(), refused.len()), (4, 0));
        for after in ["x", "NaN~a", "1~\u{1}", "~"] {
            let (asked, refused) = query(&[("after", after), ("sort", "'; drop")]);
            assert_eq!(refused, ["after", "sort"]);
            assert_eq!(asked.after, None);
        }
    }
}
