//! The way of one respondent through a questionnaire: what is asked, in which order, and what
//! comes next.
//!
//! Questions are gone through in order. A condition sees the answers to what was asked before it;
//! an answer to a question that is not asked, or to an option that is not offered, counts as not
//! given.

mod known;
mod order;
#[cfg(test)]
mod tests;
mod text;
mod tree;

use std::collections::BTreeMap;

pub use text::Wording;

use self::{known::Known, order::shuffle};
use super::{Answer, AnswerValue, RawAnswers, Refused, read_answers, read_question};
use crate::{
    shared::{Localized, QuestionKey, ResponseId},
    survey::{
        Answers as _, Choice, Definition, Expression, Formula, Page, Question, QuestionKind, Quota,
        Reference, Row, Source, Target, Value,
    },
};

/// Who answers, as far as that matters to what is asked.
#[derive(Debug, Clone)]
pub struct Respondent {
    /// The submission, from which random orders follow.
    pub response: ResponseId,
    /// Attributes of the customer.
    pub attributes: BTreeMap<QuestionKey, String>,
    /// Name of the customer.
    pub name: Option<String>,
}

/// Something on a page.
#[derive(Debug)]
pub struct Shown<'a, T> {
    /// What it is.
    pub what: &'a T,
    /// Whether it counts with the answers so far. Without script it is on the page even so, since
    /// that depends on answers on the same page, which may still change.
    pub is_asked: bool,
}

/// The way of one respondent.
#[derive(Debug)]
pub struct Flow<'a> {
    definition: &'a Definition,
    respondent: &'a Respondent,
    known: Known<'a>,
    path: Vec<Stop<'a>>,
}

/// A page on the way.
#[derive(Debug)]
struct Stop<'a> {
    page: usize,
    asked: Vec<&'a Question>,
}

impl<'a> Flow<'a> {
    /// The way that belongs to what was sent so far. What cannot be read is not given.
    #[must_use]
    pub fn of_form(
        definition: &'a Definition,
        respondent: &'a Respondent,
        raw: &RawAnswers,
    ) -> Self {
        Self::made(definition, respondent, |question| {
            read_question(question, raw).answers
        })
    }

    /// The way that belongs to answers.
    #[must_use]
    pub fn of_answers(
        definition: &'a Definition,
        respondent: &'a Respondent,
        answers: &[Answer],
    ) -> Self {
        Self::made(definition, respondent, |question| {
            let is_its = |answer: &&Answer| question.items().any(|item| *item.key == answer.key);
            answers.iter().filter(is_its).cloned().collect()
        })
    }

    fn made(
        definition: &'a Definition,
        respondent: &'a Respondent,
        given: impl Fn(&Question) -> Vec<Answer>,
    ) -> Self {
        let mut flow = Self {
            definition,
            respondent,
            known: Known::new(definition, &respondent.attributes),
            path: Vec::new(),
        };
        let mut next = Some(0);
        while let Some((number, page)) =
            next.and_then(|number| Some((number, definition.pages.get(number)?)))
        {
            next = Some(number + 1);
            if !flow.holds(page.show_if.as_ref()) {
                continue;
            }
            let mut asked = Vec::new();
            for question in &page.questions {
                if flow.holds(question.show_if.as_ref()) {
                    flow.learn(question, given(question));
                    asked.push(question);
                }
            }
            let is_there = !asked.is_empty()
                || page.questions.is_empty()
                || page
                    .questions
                    .iter()
                    .any(|q| flow.may_change(page, q.show_if.as_ref()));
            if is_there {
                flow.path.push(Stop {
                    page: number,
                    asked,
                });
                next = flow.after(number, page);
            }
        }
        flow
    }

    /// The page to look at after this one; nothing after a jump to the end.
    fn after(&self, number: usize, page: &Page) -> Option<usize> {
        let jump = page.jumps.iter().find(|jump| self.holds(Some(&jump.when)));
        match jump.map(|jump| &jump.to) {
            Some(Target::End) => None,
            Some(Target::Page(key)) => {
                let mut pages = self.definition.pages.iter();
                let target = pages.position(|page| page.key.as_ref() == Some(key));
                // Backwards is refused before publishing; here it must not go round.
                Some(
                    target
                        .filter(|target| *target > number)
                        .unwrap_or(number + 1),
                )
            }
            None => Some(number + 1),
        }
    }

    fn learn(&mut self, question: &'a Question, answers: Vec<Answer>) {
        for answer in answers {
            let item = question.items().find(|item| *item.key == answer.key);
            let key = item.map(|item| item.key);
            if let Some((key, value)) = key.zip(self.offered_only(question, answer.value)) {
                self.known.learn(key, value);
            }
        }
    }

