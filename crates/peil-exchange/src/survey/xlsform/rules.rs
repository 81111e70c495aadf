//! Constraints of a form as rules for answers, and columns without a place here.

use peil_domain::survey::{AnswerPattern, Comparison, Question, QuestionKind};

use super::{
    form::Form,
    sheets::{Line, split},
};
use crate::survey::{
    Effect, Reason,
    foreign::{Dialect, Node, parse},
};

/// Columns that are read.
const READ: [&str; 12] = [
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "parameters",
    "list_name",
    "repeat_count",
];

pub(super) fn is_yes(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "yes" | "true" | "true()" | "1" | "ja"
    )
}

pub(super) fn is_no(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "" | "no" | "false" | "false()" | "0" | "nee"
    )
}

/// Carries a constraint over, part by part.
pub(super) fn constrain(form: &mut Form<'_>, line: &Line, question: &mut Question) {
    let text = line.get("constraint");
    if text.is_empty() {
        return;
    }
    let parts = match parse(text, Dialect::XPath) {
        Ok(Node::And(parts)) => parts,
        Ok(part) => vec![part],
        Err(_) => Vec::new(),
    };
    let path = format!("{}/constraint_message", line.path());
    let said = form.text(line, "constraint_message", &path);
    let mut is_whole = !parts.is_empty();
    for part in &parts {
        let pattern = regex(part);
        let is_kept = match pattern {
            Some(expression) if matches!(question.kind, QuestionKind::Text { .. }) => {
                let own = form.weave.tongues.own(
                    "Dit antwoord heeft niet de vorm die hier nodig is.",
                    "This answer does not have the form that is needed here.",
                );
                let message = if said.is_blank() { own } else { said.clone() };
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
            _ => bound(part, question),
        };
        is_whole &= is_kept;
    }
    if !is_whole {
        form.weave
            .note("constraint", Effect::Lost, Reason::Validation, text);
    }
    if !said.is_blank() && question.rules.pattern.is_none() {
        form.weave.note(
            "constraint_message",
            Effect::Lost,
            Reason::Message,
            line.get("constraint_message"),
        );
    }
}

/// The pattern of `regex(., '…')`, which there matches anywhere or everywhere depending on the
/// program; anchors are taken at their word.
fn regex(node: &Node) -> Option<String> {
    let Node::Call(name, parts) = node else {
        return None;
    };
    match (name.as_str(), parts.as_slice()) {
        ("regex", [Node::Name(own), Node::Text(pattern)]) if own == "." => Some(pattern.clone()),
        _ => None,
    }
}

/// Carries a comparison with the answer itself over; whether that could be done.
fn bound(node: &Node, question: &mut Question) -> bool {
    let Node::Compare(how, parts) = node else {
        return false;
    };
    let (what, how, value) = match &**parts {
        [what, Node::Number(value)] => (what, *how, *value),
        [Node::Number(value), what] => (what, turned(*how), *value),
        _ => return false,
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number that does not fit becomes the nearest that does"
    )]
    let whole = value.floor() as i32;
    if (f64::from(whole) - value).abs() > f64::EPSILON {
        return false;
    }
    let (least, most) = match how {
        Comparison::AtLeast => (Some(whole), None),
        Comparison::More => (whole.checked_add(1), None),
        Comparison::AtMost => (None, Some(whole)),
        Comparison::Less => (None, whole.checked_sub(1)),
        Comparison::Equal => (Some(whole), Some(whole)),
        _ => return false,
    };
    let count = |bound: Option<i32>| bound.and_then(|bound| u32::try_from(bound).ok());
    match (what, &mut question.kind) {
        (Node::Name(own), QuestionKind::Number { min, max, decimals }) if own == "." => {
            // Between whole numbers there are others.
            let is_strict = matches!(how, Comparison::More | Comparison::Less);
            if is_strict && *decimals > 0 {
                return false;
            }
            *min = least.or(*min);
            *max = most.or(*max);
            true
        }
        (Node::Call(name, inner), QuestionKind::Text { .. })
            if name == "string-length" && is_own(inner) =>
        {
            question.rules.shortest = count(least).or(question.rules.shortest);
            question.rules.longest = count(most).or(question.rules.longest);
            true
        }
        (
            Node::Call(name, inner),
            QuestionKind::Choice {
                is_multiple: true, ..
            },
        ) if name == "count-selected" && is_own(inner) => {
            question.rules.least = count(least).or(question.rules.least);
            question.rules.most = count(most).or(question.rules.most);
            true
        }
        _ => false,
    }
}

fn is_own(parts: &[Node]) -> bool {
    matches!(parts, [Node::Name(own)] if own == ".")
}

const fn turned(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::More,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::More => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}

/// Notes the columns of a choice that are not read.
pub(super) fn note_choice(form: &mut Form<'_>, line: &Line) {
    for (column, cell) in line.filled() {
        let (base, _) = split(column);
        let reason = match base {
            "list_name" | "list name" | "name" | "value" | "label" => continue,
            "image" | "audio" | "video" | "media::image" | "media::audio" | "media::video" => {
                Reason::Look
            }
            _ => Reason::UnknownPart,
        };
        let path = format!("{}/{column}", line.path());
        form.weave.draft.note(path, Effect::Lost, reason, cell);
    }
}

/// Notes the columns of a row that are not read.
pub(super) fn note_rest(form: &mut Form<'_>, line: &Line) {
    for (column, cell) in line.filled() {
        let (base, _) = split(column);
        let is_elsewhere = base == "calculation" && line.get("type") != "calculate";
        if READ.contains(&base) && !is_elsewhere {
            continue;
        }
        let reason = match base {
            "appearance"
            | "image"
            | "audio"
            | "video"
            | "media::image"
            | "media::audio"
            | "media::video"
            | "body::accuracyThreshold" => Reason::Look,
            "default" => Reason::Default,
            "choice_filter" | "read_only" | "readonly" => Reason::Condition,
            "required_message" | "guidance_hint" => Reason::Message,
            "trigger" | "calculation" => Reason::Calculation,
            _ => Reason::UnknownPart,
        };
        if matches!(base, "read_only" | "readonly") && is_no(cell)
            || base == "appearance" && matches!(cell, "multiline" | "field-list")
        {
            continue;
        }
        let path = format!("{}/{column}", line.path());
        form.weave.draft.note(path, Effect::Lost, reason, cell);
    }
}
