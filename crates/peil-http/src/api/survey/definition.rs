//! The content of a questionnaire as programs read and write it. These types are the same shape as
//! those of the domain, which knows nothing of OpenAPI.

use peil_domain::{shared::QuestionKey, survey};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::{Tongue, Words};

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
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub(super) struct Question {
    /// Stable name, by which answers are found.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    key: String,
    /// What is asked, at most 1 000 characters.
    text: Words,
    /// Explanation under the question.
    #[serde(default, skip_serializing_if = "Words::is_blank")]
    help: Words,
    /// Whether it must be answered.
    #[serde(default)]
    is_required: bool,
    /// What kind of answer is asked.
    #[serde(flatten)]
    kind: Kind,
}

/// What kind of answer is asked. Scale and direction belong to the kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = QuestionKind)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Kind {
    /// Likelihood to recommend, 0 to 10.
    Nps,
    /// Satisfaction, 1 to 5.
    Csat {
        /// How the five choices look.
        #[serde(default)]
        look: Look,
    },
    /// Customer effort.
    Ces {
        /// Which published form of the question it is.
        #[serde(default)]
        version: Effort,
    },
    /// Mark from 1 to 10.
    Mark,
    /// A scale of one's own.
    Rating {
        /// Lowest score, 0 or 1.
        #[schema(minimum = 0, maximum = 1)]
        min: i32,
        /// Highest score, 1 to 10 above the lowest.
        #[schema(minimum = 1, maximum = 11)]
        max: i32,
        /// How many of the highest scores count as satisfied.
        #[schema(minimum = 1, maximum = 10)]
        top: u8,
        /// Words at the low end.
        #[serde(default, skip_serializing_if = "Words::is_blank")]
        low_label: Words,
        /// Words at the high end.
        #[serde(default, skip_serializing_if = "Words::is_blank")]
        high_label: Words,
    },
    /// One or more of a list.
    Choice {
        /// The list, at most 100.
        options: Vec<Choice>,
        /// Whether several may be chosen.
        #[serde(default)]
        is_multiple: bool,
        /// Whether "other, namely" is offered.
        #[serde(default)]
        has_other: bool,
    },
    /// Yes or no.
    YesNo,
    /// An open question.
    Text {
        /// Whether a long answer is expected.
        #[serde(default)]
        is_long: bool,
    },
    /// Text without a question.
    Statement,
}

/// One option of a choice question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    /// Stable code stored with answers.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    code: String,
    /// What the respondent reads, at most 200 characters.
    label: Words,
}

/// How the five choices of a CSAT question look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Look {
    /// Faces with words.
    #[default]
    Smileys,
    /// Stars with words.
    Stars,
    /// Words only.
    Words,
}

/// Published forms of the Customer Effort Score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Effort {
    /// A statement, 1 (disagree) to 7 (agree): high is good.
    #[default]
    V2,
    /// A question, 1 (very low) to 5 (very high): low is good.
    V1,
}

impl From<&survey::Definition> for Definition {
    fn from(from: &survey::Definition) -> Self {
        let page = |page: &survey::Page| Page {
            title: (&page.title).into(),
            questions: page.questions.iter().map(Question::from).collect(),
        };
        Self {
            languages: from
                .languages
                .iter()
                .map(|language| Tongue::of(*language))
                .collect(),
            title: (&from.title).into(),
            intro: (&from.intro).into(),
            thanks: (&from.thanks).into(),
            thanks_low: (&from.thanks_low).into(),
            pages: from.pages.iter().map(page).collect(),
        }
    }
}

