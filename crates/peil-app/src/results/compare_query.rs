//! Which groups are compared by what, and how that is written in an address.

use peil_domain::{
    shared::Period,
    survey::{Direction, Metric, Question, ScoreScale},
};
use peil_store::results::Dimension;

use super::{ResultsQuery, bucket_code, dimension_code, dimension_of};

/// Most groups in one comparison: more pairs than of these nobody reads.
pub const MOST_COMPARED: usize = 12;

/// Longest name of a group in characters.
const LONGEST: usize = 200;

/// What tells the groups apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupBy {
    /// A property of the answers.
    Property(Dimension),
    /// When they were given, in periods of this length.
    Periods(Period),
}

impl GroupBy {
    /// Lengths of periods that can be compared, the shortest first.
    pub const PERIODS: [Period; 4] = [Period::Week, Period::Month, Period::Quarter, Period::Year];

    /// As a stable word: `channel`, `segment.region`, `quarter`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Property(dimension) => dimension_code(dimension),
            Self::Periods(period) => bucket_code(*period).to_owned(),
        }
    }

    /// What this word stands for, if anything.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let period = Self::PERIODS
            .into_iter()
            .find(|period| bucket_code(*period) == word);
        period
            .map(Self::Periods)
            .or_else(|| dimension_of(word).map(Self::Property))
    }
}

/// The measure as a stable word.
#[must_use]
pub const fn measure_code(metric: Metric) -> &'static str {
    match metric {
        Metric::Nps => "nps",
        Metric::TopBox => "share",
        Metric::Mean => "mean",
    }
}

/// The measure that this word stands for, if any.
pub(super) fn measure_of(word: &str) -> Option<Metric> {
    [Metric::Nps, Metric::TopBox, Metric::Mean]
        .into_iter()
        .find(|metric| measure_code(*metric) == word)
}

/// The measures that can be made of a question, its own first.
#[must_use]
pub fn measures_of(question: &Question) -> Vec<Metric> {
    let Some(scale) = question.kind.scale() else {
        return Vec::new();
    };
    let can_be = |metric: &Metric| match metric {
        Metric::Nps => false,
        // The highest scores are the best ones, and two scores have only one share.
        Metric::TopBox => scale.direction == Direction::HigherIsBetter,
        Metric::Mean => scale.max - scale.min > 1,
    };
    let others = [Metric::TopBox, Metric::Mean].into_iter().filter(can_be);
    let others = others.filter(|metric| *metric != scale.metric);
    std::iter::once(scale.metric).chain(others).collect()
}

/// A comparison that is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompareQuery {
    /// Question and answers that are meant.
    pub results: ResultsQuery,
    /// What tells the groups apart; chosen when absent.
    pub by: Option<GroupBy>,
    /// The groups: values of the property, the empty text for "not known"; first days of periods.
    /// Chosen when there are none.
    pub picks: Vec<String>,
    /// The measure; that of the question when absent or impossible.
    pub measure: Option<Metric>,
}

impl CompareQuery {
    /// Reads the fields of an address; the names of those that cannot be read come along.
    #[must_use]
    pub fn read<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<&'static str>) {
        let pairs: Vec<_> = pairs.into_iter().collect();
        let (results, mut refused) = ResultsQuery::read(pairs.iter().copied());
        let mut query = Self {
            results: results.figures_only(),
            ..Self::default()
        };
        for (name, value) in pairs {
            let value = value.trim();
            match name {
                "by" if !value.is_empty() => match GroupBy::of(value) {
                    Some(by) => query.by = Some(by),
                    None => refused.push("by"),
                },
                "measure" if !value.is_empty() => match measure_of(value) {
                    Some(measure) => query.measure = Some(measure),
                    None => refused.push("measure"),
                },
                "pick" => query.pick(value),
                _ => {}
            }
        }
        (query, refused)
    }

    /// Adds a group; what is too much or can be no group is left out.
    fn pick(&mut self, value: &str) {
        let is_odd = value.chars().count() > LONGEST || value.chars().any(char::is_control);
        let is_known = self.picks.iter().any(|known| known == value);
        if !is_odd && !is_known && self.picks.len() < MOST_COMPARED {
            self.picks.push(value.to_owned());
        }
    }

    /// The fields of an address that lead to the same comparison.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = self.results.pairs();
        let mut put = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if let Some(by) = &self.by {
            put("by", by.code());
        }
        if let Some(measure) = self.measure {
            put("measure", measure_code(measure).to_owned());
        }
        for pick in &self.picks {
            put("pick", pick.clone());
        }
        pairs
    }

    /// The scale of a question with the measure that is asked, if it can be made.
    pub(super) fn scale(&self, question: &Question) -> Option<ScoreScale> {
        let scale = question.kind.scale()?;
        let wanted = self
            .measure
            .filter(|measure| measures_of(question).contains(measure));
        Some(ScoreScale {
            metric: wanted.unwrap_or(scale.metric),
            ..scale
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_survives_the_address_bar() {
        let pairs = [
            ("question", "nps"),
            ("channel", "email"),
            ("by", "segment.regio"),
            ("measure", "mean"),
            ("pick", "Noord & Oost"),
            ("pick", ""),
        ];
        let (query, refused) = CompareQuery::read(pairs);
        assert!(refused.is_empty());
        assert_eq!(query.picks, ["Noord & Oost", ""]);
        let printed = query.pairs();
        let again = CompareQuery::read(printed.iter().map(|(n, v)| (n.as_str(), v.as_str()))).0;
        assert_eq!(again, query);
    }

    #[test]
    fn hostile_fields_are_left_out_and_named() {
        let many: Vec<String> = (0..50).map(|n| n.to_string()).collect();
        let picks = many.iter().map(|n| ("pick", n.as_str()));
        let odd = [("by", "<script>"), ("measure", "mood"), ("pick", "a\0b")];
        let (query, refused) = CompareQuery::read(odd.into_iter().chain(picks));
        assert_eq!(refused, ["by", "measure"]);
        assert_eq!((query.by, query.picks.len()), (None, MOST_COMPARED));
    }
}
