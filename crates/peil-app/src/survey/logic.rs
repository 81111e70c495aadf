//! Changing what is shown when: conditions, jumps, calculated values, quotas and endings of a draft.

use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{
        Calculation, Comparison, Definition, Ending, Expression, Formula, Jump, Number, Page,
        Question, QuestionKind, Quota, Reference, ScoreScale, Source, Target,
    },
};

use super::{
    SurveyError,
    apply::{full, insert_after, unknown},
    wording,
};
use crate::AppError;

/// One change of the logic of a draft. Places are counted from 1; without a place something is added
/// at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogicEdit {
    /// Says when a question is asked.
    Question {
        /// The question.
        key: QuestionKey,
        /// The condition; always when there is none.
        when: Option<Formula>,
    },
    /// Says when an option is offered.
    Option {
        /// The question.
        key: QuestionKey,
        /// The place of the option.
        place: usize,
        /// The condition; always when there is none.
        when: Option<Formula>,
    },
    /// Says when a page is shown and in which order.
    Page {
        /// The page.
        page: usize,
        /// The condition; always when there is none.
        when: Option<Formula>,
        /// Whether every respondent sees the questions in an order of their own.
        is_random: bool,
    },
    /// Writes a jump.
    Jump {
        /// The page behind which is jumped.
        page: usize,
        /// The place among its jumps.
        place: Option<usize>,
        /// When.
        when: Formula,
        /// Where to.
        to: Way,
    },
    /// Takes a jump away.
    RemoveJump {
        /// The page behind which was jumped.
        page: usize,
        /// The place among its jumps.
        place: usize,
    },
    /// Writes a calculated value; one with the same key is replaced.
    Calculation(Calculation),
    /// Takes a calculated value away.
    RemoveCalculation(QuestionKey),
    /// Writes a quota; one with the same key is replaced.
    Quota(Box<Quota>),
    /// Takes a quota away.
    RemoveQuota(QuestionKey),
    /// Writes an ending.
    Ending {
        /// The place among the endings.
        place: Option<usize>,
        /// When, and the text.
        ending: Box<Ending>,
    },
    /// Takes an ending away.
    RemoveEnding(usize),
    /// Looks at an ending one place sooner.
    RaiseEnding(usize),
    /// Says how long answering may rest and whether progress is shown.
    Pace {
        /// Minutes without a page being sent.
        time_out_minutes: Option<u32>,
        /// Whether the respondent sees how far it still goes.
        shows_progress: bool,
    },
    /// Puts two open questions behind a score: one for who gave a low one, one for the others.
    AskWhy(QuestionKey),
}

/// Where a jump leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// This page.
    Page(usize),
    /// The end.
    End,
}

/// Applies one change.
pub(super) fn apply_logic(draft: &mut Definition, edit: LogicEdit) -> Result<(), AppError> {
    match edit {
        LogicEdit::Question { key, when } => question_mut(draft, &key)?.show_if = when,
        LogicEdit::Option { key, place, when } => {
            let QuestionKind::Choice { options, .. } = &mut question_mut(draft, &key)?.kind else {
                return Err(unknown(&key).into());
            };
            at(options, place)?.show_if = when;
        }
        LogicEdit::Page {
            page,
            when,
            is_random,
        } => {
            let page = at(&mut draft.pages, page)?;
            page.show_if = when;
            page.is_random = is_random;
        }
        LogicEdit::Jump {
            page,
            place,
            when,
            to,
        } => {
            let to = target(draft, to)?;
            put(
                &mut at(&mut draft.pages, page)?.jumps,
                place,
                Jump { when, to },
            )?;
        }
        LogicEdit::RemoveJump { page, place } => {
            take(&mut at(&mut draft.pages, page)?.jumps, place)?;
        }
        LogicEdit::Calculation(new) => {
            let old = draft.calculations.iter().position(|old| old.key == new.key);
            put(&mut draft.calculations, old.map(|index| index + 1), new)?;
        }
        LogicEdit::RemoveCalculation(key) => draft.calculations.retain(|value| value.key != key),
        LogicEdit::Quota(new) => {
            let old = draft.quotas.iter().position(|old| old.key == new.key);
            put(&mut draft.quotas, old.map(|index| index + 1), *new)?;
        }
        LogicEdit::RemoveQuota(key) => draft.quotas.retain(|quota| quota.key != key),
        LogicEdit::Ending { place, ending } => put(&mut draft.endings, place, *ending)?,
        LogicEdit::RemoveEnding(place) => {
            take(&mut draft.endings, place)?;
        }
        LogicEdit::RaiseEnding(place) => {
            let index = place.checked_sub(1).filter(|index| *index > 0);
            let index = index.filter(|index| *index < draft.endings.len());
            let index = index.ok_or_else(missing)?;
            draft.endings.swap(index - 1, index);
        }
        LogicEdit::Pace {
            time_out_minutes,
            shows_progress,
        } => {
            draft.time_out_minutes = time_out_minutes;
            draft.shows_progress = shows_progress;
        }
        LogicEdit::AskWhy(key) => ask_why(draft, &key)?,
    }
    Ok(())
}

