//! What two people did, together.

use proptest::prelude::*;
use serde_json::json;

use super::{Clash, Merged, merge, take_over};
use crate::survey::Definition;

/// A draft with these pages of keys; the text of each question is its key.
fn draft(pages: &[&[&str]]) -> Definition {
    let pages: Vec<_> = pages
        .iter()
        .map(|keys| {
            let questions: Vec<_> = keys
                .iter()
                .map(|key| json!({ "key": key, "text": { "nl": key, "en": key }, "kind": "nps" }))
                .collect();
            json!({ "questions": questions })
        })
        .collect();
    serde_json::from_value(
        json!({ "languages": ["nl", "en"], "title": { "nl": "T" }, "pages": pages }),
    )
    .unwrap()
}

fn reworded(definition: &Definition, key: &str, language: &str, words: &str) -> Definition {
    let mut changed = definition.clone();
    let question = changed
        .questions_mut()
        .find(|question| question.key.as_str() == key)
        .unwrap();
    question.text.set(language.parse().unwrap(), words);
    changed
}

fn keys(definition: &Definition) -> Vec<Vec<&str>> {
    definition
        .pages
        .iter()
        .map(|page| {
            page.questions
                .iter()
                .map(|question| question.key.as_str())
                .collect()
        })
        .collect()
}

/// A draft with endings: when and what is told.
fn with_endings(endings: &[(&str, &str)]) -> Definition {
    let mut whole = draft(&[&["nps"]]);
    let list = endings
        .iter()
        .map(|(when, text)| json!({ "when": when, "text": { "nl": text } }));
    let list: serde_json::Value = list.collect();
    whole.endings = serde_json::from_value(list).unwrap();
    whole
}

#[test]
fn endings_without_names_are_merged_by_their_place_and_added_ones_are_all_kept() {
    let base = with_endings(&[("nps > 8", "Fijn"), ("nps < 5", "Jammer")]);
    let mine = with_endings(&[
        ("nps > 8", "Heel fijn"),
        ("nps < 5", "Jammer"),
        ("nps = 5", "A"),
    ]);
    let theirs = with_endings(&[("nps > 8", "Fijn"), ("nps < 4", "Jammer"), ("nps = 6", "B")]);
    let merged = merge(&base, &mine, &theirs);
    assert_eq!(merged.clashes, []);
    let both = with_endings(&[
        ("nps > 8", "Heel fijn"),
        ("nps < 4", "Jammer"),
        ("nps = 6", "B"),
        ("nps = 5", "A"),
    ]);
    assert_eq!(merged.definition, both);
}

#[test]
fn the_same_ending_changed_twice_is_one_choice_and_a_changed_order_is_the_whole_list() {
    let base = with_endings(&[("nps > 8", "Fijn"), ("nps < 5", "Jammer")]);
    let mine = with_endings(&[("nps > 8", "Heel fijn"), ("nps < 5", "Jammer")]);
    let theirs = with_endings(&[("nps > 8", "Mooi"), ("nps < 5", "Jammer")]);
    let merged = merge(&base, &mine, &theirs);
    let names: Vec<String> = merged.clashes.iter().map(Clash::name).collect();
    assert_eq!(names, ["endings/0/text/nl"]);
    let paths = [merged.clashes[0].path.clone()];
    assert_eq!(take_over(&mine, &theirs, &paths), theirs);
    let turned = with_endings(&[("nps < 5", "Jammer"), ("nps > 8", "Fijn")]);
    let merged = merge(&base, &turned, &theirs);
    let names: Vec<String> = merged.clashes.iter().map(Clash::name).collect();
    assert_eq!(names, ["endings"]);
}

#[test]
fn changes_to_different_questions_and_languages_go_together() {
    let base = draft(&[&["a", "b"]]);
    let mine = reworded(&base, "a", "nl", "mijn");
    let theirs = reworded(&reworded(&base, "b", "nl", "hun"), "a", "en", "their");
    let Merged {
        definition,
        clashes,
    } = merge(&base, &mine, &theirs);
    assert_eq!(clashes, []);
    assert_eq!(definition, reworded(&theirs, "a", "nl", "mijn"));
}

#[test]
fn the_same_words_changed_twice_clash_and_can_be_taken_over() {
    let base = draft(&[&["a"]]);
    let mine = reworded(&base, "a", "nl", "mijn");
    let theirs = reworded(&base, "a", "nl", "hun");
    let Merged {
        definition,
        clashes,
    } = merge(&base, &mine, &theirs);
    assert_eq!(
        definition, theirs,
        "what is there stays until somebody chooses"
    );
    assert_eq!(clashes.len(), 1);
    assert_eq!(clashes[0].name(), "questions/a/text/nl");
    assert_eq!(clashes[0].mine, Some(json!("mijn")));
    assert_eq!(
        take_over(&mine, &theirs, &[clashes[0].path.clone()]),
        theirs
    );
    assert_eq!(
        take_over(&mine, &theirs, &[vec!["nothing".into(), "here".into()]]).pages,
        mine.pages
    );
}

