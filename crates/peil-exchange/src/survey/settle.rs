//! Leaves out conditions, jumps and places in texts that cannot work, so that what is read can be
//! edited and published; all of it is noted.

mod texts;

use std::collections::BTreeSet;

use peil_domain::{
    shared::{Language, Localized, QuestionKey},
    survey::{
        Definition, Expression, Filling, Formula, Page, Piece, Place, Problem, QuestionKind,
        Reference, Source, pieces, problems, problems_without_trying,
    },
};

use self::texts::{texts_at, without};
use super::{Effect, Reason, draft::Draft, fit::drop_empty_pages};

/// Most times that all is looked through again, since leaving out one thing may break another.
const MOST_ROUNDS: usize = 40;

/// Leaves out what cannot work, and notes what is left for a person to mend.
pub(super) fn settle(draft: &mut Draft) {
    for _ in 0..MOST_ROUNDS {
        let problems = problems_without_trying(&draft.definition);
        let mut round = Round::default();
        for problem in &problems {
            round.mend(draft, problem);
        }
        if !round.finish(draft) {
            break;
        }
    }
    drop_empty_pages(&mut draft.definition);
    for problem in problems(&draft.definition) {
        let path = path_of(draft, &problem.place());
        draft.note(path, Effect::Check, Reason::Unfinished, problem.to_string());
    }
}

fn path_of(draft: &Draft, place: &Place) -> String {
    match place {
        Place::Survey => "survey".to_owned(),
        Place::Question(key) | Place::Calculation(key) => draft.path(key),
        Place::Option(key, number) => format!("{}/option {number}", draft.path(key)),
        Place::Row(key, number) => format!("{}/row {number}", draft.path(key)),
        Place::Page(number) => {
            let page = draft.definition.pages.get(number.saturating_sub(1));
            let first = page.and_then(|page| page.questions.first());
            first.map_or_else(
                || format!("page {number}"),
                |question| format!("page of {}", draft.path(&question.key)),
            )
        }
        Place::Quota(key) => format!("quota {key}"),
        Place::Ending(number) => format!("ending {number}"),
    }
}

/// What is taken out after everything was looked at, because places are numbers.
#[derive(Default)]
struct Round {
    has_changed: bool,
    endings: BTreeSet<usize>,
    quotas: BTreeSet<QuestionKey>,
    calculations: BTreeSet<QuestionKey>,
    /// Questions before which a page is divided.
    divisions: BTreeSet<QuestionKey>,
}

