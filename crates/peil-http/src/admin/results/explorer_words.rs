//! Names and numbers of what is explored.

use peil_app::results::{
    ExploreColumn, ExploreGroup, ExploreMeasure, ExploreSubject, Explored, Figure, MINIMUM_PEOPLE,
    Shown, measure_code,
};
use peil_domain::{
    response::OTHER,
    survey::{Metric, Question, QuestionKind},
};

use super::{
    tiles::counted,
    words::{
        bounds_of, dimension_name, format_of, metric_name, question_name, range_name, reading_of,
        step_names, value_name,
    },
};
use crate::{
    charts::{Bounds, Interval, Known, Reading, ValueFormat},
    edge::text::Text,
};

/// Writes the figures of one exploration.
pub(super) struct Writer<'a> {
    pub(super) t: Text,
    pub(super) found: &'a Explored,
}

impl Writer<'_> {
    /// Short name of the measure.
    pub(super) fn measure(&self) -> String {
        let query = &self.found.query.results;
        let range = range_name(self.t, query.least, query.most);
        let range = range.filter(|_| self.found.subject.scale.is_some());
        subject_name(self.t, &self.found.subject, range)
    }

    /// How values are written.
    pub(super) fn format(&self) -> ValueFormat {
        let t = self.t;
        match (self.found.subject.measure, &self.found.subject.scale) {
            (ExploreMeasure::Score(_), Some(scale)) => format_of(t, scale),
            (measure, _) => ValueFormat {
                numbers: t.numbers(),
                decimals: 0,
                shows_plus: false,
                suffix: if measure == ExploreMeasure::Option {
                    "%".to_owned()
                } else {
                    String::new()
                },
            },
        }
    }

    /// The whole scale, where there is one.
    pub(super) fn bounds(&self) -> Bounds {
        match (self.found.subject.measure, &self.found.subject.scale) {
            (ExploreMeasure::Score(_), Some(scale)) => bounds_of(scale),
            (ExploreMeasure::Option, _) => Bounds {
                low: 0.0,
                high: 100.0,
            },
            _ => Bounds {
                low: 0.0,
                high: f64::from(u32::MAX),
            },
        }
    }

    /// A value in the unit in which it is written: shares become percentages.
    pub(super) fn unit(&self, value: f64) -> f64 {
        match self.found.subject.measure {
            ExploreMeasure::Option | ExploreMeasure::Score(Metric::TopBox) => value * 100.0,
            _ => value,
        }
    }

    /// A figure as charts take it.
    pub(super) fn reading(&self, figure: &Figure) -> Reading {
        match (self.found.subject.measure, &self.found.subject.scale) {
            (ExploreMeasure::Score(_), Some(scale)) => reading_of(scale, figure),
            (measure, _) => match figure {
                Figure::Shown(shown) => Reading::Known(Known {
                    value: self.unit(shown.value),
                    interval: (measure == ExploreMeasure::Option).then(|| Interval {
                        low: self.unit(shown.low),
                        high: self.unit(shown.high),
                    }),
                    n: shown.people,
                    is_uncertain: shown.is_uncertain,
                }),
                Figure::Hidden => Reading::TooFew,
                Figure::None => Reading::Absent,
            },
        }
    }

    /// A value as it is written.
    pub(super) fn value(&self, shown: &Shown) -> String {
        self.format().value(self.unit(shown.value))
    }

    /// Both ends of the interval; nothing for what is simply counted.
    pub(super) fn interval(&self, shown: &Shown) -> Option<String> {
        (!self.interval_is_none()).then(|| {
            self.format().interval(Interval {
                low: self.unit(shown.low),
                high: self.unit(shown.high),
            })
        })
    }

    /// Whether there is no interval, since nothing is estimated.
    pub(super) fn interval_is_none(&self) -> bool {
        self.found.subject.measure == ExploreMeasure::Count
    }

    /// Number of answers, and of people when they are fewer.
    pub(super) fn people(&self, shown: &Shown) -> String {
        counted(self.t, shown.n, shown.people)
    }

    /// A figure with all that belongs to it, in one sentence.
    pub(super) fn sentence(&self, figure: &Figure) -> String {
        let t = self.t;
        match figure {
            Figure::Hidden => t.a("results-hidden-why", &[("n", MINIMUM_PEOPLE.into())]),
            Figure::None => t.s("results-no-answers"),
            Figure::Shown(shown) => {
                let people = self.people(shown);
                if self.found.subject.measure == ExploreMeasure::Count {
                    let is_all = self.found.query.results.least.is_none()
                        && self.found.query.results.most.is_none();
                    return if is_all { people } else { self.value(shown) };
                }
                let end = |value: f64| self.format().value(self.unit(value)).into();
                let ends = [("low", end(shown.low)), ("high", end(shown.high))];
                let interval = t.a(
                    if shown.is_uncertain {
                        "results-interval-uncertain"
                    } else {
                        "results-interval-words"
                    },
                    &ends,
                );
                format!("{} · {interval} · {people}", self.value(shown))
            }
        }
    }

    /// A group in words.
    pub(super) fn row_name(&self, group: &ExploreGroup) -> String {
        let by = self.found.query.results.group.as_ref();
        by.map_or_else(
            || group.value.clone(),
            |by| value_name(self.t, by, &group.value, group.name.as_deref()),
        )
    }

    /// Full and short name of a column.
    pub(super) fn column_names(&self, column: &ExploreColumn) -> (String, String) {
        match (column, &self.found.query.second) {
            (ExploreColumn::Group(group), Some(second)) => {
                let name = value_name(self.t, second, &group.value, group.name.as_deref());
                (name.clone(), name)
            }
            (ExploreColumn::Group(group), None) => (group.value.clone(), group.value.clone()),
            (ExploreColumn::Step(first, _), _) => {
                let start = self.found.step.start(*first);
                step_names(self.t, self.found.step, start)
            }
        }
    }

    /// Name of the property of the rows; that of everyone when there is none.
    pub(super) fn by(&self) -> String {
        let by = self.found.query.results.group.as_ref();
        by.map_or_else(|| self.t.s("results-everyone"), |by| self.property(by))
    }

    /// Name of a property.
    pub(super) fn property(&self, dimension: &peil_app::results::Dimension) -> String {
        let known = &self.found.dimensions;
        let known = known.iter().find(|known| known.dimension == *dimension);
        let name = known.and_then(|known| known.name.as_deref());
        dimension_name(self.t, dimension, name)
    }

    /// What the picture shows, in a few words.
    pub(super) fn title(&self) -> String {
        let measure = ("measure", self.measure().into());
        let by = ("by", self.by().into());
        match (&self.found.query.results.group, &self.found.query.second) {
            (Some(_), Some(second)) => {
                let second = ("second", self.property(second).into());
                self.t.a("explorer-title-both", &[measure, by, second])
            }
            (Some(_), None) => self.t.a("explorer-title-by", &[measure, by]),
            (None, Some(second)) => {
                let by = ("by", self.property(second).into());
                self.t.a("explorer-title-by", &[measure, by])
            }
            (None, None) => self.measure(),
        }
    }
}

