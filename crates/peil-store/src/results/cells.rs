//! Cells: the groups and periods into which answers are counted.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::shared::{AccountId, LocalDay, Period, SurveyId};
use sea_orm::{
    ConnectionTrait, Order, QueryResult, Value,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{
    Dimension,
    scope::{Scope, column},
};
use crate::{
    Session, StoreError,
    audience::accounts,
    entities::{
        responses::{self, Column},
        survey_versions,
    },
};

/// Names under which group and period of a cell stand in a result.
pub(super) const GROUP: &str = "cell_group";
pub(super) const START: &str = "cell_start";

/// Group and first day of a cell.
pub(super) type CellKey = (Option<String>, Option<LocalDay>);

/// The first day of the period in which `day` of the row at hand falls.
///
/// Days are folded inside the statement, since people may answer more than once in a period and
/// must be counted once.
pub(super) async fn period_start(
    session: &impl Session,
    scope: &Scope<'_>,
    period: Period,
    day: Expr,
) -> Result<Expr, StoreError> {
    match period {
        Period::Day => return Ok(day),
        Period::Week => {
            // Day 0 was a Thursday, three days after Monday; days before it count down.
            let number = |number: i32| Expr::Constant(Value::from(number));
            let since_monday = day.clone().add(number(3)).modulo(number(7)).add(number(7));
            return Ok(day.sub(since_monday.modulo(number(7))));
        }
        Period::Month | Period::Quarter | Period::Year => {}
    }
    let Some(first) = edge(session, scope.survey, Order::Asc).await? else {
        return Ok(day);
    };
    let Some(last) = edge(session, scope.survey, Order::Desc).await? else {
        return Ok(day);
    };
    let first = scope.from.map_or(first, |from| from.max(first));
    let last = scope.until.map_or(last, |until| until.min(last));
    let mut starts = vec![period.start(first)];
    while let Some(start) = starts.last().map(|start| period.next(*start))
        && start <= last
    {
        starts.push(start);
    }
    Ok(choose(&starts, &day))
}

/// The last of `starts` that is not after `day`, found by halving.
fn choose(starts: &[LocalDay], day: &Expr) -> Expr {
    let constant = |start: &LocalDay| Expr::Constant(Value::from(start.0));
    match starts {
        [] => Expr::null(),
        [only] => constant(only),
        _ => {
            let (early, late) = starts.split_at(starts.len() / 2);
            let Some(border) = late.first() else {
                return choose(early, day);
            };
            let is_early = day.clone().lt(constant(border));
            Expr::case(is_early, choose(early, day))
                .finally(choose(late, day))
                .into()
        }
    }
}

/// The first or last day on which anyone answered.
async fn edge(
    session: &impl Session,
    survey: Option<SurveyId>,
    order: Order,
) -> Result<Option<LocalDay>, StoreError> {
    let select = Query::select()
        .column((responses::Entity, Column::LocalDay))
        .from(responses::Entity)
        .and_where(column(Column::WorkspaceId).eq(session.workspace().0))
        .and_where_option(survey.map(|id| column(Column::SurveyId).eq(id.0)))
        .order_by((responses::Entity, Column::LocalDay), order)
        .limit(1)
        .to_owned();
    let row = session.connection().query_one(&select).await?;
    Ok(row
        .map(|row| row.try_get_by_index(0))
        .transpose()?
        .map(LocalDay))
}

/// Reads group and first day of a row.
pub(super) fn read_key(
    row: &QueryResult,
    group: Option<&Dimension>,
    has_period: bool,
) -> Result<CellKey, StoreError> {
    let group = match group {
        Some(dimension) if dimension.is_identifier() => row
            .try_get::<Option<Uuid>>("", GROUP)?
            .map(|id| id.to_string()),
        Some(_) => row.try_get::<Option<String>>("", GROUP)?,
        None => None,
    };
    let start = if has_period {
        Some(LocalDay(row.try_get("", START)?))
    } else {
        None
    };
    Ok((group, start))
}

/// What people call `groups`: an account by its name, a version by its number; nothing for
/// dimensions whose values speak for themselves.
pub(super) async fn group_names(
    session: &impl Session,
    dimension: Option<&Dimension>,
    groups: &BTreeSet<String>,
) -> Result<BTreeMap<String, String>, StoreError> {
    let ids = groups.iter().filter_map(|group| group.parse::<Uuid>().ok());
    match dimension {
        Some(Dimension::Account) => {
            let ids: Vec<AccountId> = ids.map(AccountId).collect();
            let names = accounts::names(session, &ids).await?;
            Ok(names
                .into_iter()
                .map(|(id, name)| (id.to_string(), name))
                .collect())
        }
        Some(Dimension::Version) => version_numbers(session, ids).await,
        _ => Ok(BTreeMap::new()),
    }
}

async fn version_numbers(
    session: &impl Session,
    ids: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<String, String>, StoreError> {
    let version = |column: survey_versions::Column| Expr::col((survey_versions::Entity, column));
    let select = Query::select()
        .columns([survey_versions::Column::Id, survey_versions::Column::Number])
        .from(survey_versions::Entity)
        .and_where(version(survey_versions::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(version(survey_versions::Column::Id).is_in(ids))
        .to_owned();
    let rows = session.connection().query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let (id, number): (Uuid, i32) = row.try_get_many_by_index()?;
            Ok((id.to_string(), number.to_string()))
        })
        .collect()
}
