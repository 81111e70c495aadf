//! Numbers, days and patterns in the form of a question, kept as they were typed until they can be
//! read.

use std::{collections::BTreeMap, str::FromStr};

use peil_domain::{
    shared::Localized,
    survey::{AnswerPattern, Question, QuestionKind},
};

use crate::edge::{fields::Fields, parts::FormError, text::Text};

/// The fields.
const NAMES: [&str; 12] = [
    "min", "max", "top", "step", "decimals", "earliest", "latest", "shortest", "longest", "least",
    "most", "pattern",
];

/// What stands in the fields.
pub(super) struct Numbers {
    typed: BTreeMap<&'static str, String>,
    /// What a text that does not match its pattern is answered with.
    pub(super) message: Localized,
}

impl Numbers {
    /// The numbers of a question as it is.
    pub(super) fn of(question: &Question) -> Self {
        let rules = &question.rules;
        let pattern = rules.pattern.as_ref();
        let mut typed = BTreeMap::new();
        let mut put = |name: &'static str, value: Option<String>| {
            typed.insert(name, value.unwrap_or_default());
        };
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        put("shortest", number(rules.shortest));
        put("longest", number(rules.longest));
        put("least", number(rules.least));
        put("most", number(rules.most));
        put("pattern", pattern.map(|pattern| pattern.expression.clone()));
        match &question.kind {
            QuestionKind::Rating { min, max, top, .. } => {
                put("min", Some(min.to_string()));
                put("max", Some(max.to_string()));
                put("top", Some(top.to_string()));
            }
            QuestionKind::Slider { min, max, step, .. } => {
                put("min", Some(min.to_string()));
                put("max", Some(max.to_string()));
                put("step", Some(step.to_string()));
            }
            QuestionKind::Number { min, max, decimals } => {
                put("min", min.map(|number| number.to_string()));
                put("max", max.map(|number| number.to_string()));
                put("decimals", Some(decimals.to_string()));
            }
            QuestionKind::Date { earliest, latest } => {
                put("earliest", earliest.map(|day| day.to_string()));
                put("latest", latest.map(|day| day.to_string()));
            }
            _ => {}
        }
        let message = pattern.map(|pattern| pattern.message.clone());
        Self {
            typed,
            message: message.unwrap_or_default(),
        }
    }

    /// Takes over what was typed; a field that was not sent keeps what it had.
    pub(super) fn take(&mut self, fields: &Fields) {
        for name in NAMES {
            if fields.raw(name).is_some() {
                self.typed.insert(name, fields.get(name).to_owned());
            }
        }
        self.message = super::form::words(fields, "message", &self.message);
    }

    /// What stands in a field.
    pub(super) fn get(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// Whether anything limits the answer.
    pub(super) fn has_rules(&self) -> bool {
        let rules = ["shortest", "longest", "least", "most", "pattern"];
        rules.iter().any(|name| !self.get(name).is_empty())
    }

    /// Reads them into a question.
    ///
    /// # Errors
    /// The fields that cannot be read.
    pub(super) fn read(&self, t: Text, question: &mut Question) -> Result<(), Vec<FormError>> {
        let mut reader = Reader {
            numbers: self,
            t,
            errors: Vec::new(),
        };
        reader.rules(question);
        match &mut question.kind {
            QuestionKind::Rating { min, max, top, .. } => reader.rating(min, max, top),
            QuestionKind::Slider { min, max, step, .. } => reader.slider(min, max, step),
            QuestionKind::Number { min, max, decimals } => reader.number(min, max, decimals),
            QuestionKind::Date { earliest, latest } => {
                *earliest = reader.read("earliest", "survey-problem-date");
                *latest = reader.read("latest", "survey-problem-date");
                reader.in_order("latest", *earliest, *latest);
            }
            _ => {}
        }
        if reader.errors.is_empty() {
            Ok(())
        } else {
            Err(reader.errors)
        }
    }
}

