//! What conditions can be about: questions and their rows, calculated values and attributes of
//! customers, with their names for people and the values that each can have.

use peil_app::audience::AttributeUse;
use peil_domain::{
    audience::AttributeKind,
    response::OTHER,
    survey::{
        Calculation, Definition, Expression, Function, Item, QuestionKind, Reference, Source,
        Subject,
    },
};

use crate::{admin::survey::words, edge::text::Text};

/// The values that something can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Values {
    /// Scores of a scale, each with its words.
    Scores(Vec<(String, String)>),
    /// Any number.
    Number,
    /// One of these codes, each with its words.
    Pick(Vec<(String, String)>),
    /// Some of these codes, each with its words.
    PickMany(Vec<(String, String)>),
    /// Yes or no.
    Truth,
    /// A day.
    Day,
    /// Words.
    Words,
}

/// Something that conditions can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// What it is.
    pub(super) subject: Subject,
    /// Name in a menu.
    pub(super) name: String,
    /// Name inside a sentence.
    pub(super) phrase: String,
    /// The values that it can have.
    pub(super) values: Values,
    /// The place of its question among all questions, of what is answered.
    asked: Option<usize>,
}

/// Everything that the conditions of one questionnaire can be about.
pub(super) struct Subjects {
    t: Text,
    known: Vec<Known>,
    /// How many questions were asked when the condition is looked at.
    asked: usize,
}

impl Subjects {
    /// What a condition can be about that sees the first `asked` questions.
    pub(super) fn new(
        t: Text,
        draft: &Definition,
        attributes: &[AttributeUse],
        asked: usize,
    ) -> Self {
        let mut known = Vec::new();
        let is_single = |code: &str| {
            let same = draft
                .questions()
                .filter(|question| question.kind.code() == code);
            same.count() == 1
        };
        for (place, question) in draft.questions().enumerate() {
            for item in question.items() {
                let Some(values) = values_of(t, &item) else {
                    continue;
                };
                let text = words::short(item.text.get(t.language));
                let args = [("n", (place + 1).into()), ("text", text.as_str().into())];
                let name = t.a("survey-question-named", &args);
                let phrase = match question.kind.code() {
                    "nps" if is_single("nps") => t.s("logic-the-nps"),
                    "mark" if is_single("mark") => t.s("logic-the-mark"),
                    _ => t.a("logic-the-answer", &[("text", text.as_str().into())]),
                };
                let reference = Reference {
                    source: Source::Anywhere,
                    name: item.key.clone(),
                };
                let is_many = matches!(values, Values::PickMany(_));
                known.push(Known {
                    subject: Subject::Value(reference.clone()),
                    name: name.clone(),
                    phrase,
                    values,
                    asked: Some(place),
                });
                if is_many {
                    known.push(Known {
                        subject: Subject::Count(reference),
                        name: t.a("logic-count-named", &[("name", name.into())]),
                        phrase: t.a("logic-the-count", &[("text", text.into())]),
                        values: Values::Number,
                        asked: Some(place),
                    });
                }
            }
        }
        known.extend(draft.calculations.iter().map(|value| calculated(t, value)));
        known.extend(attributes.iter().map(|one| attribute(t, one)));
        Self { t, known, asked }
    }

    /// The reader's language.
    pub(super) const fn text(&self) -> Text {
        self.t
    }

    /// What a subject is known as; under its bare name when nobody knows it.
    pub(super) fn find(&self, subject: &Subject) -> Known {
        let found = self
            .known
            .iter()
            .find(|known| is_same(&known.subject, subject));
        match found {
            Some(known) => Known {
                subject: subject.clone(),
                ..known.clone()
            },
            None => Known {
                subject: subject.clone(),
                name: subject.to_string(),
                phrase: format!("‘{subject}’"),
                values: match subject {
                    Subject::Value(_) => Values::Words,
                    Subject::Count(_) => Values::Number,
                },
                asked: None,
            },
        }
    }

    /// What can be asked about here, in groups with a heading: answers, calculated values, attributes.
    pub(super) fn offered(&self) -> Vec<(String, Vec<&Known>)> {
        let of = |wanted: Source| {
            let is_wanted = move |known: &&Known| {
                let source = known.subject.reference().source;
                match known.asked {
                    Some(place) => wanted == Source::Answer && place < self.asked,
                    None => wanted == source,
                }
            };
            self.known.iter().filter(is_wanted).collect()
        };
        [
            (Source::Answer, "logic-group-answers"),
            (Source::Calculated, "logic-group-values"),
            (Source::Contact, "logic-group-attributes"),
        ]
        .into_iter()
        .map(|(source, heading)| (self.t.s(heading), of(source)))
        .filter(|(_, known): &(String, Vec<&Known>)| !known.is_empty())
        .collect()
    }

