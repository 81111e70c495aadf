//! Changing the draft of a questionnaire. Every change names the revision that it was made on, so
//! that two people never overwrite each other: a change upon an older draft is refused or merged
//! with what was done since, as whoever makes it asks.

use peil_domain::{
    access::{Actor, Right},
    shared::{Language, Localized, QuestionKey, Slug, SurveyId, TouchpointId},
    survey::{
        Clash, Definition, Picture, Question, QuestionKind, Survey, SurveyLook, SurveyPurpose,
        TextPlace, excesses, merge, take_over,
    },
};
use peil_store::{Tx, journey, survey};

use super::{
    Deed, FindingName, LogicEdit, SurveyError,
    apply::apply,
    history::{History, Step},
};
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

/// What two people changed differently at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clashing {
    /// Where, with both.
    pub clashes: Vec<Clash>,
    /// The draft with everything of both; at every clash with what this person made of it.
    pub proposal: Definition,
}

/// The draft that a change is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upon {
    /// The draft at this revision and no other.
    Exactly(i32),
    /// The draft as it is, when what changed since this revision goes together with it.
    Since(i32),
}

impl From<i32> for Upon {
    fn from(revision: i32) -> Self {
        Self::Exactly(revision)
    }
}

/// A place among the questions. Pages are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// Behind this question.
    Behind(QuestionKey),
    /// Before the first question of a page.
    StartOf(usize),
    /// Behind the last question of a page.
    EndOf(usize),
}

/// A question to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    /// Its kind, with standard settings.
    pub kind: QuestionKind,
    /// Where; at the end when absent.
    pub to: Option<Spot>,
}

/// One change of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Replaces the whole draft.
    Replace(Box<Definition>),
    /// Puts all that another questionnaire asks behind what is asked.
    Append(Box<Definition>),
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
        /// Where; at the end when absent.
        to: Option<Spot>,
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
    /// Moves a question to any place.
    Place {
        /// The question.
        key: QuestionKey,
        /// Where to.
        to: Spot,
    },
    /// Adds an empty page behind this one; before all others when it is 0.
    AddPage(usize),
    /// Joins this page with the one before.
    JoinPage(usize),
    /// Moves a page by one place.
    MovePage {
        /// The page, counted from 1.
        page: usize,
        /// Towards the start.
        up: bool,
    },
    /// Takes a page out, with its questions.
    RemovePage(usize),
    /// Several changes at once, one after the other.
    All(Vec<Edit>),
    /// Changes what is shown when.
    Logic(Box<LogicEdit>),
    /// A change, except for parts that stay as they are.
    Except {
        /// The change.
        edit: Box<Edit>,
        /// Steps from the whole to each of the parts, as a [`Clash`] names them.
        kept: Vec<Vec<String>>,
    },
    /// Takes over what the reviewer proposes.
    Take(FindingName),
}

impl Edit {
    /// Whether it means the same upon any draft: it only adds or moves, and names its place by
    /// question.
    fn fits_anywhere(&self) -> bool {
        match self {
            Self::Add(new) => matches!(new.to, None | Some(Spot::Behind(_))),
            Self::AddReady { to, .. } => matches!(to, None | Some(Spot::Behind(_))),
            Self::Place { to, .. } => matches!(to, Spot::Behind(_)),
            Self::AddOption(_) | Self::Move { .. } | Self::Duplicate(_) | Self::Append(_) => true,
            Self::All(edits) => edits.iter().all(Self::fits_anywhere),
            Self::Except { edit, .. } => edit.fits_anywhere(),
            _ => false,
        }
    }

