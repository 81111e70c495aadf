//! The arithmetic of who answered: by property, together, and by the groups that stay behind.

use std::{cmp::Reverse, collections::BTreeMap};

use peil_domain::{
    audience::{Condition, Field, Filter, Operator, Segment},
    shared::SegmentId,
};
use peil_measure::{
    FrameCell, Interval, Level, MeasureError, Representativity, SIGNIFICANCE, catch_up, p_adjust,
    proportion, r_indicator, response_fit,
};
use peil_store::results::InvitedCell;

use super::{
    CategoryResponse, Chase, Dimension, Grade, Indicator, PropertyChoice, PropertyResponse,
    Standing, dimension_code,
};

/// Groups to ask once more.
const MOST_CHASED: usize = 5;
/// Groups of which it is worked out what they would bring.
const MOST_TRIED: usize = 10;

/// What the counts tell.
pub(super) struct Parts {
    pub(super) properties: Vec<PropertyResponse>,
    pub(super) indicator: Indicator,
    pub(super) chase: Vec<Chase>,
}

/// How many were invited, and how many of them answered.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    invited: u64,
    answered: u64,
}

impl Counts {
    fn add(&mut self, cell: &InvitedCell) {
        self.invited += cell.invited;
        self.answered += cell.answered;
    }

    /// The share that answered, and how certain that is.
    fn share(self) -> Result<(f64, Interval), MeasureError> {
        self.share_at(Level::default())
    }

    fn share_at(self, level: Level) -> Result<(f64, Interval), MeasureError> {
        let found = proportion(self.answered, self.invited, level)?;
        let everything = Interval {
            low: 0.0,
            high: 1.0,
        };
        let share = found.share.unwrap_or_default();
        Ok((share, found.ci_wilson.unwrap_or(everything)))
    }
}

/// Works out what the counts of the invited tell.
pub(super) fn represented(
    chosen: &[PropertyChoice],
    cells: &[InvitedCell],
    segments: &[Segment],
) -> Result<Parts, MeasureError> {
    let names: Vec<String> = chosen
        .iter()
        .map(|choice| dimension_code(&choice.dimension))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let frame: Vec<FrameCell<'_>> = cells
        .iter()
        .map(|cell| FrameCell {
            values: cell.values.iter().map(String::as_str).collect(),
            n: cell.invited,
            responded: cell.answered,
        })
        .collect();
    let measured = r_indicator(&names, &frame)?;
    let mut properties = by_property(chosen, cells, &measured)?;
    let chase = chase(&Groups {
        chosen,
        names: &names,
        frame: &frame,
        cells,
        segments,
        strongest: strongest(&measured, &properties),
    })?;
    properties.sort_by(|a, b| b.conditional.total_cmp(&a.conditional));
    Ok(Parts {
        properties,
        indicator: Indicator {
            r: measured.r,
            interval: measured.r_interval(Level::default()),
            grade: Grade::of(measured.r),
            largest_bias: measured.cv,
        },
        chase,
    })
}

fn by_property(
    chosen: &[PropertyChoice],
    cells: &[InvitedCell],
    measured: &Representativity,
) -> Result<Vec<PropertyResponse>, MeasureError> {
    let mut whole = Counts::default();
    for cell in cells {
        whole.add(cell);
    }
    let overall = whole.share()?.0;
    let mut found = Vec::with_capacity(chosen.len());
    for (place, choice) in chosen.iter().enumerate() {
        let groups = groups(cells, &[place]);
        let pairs: Vec<(u64, u64)> = groups
            .values()
            .map(|counts| (counts.invited, counts.answered))
            .collect();
        let name = dimension_code(&choice.dimension);
        let mut partials = measured
            .categories
            .iter()
            .filter(|part| part.variable == name);
        let mut categories = Vec::with_capacity(groups.len());
        for (values, counts) in &groups {
            let value = values.first().copied().unwrap_or_default();
            let part = partials.find(|part| part.category == value);
            let (share, interval) = counts.share()?;
            let standing = if interval.low > overall {
                Standing::Over
            } else if interval.high < overall {
                Standing::Under
            } else {
                Standing::Alike
            };
            categories.push(CategoryResponse {
                value: value.to_owned(),
                invited: counts.invited,
                answered: counts.answered,
                share,
                interval,
                standing,
                unconditional: part.map(|part| part.pu).unwrap_or_default(),
                conditional: part.map(|part| part.pc).unwrap_or_default(),
            });
        }
        categories.sort_by_key(|category| Reverse(category.invited));
        let part = measured.variables.get(place);
        found.push(PropertyResponse {
            dimension: choice.dimension.clone(),
            name: choice.name.clone(),
            categories,
            fit: response_fit(&pairs)?,
            p_adjusted: None,
            differs: false,
            unconditional: part.map(|part| part.pu_adjusted).unwrap_or_default(),
            conditional: part.map(|part| part.pc_adjusted).unwrap_or_default(),
        });
    }
    adjust(&mut found)?;
    Ok(found)
}

/// Adjusts the tests for the number of properties; what is not more than chance is called alike.
fn adjust(properties: &mut [PropertyResponse]) -> Result<(), MeasureError> {
    let tested: Vec<f64> = properties.iter().filter_map(|one| one.fit.p).collect();
    let mut adjusted = p_adjust(&tested)?.holm.into_iter();
    for property in properties {
        property.p_adjusted = property.fit.p.and_then(|_| adjusted.next());
        property.differs = property.p_adjusted.is_some_and(|p| p < SIGNIFICANCE);
        if !property.differs {
            for category in &mut property.categories {
                category.standing = Standing::Alike;
            }
        }
    }
    Ok(())
}

