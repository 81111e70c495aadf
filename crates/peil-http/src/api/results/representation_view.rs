//! Representativeness and weights as programs read them.

use peil_app::results::{
    Chase, Dimension, Interval, PropertyChoice, PropertyResponse, Representation,
    RepresentationRefusal, Represented, Standing, WeighedFigure, WeightMargin, WeightRefusal,
    dimension_code,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Those who answered beside all who were invited.
#[derive(Serialize, ToSchema)]
pub(super) struct RepresentationView {
    /// Address name of the questionnaire.
    survey: String,
    /// Identifier of the wave; absent when all waves are taken together.
    wave: Option<String>,
    /// Contacts who were invited, each counted once.
    invited: u64,
    /// Of those: who answered completely.
    answered: u64,
    /// Complete submissions that nobody was invited to; they take no part.
    uninvited: u64,
    /// Why nothing more is told: `not_invited`, `too_few`, `no_properties` or `everyone_answered`.
    refused: Option<&'static str>,
    /// The share that answered, 0 to 1.
    share: Option<f64>,
    /// Both ends of its 95 % interval.
    share_interval: Option<[f64; 2]>,
    /// The R-indicator: 1 when everyone was as likely to answer.
    r: Option<f64>,
    /// Both ends of its 95 % interval; absent when propensities do not differ.
    r_interval: Option<[f64; 2]>,
    /// `good`, `fair` or `poor`.
    grade: Option<&'static str>,
    /// The most that non-response can put a mean off, in standard deviations of the scores.
    largest_bias: Option<f64>,
    /// The response by property, the one that tells most beside the others first.
    properties: Vec<PropertyView>,
    /// Groups that stay behind, the one that brings most first.
    chase: Vec<ChaseView>,
    /// What answers are weighted by.
    margins: Vec<MarginView>,
    /// `invited`, `contacts` or `typed`.
    population: &'static str,
    /// The heaviest weight that is allowed, in times the mean.
    bound: Option<f64>,
    /// The questions with a scale, with and without weights.
    figures: Vec<WeighedView>,
    /// What could take part.
    choices: Vec<PropertyChoiceView>,
    /// Moment at which this was true.
    as_of: String,
}

/// Something that is known of contacts.
#[derive(Serialize, ToSchema)]
struct PropertyChoiceView {
    /// `language` or `segment.KEY`.
    property: String,
    /// How many values it has among the invited, "not known" included.
    values: u64,
    /// Whether it makes groups.
    is_usable: bool,
}

/// The response by one property.
#[derive(Serialize, ToSchema)]
struct PropertyView {
    /// `language` or `segment.KEY`.
    property: String,
    /// Whether those who answered are composed otherwise than those who were invited.
    differs: bool,
    /// Chi-squared of those who answered against all invited, of whom they are a part.
    chi2: Option<f64>,
    /// Its degrees of freedom.
    df: Option<u64>,
    /// Its p-value, adjusted by Holm for the number of properties; absent when groups are too small.
    p_adjusted: Option<f64>,
    /// The share of the answers that would have to come from another group.
    dissimilarity: Option<f64>,
    /// Unconditional partial R-indicator, without what chance adds.
    unconditional: f64,
    /// Conditional partial R-indicator, without what chance adds.
    conditional: f64,
    /// The groups, the largest first.
    groups: Vec<GroupView>,
}

/// Invited people with one value of a property.
#[derive(Serialize, ToSchema)]
struct GroupView {
    /// The value; empty when it is not known.
    value: String,
    /// How many were invited.
    invited: u64,
    /// How many of them answered.
    answered: u64,
    /// The share that answered, 0 to 1.
    share: f64,
    /// Both ends of its 95 % interval.
    share_interval: [f64; 2],
    /// `over`, `under` or `alike`: how many of the answers are theirs.
    standing: &'static str,
    /// Above 0 when over-represented, below 0 when missed.
    unconditional: f64,
    /// How far they differ from those alike in all other properties.
    conditional: f64,
}

/// A group to ask once more.
#[derive(Serialize, ToSchema)]
struct ChaseView {
    /// What its people have in common.
    values: Vec<GroupValue>,
    /// How many were invited.
    invited: u64,
    /// How many of them did not answer.
    waiting: u64,
    /// How many more would have to answer for the share that everyone has.
    needed: u64,
    /// The R-indicator then.
    r: f64,
    /// Identifier of the segment of just these people, when there is one.
    segment: Option<String>,
}

/// A value of a property.
#[derive(Serialize, ToSchema)]
struct GroupValue {
    /// `language` or `segment.KEY`.
    property: String,
    /// The value; empty when it is not known.
    value: String,
}

/// A property that answers are weighted by.
#[derive(Serialize, ToSchema)]
struct MarginView {
    /// `language` or `segment.KEY`.
    property: String,
    /// The values, the largest first.
    values: Vec<TargetView>,
}

/// A value with its share of the population.
#[derive(Serialize, ToSchema)]
struct TargetView {
    /// The value; empty when it is not known.
    value: String,
    /// Its share of the population, 0 to 1.
    target: f64,
    /// Its share of those who answered, 0 to 1.
    answered: f64,
}

/// A question with and without weights.
#[derive(Serialize, ToSchema)]
struct WeighedView {
    /// Key of the question.
    question: String,
    /// Why there is no weighted figure: `too_few`, `one_group`, `empty` (nobody answered in a group
    /// that has a share), `not_converged`, `infeasible` (the bound leaves no room) or `shares` (the
    /// typed ones do not add up to 100 percent).
    refused: Option<&'static str>,
    /// The groups in which nobody answered.
    empty: Vec<GroupValue>,
    /// Values that were put together because too few people have them.
    pooled: Vec<GroupValue>,
    /// The figures and the weights.
    figure: Option<WeighedFigureView>,
}

/// A figure with and without weights: points for NPS, a fraction for a share, units of the scale
/// for a mean.
#[derive(Serialize, ToSchema)]
struct WeighedFigureView {
    /// Answers, the newest of each invited person.
    n: u64,
    /// Everyone alike.
    unweighted: f64,
    /// Both ends of its 95 % interval.
    unweighted_interval: [f64; 2],
    /// With weights.
    weighted: Option<f64>,
    /// Both ends of its 95 % interval.
    weighted_interval: Option<[f64; 2]>,
    /// Weighted less unweighted.
    difference: Option<f64>,
    /// Both ends of its 95 % interval.
    difference_interval: Option<[f64; 2]>,
    /// `differs`, `does_not_differ` or `cannot_tell`.
    verdict: &'static str,
    /// How many answers of equal weight tell as much.
    effective_n: Option<f64>,
    /// Kish's design effect.
    design_effect: Option<f64>,
    /// The lightest weight, in times the mean.
    lightest: f64,
    /// The heaviest weight, in times the mean.
    heaviest: f64,
    /// People whose weight was cut off at the bound.
    bounded: u64,
    /// How far the weighted share of any value is from its target, 0 to 1.
    furthest_from_target: f64,
}

fn ends(interval: Interval) -> [f64; 2] {
    [interval.low, interval.high]
}

fn named(dimension: &Dimension, value: &str) -> GroupValue {
    GroupValue {
        property: dimension_code(dimension),
        value: value.to_owned(),
    }
}

impl From<&PropertyChoice> for PropertyChoiceView {
    fn from(choice: &PropertyChoice) -> Self {
        Self {
            property: dimension_code(&choice.dimension),
            values: choice.values,
            is_usable: choice.is_usable(),
        }
    }
}

impl From<&PropertyResponse> for PropertyView {
    fn from(found: &PropertyResponse) -> Self {
        let groups = found.categories.iter().map(|group| GroupView {
            value: group.value.clone(),
            invited: group.invited,
            answered: group.answered,
            share: group.share,
            share_interval: ends(group.interval),
            standing: match group.standing {
                Standing::Over => "over",
                Standing::Under => "under",
                Standing::Alike => "alike",
            },
            unconditional: group.unconditional,
            conditional: group.conditional,
        });
        Self {
            property: dimension_code(&found.dimension),
            differs: found.differs,
            chi2: found.fit.chi2,
            df: found.fit.df,
            p_adjusted: found.p_adjusted,
            dissimilarity: found.fit.dissimilarity,
            unconditional: found.unconditional,
            conditional: found.conditional,
            groups: groups.collect(),
        }
    }
}

impl From<&Chase> for ChaseView {
    fn from(group: &Chase) -> Self {
        let values = group.values.iter();
        Self {
            values: values
                .map(|(dimension, _, value)| named(dimension, value))
                .collect(),
            invited: group.invited,
            waiting: group.waiting,
            needed: group.needed,
            r: group.r,
            segment: group.segment.map(|segment| segment.to_string()),
        }
    }
}

impl From<&WeightMargin> for MarginView {
    fn from(margin: &WeightMargin) -> Self {
        let values = margin.values.iter().map(|value| TargetView {
            value: value.value.clone(),
            target: value.target,
            answered: value.answered,
        });
        Self {
            property: dimension_code(&margin.dimension),
            values: values.collect(),
        }
    }
}

impl From<&WeighedFigure> for WeighedView {
    fn from(figure: &WeighedFigure) -> Self {
        let weighed = figure.found.as_ref().ok();
        let refused = figure.found.as_ref().err();
        let pooled = weighed.iter().flat_map(|weighed| &weighed.pooled);
        let pooled = pooled.flat_map(|(dimension, values)| {
            let values = values.iter();
            values.map(move |value| named(dimension, value))
        });
        Self {
            question: figure.question.key.to_string(),
            refused: refused.map(|why| match why {
                WeightRefusal::TooFew => "too_few",
                WeightRefusal::OneGroup => "one_group",
                WeightRefusal::Empty(_) => "empty",
                WeightRefusal::NotConverged => "not_converged",
                WeightRefusal::Infeasible => "infeasible",
                WeightRefusal::Shares(..) => "shares",
            }),
            empty: match refused {
                Some(WeightRefusal::Empty(groups)) => groups
                    .iter()
                    .map(|(dimension, _, value)| named(dimension, value))
                    .collect(),
                _ => Vec::new(),
            },
            pooled: pooled.collect(),
            figure: weighed.map(|weighed| WeighedFigureView {
                n: weighed.score.n,
                unweighted: weighed.plain.value,
                unweighted_interval: [weighed.plain.low, weighed.plain.high],
                weighted: weighed.score.value,
                weighted_interval: weighed.score.ci.map(ends),
                difference: weighed.score.diff,
                difference_interval: weighed.score.diff_ci.map(ends),
                verdict: weighed.verdict.code(),
                effective_n: weighed.score.n_eff,
                design_effect: weighed.score.deff,
                lightest: weighed.range.0,
                heaviest: weighed.range.1,
                bounded: weighed.bounded,
                furthest_from_target: weighed.furthest,
            }),
        }
    }
}

impl From<Representation> for RepresentationView {
    fn from(found: Representation) -> Self {
        let told: Option<&Represented> = found.found.as_ref().ok();
        let indicator = told.map(|told| told.indicator);
        let properties = told.iter().flat_map(|told| &told.properties);
        let chase = told.iter().flat_map(|told| &told.chase);
        let margins = told.iter().flat_map(|told| &told.weighting.margins);
        let figures = told.iter().flat_map(|told| &told.weighting.figures);
        Self {
            survey: found.survey.slug.to_string(),
            wave: found.query.wave.map(|wave| wave.to_string()),
            invited: found.invited,
            answered: found.answered,
            uninvited: found.uninvited,
            refused: found.found.as_ref().err().map(|why| match why {
                RepresentationRefusal::NotInvited => "not_invited",
                RepresentationRefusal::TooFew => "too_few",
                RepresentationRefusal::NoProperties => "no_properties",
                RepresentationRefusal::EveryoneAnswered => "everyone_answered",
            }),
            share: told.map(|told| told.share),
            share_interval: told.map(|told| ends(told.interval)),
            r: indicator.map(|indicator| indicator.r),
            r_interval: indicator.and_then(|indicator| indicator.interval).map(ends),
            grade: indicator.map(|indicator| indicator.grade.code()),
            largest_bias: indicator.map(|indicator| indicator.largest_bias),
            properties: properties.map(PropertyView::from).collect(),
            chase: chase.map(ChaseView::from).collect(),
            margins: margins.map(MarginView::from).collect(),
            population: found.query.population.code(),
            bound: found.query.bound,
            figures: figures.map(WeighedView::from).collect(),
            choices: found
                .properties
                .iter()
                .map(PropertyChoiceView::from)
                .collect(),
            as_of: found.as_of.to_string(),
        }
    }
}
