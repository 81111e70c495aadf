//! Reads matrices and rankings, row by row.

use super::{Answer, AnswerProblem, AnswerValue, NOT_APPLICABLE, RawAnswers, read, write::one};
use crate::{shared::QuestionKey, survey::Question};

/// Reads every row by itself.
pub(super) fn read_matrix(question: &Question, raw: &RawAnswers, read: &mut read::Reading) {
    for item in question.items() {
        let given = read::given(item.key, raw);
        let value = match one(&given) {
            Ok(Some(NOT_APPLICABLE)) if question.allows_not_applicable => {
                Ok(Some(AnswerValue::NotApplicable))
            }
            Ok(Some(text)) => read::score(text, item.scale).map(Some),
            Ok(None) => Ok(None),
            Err(problem) => Err(problem),
        };
        read.take(item.key, question.is_required, value);
    }
}

/// Reads the places of all rows: every place once, or none at all.
pub(super) fn read_ranking(question: &Question, raw: &RawAnswers, read: &mut read::Reading) {
    let mut places: Vec<(&QuestionKey, i32)> = Vec::new();
    let mut blank: Vec<&QuestionKey> = Vec::new();
    let mut refused = Vec::new();
    for item in question.items() {
        let given = read::given(item.key, raw);
        let place =
            one(&given).and_then(|text| text.map(|text| read::score(text, item.scale)).transpose());
        match place {
            Ok(Some(AnswerValue::Score(place))) => places.push((item.key, place)),
            Ok(_) => blank.push(item.key),
            Err(problem) => refused.push((item.key.clone(), problem)),
        }
    }
    // Which of two with the same place is wrong, only the respondent knows: both are marked.
    let times = |place: i32| places.iter().filter(|(_, other)| *other == place).count();
    let twice = places.iter().filter(|(_, place)| times(*place) > 1);
    refused.extend(
        twice.map(|(key, place)| ((*key).clone(), AnswerProblem::PlaceTwice { place: *place })),
    );
    let is_begun = !places.is_empty() || !refused.is_empty();
    if is_begun || question.is_required {
        let missing = blank.into_iter().cloned();
        refused.extend(missing.map(|key| (key, AnswerProblem::Missing)));
    }
    if refused.is_empty() {
        read.answers
            .extend(places.into_iter().map(|(key, place)| Answer {
                key: key.clone(),
                value: AnswerValue::Score(place),
            }));
    } else {
        read.refused.extend(refused);
    }
}
