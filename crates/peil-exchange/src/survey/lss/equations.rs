//! Equations of LimeSurvey: values that are worked out, and shown unless they are hidden.

use peil_domain::{
    shared::QuestionKey,
    survey::{Calculation, Expression, Function, Question, QuestionKind},
};

use super::{
    content::Asking,
    kinds::asked,
    reading::{Reading, resolve},
    texts::places,
};
use crate::survey::{
    Effect, Reason,
    foreign::{Dialect, Meaning, Translator, calculated, parse},
    weave::written,
    words::without_entities,
};

/// An equation that is translated when all names are known.
pub(super) struct Equation {
    pub(super) key: QuestionKey,
    pub(super) path: String,
    pub(super) text: String,
    /// Where it stands, and what it says; all must hold.
    pub(super) conditions: Vec<(String, String)>,
}

/// Reads an equation: a calculation, and a text when it is shown.
pub(super) fn read(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let texts: Vec<&String> = asking.text.values().collect();
    let own = asking.attribute("equation");
    let all = texts.first().map_or("", |text| text.as_str());
    let found = if own.is_empty() {
        places(all)
    } else {
        vec![own.to_owned()]
    };
    let Some(first) = found.first() else {
        // Words without anything to work out.
        return super::kinds::one(reading, asking, QuestionKind::Statement, |_| {
            Meaning::Nothing
        });
    };
    if found.len() > 1 {
        let rest: Vec<&str> = found.iter().skip(1).map(String::as_str).collect();
        reading.note("", Effect::Lost, Reason::Calculation, &rest.join("; "));
    }
    let key = reading.key(&asking.title)?;
    let meaning = match parse(without_entities(first).trim(), Dialect::LimeSurvey) {
        Ok(node) => calculated(
            &node,
            &|name: &str| resolve(&reading.meanings, name),
            key.clone(),
        ),
        Err(_) => Meaning::Nothing,
    };
    reading.learn(asking, "", meaning);
    reading.equations.push(Equation {
        key: key.clone(),
        path: reading.path.clone(),
        text: first.clone(),
        conditions: reading.own_condition(),
    });
    if !asking.is_on("hidden") && !asking.text.is_empty() {
        let asked = asked(reading, asking)?;
        let mut question = Question::new(asked.key, asked.text, QuestionKind::Statement);
        question.help = asked.help;
        reading.made.push(question);
    }
    Some(())
}

/// Makes calculations of all equations.
pub(super) fn translate(reading: &mut Reading<'_>) {
    for equation in std::mem::take(&mut reading.equations) {
        let names = |name: &str| resolve(&reading.meanings, name);
        let translator = Translator {
            names: &names,
            dialect: Dialect::LimeSurvey,
        };
        let node = parse(without_entities(&equation.text).trim(), Dialect::LimeSurvey);
        let value = node.and_then(|node| translator.value(&node));
        let value = match value {
            Ok(value) => value,
            Err(cannot) => {
                let detail = format!("{} ({cannot})", equation.text);
                let has_text = reading
                    .draft
                    .definition
                    .questions()
                    .any(|question| reading.draft.path(&question.key) == equation.path);
                let effect = if has_text {
                    Effect::Lost
                } else {
                    Effect::Dropped
                };
                reading
                    .draft
                    .note(&equation.path, effect, Reason::Calculation, detail);
                continue;
            }
        };
        let mut conditions = Vec::new();
        for (path, text) in &equation.conditions {
            match reading.condition(text) {
                Ok(Expression::Truth(true)) => {}
                Ok(condition) => conditions.push(condition),
                Err(cannot) => {
                    let detail = format!("{text} ({cannot})");
                    reading
                        .draft
                        .note(path, Effect::Lost, Reason::Condition, detail);
                }
            }
        }
        let condition = match (conditions.len(), conditions.pop()) {
            (_, None) => None,
            (1, Some(only)) => Some(only),
            (_, Some(last)) => {
                conditions.push(last);
                Some(Expression::And(conditions))
            }
        };
        let whole = match condition {
            Some(condition) => {
                Expression::Call(Function::If, vec![condition, value, Expression::Empty])
            }
            None => value,
        };
        match written(whole) {
            Some(formula) => reading.draft.definition.calculations.push(Calculation {
                key: equation.key,
                formula,
            }),
            None => reading.draft.note(
                &equation.path,
                Effect::Dropped,
                Reason::Calculation,
                &equation.text,
            ),
        }
    }
}
