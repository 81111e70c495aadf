//! Texts of a questionnaire to a translator and back. What a file says is used text by text; what is
//! not used, or has to be looked at, is told with its line.

use std::sync::Arc;

use peil_domain::{
    access::{Actor, Right},
    shared::{Language, SurveyId},
    survey::{Outdated, Survey, TextPlace, fills_alike},
};
use peil_store::settings;

use super::{
    Edit, SurveyError, SurveyFile,
    translate::{check_language, outdated_name, tidy},
};
use crate::{
    App, AppError,
    app::demand,
    ports::{ReadText, SurveyFileError, TextRow, TextSheet, TextsFormat},
};

/// Most remarks that are told about one file.
const MOST_ITEMS: usize = 1_000;

/// What became of a translator's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextsReport {
    /// The questionnaire after it.
    pub survey: Survey,
    /// Texts that were taken over.
    pub used: usize,
    /// Texts that read like this already.
    pub same: usize,
    /// What was not used, or has to be looked at, in the order of the file.
    pub items: Vec<TextsItem>,
    /// How many more there are than could be listed.
    pub items_left_out: usize,
}

/// One text of a file that was not used, or has to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextsItem {
    /// Line of the file.
    pub line: u64,
    /// Name of its place, as the file has it.
    pub place: String,
    /// What is the matter.
    pub remark: TextsRemark,
}

/// What is the matter with one text of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextsRemark {
    /// The questionnaire has no such place.
    UnknownPlace,
    /// It is in another language.
    OtherLanguage,
    /// There is no translation.
    Empty,
    /// It is too long for its place.
    TooLong,
    /// It has characters that cannot be kept.
    Characters,
    /// The place was in the file before.
    Twice,
    /// It was used, but its source reads otherwise by now.
    SourceChanged,
    /// It was used, but it puts in other names or answers than its source.
    FillsDiffer,
}

impl TextsRemark {
    /// Every remark.
    pub const ALL: [Self; 8] = [
        Self::UnknownPlace,
        Self::OtherLanguage,
        Self::Empty,
        Self::TooLong,
        Self::Characters,
        Self::Twice,
        Self::SourceChanged,
        Self::FillsDiffer,
    ];

    /// The remark as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownPlace => "unknown_place",
            Self::OtherLanguage => "other_language",
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::Characters => "characters",
            Self::Twice => "twice",
            Self::SourceChanged => "source_changed",
            Self::FillsDiffer => "fills_differ",
        }
    }

    /// Whether the text was used nevertheless.
    #[must_use]
    pub const fn is_used(self) -> bool {
        matches!(self, Self::SourceChanged | Self::FillsDiffer)
    }
}

impl App {
    /// Writes every text of a draft with its translation into `language`, for a translator.
    pub async fn export_texts(
        &self,
        actor: &Actor,
        id: SurveyId,
        language: Language,
        format: TextsFormat,
    ) -> Result<String, AppError> {
        let found = self.get_translations(actor, id).await?;
        let draft = &found.survey.draft;
        check_language(draft, language)?;
        let source = draft.languages.first().copied().unwrap_or(language);
        let rows = draft.texts().into_iter().map(|text| TextRow {
            is_outdated: found.outdated.source(language, &text.place).is_some(),
            longest: text.place.longest(),
            place: text.place.to_string(),
            source: text.words.exact(source).unwrap_or_default().to_owned(),
            target: text.words.exact(language).unwrap_or_default().to_owned(),
        });
        let sheet = TextSheet {
            name: found.survey.slug.to_string(),
            source,
            target: language,
            rows: rows.collect(),
        };
        Ok(self.survey_files.write_texts(format, &sheet))
    }

