//! Who answered, and where others stopped: outcome rates by AAPOR, completion and drop-off.

use std::collections::BTreeMap;

use peil_domain::{
    access::{Actor, Right},
    outreach::Channel,
    shared::{LocalDay, Slug},
    survey::{Question, Survey},
};
use peil_measure::{Dispositions, ResponseRates, response_rate};
use peil_store::results::{
    InvitationFunnel, UnansweredInvitations, invitation_funnel, unanswered_invitations,
};

use super::{
    ResultsQuery, When,
    counting::{Attempts, answered_questions, attempts},
    explore::survey_called,
    selection::Selection,
};
use crate::{App, AppError, app::demand, facts::Counting};

/// How invitations ended and how far respondents came.
#[derive(Debug, Clone)]
pub struct ResponseReport {
    /// The questionnaire.
    pub survey: Survey,
    /// The period.
    pub when: When,
    /// Invitations that still wait to be sent; they are in no rate.
    pub waiting: u64,
    /// Invitations that the mail server refused for good; part of those of unknown eligibility.
    pub undelivered: u64,
    /// How the invitations that were sent ended, in the categories of AAPOR.
    pub dispositions: Dispositions,
    /// The rates; nothing when nobody was invited.
    pub rates: Option<ResponseRates>,
    /// Those who began, by channel.
    pub channels: Vec<ChannelCompletion>,
    /// Those who began with the newest version, and how many of them sent each of its pages;
    /// nothing when it has one page, which is sent or not.
    pub pages: Vec<u64>,
    /// How often each question of the newest version was answered.
    pub questions: Vec<QuestionAnswered>,
}

/// How many of those who began through a channel went on to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelCompletion {
    /// The channel.
    pub channel: Channel,
    /// Those who sent at least one page.
    pub begun: u64,
    /// Those who sent all pages.
    pub complete: u64,
}

/// How often a question was answered by those who sent all pages.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionAnswered {
    /// The question as the newest version asks it.
    pub question: Question,
    /// Complete submissions of versions that ask it.
    pub asked: u64,
    /// Those with an answer to it.
    pub answered: u64,
}

impl App {
    /// Reports how invitations of a period ended and how far respondents came.
    pub async fn get_response_report(
        &self,
        actor: &Actor,
        slug: &Slug,
        when: When,
    ) -> Result<ResponseReport, AppError> {
        demand(actor, Right::ReadResults)?;
        let session = self.look(actor.workspace).await?;
        let survey = survey_called(&session, slug).await?;
        let query = ResultsQuery {
            when,
            ..ResultsQuery::default()
        };
        let selection = Selection::read(&session, survey, &query, self.clock.now()).await?;
        let Selection { from, until, .. } = selection;
        let id = selection.survey.id;
        let funnel = invitation_funnel(&session, id, from, until).await?;
        let unanswered = unanswered_invitations(&session, id, from, until).await?;
        let dispositions = dispositions(&funnel, unanswered);
        let attempts = attempts(&session, id, from, until).await?;
        Ok(ResponseReport {
            when,
            waiting: funnel.invited - funnel.sent - funnel.failed,
            undelivered: funnel.failed,
            rates: (funnel.sent + funnel.failed > 0)
                .then(|| response_rate(&dispositions, None))
                .transpose()?,
            dispositions,
            channels: by_channel(&attempts),
            pages: pages(&selection, &attempts),
            questions: questions(&session, &selection, &attempts, (from, until)).await?,
            survey: selection.survey,
        })
    }
}

/// The invitations that were sent in the categories of AAPOR for surveys of named persons by
/// internet: who answered is I, who stopped on the way P, who opted out instead R. Of the others
/// nothing is known: nothing came back (3.19), or the mail could not be delivered (3.30).
pub(super) fn dispositions(
    funnel: &InvitationFunnel,
    unanswered: UnansweredInvitations,
) -> Dispositions {
    let sent = funnel.sent + funnel.failed;
    let complete = funnel.answered.min(sent);
    let heard = complete + unanswered.begun + unanswered.opted_out;
    Dispositions {
        complete,
        partial: unanswered.begun,
        refusal: unanswered.opted_out,
        unknown_other: sent.saturating_sub(heard),
        ..Dispositions::default()
    }
}

fn by_channel(attempts: &[Attempts]) -> Vec<ChannelCompletion> {
    let mut found: BTreeMap<&str, ChannelCompletion> = BTreeMap::new();
    for some in attempts {
        let line = found
            .entry(some.channel.code())
            .or_insert(ChannelCompletion {
                channel: some.channel,
                begun: 0,
                complete: 0,
            });
        line.begun += some.n;
        if some.pages_done.is_none() {
            line.complete += some.n;
        }
    }
    let mut lines: Vec<_> = found.into_values().collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.begun));
    lines
}

fn pages(selection: &Selection, attempts: &[Attempts]) -> Vec<u64> {
    let Some(newest) = selection.versions.first() else {
        return Vec::new();
    };
    let of_newest = |from: usize| {
        attempts
            .iter()
            .filter(|some| some.version == newest.number)
            .filter(|some| {
                some.pages_done
                    .is_none_or(|done| usize::try_from(done).is_ok_and(|done| done >= from))
            })
            .map(|some| some.n)
            .sum()
    };
    match newest.definition.pages.len() {
        0 | 1 => Vec::new(),
        pages => (1..=pages).map(of_newest).collect(),
    }
}

async fn questions(
    session: &impl Counting,
    selection: &Selection,
    attempts: &[Attempts],
    (from, until): (Option<LocalDay>, Option<LocalDay>),
) -> Result<Vec<QuestionAnswered>, AppError> {
    let answered = answered_questions(session, selection.survey.id, from, until).await?;
    let mut complete: BTreeMap<i32, u64> = BTreeMap::new();
    for some in attempts.iter().filter(|some| some.pages_done.is_none()) {
        *complete.entry(some.version).or_default() += some.n;
    }
    let asked_in = |question: &Question| -> u64 {
        let asking = selection
            .versions
            .iter()
            .filter(|version| version.definition.question(&question.key).is_some());
        asking
            .filter_map(|version| complete.get(&version.number))
            .sum()
    };
    let questions = selection.definition().questions();
    Ok(questions
        .filter(|question| question.kind.asks())
        .map(|question| QuestionAnswered {
            asked: asked_in(question),
            answered: answered.get(&question.key).copied().unwrap_or_default(),
            question: question.clone(),
        })
        .collect())
}
