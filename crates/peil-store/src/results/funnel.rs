//! From invitation to answer: how many were asked, and how many came back.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use peil_domain::{
    outreach::InvitationState,
    shared::{LocalDay, SurveyId},
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query},
};

use super::scope::{Scope, column};
use crate::{
    Session, StoreError, access,
    convert::{known, micros, unreadable},
    entities::{
        invitations,
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
    let begin = from.map(|day| beginning(day, &zone)).transpose()?;
    let end = until
        .map(|day| beginning(LocalDay(day.0.saturating_add(1)), &zone))
        .transpose()?;
    let column = |column: invitations::Column| Expr::col((invitations::Entity, column));
    let made = || column(invitations::Column::CreatedAt);
    let select = Query::select()
        .column((invitations::Entity, invitations::Column::State))
        .expr(column(invitations::Column::Id).count())
        .expr(column(invitations::Column::AnsweredAt).count())
        .from(invitations::Entity)
        .and_where(column(invitations::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(column(invitations::Column::SurveyId).eq(survey.0))
        .and_where_option(begin.map(|at| made().gte(micros(at))))
        .and_where_option(end.map(|at| made().lt(micros(at))))
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
