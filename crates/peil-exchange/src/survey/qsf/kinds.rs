//! Questions of Qualtrics as questions of Peil, by type and selector.

use peil_domain::{
    shared::Localized,
    survey::{Question, QuestionKind},
};
use serde_json::Value;

use super::{
    Object,
    flow::{name_of, part_key},
    logic, parts, rest,
    scales::{grid, lines, ranking},
};
use crate::survey::{
    Effect, Reason,
    draft::{Asked, Spot, choice, text as open},
    foreign::Meaning,
    tree::{self, is_on, text},
    weave::Weave,
};

/// Most parts of a question that are asked one by one.
pub(super) const MOST_PARTS: usize = 40;

/// Reads a question.
pub(super) fn question(
    weave: &mut Weave<'_>,
    question: &Object,
    id: &str,
    made: &mut Vec<Question>,
) {
    let kind = text(question, "QuestionType");
    let path = format!("questions/{id} ({})", name_of(question, id));
    if matches!(kind, "Timing" | "Meta" | "Captcha") {
        weave.draft.note(path, Effect::Lost, Reason::NotAsked, kind);
        return;
    }
    if !weave.begin(path.clone()) {
        return;
    }
    let first = made.len();
    read(weave, question, id, made);
    if let Some(condition) = logic::condition(question, "DisplayLogic", &path) {
        for question in made.iter().skip(first) {
            weave.wish(
                Spot::Question(question.key.clone()),
                vec![condition.clone()],
            );
        }
    }
    if let Some(settings) = question.get("Configuration").and_then(Value::as_object)
        && is_on(settings, "NotApplicable")
    {
        for question in made.iter_mut().skip(first) {
            question.allows_not_applicable = question.kind != QuestionKind::Statement;
        }
    }
    rest::note(weave, question);
}

/// What every question has.
pub(super) fn asked(weave: &mut Weave<'_>, question: &Object, id: &str) -> Option<Asked> {
    let key = weave.key(name_of(question, id))?;
    let text = parts::question_text(weave, question);
    Some(Asked {
        key,
        text,
        help: Localized::default(),
        is_required: parts::is_required(question),
    })
}

fn read(
    weave: &mut Weave<'_>,
    question: &Object,
    id: &str,
    made: &mut Vec<Question>,
) -> Option<()> {
    let selector = text(question, "Selector");
    match (text(question, "QuestionType"), selector) {
        ("MC", "NPS") => nps(weave, question, id, made),
        ("MC", "MAVR" | "MAHR" | "MACOL" | "MSB") => select(weave, question, id, true, made),
        ("MC", _) => select(weave, question, id, false, made),
        ("TE", "FORM") => fields(weave, question, id, made),
        ("TE", "ESTB" | "ML") => written(weave, question, id, true, made),
        ("TE", _) => written(weave, question, id, false, made),
        ("DB" | "GRB", _) => {
            let mut asked = asked(weave, question, id)?;
            if selector.contains("GRB") || text(question, "QuestionType") == "GRB" {
                weave.note("", Effect::Lost, Reason::Look, selector);
            }
            asked.is_required = false;
            weave.learn(id, Meaning::Nothing);
            made.push(asked.of(QuestionKind::Statement));
            Some(())
        }
        ("Matrix", "TE") => fields(weave, question, id, made),
        ("Matrix", "Likert" | "Bipolar" | "Profile" | "MaxDiff") => grid(weave, question, id, made),
        ("Matrix", _) => grid(weave, question, id, made),
        ("Slider" | "CS", _) => lines(weave, question, id, made),
        ("RO", _) => ranking(weave, question, id, made),
        ("DD", _) => words_instead(weave, question, id, Reason::OtherKind, made),
        ("FileUpload", _) => words_instead(weave, question, id, Reason::NoUpload, made),
        ("Draw" | "HotSpot" | "HeatMap" | "HL" | "PGR", _) => {
            words_instead(weave, question, id, Reason::NoPicking, made)
        }
        ("SBS", _) => words_instead(weave, question, id, Reason::OneQuestion, made),
        (other, _) => {
            let other = other.to_owned();
            weave.note("QuestionType", Effect::Changed, Reason::UnknownKind, &other);
            written(weave, question, id, true, made)
        }
    }
}

fn words_instead(
    weave: &mut Weave<'_>,
    question: &Object,
    id: &str,
    reason: Reason,
    made: &mut Vec<Question>,
) -> Option<()> {
    weave.note("", Effect::Changed, reason, text(question, "QuestionType"));
    let asked = asked(weave, question, id)?;
    weave.learn(id, Meaning::Nothing);
    made.push(asked.of(open(true)));
    Some(())
}

