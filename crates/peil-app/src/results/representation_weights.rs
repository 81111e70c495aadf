//! The figures with every group at its share of the population, beside those without.
//!
//! Whoever chooses the shares could weigh everyone but one group away. What is weighted are
//! therefore whole cells of enough people (docs/decisions/0006-small-groups.md): small groups are
//! put together before anything is weighted.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{
    shared::{QuestionKey, WaveId},
    survey::{Metric, Question, ScoreScale, Version},
};
use peil_measure::{
    Axis, Effect, MINIMUM_PEOPLE, MeasureError, PeopleTable, Recoding, Unit, Verdict,
    WeightedScore, judge,
};
use peil_store::{
    Session,
    results::{FrameProperty, FrameQuery, InvitedCell, ScoredCell, contacts_by, scores_by},
};

use super::{
    Comparability, Dimension, Joining, Population, PropertyChoice, PropertyResponse,
    Representation, RepresentationQuery, Shown,
    representation_rake::{Answers, weigh},
    scale_question,
    selection::versions_by_item,
};
use crate::AppError;

/// Properties by which answers are weighted when nobody chose any.
const USUAL_MARGINS: usize = 2;
/// A typed population may be this much off 100 percent.
const ROUNDING: f64 = 1.0;

/// The figures with every group at its share of the population.
#[derive(Debug, Clone)]
pub struct Weighting {
    /// What is weighted by.
    pub margins: Vec<WeightMargin>,
    /// The questions with a scale.
    pub figures: Vec<WeighedFigure>,
    /// The question of which the weights are shown.
    pub chosen: Option<QuestionKey>,
}

/// A property that answers are weighted by.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightMargin {
    /// The property.
    pub dimension: Dimension,
    /// What people call it, when it has a name of its own.
    pub name: Option<String>,
    /// Its values, the largest first.
    pub values: Vec<WeightTarget>,
}

/// A value with its share of the population.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightTarget {
    /// The value; empty when it is not known.
    pub value: String,
    /// Its share of the population, a fraction.
    pub target: f64,
    /// Its share of those who answered, a fraction.
    pub answered: f64,
}

/// A question with and without weights.
#[derive(Debug, Clone)]
pub struct WeighedFigure {
    /// The question.
    pub question: Question,
    /// Its scale.
    pub scale: ScoreScale,
    /// Both figures.
    pub found: Result<Weighed, WeightRefusal>,
}

/// A figure with and without weights.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Everyone alike.
    pub plain: Shown,
    /// With weights.
    pub score: WeightedScore,
    /// Whether the weights make a difference.
    pub verdict: Verdict,
    /// The lightest and the heaviest weight, in times the mean.
    pub range: (f64, f64),
    /// How many people have a weight up to each of [`WEIGHT_STEPS`], and above the last.
    pub people_by_weight: Vec<u64>,
    /// How many people had a heavier weight than was allowed.
    pub bounded: u64,
    /// How far the weighted share of any value is from its target, a fraction.
    pub furthest: f64,
    /// Values that were put together because too few people have them, by property.
    pub pooled: Vec<(Dimension, Vec<String>)>,
}

/// Weights at which one step of their distribution ends and the next begins.
pub const WEIGHT_STEPS: [f64; 6] = [0.25, 0.5, 0.8, 1.25, 2.0, 4.0];

/// Why a figure is not weighted.
#[derive(Debug, Clone, PartialEq)]
pub enum WeightRefusal {
    /// Too few people answered this question, or a few of them could be told apart.
    TooFew,
    /// When groups that are too small are put together, there is one group left.
    OneGroup,
    /// Nobody answered in these groups, which do have a share of the population: property, its own
    /// name, value.
    Empty(Vec<(Dimension, Option<String>, String)>),
    /// No weights meet the shares of all properties together.
    NotConverged,
    /// The bound leaves no room for the weights.
    Infeasible,
    /// The shares that were typed for a property do not add up to 100 percent.
    Shares(Dimension, Option<String>, f64),
}

/// Weighs the questions of a questionnaire.
pub(super) async fn weighting(
    session: &impl Session,
    found: &mut Representation,
    chosen: &[PropertyChoice],
    properties: &[PropertyResponse],
    cells: &[InvitedCell],
) -> Result<Weighting, AppError> {
    let margins = chosen_margins(&found.query, chosen, properties);
    found.query.margins = margins
        .iter()
        .map(|(_, one)| one.dimension.clone())
        .collect();
    let (population, refused) = population(session, &found.query, &margins, cells).await?;
    let versions = versions_by_item(session, found.survey.id).await?;
    let draft = found.survey.draft.by_item();
    let definition = versions
        .first()
        .map_or(&draft, |version| &version.definition);
    let asked = Asked {
        found,
        margins: &margins,
        population: &population,
        refused,
        versions: &versions,
    };
    let mut figures = Vec::new();
    for question in definition.questions() {
        if let Some(scale) = question.kind.scale() {
            figures.push(WeighedFigure {
                found: asked.figure(session, question, &scale).await?,
                question: question.clone(),
                scale,
            });
        }
    }
    judged(&mut figures)?;
    let chosen = scale_question(definition, found.query.question.as_ref());
    let chosen = chosen.map(|question| question.key.clone());
    found.query.question.clone_from(&chosen);
    Ok(Weighting {
        margins: population,
        figures,
        chosen,
    })
}

