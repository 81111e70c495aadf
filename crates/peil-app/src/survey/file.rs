//! Questionnaires from files and to files. What was read is a draft, and what became of every part
//! of the file is kept beside it.

use std::{sync::Arc, time::Duration};

use peil_domain::{
    access::{Actor, Right},
    shared::{Language, SurveyId},
    survey::{Definition, Survey, SurveyPurpose, excesses},
};
use peil_store::{StoreError, settings, survey};
use tokio::sync::Semaphore;

use super::{SurveyError, life::Start};
use crate::{
    App, AppError,
    app::demand,
    ports::{ReadSurvey, SurveyFileError, SurveyFileReport, SurveyFormat},
};

/// Files that are read at once: reading takes memory, and nobody needs many at a time.
static ROOM: Semaphore = Semaphore::const_new(1);
/// How long one waits for a turn before being told to try again.
const PATIENCE: Duration = Duration::from_secs(20);
/// Most remarks that are kept with a questionnaire.
const MOST_ITEMS: usize = 2_000;
/// Longest name for colleagues that is made of a title.
const LONGEST_NAME: usize = 100;

/// A questionnaire in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyFile {
    /// Name for colleagues; the title of the questionnaire when absent.
    pub name: Option<String>,
    /// What the file is; recognised when absent.
    pub format: Option<SurveyFormat>,
    /// The bytes.
    pub content: Vec<u8>,
    /// The language that texts stand in when the file has none that Peil speaks.
    pub language: Language,
}

impl SurveyFile {
    /// Largest file that is taken in, in bytes.
    pub const MOST_BYTES: usize = 10_000_000;
}

/// Name under which is kept what became of the file.
pub(super) fn report_name(id: SurveyId) -> String {
    format!("survey-file:{id}")
}

impl App {
    /// Makes a questionnaire of a file.
    ///
    /// # Errors
    /// [`SurveyError::File`] when the file cannot be read at all.
    pub async fn import_survey(
        &self,
        actor: &Actor,
        file: SurveyFile,
    ) -> Result<(Survey, SurveyFileReport), AppError> {
        demand(actor, Right::WriteSurveys)?;
        let (name, draft, report) = self.read_questionnaire(file).await?;
        let start = Start {
            name,
            slug: None,
            purpose: SurveyPurpose::Relational,
            draft,
        };
        let made = self.make_of_file(actor, start, &report).await?;
        Ok((made, report))
    }

    /// Reads a file as a questionnaire that can be stored, with its name.
    pub(super) async fn read_questionnaire(
        &self,
        file: SurveyFile,
    ) -> Result<(String, Definition, SurveyFileReport), AppError> {
        if file.content.len() > SurveyFile::MOST_BYTES {
            return Err(SurveyError::File(SurveyFileError {
                code: "too_large",
                detail: format!("larger than {} bytes", SurveyFile::MOST_BYTES),
            })
            .into());
        }
        let (language, name) = (file.language, file.name.clone());
        let ReadSurvey {
            definition,
            mut report,
        } = self.read_survey_file(file).await?;
        report.items_left_out += report.items.len().saturating_sub(MOST_ITEMS);
        report.items.truncate(MOST_ITEMS);
        let found = excesses(&definition);
        if !found.is_empty() {
            return Err(SurveyError::TooMuch(found).into());
        }
        let name = name.unwrap_or_else(|| name_of(&definition, language));
        Ok((name, definition, report))
    }

    /// Makes a questionnaire of what was read, and keeps what became of every part of the file.
    pub(super) async fn make_of_file(
        &self,
        actor: &Actor,
        start: Start,
        report: &SurveyFileReport,
    ) -> Result<Survey, AppError> {
        let tx = self.store.begin(actor.workspace).await?;
        let made = self.new_survey(&tx, actor, start).await?;
        settings::save(&tx, &report_name(made.id), report).await?;
        let details = serde_json::json!({
            "file": report.format.code(),
            "questions_in": report.questions_in,
            "questions_kept": report.questions_kept,
        });
        self.record(&tx, actor, "survey.created", made.id, details)
            .await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Reads what became of the file that a questionnaire was made of; nothing when it was made
    /// here.
    pub async fn get_survey_import(
        &self,
        actor: &Actor,
        id: SurveyId,
    ) -> Result<Option<SurveyFileReport>, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let session = self.look(actor.workspace).await?;
        survey::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        Ok(settings::find(&session, &report_name(id)).await?)
    }

    /// Writes the draft of a questionnaire in Peil's own format.
    pub async fn export_survey(&self, actor: &Actor, id: SurveyId) -> Result<String, AppError> {
        let found = self.get_survey(actor, id).await?;
        let written = self.survey_files.write(&found.survey.draft);
        Ok(written.map_err(SurveyError::File)?)
    }

    /// Reads a file when it has its turn, off the threads that answer requests.
    async fn read_survey_file(&self, file: SurveyFile) -> Result<ReadSurvey, AppError> {
        let files = Arc::clone(&self.survey_files);
        let read = move || files.read(file.format, &file.content, file.language);
        let read = self.with_file_turn(read).await?;
        Ok(read.map_err(SurveyError::File)?)
    }

    /// Reads something when it has its turn, off the threads that answer requests.
    pub(super) async fn with_file_turn<T: Send + 'static>(
        &self,
        read: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let turn = tokio::time::timeout(PATIENCE, ROOM.acquire()).await;
        let turn = turn.map_err(|_| AppError::Store(StoreError::Busy))?;
        let turn = turn.map_err(|error| AppError::Folder(format!("file turn: {error}")))?;
        // The turn goes along: a visitor who leaves does not make room that is still in use.
        let work = tokio::task::spawn_blocking(move || {
            let done = read();
            drop(turn);
            done
        });
        let done = work.await;
        done.map_err(|error| AppError::Folder(format!("file work: {error}")))
    }
}

/// A name for colleagues: the title, on one line and not too long.
fn name_of(definition: &Definition, language: Language) -> String {
    let language = definition.languages.first().copied().unwrap_or(language);
    let title = definition.title.get(language);
    let words = title.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join(" ").chars().take(LONGEST_NAME).collect();
    if name.trim().is_empty() {
        // Every questionnaire has a name that can be told from others.
        return match language {
            Language::Nl => "Vragenlijst".to_owned(),
            Language::En => "Questionnaire".to_owned(),
        };
    }
    name.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use peil_domain::shared::Localized;

    use super::*;

    #[test]
    fn a_name_is_the_title_on_one_line() {
        let named = |title: &str| {
            let definition = Definition {
                title: Localized::both(title, title),
                ..Definition::default()
            };
            name_of(&definition, Language::Nl)
        };
        assert_eq!(named("  Klanten\n\t2026 \u{0} "), "Klanten 2026");
        assert_eq!(named(" \n "), "Vragenlijst");
        assert_eq!(named(&"a".repeat(500)).len(), LONGEST_NAME);
    }
}
