//! Questionnaires of SurveyJS: the JSON model of its form library.

mod grids;
mod kinds;
mod parts;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use peil_domain::{
    shared::{Language, Localized},
    survey::{Page, Question, QuestionKind},
};
use serde_json::{Map, Value};

use super::{
    Effect, Format, ImportError, Imported, Reason,
    draft::{Draft, Spot},
    foreign::{Dialect, Meaning},
    tongues::Tongues,
    tree::{self, is_on, list, text},
    weave::{Condition, Names, Style, Weave},
};

pub(super) type Object = Map<String, Value>;

const STYLE: Style = Style {
    open: "{",
    close: "}",
    dialect: Dialect::SurveyJs,
    resolve,
    special,
};

/// Deepest panels in panels.
const DEEPEST: usize = 20;

/// Properties of the questionnaire that are read.
const READ: [&str; 14] = [
    "title",
    "description",
    "locale",
    "pages",
    "elements",
    "questions",
    "completedHtml",
    "completedHtmlOnCondition",
    "calculatedValues",
    "triggers",
    "showProgressBar",
    "logo",
    "questionsOrder",
    "schemaVersion",
];

/// What a name stands for: of a question, or of a part as `matrix.row` or `panel.question`.
fn resolve(names: &Names, name: &str) -> Option<Meaning> {
    let name = name.trim().trim_start_matches('#');
    let last = || name.rsplit_once('.').map_or(name, |(_, last)| last);
    let found = names.get(name).or_else(|| names.get(&name.to_lowercase()));
    found.or_else(|| names.get(last())).cloned()
}

fn special(place: &str) -> Option<String> {
    let is_name = !place.is_empty() && !place.contains(['\n', '"', ':', ';', ',']);
    // Braces around something else, such as a style, are words.
    (!is_name).then(|| format!("{{{place}}}"))
}

/// Reads a model.
///
/// # Errors
/// What keeps it from being read, with its place.
pub(super) fn read(bytes: &[u8], otherwise: Language) -> Result<Imported, ImportError> {
    let (_, model) = tree::read(bytes)?;
    let Value::Object(model) = model else {
        return Err(ImportError::Missing {
            part: "an object with pages or elements".to_owned(),
        });
    };
    let has_questions = ["pages", "elements", "questions"]
        .iter()
        .any(|name| model.get(*name).is_some_and(Value::is_array));
    if !has_questions {
        return Err(ImportError::Missing {
            part: "pages or elements".to_owned(),
        });
    }
    let base = match text(&model, "locale") {
        "" => "en",
        locale => locale,
    };
    let mut found = BTreeSet::new();
    for part in model.values() {
        locales(part, &mut found);
    }
    let mut codes = vec![base.to_owned()];
    codes.extend(
        found
            .into_iter()
            .filter(|code| code != base && code != "default")
            .take(100),
    );
    let mut draft = Draft::new(Format::SurveyJs);
    let tongues = Tongues::choose(&codes, otherwise, "locale", &mut draft.report);
    draft.definition.languages = tongues.languages();
    let mut weave = Weave::new(draft, &tongues, &STYLE);
    read_whole(&mut weave, &model);
    let pages = list(&model, "pages");
    if pages.is_empty() {
        read_page(&mut weave, &model, "");
    }
    for (number, page) in pages.iter().enumerate() {
        match page {
            Value::Object(page) => read_page(&mut weave, page, &format!("pages[{number}]")),
            _ => weave.draft.note(
                format!("pages[{number}]"),
                Effect::Lost,
                Reason::UnknownPart,
                "",
            ),
        }
    }
    read_values(&mut weave, &model);
    Ok(weave.finish())
}

/// The languages of all texts: the keys of objects with a default text or texts in languages.
fn locales(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(parts) => parts.iter().for_each(|part| locales(part, found)),
        Value::Object(object) => {
            let is_text = object.len() < 100
                && object.values().all(Value::is_string)
                && object.keys().all(|key| key == "default" || is_code(key));
            if is_text {
                found.extend(object.keys().cloned());
            } else {
                object.values().for_each(|part| locales(part, found));
            }
        }
        _ => {}
    }
}

fn is_code(key: &str) -> bool {
    let (primary, _) = key.split_once('-').unwrap_or((key, ""));
    (2..=3).contains(&primary.len())
        && primary.chars().all(|c| c.is_ascii_lowercase())
        && key.len() <= 8
}

