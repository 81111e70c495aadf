//! Conditions, calculations, jumps and places to fill in: that each can be meant and comes in time.

use std::collections::BTreeSet;

use super::{Place, Problem, names::Known, possible::can_come_to};
use crate::{
    shared::{Localized, QuestionKey},
    survey::{Definition, Expression, Filling, Formula, Page, Piece, QuestionKind, Target, pieces},
};

/// Lists what is wrong with the logic of a questionnaire, trying out at most so many combinations of
/// answers.
pub(super) fn check(
    definition: &Definition,
    attributes: Option<&BTreeSet<QuestionKey>>,
    tries: usize,
    found: &mut Vec<Problem>,
) {
    let mut checker = Checker {
        names: Known::new(definition, attributes, tries),
        found,
    };
    let count = definition.questions().count();
    for calculation in &definition.calculations {
        let place = Place::Calculation(calculation.key.clone());
        checker.calculation(&calculation.formula, &place, &calculation.key);
    }
    let mut first = 0;
    for (number, page) in (1..).zip(&definition.pages) {
        checker.page(page, number, first);
        first += page.questions.len();
    }
    for (number, ending) in (1..).zip(&definition.endings) {
        let place = Place::Ending(number);
        checker.condition(Some(&ending.when), &place, count);
        checker.text(&ending.text, &place, count);
    }
    for quota in &definition.quotas {
        let place = Place::Quota(quota.key.clone());
        checker.condition(quota.when.as_ref(), &place, count);
        checker.text(&quota.text, &place, count);
    }
    for (text, asked) in [
        (&definition.title, 0),
        (&definition.intro, 0),
        (&definition.thanks, count),
        (&definition.thanks_low, count),
    ] {
        checker.text(text, &Place::Survey, asked);
    }
    checker.ways(definition);
}

struct Checker<'a, 'b> {
    names: Known<'a>,
    found: &'b mut Vec<Problem>,
}

impl Checker<'_, '_> {
    fn calculation(&mut self, formula: &Formula, place: &Place, key: &QuestionKey) {
        if self.names.is_round(key) {
            let key = key.clone();
            self.found.push(Problem::CalculationCycle { key });
        }
        let mistakes = formula.expression().form_of_value(&self.names).err();
        let mistakes = mistakes.into_iter().flatten();
        self.found.extend(mistakes.map(|mistake| Problem::Formula {
            place: place.clone(),
            mistake,
        }));
    }

    /// Checks the parts of a page whose first question has the number `first`.
    fn page(&mut self, page: &Page, number: usize, first: usize) {
        let place = Place::Page(number);
        self.condition(page.show_if.as_ref(), &place, first);
        self.text(&page.title, &place, first);
        for (own, question) in (first..).zip(&page.questions) {
            // On a page in random order nothing comes before anything else.
            let asked = if page.is_random { first } else { own };
            let place = Place::Question(question.key.clone());
            self.condition(question.show_if.as_ref(), &place, asked);
            self.text(&question.text, &place, first);
            self.text(&question.help, &place, first);
            if let QuestionKind::Choice { options, .. } = &question.kind {
                for (number, option) in (1..).zip(options) {
                    let place = Place::Option(question.key.clone(), number);
                    self.condition(option.show_if.as_ref(), &place, asked);
                    self.text(&option.label, &place, first);
                }
            }
            for (number, row) in (1..).zip(question.kind.rows()) {
                let place = Place::Row(question.key.clone(), number);
                self.text(&row.text, &place, first);
            }
        }
        for jump in &page.jumps {
            self.condition(Some(&jump.when), &place, first + page.questions.len());
        }
    }

    /// Checks a condition that can see the first `asked` questions.
    fn condition(&mut self, condition: Option<&Formula>, place: &Place, asked: usize) {
        let Some(condition) = condition.map(Formula::expression) else {
            return;
        };
        let mistakes = condition.mistakes_in_condition(&self.names);
        if mistakes.is_empty() && !can_come_to(true, condition, &self.names) {
            let place = place.clone();
            self.found.push(Problem::Unreachable { place });
        }
        self.found
            .extend(mistakes.into_iter().map(|mistake| Problem::Formula {
                place: place.clone(),
                mistake,
            }));
        self.in_time(condition, place, asked);
    }

    fn in_time(&mut self, part: &Expression, place: &Place, asked: usize) {
        let later: BTreeSet<QuestionKey> = self
            .names
            .asked(&part.references())
            .into_iter()
            .filter(|(number, _)| *number >= asked)
            .map(|(_, name)| name.clone())
            .collect();
        self.found
            .extend(later.into_iter().map(|name| Problem::LaterQuestion {
                place: place.clone(),
                name,
            }));
    }

    /// Checks the places to fill in of a text that can see the first `asked` questions.
    fn text(&mut self, text: &Localized, place: &Place, asked: usize) {
        let mut seen = BTreeSet::new();
        for piece in text.texts().flat_map(pieces) {
            let Piece::Blank { filling, .. } = piece else {
                continue;
            };
            let unknown = match filling {
                Filling::Name | Filling::Organisation => None,
                Filling::Unknown(name) => Some(name.to_owned()),
                Filling::Reference(reference) => {
                    if !seen.insert(reference.clone()) {
                        continue;
                    }
                    let name = reference.to_string();
                    let part = Expression::Reference(reference);
                    let is_known = part.form_of_name(&self.names).is_some();
                    if is_known {
                        self.in_time(&part, place, asked);
                    }
                    (!is_known).then_some(name)
                }
            };
            self.found.extend(unknown.map(|name| Problem::UnknownBlank {
                place: place.clone(),
                name,
            }));
        }
    }

    /// Checks where jumps lead, and that every page can be reached.
    fn ways(&mut self, definition: &Definition) {
        let mut reached = BTreeSet::from([0]);
        for (place, page) in definition.pages.iter().enumerate() {
            let is_reached = reached.contains(&place);
            let mut goes_on = true;
            for jump in &page.jumps {
                if let Target::Page(to) = &jump.to {
                    let mut pages = definition.pages.iter();
                    let target = pages.position(|page| page.key.as_ref() == Some(to));
                    let (page, to) = (place + 1, to.clone());
                    match target {
                        Some(target) if target > place => {
                            if is_reached && goes_on {
                                reached.insert(target);
                            }
                        }
                        Some(_) => self.found.push(Problem::JumpBack { page, to }),
                        None => self.found.push(Problem::JumpNowhere { page, to }),
                    }
                }
                goes_on = goes_on && can_come_to(false, jump.when.expression(), &self.names);
            }
            // A page that is not shown is passed by without its jumps.
            if is_reached && (goes_on || page.show_if.is_some()) {
                reached.insert(place + 1);
            }
        }
        for place in 0..definition.pages.len() {
            if !reached.contains(&place) {
                let place = Place::Page(place + 1);
                self.found.push(Problem::Unreachable { place });
            }
        }
    }
}
