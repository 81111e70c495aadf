//! The form of a condition: rows to fill in, or its text for what rows cannot say.

use peil_domain::survey::{Expression, Formula, Joined, Rows, Subject};

use super::{
    row::{Row, Typed, row_of},
    say,
    subjects::Subjects,
};
use crate::edge::{fields::Fields, parts::FormError};

/// Most rows of one condition.
const MOST_ROWS: usize = 30;

/// Id of the field with the text of a condition.
const TEXT_FIELD: &str = "formula";

/// A condition as it is being written.
#[derive(Debug, Clone, Default)]
pub(super) struct ConditionForm {
    /// How the groups are joined.
    pub(super) joined: Joined,
    /// Whether it is written as a text.
    pub(super) is_text: bool,
    /// The text.
    pub(super) text: String,
    rows: Vec<Typed>,
}

/// A group of rows on the page.
pub(super) struct Group {
    /// Its number among the groups, from 0.
    pub(super) number: usize,
    /// Its rows.
    pub(super) rows: Vec<Row>,
}

impl ConditionForm {
    /// The form of a condition that is stored; as a text when rows cannot show it.
    pub(super) fn of(subjects: &Subjects, condition: Option<&Expression>) -> Self {
        let Some(condition) = condition else {
            return Self::default();
        };
        match typed_rows(subjects, condition) {
            Some((joined, rows)) => Self {
                joined,
                rows,
                is_text: false,
                text: condition.to_string(),
            },
            None => Self {
                is_text: true,
                text: condition.to_string(),
                ..Self::default()
            },
        }
    }

    /// What was typed.
    pub(super) fn typed(fields: &Fields) -> Self {
        let rows = (0..MOST_ROWS).map_while(|index| Typed::read(fields, index));
        Self {
            joined: if fields.get("joined") == "any" {
                Joined::Any
            } else {
                Joined::All
            },
            is_text: fields.get("written") == "text",
            text: fields.get(TEXT_FIELD).to_owned(),
            rows: rows.collect(),
        }
    }

    /// Does what a button of the form asks; false when it is no such button.
    pub(super) fn arrange(&mut self, subjects: &Subjects, fields: &Fields) -> bool {
        let what = fields.get("do");
        let (what, number) = what.split_once(':').unwrap_or((what, ""));
        let number: Option<usize> = number.parse().ok();
        match (what, number) {
            ("add", None) => {
                let group = self.rows.iter().map(|row| row.group + 1).max();
                self.add(fields.get("new-subject"), group.unwrap_or(0));
            }
            ("add", Some(group)) => {
                self.add(fields.get(&format!("new-subject-{group}")), group);
            }
            ("drop", Some(index)) if index < self.rows.len() => drop(self.rows.remove(index)),
            ("as-text", None) => {
                if let Ok(Some(formula)) = self.read(subjects) {
                    self.text = formula.to_string();
                }
                self.is_text = true;
            }
            ("as-rows", None) => {
                let expression = self.text.parse::<Formula>();
                let expression = expression.as_ref().map(Formula::expression);
                let shown = match expression {
                    Ok(expression) => typed_rows(subjects, expression),
                    Err(_) if self.text.is_empty() => Some((Joined::All, Vec::new())),
                    Err(_) => None,
                };
                if let Some((joined, rows)) = shown {
                    (self.joined, self.rows, self.is_text) = (joined, rows, false);
                }
            }
            ("look", None) => {}
            _ => return false,
        }
        true
    }

    fn add(&mut self, subject: &str, group: usize) {
        if Subject::read(subject).is_some() && self.rows.len() < MOST_ROWS {
            let place = self.rows.iter().rposition(|row| row.group <= group);
            let row = Typed::new(subject, group);
            self.rows.insert(place.map_or(0, |place| place + 1), row);
        }
    }

    /// The condition; nothing when there is none.
    ///
    /// # Errors
    /// The fields that cannot be read.
    pub(super) fn read(&self, subjects: &Subjects) -> Result<Option<Formula>, Vec<FormError>> {
        let t = subjects.text();
        if self.is_text {
            if self.text.is_empty() {
                return Ok(None);
            }
            return say::read(t, &self.text)
                .map(Some)
                .map_err(|message| vec![about(TEXT_FIELD, message)]);
        }
        let mut errors = Vec::new();
        let mut rows = Rows {
            joined: self.joined,
            groups: Vec::new(),
        };
        let mut last = None;
        for (index, typed) in self.rows.iter().enumerate() {
            match typed.test(subjects) {
                Ok(test) if last == Some(typed.group) => {
                    rows.groups
                        .last_mut()
                        .into_iter()
                        .for_each(|group| group.push(test.clone()));
                }
                Ok(test) => rows.groups.push(vec![test]),
                Err(problem) => errors.push(about(&format!("value-{index}"), t.s(problem))),
            }
            last = Some(typed.group);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let Some(expression) = rows.expression() else {
            return Ok(None);
        };
        // Read again, so that what is stored can always be read.
        say::read(t, &expression.to_string())
            .map(Some)
            .map_err(|message| vec![about("", message)])
    }

    /// Whether it is a text that can be read and that rows cannot say.
    pub(super) fn cannot_be_rows(&self) -> bool {
        let formula = self.text.parse::<Formula>();
        formula.is_ok_and(|formula| Rows::of(formula.expression()).is_none())
    }

    /// The groups of rows, as they are shown.
    pub(super) fn groups(&self, subjects: &Subjects) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (index, typed) in self.rows.iter().enumerate() {
            let row = row_of(subjects, typed, index);
            match groups.last_mut() {
                Some(group) if group.number == typed.group => group.rows.push(row),
                _ => groups.push(Group {
                    number: typed.group,
                    rows: vec![row],
                }),
            }
        }
        groups
    }
}

