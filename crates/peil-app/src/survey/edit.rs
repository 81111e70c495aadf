//! Changing the draft of a questionnaire. Every change names the revision that it was made on, so
//! that two people never overwrite each other.

use peil_domain::{
    access::{Actor, Right},
    shared::{Language, Localized, QuestionKey, Slug, SurveyId, TouchpointId},
    survey::{
        Definition, Picture, Question, QuestionKind, Survey, SurveyLook, SurveyPurpose, TextPlace,
        excesses,
    },
};
use peil_store::{Tx, journey, settings, survey};
use serde::{Deserialize, Serialize};

use super::{SurveyError, apply::apply};
use crate::{App, AppError, access::check_name, app::demand};

/// What changes about a questionnaire besides its questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyChange {
    /// Name for colleagues.
    pub name: String,
    /// Name in addresses.
    pub slug: Slug,
    /// What it measures.
    pub purpose: SurveyPurpose,
    /// Whether anyone may answer through the public link.
    pub has_public_link: bool,
    /// Whether one visitor may answer more than once.
    pub allows_repeats: bool,
    /// The contact moment that it asks about.
    pub touchpoint: Option<TouchpointId>,
}

/// A question to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    /// Its kind, with standard settings.
    pub kind: QuestionKind,
    /// Behind which question; at the end when absent.
    pub after: Option<QuestionKey>,
}

/// One change of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Replaces the whole draft.
    Replace(Box<Definition>),
    /// Writes title, introduction and thanks.
    Texts {
        /// Title on the page.
        title: Localized,
        /// Text above the first question.
        intro: Localized,
        /// Text after the last answer.
        thanks: Localized,
        /// Extra text after the last answer for a low score.
        thanks_low: Localized,
    },
    /// Sets the languages, the first one being the fallback.
    Languages(Vec<Language>),
    /// Writes texts in the languages that are named; a blank one is taken away.
    Translate(Vec<(TextPlace, Language, String)>),
    /// Sets the look.
    Look(SurveyLook),
    /// Puts a picture above a question, or takes it away.
    Picture {
        /// The question.
        key: QuestionKey,
        /// The picture.
        picture: Option<Picture>,
    },
    /// Writes the heading of a page.
    PageTitle {
        /// The page, counted from 1.
        page: usize,
        /// The heading.
        title: Localized,
    },
    /// Adds a question.
    Add(Box<NewQuestion>),
    /// Adds a question as it is; its key changes when it is used already.
    AddReady {
        /// The question, with its texts.
        question: Box<Question>,
        /// Behind which question; at the end when absent.
        after: Option<QuestionKey>,
    },
    /// Replaces a question; its key stays.
    Question(Box<Question>),
    /// Adds an empty option to a choice question.
    AddOption(QuestionKey),
    /// Moves a question by one place.
    Move {
        /// The question.
        key: QuestionKey,
        /// Towards the start.
        up: bool,
    },
    /// Puts a copy behind a question.
    Duplicate(QuestionKey),
    /// Takes a question out.
    Remove(QuestionKey),
    /// Starts a new page at a question, or joins its page with the one before when it is the first
    /// of its page.
    BreakBefore(QuestionKey),
}

impl Edit {
    /// Whether it takes something away that one may want back.
    const fn can_be_undone(&self) -> bool {
        matches!(self, Self::Remove(_) | Self::Replace(_))
    }
}

/// The draft as it was before a question was taken out.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    /// The revision at which it was taken out; undoing is possible until the next change.
    revision: i32,
    draft: Definition,
}

/// Name under which the draft before the last removal is kept.
pub(super) fn undo_name(id: SurveyId) -> String {
    format!("survey-undo:{id}")
}

