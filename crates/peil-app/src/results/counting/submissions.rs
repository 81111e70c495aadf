//! Counts of submissions, whatever was answered in them.

use std::collections::BTreeMap;

use peil_domain::{
    outreach::Channel,
    shared::{LocalDay, QuestionKey, SurveyId},
};
use peil_facts::{CountQuery, Dimension as Asked, Given, Scope, Step, Subject, ValuesQuery};
use peil_store::results::Dimension;

use super::scope::{Names, Wanted, asked, scope};
use crate::{AppError, facts::Counting};

/// Values of a property that are looked at; more are of use to nobody.
const MOST_VALUES: usize = 1_000;

/// Counts the complete submissions to a questionnaire, whoever filled them in.
pub(crate) async fn count_responses(
    session: &impl Counting,
    survey: SurveyId,
) -> Result<u64, AppError> {
    let scope = Scope {
        include_automatic: true,
        ..Scope::all(session.workspace(), vec![survey])
    };
    let mut query = CountQuery::new(scope, Subject::Submissions);
    query.with_people = false;
    let cells = session.facts().counts(&query).await?.found;
    Ok(cells.iter().map(|cell| cell.answers.n).sum())
}

/// The number of submissions to all questionnaires on each day since `from`; days without any are
/// left out.
pub(crate) async fn responses_per_day(
    session: &impl Counting,
    from: LocalDay,
) -> Result<BTreeMap<LocalDay, u64>, AppError> {
    let scope = Scope {
        from: Some(from),
        include_partial: true,
        include_automatic: true,
        ..Scope::all(session.workspace(), Vec::new())
    };
    let mut query = CountQuery::new(scope, Subject::Submissions);
    query.step = Some(Step::Day);
    query.with_people = false;
    let cells = session.facts().counts(&query).await?.found;
    let counted = cells
        .into_iter()
        .filter_map(|cell| Some((cell.start?, cell.answers.n)));
    Ok(counted.collect())
}

/// The first and the last day on which something was said in own words within `scope`; nothing when that
/// was never.
///
/// Facts know at once where there is nothing to be read in millions of submissions.
pub(crate) async fn days_with_words(
    session: &impl Counting,
    survey: SurveyId,
    wanted: Wanted<'_>,
    days: (Option<LocalDay>, Option<LocalDay>),
    include_automatic: bool,
) -> Result<Option<(LocalDay, LocalDay)>, AppError> {
    let scope = Scope {
        include_partial: true,
        include_automatic,
        ..scope(session, survey, wanted, days.0, days.1).await?
    };
    let mut query = CountQuery::new(scope, Subject::AnyQuestion(Given::Words));
    query.step = Some(Step::Day);
    query.with_people = false;
    let cells = session.facts().counts(&query).await?.found;
    let days = cells.iter().filter(|cell| cell.answers.n > 0);
    let days = days.filter_map(|cell| cell.start);
    Ok(days.clone().min().zip(days.max()))
}

/// A number of submissions that came equally far in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attempts {
    /// Number of the version that was shown.
    pub(crate) version: i32,
    /// Channel through which they came.
    pub(crate) channel: Channel,
    /// Pages that were sent; absent when all were.
    pub(crate) pages_done: Option<i32>,
    /// How many.
    pub(crate) n: u64,
}

/// Counts submissions of a period, without those marked as automatic, by how far they came.
pub(crate) async fn attempts(
    session: &impl Counting,
    survey: SurveyId,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<Vec<Attempts>, AppError> {
    let scope = Scope {
        include_partial: true,
        ..scope(session, survey, Wanted::default(), from, until).await?
    };
    let mut query = CountQuery::new(scope, Subject::Submissions);
    query.group = vec![Asked::Version, Asked::Channel, Asked::PagesDone];
    query.with_people = false;
    let cells = session.facts().counts(&query).await?.found;
    let read = |cell: peil_facts::Cell| {
        let [version, channel, pages] = <[_; 3]>::try_from(cell.groups).ok()?;
        Some(Attempts {
            version: version?.parse().ok()?,
            channel: channel?.parse().ok()?,
            pages_done: pages.map(|pages| pages.parse()).transpose().ok()?,
            n: cell.answers.n,
        })
    };
    Ok(cells.into_iter().filter_map(read).collect())
}

/// Counts, for every question of a questionnaire, the complete submissions of a period in which it
/// was answered, without those marked as automatic.
pub(crate) async fn answered_questions(
    session: &impl Counting,
    survey: SurveyId,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<BTreeMap<QuestionKey, u64>, AppError> {
    let scope = scope(session, survey, Wanted::default(), from, until).await?;
    let mut query = CountQuery::new(scope, Subject::EachQuestion(Given::Anything));
    query.with_people = false;
    let cells = session.facts().counts(&query).await?.found;
    let counted = cells
        .into_iter()
        .filter_map(|cell| Some((cell.question?, cell.answers.n)));
    Ok(counted.collect())
}

/// The values of a dimension among the submissions of a questionnaire, with the number of
/// submissions; the most frequent first, those not known left out.
pub(crate) async fn dimension_values(
    session: &impl Counting,
    survey: SurveyId,
    dimension: &Dimension,
) -> Result<Vec<(String, u64)>, AppError> {
    let is_named = *dimension == Dimension::Account;
    let query = ValuesQuery {
        workspace: session.workspace(),
        surveys: vec![survey],
        dimension: asked(dimension),
        // Accounts of one name are put together first.
        most: if is_named { usize::MAX } else { MOST_VALUES },
    };
    let found = session.facts().values(&query).await?.found;
    let values = found.iter().map(|(value, _)| value.clone()).collect();
    let names = Names::of(session, Some(dimension), values).await?;
    let mut totals: BTreeMap<String, u64> = BTreeMap::new();
    for (value, n) in &found {
        *totals.entry(names.name(value)).or_default() += n;
    }
    let mut sorted: Vec<(String, u64)> = totals.into_iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(sorted)
}

/// The attributes of which submissions of a questionnaire carry a value, by key.
pub(crate) async fn segment_keys(
    session: &impl Counting,
    survey: SurveyId,
) -> Result<Vec<QuestionKey>, AppError> {
    let facts = session.facts();
    let found = facts.attributes(session.workspace(), &[survey]).await?;
    Ok(found.found.into_iter().collect())
}
