//! Parts of a question of Qualtrics that have no place here: all of them are told.

use serde_json::Value;

use super::{Object, parts};
use crate::survey::{
    Effect, Reason,
    tree::{self, text},
    weave::Weave,
};

/// Parts that are read, or that say the same as another.
const READ: [&str; 25] = [
    "QuestionText",
    "DataExportTag",
    "QuestionType",
    "Selector",
    "SubSelector",
    "Choices",
    "ChoiceOrder",
    "Answers",
    "AnswerOrder",
    "DisplayLogic",
    "Randomization",
    "QuestionID",
    "QuestionDescription",
    "NextChoiceId",
    "NextAnswerId",
    "DataVisibility",
    "ChoiceDataExportTags",
    "QuestionText_Unsafe",
    "SkipLogic",
    "VariableNaming",
    "AnalyzeChoices",
    "NumberOfQuestions",
    "SearchSource",
    "ClarifyingSymbol",
    "ClarifyingText",
];

/// Parts of a translation that are read, or that say the same as another.
const TRANSLATED: [&str; 5] = [
    "QuestionText",
    "QuestionText_Unsafe",
    "Choices",
    "Answers",
    "QuestionDescription",
];

/// Settings of a question that are read, or that are about its looks.
const CONFIGURED: [&str; 24] = [
    "NotApplicable",
    "CSSliderMin",
    "CSSliderMax",
    "GridLines",
    "NumDecimals",
    "ShowValue",
    "SnapToGrid",
    "QuestionDescriptionOption",
    "TextPosition",
    "ChoiceColumnWidth",
    "RepeatHeaders",
    "WhiteSpace",
    "LabelPosition",
    "MobileFirst",
    "Autoscale",
    "AutoscaleChoices",
    "InputWidth",
    "InputHeight",
    "ColumnLabels",
    "Stack",
    "SliderStartPositions",
    "ChoiceColumnWidthPixels",
    "ScalePoints",
    "LabelsPosition",
];

/// Notes what else an object says than `read`.
pub(super) fn note_others(
    weave: &mut Weave<'_>,
    object: &Object,
    path: &str,
    read: &[&str],
    reason: Reason,
) {
    for (name, value) in object {
        if !read.contains(&name.as_str()) && !tree::is_nothing(value) {
            let path = format!("{path}/{name}");
            let path = path.trim_start_matches('/');
            weave
                .draft
                .note(path, Effect::Lost, reason, value.to_string());
        }
    }
}

/// Notes the parts of a question that are not read.
pub(super) fn note(weave: &mut Weave<'_>, question: &Object) {
    let kind = (text(question, "QuestionType"), text(question, "Selector"));
    let is_select = kind.0 == "MC" && kind.1 != "NPS";
    let is_open = kind.0 == "TE" && kind.1 != "FORM";
    let is_known = matches!(
        kind.0,
        "MC" | "TE" | "Matrix" | "Slider" | "CS" | "RO" | "DB" | "GRB" | "DD" | "FileUpload"
    );
    if is_known && !is_select && !is_open {
        note_rules(weave, question);
    }
    let keeps_order = is_select || kind.0 == "RO" || kind.0 == "Matrix" && kind.1 != "TE";
    if !keeps_order && parts::is_random(weave, question) {
        weave.note("Randomization", Effect::Lost, Reason::Order, "All");
    }
    for list in ["Choices", "Answers"] {
        note_choices(weave, question, list, is_select && list == "Choices");
    }
    note_recodes(weave, question, is_select);
    note_parts(weave, question);
}

fn note_parts(weave: &mut Weave<'_>, question: &Object) {
    for (name, value) in question
        .iter()
        .filter(|(_, value)| !tree::is_nothing(value))
    {
        let reason = match name.as_str() {
            "Configuration" => {
                note_object(weave, name, value, &CONFIGURED, Reason::Look);
                continue;
            }
            "Validation" => {
                note_object(weave, name, value, &["Settings"], Reason::Validation);
                continue;
            }
            "Language" => {
                for (code, own) in value.as_object().into_iter().flatten() {
                    let part = format!("Language/{code}");
                    note_object(weave, &part, own, &TRANSLATED, Reason::UnknownPart);
                }
                continue;
            }
            "DefaultChoices" => Reason::Default,
            "GradingData" => Reason::Scores,
            "QuestionJS" => Reason::Script,
            "DynamicChoices" | "DynamicAnswers" | "CarryForward" => Reason::Source,
            "Labels" | "ColumnLabels" => Reason::Look,
            "InPageDisplayLogic" => Reason::Condition,
            "AdditionalQuestions" => Reason::OneQuestion,
            // Told with the choices.
            "RecodeValues" => continue,
            name if READ.contains(&name) => continue,
            _ => Reason::UnknownPart,
        };
        weave.note(name, Effect::Lost, reason, &value.to_string());
    }
}

fn note_object(weave: &mut Weave<'_>, part: &str, value: &Value, read: &[&str], reason: Reason) {
    if let Some(object) = value.as_object() {
        let path = format!("{}/{part}", weave.path);
        note_others(weave, object, &path, read, reason);
    }
}

/// Rules of a question that here has none.
fn note_rules(weave: &mut Weave<'_>, question: &Object) {
    let settings = question
        .get("Validation")
        .and_then(|validation| validation.get("Settings"));
    let kind = settings
        .and_then(|settings| settings.get("Type"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !matches!(kind, "" | "None") {
        weave.note("Validation/Type", Effect::Lost, Reason::Validation, kind);
    }
}

/// What choices and answers have beside their text. `is_read` when they are options here, whose
/// condition, field and exclusiveness are read.
fn note_choices(weave: &mut Weave<'_>, question: &Object, list: &str, is_read: bool) {
    let all: Vec<(String, &Value)> = match question.get(list) {
        Some(Value::Object(all)) => all.iter().map(|(name, one)| (name.clone(), one)).collect(),
        Some(Value::Array(all)) => {
            let numbered = all.iter().enumerate();
            numbered.map(|(at, one)| (at.to_string(), one)).collect()
        }
        _ => Vec::new(),
    };
    for (number, choice) in all {
        let Some(choice) = choice.as_object() else {
            continue;
        };
        for (name, value) in choice {
            let reason = match name.as_str() {
                "Display" => continue,
                "TextEntry" | "ExclusiveAnswer" if !tree::is_on(choice, name) => continue,
                "TextEntry" | "ExclusiveAnswer" | "DisplayLogic" if is_read => continue,
                _ if tree::is_nothing(value) => continue,
                "TextEntry" => Reason::Entry,
                "ExclusiveAnswer" => Reason::Validation,
                "DisplayLogic" => Reason::RowCondition,
                name if name.starts_with("TextEntry") => Reason::Validation,
                "Image" => Reason::Look,
                _ => Reason::UnknownPart,
            };
            let part = format!("{list}/{number}/{name}");
            weave.note(&part, Effect::Lost, reason, &value.to_string());
        }
    }
}

/// Numbers for answers, where these do not become the codes of options.
fn note_recodes(weave: &mut Weave<'_>, question: &Object, is_read: bool) {
    let recodes = question.get("RecodeValues").and_then(Value::as_object);
    let Some(recodes) = recodes.filter(|_| !is_read) else {
        return;
    };
    let differs = |(name, value): (&String, &Value)| {
        tree::words(Some(value)).is_some_and(|words| words != *name)
    };
    if recodes.iter().any(differs) {
        let detail = Value::Object(recodes.clone()).to_string();
        weave.note("RecodeValues", Effect::Lost, Reason::Scores, &detail);
    }
}
