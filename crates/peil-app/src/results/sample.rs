//! How many answers are needed: for a margin, to see a difference, to see a goal reached.

use peil_domain::{
    access::{Actor, Right},
    audience::Filter,
    survey::{Metric, Survey},
};
use peil_measure::{
    Level, MeasureError, NpsShares, SIGNIFICANCE, SampleGoal, SampleSize, mean, nps, proportion,
    reachable_answers, sample_size,
};
use peil_store::{
    audience::contacts,
    results::{InvitationFunnel, invitation_funnel},
    survey,
};

use super::{
    ResultsQuery, SampleAim, SampleQuery, counting::count_responses, explore::survey_called,
    figure::histogram, selection::Selection,
};
use crate::{App, AppError, app::demand, facts::Counting};

/// The probability of seeing a difference that is there: four times in five.
const POWER: f64 = 0.8;
/// A customer base of which more than one in so many must answer is small.
const SMALL_BASE: u64 = 10;
/// Passives when nothing is known: a third, as in many organisations.
const USUAL_PASSIVES: f64 = 35.0;
/// Standard deviation when nothing is known: that of a common five-point scale.
const USUAL_DEVIATION: f64 = 1.1;

/// How many answers are needed.
#[derive(Debug, Clone)]
pub struct SamplePlan {
    /// Questionnaires whose figures can be taken.
    pub surveys: Vec<Survey>,
    /// What was asked, filled in.
    pub query: SampleQuery,
    /// What was filled in from answers that were given: names of fields.
    pub own: Vec<&'static str>,
    /// Answers and invitations; for two groups or periods, of each. Absent when no number is
    /// enough, since there is no difference to see.
    pub needed: Option<SampleSize>,
    /// What to look out for.
    pub warnings: Vec<SampleWarning>,
}

/// What to look out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleWarning {
    /// More than a tenth of all customers must answer; a margin takes account of that.
    SmallBase,
    /// There are fewer customers than invitations needed.
    TooFewCustomers {
        /// Answers that everyone together would give.
        reachable: u64,
    },
}

impl App {
    /// Works out how many answers are needed, with own figures where nothing was given.
    pub async fn plan_sample(
        &self,
        actor: &Actor,
        mut query: SampleQuery,
    ) -> Result<SamplePlan, AppError> {
        demand(actor, Right::ReadResults)?;
        let session = self.look(actor.workspace).await?;
        let mut own = Vec::new();
        if query.population.is_none() {
            let people = contacts::count(&session, &Filter::default(), &[], None).await?;
            fill(
                &mut query.population,
                Some(people).filter(|n| *n > 0),
                "population",
                &mut own,
            );
        }
        let surveys = survey::list(&session).await?;
        if !query.has_chosen && query.survey.is_none() {
            let mut most = 0;
            for survey in &surveys {
                let answers = count_responses(&session, survey.id).await?;
                if answers > most {
                    most = answers;
                    query.survey = Some(survey.slug.clone());
                }
            }
        }
        if let Some(slug) = query.survey.clone() {
            let survey = survey_called(&session, &slug).await?;
            let asked = ResultsQuery::default();
            let selection = Selection::read(&session, survey, &asked, self.clock.now()).await?;
            let funnel = invitation_funnel(&session, selection.survey.id, None, None).await?;
            fill_rate(&[funnel], &mut query, &mut own)?;
            fill_figure(&session, &selection, &mut query, &mut own).await?;
        }
        if query.rate.is_none() {
            // Who was never asked this was perhaps asked something else: better than a guess.
            let mut funnels = Vec::with_capacity(surveys.len());
            for survey in &surveys {
                funnels.push(invitation_funnel(&session, survey.id, None, None).await?);
            }
            fill_rate(&funnels, &mut query, &mut own)?;
        }
        let measure = *query.measure.get_or_insert(Metric::Nps);
        fill_usual(&mut query, measure);
        let rate = query.rate.map(|percent| percent / 100.0);
        let needed = match goal(&query, measure) {
            Some(goal) => Some(sample_size(goal?, rate)?).filter(|needed| needed.n.is_some()),
            None => None,
        };
        let warnings = warnings(needed.as_ref(), query.population, rate)?;
        Ok(SamplePlan {
            surveys,
            query,
            own,
            needed,
            warnings,
        })
    }
}