    /// Takes over what a translator sent back. It can be undone like any other change of the draft.
    ///
    /// # Errors
    /// [`SurveyError::File`] when the file cannot be read at all; [`SurveyError::Conflict`] when
    /// the draft is no longer at `revision`.
    pub async fn import_texts(
        &self,
        actor: &Actor,
        id: SurveyId,
        language: Language,
        revision: i32,
        content: Vec<u8>,
    ) -> Result<TextsReport, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let found = self.get_translations(actor, id).await?;
        let before = found.survey;
        check_language(&before.draft, language)?;
        if before.revision != revision {
            return Err(SurveyError::Conflict {
                now: before.revision,
            }
            .into());
        }
        if content.len() > SurveyFile::MOST_BYTES {
            return Err(SurveyError::File(SurveyFileError {
                code: "too_large",
                detail: format!("larger than {} bytes", SurveyFile::MOST_BYTES),
            })
            .into());
        }
        let files = Arc::clone(&self.survey_files);
        let read = self
            .with_file_turn(move || files.read_texts(&content, language))
            .await?
            .map_err(SurveyError::File)?;
        let mut taken = Taken::new(&before, language);
        for row in read.rows {
            taken.take(&row);
        }
        let survey = if taken.used == 0 {
            before
        } else {
            let edit = Edit::Replace(Box::new(taken.after));
            self.edit_survey(actor, id, revision, edit).await?
        };
        self.note_sources(actor, id, language, &taken.older).await?;
        let items_left_out = taken.items.len().saturating_sub(MOST_ITEMS);
        taken.items.truncate(MOST_ITEMS);
        Ok(TextsReport {
            survey,
            used: taken.used,
            same: taken.same,
            items: taken.items,
            items_left_out,
        })
    }

    /// Notes that translations were made of sources that read otherwise by now.
    async fn note_sources(
        &self,
        actor: &Actor,
        id: SurveyId,
        language: Language,
        older: &[(TextPlace, String)],
    ) -> Result<(), AppError> {
        if older.is_empty() {
            return Ok(());
        }
        let tx = self.store.begin(actor.workspace).await?;
        let name = outdated_name(id);
        let mut outdated: Outdated = settings::find(&tx, &name).await?.unwrap_or_default();
        for (place, made_of) in older {
            outdated.note(language, place, made_of);
        }
        settings::save(&tx, &name, &outdated).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// A draft that takes over texts one by one.
struct Taken {
    after: peil_domain::survey::Definition,
    source: Language,
    language: Language,
    seen: std::collections::BTreeSet<TextPlace>,
    used: usize,
    same: usize,
    older: Vec<(TextPlace, String)>,
    items: Vec<TextsItem>,
}

impl Taken {
    fn new(survey: &Survey, language: Language) -> Self {
        let first = survey.draft.languages.first();
        Self {
            after: survey.draft.clone(),
            source: first.copied().unwrap_or(language),
            language,
            seen: std::collections::BTreeSet::new(),
            used: 0,
            same: 0,
            older: Vec::new(),
            items: Vec::new(),
        }
    }

    fn take(&mut self, row: &ReadText) {
        for remark in self.judge(row) {
            self.items.push(TextsItem {
                line: row.line,
                place: row.place.chars().take(100).collect(),
                remark,
            });
        }
    }

    /// Takes a text over when it can be; says what is the matter with it.
    fn judge(&mut self, row: &ReadText) -> Vec<TextsRemark> {
        let Ok(place) = row.place.parse::<TextPlace>() else {
            return vec![TextsRemark::UnknownPlace];
        };
        let Some(words) = self.after.text_mut(&place) else {
            return vec![TextsRemark::UnknownPlace];
        };
        let is_other = |code: &String| code.parse().ok() != Some(self.language);
        if row.language.as_ref().is_some_and(is_other) {
            return vec![TextsRemark::OtherLanguage];
        }
        let text = tidy(&row.target);
        if text.is_empty() {
            return vec![TextsRemark::Empty];
        }
        if text.chars().count() > place.longest() {
            return vec![TextsRemark::TooLong];
        }
        if text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t')
        {
            return vec![TextsRemark::Characters];
        }
        if !self.seen.insert(place.clone()) {
            return vec![TextsRemark::Twice];
        }
        if words.exact(self.language) == Some(text.as_str()) {
            self.same += 1;
            return Vec::new();
        }
        let mut remarks = Vec::new();
        let reads = words.exact(self.source).unwrap_or_default().to_owned();
        let made_of = row.source.as_deref().map(tidy).unwrap_or_default();
        if self.language != self.source && !made_of.is_empty() && made_of != tidy(&reads) {
            remarks.push(TextsRemark::SourceChanged);
            self.older.push((place, made_of));
        }
        if self.language != self.source && !fills_alike(&reads, &text) {
            remarks.push(TextsRemark::FillsDiffer);
        }
        words.set(self.language, text);
        self.used += 1;
        remarks
    }
}
