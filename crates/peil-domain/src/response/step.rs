//! Where a respondent goes after sending a page.

use super::{AnswerProblem, RawAnswers, read_answers};
use crate::{shared::QuestionKey, survey::Definition};

/// What the respondent asked for by sending a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// On to the next page, or done after the last one.
    Next,
    /// Back to the page before.
    Back,
    /// The same page again, such as in another language.
    Stay,
}

/// What happens next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A page is shown, with what is wrong on it.
    Show {
        /// The page, counted from 0.
        page: usize,
        /// Answers on that page that are refused.
        refused: Vec<(QuestionKey, AnswerProblem)>,
    },
    /// Everything can be submitted.
    Submit,
}

/// Decides what happens after `page` was sent. Only going on checks the answers: going back must
/// never be stopped by a page that is half done. After the last page everything is checked, since
/// earlier pages may have been changed meanwhile.
#[must_use]
pub fn step(definition: &Definition, page: usize, chosen: Move, raw: &RawAnswers) -> Step {
    let last = definition.pages.len().saturating_sub(1);
    let page = page.min(last);
    let show = |page| Step::Show {
        page,
        refused: Vec::new(),
    };
    match chosen {
        Move::Stay => return show(page),
        Move::Back => return show(page.saturating_sub(1)),
        Move::Next => {}
    }
    let checked = if page == last { 0..=last } else { page..=page };
    for (number, content) in definition.pages.iter().enumerate() {
        if !checked.contains(&number) {
            continue;
        }
        if let Err(refused) = read_answers(&content.questions, raw) {
            return Step::Show {
                page: number,
                refused,
            };
        }
    }
    if page == last {
        Step::Submit
    } else {
        show(page + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        shared::{Language, Localized},
        survey::{Page, Question, QuestionKind},
    };

    fn three_pages() -> Definition {
        let page = |key: &str| Page {
            title: Localized::default(),
            questions: vec![Question {
                key: key.parse().unwrap(),
                text: Localized::one(Language::Nl, "?"),
                help: Localized::default(),
                is_required: true,
                kind: QuestionKind::Mark,
            }],
        };
        Definition {
            languages: vec![Language::Nl],
            title: Localized::default(),
            intro: Localized::default(),
            thanks: Localized::default(),
            thanks_low: Localized::default(),
            pages: vec![page("een"), page("twee"), page("drie")],
        }
    }

    fn raw(fields: &[(&str, &str)]) -> RawAnswers {
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()]))
            .collect()
    }

    fn shown(step: Step) -> (usize, usize) {
        match step {
            Step::Show { page, refused } => (page, refused.len()),
            Step::Submit => panic!("submitted"),
        }
    }

    #[test]
    fn going_on_checks_only_the_page_that_was_sent() {
        let definition = three_pages();
        assert_eq!(shown(step(&definition, 0, Move::Next, &raw(&[]))), (0, 1));
        assert_eq!(
            shown(step(&definition, 0, Move::Next, &raw(&[("een", "7")]))),
            (1, 0)
        );
    }

    #[test]
    fn going_back_is_never_stopped() {
        let definition = three_pages();
        assert_eq!(
            shown(step(&definition, 1, Move::Back, &raw(&[("twee", "99")]))),
            (0, 0)
        );
        assert_eq!(shown(step(&definition, 0, Move::Back, &raw(&[]))), (0, 0));
        assert_eq!(
            shown(step(&definition, 1, Move::Stay, &raw(&[("twee", "99")]))),
            (1, 0)
        );
    }

    #[test]
    fn after_the_last_page_the_first_page_that_is_wrong_comes_back() {
        let definition = three_pages();
        let all = [("een", "7"), ("twee", "8"), ("drie", "9")];
        assert_eq!(step(&definition, 2, Move::Next, &raw(&all)), Step::Submit);
        let gap = [("een", "7"), ("drie", "9")];
        assert_eq!(shown(step(&definition, 2, Move::Next, &raw(&gap))), (1, 1));
    }

    #[test]
    fn a_page_number_that_does_not_exist_counts_as_the_last_one() {
        assert_eq!(
            shown(step(&three_pages(), usize::MAX, Move::Stay, &raw(&[]))),
            (2, 0)
        );
    }
}
