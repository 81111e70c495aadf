//! Reads the form of what can be answered to a question: rows, options, words of a scale, ranges and
//! rules. What was typed is kept as it was typed until it can be read.

use std::collections::BTreeMap;

use jiff::civil::Date;
use peil_domain::{
    shared::{Language, Localized, QuestionKey},
    survey::{AnswerPattern, Choice, ContactField, Direction, Question, QuestionKind, Row},
};

use super::form::{clean, words};
use crate::edge::{fields::Fields, parts::FormError, text::Text};

/// Fields that hold a number or a day, as they were typed.
const TYPED: [&str; 11] = [
    "min", "max", "step", "decimals", "earliest", "latest", "shortest", "longest", "least", "most",
    "pattern",
];

/// The form.
pub(super) struct AnswersForm {
    /// The question as it would be saved; what is typed as a number is the old one.
    pub(super) question: Question,
    /// Whether the order is another one for everyone.
    pub(super) is_random: bool,
    /// What a text that does not match is answered with.
    pub(super) message: Localized,
    typed: BTreeMap<&'static str, String>,
}

impl AnswersForm {
    /// The form before anything is typed.
    pub(super) fn of(question: &Question) -> Self {
        let text = |number: Option<i64>| number.map_or_else(String::new, |n| n.to_string());
        let rule = |number: Option<u32>| text(number.map(i64::from));
        let rules = &question.rules;
        let pattern = rules.pattern.as_ref();
        let mut typed = BTreeMap::from([
            ("shortest", rule(rules.shortest)),
            ("longest", rule(rules.longest)),
            ("least", rule(rules.least)),
            ("most", rule(rules.most)),
            (
                "pattern",
                pattern.map_or_else(String::new, |pattern| pattern.expression.clone()),
            ),
        ]);
        match &question.kind {
            QuestionKind::Number { min, max, decimals } => {
                typed.insert("min", text(min.map(i64::from)));
                typed.insert("max", text(max.map(i64::from)));
                typed.insert("decimals", decimals.to_string());
            }
            QuestionKind::Slider { min, max, step, .. } => {
                typed.insert("min", min.to_string());
                typed.insert("max", max.to_string());
                typed.insert("step", step.to_string());
            }
            QuestionKind::Date { earliest, latest } => {
                let day = |day: &Option<Date>| day.map_or_else(String::new, |day| day.to_string());
                typed.insert("earliest", day(earliest));
                typed.insert("latest", day(latest));
            }
            _ => {}
        }
        let is_random = match &question.kind {
            QuestionKind::Choice { is_random, .. }
            | QuestionKind::Matrix { is_random, .. }
            | QuestionKind::Ranking { is_random, .. } => *is_random,
            _ => false,
        };
        Self {
            is_random,
            message: pattern
                .map(|pattern| pattern.message.clone())
                .unwrap_or_default(),
            question: question.clone(),
            typed,
        }
    }

    /// What was typed, upon the question as it is.
    pub(super) fn typed(fields: &Fields, question: &Question) -> Self {
        let mut form = Self::of(question);
        for name in TYPED {
            if fields.raw(name).is_some() {
                form.typed.insert(name, fields.get(name).to_owned());
            }
        }
        form.message = words(fields, "message", &form.message);
        form.is_random = fields.is_on("is_random");
        let is_random_now = form.is_random;
        let typed = &mut form.question;
        typed.allows_not_applicable = fields.is_on("allows_not_applicable");
        match &mut typed.kind {
            QuestionKind::Choice {
                options, is_random, ..
            } => {
                *options = typed_options(fields, options);
                *is_random = is_random_now;
            }
            QuestionKind::Matrix {
                rows,
                labels,
                direction,
                is_random,
            } => {
                *rows = typed_rows(fields, rows);
                *labels = typed_labels(fields, labels);
                *direction = if fields.get("direction") == "lower" {
                    Direction::LowerIsBetter
                } else {
                    Direction::HigherIsBetter
                };
                *is_random = is_random_now;
            }
            QuestionKind::Ranking { rows, is_random } => {
                *rows = typed_rows(fields, rows);
                *is_random = is_random_now;
            }
            QuestionKind::Slider {
                low_label,
                high_label,
                ..
            } => {
                *low_label = words(fields, "low_label", low_label);
                *high_label = words(fields, "high_label", high_label);
            }
            QuestionKind::Contact { fields: asked } => {
                let is_on =
                    |field: &ContactField| fields.all("contact").any(|code| code == field.code());
                *asked = ContactField::ALL.into_iter().filter(is_on).collect();
            }
            _ => {}
        }
        form
    }

