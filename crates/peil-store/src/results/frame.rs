//! Who was invited against who answered, by what is known of contacts: counts, never rows.
//!
//! Values are those that contacts have now, for those who answered and those who did not alike:
//! what was frozen into an answer is not known of someone who gave none.

use peil_domain::{
    audience::AttributeKind,
    outreach::InvitationState,
    shared::{QuestionKey, SurveyId, WaveId},
};
use sea_orm::{
    ConnectionTrait, JoinType, Order, QueryResult,
    sea_query::{
        Condition, Expr, ExprTrait, Func, OverStatement, Query, SelectStatement, WindowStatement,
    },
};
use uuid::Uuid;

use super::{
    Dimension,
    funnel::number,
    scope::{Scope, answer, column},
};
use crate::{
    Session, StoreError,
    dialect::{json_boolean, json_text},
    entities::{
        answers, contacts, invitations,
        responses::{self, Column},
    },
};

/// Something that is known of contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameProperty {
    /// Their language.
    Language,
    /// An attribute of this kind.
    Attribute(QuestionKey, AttributeKind),
}

/// The contacts who were invited, and by what they are told apart.
#[derive(Debug, Clone, Copy)]
pub struct FrameQuery<'a> {
    /// The questionnaire.
    pub survey: SurveyId,
    /// Only those invited in this wave.
    pub wave: Option<WaveId>,
    /// What they are told apart by.
    pub by: &'a [FrameProperty],
}

/// Invited contacts who are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitedCell {
    /// The value of each property; empty when it is not known.
    pub values: Vec<String>,
    /// How many were invited, each counted once.
    pub invited: u64,
    /// How many of them answered completely.
    pub answered: u64,
}

/// Scores of invited contacts who are alike, the newest of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredCell {
    /// The value of each property; empty when it is not known.
    pub values: Vec<String>,
    /// The wave, when waves are told apart.
    pub wave: Option<WaveId>,
    /// The score.
    pub score: i32,
    /// How many contacts gave it.
    pub n: u64,
}

/// Counts the contacts to whom an invitation was sent, delivered or not, and those who answered
/// one. Submissions marked as automatic are no answers.
pub async fn invited_by(
    session: &impl Session,
    query: &FrameQuery<'_>,
) -> Result<Vec<InvitedCell>, StoreError> {
    let mut select = Query::select();
    let has_answered = Expr::col(("asked", "answers")).gt(0);
    select
        .expr_as(Expr::col(("asked", "person")).count(), "invited")
        .expr_as(
            Expr::expr(Expr::case(has_answered, 1).finally(0)).sum(),
            "answered",
        )
        .from_subquery(asked(session, query), "asked");
    by_properties(session, &mut select, "asked", query.by);
    let rows = session.connection().query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let invited: i64 = row.try_get("", "invited")?;
            let answered: Option<i64> = row.try_get("", "answered")?;
            Ok(InvitedCell {
                values: read_values(row, query.by)?,
                invited: invited.unsigned_abs(),
                answered: answered.unwrap_or_default().unsigned_abs(),
            })
        })
        .collect()
}

/// How many values each property has among the invited, "not known" included.
pub async fn invited_values(
    session: &impl Session,
    query: &FrameQuery<'_>,
) -> Result<Vec<u64>, StoreError> {
    if query.by.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Query::select();
    select.from_subquery(asked(session, query), "asked");
    join_contacts(session, &mut select, "asked");
    for (place, property) in query.by.iter().enumerate() {
        let value = Func::coalesce([property.expression(session), Expr::val("")]);
        select.expr_as(Expr::from(value).count_distinct(), name(place));
    }
    let row = session.connection().query_one(&select).await?;
    (0..query.by.len())
        .map(|place| {
            let n: Option<i64> = row
                .as_ref()
                .map(|row| row.try_get("", &name(place)))
                .transpose()?;
            Ok(n.unwrap_or_default().unsigned_abs())
        })
        .collect()
}