    /// What it does, and to which question.
    fn deed(&self) -> (Deed, Option<QuestionKey>) {
        let of = |key: &QuestionKey| Some(key.clone());
        match self {
            Self::Replace(_) => (Deed::Replaced, None),
            Self::Texts { .. } => (Deed::Wrote, None),
            Self::Translate(_) => (Deed::Translated, None),
            Self::Look(_) => (Deed::Dressed, None),
            Self::Languages(_) => (Deed::ChoseLanguages, None),
            Self::PageTitle { .. } => (Deed::WroteHeading, None),
            Self::Add(_) | Self::AddReady { .. } | Self::Append(_) => (Deed::Added, None),
            Self::Question(question) => (Deed::Changed, of(&question.key)),
            Self::AddOption(key) | Self::Picture { key, .. } => (Deed::Changed, of(key)),
            Self::Move { key, .. } | Self::Place { key, .. } => (Deed::Moved, of(key)),
            Self::Duplicate(key) => (Deed::Copied, of(key)),
            Self::Remove(key) => (Deed::Removed, of(key)),
            Self::BreakBefore(_)
            | Self::AddPage(_)
            | Self::JoinPage(_)
            | Self::MovePage { .. }
            | Self::RemovePage(_) => (Deed::ArrangedPages, None),
            Self::Logic(_) => (Deed::ChangedLogic, None),
            Self::Take(finding) => (Deed::Changed, finding.question()),
            Self::Except { edit, .. } => edit.deed(),
            Self::All(edits) => edits.first().map_or((Deed::Replaced, None), Self::deed),
        }
    }
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

    /// Changes the draft. With [`Upon::Since`] what others did meanwhile is kept, as long as both do
    /// not change the same thing. It can be taken back by [`App::undo_survey_edit`].
    ///
    /// # Errors
    /// [`SurveyError::Conflict`] when the draft is no longer as named;
    /// [`SurveyError::Clash`] when someone else changed the same thing meanwhile;
    /// [`SurveyError::TooMuch`] when it would become larger than can be handled.
    pub async fn edit_survey(
        &self,
        actor: &Actor,
        id: SurveyId,
        upon: impl Into<Upon>,
        edit: Edit,
    ) -> Result<Survey, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let before = survey::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        let mut history = History::load(&tx, id).await?.unwrap_or_default();
        let (deed, key) = edit.deed();
        let draft = edited(&tx, &history, &before, upon.into(), edit).await?;
        if draft == before.draft {
            return Ok(before);
        }
        let found = excesses(&draft);
        if !found.is_empty() {
            return Err(SurveyError::TooMuch(found).into());
        }
        let after = self.save_draft(&tx, &before, draft).await?;
        let step = Step::new(actor, after.revision, self.clock.now(), deed, key);
        history.note(&tx, &before, &after, step).await?;
        tx.commit().await?;
        Ok(after)
    }

    pub(super) async fn save_draft(
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

/// The draft with a change, together with what was done since the revision that it was made on.
async fn edited(
    tx: &Tx,
    history: &History,
    before: &Survey,
    upon: Upon,
    edit: Edit,
) -> Result<Definition, AppError> {
    check_upon(before, upon)?;
    let mut draft = before.draft.clone();
    match upon {
        Upon::Since(revision) if revision != before.revision && !edit.fits_anywhere() => {
            let base = history.draft_at(tx, before, revision).await?;
            let base = base.ok_or(SurveyError::Conflict {
                now: before.revision,
            })?;
            let mut mine = base.clone();
            apply(&mut mine, edit)?;
            let merged = merge(&base, &mine, &before.draft);
            if merged.clashes.is_empty() {
                return Ok(merged.definition);
            }
            let paths: Vec<_> = merged
                .clashes
                .iter()
                .map(|clash| clash.path.clone())
                .collect();
            let proposal = take_over(&merged.definition, &mine, &paths);
            let clashes = merged.clashes;
            Err(SurveyError::Clash(Box::new(Clashing { clashes, proposal })).into())
        }
        _ => {
            apply(&mut draft, edit)?;
            Ok(draft)
        }
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

/// Stops a change that is meant for one draft only, when it is another by now.
pub(super) fn check_upon(survey: &Survey, upon: Upon) -> Result<(), AppError> {
    match upon {
        Upon::Exactly(revision) => check_revision(survey, revision),
        Upon::Since(_) => Ok(()),
    }
}
