//! What to start from: templates, single questions, and advice on what suits a goal.

use axum::Json;
use peil_app::survey::{self, BankTheme, Template, question_bank, templates};
use peil_domain::survey as asked;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::Purpose,
    definition::{Definition, Question},
    words::Words,
};
use crate::{
    api::operations::{Operations, routes},
    api::{
        body::{Asked, ListOf},
        caller::Caller,
        refusals::Reading,
    },
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(list_survey_templates))
        .routes(routes!(list_bank_questions))
        .routes(routes!(get_survey_advice))
}

/// A questionnaire to start from.
#[derive(Serialize, ToSchema)]
struct SurveyTemplate {
    /// Stable name.
    code: String,
    name: Words,
    /// What it is for.
    description: Words,
    /// When to send it.
    moment: Words,
    /// What it measures: `nps`, `csat`, `ces`, `mark`.
    measures: Vec<&'static str>,
    /// Where people meet it: `page`, `popup`, `kiosk`, `sms`.
    channel: &'static str,
    purpose: Purpose,
    /// Whole minutes that answering takes.
    minutes: u32,
    #[schema(value_type = Definition)]
    definition: asked::Definition,
}

impl From<&Template> for SurveyTemplate {
    fn from(template: &Template) -> Self {
        Self {
            code: template.code.clone(),
            name: (&template.name).into(),
            description: (&template.description).into(),
            moment: (&template.moment).into(),
            measures: template.measures(),
            channel: template.channel.code(),
            purpose: template.purpose.into(),
            minutes: template.definition.estimated_minutes(),
            definition: template.definition.clone(),
        }
    }
}

/// Single questions about one theme.
#[derive(Serialize, ToSchema)]
struct BankQuestions {
    /// Stable name of the theme.
    theme: String,
    name: Words,
    /// The questions, the most useful first.
    #[schema(value_type = Vec<Question>)]
    questions: Vec<asked::Question>,
}

impl From<&BankTheme> for BankQuestions {
    fn from(theme: &BankTheme) -> Self {
        Self {
            theme: theme.code.clone(),
            name: (&theme.name).into(),
            questions: theme.questions.clone(),
        }
    }
}

/// What someone wants to know, and how people are reached.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AdviceAsked {
    /// What someone wants to know.
    #[param(inline)]
    goal: AdviceGoal,
    /// How people are reached.
    #[param(inline)]
    reach: AdviceReach,
}

/// What someone wants to know.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AdviceGoal {
    Relation,
    Contact,
    Effort,
    Product,
    Start,
    Leaving,
}

/// How people are reached.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AdviceReach {
    Mail,
    Website,
    OnSite,
    Sms,
}

impl From<AdviceGoal> for survey::Goal {
    fn from(goal: AdviceGoal) -> Self {
        match goal {
            AdviceGoal::Relation => Self::Relation,
            AdviceGoal::Contact => Self::Contact,
            AdviceGoal::Effort => Self::Effort,
            AdviceGoal::Product => Self::Product,
            AdviceGoal::Start => Self::Start,
            AdviceGoal::Leaving => Self::Leaving,
        }
    }
}

impl From<AdviceReach> for survey::Reach {
    fn from(reach: AdviceReach) -> Self {
        match reach {
            AdviceReach::Mail => Self::Mail,
            AdviceReach::Website => Self::Website,
            AdviceReach::OnSite => Self::OnSite,
            AdviceReach::Sms => Self::Sms,
        }
    }
}

/// What suits a goal.
#[derive(Serialize, ToSchema)]
struct SurveyAdvice {
    /// The measure to look at: `nps`, `csat` or `ces`.
    measure: &'static str,
    /// The questionnaire to start from, by the code of its template.
    template: &'static str,
}

/// Lists the questionnaires to start from.
#[utoipa::path(get, path = "/survey-templates", operation_id = "list_survey_templates",
    tag = "survey", responses((status = 200, body = ListOf<SurveyTemplate>), Reading))]
async fn list_survey_templates(_caller: Caller) -> Json<ListOf<SurveyTemplate>> {
    let items = templates().iter().map(SurveyTemplate::from).collect();
    Json(ListOf { items, next: None })
}

/// Lists single questions to put into a questionnaire, by theme.
#[utoipa::path(get, path = "/question-bank", operation_id = "list_bank_questions",
    tag = "survey", responses((status = 200, body = ListOf<BankQuestions>), Reading))]
async fn list_bank_questions(_caller: Caller) -> Json<ListOf<BankQuestions>> {
    let items = question_bank().iter().map(BankQuestions::from).collect();
    Json(ListOf { items, next: None })
}

/// Says which measure and questionnaire suit a goal.
#[utoipa::path(get, path = "/survey-advice", operation_id = "get_survey_advice", tag = "survey",
    params(AdviceAsked), responses((status = 200, body = SurveyAdvice), Reading))]
async fn get_survey_advice(
    _caller: Caller,
    Asked(asked): Asked<AdviceAsked>,
) -> Json<SurveyAdvice> {
    let advice = survey::advise(asked.goal.into(), asked.reach.into());
    Json(SurveyAdvice {
        measure: advice.measure,
        template: advice.template,
    })
}
