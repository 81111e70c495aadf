//! Arrays of LimeSurvey: rows on one scale, or on two.

use std::collections::BTreeMap;

use peil_domain::{
    shared::Localized,
    survey::{Choice, Direction, Number, QuestionKind, Row},
};

use super::{
    content::{Answer, Asking},
    kinds::asked,
    reading::Reading,
    rows::{Line, heading, lines, note_row_conditions, row_conditions},
};
use crate::survey::{
    Effect, Reason,
    draft::{Asked, Spot, choice, matrix, rating, side_by_side},
    fit::{MOST_LABELS, MOST_ROWS_EACH},
    foreign::Meaning,
    keys::Keys,
};

/// The words of a scale with the code of each in the file.
pub(super) struct Scale {
    pub(super) labels: Vec<Localized>,
    pub(super) codes: Vec<String>,
    pub(super) direction: Direction,
}

impl Scale {
    fn scores(&self) -> BTreeMap<String, i32> {
        self.codes.iter().cloned().zip(1..).collect()
    }

    /// Whether the scores are the numbers 1, 2, 3 ... there as well.
    fn is_plain(&self) -> bool {
        self.codes
            .iter()
            .zip(1..)
            .all(|(code, score)| Number::read(code) == Some(Number::from(score)))
    }
}

/// Rows on a scale.
pub(super) fn read(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    match asking.kind.as_str() {
        "A" => on_scale(reading, asking, &numbers(reading, 5)),
        "B" => on_scale(reading, asking, &numbers(reading, 10)),
        "C" => {
            let words = [
                ("N", "Nee", "No"),
                ("U", "Weet ik niet zeker", "Uncertain"),
                ("Y", "Ja", "Yes"),
            ];
            on_scale(reading, asking, &of_words(reading, words))
        }
        "E" => {
            let words = [
                ("D", "Minder", "Decrease"),
                ("S", "Hetzelfde", "Same"),
                ("I", "Meer", "Increase"),
            ];
            on_scale(reading, asking, &of_words(reading, words))
        }
        "1" => dual(reading, asking),
        _ => {
            let scale = of_answers(reading, asking, 0);
            on_scale(reading, asking, &scale)
        }
    }
}

fn numbers(reading: &Reading<'_>, most: i32) -> Scale {
    let numbers: Vec<String> = (1..=most).map(|number| number.to_string()).collect();
    Scale {
        labels: numbers
            .iter()
            .map(|number| reading.tongues.same(number))
            .collect(),
        codes: numbers,
        direction: Direction::HigherIsBetter,
    }
}

fn of_words(reading: &Reading<'_>, words: [(&str, &str, &str); 3]) -> Scale {
    Scale {
        labels: words
            .iter()
            .map(|(_, nl, en)| reading.tongues.own(nl, en))
            .collect(),
        codes: words.iter().map(|(code, ..)| (*code).to_owned()).collect(),
        direction: Direction::HigherIsBetter,
    }
}

fn of_answers(reading: &mut Reading<'_>, asking: &Asking, number: i64) -> Scale {
    let mut scale = Scale {
        labels: Vec::new(),
        codes: Vec::new(),
        direction: direction(asking.answers_of(number)).unwrap_or_default(),
    };
    for answer in asking.answers_of(number) {
        let path = format!("{}/{}", reading.path, answer.code);
        scale
            .labels
            .push(reading.named(&answer.text, &answer.code, &path));
        scale.codes.push(answer.code.clone());
    }
    scale
}

/// Whether high is good, when points for answers tell.
fn direction<'b>(answers: impl Iterator<Item = &'b Answer>) -> Option<Direction> {
    let points: Option<Vec<i64>> = answers
        .map(|answer| answer.points.trim().parse().ok())
        .collect();
    let points = points.filter(|points| points.len() > 1)?;
    let pairs = || points.iter().zip(points.iter().skip(1));
    if pairs().all(|(one, next)| one < next) {
        Some(Direction::HigherIsBetter)
    } else if pairs().all(|(one, next)| one > next) {
        Some(Direction::LowerIsBetter)
    } else {
        None
    }
}

fn on_scale(reading: &mut Reading<'_>, asking: &Asking, scale: &Scale) -> Option<()> {
    let is_told = direction(asking.answers_of(0)).is_some();
    if !is_told {
        reading.note("", Effect::Check, Reason::Direction, "");
    }
    let asked = asked(reading, asking)?;
    let name = asked.key.to_string();
    let lines = lines(reading, asking, &name, "")?;
    rows(reading, asking, asked, lines, scale, "")
}

/// Asks rows on a scale: as a matrix, or as choices when there are too many words.
fn rows(
    reading: &mut Reading<'_>,
    asking: &Asking,
    asked: Asked,
    lines: Vec<Line<'_>>,
    scale: &Scale,
    behind: &str,
) -> Option<()> {
    let is_wordy = scale.labels.len() > MOST_LABELS;
    let is_one = lines.len() == 1;
    if is_wordy || is_one && scale.labels.len() > 1 {
        if is_wordy {
            reading.note(
                "",
                Effect::Changed,
                Reason::ManyWords,
                &scale.labels.len().to_string(),
            );
        }
        return apart(reading, asking, &asked, lines, scale, behind);
    }
    note_row_conditions(reading, asking);
    let scores = if scale.is_plain() {
        BTreeMap::new()
    } else {
        scale.scores()
    };
    let mut all = Vec::new();
    for line in &lines {
        let meaning = Meaning::Score(line.key.clone(), scores.clone());
        reading.learn(
            asking,
            &format!("{}{behind}", line.part.code),
            meaning.clone(),
        );
        all.push(meaning);
    }
    if behind.is_empty() {
        reading.learn(asking, "", Meaning::Several(all));
    }
    let rows = lines.into_iter().map(|line| Row {
        key: line.key,
        text: line.text,
    });
    divided(
        reading,
        asking,
        asked,
        rows.collect(),
        &scale.labels,
        scale.direction,
    );
    Some(())
}

