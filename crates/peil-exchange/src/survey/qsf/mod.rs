//! Questionnaires of Qualtrics: survey files (`.qsf`), JSON with a list of elements.

mod flow;
mod kinds;
mod logic;
mod parts;
mod quotas;
mod rest;
mod scales;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::shared::Language;
use serde_json::{Map, Value};

use super::{
    Effect, Format, ImportError, Imported, Reason,
    draft::Draft,
    foreign::{Dialect, Meaning},
    qsf::rest::note_others,
    tongues::Tongues,
    tree::{self, text},
    weave::{Names, Style, Weave},
};

pub(super) type Object = Map<String, Value>;

const STYLE: Style = Style {
    open: "${",
    close: "}",
    dialect: Dialect::SurveyJs,
    resolve,
    special,
};

/// What a name stands for. In texts: `q://QID1/ChoiceGroup/SelectedChoices`, `e://Field/segment`.
fn resolve(names: &Names, name: &str) -> Option<Meaning> {
    if let Some(found) = names.get(name) {
        return Some(found.clone());
    }
    if let Some(field) = name.strip_prefix("e://Field/") {
        return known(field);
    }
    let rest = name.strip_prefix("q://")?;
    let (question, part) = rest.split_once('/')?;
    let is_answer = [
        "ChoiceGroup/SelectedChoices",
        "ChoiceTextEntryValue",
        "ChoiceNumericEntryValue",
        "SelectedAnswerRecode",
    ]
    .iter()
    .any(|known| part.starts_with(known));
    let entry = part
        .strip_prefix("ChoiceTextEntryValue/")
        .or_else(|| part.strip_prefix("ChoiceNumericEntryValue/"));
    let own = entry.and_then(|entry| names.get(&format!("{question}/{entry}")));
    own.or_else(|| names.get(question).filter(|_| is_answer))
        .cloned()
}

/// Something that is known of the respondent beforehand.
pub(super) fn known(field: &str) -> Option<Meaning> {
    let name: String = field
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    name.parse().ok().map(Meaning::Known)
}

fn special(place: &str) -> Option<String> {
    match place {
        "m://FirstName" => Some("{{contact.firstname}}".to_owned()),
        "m://LastName" => Some("{{contact.lastname}}".to_owned()),
        "m://ExternalDataReference" => Some("{{contact.reference}}".to_owned()),
        _ => None,
    }
}

/// What an element consists of.
const ELEMENT: [&str; 6] = [
    "SurveyID",
    "Element",
    "PrimaryAttribute",
    "SecondaryAttribute",
    "TertiaryAttribute",
    "Payload",
];

/// What is read of the survey as a whole, or says who made it and when.
const ENTRY: [&str; 17] = [
    "SurveyID",
    "SurveyName",
    "SurveyDescription",
    "SurveyOwnerID",
    "SurveyBrandID",
    "DivisionID",
    "SurveyLanguage",
    "SurveyActiveResponseSet",
    "SurveyStatus",
    "SurveyStartDate",
    "SurveyExpirationDate",
    "SurveyCreationDate",
    "CreatorID",
    "LastModified",
    "LastAccessed",
    "LastActivated",
    "Deleted",
];

/// Elements that say nothing about the questionnaire: counts, sets of answers, the order of groups of
/// quotas, and where it stood.
const SILENT_ELEMENTS: [&str; 6] = ["STAT", "QC", "RS", "PROJ", "PL", "QGO"];

/// Settings that are read, or that say how the survey was given out there.
const SILENT: [&str; 10] = [
    "ProgressBarDisplay",
    "BackButton",
    "SaveAndContinue",
    "SurveyProtection",
    "SurveyExpiration",
    "SurveyTermination",
    "Skin",
    "SkinLibrary",
    "SkinType",
    "NextButton",
];

/// The elements of a file by what they are.
#[derive(Default)]
pub(super) struct Elements<'b> {
    /// Questions by their identifier.
    questions: BTreeMap<&'b str, &'b Object>,
    /// Blocks by theirs.
    blocks: BTreeMap<&'b str, &'b Object>,
    flow: Option<&'b Object>,
    options: Option<&'b Object>,
    quotas: Vec<&'b Object>,
    quota_groups: Vec<&'b Object>,
    /// Parts that are there twice, of which the last counts.
    repeated: Vec<String>,
    other: BTreeMap<&'b str, usize>,
}

