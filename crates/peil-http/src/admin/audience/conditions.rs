//! The conditions of a segment as rows of a form: read from fields, shown as fields.
//!
//! Row `i` consists of `field-i`, `operator-i` and any number of `value-i`. Rows are added and
//! taken away by the buttons of the form, so that it works without script.

use peil_app::audience::AttributeUse;
use peil_domain::{
    audience::{AttributeKind, Condition, Field, Filter, Operator},
    shared::Language,
};

use super::list::{field_label, value_label};
use crate::edge::{fields::Fields, text::Text};

/// Values of a choice that are offered as boxes; more are typed.
const MOST_BOXES: usize = 24;

/// One condition in the form.
pub(super) struct ConditionRow {
    /// Number of the row.
    pub(super) index: usize,
    /// What is looked at, as in fields.
    pub(super) field: String,
    /// The same in words.
    pub(super) label: String,
    /// The comparisons to choose from.
    pub(super) operators: Vec<OperatorChoice>,
    /// How a value is given.
    pub(super) input: Input,
}

/// A comparison to choose.
pub(super) struct OperatorChoice {
    /// As in fields.
    pub(super) code: &'static str,
    /// In words.
    pub(super) label: String,
    /// Whether it is chosen.
    pub(super) is_on: bool,
}

/// How the value of a condition is given.
pub(super) enum Input {
    /// There is none.
    Nothing,
    /// One or more of a list.
    Boxes(Vec<ValueBox>),
    /// Typed into a field of this type.
    Typed {
        /// Type of the field.
        kind: &'static str,
        /// What stands in it.
        value: String,
        /// Whether several values may be typed.
        is_list: bool,
    },
}

/// A value to choose.
pub(super) struct ValueBox {
    /// As in fields.
    pub(super) value: String,
    /// In words.
    pub(super) label: String,
    /// Contacts that have it.
    pub(super) count: Option<String>,
    /// Whether it is chosen.
    pub(super) is_on: bool,
}

/// A field that a condition can be added for.
pub(super) struct FieldChoice {
    /// As in fields.
    pub(super) code: String,
    /// In words.
    pub(super) label: String,
}

/// Reads the conditions of a form; rows that name no field are left out.
pub(super) fn read_filter(fields: &Fields) -> Filter {
    let rows = 0..=Filter::MOST_CONDITIONS;
    Filter {
        conditions: rows
            .filter_map(|index| read_condition(fields, index))
            .collect(),
    }
}

fn read_condition(fields: &Fields, index: usize) -> Option<Condition> {
    let field: Field = fields.get(&format!("field-{index}")).parse().ok()?;
    let operator: Operator = fields.get(&format!("operator-{index}")).parse().ok()?;
    let name = format!("value-{index}");
    // A list of values that is typed stands in one field, separated by semicolons.
    let is_list = fields.is_on(&format!("list-{index}"));
    let split = |text: &str| -> Vec<String> {
        let parts: Vec<&str> = if is_list {
            text.split(';').collect()
        } else {
            vec![text]
        };
        parts
            .into_iter()
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(String::from)
            .collect()
    };
    let values = if operator.needs_value() {
        fields.all(&name).flat_map(split).collect()
    } else {
        Vec::new()
    };
    Some(Condition {
        field,
        operator,
        values,
    })
}

/// A condition on `field` as it begins.
pub(super) fn first_condition(field: Field, attributes: &[AttributeUse]) -> Condition {
    let operators = field.operators(kind_of(&field, attributes));
    let operator = operators.first().copied().unwrap_or(Operator::Known);
    Condition {
        field,
        operator,
        values: Vec::new(),
    }
}

/// The fields that a condition can be added for.
pub(super) fn field_choices(attributes: &[AttributeUse], t: Text) -> Vec<FieldChoice> {
    let own = attributes
        .iter()
        .map(|one| Field::Attribute(one.attribute.key.clone()));
    own.chain([Field::Language, Field::Account, Field::Email, Field::OptOut])
        .map(|field| FieldChoice {
            label: field_label(&field, attributes, t),
            code: field.to_string(),
        })
        .collect()
}

/// The rows that show a filter.
pub(super) fn rows(
    filter: &Filter,
    attributes: &[AttributeUse],
    languages: &[(Language, u64)],
    t: Text,
) -> Vec<ConditionRow> {
    let row = |(index, condition): (usize, &Condition)| ConditionRow {
        index,
        field: condition.field.to_string(),
        label: field_label(&condition.field, attributes, t),
        operators: operator_choices(condition, attributes, t),
        input: input_of(condition, attributes, languages, t),
    };
    filter.conditions.iter().enumerate().map(row).collect()
}

fn kind_of(field: &Field, attributes: &[AttributeUse]) -> AttributeKind {
    match field {
        Field::Attribute(key) => attributes
            .iter()
            .find(|one| one.attribute.key == *key)
            .map_or(AttributeKind::Text, |one| one.attribute.kind),
        Field::OptOut => AttributeKind::Date,
        Field::Language | Field::Account | Field::Email => AttributeKind::Text,
    }
}