/// Counts the newest score on a question of every invited contact who gave one; with `by_wave` the
/// newest in every wave.
///
/// `versions` keeps out versions of the questionnaire in which the question had another scale.
pub async fn scores_by(
    session: &impl Session,
    query: &FrameQuery<'_>,
    question: &QuestionKey,
    versions: Option<(Dimension, Vec<String>)>,
    by_wave: bool,
) -> Result<Vec<ScoredCell>, StoreError> {
    let filters: Vec<_> = versions.into_iter().collect();
    let mut select = Query::select();
    select
        .expr_as(Expr::col(("given", "person")).count(), "n")
        .column(("given", "score"))
        .from_subquery(given(session, query, question, &filters, by_wave), "given")
        .and_where(Expr::col(("given", "place")).eq(1))
        .group_by_col(("given", "score"));
    if by_wave {
        select
            .column(("given", "wave"))
            .group_by_col(("given", "wave"));
    }
    by_properties(session, &mut select, "given", query.by);
    let rows = session.connection().query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let n: i64 = row.try_get("", "n")?;
            let wave: Option<Uuid> = by_wave.then(|| row.try_get("", "wave")).transpose()?;
            Ok(ScoredCell {
                values: read_values(row, query.by)?,
                wave: wave.map(WaveId),
                score: row.try_get("", "score")?,
                n: n.unsigned_abs(),
            })
        })
        .collect()
}

/// Counts all contacts by what is known of them; the empty text stands for "not known".
pub async fn contacts_by(
    session: &impl Session,
    by: &[FrameProperty],
) -> Result<Vec<(Vec<String>, u64)>, StoreError> {
    let mut select = Query::select();
    select
        .expr_as(of_contact(contacts::Column::Id).count(), "n")
        .from(contacts::Entity)
        .and_where(of_contact(contacts::Column::WorkspaceId).eq(session.workspace().0));
    group_by(session, &mut select, by);
    let rows = session.connection().query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let n: i64 = row.try_get("", "n")?;
            Ok((read_values(row, by)?, n.unsigned_abs()))
        })
        .collect()
}

/// Counts the complete submissions to a questionnaire that nobody was invited to.
pub async fn count_uninvited(session: &impl Session, survey: SurveyId) -> Result<u64, StoreError> {
    let scope = Scope {
        survey: Some(survey),
        filters: &[],
        excluded: &[],
        from: None,
        until: None,
        include_partial: false,
        include_automatic: false,
    };
    let select = Query::select()
        .expr(column(Column::Id).count())
        .from(responses::Entity)
        .cond_where(scope.condition(session))
        .and_where(column(Column::InvitationId).is_null())
        .to_owned();
    number(session, &select).await
}

impl FrameProperty {
    /// The value as it stands in a row of `contacts`.
    fn expression(&self, session: &impl Session) -> Expr {
        let attributes = || of_contact(contacts::Column::Attributes);
        match self {
            Self::Language => of_contact(contacts::Column::Language),
            Self::Attribute(key, AttributeKind::Boolean) => {
                let backend = session.connection().get_database_backend();
                json_boolean(backend, attributes(), key.as_str())
            }
            Self::Attribute(key, _) => json_text(attributes(), key.as_str()).cast_as("text"),
        }
    }
}

fn of_contact(column: contacts::Column) -> Expr {
    Expr::col((contacts::Entity, column))
}

fn invited(column: invitations::Column) -> Expr {
    Expr::col((invitations::Entity, column))
}

/// One row for every contact to whom an invitation was sent, with the number of its answers.
fn asked(session: &impl Session, query: &FrameQuery<'_>) -> SelectStatement {
    let scope = scope(query.survey, &[]);
    let mut select = sent(session, query);
    select
        .expr_as(invited(invitations::Column::ContactId), "person")
        .expr_as(column(Column::Id).count(), "answers")
        .join(
            JoinType::LeftJoin,
            responses::Entity,
            answering(scope.condition(session)),
        )
        .add_group_by([invited(invitations::Column::ContactId)]);
    select
}

