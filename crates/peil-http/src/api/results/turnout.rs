//! Who answered, and where others stopped, as programs ask for it.

use axum::{Json, extract::State};
use peil_app::{
    AppError,
    results::{Dispositions, ResponseRates, ResponseReport},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{selection_of, slug_of};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{body::Outcome, caller::Caller, refusals::Reading},
    edge::visitor::Visitor,
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(get_response_report))
}

/// How invitations ended and how far respondents came.
#[derive(Serialize, ToSchema)]
struct ResponseReportView {
    /// Address name of the questionnaire.
    survey: String,
    /// Invitations that still wait to be sent; they are in no rate.
    waiting: u64,
    /// Invitations that could not be delivered; part of `UO`.
    undelivered: u64,
    /// How the invitations that were sent ended.
    dispositions: DispositionsView,
    /// Rates by AAPOR, fractions; absent when nobody was invited.
    #[serde(skip_serializing_if = "Option::is_none")]
    rates: Option<RatesView>,
    /// Those who began, by channel.
    channels: Vec<CompletionView>,
    /// How many sent each page of the newest version; empty when it has one page.
    pages: Vec<u64>,
    /// How often each question of the newest version was answered.
    questions: Vec<AnsweredView>,
}

/// How invitations ended, in the categories of AAPOR.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
struct DispositionsView {
    /// Answered completely.
    i: u64,
    /// Begun and stopped.
    p: u64,
    /// Opted out without answering.
    r: u64,
    /// Nothing heard, or could not be delivered.
    uo: u64,
}

impl From<Dispositions> for DispositionsView {
    fn from(found: Dispositions) -> Self {
        Self {
            i: found.complete,
            p: found.partial,
            r: found.refusal,
            uo: found.unknown_other,
        }
    }
}

/// Outcome rates by their names in the standard; absent where nobody is in the denominator.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
struct RatesView {
    /// Answered completely, of all sent.
    rr1: Option<f64>,
    /// Answered completely or begun, of all sent.
    rr2: Option<f64>,
    /// Answered completely, of those heard from.
    rr5: Option<f64>,
    /// Answered completely, of those who reacted.
    coop1: Option<f64>,
    /// Opted out, of all sent.
    ref1: Option<f64>,
    /// Reacted in any way, of all sent.
    con1: Option<f64>,
}

impl From<ResponseRates> for RatesView {
    fn from(found: ResponseRates) -> Self {
        Self {
            rr1: found.rr1,
            rr2: found.rr2,
            rr5: found.rr5,
            coop1: found.coop1,
            ref1: found.ref1,
            con1: found.con1,
        }
    }
}

/// How many of those who began through a channel finished.
#[derive(Serialize, ToSchema)]
struct CompletionView {
    /// The channel.
    channel: &'static str,
    /// Those who sent at least one page.
    begun: u64,
    /// Those who sent all pages.
    complete: u64,
}

/// How often a question was answered.
#[derive(Serialize, ToSchema)]
struct AnsweredView {
    /// Key of the question.
    question: String,
    /// Complete submissions that were asked it.
    asked: u64,
    /// Those with an answer to it.
    answered: u64,
}

impl From<ResponseReport> for ResponseReportView {
    fn from(report: ResponseReport) -> Self {
        Self {
            survey: report.survey.slug.to_string(),
            waiting: report.waiting,
            undelivered: report.undelivered,
            dispositions: report.dispositions.into(),
            rates: report.rates.map(Into::into),
            channels: report
                .channels
                .iter()
                .map(|line| CompletionView {
                    channel: line.channel.code(),
                    begun: line.begun,
                    complete: line.complete,
                })
                .collect(),
            pages: report.pages,
            questions: report
                .questions
                .iter()
                .map(|line| AnsweredView {
                    question: line.question.key.to_string(),
                    asked: line.asked,
                    answered: line.answered,
                })
                .collect(),
        }
    }
}

/// Reports how invitations of a period ended and how far respondents came.
#[utoipa::path(get, path = "/response-report", operation_id = "get_response_report", tag = "results",
    params(("survey" = String, Query, description = "Address name of the questionnaire."),
        ("period" = Option<String>, Query, description = "`this-month`, `last-month`, `this-quarter`, `last-quarter`, `this-year`, `12-months` or `all`."),
        ("from" = Option<String>, Query, description = "First day, such as `2026-01-31`; goes before `period`."),
        ("until" = Option<String>, Query, description = "Last day.")),
    responses((status = 200, body = ResponseReportView), Reading))]
async fn get_response_report(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<ResponseReportView>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = slug_of(&visitor.query).map_err(say)?;
    let when = selection_of(&visitor.query).map_err(say)?.when;
    let actor = &caller.identity.actor;
    let report = web.app.get_response_report(actor, &slug, when).await;
    Ok(Json(report.map_err(say)?.into()))
}
