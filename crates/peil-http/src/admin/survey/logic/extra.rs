//! What a quota, jump, ending, page or calculated value has besides its condition.

use peil_app::survey::{LogicEdit, Way};
use peil_domain::{
    audience::Attribute,
    shared::{Localized, QuestionKey},
    survey::{
        Calculation, Definition, Ending, Expression, Formula, Function, Quota, Reference, Source,
        Subject, Target,
    },
};

use super::{say, spot::Spot, subjects::Subjects};
use crate::{
    admin::survey::form::words,
    edge::{fields::Fields, parts::FormError, text::Text},
};

/// What was typed besides a condition, as it was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Extra {
    /// Whether the questions of a page have an order of their own for everyone.
    pub(super) is_random: bool,
    /// Where a jump leads: the number of a page, or `end`.
    pub(super) to: String,
    /// Name of a new quota or value.
    pub(super) name: String,
    /// How many may answer.
    pub(super) most: String,
    /// The text of a quota or ending.
    pub(super) text: Localized,
    /// How a value is made: the name of a function, or `own`.
    pub(super) function: String,
    /// The names that a value is made of.
    pub(super) parts: Vec<String>,
    /// The text of a value that is made otherwise.
    pub(super) value: String,
    /// Minutes of rest.
    pub(super) minutes: String,
    /// Whether progress is shown.
    pub(super) shows_progress: bool,
}

/// Functions of several numbers: their name.
pub(super) const FUNCTIONS: [Function; 5] = [
    Function::Average,
    Function::Sum,
    Function::Min,
    Function::Max,
    Function::Count,
];
/// The name of what is made otherwise.
pub(super) const OWN: &str = "own";

impl Extra {
    /// What is stored.
    pub(super) fn of(spot: &Spot, draft: &Definition) -> Self {
        let mut extra = Self {
            shows_progress: draft.shows_progress,
            function: Function::Average.name().to_owned(),
            ..Self::default()
        };
        let page = |page: &usize| draft.pages.get(page.checked_sub(1)?);
        match spot {
            Spot::Page(number) => {
                extra.is_random = page(number).is_some_and(|page| page.is_random);
            }
            Spot::Jump(number, place) => {
                let jump = page(number)
                    .zip(*place)
                    .and_then(|(page, place)| page.jumps.get(place.checked_sub(1)?));
                extra.to = jump.map_or_else(String::new, |jump| way_of(draft, &jump.to));
            }
            Spot::Quota(Some(key)) => {
                if let Some(quota) = draft.quotas.iter().find(|quota| quota.key == *key) {
                    extra.most = quota.most.to_string();
                    extra.text = quota.text.clone();
                    extra.name = key.to_string();
                }
            }
            Spot::Ending(Some(number)) => {
                let ending = number.checked_sub(1).and_then(|at| draft.endings.get(at));
                extra.text = ending.map(|ending| ending.text.clone()).unwrap_or_default();
            }
            Spot::Value(Some(key)) => {
                let value = draft.calculations.iter().find(|value| value.key == *key);
                if let Some(value) = value {
                    extra.name = key.to_string();
                    extra.set_value(value.formula.expression());
                }
            }
            Spot::Pace => {
                let minutes = draft.time_out_minutes;
                extra.minutes = minutes.map_or_else(String::new, |minutes| minutes.to_string());
            }
            _ => {}
        }
        extra
    }

    fn set_value(&mut self, expression: &Expression) {
        self.value = expression.to_string();
        OWN.clone_into(&mut self.function);
        if let Expression::Call(function, parts) = expression {
            let names: Option<Vec<String>> = parts
                .iter()
                .map(|part| match part {
                    Expression::Reference(reference) => Some(reference.to_string()),
                    _ => None,
                })
                .collect();
            if let Some(names) = names.filter(|_| FUNCTIONS.contains(function)) {
                function.name().clone_into(&mut self.function);
                self.parts = names;
            }
        }
    }

    /// What was typed.
    pub(super) fn typed(fields: &Fields, before: &Self) -> Self {
        Self {
            is_random: fields.is_on("is_random"),
            to: fields.get("to").to_owned(),
            name: if before.name.is_empty() {
                fields.get("name").to_owned()
            } else {
                before.name.clone()
            },
            most: fields.get("most").to_owned(),
            text: words(fields, "ending", &before.text),
            function: fields.get("function").to_owned(),
            parts: fields.all("part").map(str::to_owned).collect(),
            value: fields.get("value").to_owned(),
            minutes: fields.get("minutes").to_owned(),
            shows_progress: fields.is_on("shows_progress"),
        }
    }