impl Round {
    fn mend(&mut self, draft: &mut Draft, problem: &Problem) {
        match problem {
            Problem::Formula { place, .. } => self.drop_condition(draft, place),
            Problem::CalculationCycle { key } => {
                self.calculations.insert(key.clone());
            }
            Problem::LaterQuestion { place, name } => self.later(draft, place, name),
            Problem::UnknownBlank { place, name } => {
                let is_it = |filling: &Filling<'_>| match filling {
                    Filling::Unknown(unknown) => *unknown == name,
                    Filling::Reference(reference) => reference.to_string() == *name,
                    _ => false,
                };
                self.blank_out(draft, place, name, is_it);
            }
            Problem::JumpBack { page, to } | Problem::JumpNowhere { page, to } => {
                let path = path_of(draft, &Place::Page(*page));
                let pages = &mut draft.definition.pages;
                if let Some(found) = pages.get_mut(page.saturating_sub(1)) {
                    let leads = |target: &peil_domain::survey::Target| matches!(target, peil_domain::survey::Target::Page(key) if key == to);
                    found.jumps.retain(|jump| !leads(&jump.to));
                    self.has_changed = true;
                    draft.note(path, Effect::Lost, Reason::Jump, to.as_str());
                }
            }
            _ => {}
        }
    }

    fn drop_condition(&mut self, draft: &mut Draft, place: &Place) {
        let path = path_of(draft, place);
        let dropped = match place {
            Place::Calculation(key) => {
                self.calculations.insert(key.clone());
                return;
            }
            Place::Quota(key) => {
                self.quotas.insert(key.clone());
                return;
            }
            Place::Ending(number) => {
                self.endings.insert(*number);
                return;
            }
            Place::Page(number) => {
                let page = draft.definition.pages.get_mut(number.saturating_sub(1));
                let Some(page) = page else { return };
                match page.jumps.pop() {
                    Some(jump) => Some(jump.when),
                    None => page.show_if.take(),
                }
            }
            Place::Question(key) => {
                let mut questions = draft.definition.questions_mut();
                let question = questions.find(|question| question.key == *key);
                question.and_then(|question| question.show_if.take())
            }
            Place::Option(key, number) => {
                let mut questions = draft.definition.questions_mut();
                let question = questions.find(|question| question.key == *key);
                question.and_then(|question| match &mut question.kind {
                    QuestionKind::Choice { options, .. } => options
                        .get_mut(number.saturating_sub(1))
                        .and_then(|option| option.show_if.take()),
                    _ => None,
                })
            }
            Place::Survey | Place::Row(..) => None,
        };
        if let Some(formula) = dropped {
            self.has_changed = true;
            draft.note(path, Effect::Lost, Reason::Logic, formula.to_string());
        }
    }

    /// Something asks for an answer that is given later.
    fn later(&mut self, draft: &mut Draft, place: &Place, name: &QuestionKey) {
        let definition = &draft.definition;
        let condition = condition_at(definition, place);
        let is_asked_for = condition.is_some_and(|formula| asks_for(definition, formula, name));
        if is_asked_for && !is_known_at(definition, name, place) {
            self.drop_condition(draft, place);
            return;
        }
        if matches!(place, Place::Page(_) | Place::Ending(_) | Place::Quota(_)) {
            self.drop_condition(draft, place);
            return;
        }
        if let Place::Question(key) | Place::Option(key, _) | Place::Row(key, _) = place
            && comes_earlier_on_page(definition, name, key)
        {
            self.divisions.insert(key.clone());
            return;
        }
        let asking: BTreeSet<Reference> = {
            let texts = texts_at(&mut draft.definition, place);
            let texts: Vec<Localized> = texts.into_iter().map(|text| text.clone()).collect();
            references_of(&texts)
                .into_iter()
                .filter(|reference| {
                    let formula = Formula::from(Expression::Reference(reference.clone()));
                    asks_for(&draft.definition, &formula, name)
                })
                .collect()
        };
        self.blank_out(draft, place, name.as_str(), |filling| {
            matches!(filling, Filling::Reference(reference) if asking.contains(reference))
        });
    }

    fn blank_out(
        &mut self,
        draft: &mut Draft,
        place: &Place,
        name: &str,
        is_it: impl Fn(&Filling<'_>) -> bool,
    ) {
        let mut has_changed = false;
        for text in texts_at(&mut draft.definition, place) {
            for language in Language::ALL {
                let Some(old) = text.exact(language) else {
                    continue;
                };
                let new = without(old, &is_it);
                if new != old {
                    text.set(language, new);
                    has_changed = true;
                }
            }
        }
        if has_changed {
            self.has_changed = true;
            let path = path_of(draft, place);
            draft.note(path, Effect::Lost, Reason::NoFilling, name);
        }
    }

    /// Takes out what was gathered; whether anything changed in this round.
    fn finish(self, draft: &mut Draft) -> bool {
        let mut has_changed = self.has_changed;
        for number in self.endings.iter().rev() {
            if *number <= draft.definition.endings.len() && *number > 0 {
                let ending = draft.definition.endings.remove(number - 1);
                draft.note(
                    "endings",
                    Effect::Lost,
                    Reason::Logic,
                    ending.when.to_string(),
                );
                has_changed = true;
            }
        }
        for key in &self.quotas {
            let mut quotas = std::mem::take(&mut draft.definition.quotas);
            for gone in quotas.extract_if(.., |quota| quota.key == *key) {
                let when = gone.when.map(|when| when.to_string());
                let detail = when.unwrap_or_default();
                draft.note(format!("quota {key}"), Effect::Lost, Reason::Quota, detail);
            }
            draft.definition.quotas = quotas;
            has_changed = true;
        }
        for key in &self.calculations {
            let path = draft.path(key);
            let calculations = &mut draft.definition.calculations;
            calculations.retain(|calculation| calculation.key != *key);
            draft.note(path, Effect::Dropped, Reason::Calculation, key.as_str());
            has_changed = true;
        }
        for key in &self.divisions {
            has_changed |= divide_page(draft, key);
        }
        has_changed
    }
}

