//! Foreign conditions as expressions.

use peil_domain::survey::{Arithmetic, Comparison, Expression, Function, Number};

use super::{Dialect, Meaning, Meanings, Node, constant};

/// Makes expressions of nodes; an error is the part that cannot be said.
pub(in crate::survey) struct Translator<'a, M> {
    pub(in crate::survey) names: &'a M,
    pub(in crate::survey) dialect: Dialect,
}

pub(super) type Made = Result<Expression, String>;

pub(super) fn compare(how: Comparison, left: Expression, right: Expression) -> Expression {
    Expression::Compare(how, Box::new([left, right]))
}

pub(super) fn not(part: Expression) -> Expression {
    match part {
        Expression::Not(inner) => *inner,
        Expression::Compare(Comparison::Equal, parts) => {
            Expression::Compare(Comparison::NotEqual, parts)
        }
        Expression::Compare(Comparison::NotEqual, parts) => {
            Expression::Compare(Comparison::Equal, parts)
        }
        Expression::Truth(is_so) => Expression::Truth(!is_so),
        part => Expression::Not(Box::new(part)),
    }
}

pub(super) fn is_empty(part: Expression) -> Expression {
    compare(Comparison::Equal, part, Expression::Empty)
}

/// Both or one of several; one of them stays as it is.
pub(super) fn joined(
    mut parts: Vec<Expression>,
    make: fn(Vec<Expression>) -> Expression,
) -> Expression {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            make(parts)
        }
    }
}

pub(super) fn number(number: f64) -> Made {
    // Twelve digits, as results of formulas have.
    let rounded = format!("{number:.11e}").parse().unwrap_or(number);
    let number = Number::new(rounded).ok_or_else(|| number.to_string())?;
    Ok(Expression::Number(number))
}

