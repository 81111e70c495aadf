//! What someone reads who sent their answers. Nothing here writes.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    response::{Answer, Flow, Respondent, Response},
    shared::{Language, QuestionKey, ResponseId},
    survey::Version,
};
use peil_store::{
    audience::contacts,
    response::{self, Circumstances},
    survey,
};

use super::{
    Accepted, Look,
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

/// Most forms that are kept, and how long at most.
const MOST: usize = 1_024;
const KEPT_FOR: SignedDuration = SignedDuration::from_mins(1);

/// Forms that were sent a moment ago: nearly everyone who reads what comes after their last answer
/// does so at once, and then nothing need be looked up for it.
#[derive(Debug, Default)]
pub(crate) struct JustSent {
    kept: Mutex<VecDeque<(Timestamp, Arc<Sent>)>>,
}

impl JustSent {
    fn keep(&self, sent: Sent, now: Timestamp) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == MOST {
            kept.pop_front();
        }
        kept.push_back((now, Arc::new(sent)));
    }

    fn find(&self, response: ResponseId, now: Timestamp) -> Option<Arc<Sent>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // Those from the future are of before the clock was set back.
        let is_over = |at: Timestamp| now.duration_since(at).abs() > KEPT_FOR;
        while kept.front().is_some_and(|(at, _)| is_over(*at)) {
            kept.pop_front();
        }
        let mut newest_first = kept.iter().rev();
        let found = newest_first.find(|(_, sent)| sent.respondent.response == response);
        found.map(|(_, sent)| Arc::clone(sent))
    }
}

impl App {
    /// Stores the answers of a form, and keeps what its respondent reads next.
    pub(super) async fn store_sent(
        &self,
        response: Response,
        beside: Circumstances,
        sent: Sent,
    ) -> Result<Accepted, AppError> {
        let accepted = self.store_response(response, beside).await?;
        self.just_sent.keep(sent, self.clock.now());
        Ok(accepted)
    }

    /// The form behind the token of a form that was sent; nothing for any other token.
    pub async fn find_sent(&self, look: &Look, token: &str) -> Result<Option<Arc<Sent>>, AppError> {
        let Some(survey) = look.version.as_ref().map(|version| version.survey) else {
            return Ok(None);
        };
        let Ok(form) = FormToken::read(token, &self.secret, survey) else {
            return Ok(None);
        };
        if let Some(sent) = self.just_sent.find(form.response, self.clock.now()) {
            return Ok(Some(sent));
        }
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
        Ok(Some(Arc::new(Sent {
            version: Arc::new(version),
            respondent: Respondent {
                response: stored.id,
                attributes: stored.segments,
                name: name.and_then(|contact| contact.name),
            },
            answers: stored.answers,
        })))
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

#[cfg(test)]
mod tests {
    use peil_domain::{
        shared::{SurveyId, VersionId},
        survey::Definition,
    };
    use uuid::Uuid;

    use super::*;
    use crate::collect::open::stranger;

    fn id(number: usize) -> ResponseId {
        ResponseId(Uuid::from_u128(number as u128 + 1))
    }

    fn sent(number: usize) -> Sent {
        Sent {
            version: Arc::new(Version {
                id: VersionId(Uuid::nil()),
                survey: SurveyId(Uuid::nil()),
                number: 1,
                definition: Definition::default(),
                published_at: Timestamp::UNIX_EPOCH,
                published_by: None,
            }),
            respondent: stranger(id(number)),
            answers: Vec::new(),
        }
    }

    #[test]
    fn a_form_is_kept_for_who_reads_on_at_once_and_no_longer() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let kept = JustSent::default();
        kept.keep(sent(1), at(100));
        kept.keep(sent(2), at(130));
        assert!(kept.find(id(1), at(101)).is_some() && kept.find(id(3), at(101)).is_none());
        assert!(kept.find(id(1), at(161)).is_none());
        assert!(kept.find(id(2), at(161)).is_some());
        assert!(kept.find(id(2), at(3)).is_none(), "the clock was set back");
    }

    #[test]
    fn no_more_than_so_many_are_kept() {
        let kept = JustSent::default();
        let now = Timestamp::UNIX_EPOCH;
        for number in 0..=MOST {
            kept.keep(sent(number), now);
        }
        assert!(kept.find(id(0), now).is_none());
        assert!(kept.find(id(1), now).is_some() && kept.find(id(MOST), now).is_some());
    }
}
