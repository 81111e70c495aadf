//! The second round over a LimeSurvey questionnaire: conditions and texts, now that all names are
//! known.

use peil_domain::survey::Expression;

use super::{
    equations,
    reading::{Reading, Wish, resolve},
    texts::Filler,
};
use crate::survey::{
    Effect, Imported, Reason,
    foreign::{Dialect, Translator, parse},
    weave::written,
    words::without_entities,
};

impl Reading<'_> {
    /// Second round: conditions and texts, now that all names are known.
    pub(super) fn finish(mut self) -> Imported {
        equations::translate(&mut self);
        for wish in std::mem::take(&mut self.wishes) {
            self.grant(&wish);
        }
        let quotas = std::mem::take(&mut self.quotas);
        self.draft.definition.quotas = quotas.into_iter().map(|(_, quota)| quota).collect();
        let mut filler = Filler::new(&self.meanings);
        filler.fill(&mut self.draft);
        self.draft.finish()
    }

    fn grant(&mut self, wish: &Wish) {
        let mut parts = Vec::new();
        for (path, text) in &wish.all_of {
            match self.condition(text) {
                Ok(Expression::Truth(true)) => {}
                Ok(expression) => parts.push(expression),
                Err(cannot) => {
                    let detail = format!("{text} ({cannot})");
                    self.draft
                        .note(path, Effect::Lost, Reason::Condition, detail);
                }
            }
        }
        let whole = match (parts.len(), parts.pop()) {
            (_, None) => return,
            (1, Some(only)) => only,
            (_, Some(last)) => {
                parts.push(last);
                Expression::And(parts)
            }
        };
        let formula = written(whole);
        let Some(formula) = formula else {
            let path = wish.all_of.first().map_or("", |(path, _)| path.as_str());
            self.draft
                .note(path, Effect::Lost, Reason::Condition, "too long");
            return;
        };
        self.draft.show_if(&wish.spot, formula);
    }

    /// A condition as an expression, or the part of it that cannot be said.
    pub(super) fn condition(&self, text: &str) -> Result<Expression, String> {
        let names = |name: &str| resolve(&self.meanings, name);
        let translator = Translator {
            names: &names,
            dialect: Dialect::LimeSurvey,
        };
        let node = parse(without_entities(text).trim(), Dialect::LimeSurvey)?;
        translator.condition(&node)
    }
}
