//! Counts of the answers to one question, by group and period.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::shared::{LocalDay, Period, QuestionKey, SurveyId};
use sea_orm::{
    ConnectionTrait, JsonValue, QueryResult, TryGetable,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use super::{
    Dimension,
    cells::{CellKey, GROUP, START, group_names, period_start, read_key},
    scope::{Scope, belongs_to_row},
};
use crate::{
    Session, StoreError,
    convert::document,
    entities::{answers, responses},
};

/// Which answers to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountQuery {
    /// The questionnaire.
    pub survey: SurveyId,
    /// The question.
    pub question: QuestionKey,
    /// For each dimension the values of which one must hold; the empty text stands for "not
    /// known".
    pub filters: Vec<(Dimension, Vec<String>)>,
    /// First day.
    pub from: Option<LocalDay>,
    /// Last day.
    pub until: Option<LocalDay>,
    /// Dimension by which answers are counted apart.
    pub group: Option<Dimension>,
    /// Length of the periods by which answers are counted apart.
    pub period: Option<Period>,
    /// Whether submissions that stopped on the way count.
    pub include_partial: bool,
    /// Whether submissions marked as automatic count.
    pub include_automatic: bool,
}

impl CountQuery {
    /// All complete answers to one question, taken together.
    #[must_use]
    pub const fn all(survey: SurveyId, question: QuestionKey) -> Self {
        Self {
            survey,
            question,
            filters: Vec::new(),
            from: None,
            until: None,
            group: None,
            period: None,
            include_partial: false,
            include_automatic: false,
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            survey: Some(self.survey),
            filters: &self.filters,
            from: self.from,
            until: self.until,
            include_partial: self.include_partial,
            include_automatic: self.include_automatic,
        }
    }

    /// Whether just those are asked that an answer knows to be counted.
    const fn is_plain(&self) -> bool {
        !self.include_partial && !self.include_automatic
    }
}

/// The scores in one group and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The group; absent when not grouped, or when the value is not known.
    pub group: Option<String>,
    /// First day of the period; absent when no periods were asked.
    pub start: Option<LocalDay>,
    /// Number of answers by score.
    pub counts: BTreeMap<i32, u64>,
    /// Number of people who gave them; everyone who is not known counts as one.
    pub people: u64,
}

/// The chosen options in one group and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceCell {
    /// The group; absent when not grouped, or when the value is not known.
    pub group: Option<String>,
    /// First day of the period; absent when no periods were asked.
    pub start: Option<LocalDay>,
    /// How often each option was chosen, by its code.
    pub counts: BTreeMap<String, u64>,
    /// Number of answers, each with one or more options.
    pub answers: u64,
    /// Number of people who gave them; everyone who is not known counts as one.
    pub people: u64,
}

/// Counts scores, in the order of group and period; cells without answers are left out.
///
/// Two accounts of one name make one cell; someone who moved between those two counts twice there.
pub async fn counts(session: &impl Session, query: &CountQuery) -> Result<Vec<Cell>, StoreError> {
    let asked = Asked::new(session, query, answers::Column::Score).await?;
    let tallies: Vec<(CellKey, i32, u64)> = asked.tally(session, query).await?;
    let people = asked.people(session, query).await?;
    let names = names_of(session, query, tallies.iter().map(|(key, ..)| key)).await?;
    let mut cells: BTreeMap<CellKey, Cell> = BTreeMap::new();
    for (key, score, n) in tallies {
        let key = renamed(key, &names);
        let cell = cells.entry(key.clone()).or_insert_with(|| Cell {
            group: key.0,
            start: key.1,
            counts: BTreeMap::new(),
            people: 0,
        });
        *cell.counts.entry(score).or_default() += n;
    }
    for (key, n) in people {
        if let Some(cell) = cells.get_mut(&renamed(key, &names)) {
            cell.people += n;
        }
    }
    Ok(cells.into_values().collect())
}

/// Counts chosen options, in the order of group and period; cells without answers are left out.
pub async fn choice_counts(
    session: &impl Session,
    query: &CountQuery,
) -> Result<Vec<ChoiceCell>, StoreError> {
    let asked = Asked::new(session, query, answers::Column::Codes).await?;
    // Equal combinations of options are counted together; there are few, however many answered.
    let tallies: Vec<(CellKey, JsonValue, u64)> = asked.tally(session, query).await?;
    let people = asked.people(session, query).await?;
    let names = names_of(session, query, tallies.iter().map(|(key, ..)| key)).await?;
    let mut cells: BTreeMap<CellKey, ChoiceCell> = BTreeMap::new();
    for (key, codes, n) in tallies {
        let key = renamed(key, &names);
        let cell = cells.entry(key.clone()).or_insert_with(|| ChoiceCell {
            group: key.0,
            start: key.1,
            counts: BTreeMap::new(),
            answers: 0,
            people: 0,
        });
        cell.answers += n;
        for code in document::<BTreeSet<String>>("answers", codes)? {
            *cell.counts.entry(code).or_default() += n;
        }
    }
    for (key, n) in people {
        if let Some(cell) = cells.get_mut(&renamed(key, &names)) {
            cell.people += n;
        }
    }
    Ok(cells.into_values().collect())
}