/// Reads a survey file.
///
/// # Errors
/// What keeps it from being read, with its place.
pub(super) fn read(bytes: &[u8], otherwise: Language) -> Result<Imported, ImportError> {
    let (_, file) = tree::read(bytes)?;
    let missing = |part: &str| ImportError::Missing {
        part: part.to_owned(),
    };
    let entry = file
        .get("SurveyEntry")
        .and_then(Value::as_object)
        .ok_or_else(|| missing("SurveyEntry"))?;
    let list = file
        .get("SurveyElements")
        .and_then(Value::as_array)
        .ok_or_else(|| missing("SurveyElements"))?;
    let elements = Elements::of(list);
    let mut draft = Draft::new(Format::Qsf);
    let codes = languages(entry, &elements);
    let tongues = Tongues::choose(
        &codes,
        otherwise,
        "SurveyEntry/SurveyLanguage",
        &mut draft.report,
    );
    draft.definition.languages = tongues.languages();
    let mut weave = Weave::new(draft, &tongues, &STYLE);
    note_file(&mut weave, &file, list);
    whole(&mut weave, entry, &elements);
    flow::read(&mut weave, &elements);
    for (name, count) in &elements.other {
        let is_silent = SILENT_ELEMENTS.contains(name);
        if !is_silent {
            weave.draft.note(
                format!("SurveyElements/{name}"),
                Effect::Lost,
                Reason::UnknownPart,
                count.to_string(),
            );
        }
    }
    for path in &elements.repeated {
        weave.draft.note(path, Effect::Lost, Reason::NameTwice, "");
    }
    quotas::read(&mut weave, &elements);
    Ok(weave.finish())
}

impl<'b> Elements<'b> {
    fn of(list: &'b [Value]) -> Self {
        let mut found = Self::default();
        for element in list.iter().filter_map(Value::as_object) {
            let payload = element.get("Payload");
            let object = payload.and_then(Value::as_object);
            match (text(element, "Element"), object) {
                ("SQ", Some(payload)) => {
                    let id = match text(element, "PrimaryAttribute") {
                        "" => text(payload, "QuestionID"),
                        id => id,
                    };
                    if found.questions.insert(id, payload).is_some() {
                        found.repeated.push(format!("questions/{id}"));
                    }
                }
                ("BL", _) => found.learn_blocks(payload),
                ("FL", Some(payload)) => found.flow = Some(payload),
                ("SO", Some(payload)) => found.options = Some(payload),
                ("QO", Some(payload)) => found.quotas.push(payload),
                ("QG", Some(payload)) => found.quota_groups.push(payload),
                (other, _) => *found.other.entry(other).or_default() += 1,
            }
        }
        found
    }

    /// Blocks come as a list or as an object.
    fn learn_blocks(&mut self, payload: Option<&'b Value>) {
        let blocks: Vec<&'b Value> = match payload {
            Some(Value::Array(blocks)) => blocks.iter().collect(),
            Some(Value::Object(blocks)) => blocks.values().collect(),
            _ => Vec::new(),
        };
        for block in blocks.into_iter().filter_map(Value::as_object) {
            let id = text(block, "ID");
            if self.blocks.insert(id, block).is_some() {
                self.repeated.push(format!("blocks/{id}"));
            }
        }
    }
}

/// The language of the file and those that it is translated into.
fn languages(entry: &Object, elements: &Elements<'_>) -> Vec<String> {
    let own = text(entry, "SurveyLanguage").to_lowercase();
    let own = if own.is_empty() { "en".to_owned() } else { own };
    let mut found = BTreeSet::new();
    for question in elements.questions.values() {
        if let Some(Value::Object(languages)) = question.get("Language") {
            found.extend(languages.keys().map(|code| code.to_lowercase()));
        }
    }
    let mut codes = vec![own.clone()];
    codes.extend(found.into_iter().filter(|code| *code != own).take(100));
    codes
}

/// Notes what the file has beside the parts that every file has.
fn note_file(weave: &mut Weave<'_>, file: &Value, list: &[Value]) {
    if let Some(file) = file.as_object() {
        let read = ["SurveyEntry", "SurveyElements"];
        note_others(weave, file, "", &read, Reason::UnknownPart);
    }
    for (number, element) in list.iter().enumerate() {
        let path = format!("SurveyElements/{number}");
        if let Some(element) = element.as_object() {
            note_others(weave, element, &path, &ELEMENT, Reason::UnknownPart);
        } else {
            let detail = element.to_string();
            weave
                .draft
                .note(path, Effect::Lost, Reason::UnknownPart, detail);
        }
    }
}

fn whole(weave: &mut Weave<'_>, entry: &Object, elements: &Elements<'_>) {
    let name = text(entry, "SurveyName");
    let own = weave.tongues.own("Vragenlijst", "Questionnaire");
    weave.draft.definition.title = if name.is_empty() {
        own
    } else {
        weave.tongues.same(name)
    };
    let about = text(entry, "SurveyDescription");
    let path = "SurveyEntry";
    note_others(weave, entry, path, &ENTRY, Reason::Setting);
    if !about.is_empty() && about != name {
        let path = format!("{path}/SurveyDescription");
        weave.draft.note(path, Effect::Lost, Reason::Setting, about);
    }
    let Some(options) = elements.options else {
        return;
    };
    weave.draft.definition.shows_progress =
        !matches!(text(options, "ProgressBarDisplay"), "" | "None");
    for (name, value) in options {
        let words = tree::words(Some(value)).unwrap_or_default();
        let is_nothing = matches!(
            words.as_str(),
            "" | "false" | "None" | "No" | "DefaultMessage"
        );
        if SILENT.contains(&name.as_str()) || is_nothing {
            continue;
        }
        let reason = if name.contains("CSS") || name.contains("Skin") || name.contains("Header") {
            Reason::Look
        } else {
            Reason::Setting
        };
        weave
            .draft
            .note(format!("SurveyOptions/{name}"), Effect::Lost, reason, words);
    }
}
