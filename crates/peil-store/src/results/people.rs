//! How many people stand behind a selection.

use peil_domain::{
    response::Flag,
    shared::{LocalDay, SurveyId},
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement},
};

use super::{
    Dimension,
    scope::{Scope, column, marked},
};
use crate::{
    Session, StoreError,
    entities::responses::{self, Column},
};

/// Counts the people who answered a questionnaire completely; everyone who is not known counts as
/// one. Submissions marked as automatic are of nobody, unless they are meant too.
pub async fn count_people(
    session: &impl Session,
    survey: SurveyId,
    filters: &[(Dimension, Vec<String>)],
    from: Option<LocalDay>,
    until: Option<LocalDay>,
    include_automatic: bool,
) -> Result<u64, StoreError> {
    let scope = Scope {
        survey: Some(survey),
        filters,
        from,
        until,
        include_partial: false,
        include_automatic,
    };
    let person = Func::coalesce([column(Column::ContactId), column(Column::Id)]);
    let select = Query::select()
        .expr(Expr::from(person).count_distinct())
        .from(responses::Entity)
        .cond_where(scope.condition(session))
        .to_owned();
    number(session, &select).await
}

/// Counts the complete submissions to a questionnaire that are marked as automatic.
pub async fn count_automatic(
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
        include_automatic: true,
    };
    let automatic = Flag::ALL.into_iter().filter(|flag| flag.is_automatic());
    let is_marked = automatic.fold(Condition::any(), |any, flag| any.add(marked(flag)));
    let select = Query::select()
        .expr(column(Column::Id).count())
        .from(responses::Entity)
        .cond_where(scope.condition(session))
        .cond_where(is_marked)
        .to_owned();
    number(session, &select).await
}

/// The number that a selection of one row and one column holds.
pub(super) async fn number(
    session: &impl Session,
    select: &SelectStatement,
) -> Result<u64, StoreError> {
    let row = session.connection().query_one(select).await?;
    let n: i64 = row
        .map(|row| row.try_get_by_index(0))
        .transpose()?
        .unwrap_or_default();
    Ok(n.unsigned_abs())
}