struct Reader<'a> {
    numbers: &'a Numbers,
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

    /// What a field says; nothing when it is empty.
    fn read<T: FromStr>(&mut self, field: &str, key: &str) -> Option<T> {
        let typed = self.numbers.get(field);
        if typed.is_empty() {
            return None;
        }
        let read = typed.parse().ok();
        if read.is_none() {
            self.refuse(field, key);
        }
        read
    }

    fn whole<T: FromStr>(&mut self, field: &str) -> Option<T> {
        self.read(field, "survey-problem-whole-number")
    }

    fn in_order<T: PartialOrd>(&mut self, field: &str, first: Option<T>, last: Option<T>) {
        if first.zip(last).is_some_and(|(first, last)| first > last) {
            self.refuse(field, "survey-problem-turned");
        }
    }

    /// What limits a text or the number of answers.
    fn rules(&mut self, question: &mut Question) {
        let rules = &mut question.rules;
        match &question.kind {
            QuestionKind::Text { .. } => {
                rules.shortest = self.whole("shortest");
                rules.longest = self.whole("longest");
                self.in_order("longest", rules.shortest, rules.longest);
                let expression = self.numbers.get("pattern");
                rules.pattern = (!expression.is_empty()).then(|| AnswerPattern {
                    expression: expression.to_owned(),
                    message: self.numbers.message.clone(),
                });
                let pattern = rules.pattern.as_ref();
                if pattern.is_some_and(|pattern| !pattern.is_sound()) {
                    self.refuse("pattern", "survey-problem-pattern");
                }
            }
            QuestionKind::Choice { is_multiple, .. } if *is_multiple => {
                rules.least = self.whole("least");
                rules.most = self.whole("most");
                self.in_order("most", rules.least, rules.most);
            }
            _ => {}
        }
    }

    fn rating(&mut self, min: &mut i32, max: &mut i32, top: &mut u8) {
        match self.numbers.get("min").parse() {
            Ok(low @ 0..=1) => *min = low,
            _ => self.refuse("min", "survey-problem-scale-min"),
        }
        match self.numbers.get("max").parse::<i32>() {
            Ok(high) if high > *min && high <= *min + 10 => *max = high,
            _ => self.refuse("max", "survey-problem-scale-max"),
        }
        match self.numbers.get("top").parse::<u8>() {
            Ok(best) if best >= 1 && i32::from(best) <= *max - *min => *top = best,
            _ => self.refuse("top", "survey-problem-scale-top"),
        }
    }

    fn slider(&mut self, min: &mut i32, max: &mut i32, step: &mut i32) {
        match self.numbers.get("min").parse() {
            Ok(low @ -1_000..=1_000) => *min = low,
            _ => self.refuse("min", "survey-problem-slider"),
        }
        match self.numbers.get("max").parse() {
            Ok(high @ -1_000..=1_000) if high - *min > 0 && high - *min <= 1_000 => *max = high,
            _ => self.refuse("max", "survey-problem-slider"),
        }
        match self.numbers.get("step").parse() {
            Ok(wide @ 1..) if wide <= max.saturating_sub(*min) => *step = wide,
            _ => self.refuse("step", "survey-problem-step"),
        }
    }

    fn number(&mut self, min: &mut Option<i32>, max: &mut Option<i32>, decimals: &mut u8) {
        *min = self.whole("min");
        *max = self.whole("max");
        self.in_order("max", *min, *max);
        match self.whole::<u8>("decimals").unwrap_or(0) {
            digits @ 0..=6 => *decimals = digits,
            _ => self.refuse("decimals", "survey-problem-decimals"),
        }
    }
}

#[cfg(test)]
mod tests {
    use peil_domain::shared::Language;

    use super::{super::form::QuestionForm, *};

    fn wrong(question: &str, typed: &[u8]) -> Vec<String> {
        let question: Question = serde_json::from_str(question).unwrap();
        let form = QuestionForm::typed(&Fields::parse(typed), &question);
        let errors = form.read(Text::new(Language::Nl)).err().unwrap_or_default();
        errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn what_cannot_be_read_is_named_field_by_field() {
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
            ["max", "decimals"]
        );
        let slider = r#"{"key":"s","text":{"nl":"?"},"kind":"slider","min":0,"max":100,"step":5}"#;
        assert_eq!(wrong(slider, b"min=0&max=99999999999&step=1"), ["max"]);
        assert_eq!(wrong(slider, b"min=-900&max=900&step=1"), ["max"]);
        let date = r#"{"key":"d","text":{"nl":"?"},"kind":"date"}"#;
        assert_eq!(wrong(date, b"earliest=2026-02-30"), ["earliest"]);
    }

    #[test]
    fn an_impossible_scale_is_refused_field_by_field() {
        let rating = r#"{"key":"c","text":{"nl":"?"},"kind":"rating","min":1,"max":5,"top":2}"#;
        assert_eq!(wrong(rating, b"min=0&max=10&top=2"), [""; 0]);
        assert_eq!(
            wrong(rating, b"min=2&max=99999999999&top=x"),
            ["min", "max", "top"]
        );
        assert_eq!(wrong(rating, b"min=1&max=5&top=5"), ["top"]);
    }
}
