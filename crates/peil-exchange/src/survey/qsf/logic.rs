//! Conditions of Qualtrics: trees of expressions about questions and embedded data.

use peil_domain::survey::Comparison;
use serde_json::Value;

use super::Object;
use crate::survey::{
    foreign::Node,
    tree::{self, text},
    weave::Condition,
};

/// Most expressions of one condition that are read.
const MOST: usize = 200;

/// The condition of a part: its display logic, or the logic of a branch.
pub(super) fn condition(part: &Object, name: &str, path: &str) -> Option<Condition> {
    let logic = part.get(name).filter(|logic| !tree::is_nothing(logic))?;
    let path = format!("{path}/{name}");
    let Some(logic) = logic.as_object() else {
        let said = logic.to_string();
        return Some(Condition::of_node(path, said.clone(), Err(said)));
    };
    Some(Condition::of_node(path, description(logic), sets(logic)))
}

/// The condition of a skip, which is about the question that it belongs to.
pub(super) fn skip(skip: &Object, id: &str, path: &str) -> Option<Condition> {
    let locator = text(skip, "ChoiceLocator");
    if locator.is_empty() {
        return None;
    }
    let operator = match text(skip, "Condition") {
        "" => "Selected",
        operator => operator,
    };
    let node = of_locator(locator, operator, "", id);
    let said = format!("{locator} {operator}");
    Some(Condition::of_node(path.to_owned(), said, node))
}

/// What people read of it there, or the tree itself.
fn description(logic: &Object) -> String {
    let mut words = Vec::new();
    for set in numbered(logic) {
        for expression in set.as_object().map(numbered).unwrap_or_default() {
            let said = expression
                .get("Description")
                .and_then(Value::as_str)
                .unwrap_or_default();
            words.push(crate::survey::words::plain(said).text);
        }
    }
    words.join(" ")
}

/// The parts whose names are numbers, in order.
fn numbered(object: &Object) -> Vec<&Value> {
    let mut found: Vec<(u32, &Value)> = object
        .iter()
        .filter_map(|(name, value)| Some((name.parse().ok()?, value)))
        .collect();
    found.sort_by_key(|(number, _)| *number);
    found
        .into_iter()
        .map(|(_, value)| value)
        .take(MOST + 1)
        .collect()
}

/// Sets of expressions, of which one must hold, or all when they say so.
fn sets(logic: &Object) -> Result<Node, String> {
    joined(numbered(logic), |set| {
        let set = set.as_object().ok_or_else(|| set.to_string())?;
        joined(numbered(set), expression)
    })
}

/// Joins parts by the word that each of them begins with; `and` binds more tightly.
fn joined(
    parts: Vec<&Value>,
    read: impl Fn(&Value) -> Result<Node, String>,
) -> Result<Node, String> {
    if parts.len() > MOST {
        return Err(format!("more than {MOST} expressions"));
    }
    let mut either: Vec<Vec<Node>> = Vec::new();
    for part in parts {
        let word = part
            .get("Conjuction")
            .or_else(|| part.get("Conjunction"))
            .or_else(|| part.get("Type"));
        let word = word.and_then(Value::as_str).unwrap_or_default();
        let is_and = matches!(word, "And" | "AndIf");
        let node = read(part)?;
        match either.last_mut() {
            Some(last) if is_and => last.push(node),
            _ => either.push(vec![node]),
        }
    }
    let mut either: Vec<Node> = either
        .into_iter()
        .map(|all| single(all, Node::And))
        .collect();
    match either.len() {
        0 => Err("no expression".to_owned()),
        1 => Ok(either.remove(0)),
        _ => Ok(Node::Or(either)),
    }
}

fn single(mut parts: Vec<Node>, make: fn(Vec<Node>) -> Node) -> Node {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        make(parts)
    }
}

fn expression(expression: &Value) -> Result<Node, String> {
    let object = expression
        .as_object()
        .ok_or_else(|| expression.to_string())?;
    let operator = text(object, "Operator");
    let right = tree::words(object.get("RightOperand")).unwrap_or_default();
    match text(object, "LogicType") {
        "Question" => {
            let locator = match text(object, "ChoiceLocator") {
                "" => text(object, "LeftOperand"),
                locator => locator,
            };
            of_locator(locator, operator, &right, text(object, "QuestionID"))
        }
        "EmbeddedField" => {
            let name = format!("e://Field/{}", text(object, "LeftOperand"));
            compared(&Node::Name(name), operator, &right)
        }
        other => Err(other.to_owned()),
    }
}

/// `q://QID1/SelectableChoice/2`, `q://QID3/QuestionText`, `q://QID2/SelectableChoice/1/4` of a row.
fn of_locator(locator: &str, operator: &str, right: &str, id: &str) -> Result<Node, String> {
    let rest = locator.strip_prefix("q://").unwrap_or(locator);
    let mut parts = rest.split('/');
    let question = parts.next().filter(|part| !part.is_empty()).unwrap_or(id);
    let kind = parts.next().unwrap_or_default();
    let parts: Vec<&str> = parts.collect();
    let choice = |name: &str, code: &str| {
        let pair = Box::new([Node::Name(name.to_owned()), Node::Text(code.to_owned())]);
        // Of a choice of several the meaning of the name says that it is one of them.
        let node = Node::Call("selected".to_owned(), pair.to_vec());
        match operator {
            "Selected" => Ok(node),
            "NotSelected" => Ok(Node::Not(Box::new(node))),
            other => Err(format!("{locator} {other}")),
        }
    };
    match (kind, parts.as_slice()) {
        ("SelectableChoice" | "SelectedChoice", [code]) => choice(question, code),
        ("SelectableChoice", [row, code]) => choice(&format!("{question}/{row}"), code),
        ("SelectableAnswer", [code]) => choice(question, code),
        ("ChoiceTextEntryValue" | "ChoiceNumericEntryValue", [part]) => {
            compared(&Node::Name(format!("{question}/{part}")), operator, right)
        }
        _ => compared(&Node::Name(question.to_owned()), operator, right),
    }
}

fn compared(left: &Node, operator: &str, right: &str) -> Result<Node, String> {
    let pair = |how| {
        Ok(Node::Compare(
            how,
            Box::new([left.clone(), Node::Text(right.to_owned())]),
        ))
    };
    let empty = Node::Call("empty".to_owned(), vec![left.clone()]);
    match operator {
        "EqualTo" | "Is" | "Equal" => pair(Comparison::Equal),
        "NotEqualTo" | "IsNot" => pair(Comparison::NotEqual),
        "GreaterThan" => pair(Comparison::More),
        "GreaterThanOrEqual" => pair(Comparison::AtLeast),
        "LessThan" => pair(Comparison::Less),
        "LessThanOrEqual" => pair(Comparison::AtMost),
        "Contains" => pair(Comparison::Contains),
        "DoesNotContain" => Ok(Node::Not(Box::new(pair(Comparison::Contains)?))),
        "Empty" | "NotAnswered" | "NotDisplayed" => Ok(empty),
        "NotEmpty" | "Answered" | "Displayed" => Ok(Node::Not(Box::new(empty))),
        other => Err(other.to_owned()),
    }
}
