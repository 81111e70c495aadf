//! What people wrote, the newest first.

use std::{collections::BTreeMap, ops::RangeInclusive};

use jiff::Timestamp;
use peil_domain::{
    outreach::Channel,
    shared::{ContactId, Language, LocalDay, QuestionKey, ResponseId, SurveyId},
};
use sea_orm::{
    ConnectionTrait, FromQueryResult, JsonValue,
    sea_query::{Condition, Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};
use uuid::Uuid;

use super::{
    Dimension, ReadAs,
    mentioned::MentionsWanted,
    scope::{Scope, answer, belongs_to_row, column, score_between},
};
use crate::{
    Page, Session, StoreError,
    convert::{document, moment, word},
    dialect::contains,
    entities::{
        answers,
        responses::{self, Column},
    },
};

/// Which comments to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentQuery {
    /// The questionnaire; all of them when absent.
    pub survey: Option<SurveyId>,
    /// The question; every question when absent.
    pub question: Option<QuestionKey>,
    /// For each dimension the values of which one must hold; the empty text stands for "not
    /// known".
    pub filters: Vec<(Dimension, Vec<String>)>,
    /// For each dimension the values of which none may hold.
    pub excluded: Vec<(Dimension, Vec<String>)>,
    /// First day.
    pub from: Option<LocalDay>,
    /// Last day.
    pub until: Option<LocalDay>,
    /// Whether only those of known contacts are meant.
    pub only_known: bool,
    /// A question, and the scores on it of which one must have been given.
    pub score: Option<(QuestionKey, RangeInclusive<i32>)>,
    /// Part of the words, whatever the case.
    pub search: Option<String>,
    /// What the comment was read as.
    pub read_as: ReadAs,
    /// The question whose score is shown with each comment.
    pub headline: Option<QuestionKey>,
    /// Whether submissions that stopped on the way count.
    pub include_partial: bool,
    /// Whether submissions marked as automatic count.
    pub include_automatic: bool,
    /// Where the page before ended.
    pub after: Option<String>,
    /// Most comments on a page.
    pub limit: u64,
}

/// An answer in the respondent's own words, or the words behind "other, namely".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The submission.
    pub response: ResponseId,
    /// The questionnaire.
    pub survey: SurveyId,
    /// The question.
    pub question: QuestionKey,
    /// The words.
    pub words: String,
    /// When they were sent.
    pub submitted_at: Timestamp,
    /// Language of the questionnaire.
    pub language: Language,
    /// Channel through which they came.
    pub channel: Channel,
    /// Who wrote them, when known.
    pub contact: Option<ContactId>,
    /// Segment values of that moment.
    pub segments: BTreeMap<QuestionKey, String>,
    /// The score on the headline question, when given.
    pub score: Option<i32>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    survey_id: Uuid,
    submitted_at: i64,
    language: String,
    channel: String,
    contact_id: Option<Uuid>,
    segments: JsonValue,
    question_key: String,
    words: String,
    headline: Option<i32>,
}

/// Lists comments, the newest first.
///
/// # Errors
/// [`StoreError::BadCursor`] when `after` is no cursor of this list.
pub async fn comments(
    session: &impl Session,
    query: &CommentQuery,
) -> Result<Page<Comment>, StoreError> {
    let backend = session.connection().get_database_backend();
    let mut select = written(session, query);
    if let Some(text) = query
        .search
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        select.and_where(contains(backend, answer(answers::Column::Words), text));
    }
    if query.only_known {
        select.and_where(column(Column::ContactId).is_not_null());
    }
    if let Some((question, range)) = &query.score {
        select.and_where(score_between(session, question, range));
    }
    if let Some(after) = &query.after {
        select.cond_where(older_than(after)?);
    }
    select
        .order_by((responses::Entity, Column::SubmittedAt), Order::Desc)
        .order_by((responses::Entity, Column::Id), Order::Desc)
        .order_by((answers::Entity, answers::Column::QuestionKey), Order::Asc)
        .limit(query.limit.saturating_add(1));
    let mut rows = Row::find_by_statement(backend.build(&select))
        .all(session.connection())
        .await?;
    let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > most;
    rows.truncate(most);
    let next = rows
        .last()
        .filter(|_| has_more)
        .map(|row| format!("{} {} {}", row.submitted_at, row.id, row.question_key));
    let items: Result<_, StoreError> = rows.into_iter().map(to_comment).collect();
    Ok(Page {
        items: items?,
        next,
    })
}

