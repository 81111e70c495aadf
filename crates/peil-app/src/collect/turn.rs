//! What happens when a page of a form comes back: another page, the same one with what is wrong,
//! or the answers are stored. The form carries all answers from page to page; what is kept of them
//! on the way is for those who stop.

use std::{sync::Arc, time::Duration};

use peil_domain::{
    outreach::{Channel, Invitation},
    response::{AnswerProblem, Flow, Move, RawAnswers, Step, step},
    shared::{Language, QuestionKey, ResponseId, Slug, SurveyId},
    survey::Version,
};
use peil_store::{StoreError, response};

use super::{
    Accepted, CollectError, Form, OpenSurvey, Submission,
    form::FormToken,
    open::{choose_language, is_timed_out, with_shown},
    submit::is_done,
};
use crate::{App, AppError};

/// A page of a form that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The token of the form.
    pub form: String,
    /// The page that was sent, counted from 0.
    pub page: usize,
    /// Where to go.
    pub chosen: Move,
    /// The fields of all pages so far.
    pub answers: RawAnswers,
    /// Language to go on in.
    pub language: Option<Language>,
    /// Channel, for a public link.
    pub channel: Channel,
    /// Whether the field that people cannot see was filled in.
    pub robot_field_filled: bool,
    /// The questionnaire that this visitor says to have answered before.
    pub answered_before: Option<SurveyId>,
    /// Whether this place sends more than anyone would.
    pub is_one_too_many: bool,
}

/// Why a page is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It is its turn.
    Turn,
    /// Answers on it are refused.
    Refused(Vec<(QuestionKey, AnswerProblem)>),
    /// The form was not recognised: this is a fresh one with the same answers.
    Fresh,
    /// Too many are answering at this moment; nothing was stored.
    Busy,
    /// Too much came from this place; nothing was stored.
    TooMany,
    /// The database failed; nothing was stored.
    Failed,
}

/// What happened to a page that came back.
#[derive(Debug, Clone)]
pub enum Turn {
    /// A page is to be shown, with the answers that came along.
    Show {
        /// The form.
        form: Box<Form>,
        /// The page, counted from 0.
        page: usize,
        /// Why.
        why: Why,
    },
    /// The answers are on disk.
    Done {
        /// What became of them.
        accepted: Accepted,
        /// The token of the form.
        form: String,
        /// The language in which they were given.
        language: Language,
        /// The questionnaire, when a visitor may answer it only once.
        only_once: Option<SurveyId>,
    },
}

/// How long the next page waits until what was answered before it is kept.
const ATTEMPT_PATIENCE: Duration = Duration::from_secs(1);

impl App {
    /// Takes a page of a public link.
    ///
    /// # Errors
    /// [`CollectError::UnknownLink`], `Closed` or `AlreadyAnswered`.
    pub async fn answer_public(&self, slug: &Slug, sheet: Sheet) -> Result<Turn, AppError> {
        let open = self.public_survey(slug).await?;
        let only_once = Some(open.survey.id).filter(|_| !open.survey.allows_repeats);
        let (form, next) = self.next_page(&open, None, &sheet).await?;
        let has_answered = only_once.is_some() && sheet.answered_before == only_once;
        let Next::Submit(page) = next else {
            if !has_answered && !sheet.is_one_too_many {
                self.keep_attempt(&form, &next, sheet).await;
            }
            return Ok(next.into_turn(form));
        };
        if sheet.is_one_too_many {
            return Ok(Turn::Show {
                form,
                page,
                why: Why::TooMany,
            });
        }
        let outcome = if has_answered {
            self.find_accepted(open.workspace.id, open.survey.id, &sheet.form)
                .await
        } else {
            self.submit_public(slug, sheet.into_submission(form.language))
                .await
        };
        settle(form, page, outcome, only_once)
    }

    /// Takes a page of a personal link.
    ///
    /// # Errors
    /// [`CollectError::UnknownLink`], `Closed`, `Expired` or `AlreadyAnswered`.
    pub async fn answer_personal(&self, token: &str, sheet: Sheet) -> Result<Turn, AppError> {
        let invitation = match self.usable_invitation(token).await {
            Err(AppError::Collect(CollectError::AlreadyAnswered)) => {
                let language = sheet.language.unwrap_or(Language::Nl);
                let form = sheet.form.clone();
                let accepted = self
                    .repeat_of(token, &sheet.into_submission(language))
                    .await;
                return match accepted {
                    Ok(accepted) => Ok(Turn::Done {
                        accepted,
                        form,
                        language,
                        only_once: None,
                    }),
                    // Whatever this form is, its invitation has been answered.
                    Err(AppError::Collect(_)) => Err(CollectError::AlreadyAnswered.into()),
                    Err(error) => Err(error),
                };
            }
            other => other?,
        };
        let open = self
            .survey_of(invitation.workspace, invitation.survey)
            .await?;
        let (form, next) = self.next_page(&open, Some(invitation), &sheet).await?;
        let Next::Submit(page) = next else {
            self.keep_attempt(&form, &next, sheet).await;
            return Ok(next.into_turn(form));
        };
        let outcome = self
            .submit_personal(token, sheet.into_submission(form.language))
            .await;
        settle(form, page, outcome, None)
    }

