//! The way through a Qualtrics survey: blocks become pages, branches become conditions of pages.

use std::collections::BTreeSet;

use peil_domain::{
    shared::QuestionKey,
    survey::{Page, Target},
};
use serde_json::Value;

use super::{Elements, Object, kinds, logic, rest::note_others};
use crate::survey::{
    Effect, Reason,
    draft::Spot,
    tree::{self, list, text},
    weave::{Condition, Weave},
};

/// Deepest branches in branches.
const DEEPEST: usize = 30;
/// Most steps of a flow that are followed.
const MOST_STEPS: usize = 5_000;

/// What is read of a step of the flow, or told elsewhere.
const STEP: [&str; 9] = [
    "Type",
    "ID",
    "FlowID",
    "Flow",
    "BranchLogic",
    "EmbeddedData",
    "Options",
    "Autofill",
    "Description",
];
/// What is read of a field that is known beforehand, or says how it is stored there.
const FIELD: [&str; 7] = [
    "Description",
    "Type",
    "Field",
    "VariableType",
    "DataVisibility",
    "AnalyzeText",
    "Value",
];
/// What is read of the flow as a whole, or counts its steps.
const WHOLE: [&str; 4] = ["Type", "FlowID", "Flow", "Properties"];
/// What is read of a block.
const BLOCK: [&str; 6] = [
    "Type",
    "SubType",
    "ID",
    "Description",
    "Options",
    "BlockElements",
];
/// Options of a block that are read, or that are about the program they were made with.
const OPTIONS: [&str; 5] = [
    "BlockLocking",
    "BlockVisibility",
    "Looping",
    "LoopingOptions",
    "RandomizeQuestions",
];
/// What is read of a part of a block.
const PART: [&str; 3] = ["Type", "QuestionID", "SkipLogic"];
/// What is read of a skip, or says the same in words.
const SKIP: [&str; 9] = [
    "SkipLogicID",
    "ChoiceLocator",
    "Condition",
    "SkipToDestination",
    "SkipToDescription",
    "Locator",
    "Question",
    "QuestionID",
    "Description",
];

struct Way<'b> {
    read: BTreeSet<&'b str>,
    steps: usize,
}

/// Reads the blocks in the order of the flow; blocks that are in no flow come last.
pub(super) fn read(weave: &mut Weave<'_>, elements: &Elements<'_>) {
    let mut way = Way {
        read: BTreeSet::new(),
        steps: 0,
    };
    if let Some(flow) = elements.flow {
        let mut conditions = Vec::new();
        note_others(weave, flow, "flow", &WHOLE, Reason::UnknownPart);
        steps(
            weave,
            elements,
            list(flow, "Flow"),
            &mut conditions,
            &mut way,
            0,
        );
    }
    let rest: Vec<&str> = elements
        .blocks
        .keys()
        .copied()
        .filter(|id| !way.read.contains(id))
        .collect();
    for id in rest {
        let is_trash = elements
            .blocks
            .get(id)
            .is_some_and(|block| text(block, "Type") == "Trash");
        if is_trash {
            trash(weave, elements, id);
            continue;
        }
        if elements.flow.is_some() {
            weave.draft.note(
                format!("blocks/{id}"),
                Effect::Check,
                Reason::Pages,
                "in no flow",
            );
        }
        block(weave, elements, id, &[]);
    }
    strays(weave, elements);
}

/// What was thrown away there is no question any more, but may be missed.
fn trash(weave: &mut Weave<'_>, elements: &Elements<'_>, id: &str) {
    let block = elements.blocks.get(id);
    let parts = block.map(|block| block_elements(block)).unwrap_or_default();
    let names = parts.iter().map(|part| text(part, "QuestionID"));
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    if !names.is_empty() {
        let path = format!("blocks/{id}");
        weave
            .draft
            .note(path, Effect::Lost, Reason::Hidden, names.join(", "));
    }
}

/// Questions that stand in no block come last, on a page of their own.
fn strays(weave: &mut Weave<'_>, elements: &Elements<'_>) {
    let parts = elements
        .blocks
        .values()
        .flat_map(|block| block_elements(block));
    let placed: BTreeSet<&str> = parts.map(|part| text(part, "QuestionID")).collect();
    let mut page = Page::default();
    for (id, question) in &elements.questions {
        if !placed.contains(id) {
            let path = format!("questions/{id}");
            weave
                .draft
                .note(path, Effect::Check, Reason::Pages, "in no block");
            kinds::question(weave, question, id, &mut page.questions);
        }
    }
    close(weave, &mut page, &[]);
}

