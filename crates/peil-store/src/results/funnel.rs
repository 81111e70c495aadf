//! From invitation to answer: how many were asked, and how many came back.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use peil_domain::{
    outreach::{Channel, InvitationState},
    shared::{LocalDay, QuestionKey, SurveyId, VersionId},
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement},
};

use super::{
    people::number,
    scope::{Scope, column},
};
use crate::{
    Session, StoreError, access,
    convert::{known, micros, unreadable, word},
    entities::{
        answers, contacts, invitations,
        responses::{self, Column},
    },
};

/// How many were asked in a period, and how many answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ResponseFunnel {
    /// Invitations made in the period, without those taken back.
    pub invited: u64,
    /// Of those: taken by the mail server, or possibly so.
    pub sent: u64,
    /// Of those: refused for good.
    pub failed: u64,
    /// Of those: answered, whenever that was.
    pub answered: u64,
    /// Submissions of the period that were complete, invited or not.
    pub responses_complete: u64,
    /// Submissions of the period that stopped on the way, invited or not.
    pub responses_partial: u64,
}

/// Counts invitations and submissions of a questionnaire from the first day to the last.
pub async fn response_funnel(
    session: &impl Session,
    survey: SurveyId,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<ResponseFunnel, StoreError> {
    let mut funnel = ResponseFunnel::default();
    count_invitations(session, survey, from, until, &mut funnel).await?;
    let scope = Scope {
        survey: Some(survey),
        filters: &[],
        from,
        until,
        include_partial: true,
        include_automatic: true,
    };
    let select = Query::select()
        .column((responses::Entity, Column::Completion))
        .expr(column(Column::Id).count())
        .from(responses::Entity)
        .cond_where(scope.condition(session))
        .group_by_col((responses::Entity, Column::Completion))
        .to_owned();
    for row in session.connection().query_all(&select).await? {
        let (completion, n): (String, i64) = row.try_get_many_by_index()?;
        match completion.as_str() {
            "complete" => funnel.responses_complete = n.unsigned_abs(),
            _ => funnel.responses_partial = n.unsigned_abs(),
        }
    }
    Ok(funnel)
}

async fn count_invitations(
    session: &impl Session,
    survey: SurveyId,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
    funnel: &mut ResponseFunnel,
) -> Result<(), StoreError> {
    let zone = zone_of(session).await?;
    let select = made_between(session, survey, from, until, &zone)?
        .column((invitations::Entity, invitations::Column::State))
        .expr(invited(invitations::Column::Id).count())
        .expr(invited(invitations::Column::AnsweredAt).count())
        .group_by_col((invitations::Entity, invitations::Column::State))
        .to_owned();
    for row in session.connection().query_all(&select).await? {
        let (state, n, answered): (String, i64, i64) = row.try_get_many_by_index()?;
        let n = n.unsigned_abs();
        match known("invitations", state)? {
            InvitationState::Cancelled => continue,
            InvitationState::Sent | InvitationState::Unconfirmed => funnel.sent += n,
            InvitationState::Failed => funnel.failed += n,
            InvitationState::Queued | InvitationState::HandingOver => {}
        }
        funnel.invited += n;
        funnel.answered += answered.unsigned_abs();
    }
    Ok(())
}

/// A selection, without columns yet, of the invitations that were made in a period.
fn made_between(
    session: &impl Session,
    survey: SurveyId,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
    zone: &TimeZone,
) -> Result<SelectStatement, StoreError> {
    let begin = from.map(|day| beginning(day, zone)).transpose()?;
    let end = until
        .map(|day| beginning(LocalDay(day.0.saturating_add(1)), zone))
        .transpose()?;
    let made = || invited(invitations::Column::CreatedAt);
    Ok(Query::select()
        .from(invitations::Entity)
        .and_where(invited(invitations::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(invited(invitations::Column::SurveyId).eq(survey.0))
        .and_where_option(begin.map(|at| made().gte(micros(at))))
        .and_where_option(end.map(|at| made().lt(micros(at))))
        .to_owned())
}

fn invited(column: invitations::Column) -> Expr {
    Expr::col((invitations::Entity, column))
}

/// The number of submissions to all questionnaires on each day since `from`; days without any are
/// left out.
pub async fn responses_per_day(
    session: &impl Session,
    from: LocalDay,
) -> Result<BTreeMap<LocalDay, u64>, StoreError> {
    // No zone is a day or more ahead of UTC: this says nothing new, but the index is on moments.
    let earliest = beginning(from, &TimeZone::UTC)?
        .checked_sub(SignedDuration::from_hours(24))
        .unwrap_or(Timestamp::MIN);
    let select = Query::select()
        .column((responses::Entity, Column::LocalDay))
        .expr(column(Column::Id).count())
        .from(responses::Entity)
        .and_where(column(Column::WorkspaceId).eq(session.workspace().0))
        .and_where(column(Column::SubmittedAt).gte(micros(earliest)))
        .and_where(column(Column::LocalDay).gte(from.0))
        .group_by_col((responses::Entity, Column::LocalDay))
        .to_owned();
    let rows = session.connection().query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let (day, n): (i32, i64) = row.try_get_many_by_index()?;
            Ok((LocalDay(day), n.unsigned_abs()))
        })
        .collect()
}

/// How invitations ended that were sent and not answered completely.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnansweredInvitations {
    /// Begun and not finished.
    pub begun: u64,
    /// Not begun; the contact opted out after being invited.
    pub opted_out: u64,
}