    /// What has a number and was answered before, for calculations.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &Known> {
        self.known.iter().filter(|known| {
            let is_number = matches!(known.values, Values::Scores(_) | Values::Number);
            is_number && known.asked.is_some() && matches!(known.subject, Subject::Value(_))
        })
    }
}

/// Whether a name that says not where to look leads to what is known.
fn is_same(known: &Subject, wanted: &Subject) -> bool {
    let is_alike = matches!(
        (known, wanted),
        (Subject::Value(_), Subject::Value(_)) | (Subject::Count(_), Subject::Count(_))
    );
    let (known, wanted) = (known.reference(), wanted.reference());
    let is_answer = known.source == Source::Anywhere;
    is_alike
        && known.name == wanted.name
        && match wanted.source {
            // The first that is found: questions stand before values, and these before attributes.
            Source::Anywhere => true,
            Source::Answer => is_answer,
            source => known.source == source,
        }
}

fn calculated(t: Text, value: &Calculation) -> Known {
    let is_text = match value.formula.expression() {
        Expression::Text(_) => true,
        Expression::Call(Function::If, parts) => {
            parts.iter().any(|part| matches!(part, Expression::Text(_)))
        }
        _ => false,
    };
    Known {
        subject: Subject::Value(Reference {
            source: Source::Calculated,
            name: value.key.clone(),
        }),
        name: value.key.to_string(),
        phrase: t.a("logic-the-value", &[("name", value.key.as_str().into())]),
        values: if is_text {
            Values::Words
        } else {
            Values::Number
        },
        asked: None,
    }
}

fn attribute(t: Text, one: &AttributeUse) -> Known {
    let attribute = &one.attribute;
    Known {
        subject: Subject::Value(Reference {
            source: Source::Contact,
            name: attribute.key.clone(),
        }),
        name: attribute.label.clone(),
        phrase: t.a(
            "logic-the-attribute",
            &[("name", attribute.label.as_str().into())],
        ),
        values: match attribute.kind {
            AttributeKind::Number => Values::Number,
            AttributeKind::Date => Values::Day,
            AttributeKind::Boolean => Values::Truth,
            AttributeKind::Choice if !one.values.is_empty() => Values::Pick(
                one.values
                    .iter()
                    .map(|(value, _)| (value.clone(), value.clone()))
                    .collect(),
            ),
            AttributeKind::Text | AttributeKind::Choice => Values::Words,
        },
        asked: None,
    }
}

/// The values that can be answered; nothing for what no condition can look at.
fn values_of(t: Text, item: &Item<'_>) -> Option<Values> {
    Some(match &item.question.kind {
        QuestionKind::YesNo | QuestionKind::Consent => Values::Truth,
        QuestionKind::Date { .. } => Values::Day,
        QuestionKind::Text { .. } => Values::Words,
        QuestionKind::Number { .. } | QuestionKind::Slider { .. } => Values::Number,
        QuestionKind::Choice {
            options,
            is_multiple,
            has_other,
            ..
        } => {
            let label =
                |label: &str, code: &str| words::short(if label.is_empty() { code } else { label });
            let other = has_other.then(|| (OTHER.to_owned(), t.s("logic-other")));
            let codes = options.iter().map(|option| {
                let code = option.code.to_string();
                let words = label(option.label.get(t.language), &code);
                (code, words)
            });
            let codes = codes.chain(other).collect();
            if *is_multiple {
                Values::PickMany(codes)
            } else {
                Values::Pick(codes)
            }
        }
        QuestionKind::Contact { .. } | QuestionKind::Statement => return None,
        kind => {
            let scale = item.scale?;
            let words_of = |score: i32| match kind {
                QuestionKind::Matrix { labels, .. } => {
                    let index = usize::try_from(score - 1).ok()?;
                    Some(labels.get(index)?.get(t.language).to_owned())
                }
                QuestionKind::Csat { .. } => t.find(&format!("respond-csat-{score}")),
                _ => None,
            };
            let scores = scale.scores().map(|score| {
                let label = match words_of(score).filter(|words| !words.is_empty()) {
                    Some(words) => format!("{score} – {words}"),
                    None => score.to_string(),
                };
                (score.to_string(), label)
            });
            Values::Scores(scores.collect())
        }
    })
}

/// How many questions were asked before the question at this place when it is looked at: on a page
/// in random order nothing comes before anything else.
pub(super) fn asked_before(draft: &Definition, page: usize, place: usize) -> usize {
    let before: usize = draft
        .pages
        .iter()
        .take(page)
        .map(|page| page.questions.len())
        .sum();
    let is_random = draft.pages.get(page).is_some_and(|page| page.is_random);
    before + if is_random { 0 } else { place }
}
