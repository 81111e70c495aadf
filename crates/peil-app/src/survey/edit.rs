//! Changing the draft of a questionnaire. Every change names the revision that it was made on, so
//! that two people never overwrite each other.

use peil_domain::{
    access::{Actor, Right},
    shared::{Language, Localized, QuestionKey, Slug, SurveyId, TouchpointId},
    survey::{Choice, Definition, Page, Question, QuestionKind, Survey, SurveyPurpose},
};
use peil_store::survey;

use super::SurveyError;
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
    /// Adds a question.
    Add(Box<NewQuestion>),
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

    /// Changes the draft.
    ///
    /// # Errors
    /// [`SurveyError::Conflict`] when the draft is no longer at `revision`.
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
        let mut draft = before.draft.clone();
        apply(&mut draft, edit)?;
        let after = Survey {
            draft,
            revision: before.revision + 1,
            updated_at: self.clock.now(),
            ..before.clone()
        };
        self.save_survey(&tx, &before, &after).await?;
        tx.commit().await?;
        Ok(after)
    }
}

fn check_revision(survey: &Survey, revision: i32) -> Result<(), AppError> {
    if survey.revision == revision {
        Ok(())
    } else {
        Err(SurveyError::Conflict {
            now: survey.revision,
        }
        .into())
    }
}

fn apply(draft: &mut Definition, edit: Edit) -> Result<(), AppError> {
    match edit {
        Edit::Replace(definition) => *draft = *definition,
        Edit::Texts {
            title,
            intro,
            thanks,
            thanks_low,
        } => {
            draft.title = title;
            draft.intro = intro;
            draft.thanks = thanks;
            draft.thanks_low = thanks_low;
        }
        Edit::Languages(languages) => draft.languages = languages,
        Edit::Add(new) => add(draft, *new)?,
        Edit::Question(question) => {
            let missing = unknown(&question.key);
            let place = draft.questions_mut().find(|old| old.key == question.key);
            *place.ok_or(missing)? = *question;
        }
        Edit::AddOption(key) => add_option(draft, &key)?,
        Edit::Move { key, up } => {
            draft.place_of(&key).ok_or_else(|| unknown(&key))?;
            draft.move_question(&key, up);
        }
        Edit::Duplicate(key) => {
            let original = draft.question(&key).ok_or_else(|| unknown(&key))?.clone();
            let free = draft.free_key(key.as_str()).ok_or_else(|| unknown(&key))?;
            insert_after(
                draft,
                Question {
                    key: free,
                    ..original
                },
                Some(&key),
            );
        }
        Edit::Remove(key) => {
            draft.place_of(&key).ok_or_else(|| unknown(&key))?;
            for page in &mut draft.pages {
                page.questions.retain(|question| question.key != key);
            }
            remove_empty_pages(draft);
        }
        Edit::BreakBefore(key) => break_before(draft, &key)?,
    }
    Ok(())
}

fn unknown(key: &QuestionKey) -> SurveyError {
    SurveyError::UnknownQuestion(key.to_string())
}

fn add(draft: &mut Definition, new: NewQuestion) -> Result<(), AppError> {
    if draft.questions().count() >= Definition::MOST_QUESTIONS {
        let most = Definition::MOST_QUESTIONS;
        let problem = peil_domain::survey::Problem::TooManyQuestions { most };
        return Err(SurveyError::NotReady(vec![problem]).into());
    }
    let key = draft
        .free_key(new.kind.code())
        .ok_or_else(|| SurveyError::UnknownQuestion(new.kind.code().to_owned()))?;
    let question = Question {
        key,
        text: Localized::default(),
        help: Localized::default(),
        is_required: false,
        kind: new.kind,
    };
    insert_after(draft, question, new.after.as_ref());
    Ok(())
}

