//! What two people changed differently at the same time, for whoever came later to choose from.

use peil_app::survey::Clashing;
use peil_domain::{
    shared::Language,
    survey::{Clash, Definition},
};
use serde_json::Value;

use super::saving::CHOICE;
use crate::edge::text::Text;

/// One thing that both changed.
pub(super) struct ClashView {
    /// Name of the choice in the form.
    pub(super) name: String,
    /// What it is, in words.
    pub(super) label: String,
    /// What was typed here.
    pub(super) mine: String,
    /// What somebody else made of it.
    pub(super) theirs: String,
}

/// The choices that there are; none when what was typed has no place any more. `say` says a
/// condition in words.
pub(super) fn clash_views(
    t: Text,
    clashing: &Clashing,
    draft: &Definition,
    say: &dyn Fn(&str) -> Option<String>,
) -> Vec<ClashView> {
    let clashes = clashing.clashes.iter();
    let there = clashes.filter(|clash| match clash.path.as_slice() {
        [questions, key, ..] if questions == "questions" => {
            let mut known = draft.questions();
            known.any(|question| question.key.as_str() == key)
        }
        _ => true,
    });
    there.map(|clash| ClashView::new(t, clash, say)).collect()
}

impl ClashView {
    fn new(t: Text, clash: &Clash, say: &dyn Fn(&str) -> Option<String>) -> Self {
        let is_condition = clash
            .path
            .last()
            .is_some_and(|last| matches!(last.as_str(), "show_if" | "when"));
        let words = |value: Option<&Value>| {
            if clash.path.first().is_some_and(|first| first == "look") {
                return look_words(t, clash.path.last().map_or("", String::as_str), value);
            }
            let condition = value.and_then(Value::as_str).filter(|_| is_condition);
            condition.and_then(say).unwrap_or_else(|| said(t, value))
        };
        Self {
            name: format!("{CHOICE}{}", clash.name()),
            label: label(t, &clash.path),
            mine: words(clash.mine.as_ref()),
            theirs: words(clash.theirs.as_ref()),
        }
    }
}

/// What a path leads to, in words: the field, and the language when it is a text.
fn label(t: Text, path: &[String]) -> String {
    let language = path.last().and_then(|code| code.parse::<Language>().ok());
    let parts = match path {
        [kind, _, rest @ ..] if kind == "questions" || kind == "pages" => rest,
        whole => whole,
    };
    // What stands in a list of options, jumps or endings is called after its own part.
    let own = parts.iter().rev().find(|part| {
        matches!(
            part.as_str(),
            "show_if" | "when" | "to" | "most" | "formula"
        )
    });
    let field = own.or(parts.first()).map_or("", String::as_str);
    let name = t.s(match field {
        "text" => "survey-text",
        "help" => "survey-help",
        "title" if path.first().is_some_and(|kind| kind == "pages") => "survey-page-heading",
        "title" => "survey-text-title",
        "intro" => "survey-text-intro",
        "thanks" => "survey-text-thanks",
        "thanks_low" => "survey-text-thanks-low",
        "languages" => "survey-languages",
        "options" => "survey-options",
        "rows" => "survey-rows",
        "low_label" => "survey-low-label",
        "high_label" => "survey-high-label",
        "is_required" => "survey-required",
        "show_if" | "when" => "survey-clash-condition",
        "to" => "logic-to",
        "most" => "logic-most",
        "formula" => "survey-clash-formula",
        "jumps" => "survey-clash-jumps",
        "quotas" => "logic-quota-text",
        "endings" => "logic-ending-text",
        "look" => match path.get(1).map(String::as_str) {
            Some("accent") => "survey-design-colour",
            Some("text_size") => "survey-design-size",
            Some("corners") => "survey-design-corners",
            Some("logo") => "survey-design-logo",
            _ => "survey-tab-design",
        },
        _ => "survey-clash-setting",
    });
    match language {
        Some(Language::Nl) => format!("{name}, {}", t.s("language-nl")),
        Some(Language::En) => format!("{name}, {}", t.s("language-en")),
        None => name,
    }
}

/// What stands there, in words.
fn said(t: Text, value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => t.s("survey-clash-nothing"),
        Some(Value::String(text)) if text.is_empty() => t.s("survey-clash-nothing"),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(true)) => t.s("survey-clash-yes"),
        Some(Value::Bool(false)) => t.s("survey-clash-no"),
        Some(Value::Number(number)) => number.to_string(),
        Some(other) => texts_in(other).join(" · "),
    }
}

/// A part of the look, or the whole of it, in words.
fn look_words(t: Text, field: &str, value: Option<&Value>) -> String {
    let code = value.and_then(Value::as_str);
    match (field, value) {
        ("text_size", _) => t.s(&format!("survey-design-size-{}", code.unwrap_or("usual"))),
        ("corners", _) => t.s(&format!("survey-design-corners-{}", code.unwrap_or("soft"))),
        (_, None | Some(Value::Null)) => t.s("survey-design-theirs"),
        ("accent", _) => code.unwrap_or_default().to_owned(),
        ("look", Some(Value::Object(parts))) => {
            let parts = parts.iter();
            let said = parts.map(|(field, value)| look_words(t, field, Some(value)));
            said.collect::<Vec<_>>().join(" · ")
        }
        _ => t.s("survey-design-logo"),
    }
}

/// The words in something with parts.
fn texts_in(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(texts_in).collect(),
        Value::Object(map) => {
            let shown = map
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "key" | "code" | "kind"));
            shown.flat_map(|(_, part)| texts_in(part)).collect()
        }
        _ => Vec::new(),
    }
}
