//! What the names in conditions, calculations and texts stand for.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    response::OTHER,
    shared::QuestionKey,
    survey::{Definition, Form, Formula, Item, Names, QuestionKind, Reference, Source},
};

/// The names of one questionnaire.
pub(super) struct Known<'a> {
    items: BTreeMap<&'a QuestionKey, (usize, Form)>,
    calculations: BTreeMap<&'a QuestionKey, &'a Formula>,
    attributes: Option<&'a BTreeSet<QuestionKey>>,
    /// How many combinations of answers may still be tried.
    tries_left: Cell<usize>,
}

impl<'a> Known<'a> {
    pub(super) fn new(
        definition: &'a Definition,
        attributes: Option<&'a BTreeSet<QuestionKey>>,
        tries: usize,
    ) -> Self {
        let questions = definition.questions().enumerate();
        let items = questions.flat_map(|(place, question)| {
            let form = move |item: Item<'a>| Some((item.key, (place, form_of(&item)?)));
            question.items().filter_map(form)
        });
        let calculations = definition.calculations.iter();
        Self {
            items: items.collect(),
            calculations: calculations.map(|one| (&one.key, &one.formula)).collect(),
            attributes,
            tries_left: Cell::new(tries),
        }
    }

    /// Whether so many combinations of answers may be tried; they count as tried then.
    pub(super) fn may_try(&self, tries: usize) -> bool {
        let left = self.tries_left.get().checked_sub(tries);
        self.tries_left.set(left.unwrap_or(self.tries_left.get()));
        left.is_some()
    }

    /// Where the name is found that says not where to look.
    pub(super) fn source(&self, reference: &Reference) -> Source {
        match reference.source {
            Source::Anywhere if self.items.contains_key(&reference.name) => Source::Answer,
            Source::Anywhere if self.calculations.contains_key(&reference.name) => {
                Source::Calculated
            }
            source => source,
        }
    }

    /// The questions that a name leads to, also through calculations: their number and name.
    pub(super) fn asked<'b>(
        &'b self,
        references: &[&'b Reference],
    ) -> Vec<(usize, &'b QuestionKey)> {
        let mut waiting = references.to_vec();
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        while let Some(reference) = waiting.pop() {
            match self.source(reference) {
                Source::Answer => found.extend(
                    self.items
                        .get(&reference.name)
                        .map(|(place, _)| (*place, &reference.name)),
                ),
                Source::Calculated if seen.insert(&reference.name) => {
                    let formula = self.calculations.get(&reference.name);
                    let inner = formula.map(|formula| formula.expression().references());
                    waiting.extend(inner.into_iter().flatten());
                }
                _ => {}
            }
        }
        found
    }

    /// Whether a calculation needs itself.
    pub(super) fn is_round(&self, key: &QuestionKey) -> bool {
        let mut waiting = vec![key];
        let mut seen = BTreeSet::new();
        while let Some(next) = waiting.pop() {
            let formula = self.calculations.get(next);
            let inner = formula.map(|formula| formula.expression().references());
            for reference in inner.into_iter().flatten() {
                if self.source(reference) != Source::Calculated {
                    continue;
                }
                if reference.name == *key {
                    return true;
                }
                if seen.insert(&reference.name) {
                    waiting.push(&reference.name);
                }
            }
        }
        false
    }

    fn calculated(&self, name: &QuestionKey) -> Option<Form> {
        // What a calculation makes is told apart from its own mistakes, which are found with it.
        let formula = self.calculations.get(name)?;
        let is_flat = |reference: &Reference| match self.source(reference) {
            Source::Calculated => Some(Form::Number(None)),
            _ => self.form(reference),
        };
        let form = formula.expression().form_of_value(&is_flat);
        Some(form.unwrap_or(Form::Number(None)))
    }
}

impl Names for Known<'_> {
    fn form(&self, reference: &Reference) -> Option<Form> {
        let name = &reference.name;
        match self.source(reference) {
            Source::Answer => self.items.get(name).map(|(_, form)| form.clone()),
            Source::Calculated => self.calculated(name),
            Source::Contact => self
                .attributes
                .is_none_or(|known| known.contains(name))
                .then_some(Form::Text),
            Source::Anywhere => self
                .attributes
                .is_some_and(|known| known.contains(name))
                .then_some(Form::Text),
        }
    }
}

fn form_of(item: &Item<'_>) -> Option<Form> {
    Some(match &item.question.kind {
        QuestionKind::YesNo | QuestionKind::Consent => Form::Truth,
        QuestionKind::Date { .. } => Form::Date,
        QuestionKind::Text { .. } => Form::Text,
        QuestionKind::Number { .. } => {
            let range = item.question.kind.number_range();
            Form::Number(range.map(|range| (range.min, range.max)))
        }
        QuestionKind::Choice {
            options,
            is_multiple,
            has_other,
            ..
        } => {
            let other = has_other.then(|| OTHER.parse().ok()).flatten();
            let codes = options.iter().map(|option| option.code.clone());
            let codes = codes.chain(other).collect();
            if *is_multiple {
                Form::Options(codes)
            } else {
                Form::Option(codes)
            }
        }
        QuestionKind::Contact { .. } | QuestionKind::Statement => return None,
        _ => Form::Number(item.scale.map(|scale| (scale.min, scale.max))),
    })
}