impl<M: Meanings> Translator<'_, M> {
    /// Something that holds or not.
    pub(in crate::survey) fn condition(&self, node: &Node) -> Made {
        if let Some(is_so) = constant::truth(node) {
            return Ok(Expression::Truth(is_so));
        }
        match node {
            Node::And(parts) => Ok(joined(self.conditions(parts)?, Expression::And)),
            Node::Or(parts) => Ok(joined(self.conditions(parts)?, Expression::Or)),
            Node::Not(part) => Ok(not(self.condition(part)?)),
            Node::Compare(how, parts) => {
                let [left, right] = &**parts;
                self.compared(*how, left, right)
            }
            Node::Text(text) => Ok(Expression::Truth(!matches!(text.as_str(), "" | "0"))),
            Node::Name(name) => self.is_there(name),
            Node::Call(name, parts) => self.called(name, parts, node),
            node => self.is_not_zero(node),
        }
    }

    fn conditions(&self, parts: &[Node]) -> Result<Vec<Expression>, String> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn called(&self, name: &str, parts: &[Node], whole: &Node) -> Made {
        match (name, parts) {
            ("empty" | "is_empty" | "isempty", [part]) => self.empty(part),
            ("notempty", [part]) => Ok(not(self.empty(part)?)),
            ("boolean" | "bool", [part]) => self.condition(part),
            ("selected", [part, value]) => self.has(part, value),
            ("anyof" | "allof", [part, Node::List(values)]) => {
                let found = values.iter().map(|value| self.has(part, value));
                let found = found.collect::<Result<Vec<_>, _>>()?;
                let is_any = name == "anyof";
                let make = if is_any {
                    Expression::Or
                } else {
                    Expression::And
                };
                Ok(joined(found, make))
            }
            ("in_array", [part, values @ ..]) if !values.is_empty() => {
                let found = values
                    .iter()
                    .map(|value| self.compared(Comparison::Equal, part, value));
                Ok(joined(found.collect::<Result<_, _>>()?, Expression::Or))
            }
            ("if" | "iif", [condition, then, otherwise]) => {
                let parts = [condition, then, otherwise].map(|part| self.condition(part));
                let parts = parts.into_iter().collect::<Result<_, _>>()?;
                Ok(Expression::Call(Function::If, parts))
            }
            ("is_numeric" | "is_int" | "is_float", [Node::Name(asked)]) => {
                match self.meaning(asked)? {
                    meaning @ (Meaning::Number(_) | Meaning::Score(..)) => {
                        let reference = meaning.reference().ok_or_else(|| asked.clone())?;
                        Ok(not(is_empty(reference)))
                    }
                    _ => Err(format!("{name}({asked})")),
                }
            }
            // One of those above with parts that it cannot have.
            (name, _) if is_condition(name) => Err(format!("{name}()")),
            _ => self.is_not_zero(whole),
        }
    }

    /// Whether a choice of one or of several has this option.
    fn has(&self, part: &Node, value: &Node) -> Made {
        let is_list = matches!(part, Node::Name(name)
            if matches!(self.names.meaning(name), Some(Meaning::Options(..))));
        let how = if is_list {
            Comparison::Contains
        } else {
            Comparison::Equal
        };
        self.compared(how, part, value)
    }

    fn is_not_zero(&self, node: &Node) -> Made {
        let value = self.value(node)?;
        let zero = Expression::Number(Number::from(0));
        let nothing = vec![zero, Expression::Empty];
        Ok(not(Expression::In(Box::new(value), nothing)))
    }

    pub(super) fn meaning(&self, name: &str) -> Result<Meaning, String> {
        match self.names.meaning(name) {
            Some(Meaning::Nothing) | None => Err(name.to_owned()),
            Some(meaning) => Ok(meaning),
        }
    }

    /// Whether what is called so is there, and not zero.
    fn is_there(&self, name: &str) -> Made {
        let meaning = self.meaning(name)?;
        match &meaning {
            Meaning::Ticked(key, code) => Ok(ticked(key, code)),
            Meaning::CalculatedTruth(_) => meaning.reference().ok_or_else(|| name.to_owned()),
            // There, yes and no are letters, and both are something.
            Meaning::Truth(_) if self.dialect != Dialect::LimeSurvey => {
                meaning.reference().ok_or_else(|| name.to_owned())
            }
            Meaning::Number(_) | Meaning::Calculated(_) => {
                self.is_not_zero(&Node::Name(name.to_owned()))
            }
            Meaning::Several(parts) => {
                let parts = parts.iter().map(|part| match part {
                    Meaning::Ticked(key, code) => Ok(ticked(key, code)),
                    part => Ok(not(is_empty(
                        part.reference().ok_or_else(|| name.to_owned())?,
                    ))),
                });
                Ok(joined(
                    parts.collect::<Result<_, String>>()?,
                    Expression::Or,
                ))
            }
            meaning => {
                let reference = meaning.reference().ok_or_else(|| name.to_owned())?;
                Ok(not(is_empty(reference)))
            }
        }
    }

    fn empty(&self, part: &Node) -> Made {
        if let Node::Name(name) = part {
            return match self.meaning(name)? {
                Meaning::Number(_)
                | Meaning::Calculated(_)
                | Meaning::CalculatedTruth(_)
                | Meaning::Truth(_) => {
                    let meaning = self.meaning(name)?;
                    meaning
                        .reference()
                        .map(is_empty)
                        .ok_or_else(|| name.clone())
                }
                _ => Ok(not(self.is_there(name)?)),
            };
        }
        Ok(is_empty(self.value(part)?))
    }

    /// Something that is a number, a text or a day.
    pub(in crate::survey) fn value(&self, node: &Node) -> Made {
        if let Some(found) = constant::number(node) {
            return number(found);
        }
        match node {
            Node::Text(text) if text.trim().is_empty() => Ok(Expression::Empty),
            Node::Text(text) => Ok(Expression::Text(text.clone())),
            Node::Name(name) => self.single(name),
            Node::Calculate(how, parts) => {
                let [left, right] = &**parts;
                let parts = [self.amount(left)?, self.amount(right)?];
                Ok(Expression::Calculate(*how, Box::new(parts)))
            }
            Node::Call(name, parts) => self.function(name, parts),
            Node::Truth(_) | Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Compare(..) => {
                self.condition(node)
            }
            Node::Number(found) => number(*found),
            Node::List(_) => Err("[…]".to_owned()),
        }
    }

    fn single(&self, name: &str) -> Made {
        let meaning = self.meaning(name)?;
        let is_value = meaning.is_number()
            || matches!(
                meaning,
                Meaning::Text(_)
                    | Meaning::Date(_)
                    | Meaning::CalculatedText(_)
                    | Meaning::CalculatedTruth(_)
            )
            || self.dialect != Dialect::LimeSurvey && matches!(meaning, Meaning::Truth(_));
        let reference = meaning.reference().filter(|_| is_value);
        reference.ok_or_else(|| name.to_owned())
    }

    /// Something to calculate with.
    fn amount(&self, node: &Node) -> Made {
        match node {
            Node::Name(name) => match self.meaning(name)? {
                Meaning::Ticked(key, code) => Ok(one_if(ticked(&key, &code))),
                meaning if meaning.is_number() => meaning.reference().ok_or_else(|| name.clone()),
                // Words may be a number there.
                meaning @ Meaning::Text(_) => meaning.reference().ok_or_else(|| name.clone()),
                _ => Err(name.clone()),
            },
            Node::Text(text) => {
                let found = Number::read(text);
                found.map(Expression::Number).ok_or_else(|| text.clone())
            }
            node => self.value(node),
        }
    }

    fn function(&self, name: &str, parts: &[Node]) -> Made {
        let call = |function| {
            let parts = self.flat(parts)?;
            if parts.is_empty() {
                return Err(format!("{name}()"));
            }
            Ok(Expression::Call(function, parts))
        };
        match (name, parts) {
            ("sum", _) => call(Function::Sum),
            ("min", _) => call(Function::Min),
            ("max", _) => call(Function::Max),
            ("avg" | "average" | "mean", _) => call(Function::Average),
            ("count" | "count-selected", _) => self.count(parts),
            ("strlen" | "string-length" | "length", [Node::Name(asked)]) => {
                let reference = self.single(asked)?;
                Ok(Expression::Call(Function::Length, vec![reference]))
            }
            ("number" | "floatval" | "tonumber", [part]) => self.amount(part),
            ("intval" | "int" | "floor" | "ceil" | "round", [part @ Node::Name(asked), ..]) => {
                // What is whole stays as it is.
                match self.meaning(asked)? {
                    Meaning::Score(..) => self.amount(part),
                    _ => Err(format!("{name}({asked})")),
                }
            }
            ("if" | "iif", [condition, then, otherwise]) => {
                let parts = vec![
                    self.condition(condition)?,
                    self.value(then)?,
                    self.value(otherwise)?,
                ];
                Ok(Expression::Call(Function::If, parts))
            }
            ("coalesce", [Node::Name(first), otherwise]) => {
                let reference = self.single(first)?;
                let otherwise = self.value(otherwise)?;
                let condition = is_empty(reference.clone());
                Ok(Expression::Call(
                    Function::If,
                    vec![condition, otherwise, reference],
                ))
            }
            ("once", [part]) => self.value(part),
            (name, _) if is_condition(name) => {
                self.condition(&Node::Call(name.to_owned(), parts.to_vec()))
            }
            _ => Err(format!("{name}()")),
        }
    }

    /// Parts to calculate with, those of a question with several answers one by one.
    fn flat(&self, parts: &[Node]) -> Result<Vec<Expression>, String> {
        let mut found = Vec::new();
        for part in parts {
            match part {
                Node::Name(name) => match self.meaning(name)? {
                    Meaning::Several(parts) => {
                        for part in parts {
                            found.push(match part {
                                Meaning::Ticked(key, code) => one_if(ticked(&key, &code)),
                                part => part.reference().ok_or_else(|| name.clone())?,
                            });
                        }
                    }
                    _ => found.push(self.amount(part)?),
                },
                Node::List(parts) => found.extend(self.flat(parts)?),
                part => found.push(self.amount(part)?),
            }
        }
        Ok(found)
    }

    fn count(&self, parts: &[Node]) -> Made {
        let mut counted = Vec::new();
        let mut ones = Vec::new();
        for part in parts {
            let Node::Name(name) = part else {
                return Err("count()".to_owned());
            };
            let meaning = self.meaning(name)?;
            let all = match meaning {
                Meaning::Several(all) => all,
                meaning => vec![meaning],
            };
            for meaning in all {
                match &meaning {
                    Meaning::Ticked(key, code) => ones.push(one_if(ticked(key, code))),
                    meaning => counted.push(meaning.reference().ok_or_else(|| name.clone())?),
                }
            }
        }
        let mut parts = ones;
        if !counted.is_empty() {
            parts.push(Expression::Call(Function::Count, counted));
        }
        let mut parts = parts.into_iter();
        let first = parts.next().ok_or_else(|| "count()".to_owned())?;
        Ok(parts.fold(first, |all, part| {
            Expression::Calculate(Arithmetic::Plus, Box::new([all, part]))
        }))
    }
}

/// Whether a function holds or not, rather than being a number or words.
fn is_condition(name: &str) -> bool {
    matches!(
        name,
        "empty"
            | "is_empty"
            | "isempty"
            | "notempty"
            | "selected"
            | "anyof"
            | "allof"
            | "in_array"
            | "boolean"
            | "bool"
            | "is_numeric"
            | "is_int"
            | "is_float"
    )
}

pub(super) fn ticked(
    key: &peil_domain::shared::QuestionKey,
    code: &peil_domain::shared::QuestionKey,
) -> Expression {
    let reference = Meaning::Option(key.clone(), std::collections::BTreeMap::new()).reference();
    let code = Expression::Text(code.to_string());
    compare(
        Comparison::Contains,
        reference.unwrap_or(Expression::Empty),
        code,
    )
}

fn one_if(condition: Expression) -> Expression {
    let (one, zero) = (Number::from(1), Number::from(0));
    let parts = vec![condition, Expression::Number(one), Expression::Number(zero)];
    Expression::Call(Function::If, parts)
}
