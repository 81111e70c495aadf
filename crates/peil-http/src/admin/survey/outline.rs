//! The outline: every page and question in its place, with what one should know at a glance.

use peil_domain::{
    shared::{Language, QuestionKey},
    survey::{
        Definition, Page, Place, Problem, Question, QuestionKind,
        review::{Remark, Severity},
    },
};

use super::{view::View, words};
use crate::edge::{problem::survey_problem, text::Text};

/// A page in the outline.
pub(super) struct PageView {
    /// Counted from 1.
    pub(super) number: usize,
    /// Name by which it is opened.
    pub(super) part: String,
    /// Heading in the language of the example.
    pub(super) title: String,
    /// Whether it is shown to some only, or leads elsewhere.
    pub(super) has_logic: bool,
    /// What keeps it from being published.
    pub(super) problems: Vec<String>,
    /// Whether a kind is chosen for something new on it.
    pub(super) is_added_to: bool,
    /// Its questions.
    pub(super) questions: Vec<QuestionView>,
    /// Key of its last question; empty when there is none.
    pub(super) last_key: String,
}

/// A question in the outline.
pub(super) struct QuestionView {
    /// Its name.
    pub(super) key: QuestionKey,
    /// Counted from 1 over all pages.
    pub(super) number: usize,
    /// Questions in the whole questionnaire.
    pub(super) total: usize,
    /// Page that it stands on, counted from 1.
    pub(super) page: usize,
    /// Whether nothing stands before it on its page.
    pub(super) is_first_of_page: bool,
    /// What is asked, in the language of the example.
    pub(super) text: String,
    /// Name of its kind.
    pub(super) kind: String,
    /// What one should know about it at a glance, the kind first.
    pub(super) facts: Vec<String>,
    /// Whether it, or something in it, is asked under a condition.
    pub(super) has_logic: bool,
    /// Whether it must be answered.
    pub(super) is_required: bool,
    /// Whether it is the one that is open.
    pub(super) is_open: bool,
    /// What keeps it from being published.
    pub(super) problems: Vec<String>,
    /// How many serious things the reviewer says about it.
    pub(super) findings: usize,
}

impl QuestionView {
    /// Whether nothing stands before it.
    pub(super) fn is_first(&self) -> bool {
        self.number == 1
    }

    /// Whether nothing stands behind it.
    pub(super) fn is_last(&self) -> bool {
        self.number == self.total
    }
}

/// The pages of a draft with what was found about them.
pub(super) fn page_views(
    t: Text,
    draft: &Definition,
    found: &[Problem],
    remarks: &[Remark],
    view: &View,
) -> Vec<PageView> {
    let total = draft.questions().count();
    let mut numbers = 1..;
    let pages = draft.pages.iter().zip(1..).map(|(page, number)| {
        let questions: Vec<QuestionView> = page
            .questions
            .iter()
            .zip(&mut numbers)
            .enumerate()
            .map(|(place, (question, index))| QuestionView {
                number: index,
                total,
                page: number,
                is_first_of_page: place == 0,
                is_open: view.open.as_ref() == Some(&question.key),
                problems: problems_at(t, found, |place| is_of(place, question)),
                findings: findings_of(remarks, question),
                ..QuestionView::new(t, question, view.language)
            })
            .collect();
        PageView {
            number,
            part: format!("page-{number}"),
            title: page.title.get(view.language).to_owned(),
            has_logic: has_logic(page),
            is_added_to: view.shows("add") && view.on_page == Some(number),
            problems: problems_at(t, found, |place| *place == Place::Page(number)),
            last_key: questions
                .last()
                .map(|last| last.key.to_string())
                .unwrap_or_default(),
            questions,
        }
    });
    pages.collect()
}

impl QuestionView {
    fn new(t: Text, question: &Question, language: Language) -> Self {
        let is_asked_of_some = match &question.kind {
            QuestionKind::Choice { options, .. } => {
                options.iter().any(|option| option.show_if.is_some())
            }
            _ => false,
        };
        Self {
            key: question.key.clone(),
            number: 0,
            total: 0,
            page: 0,
            is_first_of_page: false,
            text: question.text.get(language).to_owned(),
            kind: words::kind(t, &question.kind),
            facts: words::facts(t, question),
            has_logic: question.show_if.is_some() || is_asked_of_some,
            is_required: question.is_required,
            is_open: false,
            problems: Vec::new(),
            findings: 0,
        }
    }
}

fn has_logic(page: &Page) -> bool {
    page.show_if.is_some() || !page.jumps.is_empty() || page.is_random
}

/// Whether a place is in this question.
pub(super) fn is_of(place: &Place, question: &Question) -> bool {
    match place {
        Place::Question(key) | Place::Option(key, _) | Place::Row(key, _) => *key == question.key,
        Place::Survey
        | Place::Page(_)
        | Place::Calculation(_)
        | Place::Quota(_)
        | Place::Ending(_) => false,
    }
}

/// What is wrong at the places that `is_meant` says, in words.
pub(super) fn problems_at(
    t: Text,
    found: &[Problem],
    is_meant: impl Fn(&Place) -> bool,
) -> Vec<String> {
    found
        .iter()
        .filter(|problem| is_meant(&problem.place()))
        .map(|problem| survey_problem(problem, t).1)
        .collect()
}

fn findings_of(remarks: &[Remark], question: &Question) -> usize {
    remarks
        .iter()
        .filter(|remark| remark.finding.severity > Severity::Hint)
        .filter(|remark| is_of(&remark.place, question))
        .count()
}
