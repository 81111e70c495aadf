//! How many people stand behind selections and behind every cell of a table.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{
    response::Flag,
    shared::{LocalDay, Period, QuestionKey, SurveyId},
};
use sea_orm::{
    ConnectionTrait, QueryResult,
    sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement},
};
use uuid::Uuid;

use super::{
    CountQuery, Dimension,
    cells::{group_names, period_start},
    counts::{answer, answered},
    scope::{Scope, column, marked},
};
use crate::{
    Session, StoreError,
    entities::{
        answers,
        responses::{self, Column},
    },
};

/// Whose answers are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// Everyone who answered the questionnaire.
    Anything,
    /// Who gave a score on this question.
    Score(QuestionKey),
    /// Who chose an option of this question.
    Options(QuestionKey),
}

/// A table of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleQuery {
    /// The questionnaire.
    pub survey: SurveyId,
    /// Whose answers are meant.
    pub answered: Answered,
    /// For each dimension the values of which one must hold.
    pub filters: Vec<(Dimension, Vec<String>)>,
    /// Dimensions by which people are counted apart.
    pub by: Vec<Dimension>,
    /// Periods by which they are counted apart; weeks are cut where a month begins.
    pub period: Option<Period>,
    /// Whether submissions marked as automatic count.
    pub include_automatic: bool,
}

/// A cell of a table of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleCell {
    /// The value of each dimension; absent when it is not known.
    pub values: Vec<Option<String>>,
    /// First day of the period; absent when no periods were asked.
    pub start: Option<LocalDay>,
    /// Number of people; everyone who is not known counts as one.
    pub people: u64,
}

/// Counts the people who answered a questionnaire completely; everyone who is not known counts as
/// one. Submissions marked as automatic are of nobody, unless they are meant too.
pub async fn count_people(
    session: &impl Session,
    survey: SurveyId,
    filters: &[(Dimension, Vec<String>)],
    from: Option<LocalDay>,
    until: Option<LocalDay>,
    include_automatic: bool,
) -> Result<u64, StoreError> {
    let scope = Scope {
        survey: Some(survey),
        filters,
        from,
        until,
        include_partial: false,
        include_automatic,
    };
    let select = Query::select()
        .expr(person().count_distinct())
        .from(responses::Entity)
        .cond_where(scope.condition(session))
        .to_owned();
    number(session, &select).await
}

