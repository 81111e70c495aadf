//! Questions of LimeSurvey with several fields: several numbers or texts, and tables of them.

use std::collections::BTreeMap;

use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{Choice, Direction, Number, QuestionKind, Row},
};

use super::{
    arrays::divided,
    content::{Asking, Part},
    kinds::{asked, number_kind, rules, whole},
    reading::Reading,
    rows::{Line, heading, lines, note_row_conditions, part_rest, row_conditions},
};
use crate::survey::{
    Effect, Reason,
    draft::{Asked, Spot, choice, is_line, side_by_side, text},
    fit::MOST_LABELS,
    foreign::Meaning,
    keys::Keys,
};

/// Several numbers or several texts.
pub(super) fn parts(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let asked = asked(reading, asking)?;
    let is_several = asking.parts_of(0).count() > 1;
    if !reading.is_full && is_several {
        in_words(reading, asking, asked);
        return Some(());
    }
    let name = asked.key.to_string();
    if is_several {
        let count = asking.parts_of(0).count().to_string();
        reading.note("", Effect::Changed, Reason::SeveralQuestions, &count);
        heading(reading, &asked);
    }
    if asking.is_on("random_order") {
        reading.note("attributes/random_order", Effect::Lost, Reason::Order, "");
    }
    let is_number = asking.kind == "K" || asking.is_on("numbers_only");
    let conditions = row_conditions(reading, asking);
    let lines = lines(reading, asking, &name, "")?;
    let mut all = Vec::new();
    for (line, own) in lines.into_iter().zip(conditions) {
        let kind = match (is_number, slider(reading, asking)) {
            (true, Some(slider)) => slider,
            (true, None) => number_kind(reading, asking, "min_num_value_n", "max_num_value_n"),
            (false, _) => text(false),
        };
        let key = line.key.clone();
        let meaning = match kind {
            QuestionKind::Slider { .. } => Meaning::Score(key, BTreeMap::new()),
            QuestionKind::Number { .. } => Meaning::Number(key),
            _ => Meaning::Text(key),
        };
        reading.learn(asking, &line.part.code, meaning.clone());
        all.push(meaning);
        field(reading, asking, &asked, line, own, kind, is_several);
    }
    reading.learn(asking, "", Meaning::Several(all));
    Some(())
}

/// One field as a question, with the condition of its row.
fn field(
    reading: &mut Reading<'_>,
    asking: &Asking,
    asked: &Asked,
    line: Line<'_>,
    own: Vec<(String, String)>,
    kind: QuestionKind,
    is_several: bool,
) {
    if !own.is_empty() {
        let conditions = [reading.own_condition(), own].concat();
        reading.wish(Spot::Question(line.key.clone()), conditions);
    }
    let question = Asked {
        key: line.key,
        text: if is_several {
            line.text
        } else {
            side_by_side(&asked.text, &line.text)
        },
        help: if is_several {
            Localized::default()
        } else {
            asked.help.clone()
        },
        is_required: asked.is_required,
    };
    let mut question = question.of(kind);
    rules(reading, asking, &mut question);
    reading.made.push(question);
}

/// A handle on a line, when that is how the numbers are asked.
fn slider(reading: &mut Reading<'_>, asking: &Asking) -> Option<QuestionKind> {
    if !asking.is_on("slider_layout") {
        return None;
    }
    let or = |name: &str, otherwise: i32| match asking.attribute(name) {
        "" => Some(otherwise),
        text => whole(text),
    };
    let found = or("slider_min", 0)
        .zip(or("slider_max", 100))
        .zip(or("slider_accuracy", 1));
    let ((min, max), step) = found.unwrap_or(((0, 0), 0));
    if !is_line(min, max, step) {
        reading.note("attributes/slider_layout", Effect::Lost, Reason::Look, "");
        return None;
    }
    Some(QuestionKind::Slider {
        min,
        max,
        step,
        low_label: Localized::default(),
        high_label: Localized::default(),
    })
}

