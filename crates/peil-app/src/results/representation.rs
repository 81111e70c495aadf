//! Whether those who answered are like all who were invited, and whom to ask once more.

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right},
    audience::{Attribute, AttributeKind},
    outreach::Wave,
    shared::{SegmentId, Slug},
    survey::Survey,
};
use peil_measure::{Interval, Level, ResponseFit, proportion};
use peil_store::{
    Session,
    audience::{attributes, segments},
    outreach::waves,
    results::{
        FrameProperty, FrameQuery, InvitedCell, count_uninvited, invited_by, invited_values,
    },
};

use super::{
    Dimension, MOST_PROPERTIES, RepresentationQuery,
    explore::survey_called,
    representation_parts::{Parts, represented},
    representation_weights::{Weighting, weighting},
};
use crate::{App, AppError, app::demand};

/// The fewest invited people of whom a representativeness is told.
pub const FEWEST_INVITED: u64 = 30;
/// The fewest of them who answered.
pub const FEWEST_ANSWERED: u64 = 10;
/// Most values of a property that makes groups.
pub const MOST_VALUES: u64 = 25;
/// Properties that are looked at when nobody chose any.
const USUAL_PROPERTIES: usize = 3;

/// Something that is known of contacts, and whether groups can be made of it.
#[derive(Debug, Clone)]
pub struct PropertyChoice {
    /// The property.
    pub dimension: Dimension,
    /// What people call it, when it has a name of its own.
    pub name: Option<String>,
    /// How many values it has among the invited, "not known" included.
    pub values: u64,
    /// Whether it takes part.
    pub is_chosen: bool,
    kind: AttributeKind,
}

impl PropertyChoice {
    /// Whether it makes groups: more than one, and not so many that each is a few people.
    #[must_use]
    pub const fn is_usable(&self) -> bool {
        self.values >= 2 && self.values <= MOST_VALUES
    }

    pub(super) fn property(&self) -> FrameProperty {
        match &self.dimension {
            Dimension::Segment(key) => FrameProperty::Attribute(key.clone(), self.kind),
            _ => FrameProperty::Language,
        }
    }
}

/// Why nothing is told of who answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepresentationRefusal {
    /// Nobody was invited: of an open link nobody knows who saw it.
    NotInvited,
    /// Too few were invited, or answered.
    TooFew,
    /// Nothing is known by which the invited could be told apart.
    NoProperties,
    /// Everyone answered, so that nobody is missed.
    EveryoneAnswered,
}

/// How a group did compared with everyone who was invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// More of them answered.
    Over,
    /// Fewer of them answered.
    Under,
    /// No difference that is more than chance.
    Alike,
}

/// Invited people with one value of a property.
#[derive(Debug, Clone)]
pub struct CategoryResponse {
    /// The value; empty when it is not known.
    pub value: String,
    /// How many were invited.
    pub invited: u64,
    /// How many of them answered.
    pub answered: u64,
    /// The share that answered.
    pub share: f64,
    /// How certain that is.
    pub interval: Interval,
    /// How they did.
    pub standing: Standing,
    /// Unconditional partial: above 0 when they are over-represented, below 0 when missed.
    pub unconditional: f64,
    /// Conditional partial: how far they differ from those alike in all other properties.
    pub conditional: f64,
}

/// The response by one property.
#[derive(Debug, Clone)]
pub struct PropertyResponse {
    /// The property.
    pub dimension: Dimension,
    /// What people call it, when it has a name of its own.
    pub name: Option<String>,
    /// The groups, the largest first.
    pub categories: Vec<CategoryResponse>,
    /// Goodness of fit of those who answered to those who were invited.
    pub fit: ResponseFit,
    /// Its p-value after adjusting for all properties (Holm); absent when groups are too small.
    pub p_adjusted: Option<f64>,
    /// Whether those who answered are composed otherwise than those who were invited.
    pub differs: bool,
    /// Unconditional partial, without what chance adds.
    pub unconditional: f64,
    /// Conditional partial, without what chance adds.
    pub conditional: f64,
}

/// What the indicator says in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// From 0.80 up.
    Good,
    /// From 0.65 up.
    Fair,
    /// Lower.
    Poor,
}