fn written(session: &impl Session, query: &CommentQuery) -> SelectStatement {
    let scope = Scope {
        survey: query.survey,
        filters: &query.filters,
        excluded: &query.excluded,
        from: query.from,
        until: query.until,
        include_partial: query.include_partial,
        include_automatic: query.include_automatic,
    };
    let headline = |column: answers::Column| Expr::col(("headline", column));
    // A key is never empty, so that without a headline question nothing is found.
    let wanted = query.headline.as_ref().map_or("", QuestionKey::as_str);
    Query::select()
        .columns(
            [
                Column::Id,
                Column::SurveyId,
                Column::SubmittedAt,
                Column::Language,
                Column::Channel,
                Column::ContactId,
                Column::Segments,
            ]
            .map(|column| (responses::Entity, column)),
        )
        .columns(
            [answers::Column::QuestionKey, answers::Column::Words]
                .map(|column| (answers::Entity, column)),
        )
        .expr_as(headline(answers::Column::Score), "headline")
        .from(responses::Entity)
        // Written as a cross join, which SQLite does not turn round: it walks through the newest
        // submissions until the page is full.
        .cross_join(answers::Entity)
        .join_as(
            JoinType::LeftJoin,
            answers::Entity,
            "headline",
            headline(answers::Column::WorkspaceId)
                .eq(session.workspace().0)
                .and(belongs_to_row("headline"))
                .and(headline(answers::Column::QuestionKey).eq(wanted)),
        )
        .cond_where(scope.condition(session))
        .cond_where(scope.moments())
        .and_where(answer(answers::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(belongs_to_row(answers::Entity))
        .and_where(answer(answers::Column::Words).is_not_null())
        .and_where(answer(answers::Column::Words).ne(""))
        .and_where_option(
            query
                .question
                .as_ref()
                .map(|key| answer(answers::Column::QuestionKey).eq(key.as_str())),
        )
        // Of a submission with several comments only those that mention it are meant.
        .cond_where(
            MentionsWanted::of(&query.filters).map_or_else(Condition::all, |wanted| {
                Condition::all().add(wanted.condition(session, true))
            }),
        )
        .cond_where(query.read_as.condition(session, true))
        .to_owned()
}

/// The condition that holds for comments after the cursor `after`.
fn older_than(after: &str) -> Result<Condition, StoreError> {
    let mut parts = after.splitn(3, ' ');
    let mut part = || parts.next().ok_or(StoreError::BadCursor);
    let at: i64 = part()?.parse().map_err(|_| StoreError::BadCursor)?;
    let id: Uuid = part()?.parse().map_err(|_| StoreError::BadCursor)?;
    let question: QuestionKey = part()?.parse().map_err(|_| StoreError::BadCursor)?;
    let same_response = Condition::all()
        .add(column(Column::Id).eq(id))
        .add(answer(answers::Column::QuestionKey).gt(question.as_str()));
    let same_moment = Condition::all()
        .add(column(Column::SubmittedAt).eq(at))
        .add(
            Condition::any()
                .add(column(Column::Id).lt(id))
                .add(same_response),
        );
    Ok(Condition::all()
        // Says nothing new, but lets the database begin at the right place of the index.
        .add(column(Column::SubmittedAt).lte(at))
        .add(
            Condition::any()
                .add(column(Column::SubmittedAt).lt(at))
                .add(same_moment),
        ))
}

fn to_comment(row: Row) -> Result<Comment, StoreError> {
    const TABLE: &str = "responses";
    Ok(Comment {
        response: ResponseId(row.id),
        survey: SurveyId(row.survey_id),
        question: word(TABLE, &row.question_key)?,
        words: row.words,
        submitted_at: moment(TABLE, row.submitted_at)?,
        language: word(TABLE, &row.language)?,
        channel: word(TABLE, &row.channel)?,
        contact: row.contact_id.map(ContactId),
        segments: document(TABLE, row.segments)?,
        score: row.headline,
    })
}