    /// What stands in a field.
    pub(super) fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// Moves, removes or adds a row, option or word: `up:2`, `remove-label:0`, `add-label`; counted
    /// from 0.
    pub(super) fn arrange(&mut self, what: &str) {
        if what == "add-label" {
            if let QuestionKind::Matrix { labels, .. } = &mut self.question.kind {
                labels.push(Localized::default());
            }
            return;
        }
        let Some((what, place)) = what.split_once(':') else {
            return;
        };
        let Ok(place) = place.parse::<usize>() else {
            return;
        };
        match &mut self.question.kind {
            QuestionKind::Choice { options, .. } => turn(options, what, place),
            QuestionKind::Matrix { labels, .. } if what.ends_with("-label") => {
                turn(labels, what.trim_end_matches("-label"), place);
            }
            QuestionKind::Matrix { rows, .. } | QuestionKind::Ranking { rows, .. } => {
                turn(rows, what, place);
            }
            _ => {}
        }
    }

    /// The question to be saved.
    ///
    /// # Errors
    /// The fields that cannot be read.
    pub(super) fn read(&self, t: Text) -> Result<Question, Vec<FormError>> {
        let mut question = self.question.clone();
        let mut reader = Reader {
            form: self,
            t,
            errors: Vec::new(),
        };
        let rules = &mut question.rules;
        match &mut question.kind {
            QuestionKind::Text { .. } => {
                rules.shortest = reader.number("shortest");
                rules.longest = reader.number("longest");
                rules.pattern = self.pattern();
                if rules
                    .pattern
                    .as_ref()
                    .is_some_and(|pattern| !pattern.is_sound())
                {
                    reader.refuse("pattern", "survey-problem-pattern");
                }
                if !rules.can_be_kept() {
                    reader.refuse("longest", "answers-problem-turned");
                }
            }
            QuestionKind::Choice {
                is_multiple: true, ..
            } => {
                rules.least = reader.number("least");
                rules.most = reader.number("most");
                if !rules.can_be_kept() {
                    reader.refuse("most", "answers-problem-turned");
                }
            }
            QuestionKind::Number { min, max, decimals } => {
                *min = reader.number("min");
                *max = reader.number("max");
                match reader.number::<u8>("decimals").unwrap_or(0) {
                    found @ 0..=6 => *decimals = found,
                    _ => reader.refuse("decimals", "answers-problem-decimals"),
                }
                if min.zip(*max).is_some_and(|(min, max)| min > max) {
                    reader.refuse("max", "answers-problem-turned");
                }
            }
            QuestionKind::Slider { min, max, step, .. } => {
                let found = (
                    reader.number("min"),
                    reader.number("max"),
                    reader.number("step"),
                );
                match found {
                    (Some(low @ -1_000..=1_000), Some(high @ -1_000..=1_000), Some(by))
                        if low < high && high - low <= 1_000 && (1..=high - low).contains(&by) =>
                    {
                        (*min, *max, *step) = (low, high, by);
                    }
                    _ => reader.refuse("max", "answers-problem-slider"),
                }
            }
            QuestionKind::Date { earliest, latest } => {
                *earliest = reader.day("earliest");
                *latest = reader.day("latest");
                if earliest
                    .zip(*latest)
                    .is_some_and(|(first, last)| first > last)
                {
                    reader.refuse("latest", "answers-problem-turned");
                }
            }
            _ => {}
        }
        if reader.errors.is_empty() {
            Ok(question)
        } else {
            Err(reader.errors)
        }
    }