    /// The answer without options that are not offered.
    fn offered_only(&self, question: &Question, value: AnswerValue) -> Option<AnswerValue> {
        match (value, &question.kind) {
            (AnswerValue::Choices { mut codes, other }, QuestionKind::Choice { options, .. }) => {
                let hidden = |code: &QuestionKey| {
                    let option = options.iter().find(|option| option.code == *code);
                    option.is_some_and(|option| !self.holds(option.show_if.as_ref()))
                };
                codes.retain(|code| known::is_other(code) || !hidden(code));
                (!codes.is_empty()).then_some(AnswerValue::Choices { codes, other })
            }
            (value, _) => Some(value),
        }
    }

    /// Whether a condition holds; without one everything does.
    fn holds(&self, condition: Option<&Formula>) -> bool {
        condition.is_none_or(|formula| formula.expression().holds(&self.known))
    }

    /// Whether a condition depends on answers on this page.
    fn may_change(&self, page: &Page, condition: Option<&Formula>) -> bool {
        let mut seen = Vec::new();
        condition.is_some_and(|formula| self.looks_at(page, formula.expression(), &mut seen))
    }

    fn looks_at(&self, page: &Page, part: &Expression, seen: &mut Vec<QuestionKey>) -> bool {
        let is_here = |reference: &&Reference| match self.known.source(reference) {
            Source::Answer => {
                let mut items = page.questions.iter().flat_map(Question::items);
                items.any(|item| *item.key == reference.name)
            }
            Source::Calculated if !seen.contains(&reference.name) => {
                seen.push(reference.name.clone());
                let mut calculations = self.definition.calculations.iter();
                let found = calculations.find(|value| value.key == reference.name);
                found.is_some_and(|value| self.looks_at(page, value.formula.expression(), seen))
            }
            _ => false,
        };
        part.references().iter().any(is_here)
    }

