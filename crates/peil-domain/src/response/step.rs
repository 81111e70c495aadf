//! Where a respondent goes after sending a page.

use super::{AnswerProblem, Flow, RawAnswers, read_answers};
use crate::shared::QuestionKey;

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

/// Decides what happens after `page` was sent with `raw`, which `flow` was made of. Only going on
/// checks the answers: going back must never be stopped by a page that is half done. After the last
/// page everything that is asked is checked, since earlier pages may have been changed meanwhile.
#[must_use]
pub fn step(flow: &Flow<'_>, page: usize, chosen: Move, raw: &RawAnswers) -> Step {
    let page = flow.nearest(page);
    let show = |page| Step::Show {
        page,
        refused: Vec::new(),
    };
    match chosen {
        Move::Stay => return show(page),
        Move::Back => return show(flow.previous(page).unwrap_or(page)),
        Move::Next => {}
    }
    let next = flow.next(page);
    for number in flow
        .pages()
        .filter(|number| next.is_none() || *number == page)
    {
        if let Err(refused) = read_answers(flow.asked_on(number).iter().copied(), raw) {
            return Step::Show {
                page: number,
                refused,
            };
        }
    }
    next.map_or(Step::Submit, show)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        response::Respondent,
        shared::{Language, Localized, ResponseId},
        survey::{Definition, Page, Question, QuestionKind},
    };

    fn step(definition: &Definition, page: usize, chosen: Move, raw: &RawAnswers) -> Step {
        let respondent = Respondent {
            response: ResponseId::new(1, [0; 10]),
            attributes: BTreeMap::new(),
            name: None,
        };
        let flow = Flow::of_form(definition, &respondent, raw);
        super::step(&flow, page, chosen, raw)
    }

    fn three_pages() -> Definition {
        let page = |key: &str| Page {
            questions: vec![Question {
                is_required: true,
                ..Question::new(
                    key.parse().unwrap(),
                    Localized::one(Language::Nl, "?"),
                    QuestionKind::Mark,
                )
            }],
            ..Page::default()
        };
        Definition {
            languages: vec![Language::Nl],
            title: Localized::default(),
            pages: vec![page("een"), page("twee"), page("drie")],
            ..Definition::default()
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