/// Counts how invitations made in a period ended that were sent and not answered completely; of
/// the others nothing was ever heard.
pub async fn unanswered_invitations(
    session: &impl Session,
    survey: SurveyId,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<UnansweredInvitations, StoreError> {
    let zone = zone_of(session).await?;
    let was_sent = [InvitationState::Sent, InvitationState::Unconfirmed].map(InvitationState::code);
    let unanswered = made_between(session, survey, from, until, &zone)?
        .expr(invited(invitations::Column::Id).count())
        .and_where(invited(invitations::Column::AnsweredAt).is_null())
        .and_where(invited(invitations::Column::State).is_in(was_sent))
        .to_owned();
    let of_contact = Condition::all()
        .add(column(Column::WorkspaceId).eq(session.workspace().0))
        .add(
            column(Column::ContactId).equals((invitations::Entity, invitations::Column::ContactId)),
        )
        .add(column(Column::InvitationId).equals((invitations::Entity, invitations::Column::Id)));
    let attempt = Query::select()
        .expr(Expr::val(1))
        .from(responses::Entity)
        .cond_where(of_contact)
        .to_owned();
    let contact = |column: contacts::Column| Expr::col((contacts::Entity, column));
    let refusal = Query::select()
        .expr(Expr::val(1))
        .from(contacts::Entity)
        .and_where(contact(contacts::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(
            contact(contacts::Column::Id)
                .equals((invitations::Entity, invitations::Column::ContactId)),
        )
        .and_where(
            contact(contacts::Column::OptedOutAt).gte(invited(invitations::Column::CreatedAt)),
        )
        .to_owned();
    let begun = unanswered
        .clone()
        .and_where(Expr::exists(attempt.clone()))
        .to_owned();
    let opted_out = unanswered
        .clone()
        .and_where(Expr::exists(attempt).not())
        .and_where(Expr::exists(refusal))
        .to_owned();
    Ok(UnansweredInvitations {
        begun: number(session, &begun).await?,
        opted_out: number(session, &opted_out).await?,
    })
}

/// A number of submissions that came equally far in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempts {
    /// The version that was shown.
    pub version: VersionId,
    /// Channel through which they came.
    pub channel: Channel,
    /// Pages that were sent; absent when all were.
    pub pages_done: Option<i32>,
    /// How many.
    pub n: u64,
}

/// Counts submissions of a period, without those marked as automatic, by how far they came.
pub async fn attempts(
    session: &impl Session,
    survey: SurveyId,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<Vec<Attempts>, StoreError> {
    let scope = Scope {
        survey: Some(survey),
        filters: &[],
        from,
        until,
        include_partial: true,
        include_automatic: false,
    };
    let by = [Column::VersionId, Column::Channel, Column::PagesDone];
    let select = Query::select()
        .columns(by.map(|column| (responses::Entity, column)))
        .expr(column(Column::Id).count())
        .from(responses::Entity)
        .cond_where(scope.condition(session))
        .group_by_columns(by.map(|column| (responses::Entity, column)))
        .to_owned();
    let rows = session.connection().query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let (version, channel, pages_done, n): (uuid::Uuid, String, Option<i32>, i64) =
                row.try_get_many_by_index()?;
            Ok(Attempts {
                version: VersionId(version),
                channel: word("responses", &channel)?,
                pages_done,
                n: n.unsigned_abs(),
            })
        })
        .collect()
}

/// Counts, for every question of a questionnaire, the complete submissions of a period in which it
/// was answered, without those marked as automatic.
pub async fn answered_questions(
    session: &impl Session,
    survey: SurveyId,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<BTreeMap<QuestionKey, u64>, StoreError> {
    let answer = |column: answers::Column| Expr::col((answers::Entity, column));
    let day = || answer(answers::Column::LocalDay);
    let select = Query::select()
        .column((answers::Entity, answers::Column::QuestionKey))
        .expr(answer(answers::Column::ResponseId).count())
        .from(answers::Entity)
        .and_where(answer(answers::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(answer(answers::Column::SurveyId).eq(survey.0))
        .and_where(answer(answers::Column::IsCounted).eq(true))
        .and_where_option(from.map(|from| day().gte(from.0)))
        .and_where_option(until.map(|until| day().lte(until.0)))
        .group_by_col((answers::Entity, answers::Column::QuestionKey))
        .to_owned();
    let rows = session.connection().query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let (key, n): (String, i64) = row.try_get_many_by_index()?;
            Ok((word("answers", &key)?, n.unsigned_abs()))
        })
        .collect()
}

/// The zone in which the days of the organisation begin.
async fn zone_of(session: &impl Session) -> Result<TimeZone, StoreError> {
    match access::find_workspace(session).await? {
        Some(workspace) => {
            TimeZone::get(&workspace.time_zone).map_err(|error| unreadable("workspaces", &error))
        }
        None => Ok(TimeZone::UTC),
    }
}

/// The moment at which a day begins.
fn beginning(day: LocalDay, zone: &TimeZone) -> Result<Timestamp, StoreError> {
    let start = day.date().to_zoned(zone.clone());
    Ok(start
        .map_err(|error| unreadable("workspaces", &error))?
        .timestamp())
}