/// Fills in what was not given, and remembers that it was.
fn fill<T>(
    place: &mut Option<T>,
    value: Option<T>,
    field: &'static str,
    own: &mut Vec<&'static str>,
) {
    if place.is_none() && value.is_some() {
        *place = value;
        own.push(field);
    }
}

/// The response rate of all these invitations so far, those that could not be delivered included.
fn fill_rate(
    funnels: &[InvitationFunnel],
    query: &mut SampleQuery,
    own: &mut Vec<&'static str>,
) -> Result<(), AppError> {
    let sent: u64 = funnels.iter().map(|one| one.sent + one.failed).sum();
    let answered: u64 = funnels.iter().map(|one| one.answered).sum();
    let share = proportion(answered.min(sent), sent, Level::default())?.share;
    let percent = share.map(|share| rounded(share * 100.0, Metric::TopBox));
    fill(
        &mut query.rate,
        percent.filter(|percent| *percent >= 0.1),
        "rate",
        own,
    );
    Ok(())
}

/// The figure of the first question with the measure, when it may be shown.
async fn fill_figure(
    session: &impl Counting,
    selection: &Selection,
    query: &mut SampleQuery,
    own: &mut Vec<&'static str>,
) -> Result<(), AppError> {
    let questions = selection.definition().questions();
    let mut scaled = questions.filter_map(|question| Some((question, question.kind.scale()?)));
    let found = scaled.find(|(_, scale)| query.measure.is_none_or(|known| known == scale.metric));
    let Some((question, scale)) = found else {
        return Ok(());
    };
    query.measure = Some(scale.metric);
    let result = selection.scale_result(session, question, scale).await?;
    let Some(shown) = result.figure.shown() else {
        return Ok(());
    };
    let answers = histogram(&scale, &result.counts)?;
    let (now, spread) = match scale.metric {
        Metric::Nps => {
            let split = nps(&answers, Level::default())?.split;
            let passives = proportion(split.passives, split.n, Level::default())?.share;
            (shown.value, passives.map(|share| share * 100.0))
        }
        Metric::TopBox => (shown.value * 100.0, None),
        Metric::Mean => (
            shown.value,
            mean(&answers, Level::default()).sd.filter(|sd| *sd > 0.01),
        ),
    };
    fill(&mut query.now, Some(rounded(now, scale.metric)), "now", own);
    fill(
        &mut query.spread,
        spread.map(|spread| rounded(spread, scale.metric)),
        "spread",
        own,
    );
    Ok(())
}

/// As someone would type it: points and percent with one decimal, scores with two.
fn rounded(value: f64, measure: Metric) -> f64 {
    let parts = if measure == Metric::Mean { 100.0 } else { 10.0 };
    (value * parts).round() / parts
}

/// What is usual, where nothing is given or known.
fn fill_usual(query: &mut SampleQuery, measure: Metric) {
    let (now, spread, margin) = match measure {
        Metric::Nps => (30.0, Some(USUAL_PASSIVES), 5.0),
        // Half and half needs the most answers: the safe guess.
        Metric::TopBox => (50.0, None, 5.0),
        Metric::Mean => (4.0, Some(USUAL_DEVIATION), 0.2),
    };
    let now = *query.now.get_or_insert(now);
    query.spread = query.spread.or(spread);
    let size = match query.aim {
        SampleAim::Margin => margin,
        SampleAim::Difference => 2.0 * margin,
        SampleAim::Goal => now + 2.0 * margin,
    };
    query.size.get_or_insert(size);
}

