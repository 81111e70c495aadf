//! Changes to the themes of an organisation that are not in use yet: one draft, which colleagues share.

use jiff::Timestamp;
use peil_domain::shared::UserId;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    Session, StoreError, Tx,
    convert::{micros, moment},
    entities::taxonomy_drafts::{ActiveModel, Column, Entity},
};

/// Changes that are not in use yet.
#[derive(Debug, Clone, PartialEq)]
pub struct TaxonomyDraft {
    /// Goes up with every change, so that nobody's change is lost.
    pub revision: i64,
    /// The themes, as the application writes them.
    pub themes: serde_json::Value,
    /// Who changed it last.
    pub made_by: Option<UserId>,
    /// When.
    pub made_at: Timestamp,
}

/// The draft; nothing when there are no changes.
pub async fn find_draft(session: &impl Session) -> Result<Option<TaxonomyDraft>, StoreError> {
    let row = Entity::find_by_id(session.workspace().0)
        .one(session.connection())
        .await?;
    row.map(|row| {
        Ok(TaxonomyDraft {
            revision: row.revision,
            themes: row.themes,
            made_by: row.made_by.map(UserId),
            made_at: moment("taxonomy_drafts", row.made_at)?,
        })
    })
    .transpose()
}

/// Writes the draft in place of the one before it, which had the revision before its own; `false` when
/// somebody else was faster. The first revision is 1.
pub async fn save_draft(tx: &Tx, draft: &TaxonomyDraft) -> Result<bool, StoreError> {
    let row = ActiveModel {
        workspace_id: Set(tx.workspace().0),
        revision: Set(draft.revision),
        themes: Set(draft.themes.clone()),
        made_by: Set(draft.made_by.map(|user| user.0)),
        made_at: Set(micros(draft.made_at)),
    };
    if draft.revision <= 1 {
        let added = Entity::insert(row)
            .on_conflict_do_nothing()
            .exec_without_returning(tx.connection())
            .await?;
        return Ok(matches!(added, sea_orm::TryInsertResult::Inserted(1)));
    }
    let changed = Entity::update_many()
        .set(row)
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::Revision.eq(draft.revision - 1))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Removes the draft with this revision; `false` when it is gone, or somebody changed it since.
pub async fn remove_draft(tx: &Tx, revision: i64) -> Result<bool, StoreError> {
    let removed = Entity::delete_many()
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::Revision.eq(revision))
        .exec(tx.connection())
        .await?;
    Ok(removed.rows_affected == 1)
}
