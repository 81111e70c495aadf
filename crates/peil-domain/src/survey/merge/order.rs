//! The order of pages and questions while drafts are merged: a draft taken apart into named pieces
//! and one row of names, rows of names merged, and a draft put together again.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::survey::Definition;

/// Under which name the row of names stands in a draft that was taken apart.
pub(super) const ORDER: &str = "order";
const PAGES: &str = "pages";
const QUESTIONS: &str = "questions";

/// What page names in the row begin with; no key of a question can hold a colon.
const PAGE_MARK: &str = "page:";

/// A draft as named questions, named pages without their questions, and the row of their names.
pub(super) fn taken_apart(definition: &Definition) -> Option<Value> {
    taken_apart_beside(definition, definition, "")
}

/// The same, with the names of the pages of `base` where they are recognised, else with `own` names.
pub(super) fn taken_apart_beside(
    definition: &Definition,
    base: &Definition,
    own: &str,
) -> Option<Value> {
    let Value::Object(mut whole) = serde_json::to_value(definition).ok()? else {
        return None;
    };
    let (mut pages, mut questions, mut row) = (Map::new(), Map::new(), Vec::new());
    let names = page_names(definition, base, own);
    let Some(Value::Array(list)) = whole.remove(PAGES) else {
        return None;
    };
    for (name, page) in names.into_iter().zip(list) {
        let Value::Object(mut page) = page else {
            return None;
        };
        row.push(Value::from(name.as_str()));
        if let Some(Value::Array(asked)) = page.remove(QUESTIONS) {
            for question in asked {
                let key = question.get("key")?.as_str()?.to_owned();
                row.push(Value::from(key.as_str()));
                questions.insert(key, question);
            }
        }
        pages.insert(name, Value::Object(page));
    }
    whole.insert(PAGES.to_owned(), Value::Object(pages));
    whole.insert(QUESTIONS.to_owned(), Value::Object(questions));
    whole.insert(ORDER.to_owned(), Value::Array(row));
    Some(Value::Object(whole))
}

/// Recognises every page by its key, else by the questions that it shares with a page of `base`,
/// an empty page by its place.
fn page_names(definition: &Definition, base: &Definition, own: &str) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(definition.pages.len());
    for (index, page) in definition.pages.iter().enumerate() {
        let alike = |known: &crate::survey::Page| {
            let has_key = page.key.is_some() && page.key == known.key;
            let shared = page.questions.iter().filter(|question| {
                known
                    .questions
                    .iter()
                    .any(|other| other.key == question.key)
            });
            shared.count()
                + if has_key {
                    Definition::MOST_QUESTIONS
                } else {
                    0
                }
        };
        let mut best: Option<(usize, usize)> = None;
        for (place, known) in base.pages.iter().enumerate() {
            let is_empty_both = page.questions.is_empty() && known.questions.is_empty();
            let likeness = alike(known) + usize::from(is_empty_both && place == index);
            let is_better = best.is_none_or(|(_, most)| likeness > most);
            if likeness > 0 && is_better && !taken.contains(&place) {
                best = Some((place, likeness));
            }
        }
        names.push(match best {
            Some((place, _)) => {
                taken.insert(place);
                format!("{PAGE_MARK}{place}")
            }
            None => format!("{PAGE_MARK}{own}{index}"),
        });
    }
    names
}

/// A draft that was taken apart as the document that it came from; names without a piece are left
/// out.
pub(super) fn assemble(taken_apart: &Value) -> Value {
    let piece = |kind: &str, name: &str| taken_apart.get(kind).and_then(|all| all.get(name));
    let row = taken_apart.get(ORDER).and_then(Value::as_array);
    let mut pages: Vec<(Map<String, Value>, Vec<Value>)> = Vec::new();
    for name in row.into_iter().flatten().filter_map(Value::as_str) {
        if name.starts_with(PAGE_MARK) {
            if let Some(Value::Object(page)) = piece(PAGES, name) {
                pages.push((page.clone(), Vec::new()));
            }
        } else if let Some(question) = piece(QUESTIONS, name) {
            if pages.is_empty() {
                pages.push((Map::new(), Vec::new()));
            }
            if let Some((_, questions)) = pages.last_mut() {
                questions.push(question.clone());
            }
        }
    }
    let pages = pages.into_iter().map(|(mut page, questions)| {
        page.insert(QUESTIONS.to_owned(), Value::Array(questions));
        Value::Object(page)
    });
    let mut whole = taken_apart.as_object().cloned().unwrap_or_default();
    let pages: Vec<Value> = pages.collect();
    whole.remove(QUESTIONS);
    whole.remove(ORDER);
    whole.insert(PAGES.to_owned(), Value::Array(pages));
    Value::Object(whole)
}

