//! Questions of SurveyJS with several parts: matrices, tables, repeated panels, several fields.

use std::collections::BTreeMap;

use peil_domain::{
    shared::Localized,
    survey::{Direction, Question, QuestionKind, Row},
};
use serde_json::Value;

use super::{
    Object,
    kinds::{self, asked, field, meaning},
    parts,
};
use crate::survey::{
    Effect, Reason,
    draft::{Asked, choice, matrix, side_by_side, text as open},
    fit::{MOST_LABELS, MOST_ROWS_EACH},
    foreign::Meaning,
    tree::{is_on, list, text},
    weave::Weave,
};

/// Most cells of a table that are asked one by one.
const MOST_CELLS: usize = 40;

/// Rows of which each gets one of some columns.
pub(super) fn matrix_of(
    weave: &mut Weave<'_>,
    element: &Object,
    made: &mut Vec<Question>,
) -> Option<()> {
    let name = text(element, "name").to_owned();
    let mut asked = asked(weave, element)?;
    asked.is_required |= is_on(element, "isAllRowRequired") || is_on(element, "eachRowRequired");
    let columns = list(element, "columns");
    let rows = list(element, "rows");
    if columns.len() > MOST_LABELS || rows.len() < 2 {
        return choices(weave, &name, asked, columns, rows, made);
    }
    let mut labels = Vec::new();
    let mut codes = BTreeMap::new();
    for (number, column) in columns.iter().enumerate() {
        let path = format!("{}/columns[{number}]", weave.path);
        let (code, label) = parts::item_of(weave, column, &path);
        parts::note_item(weave, column, &path);
        codes.insert(code, i32::try_from(number).ok()?.saturating_add(1));
        labels.push(label);
    }
    weave.note("columns", Effect::Check, Reason::Direction, "");
    let mut all = Vec::new();
    for (number, row) in rows.iter().enumerate().take(MOST_ROWS_EACH) {
        let path = format!("{}/rows[{number}]", weave.path);
        let (code, text) = parts::item_of(weave, row, &path);
        parts::note_item(weave, row, &path);
        let key = weave.key(&format!("{name}_{code}"))?;
        weave.learn(
            format!("{name}.{code}"),
            Meaning::Score(key.clone(), codes.clone()),
        );
        all.push(Row { key, text });
    }
    if rows.len() > MOST_ROWS_EACH {
        let over = (rows.len() - MOST_ROWS_EACH).to_string();
        weave.note("rows", Effect::Lost, Reason::ManyRows, &over);
    }
    weave.learn(name, Meaning::Nothing);
    let mut kind = matrix(all, labels, Direction::default());
    if let QuestionKind::Matrix { is_random, .. } = &mut kind {
        *is_random = [text(element, "rowsOrder"), text(element, "rowOrder")].contains(&"random");
    }
    made.push(asked.of(kind));
    Some(())
}

/// Every row as a choice.
fn choices(
    weave: &mut Weave<'_>,
    name: &str,
    asked: Asked,
    columns: &[Value],
    rows: &[Value],
    made: &mut Vec<Question>,
) -> Option<()> {
    if rows.is_empty() {
        let found = parts::options(weave, columns, None)?;
        weave.learn(name, Meaning::Option(asked.key.clone(), found.codes));
        made.push(asked.of(choice(found.choices, false, false)));
        return Some(());
    }
    weave.note(
        "",
        Effect::Changed,
        Reason::ManyWords,
        &columns.len().to_string(),
    );
    made.push(heading(&asked));
    for (number, row) in rows.iter().enumerate().take(MOST_CELLS) {
        let path = format!("{}/rows[{number}]", weave.path);
        let (code, text) = parts::item_of(weave, row, &path);
        parts::note_item(weave, row, &path);
        let key = weave.key(&format!("{name}_{code}"))?;
        let found = parts::options(weave, columns, None)?;
        weave.learn(
            format!("{name}.{code}"),
            Meaning::Option(key.clone(), found.codes),
        );
        let question = Asked {
            key,
            text,
            help: Localized::default(),
            is_required: asked.is_required,
        };
        made.push(question.of(choice(found.choices, false, false)));
    }
    if rows.len() > MOST_CELLS {
        let over = (rows.len() - MOST_CELLS).to_string();
        weave.note("rows", Effect::Lost, Reason::ManyRows, &over);
    }
    Some(())
}

fn heading(asked: &Asked) -> Question {
    let mut statement = Question::new(
        asked.key.clone(),
        asked.text.clone(),
        QuestionKind::Statement,
    );
    statement.help.clone_from(&asked.help);
    statement
}

/// Several fields for one line each.
pub(super) fn fields(
    weave: &mut Weave<'_>,
    element: &Object,
    made: &mut Vec<Question>,
) -> Option<()> {
    let name = text(element, "name").to_owned();
    let asked = asked(weave, element)?;
    made.push(heading(&asked));
    let items = list(element, "items");
    weave.note(
        "",
        Effect::Changed,
        Reason::SeveralQuestions,
        &items.len().to_string(),
    );
    for (number, item) in items.iter().enumerate().take(MOST_CELLS) {
        let path = format!("{}/items[{number}]", weave.path);
        let Value::Object(item) = item else {
            let detail = item.to_string();
            weave
                .draft
                .note(path, Effect::Lost, Reason::UnknownPart, detail);
            continue;
        };
        let (code, text) = parts::item_of(weave, &Value::Object(item.clone()), &path);
        let kind = field(weave, item);
        let key = weave.key(&format!("{name}_{code}"))?;
        weave.learn(format!("{name}.{code}"), meaning(&kind, key.clone()));
        let question = Asked {
            key,
            text,
            help: Localized::default(),
            is_required: asked.is_required || is_on(item, "isRequired"),
        };
        let mut question = question.of(kind);
        parts::rules(weave, item, &mut question);
        parts::note_rest(weave, item, &path, &kinds::READ);
        made.push(question);
    }
    let over = items.len().saturating_sub(MOST_CELLS);
    if over > 0 {
        weave.note("items", Effect::Lost, Reason::ManyRows, &over.to_string());
    }
    Some(())
}