    /// The change of the draft.
    ///
    /// # Errors
    /// The fields that cannot be read.
    pub(super) fn edit(
        &self,
        spot: &Spot,
        subjects: &Subjects,
        draft: &Definition,
        when: Option<Formula>,
    ) -> Result<LogicEdit, Vec<FormError>> {
        let t = subjects.text();
        let wrong = |field: &str, key: &str| vec![about(field, t.s(key))];
        let needed = || {
            when.clone()
                .ok_or_else(|| wrong("", "logic-problem-no-condition"))
        };
        Ok(match spot {
            Spot::Question(key) => LogicEdit::Question {
                key: key.clone(),
                when,
            },
            Spot::Option(key, place) => LogicEdit::Option {
                key: key.clone(),
                place: *place,
                when,
            },
            Spot::Page(page) => LogicEdit::Page {
                page: *page,
                when,
                is_random: self.is_random,
            },
            Spot::Jump(page, place) => LogicEdit::Jump {
                page: *page,
                place: *place,
                when: needed()?,
                to: match (self.to.as_str(), self.to.parse()) {
                    ("end", _) => Way::End,
                    (_, Ok(number)) if (page + 1..=draft.pages.len()).contains(&number) => {
                        Way::Page(number)
                    }
                    _ => return Err(wrong("to", "logic-problem-to")),
                },
            },
            Spot::Quota(key) => LogicEdit::Quota(Box::new(Quota {
                key: self.key(t, key.as_ref(), |key| {
                    draft.quotas.iter().any(|quota| quota.key == *key)
                })?,
                when,
                most: match self.most.parse() {
                    Ok(most) if most > 0 => most,
                    _ => return Err(wrong("most", "logic-problem-most")),
                },
                text: self.text.clone(),
            })),
            Spot::Ending(place) => LogicEdit::Ending {
                place: *place,
                ending: Box::new(Ending {
                    when: needed()?,
                    text: self.text.clone(),
                }),
            },
            Spot::Value(key) => LogicEdit::Calculation(Calculation {
                key: self.key(t, key.as_ref(), |key| {
                    draft.free_key(key.as_str()).as_ref() != Some(key)
                })?,
                formula: self.formula(t)?,
            }),
            Spot::Pace => LogicEdit::Pace {
                time_out_minutes: match self.minutes.as_str() {
                    "" => None,
                    typed => match typed.parse() {
                        Ok(minutes @ 1..=10_080) => Some(minutes),
                        _ => return Err(wrong("minutes", "logic-problem-minutes")),
                    },
                },
                shows_progress: self.shows_progress,
            },
        })
    }

    /// The key of what is stored, or one made of the name that was typed.
    fn key(
        &self,
        t: Text,
        stored: Option<&QuestionKey>,
        is_taken: impl Fn(&QuestionKey) -> bool,
    ) -> Result<QuestionKey, Vec<FormError>> {
        if let Some(key) = stored {
            return Ok(key.clone());
        }
        let wrong = |key: &str| vec![about("name", t.s(key))];
        if self.name.is_empty() {
            return Err(wrong("logic-problem-name"));
        }
        let key = Attribute::key_of(&self.name, 1).ok_or_else(|| wrong("logic-problem-name"))?;
        // What a new one is called in addresses cannot be the name of one.
        if is_taken(&key) || key.as_str() == "new" {
            return Err(wrong("logic-problem-name-taken"));
        }
        Ok(key)
    }

    fn formula(&self, t: Text) -> Result<Formula, Vec<FormError>> {
        let function = FUNCTIONS
            .into_iter()
            .find(|function| function.name() == self.function);
        let Some(function) = function else {
            return say::read(t, &self.value).map_err(|message| vec![about("value", message)]);
        };
        let names = self.parts.iter().filter_map(|part| {
            let subject = Subject::read(part)?;
            Some(Expression::Reference(subject.reference().clone()))
        });
        let names: Vec<Expression> = names.collect();
        if names.is_empty() {
            return Err(vec![about("parts", t.s("logic-problem-parts"))]);
        }
        let formula = Expression::Call(function, names);
        say::read(t, &formula.to_string()).map_err(|message| vec![about("parts", message)])
    }
}

/// Takes a place away.
pub(super) fn removal(spot: &Spot) -> Option<LogicEdit> {
    Some(match spot {
        Spot::Jump(page, Some(place)) => LogicEdit::RemoveJump {
            page: *page,
            place: *place,
        },
        Spot::Quota(Some(key)) => LogicEdit::RemoveQuota(key.clone()),
        Spot::Value(Some(key)) => LogicEdit::RemoveCalculation(key.clone()),
        Spot::Ending(Some(place)) => LogicEdit::RemoveEnding(*place),
        _ => return None,
    })
}

/// Where a jump leads, as it stands in the form.
pub(super) fn way_of(draft: &Definition, to: &Target) -> String {
    match to {
        Target::End => "end".to_owned(),
        Target::Page(key) => {
            let place = draft
                .pages
                .iter()
                .position(|page| page.key.as_ref() == Some(key));
            place.map_or_else(String::new, |place| (place + 1).to_string())
        }
    }
}

/// What can stand in a text: the words for a place to fill in, and what it is.
pub(super) fn blanks(t: Text, draft: &Definition, subjects: &Subjects) -> Vec<(String, String)> {
    let standard = [
        ("naam", "logic-blank-name"),
        ("organisatie", "logic-blank-organisation"),
    ];
    let standard = standard
        .into_iter()
        .map(|(name, key)| (format!("{{{{{name}}}}}"), t.s(key)));
    let fallback = t.s("logic-blank-fallback");
    let others = subjects.offered().into_iter().flat_map(|(_, known)| {
        known
            .into_iter()
            .filter(|known| matches!(known.subject, Subject::Value(_)))
            .map(|known| (known.subject.reference().clone(), known.name.clone()))
            .collect::<Vec<_>>()
    });
    let is_known = |reference: &Reference| {
        reference.source != Source::Anywhere || draft.item(&reference.name).is_some()
    };
    let others = others
        .filter(|(reference, _)| is_known(reference))
        .map(|(reference, name)| {
            let prefix = match reference.source {
                Source::Anywhere | Source::Answer => "antwoord",
                Source::Calculated => "waarde",
                Source::Contact => "klant",
            };
            (
                format!("{{{{{prefix}.{}|{fallback}}}}}", reference.name),
                name,
            )
        });
    standard.chain(others).collect()
}

fn about(field: &str, message: String) -> FormError {
    FormError {
        field: field.to_owned(),
        message,
    }
}
