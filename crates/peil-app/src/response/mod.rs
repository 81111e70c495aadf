//! Single answers: the newest first, and one in full.

mod seen;

use std::collections::BTreeMap;

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, Right},
    outreach::{Channel, Invitation},
    response::{AnswerValue, Completion, Flags, Response},
    shared::{ContactId, QuestionKey, ResponseId, Slug, SurveyId},
    survey::{Question, ScoreScale, Survey, Version},
};
use peil_store::{
    Page, Session, access,
    audience::{accounts, attributes},
    journey, outreach,
    response::{self, Given, ResponseQuery},
    survey,
};

use self::seen::{mask_details, mask_words, spoken_answers};
use crate::{
    App, AppError,
    app::{day_of, demand},
    results::{
        Readable, ResultsQuery, ScoreZone, comment_names, demand_properties, may_show_properties,
        readable, scale_question, score_range, survey_called, zone_of,
    },
    themes::{Readings, Spoken, ThemeNames, own_words},
};

/// Which page of which answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponsesAsked {
    /// The questionnaire; all of them when absent. Without one, scores are not looked at.
    pub survey: Option<Slug>,
    /// The selection.
    pub query: ResultsQuery,
    /// Where the page before ended.
    pub after: Option<String>,
    /// Most answers on a page.
    pub limit: u64,
}

/// A page of answers.
#[derive(Debug, Clone)]
pub struct Responses {
    /// The questionnaire, when one was named.
    pub survey: Option<Survey>,
    /// Names of all questionnaires.
    pub surveys: Vec<(Slug, String)>,
    /// The answers, the newest first.
    pub lines: Vec<ResponseLine>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Which of them may be read.
    pub readable: Readable,
    /// What themes are called.
    pub themes: ThemeNames,
}

/// One answer in a list.
#[derive(Debug, Clone)]
pub struct ResponseLine {
    /// Identifier.
    pub id: ResponseId,
    /// Address name of the questionnaire.
    pub slug: Slug,
    /// Name of the questionnaire.
    pub survey: String,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// Channel through which it came.
    pub channel: Channel,
    /// Language, two letters.
    pub language: peil_domain::shared::Language,
    /// How far it went.
    pub completion: Completion,
    /// Score on the first question with a scale, that scale, and the part of it.
    pub score: Option<(i32, ScoreScale, ScoreZone)>,
    /// The words of the first open answer, with what was read in them; without personal data for who
    /// does not follow up.
    pub spoken: Option<Spoken>,
    /// Who answered, when known and the reader may know.
    pub contact: Option<(ContactId, Option<String>)>,
    /// Marks that deserve a second look.
    pub flags: Flags,
}

/// One answer in full.
#[derive(Debug, Clone)]
pub struct ResponseDetail {
    /// The answer.
    pub response: Response,
    /// The questionnaire.
    pub survey: Survey,
    /// The version that was shown.
    pub version: Version,
    /// Every question that asks something, with what was answered.
    pub answers: Vec<(Question, Option<AnswerValue>)>,
    /// Answers in own words by question, with what was read in them.
    pub spoken: BTreeMap<QuestionKey, Spoken>,
    /// What themes are called.
    pub themes: ThemeNames,
    /// Segment values of that moment: what people call the attribute, and the value.
    pub segments: Vec<(QuestionKey, String, String)>,
    /// Name of the contact moment.
    pub touchpoint: Option<String>,
    /// Name of the contact's organisation at that moment, when the reader may know.
    pub account: Option<String>,
    /// Whether segment values, contact moment and organisation are shown; not when they would
    /// point at few people of whom one is to stay unknown.
    pub are_properties_shown: bool,
    /// Who answered, when known and the reader may know.
    pub contact: Option<(ContactId, Option<String>)>,
    /// The invitation that led to it, when the reader may know.
    pub invitation: Option<Invitation>,
}

