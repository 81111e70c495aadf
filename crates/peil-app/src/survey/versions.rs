//! Comparing any two versions of a questionnaire, the draft included.

use peil_domain::{
    access::{Actor, Right},
    shared::SurveyId,
    survey::{Change, Definition, OtherChange, changes, other_changes},
};
use peil_store::survey;

use crate::{App, AppError, app::demand};

/// Two versions beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What was asked in the one.
    pub before: Definition,
    /// What was asked in the other.
    pub after: Definition,
    /// What changed about questions.
    pub changes: Vec<Change>,
    /// What changed besides.
    pub others: Vec<OtherChange>,
    /// Numbers of all versions, the newest first.
    pub numbers: Vec<i32>,
}

impl App {
    /// Compares two versions by their numbers; nothing stands for the draft.
    pub async fn compare_versions(
        &self,
        actor: &Actor,
        id: SurveyId,
        before: Option<i32>,
        after: Option<i32>,
    ) -> Result<Comparison, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let session = self.store.read(actor.workspace);
        let found = survey::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let versions = survey::list_versions(&session, id).await?;
        let definition = |number: Option<i32>, field: &'static str| match number {
            None => Ok(found.draft.clone()),
            Some(number) => {
                let version = versions.iter().find(|version| version.number == number);
                let unknown = AppError::Invalid {
                    field,
                    code: "unknown",
                };
                version
                    .map(|version| version.definition.clone())
                    .ok_or(unknown)
            }
        };
        let (before, after) = (definition(before, "from")?, definition(after, "to")?);
        Ok(Comparison {
            changes: changes(&before, &after),
            others: other_changes(&before, &after),
            numbers: versions.iter().map(|version| version.number).collect(),
            before,
            after,
        })
    }
}
