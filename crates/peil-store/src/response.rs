//! Submissions and their answers.

mod add;
mod ids;
mod lines;
mod many;
mod quota;
mod row;
mod values;

use std::{collections::BTreeMap, ops::RangeInclusive};

use peil_domain::{
    response::{Answer, Flag, Flags, Response},
    shared::{ContactId, InvitationId, LocalDay, QuestionKey, ResponseId, SurveyId},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::{
    Page, Session, StoreError,
    convert::document,
    entities::{answers, responses},
    results::{Dimension, ReadAs, Scope, chosen, marked, score_between, words_contain},
};

pub use add::{add, add_counted};
pub use ids::{IdsEnd, list_between, list_ids, list_known};
pub use lines::{Line, LineAnswer, Lines, LinesEnd, Words, lines};
pub use many::{Prepared, add_many, add_prepared};
pub use quota::{Circumstances, quota_counts};
pub(crate) use row::COMPLETE;

use self::row::{PARTIAL, to_answer, to_response};

/// Finds a submission with its answers.
pub async fn find(session: &impl Session, id: ResponseId) -> Result<Option<Response>, StoreError> {
    let Some(row) = find_row(session, id).await? else {
        return Ok(None);
    };
    Ok(with_answers(session, vec![row]).await?.pop())
}

/// In which order the respondent of a submission saw what has an order of its own for everyone: keys
/// by page or question.
pub async fn find_orders(
    session: &impl Session,
    id: ResponseId,
) -> Result<BTreeMap<String, Vec<QuestionKey>>, StoreError> {
    let row = find_row(session, id).await?;
    match row.and_then(|row| row.orders) {
        Some(orders) => document("responses", orders),
        None => Ok(BTreeMap::new()),
    }
}

/// Finds what an invited customer answered last without finishing.
pub async fn find_unfinished(
    session: &impl Session,
    invitation: InvitationId,
) -> Result<Option<Response>, StoreError> {
    let row = responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
        .filter(responses::Column::InvitationId.eq(invitation.0))
        .filter(responses::Column::Completion.eq(PARTIAL))
        .order_by_desc(responses::Column::SubmittedAt)
        .one(session.connection())
        .await?;
    match row {
        Some(row) => Ok(with_answers(session, vec![row]).await?.pop()),
        None => Ok(None),
    }
}

/// Counts the complete submissions of a questionnaire.
pub async fn count(session: &impl Session, survey: SurveyId) -> Result<u64, StoreError> {
    Ok(responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
        .filter(responses::Column::SurveyId.eq(survey.0))
        .filter(responses::Column::Completion.eq(COMPLETE))
        .count(session.connection())
        .await?)
}

/// Whether anything was ever answered to a questionnaire, complete or not.
pub async fn is_any(session: &impl Session, survey: SurveyId) -> Result<bool, StoreError> {
    let found = responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
        .filter(responses::Column::SurveyId.eq(survey.0))
        .one(session.connection())
        .await?;
    Ok(found.is_some())
}

/// Lists submissions of a questionnaire in the order in which they were made, at most `limit`
/// after `after`; for exports, which walk through all of them in bounded memory.
pub async fn list_from(
    session: &impl Session,
    survey: SurveyId,
    after: Option<ResponseId>,
    limit: u64,
) -> Result<Vec<Response>, StoreError> {
    let mut query = responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
        .filter(responses::Column::SurveyId.eq(survey.0));
    if let Some(after) = after {
        query = query.filter(responses::Column::Id.gt(after.0));
    }
    let rows = query
        .order_by_asc(responses::Column::Id)
        .limit(limit)
        .all(session.connection())
        .await?;
    with_answers(session, rows).await
}

/// An answer that must have been given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// One of these scores on a question.
    Score(QuestionKey, RangeInclusive<i32>),
    /// This option of a question, alone or with others.
    Choice(QuestionKey, QuestionKey),
}

/// Which submissions to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseQuery {
    /// The questionnaire; all of them when absent.
    pub survey: Option<SurveyId>,
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
    /// An answer that must have been given.
    pub given: Option<Given>,
    /// Part of the words of any answer, whatever the case.
    pub search: Option<String>,
    /// What any of their answers was read as.
    pub read_as: ReadAs,
    /// A mark that they must carry.
    pub flag: Option<Flag>,
    /// Where the page before ended.
    pub after: Option<String>,
    /// Most submissions on a page.
    pub limit: u64,
}

