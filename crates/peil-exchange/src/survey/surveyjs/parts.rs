//! What questions of SurveyJS have in common: options, rules, and properties without a place here.

use peil_domain::{
    response::OTHER,
    shared::{Localized, QuestionKey},
    survey::{AnswerPattern, Choice, Question, QuestionKind},
};
use serde_json::Value;

use super::{Object, words};
use crate::survey::{
    Effect, Reason,
    draft::Spot,
    foreign::Dialect,
    keys::Keys,
    tree::{self, is_on, list, text},
    weave::{Condition, Options, Weave},
};

/// Properties that every element has and that are read, or that mean nothing by themselves.
const READ: [&str; 9] = [
    "title",
    "description",
    "visibleIf",
    "visible",
    "isRequired",
    "validators",
    "name",
    "type",
    "hideNumber",
];
/// Properties that are about looks.
const LOOKS: [&str; 26] = [
    "startWithNewLine",
    "titleLocation",
    "descriptionLocation",
    "width",
    "minWidth",
    "maxWidth",
    "colCount",
    "size",
    "indent",
    "renderAs",
    "rateType",
    "rateDisplayMode",
    "placeholder",
    "placeHolder",
    "state",
    "allowClear",
    "showClearButton",
    "searchEnabled",
    "autoGrow",
    "rows",
    "cols",
    "imageFit",
    "displayMode",
    "showNumber",
    "errorLocation",
    "showLabel",
];

/// Notes the properties of an element that are not read.
pub(super) fn note_rest(weave: &mut Weave<'_>, element: &Object, path: &str, read: &[&str]) {
    for (name, value) in element {
        let is_read = READ.contains(&name.as_str()) || read.contains(&name.as_str());
        if is_read || tree::is_nothing(value) {
            continue;
        }
        let reason = match name.as_str() {
            "defaultValue" | "defaultValueExpression" | "setValueExpression" => Reason::Default,
            "requiredIf" => Reason::Required,
            "enableIf" | "readOnly" | "choicesVisibleIf" | "choicesEnableIf" | "rowsVisibleIf"
            | "columnsVisibleIf" => Reason::Condition,
            "choicesByUrl" | "choicesFromQuestion" => Reason::Source,
            "correctAnswer" | "score" => Reason::Scores,
            "requiredErrorText" | "otherText" | "noneText" | "otherErrorText" => Reason::Message,
            name if LOOKS.contains(&name) => Reason::Look,
            _ => Reason::UnknownPart,
        };
        weave.draft.note(
            format!("{path}/{name}"),
            Effect::Lost,
            reason,
            value.to_string(),
        );
    }
}

/// Notes what an item says beside its value and text.
pub(super) fn note_item(weave: &mut Weave<'_>, item: &Value, path: &str) {
    if let Value::Object(item) = item {
        note_conditions(weave, item, path);
        note_rest(weave, item, path, &["value", "text"]);
    }
}

/// Notes a condition and rules of a part that can have none here.
pub(super) fn note_conditions(weave: &mut Weave<'_>, part: &Object, path: &str) {
    for (name, reason) in [
        ("visibleIf", Reason::RowCondition),
        ("validators", Reason::Validation),
    ] {
        if let Some(value) = part.get(name).filter(|value| !tree::is_nothing(value)) {
            let path = format!("{path}/{name}");
            weave
                .draft
                .note(path, Effect::Lost, reason, value.to_string());
        }
    }
}

/// Notes what a column of a table says beside the kind of its cells.
pub(super) fn note_column(weave: &mut Weave<'_>, column: &Value, path: &str, read: &[&str]) {
    let Value::Object(column) = column else {
        return;
    };
    note_conditions(weave, column, path);
    for name in [
        "hasOther",
        "showOtherItem",
        "hasNone",
        "showNoneItem",
        "hasComment",
    ] {
        if is_on(column, name) {
            let path = format!("{path}/{name}");
            weave.draft.note(path, Effect::Lost, Reason::Entry, "");
        }
    }
    note_rest(weave, column, path, read);
}

/// Notes limits that are no whole number, which no rule can have here.
pub(super) fn note_broken(weave: &mut Weave<'_>, part: &Object, path: &str, names: &[&str]) {
    for name in names {
        let words = tree::words(part.get(*name)).unwrap_or_default();
        if !words.is_empty() && tree::whole(part.get(*name)).is_none() {
            let path = format!("{path}/{name}");
            weave
                .draft
                .note(path, Effect::Lost, Reason::Validation, words);
        }
    }
}

/// The options of a list of `"a"`, `1` or `{value, text}`, for the question `key`.
pub(super) fn options(
    weave: &mut Weave<'_>,
    items: &[Value],
    key: Option<&QuestionKey>,
) -> Option<Options> {
    let mut keys = Keys::without(&[OTHER]);
    let mut found = Options::default();
    for (number, item) in items.iter().take(1_000).enumerate() {
        let path = format!("{}/choices[{number}]", weave.path);
        let (code, label) = item_of(weave, item, &path);
        let option = keys.give(&code, "o")?;
        found.codes.entry(code).or_insert_with(|| option.clone());
        found.choices.push(Choice::new(option, label));
        let Value::Object(item) = item else { continue };
        match (key, text(item, "visibleIf")) {
            (_, "") => {}
            (Some(key), words) => {
                let condition = Condition::of_text(path.clone(), words, Dialect::SurveyJs);
                weave.wish(Spot::Option(key.clone(), number), vec![condition]);
            }
            (None, words) => {
                let path = format!("{path}/visibleIf");
                weave
                    .draft
                    .note(path, Effect::Lost, Reason::RowCondition, words);
            }
        }
        note_rest(weave, item, &path, &["value", "text"]);
    }
    if items.len() > 1_000 {
        let over = (items.len() - 1_000).to_string();
        weave.note("choices", Effect::Lost, Reason::ManyOptions, &over);
    }
    Some(found)
}