/// Counts answers in the respondent's own words; group and period are not looked at.
pub async fn text_count(session: &impl Session, query: &CountQuery) -> Result<u64, StoreError> {
    let words = answer(answers::Column::Words);
    let select = answered(session, query)
        .expr(answer(answers::Column::QuestionKey).count())
        .and_where(words.clone().is_not_null())
        .and_where(words.ne(""))
        .to_owned();
    let row = session.connection().query_one(&select).await?;
    let n: i64 = row
        .map(|row| row.try_get_by_index(0))
        .transpose()?
        .unwrap_or_default();
    Ok(n.unsigned_abs())
}

/// A question to the database, with its group and period worked out.
struct Asked {
    base: SelectStatement,
    value: answers::Column,
}

impl Asked {
    async fn new(
        session: &impl Session,
        query: &CountQuery,
        value: answers::Column,
    ) -> Result<Self, StoreError> {
        let mut base = answered(session, query);
        base.and_where(answer(value).is_not_null());
        if let Some(group) = &query.group {
            base.expr_as(group.expression(), GROUP).group_by_col(GROUP);
        }
        if let Some(period) = query.period {
            let day = answer(answers::Column::LocalDay);
            let start = period_start(session, &query.scope(), period, day).await?;
            base.expr_as(start, START).group_by_col(START);
        }
        Ok(Self { base, value })
    }

    /// How many answers of each value there are in each cell.
    async fn tally<T: TryGetable>(
        &self,
        session: &impl Session,
        query: &CountQuery,
    ) -> Result<Vec<(CellKey, T, u64)>, StoreError> {
        let select = self
            .base
            .clone()
            .expr_as(answer(self.value), "given")
            .expr_as(answer(answers::Column::QuestionKey).count(), "n")
            .group_by_col((answers::Entity, self.value))
            .to_owned();
        let rows = session.connection().query_all(&select).await?;
        rows.iter()
            .map(|row| Ok((key_of(row, query)?, row.try_get("", "given")?, number(row)?)))
            .collect()
    }

    /// How many people answered in each cell.
    async fn people(
        &self,
        session: &impl Session,
        query: &CountQuery,
    ) -> Result<Vec<(CellKey, u64)>, StoreError> {
        let person = answer(answers::Column::Person);
        let select = self
            .base
            .clone()
            .expr_as(person.count_distinct(), "n")
            .to_owned();
        let rows = session.connection().query_all(&select).await?;
        rows.iter()
            .map(|row| Ok((key_of(row, query)?, number(row)?)))
            .collect()
    }
}

/// The answers to the question in submissions that are meant. Submissions are looked at only when
/// something is asked that answers do not know: one index then holds all that is counted.
pub(super) fn answered(session: &impl Session, query: &CountQuery) -> SelectStatement {
    let is_asked = answer(answers::Column::QuestionKey).eq(query.question.as_str());
    answered_any(session, query).and_where(is_asked).to_owned()
}

/// The same for every question.
pub(super) fn answered_any(session: &impl Session, query: &CountQuery) -> SelectStatement {
    let mut select = Query::select();
    if query.group.is_some() || !query.filters.is_empty() || !query.is_plain() {
        let scope = Scope {
            // What makes an answer count stands in the answer itself.
            include_automatic: query.is_plain() || query.include_automatic,
            ..query.scope()
        };
        // Written as a cross join, which SQLite does not turn round: submissions lie in the order
        // of time, as do their answers, whereas that index is in the order of scores.
        select
            .from(responses::Entity)
            .cross_join(answers::Entity)
            .and_where(belongs_to_row(answers::Entity))
            .cond_where(scope.condition(session));
    } else {
        select.from(answers::Entity);
    }
    select
        .and_where(answer(answers::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(answer(answers::Column::SurveyId).eq(query.survey.0));
    if query.is_plain() {
        select.and_where(answer(answers::Column::IsCounted).eq(true));
    }
    if let Some(from) = query.from {
        select.and_where(answer(answers::Column::LocalDay).gte(from.0));
    }
    if let Some(until) = query.until {
        select.and_where(answer(answers::Column::LocalDay).lte(until.0));
    }
    select
}

/// A column of `answers`.
pub(super) fn answer(column: answers::Column) -> Expr {
    Expr::col((answers::Entity, column))
}

fn key_of(row: &QueryResult, query: &CountQuery) -> Result<CellKey, StoreError> {
    read_key(row, query.group.as_ref(), query.period.is_some())
}

fn number(row: &QueryResult) -> Result<u64, StoreError> {
    Ok(row.try_get::<i64>("", "n")?.unsigned_abs())
}

async fn names_of(
    session: &impl Session,
    query: &CountQuery,
    keys: impl Iterator<Item = &CellKey>,
) -> Result<BTreeMap<String, String>, StoreError> {
    let groups: BTreeSet<String> = keys.filter_map(|(group, _)| group.clone()).collect();
    group_names(session, query.group.as_ref(), &groups).await
}

fn renamed((group, start): CellKey, names: &BTreeMap<String, String>) -> CellKey {
    (
        group.map(|group| names.get(&group).cloned().unwrap_or(group)),
        start,
    )
}