impl From<&survey::Question> for Question {
    fn from(from: &survey::Question) -> Self {
        use survey::QuestionKind as Its;
        let kind = match &from.kind {
            Its::Nps => Kind::Nps,
            Its::Csat { look } => Kind::Csat {
                look: match look {
                    survey::CsatLook::Smileys => Look::Smileys,
                    survey::CsatLook::Stars => Look::Stars,
                    survey::CsatLook::Words => Look::Words,
                },
            },
            Its::Ces {
                version: survey::CesVersion::V2,
            } => Kind::Ces {
                version: Effort::V2,
            },
            Its::Ces {
                version: survey::CesVersion::V1,
            } => Kind::Ces {
                version: Effort::V1,
            },
            Its::Mark => Kind::Mark,
            Its::Rating {
                min,
                max,
                top,
                low_label,
                high_label,
            } => Kind::Rating {
                min: *min,
                max: *max,
                top: *top,
                low_label: low_label.into(),
                high_label: high_label.into(),
            },
            Its::Choice {
                options,
                is_multiple,
                has_other,
            } => Kind::Choice {
                options: options
                    .iter()
                    .map(|option| Choice {
                        code: option.code.to_string(),
                        label: (&option.label).into(),
                    })
                    .collect(),
                is_multiple: *is_multiple,
                has_other: *has_other,
            },
            Its::YesNo => Kind::YesNo,
            Its::Text { is_long } => Kind::Text { is_long: *is_long },
            Its::Statement => Kind::Statement,
        };
        Self {
            key: from.key.to_string(),
            text: (&from.text).into(),
            help: (&from.help).into(),
            is_required: from.is_required,
            kind,
        }
    }
}

/// A key or code that cannot be one.
pub(super) struct BadKey(pub(super) String);

fn key(text: String) -> Result<QuestionKey, BadKey> {
    text.parse().map_err(|_| BadKey(text))
}

impl TryFrom<Definition> for survey::Definition {
    type Error = BadKey;

    fn try_from(from: Definition) -> Result<Self, BadKey> {
        let mut pages = Vec::with_capacity(from.pages.len());
        for page in from.pages {
            let questions: Result<_, BadKey> = page
                .questions
                .into_iter()
                .map(survey::Question::try_from)
                .collect();
            pages.push(survey::Page {
                title: page.title.into(),
                questions: questions?,
            });
        }
        Ok(Self {
            languages: from.languages.into_iter().map(Tongue::language).collect(),
            title: from.title.into(),
            intro: from.intro.into(),
            thanks: from.thanks.into(),
            thanks_low: from.thanks_low.into(),
            pages,
        })
    }
}

impl TryFrom<Question> for survey::Question {
    type Error = BadKey;

    fn try_from(from: Question) -> Result<Self, BadKey> {
        use survey::QuestionKind as Its;
        let kind = match from.kind {
            Kind::Nps => Its::Nps,
            Kind::Csat { look } => Its::Csat {
                look: match look {
                    Look::Smileys => survey::CsatLook::Smileys,
                    Look::Stars => survey::CsatLook::Stars,
                    Look::Words => survey::CsatLook::Words,
                },
            },
            Kind::Ces {
                version: Effort::V2,
            } => Its::Ces {
                version: survey::CesVersion::V2,
            },
            Kind::Ces {
                version: Effort::V1,
            } => Its::Ces {
                version: survey::CesVersion::V1,
            },
            Kind::Mark => Its::Mark,
            Kind::Rating {
                min,
                max,
                top,
                low_label,
                high_label,
            } => Its::Rating {
                min,
                max,
                top,
                low_label: low_label.into(),
                high_label: high_label.into(),
            },
            Kind::Choice {
                options,
                is_multiple,
                has_other,
            } => {
                let read = |option: Choice| {
                    Ok(survey::Choice {
                        code: key(option.code)?,
                        label: option.label.into(),
                    })
                };
                let options: Result<_, BadKey> = options.into_iter().map(read).collect();
                Its::Choice {
                    options: options?,
                    is_multiple,
                    has_other,
                }
            }
            Kind::YesNo => Its::YesNo,
            Kind::Text { is_long } => Its::Text { is_long },
            Kind::Statement => Its::Statement,
        };
        Ok(Self {
            key: key(from.key)?,
            text: from.text.into(),
            help: from.help.into(),
            is_required: from.is_required,
            kind,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_see_the_same_shape_as_the_files_of_the_templates() {
        for template in peil_app::survey::templates() {
            let mirrored = Definition::from(&template.definition);
            let ours = serde_json::to_value(&template.definition).unwrap();
            assert_eq!(
                serde_json::to_value(&mirrored).unwrap(),
                ours,
                "{}",
                template.code
            );
            let again = survey::Definition::try_from(mirrored).ok().unwrap();
            assert_eq!(again, template.definition);
        }
    }
}
