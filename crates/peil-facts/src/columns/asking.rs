//! Every question, answered from one state.

use std::{cmp::Reverse, collections::BTreeSet, sync::Arc};

use peil_domain::shared::{QuestionKey, SurveyId, WorkspaceId};

use super::{
    base,
    cache::Library,
    cells::Assembly,
    column::{Column, ColumnKey},
    distinct::{Distinct, Who},
    plan::Plan,
    segment::Part,
    shape::Shape,
    state::State,
    tally::count,
};
use crate::{Cell, CountQuery, Dimension, FactsError, Scope, Subject, ValuesQuery};

/// Counts cells in parts of a state.
pub(super) fn count_cells(
    parts: &[&Part],
    state: &State,
    query: &CountQuery,
    library: &Library,
) -> Result<Vec<Cell>, FactsError> {
    let plan = Plan::new(parts, state, query, library)?;
    let shape = Shape::new(&plan, 1)?;
    let counts = count(&plan, &shape, query.is_weighted);
    let who = |is_asked: bool, who: Who| {
        if is_asked {
            Distinct::count(&plan, &shape, who, library)
        } else {
            Ok(Distinct::default())
        }
    };
    let people = who(query.with_people, Who::People)?;
    let accounts = who(query.with_accounts, Who::Accounts)?;
    let assembly = Assembly::new(&plan, &shape, query.is_weighted, people, accounts);
    Ok(assembly.assemble(&counts))
}

/// Counts the values of a dimension.
pub(super) fn values(
    state: &State,
    query: &ValuesQuery,
    library: &Library,
) -> Result<Vec<(Arc<str>, u64)>, FactsError> {
    let scope = Scope {
        include_partial: true,
        include_automatic: true,
        ..Scope::all(query.workspace, query.surveys.clone())
    };
    let query_of_counts = CountQuery {
        group: vec![query.dimension.clone()],
        with_people: false,
        ..CountQuery::new(scope, Subject::Submissions)
    };
    let cells = base::counts(state, &query_of_counts, library)?;
    let mut values: Vec<(Arc<str>, u64)> = cells
        .into_iter()
        .filter_map(|cell| Some((cell.groups.into_iter().next()??, cell.answers.n)))
        .collect();
    // Stable, so that among equals the order of the values stays.
    values.sort_by_key(|(_, n)| Reverse(*n));
    values.truncate(query.most);
    Ok(values)
}

/// The attributes of which submissions carry a value.
pub(super) fn attributes(
    state: &State,
    workspace: WorkspaceId,
    surveys: &[SurveyId],
    library: &Library,
) -> Result<BTreeSet<QuestionKey>, FactsError> {
    let mut found = BTreeSet::new();
    for part in state.parts(library)? {
        if !part.shelf.belongs_to(workspace, surveys) {
            continue;
        }
        for key in part.shelf.keys() {
            if let ColumnKey::Dimension(Dimension::Attribute(attribute)) = key
                && !found.contains(attribute)
                && has_values(part, key, library)?
            {
                found.insert(attribute.clone());
            }
        }
    }
    Ok(found)
}

/// Whether a row that lives has a value in a column.
fn has_values(part: &Part, key: &ColumnKey, library: &Library) -> Result<bool, FactsError> {
    let Some(dead) = &part.dead else {
        return Ok(true);
    };
    let column = part.shelf.column(key, library)?;
    let Some(Column::Texts(texts)) = column.as_deref() else {
        return Ok(false);
    };
    let mut rows = texts.codes.iter().zip(&dead.alive);
    Ok(rows.any(|(code, alive)| {
        *alive == 1 && texts.values.get(code as usize).is_some_and(Option::is_some)
    }))
}