/// The properties to weight by with their place among the cells: the asked ones, or those of which
/// the composition differs, or the strongest.
fn chosen_margins<'a>(
    query: &RepresentationQuery,
    chosen: &'a [PropertyChoice],
    properties: &[PropertyResponse],
) -> Vec<(usize, &'a PropertyChoice)> {
    let place = |dimension: &Dimension| {
        let mut choices = chosen.iter().enumerate();
        choices.find(|(_, choice)| choice.dimension == *dimension)
    };
    let asked: Vec<_> = query.margins.iter().filter_map(place).collect();
    if !asked.is_empty() {
        return asked;
    }
    let differing = properties.iter().filter(|one| one.differs);
    let usual: Vec<_> = differing
        .filter_map(|one| place(&one.dimension))
        .take(USUAL_MARGINS)
        .collect();
    if !usual.is_empty() {
        return usual;
    }
    let strongest = properties.first();
    strongest
        .and_then(|one| place(&one.dimension))
        .into_iter()
        .collect()
}

/// The shares of the population by each property.
async fn population(
    session: &impl Session,
    query: &RepresentationQuery,
    margins: &[(usize, &PropertyChoice)],
    cells: &[InvitedCell],
) -> Result<(Vec<WeightMargin>, Option<WeightRefusal>), AppError> {
    let by: Vec<FrameProperty> = margins.iter().map(|(_, one)| one.property()).collect();
    let everyone = match query.population {
        Population::AddressBook => contacts_by(session, &by).await?,
        Population::Invited | Population::Typed => Vec::new(),
    };
    let mut found = Vec::with_capacity(margins.len());
    let mut refused = None;
    for (number, (place, choice)) in margins.iter().enumerate() {
        let mut sizes: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        for cell in cells {
            let value = cell.values.get(*place).cloned().unwrap_or_default();
            let size = sizes.entry(value).or_default();
            size.1 += count(cell.answered);
            if query.population != Population::AddressBook {
                size.0 += count(cell.invited);
            }
        }
        for (values, n) in &everyone {
            let value = values.get(number).cloned().unwrap_or_default();
            sizes.entry(value).or_default().0 += count(*n);
        }
        if query.population == Population::Typed {
            let sum = typed(query, &choice.dimension, &mut sizes);
            if (sum - 100.0).abs() > ROUNDING {
                let (dimension, name) = (choice.dimension.clone(), choice.name.clone());
                refused = Some(WeightRefusal::Shares(dimension, name, sum));
            }
        }
        let total = |side: fn(&(f64, f64)) -> f64| sizes.values().map(side).sum::<f64>().max(1e-9);
        let (targets, answered) = (total(|size| size.0), total(|size| size.1));
        let values = sizes.iter().map(|(value, size)| WeightTarget {
            value: value.clone(),
            target: size.0 / targets,
            answered: size.1 / answered,
        });
        let mut values: Vec<_> = values.collect();
        values.sort_by(|a, b| b.target.total_cmp(&a.target));
        found.push(WeightMargin {
            dimension: choice.dimension.clone(),
            name: choice.name.clone(),
            values,
        });
    }
    Ok((found, refused))
}

/// Puts the shares that were typed for a property in the place of the counted ones, and tells what
/// they add up to; when none was typed, the counted ones stay.
fn typed(
    query: &RepresentationQuery,
    dimension: &Dimension,
    sizes: &mut BTreeMap<String, (f64, f64)>,
) -> f64 {
    let shares = || {
        query
            .shares
            .iter()
            .filter(|one| one.dimension == *dimension)
    };
    if shares().next().is_none() {
        return 100.0;
    }
    for size in sizes.values_mut() {
        size.0 = 0.0;
    }
    for share in shares() {
        sizes.entry(share.value.clone()).or_default().0 = share.percent;
    }
    shares().map(|share| share.percent).sum()
}

/// A count as a size of a population; counts of people are far below what a float holds exactly.
fn count(n: u64) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

/// What is asked of every question.
struct Asked<'a> {
    found: &'a Representation,
    margins: &'a [(usize, &'a PropertyChoice)],
    population: &'a [WeightMargin],
    refused: Option<WeightRefusal>,
    versions: &'a [Version],
}

