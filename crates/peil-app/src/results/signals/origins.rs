//! What a verdict on a theme is shown by: where the complaints come from, and some of their words.

use std::collections::BTreeMap;

use peil_domain::{
    shared::{LocalDay, ResponseId},
    themes::Origin,
};
use peil_measure::{Hotspot, MINIMUM_PEOPLE, ScanCell, scan};
use peil_store::results::{self, CommentQuery, Dimension, ReadAs};

use super::{
    super::query::dimension_of,
    names::{Names, Value},
    parts::Part,
};
use crate::{
    AppError,
    facts::Counting,
    themes::{SpreadCell, spread},
};

/// How often a table is dealt by chance to see where complaints come from.
const DEALS: u32 = 999;
/// The same table always gives the same.
const SEED: u64 = 1;
/// Where the difference may be chance, nothing is said.
const CERTAIN: f64 = 0.05;
/// Groups that are told at most.
const MOST_ORIGINS: usize = 3;
/// Properties with more values are names or numbers rather than groups.
const MOST_VALUES: usize = 24;
/// Answers that show what a verdict is about.
const QUOTES: u64 = 3;

/// In which groups a theme is complained about more than in others, beyond chance.
pub(super) async fn origins(
    session: &(impl Counting + Sync),
    theme: &str,
    days: (LocalDay, LocalDay),
) -> Result<Vec<Origin>, AppError> {
    let names = Names::read(session).await?;
    let groups = names.groups(session).await?.into_iter();
    let mut rows: Vec<Option<Dimension>> =
        groups.map(|key| Some(Dimension::Segment(key))).collect();
    if rows.is_empty() {
        rows.push(None);
    }
    let mut found: Vec<(f64, Origin)> = Vec::new();
    // Each property is one more try: so much smaller must the chance be.
    let tries = f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    for row in rows {
        let by: Vec<Dimension> = row.into_iter().chain([Dimension::Touchpoint]).collect();
        let cells = spread(session, theme, &by, days).await?;
        for hotspot in hotspots(&cells)? {
            let p = (hotspot.p * tries).min(1.0);
            if p <= CERTAIN {
                let origin = Origin {
                    groups: names.groups_of(&by, &hotspot.values),
                    ratio: hotspot.ratio,
                    p,
                };
                found.push((hotspot.likelihood_ratio, origin));
            }
        }
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut told: Vec<Origin> = Vec::new();
    for (_, origin) in found {
        // Of groups that overlap the likeliest says it all.
        let overlaps = |other: &Origin| other.groups.iter().any(|one| origin.groups.contains(one));
        if told.len() < MOST_ORIGINS && !told.iter().any(overlaps) {
            told.push(origin);
        }
    }
    Ok(told)
}

/// A part of a table that stands out.
struct Found {
    /// The value of each property; the property does not matter where there is none.
    values: Vec<Value>,
    ratio: Option<f64>,
    likelihood_ratio: f64,
    p: f64,
}

/// The parts of a table in which more is said, with values that are known and of enough people.
fn hotspots(cells: &[SpreadCell]) -> Result<Vec<Found>, AppError> {
    let values = |place: usize| {
        let all = cells
            .iter()
            .map(|cell| cell.groups.get(place).cloned().flatten());
        let mut all: Vec<Value> = all.collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let is_wide = cells.iter().any(|cell| cell.groups.len() > 1);
    let (rows, columns) = if is_wide {
        (values(0), values(1))
    } else {
        (vec![None], values(0))
    };
    if rows.len().max(columns.len()) > MOST_VALUES || rows.len().max(columns.len()) < 2 {
        return Ok(Vec::new());
    }
    let mut known: BTreeMap<(Value, Value), &SpreadCell> = BTreeMap::new();
    for cell in cells {
        let mut groups = cell.groups.iter().cloned();
        let row = if is_wide {
            groups.next().flatten()
        } else {
            None
        };
        known.insert((row, groups.next().flatten()), cell);
    }
    let cell = |row: &Value, column: &Value| known.get(&(row.clone(), column.clone()));
    let table: Vec<Vec<ScanCell>> = rows
        .iter()
        .map(|row| {
            let counted = |column: &Value| {
                cell(row, column).map_or_else(ScanCell::default, |cell| ScanCell {
                    mentions: cell.complaints,
                    answers: cell.submissions,
                })
            };
            columns.iter().map(counted).collect()
        })
        .collect();
    let found = scan(&table, DEALS, SEED)?;
    let told = found.iter().filter_map(|hotspot: &Hotspot| {
        let row = hotspot.zone.row.filter(|_| is_wide);
        let column = hotspot.zone.column;
        let row = row.map(|row| rows.get(row).cloned().flatten());
        let column = column.map(|column| columns.get(column).cloned().flatten());
        // Nothing can be done with "not known".
        if row == Some(None) || column == Some(None) {
            return None;
        }
        let (row, column) = (row.flatten(), column.flatten());
        let inside = known.iter().filter(|((of_row, of_column), _)| {
            row.as_ref().is_none_or(|row| of_row.as_ref() == Some(row))
                && column
                    .as_ref()
                    .is_none_or(|column| of_column.as_ref() == Some(column))
        });
        let people: u64 = inside.map(|(_, cell)| cell.people).sum();
        (people >= MINIMUM_PEOPLE).then(|| Found {
            values: if is_wide {
                vec![row, column]
            } else {
                vec![column]
            },
            ratio: hotspot.ratio,
            likelihood_ratio: hotspot.likelihood_ratio,
            p: hotspot.p,
        })
    });
    Ok(told.collect())
}

/// The newest answers that complain about a theme, in a part of all answers.
pub(super) async fn quotes(
    session: &impl Counting,
    theme: &str,
    part: Option<&Part>,
    (from, until): (LocalDay, LocalDay),
) -> Result<Vec<ResponseId>, AppError> {
    let only = |dimension: Dimension, value: &str| (dimension, vec![value.to_owned()]);
    let mut filters = vec![only(Dimension::Theme, theme), only(Dimension::Tone, "-1")];
    let of_part = part.and_then(|part| {
        let dimension = dimension_of(&part.shown.dimension)?;
        Some(only(dimension, &part.shown.value))
    });
    filters.extend(of_part);
    let query = CommentQuery {
        survey: part.and_then(Part::survey),
        question: None,
        filters,
        excluded: Vec::new(),
        from: Some(from),
        until: Some(until),
        only_known: false,
        score: None,
        search: None,
        read_as: ReadAs::default(),
        headline: None,
        include_partial: false,
        include_automatic: false,
        after: None,
        limit: QUOTES,
    };
    let found = results::comments(session, &query).await?;
    let mut ids: Vec<ResponseId> = found.items.iter().map(|one| one.response).collect();
    ids.dedup();
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: &str, column: &str, complaints: u64) -> SpreadCell {
        SpreadCell {
            groups: vec![
                Some(row.into()),
                (!column.is_empty()).then(|| column.into()),
            ],
            submissions: 100,
            complaints,
            people: complaints,
        }
    }

    #[test]
    fn the_group_that_complains_most_is_named_by_both_its_properties() {
        let cells = [
            cell("b2b", "order", 4),
            cell("b2b", "delivery", 31),
            cell("b2c", "order", 5),
            cell("b2c", "delivery", 4),
        ];
        let found = hotspots(&cells).unwrap();
        let best = found.first().unwrap();
        let values: Vec<&str> = best.values.iter().flatten().map(AsRef::as_ref).collect();
        assert_eq!(values, ["b2b", "delivery"]);
        assert!(best.p < 0.01 && best.ratio.is_some_and(|ratio| ratio > 5.0));
    }

    #[test]
    fn an_even_spread_what_is_not_known_and_a_single_group_say_nothing() {
        let even = [cell("b2b", "order", 9), cell("b2b", "delivery", 10)];
        let even = hotspots(&even).unwrap();
        assert!(even.iter().all(|found| found.p > CERTAIN));
        let unknown = hotspots(&[cell("b2b", "", 40), cell("b2b", "order", 2)]).unwrap();
        assert!(unknown.is_empty());
        assert!(hotspots(&[cell("b2b", "order", 9)]).unwrap().is_empty());
        assert!(hotspots(&[]).unwrap().is_empty());
    }
}
