//! Conditions for the page that a respondent looks at, to be worked out there while they answer.

use serde_json::{Value as Json, json};

use super::Flow;
use crate::{
    shared::QuestionKey,
    survey::{Answers as _, Expression, Formula, Page, QuestionKind, Source},
};

impl Flow<'_> {
    /// The tree of a condition that depends on answers on this page; nothing when it does not, since
    /// then the server has decided. Everything that was known before the page stands in the tree as
    /// a value, so that the page is told no more than it needs.
    #[must_use]
    pub fn tree_on(&self, page: usize, condition: Option<&Formula>) -> Option<Json> {
        let content = self.definition.pages.get(page)?;
        let condition = condition.filter(|_| self.may_change(content, condition))?;
        Some(self.tree(content, condition.expression(), &[]))
    }

    /// Whether anything on this page depends on answers on it.
    #[must_use]
    pub fn is_live(&self, page: usize) -> bool {
        let Some(content) = self.definition.pages.get(page) else {
            return false;
        };
        content.questions.iter().any(|question| {
            let options = match &question.kind {
                QuestionKind::Choice { options, .. } => options.as_slice(),
                _ => &[],
            };
            let offered = options.iter().map(|option| &option.show_if);
            let mut conditions = offered.chain([&question.show_if]);
            conditions.any(|condition| self.may_change(content, condition.as_ref()))
        })
    }

    fn tree(&self, page: &Page, part: &Expression, inside: &[&QuestionKey]) -> Json {
        part.to_json_with(&|reference| {
            let is_here =
                self.looks_at(page, &Expression::Reference(reference.clone()), &mut vec![]);
            if !is_here {
                return self.known.value(reference).to_json();
            }
            match self.known.source(reference) {
                Source::Calculated if !inside.contains(&&reference.name) => {
                    let calculations = &self.definition.calculations;
                    let found = calculations.iter().find(|one| one.key == reference.name);
                    found.map_or(Json::Null, |one| {
                        let inside = [inside, &[&one.key]].concat();
                        self.tree(page, one.formula.expression(), &inside)
                    })
                }
                Source::Calculated => Json::Null,
                _ => json!(["answer", reference.name]),
            }
        })
    }
}
