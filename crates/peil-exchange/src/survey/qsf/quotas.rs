//! Quotas of Qualtrics: how many of a kind are wanted, and what happens when there are enough.

use peil_domain::{shared::Localized, survey::Quota};
use serde_json::Value;

use super::{Elements, Object, logic};
use crate::survey::{
    Effect, Reason,
    keys::Keys,
    tree::{self, list, text},
    weave::{Condition, Weave},
};

/// Properties of a quota that are read, or that say nothing about whom it is for.
const READ: [&str; 9] = [
    "ID",
    "Name",
    "Occurrences",
    "Logic",
    "LogicType",
    "QuotaAction",
    "QuotaRealm",
    "ActionInfo",
    "Count",
];
/// What `ActionInfo` says when it says no more than that the survey ends.
const USUAL: [&str; 5] = [
    "EndCurrentSurvey",
    "Expression",
    "QuotaAction",
    "If",
    "BooleanExpression",
];

/// Reads the quotas, and tells how they were grouped.
pub(super) fn read(weave: &mut Weave<'_>, elements: &Elements<'_>) {
    let mut keys = Keys::default();
    for quota in &elements.quotas {
        let path = format!("quotas/{}", name_of(quota));
        match read_one(quota, &path, &mut keys) {
            Ok((condition, made)) => {
                note_rest(weave, quota, &path);
                weave.quota(condition, made);
            }
            Err(cannot) => {
                let detail = format!("{cannot}: {}", Value::Object((*quota).clone()));
                weave.draft.note(path, Effect::Lost, Reason::Quota, detail);
            }
        }
    }
    for group in &elements.quota_groups {
        let path = format!("quota_groups/{}", name_of(group));
        let members = list(group, "Quotas").iter();
        let members: Vec<String> = members.filter_map(|one| tree::words(Some(one))).collect();
        let detail = format!("{}: {}", text(group, "MultipleMatch"), members.join(", "));
        weave.draft.note(path, Effect::Lost, Reason::Quota, detail);
    }
}

fn name_of(part: &Object) -> &str {
    match text(part, "Name") {
        "" => text(part, "ID"),
        name => name,
    }
}

/// A quota that ends the survey for whoever is one too many; others steer the flow, which cannot be
/// said here.
fn read_one(quota: &Object, path: &str, keys: &mut Keys) -> Result<(Condition, Quota), String> {
    let action = text(quota, "QuotaAction");
    if !matches!(action, "EndCurrentSurvey" | "EndSurvey") {
        return Err(format!("QuotaAction {action}"));
    }
    let kind = text(quota, "LogicType");
    if !matches!(kind, "" | "Simple") {
        return Err(format!("LogicType {kind}"));
    }
    let most = tree::whole(quota.get("Occurrences")).and_then(|most| u32::try_from(most).ok());
    let most = most.ok_or("Occurrences")?;
    let condition = logic::condition(quota, "Logic", path).ok_or("Logic")?;
    let key = keys.give(name_of(quota), "quota").ok_or("Name")?;
    let made = Quota {
        key,
        when: None,
        most,
        text: Localized::default(),
    };
    Ok((condition, made))
}

/// Notes what else a quota says, such as the message at the end.
fn note_rest(weave: &mut Weave<'_>, quota: &Object, path: &str) {
    for (name, value) in quota {
        if !READ.contains(&name.as_str()) && !tree::is_nothing(value) {
            let path = format!("{path}/{name}");
            weave
                .draft
                .note(path, Effect::Lost, Reason::Quota, value.to_string());
        }
    }
    if let Some(action) = quota.get("ActionInfo").filter(|action| says_more(action)) {
        let path = format!("{path}/ActionInfo");
        weave
            .draft
            .note(path, Effect::Lost, Reason::Quota, action.to_string());
    }
}

fn says_more(action: &Value) -> bool {
    match action {
        Value::Object(parts) => parts.values().any(says_more),
        Value::Array(parts) => parts.iter().any(says_more),
        Value::String(word) => !word.is_empty() && !USUAL.contains(&word.as_str()),
        other => !tree::is_nothing(other),
    }
}