impl App {
    /// Changes name, address and who may answer.
    pub async fn update_survey(
        &self,
        actor: &Actor,
        id: SurveyId,
        revision: i32,
        change: SurveyChange,
    ) -> Result<Survey, AppError> {
        demand(actor, Right::WriteSurveys)?;
        check_name("name", &change.name)?;
        let tx = self.store.begin(actor.workspace).await?;
        let before = survey::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        check_revision(&before, revision)?;
        check_touchpoint(&tx, change.touchpoint).await?;
        let taken = self.store.find_survey_by_slug(&change.slug).await?;
        if taken.is_some_and(|other| other.id != id) {
            return Err(SurveyError::SlugTaken.into());
        }
        let after = Survey {
            name: change.name.trim().to_owned(),
            slug: change.slug,
            purpose: change.purpose,
            has_public_link: change.has_public_link,
            allows_repeats: change.allows_repeats,
            touchpoint: change.touchpoint,
            revision: before.revision + 1,
            updated_at: self.clock.now(),
            ..before.clone()
        };
        self.save_survey(&tx, &before, &after).await?;
        let details = serde_json::json!({ "slug": after.slug });
        self.record(&tx, actor, "survey.changed", id, details)
            .await?;
        tx.commit().await?;
        self.open_surveys.forget();
        Ok(after)
    }

    /// Changes the draft. What a removal or replacement took away can be brought back by
    /// [`App::undo_survey_edit`] until the next change.
    ///
    /// # Errors
    /// [`SurveyError::Conflict`] when the draft is no longer at `revision`;
    /// [`SurveyError::TooMuch`] when it would become larger than can be handled.
    pub async fn edit_survey(
        &self,
        actor: &Actor,
        id: SurveyId,
        revision: i32,
        edit: Edit,
    ) -> Result<Survey, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let before = survey::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        check_revision(&before, revision)?;
        let can_be_undone = edit.can_be_undone();
        let mut draft = before.draft.clone();
        apply(&mut draft, edit)?;
        let found = excesses(&draft);
        if !found.is_empty() {
            return Err(SurveyError::TooMuch(found).into());
        }
        let after = self.save_draft(&tx, &before, draft).await?;
        if can_be_undone {
            let kept = Before {
                revision: after.revision,
                draft: before.draft,
            };
            settings::save(&tx, &undo_name(id), &kept).await?;
        }
        tx.commit().await?;
        Ok(after)
    }

    /// Brings back what the last change took away.
    ///
    /// # Errors
    /// [`SurveyError::NothingToUndo`] when the last change took nothing away;
    /// [`SurveyError::Conflict`] when the draft is no longer at `revision`.
    pub async fn undo_survey_edit(
        &self,
        actor: &Actor,
        id: SurveyId,
        revision: i32,
    ) -> Result<Survey, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let before = survey::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        check_revision(&before, revision)?;
        let kept: Option<Before> = settings::find(&tx, &undo_name(id)).await?;
        let kept = kept
            .filter(|kept| kept.revision == revision)
            .ok_or(SurveyError::NothingToUndo)?;
        let after = self.save_draft(&tx, &before, kept.draft).await?;
        tx.commit().await?;
        Ok(after)
    }

    async fn save_draft(
        &self,
        tx: &Tx,
        before: &Survey,
        draft: Definition,
    ) -> Result<Survey, AppError> {
        self.follow_texts(tx, before, &draft).await?;
        let after = Survey {
            draft,
            revision: before.revision + 1,
            updated_at: self.clock.now(),
            ..before.clone()
        };
        self.save_survey(tx, before, &after).await?;
        Ok(after)
    }
}

/// A contact moment has to be one of the organisation's own.
async fn check_touchpoint(tx: &Tx, touchpoint: Option<TouchpointId>) -> Result<(), AppError> {
    let Some(id) = touchpoint else { return Ok(()) };
    let known = journey::list_touchpoints(tx).await?;
    if known.iter().any(|known| known.id == id) {
        Ok(())
    } else {
        Err(AppError::Invalid {
            field: "touchpoint",
            code: "unknown",
        })
    }
}

/// Stops someone who would overwrite what another person saved in between.
pub(super) fn check_revision(survey: &Survey, revision: i32) -> Result<(), AppError> {
    if survey.revision == revision {
        Ok(())
    } else {
        Err(SurveyError::Conflict {
            now: survey.revision,
        }
        .into())
    }
}