fn steps<'b>(
    weave: &mut Weave<'_>,
    elements: &Elements<'b>,
    flow: &[Value],
    conditions: &mut Vec<Condition>,
    way: &mut Way<'b>,
    depth: usize,
) {
    for step in flow.iter().filter_map(Value::as_object) {
        way.steps += 1;
        if way.steps > MOST_STEPS || depth > DEEPEST {
            weave
                .draft
                .note("flow", Effect::Lost, Reason::TooManyQuestions, "");
            return;
        }
        let path = format!("flow/{}", text(step, "FlowID"));
        note_others(weave, step, &path, &STEP, Reason::UnknownPart);
        match text(step, "Type") {
            "Block" | "Standard" => {
                let id = text(step, "ID");
                let known = elements.blocks.get_key_value(id).map(|(id, _)| *id);
                match known {
                    Some(id) if way.read.insert(id) => block(weave, elements, id, conditions),
                    Some(_) => weave.draft.note(path, Effect::Lost, Reason::Repeat, id),
                    None => weave
                        .draft
                        .note(path, Effect::Lost, Reason::UnknownPart, id),
                }
            }
            "Branch" => {
                let before = conditions.len();
                conditions.extend(logic::condition(step, "BranchLogic", &path));
                steps(
                    weave,
                    elements,
                    list(step, "Flow"),
                    conditions,
                    way,
                    depth + 1,
                );
                conditions.truncate(before);
            }
            "Root" | "Group" => steps(
                weave,
                elements,
                list(step, "Flow"),
                conditions,
                way,
                depth + 1,
            ),
            "BlockRandomizer" => {
                weave.draft.note(&path, Effect::Lost, Reason::Order, "");
                steps(
                    weave,
                    elements,
                    list(step, "Flow"),
                    conditions,
                    way,
                    depth + 1,
                );
            }
            kind => other_step(weave, step, kind, &path, conditions),
        }
    }
}

/// A step that leads to no questions.
fn other_step(
    weave: &mut Weave<'_>,
    step: &Object,
    kind: &str,
    path: &str,
    conditions: &[Condition],
) {
    if let Some(options) = step
        .get("Options")
        .filter(|options| !tree::is_nothing(options))
        && kind == "EndSurvey"
    {
        let path = format!("{path}/Options");
        weave
            .draft
            .note(path, Effect::Lost, Reason::Message, options.to_string());
    }
    match kind {
        "EmbeddedData" => {
            for field in list(step, "EmbeddedData")
                .iter()
                .filter_map(Value::as_object)
            {
                note_others(weave, field, path, &FIELD, Reason::Personal);
            }
            let fields = list(step, "EmbeddedData")
                .iter()
                .filter_map(Value::as_object);
            let names = fields.map(|field| match text(field, "Value") {
                "" => text(field, "Field").to_owned(),
                value => format!("{} = {value}", text(field, "Field")),
            });
            let names: Vec<String> = names.collect();
            let names = names.join(", ");
            weave
                .draft
                .note(path, Effect::Check, Reason::Personal, names);
        }
        "EndSurvey" if conditions.is_empty() => {
            weave.draft.note(path, Effect::Lost, Reason::Message, "");
        }
        // Whoever comes here goes to the end from the page before.
        "EndSurvey" => end(weave, conditions),
        other => {
            let detail = format!("{other} {}", Value::Object(step.clone()));
            weave
                .draft
                .note(path, Effect::Lost, Reason::UnknownPart, detail);
        }
    }
}

fn end(weave: &mut Weave<'_>, conditions: &[Condition]) {
    let last = weave.draft.definition.pages.len().checked_sub(1);
    if let (Some(last), [condition]) = (last, conditions) {
        weave.jump(last, condition.clone(), Target::End);
    } else {
        let path = conditions
            .first()
            .map_or("flow", |condition| condition.path.as_str())
            .to_owned();
        weave
            .draft
            .note(path, Effect::Lost, Reason::Jump, "EndSurvey");
    }
}

