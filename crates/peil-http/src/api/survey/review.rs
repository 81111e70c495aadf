//! The reviewer of questionnaires for programs.

use axum::{Json, extract::State};
use peil_domain::{
    shared::Language,
    survey::{
        Place,
        review::{Channel, Finding, Remark, Severity},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    definition::{Definition, Sent},
    words::Tongue,
};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{
        body::{Body, Outcome},
        caller::Caller,
        refusals::Writing,
    },
    edge::review::review_sentence,
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(review_survey))
}

/// What is to be reviewed: single questions, a questionnaire, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReviewBody {
    /// Single questions; at most 200 of 10 000 bytes.
    #[serde(default)]
    #[schema(max_items = 200)]
    texts: Vec<String>,
    /// Language of the single questions; recognised for each when absent.
    language: Option<Tongue>,
    /// A whole questionnaire.
    #[schema(value_type = Option<Definition>)]
    definition: Option<Sent>,
    /// Where people meet the questionnaire.
    #[serde(default)]
    channel: ReviewChannel,
}

/// Where people meet a questionnaire; it decides how long it may be.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum ReviewChannel {
    /// A page of its own, by mail or link.
    #[default]
    Page,
    /// A small window on a website.
    Popup,
    /// A screen at the exit.
    Kiosk,
    /// A text message.
    Sms,
}

/// What a better questionnaire would do otherwise.
#[derive(Serialize, ToSchema)]
struct Review {
    /// About the single questions, in their order.
    texts: Vec<TextReview>,
    /// About the questionnaire.
    remarks: Vec<SurveyRemark>,
}

/// What is said about one question.
#[derive(Serialize, ToSchema)]
struct TextReview {
    /// The language that it was taken for.
    language: Tongue,
    /// In reading order.
    findings: Vec<ReviewFinding>,
}

/// What is said about a place in a questionnaire.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyRemark {
    /// The place as a stable text, by which it can be put aside.
    place: String,
    /// Key of the question; absent when it is about the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// Number of the option, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<usize>,
    /// The language of the text.
    language: Tongue,
    #[serde(flatten)]
    finding: ReviewFinding,
}

/// Something that a better text would do otherwise.
#[derive(Serialize, ToSchema)]
struct ReviewFinding {
    /// Which rule, as a stable word.
    rule: &'static str,
    severity: ReviewSeverity,
    /// First byte of the words in the text.
    start: usize,
    /// First byte behind them.
    end: usize,
    /// The words; empty when it is about more than words.
    words: String,
    /// One plain sentence with its source, in the caller's language.
    why: String,
    /// The whole text in neutral words, when there is a sound one; two questions are two lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    rewrite: Option<String>,
}

/// How serious a finding is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum ReviewSeverity {
    /// Worth a second look.
    Hint,
    /// Likely to harm the answers.
    Warning,
    /// Harms the answers.
    Error,
}

/// Reviews questions: leading words, two questions in one, scales out of balance and the like.
#[utoipa::path(post, path = "/surveys/review", operation_id = "review_survey", tag = "survey",
    request_body = ReviewBody, responses((status = 200, body = Review), Writing))]
async fn review_survey(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<ReviewBody>,
) -> Outcome<Json<Review>> {
    let actor = &caller.identity.actor;
    let language = body.language.map(Tongue::language);
    let texts = web.app.review_questions(actor, &body.texts, language);
    let texts = texts.map_err(|error| caller.problem(&error))?;
    let mut remarks = Vec::new();
    if let Some(Sent(definition)) = body.definition {
        let channel = body.channel.channel();
        let found = web.app.review_definition(actor, &definition, channel);
        remarks = found.map_err(|error| caller.problem(&error))?;
    }
    let reader = caller.text.language;
    Ok(Json(Review {
        texts: texts
            .into_iter()
            .map(|text| TextReview {
                language: Tongue::of(text.language),
                findings: text
                    .findings
                    .into_iter()
                    .map(|finding| ReviewFinding::new(finding, reader, None))
                    .collect(),
            })
            .collect(),
        remarks: remarks
            .into_iter()
            .map(|remark| SurveyRemark::new(remark, reader))
            .collect(),
    }))
}

impl ReviewChannel {
    fn channel(self) -> Channel {
        match self {
            Self::Page => Channel::Page,
            Self::Popup => Channel::PopUp,
            Self::Kiosk => Channel::Kiosk,
            Self::Sms => Channel::Sms,
        }
    }
}

impl SurveyRemark {
    pub(super) fn new(remark: Remark, reader: Language) -> Self {
        let place = remark.place_code();
        let (question, option) = match remark.place {
            Place::Question(key) => (Some(key.to_string()), None),
            Place::Option(key, number) | Place::Row(key, number) => {
                (Some(key.to_string()), Some(number))
            }
            Place::Survey
            | Place::Page(_)
            | Place::Calculation(_)
            | Place::Quota(_)
            | Place::Ending(_) => (None, None),
        };
        Self {
            place,
            question,
            option,
            language: Tongue::of(remark.language),
            finding: ReviewFinding::new(remark.finding, reader, remark.count),
        }
    }
}

impl ReviewFinding {
    fn new(finding: Finding, reader: Language, count: Option<usize>) -> Self {
        Self {
            rule: finding.rule.code(),
            severity: match finding.severity {
                Severity::Hint => ReviewSeverity::Hint,
                Severity::Warning => ReviewSeverity::Warning,
                Severity::Error => ReviewSeverity::Error,
            },
            start: finding.start,
            end: finding.end,
            words: finding.words,
            why: review_sentence(reader, finding.rule, count),
            rewrite: finding.rewrite,
        }
    }
}
