//! What is explored, and how that is written in an address.

use peil_domain::{
    shared::{Period, QuestionKey},
    survey::Metric,
};
use peil_store::results::Dimension;

use super::{
    ResultsQuery, bucket_code,
    compare_query::{measure_code, measure_of},
    dimension_code, dimension_of,
};

/// Longest text that groups are looked for by, in characters.
const LONGEST: usize = 200;

/// A figure that can be explored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExploreMeasure {
    /// Number of submissions; with a range of scores, of answers in it.
    Count,
    /// The scores on a question, summed up. The share is of the best scores; with a range of scores,
    /// of answers in it.
    Score(Metric),
    /// How often an option of a choice question was chosen.
    Option,
}

impl ExploreMeasure {
    /// The measure as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Score(metric) => measure_code(metric),
            Self::Option => "option",
        }
    }

    /// The measure that this word stands for, if any.
    fn of(word: &str) -> Option<Self> {
        match word {
            "count" => Some(Self::Count),
            "option" => Some(Self::Option),
            other => measure_of(other).map(Self::Score),
        }
    }
}

/// How the same figures are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ExploreView {
    /// Groups by groups, or by periods.
    #[default]
    Heat,
    /// Groups under each other, best first.
    Ladder,
    /// Groups through time.
    Trend,
}

impl ExploreView {
    /// Every way of looking.
    pub const ALL: [Self; 3] = [Self::Heat, Self::Ladder, Self::Trend];

    /// The view as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Heat => "heat",
            Self::Ladder => "ladder",
            Self::Trend => "trend",
        }
    }
}

/// Which figures, of which answers, apart by what, and how they are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExploreQuery {
    /// Question, answers that are meant, and the property of the groups.
    pub results: ResultsQuery,
    /// The measure; that of the question when absent or impossible.
    pub measure: Option<ExploreMeasure>,
    /// Whether there are no groups; else they are chosen when none are asked.
    pub is_ungrouped: bool,
    /// The property of the groups beside each other.
    pub second: Option<Dimension>,
    /// Length of the periods; a month when absent.
    pub step: Option<Period>,
    /// How it is looked at.
    pub view: ExploreView,
    /// Part of the names of the groups that are shown, whatever the case.
    pub find: Option<String>,
}

impl ExploreQuery {
    /// Lengths of periods, the shortest first.
    pub const STEPS: [Period; 5] = [
        Period::Day,
        Period::Week,
        Period::Month,
        Period::Quarter,
        Period::Year,
    ];

    /// Reads the fields of an address; the names of those that cannot be read come along.
    ///
    /// `what` names question, measure and option in one word, as the form on the page does:
    /// `nps:mean`, `why:option:price`, `:count`.
    #[must_use]
    pub fn read<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<&'static str>) {
        let pairs: Vec<_> = pairs.into_iter().collect();
        let is_nothing = |(name, value): &(&str, &str)| *name == "group" && *value == "none";
        let of_results = pairs.iter().filter(|pair| !is_nothing(pair));
        let (results, mut refused) = ResultsQuery::read(of_results.copied());
        let mut query = Self {
            is_ungrouped: results.group.is_none() && pairs.iter().any(is_nothing),
            results: ResultsQuery {
                least: results.least,
                most: results.most,
                choice: results.choice.clone(),
                ..results.figures_only()
            },
            ..Self::default()
        };
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match name {
                "what" => query.read_what(value),
                "measure" => {
                    query.measure = told(ExploreMeasure::of(value), "measure", &mut refused);
                }
                "second" => query.second = told(dimension_of(value), "second", &mut refused),
                "step" => {
                    let mut steps = Self::STEPS.into_iter();
                    let step = steps.find(|step| bucket_code(*step) == value);
                    query.step = told(step, "step", &mut refused);
                }
                "view" => {
                    let mut views = ExploreView::ALL.into_iter();
                    let view = views.find(|view| view.code() == value);
                    query.view = told(view, "view", &mut refused).unwrap_or_default();
                }
                "find" => {
                    let clean = value.chars().filter(|c| !c.is_control()).take(LONGEST);
                    let clean: String = clean.collect();
                    query.find = Some(clean).filter(|text| !text.trim().is_empty());
                }
                _ => query.read_typed(name, value),
            }
        }
        (query, refused)
    }

    /// Reads question, measure and option out of one word.
    fn read_what(&mut self, word: &str) {
        let mut parts = word.splitn(3, ':');
        let key = |part: Option<&str>| part.and_then(|part| part.parse::<QuestionKey>().ok());
        if let Some(question) = key(parts.next()) {
            self.results.question = Some(question);
        }
        self.measure = parts.next().and_then(ExploreMeasure::of);
        self.results.choice = key(parts.next());
    }

    /// Reads a value that was typed because it is not among the ones to tick: `add.channel`.
    fn read_typed(&mut self, name: &str, value: &str) {
        let Some(dimension) = name.strip_prefix("add.").and_then(dimension_of) else {
            return;
        };
        let excluded = &mut self.results.excluded;
        let known = excluded.iter_mut().find(|(known, _)| *known == dimension);
        match known {
            Some((_, values)) if !values.iter().any(|known| known == value) => {
                values.push(value.to_owned());
            }
            Some(_) => {}
            None => self.results.add_filter(dimension, value),
        }
    }

    /// The fields of an address that lead to the same figures.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = self.results.pairs();
        let mut put = |name: &str, value: Option<String>| {
            pairs.extend(value.map(|value| (name.to_owned(), value)));
        };
        put(
            "measure",
            self.measure.map(|measure| measure.code().to_owned()),
        );
        let is_ungrouped = self.is_ungrouped && self.results.group.is_none();
        put("group", is_ungrouped.then(|| "none".to_owned()));
        put("second", self.second.as_ref().map(dimension_code));
        put("step", self.step.map(|step| bucket_code(step).to_owned()));
        let is_usual = self.view == ExploreView::default();
        put("view", (!is_usual).then(|| self.view.code().to_owned()));
        put("find", self.find.clone());
        pairs
    }

    /// Every property that is asked, in whatever way.
    pub(super) fn properties(&self) -> impl Iterator<Item = &Dimension> {
        let selected = self.results.filters.iter().chain(&self.results.excluded);
        let selected = selected.map(|(dimension, _)| dimension);
        selected.chain(&self.results.group).chain(&self.second)
    }

    /// Whether a score is in the range that is asked; nothing when there is no range.
    pub(super) fn range(&self) -> Option<impl Fn(i32) -> bool + use<>> {
        let (least, most) = (self.results.least, self.results.most);
        let holds = move |score: i32| {
            least.is_none_or(|least| score >= least) && most.is_none_or(|most| score <= most)
        };
        (least.is_some() || most.is_some()).then_some(holds)
    }
}

