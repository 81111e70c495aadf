//! Questionnaires and their versions.

pub mod dismissals;

use std::collections::BTreeMap;

use jiff::Timestamp;
use peil_domain::{
    shared::{Slug, SurveyId, TouchpointId, UserId, VersionId, WorkspaceId},
    survey::{Survey, SurveyPurpose, Version},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use crate::{
    Session, Store, StoreError, Tx,
    convert::{MOST_IN_LIST, document, known, micros, moment, to_document, word},
    entities::{survey_versions, surveys},
};

impl Store {
    /// Finds the questionnaire behind a public link, of whichever organisation.
    pub async fn find_survey_by_slug(&self, slug: &Slug) -> Result<Option<Survey>, StoreError> {
        surveys::Entity::find()
            .filter(surveys::Column::Slug.eq(slug.as_str()))
            .one(self.anywhere())
            .await?
            .map(to_survey)
            .transpose()
    }

    /// Numbers of these versions, of whichever organisation.
    pub async fn version_numbers(
        &self,
        ids: &[VersionId],
    ) -> Result<BTreeMap<VersionId, i32>, StoreError> {
        let mut found = BTreeMap::new();
        for some in ids.chunks(MOST_IN_LIST) {
            let rows: Vec<(uuid::Uuid, i32)> = survey_versions::Entity::find()
                .select_only()
                .columns([survey_versions::Column::Id, survey_versions::Column::Number])
                .filter(survey_versions::Column::Id.is_in(some.iter().map(|id| id.0)))
                .into_tuple()
                .all(self.anywhere())
                .await?;
            found.extend(rows.into_iter().map(|(id, number)| (VersionId(id), number)));
        }
        Ok(found)
    }
}

/// Adds a questionnaire.
///
/// # Errors
/// [`StoreError::Taken`] when its slug is in use.
pub async fn add(tx: &Tx, survey: &Survey) -> Result<(), StoreError> {
    surveys::Entity::insert(to_row(survey)?)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Writes everything about a questionnaire, provided that its draft is still at `revision`;
/// `false` when someone else saved in between.
pub async fn save(tx: &Tx, survey: &Survey, revision: i32) -> Result<bool, StoreError> {
    let changed = surveys::Entity::update_many()
        .set(to_row(survey)?)
        .filter(surveys::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(surveys::Column::Id.eq(survey.id.0))
        .filter(surveys::Column::Revision.eq(revision))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Removes a questionnaire and its versions.
pub async fn remove(tx: &Tx, id: SurveyId) -> Result<(), StoreError> {
    dismissals::remove_all(tx, id).await?;
    survey_versions::Entity::delete_many()
        .filter(survey_versions::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(survey_versions::Column::SurveyId.eq(id.0))
        .exec(tx.connection())
        .await?;
    surveys::Entity::delete_by_id((tx.workspace().0, id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Finds a questionnaire.
pub async fn find(session: &impl Session, id: SurveyId) -> Result<Option<Survey>, StoreError> {
    surveys::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?
        .map(to_survey)
        .transpose()
}

/// Lists all questionnaires, the one that changed last first.
pub async fn list(session: &impl Session) -> Result<Vec<Survey>, StoreError> {
    surveys::Entity::find()
        .filter(surveys::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_desc(surveys::Column::UpdatedAt)
        .order_by_desc(surveys::Column::Id)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_survey)
        .collect()
}

/// Adds a version.
pub async fn add_version(tx: &Tx, version: &Version) -> Result<(), StoreError> {
    let row = survey_versions::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(version.id.0),
        survey_id: Set(version.survey.0),
        number: Set(version.number),
        definition: Set(to_document("survey_versions", &version.definition)?),
        published_at: Set(micros(version.published_at)),
        published_by: Set(version.published_by.map(|id| id.0)),
    };
    survey_versions::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Finds a version.
pub async fn find_version(
    session: &impl Session,
    id: VersionId,
) -> Result<Option<Version>, StoreError> {
    survey_versions::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?
        .map(to_version)
        .transpose()
}

/// Lists the versions of a questionnaire, the newest first.
pub async fn list_versions(
    session: &impl Session,
    survey: SurveyId,
) -> Result<Vec<Version>, StoreError> {
    survey_versions::Entity::find()
        .filter(survey_versions::Column::WorkspaceId.eq(session.workspace().0))
        .filter(survey_versions::Column::SurveyId.eq(survey.0))
        .order_by_desc(survey_versions::Column::Number)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_version)
        .collect()
}

/// Finds the newest version of a questionnaire.
pub async fn newest_version(
    session: &impl Session,
    survey: SurveyId,
) -> Result<Option<Version>, StoreError> {
    survey_versions::Entity::find()
        .filter(survey_versions::Column::WorkspaceId.eq(session.workspace().0))
        .filter(survey_versions::Column::SurveyId.eq(survey.0))
        .order_by_desc(survey_versions::Column::Number)
        .one(session.connection())
        .await?
        .map(to_version)
        .transpose()
}

/// Notes that something about a questionnaire changed.
pub async fn touch(tx: &Tx, id: SurveyId, at: Timestamp) -> Result<(), StoreError> {
    surveys::Entity::update_many()
        .col_expr(surveys::Column::UpdatedAt, Expr::value(micros(at)))
        .filter(surveys::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(surveys::Column::Id.eq(id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

fn to_row(survey: &Survey) -> Result<surveys::ActiveModel, StoreError> {
    Ok(surveys::ActiveModel {
        workspace_id: Set(survey.workspace.0),
        id: Set(survey.id.0),
        slug: Set(survey.slug.to_string()),
        name: Set(survey.name.clone()),
        purpose: Set(match survey.purpose {
            SurveyPurpose::Relational => "relational".to_owned(),
            SurveyPurpose::Transactional => "transactional".to_owned(),
        }),
        state: Set(survey.state.code().to_owned()),
        has_public_link: Set(survey.has_public_link),
        allows_repeats: Set(survey.allows_repeats),
        touchpoint_id: Set(survey.touchpoint.map(|id| id.0)),
        draft: Set(to_document("surveys", &survey.draft)?),
        revision: Set(survey.revision),
        created_at: Set(micros(survey.created_at)),
        updated_at: Set(micros(survey.updated_at)),
    })
}

fn to_survey(row: surveys::Model) -> Result<Survey, StoreError> {
    const TABLE: &str = "surveys";
    Ok(Survey {
        id: SurveyId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        slug: word(TABLE, &row.slug)?,
        name: row.name,
        purpose: known(TABLE, row.purpose)?,
        state: known(TABLE, row.state)?,
        has_public_link: row.has_public_link,
        allows_repeats: row.allows_repeats,
        touchpoint: row.touchpoint_id.map(TouchpointId),
        draft: document(TABLE, row.draft)?,
        revision: row.revision,
        created_at: moment(TABLE, row.created_at)?,
        updated_at: moment(TABLE, row.updated_at)?,
    })
}

fn to_version(row: survey_versions::Model) -> Result<Version, StoreError> {
    const TABLE: &str = "survey_versions";
    Ok(Version {
        id: VersionId(row.id),
        survey: SurveyId(row.survey_id),
        number: row.number,
        definition: document(TABLE, row.definition)?,
        published_at: moment(TABLE, row.published_at)?,
        published_by: row.published_by.map(UserId),
    })
}
