//! Which values occur, so that people can choose among them.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::shared::{QuestionKey, SurveyId};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Func, Query},
};

use super::{
    Dimension,
    cells::{GROUP, group_names, read_key},
    scope::column,
};
use crate::{
    Session, StoreError,
    convert::word,
    dialect,
    entities::responses::{self, Column},
};

/// The values of a dimension among the submissions of a questionnaire, with the number of
/// submissions; the most frequent first, those not known left out.
pub async fn dimension_values(
    session: &impl Session,
    survey: SurveyId,
    dimension: &Dimension,
) -> Result<Vec<(String, u64)>, StoreError> {
    let select = Query::select()
        .expr_as(dimension.expression(), GROUP)
        .expr_as(column(Column::Id).count(), "n")
        .from(responses::Entity)
        .and_where(column(Column::WorkspaceId).eq(session.workspace().0))
        .and_where(column(Column::SurveyId).eq(survey.0))
        .group_by_col(GROUP)
        .to_owned();
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for row in session.connection().query_all(&select).await? {
        if let (Some(value), _) = read_key(&row, Some(dimension), false)? {
            let n: i64 = row.try_get("", "n")?;
            *found.entry(value).or_default() += n.unsigned_abs();
        }
    }
    let values: BTreeSet<String> = found.keys().cloned().collect();
    let names = group_names(session, Some(dimension), &values).await?;
    let mut totals: BTreeMap<String, u64> = BTreeMap::new();
    for (value, n) in found {
        *totals
            .entry(names.get(&value).cloned().unwrap_or(value))
            .or_default() += n;
    }
    let mut sorted: Vec<(String, u64)> = totals.into_iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(sorted)
}

/// The attributes of which submissions of a questionnaire carry a value, by key.
pub async fn segment_keys(
    session: &impl Session,
    survey: SurveyId,
) -> Result<Vec<QuestionKey>, StoreError> {
    let backend = session.connection().get_database_backend();
    let each = Func::cust(dialect::json_each(backend)).arg(column(Column::Segments));
    let select = Query::select()
        .distinct()
        .column(("pair", "key"))
        .from(responses::Entity)
        .from_function(each, "pair")
        .and_where(column(Column::WorkspaceId).eq(session.workspace().0))
        .and_where(column(Column::SurveyId).eq(survey.0))
        .order_by_expr(Expr::col(("pair", "key")), sea_orm::Order::Asc)
        .to_owned();
    let rows = session.connection().query_all(&select).await?;
    rows.iter()
        .map(|row| word("responses", &row.try_get_by_index::<String>(0)?))
        .collect()
}
