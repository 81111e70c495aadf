//! Occasions on which a segment is asked by mail.

use peil_domain::{
    outreach::Wave,
    shared::{SegmentId, SurveyId, VersionId, WaveId, WorkspaceId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::{
    Session, StoreError, Tx,
    convert::{document, known, maybe_moment, micros, moment, to_document},
    entities::waves,
};

/// Adds a wave.
pub async fn add(tx: &Tx, wave: &Wave) -> Result<(), StoreError> {
    waves::Entity::insert(to_row(tx, wave)?)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Writes everything about a wave; `false` when there is no such wave.
pub async fn save(tx: &Tx, wave: &Wave) -> Result<bool, StoreError> {
    let changed = waves::Entity::update_many()
        .set(to_row(tx, wave)?)
        .filter(waves::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(waves::Column::Id.eq(wave.id.0))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Finds a wave.
pub async fn find(session: &impl Session, id: WaveId) -> Result<Option<Wave>, StoreError> {
    waves::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?
        .map(to_wave)
        .transpose()
}

/// Finds a wave and keeps every other transaction from changing it until this one ends: what is
/// decided on its state stays true.
pub async fn lock(tx: &Tx, id: WaveId) -> Result<Option<Wave>, StoreError> {
    let wave = waves::Entity::find_by_id((tx.workspace().0, id.0));
    // A transaction that writes to a file is the only one.
    let wave = match tx.connection().get_database_backend() {
        DbBackend::Postgres => wave.lock_exclusive(),
        _ => wave,
    };
    wave.one(tx.connection()).await?.map(to_wave).transpose()
}

/// Lists all waves, the newest first.
pub async fn list(session: &impl Session) -> Result<Vec<Wave>, StoreError> {
    waves::Entity::find()
        .filter(waves::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_desc(waves::Column::CreatedAt)
        .order_by_desc(waves::Column::Id)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_wave)
        .collect()
}

fn to_row(tx: &Tx, wave: &Wave) -> Result<waves::ActiveModel, StoreError> {
    let recipients = wave.recipients.as_ref();
    let recipients = recipients.map(|filter| to_document("waves", filter));
    let recipients = recipients.transpose()?;
    Ok(waves::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(wave.id.0),
        survey_id: Set(wave.survey.0),
        segment_id: Set(wave.segment.map(|id| id.0)),
        name: Set(wave.name.clone()),
        subject: Set(to_document("waves", &wave.subject)?),
        message: Set(to_document("waves", &wave.message)?),
        state: Set(wave.state.code().to_owned()),
        created_at: Set(micros(wave.created_at)),
        started_at: Set(wave.started_at.map(micros)),
        finished_at: Set(wave.finished_at.map(micros)),
        version_id: Set(wave.version.map(|id| id.0)),
        recipients: Set(recipients),
    })
}

fn to_wave(row: waves::Model) -> Result<Wave, StoreError> {
    const TABLE: &str = "waves";
    Ok(Wave {
        id: WaveId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        survey: SurveyId(row.survey_id),
        version: row.version_id.map(VersionId),
        segment: row.segment_id.map(SegmentId),
        recipients: row
            .recipients
            .map(|filter| document(TABLE, filter))
            .transpose()?,
        name: row.name,
        subject: document(TABLE, row.subject)?,
        message: document(TABLE, row.message)?,
        state: known(TABLE, row.state)?,
        created_at: moment(TABLE, row.created_at)?,
        started_at: maybe_moment(TABLE, row.started_at)?,
        finished_at: maybe_moment(TABLE, row.finished_at)?,
    })
}