fn about(field: &str, message: String) -> FormError {
    FormError {
        field: field.to_owned(),
        message,
    }
}

/// The rows of a condition, provided that they say it exactly.
fn typed_rows(subjects: &Subjects, condition: &Expression) -> Option<(Joined, Vec<Typed>)> {
    let rows = Rows::of(condition)?;
    let mut typed = Vec::new();
    for (group, tests) in rows.groups.iter().enumerate() {
        for test in tests {
            let row = Typed::of(subjects, test, group);
            let is_exact = row.test(subjects).as_ref() == Ok(test);
            typed.push(is_exact.then_some(row)?);
        }
    }
    (typed.len() <= MOST_ROWS).then_some((rows.joined, typed))
}

#[cfg(test)]
mod tests {
    use peil_domain::{shared::Language, survey::Definition};

    use super::*;
    use crate::edge::{fields::encode, text::Text};

    fn draft() -> Definition {
        serde_json::from_str(include_str!("../../../../tests/every_kind.json")).unwrap()
    }

    fn subjects(draft: &Definition) -> Subjects {
        Subjects::new(Text::new(Language::Nl), draft, &[], 99)
    }

    fn expression(text: &str) -> Expression {
        text.parse::<Formula>().unwrap().expression().clone()
    }

    /// The form as a browser sends it back.
    fn sent(form: &ConditionForm, subjects: &Subjects) -> Fields {
        use crate::admin::survey::logic::row::Input;
        let mut pairs = vec![(
            "joined".to_owned(),
            if form.joined == Joined::Any {
                "any"
            } else {
                "all"
            }
            .to_owned(),
        )];
        for group in form.groups(subjects) {
            for row in group.rows {
                let index = row.index;
                let mut push = |name: &str, value: &str| {
                    pairs.push((format!("{name}-{index}"), value.to_owned()));
                };
                push("subject", &row.subject);
                push("group", &group.number.to_string());
                let how = row.operators.iter().find(|one| one.is_on).unwrap();
                push("how", &how.code);
                for literal in &row.literals {
                    push("literal", literal);
                }
                match &row.input {
                    Input::Nothing => {}
                    Input::Select(values) | Input::Boxes(values) => {
                        for value in values.iter().filter(|value| value.is_on) {
                            push("value", &value.code);
                        }
                    }
                    Input::Typed { value, .. } => push("value", value),
                }
            }
        }
        let body: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        Fields::parse(body.join("&").as_bytes())
    }

    #[test]
    fn a_condition_goes_through_the_form_and_comes_back_exactly_as_it_was() {
        let draft = draft();
        let subjects = subjects(&draft);
        for text in [
            "nps <= 6",
            "nps <= 6 and gebruikt contains \"klacht\" and reden is not empty",
            "nps > 8 or (prijs < 3 and service >= 4) or not gebruikt contains \"klacht\"",
            "dag >= 2026-01-31 and bedrag < 12.5 and akkoord = yes",
            "count(gebruikt) >= 2 and akkoord",
            "contact.segment = \"zakelijk\" and contact.bezoeken = 3",
            "contact.bezoeken > \"3\"",
            "answer.nps != 7 and weg = \"x\"",
        ] {
            let before = expression(text);
            let form = ConditionForm::of(&subjects, Some(&before));
            assert!(!form.is_text, "{text}");
            let again = ConditionForm::typed(&sent(&form, &subjects));
            let read = again.read(&subjects).unwrap().unwrap();
            assert_eq!(read.expression(), &before, "{text}");
        }
    }

    #[test]
    fn what_rows_cannot_say_stays_in_the_text_untouched() {
        let draft = draft();
        let subjects = subjects(&draft);
        for text in [
            "average(prijs, service) < 3",
            "nps in (1, 2)",
            "nps = prijs",
        ] {
            let form = ConditionForm::of(&subjects, Some(&expression(text)));
            assert!(form.is_text, "{text}");
            assert_eq!(form.text, text);
        }
    }

    #[test]
    fn rows_are_added_in_their_group_and_taken_away() {
        let draft = draft();
        let subjects = subjects(&draft);
        let mut form = ConditionForm::default();
        let mut press = |what: &str| {
            let fields = format!("do={what}&new-subject=nps&new-subject-0=prijs");
            form.arrange(&subjects, &Fields::parse(fields.as_bytes()))
        };
        for what in ["add", "add", "add:0", "drop:1"] {
            assert!(press(what), "{what}");
        }
        assert!(!press("save"));
        let shown: Vec<(usize, String)> = form
            .rows
            .iter()
            .map(|row| (row.group, row.subject.clone()))
            .collect();
        assert_eq!(shown, [(0, "nps".to_owned()), (1, "nps".to_owned())]);
        let errors = form.read(&subjects).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["value-0", "value-1"]);
    }

    #[test]
    fn a_fault_in_the_text_is_told_beside_it_with_its_place() {
        let draft = draft();
        let subjects = subjects(&draft);
        let form = ConditionForm::typed(&Fields::parse(b"written=text&formula=nps+%3C%3D+6+6"));
        let errors = form.read(&subjects).unwrap_err();
        assert_eq!(errors[0].field, TEXT_FIELD);
        assert!(errors[0].message.contains("10"), "{}", errors[0].message);
    }
}
