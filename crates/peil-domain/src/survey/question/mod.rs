//! Questions and what belongs to them.

mod item;
mod kind;
mod pattern;
mod scale;

use serde::{Deserialize, Serialize};

pub use item::Item;
pub use kind::{CesVersion, CsatLook, QuestionKind};
pub use pattern::AnswerPattern;
pub use scale::{Direction, Metric, NumberRange, ScoreScale};

use super::Formula;
use crate::shared::{Localized, QuestionKey};

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable name.
    pub key: QuestionKey,
    /// What is asked.
    pub text: Localized,
    /// Explanation under the question.
    #[serde(default, skip_serializing_if = "Localized::is_blank")]
    pub help: Localized,
    /// Whether it must be answered.
    #[serde(default)]
    pub is_required: bool,
    /// A picture above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// It is asked when this holds; always when there is no condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Formula>,
    /// Whether "not applicable" can be answered, which counts in no figure.
    #[serde(default, skip_serializing_if = "is_no")]
    pub allows_not_applicable: bool,
    /// What an answer must keep to, beyond its kind.
    #[serde(default, skip_serializing_if = "AnswerRules::is_none")]
    pub rules: AnswerRules,
    /// What kind of answer is asked.
    #[serde(flatten)]
    pub kind: QuestionKind,
}

/// One option of a choice question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Stable code stored with answers.
    pub code: QuestionKey,
    /// What the respondent reads.
    pub label: Localized,
    /// Whether it keeps its place at the end when the order is random.
    #[serde(default, skip_serializing_if = "is_no")]
    pub is_anchored: bool,
    /// Whether it cannot be chosen beside another option, such as "none of these".
    #[serde(default, skip_serializing_if = "is_no")]
    pub is_exclusive: bool,
    /// It is offered when this holds; always when there is no condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Formula>,
}

/// One thing of a matrix or ranking, with its own key among all questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Stable name, unlike that of any other row or question.
    pub key: QuestionKey,
    /// What the respondent reads.
    pub text: Localized,
}

/// Something asked about who the respondent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    /// Name.
    Name,
    /// Mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Organisation.
    Organisation,
    /// Anything else that is needed to reach them.
    Remark,
}

/// A picture in a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Name of the uploaded file.
    pub file: String,
    /// What can be seen on it, for those who cannot see it.
    pub description: Localized,
}

/// What an answer must keep to, beyond its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRules {
    /// Least number of characters of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortest: Option<u32>,
    /// Greatest number of characters of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest: Option<u32>,
    /// Least number of options, when several may be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
    /// Greatest number of options, when several may be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// What a text must look like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<AnswerPattern>,
}

/// Whether a mark that is seldom set can be left out.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "called with a reference when written"
)]
pub(super) const fn is_no(mark: &bool) -> bool {
    !*mark
}

impl Question {
    /// A question without anything that can be left out.
    #[must_use]
    pub fn new(key: QuestionKey, text: Localized, kind: QuestionKind) -> Self {
        Self {
            key,
            text,
            help: Localized::default(),
            is_required: false,
            picture: None,
            show_if: None,
            allows_not_applicable: false,
            rules: AnswerRules::default(),
            kind,
        }
    }
}

impl Choice {
    /// An option that is always offered.
    #[must_use]
    pub const fn new(code: QuestionKey, label: Localized) -> Self {
        Self {
            code,
            label,
            is_anchored: false,
            is_exclusive: false,
            show_if: None,
        }
    }
}

impl Picture {
    /// Whether the file has a name that an upload can have: letters, digits and dashes.
    #[must_use]
    pub fn is_named(&self) -> bool {
        Self::is_name(&self.file)
    }

    /// Whether an upload can have this name.
    #[must_use]
    pub fn is_name(name: &str) -> bool {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (1..=100).contains(&name.len()) && name.chars().all(is_plain)
    }
}

impl ContactField {
    /// Every field.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Organisation,
        Self::Remark,
    ];

    /// The field as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Organisation => "organisation",
            Self::Remark => "remark",
        }
    }
}

impl AnswerRules {
    /// Whether any answer can keep to them, as far as their numbers go.
    #[must_use]
    pub fn can_be_kept(&self) -> bool {
        let is_turned = |least: Option<u32>, most: Option<u32>| {
            least.zip(most).is_some_and(|(least, most)| least > most)
        };
        !is_turned(self.shortest, self.longest) && !is_turned(self.least, self.most)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_written_flat_in_json() {
        let json = r#"{"key":"nps","text":{"nl":"Hoe?"},"kind":"nps","is_required":true}"#;
        let question: Question = serde_json::from_str(json).unwrap();
        assert_eq!(question.kind, QuestionKind::Nps);
        let again: Question =
            serde_json::from_str(&serde_json::to_string(&question).unwrap()).unwrap();
        assert_eq!(again, question);
    }

    #[test]
    fn rows_answer_under_their_own_keys_and_a_statement_not_at_all() {
        let matrix = r#"{"key":"m","text":{"nl":"Hoe?"},"kind":"matrix",
            "labels":[{"nl":"nee"},{"nl":"ja"}],"direction":"lower_is_better",
            "rows":[{"key":"a","text":{"nl":"A"}},{"key":"b","text":{"nl":"B"}}]}"#;
        let matrix: Question = serde_json::from_str(matrix).unwrap();
        let keys: Vec<&str> = matrix.items().map(|item| item.key.as_str()).collect();
        assert_eq!(keys, ["a", "b"]);
        let scale = matrix.items().next().unwrap().scale.unwrap();
        assert_eq!((scale.min, scale.max), (1, 2));
        assert_eq!(scale.direction, Direction::LowerIsBetter);
        let statement = r#"{"key":"s","text":{"nl":"Hoi"},"kind":"statement",
            "picture":{"file":"0af1","description":{"nl":"De winkel"}}}"#;
        let statement: Question = serde_json::from_str(statement).unwrap();
        assert_eq!(statement.items().count(), 0);
        assert!(statement.picture.is_some());
    }
}