fn missing() -> SurveyError {
    SurveyError::UnknownQuestion(String::new())
}

fn question_mut<'a>(
    draft: &'a mut Definition,
    key: &QuestionKey,
) -> Result<&'a mut Question, SurveyError> {
    draft
        .questions_mut()
        .find(|question| question.key == *key)
        .ok_or_else(|| unknown(key))
}

/// What stands at a place that is counted from 1.
fn at<T>(parts: &mut [T], place: usize) -> Result<&mut T, SurveyError> {
    let index = place.checked_sub(1).ok_or_else(missing)?;
    parts.get_mut(index).ok_or_else(missing)
}

fn put<T>(parts: &mut Vec<T>, place: Option<usize>, part: T) -> Result<(), SurveyError> {
    match place {
        Some(place) => *at(parts, place)? = part,
        None => parts.push(part),
    }
    Ok(())
}

fn take<T>(parts: &mut Vec<T>, place: usize) -> Result<T, SurveyError> {
    at(parts, place)?;
    Ok(parts.remove(place - 1))
}

/// Where a way leads; a page gets a name when it is jumped to for the first time.
fn target(draft: &mut Definition, to: Way) -> Result<Target, SurveyError> {
    let Way::Page(number) = to else {
        return Ok(Target::End);
    };
    let taken: Vec<QuestionKey> = draft
        .pages
        .iter()
        .filter_map(|page| page.key.clone())
        .collect();
    let free = (number..=number + Definition::MOST_QUESTIONS)
        .filter_map(|number| format!("page_{number}").parse::<QuestionKey>().ok())
        .find(|key| !taken.contains(key));
    let page: &mut Page = at(&mut draft.pages, number)?;
    if page.key.is_none() {
        page.key = free;
    }
    page.key.clone().map(Target::Page).ok_or_else(missing)
}

/// An open question for low scores and one for all others, right behind the question of the score.
fn ask_why(draft: &mut Definition, key: &QuestionKey) -> Result<(), AppError> {
    let question = draft.question(key).ok_or_else(|| unknown(key))?;
    let scale = question.kind.scale().filter(|_| !question.kind.has_rows());
    let scale = scale.ok_or_else(|| unknown(key))?;
    let languages = draft.languages.clone();
    let conditions = conditions_of_why(key, scale);
    let [low, others] = conditions.ok_or_else(|| unknown(key))?;
    let mut behind = key.clone();
    for (name, when) in [("why_low", low), ("why_others", others)] {
        let free = draft.free_key(&format!("{key}_{name}"));
        let new = free.or_else(|| draft.free_key(name)).ok_or_else(full)?;
        let text: Localized = wording::text_called(name, &languages);
        let question = Question {
            show_if: Some(when.into()),
            ..Question::new(new.clone(), text, QuestionKind::Text { is_long: true })
        };
        insert_after(draft, question, Some(&behind));
        behind = new;
    }
    Ok(())
}