/// The goal in the words of statistics; nothing when the figures cannot be so.
fn goal(query: &SampleQuery, measure: Metric) -> Option<Result<SampleGoal, MeasureError>> {
    let (size, now) = (query.size?, query.now?);
    let spread = query.spread.unwrap_or_default();
    let (level, population) = (Level::default(), query.population);
    let later = match query.aim {
        SampleAim::Margin => now,
        // Up or down costs the same; up, unless the scale ends there.
        SampleAim::Difference if measure != Metric::Mean && now + size > 100.0 => now - size,
        SampleAim::Difference => now + size,
        SampleAim::Goal => size,
    };
    let shares = |points: f64| NpsShares::of_nps(points, spread / 100.0);
    let (power, alpha) = (POWER, SIGNIFICANCE);
    Some(match (measure, query.aim) {
        (Metric::Nps, SampleAim::Margin) => shares(now).map(|shares| SampleGoal::NpsMargin {
            margin: size,
            shares,
            level,
            population,
        }),
        (Metric::TopBox, SampleAim::Margin) => Ok(SampleGoal::ShareMargin {
            margin: size / 100.0,
            share: now / 100.0,
            level,
            population,
        }),
        (Metric::Mean, SampleAim::Margin) => Ok(SampleGoal::MeanMargin {
            margin: size,
            sd: spread,
            level,
            population,
        }),
        (Metric::Nps, _) => shares(now).and_then(|first| {
            Ok(SampleGoal::TwoNps {
                first,
                second: shares(later)?,
                power,
                alpha,
            })
        }),
        (Metric::TopBox, _) => Ok(SampleGoal::TwoShares {
            first: now / 100.0,
            second: later / 100.0,
            power,
            alpha,
        }),
        (Metric::Mean, _) => Ok(SampleGoal::TwoMeans {
            difference: later - now,
            sd: spread,
            power,
            alpha,
        }),
    })
}

/// Whether there are customers enough.
fn warnings(
    needed: Option<&SampleSize>,
    population: Option<u64>,
    rate: Option<f64>,
) -> Result<Vec<SampleWarning>, AppError> {
    let mut found = Vec::new();
    let (Some(needed), Some(people)) = (needed, population) else {
        return Ok(found);
    };
    if needed.n.is_some_and(|n| n > people / SMALL_BASE) {
        found.push(SampleWarning::SmallBase);
    }
    let asked = needed.invitations.or(needed.n);
    if asked.is_some_and(|asked| asked > people) {
        let reachable = reachable_answers(people, rate.unwrap_or(1.0))?;
        found.push(SampleWarning::TooFewCustomers { reachable });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(measure: Metric, aim: SampleAim, size: f64, now: f64) -> Option<u64> {
        let mut query = SampleQuery {
            aim,
            size: Some(size),
            now: Some(now),
            ..SampleQuery::default()
        };
        fill_usual(&mut query, measure);
        let goal = goal(&query, measure).unwrap().unwrap();
        sample_size(goal, None).unwrap().n
    }

    #[test]
    fn half_the_customers_give_or_take_five_in_a_hundred_takes_385_answers() {
        assert_eq!(
            plan(Metric::TopBox, SampleAim::Margin, 5.0, 50.0),
            Some(385)
        );
    }

    #[test]
    fn a_goal_is_a_difference_with_what_is_now() {
        let goal = plan(Metric::Nps, SampleAim::Goal, 40.0, 30.0);
        assert_eq!(goal, plan(Metric::Nps, SampleAim::Difference, 10.0, 30.0));
        assert_eq!(plan(Metric::Nps, SampleAim::Goal, 30.0, 30.0), None);
        assert!(plan(Metric::TopBox, SampleAim::Difference, 10.0, 95.0).is_some());
    }

    #[test]
    fn the_response_so_far_is_that_of_all_invitations_together() {
        let funnel = |sent, failed, answered| InvitationFunnel {
            sent,
            failed,
            answered,
            ..InvitationFunnel::default()
        };
        let (mut query, mut own) = (SampleQuery::default(), Vec::new());
        fill_rate(&[funnel(0, 0, 0)], &mut query, &mut own).unwrap();
        assert_eq!((query.rate, own.len()), (None, 0));
        let all = [funnel(0, 0, 0), funnel(90, 10, 12), funnel(100, 0, 28)];
        fill_rate(&all, &mut query, &mut own).unwrap();
        assert_eq!((query.rate, own.as_slice()), (Some(20.0), &["rate"][..]));
        // What was typed stays.
        fill_rate(&[funnel(10, 0, 9)], &mut query, &mut own).unwrap();
        assert_eq!(query.rate, Some(20.0));
    }

    #[test]
    fn few_customers_are_warned_about() {
        let needed = SampleSize {
            n_raw: Some(384.1),
            n: Some(385),
            invitations: Some(1925),
        };
        let found = warnings(Some(&needed), Some(1000), Some(0.2)).unwrap();
        let reachable = 200;
        assert_eq!(
            found,
            [
                SampleWarning::SmallBase,
                SampleWarning::TooFewCustomers { reachable }
            ]
        );
        assert!(
            warnings(Some(&needed), Some(100_000), Some(0.2))
                .unwrap()
                .is_empty()
        );
    }
}
