//! Cases that chance makes, always the same ones.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Case;

/// A generator of plain quality, enough to pick shapes with.
struct Chance(u64);

impl Chance {
    /// A number below `most`.
    fn below(&mut self, most: usize) -> usize {
        // Knuth's MMIX generator; the high bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// A formula in both ways of writing.
struct Both {
    ours: String,
    theirs: String,
}

impl Both {
    fn new(ours: impl Into<String>, theirs: impl Into<String>) -> Self {
        Self {
            ours: ours.into(),
            theirs: theirs.into(),
        }
    }
}

const NUMBERS: [&str; 4] = ["nps", "visits", "amount", "none"];
const TEXTS: [&str; 3] = ["segment", "city", "nothing"];
const WORDS: [&str; 4] = ["zakelijk", "Particulier", "Utrecht", "den haag"];
const LISTS: [&str; 2] = ["why", "why_not"];
const OPTIONS: [&str; 4] = ["price", "wait", "staff", "other"];

/// The cases that chance makes.
pub(super) fn cases() -> impl Iterator<Item = Case> {
    let mut chance = Chance(20_260_101);
    (0..420).map(move |_| {
        let formula = condition(&mut chance, 3);
        let mut answers = answers(&mut chance);
        // What is made of something that was not answered is argued in the cases written by hand.
        if [" + ", " - ", " * "]
            .iter()
            .any(|sign| formula.ours.contains(sign))
        {
            for name in NUMBERS {
                answers.entry(name.to_owned()).or_insert(json!(3));
            }
        }
        Case {
            formula: formula.ours,
            surveyjs: Some(formula.theirs),
            answers,
            differs: None,
        }
    })
}

fn answers(chance: &mut Chance) -> BTreeMap<String, Json> {
    let mut given = BTreeMap::new();
    for name in ["nps", "visits", "amount"] {
        if chance.below(5) > 0 {
            given.insert(name.to_owned(), json!(chance.below(11)));
        }
    }
    for name in ["segment", "city"] {
        if chance.below(5) > 0 {
            given.insert(name.to_owned(), json!(chance.pick(&WORDS)));
        }
    }
    for name in LISTS {
        let chosen: Vec<&str> = OPTIONS
            .into_iter()
            .filter(|_| chance.below(2) == 0)
            .collect();
        if !chosen.is_empty() {
            given.insert(name.to_owned(), json!(chosen));
        }
    }
    if chance.below(3) > 0 {
        given.insert("vip".to_owned(), json!(chance.below(2) == 0));
    }
    given
}

/// How a condition holds together.
#[derive(PartialEq)]
enum Shape {
    Single,
    Joined(&'static str),
    Negated,
}

fn condition(chance: &mut Chance, depth: usize) -> Both {
    shaped(chance, depth).0
}

fn shaped(chance: &mut Chance, depth: usize) -> (Both, Shape) {
    match if depth == 0 { 5 } else { chance.below(6) } {
        0 | 1 => joined(chance, depth, "and"),
        2 => joined(chance, depth, "or"),
        3 => {
            let (inner, _) = joined(chance, depth, "or");
            let both = Both::new(
                format!("not ({})", inner.ours),
                format!("!({})", inner.theirs),
            );
            (both, Shape::Negated)
        }
        _ => (comparison(chance), Shape::Single),
    }
}

fn joined(chance: &mut Chance, depth: usize, word: &'static str) -> (Both, Shape) {
    let [first, second] = [(); 2].map(|()| {
        let (both, shape) = shaped(chance, depth - 1);
        // Brackets stand where they are needed, as they are written.
        let needs = match shape {
            Shape::Joined(inner) => inner == "or" || word == "and",
            Shape::Single | Shape::Negated => false,
        };
        let ours = if needs {
            format!("({})", both.ours)
        } else {
            both.ours
        };
        Both::new(ours, format!("({})", both.theirs))
    });
    let both = Both::new(
        format!("{} {word} {}", first.ours, second.ours),
        format!("{} {word} {}", first.theirs, second.theirs),
    );
    (both, Shape::Joined(word))
}

fn comparison(chance: &mut Chance) -> Both {
    match chance.below(8) {
        0..=3 => {
            let how = chance.pick(&["=", "!=", "<", "<=", ">", ">="]);
            let left = number(chance, 1);
            let right = chance.below(12);
            Both::new(
                format!("{} {how} {right}", left.ours),
                format!("{} {how} {right}", left.theirs),
            )
        }
        4 => {
            let how = chance.pick(&["=", "!="]);
            let (name, word) = (chance.pick(&TEXTS), chance.pick(&WORDS));
            Both::new(
                format!("{name} {how} \"{word}\""),
                format!("{{{name}}} {how} '{word}'"),
            )
        }
        5 => {
            let (name, option) = (chance.pick(&LISTS), chance.pick(&OPTIONS));
            Both::new(
                format!("{name} contains \"{option}\""),
                format!("{{{name}}} contains '{option}'"),
            )
        }
        6 => {
            let name = chance.pick(&["nps", "none", "segment", "why", "vip"]);
            if chance.below(2) == 0 {
                Both::new(format!("{name} is empty"), format!("{{{name}}} empty"))
            } else {
                Both::new(
                    format!("{name} is not empty"),
                    format!("{{{name}}} notempty"),
                )
            }
        }
        _ => {
            let is_so = chance.below(2) == 0;
            Both::new(
                format!("vip = {}", if is_so { "yes" } else { "no" }),
                format!("{{vip}} = {is_so}"),
            )
        }
    }
}

fn number(chance: &mut Chance, depth: usize) -> Both {
    match chance.below(if depth == 0 { 2 } else { 5 }) {
        3 => {
            let (a, b) = (chance.pick(&NUMBERS), chance.pick(&NUMBERS));
            let (ours, theirs) = match chance.below(4) {
                0 => ("sum", "sum"),
                1 => ("min", "min"),
                2 => ("max", "max"),
                _ => ("average", "avg"),
            };
            Both::new(
                format!("{ours}({a}, {b})"),
                format!("{theirs}({{{a}}}, {{{b}}})"),
            )
        }
        4 => {
            let how = chance.pick(&["+", "-", "*"]);
            let left = number(chance, 0);
            let right = number(chance, 0);
            Both::new(
                format!("{} {how} {}", left.ours, right.ours),
                format!("{} {how} {}", left.theirs, right.theirs),
            )
        }
        _ => {
            let name = chance.pick(&NUMBERS);
            Both::new(name, format!("{{{name}}}"))
        }
    }
}
