//! Answers as the fields of a form, so that one can go on where one stopped.

use super::{Answer, AnswerValue, NOT_APPLICABLE, RawAnswers};
use crate::{
    shared::LocalDay,
    survey::{Definition, NumberRange, QuestionKind},
};

/// The fields that would give these answers. Details of a person are left out: a link may have come
/// into other hands since.
#[must_use]
pub fn raw_answers(definition: &Definition, answers: &[Answer]) -> RawAnswers {
    let mut raw = RawAnswers::new();
    for answer in answers {
        let Some(item) = definition.item(&answer.key) else {
            continue;
        };
        let key = answer.key.to_string();
        let values = match &answer.value {
            AnswerValue::Score(kept) => vec![score(&item.question.kind, *kept)],
            AnswerValue::Choices { codes, other } => {
                if let Some(words) = other {
                    raw.insert(format!("{key}__other"), vec![words.clone()]);
                }
                codes.iter().map(ToString::to_string).collect()
            }
            AnswerValue::Text(words) => vec![words.clone()],
            AnswerValue::Details(_) => continue,
            AnswerValue::NotApplicable => vec![NOT_APPLICABLE.to_owned()],
        };
        raw.insert(key, values);
    }
    raw
}

fn score(kind: &QuestionKind, kept: i32) -> String {
    match (kind, kind.number_range()) {
        (QuestionKind::Date { .. }, _) => LocalDay(kept).date().to_string(),
        (_, Some(range)) => number(range, kept),
        _ => kept.to_string(),
    }
}

fn number(range: NumberRange, kept: i32) -> String {
    let places = usize::from(range.decimals);
    format!("{:.places$}", range.number(kept))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::read_answers;

    #[test]
    fn answers_make_the_fields_that_they_were_read_from_but_for_details() {
        let definition: Definition = serde_json::from_str(
            r#"{"languages":["nl"],"title":{"nl":"T"},"pages":[{"questions":[
            {"key":"list","text":{"nl":"?"},"kind":"choice","is_multiple":true,"has_other":true,
             "options":[{"code":"a","label":{"nl":"A"}}]},
            {"key":"block","text":{"nl":"?"},"kind":"matrix","allows_not_applicable":true,
             "labels":[{"nl":"x"},{"nl":"y"}],
             "rows":[{"key":"one","text":{"nl":"1"}},{"key":"two","text":{"nl":"2"}}]},
            {"key":"spent","text":{"nl":"?"},"kind":"number","decimals":2},
            {"key":"day","text":{"nl":"?"},"kind":"date"},
            {"key":"who","text":{"nl":"?"},"kind":"contact","fields":["name"]}]}]}"#,
        )
        .unwrap();
        let mut raw = RawAnswers::new();
        for (name, value) in [
            ("list", "a"),
            ("list", "other"),
            ("list__other", "meer"),
            ("one", "2"),
            ("two", NOT_APPLICABLE),
            ("spent", "-12.50"),
            ("day", "2026-01-31"),
            ("who__name", "Jo"),
        ] {
            raw.entry(name.to_owned())
                .or_default()
                .push(value.to_owned());
        }
        let answers = read_answers(definition.questions(), &raw).unwrap();
        raw.remove("who__name");
        assert_eq!(raw_answers(&definition, &answers), raw);
    }
}
