//! Submissions and their answers.

mod many;

use std::{collections::BTreeMap, ops::RangeInclusive};

use jiff::Timestamp;
use peil_domain::{
    response::{Answer, AnswerValue, Completion, Flag, Response},
    shared::{
        AccountId, ContactId, InvitationId, LocalDay, QuestionKey, ResponseId, SurveyId, VersionId,
        WorkspaceId,
    },
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, TryInsertResult, sea_query::Expr,
};

use crate::{
    Page, Session, StoreError, Submitted, Tx,
    convert::{document, known, micros, moment, to_document, word},
    entities::{answers, invitations, responses},
    results::{Dimension, Scope, chosen, marked, score_between, words_contain},
};

pub use many::{add_many, list_known};

/// Adds a submission inside a transaction and closes its invitation.
pub async fn add(tx: &Tx, response: &Response) -> Result<Submitted, StoreError> {
    if let Some(invitation) = response.invitation {
        if let Some(stored) = find_row(tx, response.id).await? {
            return Ok(repeat_of(&stored, response));
        }
        if !close_invitation(tx, invitation, response.submitted_at).await? {
            return Ok(Submitted::AlreadyAnswered);
        }
    }
    let inserted = responses::Entity::insert(to_row(response)?)
        .on_conflict_do_nothing()
        .exec_without_returning(tx.connection())
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1)) {
        // With an invitation this happens only when another node was faster in these very moments:
        // an error undoes the closing, and writing it once more finds what is stored.
        let stored = find_row(tx, response.id).await?;
        return match stored.filter(|_| response.invitation.is_none()) {
            Some(stored) => Ok(repeat_of(&stored, response)),
            None => Err(StoreError::Taken("response".into())),
        };
    }
    if !response.answers.is_empty() {
        let rows: Result<Vec<_>, StoreError> = response
            .answers
            .iter()
            .map(|answer| answer_row(response, answer))
            .collect();
        answers::Entity::insert_many(rows?)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(Submitted::Stored)
}

/// What sending `response` again means, given what is stored under its identifier: the same form is a
/// repetition; another questionnaire or invitation is not.
fn repeat_of(stored: &responses::Model, response: &Response) -> Submitted {
    let is_same = stored.survey_id == response.survey.0
        && stored.invitation_id == response.invitation.map(|id| id.0);
    if is_same {
        Submitted::Duplicate
    } else {
        Submitted::AlreadyAnswered
    }
}

/// Marks an invitation as answered; `false` when it was answered before.
async fn close_invitation(tx: &Tx, id: InvitationId, at: Timestamp) -> Result<bool, StoreError> {
    let changed = invitations::Entity::update_many()
        .col_expr(invitations::Column::AnsweredAt, Expr::value(micros(at)))
        .filter(invitations::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(invitations::Column::Id.eq(id.0))
        .filter(invitations::Column::AnsweredAt.is_null())
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Finds a submission with its answers.
pub async fn find(session: &impl Session, id: ResponseId) -> Result<Option<Response>, StoreError> {
    let Some(row) = find_row(session, id).await? else {
        return Ok(None);
    };
    Ok(with_answers(session, vec![row]).await?.pop())
}

/// Counts the submissions of a questionnaire.
pub async fn count(session: &impl Session, survey: SurveyId) -> Result<u64, StoreError> {
    Ok(responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
        .filter(responses::Column::SurveyId.eq(survey.0))
        .count(session.connection())
        .await?)
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
    /// First day.
    pub from: Option<LocalDay>,
    /// Last day.
    pub until: Option<LocalDay>,
    /// An answer that must have been given.
    pub given: Option<Given>,
    /// Part of the words of any answer, whatever the case.
    pub search: Option<String>,
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
        from: query.from,
        until: query.until,
        include_partial: true,
        include_automatic: true,
    };
    let mut select = responses::Entity::find().filter(scope.condition(session));
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

fn to_row(response: &Response) -> Result<responses::ActiveModel, StoreError> {
    Ok(responses::ActiveModel {
        workspace_id: Set(response.workspace.0),
        id: Set(response.id.0),
        survey_id: Set(response.survey.0),
        version_id: Set(response.version.0),
        contact_id: Set(response.contact.map(|id| id.0)),
        account_id: Set(response.account.map(|id| id.0)),
        invitation_id: Set(response.invitation.map(|id| id.0)),
        channel: Set(response.channel.code().to_owned()),
        language: Set(response.language.code().to_owned()),
        touchpoint: Set(response.touchpoint.as_ref().map(ToString::to_string)),
        completion: Set(match response.completion {
            Completion::Complete => "complete".to_owned(),
            Completion::Partial => "partial".to_owned(),
        }),
        submitted_at: Set(micros(response.submitted_at)),
        local_day: Set(response.local_day.0),
        seconds: Set(response.seconds),
        segments: Set(to_document("responses", &response.segments)?),
        flags: Set(to_document("responses", &response.flags)?),
    })
}

fn answer_row(response: &Response, answer: &Answer) -> Result<answers::ActiveModel, StoreError> {
    let (score, codes, words) = match &answer.value {
        AnswerValue::Score(score) => (Some(*score), None, None),
        AnswerValue::Choices { codes, other } => {
            (None, Some(to_document("answers", codes)?), other.clone())
        }
        AnswerValue::Text(text) => (None, None, Some(text.clone())),
    };
    let place = response
        .answers
        .iter()
        .position(|other| other.key == answer.key);
    Ok(answers::ActiveModel {
        workspace_id: Set(response.workspace.0),
        response_id: Set(response.id.0),
        question_key: Set(answer.key.to_string()),
        survey_id: Set(response.survey.0),
        position: Set(place
            .and_then(|place| i32::try_from(place).ok())
            .unwrap_or(i32::MAX)),
        score: Set(score),
        codes: Set(codes),
        words: Set(words),
        person: Set(response.contact.map_or(response.id.0, |contact| contact.0)),
        local_day: Set(response.local_day.0),
        is_counted: Set(response.completion == Completion::Complete && !response.is_automatic()),
    })
}

fn to_answer(row: answers::Model) -> Result<Answer, StoreError> {
    let value = match (row.score, row.codes, row.words) {
        (Some(score), _, _) => AnswerValue::Score(score),
        (None, Some(codes), other) => AnswerValue::Choices {
            codes: document("answers", codes)?,
            other,
        },
        (None, None, words) => AnswerValue::Text(words.unwrap_or_default()),
    };
    Ok(Answer {
        key: word("answers", &row.question_key)?,
        value,
    })
}

fn to_response(row: responses::Model, answers: Vec<Answer>) -> Result<Response, StoreError> {
    const TABLE: &str = "responses";
    Ok(Response {
        id: ResponseId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        survey: SurveyId(row.survey_id),
        version: VersionId(row.version_id),
        contact: row.contact_id.map(ContactId),
        account: row.account_id.map(AccountId),
        invitation: row.invitation_id.map(InvitationId),
        channel: word(TABLE, &row.channel)?,
        language: word(TABLE, &row.language)?,
        touchpoint: row
            .touchpoint
            .map(|key| word::<QuestionKey>(TABLE, &key))
            .transpose()?,
        completion: known(TABLE, row.completion)?,
        submitted_at: moment(TABLE, row.submitted_at)?,
        local_day: LocalDay(row.local_day),
        seconds: row.seconds,
        segments: document(TABLE, row.segments)?,
        flags: document(TABLE, row.flags)?,
        answers,
    })
}