impl App {
    /// Lists answers, the newest first.
    pub async fn list_responses(
        &self,
        actor: &Actor,
        asked: ResponsesAsked,
    ) -> Result<Responses, AppError> {
        demand(actor, Right::ReadResponses)?;
        demand_properties(actor, &asked.query)?;
        let session = self.look(actor.workspace).await?;
        let surveys = survey::list(&session).await?;
        let survey = match &asked.survey {
            Some(slug) => Some(survey_called(&session, slug).await?),
            None => None,
        };
        let id = survey.as_ref().map(|survey| survey.id);
        let readable = readable(&session, actor, id, &asked.query.selected()).await?;
        let mut query = response_query(self, &session, survey.as_ref(), asked).await?;
        query.only_known = readable == Readable::OnlyKnown;
        let page = match readable {
            Readable::All | Readable::OnlyKnown => response::list(&session, &query).await?,
            Readable::Nothing => Page {
                items: Vec::new(),
                next: None,
            },
        };
        let known = known_versions(&session, &page.items).await?;
        let names = if actor.has(Right::ReadAudience) {
            comment_names(
                &session,
                page.items.iter().filter_map(|found| found.contact),
            )
            .await?
        } else {
            Vec::new()
        };
        let ids = page.items.iter().map(|found| found.id);
        let readings = Readings::of(&session, ids).await?;
        let lines = page.items.into_iter().filter_map(|found| {
            let survey = surveys.iter().find(|survey| survey.id == found.survey)?;
            let version = known.iter().find(|version| version.id == found.version);
            let contact = names
                .iter()
                .find(|(id, _)| Some(*id) == found.contact)
                .cloned();
            let said = own_words(&found).next();
            let spoken =
                said.map(|(question, words)| readings.spoken(actor, found.id, question, words));
            Some(line(found, survey, version, contact, spoken))
        });
        Ok(Responses {
            lines: lines.collect(),
            next: page.next,
            readable,
            themes: self.book(&session).await?.names.clone(),
            survey,
            surveys: surveys
                .into_iter()
                .map(|survey| (survey.slug, survey.name))
                .collect(),
        })
    }

    /// Reads one answer in full.
    pub async fn get_response(
        &self,
        actor: &Actor,
        id: ResponseId,
    ) -> Result<ResponseDetail, AppError> {
        demand(actor, Right::ReadResponses)?;
        let session = self.look(actor.workspace).await?;
        let response = response::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let survey = survey::find(&session, response.survey)
            .await?
            .ok_or(AppError::NotFound)?;
        let version = survey::find_version(&session, response.version)
            .await?
            .ok_or(AppError::NotFound)?;
        let may_know = actor.has(Right::ReadAudience);
        if readable(&session, actor, Some(survey.id), &[]).await? == Readable::Nothing {
            return Err(AppError::NotFound);
        }
        let contact = match response.contact.filter(|_| may_know) {
            Some(id) => comment_names(&session, std::iter::once(id)).await?.pop(),
            None => None,
        };
        let account = match response.account {
            Some(id) => accounts::find(&session, id)
                .await?
                .map(|account| account.name),
            None => None,
        };
        let are_properties_shown =
            may_show_properties(&session, actor, &response, account.as_deref()).await?;
        let account = account.filter(|_| may_know && are_properties_shown);
        let mut response = response;
        if !are_properties_shown {
            response.segments.clear();
            response.touchpoint = None;
        }
        if account.is_none() {
            response.account = None;
        }
        let invitation = match response
            .invitation
            .filter(|_| actor.has(Right::ReadOutreach))
        {
            Some(id) => outreach::invitations::find(&session, id).await?,
            None => None,
        };
        if !may_know {
            mask_details(&mut response);
        }
        let spoken = spoken_answers(&session, actor, &response).await?;
        mask_words(&mut response, &spoken);
        let by_item = version.definition.by_item();
        let answers = by_item.questions().filter(|question| question.kind.asks());
        let answers = answers
            .map(|question| {
                let given = response
                    .answers
                    .iter()
                    .find(|answer| answer.key == question.key);
                (question.clone(), given.map(|answer| answer.value.clone()))
            })
            .collect();
        Ok(ResponseDetail {
            segments: segments(&session, &response).await?,
            touchpoint: touchpoint(&session, &response).await?,
            response,
            survey,
            version,
            answers,
            spoken,
            themes: self.book(&session).await?.names.clone(),
            account,
            are_properties_shown,
            contact,
            invitation,
        })
    }
}