/// Asks rows as one matrix, or as several when there are too many.
pub(super) fn divided(
    reading: &mut Reading<'_>,
    asking: &Asking,
    asked: Asked,
    rows: Vec<Row>,
    labels: &[Localized],
    direction: Direction,
) {
    let random = asking.is_on("random_order") || asking.attribute("subquestion_order") == "random";
    let count = rows.len().div_ceil(MOST_ROWS_EACH).max(1);
    if count > 1 {
        reading.note("", Effect::Changed, Reason::ManyRows, &count.to_string());
    }
    let mut rest = rows;
    let mut next = Some(asked);
    while let Some(asked) = next.take() {
        let behind = rest.split_off(rest.len().min(MOST_ROWS_EACH));
        if !behind.is_empty() {
            next = reading.key(asked.key.as_str()).map(|key| Asked {
                key,
                text: asked.text.clone(),
                help: asked.help.clone(),
                is_required: asked.is_required,
            });
        }
        let mut kind = matrix(rest, labels.to_vec(), direction);
        if let QuestionKind::Matrix { is_random, .. } = &mut kind {
            *is_random = random;
        }
        reading.made.push(asked.of(kind));
        rest = behind;
    }
}

/// Asks every row as a choice, or as a number on a scale.
fn apart(
    reading: &mut Reading<'_>,
    asking: &Asking,
    asked: &Asked,
    lines: Vec<Line<'_>>,
    scale: &Scale,
    behind: &str,
) -> Option<()> {
    let is_several = lines.len() > 1;
    if is_several {
        heading(reading, asked);
    }
    let conditions = row_conditions(reading, asking);
    let mut all = Vec::new();
    for (line, own) in lines.into_iter().zip(conditions) {
        let (kind, meaning) = if scale.is_plain() && scale.labels.len() <= MOST_LABELS {
            let most = i32::try_from(scale.labels.len()).unwrap_or(2);
            let kind = rating(1, most, Localized::default(), Localized::default());
            (kind, Meaning::Score(line.key.clone(), BTreeMap::new()))
        } else {
            let mut keys = Keys::default();
            let mut options = Vec::new();
            let mut codes = BTreeMap::new();
            for (code, label) in scale.codes.iter().zip(&scale.labels) {
                let key = keys.give(code, "o")?;
                codes.insert(code.clone(), key.clone());
                options.push(Choice::new(key, label.clone()));
            }
            (
                choice(options, false, false),
                Meaning::Option(line.key.clone(), codes),
            )
        };
        reading.learn(
            asking,
            &format!("{}{behind}", line.part.code),
            meaning.clone(),
        );
        all.push(meaning);
        if !own.is_empty() {
            let conditions = [reading.own_condition(), own].concat();
            reading.wish(Spot::Question(line.key.clone()), conditions);
        }
        let text = if is_several {
            line.text
        } else {
            side_by_side(&asked.text, &line.text)
        };
        let question = Asked {
            key: line.key,
            text,
            help: if is_several {
                Localized::default()
            } else {
                asked.help.clone()
            },
            is_required: asked.is_required,
        };
        reading.made.push(question.of(kind));
    }
    if behind.is_empty() {
        reading.learn(asking, "", Meaning::Several(all));
    }
    Some(())
}

/// Two scales: two questions with the same rows.
fn dual(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    reading.note("", Effect::Changed, Reason::SeveralQuestions, "2");
    reading.note("", Effect::Check, Reason::Direction, "");
    let mut all: BTreeMap<String, Vec<Meaning>> = BTreeMap::new();
    for (number, behind, header) in [
        (0, "_0", "dualscale_headerA"),
        (1, "_1", "dualscale_headerB"),
    ] {
        let mut scale = of_answers(reading, asking, number);
        scale.direction = Direction::default();
        let mut asked = asked(reading, asking)?;
        if let Some(words) = asking.attributes.get(header) {
            let path = format!("{}/attributes/{header}", reading.path);
            let own = words.values().any(|words| !words.trim().is_empty());
            if own {
                let common = words.get("").cloned();
                let words = reading.tongues.text(
                    |code, _| words.get(code).or(common.as_ref()).cloned(),
                    &path,
                    &mut reading.draft.report,
                );
                asked.text = side_by_side(&asked.text, &words);
            }
        }
        let name = asked.key.to_string();
        let lines = lines(reading, asking, &name, behind)?;
        for line in &lines {
            let scores = all.entry(line.part.code.clone()).or_default();
            scores.push(Meaning::Score(line.key.clone(), BTreeMap::new()));
        }
        rows(reading, asking, asked, lines, &scale, behind)?;
    }
    for (code, scores) in all {
        reading.learn(asking, &code, Meaning::Several(scores));
    }
    Some(())
}
