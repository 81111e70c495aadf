//! Foreign comparisons as expressions: what is compared decides what it can be compared with.

use std::collections::BTreeMap;

use peil_domain::{
    shared::QuestionKey,
    survey::{Comparison, Expression, Function, Number},
};

use super::{
    Meaning, Meanings, Node, Translator, constant,
    translate::{Made, compare, is_empty, joined, not, number, ticked},
};

/// A value that is written out.
#[derive(Debug, Clone, PartialEq)]
enum Literal {
    Text(String),
    Truth(bool),
}

impl Literal {
    fn of(node: &Node) -> Option<Self> {
        match node {
            Node::Text(text) => Some(Self::Text(text.trim().to_owned())),
            Node::Truth(is_so) => Some(Self::Truth(*is_so)),
            node => {
                let number = constant::number(node).and_then(Number::new)?;
                Some(Self::Text(number.to_string()))
            }
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Truth(true) => "true",
            Self::Truth(false) => "false",
        }
    }

    fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    fn number(&self) -> Option<Number> {
        Number::read(self.text())
    }

    fn truth(&self) -> Option<bool> {
        match self.text().to_ascii_lowercase().as_str() {
            "y" | "yes" | "true" | "1" | "on" | "ok" => Some(true),
            "n" | "no" | "false" | "0" | "off" => Some(false),
            _ => None,
        }
    }
}

/// The same comparison with its parts the other way round.
const fn turned(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::More,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::More => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}

/// Whether a number stands so to another.
fn fits(how: Comparison, one: Number, other: Number) -> bool {
    match how {
        Comparison::Equal => one == other,
        Comparison::NotEqual => one != other,
        Comparison::Less => one < other,
        Comparison::AtMost => one <= other,
        Comparison::More => one > other,
        Comparison::AtLeast => one >= other,
        Comparison::Contains => false,
    }
}

const fn is_sameness(how: Comparison) -> bool {
    matches!(how, Comparison::Equal | Comparison::NotEqual)
}

fn with(how: Comparison, same: Expression) -> Expression {
    if how == Comparison::NotEqual {
        not(same)
    } else {
        same
    }
}

