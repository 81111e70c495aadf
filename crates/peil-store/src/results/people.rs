//! How many people stand behind a selection.

use peil_domain::shared::{LocalDay, SurveyId};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Func, Query},
};

use super::{
    Dimension,
    scope::{Scope, column},
};
use crate::{
    Session, StoreError,
    entities::responses::{self, Column},
};

/// Counts the people who answered a questionnaire completely; everyone who is not known counts as
/// one.
pub async fn count_people(
    session: &impl Session,
    survey: SurveyId,
    filters: &[(Dimension, Vec<String>)],
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<u64, StoreError> {
    let scope = Scope {
        survey: Some(survey),
        filters,
        from,
        until,
        include_partial: false,
    };
    let person = Func::coalesce([column(Column::ContactId), column(Column::Id)]);
    let select = Query::select()
        .expr(Expr::from(person).count_distinct())
        .from(responses::Entity)
        .cond_where(scope.condition(session))
        .to_owned();
    let row = session.connection().query_one(&select).await?;
    let n: i64 = row
        .map(|row| row.try_get_by_index(0))
        .transpose()?
        .unwrap_or_default();
    Ok(n.unsigned_abs())
}
