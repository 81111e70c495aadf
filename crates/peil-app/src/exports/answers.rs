//! The answers to a questionnaire as rows of a table or objects of a list.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use peil_domain::{
    access::{Actor, Right},
    shared::{ContactId, Language, ResponseId, SurveyId, VersionId},
};
use peil_store::{
    Read, access,
    audience::{accounts, contacts},
    response, results, survey,
};

use super::{
    ExportFormat, ExportStream, Record, RowSource,
    sheet::{Around, Sheet},
    stream_records,
};
use crate::{
    App, AppError,
    app::{demand, zone_of},
};

/// Submissions that are read at a time.
const PAGE: u64 = 500;

/// A file with answers.
pub struct AnswersExport {
    /// A good name for it.
    pub file_name: String,
    /// Its bytes.
    pub content: ExportStream,
}

impl App {
    /// Writes every submission of a questionnaire to a file, with labels in `language`. Who
    /// answered, for which organisation and with which segment values is in it for those who may
    /// see customers.
    pub async fn export_responses(
        &self,
        actor: &Actor,
        id: SurveyId,
        format: ExportFormat,
        language: Language,
    ) -> Result<AnswersExport, AppError> {
        demand(actor, Right::ReadResponses)?;
        let session = self.store.read(actor.workspace);
        let found = survey::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let workspace = access::find_workspace(&session)
            .await?
            .ok_or(AppError::NotFound)?;
        let mut source = Source {
            survey: id,
            sheet: Sheet::new(
                language,
                actor.has(Right::ReadAudience),
                zone_of(&workspace),
            ),
            is_table: format.table().is_some(),
            after: None,
            versions: BTreeMap::new(),
            session,
        };
        for version in survey::list_versions(&source.session, id).await? {
            source.versions.insert(version.id, version.number);
            // Newest first: later texts replace earlier ones, removed questions come last.
            source.sheet.add_questions(version.definition.questions());
        }
        // What someone is like points at who it is.
        if source.sheet.shows_contacts {
            source.sheet.segments = results::segment_keys(&source.session, id).await?;
        }
        let header = source.sheet.header();
        let day = self.clock.now().to_zoned(zone_of(&workspace)).date();
        self.make_uploads()?;
        let spool = self
            .uploads()
            .join(format!("export-{}", hex(self.random())));
        let content = stream_records(&*self.tables, format, &header, Box::new(source), spool)?;
        let file_name = format!("{}-{day}.{}", found.slug, format.extension());
        let tx = self.store.begin(actor.workspace).await?;
        let details = serde_json::json!({ "format": format.code() });
        self.record(&tx, actor, "responses.exported", id, details)
            .await?;
        tx.commit().await?;
        Ok(AnswersExport { file_name, content })
    }

    /// Finds the questionnaire with this name in addresses, for commands.
    pub async fn find_survey_named(
        &self,
        actor: &Actor,
        slug: &peil_domain::shared::Slug,
    ) -> Result<SurveyId, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let found = self.store.find_survey_by_slug(slug).await?;
        let ours = found.filter(|survey| survey.workspace == actor.workspace);
        ours.map(|survey| survey.id).ok_or(AppError::NotFound)
    }
}

fn hex(bytes: [u8; 8]) -> String {
    format!("{:016x}", u64::from_be_bytes(bytes))
}

struct Source {
    session: Read,
    survey: SurveyId,
    sheet: Sheet,
    is_table: bool,
    after: Option<ResponseId>,
    versions: BTreeMap<VersionId, i32>,
}

#[async_trait]
impl RowSource for Source {
    async fn next_page(&mut self) -> Result<Option<Vec<Record>>, AppError> {
        let page = response::list_from(&self.session, self.survey, self.after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(None);
        };
        self.after = Some(last.id);
        let unique = |ids: Vec<_>| ids.into_iter().collect::<BTreeSet<_>>();
        let account_ids = unique(
            page.iter()
                .filter_map(|response| response.account)
                .collect(),
        );
        let account_ids: Vec<_> = account_ids.into_iter().collect();
        let accounts = accounts::names(&self.session, &account_ids).await?;
        let mut people: BTreeMap<ContactId, String> = BTreeMap::new();
        if self.sheet.shows_contacts {
            let ids: BTreeSet<ContactId> = page.iter().filter_map(|one| one.contact).collect();
            let ids: Vec<ContactId> = ids.into_iter().collect();
            let found = contacts::list_by_ids(&self.session, &ids).await?;
            people.extend(
                found
                    .into_iter()
                    .filter_map(|one| Some((one.id, one.external_id?))),
            );
        }
        let records = page.iter().map(|one| {
            let around = Around {
                version: self.versions.get(&one.version).copied(),
                contact: one
                    .contact
                    .and_then(|id| people.get(&id))
                    .map(String::as_str),
                account: one
                    .account
                    .and_then(|id| accounts.get(&id))
                    .map(String::as_str),
            };
            if self.is_table {
                Record::Cells(self.sheet.cells(one, &around))
            } else {
                Record::Object(self.sheet.object(one, &around))
            }
        });
        Ok(Some(records.collect()))
    }
}
