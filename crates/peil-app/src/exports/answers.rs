//! The answers to a questionnaire as rows of a table or objects of a list.

use std::sync::Arc;

use async_trait::async_trait;
use peil_domain::{
    access::{Actor, Right},
    shared::{Language, SurveyId},
};
use peil_store::{
    Read, access,
    response::{self, Lines, LinesEnd},
    results, survey,
};

use super::{Encoder, ExportFormat, ExportStream, RowPage, RowSource, sheet::Sheet, stream_rows};
use crate::{
    App, AppError,
    app::{demand, zone_of},
    themes::sees_personal_data,
};

/// Submissions that are read at a time.
const PAGE: u64 = 2_000;

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
    /// see customers; personal data in words for those who follow up.
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
        let shows_contacts = actor.has(Right::ReadAudience);
        let mut sheet = Sheet::new(language, shows_contacts, zone_of(&workspace));
        sheet.masks_words = !sees_personal_data(actor);
        for version in survey::list_versions(&session, id).await? {
            sheet.versions.insert(version.id, version.number);
            // Newest first: later texts replace earlier ones, removed questions come last.
            sheet.add_questions(version.definition.by_item().questions());
        }
        // What someone is like points at who it is.
        if shows_contacts {
            sheet.segments = results::segment_keys(&session, id).await?;
        }
        let header = sheet.header();
        let source = Source {
            survey: id,
            sheet: Arc::new(sheet),
            is_table: format.table().is_some(),
            after: None,
            session,
        };
        let day = self.clock.now().to_zoned(zone_of(&workspace)).date();
        self.make_uploads()?;
        let spool = self
            .uploads()
            .join(format!("export-{}", hex(self.random())));
        let content = stream_rows(&*self.tables, format, &header, Box::new(source), spool)?;
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
    sheet: Arc<Sheet>,
    is_table: bool,
    after: Option<LinesEnd>,
}

/// Submissions that were read together.
struct Page {
    lines: Lines,
    sheet: Arc<Sheet>,
    is_table: bool,
}

#[async_trait]
impl RowSource for Source {
    async fn next_page(&mut self) -> Result<Option<Box<dyn RowPage>>, AppError> {
        let found = response::lines(&self.session, self.survey, self.after, PAGE).await?;
        let Some((lines, end)) = found else {
            return Ok(None);
        };
        self.after = Some(end);
        Ok(Some(Box::new(Page {
            lines,
            sheet: Arc::clone(&self.sheet),
            is_table: self.is_table,
        })))
    }
}

impl RowPage for Page {
    fn write(&self, to: &mut Encoder) -> Result<(), AppError> {
        let lines = self.lines.read()?;
        if !self.is_table {
            let mut objects = lines.iter().map(|line| self.sheet.object(line));
            return objects.try_for_each(|object| to.object(&object));
        }
        for line in &lines {
            to.row(&self.sheet.cells(line))?;
        }
        Ok(())
    }
}