/// The scores of invited contacts, the newest of each in the first place.
fn given(
    session: &impl Session,
    query: &FrameQuery<'_>,
    question: &QuestionKey,
    filters: &[(Dimension, Vec<String>)],
    by_wave: bool,
) -> SelectStatement {
    let scope = scope(query.survey, filters);
    let to_question = Condition::all()
        .add(answer(answers::Column::WorkspaceId).eq(session.workspace().0))
        .add(answer(answers::Column::ResponseId).equals((responses::Entity, responses::Column::Id)))
        .add(answer(answers::Column::QuestionKey).eq(question.as_str()))
        .add(answer(answers::Column::Score).is_not_null());
    let mut newest_first =
        WindowStatement::partition_by((invitations::Entity, invitations::Column::ContactId));
    if by_wave {
        newest_first.add_partition_by(invited(invitations::Column::WaveId));
    }
    newest_first
        .order_by((responses::Entity, Column::SubmittedAt), Order::Desc)
        .order_by((responses::Entity, Column::Id), Order::Desc);
    let mut select = sent(session, query);
    select
        .expr_as(invited(invitations::Column::ContactId), "person")
        .expr_as(invited(invitations::Column::WaveId), "wave")
        .expr_as(answer(answers::Column::Score), "score")
        .expr_window_as(Func::cust("ROW_NUMBER"), newest_first.take(), "place")
        .join(
            JoinType::InnerJoin,
            responses::Entity,
            answering(scope.condition(session)),
        )
        .join(JoinType::InnerJoin, answers::Entity, to_question);
    select
}

const fn scope(survey: SurveyId, filters: &[(Dimension, Vec<String>)]) -> Scope<'_> {
    Scope {
        survey: Some(survey),
        filters,
        excluded: &[],
        from: None,
        until: None,
        include_partial: false,
        include_automatic: false,
    }
}

/// What makes a submission in `scope` the answer to the invitation in the row at hand.
fn answering(scope: Condition) -> Condition {
    let same =
        |own: Column, other: invitations::Column| column(own).equals((invitations::Entity, other));
    // By the contact as well, since the index is on contacts.
    scope
        .add(same(Column::ContactId, invitations::Column::ContactId))
        .add(same(Column::InvitationId, invitations::Column::Id))
}

/// The invitations that left, whether they arrived or not, without columns yet.
fn sent(session: &impl Session, query: &FrameQuery<'_>) -> SelectStatement {
    let left = [
        InvitationState::Sent,
        InvitationState::Unconfirmed,
        InvitationState::Failed,
    ];
    Query::select()
        .from(invitations::Entity)
        .and_where(invited(invitations::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(invited(invitations::Column::SurveyId).eq(query.survey.0))
        .and_where(invited(invitations::Column::State).is_in(left.map(InvitationState::code)))
        .and_where_option(
            query
                .wave
                .map(|wave| invited(invitations::Column::WaveId).eq(wave.0)),
        )
        .to_owned()
}

/// Tells the people of a subquery apart by what is known of them.
fn by_properties(
    session: &impl Session,
    select: &mut SelectStatement,
    people: &'static str,
    by: &[FrameProperty],
) {
    join_contacts(session, select, people);
    group_by(session, select, by);
}

fn join_contacts(session: &impl Session, select: &mut SelectStatement, people: &'static str) {
    let is_person = Condition::all()
        .add(of_contact(contacts::Column::WorkspaceId).eq(session.workspace().0))
        .add(of_contact(contacts::Column::Id).equals((people, "person")));
    select.join(JoinType::InnerJoin, contacts::Entity, is_person);
}

fn group_by(session: &impl Session, select: &mut SelectStatement, by: &[FrameProperty]) {
    for (place, property) in by.iter().enumerate() {
        select
            .expr_as(property.expression(session), name(place))
            .group_by_col(name(place));
    }
}

/// Name of the column with the values of the property at this place.
fn name(place: usize) -> String {
    format!("value_{place}")
}

fn read_values(row: &QueryResult, by: &[FrameProperty]) -> Result<Vec<String>, StoreError> {
    (0..by.len())
        .map(|place| {
            let value: Option<String> = row.try_get("", &name(place))?;
            Ok(value.unwrap_or_default())
        })
        .collect()
}