/// Asks for all fields in one answer, when there is no room for more questions.
fn in_words(reading: &mut Reading<'_>, asking: &Asking, asked: Asked) {
    let mut list = Localized::default();
    for part in asking.parts.iter().filter(|part| part.scale == 0) {
        let path = format!("{}/{}", reading.path, part.code);
        let text = reading.named(&part.text, &part.code, &path);
        for language in peil_domain::shared::Language::ALL {
            if let Some(text) = text.exact(language) {
                let before = list
                    .exact(language)
                    .map(|list| format!("{list}<br/>"))
                    .unwrap_or_default();
                list.set(language, format!("{before}- {text}"));
            }
        }
        reading.learn(asking, &part.code, Meaning::Nothing);
        for column in asking.parts_of(1) {
            reading.learn(
                asking,
                &format!("{}_{}", part.code, column.code),
                Meaning::Nothing,
            );
        }
        part_rest(reading, part);
    }
    let count = asking.parts.len().to_string();
    reading.note("", Effect::Changed, Reason::OneQuestion, &count);
    reading.learn(asking, "", Meaning::Text(asked.key.clone()));
    note_row_conditions(reading, asking);
    let mut question = asked.of(text(true));
    let mut help = Localized::default();
    for language in peil_domain::shared::Language::ALL {
        let both = [question.help.exact(language), list.exact(language)];
        let both: Vec<&str> = both.into_iter().flatten().collect();
        help.set(language, both.join("<br/>"));
    }
    question.help = help;
    reading.made.push(question);
}

/// Whether the fields of a table of numbers take any number.
pub(super) fn is_free(asking: &Asking) -> bool {
    asking.is_on("input_boxes")
        || values(asking).is_none_or(|values| values.len() > MOST_LABELS || values.len() < 2)
}

/// The numbers that can be chosen in a table.
fn values(asking: &Asking) -> Option<Vec<i32>> {
    let or = |name: &str, otherwise: i32| match asking.attribute(name) {
        "" => Some(otherwise),
        text => whole(text),
    };
    let min = or("multiflexible_min", 1)?;
    let max = or("multiflexible_max", min.checked_add(9)?)?;
    let step = or("multiflexible_step", 1)?.max(1);
    let count = max.checked_sub(min)?.checked_div(step)?;
    (0..=100)
        .contains(&count)
        .then(|| (0..=count).map(|number| min + number * step).collect())
}

/// A table of numbers, texts or boxes.
pub(super) fn cells(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    if asking.kind == ":" && asking.is_on("multiflexible_checkbox") {
        return ticks(reading, asking);
    }
    if asking.kind == ":" && !is_free(asking) {
        return numbers(reading, asking);
    }
    if !reading.is_full {
        let asked = asked(reading, asking)?;
        in_words(reading, asking, asked);
        return Some(());
    }
    let asked = asked(reading, asking)?;
    let name = asked.key.to_string();
    heading(reading, &asked);
    let columns: Vec<&Part> = asking.parts_of(1).collect();
    let count = (asking.parts_of(0).count() * columns.len()).to_string();
    reading.note("", Effect::Changed, Reason::SeveralQuestions, &count);
    let is_number = asking.kind == ":" || asking.is_on("numbers_only");
    let conditions = row_conditions(reading, asking);
    let mut all = Vec::new();
    for (part, own) in asking.parts_of(0).zip(conditions) {
        let row = reading.named(
            &part.text,
            &part.code,
            &format!("{}/{}", reading.path, part.code),
        );
        part_rest(reading, part);
        let mut cells = Vec::new();
        for column in &columns {
            let code = format!("{}_{}", part.code, column.code);
            let path = format!("{}/{}", reading.path, column.code);
            let words = reading.named(&column.text, &column.code, &path);
            let line = Line {
                part,
                key: reading.key(&format!("{name}_{code}"))?,
                text: side_by_side(&row, &words),
            };
            let kind = if is_number {
                number_kind(reading, asking, "multiflexible_min", "multiflexible_max")
            } else {
                text(false)
            };
            let key = line.key.clone();
            let meaning = if is_number {
                Meaning::Number(key)
            } else {
                Meaning::Text(key)
            };
            reading.learn(asking, &code, meaning.clone());
            cells.push(meaning);
            field(reading, asking, &asked, line, own.clone(), kind, true);
        }
        all.extend(cells.iter().cloned());
        reading.learn(asking, &part.code, Meaning::Several(cells));
    }
    reading.learn(asking, "", Meaning::Several(all));
    Some(())
}

