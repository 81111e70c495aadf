//! Choices and rankings of LimeSurvey.

use std::collections::BTreeMap;

use peil_domain::{
    response::OTHER,
    shared::{Localized, QuestionKey},
    survey::{AnswerRules, Choice, Question, QuestionKind, Row},
};

use super::{
    content::{Asking, Texts},
    kinds::{asked, whole},
    reading::Reading,
    rows::{note_row_conditions, row_conditions},
};
use crate::survey::{
    Effect, Reason,
    draft::{Asked, Spot, choice, text},
    fit::MOST_ROWS_EACH,
    foreign::Meaning,
    keys::Keys,
};

/// Code of "other" there.
const OTHER_CODE: &str = "-oth-";

/// Options with the code of each in the file.
struct Options {
    options: Vec<Choice>,
    codes: BTreeMap<String, QuestionKey>,
}

fn options<'b>(
    reading: &mut Reading<'_>,
    parts: impl Iterator<Item = (&'b str, &'b Texts)>,
) -> Option<Options> {
    let mut keys = Keys::without(&[OTHER]);
    let mut found = Options {
        options: Vec::new(),
        codes: BTreeMap::new(),
    };
    for (code, texts) in parts {
        let key = keys.give(code, "o")?;
        let path = format!("{}/{code}", reading.path);
        let label = reading.named(texts, code, &path);
        found
            .codes
            .entry(code.to_owned())
            .or_insert_with(|| key.clone());
        found.options.push(Choice::new(key, label));
    }
    Some(found)
}

/// One of a list, with a comment or without.
pub(super) fn list(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let answers = asking.answers_of(0);
    let parts = answers.map(|answer| (answer.code.as_str(), &answer.text));
    let mut found = options(reading, parts)?;
    if asking.has_other {
        found
            .codes
            .insert(OTHER_CODE.to_owned(), OTHER.parse().ok()?);
        other_words(reading, asking);
    }
    let points = asking
        .answers
        .iter()
        .any(|answer| !matches!(answer.points.as_str(), "" | "0" | "1"));
    if points {
        reading.note("answers", Effect::Lost, Reason::Scores, "assessment_value");
    }
    let asked = asked(reading, asking)?;
    let name = asked.key.clone();
    reading.learn(asking, "", Meaning::Option(name.clone(), found.codes));
    reading.learn(asking, "other", Meaning::Nothing);
    let mut kind = choice(found.options, false, asking.has_other);
    shuffle(&mut kind, asking);
    reading.made.push(asked.of(kind));
    if asking.kind == "O" {
        let key = reading.key(&format!("{name}_comment"))?;
        reading.learn(asking, "comment", Meaning::Text(key.clone()));
        let comment = Asked {
            key,
            text: reading.tongues.own(
                "Wil je daar iets bij zeggen?",
                "Would you like to add anything?",
            ),
            help: Localized::default(),
            is_required: false,
        };
        reading.made.push(comment.of(text(true)));
        reading.note("", Effect::Changed, Reason::SeveralQuestions, "2");
    }
    Some(())
}

fn other_words(reading: &mut Reading<'_>, asking: &Asking) {
    let words = asking.attributes.get("other_replace_text");
    let words: Vec<&str> = words
        .into_iter()
        .flat_map(|words| words.values())
        .map(String::as_str)
        .collect();
    if words.iter().any(|word| !word.trim().is_empty()) {
        let words = words.join(", ");
        reading.note(
            "attributes/other_replace_text",
            Effect::Lost,
            Reason::Message,
            &words,
        );
    }
}

fn shuffle(kind: &mut QuestionKind, asking: &Asking) {
    let wanted = asking.is_on("random_order")
        || asking.attribute("answer_order") == "random"
        || asking.attribute("subquestion_order") == "random";
    if let QuestionKind::Choice { is_random, .. } | QuestionKind::Ranking { is_random, .. } = kind {
        *is_random = wanted;
    }
}

/// Several of a list, with comments or without.
pub(super) fn boxes(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let parts = asking
        .parts_of(0)
        .map(|part| (part.code.as_str(), &part.text));
    let mut found = options(reading, parts)?;
    let alone: Vec<&str> = asking
        .attribute("exclude_all_others")
        .split(';')
        .map(str::trim)
        .collect();
    for (part, option) in asking.parts_of(0).zip(&mut found.options) {
        if alone.contains(&part.code.as_str()) {
            option.is_exclusive = true;
            option.is_anchored = true;
        }
    }
    let asked = asked(reading, asking)?;
    let name = asked.key.clone();
    let mut boxes = Vec::new();
    for (code, key) in &found.codes {
        let meaning = Meaning::Ticked(name.clone(), key.clone());
        reading.learn(asking, code, meaning.clone());
        boxes.push(meaning);
    }
    if asking.has_other {
        other_words(reading, asking);
        let meaning = Meaning::Ticked(name.clone(), OTHER.parse().ok()?);
        reading.learn(asking, "other", meaning.clone());
        boxes.push(meaning);
    }
    reading.learn(asking, "", Meaning::Several(boxes));
    let labels: Vec<(String, QuestionKey, Localized)> = asking
        .parts_of(0)
        .zip(&found.options)
        .map(|(part, option)| (part.code.clone(), option.code.clone(), option.label.clone()))
        .collect();
    for (number, conditions) in row_conditions(reading, asking).into_iter().enumerate() {
        reading.wish(Spot::Option(name.clone(), number), conditions);
    }
    let mut kind = choice(found.options, true, asking.has_other);
    shuffle(&mut kind, asking);
    let mut question = asked.of(kind);
    question.rules = AnswerRules {
        least: amount(reading, asking, "min_answers"),
        most: amount(reading, asking, "max_answers"),
        ..AnswerRules::default()
    };
    reading.made.push(question);
    if asking.kind == "P" {
        comments(reading, asking, &name, labels)?;
    }
    Some(())
}

