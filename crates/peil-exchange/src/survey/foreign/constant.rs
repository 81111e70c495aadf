//! Parts of a condition that always come to the same.

use peil_domain::survey::{Arithmetic, Comparison};

use super::Node;

/// The number that a part always comes to, when it is one.
pub(super) fn number(node: &Node) -> Option<f64> {
    let found = match node {
        Node::Number(number) => *number,
        Node::Calculate(how, parts) => {
            let [left, right] = &**parts;
            let (left, right) = (number(left)?, number(right)?);
            match how {
                Arithmetic::Plus => left + right,
                Arithmetic::Minus => left - right,
                Arithmetic::Times => left * right,
                Arithmetic::Over => left / right,
            }
        }
        Node::Call(name, parts) => {
            let parts: Option<Vec<f64>> = parts.iter().map(number).collect();
            match (name.as_str(), parts?.as_slice()) {
                ("pi", []) => std::f64::consts::PI,
                ("sqrt", [x]) => x.sqrt(),
                ("abs", [x]) => x.abs(),
                ("floor" | "intval" | "int", [x]) => x.floor(),
                ("ceil", [x]) => x.ceil(),
                ("round", [x]) => x.round(),
                ("cos", [x]) => x.cos(),
                ("sin", [x]) => x.sin(),
                ("tan", [x]) => x.tan(),
                ("acos", [x]) => x.acos(),
                ("asin", [x]) => x.asin(),
                ("atan", [x]) => x.atan(),
                ("atan2", [y, x]) => y.atan2(*x),
                ("exp", [x]) => x.exp(),
                ("log", [x]) => x.ln(),
                ("pow", [x, y]) => x.powf(*y),
                ("mod" | "fmod", [x, y]) => x % y,
                _ => return None,
            }
        }
        _ => return None,
    };
    found.is_finite().then_some(found)
}

/// Whether a part always or never holds.
pub(super) fn truth(node: &Node) -> Option<bool> {
    match node {
        Node::Truth(is_so) => Some(*is_so),
        Node::Compare(how, parts) => {
            let [left, right] = &**parts;
            let (left, right) = (number(left)?, number(right)?);
            Some(match how {
                Comparison::Equal => left.total_cmp(&right).is_eq(),
                Comparison::NotEqual => left.total_cmp(&right).is_ne(),
                Comparison::Less => left < right,
                Comparison::AtMost => left <= right,
                Comparison::More => left > right,
                Comparison::AtLeast => left >= right,
                Comparison::Contains => return None,
            })
        }
        node => number(node).map(|number| number.abs() > 0.0),
    }
}
