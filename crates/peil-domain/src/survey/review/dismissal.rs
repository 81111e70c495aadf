//! Findings of the reviewer that people put aside, with the reason.
//!
//! A dismissal is about a text: it holds as long as that text stays as it was, and belongs to the
//! version that was being made and to every later one with the same text.

use jiff::Timestamp;

use super::{Remark, Rule};
use crate::{
    shared::{DismissalId, Language, SurveyId, UserId},
    survey::{Definition, Place, Question, QuestionKind},
};

/// A finding that was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissal {
    /// Identifier.
    pub id: DismissalId,
    /// The questionnaire.
    pub survey: SurveyId,
    /// The rule that found it.
    pub rule: Rule,
    /// Where, as a stable text.
    pub place: String,
    /// The language of the text.
    pub language: Language,
    /// The text that it is about, by which a change is seen.
    pub text: String,
    /// The words that were found.
    pub words: String,
    /// Why it is put aside.
    pub reason: String,
    /// Number of the first version for which it holds.
    pub version: i32,
    /// Number of the last version for which it holds, when it was taken back since.
    pub last: Option<i32>,
    /// Who put it aside.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
}

impl Dismissal {
    /// Longest reason in characters.
    pub const LONGEST_REASON: usize = 500;

    /// Whether it holds in a version, for as long as its text is the same.
    #[must_use]
    pub fn is_of(&self, version: i32) -> bool {
        self.version <= version && self.last.is_none_or(|last| version <= last)
    }

    /// Whether it puts this remark aside in a version of the questionnaire.
    #[must_use]
    pub fn covers(&self, remark: &Remark, definition: &Definition, version: i32) -> bool {
        self.is_of(version)
            && self.rule == remark.finding.rule
            && self.language == remark.language
            && self.words == remark.finding.words
            && self.place == remark.place_code()
            && self.text == text_of(definition, remark)
    }
}

impl Remark {
    /// Where it is, as a stable text: `survey`, `question nps`, `option reason 2`.
    #[must_use]
    pub fn place_code(&self) -> String {
        match &self.place {
            Place::Survey => "survey".to_owned(),
            Place::Question(key) => format!("question {key}"),
            Place::Option(key, number) => format!("option {key} {number}"),
            Place::Row(key, number) => format!("row {key} {number}"),
            Place::Page(number) => format!("page {number}"),
            Place::Calculation(key) => format!("value {key}"),
            Place::Quota(key) => format!("quota {key}"),
            Place::Ending(number) => format!("ending {number}"),
        }
    }
}

/// The text that a remark is about: when it changes, what was put aside comes back. A question
/// counts with its help and everything that can be chosen; the whole with what was counted.
#[must_use]
pub fn text_of(definition: &Definition, remark: &Remark) -> String {
    let language = remark.language;
    match &remark.place {
        Place::Question(key) => definition
            .question(key)
            .map(|question| text_of_question(question, language))
            .unwrap_or_default(),
        Place::Option(key, number) => match definition.question(key).map(|one| &one.kind) {
            Some(QuestionKind::Choice { options, .. }) => number
                .checked_sub(1)
                .and_then(|index| options.get(index))
                .map(|option| option.label.get(language).to_owned())
                .unwrap_or_default(),
            _ => String::new(),
        },
        Place::Row(key, number) => definition
            .question(key)
            .and_then(|question| question.kind.rows().get(number.checked_sub(1)?))
            .map(|row| row.text.get(language).to_owned())
            .unwrap_or_default(),
        _ if remark.finding.words.is_empty() => remark
            .count
            .map_or_else(String::new, |count| count.to_string()),
        _ => [
            &definition.intro,
            &definition.thanks,
            &definition.thanks_low,
        ]
        .map(|text| text.get(language))
        .join("\n"),
    }
}

fn text_of_question(question: &Question, language: Language) -> String {
    let mut texts = vec![question.text.get(language), question.help.get(language)];
    match &question.kind {
        QuestionKind::Choice { options, .. } => {
            texts.extend(options.iter().map(|option| option.label.get(language)));
        }
        QuestionKind::Matrix { rows, labels, .. } => {
            texts.extend(rows.iter().map(|row| row.text.get(language)));
            texts.extend(labels.iter().map(|label| label.get(language)));
        }
        _ => {}
    }
    texts.retain(|text| !text.is_empty());
    texts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::review::{Channel, review_survey};

    fn definition(text: &str) -> Definition {
        serde_json::from_value(serde_json::json!({
            "languages": ["nl"], "title": { "nl": "T" },
            "pages": [{ "questions": [{ "key": "q", "kind": "text", "text": { "nl": text } }] }],
        }))
        .unwrap()
    }

    fn leading(definition: &Definition) -> Remark {
        let found = review_survey(definition, Channel::Page);
        let mut found = found.into_iter();
        found
            .find(|remark| remark.finding.rule == Rule::Leading)
            .unwrap()
    }

    #[test]
    fn what_was_put_aside_comes_back_when_its_text_changes() {
        let before = definition("Hoe geweldig vond je onze website?");
        let remark = leading(&before);
        let put_aside = Dismissal {
            id: DismissalId::new(1, [0; 10]),
            survey: SurveyId::new(1, [0; 10]),
            rule: Rule::Leading,
            place: remark.place_code(),
            language: Language::Nl,
            text: text_of(&before, &remark),
            words: remark.finding.words.clone(),
            reason: "Zo heet de actie".to_owned(),
            version: 2,
            last: Some(3),
            by: None,
            at: Timestamp::UNIX_EPOCH,
        };
        let holds: Vec<bool> = (1..=4)
            .map(|version| put_aside.covers(&remark, &before, version))
            .collect();
        assert_eq!(holds, [false, true, true, false]);
        let after = definition("Hoe geweldig vond je onze nieuwe website?");
        assert!(!put_aside.covers(&leading(&after), &after, 2));
    }
}