/// The value; when there is none, its field is refused.
fn told<T>(value: Option<T>, field: &'static str, refused: &mut Vec<&'static str>) -> Option<T> {
    if value.is_none() {
        refused.push(field);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> (ExploreQuery, Vec<&'static str>) {
        ExploreQuery::read(pairs.iter().copied())
    }

    #[test]
    fn an_exploration_survives_the_address_bar() {
        let pairs = [
            ("question", "nps"),
            ("channel", "email"),
            ("except", "channel"),
            ("segment.regio", "Noord & Oost"),
            ("period", "this-year"),
            ("group", "segment.regio"),
            ("least", "0"),
            ("most", "6"),
            ("choice", "prijs"),
            ("measure", "share"),
            ("second", "language"),
            ("step", "day"),
            ("view", "trend"),
            ("find", "Noord"),
        ];
        let (query, refused) = read(&pairs);
        assert!(refused.is_empty());
        let printed = query.pairs();
        assert_eq!(printed.len(), pairs.len());
        let again = ExploreQuery::read(printed.iter().map(|(n, v)| (n.as_str(), v.as_str()))).0;
        assert_eq!(again, query);
        let (ungrouped, _) = read(&[("group", "none")]);
        assert!(ungrouped.is_ungrouped);
        assert_eq!(ungrouped.pairs(), [("group".to_owned(), "none".to_owned())]);
    }

    #[test]
    fn one_word_names_question_measure_and_option() {
        let (query, _) = read(&[("question", "nps"), ("what", "why:option:price")]);
        assert_eq!(query.measure, Some(ExploreMeasure::Option));
        let named = (query.results.question, query.results.choice);
        assert_eq!(named, ("why".parse().ok(), "price".parse().ok()));
        let (query, _) = read(&[("question", "nps"), ("what", ":count")]);
        assert_eq!(query.results.question, "nps".parse().ok());
        assert_eq!(query.measure, Some(ExploreMeasure::Count));
    }

    #[test]
    fn a_typed_value_joins_those_that_were_ticked() {
        let (query, _) = read(&[
            ("channel", "qr"),
            ("add.channel", "email"),
            ("add.language", " "),
        ]);
        let values = vec!["qr".to_owned(), "email".to_owned()];
        assert_eq!(
            query.results.filters,
            [(Dimension::Channel, values.clone())]
        );
        let (query, _) = read(&[
            ("channel", "qr"),
            ("add.channel", "email"),
            ("except", "channel"),
        ]);
        assert_eq!(query.results.excluded, [(Dimension::Channel, values)]);
    }

    #[test]
    fn hostile_fields_are_left_out_and_named() {
        let (query, refused) = read(&[
            ("what", "<script>:::"),
            ("measure", "mood"),
            ("second", "segment.<b>"),
            ("step", "eon"),
            ("view", "crystal"),
            ("find", "\0\u{7}"),
            ("add.mood", "x"),
        ]);
        assert_eq!(query, ExploreQuery::default());
        assert_eq!(refused, ["measure", "second", "step", "view"]);
    }
}