/// Counts the complete submissions to a questionnaire that are marked as automatic.
pub async fn count_automatic(
    session: &impl Session,
    survey: SurveyId,
    filters: &[(Dimension, Vec<String>)],
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<u64, StoreError> {
    let scope = Scope {
        survey: Some(survey),
        filters,
        from,
        until,
        include_partial: false,
        include_automatic: true,
    };
    let automatic = Flag::ALL.into_iter().filter(|flag| flag.is_automatic());
    let is_marked = automatic.fold(Condition::any(), |any, flag| any.add(marked(flag)));
    let select = Query::select()
        .expr(column(Column::Id).count())
        .from(responses::Entity)
        .cond_where(scope.condition(session))
        .cond_where(is_marked)
        .to_owned();
    number(session, &select).await
}

/// The number that a selection of one row and one column holds.
pub(super) async fn number(
    session: &impl Session,
    select: &SelectStatement,
) -> Result<u64, StoreError> {
    let row = session.connection().query_one(select).await?;
    let n: i64 = row
        .map(|row| row.try_get_by_index(0))
        .transpose()?
        .unwrap_or_default();
    Ok(n.unsigned_abs())
}

/// Counts the people in every cell of a table; cells without anyone are left out.
///
/// Two accounts of one name make one cell; someone who is in two cells is counted in both.
pub async fn people_by(
    session: &impl Session,
    query: &PeopleQuery,
) -> Result<Vec<PeopleCell>, StoreError> {
    let scope = Scope {
        survey: Some(query.survey),
        filters: &query.filters,
        from: None,
        until: None,
        include_partial: false,
        include_automatic: query.include_automatic,
    };
    let (mut select, person, day) = base(session, query, &scope);
    select.expr_as(person.count_distinct(), "n");
    for (place, dimension) in query.by.iter().enumerate() {
        let name = group_column(place);
        select
            .expr_as(dimension.expression(), name.clone())
            .group_by_col(name);
    }
    let starts: &[(&'static str, Period)] = match query.period {
        None => &[],
        Some(Period::Week) => &[("start_0", Period::Week), ("start_1", Period::Month)],
        Some(Period::Day) => &[("start_0", Period::Day)],
        Some(Period::Month) => &[("start_0", Period::Month)],
        Some(Period::Quarter) => &[("start_0", Period::Quarter)],
        Some(Period::Year) => &[("start_0", Period::Year)],
    };
    for (name, period) in starts {
        let start = period_start(session, &scope, *period, day.clone()).await?;
        select.expr_as(start, *name).group_by_col(*name);
    }
    let mut cells = Vec::new();
    for row in session.connection().query_all(&select).await? {
        cells.push(read_cell(&row, query, starts)?);
    }
    name_values(session, query, &mut cells).await?;
    Ok(cells)
}

/// Everyone who is meant, with how to tell people and days apart.
fn base(
    session: &impl Session,
    query: &PeopleQuery,
    scope: &Scope<'_>,
) -> (SelectStatement, Expr, Expr) {
    let (question, value) = match &query.answered {
        Answered::Anything => {
            let select = Query::select()
                .from(responses::Entity)
                .cond_where(scope.condition(session))
                .to_owned();
            return (select, person(), column(Column::LocalDay));
        }
        Answered::Score(question) => (question, answers::Column::Score),
        Answered::Options(question) => (question, answers::Column::Codes),
    };
    let counted = CountQuery {
        filters: query.filters.clone(),
        group: query.by.first().cloned(),
        include_automatic: query.include_automatic,
        ..CountQuery::all(query.survey, question.clone())
    };
    let select = answered(session, &counted)
        .and_where(answer(value).is_not_null())
        .to_owned();
    let day = answer(answers::Column::LocalDay);
    (select, answer(answers::Column::Person), day)
}

/// The contact, or the submission itself when nobody is known.
fn person() -> Expr {
    Func::coalesce([column(Column::ContactId), column(Column::Id)]).into()
}

fn group_column(place: usize) -> String {
    format!("group_{place}")
}

fn read_cell(
    row: &QueryResult,
    query: &PeopleQuery,
    starts: &[(&'static str, Period)],
) -> Result<PeopleCell, StoreError> {
    let mut values = Vec::with_capacity(query.by.len());
    for (place, dimension) in query.by.iter().enumerate() {
        let name = group_column(place);
        values.push(if dimension.is_identifier() {
            let id = row.try_get::<Option<Uuid>>("", &name)?;
            id.map(|id| id.to_string())
        } else {
            row.try_get::<Option<String>>("", &name)?
        });
    }
    let mut start = None;
    for (name, _) in starts {
        // A week that began in the month before is cut at the first of the month.
        start = Ord::max(start, Some(LocalDay(row.try_get("", name)?)));
    }
    let people: i64 = row.try_get("", "n")?;
    Ok(PeopleCell {
        values,
        start,
        people: people.unsigned_abs(),
    })
}

/// Puts what people call a value in the place of its identifier.
async fn name_values(
    session: &impl Session,
    query: &PeopleQuery,
    cells: &mut Vec<PeopleCell>,
) -> Result<(), StoreError> {
    for (place, dimension) in query.by.iter().enumerate() {
        let value = |cell: &PeopleCell| cell.values.get(place).cloned().flatten();
        let found: BTreeSet<String> = cells.iter().filter_map(value).collect();
        let names = group_names(session, Some(dimension), &found).await?;
        for value in cells
            .iter_mut()
            .filter_map(|cell| cell.values.get_mut(place))
        {
            if let Some(name) = value.as_ref().and_then(|id| names.get(id)) {
                *value = Some(name.clone());
            }
        }
    }
    let mut added: BTreeMap<(Vec<Option<String>>, Option<LocalDay>), u64> = BTreeMap::new();
    for cell in cells.drain(..) {
        *added.entry((cell.values, cell.start)).or_default() += cell.people;
    }
    cells.extend(
        added
            .into_iter()
            .map(|((values, start), people)| PeopleCell {
                values,
                start,
                people,
            }),
    );
    Ok(())
}
