//! How many answers are needed: what is asked, and how that is written in an address.

use peil_domain::{shared::Slug, survey::Metric};

use super::{compare_query::measure_of, measure_code};

/// The largest customer base.
const MOST_PEOPLE: u64 = 1_000_000_000;

/// What the answers are for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SampleAim {
    /// A figure that is sure to within a margin.
    #[default]
    Margin,
    /// Seeing a difference of this size between two groups or periods.
    Difference,
    /// Seeing that a figure went from what it is now to a goal.
    Goal,
}

impl SampleAim {
    /// Every aim.
    pub const ALL: [Self; 3] = [Self::Margin, Self::Difference, Self::Goal];

    /// The aim as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Margin => "margin",
            Self::Difference => "difference",
            Self::Goal => "goal",
        }
    }
}

/// What is asked. Points for NPS, percent for a share, units of the scale for a mean.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SampleQuery {
    /// The questionnaire whose own figures are taken where nothing is given.
    pub survey: Option<Slug>,
    /// Whether a questionnaire, or none, was chosen; else the one with most answers is taken.
    pub has_chosen: bool,
    /// The measure.
    pub measure: Option<Metric>,
    /// What the answers are for.
    pub aim: SampleAim,
    /// The margin, the difference, or the goal.
    pub size: Option<f64>,
    /// The figure that is expected, or as it is now.
    pub now: Option<f64>,
    /// Passives in percent for NPS; the standard deviation for a mean.
    pub spread: Option<f64>,
    /// The response rate that is expected, in percent.
    pub rate: Option<f64>,
    /// How many customers there are in all.
    pub population: Option<u64>,
}

impl SampleQuery {
    /// Reads the fields of an address; the names of those that cannot be read, or are out of range,
    /// come along.
    #[must_use]
    pub fn read<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<&'static str>) {
        let mut query = Self::default();
        let mut refused = Vec::new();
        let pairs: Vec<(&str, &str)> = pairs
            .into_iter()
            .map(|(name, value)| (name, value.trim()))
            .inspect(|(name, _)| query.has_chosen |= *name == "survey")
            .filter(|(_, value)| !value.is_empty())
            .collect();
        for (name, value) in pairs.iter().copied() {
            let number = || {
                value
                    .replace(',', ".")
                    .parse()
                    .ok()
                    .filter(|n: &f64| n.is_finite())
            };
            let (field, is_read) = match name {
                "survey" => ("survey", put(&mut query.survey, value.parse().ok())),
                "measure" => ("measure", put(&mut query.measure, measure_of(value))),
                "aim" => {
                    let aim = SampleAim::ALL.into_iter().find(|aim| aim.code() == value);
                    query.aim = aim.unwrap_or_default();
                    ("aim", aim.is_some())
                }
                "size" => ("size", put(&mut query.size, number())),
                "now" => ("now", put(&mut query.now, number())),
                "spread" => ("spread", put(&mut query.spread, number())),
                "rate" => ("rate", put(&mut query.rate, number())),
                "population" => ("population", put(&mut query.population, value.parse().ok())),
                _ => continue,
            };
            if !is_read {
                refused.push(field);
            }
        }
        refused.extend(query.out_of_range());
        (query, refused)
    }

    /// The fields of an address that lead to the same plan.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: Option<String>| {
            pairs.extend(value.map(|value| (name.to_owned(), value)));
        };
        let survey = self.survey.as_ref().map(ToString::to_string);
        put("survey", survey.or(self.has_chosen.then(String::new)));
        put(
            "measure",
            self.measure.map(|measure| measure_code(measure).to_owned()),
        );
        put("aim", Some(self.aim.code().to_owned()));
        for (name, number) in [
            ("size", self.size),
            ("now", self.now),
            ("spread", self.spread),
            ("rate", self.rate),
        ] {
            put(name, number.map(|number| number.to_string()));
        }
        put(
            "population",
            self.population.map(|people| people.to_string()),
        );
        pairs
    }

    /// The same without numbers, so that they are filled in anew.
    #[must_use]
    pub fn without_numbers(self) -> Self {
        Self {
            size: None,
            now: None,
            spread: None,
            rate: None,
            ..self
        }
    }

    /// Takes out numbers that mean nothing, and names their fields.
    fn out_of_range(&mut self) -> Vec<&'static str> {
        let (lowest, highest) = match self.measure.unwrap_or(Metric::Nps) {
            Metric::Nps => (-100.0, 100.0),
            Metric::TopBox => (0.0, 100.0),
            Metric::Mean => (-1000.0, 1000.0),
        };
        let smallest = match self.aim {
            SampleAim::Goal => lowest,
            // A hair of a margin asks for more answers than there are people.
            SampleAim::Margin | SampleAim::Difference => 0.01,
        };
        let mut refused = Vec::new();
        let mut keep = |place: &mut Option<f64>, field, low: f64, high: f64| {
            if place.is_some_and(|value| !(low..=high).contains(&value)) {
                *place = None;
                refused.push(field);
            }
        };
        keep(&mut self.size, "size", smallest, highest);
        keep(&mut self.now, "now", lowest, highest);
        let least = if self.measure == Some(Metric::Mean) {
            0.01
        } else {
            0.0
        };
        keep(&mut self.spread, "spread", least, 100.0);
        keep(&mut self.rate, "rate", 0.1, 100.0);
        if self
            .population
            .is_some_and(|people| !(1..=MOST_PEOPLE).contains(&people))
        {
            self.population = None;
            refused.push("population");
        }
        refused
    }
}

/// Puts a value in its place; whether there was one.
fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_read = value.is_some();
    if is_read {
        *place = value;
    }
    is_read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_survives_the_address_bar() {
        let pairs = [
            ("aim", "goal"),
            ("measure", "share"),
            ("size", "82,5"),
            ("rate", "12"),
        ];
        let (query, refused) = SampleQuery::read(pairs);
        assert!(refused.is_empty());
        assert_eq!((query.size, query.rate), (Some(82.5), Some(12.0)));
        let printed = query.pairs();
        let again = SampleQuery::read(printed.iter().map(|(n, v)| (n.as_str(), v.as_str()))).0;
        assert_eq!(again, query);
    }

    #[test]
    fn numbers_that_mean_nothing_are_named() {
        let odd = [
            ("size", "0"),
            ("now", "1e9"),
            ("rate", "NaN"),
            ("population", "-3"),
            ("aim", "glory"),
            ("spread", ""),
        ];
        let (query, mut refused) = SampleQuery::read(odd);
        refused.sort_unstable();
        assert_eq!(refused, ["aim", "now", "population", "rate", "size"]);
        assert_eq!(query, SampleQuery::default());
    }
}
