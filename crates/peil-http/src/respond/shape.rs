//! What the answers to a question look like.

use std::borrow::Cow;

use peil_domain::{
    response::{NOT_APPLICABLE, OTHER, RawAnswers},
    survey::{CesVersion, CsatLook, Question, QuestionKind},
};

use super::{
    fields::OTHER_SUFFIX,
    question::Around,
    rows::{cards, details, places},
};

/// Most choices of a slider that are shown as choices.
const MOST_STEPS: usize = 11;

/// What it looks like.
pub(super) enum Shape<'a> {
    /// Text without a question.
    Statement,
    /// Numbers in a row, with words at both ends.
    Scale {
        class: &'static str,
        options: Vec<Pick<'a>>,
        /// "Not applicable", beneath.
        apart: Option<Pick<'a>>,
        low: Cow<'a, str>,
        high: Cow<'a, str>,
    },
    /// Five faces with words.
    Faces(Vec<Pick<'a>>),
    /// Five stars with words.
    Stars(Vec<Pick<'a>>),
    /// Answers below each other.
    List {
        kind: &'static str,
        options: Vec<Pick<'a>>,
        other: Option<Other<'a>>,
    },
    /// One line.
    Line(Line<'a>),
    /// Room to write.
    Area(&'a str),
    /// Cards below each other, each with a question of its own.
    Cards(Vec<Card<'a>>),
    /// Lines below each other, each with a question of its own.
    Lines(Vec<(Line<'a>, Option<String>)>),
    /// A box to tick.
    Tick(bool),
}

/// One answer to choose.
pub(super) struct Pick<'a> {
    pub(super) value: Cow<'a, str>,
    pub(super) label: Cow<'a, str>,
    pub(super) is_chosen: bool,
    /// The condition, when it depends on answers on the same page.
    pub(super) condition: Option<String>,
}

/// "Other, namely ...".
pub(super) struct Other<'a> {
    pub(super) is_chosen: bool,
    pub(super) words: &'a str,
}

/// A line to write on.
pub(super) struct Line<'a> {
    pub(super) name: Cow<'a, str>,
    /// What is asked, where that is not the question itself.
    pub(super) label: Cow<'a, str>,
    pub(super) value: &'a str,
    pub(super) kind: &'static str,
    /// Which keys a phone offers.
    pub(super) keys: &'static str,
    /// What a browser may fill in.
    pub(super) fills: &'static str,
    pub(super) limits: Vec<(&'static str, String)>,
}

/// A row of a matrix.
pub(super) struct Card<'a> {
    pub(super) key: &'a str,
    pub(super) text: Cow<'a, str>,
    pub(super) options: Vec<Pick<'a>>,
    pub(super) problem: Option<String>,
}

/// The words from very dissatisfied to very satisfied.
const SATISFACTION: [&str; 5] = [
    "respond-csat-1",
    "respond-csat-2",
    "respond-csat-3",
    "respond-csat-4",
    "respond-csat-5",
];

/// What came along under one name.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) key: &'a str,
    pub(super) answers: &'a RawAnswers,
}

impl<'a> Given<'a> {
    fn has(&self, value: &str) -> bool {
        let values = self.answers.get(self.key).into_iter().flatten();
        values.map(|given| given.trim()).any(|given| given == value)
    }

    fn text(&self) -> &'a str {
        text_of(self.answers, self.key)
    }

    pub(super) fn pick(
        &self,
        value: impl Into<Cow<'a, str>>,
        label: impl Into<Cow<'a, str>>,
    ) -> Pick<'a> {
        let value = value.into();
        Pick {
            is_chosen: self.has(&value),
            label: label.into(),
            value,
            condition: None,
        }
    }
}

/// What was typed under a name.
pub(super) fn text_of<'a>(answers: &'a RawAnswers, name: &str) -> &'a str {
    let values = answers.get(name).into_iter().flatten();
    let mut typed = values.map(String::as_str);
    typed
        .find(|value| *value != NOT_APPLICABLE)
        .unwrap_or_default()
}