/// A table of boxes: every row is a choice of several.
fn ticks(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let asked = asked(reading, asking)?;
    let name = asked.key.to_string();
    let is_several = asking.parts_of(0).count() > 1;
    if is_several {
        heading(reading, &asked);
        let count = asking.parts_of(0).count().to_string();
        reading.note("", Effect::Changed, Reason::SeveralQuestions, &count);
    }
    let mut keys = Keys::default();
    let mut options = Vec::new();
    let mut codes: Vec<(String, QuestionKey)> = Vec::new();
    for column in asking.parts_of(1) {
        let key = keys.give(&column.code, "o")?;
        let path = format!("{}/{}", reading.path, column.code);
        options.push(Choice::new(
            key.clone(),
            reading.named(&column.text, &column.code, &path),
        ));
        codes.push((column.code.clone(), key));
    }
    let conditions = row_conditions(reading, asking);
    for (line, own) in lines(reading, asking, &name, "")?
        .into_iter()
        .zip(conditions)
    {
        let mut boxes = Vec::new();
        for (code, key) in &codes {
            let meaning = Meaning::Ticked(line.key.clone(), key.clone());
            reading.learn(
                asking,
                &format!("{}_{code}", line.part.code),
                meaning.clone(),
            );
            boxes.push(meaning);
        }
        reading.learn(asking, &line.part.code, Meaning::Several(boxes));
        let kind = choice(options.clone(), true, false);
        field(reading, asking, &asked, line, own, kind, is_several);
    }
    Some(())
}

/// A table of numbers to choose: a matrix for every row, or one for all when there is no room.
fn numbers(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let asked = asked(reading, asking)?;
    let name = asked.key.to_string();
    let values = values(asking).unwrap_or_default();
    let labels: Vec<Localized> = values
        .iter()
        .map(|value| reading.tongues.same(&value.to_string()))
        .collect();
    let scores = scores_of(&values);
    let mut together: Vec<Row> = Vec::new();
    let mut questions: Vec<(Asked, Vec<Row>)> = Vec::new();
    let is_apart = reading.is_full && asking.parts_of(1).count() > 1;
    let conditions = row_conditions(reading, asking);
    let mut lost = Vec::new();
    for (part, own) in asking.parts_of(0).zip(conditions) {
        let text = reading.named(
            &part.text,
            &part.code,
            &format!("{}/{}", reading.path, part.code),
        );
        part_rest(reading, part);
        let row_text = (!is_apart).then_some(&text);
        let mut rows = cells_of(reading, asking, part, &name, row_text, &scores)?;
        if is_apart {
            let key = reading.key(&format!("{name}_{}", part.code))?;
            if !own.is_empty() {
                let conditions = [reading.own_condition(), own].concat();
                reading.wish(Spot::Question(key.clone()), conditions);
            }
            let question = Asked {
                key,
                text: side_by_side(&asked.text, &text),
                help: asked.help.clone(),
                is_required: asked.is_required,
            };
            questions.push((question, rows));
        } else {
            lost.extend(own);
            together.append(&mut rows);
        }
    }
    if !lost.is_empty() {
        let lost: Vec<String> = lost
            .into_iter()
            .map(|(path, text)| format!("{path}: {text}"))
            .collect();
        reading.note("", Effect::Lost, Reason::RowCondition, &lost.join("; "));
    }
    if questions.is_empty() {
        questions.push((asked, together));
    }
    if questions.len() > 1 {
        reading.note(
            "",
            Effect::Changed,
            Reason::SeveralQuestions,
            &questions.len().to_string(),
        );
    }
    reading.note("", Effect::Check, Reason::Direction, "");
    for (question, rows) in questions {
        divided(
            reading,
            asking,
            question,
            rows,
            &labels,
            Direction::default(),
        );
    }
    Some(())
}

/// The scores of numbers, as they are written; none when they are their own scores.
fn scores_of(values: &[i32]) -> BTreeMap<String, i32> {
    if values.iter().zip(1..).all(|(value, score)| *value == score) {
        return BTreeMap::new();
    }
    let numbers = values
        .iter()
        .filter_map(|value| Number::new(f64::from(*value)));
    numbers.map(|number| number.to_string()).zip(1..).collect()
}

/// The cells of a row, each with the words of its column, behind those of the row when given.
fn cells_of(
    reading: &mut Reading<'_>,
    asking: &Asking,
    part: &Part,
    name: &str,
    row_text: Option<&Localized>,
    scores: &BTreeMap<String, i32>,
) -> Option<Vec<Row>> {
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    for column in asking.parts_of(1) {
        let code = format!("{}_{}", part.code, column.code);
        let key = reading.key(&format!("{name}_{code}"))?;
        let path = format!("{}/{}", reading.path, column.code);
        let words = reading.named(&column.text, &column.code, &path);
        let meaning = Meaning::Score(key.clone(), scores.clone());
        reading.learn(asking, &code, meaning.clone());
        cells.push(meaning);
        let text = match row_text {
            Some(row) => side_by_side(row, &words),
            None => words,
        };
        rows.push(Row { key, text });
    }
    reading.learn(asking, &part.code, Meaning::Several(cells));
    Some(rows)
}