/// The counts by the values of the properties at some places.
fn groups<'a>(cells: &'a [InvitedCell], places: &[usize]) -> BTreeMap<Vec<&'a str>, Counts> {
    let mut found: BTreeMap<Vec<&str>, Counts> = BTreeMap::new();
    for cell in cells {
        let values = places.iter().filter_map(|place| cell.values.get(*place));
        found
            .entry(values.map(String::as_str).collect())
            .or_default()
            .add(cell);
    }
    found
}

/// The two properties by which people differ most when alike in the others, of those by which the
/// answers are composed otherwise.
fn strongest(measured: &Representativity, properties: &[PropertyResponse]) -> Vec<usize> {
    let parts = measured.variables.iter().zip(properties).enumerate();
    let mut places: Vec<(usize, f64, f64)> = parts
        .filter(|(_, (_, property))| property.differs)
        .map(|(place, (part, _))| (place, part.pc, part.pu))
        .collect();
    places.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.2.total_cmp(&a.2)));
    let two = places.into_iter().take(2);
    let mut strongest: Vec<usize> = two.map(|(place, ..)| place).collect();
    strongest.sort_unstable();
    strongest
}

/// What groups are looked for in.
struct Groups<'a> {
    chosen: &'a [PropertyChoice],
    names: &'a [&'a str],
    frame: &'a [FrameCell<'a>],
    cells: &'a [InvitedCell],
    segments: &'a [Segment],
    strongest: Vec<usize>,
}

/// Groups that stay behind beyond doubt, by what it would bring when they did not: combinations of
/// the two strongest properties, or, when none of those is large enough to tell, single values.
fn chase(groups: &Groups<'_>) -> Result<Vec<Chase>, MeasureError> {
    let together = behind(groups, &groups.strongest)?;
    if !together.is_empty() || groups.strongest.is_empty() {
        return Ok(together);
    }
    let mut apart = Vec::new();
    for place in &groups.strongest {
        apart.extend(behind(groups, &[*place])?);
    }
    Ok(best(apart))
}

fn behind(asked: &Groups<'_>, places: &[usize]) -> Result<Vec<Chase>, MeasureError> {
    let mut whole = Counts::default();
    for cell in asked.cells {
        whole.add(cell);
    }
    let overall = whole.share()?.0;
    let all = groups(asked.cells, places);
    // Of so many groups the smallest will be behind by chance.
    let looked_at = u32::try_from(all.len()).unwrap_or(u32::MAX).max(1);
    let level = Level::new(1.0 - SIGNIFICANCE / f64::from(looked_at))?;
    let mut late = Vec::new();
    for (values, counts) in all {
        if counts.share_at(level)?.1.high < overall {
            late.push((values, counts));
        }
    }
    late.sort_by_key(|(_, counts)| Reverse(counts.invited - counts.answered));
    late.truncate(MOST_TRIED);
    let mut found = Vec::with_capacity(late.len());
    for (values, counts) in late {
        let is_in = |cell: &[&str]| {
            let pairs = places.iter().zip(&values);
            pairs
                .into_iter()
                .all(|(place, value)| cell.get(*place) == Some(value))
        };
        let then = catch_up(asked.names, asked.frame, is_in)?;
        let named = places.iter().zip(&values).filter_map(|(place, value)| {
            let choice = asked.chosen.get(*place)?;
            Some((
                choice.dimension.clone(),
                choice.name.clone(),
                (*value).to_owned(),
            ))
        });
        let values: Vec<_> = named.collect();
        found.push(Chase {
            segment: segment_of(asked.segments, &values),
            values,
            invited: counts.invited,
            waiting: counts.invited - counts.answered,
            needed: then.needed,
            r: then.r,
        });
    }
    Ok(best(found))
}

fn best(mut found: Vec<Chase>) -> Vec<Chase> {
    found.retain(|group| group.needed > 0);
    found.sort_by(|a, b| b.r.total_cmp(&a.r));
    found.truncate(MOST_CHASED);
    found
}

/// The segment that holds just the people with these values, apart from whether they can be
/// reached.
fn segment_of(
    segments: &[Segment],
    values: &[(Dimension, Option<String>, String)],
) -> Option<SegmentId> {
    let mut wanted: Vec<(Field, &str)> = values
        .iter()
        .map(|(dimension, _, value)| {
            let field = match dimension {
                Dimension::Segment(key) => Field::Attribute(key.clone()),
                _ => Field::Language,
            };
            (field, value.as_str())
        })
        .collect();
    wanted.sort();
    let reachable = Filter::reachable();
    let is_it = |segment: &&Segment| {
        let own = segment.filter.conditions.iter();
        let own = own.filter(|condition| !reachable.conditions.contains(condition));
        let held: Option<Vec<(Field, &str)>> = own.map(one_value).collect();
        held.is_some_and(|mut held| {
            held.sort();
            held == wanted
        })
    };
    segments.iter().find(is_it).map(|segment| segment.id)
}

/// What a condition asks that holds for one value.
fn one_value(condition: &Condition) -> Option<(Field, &str)> {
    match (condition.operator, condition.values.as_slice()) {
        (Operator::Is, [value]) => Some((condition.field.clone(), value.as_str())),
        (Operator::Unknown, []) => Some((condition.field.clone(), "")),
        _ => None,
    }
}