/// Short name of what is measured; `range` when it is of some scores only.
pub(super) fn subject_name(t: Text, subject: &ExploreSubject, range: Option<String>) -> String {
    let of_range = |key: &str, range: String| t.a(key, &[("range", range.into())]);
    match (subject.measure, &subject.question, range) {
        (ExploreMeasure::Count, _, None) => t.s("explorer-count"),
        (ExploreMeasure::Count, _, Some(range)) => of_range("explorer-count-range", range),
        (ExploreMeasure::Option, Some(question), _) => {
            let option = subject.option.as_ref();
            let option = option.map(|option| option_name(t, question, option.as_str()));
            let option = option.unwrap_or_default();
            t.a("explorer-option", &[("option", option.into())])
        }
        (ExploreMeasure::Score(Metric::TopBox), _, Some(range)) => {
            of_range("explorer-share-range", range)
        }
        (ExploreMeasure::Score(metric), Some(question), _) => {
            let own = question.kind.scale().map(|scale| scale.metric);
            if own == Some(metric) {
                metric_name(t, &question.kind)
            } else {
                t.s(&format!("compare-measure-{}", measure_code(metric)))
            }
        }
        (ExploreMeasure::Score(metric), None, _) => {
            t.s(&format!("compare-measure-{}", measure_code(metric)))
        }
        (ExploreMeasure::Option, None, _) => t.s("results-option"),
    }
}

/// What is measured, with the question that it is about.
pub(super) fn subject_label(t: Text, subject: &ExploreSubject) -> String {
    let name = subject_name(t, subject, None);
    let question = subject.question.as_ref();
    match question.filter(|_| subject.measure != ExploreMeasure::Count) {
        Some(question) => format!("{name} · {}", question_name(t, question)),
        None => name,
    }
}

fn option_name(t: Text, question: &Question, code: &str) -> String {
    let QuestionKind::Choice { options, .. } = &question.kind else {
        return code.to_owned();
    };
    match options.iter().find(|option| option.code.as_str() == code) {
        Some(option) => option.label.get(t.language).to_owned(),
        None if code == OTHER => t.s("results-other"),
        None => t.a("results-old-option", &[("code", code.into())]),
    }
}
