//! Takes one submission in: complete or on its way, once or again.

use jiff::Timestamp;
use peil_domain::{
    response::{Completion, Flag, Response},
    shared::InvitationId,
};
use sea_orm::{
    ActiveValue::NotSet, ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect,
    TryInsertResult, sea_query::Expr,
};

use super::{
    Circumstances, find_row, quota,
    row::{PARTIAL, answer_row, to_row},
    with_answers,
};
use crate::{
    Session, StoreError, Submitted, Tx,
    convert::{micros, to_document},
    entities::{answers, invitations, responses},
    outbox::{self, Submission},
};

/// Adds a submission inside a transaction, counted for its quotas. When one of them is full, what
/// was answered is kept as stopped on the way, and its invitation counts as answered.
pub async fn add_counted(
    tx: &Tx,
    response: &Response,
    beside: &Circumstances,
) -> Result<Submitted, StoreError> {
    let (survey, quotas) = (response.survey, &beside.quotas);
    let counts = response.completion == Completion::Complete && !quotas.is_empty();
    let outcome = if !counts || is_settled(tx, response).await? {
        add(tx, response).await?
    } else if let Some(full) = quota::take(tx, survey, quotas).await? {
        let outcome = keep_over_quota(tx, response).await?;
        let place = quotas.keys().position(|quota| *quota == full);
        match (outcome, place) {
            (Submitted::Stored, Some(place)) => Submitted::OverQuota { place },
            (other, _) => other,
        }
    } else {
        let outcome = add(tx, response).await?;
        if outcome != Submitted::Stored {
            quota::give_back(tx, survey, quotas.keys()).await?;
        }
        outcome
    };
    let is_stored = matches!(outcome, Submitted::Stored | Submitted::OverQuota { .. });
    if is_stored && !beside.orders.is_empty() {
        let orders = to_document("responses", &beside.orders)?;
        responses::Entity::update_many()
            .col_expr(responses::Column::Orders, Expr::value(orders))
            .filter(responses::Column::WorkspaceId.eq(tx.workspace().0))
            .filter(responses::Column::Id.eq(response.id.0))
            .exec(tx.connection())
            .await?;
    }
    Ok(outcome)
}

/// Whether nothing more can come of this submission.
async fn is_settled(tx: &Tx, response: &Response) -> Result<bool, StoreError> {
    let stored = find_row(tx, response.id).await?;
    Ok(stored.is_some_and(|stored| !is_on_its_way(&stored, response)))
}

async fn keep_over_quota(tx: &Tx, response: &Response) -> Result<Submitted, StoreError> {
    let mut kept = Response {
        completion: Completion::Partial,
        ..response.clone()
    };
    kept.flags.insert(Flag::OverQuota);
    let outcome = keep(tx, &kept, response.invitation).await?;
    if let (Submitted::Stored, Some(invitation)) = (outcome, response.invitation) {
        close_invitation(tx, invitation, response.submitted_at).await?;
    }
    Ok(outcome)
}

/// Adds a submission inside a transaction. A complete one closes its invitation and takes the place
/// of what was kept of it on its way; one that is on its way only keeps what was answered so far.
pub async fn add(tx: &Tx, response: &Response) -> Result<Submitted, StoreError> {
    match (response.completion, response.invitation) {
        (Completion::Partial, invitation) => keep(tx, response, invitation).await,
        (Completion::Complete, None) => settle(tx, response).await,
        (Completion::Complete, Some(invitation)) => {
            let stored = find_row(tx, response.id).await?;
            if let Some(stored) = stored.filter(|stored| !is_on_its_way(stored, response)) {
                return Ok(repeat_of(&stored, response));
            }
            if !close_invitation(tx, invitation, response.submitted_at).await? {
                return Ok(Submitted::AlreadyAnswered);
            }
            let outcome = settle(tx, response).await?;
            forget_other_attempts(tx, response, invitation).await?;
            Ok(outcome)
        }
    }
}

/// Stores a complete submission.
async fn settle(tx: &Tx, response: &Response) -> Result<Submitted, StoreError> {
    if insert(tx, response).await? {
        return Ok(Submitted::Stored);
    }
    let stored = find_row(tx, response.id).await?;
    if let Some(stored) = &stored
        && is_on_its_way(stored, response)
        && replace(tx, response).await?
    {
        return Ok(Submitted::Stored);
    }
    // With an invitation this happens only when another node was faster in these very moments:
    // an error undoes the closing, and writing it once more finds what is stored.
    match stored.filter(|_| response.invitation.is_none()) {
        Some(stored) => Ok(repeat_of(&stored, response)),
        None => Err(StoreError::Taken("response".into())),
    }
}

