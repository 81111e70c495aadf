//! How many people stand behind selections and behind every cell of a table.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use peil_domain::shared::{LocalDay, Period, QuestionKey, SurveyId};
use peil_facts::{CountQuery, Filter, Given, Scope, Step, Subject, Test};
use peil_store::results::Dimension;

use super::scope::{Names, Wanted, asked, scope, values_at};
use crate::{AppError, facts::Counting};

/// Whose answers are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answered {
    /// Everyone who answered the questionnaire.
    Anything,
    /// Who gave a score on this question.
    Score(QuestionKey),
    /// Who chose an option of this question.
    Options(QuestionKey),
}

/// A table of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PeopleQuery {
    /// The questionnaire.
    pub(crate) survey: SurveyId,
    /// Whose answers are meant.
    pub(crate) answered: Answered,
    /// For each dimension the values of which one must hold.
    pub(crate) filters: Vec<(Dimension, Vec<String>)>,
    /// Dimensions by which people are counted apart.
    pub(crate) by: Vec<Dimension>,
    /// Periods by which they are counted apart; weeks are cut where a month begins.
    pub(crate) period: Option<Period>,
    /// Whether submissions marked as automatic count.
    pub(crate) include_automatic: bool,
}

/// A value of each dimension; absent when it is not known.
type Values = Vec<Option<Arc<str>>>;

/// A cell of a table of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PeopleCell {
    /// The value of each dimension; absent when it is not known.
    pub(crate) values: Vec<Option<Arc<str>>>,
    /// First day of the period; absent when no periods were asked.
    pub(crate) start: Option<LocalDay>,
    /// Number of people; everyone who is not known counts as one.
    pub(crate) people: u64,
}

/// Counts the people who answered a questionnaire completely; everyone who is not known counts as
/// one. Submissions marked as automatic are of nobody, unless they are meant too.
pub(crate) async fn count_people(
    session: &impl Counting,
    survey: SurveyId,
    wanted: Wanted<'_>,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
    include_automatic: bool,
) -> Result<u64, AppError> {
    let scope = Scope {
        include_automatic,
        ..scope(session, survey, wanted, from, until).await?
    };
    let query = CountQuery::new(scope, Subject::Submissions);
    let cells = session.facts().counts(&query).await?.found;
    Ok(cells.iter().map(|cell| cell.people).sum())
}

/// Counts the complete submissions to a questionnaire that are marked as automatic.
pub(crate) async fn count_automatic(
    session: &impl Counting,
    survey: SurveyId,
    wanted: Wanted<'_>,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<u64, AppError> {
    let mut scope = scope(session, survey, wanted, from, until).await?;
    scope.include_automatic = true;
    scope.filters.push(Filter {
        dimension: peil_facts::Dimension::Origin,
        test: Test::In(BTreeSet::from([Some("program".to_owned())])),
    });
    let mut query = CountQuery::new(scope, Subject::Submissions);
    query.with_people = false;
    let cells = session.facts().counts(&query).await?.found;
    Ok(cells.iter().map(|cell| cell.answers.n).sum())
}

/// A cell whose values speak for themselves.
fn as_it_is(cell: peil_facts::Cell) -> PeopleCell {
    PeopleCell {
        values: cell.groups,
        start: cell.start,
        people: cell.people,
    }
}

/// Counts the people in every cell of a table; cells without anyone are left out.
///
/// Two accounts of one name make one cell; someone who is in two cells is counted in both.
pub(crate) async fn people_by(
    session: &impl Counting,
    query: &PeopleQuery,
) -> Result<Vec<PeopleCell>, AppError> {
    let scope = Scope {
        include_automatic: query.include_automatic,
        ..scope(
            session,
            query.survey,
            Wanted::only(&query.filters),
            None,
            None,
        )
        .await?
    };
    let subject = match &query.answered {
        Answered::Anything => Subject::Submissions,
        Answered::Score(key) => Subject::Whether(key.clone(), Given::Score),
        Answered::Options(key) => Subject::Whether(key.clone(), Given::Options),
    };
    let mut counted = CountQuery::new(scope, subject);
    counted.group = query.by.iter().map(asked).collect();
    counted.step = query.period.map(|period| match period {
        Period::Week => Step::WeekInMonth,
        other => other.into(),
    });
    let found = session.facts().counts(&counted).await?.found;
    if !query.by.contains(&Dimension::Account) {
        return Ok(found.into_iter().map(as_it_is).collect());
    }
    let mut names = Vec::with_capacity(query.by.len());
    for (place, dimension) in query.by.iter().enumerate() {
        let values = values_at(&found, place);
        names.push(Names::of(session, Some(dimension), values).await?);
    }
    let mut cells: BTreeMap<(Values, Option<LocalDay>), u64> = BTreeMap::new();
    for cell in found {
        let name = |(value, names): (&Option<Arc<str>>, &Names)| {
            value.as_ref().map(|value| names.name(value).into())
        };
        let values = cell.groups.iter().zip(&names).map(name).collect();
        *cells.entry((values, cell.start)).or_default() += cell.people;
    }
    Ok(cells
        .into_iter()
        .map(|((values, start), people)| PeopleCell {
            values,
            start,
            people,
        })
        .collect())
}
