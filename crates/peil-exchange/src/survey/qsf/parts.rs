//! What questions of Qualtrics have in common: texts, choices, rules, and parts without a place here.

use peil_domain::{
    response::OTHER,
    shared::{Localized, QuestionKey},
    survey::{AnswerPattern, Choice, ContactField, Question, QuestionKind},
};
use serde_json::Value;

use super::{Object, logic, rest::note_others};
use crate::survey::{
    Effect, Reason,
    draft::Spot,
    keys::Keys,
    tree::{self, text},
    weave::{Options, Weave},
};

/// Rules for answers that are read.
const RULES: [&str; 14] = [
    "ForceResponse",
    "ForceResponseType",
    "Type",
    "MinChars",
    "MaxChars",
    "TotalChars",
    "MinChoices",
    "MaxChoices",
    "ContentType",
    "ValidNumber",
    "ValidDateType",
    "ValidPhoneType",
    "ValidZipType",
    "CustomValidation",
];
/// Those of them that are numbers.
const AMOUNTS: [&str; 5] = [
    "MinChars",
    "MaxChars",
    "TotalChars",
    "MinChoices",
    "MaxChoices",
];
/// Limits of a number.
const LIMITS: [&str; 3] = ["Min", "Max", "NumDecimals"];

/// The text of a question in all languages.
pub(super) fn question_text(weave: &mut Weave<'_>, question: &Object) -> Localized {
    let path = weave.path.clone();
    let tongues = weave.tongues;
    let base = tongues.base().to_owned();
    let find = |code: &str| {
        if code == base {
            return Some(text(question, "QuestionText").to_owned());
        }
        translation(question, code).map(|own| text(own, "QuestionText").to_owned())
    };
    tongues.text(|code, _| find(code), &path, &mut weave.draft.report)
}

/// The translation of a question into a language, by its code in small letters.
fn translation<'b>(question: &'b Object, code: &str) -> Option<&'b Object> {
    let languages = question.get("Language")?.as_object()?;
    let mut languages = languages.iter();
    let (_, own) = languages.find(|(known, _)| known.to_lowercase() == code)?;
    own.as_object()
}

/// A choice or answer by its number, in all languages.
pub(super) fn display(
    weave: &mut Weave<'_>,
    question: &Object,
    list: &str,
    number: &str,
) -> Localized {
    let path = format!("{}/{list}/{number}", weave.path);
    let tongues = weave.tongues;
    let base = tongues.base().to_owned();
    let of = |part: &Object| {
        let found = part.get(list).and_then(|list| list.get(number));
        // A choice is an object, or its text.
        tree::words(found.and_then(|one| one.get("Display")).or(found))
    };
    let find = |code: &str| {
        if code == base {
            of(question)
        } else {
            translation(question, code).and_then(of)
        }
    };
    let found = tongues.text(|code, _| find(code), &path, &mut weave.draft.report);
    if found.is_blank() {
        tongues.same(number)
    } else {
        found
    }
}

/// The numbers of choices or answers, in their order.
pub(super) fn order(question: &Object, list: &str, order: &str) -> Vec<String> {
    let known: Vec<String> = match question.get(list) {
        Some(Value::Object(list)) => list.keys().cloned().collect(),
        Some(Value::Array(list)) => (0..list.len()).map(|number| number.to_string()).collect(),
        _ => Vec::new(),
    };
    let order = question.get(order).and_then(Value::as_array);
    let mut found: Vec<String> = order
        .into_iter()
        .flatten()
        .filter_map(|one| tree::words(Some(one)))
        .collect();
    found.retain(|one| known.contains(one));
    let mut rest: Vec<String> = known
        .into_iter()
        .filter(|one| !found.contains(one))
        .collect();
    rest.sort_by_key(|one| one.parse::<i64>().unwrap_or(i64::MAX));
    found.append(&mut rest);
    found.truncate(1_000);
    found
}

/// The choices of a question. One at the end with a field to write in is "other".
pub(super) fn options(
    weave: &mut Weave<'_>,
    question: &Object,
    key: &QuestionKey,
) -> Option<Options> {
    let mut keys = Keys::without(&[OTHER]);
    let mut found = Options::default();
    let numbers = order(question, "Choices", "ChoiceOrder");
    for number in &numbers {
        let choice = question
            .get("Choices")
            .and_then(|list| list.get(number))
            .and_then(Value::as_object);
        let is_on = |name: &str| choice.is_some_and(|choice| tree::is_on(choice, name));
        let has_text =
            choice.is_some_and(|choice| choice.contains_key("TextEntry")) && is_on("TextEntry");
        if has_text && !found.has_other && numbers.last() == Some(number) {
            found.has_other = true;
            found.codes.insert(number.clone(), OTHER.parse().ok()?);
            continue;
        }
        if has_text {
            let part = format!("Choices/{number}/TextEntry");
            weave.note(&part, Effect::Lost, Reason::Entry, "");
        }
        let recode = question
            .get("RecodeValues")
            .and_then(|list| list.get(number));
        let name = tree::words(recode).unwrap_or_else(|| number.clone());
        let code = keys.give(&name, "o")?;
        let mut option = Choice::new(code.clone(), display(weave, question, "Choices", number));
        option.is_exclusive = is_on("ExclusiveAnswer");
        option.is_anchored = option.is_exclusive;
        if let Some(choice) = choice {
            let path = format!("{}/Choices/{number}", weave.path);
            let condition = logic::condition(choice, "DisplayLogic", &path);
            weave.wish(
                Spot::Option(key.clone(), found.choices.len()),
                condition.into_iter().collect(),
            );
        }
        found.codes.insert(number.clone(), code);
        found.choices.push(option);
    }
    Some(found)
}

