//! Bringing together what two people did to the same draft, and taking one change back without
//! touching the others.
//!
//! Both are the same question: given the draft that one started from (`base`), what one made of it
//! (`mine`) and what it has become meanwhile (`theirs`), what is it with both? Questions are
//! recognised by their keys, options by their codes, pages by the questions on them. What only one
//! of the two changed is taken from that one; where both changed the same thing differently there is
//! a [`Clash`], and what is there already stays until somebody chooses.

mod order;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Definition;

/// What both made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The draft; at every clash as it was already.
    pub definition: Definition,
    /// Where both changed the same thing differently.
    pub clashes: Vec<Clash>,
}

/// One thing that both changed differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Steps from the whole to the part, such as `questions`, `nps`, `text`, `nl`.
    pub path: Vec<String>,
    /// What one made of it; nothing when it was taken away.
    pub mine: Option<Value>,
    /// What is there already; nothing when it was taken away.
    pub theirs: Option<Value>,
}

impl Clash {
    /// The path as one word, for forms.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.join("/")
    }
}

/// Says what `theirs` becomes with what was changed from `base` to `mine`.
///
/// ```
/// use peil_domain::survey::{Definition, merge};
///
/// let read = |nl: &str, en: &str| -> Definition {
///     serde_json::from_value(serde_json::json!({
///         "languages": ["nl", "en"], "title": { "nl": nl, "en": en }, "pages": [],
///     }))
///     .unwrap()
/// };
/// let merged = merge(&read("a", "a"), &read("b", "a"), &read("a", "c"));
/// assert_eq!(merged.definition, read("b", "c"));
/// assert!(merged.clashes.is_empty());
/// ```
#[must_use]
pub fn merge(base: &Definition, mine: &Definition, theirs: &Definition) -> Merged {
    let whole = |definition: &Definition, clashes| Merged {
        definition: definition.clone(),
        clashes,
    };
    if mine == base || mine == theirs {
        return whole(theirs, Vec::new());
    }
    if theirs == base {
        return whole(mine, Vec::new());
    }
    let mut clashes = Vec::new();
    let merged: Option<Definition> = documents(base, mine, theirs)
        .map(|parts| order::assemble(&together(parts, &mut clashes)))
        .and_then(|value| serde_json::from_value(value).ok());
    match merged {
        Some(mut definition) => {
            let may_be_empty = [mine, theirs].iter().any(|whole| has_empty_page(whole));
            definition
                .pages
                .retain(|page| may_be_empty || !page.questions.is_empty());
            Merged {
                definition,
                clashes,
            }
        }
        // Together they would be no questionnaire: then it is one or the other.
        None => whole(
            theirs,
            vec![Clash {
                path: Vec::new(),
                mine: serde_json::to_value(mine).ok(),
                theirs: serde_json::to_value(theirs).ok(),
            }],
        ),
    }
}

/// `mine` with the parts at `paths` as they are in `theirs`; what cannot be taken over stays.
#[must_use]
pub fn take_over(mine: &Definition, theirs: &Definition, paths: &[Vec<String>]) -> Definition {
    let Some(mut document) = order::taken_apart(mine) else {
        return mine.clone();
    };
    let Some(from) = order::taken_apart(theirs) else {
        return mine.clone();
    };
    for path in paths {
        put(&mut document, path, find(&from, path).cloned());
    }
    serde_json::from_value(order::assemble(&document)).unwrap_or_else(|_| mine.clone())
}

fn has_empty_page(definition: &Definition) -> bool {
    definition
        .pages
        .iter()
        .any(|page| page.questions.is_empty())
}

/// The three as documents in which questions and pages stand by name.
fn documents(base: &Definition, mine: &Definition, theirs: &Definition) -> Option<[Value; 3]> {
    let base_document = order::taken_apart(base)?;
    Some([
        base_document,
        order::taken_apart_beside(mine, base, "mine")?,
        order::taken_apart_beside(theirs, base, "theirs")?,
    ])
}

fn together([base, mine, theirs]: [Value; 3], clashes: &mut Vec<Clash>) -> Value {
    let mut path = Vec::new();
    let merged = merge_values(&mut path, Some(&base), Some(&mine), Some(&theirs), clashes);
    merged.unwrap_or(theirs)
}