async fn response_query(
    app: &App,
    session: &impl Session,
    survey: Option<&Survey>,
    asked: ResponsesAsked,
) -> Result<ResponseQuery, AppError> {
    let workspace = access::find_workspace(session)
        .await?
        .ok_or(AppError::NotFound)?;
    let (from, until) = asked.query.when.days(day_of(&workspace, app.clock.now()));
    let given = match survey {
        Some(survey) => given(session, survey, &asked.query).await?,
        None => None,
    };
    Ok(ResponseQuery {
        survey: survey.map(|survey| survey.id),
        filters: asked.query.filters,
        excluded: asked.query.excluded,
        from,
        until,
        only_known: false,
        given,
        search: asked.query.search,
        read_as: asked.query.read_as,
        flag: asked.query.flag,
        after: asked.after,
        limit: asked.limit,
    })
}

/// The answer that must have been given.
async fn given(
    session: &impl Session,
    survey: &Survey,
    query: &ResultsQuery,
) -> Result<Option<Given>, AppError> {
    if let (Some(question), Some(option)) = (&query.question, &query.choice) {
        return Ok(Some(Given::Choice(question.clone(), option.clone())));
    }
    let newest = survey::newest_version(session, survey.id).await?;
    let definition = newest
        .as_ref()
        .map_or(&survey.draft, |version| &version.definition);
    let range = scale_question(definition, query.question.as_ref()).and_then(|question| {
        let scale = question.kind.scale()?;
        let (low, high) = score_range(&scale, query)?;
        Some(Given::Score(question.key.clone(), low..=high))
    });
    Ok(range)
}

/// The versions that were shown to those who gave these answers.
async fn known_versions(
    session: &impl Session,
    found: &[Response],
) -> Result<Vec<Version>, AppError> {
    let mut surveys: Vec<SurveyId> = found.iter().map(|response| response.survey).collect();
    surveys.sort_unstable();
    surveys.dedup();
    let mut versions = Vec::new();
    for survey in surveys {
        versions.extend(survey::list_versions(session, survey).await?);
    }
    Ok(versions)
}

fn line(
    found: Response,
    survey: &Survey,
    version: Option<&Version>,
    contact: Option<(ContactId, Option<String>)>,
    spoken: Option<Spoken>,
) -> ResponseLine {
    let headline = version.and_then(|version| version.definition.headline());
    let score = headline.and_then(|question| {
        let scale = question.kind.scale()?;
        found.answers.iter().find_map(|answer| match answer.value {
            AnswerValue::Score(score) if answer.key == question.key => {
                Some((score, scale, zone_of(&scale, score)))
            }
            _ => None,
        })
    });
    ResponseLine {
        id: found.id,
        slug: survey.slug.clone(),
        survey: survey.name.clone(),
        submitted_at: found.submitted_at,
        channel: found.channel,
        language: found.language,
        completion: found.completion,
        score,
        spoken,
        contact,
        flags: found.flags,
    }
}

async fn segments(
    session: &impl Session,
    response: &Response,
) -> Result<Vec<(QuestionKey, String, String)>, AppError> {
    let labels = attributes::list(session).await?;
    let named = response.segments.iter().map(|(key, value)| {
        let label = labels.iter().find(|label| label.key == *key);
        let name = label.map_or_else(|| key.to_string(), |label| label.label.clone());
        (key.clone(), name, value.clone())
    });
    Ok(named.collect())
}

async fn touchpoint(
    session: &impl Session,
    response: &Response,
) -> Result<Option<String>, AppError> {
    let Some(key) = &response.touchpoint else {
        return Ok(None);
    };
    let known = journey::list_touchpoints(session).await?;
    let name = known
        .into_iter()
        .find(|known| known.key == *key)
        .map(|known| known.name);
    Ok(name.or_else(|| Some(key.to_string())))
}