/// Lists submissions, complete or not, the newest first.
///
/// # Errors
/// [`StoreError::BadCursor`] when `after` is no cursor of this list.
pub async fn list(
    session: &impl Session,
    query: &ResponseQuery,
) -> Result<Page<Response>, StoreError> {
    let scope = Scope {
        survey: query.survey,
        filters: &query.filters,
        excluded: &query.excluded,
        from: query.from,
        until: query.until,
        include_partial: true,
        include_automatic: true,
    };
    let mut select = responses::Entity::find()
        .filter(scope.condition(session))
        .filter(scope.moments());
    match &query.given {
        Some(Given::Score(question, range)) => {
            select = select.filter(score_between(session, question, range));
        }
        Some(Given::Choice(question, option)) => {
            let backend = session.connection().get_database_backend();
            select = select.filter(chosen(session, backend, question, option));
        }
        None => {}
    }
    if let Some(flag) = query.flag {
        select = select.filter(marked(flag));
    }
    if let Some(text) = query
        .search
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        let backend = session.connection().get_database_backend();
        select = select.filter(words_contain(session, backend, text));
    }
    select = select.filter(query.read_as.condition(session, false));
    if query.only_known {
        select = select.filter(responses::Column::ContactId.is_not_null());
    }
    if let Some(after) = &query.after {
        select = select.filter(older_than(after)?);
    }
    let mut rows = select
        .order_by_desc(responses::Column::SubmittedAt)
        .order_by_desc(responses::Column::Id)
        .limit(query.limit.saturating_add(1))
        .all(session.connection())
        .await?;
    let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > most;
    rows.truncate(most);
    let last = rows.last().filter(|_| has_more);
    let next = last.map(|row| format!("{} {}", row.submitted_at, row.id));
    Ok(Page {
        items: with_answers(session, rows).await?,
        next,
    })
}

/// The condition that holds for submissions after the cursor `after`.
fn older_than(after: &str) -> Result<Condition, StoreError> {
    let (at, id) = after.split_once(' ').ok_or(StoreError::BadCursor)?;
    let at: i64 = at.parse().map_err(|_| StoreError::BadCursor)?;
    let id: ResponseId = id.parse().map_err(|_| StoreError::BadCursor)?;
    let same_moment = Condition::all()
        .add(responses::Column::SubmittedAt.eq(at))
        .add(responses::Column::Id.lt(id.0));
    Ok(Condition::all()
        // Says nothing new, but lets the database begin at the right place of the index.
        .add(responses::Column::SubmittedAt.lte(at))
        .add(
            Condition::any()
                .add(responses::Column::SubmittedAt.lt(at))
                .add(same_moment),
        ))
}

/// Lists the last submissions of a contact, the newest first.
pub async fn list_by_contact(
    session: &impl Session,
    contact: ContactId,
    limit: u64,
) -> Result<Vec<Response>, StoreError> {
    let rows = responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
        .filter(responses::Column::ContactId.eq(contact.0))
        .order_by_desc(responses::Column::SubmittedAt)
        .order_by_desc(responses::Column::Id)
        .limit(limit)
        .all(session.connection())
        .await?;
    with_answers(session, rows).await
}

/// Reads the answers of rows and puts both together: submissions in the order of the
/// rows, answers in the order of the questionnaire.
pub(crate) async fn with_answers(
    session: &impl Session,
    rows: Vec<responses::Model>,
) -> Result<Vec<Response>, StoreError> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let found = answers::Entity::find()
        .filter(answers::Column::WorkspaceId.eq(session.workspace().0))
        .filter(answers::Column::ResponseId.is_in(ids))
        .order_by_asc(answers::Column::Position)
        .all(session.connection())
        .await?;
    let mut by_response: BTreeMap<_, Vec<Answer>> = BTreeMap::new();
    for row in found {
        by_response
            .entry(row.response_id)
            .or_default()
            .push(to_answer(row)?);
    }
    rows.into_iter()
        .map(|row| {
            let answers = by_response.remove(&row.id).unwrap_or_default();
            to_response(row, answers)
        })
        .collect()
}

async fn find_row(
    session: &impl Session,
    id: ResponseId,
) -> Result<Option<responses::Model>, StoreError> {
    let key = (session.workspace().0, id.0);
    Ok(responses::Entity::find_by_id(key)
        .one(session.connection())
        .await?)
}

/// Whether any of these marks says that a program filled it in.
pub(crate) fn is_automatic(flags: &Flags) -> bool {
    flags.iter().any(|flag| flag.is_automatic())
}
