//! The token that a form carries.

use jiff::Timestamp;
use peil_domain::shared::{ResponseId, SurveyId, VersionId};
use uuid::Uuid;

use super::CollectError;
use crate::{
    Secret,
    secret::{decode, encode},
};

/// What a form knows about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FormToken {
    /// The version shown.
    pub(super) version: VersionId,
    /// The response that submitting it makes.
    pub(super) response: ResponseId,
    /// When it was shown.
    pub(super) shown_at: Timestamp,
}

const PURPOSE: &str = "form";
const CONTENT: usize = 16 + 16 + 8;

impl FormToken {
    /// Writes the token for a form of `survey`.
    pub(super) fn write(&self, secret: &Secret, survey: SurveyId) -> String {
        let mut bytes = Vec::with_capacity(CONTENT + 16);
        bytes.extend_from_slice(self.version.0.as_bytes());
        bytes.extend_from_slice(self.response.0.as_bytes());
        bytes.extend_from_slice(&self.shown_at.as_microsecond().to_be_bytes());
        let code = secret.code(PURPOSE, &[survey.0.as_bytes(), &bytes]);
        bytes.extend_from_slice(&code);
        encode(&bytes)
    }

    /// Reads the token of a form of `survey`.
    pub(super) fn read(
        text: &str,
        secret: &Secret,
        survey: SurveyId,
    ) -> Result<Self, CollectError> {
        let bytes = decode(text).ok_or(CollectError::StaleForm)?;
        let (content, code) = bytes
            .split_at_checked(CONTENT)
            .ok_or(CollectError::StaleForm)?;
        if !secret.confirms(PURPOSE, &[survey.0.as_bytes(), content], code) {
            return Err(CollectError::StaleForm);
        }
        let (version, rest) = content
            .split_at_checked(16)
            .ok_or(CollectError::StaleForm)?;
        let (response, shown_at) = rest.split_at_checked(16).ok_or(CollectError::StaleForm)?;
        let shown_at = shown_at.try_into().map_err(|_| CollectError::StaleForm)?;
        let id = |bytes: &[u8]| Uuid::from_slice(bytes).map_err(|_| CollectError::StaleForm);
        Ok(Self {
            version: VersionId(id(version)?),
            response: ResponseId(id(response)?),
            shown_at: Timestamp::from_microsecond(i64::from_be_bytes(shown_at))
                .map_err(|_| CollectError::StaleForm)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_recognised_only_for_its_own_questionnaire_and_unchanged() {
        let secret = Secret::new([1; 32]);
        let survey = SurveyId::new(1, [1; 10]);
        let token = FormToken {
            version: VersionId::new(2, [2; 10]),
            response: ResponseId::new(3, [3; 10]),
            shown_at: "2026-01-01T00:00:00.123456Z".parse().unwrap(),
        };
        let text = token.write(&secret, survey);
        assert_eq!(FormToken::read(&text, &secret, survey), Ok(token));
        let other = SurveyId::new(1, [9; 10]);
        assert!(FormToken::read(&text, &secret, other).is_err());
        for position in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[position] = if changed[position] == b'A' {
                b'B'
            } else {
                b'A'
            };
            let changed = String::from_utf8(changed).unwrap();
            assert!(FormToken::read(&changed, &secret, survey).is_err() || changed == text);
        }
        assert!(FormToken::read("", &secret, survey).is_err());
    }
}
