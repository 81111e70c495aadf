//! Translating a questionnaire, text by text. Two people can translate at once: a text is only
//! overwritten by who saw what stands there, and the later one is shown what the other wrote.

use peil_domain::{
    access::{Actor, Right},
    shared::{Language, SurveyId},
    survey::{Definition, Outdated, Survey, TextPlace},
};
use peil_store::{Tx, settings, survey};

use super::{Edit, SurveyError};
use crate::{App, AppError, app::demand};

/// How often saving is tried when others save at the same moment.
const TRIES: usize = 3;

/// A draft with what is known of its translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translations {
    /// The questionnaire.
    pub survey: Survey,
    /// Translations that are older than their source.
    pub outdated: Outdated,
}

/// One text as it should read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewText {
    /// Where it stands.
    pub place: TextPlace,
    /// How it read when it was changed; not known when absent.
    pub before: Option<String>,
    /// How it should read; blank takes it away.
    pub text: String,
    /// Whether it was looked at and is right for its source, also when it stays as it is.
    pub is_checked: bool,
}

/// What became of texts that were saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translated {
    /// The questionnaire after it.
    pub survey: Survey,
    /// How many texts changed.
    pub saved: usize,
    /// Texts that someone else wrote in between; they were left as they are.
    pub conflicts: Vec<TextConflict>,
    /// Places that the questionnaire does not have.
    pub unknown: Vec<TextPlace>,
}

/// A text that someone else wrote in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextConflict {
    /// Where it stands.
    pub place: TextPlace,
    /// How it reads now.
    pub now: String,
}

/// Name under which is kept which translations are older than their source.
pub(super) fn outdated_name(id: SurveyId) -> String {
    format!("survey-outdated:{id}")
}

impl App {
    /// Reads a draft with what is known of its translations.
    pub async fn get_translations(
        &self,
        actor: &Actor,
        id: SurveyId,
    ) -> Result<Translations, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let session = self.look(actor.workspace).await?;
        let survey = survey::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let outdated = settings::find(&session, &outdated_name(id)).await?;
        Ok(Translations {
            survey,
            outdated: outdated.unwrap_or_default(),
        })
    }

    /// Writes texts in one language of the draft, on what the caller saw at `revision`. What
    /// someone else changed since is left as it is and told; everything else is saved.
    ///
    /// # Errors
    /// [`SurveyError::TooMuch`] when a text is too long or has characters that cannot be kept.
    pub async fn translate_survey(
        &self,
        actor: &Actor,
        id: SurveyId,
        language: Language,
        revision: i32,
        texts: &[NewText],
    ) -> Result<Translated, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let mut tries = 1..=TRIES;
        loop {
            let now = self.get_survey(actor, id).await?.survey;
            check_language(&now.draft, language)?;
            let work = sort(&now, language, revision, texts);
            let saved = work.changes.len();
            let survey = if saved == 0 {
                now
            } else {
                let edit = Edit::Translate(work.changes);
                match self.edit_survey(actor, id, now.revision, edit).await {
                    Ok(survey) => survey,
                    Err(AppError::Survey(SurveyError::Conflict { .. }))
                        if tries.next().is_some() =>
                    {
                        continue;
                    }
                    Err(error) => return Err(error),
                }
            };
            self.confirm(actor, id, language, texts).await?;
            return Ok(Translated {
                survey,
                saved,
                conflicts: work.conflicts,
                unknown: work.unknown,
            });
        }
    }

    /// Notes which texts were looked at and are right.
    async fn confirm(
        &self,
        actor: &Actor,
        id: SurveyId,
        language: Language,
        texts: &[NewText],
    ) -> Result<(), AppError> {
        let checked: Vec<&NewText> = texts.iter().filter(|text| text.is_checked).collect();
        if checked.is_empty() {
            return Ok(());
        }
        let tx = self.store.begin(actor.workspace).await?;
        let name = outdated_name(id);
        let mut outdated: Outdated = settings::find(&tx, &name).await?.unwrap_or_default();
        for text in checked {
            outdated.confirm(language, &text.place);
        }
        settings::save(&tx, &name, &outdated).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Notes which translations of a draft became older than their source by a change.
    pub(super) async fn follow_texts(
        &self,
        tx: &Tx,
        before: &Survey,
        after: &Definition,
    ) -> Result<(), AppError> {
        if before.draft.languages.len() < 2 && after.languages.len() < 2 {
            return Ok(());
        }
        let name = outdated_name(before.id);
        let known: Outdated = settings::find(tx, &name).await?.unwrap_or_default();
        let mut outdated = known.clone();
        outdated.follow(&before.draft, after);
        if outdated != known {
            settings::save(tx, &name, &outdated).await?;
        }
        Ok(())
    }
}

/// Refuses a language that the draft does not have.
pub(super) fn check_language(draft: &Definition, language: Language) -> Result<(), AppError> {
    if draft.languages.contains(&language) {
        Ok(())
    } else {
        Err(AppError::Invalid {
            field: "language",
            code: "unknown",
        })
    }
}

/// Texts, sorted into what can be saved and what cannot.
#[derive(Default)]
struct Work {
    changes: Vec<(TextPlace, Language, String)>,
    conflicts: Vec<TextConflict>,
    unknown: Vec<TextPlace>,
}

fn sort(now: &Survey, language: Language, revision: i32, texts: &[NewText]) -> Work {
    let mut draft = now.draft.clone();
    let mut work = Work::default();
    for text in texts {
        let Some(words) = draft.text_mut(&text.place) else {
            work.unknown.push(text.place.clone());
            continue;
        };
        let reads = words.exact(language).unwrap_or_default();
        let wanted = tidy(&text.text);
        let is_seen = text
            .before
            .as_deref()
            .is_none_or(|before| tidy(before) == reads);
        if reads == wanted
            || text
                .before
                .as_deref()
                .is_some_and(|before| tidy(before) == wanted)
        {
            // It stays, or only the other one changed it.
        } else if is_seen && (text.before.is_some() || now.revision == revision) {
            let change = (text.place.clone(), language, wanted);
            work.changes.push(change);
        } else {
            work.conflicts.push(TextConflict {
                place: text.place.clone(),
                now: reads.to_owned(),
            });
        }
    }
    work
}

/// A text as forms and files bring it: with one kind of line end, and nothing around it.
pub(super) fn tidy(text: &str) -> String {
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    plain.trim().to_owned()
}