fn operator_choices(
    condition: &Condition,
    attributes: &[AttributeUse],
    t: Text,
) -> Vec<OperatorChoice> {
    let kind = kind_of(&condition.field, attributes);
    let has_boxes = kind == AttributeKind::Choice || condition.field == Field::Language;
    condition
        .field
        .operators(kind)
        .iter()
        .filter(|operator| {
            !has_boxes
                || **operator != Operator::Contains
                || condition.operator == Operator::Contains
        })
        .map(|operator| OperatorChoice {
            code: operator.code(),
            label: operator_word(*operator, &condition.field, kind, t),
            is_on: *operator == condition.operator,
        })
        .collect()
}

fn operator_word(operator: Operator, field: &Field, kind: AttributeKind, t: Text) -> String {
    let is_date = kind == AttributeKind::Date;
    match (operator, field) {
        (Operator::Known, Field::OptOut) => t.s("audience-is-opted-out"),
        (Operator::Unknown, Field::OptOut) => t.s("audience-is-not-opted-out"),
        (Operator::Is, _) => t.s("audience-is"),
        (Operator::IsNot, _) => t.s("audience-is-not"),
        (Operator::AtLeast, _) if is_date => t.s("audience-is-from"),
        (Operator::AtMost, _) if is_date => t.s("audience-is-until"),
        (Operator::AtLeast, _) => t.s("audience-at-least"),
        (Operator::AtMost, _) => t.s("audience-at-most"),
        (Operator::Contains, _) => t.s("audience-contains"),
        (Operator::Known, _) => t.s("audience-known"),
        (Operator::Unknown, _) => t.s("audience-unknown"),
    }
}

fn input_of(
    condition: &Condition,
    attributes: &[AttributeUse],
    languages: &[(Language, u64)],
    t: Text,
) -> Input {
    let typed = |kind, is_list| Input::Typed {
        kind,
        value: condition.values.join("; "),
        is_list,
    };
    match &condition.field {
        Field::OptOut => Input::Nothing,
        Field::Account | Field::Email => typed("text", true),
        Field::Language => {
            let count = |one: Language| {
                let found = languages.iter().find(|(language, _)| *language == one);
                found.map_or(0, |(_, n)| *n)
            };
            let known = Language::ALL
                .into_iter()
                .map(|one| (one.to_string(), Some(count(one))));
            boxes(condition, known.collect(), t)
        }
        Field::Attribute(key) => {
            let used = attributes.iter().find(|one| one.attribute.key == *key);
            match kind_of(&condition.field, attributes) {
                AttributeKind::Boolean => {
                    let both = ["true", "false"].map(|value| (value.to_owned(), None));
                    boxes(condition, both.to_vec(), t)
                }
                AttributeKind::Number => typed("number", false),
                AttributeKind::Date => typed("date", false),
                AttributeKind::Text => typed("text", true),
                AttributeKind::Choice => {
                    let values = used.map(|one| one.values.as_slice()).unwrap_or_default();
                    let is_typed = condition.operator == Operator::Contains;
                    if is_typed || values.is_empty() || values.len() > MOST_BOXES {
                        return typed("text", true);
                    }
                    let known = values.iter().map(|(value, n)| (value.clone(), Some(*n)));
                    boxes(condition, known.collect(), t)
                }
            }
        }
    }
}

/// The values as boxes; chosen ones that nobody has any more stay among them.
fn boxes(condition: &Condition, mut known: Vec<(String, Option<u64>)>, t: Text) -> Input {
    for chosen in &condition.values {
        if known.iter().all(|(value, _)| value != chosen) {
            known.push((chosen.clone(), Some(0)));
        }
    }
    let shown = |(value, count): (String, Option<u64>)| ValueBox {
        label: match value.as_str() {
            "true" if count.is_none() => t.s("audience-yes"),
            "false" if count.is_none() => t.s("audience-no"),
            other => value_label(&condition.field, other, t),
        },
        count: count.map(|n| t.count(n)),
        is_on: condition.values.contains(&value),
        value,
    };
    Input::Boxes(known.into_iter().map(shown).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_row_by_row_and_typed_lists_are_split() {
        let fields = Fields::parse(
            b"field-0=account&operator-0=is&list-0=1&value-0=Een%3B+Twee+%3B\
              &field-1=language&operator-1=is_not&value-1=nl&value-1=en\
              &field-2=attribute.regio&operator-2=known&value-2=Noord\
              &field-3=surname&operator-3=is&value-3=x",
        );
        let filter = read_filter(&fields);
        let values: Vec<_> = filter
            .conditions
            .iter()
            .map(|one| one.values.join("|"))
            .collect();
        assert_eq!(values, ["Een|Twee", "nl|en", ""]);
    }
}
