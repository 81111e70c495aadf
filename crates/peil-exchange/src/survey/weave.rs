//! Questionnaires of several programs while they are read, in two rounds: first everything gets its
//! key, then, when all names are known, conditions become formulas and places in texts are filled.

mod fill;

use std::collections::BTreeMap;

use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{Calculation, Choice, Ending, Expression, Formula, Jump, Quota, Target},
};

use super::{
    Effect, Imported, Reason,
    draft::{Draft, Spot},
    foreign::{Dialect, Meaning, Node, Translator, calculated, parse},
    tongues::Tongues,
};

/// Names of a file with what they stand for.
pub(super) type Names = BTreeMap<String, Meaning>;

/// How a program writes places in its texts, and what a name in them or in a condition stands for.
pub(super) struct Style {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) dialect: Dialect,
    pub(super) resolve: fn(&Names, &str) -> Option<Meaning>,
    /// What a place becomes that is no name, when it becomes something.
    pub(super) special: fn(&str) -> Option<String>,
}

/// A condition of a file.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) path: String,
    pub(super) text: String,
    node: Result<Node, String>,
}

impl Condition {
    /// A condition that is written as text.
    pub(super) fn of_text(path: String, text: &str, dialect: Dialect) -> Self {
        Self {
            path,
            text: text.to_owned(),
            node: parse(text, dialect),
        }
    }

    /// A condition that is written as a tree.
    pub(super) const fn of_node(path: String, text: String, node: Result<Node, String>) -> Self {
        Self { path, text, node }
    }
}

/// Options with the code of each in the file.
#[derive(Default)]
pub(super) struct Options {
    pub(super) choices: Vec<Choice>,
    pub(super) codes: BTreeMap<String, QuestionKey>,
    pub(super) has_other: bool,
}

/// A questionnaire while it is read.
pub(super) struct Weave<'a> {
    pub(super) draft: Draft,
    pub(super) tongues: &'a Tongues,
    pub(super) names: Names,
    pub(super) path: String,
    source: usize,
    style: &'a Style,
    wishes: Vec<(Spot, Vec<Condition>)>,
    calculations: Vec<(QuestionKey, Condition)>,
    endings: Vec<(Condition, Localized)>,
    jumps: Vec<(usize, Condition, Target)>,
    quotas: Vec<(Condition, Quota)>,
}

/// Most questions that are looked at; more than can be kept by far.
const MOST_READ: usize = 600;

impl<'a> Weave<'a> {
    pub(super) fn new(draft: Draft, tongues: &'a Tongues, style: &'a Style) -> Self {
        Self {
            draft,
            tongues,
            names: Names::new(),
            path: String::new(),
            source: 0,
            style,
            wishes: Vec::new(),
            calculations: Vec::new(),
            endings: Vec::new(),
            jumps: Vec::new(),
            quotas: Vec::new(),
        }
    }

    /// Begins a question of the file; whether there is still room to look at it.
    pub(super) fn begin(&mut self, path: String) -> bool {
        self.source = self.draft.source(&path);
        self.path = path;
        let fits = self.source < MOST_READ;
        if !fits {
            self.note("", Effect::Dropped, Reason::TooManyQuestions, "");
        }
        fits
    }

    /// A key for a part of the question that is being read.
    pub(super) fn key(&mut self, name: &str) -> Option<QuestionKey> {
        let key = self.draft.keys.give(name, "q")?;
        self.draft.own(&key, self.source);
        Some(key)
    }

    /// A key for something that is no question of the file.
    pub(super) fn side_key(&mut self, name: &str) -> Option<QuestionKey> {
        self.draft.keys.give(name, "q")
    }

    pub(super) fn note(&mut self, part: &str, effect: Effect, reason: Reason, detail: &str) {
        let path = if part.is_empty() {
            self.path.clone()
        } else {
            format!("{}/{part}", self.path)
        };
        self.draft.note(path, effect, reason, detail);
    }

    pub(super) fn learn(&mut self, name: impl Into<String>, meaning: Meaning) {
        self.names.entry(name.into()).or_insert(meaning);
    }

    pub(super) fn wish(&mut self, spot: Spot, conditions: Vec<Condition>) {
        if !conditions.is_empty() {
            self.wishes.push((spot, conditions));
        }
    }