    fn pattern(&self) -> Option<AnswerPattern> {
        let expression = self.value("pattern");
        (!expression.is_empty()).then(|| AnswerPattern {
            expression: expression.to_owned(),
            message: self.message.clone(),
        })
    }
}

struct Reader<'a> {
    form: &'a AnswersForm,
    t: Text,
    errors: Vec<FormError>,
}

impl Reader<'_> {
    fn refuse(&mut self, field: &str, key: &str) {
        if self.errors.iter().any(|error| error.field == field) {
            return;
        }
        self.errors.push(FormError {
            field: field.to_owned(),
            message: self.t.s(key),
        });
    }

    fn number<T: std::str::FromStr>(&mut self, field: &str) -> Option<T> {
        self.read(field, "answers-problem-number")
    }

    fn day(&mut self, field: &str) -> Option<Date> {
        self.read(field, "logic-problem-day")
    }

    fn read<T: std::str::FromStr>(&mut self, field: &str, key: &str) -> Option<T> {
        let typed = self.form.value(field);
        if typed.is_empty() {
            return None;
        }
        let read = typed.parse().ok();
        if read.is_none() {
            self.refuse(field, key);
        }
        read
    }
}

/// Moves or removes one of several.
fn turn<T>(parts: &mut Vec<T>, what: &str, place: usize) {
    if place >= parts.len() {
        return;
    }
    match what {
        "remove" => drop(parts.remove(place)),
        "up" if place > 0 => parts.swap(place - 1, place),
        "down" if place + 1 < parts.len() => parts.swap(place, place + 1),
        _ => {}
    }
}

fn typed_options(fields: &Fields, before: &[Choice]) -> Vec<Choice> {
    let has = |name: &str, code: &QuestionKey| fields.all(name).any(|one| one == code.as_str());
    let mut options = listed(fields, before, |option| &option.code);
    for option in &mut options {
        option.is_anchored = has("anchored", &option.code);
        option.is_exclusive = has("exclusive", &option.code);
    }
    label(fields, &mut options, |option| &mut option.label);
    options
}

fn typed_rows(fields: &Fields, before: &[Row]) -> Vec<Row> {
    let mut rows = listed(fields, before, |row| &row.key);
    label(fields, &mut rows, |row| &mut row.text);
    rows
}

fn typed_labels(fields: &Fields, before: &[Localized]) -> Vec<Localized> {
    let mut labels = before.to_vec();
    for language in Language::ALL {
        let name = format!("word.{language}");
        for (label, typed) in labels.iter_mut().zip(fields.all(&name)) {
            label.set(language, clean(typed));
        }
    }
    labels
}

/// Those of `before` that were sent, in the order in which they were sent.
fn listed<T: Clone>(fields: &Fields, before: &[T], key: impl Fn(&T) -> &QuestionKey) -> Vec<T> {
    let sent = fields.all("code");
    sent.filter_map(|code| before.iter().find(|one| key(one).as_str() == code).cloned())
        .collect()
}