#[test]
fn questions_are_moved_added_and_taken_away_by_two_people_at_once() {
    let base = draft(&[&["a", "b", "c"], &["d"]]);
    for (mine, theirs, expected) in [
        (
            draft(&[&["a", "c", "b"], &["d"]]),
            draft(&[&["x", "a", "b", "c"], &["d"]]),
            draft(&[&["x", "a", "c", "b"], &["d"]]),
        ),
        (
            draft(&[&["a", "b"], &["d", "c"]]),
            draft(&[&["a", "b", "c"], &["d", "y"]]),
            draft(&[&["a", "b"], &["d", "c", "y"]]),
        ),
        (
            draft(&[&["b", "c"], &["d"]]),
            draft(&[&["c", "b", "a"], &["d"]]),
            draft(&[&["c", "b"], &["d"]]),
        ),
        // A page broken in two, and a question added behind it.
        (
            draft(&[&["a"], &["b", "c"], &["d"]]),
            draft(&[&["a", "b", "c", "z"], &["d"]]),
            draft(&[&["a"], &["b", "c", "z"], &["d"]]),
        ),
        // Pages joined.
        (
            draft(&[&["a", "b", "c", "d"]]),
            draft(&[&["a", "b"], &["d", "e"]]),
            draft(&[&["a", "b", "d", "e"]]),
        ),
    ] {
        let merged = merge(&base, &mine, &theirs);
        assert_eq!(merged.clashes, []);
        assert_eq!(keys(&merged.definition), keys(&expected));
    }
}

#[test]
fn what_one_takes_away_while_the_other_changes_it_is_not_lost_in_silence() {
    let base = draft(&[&["a", "b"]]);
    let without = draft(&[&["b"]]);
    let changed = reworded(&base, "a", "nl", "nieuw");
    let kept = merge(&base, &without, &changed);
    assert_eq!(kept.definition, changed);
    assert_eq!(kept.clashes[0].name(), "questions/a");
    let gone = merge(&base, &changed, &without);
    assert_eq!(gone.definition, without);
    assert!(gone.clashes[0].mine.is_some() && gone.clashes[0].theirs.is_none());
}

#[test]
fn two_options_added_at_once_are_two_options() {
    let with = |labels: &[(&str, &str)]| -> Definition {
        let options: Vec<_> = labels
            .iter()
            .map(|(code, label)| json!({ "code": code, "label": { "nl": label } }))
            .collect();
        serde_json::from_value(
            json!({ "languages": ["nl"], "title": {}, "pages": [{ "questions": [
            { "key": "q", "text": { "nl": "?" }, "kind": "choice", "options": options }] }] }),
        )
        .unwrap()
    };
    let base = with(&[("option_1", "Een")]);
    let mine = with(&[("option_1", "Een"), ("option_2", "Rood")]);
    let theirs = with(&[("option_1", "Eén"), ("option_2", "Blauw")]);
    let merged = merge(&base, &mine, &theirs);
    assert_eq!(merged.clashes, []);
    let text = serde_json::to_string(&merged.definition).unwrap();
    for word in ["Eén", "Rood", "Blauw", "option_3"] {
        assert!(text.contains(word), "{text}");
    }
}

/// Drafts of up to six questions over up to three pages, with a few different texts.
fn drafts() -> impl Strategy<Value = Definition> {
    let question = (0..6_usize, 0..3_usize, 0..2_usize);
    proptest::collection::vec(question, 0..8).prop_map(|asked| {
        let mut pages = vec![Vec::new(); 3];
        let mut seen = Vec::new();
        for (key, page, text) in asked {
            if !seen.contains(&key) {
                seen.push(key);
                pages[page].push(json!({ "key": format!("q{key}"), "text": { "nl": format!("{text}") }, "kind": "nps" }));
            }
        }
        let pages: Vec<_> = pages
            .into_iter()
            .filter(|page| !page.is_empty())
            .map(|questions| json!({ "questions": questions }))
            .collect();
        serde_json::from_value(json!({ "languages": ["nl"], "title": {}, "pages": pages })).unwrap()
    })
}

proptest! {
    #[test]
    fn what_only_one_changed_is_taken_from_that_one(base in drafts(), other in drafts()) {
        prop_assert_eq!(&merge(&base, &other, &base).definition, &other);
        prop_assert_eq!(&merge(&base, &base, &other).definition, &other);
        prop_assert_eq!(&merge(&base, &other, &other).definition, &other);
    }

    #[test]
    fn no_question_is_lost_or_doubled_without_a_clash(base in drafts(), mine in drafts(), theirs in drafts()) {
        let merged = merge(&base, &mine, &theirs);
        let mut keys: Vec<_> = merged.definition.questions().map(|question| &question.key).collect();
        let count = keys.len();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), count, "a key stands once");
        for question in mine.questions().chain(theirs.questions()) {
            let is_new = base.question(&question.key).is_none();
            prop_assert!(!is_new || merged.definition.question(&question.key).is_some());
        }
    }
}