fn insert_after(draft: &mut Definition, question: Question, after: Option<&QuestionKey>) {
    let place = after.and_then(|key| draft.place_of(key));
    match place {
        Some((page, place)) => {
            if let Some(page) = draft.pages.get_mut(page) {
                page.questions.insert(place + 1, question);
            }
        }
        None => match draft.pages.last_mut() {
            Some(page) => page.questions.push(question),
            None => draft.pages.push(Page {
                questions: vec![question],
                ..Page::default()
            }),
        },
    }
}

fn add_option(draft: &mut Definition, key: &QuestionKey) -> Result<(), AppError> {
    let question = draft
        .questions_mut()
        .find(|question| question.key == *key)
        .ok_or_else(|| unknown(key))?;
    let QuestionKind::Choice { options, .. } = &mut question.kind else {
        return Err(unknown(key).into());
    };
    let free = (options.len() + 1..)
        .filter_map(|number| format!("option_{number}").parse::<QuestionKey>().ok())
        .find(|code| options.iter().all(|option| option.code != *code));
    options.extend(free.map(|code| Choice {
        code,
        label: Localized::default(),
    }));
    Ok(())
}

fn break_before(draft: &mut Definition, key: &QuestionKey) -> Result<(), AppError> {
    let (page, place) = draft.place_of(key).ok_or_else(|| unknown(key))?;
    if place == 0 {
        if page > 0 {
            let joined = draft.pages.remove(page);
            if let Some(before) = draft.pages.get_mut(page - 1) {
                before.questions.extend(joined.questions);
            }
        }
    } else if let Some(content) = draft.pages.get_mut(page) {
        let questions = content.questions.split_off(place);
        draft.pages.insert(
            page + 1,
            Page {
                questions,
                ..Page::default()
            },
        );
    }
    Ok(())
}

fn remove_empty_pages(draft: &mut Definition) {
    if draft.pages.iter().any(|page| !page.questions.is_empty()) {
        draft.pages.retain(|page| !page.questions.is_empty());
    } else {
        draft.pages.truncate(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Definition {
        Definition {
            languages: vec![Language::Nl],
            title: Localized::default(),
            intro: Localized::default(),
            thanks: Localized::default(),
            thanks_low: Localized::default(),
            pages: vec![],
        }
    }

    fn keys(draft: &Definition) -> Vec<Vec<&str>> {
        draft
            .pages
            .iter()
            .map(|page| {
                page.questions
                    .iter()
                    .map(|question| question.key.as_str())
                    .collect()
            })
            .collect()
    }

    fn key(text: &str) -> QuestionKey {
        text.parse().unwrap()
    }

    #[test]
    fn questions_are_added_moved_copied_split_and_removed() {
        let mut draft = draft();
        let add = |kind| Edit::Add(Box::new(NewQuestion { kind, after: None }));
        apply(&mut draft, add(QuestionKind::Nps)).unwrap();
        apply(&mut draft, add(QuestionKind::Mark)).unwrap();
        apply(&mut draft, add(QuestionKind::Nps)).unwrap();
        assert_eq!(keys(&draft), [["nps", "mark", "nps_2"]]);
        apply(
            &mut draft,
            Edit::Move {
                key: key("mark"),
                up: true,
            },
        )
        .unwrap();
        apply(&mut draft, Edit::BreakBefore(key("nps"))).unwrap();
        assert_eq!(keys(&draft), [vec!["mark"], vec!["nps", "nps_2"]]);
        apply(&mut draft, Edit::Duplicate(key("mark"))).unwrap();
        assert_eq!(keys(&draft), [vec!["mark", "mark_2"], vec!["nps", "nps_2"]]);
        apply(
            &mut draft,
            Edit::Move {
                key: key("nps"),
                up: true,
            },
        )
        .unwrap();
        assert_eq!(keys(&draft), [vec!["mark", "mark_2", "nps"], vec!["nps_2"]]);
        apply(&mut draft, Edit::Remove(key("nps_2"))).unwrap();
        assert_eq!(keys(&draft), [["mark", "mark_2", "nps"]]);
        assert!(apply(&mut draft, Edit::Remove(key("weg"))).is_err());
    }
}