fn nps(weave: &mut Weave<'_>, question: &Object, id: &str, made: &mut Vec<Question>) -> Option<()> {
    let asked = asked(weave, question, id)?;
    // Choices are named by their numbers, of which the first is 0 on the scale.
    let numbers = parts::order(question, "Choices", "ChoiceOrder");
    for (place, number) in numbers.iter().enumerate() {
        let choice = question.get("Choices").and_then(|list| list.get(number));
        let shown = choice.map(|choice| choice.get("Display").unwrap_or(choice));
        let shown = tree::words(shown).unwrap_or_default();
        if shown.trim() != place.to_string() {
            let part = format!("Choices/{number}/Display");
            weave.note(&part, Effect::Lost, Reason::Look, &shown);
        }
    }
    let codes = numbers.into_iter().zip(0..).collect();
    weave.learn(id, Meaning::Score(asked.key.clone(), codes));
    made.push(asked.of(QuestionKind::Nps));
    Some(())
}

fn select(
    weave: &mut Weave<'_>,
    question: &Object,
    id: &str,
    is_multiple: bool,
    made: &mut Vec<Question>,
) -> Option<()> {
    let asked = asked(weave, question, id)?;
    let found = parts::options(weave, question, &asked.key)?;
    let key = asked.key.clone();
    weave.learn(
        id,
        if is_multiple {
            Meaning::Options(key, found.codes)
        } else {
            Meaning::Option(key, found.codes)
        },
    );
    let mut kind = choice(found.choices, is_multiple, found.has_other);
    let wanted = parts::is_random(weave, question);
    if let QuestionKind::Choice { is_random, .. } = &mut kind {
        *is_random = wanted;
    }
    let mut one = asked.of(kind);
    parts::rules(weave, question, &mut one);
    made.push(one);
    Some(())
}

fn written(
    weave: &mut Weave<'_>,
    question: &Object,
    id: &str,
    is_long: bool,
    made: &mut Vec<Question>,
) -> Option<()> {
    let asked = asked(weave, question, id)?;
    let key = asked.key.clone();
    let mut one = asked.of(open(is_long));
    parts::rules(weave, question, &mut one);
    let meaning = match &one.kind {
        QuestionKind::Number { .. } => Meaning::Number(key),
        QuestionKind::Date { .. } => Meaning::Date(key),
        QuestionKind::Contact { .. } => Meaning::Nothing,
        _ => Meaning::Text(key),
    };
    weave.learn(id, meaning);
    made.push(one);
    Some(())
}

/// Several fields under one text.
fn fields(
    weave: &mut Weave<'_>,
    question: &Object,
    id: &str,
    made: &mut Vec<Question>,
) -> Option<()> {
    let rows = parts::order(question, "Choices", "ChoiceOrder");
    let columns = match text(question, "QuestionType") {
        "Matrix" => parts::order(question, "Answers", "AnswerOrder"),
        _ => Vec::new(),
    };
    let asked = asked(weave, question, id)?;
    let count = rows.len() * columns.len().max(1);
    weave.learn(id, Meaning::Nothing);
    if count > MOST_PARTS || count == 0 {
        weave.note("", Effect::Changed, Reason::OneQuestion, &count.to_string());
        made.push(asked.of(open(true)));
        return Some(());
    }
    weave.note(
        "",
        Effect::Changed,
        Reason::SeveralQuestions,
        &count.to_string(),
    );
    made.push(Question::new(
        asked.key.clone(),
        asked.text.clone(),
        QuestionKind::Statement,
    ));
    let name = asked.key.to_string();
    for row in &rows {
        let label = parts::display(weave, question, "Choices", row);
        if columns.is_empty() {
            let key = part_key(weave, &name, row)?;
            weave.learn(format!("{id}/{row}"), Meaning::Text(key.clone()));
            made.push(Question::new(key, label, open(false)));
            continue;
        }
        for column in &columns {
            let words = parts::display(weave, question, "Answers", column);
            let key = part_key(weave, &name, &format!("{row}_{column}"))?;
            let mut text = Localized::default();
            for language in peil_domain::shared::Language::ALL {
                let both = [label.exact(language), words.exact(language)];
                let both: Vec<&str> = both.into_iter().flatten().collect();
                text.set(language, both.join(" – "));
            }
            made.push(Question::new(key, text, open(false)));
        }
    }
    Some(())
}
