//! The content of a questionnaire as programs read and write it. These types are the same shape as
//! those of the domain, which knows nothing of OpenAPI; what is sent is read more strictly here, so
//! that a misspelt field is heard of.

use peil_domain::{
    shared::QuestionKey,
    survey::{self, Formula},
};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::ToSchema;

use super::{
    kind::Kind,
    look::{self, Look},
    number,
    words::{Tongue, Words},
};

/// Everything that a respondent is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Definition {
    /// Languages that it exists in, the first one being the fallback.
    languages: Vec<Tongue>,
    /// Title on the page, at most 200 characters.
    title: Words,
    /// Text above the first question, at most 4 000 characters.
    #[serde(default, skip_serializing_if = "Words::is_blank")]
    intro: Words,
    /// Text after the last answer, at most 4 000 characters.
    #[serde(default, skip_serializing_if = "Words::is_blank")]
    thanks: Words,
    /// Extra text after the last answer for someone who gave a low score.
    #[serde(default, skip_serializing_if = "Words::is_blank")]
    thanks_low: Words,
    /// The pages in order.
    pages: Vec<Page>,
    /// Values that are calculated from answers, for conditions and texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    calculations: Vec<Calculation>,
    /// How many may answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    quotas: Vec<Quota>,
    /// Texts after the last answer: the first whose condition holds is shown, else `thanks`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    endings: Vec<Ending>,
    /// Minutes without a page being sent after which the answers count as stopped on the way.
    #[serde(
        default,
        deserialize_with = "number::perhaps",
        skip_serializing_if = "Option::is_none"
    )]
    time_out_minutes: Option<u32>,
    /// Whether the respondent sees how far it still goes.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    #[schema(default = true)]
    shows_progress: bool,
    /// Its look, where it differs from that of the organisation.
    #[serde(
        default,
        deserialize_with = "look::object",
        skip_serializing_if = "Option::is_none"
    )]
    look: Option<Look>,
}

/// One page of questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// Heading of the page.
    #[serde(default, skip_serializing_if = "Words::is_blank")]
    title: Words,
    /// The questions in order; at most 200 over all pages.
    questions: Vec<Question>,
    /// Stable name, for jumps to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^[a-z][a-z0-9_]{0,39}$")]
    key: Option<QuestionKey>,
    /// It is shown when this holds, such as `nps <= 6 and contact.segment = "zakelijk"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 2000)]
    show_if: Option<Formula>,
    /// Whether every respondent sees the questions in an order of their own.
    #[serde(default, skip_serializing_if = "is_no")]
    is_random: bool,
    /// Where to go after it: the first whose condition holds, else the next page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    jumps: Vec<Jump>,
}

/// A way from a page to a later one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Jump {
    /// When it is taken.
    #[schema(value_type = String, max_length = 2000)]
    when: Formula,
    /// Where it leads.
    to: Target,
}

/// Where a jump leads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = JumpTarget)]
#[serde(rename_all = "snake_case")]
enum Target {
    /// The page with this key.
    Page(String),
    /// The end.
    End,
}

/// A value that is calculated from answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Calculation {
    /// Stable name, unlike that of any question.
    #[schema(value_type = String, pattern = "^[a-z][a-z0-9_]{0,39}$")]
    key: QuestionKey,
    /// How it is calculated, such as `sum(nps, csat) / 2`.
    #[schema(value_type = String, max_length = 2000)]
    formula: Formula,
}

/// How many submissions of a kind are wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Quota {
    /// Stable name.
    #[schema(value_type = String, pattern = "^[a-z][a-z0-9_]{0,39}$")]
    key: QuestionKey,
    /// Which submissions count; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 2000)]
    when: Option<Formula>,
    /// After how many it is full.
    #[serde(deserialize_with = "number::one")]
    most: u32,
    /// What the next respondent reads.
    #[serde(default, skip_serializing_if = "Words::is_blank")]
    text: Words,
}