impl<'a> Shape<'a> {
    /// The shape of a question with what came along.
    pub(super) fn of(question: &'a Question, around: &Around<'a>) -> Self {
        let t = around.t;
        let given = Given {
            key: question.key.as_str(),
            answers: around.answers,
        };
        let apart = || {
            let is_offered = question.allows_not_applicable;
            is_offered.then(|| given.pick(NOT_APPLICABLE, t.s("respond-not-applicable")))
        };
        let ends = |low: &str, high: &str| (Cow::Owned(t.s(low)), Cow::Owned(t.s(high)));
        let numbers = |ends| scale(question, given, apart(), ends);
        match &question.kind {
            QuestionKind::Statement => Self::Statement,
            QuestionKind::Text { is_long: true } => Self::Area(given.text()),
            QuestionKind::Choice { .. } => list(question, given, apart(), around),
            QuestionKind::YesNo => {
                let both = [("1", "respond-yes"), ("0", "respond-no")];
                let picks = both.map(|(value, key)| given.pick(value, t.s(key)));
                radios(picks.into_iter().chain(apart()).collect())
            }
            QuestionKind::Csat { look } => {
                let words = (1..).zip(SATISFACTION);
                let picks =
                    words.map(|(score, key): (i32, _)| given.pick(score.to_string(), t.s(key)));
                let options = picks.chain(apart()).collect();
                match look {
                    // A sixth answer has no face and no star.
                    CsatLook::Smileys if !question.allows_not_applicable => Self::Faces(options),
                    CsatLook::Stars if !question.allows_not_applicable => Self::Stars(options),
                    _ => radios(options),
                }
            }
            QuestionKind::Nps => numbers(ends("respond-nps-low", "respond-nps-high")),
            QuestionKind::Mark => numbers(ends("respond-mark-low", "respond-mark-high")),
            QuestionKind::Ces {
                version: CesVersion::V2,
            } => numbers(ends("respond-ces-low", "respond-ces-high")),
            QuestionKind::Ces {
                version: CesVersion::V1,
            } => numbers(ends("respond-effort-low", "respond-effort-high")),
            QuestionKind::Rating {
                min,
                max,
                low_label,
                high_label,
                ..
            } => {
                let end = |score: &i32, label: &'a str| end_words(*score, around.say(label));
                let low = end(min, low_label.get(t.language));
                numbers((low, end(max, high_label.get(t.language))))
            }
            QuestionKind::Slider { .. } => slider(question, given, apart(), around),
            QuestionKind::Matrix { .. } => Self::Cards(cards(question, around)),
            QuestionKind::Ranking { .. } => Self::Lines(places(question, around)),
            QuestionKind::Contact { fields } => Self::Lines(details(question, fields, around)),
            QuestionKind::Consent => Self::Tick(given.has("1")),
            QuestionKind::Text { .. } | QuestionKind::Number { .. } | QuestionKind::Date { .. } => {
                Self::Line(line(question, given))
            }
        }
    }

