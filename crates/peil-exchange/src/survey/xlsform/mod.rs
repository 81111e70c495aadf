//! Questionnaires of ODK, `KoBo` and others: a workbook with a sheet of questions and one of choices
//! (`XLSForm`).

mod form;
mod kinds;
mod rules;
mod sheets;
#[cfg(test)]
mod tests;

use peil_domain::{
    shared::{Language, Localized},
    survey::{Page, Question, QuestionKind},
};

use self::{
    form::Form,
    sheets::{Line, Sheets},
};
use super::{
    Effect, Format, ImportError, Imported, Reason,
    draft::{Draft, Spot},
    foreign::{Dialect, Meaning},
    tongues::Tongues,
    weave::{Condition, Names, Style, Weave},
};

const STYLE: Style = Style {
    open: "${",
    close: "}",
    dialect: Dialect::XPath,
    resolve,
    special: |_| None,
};

fn resolve(names: &Names, name: &str) -> Option<Meaning> {
    names.get(name.trim()).cloned()
}

/// Reads a workbook.
///
/// # Errors
/// What keeps it from being read: no workbook, damaged, too large, no sheet with questions.
pub(super) fn read(bytes: &[u8], otherwise: Language) -> Result<Imported, ImportError> {
    let sheets = Sheets::read(bytes)?;
    let mut draft = Draft::new(Format::XlsForm);
    let codes = sheets.languages();
    let tongues = Tongues::choose(&codes, otherwise, "languages", &mut draft.report);
    draft.definition.languages = tongues.languages();
    for (path, detail) in &sheets.broken {
        draft.note(path, Effect::Lost, Reason::UnknownPart, detail);
    }
    let mut form = Form {
        weave: Weave::new(draft, &tongues, &STYLE),
        sheets: &sheets,
    };
    settings(&mut form);
    questions(&mut form);
    for line in sheets.lists.values().flatten() {
        rules::note_choice(&mut form, line);
    }
    for name in &sheets.unread {
        form.weave
            .draft
            .note(name, Effect::Lost, Reason::UnknownPart, "");
    }
    Ok(form.weave.finish())
}

fn settings(form: &mut Form<'_>) {
    let settings = &form.sheets.settings;
    let title = settings.get("form_title").map_or("", String::as_str);
    let own = form.weave.tongues.own("Vragenlijst", "Questionnaire");
    let title = if title.is_empty() {
        own
    } else {
        form.weave.tongues.same(title)
    };
    form.weave.draft.definition.title = title;
    for (name, value) in settings {
        let is_read = matches!(
            name.as_str(),
            "form_title" | "default_language" | "form_id" | "version"
        );
        if !is_read && !value.is_empty() {
            form.weave.draft.note(
                format!("settings/{name}"),
                Effect::Lost,
                Reason::Setting,
                value,
            );
        }
    }
}

/// A group or repeat that is open.
struct Group {
    is_repeat: bool,
    conditions: Vec<Condition>,
}

/// Groups at the outside become pages; what stands between them shares pages.
fn questions(form: &mut Form<'_>) {
    let mut open: Vec<Group> = Vec::new();
    let mut page = Page::default();
    for line in &form.sheets.survey {
        let words: Vec<&str> = line.get("type").split_whitespace().collect();
        match words.as_slice() {
            ["begin" | "begin_group" | "begin_repeat", rest @ ..] => {
                let is_repeat = line.get("type").contains("repeat");
                if !matches!(rest, [] | ["group" | "repeat"]) {
                    form.weave.draft.note(
                        line.path(),
                        Effect::Lost,
                        Reason::UnknownPart,
                        line.get("type"),
                    );
                }
                let is_outer = open.is_empty();
                if is_outer {
                    close(form, &mut page);
                }
                open.push(begin(form, line, is_repeat, is_outer, &mut page));
            }
            ["end" | "end_group" | "end_repeat", ..] => {
                if open.pop().is_none() {
                    form.weave.draft.note(
                        line.path(),
                        Effect::Lost,
                        Reason::UnknownPart,
                        line.get("type"),
                    );
                } else if open.is_empty() {
                    close(form, &mut page);
                }
            }
            [] => form
                .weave
                .draft
                .note(line.path(), Effect::Lost, Reason::UnknownPart, ""),
            words => {
                // The condition of the outer group is that of the page.
                let inner = open.iter().skip(1);
                let conditions: Vec<Condition> =
                    inner.flat_map(|group| group.conditions.clone()).collect();
                let is_repeated = open.iter().any(|group| group.is_repeat);
                question(form, line, words, conditions, is_repeated, &mut page);
            }
        }
    }
    close(form, &mut page);
}

fn close(form: &mut Form<'_>, page: &mut Page) {
    let done = std::mem::take(page);
    if done.questions.is_empty() && done.title.is_blank() {
        return;
    }
    form.weave.draft.definition.pages.push(done);
}

fn begin(
    form: &mut Form<'_>,
    line: &Line,
    is_repeat: bool,
    is_outer: bool,
    page: &mut Page,
) -> Group {
    let path = line.path();
    if is_repeat {
        form.weave.draft.note(
            &path,
            Effect::Changed,
            Reason::Repeat,
            line.get("repeat_count"),
        );
    }
    let label = form.text(line, "label", &path);
    let conditions: Vec<Condition> = Form::condition(line, "relevant").into_iter().collect();
    if is_outer {
        page.title = label;
        let number = form.weave.draft.definition.pages.len();
        form.weave.wish(Spot::Page(number), conditions.clone());
    } else if !label.is_blank()
        && let Some(key) = form.weave.side_key(line.get("name"))
    {
        form.weave
            .wish(Spot::Question(key.clone()), conditions.clone());
        page.questions
            .push(Question::new(key, label, QuestionKind::Statement));
    }
    rules::note_rest(form, line);
    Group {
        is_repeat,
        conditions,
    }
}

fn question(
    form: &mut Form<'_>,
    line: &Line,
    words: &[&str],
    mut conditions: Vec<Condition>,
    is_repeated: bool,
    page: &mut Page,
) {
    let kind = words.first().copied().unwrap_or_default();
    if kinds::is_program(kind) {
        form.weave.draft.note(
            line.path(),
            Effect::Lost,
            Reason::NotAsked,
            line.get("type"),
        );
        return;
    }
    if !form.weave.begin(line.path()) {
        return;
    }
    conditions.extend(Form::condition(line, "relevant"));
    let first = page.questions.len();
    kinds::read(form, line, words, &mut page.questions);
    if is_repeated {
        form.weave.note("", Effect::Changed, Reason::Repeat, "");
    }
    for question in page.questions.iter().skip(first) {
        form.weave
            .wish(Spot::Question(question.key.clone()), conditions.clone());
    }
    rules::note_rest(form, line);
}

/// The label of a question, or its name.
fn label(form: &mut Form<'_>, line: &Line) -> Localized {
    let path = line.path();
    let label = form.text(line, "label", &path);
    if label.is_blank() {
        form.weave.tongues.same(line.get("name"))
    } else {
        label
    }
}
