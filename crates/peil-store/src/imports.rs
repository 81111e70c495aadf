//! Files that are or were imported, with their progress.

use jiff::Timestamp;
use peil_domain::shared::{ImportId, SurveyId, UserId, WorkspaceId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::{
    Session, StoreError, Tx,
    convert::{known, maybe_moment, micros, moment},
    entities::imports,
};

/// What a file is imported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImportKind {
    /// Customers.
    Contacts,
    /// Earlier answers to a questionnaire.
    Answers,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImportState {
    /// The file is here; columns are being mapped.
    Uploaded,
    /// Rows are being read.
    Running,
    /// Every row had its turn.
    Done,
    /// It stopped; the rows counted as done are in.
    Failed,
}

/// One file.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// Identifier; also the name of the file in the data folder.
    pub id: ImportId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Who started it.
    pub user: Option<UserId>,
    /// The questionnaire that answers are imported into.
    pub survey: Option<SurveyId>,
    /// What the file is imported as.
    pub kind: ImportKind,
    /// How far it is.
    pub state: ImportState,
    /// Name of the file where it came from.
    pub file_name: String,
    /// Which column means what, as the application defines it.
    pub mapping: serde_json::Value,
    /// Rows that had their turn.
    pub done: i64,
    /// Rows in all as far as known; an estimate while running.
    pub total: i64,
    /// Rows that were new.
    pub added: i64,
    /// Rows that changed something that existed, or were in already.
    pub updated: i64,
    /// Rows that were refused.
    pub failed: i64,
    /// When the file came in.
    pub created_at: Timestamp,
    /// When the last row had its turn.
    pub finished_at: Option<Timestamp>,
    /// Why it stopped.
    pub last_error: Option<String>,
}

/// Adds an import.
pub async fn add(tx: &Tx, import: &Import) -> Result<(), StoreError> {
    imports::Entity::insert(to_row(import))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Writes everything about an import.
pub async fn save(tx: &Tx, import: &Import) -> Result<(), StoreError> {
    imports::Entity::update_many()
        .set(to_row(import))
        .filter(imports::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(imports::Column::Id.eq(import.id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Removes an import.
pub async fn remove(tx: &Tx, id: ImportId) -> Result<(), StoreError> {
    imports::Entity::delete_by_id((tx.workspace().0, id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Finds an import.
pub async fn find(session: &impl Session, id: ImportId) -> Result<Option<Import>, StoreError> {
    imports::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?
        .map(to_import)
        .transpose()
}

/// Lists the newest imports.
pub async fn list(session: &impl Session, limit: u64) -> Result<Vec<Import>, StoreError> {
    imports::Entity::find()
        .filter(imports::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_desc(imports::Column::CreatedAt)
        .limit(limit)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_import)
        .collect()
}

fn code<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn to_row(import: &Import) -> imports::ActiveModel {
    imports::ActiveModel {
        workspace_id: Set(import.workspace.0),
        id: Set(import.id.0),
        user_id: Set(import.user.map(|id| id.0)),
        survey_id: Set(import.survey.map(|id| id.0)),
        kind: Set(code(&import.kind)),
        state: Set(code(&import.state)),
        file_name: Set(import.file_name.clone()),
        mapping: Set(import.mapping.clone()),
        done: Set(import.done),
        total: Set(import.total),
        added: Set(import.added),
        updated: Set(import.updated),
        failed: Set(import.failed),
        created_at: Set(micros(import.created_at)),
        finished_at: Set(import.finished_at.map(micros)),
        last_error: Set(import.last_error.clone()),
    }
}

fn to_import(row: imports::Model) -> Result<Import, StoreError> {
    const TABLE: &str = "imports";
    Ok(Import {
        id: ImportId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        user: row.user_id.map(UserId),
        survey: row.survey_id.map(SurveyId),
        kind: known(TABLE, row.kind)?,
        state: known(TABLE, row.state)?,
        file_name: row.file_name,
        mapping: row.mapping,
        done: row.done,
        total: row.total,
        added: row.added,
        updated: row.updated,
        failed: row.failed,
        created_at: moment(TABLE, row.created_at)?,
        finished_at: maybe_moment(TABLE, row.finished_at)?,
        last_error: row.last_error,
    })
}
