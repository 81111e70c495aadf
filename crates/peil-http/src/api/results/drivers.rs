//! What drives satisfaction, as programs ask for it.

use axum::{Json, extract::State};
use peil_app::{
    AppError,
    results::{Direction, Driver, DriverRefusal, DriversFound, DriversQuery, Quadrant},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{SelectionFields, slug_of};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{body::Outcome, caller::Caller, refusals::Reading},
    edge::{fields::Fields, visitor::Visitor},
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(get_drivers))
}

/// How much of the differences in one question goes with each of the others.
#[derive(Serialize, ToSchema)]
struct DriversView {
    /// Address name of the questionnaire.
    survey: String,
    /// Key of the question that is explained.
    outcome: Option<String>,
    /// Why there is no analysis: `no_outcome`, `no_drivers`, `too_few`, `no_spread` (everyone gave
    /// one question the same score) or `follows` (a driver follows from the others).
    refused: Option<&'static str>,
    /// Complete submissions; absent when there is no analysis.
    n: Option<u64>,
    /// The people who gave them.
    people: Option<u64>,
    /// The part of the differences that all drivers explain together, 0 to 1.
    r2: Option<f64>,
    /// Whether only the newest submissions were looked at.
    newest_only: bool,
    /// The drivers, the most important first.
    drivers: Vec<DriverView>,
    /// Keys of questions that could take part.
    choices: Vec<String>,
    /// Moment at which this was true.
    as_of: String,
}

/// One driver.
#[derive(Serialize, ToSchema)]
struct DriverView {
    /// Key of the question.
    question: String,
    /// The part of the differences that goes with it, after Lindeman, Merenda and Gold, 0 to 1.
    part: f64,
    /// Both ends of its 95 % bootstrap interval.
    part_interval: [f64; 2],
    /// Its part of what all drivers explain together.
    lmg_share: Option<f64>,
    /// The same after Johnson.
    relative_share: Option<f64>,
    /// Pearson's correlation with the outcome.
    correlation: f64,
    /// `up`, `down` or `unclear`: where the outcome goes with its scores when the others stay.
    direction: &'static str,
    /// Mean score of those who are counted.
    mean: f64,
    /// Both ends of its 95 % interval.
    mean_interval: [f64; 2],
    /// Where the mean lies on its scale: 0 at the worst score, 1 at the best.
    position: f64,
    /// `concentrate`, `keep_up`, `low_priority` or `possible_overkill`.
    quadrant: &'static str,
}

impl From<&Driver> for DriverView {
    fn from(driver: &Driver) -> Self {
        Self {
            question: driver.question.key.to_string(),
            part: driver.part,
            part_interval: [driver.part_interval.low, driver.part_interval.high],
            lmg_share: driver.share,
            relative_share: driver.relative_share,
            correlation: driver.correlation,
            direction: match driver.direction {
                Direction::Up => "up",
                Direction::Down => "down",
                Direction::Unclear => "unclear",
            },
            mean: driver.mean.value,
            mean_interval: [driver.mean.low, driver.mean.high],
            position: driver.position,
            quadrant: match driver.quadrant {
                Quadrant::Concentrate => "concentrate",
                Quadrant::KeepUp => "keep_up",
                Quadrant::LowPriority => "low_priority",
                Quadrant::PossibleOverkill => "possible_overkill",
            },
        }
    }
}

impl From<DriversFound> for DriversView {
    fn from(found: DriversFound) -> Self {
        let refused = found.analysis.as_ref().err().map(|why| match why {
            DriverRefusal::NoOutcome => "no_outcome",
            DriverRefusal::NoDrivers => "no_drivers",
            DriverRefusal::TooFew { .. } => "too_few",
            DriverRefusal::NoSpread(_) => "no_spread",
            DriverRefusal::Follows => "follows",
        });
        let analysis = found.analysis.as_ref().ok();
        let drivers = analysis.iter().flat_map(|analysis| &analysis.drivers);
        let choices = found.choices.iter();
        Self {
            survey: found.survey.slug.to_string(),
            outcome: found.outcome.as_ref().map(|asked| asked.key.to_string()),
            refused,
            n: analysis.map(|analysis| analysis.n),
            people: analysis.map(|analysis| analysis.people),
            r2: analysis.map(|analysis| analysis.r2),
            newest_only: analysis.is_some_and(|analysis| analysis.is_cut),
            drivers: drivers.map(DriverView::from).collect(),
            choices: choices
                .map(|choice| choice.question.key.to_string())
                .collect(),
            as_of: found.as_of.to_string(),
        }
    }
}

/// Reads what is asked; a known field that cannot be read is refused.
fn analysis_of(fields: &Fields) -> Result<DriversQuery, AppError> {
    let (query, refused) = DriversQuery::read(fields.iter());
    match refused.first() {
        Some(field) => Err(AppError::Invalid {
            field,
            code: "unknown",
        }),
        None => Ok(query),
    }
}

/// Works out how much of the differences in one question goes with each of the others.
#[utoipa::path(get, path = "/results/drivers", operation_id = "get_drivers", tag = "results",
    params(("survey" = String, Query, description = "Address name of the questionnaire."),
        ("driver" = Option<String>, Query, description = "Key of a question that may drive the outcome. May be repeated up to twelve times; without it the questions that most people answered are taken."),
        SelectionFields),
    responses((status = 200, body = DriversView), Reading))]
async fn get_drivers(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<DriversView>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = slug_of(&visitor.query).map_err(say)?;
    let query = analysis_of(&visitor.query).map_err(say)?;
    let actor = &caller.identity.actor;
    let found = web.app.find_drivers(actor, &slug, query).await;
    Ok(Json(found.map_err(say)?.into()))
}
