//! Taking over what the reviewer proposes.

use peil_domain::survey::{
    Definition, Place, Question,
    review::{Channel, Passage, review_survey},
};

use super::{
    FindingName, SurveyError,
    apply::{full, insert_after, unknown},
};
use crate::AppError;

/// Writes the proposed text; two questions in one become two questions.
///
/// # Errors
/// [`SurveyError::FindingGone`] when nothing is found there any more, or nothing better is known.
pub(super) fn take_proposal(draft: &mut Definition, chosen: &FindingName) -> Result<(), AppError> {
    let gone = || SurveyError::FindingGone;
    let found = review_survey(draft, Channel::Page);
    let remark = found.into_iter().find(|remark| chosen.names(remark));
    let remark = remark.ok_or_else(gone)?;
    let (Place::Question(key) | Place::Option(key, _)) = &remark.place else {
        return Err(gone().into());
    };
    let question = draft.questions_mut().find(|question| question.key == *key);
    let question = question.ok_or_else(|| unknown(key))?;
    let passage = remark.passage(question).ok_or_else(gone)?;
    let rewrite = remark.finding.rewrite.as_deref().ok_or_else(gone)?;
    let mut lines = rewrite.lines();
    let first = lines.next().unwrap_or_default();
    if let Some(text) = passage.of_mut(question) {
        text.set(remark.language, first);
    }
    if passage != Passage::Text {
        return Ok(());
    }
    let copy = question.clone();
    let mut behind = key.clone();
    for line in lines {
        let key = draft.free_key(key.as_str()).ok_or_else(full)?;
        let mut next = Question {
            key: key.clone(),
            ..copy.clone()
        };
        next.text.set(remark.language, line.to_owned());
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
    use peil_domain::{
        shared::Language,
        survey::review::{Remark, Rule},
    };

    use super::*;

    fn draft(question: &str) -> Definition {
        let stored = format!(
            r#"{{"languages":["en"],"title":{{"en":"T"}},"pages":[{{"questions":[{question}]}}]}}"#
        );
        serde_json::from_str(&stored).unwrap()
    }

    fn named(draft: &Definition, is_meant: impl Fn(&Remark) -> bool) -> FindingName {
        let found = review_survey(draft, Channel::Page);
        FindingName::of(found.iter().find(|remark| is_meant(remark)).unwrap())
    }

    #[test]
    fn two_questions_in_one_become_two_questions() {
        let mut draft = draft(
            r#"{"key":"info","kind":"yes_no","text":{"en":"Was the information clear and complete?"}}"#,
        );
        let chosen = named(&draft, |remark| {
            remark.finding.rule == Rule::DoubleBarrelled
        });
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

    #[test]
    fn a_proposal_for_the_help_leaves_the_question_as_it_is() {
        let mut draft = draft(
            r#"{"key":"q","kind":"text","text":{"en":"What went well?"},
            "help":{"en":"Think of the UX."}}"#,
        );
        let chosen = named(&draft, |remark| remark.finding.words == "UX");
        let done = take_proposal(&mut draft, &chosen);
        let question = draft.questions().next().unwrap();
        assert_eq!(question.text.get(Language::En), "What went well?");
        // Whether there is a better word is up to the lists; what is taken over stands in the help.
        assert_eq!(
            done.is_ok(),
            question.help.get(Language::En) != "Think of the UX."
        );
    }
}