impl<M: Meanings> Translator<'_, M> {
    pub(super) fn compared(&self, how: Comparison, left: &Node, right: &Node) -> Made {
        match (Literal::of(left), Literal::of(right)) {
            (Some(_), Some(_)) | (None, None) => self.both(how, left, right),
            (Some(literal), None) if how != Comparison::Contains => {
                self.beside(turned(how), right, &literal)
            }
            (None, Some(literal)) => self.beside(how, left, &literal),
            (Some(literal), None) => Err(literal.text().to_owned()),
        }
    }

    fn both(&self, how: Comparison, left: &Node, right: &Node) -> Made {
        if let (Node::Name(name), Node::List(values)) = (left, right)
            && let Some(Meaning::Options(key, codes)) = self.names.meaning(name)
        {
            return same_list(how, &key, &codes, values);
        }
        Ok(compare(how, self.value(left)?, self.value(right)?))
    }

    /// A name or calculation beside a value.
    fn beside(&self, how: Comparison, part: &Node, literal: &Literal) -> Made {
        let Node::Name(name) = part else {
            let value = self.value(part)?;
            if literal.is_empty() && is_sameness(how) {
                return Ok(with(how, is_empty(value)));
            }
            if let Literal::Truth(is_so) = literal {
                return Ok(compare(how, value, Expression::Truth(*is_so)));
            }
            let right = match literal.number() {
                Some(number) => Expression::Number(number),
                None => Expression::Text(literal.text().to_owned()),
            };
            return Ok(compare(how, value, right));
        };
        let meaning = self.meaning(name)?;
        let cannot = || format!("{name} {} {}", how.symbol(), literal.text());
        let reference = || meaning.reference().ok_or_else(cannot);
        if let Meaning::Ticked(key, code) = &meaning {
            let is_on = !literal.is_empty() && literal.truth() != Some(false);
            let same = ticked(key, code);
            let same = if is_on { same } else { not(same) };
            return if is_sameness(how) {
                Ok(with(how, same))
            } else {
                Err(cannot())
            };
        }
        if literal.is_empty() {
            // Nothing is less or more than an empty text, in effect.
            return match how {
                Comparison::Equal => Ok(is_empty(reference()?)),
                Comparison::NotEqual | Comparison::More => Ok(not(is_empty(reference()?))),
                _ => Err(cannot()),
            };
        }
        match &meaning {
            Meaning::Option(_, codes) => {
                option(how, reference()?, codes, literal).ok_or_else(cannot)
            }
            Meaning::Options(_, codes) => {
                let code = codes.get(literal.text()).ok_or_else(cannot)?;
                let code = Expression::Text(code.to_string());
                match how {
                    Comparison::Contains => Ok(compare(how, reference()?, code)),
                    how if is_sameness(how) => Ok(compare(how, reference()?, code)),
                    _ => Err(cannot()),
                }
            }
            Meaning::Score(_, codes) => score(how, reference()?, codes, literal).ok_or_else(cannot),
            Meaning::Truth(_) | Meaning::CalculatedTruth(_) => {
                let is_so = literal.truth().ok_or_else(cannot)?;
                if !is_sameness(how) {
                    return Err(cannot());
                }
                Ok(compare(how, reference()?, Expression::Truth(is_so)))
            }
            Meaning::Number(_) | Meaning::Calculated(_) => {
                let number = literal.number().ok_or_else(cannot)?;
                Ok(compare(how, reference()?, Expression::Number(number)))
            }
            Meaning::Text(_) | Meaning::Known(_) | Meaning::CalculatedText(_) => {
                let is_number = !is_sameness(how) && how != Comparison::Contains;
                let right = match literal.number().filter(|_| is_number) {
                    Some(number) => Expression::Number(number),
                    None => Expression::Text(literal.text().to_owned()),
                };
                Ok(compare(how, reference()?, right))
            }
            Meaning::Date(_) => {
                let day = literal.text().get(..10).and_then(|day| day.parse().ok());
                Ok(compare(
                    how,
                    reference()?,
                    Expression::Date(day.ok_or_else(cannot)?),
                ))
            }
            Meaning::Ticked(..) | Meaning::Several(_) | Meaning::Nothing => Err(cannot()),
        }
    }
}

/// A choice of one beside a value: codes that are numbers have an order there.
fn option(
    how: Comparison,
    reference: Expression,
    codes: &BTreeMap<String, QuestionKey>,
    literal: &Literal,
) -> Option<Expression> {
    let text = |code: &QuestionKey| Expression::Text(code.to_string());
    let exact = codes.get(literal.text());
    if is_sameness(how) {
        return Some(compare(how, reference, text(exact?)));
    }
    let fitting: Vec<Expression> = if how == Comparison::Contains {
        if let Some(code) = exact {
            return Some(compare(Comparison::Equal, reference, text(code)));
        }
        let holds = codes
            .iter()
            .filter(|(code, _)| code.contains(literal.text()));
        holds.map(|(_, code)| text(code)).collect()
    } else {
        let number = literal.number()?;
        let numbers = codes
            .iter()
            .filter_map(|(code, key)| Some((Number::read(code)?, key)));
        let fitting = numbers.filter(|(code, _)| fits(how, *code, number));
        fitting.map(|(_, code)| text(code)).collect()
    };
    among(reference, fitting)
}