/// A table with a column of its own kind for every column.
pub(super) fn cells(
    weave: &mut Weave<'_>,
    element: &Object,
    made: &mut Vec<Question>,
) -> Option<()> {
    let name = text(element, "name").to_owned();
    let (rows, columns) = (list(element, "rows"), list(element, "columns"));
    let asked = asked(weave, element)?;
    let count = rows.len() * columns.len();
    if count > MOST_CELLS || count == 0 {
        weave.note("", Effect::Changed, Reason::OneQuestion, &count.to_string());
        weave.learn(name, Meaning::Text(asked.key.clone()));
        made.push(asked.of(open(true)));
        return Some(());
    }
    weave.note(
        "",
        Effect::Changed,
        Reason::SeveralQuestions,
        &count.to_string(),
    );
    made.push(heading(&asked));
    for (number, column) in columns.iter().enumerate() {
        let path = format!("{}/columns[{number}]", weave.path);
        parts::note_column(weave, column, &path, &kinds::READ);
    }
    for (number, row) in rows.iter().enumerate() {
        let path = format!("{}/rows[{number}]", weave.path);
        let (row_code, row_text) = parts::item_of(weave, row, &path);
        parts::note_item(weave, row, &path);
        for (number, column) in columns.iter().enumerate() {
            let path = format!("{}/columns[{number}]", weave.path);
            let (code, words) = parts::item_of(weave, column, &path);
            let text = side_by_side(&row_text, &words);
            let full = format!("{name}_{row_code}_{code}");
            cell(
                weave,
                element,
                column,
                &full,
                &format!("{name}.{row_code}.{code}"),
                text,
                made,
            )?;
        }
    }
    Some(())
}

/// One cell of a table, of the kind of its column.
fn cell(
    weave: &mut Weave<'_>,
    element: &Object,
    column: &Value,
    name: &str,
    called: &str,
    text: Localized,
    made: &mut Vec<Question>,
) -> Option<()> {
    let key = weave.key(name)?;
    let empty = Object::new();
    let own = column.as_object().unwrap_or(&empty);
    let kind = match self::text(own, "cellType") {
        "" | "default" => self::text(element, "cellType"),
        kind => kind,
    };
    let items = if own.contains_key("choices") {
        list(own, "choices")
    } else {
        list(element, "choices")
    };
    let kind = match kind {
        "" | "dropdown" | "radiogroup" | "checkbox" | "tagbox" => {
            let found = parts::options(weave, items, None)?;
            let is_multiple = matches!(kind, "checkbox" | "tagbox");
            let key = key.clone();
            weave.learn(
                called,
                if is_multiple {
                    Meaning::Options(key, found.codes)
                } else {
                    Meaning::Option(key, found.codes)
                },
            );
            choice(found.choices, is_multiple, false)
        }
        "boolean" => QuestionKind::YesNo,
        "text" => field(weave, own),
        "comment" => open(true),
        other => {
            weave.note("cellType", Effect::Changed, Reason::UnknownKind, other);
            open(false)
        }
    };
    weave.learn(called, meaning(&kind, key.clone()));
    let question = Asked {
        key,
        text,
        help: Localized::default(),
        is_required: is_on(own, "isRequired"),
    };
    made.push(question.of(kind));
    Some(())
}

/// A panel or table that can be filled in several times: once here.
pub(super) fn repeated(
    weave: &mut Weave<'_>,
    element: &Object,
    made: &mut Vec<Question>,
) -> Option<()> {
    let name = text(element, "name").to_owned();
    let asked = asked(weave, element)?;
    made.push(heading(&asked));
    weave.note("", Effect::Changed, Reason::Repeat, "");
    for (number, column) in list(element, "columns").iter().enumerate().take(MOST_CELLS) {
        let path = format!("{}/columns[{number}]", weave.path);
        let (code, words) = parts::item_of(weave, column, &path);
        parts::note_column(weave, column, &path, &kinds::READ);
        cell(
            weave,
            element,
            column,
            &format!("{name}_{code}"),
            &format!("{name}.{code}"),
            words,
            made,
        )?;
    }
    let elements = list(element, "templateElements");
    for (number, inner) in elements.iter().enumerate().take(MOST_CELLS) {
        let part = format!("templateElements[{number}]");
        let Value::Object(inner) = inner else {
            weave.note(&part, Effect::Lost, Reason::UnknownPart, &inner.to_string());
            continue;
        };
        let is_nested = matches!(
            text(inner, "type"),
            "panel" | "paneldynamic" | "matrixdynamic"
        );
        if is_nested {
            weave.note(&part, Effect::Lost, Reason::Repeat, text(inner, "name"));
            continue;
        }
        if inner.contains_key("visibleIf") {
            let words = text(inner, "visibleIf");
            let part = format!("{part}/visibleIf");
            weave.note(&part, Effect::Lost, Reason::Condition, words);
        }
        kinds::read(weave, inner, made);
        let path = format!("{}/{part}", weave.path);
        parts::note_rest(weave, inner, &path, &kinds::READ);
    }
    let over = elements.len().saturating_sub(MOST_CELLS);
    if over > 0 {
        weave.note(
            "templateElements",
            Effect::Lost,
            Reason::ManyRows,
            &over.to_string(),
        );
    }
    Some(())
}