/// When a score is low, and when it was given and is not.
fn conditions_of_why(key: &QuestionKey, scale: ScoreScale) -> Option<[Expression; 2]> {
    let low: Vec<i32> = scale
        .scores()
        .filter(|score| scale.is_low(*score))
        .collect();
    let (first, last) = (*low.first()?, *low.last()?);
    let compare = |how, score: i32| {
        let name = Reference {
            source: Source::Anywhere,
            name: key.clone(),
        };
        let parts = [
            Expression::Reference(name),
            Expression::Number(Number::from(score)),
        ];
        Expression::Compare(how, Box::new(parts))
    };
    Some(if first == scale.min {
        [
            compare(Comparison::AtMost, last),
            compare(Comparison::More, last),
        ]
    } else {
        [
            compare(Comparison::AtLeast, first),
            compare(Comparison::Less, first),
        ]
    })
}

#[cfg(test)]
mod tests {
    use peil_domain::{shared::Language, survey::problems};

    use super::*;

    fn draft() -> Definition {
        let stored = r#"{"languages":["nl","en"],"title":{"nl":"T","en":"T"},"pages":[
            {"questions":[{"key":"nps","text":{"nl":"?","en":"?"},"kind":"nps"}]},
            {"questions":[{"key":"ces","text":{"nl":"?","en":"?"},"kind":"ces","version":"v1"}]},
            {"questions":[{"key":"why","text":{"nl":"?","en":"?"},"kind":"text"}]}]}"#;
        serde_json::from_str(stored).unwrap()
    }

    fn formula(text: &str) -> Formula {
        text.parse().unwrap()
    }

    fn key(text: &str) -> QuestionKey {
        text.parse().unwrap()
    }

    #[test]
    fn a_page_gets_a_name_when_it_is_jumped_to_and_keeps_it() {
        let mut draft = draft();
        for to in [Way::Page(3), Way::Page(3), Way::End] {
            let jump = LogicEdit::Jump {
                page: 1,
                place: None,
                when: formula("nps > 8"),
                to,
            };
            apply_logic(&mut draft, jump).unwrap();
        }
        let to: Vec<Target> = draft.pages[0]
            .jumps
            .iter()
            .map(|jump| jump.to.clone())
            .collect();
        let third = Target::Page(key("page_3"));
        assert_eq!(to, [third.clone(), third, Target::End]);
        assert_eq!(problems(&draft), []);
        let remove = |place| LogicEdit::RemoveJump { page: 1, place };
        apply_logic(&mut draft, remove(2)).unwrap();
        assert!(apply_logic(&mut draft, remove(3)).is_err());
        assert_eq!(draft.pages[0].jumps.len(), 2);
    }

    #[test]
    fn why_is_asked_in_two_ways_that_together_meet_every_score_once() {
        let mut draft = draft();
        apply_logic(&mut draft, LogicEdit::AskWhy(key("nps"))).unwrap();
        apply_logic(&mut draft, LogicEdit::AskWhy(key("ces"))).unwrap();
        let shown: Vec<String> = draft
            .questions()
            .filter_map(|question| Some(question.show_if.as_ref()?.to_string()))
            .collect();
        assert_eq!(shown, ["nps <= 6", "nps > 6", "ces >= 4", "ces < 4"]);
        assert_eq!(problems(&draft), []);
        assert!(apply_logic(&mut draft, LogicEdit::AskWhy(key("why"))).is_err());
    }

    #[test]
    fn a_quota_is_replaced_by_one_of_the_same_name_and_endings_change_places() {
        let mut draft = draft();
        let quota = |most| {
            LogicEdit::Quota(Box::new(Quota {
                key: key("vol"),
                when: None,
                most,
                text: Localized::default(),
            }))
        };
        apply_logic(&mut draft, quota(10)).unwrap();
        apply_logic(&mut draft, quota(20)).unwrap();
        assert_eq!((draft.quotas.len(), draft.quotas[0].most), (1, 20));
        for when in ["nps > 8", "nps < 5"] {
            let ending = Box::new(Ending {
                when: formula(when),
                text: Localized::one(Language::Nl, "Dank"),
            });
            apply_logic(
                &mut draft,
                LogicEdit::Ending {
                    place: None,
                    ending,
                },
            )
            .unwrap();
        }
        apply_logic(&mut draft, LogicEdit::RaiseEnding(2)).unwrap();
        assert_eq!(draft.endings[0].when.to_string(), "nps < 5");
        for nonsense in [0, 1, 3] {
            assert!(apply_logic(&mut draft, LogicEdit::RaiseEnding(nonsense)).is_err());
        }
    }
}