    /// The questions to put on a page, in the order of this respondent.
    #[must_use]
    pub fn questions(&self, page: usize) -> Vec<Shown<'a, Question>> {
        let Some(content) = self.definition.pages.get(page) else {
            return Vec::new();
        };
        let asked = self.asked_on(page);
        let is_asked = |what: &Question| asked.iter().any(|question| question.key == what.key);
        let mut found: Vec<_> = content
            .questions
            .iter()
            .map(|what| Shown {
                what,
                is_asked: is_asked(what),
            })
            .filter(|one| one.is_asked || self.may_change(content, one.what.show_if.as_ref()))
            .collect();
        if content.is_random {
            let place = format!("page {page}");
            shuffle(&mut found, self.respondent.response, &place, |one| {
                &one.what.key
            });
        }
        found
    }

    /// The options of a choice question, in the order of this respondent: anchored ones last.
    #[must_use]
    pub fn options(&self, question: &'a Question) -> Vec<Shown<'a, Choice>> {
        let QuestionKind::Choice {
            options, is_random, ..
        } = &question.kind
        else {
            return Vec::new();
        };
        let mut pages = self.definition.pages.iter();
        let page = pages.find(|page| page.questions.iter().any(|q| q.key == question.key));
        let mut found: Vec<_> = options
            .iter()
            .map(|what| Shown {
                what,
                is_asked: self.holds(what.show_if.as_ref()),
            })
            .filter(|one| {
                let may_change = |page| self.may_change(page, one.what.show_if.as_ref());
                one.is_asked || page.is_some_and(may_change)
            })
            .collect();
        if *is_random {
            let (mut last, mut free): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|one| one.what.is_anchored);
            let place = question.key.as_str();
            shuffle(&mut free, self.respondent.response, place, |one| {
                &one.what.code
            });
            free.append(&mut last);
            found = free;
        }
        found
    }

    /// The rows of a matrix or ranking, in the order of this respondent.
    #[must_use]
    pub fn rows(&self, question: &'a Question) -> Vec<&'a Row> {
        let mut rows: Vec<&Row> = question.kind.rows().iter().collect();
        if let QuestionKind::Matrix { is_random, .. } | QuestionKind::Ranking { is_random, .. } =
            question.kind
            && is_random
        {
            let place = question.key.as_str();
            shuffle(&mut rows, self.respondent.response, place, |row| &row.key);
        }
        rows
    }

    /// Keys in the order in which this respondent sees them, of all that everyone sees in an order
    /// of their own: by question, and by page (`page 2`, counted from 1).
    #[must_use]
    pub fn orders(&self) -> BTreeMap<String, Vec<QuestionKey>> {
        let mut orders = BTreeMap::new();
        for stop in &self.path {
            let page = self.definition.pages.get(stop.page);
            if page.is_some_and(|page| page.is_random) {
                let shown = self.questions(stop.page).into_iter();
                let keys = shown.map(|question| question.what.key.clone());
                orders.insert(format!("page {}", stop.page + 1), keys.collect());
            }
            for question in &stop.asked {
                let keys: Vec<QuestionKey> = match &question.kind {
                    QuestionKind::Choice {
                        is_random: true, ..
                    } => {
                        let shown = self.options(question).into_iter();
                        shown.map(|option| option.what.code.clone()).collect()
                    }
                    QuestionKind::Matrix {
                        is_random: true, ..
                    }
                    | QuestionKind::Ranking {
                        is_random: true, ..
                    } => {
                        let rows = self.rows(question).into_iter();
                        rows.map(|row| row.key.clone()).collect()
                    }
                    _ => continue,
                };
                orders.insert(question.key.to_string(), keys);
            }
        }
        orders
    }

    /// The questions that are asked on a page; none when the page is not on the way.
    #[must_use]
    pub fn asked_on(&self, page: usize) -> &[&'a Question] {
        let stop = self.path.iter().find(|stop| stop.page == page);
        stop.map_or(&[], |stop| &stop.asked)
    }

    /// The pages on the way, counted from 0.
    #[must_use]
    pub fn pages(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.path.iter().map(|stop| stop.page)
    }

    /// The last page on the way up to this one, which need not be on it.
    #[must_use]
    pub fn nearest(&self, page: usize) -> usize {
        let before = self.pages().rev().find(|number| *number <= page);
        before.or_else(|| self.pages().next()).unwrap_or_default()
    }

    /// Whether a page can follow this one, whatever is still answered on it.
    #[must_use]
    pub fn may_go_on(&self, page: usize) -> bool {
        let Some(content) = self.definition.pages.get(page) else {
            return false;
        };
        let mut later = self.definition.pages.iter().skip(page + 1);
        let may_follow = |later: &Page| {
            let condition = later.show_if.as_ref();
            let has_ways = !content.jumps.is_empty() && self.holds(condition);
            has_ways || self.may_change(content, condition)
        };
        self.next(page).is_some() || later.any(may_follow)
    }

    /// The page after this one; nothing when this is the last.
    #[must_use]
    pub fn next(&self, page: usize) -> Option<usize> {
        self.pages().find(|number| *number > page)
    }

    /// The page before this one; nothing when this is the first.
    #[must_use]
    pub fn previous(&self, page: usize) -> Option<usize> {
        self.pages().rev().find(|number| *number < page)
    }

    /// The answers that count, in the order of the questionnaire: without those to questions that
    /// are not asked and options that are not offered.
    #[must_use]
    pub fn answers(&self) -> Vec<Answer> {
        self.answers_before(usize::MAX)
    }

    /// The answers that count of the pages before this one, when nothing of them is refused.
    ///
    /// # Errors
    /// The questions or rows whose answers are refused, each with the reason.
    pub fn checked_before(&self, page: usize, raw: &RawAnswers) -> Result<Vec<Answer>, Refused> {
        let stops = self.path.iter().filter(|stop| stop.page < page);
        let asked = stops.flat_map(|stop| &stop.asked).copied();
        read_answers(asked, raw).map(|_| self.answers_before(page))
    }

    fn answers_before(&self, page: usize) -> Vec<Answer> {
        let stops = self.path.iter().filter(|stop| stop.page < page);
        let asked = stops.flat_map(|stop| &stop.asked);
        let items = asked.flat_map(|question| question.items());
        items
            .filter_map(|item| {
                let (_, value) = self.known.answer(item.key)?;
                Some(Answer {
                    key: item.key.clone(),
                    value: value.clone(),
                })
            })
            .collect()
    }

    /// What a calculation comes to.
    #[must_use]
    pub fn calculated(&self, key: &QuestionKey) -> Value {
        self.known.value(&Reference {
            source: Source::Calculated,
            name: key.clone(),
        })
    }

    /// The quotas that this submission counts for.
    pub fn quotas(&self) -> impl Iterator<Item = &'a Quota> {
        let quotas = self.definition.quotas.iter();
        quotas.filter(|quota| self.holds(quota.when.as_ref()))
    }

    /// The ending that belongs to the answers, when one of the questionnaire's endings does.
    #[must_use]
    pub fn ending(&self) -> Option<&'a Localized> {
        let mut endings = self.definition.endings.iter();
        let ending = endings.find(|ending| self.holds(Some(&ending.when)));
        ending.map(|ending| &ending.text)
    }
}