fn label<T>(fields: &Fields, parts: &mut [T], text: impl Fn(&mut T) -> &mut Localized) {
    for language in Language::ALL {
        let name = format!("label.{language}");
        for (part, typed) in parts.iter_mut().zip(fields.all(&name)) {
            text(part).set(language, clean(typed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(json: &str) -> Question {
        serde_json::from_str(json).unwrap()
    }

    fn matrix() -> Question {
        question(
            r#"{"key":"m","text":{"nl":"Hoe?"},"kind":"matrix","labels":[{"nl":"nee"},{"nl":"ja"}],
            "rows":[{"key":"a","text":{"nl":"A"}},{"key":"b","text":{"nl":"B"}}]}"#,
        )
    }

    #[test]
    fn rows_and_words_are_renamed_moved_and_removed() {
        let fields = Fields::parse(
            b"code=b&label.nl=Bee&code=a&label.nl=Aa&word.nl=slecht&word.nl=goed&direction=higher&is_random=on",
        );
        let mut form = AnswersForm::typed(&fields, &matrix());
        form.arrange("add-label");
        form.arrange("up:1");
        form.arrange("remove-label:0");
        for nonsense in ["up:9", "remove:-1", "remove-label:7", "x"] {
            form.arrange(nonsense);
        }
        let QuestionKind::Matrix {
            rows,
            labels,
            is_random,
            ..
        } = &form.question.kind
        else {
            panic!("a matrix")
        };
        let shown: Vec<_> = rows
            .iter()
            .map(|row| (row.key.as_str(), row.text.get(Language::Nl)))
            .collect();
        assert_eq!(shown, [("a", "Aa"), ("b", "Bee")]);
        assert_eq!(labels.len(), 2);
        assert_eq!(labels[0].get(Language::Nl), "goed");
        assert!(is_random);
    }

    #[test]
    fn options_keep_their_conditions_and_get_their_marks() {
        let choice = question(
            r#"{"key":"c","text":{"nl":"?"},"kind":"choice","is_multiple":true,"options":[
            {"code":"x","label":{"nl":"X"},"show_if":"nps > 3"},{"code":"y","label":{"nl":"Y"}}]}"#,
        );
        let fields = Fields::parse(
            b"code=x&label.nl=X&code=y&label.nl=Geen&anchored=y&exclusive=y&least=1&most=2&allows_not_applicable=on",
        );
        let read = AnswersForm::typed(&fields, &choice)
            .read(Text::new(Language::Nl))
            .unwrap();
        let QuestionKind::Choice { options, .. } = &read.kind else {
            panic!("a choice")
        };
        assert!(options[0].show_if.is_some() && !options[0].is_anchored);
        assert!(options[1].is_anchored && options[1].is_exclusive);
        assert_eq!((read.rules.least, read.rules.most), (Some(1), Some(2)));
        assert!(read.allows_not_applicable);
    }

    #[test]
    fn what_cannot_be_read_is_named_field_by_field() {
        let t = Text::new(Language::Nl);
        let wrong = |json: &str, typed: &[u8]| -> Vec<String> {
            let form = AnswersForm::typed(&Fields::parse(typed), &question(json));
            let errors = form.read(t).err().unwrap_or_default();
            errors.into_iter().map(|error| error.field).collect()
        };
        let text = r#"{"key":"t","text":{"nl":"?"},"kind":"text"}"#;
        assert_eq!(wrong(text, b"shortest=9&longest=2"), ["longest"]);
        assert_eq!(
            wrong(text, b"shortest=x&pattern=("),
            ["shortest", "pattern"]
        );
        assert_eq!(
            wrong(text, b"pattern=[0-9]%7B4%7D&message.nl=Vier+cijfers"),
            [""; 0]
        );
        let number = r#"{"key":"n","text":{"nl":"?"},"kind":"number"}"#;
        assert_eq!(
            wrong(number, b"min=5&max=3&decimals=9"),
            ["decimals", "max"]
        );
        let slider = r#"{"key":"s","text":{"nl":"?"},"kind":"slider","min":0,"max":100,"step":5}"#;
        assert_eq!(wrong(slider, b"min=0&max=99999999999&step=1"), ["max"]);
        let date = r#"{"key":"d","text":{"nl":"?"},"kind":"date"}"#;
        assert_eq!(wrong(date, b"earliest=2026-02-30"), ["earliest"]);
    }
}
