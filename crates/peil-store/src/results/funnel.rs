//! From invitation to answer: how many were asked, and how many came back.

use jiff::{Timestamp, tz::TimeZone};
use peil_domain::{
    outreach::InvitationState,
    shared::{LocalDay, SurveyId},
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement},
};

use super::scope::column;
use crate::{
    Session, StoreError, access,
    convert::{known, micros, unreadable},
    entities::{
        contacts, invitations,
        responses::{self, Column},
    },
};

/// How many were asked in a period, and how many answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InvitationFunnel {
    /// Invitations made in the period, without those taken back.
    pub invited: u64,
    /// Of those: taken by the mail server, or possibly so.
    pub sent: u64,
    /// Of those: refused for good.
    pub failed: u64,
    /// Of those: answered, whenever that was.
    pub answered: u64,
}

/// Counts invitations to a questionnaire that were made from the first day to the last.
pub async fn invitation_funnel(
    session: &impl Session,
    survey: SurveyId,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<InvitationFunnel, StoreError> {
    let mut funnel = InvitationFunnel::default();
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
    Ok(funnel)
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
