//! Taking over what the reviewer proposes.

use peil_domain::{
    shared::{Language, QuestionKey},
    survey::{
        Definition, Place, Question,
        review::{Channel, Rule, review_survey},
    },
};

use super::{
    SurveyError,
    apply::{full, insert_after, unknown},
};
use crate::AppError;

/// Which proposal is taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The question.
    pub key: QuestionKey,
    /// The rule that found something.
    pub rule: Rule,
    /// The language of the text.
    pub language: Language,
    /// The words that were found.
    pub words: String,
}

/// Writes the proposed text; two questions in one become two questions.
pub(super) fn take_proposal(draft: &mut Definition, chosen: &Proposal) -> Result<(), AppError> {
    let place = Place::Question(chosen.key.clone());
    let found = review_survey(draft, Channel::Page);
    let remark = found.into_iter().find(|remark| {
        remark.place == place
            && remark.language == chosen.language
            && remark.finding.rule == chosen.rule
            && remark.finding.words == chosen.words
    });
    let rewrite = remark.and_then(|remark| remark.finding.rewrite);
    let rewrite = rewrite.ok_or_else(|| SurveyError::UnknownQuestion(chosen.words.clone()))?;
    let mut lines = rewrite.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    let question = draft
        .questions_mut()
        .find(|question| question.key == chosen.key)
        .ok_or_else(|| unknown(&chosen.key))?;
    question.text.set(chosen.language, first);
    let copy = question.clone();
    let mut behind = chosen.key.clone();
    for line in lines {
        let key = draft.free_key(chosen.key.as_str()).ok_or_else(full)?;
        let mut next = Question {
            key: key.clone(),
            ..copy.clone()
        };
        next.text.set(chosen.language, line.to_owned());
        for row in next.kind.rows_mut() {
            row.key = draft.free_key(row.key.as_str()).ok_or_else(full)?;
        }
        insert_after(draft, next, Some(&behind));
        behind = key;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_questions_in_one_become_two_questions() {
        let mut draft: Definition = serde_json::from_str(
            r#"{"languages":["en"],"title":{"en":"T"},"pages":[{"questions":[
            {"key":"info","kind":"yes_no","text":{"en":"Was the information clear and complete?"}}]}]}"#,
        )
        .unwrap();
        let chosen = Proposal {
            key: "info".parse().unwrap(),
            rule: Rule::DoubleBarrelled,
            language: Language::En,
            words: "clear and complete".to_owned(),
        };
        take_proposal(&mut draft, &chosen).unwrap();
        let texts: Vec<&str> = draft
            .questions()
            .map(|question| question.text.get(Language::En))
            .collect();
        assert_eq!(
            texts,
            [
                "Was the information clear?",
                "Was the information complete?"
            ]
        );
        assert!(take_proposal(&mut draft, &chosen).is_err());
    }
}