/// Reads a block as pages: one, or more when it has page breaks.
fn block(weave: &mut Weave<'_>, elements: &Elements<'_>, id: &str, conditions: &[Condition]) {
    let Some(block) = elements.blocks.get(id) else {
        return;
    };
    let path = format!("blocks/{id}");
    note_others(weave, block, &path, &BLOCK, Reason::UnknownPart);
    if let Some(options) = block.get("Options").and_then(Value::as_object) {
        let options_path = format!("{path}/Options");
        note_others(weave, options, &options_path, &OPTIONS, Reason::Setting);
        if !matches!(text(options, "Looping"), "" | "None") {
            weave.draft.note(
                &path,
                Effect::Changed,
                Reason::Repeat,
                text(options, "Looping"),
            );
        }
        if !matches!(text(options, "RandomizeQuestions"), "" | "false" | "None") {
            weave.draft.note(
                &path,
                Effect::Lost,
                Reason::Order,
                text(options, "RandomizeQuestions"),
            );
        }
    }
    let mut page = Page::default();
    for (number, part) in block_elements(block).into_iter().enumerate() {
        let part_path = format!("{path}/BlockElements/{number}");
        note_others(weave, part, &part_path, &PART, Reason::UnknownPart);
        match text(part, "Type") {
            "Page Break" => close(weave, &mut page, conditions),
            "Question" => {
                let id = text(part, "QuestionID");
                let Some(question) = elements.questions.get(id) else {
                    weave
                        .draft
                        .note(&path, Effect::Lost, Reason::UnknownPart, id);
                    continue;
                };
                kinds::question(weave, question, id, &mut page.questions);
                for skip in list(part, "SkipLogic").iter().filter_map(Value::as_object) {
                    jump(weave, skip, id, &mut page, conditions);
                }
            }
            other => weave
                .draft
                .note(&path, Effect::Lost, Reason::UnknownPart, other),
        }
    }
    close(weave, &mut page, conditions);
}

fn block_elements(block: &Object) -> Vec<&Object> {
    match block.get("BlockElements") {
        Some(Value::Array(parts)) => parts.iter().filter_map(Value::as_object).collect(),
        Some(Value::Object(parts)) => parts.values().filter_map(Value::as_object).collect(),
        _ => Vec::new(),
    }
}

fn close(weave: &mut Weave<'_>, page: &mut Page, conditions: &[Condition]) {
    let done = std::mem::take(page);
    if done.questions.is_empty() {
        return;
    }
    let number = weave.draft.definition.pages.len();
    weave.wish(Spot::Page(number), conditions.to_vec());
    weave.draft.definition.pages.push(done);
}

/// A skip: to the end it is a jump, and the page ends with its question. Others lead to questions in
/// the midst of pages.
fn jump(weave: &mut Weave<'_>, skip: &Object, id: &str, page: &mut Page, conditions: &[Condition]) {
    let path = format!("questions/{id}/SkipLogic");
    note_others(weave, skip, &path, &SKIP, Reason::UnknownPart);
    let to = match text(skip, "SkipToDestination") {
        "" => text(skip, "Locator"),
        to => to,
    };
    let is_end = matches!(to, "ENDOFSURVEY" | "EndOfSurvey")
        || text(skip, "SkipToDescription") == "End of Survey";
    let condition = logic::skip(skip, id, &path);
    if let Some(condition) = condition.filter(|_| is_end) {
        let number = weave.draft.definition.pages.len();
        close(weave, page, conditions);
        weave.jump(number, condition, Target::End);
    } else {
        let detail = Value::Object(skip.clone()).to_string();
        weave.draft.note(path, Effect::Lost, Reason::Jump, detail);
    }
}

/// A key that a part of a question can have by the name of its column, or by its identifier.
pub(super) fn name_of<'b>(question: &'b Object, id: &'b str) -> &'b str {
    match text(question, "DataExportTag") {
        "" => id,
        tag => tag,
    }
}

/// A key of a part.
pub(super) fn part_key(weave: &mut Weave<'_>, name: &str, part: &str) -> Option<QuestionKey> {
    weave.key(&format!("{name}_{part}"))
}