/// The value and words of an item.
pub(super) fn item_of(weave: &mut Weave<'_>, item: &Value, path: &str) -> (String, Localized) {
    match item {
        Value::Object(object) => {
            let code =
                tree::words(object.get("value").or_else(|| object.get("name"))).unwrap_or_default();
            let shown = object.get("text").or_else(|| object.get("title"));
            let label = words(weave, shown, path);
            let label = if label.is_blank() {
                weave.tongues.same(&code)
            } else {
                label
            };
            (code, label)
        }
        item => {
            let code = tree::words(Some(item)).unwrap_or_default();
            let label = weave.tongues.same(&code);
            (code, label)
        }
    }
}

/// "Other" and "none of these", which are no items there.
pub(super) fn special_options(
    weave: &mut Weave<'_>,
    element: &Object,
    found: &mut Options,
) -> Option<()> {
    if is_on(element, "hasOther") || is_on(element, "showOtherItem") {
        found.has_other = true;
        found.codes.insert("other".to_owned(), OTHER.parse().ok()?);
    }
    if is_on(element, "hasNone") || is_on(element, "showNoneItem") {
        let taken: Vec<&str> = found
            .choices
            .iter()
            .map(|option| option.code.as_str())
            .collect();
        let key: QuestionKey = Keys::without(&taken).give("none", "o")?;
        let path = format!("{}/noneText", weave.path);
        let label = words(weave, element.get("noneText"), &path);
        let own = weave.tongues.own("Geen van deze", "None of these");
        let mut none = Choice::new(key.clone(), if label.is_blank() { own } else { label });
        none.is_anchored = true;
        none.is_exclusive = true;
        found.codes.insert("none".to_owned(), key);
        found.choices.push(none);
    }
    if is_on(element, "hasSelectAll") || is_on(element, "showSelectAllItem") {
        weave.note("showSelectAllItem", Effect::Lost, Reason::Look, "");
    }
    Some(())
}

/// Numbers of a validator.
const LIMITS: [&str; 6] = [
    "minLength",
    "maxLength",
    "minValue",
    "maxValue",
    "minCount",
    "maxCount",
];

/// What an answer must keep to.
pub(super) fn rules(weave: &mut Weave<'_>, element: &Object, question: &mut Question) {
    let amount = |name: &str| {
        let number = tree::whole(element.get(name)).and_then(|number| u32::try_from(number).ok());
        number.filter(|number| *number > 0)
    };
    if matches!(question.kind, QuestionKind::Text { .. }) {
        question.rules.longest = amount("maxLength");
    }
    if matches!(
        question.kind,
        QuestionKind::Choice {
            is_multiple: true,
            ..
        }
    ) {
        question.rules.least = amount("minSelectedChoices");
        question.rules.most = amount("maxSelectedChoices");
    }
    let path = weave.path.clone();
    for (number, value) in list(element, "validators").iter().enumerate() {
        let path = format!("{path}/validators[{number}]");
        match value.as_object() {
            Some(validator) if validated(weave, validator, question) => {
                note_broken(weave, validator, &path, &LIMITS);
                let is_pattern = text(validator, "type").starts_with("regex");
                let read: &[&str] = if is_pattern {
                    &["regex", "text"]
                } else {
                    &LIMITS
                };
                note_rest(weave, validator, &path, read);
            }
            _ => weave
                .draft
                .note(path, Effect::Lost, Reason::Validation, value.to_string()),
        }
    }
}

/// Carries a validator over; whether that could be done.
fn validated(weave: &mut Weave<'_>, validator: &Object, question: &mut Question) -> bool {
    let amount =
        |name: &str| tree::whole(validator.get(name)).and_then(|number| u32::try_from(number).ok());
    let kind = text(validator, "type").trim_end_matches("validator");
    match (kind, &mut question.kind) {
        ("text", QuestionKind::Text { .. }) => {
            question.rules.shortest = amount("minLength").filter(|least| *least > 0);
            question.rules.longest = amount("maxLength")
                .filter(|most| *most > 0)
                .or(question.rules.longest);
            true
        }
        ("numeric", QuestionKind::Number { min, max, .. }) => {
            *min = tree::whole(validator.get("minValue")).or(*min);
            *max = tree::whole(validator.get("maxValue")).or(*max);
            true
        }
        (
            "answercount",
            QuestionKind::Choice {
                is_multiple: true, ..
            },
        ) => {
            question.rules.least = amount("minCount").or(question.rules.least);
            question.rules.most = amount("maxCount").or(question.rules.most);
            true
        }
        ("regex", QuestionKind::Text { .. }) => {
            let body = text(validator, "regex");
            let is_whole = body.starts_with('^') && body.ends_with('$') && !body.contains('|');
            let expression = if is_whole {
                body.to_owned()
            } else {
                format!("(?s:.*)(?:{body})(?s:.*)")
            };
            let path = format!("{}/validators", weave.path);
            let said = words(weave, validator.get("text"), &path);
            let own = weave.tongues.own(
                "Dit antwoord heeft niet de vorm die hier nodig is.",
                "This answer does not have the form that is needed here.",
            );
            let message = if said.is_blank() { own } else { said };
            let pattern = AnswerPattern {
                expression,
                message,
            };
            let is_sound = pattern.is_sound();
            if is_sound {
                question.rules.pattern = Some(pattern);
            }
            is_sound
        }
        ("email", QuestionKind::Contact { .. }) => true,
        _ => false,
    }
}