/// Whether an answer must be given.
pub(super) fn is_required(question: &Object) -> bool {
    let settings = question
        .get("Validation")
        .and_then(|validation| validation.get("Settings"));
    let settings = settings.and_then(Value::as_object);
    settings.is_some_and(|settings| {
        text(settings, "ForceResponse") == "ON"
            && !text(settings, "ForceResponseType").contains("Request")
    })
}

/// What an answer must keep to.
pub(super) fn rules(weave: &mut Weave<'_>, question: &Object, made: &mut Question) {
    let settings = question
        .get("Validation")
        .and_then(|validation| validation.get("Settings"));
    let Some(settings) = settings.and_then(Value::as_object) else {
        return;
    };
    let path = format!("{}/Validation/Settings", weave.path);
    note_others(weave, settings, &path, &RULES, Reason::Validation);
    for name in AMOUNTS {
        note_broken(weave, settings, "Validation/Settings", name);
    }
    let amount =
        |name: &str| tree::whole(settings.get(name)).and_then(|number| u32::try_from(number).ok());
    if text(settings, "ForceResponse") == "RequestResponse" {
        weave.note(
            "Validation/ForceResponse",
            Effect::Changed,
            Reason::Required,
            "RequestResponse",
        );
    }
    let kind = text(settings, "Type");
    match (kind, &mut made.kind) {
        ("" | "None", _) => {}
        ("MinChar" | "MinChars", QuestionKind::Text { .. }) => {
            made.rules.shortest = amount("MinChars");
        }
        ("MaxChar" | "MaxChars" | "TotalChar", QuestionKind::Text { .. }) => {
            made.rules.shortest = amount("MinChars").filter(|least| *least > 0);
            made.rules.longest = amount("MaxChars").or(amount("TotalChars"));
        }
        (
            "MinChoices" | "MaxChoices" | "ChoiceRange",
            QuestionKind::Choice {
                is_multiple: true, ..
            },
        ) => {
            made.rules.least = amount("MinChoices");
            made.rules.most = amount("MaxChoices");
        }
        ("ContentType", QuestionKind::Text { .. }) => content(weave, settings, made),
        ("CustomValidation", _) => {
            weave.note(
                "Validation/CustomValidation",
                Effect::Lost,
                Reason::Validation,
                "",
            );
        }
        (other, _) => weave.note("Validation/Type", Effect::Lost, Reason::Validation, other),
    }
}

/// Notes a number that is not whole, which no rule can have here.
fn note_broken(weave: &mut Weave<'_>, settings: &Object, part: &str, name: &str) {
    let words = tree::words(settings.get(name)).unwrap_or_default();
    if !words.trim().is_empty() && tree::whole(settings.get(name)).is_none() {
        let part = format!("{part}/{name}");
        weave.note(&part, Effect::Lost, Reason::Validation, &words);
    }
}

/// A field for something of a kind.
fn content(weave: &mut Weave<'_>, settings: &Object, made: &mut Question) {
    match text(settings, "ContentType") {
        "ValidNumber" => {
            let limits = settings.get("ValidNumber").and_then(Value::as_object);
            if let Some(limits) = limits {
                let part = "Validation/Settings/ValidNumber";
                let path = format!("{}/{part}", weave.path);
                note_others(weave, limits, &path, &LIMITS, Reason::Validation);
                for name in LIMITS {
                    note_broken(weave, limits, part, name);
                }
            }
            let limit = |name: &str| limits.and_then(|limits| tree::whole(limits.get(name)));
            let decimals = limits.and_then(|limits| tree::whole(limits.get("NumDecimals")));
            made.kind = QuestionKind::Number {
                min: limit("Min"),
                max: limit("Max"),
                decimals: decimals
                    .and_then(|decimals| u8::try_from(decimals).ok())
                    .unwrap_or(2),
            };
        }
        "ValidDate" => {
            made.kind = QuestionKind::Date {
                earliest: None,
                latest: None,
            };
        }
        "ValidEmail" => {
            made.kind = QuestionKind::Contact {
                fields: vec![ContactField::Email],
            };
        }
        "ValidPhone" => {
            made.kind = QuestionKind::Contact {
                fields: vec![ContactField::Phone],
            };
        }
        "ValidZip" | "ValidUSZip" => {
            weave.note(
                "Validation/ContentType",
                Effect::Lost,
                Reason::Validation,
                "ValidZip",
            );
        }
        "ValidTextOnly" => {
            let message = weave
                .tongues
                .own("Gebruik alleen letters.", "Use letters only.");
            made.rules.pattern = Some(AnswerPattern {
                expression: r"[\p{L}\s'.-]*".to_owned(),
                message,
            });
        }
        other => weave.note(
            "Validation/ContentType",
            Effect::Lost,
            Reason::Validation,
            other,
        ),
    }
}

/// Whether the choices come in an order of the respondent's own.
pub(super) fn is_random(weave: &mut Weave<'_>, question: &Object) -> bool {
    let Some(order) = question.get("Randomization").and_then(Value::as_object) else {
        return false;
    };
    match text(order, "Type") {
        "" | "None" => false,
        "All" => true,
        other => {
            weave.note("Randomization", Effect::Lost, Reason::Order, other);
            false
        }
    }
}