/// A score beside a value of the file.
fn score(
    how: Comparison,
    reference: Expression,
    codes: &BTreeMap<String, i32>,
    literal: &Literal,
) -> Option<Expression> {
    if codes.is_empty() {
        return Some(compare(
            how,
            reference,
            Expression::Number(literal.number()?),
        ));
    }
    let of = |score: i32| Expression::Number(Number::from(score));
    if is_sameness(how) {
        return Some(compare(how, reference, of(*codes.get(literal.text())?)));
    }
    let number = literal.number()?;
    let numbers = codes
        .iter()
        .filter_map(|(code, score)| Some((Number::read(code)?, *score)));
    let numbers: Vec<(Number, i32)> = numbers.collect();
    if numbers
        .iter()
        .all(|(code, score)| *code == Number::from(*score))
    {
        return Some(compare(how, reference, Expression::Number(number)));
    }
    let fitting = numbers.iter().filter(|(code, _)| fits(how, *code, number));
    among(reference, fitting.map(|(_, score)| of(*score)).collect())
}

fn among(reference: Expression, mut values: Vec<Expression>) -> Option<Expression> {
    match values.len() {
        0 => None,
        1 => values
            .pop()
            .map(|value| compare(Comparison::Equal, reference, value)),
        _ => Some(Expression::In(Box::new(reference), values)),
    }
}