impl Grade {
    /// The word for an indicator.
    #[must_use]
    pub fn of(r: f64) -> Self {
        if r >= 0.80 {
            Self::Good
        } else if r >= 0.65 {
            Self::Fair
        } else {
            Self::Poor
        }
    }

    /// The grade as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
        }
    }
}

/// The R-indicator.
#[derive(Debug, Clone, Copy)]
pub struct Indicator {
    /// 1 when everyone was as likely to answer.
    pub r: f64,
    /// How certain that is; absent when propensities do not differ.
    pub interval: Option<Interval>,
    /// What it says in a word.
    pub grade: Grade,
    /// The most that non-response can put a mean off, in standard deviations of the scores.
    pub largest_bias: f64,
}

/// A group to ask once more.
#[derive(Debug, Clone)]
pub struct Chase {
    /// What its people have in common: property, its own name, value (empty when not known).
    pub values: Vec<(Dimension, Option<String>, String)>,
    /// How many were invited.
    pub invited: u64,
    /// How many of them did not answer.
    pub waiting: u64,
    /// How many more would have to answer for the share that everyone has.
    pub needed: u64,
    /// The indicator then.
    pub r: f64,
    /// The segment of just these people, when there is one.
    pub segment: Option<SegmentId>,
}

/// Who answered, of all who were invited.
#[derive(Debug, Clone)]
pub struct Represented {
    /// The share that answered.
    pub share: f64,
    /// How certain that is.
    pub interval: Interval,
    /// The response by property, in the order of the conditional partials.
    pub properties: Vec<PropertyResponse>,
    /// The R-indicator.
    pub indicator: Indicator,
    /// Groups that stay behind, the one that brings most first.
    pub chase: Vec<Chase>,
    /// The figures with everyone at their share of the population.
    pub weighting: Weighting,
}

/// Who was invited against who answered.
#[derive(Debug, Clone)]
pub struct Representation {
    /// The questionnaire.
    pub survey: Survey,
    /// What was asked, filled in.
    pub query: RepresentationQuery,
    /// The waves in which people were invited, the newest first.
    pub waves: Vec<Wave>,
    /// What is known of the invited.
    pub properties: Vec<PropertyChoice>,
    /// How many contacts were invited, each counted once.
    pub invited: u64,
    /// How many of them answered.
    pub answered: u64,
    /// Submissions that nobody was invited to: they can be compared with nobody.
    pub uninvited: u64,
    /// What was found.
    pub found: Result<Represented, RepresentationRefusal>,
    /// Moment at which this was true.
    pub as_of: Timestamp,
    /// Time that it took.
    pub took: SignedDuration,
}

impl App {
    /// Compares those who answered a questionnaire with all who were invited to it.
    pub async fn get_representation(
        &self,
        actor: &Actor,
        slug: &Slug,
        query: RepresentationQuery,
    ) -> Result<Representation, AppError> {
        demand(actor, Right::ReadResults)?;
        let started = self.clock.now();
        let session = self.store.read(actor.workspace);
        let survey = survey_called(&session, slug).await?;
        let waves = waves_of(&session, &survey).await?;
        let is_known = |wave| waves.iter().any(|known| known.id == wave);
        if query.wave.is_some_and(|wave| !is_known(wave)) {
            return Err(AppError::NotFound);
        }
        let mut found = Representation {
            properties: properties(&session, &survey, &query).await?,
            uninvited: count_uninvited(&session, survey.id).await?,
            survey,
            query,
            waves,
            invited: 0,
            answered: 0,
            found: Err(RepresentationRefusal::NotInvited),
            as_of: started,
            took: SignedDuration::ZERO,
        };
        let chosen: Vec<PropertyChoice> = found
            .properties
            .iter()
            .filter(|choice| choice.is_chosen)
            .cloned()
            .collect();
        found.query.properties = chosen.iter().map(|one| one.dimension.clone()).collect();
        let by: Vec<FrameProperty> = chosen.iter().map(PropertyChoice::property).collect();
        let frame = FrameQuery {
            survey: found.survey.id,
            wave: found.query.wave,
            by: &by,
        };
        let cells = invited_by(&session, &frame).await?;
        found.invited = cells.iter().map(|cell| cell.invited).sum();
        found.answered = cells.iter().map(|cell| cell.answered).sum();
        found.found = match refusal(&found, &chosen) {
            Some(why) => Err(why),
            None => Ok(told(&session, &mut found, &chosen, &cells).await?),
        };
        found.took = self.clock.now().duration_since(started);
        Ok(found)
    }
}

