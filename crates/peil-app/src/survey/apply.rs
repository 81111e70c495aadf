//! What each change does to a draft.

use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{Choice, Definition, MOST_OPTIONS, Page, Problem, Question, QuestionKind},
};

use super::{Edit, NewQuestion, SurveyError, wording};
use crate::AppError;

/// Applies one change.
pub(super) fn apply(draft: &mut Definition, edit: Edit) -> Result<(), AppError> {
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
        Edit::Languages(languages) => {
            draft.languages.clear();
            for language in languages {
                if !draft.languages.contains(&language) {
                    draft.languages.push(language);
                }
            }
        }
        Edit::Translate(texts) => {
            for (place, language, text) in texts {
                if let Some(words) = draft.text_mut(&place) {
                    words.set(language, text);
                }
            }
        }
        Edit::Look(look) => draft.look = look,
        Edit::Picture { key, picture } => {
            let missing = unknown(&key);
            let question = draft.questions_mut().find(|question| question.key == key);
            question.ok_or(missing)?.picture = picture;
        }
        Edit::PageTitle { page, title } => {
            let missing = SurveyError::UnknownQuestion(format!("page {page}"));
            let index = page.checked_sub(1).ok_or(missing.clone())?;
            draft.pages.get_mut(index).ok_or(missing)?.title = title;
        }
        Edit::Add(new) => add(draft, *new)?,
        Edit::AddReady { question, after } => {
            let key = draft.free_key(question.key.as_str()).ok_or_else(full)?;
            insert_after(draft, Question { key, ..*question }, after.as_ref());
        }
        Edit::Question(question) => {
            let missing = unknown(&question.key);
            let place = draft.questions_mut().find(|old| old.key == question.key);
            *place.ok_or(missing)? = *question;
        }
        Edit::AddOption(key) => add_option(draft, &key)?,
        Edit::Move { key, up } => {
            draft.place_of(&key).ok_or_else(|| unknown(&key))?;
            draft.move_question(&key, up);
            remove_empty_pages(draft);
        }
        Edit::Duplicate(key) => {
            let mut copy = draft.question(&key).ok_or_else(|| unknown(&key))?.clone();
            copy.key = draft.free_key(key.as_str()).ok_or_else(full)?;
            for row in copy.kind.rows_mut() {
                row.key = draft.free_key(row.key.as_str()).ok_or_else(full)?;
            }
            insert_after(draft, copy, Some(&key));
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

fn full() -> SurveyError {
    SurveyError::TooMuch(vec![Problem::TooManyQuestions {
        most: Definition::MOST_QUESTIONS,
    }])
}

fn unknown(key: &QuestionKey) -> SurveyError {
    SurveyError::UnknownQuestion(key.to_string())
}

fn add(draft: &mut Definition, new: NewQuestion) -> Result<(), AppError> {
    let key = draft.free_key(new.kind.code()).ok_or_else(full)?;
    let text = wording::standard_text(&new.kind, &draft.languages);
    let question = Question::new(key, text, new.kind);
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
    let free = (options.len() + 1..=2 * MOST_OPTIONS)
        .filter_map(|number| format!("option_{number}").parse::<QuestionKey>().ok())
        .find(|code| options.iter().all(|option| option.code != *code));
    options.extend(free.map(|code| Choice::new(code, Localized::default())));
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
    use peil_domain::shared::Language;

    use super::*;

    fn draft() -> Definition {
        Definition {
            languages: vec![Language::Nl],
            ..Definition::default()
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

    #[test]
    fn a_new_question_of_a_standard_kind_brings_its_standard_wording() {
        let mut draft = draft();
        let add = |kind| Edit::Add(Box::new(NewQuestion { kind, after: None }));
        apply(&mut draft, add(QuestionKind::Nps)).unwrap();
        apply(&mut draft, add(QuestionKind::Text { is_long: true })).unwrap();
        let texts: Vec<bool> = draft
            .questions()
            .map(|question| question.text.is_blank())
            .collect();
        assert_eq!(texts, [false, true]);
    }

    #[test]
    fn a_page_gets_a_heading_and_a_page_that_is_not_there_does_not() {
        let mut draft = draft();
        apply(
            &mut draft,
            Edit::Add(Box::new(NewQuestion {
                kind: QuestionKind::Mark,
                after: None,
            })),
        )
        .unwrap();
        let title = Localized::one(Language::Nl, "Over ons");
        apply(
            &mut draft,
            Edit::PageTitle {
                page: 1,
                title: title.clone(),
            },
        )
        .unwrap();
        assert_eq!(draft.pages.first().unwrap().title, title);
        for page in [0, 2] {
            assert!(
                apply(
                    &mut draft,
                    Edit::PageTitle {
                        page,
                        title: title.clone()
                    }
                )
                .is_err()
            );
        }
    }
}