/// A choice of several that is just these options.
fn same_list(
    how: Comparison,
    key: &QuestionKey,
    codes: &BTreeMap<String, QuestionKey>,
    values: &[Node],
) -> Made {
    let mut parts = Vec::new();
    for value in values {
        let literal = Literal::of(value).ok_or_else(|| "[…]".to_owned())?;
        let code = codes
            .get(literal.text())
            .ok_or_else(|| literal.text().to_owned())?;
        parts.push(ticked(key, code));
    }
    if parts.is_empty() {
        return Err("[]".to_owned());
    }
    if is_sameness(how) {
        let reference = Meaning::Options(key.clone(), BTreeMap::new()).reference();
        let count = Expression::Call(Function::Count, reference.into_iter().collect());
        #[expect(clippy::cast_precision_loss, reason = "a list of options is short")]
        let length = number(values.len() as f64)?;
        parts.push(compare(Comparison::Equal, count, length));
    }
    Ok(with(how, joined(parts, Expression::And)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::foreign::{Dialect, parse};

    fn meaning(name: &str) -> Option<Meaning> {
        let key = |name: &str| name.parse::<QuestionKey>().unwrap();
        let codes = || {
            let codes = [("A1", "a1"), ("2", "q2"), ("3", "q3")];
            codes.map(|(from, to)| (from.to_owned(), key(to))).into()
        };
        let base = name.split('.').next().unwrap_or(name);
        Some(match base {
            "one" => Meaning::Option(key("one"), codes()),
            "more" => Meaning::Options(key("more"), codes()),
            "more_A1" => Meaning::Ticked(key("more"), key("a1")),
            "more_2" => Meaning::Ticked(key("more"), key("q2")),
            "row" => Meaning::Score(
                key("row"),
                [("A", 1), ("B", 2)].map(|(c, s)| (c.to_owned(), s)).into(),
            ),
            "five" => Meaning::Score(key("five"), BTreeMap::new()),
            "number" => Meaning::Number(key("number")),
            "yes" => Meaning::Truth(key("yes")),
            "words" => Meaning::Text(key("words")),
            "day" => Meaning::Date(key("day")),
            "TOKEN:FIRSTNAME" => Meaning::Known(key("firstname")),
            "that" => Meaning::Several(vec![
                Meaning::Ticked(key("more"), key("a1")),
                Meaning::Ticked(key("more"), key("q2")),
            ]),
            "gone" => Meaning::Nothing,
            _ => return None,
        })
    }

    fn made(text: &str, dialect: Dialect) -> String {
        let translator = Translator {
            names: &meaning,
            dialect,
        };
        let made = parse(text, dialect).and_then(|node| translator.condition(&node));
        made.map_or_else(|cannot| format!("! {cannot}"), |made| made.to_string())
    }

    #[test]
    fn conditions_of_limesurvey_become_formulas() {
        for (from, to) in [
            ("1", "yes"),
            (
                "!is_empty(words) and number.NAOK >= 2",
                "answer.words is not empty and answer.number >= 2",
            ),
            (
                "((one.NAOK == \"A1\")) or (one != '2')",
                "answer.one = \"a1\" or answer.one != \"q2\"",
            ),
            ("one > 2", "answer.one = \"q3\""),
            ("one le 3", "answer.one in (\"q2\", \"q3\")"),
            (
                "more_A1 == \"Y\" && more_2.NAOK != 'Y'",
                "answer.more contains \"a1\" and not answer.more contains \"q2\"",
            ),
            ("is_empty(more_A1)", "not answer.more contains \"a1\""),
            (
                "row == 'B' and five > 3",
                "answer.row = 2 and answer.five > 3",
            ),
            ("yes == 'Y'", "answer.yes = yes"),
            ("yes", "answer.yes is not empty"),
            ("day >= '2026-01-31 10:00'", "answer.day >= 2026-01-31"),
            ("TOKEN:FIRSTNAME == 'Jo'", "contact.firstname = \"Jo\""),
            (
                "sum(number, five) * 2 > 10",
                "sum(answer.number, answer.five) * 2 > 10",
            ),
            (
                "count(that) > 1",
                "if(answer.more contains \"a1\", 1, 0) + if(answer.more contains \"q2\", 1, 0) > 1",
            ),
            ("pi() > 3", "yes"),
            ("strlen(words) > 2", "length(answer.words) > 2"),
            (
                "if(number > 1, yes == 'Y', 0)",
                "if(answer.number > 1, answer.yes = yes, no)",
            ),
            ("gone == 1", "! gone"),
            ("nobody == 1", "! nobody"),
            ("one == 'X'", "! one = X"),
            ("regexMatch('/a/', words)", "! regexmatch()"),
            ("number >", "! …"),
            ("is_empty() or 1", "! is_empty()"),
            ("sum(in_array(number)) > 1", "! in_array()"),
        ] {
            assert_eq!(made(from, Dialect::LimeSurvey), to, "{from}");
        }
    }

    #[test]
    fn conditions_of_surveyjs_become_formulas() {
        for (from, to) in [
            (
                "{one} = 'A1' and {more} contains 'A1'",
                "answer.one = \"a1\" and answer.more contains \"a1\"",
            ),
            (
                "{more} notempty or {words} empty",
                "answer.more is not empty or answer.words is empty",
            ),
            (
                "{more} anyof ['A1', 2]",
                "answer.more contains \"a1\" or answer.more contains \"q2\"",
            ),
            (
                "{more} = ['A1', 2]",
                "answer.more contains \"a1\" and answer.more contains \"q2\" and count(answer.more) = 2",
            ),
            ("{yes} = true and {yes}", "answer.yes = yes and answer.yes"),
            (
                "iif({number} > 3, 1, 2) = 1",
                "if(answer.number > 3, 1, 2) = 1",
            ),
            (
                "{five} >= 4 and {one} = A1",
                "answer.five >= 4 and answer.one = \"a1\"",
            ),
            ("{words} notcontains 'x'", "not answer.words contains \"x\""),
        ] {
            assert_eq!(made(from, Dialect::SurveyJs), to, "{from}");
        }
    }

    #[test]
    fn conditions_of_xlsform_become_formulas() {
        for (from, to) in [
            (
                "${one} = 'A1' and selected(${more}, '2')",
                "answer.one = \"a1\" and answer.more contains \"q2\"",
            ),
            ("not(selected(${one}, 'A1'))", "answer.one != \"a1\""),
            ("count-selected(${more}) >= 2", "count(answer.more) >= 2"),
            (
                "${number} div 2 > 1.5 or ${words} != ''",
                "answer.number / 2 > 1.5 or answer.words is not empty",
            ),
            ("string-length(${words}) < 10", "length(answer.words) < 10"),
            ("true()", "yes"),
        ] {
            assert_eq!(made(from, Dialect::XPath), to, "{from}");
        }
    }
}
