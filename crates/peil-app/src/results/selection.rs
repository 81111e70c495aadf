//! The parts of every question about figures: questionnaire, versions, selection, counts.

use std::collections::BTreeMap;

use peil_domain::{
    access::Workspace,
    shared::{LocalDay, Period, QuestionKey},
    survey::{Definition, Question, ScoreScale, Survey, Version},
};
use peil_store::{
    Session, access,
    results::{Cell, CountQuery, Dimension, count_automatic, count_people, counts},
    survey,
};

use super::{Comparability, Figure, ResultsQuery, ScaleResult, figure::figure};
use crate::{AppError, app::day_of};

/// A questionnaire with its versions, and the answers of it that are meant.
#[derive(Clone)]
pub(crate) struct Selection {
    /// The questionnaire.
    pub(crate) survey: Survey,
    /// Its versions, the newest first.
    pub(crate) versions: Vec<Version>,
    /// Number and day of every version that changed an earlier one, the newest first.
    pub(crate) changes: Vec<(i32, LocalDay)>,
    /// Which values must hold.
    pub(crate) filters: Vec<(Dimension, Vec<String>)>,
    /// First day.
    pub(crate) from: Option<LocalDay>,
    /// Last day.
    pub(crate) until: Option<LocalDay>,
    /// Whether answers marked as automatic count too.
    pub(crate) includes_automatic: bool,
    /// Today.
    pub(crate) today: LocalDay,
}

/// The question that is wanted, when it has a scale, else the headline.
pub(crate) fn scale_question<'a>(
    definition: &'a Definition,
    wanted: Option<&QuestionKey>,
) -> Option<&'a Question> {
    wanted
        .and_then(|key| definition.question(key))
        .filter(|question| question.kind.scale().is_some())
        .or_else(|| definition.headline())
}

impl Selection {
    /// Reads what is meant.
    pub(crate) async fn read(
        session: &impl Session,
        survey: Survey,
        query: &ResultsQuery,
        now: jiff::Timestamp,
    ) -> Result<Self, AppError> {
        let workspace: Workspace = access::find_workspace(session)
            .await?
            .ok_or(AppError::NotFound)?;
        let today = day_of(&workspace, now);
        let versions = survey::list_versions(session, survey.id).await?;
        let (from, until) = query.when.days(today);
        let changes = versions
            .iter()
            .filter(|version| version.number > 1)
            .map(|version| (version.number, day_of(&workspace, version.published_at)))
            .collect();
        Ok(Self {
            survey,
            versions,
            changes,
            filters: query.filters.clone(),
            from,
            until,
            includes_automatic: query.includes_automatic,
            today,
        })
    }

    /// The same answers of other days.
    pub(crate) fn between(&self, from: LocalDay, until: LocalDay) -> Self {
        Self {
            from: Some(from),
            until: Some(until),
            ..self.clone()
        }
    }

    /// What is asked now: the newest version, before the first one the draft.
    pub(crate) fn definition(&self) -> &Definition {
        self.versions
            .first()
            .map_or(&self.survey.draft, |version| &version.definition)
    }

    /// The question that is wanted, when it has a scale, else the headline.
    pub(crate) fn scale_question(&self, wanted: Option<&QuestionKey>) -> Option<&Question> {
        scale_question(self.definition(), wanted)
    }

    /// The count of all answers to a question that are meant, whatever the version.
    pub(crate) fn count_query(&self, key: &QuestionKey) -> CountQuery {
        CountQuery {
            filters: self.filters.clone(),
            from: self.from,
            until: self.until,
            include_automatic: self.includes_automatic,
            ..CountQuery::all(self.survey.id, key.clone())
        }
    }

    /// Counts the people who are meant.
    pub(crate) async fn people(&self, session: &impl Session) -> Result<u64, AppError> {
        Ok(count_people(
            session,
            self.survey.id,
            &self.filters,
            self.from,
            self.until,
            self.includes_automatic,
        )
        .await?)
    }

    /// Counts the submissions that are marked as automatic, whether they are meant or not.
    pub(crate) async fn automatic(&self, session: &impl Session) -> Result<u64, AppError> {
        let (id, filters) = (self.survey.id, &self.filters);
        Ok(count_automatic(session, id, filters, self.from, self.until).await?)
    }

    /// Counts the comparable answers to a question by group and period.
    pub(crate) async fn cells(
        &self,
        session: &impl Session,
        question: &Question,
        group: Option<Dimension>,
        period: Option<Period>,
    ) -> Result<Vec<Cell>, AppError> {
        let mut query = self.count_query(&question.key);
        query
            .filters
            .extend(Comparability::of(&question.key, &self.versions).filter());
        query.group = group;
        query.period = period;
        Ok(counts(session, &query).await?)
    }

    /// Sums up a question with a scale.
    pub(crate) async fn scale_result(
        &self,
        session: &impl Session,
        question: &Question,
        scale: ScoreScale,
    ) -> Result<ScaleResult, AppError> {
        let cell = self.cells(session, question, None, None).await?.pop();
        let (found, people) = cell
            .map(|cell| (cell.counts, cell.people))
            .unwrap_or_default();
        let figure = figure(&scale, &found, people)?;
        let counts = match figure {
            Figure::Shown(_) => {
                let count = |score: i32| (score, found.get(&score).copied().unwrap_or_default());
                scale.scores().map(count).collect()
            }
            Figure::Hidden | Figure::None => BTreeMap::new(),
        };
        let comparability = Comparability::of(&question.key, &self.versions);
        Ok(ScaleResult {
            question: question.clone(),
            scale,
            figure,
            counts,
            comparability,
        })
    }
}
