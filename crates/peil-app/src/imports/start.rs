//! Starts imports.

use peil_domain::{
    access::{Actor, Right},
    audience::Attribute,
    shared::{AttributeId, ImportId, JobId},
};
use peil_store::{
    audience::attributes,
    imports::{self, Import, ImportKind, ImportState},
    jobs,
};

use super::{
    AnswersForm, AnswersMap, ContactTarget, ContactsMap, ImportError, ImportView, Plan,
    cells::key_of,
    contacts::ContactsPlan,
    mapping::refuse_control_characters,
    run::RUN_IMPORT,
    take::{Kept, view},
};
use crate::{
    App, AppError,
    app::{demand, new_id},
};

impl App {
    /// Starts importing customers.
    ///
    /// # Errors
    /// [`ImportError::Map`] when the columns cannot mean what is said.
    pub async fn start_contacts_import(
        &self,
        actor: &Actor,
        id: ImportId,
        map: ContactsMap,
    ) -> Result<ImportView, AppError> {
        let import = self.waiting_import(actor, id).await?;
        if import.kind != ImportKind::Contacts {
            return Err(ImportError::NotWaiting.into());
        }
        refuse_control_characters(&map)?;
        let table = self.look_at(self.upload_path(id), 1).await?;
        let known = attributes::list(&self.store.read(actor.workspace)).await?;
        let as_if = known
            .into_iter()
            .chain(new_attributes(actor, &map))
            .collect::<Vec<_>>();
        ContactsPlan::new(&map, &table.header, &as_if)?;
        self.start(actor, import, Plan::Contacts(map)).await
    }

    /// Starts importing answers with what a person said on screen.
    ///
    /// # Errors
    /// [`ImportError::Map`] when the columns cannot mean what is said.
    pub async fn start_answers_form(
        &self,
        actor: &Actor,
        id: ImportId,
        form: &AnswersForm,
    ) -> Result<ImportView, AppError> {
        demand(actor, Right::WriteResponses)?;
        let map = self.map_of_form(actor, form).await?;
        self.start_answers_import(actor, id, map).await
    }

    /// Starts importing answers; makes the questionnaire when the map describes a new one.
    ///
    /// # Errors
    /// [`ImportError::Map`] when the columns cannot mean what is said.
    pub async fn start_answers_import(
        &self,
        actor: &Actor,
        id: ImportId,
        map: AnswersMap,
    ) -> Result<ImportView, AppError> {
        let mut import = self.waiting_import(actor, id).await?;
        if import.kind != ImportKind::Answers {
            return Err(ImportError::NotWaiting.into());
        }
        let table = self.look_at(self.upload_path(id), 1).await?;
        self.try_answers_map(actor, &map, &table.header).await?;
        let (found, _) = self.survey_for(actor, &map.survey).await?;
        import.survey = Some(found.id);
        self.start(actor, import, Plan::Answers(Box::new(map)))
            .await
    }

    async fn start(
        &self,
        actor: &Actor,
        mut import: Import,
        plan: Plan,
    ) -> Result<ImportView, AppError> {
        import.mapping = Kept {
            plan: Some(plan),
            ..Kept::default()
        }
        .to_json();
        import.state = ImportState::Running;
        let tx = self.store.begin(actor.workspace).await?;
        let now = imports::find(&tx, import.id).await?;
        if now.is_none_or(|now| now.state != ImportState::Uploaded) {
            return Err(ImportError::NotWaiting.into());
        }
        imports::save(&tx, &import).await?;
        let payload = serde_json::json!({ "import": import.id });
        let job = new_id!(self, JobId);
        jobs::enqueue(&tx, job, RUN_IMPORT, payload, self.clock.now()).await?;
        let details = serde_json::json!({ "kind": import.kind, "file": import.file_name });
        self.record(&tx, actor, "import.started", import.id, details)
            .await?;
        tx.commit().await?;
        self.wake_worker();
        Ok(view(import))
    }
}

/// The attributes that a map makes, to check it with before they exist.
fn new_attributes(actor: &Actor, map: &ContactsMap) -> Vec<Attribute> {
    let made = map
        .columns
        .iter()
        .filter_map(|column| match &column.target {
            ContactTarget::NewAttribute { label, kind } => Some((label, kind)),
            _ => None,
        });
    made.filter_map(|(label, kind)| {
        Some(Attribute {
            id: AttributeId(uuid::Uuid::nil()),
            workspace: actor.workspace,
            key: key_of(label)?,
            label: label.clone(),
            kind: *kind,
        })
    })
    .collect()
}
