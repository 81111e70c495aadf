//! Counts by up to two groups and by period, of submissions, scores or chosen options.

use std::{collections::BTreeMap, sync::Arc};

use peil_domain::shared::{LocalDay, Period, QuestionKey, SurveyId};
use peil_facts::{CountQuery, Given, Scope, Subject};
use peil_store::results::Dimension;

use super::scope::{Names, Wanted, asked, scope, values_at};
use crate::{AppError, facts::Counting};

/// What is counted in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TableSubject {
    /// Submissions, whatever was answered.
    Submissions,
    /// Scores on a question.
    Scores(QuestionKey),
    /// Chosen options of a question.
    Options(QuestionKey),
}

/// A table of counts.
#[derive(Debug, Clone)]
pub(crate) struct TableQuery {
    /// The questionnaire.
    pub(crate) survey: SurveyId,
    /// What is counted.
    pub(crate) subject: TableSubject,
    /// For each dimension the values of which one must hold.
    pub(crate) filters: Vec<(Dimension, Vec<String>)>,
    /// For each dimension the values of which none may hold.
    pub(crate) excluded: Vec<(Dimension, Vec<String>)>,
    /// First day.
    pub(crate) from: Option<LocalDay>,
    /// Last day.
    pub(crate) until: Option<LocalDay>,
    /// Dimensions by which is counted apart.
    pub(crate) by: Vec<Dimension>,
    /// Periods by which is counted apart.
    pub(crate) period: Option<Period>,
    /// Whether submissions marked as automatic count.
    pub(crate) include_automatic: bool,
}

/// What was counted in one cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TableCell {
    /// The value of each dimension; absent when it is not known.
    pub(crate) groups: Vec<Option<String>>,
    /// First day of the period; absent when no periods were asked.
    pub(crate) start: Option<LocalDay>,
    /// Number of submissions, or of answers to the question.
    pub(crate) n: u64,
    /// Answers by score.
    pub(crate) scores: BTreeMap<i32, u64>,
    /// How often each option was chosen.
    pub(crate) options: BTreeMap<String, u64>,
    /// Number of people; everyone who is not known counts as one.
    pub(crate) people: u64,
}

impl TableCell {
    /// Adds what was counted elsewhere; someone who is in both counts twice.
    pub(crate) fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.people += other.people;
        for (score, n) in &other.scores {
            *self.scores.entry(*score).or_default() += n;
        }
        for (option, n) in &other.options {
            *self.options.entry(option.clone()).or_default() += n;
        }
    }
}

/// Counts a table, in the order of groups and period; cells in which nothing counts are left out.
///
/// Two accounts of one name make one cell; someone who moved between those two counts twice there.
pub(crate) async fn table(
    session: &impl Counting,
    query: &TableQuery,
) -> Result<Vec<TableCell>, AppError> {
    count(session, query, true).await
}

/// The same without people, who take longest to count: for whoever only looks which cells there are, and
/// how large they are.
pub(crate) async fn table_without_people(
    session: &impl Counting,
    query: &TableQuery,
) -> Result<Vec<TableCell>, AppError> {
    count(session, query, false).await
}

async fn count(
    session: &impl Counting,
    query: &TableQuery,
    with_people: bool,
) -> Result<Vec<TableCell>, AppError> {
    let wanted = Wanted {
        filters: &query.filters,
        excluded: &query.excluded,
    };
    let scope = Scope {
        include_automatic: query.include_automatic,
        ..scope(session, query.survey, wanted, query.from, query.until).await?
    };
    let subject = match &query.subject {
        TableSubject::Submissions => Subject::Submissions,
        TableSubject::Scores(key) => Subject::Question(key.clone(), Given::Score),
        TableSubject::Options(key) => Subject::Question(key.clone(), Given::Options),
    };
    let mut counted = CountQuery::new(scope, subject);
    counted.group = query.by.iter().map(asked).collect();
    counted.step = query.period.map(Into::into);
    counted.with_people = with_people;
    let found = session.facts().counts(&counted).await?.found;
    if !query.by.contains(&Dimension::Account) {
        return Ok(found.iter().map(as_it_is).collect());
    }
    let mut names = Vec::with_capacity(query.by.len());
    for (place, dimension) in query.by.iter().enumerate() {
        let values = values_at(&found, place);
        names.push(Names::of(session, Some(dimension), values).await?);
    }
    let mut cells: BTreeMap<(Vec<Option<String>>, Option<LocalDay>), TableCell> = BTreeMap::new();
    for part in found {
        let named = part.groups.iter().zip(&names);
        let groups: Vec<Option<String>> = named
            .map(|(value, names)| value.as_ref().map(|value| names.name(value)))
            .collect();
        let mut cell = as_it_is(&part);
        cell.groups.clone_from(&groups);
        match cells.get_mut(&(groups.clone(), cell.start)) {
            Some(known) => known.add(&cell),
            None => {
                cells.insert((groups, cell.start), cell);
            }
        }
    }
    Ok(cells.into_values().collect())
}

/// A cell whose values speak for themselves.
fn as_it_is(cell: &peil_facts::Cell) -> TableCell {
    let value = |value: &Option<Arc<str>>| value.as_deref().map(str::to_owned);
    let options = cell.options.iter();
    TableCell {
        groups: cell.groups.iter().map(value).collect(),
        start: cell.start,
        n: cell.answers.n,
        scores: cell
            .scores
            .iter()
            .map(|(score, of)| (*score, of.n))
            .collect(),
        options: options
            .map(|(option, of)| (option.to_string(), of.n))
            .collect(),
        people: cell.people,
    }
}