    /// A value that is worked out; what it is depends on the names that are known by now.
    pub(super) fn calculate(&mut self, key: QuestionKey, name: &str, condition: Condition) {
        let resolve = self.style.resolve;
        let names = |name: &str| resolve(&self.names, name);
        let meaning = match &condition.node {
            Ok(node) => calculated(node, &names, key.clone()),
            Err(_) => Meaning::Nothing,
        };
        self.learn(name, meaning);
        self.calculations.push((key, condition));
    }

    pub(super) fn ending(&mut self, condition: Condition, text: Localized) {
        self.endings.push((condition, text));
    }

    pub(super) fn jump(&mut self, page: usize, condition: Condition, to: Target) {
        self.jumps.push((page, condition, to));
    }

    /// A quota for whoever the condition holds.
    pub(super) fn quota(&mut self, condition: Condition, quota: Quota) {
        self.quotas.push((condition, quota));
    }

    /// Second round.
    pub(super) fn finish(mut self) -> Imported {
        for (key, condition) in std::mem::take(&mut self.calculations) {
            match self.value(&condition) {
                Ok(formula) => self
                    .draft
                    .definition
                    .calculations
                    .push(Calculation { key, formula }),
                Err(cannot) => {
                    self.refuse(&condition, Effect::Dropped, Reason::Calculation, &cannot);
                }
            }
        }
        for (spot, conditions) in std::mem::take(&mut self.wishes) {
            if let Some(formula) = self.all_of(&conditions) {
                self.draft.show_if(&spot, formula);
            }
        }
        for (condition, text) in std::mem::take(&mut self.endings) {
            match self.all_of(std::slice::from_ref(&condition)) {
                Some(when) => self.draft.definition.endings.push(Ending { when, text }),
                None => self
                    .draft
                    .note(&condition.path, Effect::Lost, Reason::Message, ""),
            }
        }
        for (page, condition, to) in std::mem::take(&mut self.jumps) {
            let when = self.all_of(std::slice::from_ref(&condition));
            if let Some((when, page)) = when.zip(self.draft.definition.pages.get_mut(page)) {
                page.jumps.push(Jump { when, to });
            }
        }
        for (condition, quota) in std::mem::take(&mut self.quotas) {
            // Without its condition it would count everyone.
            let made = self.condition(&condition);
            match made.and_then(|made| written(made).ok_or_else(|| "too long".to_owned())) {
                Ok(when) => self.draft.definition.quotas.push(Quota {
                    when: Some(when),
                    ..quota
                }),
                Err(cannot) => self.refuse(&condition, Effect::Lost, Reason::Quota, &cannot),
            }
        }
        self.fill();
        self.draft.finish()
    }

    fn refuse(&mut self, condition: &Condition, effect: Effect, reason: Reason, cannot: &str) {
        let detail = format!("{} ({cannot})", condition.text);
        self.draft.note(&condition.path, effect, reason, detail);
    }

    /// The conditions that can be said, as one.
    fn all_of(&mut self, conditions: &[Condition]) -> Option<Formula> {
        let mut parts = Vec::new();
        for condition in conditions {
            match self.condition(condition) {
                Ok(Expression::Truth(true)) => {}
                Ok(expression) => parts.push(expression),
                Err(cannot) => self.refuse(condition, Effect::Lost, Reason::Condition, &cannot),
            }
        }
        let whole = match (parts.len(), parts.pop()?) {
            (1, only) => only,
            (_, last) => {
                parts.push(last);
                Expression::And(parts)
            }
        };
        let formula = written(whole);
        if let (None, Some(condition)) = (&formula, conditions.first()) {
            self.refuse(condition, Effect::Lost, Reason::Condition, "too long");
        }
        formula
    }

    fn condition(&self, condition: &Condition) -> Result<Expression, String> {
        let resolve = self.style.resolve;
        let names = |name: &str| resolve(&self.names, name);
        let translator = Translator {
            names: &names,
            dialect: self.style.dialect,
        };
        translator.condition(condition.node.as_ref().map_err(Clone::clone)?)
    }

    fn value(&self, condition: &Condition) -> Result<Formula, String> {
        let resolve = self.style.resolve;
        let names = |name: &str| resolve(&self.names, name);
        let translator = Translator {
            names: &names,
            dialect: self.style.dialect,
        };
        let value = translator.value(condition.node.as_ref().map_err(Clone::clone)?)?;
        written(value).ok_or_else(|| "too long".to_owned())
    }
}

/// A formula that can be read back, which one that is too long or too deep cannot.
pub(super) fn written(expression: Expression) -> Option<Formula> {
    let formula = Formula::from(expression);
    formula.to_string().parse().ok()
}