/// A text in all languages that are read.
pub(super) fn words(weave: &mut Weave<'_>, value: Option<&Value>, path: &str) -> Localized {
    let Some(value) = value else {
        return Localized::default();
    };
    let tongues = weave.tongues;
    let base = tongues.base().to_owned();
    let find = |code: &str| match value {
        Value::Object(texts) => {
            let own = texts
                .get(code)
                .or_else(|| texts.get("default").filter(|_| code == base));
            own.and_then(Value::as_str).map(str::to_owned)
        }
        value => tree::words(Some(value)),
    };
    tongues.text(|code, _| find(code), path, &mut weave.draft.report)
}

fn read_whole(weave: &mut Weave<'_>, model: &Object) {
    let title = words(weave, model.get("title"), "title");
    let intro = words(weave, model.get("description"), "description");
    let thanks = words(weave, model.get("completedHtml"), "completedHtml");
    let is_blank = title.is_blank();
    let fallback = weave.tongues.own("Vragenlijst", "Questionnaire");
    let definition = &mut weave.draft.definition;
    definition.title = if is_blank { fallback } else { title };
    definition.intro = intro;
    definition.thanks = thanks;
    definition.shows_progress = match model.get("showProgressBar") {
        Some(Value::String(place)) => !matches!(place.as_str(), "off" | "none"),
        Some(Value::Bool(is_shown)) => *is_shown,
        _ => false,
    };
    for (number, ending) in list(model, "completedHtmlOnCondition").iter().enumerate() {
        let path = format!("completedHtmlOnCondition[{number}]");
        if let Value::Object(ending) = ending {
            let text = words(weave, ending.get("html"), &path);
            let condition =
                Condition::of_text(path, self::text(ending, "expression"), Dialect::SurveyJs);
            weave.ending(condition, text);
            let path = format!("completedHtmlOnCondition[{number}]");
            parts::note_rest(weave, ending, &path, &["expression", "html"]);
        }
    }
    for (number, trigger) in list(model, "triggers").iter().enumerate() {
        let detail = trigger.to_string();
        weave.draft.note(
            format!("triggers[{number}]"),
            Effect::Lost,
            Reason::Jump,
            detail,
        );
    }
    if model.contains_key("logo") {
        weave.draft.note("logo", Effect::Lost, Reason::Look, "");
    }
    for (name, value) in model {
        if !READ.contains(&name.as_str()) && !tree::is_nothing(value) {
            weave
                .draft
                .note(name, Effect::Lost, Reason::Setting, value.to_string());
        }
    }
}

/// Values that are worked out beside the questions. Questions come first, because a value may be
/// made of them.
fn read_values(weave: &mut Weave<'_>, model: &Object) {
    for (number, value) in list(model, "calculatedValues").iter().enumerate() {
        let path = format!("calculatedValues[{number}]");
        let Value::Object(value) = value else {
            weave
                .draft
                .note(path, Effect::Lost, Reason::UnknownPart, "");
            continue;
        };
        let name = text(value, "name");
        if let Some(key) = weave.side_key(name) {
            let condition = Condition::of_text(path, text(value, "expression"), Dialect::SurveyJs);
            weave.calculate(key, name, condition);
        }
        let path = format!("calculatedValues[{number}]");
        parts::note_rest(weave, value, &path, &["expression", "includeIntoResult"]);
    }
}

fn read_page(weave: &mut Weave<'_>, page: &Object, path: &str) {
    let number = weave.draft.definition.pages.len();
    let mut made = Page::default();
    if !path.is_empty() {
        made.title = words(weave, page.get("title"), &format!("{path}/title"));
        let description = words(
            weave,
            page.get("description"),
            &format!("{path}/description"),
        );
        if !description.is_blank()
            && let Some(key) = weave.side_key("page_text")
        {
            made.questions
                .push(Question::new(key, description, QuestionKind::Statement));
        }
        if let Some(condition) = condition(page, "visibleIf", path) {
            weave.wish(Spot::Page(number), vec![condition]);
        }
        let order = page
            .get("questionsOrder")
            .or_else(|| page.get("questionOrder"));
        made.is_random =
            order.and_then(Value::as_str) == Some("random") && made.questions.is_empty();
        parts::note_rest(
            weave,
            page,
            path,
            &[
                "name",
                "elements",
                "questions",
                "questionsOrder",
                "questionOrder",
            ],
        );
    }
    let mut conditions = Vec::new();
    elements(weave, page, path, &mut conditions, &mut made.questions, 0);
    weave.draft.definition.pages.push(made);
}