impl Asked<'_> {
    async fn figure(
        &self,
        session: &impl Session,
        question: &Question,
        scale: &ScoreScale,
    ) -> Result<Result<Weighed, WeightRefusal>, AppError> {
        if let Some(why) = &self.refused {
            return Ok(Err(why.clone()));
        }
        let margins = self.population;
        let by: Vec<FrameProperty> = self.margins.iter().map(|(_, one)| one.property()).collect();
        let versions =
            || Comparability::of(&question.key, self.versions, Joining::SameScale).filter();
        let frame = FrameQuery {
            survey: self.found.survey.id,
            wave: None,
            by: &by,
        };
        let all = scores_by(session, &frame, &question.key, versions(), false).await?;
        let all: Vec<ScoredCell> = on_scale(all, scale);
        let Some(coarse) = recoded(margins, &all, None)? else {
            return Ok(Err(WeightRefusal::TooFew));
        };
        let Some(wave) = self.found.query.wave else {
            let answers = Answers::of(margins, &all, &coarse, 0);
            return Ok(weigh(margins, scale, self.found.query.bound, &answers)?);
        };
        let by_wave = scores_by(session, &frame, &question.key, versions(), true).await?;
        let mut by_wave = on_scale(by_wave, scale);
        let Some(fine) = recoded(margins, &by_wave, Some((&coarse, wave)))? else {
            return Ok(Err(WeightRefusal::TooFew));
        };
        // The chosen wave stands first.
        if !fine.is_open(0, 0) {
            return Ok(Err(WeightRefusal::TooFew));
        }
        by_wave.retain(|cell| cell.wave == Some(wave));
        let answers = Answers::of(margins, &by_wave, &fine, 1);
        Ok(weigh(margins, scale, self.found.query.bound, &answers)?)
    }
}

fn on_scale(mut cells: Vec<ScoredCell>, scale: &ScoreScale) -> Vec<ScoredCell> {
    cells.retain(|cell| scale.holds(cell.score));
    cells
}

/// Which groups of those who gave a score may be told apart; with a wave also which waves, and
/// then no more than the recoding of all waves together lets be.
fn recoded(
    margins: &[WeightMargin],
    cells: &[ScoredCell],
    wave: Option<(&Recoding, WaveId)>,
) -> Result<Option<Recoding>, MeasureError> {
    let mut waves: Vec<WaveId> = wave.iter().map(|(_, wave)| *wave).collect();
    let found: BTreeSet<WaveId> = cells.iter().filter_map(|cell| cell.wave).collect();
    let others = found.into_iter().filter(|one| !waves.contains(one));
    let others: Vec<WaveId> = others.collect();
    waves.extend(others);
    let mut axes: Vec<Axis> = wave.iter().map(|_| Axis::named(waves.len())).collect();
    for (place, margin) in margins.iter().enumerate() {
        axes.push(Axis::Named {
            // One more for values that nobody invited in the chosen wave has.
            size: margin.values.len() + 1,
            pooled: wave
                .map(|(coarse, _)| coarse.pool(place))
                .unwrap_or_default(),
        });
    }
    let mut table = PeopleTable::new(axes);
    for cell in cells {
        let own = cell.wave.filter(|_| wave.is_some());
        let own = own.and_then(|own| waves.iter().position(|known| *known == own));
        let values = margins.iter().zip(&cell.values);
        let places =
            values.map(|(margin, value)| margin.place(value).unwrap_or(margin.values.len()));
        let key: Vec<usize> = own.into_iter().chain(places).collect();
        table.add(&key, cell.n)?;
    }
    Ok(table.recode(MINIMUM_PEOPLE))
}

impl WeightMargin {
    pub(super) fn place(&self, value: &str) -> Option<usize> {
        self.values.iter().position(|known| known.value == value)
    }
}

/// The unit in which differences of a scale are judged.
fn unit(scale: &ScoreScale) -> Unit {
    match scale.metric {
        Metric::Nps => Unit::Points,
        Metric::TopBox => Unit::Share,
        Metric::Mean => Unit::Scale {
            min: scale.min,
            max: scale.max,
        },
    }
}

/// Judges what the weights change about all questions together.
fn judged(figures: &mut [WeighedFigure]) -> Result<(), MeasureError> {
    let mut told = Vec::new();
    let mut effects = Vec::new();
    for figure in figures {
        let margin = unit(&figure.scale).relevance_margin();
        if let Ok(weighed) = &mut figure.found {
            effects.push(Effect {
                diff: weighed.score.diff.unwrap_or_default(),
                interval: weighed.score.diff_ci,
                p: weighed.score.p,
                margin,
            });
            told.push(weighed);
        }
    }
    for (weighed, judged) in told.into_iter().zip(judge(&effects)?) {
        weighed.verdict = judged.verdict;
    }
    Ok(())
}
