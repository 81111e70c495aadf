//! How many answers are needed, as programs ask for it.

use axum::{Json, extract::State};
use peil_app::{
    AppError,
    results::{SamplePlan, SampleQuery, SampleWarning, measure_code},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{body::Outcome, caller::Caller, refusals::Reading},
    edge::visitor::Visitor,
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(plan_sample))
}

/// How many answers are needed. Points for NPS, percent for a share, units of the scale for a mean.
#[derive(Serialize, ToSchema)]
struct SamplePlanView {
    /// `margin`, `difference` or `goal`.
    aim: &'static str,
    /// `nps`, `share` or `mean`.
    measure: Option<&'static str>,
    /// The margin, the difference or the goal.
    size: Option<f64>,
    /// The figure as it is now or expected.
    now: Option<f64>,
    /// Passives in percent for NPS; the standard deviation for a mean.
    spread: Option<f64>,
    /// The response rate, in percent.
    rate: Option<f64>,
    /// Customers in all.
    population: Option<u64>,
    /// Fields that were taken from own data.
    own: Vec<&'static str>,
    /// Answers needed; of each group for a difference or goal. Absent when no number is enough.
    answers: Option<u64>,
    /// Invitations needed; absent when the response rate is not known.
    invitations: Option<u64>,
    /// More than a tenth of all customers must answer.
    is_small_base: bool,
    /// Answers that all customers together would give, when those are too few.
    reachable: Option<u64>,
}

impl From<SamplePlan> for SamplePlanView {
    fn from(plan: SamplePlan) -> Self {
        let warnings = plan.warnings.iter();
        let mut reachable = warnings.filter_map(|warning| match warning {
            SampleWarning::TooFewCustomers { reachable } => Some(*reachable),
            SampleWarning::SmallBase => None,
        });
        Self {
            aim: plan.query.aim.code(),
            measure: plan.query.measure.map(measure_code),
            size: plan.query.size,
            now: plan.query.now,
            spread: plan.query.spread,
            rate: plan.query.rate,
            population: plan.query.population,
            answers: plan.needed.as_ref().and_then(|needed| needed.n),
            invitations: plan.needed.as_ref().and_then(|needed| needed.invitations),
            is_small_base: plan.warnings.contains(&SampleWarning::SmallBase),
            reachable: reachable.next(),
            own: plan.own,
        }
    }
}

/// Works out how many answers are needed for a margin, a difference or a goal.
#[utoipa::path(get, path = "/sample-plan", operation_id = "plan_sample", tag = "results",
    params(("survey" = Option<String>, Query, description = "Questionnaire whose own figures are taken where nothing is given; the one with most answers when absent, none when empty."),
        ("measure" = Option<String>, Query, description = "`nps`, `share` or `mean`."),
        ("aim" = Option<String>, Query, description = "`margin`, `difference` or `goal`; margin when absent."),
        ("size" = Option<String>, Query, description = "The margin, the difference or the goal: points for NPS, percent for a share, units of the scale for a mean."),
        ("now" = Option<String>, Query, description = "The figure as it is now or expected."),
        ("spread" = Option<String>, Query, description = "Passives in percent for NPS; the standard deviation for a mean."),
        ("rate" = Option<String>, Query, description = "The response rate in percent."),
        ("population" = Option<String>, Query, description = "Customers in all; everyone known when absent.")),
    responses((status = 200, body = SamplePlanView), Reading))]
async fn plan_sample(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<SamplePlanView>> {
    let say = |error: AppError| caller.problem(&error);
    let (query, refused) = SampleQuery::read(visitor.query.iter());
    if let Some(field) = refused.first() {
        let code = "out_of_range";
        return Err(say(AppError::Invalid { field, code }));
    }
    let found = web.app.plan_sample(&caller.identity.actor, query).await;
    Ok(Json(found.map_err(say)?.into()))
}
