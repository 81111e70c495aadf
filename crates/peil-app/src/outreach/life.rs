//! The life of a wave: made, written, stopped. Starting has a file of its own.

use std::collections::BTreeSet;

use peil_domain::{
    access::{Actor, Right},
    outreach::{Wave, WaveState, unknown_placeholders},
    shared::{JobId, Language, Localized, QuestionKey, SegmentId, WaveId},
    survey::{Survey, Version},
};
use peil_store::{
    Session, Tx,
    audience::{attributes, segments},
    jobs,
    outreach::{self, waves},
    survey,
};

use super::{NewWave, OutreachError, WaveChange, texts::opening};
use crate::{
    App, AppError,
    access::check_name,
    app::{demand, new_id},
};

/// Longest subject in characters.
const LONGEST_SUBJECT: usize = 150;
/// Longest message in characters.
const LONGEST_MESSAGE: usize = 4_000;

/// The job that sends a wave carries the identifier of the wave, so that there is never a second.
pub(super) fn job_of(wave: WaveId) -> JobId {
    JobId(wave.0)
}

impl App {
    /// Makes a wave with texts to start with. Nothing is sent.
    pub async fn create_wave(&self, actor: &Actor, input: NewWave) -> Result<Wave, AppError> {
        demand(actor, Right::WriteOutreach)?;
        check_line("name", &input.name)?;
        check_name("name", &input.name)?;
        let tx = self.store.begin(actor.workspace).await?;
        let survey = survey::find(&tx, input.survey)
            .await?
            .ok_or(AppError::Invalid {
                field: "survey",
                code: "unknown",
            })?;
        check_segment(&tx, input.segment).await?;
        let (_, languages) = asked_version(&tx, &survey, None).await?;
        let (subject, message) = opening(survey.purpose, &languages);
        let wave = Wave {
            id: new_id!(self, WaveId),
            workspace: actor.workspace,
            survey: survey.id,
            version: None,
            segment: input.segment,
            recipients: None,
            name: input.name.trim().to_owned(),
            subject,
            message,
            state: WaveState::Draft,
            created_at: self.clock.now(),
            started_at: None,
            finished_at: None,
        };
        waves::add(&tx, &wave).await?;
        self.record(&tx, actor, "wave.created", wave.id, serde_json::Value::Null)
            .await?;
        tx.commit().await?;
        Ok(wave)
    }

    /// Changes name, recipients and texts of a wave that was not started.
    ///
    /// # Errors
    /// [`OutreachError::UnknownPlaceholder`], [`OutreachError::AlreadyStarted`].
    pub async fn update_wave(
        &self,
        actor: &Actor,
        id: WaveId,
        change: WaveChange,
    ) -> Result<Wave, AppError> {
        demand(actor, Right::WriteOutreach)?;
        check_line("name", &change.name)?;
        check_name("name", &change.name)?;
        check_text("subject", &change.subject, LONGEST_SUBJECT)?;
        check_text("message", &change.message, LONGEST_MESSAGE)?;
        let tx = self.store.begin(actor.workspace).await?;
        let known = attributes::list(&tx).await?;
        let known: BTreeSet<QuestionKey> = known.into_iter().map(|known| known.key).collect();
        check_places("subject", &change.subject, &known)?;
        check_places("message", &change.message, &known)?;
        let before = waves::lock(&tx, id).await?.ok_or(AppError::NotFound)?;
        if before.state != WaveState::Draft {
            return Err(OutreachError::AlreadyStarted.into());
        }
        if change.segment != before.segment {
            check_segment(&tx, change.segment).await?;
        }
        let wave = Wave {
            name: change.name.trim().to_owned(),
            segment: change.segment,
            subject: change.subject,
            message: change.message,
            ..before
        };
        waves::save(&tx, &wave).await?;
        self.record(&tx, actor, "wave.changed", id, serde_json::Value::Null)
            .await?;
        tx.commit().await?;
        Ok(wave)
    }

    /// Stops a wave: what was not handed to the mail server never will be. Stopping it again
    /// changes nothing.
    ///
    /// # Errors
    /// [`OutreachError::NotSending`] when it was never started or everything was sent.
    pub async fn stop_wave(&self, actor: &Actor, id: WaveId) -> Result<Wave, AppError> {
        demand(actor, Right::WriteOutreach)?;
        let tx = self.store.begin(actor.workspace).await?;
        let before = waves::lock(&tx, id).await?.ok_or(AppError::NotFound)?;
        match before.state {
            WaveState::Stopped => return Ok(before),
            WaveState::Draft | WaveState::Sent => return Err(OutreachError::NotSending.into()),
            WaveState::Preparing | WaveState::Sending => {}
        }
        let now = self.clock.now();
        let wave = Wave {
            state: WaveState::Stopped,
            finished_at: Some(now),
            ..before
        };
        waves::save(&tx, &wave).await?;
        let cancelled = outreach::cancel_queued(&tx, id).await?;
        // The job itself is left to find out that there is nothing more to do.
        jobs::hurry(&tx, job_of(id), now).await?;
        let details = serde_json::json!({ "cancelled": cancelled });
        self.record(&tx, actor, "wave.stopped", id, details).await?;
        tx.commit().await?;
        self.wake_worker();
        Ok(wave)
    }
}

/// The version of a questionnaire that a wave asks, or would ask now, and its languages; those of the
/// draft as long as nothing was published.
pub(super) async fn asked_version(
    session: &impl Session,
    survey: &Survey,
    wave: Option<&Wave>,
) -> Result<(Option<Version>, Vec<Language>), AppError> {
    let version = match wave.and_then(|wave| wave.version) {
        Some(fixed) => survey::find_version(session, fixed).await?,
        None => survey::newest_version(session, survey.id).await?,
    };
    let definition = version
        .as_ref()
        .map_or(&survey.draft, |version| &version.definition);
    let languages = definition.languages.clone();
    Ok((version, languages))
}

async fn check_segment(tx: &Tx, segment: Option<SegmentId>) -> Result<(), AppError> {
    let Some(id) = segment else { return Ok(()) };
    match segments::find(tx, id).await? {
        Some(_) => Ok(()),
        None => Err(AppError::Invalid {
            field: "segment",
            code: "unknown",
        }),
    }
}

fn check_line(field: &'static str, text: &str) -> Result<(), AppError> {
    if text.contains(char::is_control) {
        return Err(AppError::Invalid {
            field,
            code: "mail_character",
        });
    }
    Ok(())
}

fn check_text(field: &'static str, text: &Localized, most: usize) -> Result<(), AppError> {
    for language in Language::ALL {
        let Some(words) = text.exact(language) else {
            continue;
        };
        if words.chars().count() > most {
            return Err(AppError::Invalid {
                field,
                code: "too_long",
            });
        }
        let is_strange = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if words.contains(is_strange) || (field == "subject" && words.contains(['\n', '\r'])) {
            return Err(AppError::Invalid {
                field,
                code: "mail_character",
            });
        }
    }
    Ok(())
}

/// Refuses places to fill in that nothing can ever be filled in at.
fn check_places(
    field: &'static str,
    text: &Localized,
    known: &BTreeSet<QuestionKey>,
) -> Result<(), AppError> {
    let mut unknown = text
        .texts()
        .flat_map(|words| unknown_placeholders(words, known));
    match unknown.next() {
        Some(name) => Err(OutreachError::UnknownPlaceholder { field, name }.into()),
        None => Ok(()),
    }
}