/// What can be told of enough people.
async fn told(
    session: &impl Session,
    found: &mut Representation,
    chosen: &[PropertyChoice],
    cells: &[InvitedCell],
) -> Result<Represented, AppError> {
    let known = segments::list(session).await?;
    let Parts {
        properties,
        indicator,
        chase,
    } = represented(chosen, cells, &known)?;
    let weighting = weighting(session, found, chosen, &properties, cells).await?;
    let share = proportion(found.answered, found.invited, Level::default())?;
    Ok(Represented {
        share: share.share.unwrap_or_default(),
        interval: share.ci_wilson.unwrap_or(Interval {
            low: 0.0,
            high: 1.0,
        }),
        properties,
        indicator,
        chase,
        weighting,
    })
}

fn refusal(found: &Representation, chosen: &[PropertyChoice]) -> Option<RepresentationRefusal> {
    if found.invited == 0 {
        Some(RepresentationRefusal::NotInvited)
    } else if found.invited < FEWEST_INVITED || found.answered < FEWEST_ANSWERED {
        Some(RepresentationRefusal::TooFew)
    } else if found.answered == found.invited {
        Some(RepresentationRefusal::EveryoneAnswered)
    } else if chosen.is_empty() {
        Some(RepresentationRefusal::NoProperties)
    } else {
        None
    }
}

/// The waves of a questionnaire that were started.
async fn waves_of(session: &impl Session, survey: &Survey) -> Result<Vec<Wave>, AppError> {
    let mut found = waves::list(session).await?;
    found.retain(|wave| wave.survey == survey.id && wave.started_at.is_some());
    Ok(found)
}

/// Everything that is known of contacts and may make groups; the asked ones take part, or without a
/// wish the first that do make groups: choices before other kinds, since they are meant for it.
async fn properties(
    session: &impl Session,
    survey: &Survey,
    query: &RepresentationQuery,
) -> Result<Vec<PropertyChoice>, AppError> {
    let order = |attribute: &Attribute| match attribute.kind {
        AttributeKind::Choice => Some(0),
        AttributeKind::Boolean => Some(1),
        AttributeKind::Text => Some(3),
        // Of numbers and dates there are as many groups as people.
        AttributeKind::Number | AttributeKind::Date => None,
    };
    let known = attributes::list(session).await?;
    let own = known.into_iter().filter_map(|attribute| {
        let place = order(&attribute)?;
        let choice = PropertyChoice {
            dimension: Dimension::Segment(attribute.key),
            name: Some(attribute.label),
            values: 0,
            is_chosen: false,
            kind: attribute.kind,
        };
        Some((place, choice))
    });
    let language = PropertyChoice {
        dimension: Dimension::Language,
        name: None,
        values: 0,
        is_chosen: false,
        kind: AttributeKind::Choice,
    };
    let mut found: Vec<_> = own.chain([(2, language)]).collect();
    found.sort_by_key(|(place, _)| *place);
    let mut found: Vec<PropertyChoice> = found.into_iter().map(|(_, choice)| choice).collect();
    let by: Vec<FrameProperty> = found.iter().map(PropertyChoice::property).collect();
    let frame = FrameQuery {
        survey: survey.id,
        wave: query.wave,
        by: &by,
    };
    for (choice, values) in found.iter_mut().zip(invited_values(session, &frame).await?) {
        choice.values = values;
    }
    let is_wanted = |choice: &PropertyChoice| query.properties.contains(&choice.dimension);
    let has_wish = found
        .iter()
        .any(|choice| is_wanted(choice) && choice.is_usable());
    let most = if has_wish {
        MOST_PROPERTIES
    } else {
        USUAL_PROPERTIES
    };
    let usable = found.iter_mut().filter(|choice| choice.is_usable());
    for choice in usable
        .filter(|choice| !has_wish || is_wanted(choice))
        .take(most)
    {
        choice.is_chosen = true;
    }
    Ok(found)
}
