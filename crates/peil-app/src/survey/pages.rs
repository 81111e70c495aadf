//! What changes do to the pages of a draft. Pages are counted from 1.

use peil_domain::{
    shared::QuestionKey,
    survey::{Definition, Page},
};

use super::{SurveyError, apply::unknown};

/// A page by its number.
pub(super) fn find(draft: &mut Definition, page: usize) -> Result<&mut Page, SurveyError> {
    let missing = || SurveyError::UnknownQuestion(format!("page {page}"));
    let index = page.checked_sub(1).ok_or_else(missing)?;
    draft.pages.get_mut(index).ok_or_else(missing)
}

/// Adds an empty page behind this one.
pub(super) fn add(draft: &mut Definition, behind: usize) -> Result<(), SurveyError> {
    if behind > 0 {
        find(draft, behind)?;
    }
    draft.pages.insert(behind, Page::default());
    Ok(())
}

/// Joins a page with the one before; nothing happens to the first.
pub(super) fn join(draft: &mut Definition, page: usize) -> Result<(), SurveyError> {
    find(draft, page)?;
    if page > 1 {
        let joined = draft.pages.remove(page - 1);
        find(draft, page - 1)?.questions.extend(joined.questions);
    }
    Ok(())
}

/// Moves a page by one place; nothing happens at either end.
pub(super) fn shift(draft: &mut Definition, page: usize, up: bool) -> Result<(), SurveyError> {
    find(draft, page)?;
    let to = if up { page - 1 } else { page + 1 };
    if (1..=draft.pages.len()).contains(&to) {
        draft.pages.swap(page - 1, to - 1);
    }
    Ok(())
}

/// Takes a page out with its questions.
pub(super) fn remove(draft: &mut Definition, page: usize) -> Result<(), SurveyError> {
    find(draft, page)?;
    draft.pages.remove(page - 1);
    Ok(())
}

/// Starts a new page at a question, or joins its page with the one before when it is the first.
pub(super) fn break_before(draft: &mut Definition, key: &QuestionKey) -> Result<(), SurveyError> {
    let (page, place) = draft.place_of(key).ok_or_else(|| unknown(key))?;
    if place == 0 {
        return join(draft, page + 1);
    }
    let questions = find(draft, page + 1)?.questions.split_off(place);
    draft.pages.insert(
        page + 1,
        Page {
            questions,
            ..Page::default()
        },
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Definition {
        let stored = r#"{"languages":["nl"],"title":{},"pages":[
            {"questions":[{"key":"a","text":{},"kind":"nps"},{"key":"b","text":{},"kind":"mark"}]},
            {"questions":[{"key":"c","text":{},"kind":"mark"}]}]}"#;
        serde_json::from_str(stored).unwrap()
    }

    fn keys(draft: &Definition) -> String {
        let page = |page: &Page| {
            let keys = page.questions.iter().map(|question| question.key.as_str());
            keys.collect::<Vec<_>>().join("")
        };
        draft.pages.iter().map(page).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn pages_are_added_moved_joined_broken_and_taken_out() {
        let mut draft = draft();
        add(&mut draft, 1).unwrap();
        assert_eq!(keys(&draft), "ab||c");
        shift(&mut draft, 2, true).unwrap();
        shift(&mut draft, 1, true).unwrap();
        assert_eq!(keys(&draft), "|ab|c");
        join(&mut draft, 3).unwrap();
        join(&mut draft, 1).unwrap();
        assert_eq!(keys(&draft), "|abc");
        break_before(&mut draft, &"b".parse().unwrap()).unwrap();
        assert_eq!(keys(&draft), "|a|bc");
        remove(&mut draft, 2).unwrap();
        assert_eq!(keys(&draft), "|bc");
    }

    #[test]
    fn a_page_that_is_not_there_is_refused() {
        let mut draft = draft();
        for page in [0, 3, usize::MAX] {
            assert!(join(&mut draft, page).is_err(), "{page}");
            assert!(shift(&mut draft, page, false).is_err(), "{page}");
            assert!(remove(&mut draft, page).is_err(), "{page}");
        }
        assert!(add(&mut draft, 3).is_err());
    }
}
