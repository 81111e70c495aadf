//! What happened with contacts before, over all questionnaires: what the contact budget is
//! decided on.

use std::collections::BTreeMap;

use peil_domain::{
    outreach::{History, InvitationState},
    shared::ContactId,
    survey::SurveyPurpose,
};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, QuerySelect,
    sea_query::{Expr, ExprTrait, Func, JoinType, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    Session, StoreError, Tx,
    convert::{MOST_IN_LIST, maybe_moment},
    entities::{invitations, responses, surveys, workspaces},
};

/// States in which an invitation was, or may have been, or soon will be seen by the contact.
const ASKED: [InvitationState; 4] = [
    InvitationState::Queued,
    InvitationState::HandingOver,
    InvitationState::Sent,
    InvitationState::Unconfirmed,
];

/// Waits until no other transaction of this organisation decides who may be asked, and keeps others
/// from it until this one ends: what [`histories`] says afterwards holds until then.
pub async fn claim_budget(tx: &Tx) -> Result<(), StoreError> {
    // A transaction that writes to a file is the only one.
    if tx.connection().get_database_backend() == DbBackend::Postgres {
        workspaces::Entity::find_by_id(tx.workspace().0)
            .lock_exclusive()
            .one(tx.connection())
            .await?;
    }
    Ok(())
}

/// What happened with each of these contacts; those with whom nothing happened are left out.
pub async fn histories(
    session: &impl Session,
    contacts: &[ContactId],
    purpose: SurveyPurpose,
) -> Result<BTreeMap<ContactId, History>, StoreError> {
    let mut found: BTreeMap<ContactId, History> = BTreeMap::new();
    for some in contacts.chunks(MOST_IN_LIST) {
        let ids: Vec<Uuid> = some.iter().map(|id| id.0).collect();
        for row in session
            .connection()
            .query_all(&asked(session, &ids, purpose))
            .await?
        {
            let (contact, any, same, answered): (Uuid, Option<i64>, Option<i64>, Option<i64>) =
                row.try_get_many_by_index()?;
            let history = found.entry(ContactId(contact)).or_default();
            history.last_invited_at = maybe_moment("invitations", any)?;
            history.last_invited_same_purpose_at = maybe_moment("invitations", same)?;
            history.last_answered_same_purpose_at = maybe_moment("invitations", answered)?;
        }
        for row in session
            .connection()
            .query_all(&answered(session, &ids, purpose))
            .await?
        {
            let (contact, answered): (Uuid, Option<i64>) = row.try_get_many_by_index()?;
            let history = found.entry(ContactId(contact)).or_default();
            let answered = maybe_moment("responses", answered)?;
            history.last_answered_same_purpose_at =
                history.last_answered_same_purpose_at.max(answered);
        }
    }
    found.retain(|_, history| *history != History::default());
    Ok(found)
}

/// For each contact: the last invitation, the last one to a survey of the same purpose, and when
/// one of those was answered last.
fn asked(session: &impl Session, contacts: &[Uuid], purpose: SurveyPurpose) -> SelectStatement {
    let column = |column: invitations::Column| Expr::col(("i", column));
    let is_same = || Expr::col(("s", surveys::Column::Purpose)).eq(code(purpose));
    let is_asked =
        || column(invitations::Column::State).is_in(ASKED.iter().map(|state| state.code()));
    let moment = || {
        let sent = column(invitations::Column::SentAt);
        Expr::from(Func::coalesce([
            sent,
            column(invitations::Column::CreatedAt),
        ]))
    };
    let answered = column(invitations::Column::AnsweredAt);
    Query::select()
        .column(("i", invitations::Column::ContactId))
        .expr(last(is_asked(), moment()))
        .expr(last(is_asked().and(is_same()), moment()))
        .expr(last(is_same(), answered))
        .from_as(invitations::Entity, "i")
        .join_as(
            JoinType::LeftJoin,
            surveys::Entity,
            "s",
            Expr::col(("s", surveys::Column::WorkspaceId))
                .equals(("i", invitations::Column::WorkspaceId))
                .and(
                    Expr::col(("s", surveys::Column::Id))
                        .equals(("i", invitations::Column::SurveyId)),
                ),
        )
        .and_where(column(invitations::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(column(invitations::Column::ContactId).is_in(contacts.iter().copied()))
        .group_by_col(("i", invitations::Column::ContactId))
        .to_owned()
}

/// The greatest `moment` among rows for which `condition` holds.
fn last(condition: Expr, moment: Expr) -> Expr {
    let moment: Expr = Expr::case(condition, moment).into();
    moment.max()
}

/// For each contact: the last submission to a survey of the same purpose, invited or not.
fn answered(session: &impl Session, contacts: &[Uuid], purpose: SurveyPurpose) -> SelectStatement {
    Query::select()
        .column(("r", responses::Column::ContactId))
        .expr(Expr::col(("r", responses::Column::SubmittedAt)).max())
        .from_as(responses::Entity, "r")
        .join_as(
            JoinType::InnerJoin,
            surveys::Entity,
            "s",
            Expr::col(("s", surveys::Column::WorkspaceId))
                .equals(("r", responses::Column::WorkspaceId))
                .and(
                    Expr::col(("s", surveys::Column::Id))
                        .equals(("r", responses::Column::SurveyId)),
                ),
        )
        .and_where(Expr::col(("r", responses::Column::WorkspaceId)).eq(session.workspace().0))
        .and_where(Expr::col(("r", responses::Column::ContactId)).is_in(contacts.iter().copied()))
        .and_where(Expr::col(("s", surveys::Column::Purpose)).eq(code(purpose)))
        .group_by_col(("r", responses::Column::ContactId))
        .to_owned()
}

fn code(purpose: SurveyPurpose) -> &'static str {
    match purpose {
        SurveyPurpose::Relational => "relational",
        SurveyPurpose::Transactional => "transactional",
    }
}
