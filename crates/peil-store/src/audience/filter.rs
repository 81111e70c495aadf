//! Puts the filter of a segment into SQL: every condition must hold, of the values of one condition
//! any may.

use peil_domain::{
    audience::{Attribute, AttributeKind, AttributeValue, Condition, Field, Filter, Operator},
    shared::WorkspaceId,
};
use sea_orm::{
    DbBackend, Value,
    sea_query::{self, Expr, ExprTrait, Query},
};

use crate::{
    StoreError,
    convert::unreadable,
    dialect::{contains, json_boolean, json_number, json_text},
    entities::{accounts, contacts},
};

/// The condition on rows of `contacts` that holds for those in `filter`.
///
/// # Errors
/// [`StoreError::Unreadable`] when the filter does not fit the attributes that exist.
pub(super) fn to_condition(
    backend: DbBackend,
    workspace: WorkspaceId,
    filter: &Filter,
    attributes: &[Attribute],
) -> Result<sea_query::Condition, StoreError> {
    let mut all = sea_query::Condition::all();
    for condition in &filter.conditions {
        all = all.add(one(backend, workspace, condition, attributes)?);
    }
    Ok(all)
}

fn one(
    backend: DbBackend,
    workspace: WorkspaceId,
    condition: &Condition,
    attributes: &[Attribute],
) -> Result<Expr, StoreError> {
    let kind = condition
        .kind(attributes)
        .map_err(|problem| unreadable("segments", &problem))?;
    let column = |column: contacts::Column| Expr::col((contacts::Entity, column));
    match &condition.field {
        Field::Language => compare(
            backend,
            condition,
            kind,
            &column(contacts::Column::Language),
        ),
        Field::Email => compare(backend, condition, kind, &column(contacts::Column::Email)),
        Field::OptOut => compare(
            backend,
            condition,
            kind,
            &column(contacts::Column::OptedOutAt),
        ),
        Field::Account => compare_account(backend, workspace, condition),
        Field::Attribute(key) => {
            let object = column(contacts::Column::Attributes);
            let value = match kind {
                AttributeKind::Number => json_number(backend, object, key.as_str()),
                AttributeKind::Boolean => json_boolean(backend, object, key.as_str()),
                AttributeKind::Text | AttributeKind::Choice | AttributeKind::Date => {
                    json_text(object, key.as_str())
                }
            };
            compare(backend, condition, kind, &value)
        }
    }
}

/// Compares the name of the account. The names are looked up once, not for every contact.
fn compare_account(
    backend: DbBackend,
    workspace: WorkspaceId,
    condition: &Condition,
) -> Result<Expr, StoreError> {
    let account = Expr::col((contacts::Entity, contacts::Column::AccountId));
    let with_name = |operator: Operator| {
        let inner = Condition {
            operator,
            ..condition.clone()
        };
        let name = Expr::col((accounts::Entity, accounts::Column::Name));
        let holds = compare(backend, &inner, AttributeKind::Text, &name)?;
        Ok::<_, StoreError>(
            Query::select()
                .column((accounts::Entity, accounts::Column::Id))
                .from(accounts::Entity)
                .and_where(
                    Expr::col((accounts::Entity, accounts::Column::WorkspaceId)).eq(workspace.0),
                )
                .and_where(holds)
                .to_owned(),
        )
    };
    Ok(match condition.operator {
        Operator::Known => account.is_not_null(),
        Operator::Unknown => account.is_null(),
        Operator::IsNot => {
            let others = account.clone().not_in_subquery(with_name(Operator::Is)?);
            account.is_null().or(others)
        }
        operator => account.in_subquery(with_name(operator)?),
    })
}

fn compare(
    backend: DbBackend,
    condition: &Condition,
    kind: AttributeKind,
    left: &Expr,
) -> Result<Expr, StoreError> {
    let values = || {
        let values = condition
            .values
            .iter()
            .map(|value| to_value(&condition.field, kind, value));
        values.collect::<Result<Vec<Value>, StoreError>>()
    };
    let any = |comparisons: Vec<Expr>| {
        comparisons
            .into_iter()
            .reduce(Expr::or)
            .unwrap_or_else(|| Expr::val(1).eq(0))
    };
    Ok(match condition.operator {
        Operator::Known => left.clone().is_not_null(),
        Operator::Unknown => left.clone().is_null(),
        Operator::Is => left.clone().is_in(values()?),
        Operator::IsNot => left.clone().is_null().or(left.clone().is_not_in(values()?)),
        Operator::AtLeast => any(values()?.into_iter().map(|v| left.clone().gte(v)).collect()),
        Operator::AtMost => any(values()?.into_iter().map(|v| left.clone().lte(v)).collect()),
        Operator::Contains => {
            let parts = condition
                .values
                .iter()
                .map(|v| contains(backend, left.clone(), v.trim()));
            any(parts.collect())
        }
    })
}

/// A value of a condition in the form in which the database holds it.
fn to_value(field: &Field, kind: AttributeKind, text: &str) -> Result<Value, StoreError> {
    let value =
        AttributeValue::parse(kind, text).map_err(|error| unreadable("segments", &error))?;
    Ok(match (field, value) {
        (_, AttributeValue::Number(number)) => number.into(),
        (_, AttributeValue::Boolean(is_true)) => is_true.to_string().into(),
        // Stored in lower case, both of them.
        (Field::Language | Field::Email, AttributeValue::Text(text)) => text.to_lowercase().into(),
        (_, AttributeValue::Text(text)) => text.into(),
    })
}
