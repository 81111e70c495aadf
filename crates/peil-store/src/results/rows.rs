//! Scores that were given together: how often each combination occurs.

use std::collections::BTreeMap;

use peil_domain::shared::QuestionKey;
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement},
};

use super::{
    CountQuery,
    counts::{answer, answered_any},
};
use crate::{Session, StoreError, entities::answers::Column};

/// Combinations of scores, one per question, of submissions in which none is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScoreRows {
    /// The scores in the order of the questions, and how many submissions have just these.
    pub rows: Vec<(Vec<i32>, u64)>,
    /// Number of people who gave them; everyone who is not known counts as one.
    pub people: u64,
    /// Whether there were so many submissions that only the newest were taken.
    pub is_cut: bool,
}

/// How many submissions hold a score on each question; the question of `query` is not looked at.
pub async fn answers_by_question(
    session: &impl Session,
    query: &CountQuery,
) -> Result<BTreeMap<String, u64>, StoreError> {
    let select = answered_any(session, query)
        .expr_as(answer(Column::QuestionKey), "question")
        .expr_as(answer(Column::ResponseId).count(), "n")
        .and_where(answer(Column::Score).is_not_null())
        .group_by_col("question")
        .to_owned();
    let rows = session.connection().query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let n: i64 = row.try_get("", "n")?;
            Ok((row.try_get("", "question")?, n.unsigned_abs()))
        })
        .collect()
}

/// Counts the combinations of scores on the question of `query` and on those `beside` it, among
/// the newest `most` submissions that have all of them.
pub async fn score_rows(
    session: &impl Session,
    query: &CountQuery,
    beside: &[QuestionKey],
    most: u64,
) -> Result<ScoreRows, StoreError> {
    let questions: Vec<&QuestionKey> = std::iter::once(&query.question).chain(beside).collect();
    let complete = complete_rows(session, query, &questions, most);
    let mut by_score = Query::select();
    by_score
        .expr_as(Expr::col("person").count(), "n")
        .from_subquery(complete.clone(), "given");
    for place in 0..questions.len() {
        by_score.column(name(place)).group_by_col(name(place));
    }
    let found = session.connection().query_all(&by_score).await?;
    let mut rows = Vec::with_capacity(found.len());
    let mut submissions = 0;
    for row in found {
        let scores = (0..questions.len()).map(|place| row.try_get("", &format!("score{place}")));
        let n = row.try_get::<i64>("", "n")?.unsigned_abs();
        submissions += n;
        rows.push((scores.collect::<Result<_, _>>()?, n));
    }
    let count_people = Query::select()
        .expr(Expr::col("person").count_distinct())
        .from_subquery(complete, "given")
        .to_owned();
    let row = session.connection().query_one(&count_people).await?;
    let people: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(ScoreRows {
        rows,
        people: people.unwrap_or_default().unsigned_abs(),
        is_cut: submissions >= most,
    })
}

/// One row per submission that has a score on every question.
fn complete_rows(
    session: &impl Session,
    query: &CountQuery,
    questions: &[&QuestionKey],
    most: u64,
) -> SelectStatement {
    let mut select = answered_any(session, query);
    select.expr_as(answer(Column::Person), "person");
    for (place, question) in questions.iter().enumerate() {
        let is_asked = answer(Column::QuestionKey).eq(question.as_str());
        let score: Expr = Expr::case(is_asked, answer(Column::Score)).into();
        select.expr_as(score.max(), name(place));
    }
    let keys = questions.iter().map(|question| question.as_str());
    let number = i64::try_from(questions.len()).unwrap_or(i64::MAX);
    select
        .and_where(answer(Column::QuestionKey).is_in(keys))
        .and_where(answer(Column::Score).is_not_null())
        .add_group_by([
            answer(Column::ResponseId),
            answer(Column::Person),
            answer(Column::LocalDay),
        ])
        // A submission holds one answer to a question, so that as many answers are all of them.
        .and_having(answer(Column::QuestionKey).count().eq(number))
        .order_by_expr(answer(Column::LocalDay), Order::Desc)
        .order_by_expr(answer(Column::ResponseId), Order::Desc)
        .limit(most)
        .to_owned()
}

/// Name of the column with the scores on the question at this place.
fn name(place: usize) -> Alias {
    Alias::new(format!("score{place}"))
}