    /// What is wrong with its rows: where, and in which row.
    pub(super) fn wrong(&self) -> Vec<(&str, &str)> {
        match self {
            Self::Cards(cards) => {
                let wrong = cards.iter().filter(|card| card.problem.is_some());
                wrong.map(|card| (card.key, &*card.text)).collect()
            }
            Self::Lines(lines) => {
                let wrong = lines.iter().filter(|(_, problem)| problem.is_some());
                wrong.map(|(line, _)| (&*line.name, &*line.label)).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn radios(options: Vec<Pick<'_>>) -> Shape<'_> {
    Shape::List {
        kind: "radio",
        options,
        other: None,
    }
}

fn end_words(score: i32, words: Cow<'_, str>) -> Cow<'_, str> {
    if words.is_empty() {
        return words;
    }
    format!("{score} = {words}").into()
}

fn scale<'a>(
    question: &'a Question,
    given: Given<'a>,
    apart: Option<Pick<'a>>,
    (low, high): (Cow<'a, str>, Cow<'a, str>),
) -> Shape<'a> {
    let step = match &question.kind {
        QuestionKind::Slider { step, .. } => usize::try_from(*step).unwrap_or(1).max(1),
        _ => 1,
    };
    let scores = question
        .kind
        .scale()
        .into_iter()
        .flat_map(|scale| scale.scores());
    let options: Vec<_> = scores
        .step_by(step)
        .map(|score| given.pick(score.to_string(), score.to_string()))
        .collect();
    // How the numbers break over two rows on a phone.
    let class = match options.len() {
        11.. => "scale n11",
        9 | 10 => "scale n10",
        7 | 8 => "scale n7",
        _ => "scale",
    };
    Shape::Scale {
        class,
        options,
        apart,
        low,
        high,
    }
}

/// A slider has no answer until it is touched, which a handle on a line cannot show: its steps are
/// choices when they are few, else a number is typed.
fn slider<'a>(
    question: &'a Question,
    given: Given<'a>,
    apart: Option<Pick<'a>>,
    around: &Around<'a>,
) -> Shape<'a> {
    let QuestionKind::Slider {
        min,
        max,
        step,
        low_label,
        high_label,
    } = &question.kind
    else {
        return Shape::Statement;
    };
    let steps = max.saturating_sub(*min).checked_div(*step).unwrap_or(0);
    if usize::try_from(steps).is_ok_and(|steps| steps < MOST_STEPS) {
        let language = around.t.language;
        let end = |score: i32, label: &'a str| end_words(score, around.say(label));
        let low = end(*min, low_label.get(language));
        let high = end(*max, high_label.get(language));
        return scale(question, given, apart, (low, high));
    }
    Shape::Line(line(question, given))
}

fn list<'a>(
    question: &'a Question,
    given: Given<'a>,
    apart: Option<Pick<'a>>,
    around: &Around<'a>,
) -> Shape<'a> {
    let QuestionKind::Choice {
        is_multiple,
        has_other,
        ..
    } = &question.kind
    else {
        return Shape::Statement;
    };
    let options = around.flow.options(question).into_iter();
    let picks = options.map(|option| Pick {
        condition: around.condition(option.what.show_if.as_ref()),
        ..given.pick(
            option.what.code.as_str(),
            around.say(option.what.label.get(around.t.language)),
        )
    });
    let other = has_other.then(|| Other {
        is_chosen: given.has(OTHER),
        words: text_of(given.answers, &format!("{}{OTHER_SUFFIX}", given.key)),
    });
    Shape::List {
        kind: if *is_multiple { "checkbox" } else { "radio" },
        options: picks.chain(apart).collect(),
        other,
    }
}

fn line<'a>(question: &'a Question, given: Given<'a>) -> Line<'a> {
    let plain = Line {
        name: given.key.into(),
        label: "".into(),
        value: given.text(),
        kind: "text",
        keys: "",
        fills: "",
        limits: Vec::new(),
    };
    match &question.kind {
        QuestionKind::Number { decimals, min, .. } => Line {
            // A phone's keys for numbers without decimals often have no minus sign.
            keys: match (decimals, min) {
                (0, Some(0..)) => "numeric",
                (_, Some(0..)) => "decimal",
                _ => "",
            },
            ..plain
        },
        QuestionKind::Slider { min, max, step, .. } => Line {
            kind: "number",
            limits: vec![
                ("min", min.to_string()),
                ("max", max.to_string()),
                ("step", step.to_string()),
            ],
            ..plain
        },
        QuestionKind::Date { earliest, latest } => {
            let limits = [("min", earliest), ("max", latest)];
            let known = limits.into_iter();
            Line {
                kind: "date",
                limits: known
                    .filter_map(|(name, day)| Some((name, day.as_ref()?.to_string())))
                    .collect(),
                ..plain
            }
        }
        _ => plain,
    }
}