fn condition_at<'a>(definition: &'a Definition, place: &Place) -> Option<&'a Formula> {
    match place {
        Place::Question(key) => definition.question(key)?.show_if.as_ref(),
        Place::Option(key, number) => match &definition.question(key)?.kind {
            QuestionKind::Choice { options, .. } => {
                options.get(number.checked_sub(1)?)?.show_if.as_ref()
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether a formula needs the answer to `name`, also through calculations.
fn asks_for(definition: &Definition, formula: &Formula, name: &QuestionKey) -> bool {
    let mut waiting = formula.expression().references();
    let mut seen = BTreeSet::new();
    while let Some(reference) = waiting.pop() {
        if (reference.source == Source::Answer || reference.source == Source::Anywhere)
            && reference.name == *name
        {
            return true;
        }
        if reference.source != Source::Answer && seen.insert(&reference.name) {
            let mut calculations = definition.calculations.iter();
            let inner = calculations.find(|calculation| calculation.key == reference.name);
            waiting.extend(
                inner
                    .into_iter()
                    .flat_map(|one| one.formula.expression().references()),
            );
        }
    }
    false
}

/// Whether conditions at a place can know the answer to `name`.
fn is_known_at(definition: &Definition, name: &QuestionKey, place: &Place) -> bool {
    let (Place::Question(key) | Place::Option(key, _)) = place else {
        return false;
    };
    let asked = definition
        .item(name)
        .and_then(|item| definition.place_of(&item.question.key));
    let Some(((page, first), (own, second))) = asked.zip(definition.place_of(key)) else {
        return false;
    };
    let is_random = definition.pages.get(own).is_some_and(|page| page.is_random);
    page < own || page == own && first < second && !is_random
}

/// Whether the question or row `name` is asked before the question `key` on the same page.
fn comes_earlier_on_page(definition: &Definition, name: &QuestionKey, key: &QuestionKey) -> bool {
    let Some(item) = definition.item(name) else {
        return false;
    };
    let places = (
        definition.place_of(&item.question.key),
        definition.place_of(key),
    );
    matches!(places, (Some((page, first)), Some((other, second))) if page == other && first < second)
        && places
            .1
            .and_then(|(page, _)| definition.pages.get(page))
            .is_some_and(|page| !page.is_random)
}

/// Begins a new page with the question `key`.
fn divide_page(draft: &mut Draft, key: &QuestionKey) -> bool {
    let Some((number, place)) = draft.definition.place_of(key) else {
        return false;
    };
    if draft.definition.pages.len() >= Definition::MOST_QUESTIONS || place == 0 {
        return false;
    }
    let Some(page) = draft.definition.pages.get_mut(number) else {
        return false;
    };
    let rest = Page {
        questions: page.questions.split_off(place),
        show_if: page.show_if.clone(),
        jumps: std::mem::take(&mut page.jumps),
        ..Page::default()
    };
    draft.definition.pages.insert(number + 1, rest);
    let path = draft.path(key);
    draft.note(path, Effect::Changed, Reason::Pages, "");
    true
}

fn references_of(texts: &[Localized]) -> BTreeSet<Reference> {
    let texts = texts.iter().flat_map(Localized::texts);
    texts
        .flat_map(pieces)
        .filter_map(|piece| match piece {
            Piece::Blank {
                filling: Filling::Reference(reference),
                ..
            } => Some(reference),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Format;

    fn settled(json: &str) -> (Definition, Vec<(Effect, Reason)>) {
        let mut draft = Draft::new(Format::Json);
        draft.definition = serde_json::from_str(json).unwrap();
        settle(&mut draft);
        let items = draft.report.items.iter();
        let items = items.map(|item| (item.effect, item.reason)).collect();
        (draft.definition, items)
    }

    #[test]
    fn logic_that_cannot_work_is_left_out_and_told() {
        let (definition, items) = settled(
            r#"{"languages":["nl"],"title":{"nl":"T {{answer.nobody|u}}"},
            "calculations":[{"key":"bad","formula":"answer.x + 1"}],
            "quotas":[{"key":"one","when":"answer.x = 1","most":3}],
            "endings":[{"when":"answer.x = 1","text":{"nl":"E"}},{"when":"a = 1","text":{"nl":"F"}}],
            "pages":[{"questions":[
            {"key":"a","text":{"nl":"{{answer.b}} A"},"kind":"nps","show_if":"answer.b = 1"},
            {"key":"b","text":{"nl":"B {{answer.a}}"},"kind":"nps","show_if":"answer.a = 11"}],
            "jumps":[{"when":"answer.a = 1","to":{"page":"nowhere"}}]}]}"#,
        );
        assert_eq!(definition.title.get(Language::Nl), "T u");
        assert!(definition.calculations.is_empty() && definition.quotas.is_empty());
        assert_eq!(definition.endings.len(), 1);
        assert_eq!(
            definition.pages.len(),
            2,
            "b is filled in with a, so it comes on a later page"
        );
        assert!(
            definition
                .questions()
                .all(|question| question.show_if.is_none())
        );
        assert_eq!(
            definition.pages[0].questions[0].text.get(Language::Nl),
            "… A"
        );
        assert!(definition.pages.iter().all(|page| page.jumps.is_empty()));
        assert!(items.contains(&(Effect::Lost, Reason::Jump)), "{items:?}");
        assert_eq!(peil_domain::survey::problems(&definition), vec![]);
    }
}