/// One part and all that is in it.
fn merge_values(
    path: &mut Vec<String>,
    base: Option<&Value>,
    mine: Option<&Value>,
    theirs: Option<&Value>,
    clashes: &mut Vec<Clash>,
) -> Option<Value> {
    if mine == theirs || mine == base {
        return theirs.cloned();
    }
    if theirs == base {
        return mine.cloned();
    }
    match (mine, theirs) {
        (Some(Value::Object(mine)), Some(Value::Object(theirs)))
            if can_mix(mine, theirs) && (base.is_some() || !is_question(path)) =>
        {
            let none = Map::new();
            let base = base.and_then(Value::as_object).unwrap_or(&none);
            Some(merge_objects(path, base, mine, theirs, clashes))
        }
        (Some(Value::Array(mine)), Some(Value::Array(theirs))) => {
            let none = Vec::new();
            let base = base.and_then(Value::as_array).unwrap_or(&none);
            let merged = merge_lists(path, base, mine, theirs, clashes)
                .or_else(|| merge_rows(path, base, mine, theirs, clashes));
            merged.or_else(|| {
                clash(
                    path,
                    Some(&Value::Array(mine.clone())),
                    Some(&Value::Array(theirs.clone())),
                    clashes,
                )
            })
        }
        _ => clash(path, mine, theirs, clashes),
    }
}

fn clash(
    path: &[String],
    mine: Option<&Value>,
    theirs: Option<&Value>,
    clashes: &mut Vec<Clash>,
) -> Option<Value> {
    clashes.push(Clash {
        path: path.to_vec(),
        mine: mine.cloned(),
        theirs: theirs.cloned(),
    });
    theirs.cloned()
}

/// Two questions that both added under the same key are two questions, not one.
fn is_question(path: &[String]) -> bool {
    matches!(path, [questions, _] if questions == "questions")
}

/// Settings of different kinds of questions do not go together.
fn can_mix(mine: &Map<String, Value>, theirs: &Map<String, Value>) -> bool {
    mine.get("kind") == theirs.get("kind")
}

fn merge_objects(
    path: &mut Vec<String>,
    base: &Map<String, Value>,
    mine: &Map<String, Value>,
    theirs: &Map<String, Value>,
    clashes: &mut Vec<Clash>,
) -> Value {
    let mut merged = Map::new();
    let names = theirs
        .keys()
        .chain(mine.keys().filter(|name| !theirs.contains_key(*name)));
    for name in names {
        let parts = [base.get(name), mine.get(name), theirs.get(name)];
        let value = if name == order::ORDER {
            Some(merge_orders(parts))
        } else {
            path.push(name.clone());
            let value = merge_values(path, parts[0], parts[1], parts[2], clashes);
            path.pop();
            value
        };
        merged.extend(value.map(|value| (name.clone(), value)));
    }
    Value::Object(merged)
}

/// The order of names, in which what is gone is left out when the whole is put together.
fn merge_orders(parts: [Option<&Value>; 3]) -> Value {
    let [base, mine, theirs] = parts.map(|part| {
        let names = part.and_then(Value::as_array).into_iter().flatten();
        names.filter_map(Value::as_str).collect::<Vec<_>>()
    });
    order::merge_sequences(&base, &mine, &theirs)
        .into_iter()
        .map(Value::from)
        .collect()
}

/// Lists of things with names; nothing when they have none.
fn merge_lists(
    path: &mut Vec<String>,
    base: &[Value],
    mine: &[Value],
    theirs: &[Value],
    clashes: &mut Vec<Clash>,
) -> Option<Value> {
    let (base, theirs) = (named(base)?, named(theirs)?);
    let mine = order::with_free_codes(&base, named(mine)?, &theirs);
    let names = [&base, &mine, &theirs].map(|list| {
        list.iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>()
    });
    let sequence = order::merge_sequences(&names[0], &names[1], &names[2]);
    let find = |list: &[(String, Value)], name: &str| {
        list.iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    };
    let mut all: Vec<&str> = sequence;
    // What one changed and the other took away is still to be talked about.
    all.extend(names[2].iter().filter(|name| !names[1].contains(name)));
    all.extend(names[1].iter().filter(|name| !names[2].contains(name)));
    let mut merged: BTreeMap<&str, Value> = BTreeMap::new();
    let mut kept = Vec::new();
    for name in all {
        if merged.contains_key(name) {
            continue;
        }
        path.push(name.to_owned());
        let parts = [find(&base, name), find(&mine, name), find(&theirs, name)];
        let value = merge_values(
            path,
            parts[0].as_ref(),
            parts[1].as_ref(),
            parts[2].as_ref(),
            clashes,
        );
        path.pop();
        if let Some(value) = value {
            merged.insert(name, value);
            kept.push(name);
        }
    }
    Some(
        kept.iter()
            .filter_map(|name| merged.get(name).cloned())
            .collect(),
    )
}