/// The fields behind every box: shown when it is ticked.
fn comments(
    reading: &mut Reading<'_>,
    asking: &Asking,
    name: &QuestionKey,
    labels: Vec<(String, QuestionKey, Localized)>,
) -> Option<()> {
    if !reading.is_full {
        let key = reading.key(&format!("{name}_comment"))?;
        for (code, ..) in &labels {
            reading.learn(asking, &format!("{code}comment"), Meaning::Nothing);
        }
        let comment = Asked {
            key,
            text: reading.tongues.own(
                "Wil je daar iets bij zeggen?",
                "Would you like to add anything?",
            ),
            help: Localized::default(),
            is_required: false,
        };
        reading.made.push(comment.of(text(true)));
        reading.note(
            "",
            Effect::Changed,
            Reason::OneQuestion,
            &labels.len().to_string(),
        );
        return Some(());
    }
    reading.note(
        "",
        Effect::Changed,
        Reason::SeveralQuestions,
        &(labels.len() + 1).to_string(),
    );
    let mut all = labels;
    if asking.has_other {
        let words = reading.tongues.own("Anders", "Other");
        all.push(("other".to_owned(), OTHER.parse().ok()?, words));
    }
    for (code, _, label) in all {
        let key = reading.key(&format!("{name}_{code}_comment"))?;
        reading.learn(
            asking,
            &format!("{code}comment"),
            Meaning::Text(key.clone()),
        );
        let path = format!("{}/{code}comment", reading.path);
        let mut conditions = reading.own_condition();
        conditions.push((path, format!("{}_{code} == \"Y\"", asking.title)));
        reading.wish(Spot::Question(key.clone()), conditions);
        reading.made.push(Question::new(key, label, text(false)));
    }
    Some(())
}

fn amount(reading: &mut Reading<'_>, asking: &Asking, name: &str) -> Option<u32> {
    let text = asking.attribute(name);
    if text.is_empty() {
        return None;
    }
    let amount = whole(text).and_then(|amount| u32::try_from(amount).ok());
    if amount.is_none() {
        reading.note(
            &format!("attributes/{name}"),
            Effect::Lost,
            Reason::Validation,
            text,
        );
    }
    amount.filter(|amount| *amount > 0)
}

/// Things put in order.
pub(super) fn ranking(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let asked = asked(reading, asking)?;
    let answers = asking
        .answers_of(0)
        .map(|answer| (answer.code.as_str(), &answer.text));
    let mut parts: Vec<(&str, &Texts)> = answers.collect();
    if parts.is_empty() {
        parts = asking
            .parts_of(0)
            .map(|part| (part.code.as_str(), &part.text))
            .collect();
    }
    let mut rows = Vec::new();
    let mut places = Vec::new();
    for (number, (code, texts)) in (1..).zip(&parts) {
        let key = reading.key(&format!("{}_{code}", asking.title))?;
        let path = format!("{}/{code}", reading.path);
        let text = reading.named(texts, code, &path);
        let place = Meaning::Score(key.clone(), BTreeMap::new());
        if code.parse::<u32>().is_err() {
            reading.learn(asking, code, place.clone());
        }
        places.push(place);
        rows.push(Row { key, text });
        // What stands at a place is not something that has one answer here.
        reading.learn(asking, &number.to_string(), Meaning::Nothing);
    }
    reading.learn(asking, "", Meaning::Several(places));
    for name in ["max_answers", "min_answers", "max_subquestions"] {
        let most = asking.attribute(name);
        let is_all = whole(most).is_some_and(|most| usize::try_from(most) == Ok(rows.len()));
        if !most.is_empty() && !is_all {
            reading.note(
                &format!("attributes/{name}"),
                Effect::Lost,
                Reason::Validation,
                most,
            );
        }
    }
    note_row_conditions(reading, asking);
    if rows.len() > MOST_ROWS_EACH {
        let over = (rows.len() - MOST_ROWS_EACH).to_string();
        reading.note("", Effect::Lost, Reason::ManyRows, &over);
        rows.truncate(MOST_ROWS_EACH);
    }
    let mut kind = QuestionKind::Ranking {
        rows,
        is_random: false,
    };
    shuffle(&mut kind, asking);
    reading.made.push(asked.of(kind));
    Some(())
}
