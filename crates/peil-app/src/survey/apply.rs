//! What each change does to a draft.

use peil_domain::{
    shared::{Language, Localized, QuestionKey},
    survey::{
        Choice, Definition, MOST_OPTIONS, Page, Problem, Question, QuestionKind, Row, take_over,
    },
};

use super::{
    Edit, NewQuestion, Spot, SurveyError, logic::apply_logic, pages, rewrite::take_proposal,
    wording,
};
use crate::AppError;

/// Applies one change.
pub(super) fn apply(draft: &mut Definition, edit: Edit) -> Result<(), AppError> {
    match edit {
        Edit::Replace(definition) => *draft = *definition,
        Edit::Append(definition) => *draft = draft.with_behind(&definition),
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
        Edit::Languages(languages) => speak(draft, languages),
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
        Edit::PageTitle { page, title } => pages::find(draft, page)?.title = title,
        Edit::Add(new) => add(draft, *new)?,
        Edit::AddReady { question, to } => {
            let key = draft.free_key(question.key.as_str()).ok_or_else(full)?;
            insert_at(draft, Question { key, ..*question }, to.as_ref())?;
        }
        Edit::Question(question) => {
            let missing = unknown(&question.key);
            let place = draft.questions_mut().find(|old| old.key == question.key);
            *place.ok_or(missing)? = *question;
        }
        Edit::AddOption(key) => add_option(draft, &key)?,
        Edit::Move { key, up } => {
            let (page, _) = draft.place_of(&key).ok_or_else(|| unknown(&key))?;
            draft.move_question(&key, up);
            remove_when_empty(draft, page);
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
            let (page, _) = take(draft, &key)?;
            remove_when_empty(draft, page);
        }
        Edit::Place { key, to } => place(draft, &key, &to)?,
        Edit::BreakBefore(key) => pages::break_before(draft, &key)?,
        Edit::AddPage(behind) => pages::add(draft, behind)?,
        Edit::JoinPage(page) => pages::join(draft, page)?,
        Edit::MovePage { page, up } => pages::shift(draft, page, up)?,
        Edit::RemovePage(page) => pages::remove(draft, page)?,
        Edit::All(edits) => {
            for edit in edits {
                apply(draft, edit)?;
            }
        }
        Edit::Except { edit, kept } => {
            let before = draft.clone();
            apply(draft, *edit)?;
            *draft = take_over(draft, &before, &kept);
        }
        Edit::Logic(edit) => apply_logic(draft, *edit)?,
        Edit::Take(finding) => take_proposal(draft, &finding)?,
    }
    Ok(())
}

/// Sets the languages, each once.
fn speak(draft: &mut Definition, languages: Vec<Language>) {
    draft.languages.clear();
    for language in languages {
        if !draft.languages.contains(&language) {
            draft.languages.push(language);
        }
    }
}

pub(super) fn full() -> SurveyError {
    SurveyError::TooMuch(vec![Problem::TooManyQuestions {
        most: Definition::MOST_QUESTIONS,
    }])
}

pub(super) fn unknown(key: &QuestionKey) -> SurveyError {
    SurveyError::UnknownQuestion(key.to_string())
}

fn add(draft: &mut Definition, new: NewQuestion) -> Result<(), AppError> {
    let mut kind = new.kind;
    let key = draft.free_key(kind.code()).ok_or_else(full)?;
    for row in kind.rows_mut() {
        row.key = draft.free_key(row.key.as_str()).ok_or_else(full)?;
    }
    wording::name_scale(&mut kind, &draft.languages);
    let text = wording::standard_text(&kind, &draft.languages);
    let question = Question::new(key, text, kind);
    insert_at(draft, question, new.to.as_ref())
}

/// Takes a question out of its page; the page, counted from 0, and the question.
fn take(draft: &mut Definition, key: &QuestionKey) -> Result<(usize, Question), SurveyError> {
    let (page, place) = draft.place_of(key).ok_or_else(|| unknown(key))?;
    let questions = draft.pages.get_mut(page).map(|page| &mut page.questions);
    let question = questions.map(|questions| questions.remove(place));
    Ok((page, question.ok_or_else(|| unknown(key))?))
}

fn place(draft: &mut Definition, key: &QuestionKey, to: &Spot) -> Result<(), AppError> {
    if *to == Spot::Behind(key.clone()) {
        return Ok(());
    }
    let (page, question) = take(draft, key)?;
    insert_at(draft, question, Some(to))?;
    remove_when_empty(draft, page);
    Ok(())
}

fn insert_at(
    draft: &mut Definition,
    question: Question,
    to: Option<&Spot>,
) -> Result<(), AppError> {
    match to {
        None => insert_after(draft, question, None),
        Some(Spot::Behind(key)) => insert_after(draft, question, Some(key)),
        // The first question makes the first page.
        Some(Spot::StartOf(1) | Spot::EndOf(1)) if draft.pages.is_empty() => {
            insert_after(draft, question, None);
        }
        Some(Spot::StartOf(page)) => pages::find(draft, *page)?.questions.insert(0, question),
        Some(Spot::EndOf(page)) => pages::find(draft, *page)?.questions.push(question),
    }
    Ok(())
}

pub(super) fn insert_after(
    draft: &mut Definition,
    question: Question,
    after: Option<&QuestionKey>,
) {
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

/// Adds an empty option, or an empty row to a question that has rows.
fn add_option(draft: &mut Definition, key: &QuestionKey) -> Result<(), AppError> {
    let free_row = draft.free_key(&format!("{key}_row"));
    let question = draft
        .questions_mut()
        .find(|question| question.key == *key)
        .ok_or_else(|| unknown(key))?;
    match &mut question.kind {
        QuestionKind::Choice { options, .. } => {
            let free = (options.len() + 1..=2 * MOST_OPTIONS)
                .filter_map(|number| format!("option_{number}").parse::<QuestionKey>().ok())
                .find(|code| options.iter().all(|option| option.code != *code));
            options.extend(free.map(|code| Choice::new(code, Localized::default())));
        }
        QuestionKind::Matrix { rows, .. } | QuestionKind::Ranking { rows, .. } => {
            rows.push(Row {
                key: free_row.ok_or_else(full)?,
                text: Localized::default(),
            });
        }
        _ => return Err(unknown(key).into()),
    }
    Ok(())
}

/// A page whose last question went elsewhere goes too; the last page stays.
fn remove_when_empty(draft: &mut Definition, page: usize) {
    let is_empty = draft
        .pages
        .get(page)
        .is_some_and(|page| page.questions.is_empty());
    if is_empty && draft.pages.len() > 1 {
        draft.pages.remove(page);
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
        let add = |kind| Edit::Add(Box::new(NewQuestion { kind, to: None }));
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
        let add = |kind| Edit::Add(Box::new(NewQuestion { kind, to: None }));
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
                to: None,
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
