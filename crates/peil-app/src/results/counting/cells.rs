//! Counts of the answers to one question, by group and period.

use std::collections::BTreeMap;

use peil_domain::shared::{LocalDay, Period, QuestionKey, SurveyId};
use peil_facts::{CrossQuery, Given, Scope, Subject};
use peil_store::results::Dimension;

use super::scope::{Names, Wanted, asked, scope, values_at};
use crate::{AppError, facts::Counting};

/// Which answers to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CountQuery {
    /// The questionnaire.
    pub(crate) survey: SurveyId,
    /// The question.
    pub(crate) question: QuestionKey,
    /// For each dimension the values of which one must hold; the empty text stands for "not
    /// known".
    pub(crate) filters: Vec<(Dimension, Vec<String>)>,
    /// For each dimension the values of which none may hold.
    pub(crate) excluded: Vec<(Dimension, Vec<String>)>,
    /// First day.
    pub(crate) from: Option<LocalDay>,
    /// Last day.
    pub(crate) until: Option<LocalDay>,
    /// Dimension by which answers are counted apart.
    pub(crate) group: Option<Dimension>,
    /// Length of the periods by which answers are counted apart.
    pub(crate) period: Option<Period>,
    /// Whether submissions that stopped on the way count.
    pub(crate) include_partial: bool,
    /// Whether submissions marked as automatic count.
    pub(crate) include_automatic: bool,
}

impl CountQuery {
    /// All complete answers to one question, taken together.
    #[must_use]
    pub(crate) const fn all(survey: SurveyId, question: QuestionKey) -> Self {
        Self {
            survey,
            question,
            filters: Vec::new(),
            excluded: Vec::new(),
            from: None,
            until: None,
            group: None,
            period: None,
            include_partial: false,
            include_automatic: false,
        }
    }

    async fn scope(&self, session: &impl Counting) -> Result<Scope, AppError> {
        let wanted = Wanted {
            filters: &self.filters,
            excluded: &self.excluded,
        };
        let found = scope(session, self.survey, wanted, self.from, self.until);
        Ok(Scope {
            include_partial: self.include_partial,
            include_automatic: self.include_automatic,
            ..found.await?
        })
    }

    async fn ask(
        &self,
        session: &impl Counting,
        given: Given,
    ) -> Result<Vec<peil_facts::Cell>, AppError> {
        let subject = Subject::Question(self.question.clone(), given);
        let mut query = peil_facts::CountQuery::new(self.scope(session).await?, subject);
        query.group = self.group.iter().map(asked).collect();
        query.step = self.period.map(Into::into);
        Ok(session.facts().counts(&query).await?.found)
    }

    async fn names(
        &self,
        session: &impl Counting,
        cells: &[peil_facts::Cell],
    ) -> Result<Names, AppError> {
        let groups = values_at(cells, 0);
        Names::of(session, self.group.as_ref(), groups).await
    }
}

/// Group and first day of a cell, as people call them.
type CellKey = (Option<String>, Option<LocalDay>);

fn key_of(cell: &peil_facts::Cell, names: &Names) -> CellKey {
    let group = cell.groups.first().and_then(Option::as_ref);
    (group.map(|group| names.name(group)), cell.start)
}

/// The scores in one group and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The group; absent when not grouped, or when the value is not known.
    pub(crate) group: Option<String>,
    /// First day of the period; absent when no periods were asked.
    pub(crate) start: Option<LocalDay>,
    /// Number of answers by score.
    pub(crate) counts: BTreeMap<i32, u64>,
    /// Number of people who gave them; everyone who is not known counts as one.
    pub(crate) people: u64,
}

/// The chosen options of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ChoiceCell {
    /// How often each option was chosen, by its code.
    pub(crate) counts: BTreeMap<String, u64>,
    /// Number of answers, each with one or more options.
    pub(crate) answers: u64,
    /// Number of people who gave them; everyone who is not known counts as one.
    pub(crate) people: u64,
}

/// Counts scores, in the order of group and period; cells without answers are left out.
///
/// Two accounts of one name make one cell; someone who moved between those two counts twice there.
pub(crate) async fn counts(
    session: &impl Counting,
    query: &CountQuery,
) -> Result<Vec<Cell>, AppError> {
    let found = query.ask(session, Given::Score).await?;
    let names = query.names(session, &found).await?;
    let mut cells: BTreeMap<CellKey, Cell> = BTreeMap::new();
    for part in found {
        let key = key_of(&part, &names);
        let cell = cells.entry(key.clone()).or_insert_with(|| Cell {
            group: key.0,
            start: key.1,
            counts: BTreeMap::new(),
            people: 0,
        });
        for (score, tally) in part.scores {
            *cell.counts.entry(score).or_default() += tally.n;
        }
        cell.people += part.people;
    }
    Ok(cells.into_values().collect())
}

/// Counts chosen options; nothing when nobody answered. Group and period are not looked at.
pub(crate) async fn choice_counts(
    session: &impl Counting,
    query: &CountQuery,
) -> Result<Option<ChoiceCell>, AppError> {
    let together = CountQuery {
        group: None,
        period: None,
        ..query.clone()
    };
    let cell = together.ask(session, Given::Options).await?.pop();
    Ok(cell.map(|cell| ChoiceCell {
        counts: cell
            .options
            .iter()
            .map(|(code, tally)| (code.to_string(), tally.n))
            .collect(),
        answers: cell.answers.n,
        people: cell.people,
    }))
}

/// How many submissions hold a score on each question; the question of `query` is not looked at.
pub(crate) async fn answers_by_question(
    session: &impl Counting,
    query: &CountQuery,
) -> Result<BTreeMap<String, u64>, AppError> {
    let subject = Subject::EachQuestion(Given::Score);
    let mut asked = peil_facts::CountQuery::new(query.scope(session).await?, subject);
    asked.with_people = false;
    let cells = session.facts().counts(&asked).await?.found;
    let counted = cells
        .into_iter()
        .filter_map(|cell| Some((cell.question?.to_string(), cell.answers.n)));
    Ok(counted.collect())
}

/// Combinations of scores, one per question, of submissions in which none is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ScoreRows {
    /// The scores in the order of the questions, and how many submissions have just these.
    pub(crate) rows: Vec<(Vec<i32>, u64)>,
    /// Number of people who gave them; everyone who is not known counts as one.
    pub(crate) people: u64,
    /// Whether there were so many submissions that only the newest were taken.
    pub(crate) is_cut: bool,
}

/// Counts the combinations of scores on the question of `query` and on those `beside` it, among
/// the newest `most` submissions that have all of them.
pub(crate) async fn score_rows(
    session: &impl Counting,
    query: &CountQuery,
    beside: &[QuestionKey],
    most: u64,
) -> Result<ScoreRows, AppError> {
    let questions = std::iter::once(&query.question).chain(beside);
    let crossed = CrossQuery {
        scope: query.scope(session).await?,
        questions: questions.cloned().collect(),
        most,
    };
    let found = session.facts().crossed(&crossed).await?.found;
    Ok(ScoreRows {
        rows: found.rows,
        people: found.people,
        is_cut: found.is_cut,
    })
}
