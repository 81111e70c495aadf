//! Columns that are not known, and rows that belong to nothing: all of them are told.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::{Fields, Tables, field};
use crate::survey::{Effect, Reason, draft::Draft};

/// Tables of which every column is looked at by name; of others every value is.
const NAMED: [&str; 13] = [
    "groups",
    "group_l10ns",
    "questions",
    "subquestions",
    "question_l10ns",
    "subquestion_l10ns",
    "answers",
    "answer_l10ns",
    "question_attributes",
    "conditions",
    "quota",
    "quota_members",
    "quota_languagesettings",
];
/// Columns of those that are read, or that say where a row stood.
const KNOWN: [&str; 50] = [
    "id",
    "qid",
    "gid",
    "sid",
    "aid",
    "qaid",
    "cid",
    "cqid",
    "quota_id",
    "parent_qid",
    "language",
    "scale_id",
    "group_name",
    "group_order",
    "description",
    "randomization_group",
    "grelevance",
    "type",
    "title",
    "question",
    "help",
    "script",
    "preg",
    "other",
    "mandatory",
    "question_order",
    "relevance",
    "modulename",
    "question_theme_name",
    "same_default",
    "same_script",
    "code",
    "answer",
    "sortorder",
    "assessment_value",
    "attribute",
    "value",
    "name",
    "qlimit",
    "action",
    "active",
    "quotals_id",
    "quotals_quota_id",
    "quotals_language",
    "quotals_name",
    "quotals_message",
    "quotals_url",
    "cfieldname",
    "method",
    "scenario",
];

/// Notes the columns that are not known.
pub(super) fn note_columns(draft: &mut Draft, tables: &Tables) {
    for table in NAMED {
        let mut found: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        let fields = tables.rows(table).iter().flatten();
        for (column, value) in fields {
            let is_nothing = matches!(value.trim(), "" | "0" | "N");
            if !is_nothing && !KNOWN.contains(&column.as_str()) {
                let (count, _) = found.entry(column).or_insert((0, value));
                *count += 1;
            }
        }
        for (column, (count, value)) in found {
            let detail = if count == 1 {
                value.to_owned()
            } else {
                format!("{value} ({count})")
            };
            let path = format!("{table}/{column}");
            draft.note(path, Effect::Lost, Reason::UnknownPart, detail);
        }
    }
}

/// Notes the rows of questions and quotas that are not there.
pub(super) fn note_orphans(draft: &mut Draft, tables: &Tables) {
    let is_question = |row: &&Fields| matches!(field(row, "parent_qid"), "" | "0");
    let ids = |rows: &mut dyn Iterator<Item = &Fields>| -> BTreeSet<String> {
        rows.map(|row| field(row, "qid").to_owned()).collect()
    };
    let all = || {
        tables
            .rows("questions")
            .iter()
            .chain(tables.rows("subquestions"))
    };
    let questions = ids(&mut all().filter(is_question));
    let parts = ids(&mut all().filter(|row| !is_question(row)));
    let quotas = tables.rows("quota").iter();
    let quotas: BTreeSet<String> = quotas.map(|row| field(row, "id").to_owned()).collect();
    let mut note = |table: &str, name: &str, row: &Fields| {
        let path = format!("{table}/{}", field(row, name));
        let said: Vec<&str> = ["title", "code", "attribute", "question", "answer", "value"]
            .into_iter()
            .map(|name| field(row, name))
            .filter(|words| !words.is_empty())
            .collect();
        draft.note(path, Effect::Lost, Reason::UnknownPart, said.join(" "));
    };
    for row in all().filter(|row| !is_question(row)) {
        if !questions.contains(field(row, "parent_qid")) {
            note("subquestions", "parent_qid", row);
        }
    }
    for table in [
        "answers",
        "question_attributes",
        "question_l10ns",
        "subquestion_l10ns",
    ] {
        for row in tables.rows(table) {
            let id = field(row, "qid");
            if !questions.contains(id) && !parts.contains(id) {
                note(table, "qid", row);
            }
        }
    }
    for row in tables.rows("quota_members") {
        if !quotas.contains(field(row, "quota_id")) {
            note("quota_members", "quota_id", row);
        }
    }
}