/// A text after the last answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Ending {
    /// When it is shown.
    #[schema(value_type = String, max_length = 2000)]
    when: Formula,
    /// The text, at most 4 000 characters.
    text: Words,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub(super) struct Question {
    /// Stable name, by which answers are found.
    #[schema(value_type = String, pattern = "^[a-z][a-z0-9_]{0,39}$")]
    key: QuestionKey,
    /// What is asked, at most 1 000 characters.
    text: Words,
    /// Explanation under the question.
    #[serde(default, skip_serializing_if = "Words::is_blank")]
    help: Words,
    /// Whether it must be answered.
    #[serde(default)]
    is_required: bool,
    /// A picture above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<Picture>,
    /// It is asked when this holds; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 2000)]
    show_if: Option<Formula>,
    /// Whether "not applicable" can be answered, which counts in no figure.
    #[serde(default, skip_serializing_if = "is_no")]
    allows_not_applicable: bool,
    /// What an answer must keep to, beyond its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rules: Option<Rules>,
    /// What kind of answer is asked.
    #[serde(flatten)]
    kind: Kind,
}

/// A picture in a questionnaire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Picture {
    /// Name of the uploaded file.
    #[schema(pattern = "^[A-Za-z0-9-]{1,100}$")]
    file: String,
    /// What can be seen on it.
    description: Words,
}

/// What an answer must keep to, beyond its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnswerRules)]
#[serde(deny_unknown_fields)]
struct Rules {
    /// Least number of characters of a text.
    #[serde(
        default,
        deserialize_with = "number::perhaps",
        skip_serializing_if = "Option::is_none"
    )]
    shortest: Option<u32>,
    /// Greatest number of characters of a text.
    #[serde(
        default,
        deserialize_with = "number::perhaps",
        skip_serializing_if = "Option::is_none"
    )]
    longest: Option<u32>,
    /// Least number of options.
    #[serde(
        default,
        deserialize_with = "number::perhaps",
        skip_serializing_if = "Option::is_none"
    )]
    least: Option<u32>,
    /// Greatest number of options.
    #[serde(
        default,
        deserialize_with = "number::perhaps",
        skip_serializing_if = "Option::is_none"
    )]
    most: Option<u32>,
    /// What a text must look like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pattern: Option<Pattern>,
}

/// What a text must look like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnswerPattern)]
#[serde(deny_unknown_fields)]
struct Pattern {
    /// Regular expression that the whole text must match.
    #[schema(max_length = 500)]
    expression: String,
    /// What the respondent reads when it does not.
    message: Words,
}

/// A questionnaire that a program sent.
pub(super) struct Sent(pub(super) survey::Definition);

impl<'de> Deserialize<'de> for Sent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let strict = Definition::deserialize(deserializer)?;
        let plain = serde_json::to_value(strict).map_err(D::Error::custom)?;
        let read = serde_json::from_value(plain).map_err(D::Error::custom)?;
        Ok(Self(read))
    }
}

const fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "called with a reference when written"
)]
pub(super) const fn is_no(mark: &bool) -> bool {
    !*mark
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mirrored(ours: &survey::Definition) {
        let plain = serde_json::to_value(ours).unwrap();
        let mirrored: Definition = serde_json::from_value(plain.clone()).unwrap();
        assert_eq!(serde_json::to_value(&mirrored).unwrap(), plain);
        let Sent(again) = serde_json::from_value(plain).unwrap();
        assert_eq!(again, *ours);
    }

    #[test]
    fn programs_see_the_same_shape_as_the_files_of_the_templates() {
        for template in peil_app::survey::templates() {
            mirrored(&template.definition);
        }
    }

    #[test]
    fn programs_see_every_kind_of_question_and_all_logic() {
        let full = include_str!("../../../tests/every_kind.json");
        mirrored(&serde_json::from_str(full).unwrap());
    }

    #[test]
    fn a_condition_that_cannot_be_read_and_a_misspelt_field_are_refused() {
        for wrong in [
            r#"{"languages":[],"title":{},"pages":[{"questions":[],"show_if":"nps <="}]}"#,
            r#"{"languages":[],"title":{},"pages":[{"questions":[],"show_when":"nps = 1"}]}"#,
        ] {
            assert!(serde_json::from_str::<Sent>(wrong).is_err(), "{wrong}");
        }
    }
}
