//! Which attributes occur, for files in which each of them is a column.

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
