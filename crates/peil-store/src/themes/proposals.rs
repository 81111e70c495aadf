//! Groups of answers that no theme claims, as proposals for themes, and when they were last looked for.
//! Places in answers are kept, never words: what is erased is gone here too.

use jiff::Timestamp;
use peil_domain::shared::{QuestionKey, ResponseId, UserId, WorkspaceId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};

use crate::{
    Session, Store, StoreError, Tx,
    convert::{document, maybe_moment, micros, moment, to_document},
    entities::{theme_discoveries, theme_proposals},
};

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalState {
    /// Nobody decided yet.
    Open,
    /// It became a theme or part of one.
    Accepted,
    /// Somebody said that it is none.
    Dismissed,
}

impl ProposalState {
    const ALL: [Self; 3] = [Self::Open, Self::Accepted, Self::Dismissed];

    /// Its stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Dismissed => "dismissed",
        }
    }
}

/// Where in an answer something is said: bytes of its words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SaidAt {
    /// The submission.
    #[serde(rename = "r")]
    pub response: ResponseId,
    /// The question.
    #[serde(rename = "q")]
    pub question: QuestionKey,
    /// The first byte.
    #[serde(rename = "s")]
    pub start: usize,
    /// The byte after the last.
    #[serde(rename = "e")]
    pub end: usize,
}

/// A group of answers that may be about a theme of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its lasting number.
    pub number: i64,
    /// What became of it.
    pub state: ProposalState,
    /// The words that set it apart.
    pub name: String,
    /// Different people; everyone who is not known counts as one.
    pub people: u64,
    /// Where it is said, the most central places first.
    pub places: Vec<SaidAt>,
    /// Why it is no theme.
    pub because: Option<String>,
    /// Who decided.
    pub handled_by: Option<UserId>,
    /// When it was first found.
    pub found_at: Timestamp,
    /// When it was decided.
    pub handled_at: Option<Timestamp>,
}

/// A search for proposals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovery {
    /// How finely, as a stable word.
    pub granularity: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it was done; absent while it is not.
    pub done_at: Option<Timestamp>,
    /// Stretches of words that it looked at.
    pub looked_at: u64,
}

/// Every proposal, whatever became of it, in the order of their numbers.
pub async fn list_proposals(session: &impl Session) -> Result<Vec<Proposal>, StoreError> {
    theme_proposals::Entity::find()
        .filter(theme_proposals::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_asc(theme_proposals::Column::Number)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_proposal)
        .collect()
}

/// Finds a proposal.
pub async fn find_proposal(
    session: &impl Session,
    number: i64,
) -> Result<Option<Proposal>, StoreError> {
    theme_proposals::Entity::find_by_id((session.workspace().0, number))
        .one(session.connection())
        .await?
        .map(to_proposal)
        .transpose()
}

/// Writes a proposal, in place of the one with its number.
pub async fn save_proposal(tx: &Tx, proposal: &Proposal) -> Result<(), StoreError> {
    use theme_proposals::Column;
    let row = theme_proposals::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        number: Set(proposal.number),
        state: Set(proposal.state.code().to_owned()),
        name: Set(proposal.name.clone()),
        people: Set(i64::try_from(proposal.people).unwrap_or(i64::MAX)),
        places: Set(to_document("theme_proposals", &proposal.places)?),
        because: Set(proposal.because.clone()),
        handled_by: Set(proposal.handled_by.map(|user| user.0)),
        found_at: Set(micros(proposal.found_at)),
        handled_at: Set(proposal.handled_at.map(micros)),
    };
    let replace = OnConflict::columns([Column::WorkspaceId, Column::Number])
        .update_columns([
            Column::State,
            Column::Name,
            Column::People,
            Column::Places,
            Column::Because,
            Column::HandledBy,
            Column::HandledAt,
        ])
        .to_owned();
    theme_proposals::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Removes a proposal on which nobody decided.
pub async fn remove_proposal(tx: &Tx, number: i64) -> Result<(), StoreError> {
    theme_proposals::Entity::delete_many()
        .filter(theme_proposals::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(theme_proposals::Column::Number.eq(number))
        .filter(theme_proposals::Column::State.eq(ProposalState::Open.code()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// The last search of the organisation.
pub async fn find_discovery(session: &impl Session) -> Result<Option<Discovery>, StoreError> {
    theme_discoveries::Entity::find_by_id(session.workspace().0)
        .one(session.connection())
        .await?
        .map(to_discovery)
        .transpose()
}

/// Asks for a search, in place of the last one.
pub async fn ask_discovery(tx: &Tx, granularity: &str, now: Timestamp) -> Result<(), StoreError> {
    use theme_discoveries::Column;
    let row = theme_discoveries::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        granularity: Set(granularity.to_owned()),
        asked_at: Set(micros(now)),
        done_at: Set(None),
        looked_at: Set(0),
    };
    let replace = OnConflict::column(Column::WorkspaceId)
        .update_columns([
            Column::Granularity,
            Column::AskedAt,
            Column::DoneAt,
            Column::LookedAt,
        ])
        .to_owned();
    theme_discoveries::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// The organisation whose search waits longest, with what is asked.
pub async fn next_discovery(store: &Store) -> Result<Option<(WorkspaceId, Discovery)>, StoreError> {
    let row = theme_discoveries::Entity::find()
        .filter(theme_discoveries::Column::DoneAt.is_null())
        .order_by_asc(theme_discoveries::Column::AskedAt)
        .one(store.anywhere())
        .await?;
    row.map(|row| Ok((WorkspaceId(row.workspace_id), to_discovery(row)?)))
        .transpose()
}

/// The search is done; nothing happens when another one was asked for meanwhile.
pub async fn finish_discovery(
    tx: &Tx,
    done: &Discovery,
    looked_at: u64,
    now: Timestamp,
) -> Result<(), StoreError> {
    use theme_discoveries::Column;
    let looked_at = i64::try_from(looked_at).unwrap_or(i64::MAX);
    theme_discoveries::Entity::update_many()
        .col_expr(Column::DoneAt, Expr::value(micros(now)))
        .col_expr(Column::LookedAt, Expr::value(looked_at))
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::AskedAt.eq(micros(done.asked_at)))
        .exec(tx.connection())
        .await?;
    Ok(())
}

fn to_proposal(row: theme_proposals::Model) -> Result<Proposal, StoreError> {
    const TABLE: &str = "theme_proposals";
    let mut states = ProposalState::ALL.into_iter();
    Ok(Proposal {
        number: row.number,
        state: states
            .find(|state| state.code() == row.state)
            .unwrap_or(ProposalState::Open),
        name: row.name,
        people: row.people.unsigned_abs(),
        places: document(TABLE, row.places)?,
        because: row.because,
        handled_by: row.handled_by.map(UserId),
        found_at: moment(TABLE, row.found_at)?,
        handled_at: maybe_moment(TABLE, row.handled_at)?,
    })
}

fn to_discovery(row: theme_discoveries::Model) -> Result<Discovery, StoreError> {
    const TABLE: &str = "theme_discoveries";
    Ok(Discovery {
        granularity: row.granularity,
        asked_at: moment(TABLE, row.asked_at)?,
        done_at: maybe_moment(TABLE, row.done_at)?,
        looked_at: row.looked_at.unsigned_abs(),
    })
}
