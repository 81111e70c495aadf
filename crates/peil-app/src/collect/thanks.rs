//! What someone reads who sent their answers. Nothing here writes.

use std::sync::Arc;

use peil_domain::{
    response::{Answer, Flow, Respondent},
    shared::{Language, QuestionKey},
    survey::Version,
};
use peil_store::{audience::contacts, response, survey};

use super::{
    Look,
    form::FormToken,
    submit::{is_done, is_low},
};
use crate::{App, AppError};

/// A form that was sent, with what its texts are filled in with.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The version that was answered.
    pub version: Arc<Version>,
    /// Who answered.
    pub respondent: Respondent,
    /// What was answered.
    pub answers: Vec<Answer>,
}

impl App {
    /// The form behind the token of a form that was sent; nothing for any other token.
    pub async fn find_sent(&self, look: &Look, token: &str) -> Result<Option<Sent>, AppError> {
        let Some(survey) = look.version.as_ref().map(|version| version.survey) else {
            return Ok(None);
        };
        let Ok(form) = FormToken::read(token, &self.secret, survey) else {
            return Ok(None);
        };
        let session = self.store.read(look.workspace.id);
        let stored = response::find(&session, form.response).await?;
        let Some(stored) = stored.filter(|stored| stored.survey == survey && is_done(stored))
        else {
            return Ok(None);
        };
        let Some(version) = survey::find_version(&session, stored.version).await? else {
            return Ok(None);
        };
        let name = match stored.contact {
            Some(contact) => contacts::find(&session, contact).await?,
            None => None,
        };
        Ok(Some(Sent {
            version: Arc::new(version),
            respondent: Respondent {
                response: stored.id,
                attributes: stored.segments,
                name: name.and_then(|contact| contact.name),
            },
            answers: stored.answers,
        }))
    }
}

impl Sent {
    /// The way through the questionnaire that these answers make.
    #[must_use]
    pub fn flow(&self) -> Flow<'_> {
        Flow::of_answers(&self.version.definition, &self.respondent, &self.answers)
    }

    /// The texts to be shown in this language, each to be filled in: that of the full quota, or the
    /// ending that the answers call for, and words for someone who gave a low score.
    #[must_use]
    pub fn texts(
        &self,
        flow: &Flow<'_>,
        quota: Option<&QuestionKey>,
        language: Language,
    ) -> Vec<String> {
        let definition = &self.version.definition;
        let full = definition.quotas.iter().find(|one| Some(&one.key) == quota);
        if let Some(full) = full {
            return vec![full.text.get(language).to_owned()];
        }
        let ending = flow.ending().unwrap_or(&definition.thanks);
        let mut texts = vec![ending.get(language).to_owned()];
        if is_low(definition, &self.answers) {
            texts.push(definition.thanks_low.get(language).to_owned());
        }
        texts
    }
}