/// The row of `theirs` with what `mine` added put behind the same neighbour, and what `mine` moved
/// moved there. What `mine` took away is still in the row; whether it goes is no matter of order.
pub(super) fn merge_sequences<'a>(
    base: &[&'a str],
    mine: &[&'a str],
    theirs: &[&'a str],
) -> Vec<&'a str> {
    let stayed = in_old_order(base, mine);
    let mut merged = theirs.to_vec();
    for (place, name) in mine.iter().enumerate() {
        let was_there = base.contains(name);
        let is_gone = was_there && !theirs.contains(name);
        if stayed.contains(name) || is_gone {
            continue;
        }
        if !was_there && theirs.contains(name) {
            // Both added it.
            continue;
        }
        merged.retain(|known| known != name);
        let before = mine.get(..place).unwrap_or_default();
        let behind = before
            .iter()
            .rev()
            .find_map(|neighbour| merged.iter().position(|known| known == neighbour));
        merged.insert(behind.map_or(0, |found| found + 1), name);
    }
    merged
}

/// The most names that `mine` left in the order that they had.
fn in_old_order<'a>(base: &[&'a str], mine: &[&'a str]) -> BTreeSet<&'a str> {
    let known: Vec<(usize, &'a str)> = mine
        .iter()
        .filter_map(|name| {
            base.iter()
                .position(|old| old == name)
                .map(|at| (at, *name))
        })
        .collect();
    // For each name the longest row in old order that ends with it, and the name before it there.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(known.len());
    for (index, (at, _)) in known.iter().enumerate() {
        let longest = best
            .iter()
            .zip(&known)
            .enumerate()
            .filter(|(_, (_, (before, _)))| before < at)
            .max_by_key(|(place, ((length, _), _))| (*length, index - *place));
        best.push(match longest {
            Some((place, ((length, _), _))) => (length + 1, Some(place)),
            None => (1, None),
        });
    }
    let mut last = (0..best.len()).max_by_key(|index| best.get(*index).map(|(length, _)| *length));
    let mut stayed = BTreeSet::new();
    while let Some(index) = last {
        stayed.extend(known.get(index).map(|(_, name)| *name));
        last = best.get(index).and_then(|(_, before)| *before);
    }
    stayed
}

/// Gives an option that both added under the same code another code in `mine`: they are two options.
pub(super) fn with_free_codes(
    base: &[(String, Value)],
    mine: Vec<(String, Value)>,
    theirs: &[(String, Value)],
) -> Vec<(String, Value)> {
    let find = |list: &[(String, Value)], name: &str| {
        list.iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    };
    let mut taken: BTreeSet<String> = mine
        .iter()
        .chain(theirs)
        .map(|(name, _)| name.clone())
        .collect();
    let renamed = mine.into_iter().map(|(name, mut value)| {
        let other = find(theirs, &name);
        let is_new = find(base, &name).is_none() && value.get("code").is_some();
        if !is_new || other.is_none_or(|other| other == value) {
            return (name, value);
        }
        let free = (1..=taken.len() + 1)
            .map(|number| format!("option_{number}"))
            .find(|code| !taken.contains(code));
        let code = free.unwrap_or(name);
        taken.insert(code.clone());
        if let Value::Object(option) = &mut value {
            option.insert("code".to_owned(), Value::from(code.as_str()));
        }
        (code, value)
    });
    renamed.collect()
}