/// Keeps what was answered so far; what is complete stays as it is.
async fn keep(
    tx: &Tx,
    response: &Response,
    invitation: Option<InvitationId>,
) -> Result<Submitted, StoreError> {
    if let Some(invitation) = invitation
        && is_answered(tx, invitation).await?
    {
        return Ok(Submitted::AlreadyAnswered);
    }
    if insert(tx, response).await? {
        return Ok(Submitted::Stored);
    }
    match find_row(tx, response.id).await? {
        Some(stored) if is_on_its_way(&stored, response) => {
            replace(tx, response).await?;
            Ok(Submitted::Stored)
        }
        Some(stored) => Ok(repeat_of(&stored, response)),
        None => Err(StoreError::Taken("response".into())),
    }
}

/// Writes both tables; `false` when the identifier is taken.
async fn insert(tx: &Tx, response: &Response) -> Result<bool, StoreError> {
    let inserted = responses::Entity::insert(to_row(response)?)
        .on_conflict_do_nothing()
        .exec_without_returning(tx.connection())
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1)) {
        return Ok(false);
    }
    add_answers(tx, response).await?;
    outbox::tell(tx, true, Submission::of(response)).await?;
    Ok(true)
}

/// Takes the place of what was kept on the way; `false` when somebody else was faster.
async fn replace(tx: &Tx, response: &Response) -> Result<bool, StoreError> {
    let is_same = Condition::all().add(responses::Column::Id.eq(response.id.0));
    let former = take_unfinished(tx, is_same).await?;
    if former.is_empty() {
        return Ok(false);
    }
    let row = responses::ActiveModel {
        workspace_id: NotSet,
        id: NotSet,
        ..to_row(response)?
    };
    let changed = responses::Entity::update_many()
        .set(row)
        .filter(responses::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(responses::Column::Id.eq(response.id.0))
        .filter(responses::Column::Completion.eq(PARTIAL))
        .exec(tx.connection())
        .await?;
    if changed.rows_affected != 1 {
        return Ok(false);
    }
    answers::Entity::delete_many()
        .filter(answers::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(answers::Column::ResponseId.eq(response.id.0))
        .exec(tx.connection())
        .await?;
    add_answers(tx, response).await?;
    tell_gone(tx, &former).await?;
    outbox::tell(tx, true, Submission::of(response)).await?;
    Ok(true)
}

/// Reads submissions that stopped on the way as they are now; nobody else changes them until this
/// transaction ends.
async fn take_unfinished(tx: &Tx, which: Condition) -> Result<Vec<Response>, StoreError> {
    let rows = responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(which)
        .filter(responses::Column::Completion.eq(PARTIAL))
        .lock_exclusive()
        .all(tx.connection())
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    with_answers(tx, rows).await
}

async fn tell_gone(tx: &Tx, former: &[Response]) -> Result<(), StoreError> {
    for response in former {
        outbox::tell(tx, false, Submission::of(response)).await?;
    }
    Ok(())
}

async fn add_answers(tx: &Tx, response: &Response) -> Result<(), StoreError> {
    if response.answers.is_empty() {
        return Ok(());
    }
    let rows: Result<Vec<_>, StoreError> = response
        .answers
        .iter()
        .map(|answer| answer_row(response, answer))
        .collect();
    answers::Entity::insert_many(rows?)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Whoever opened their invitation several times and finished once has answered once.
async fn forget_other_attempts(
    tx: &Tx,
    response: &Response,
    invitation: InvitationId,
) -> Result<(), StoreError> {
    let Some(contact) = response.contact else {
        return Ok(());
    };
    let of_invitation = Condition::all()
        .add(responses::Column::ContactId.eq(contact.0))
        .add(responses::Column::InvitationId.eq(invitation.0));
    let others = take_unfinished(tx, of_invitation).await?;
    if others.is_empty() {
        return Ok(());
    }
    tell_gone(tx, &others).await?;
    let others: Vec<uuid::Uuid> = others.iter().map(|other| other.id.0).collect();
    answers::Entity::delete_many()
        .filter(answers::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(answers::Column::ResponseId.is_in(others.iter().copied()))
        .exec(tx.connection())
        .await?;
    responses::Entity::delete_many()
        .filter(responses::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(responses::Column::Id.is_in(others))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Whether `stored` is what was kept of this very form on its way.
fn is_on_its_way(stored: &responses::Model, response: &Response) -> bool {
    stored.completion == PARTIAL && is_same_form(stored, response)
}

/// What sending `response` again means, given what is stored under its identifier: the same form is a
/// repetition; another questionnaire or invitation is not.
fn repeat_of(stored: &responses::Model, response: &Response) -> Submitted {
    if is_same_form(stored, response) {
        Submitted::Duplicate
    } else {
        Submitted::AlreadyAnswered
    }
}

fn is_same_form(stored: &responses::Model, response: &Response) -> bool {
    stored.survey_id == response.survey.0
        && stored.invitation_id == response.invitation.map(|id| id.0)
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

async fn is_answered(tx: &Tx, id: InvitationId) -> Result<bool, StoreError> {
    let found = invitations::Entity::find()
        .filter(invitations::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(invitations::Column::Id.eq(id.0))
        .filter(invitations::Column::AnsweredAt.is_not_null())
        .one(tx.connection())
        .await?;
    Ok(found.is_some())
}