/// Reads the questions of a page or panel. `conditions` are those of the panels around them.
fn elements(
    weave: &mut Weave<'_>,
    parent: &Object,
    path: &str,
    conditions: &mut Vec<Condition>,
    made: &mut Vec<Question>,
    depth: usize,
) {
    for name in ["elements", "questions"] {
        for (number, element) in list(parent, name).iter().enumerate() {
            let path = format!("{path}/{name}[{number}]");
            let path = path.trim_start_matches('/').to_owned();
            match element {
                Value::Object(element) if text(element, "type") == "panel" => {
                    panel(weave, element, &path, conditions, made, depth);
                }
                Value::Object(element) => {
                    let path = format!("{path} ({})", text(element, "name"));
                    if weave.begin(path) {
                        question(weave, element, conditions, made);
                    }
                }
                _ => weave
                    .draft
                    .note(path, Effect::Lost, Reason::UnknownPart, ""),
            }
        }
    }
}

fn panel(
    weave: &mut Weave<'_>,
    panel: &Object,
    path: &str,
    conditions: &mut Vec<Condition>,
    made: &mut Vec<Question>,
    depth: usize,
) {
    if depth >= DEEPEST {
        weave
            .draft
            .note(path, Effect::Dropped, Reason::TooManyQuestions, "");
        return;
    }
    let before = conditions.len();
    conditions.extend(condition(panel, "visibleIf", path));
    let title = words(weave, panel.get("title"), &format!("{path}/title"));
    let description = words(
        weave,
        panel.get("description"),
        &format!("{path}/description"),
    );
    if !(title.is_blank() && description.is_blank())
        && let Some(key) = weave.side_key("panel_text")
    {
        let (text, help) = if title.is_blank() {
            (description, Localized::default())
        } else {
            (title, description)
        };
        let mut statement = Question::new(key.clone(), text, QuestionKind::Statement);
        statement.help = help;
        weave.wish(Spot::Question(key), conditions.clone());
        made.push(statement);
    }
    parts::note_rest(
        weave,
        panel,
        path,
        &["type", "name", "elements", "questions"],
    );
    elements(weave, panel, path, conditions, made, depth + 1);
    conditions.truncate(before);
}

/// A condition of an element.
pub(super) fn condition(element: &Object, name: &str, path: &str) -> Option<Condition> {
    let words = text(element, name);
    let path = format!("{path}/{name}");
    (!words.trim().is_empty()).then(|| Condition::of_text(path, words, Dialect::SurveyJs))
}

fn question(
    weave: &mut Weave<'_>,
    element: &Object,
    around: &[Condition],
    made: &mut Vec<Question>,
) {
    let path = weave.path.clone();
    let mut conditions = around.to_vec();
    conditions.extend(condition(element, "visibleIf", &path));
    if element.get("visible") == Some(&Value::Bool(false)) && !element.contains_key("visibleIf") {
        weave.note("visible", Effect::Check, Reason::Hidden, "");
        conditions.push(Condition::of_text(
            format!("{path}/visible"),
            "false",
            Dialect::SurveyJs,
        ));
    }
    let first = made.len();
    kinds::read(weave, element, made);
    if (is_on(element, "hasComment") || is_on(element, "showCommentArea"))
        && let Some(key) = weave.key(&format!("{}_comment", text(element, "name")))
    {
        weave.learn(
            format!("{}-Comment", text(element, "name")),
            Meaning::Text(key.clone()),
        );
        let words = words(
            weave,
            element.get("commentText"),
            &format!("{path}/commentText"),
        );
        let own = weave.tongues.own(
            "Wil je daar iets bij zeggen?",
            "Would you like to add anything?",
        );
        let text = if words.is_blank() { own } else { words };
        made.push(Question::new(
            key,
            text,
            QuestionKind::Text { is_long: true },
        ));
    }
    for question in made.iter().skip(first) {
        weave.wish(Spot::Question(question.key.clone()), conditions.clone());
    }
    parts::note_rest(weave, element, &path, &kinds::READ);
}