    /// Keeps what was answered so far when a page is done and another follows. Whoever stops there
    /// has told something, and where they stopped tells something too. That this fails must not
    /// stop anyone: the form carries all answers and brings them again.
    async fn keep_attempt(&self, form: &Form, next: &Next, sheet: Sheet) {
        if !matches!(next, Next::Show(_, refused) if refused.is_empty())
            || sheet.chosen != Move::Next
            || sheet.robot_field_filled
        {
            return;
        }
        let pages_done = sheet.page + 1;
        let submission = sheet.into_submission(form.language);
        let keeping = self.submit_attempt(form, pages_done, submission);
        match tokio::time::timeout(ATTEMPT_PATIENCE, keeping).await {
            Ok(Err(error)) => tracing::warn!(%error, "unfinished answers not kept"),
            Err(_) => tracing::debug!("unfinished answers are kept later"),
            Ok(Ok(())) => {}
        }
    }

    /// The form that the sheet belongs to, and what comes next in it.
    async fn next_page(
        &self,
        open: &Arc<OpenSurvey>,
        invitation: Option<Invitation>,
        sheet: &Sheet,
    ) -> Result<(Box<Form>, Next), AppError> {
        let wish = invitation.as_ref().map(|invitation| invitation.language);
        let language = choose_language(open, [sheet.language, wish]);
        let channel = if invitation.is_some() {
            Channel::Email
        } else {
            sheet.channel
        };
        let shown = self.shown_before(open, sheet).await?;
        let is_fresh = shown.is_none();
        let (version, token, response) = shown.unwrap_or_else(|| {
            let (token, response) = self.new_form(open);
            (Arc::clone(&open.version), token, response)
        });
        let respondent = self.respondent(invitation.as_ref(), response).await?;
        let flow = Flow::of_form(&version.definition, &respondent, &sheet.answers);
        let page = flow.nearest(sheet.page);
        let next = if is_fresh {
            Next::Fresh(page)
        } else {
            match step(&flow, page, sheet.chosen, &sheet.answers) {
                Step::Show { page, refused } => Next::Show(page, refused),
                Step::Submit => Next::Submit(page),
            }
        };
        let open = with_shown(open, version);
        let form = Form {
            open,
            language,
            token,
            invitation,
            channel,
            respondent,
            resumed: None,
        };
        Ok((Box::new(form), next))
    }

    /// What the form that came back was made of; nothing when it is not one of ours.
    async fn shown_before(
        &self,
        open: &Arc<OpenSurvey>,
        sheet: &Sheet,
    ) -> Result<Option<(Arc<Version>, String, ResponseId)>, AppError> {
        let Ok(token) = FormToken::read(&sheet.form, &self.secret, open.survey.id) else {
            return Ok(None);
        };
        match self.version_of_form(open, token.version).await {
            Ok(version) => {
                let is_late = self.is_late(open, &version, &token).await?;
                let shown = (version, sheet.form.clone(), token.response);
                Ok((!is_late).then_some(shown))
            }
            Err(AppError::Collect(CollectError::StaleForm)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl App {
    /// Whether so long ago a page of this form was sent that the answers count as stopped on the
    /// way: they go on as those of a form of their own.
    async fn is_late(
        &self,
        open: &OpenSurvey,
        version: &Version,
        token: &FormToken,
    ) -> Result<bool, AppError> {
        if version.definition.time_out_minutes.is_none() {
            return Ok(false);
        }
        let session = self.store.read(open.workspace.id);
        let kept = response::find(&session, token.response).await?;
        if kept.as_ref().is_some_and(is_done) {
            return Ok(false);
        }
        let last = kept.map_or(token.shown_at, |kept| kept.submitted_at);
        Ok(is_timed_out(&version.definition, last, self.clock.now()))
    }
}

/// What comes after a page.
enum Next {
    Show(usize, Vec<(QuestionKey, AnswerProblem)>),
    Fresh(usize),
    Submit(usize),
}

impl Next {
    fn into_turn(self, form: Box<Form>) -> Turn {
        match self {
            Self::Show(page, refused) if refused.is_empty() => Turn::Show {
                form,
                page,
                why: Why::Turn,
            },
            Self::Show(page, refused) => Turn::Show {
                form,
                page,
                why: Why::Refused(refused),
            },
            Self::Fresh(page) => Turn::Show {
                form,
                page,
                why: Why::Fresh,
            },
            Self::Submit(page) => Turn::Show {
                form,
                page,
                why: Why::Turn,
            },
        }
    }
}

impl Sheet {
    fn into_submission(self, language: Language) -> Submission {
        Submission {
            form: self.form,
            answers: self.answers,
            language,
            channel: self.channel,
            robot_field_filled: self.robot_field_filled,
        }
    }
}

fn settle(
    form: Box<Form>,
    page: usize,
    outcome: Result<Accepted, AppError>,
    only_once: Option<SurveyId>,
) -> Result<Turn, AppError> {
    match outcome {
        Ok(accepted) => Ok(Turn::Done {
            accepted,
            language: form.language,
            form: form.token,
            only_once,
        }),
        Err(AppError::Store(StoreError::Busy)) => Ok(Turn::Show {
            form,
            page,
            why: Why::Busy,
        }),
        Err(AppError::Store(error)) => {
            // The writer says it when nothing can be stored at all.
            if !error.is_refusal() {
                tracing::error!(%error, "answers not stored");
            }
            Ok(Turn::Show {
                form,
                page,
                why: Why::Failed,
            })
        }
        Err(error) => Err(error),
    }
}
