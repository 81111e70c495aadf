//! The look of a questionnaire as programs read and write it.

use peil_domain::access::Accent;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Error as _},
};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::number;

/// Reads something from an object only: a list of its values is none.
pub(super) fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    source: D,
) -> Result<Option<T>, D::Error> {
    let fields: Option<Map<String, Value>> = Option::deserialize(source)?;
    let read = fields.map(|fields| serde_json::from_value(Value::Object(fields)));
    read.transpose().map_err(D::Error::custom)
}

/// The look of one questionnaire. What is not set follows the organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = SurveyLook)]
#[serde(deny_unknown_fields)]
pub(super) struct Look {
    /// Colour of buttons and chosen answers; at least 4.5 to 1 with white.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^#[0-9a-fA-F]{6}$")]
    accent: Option<Accent>,
    /// Picture above the pages.
    #[serde(
        default,
        deserialize_with = "object",
        skip_serializing_if = "Option::is_none"
    )]
    logo: Option<LookLogo>,
    /// Size of letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text_size: Option<TextSize>,
    /// Corners of buttons and answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corners: Option<Corners>,
}

/// A picture above the pages of one questionnaire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = SurveyLogo)]
#[serde(deny_unknown_fields)]
struct LookLogo {
    /// Name of the uploaded file.
    #[schema(pattern = "^[A-Za-z0-9-]{1,100}$")]
    file: String,
    /// Width in pixels.
    #[serde(deserialize_with = "number::one")]
    #[schema(minimum = 1, maximum = 10000)]
    width: u32,
    /// Height in pixels.
    #[serde(deserialize_with = "number::one")]
    #[schema(minimum = 1, maximum = 10000)]
    height: u32,
}

/// Size of letters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TextSize {
    /// As browsers mean it.
    Usual,
    /// An eighth larger.
    Large,
    /// A quarter larger.
    Larger,
}

/// Corners of buttons and answers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Corners {
    /// A little round.
    Soft,
    /// Square.
    Square,
    /// Round.
    Round,
}
