//! Which attributes occur, for files in which each of them is a column.

use std::collections::BTreeSet;

use peil_domain::shared::{QuestionKey, SurveyId};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Func, Query},
};

use super::scope::column;
use crate::{
    Session, StoreError,
    convert::word,
    dialect,
    entities::responses::{self, Column},
};

/// The attributes of which submissions of a questionnaire carry a value, by key.
pub async fn segment_keys(
    session: &impl Session,
    survey: SurveyId,
) -> Result<Vec<QuestionKey>, StoreError> {
    // Every value of every submission is looked at, so both halves are looked at together; sorting is left
    // to the few that are found, because a database sorts before it leaves out what is double.
    let half = column(Column::LocalDay).modulo(2);
    let even = keys_where(session, survey, half.clone().eq(0));
    let (even, odd) = futures::join!(even, keys_where(session, survey, half.ne(0)));
    let keys: BTreeSet<QuestionKey> = even?.into_iter().chain(odd?).collect();
    Ok(keys.into_iter().collect())
}

async fn keys_where(
    session: &impl Session,
    survey: SurveyId,
    wanted: Expr,
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
        .and_where(wanted)
        .to_owned();
    let rows = session.connection().query_all(&select).await?;
    rows.iter()
        .map(|row| word("responses", &row.try_get_by_index::<String>(0)?))
        .collect()
}