/// Lists of things without names, by their place: what both had from the start is merged one by one,
/// and what each added stands behind it. Nothing when something was taken out or changed places.
fn merge_rows(
    path: &mut Vec<String>,
    base: &[Value],
    mine: &[Value],
    theirs: &[Value],
    clashes: &mut Vec<Clash>,
) -> Option<Value> {
    let is_in_place = |list: &[Value]| {
        let moved = |(place, value): (usize, &Value)| {
            base.get(place) != Some(value) && base.contains(value)
        };
        list.len() >= base.len()
            && list.iter().all(Value::is_object)
            && !list.iter().enumerate().any(moved)
    };
    if !is_in_place(mine) || !is_in_place(theirs) {
        return None;
    }
    let mut merged = Vec::new();
    for (place, ((before, one), other)) in base.iter().zip(mine).zip(theirs).enumerate() {
        path.push(place.to_string());
        merged.extend(merge_values(
            path,
            Some(before),
            Some(one),
            Some(other),
            clashes,
        ));
        path.pop();
    }
    let added = |list: &[Value]| list.iter().skip(base.len()).cloned().collect::<Vec<_>>();
    let (own, other) = (added(mine), added(theirs));
    let new = own.into_iter().filter(|value| !other.contains(value));
    let new: Vec<Value> = new.collect();
    merged.extend(other);
    merged.extend(new);
    Some(Value::Array(merged))
}

/// Things by their key or code; nothing when one has none, or two have the same.
fn named(list: &[Value]) -> Option<Vec<(String, Value)>> {
    let mut found: Vec<(String, Value)> = Vec::with_capacity(list.len());
    for value in list {
        let name = value.get("key").or_else(|| value.get("code"))?.as_str()?;
        if found.iter().any(|(known, _)| known == name) {
            return None;
        }
        found.push((name.to_owned(), value.clone()));
    }
    Some(found)
}

/// The part at a path.
fn find<'a>(value: &'a Value, path: &[String]) -> Option<&'a Value> {
    let Some((first, rest)) = path.split_first() else {
        return Some(value);
    };
    let part = match value {
        Value::Array(list) => list.get(place_of(list, first)?),
        other => other.get(first),
    };
    find(part?, rest)
}

/// Writes the part at a path, or takes it away; a path that leads nowhere changes nothing.
fn put(value: &mut Value, path: &[String], part: Option<Value>) {
    let Some((first, rest)) = path.split_first() else {
        if let Some(part) = part {
            *value = part;
        }
        return;
    };
    match value {
        Value::Array(list) => {
            let place = place_of(list, first);
            match (place, part) {
                (Some(place), None) if rest.is_empty() => drop(list.remove(place)),
                (None, Some(part)) if rest.is_empty() => list.push(part),
                (Some(place), part) => {
                    if let Some(known) = list.get_mut(place) {
                        put(known, rest, part);
                    }
                }
                (None, _) => {}
            }
        }
        Value::Object(map) => match (rest.is_empty(), part) {
            (true, Some(part)) => drop(map.insert(first.clone(), part)),
            (true, None) => drop(map.remove(first)),
            (false, part) => {
                let known = map
                    .entry(first.clone())
                    .or_insert_with(|| Value::Object(Map::new()));
                put(known, rest, part);
            }
        },
        _ => {}
    }
}

/// Where something stands in a list: by its key or code, or by its place when it has neither.
fn place_of(list: &[Value], name: &str) -> Option<usize> {
    fn own(value: &Value) -> Option<&str> {
        let name = value.get("key").or_else(|| value.get("code"));
        name.and_then(Value::as_str)
    }
    let named = list.iter().position(|value| own(value) == Some(name));
    named.or_else(|| {
        let place: usize = name.parse().ok()?;
        list.get(place).filter(|value| own(value).is_none())?;
        Some(place)
    })
}
