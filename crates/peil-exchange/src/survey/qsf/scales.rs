//! Statements on scales, handles on lines and rankings of Qualtrics.

use std::collections::BTreeMap;

use peil_domain::{
    shared::Localized,
    survey::{Choice, Direction, Question, QuestionKind, Row},
};
use serde_json::Value;

use super::{
    Object,
    flow::part_key,
    kinds::{MOST_PARTS, asked},
    parts,
};
use crate::survey::{
    Effect, Reason,
    draft::{Asked, choice, is_line, matrix},
    fit::{MOST_LABELS, MOST_ROWS_EACH},
    foreign::Meaning,
    keys::Keys,
    tree::{self, text},
    weave::Weave,
};

/// Statements on a scale; with several answers to each they are choices.
pub(super) fn grid(
    weave: &mut Weave<'_>,
    question: &Object,
    id: &str,
    made: &mut Vec<Question>,
) -> Option<()> {
    let asked = asked(weave, question, id)?;
    let rows = parts::order(question, "Choices", "ChoiceOrder");
    let columns = parts::order(question, "Answers", "AnswerOrder");
    let name = asked.key.to_string();
    let is_multiple = text(question, "SubSelector") == "MultipleAnswer";
    let wanted = parts::is_random(weave, question);
    let labels: Vec<Localized> = columns
        .iter()
        .map(|column| parts::display(weave, question, "Answers", column))
        .collect();
    if is_multiple || labels.len() > MOST_LABELS || rows.len() < 2 {
        weave.note(
            "",
            Effect::Changed,
            Reason::SeveralQuestions,
            &rows.len().to_string(),
        );
        if wanted {
            weave.note("Randomization", Effect::Lost, Reason::Order, "All");
        }
        made.push(Question::new(
            asked.key.clone(),
            asked.text.clone(),
            QuestionKind::Statement,
        ));
        for row in rows.iter().take(MOST_PARTS) {
            let mut keys = Keys::default();
            let mut options = Vec::new();
            let mut codes = BTreeMap::new();
            for (column, label) in columns.iter().zip(&labels) {
                let code = keys.give(column, "o")?;
                codes.insert(column.clone(), code.clone());
                options.push(Choice::new(code, label.clone()));
            }
            let key = part_key(weave, &name, row)?;
            let own = key.clone();
            let meaning = if is_multiple {
                Meaning::Options(own, codes)
            } else {
                Meaning::Option(own, codes)
            };
            weave.learn(format!("{id}/{row}"), meaning);
            let one = Asked {
                key,
                text: parts::display(weave, question, "Choices", row),
                help: Localized::default(),
                is_required: asked.is_required,
            };
            made.push(one.of(choice(options, is_multiple, false)));
        }
        note_surplus(weave, rows.len(), MOST_PARTS);
        return Some(());
    }
    weave.note("Answers", Effect::Check, Reason::Direction, "");
    let scores: BTreeMap<String, i32> = columns.into_iter().zip(1..).collect();
    let mut all = Vec::new();
    for row in rows.iter().take(MOST_ROWS_EACH) {
        let key = part_key(weave, &name, row)?;
        weave.learn(
            format!("{id}/{row}"),
            Meaning::Score(key.clone(), scores.clone()),
        );
        let text = parts::display(weave, question, "Choices", row);
        all.push(Row { key, text });
    }
    note_surplus(weave, rows.len(), MOST_ROWS_EACH);
    weave.learn(id, Meaning::Nothing);
    let mut kind = matrix(all, labels, Direction::default());
    if let QuestionKind::Matrix { is_random, .. } = &mut kind {
        *is_random = wanted;
    }
    made.push(asked.of(kind));
    Some(())
}

fn note_surplus(weave: &mut Weave<'_>, count: usize, most: usize) {
    if count > most {
        let over = (count - most).to_string();
        weave.note("Choices", Effect::Lost, Reason::ManyRows, &over);
    }
}

/// Handles on lines, one for every choice; a constant sum is numbers.
pub(super) fn lines(
    weave: &mut Weave<'_>,
    question: &Object,
    id: &str,
    made: &mut Vec<Question>,
) -> Option<()> {
    let asked = asked(weave, question, id)?;
    let name = asked.key.to_string();
    let rows = parts::order(question, "Choices", "ChoiceOrder");
    let empty = Object::new();
    let settings = question
        .get("Configuration")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let min = tree::whole(settings.get("CSSliderMin")).unwrap_or(0);
    let max = tree::whole(settings.get("CSSliderMax")).unwrap_or(100);
    let is_line = text(question, "QuestionType") == "Slider" && is_line(min, max, 1);
    let kind = || {
        if is_line {
            QuestionKind::Slider {
                min,
                max,
                step: 1,
                low_label: Localized::default(),
                high_label: Localized::default(),
            }
        } else {
            QuestionKind::Number {
                min: Some(0),
                max: None,
                decimals: 0,
            }
        }
    };
    if !is_line && text(question, "QuestionType") == "Slider" {
        let range = format!("{min} - {max}");
        weave.note("Configuration", Effect::Changed, Reason::OtherKind, &range);
    }
    weave.learn(id, Meaning::Nothing);
    if rows.len() <= 1 {
        made.push(asked.of(kind()));
        return Some(());
    }
    weave.note(
        "",
        Effect::Changed,
        Reason::SeveralQuestions,
        &rows.len().to_string(),
    );
    made.push(Question::new(
        asked.key.clone(),
        asked.text.clone(),
        QuestionKind::Statement,
    ));
    for row in rows.iter().take(MOST_PARTS) {
        let key = part_key(weave, &name, row)?;
        let own = key.clone();
        let meaning = if is_line {
            Meaning::Score(own, BTreeMap::new())
        } else {
            Meaning::Number(own)
        };
        weave.learn(format!("{id}/{row}"), meaning);
        let one = Asked {
            key,
            text: parts::display(weave, question, "Choices", row),
            help: Localized::default(),
            is_required: asked.is_required,
        };
        made.push(one.of(kind()));
    }
    note_surplus(weave, rows.len(), MOST_PARTS);
    Some(())
}

pub(super) fn ranking(
    weave: &mut Weave<'_>,
    question: &Object,
    id: &str,
    made: &mut Vec<Question>,
) -> Option<()> {
    let asked = asked(weave, question, id)?;
    let name = asked.key.to_string();
    let numbers = parts::order(question, "Choices", "ChoiceOrder");
    let mut rows = Vec::new();
    for number in numbers.iter().take(MOST_ROWS_EACH) {
        let key = part_key(weave, &name, number)?;
        weave.learn(
            format!("{id}/{number}"),
            Meaning::Score(key.clone(), BTreeMap::new()),
        );
        let text = parts::display(weave, question, "Choices", number);
        rows.push(Row { key, text });
    }
    note_surplus(weave, numbers.len(), MOST_ROWS_EACH);
    weave.learn(id, Meaning::Nothing);
    let is_random = parts::is_random(weave, question);
    made.push(asked.of(QuestionKind::Ranking { rows, is_random }));
    Some(())
}
