//! The parts of every question about figures: questionnaire, versions, selection, counts.

use std::{collections::BTreeMap, sync::Arc};

use peil_domain::{
    access::{Actor, Right, Workspace},
    shared::{LocalDay, Period, QuestionKey, SurveyId},
    survey::{Definition, Question, ScoreScale, Survey, Version},
};
use peil_measure::MINIMUM_PEOPLE;
use peil_store::{Session, access, results::Dimension, survey};

use super::{
    Comparability, Figure, Joining, ResultsQuery, ScaleResult,
    compare::meant,
    counting::{
        Answered, Cell, CountQuery, PeopleQuery, Wanted, count_automatic, count_people, counts,
        days_with_words,
    },
    figure::figure,
    guard::Guard,
    guard_counts::Detail,
};
use crate::{AppError, app::day_of, facts::Counting};

/// A questionnaire with its versions, and the answers of it that are meant.
#[derive(Clone)]
pub(crate) struct Selection {
    /// The questionnaire.
    pub(crate) survey: Survey,
    /// The versions that are meant, the newest first, with rows as questions.
    pub(crate) versions: Vec<Version>,
    /// Which of them are put together.
    joining: Joining,
    /// Number and day of every version that changed an earlier one, the newest first.
    pub(crate) changes: Vec<(i32, LocalDay)>,
    /// Which values must hold.
    pub(crate) filters: Vec<(Dimension, Vec<String>)>,
    /// Which values may not hold.
    pub(crate) excluded: Vec<(Dimension, Vec<String>)>,
    /// First day.
    pub(crate) from: Option<LocalDay>,
    /// Last day.
    pub(crate) until: Option<LocalDay>,
    /// Whether answers marked as automatic count too.
    pub(crate) includes_automatic: bool,
    /// Today.
    pub(crate) today: LocalDay,
    /// Whether counting those must not give a few of them away.
    guards_automatic: bool,
    /// Whether the days were made more than was asked, lest a few people could be told apart.
    pub(crate) is_widened: bool,
    /// Whether nothing may be told, since a few people could be told apart.
    pub(crate) is_closed: bool,
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

/// The versions of a questionnaire, the newest first, with every row of a block of questions as a
/// question of its own.
pub(super) async fn versions_by_item(
    session: &impl Session,
    survey: SurveyId,
) -> Result<Vec<Version>, AppError> {
    let versions = survey::list_versions(session, survey).await?;
    let by_item = |version: Version| Version {
        definition: version.definition.by_item(),
        ..version
    };
    Ok(versions.into_iter().map(by_item).collect())
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
        let versions = versions_by_item(session, survey.id).await?;
        let survey = Survey {
            draft: survey.draft.by_item(),
            ..survey
        };
        let (from, until) = query.when.days(today);
        let changes = versions
            .iter()
            .filter(|version| version.number > 1)
            .map(|version| (version.number, day_of(&workspace, version.published_at)))
            .collect();
        Ok(Self {
            survey,
            versions: meant(versions, query),
            joining: query.joining,
            changes,
            filters: query.filters.clone(),
            excluded: query.excluded.clone(),
            from,
            until,
            includes_automatic: query.includes_automatic,
            today,
            guards_automatic: false,
            is_widened: false,
            is_closed: false,
        })
    }

    /// Reads of which answers the figures may be told: the days are widened where needed.
    pub(crate) async fn read_safely(
        session: &impl Counting,
        actor: &Actor,
        survey: Survey,
        query: &ResultsQuery,
        now: jiff::Timestamp,
    ) -> Result<Self, AppError> {
        let mut found = Self::read(session, survey, query, now).await?;
        // Who may read single answers sees the marked ones anyway.
        found.guards_automatic = found.includes_automatic && !actor.has(Right::ReadResponses);
        if !found.is_narrowed() {
            return Ok(found);
        }
        let asked = found.people_query(Answered::Anything, Vec::new(), &[]);
        let (from, until) = (found.from, found.end());
        let guard = Guard::read(session, asked, Detail::of(from, until), MINIMUM_PEOPLE).await?;
        match guard.widen(&found.selected(), from, until) {
            Some(days) if days == (from, until) => {}
            Some((from, until)) => {
                found.from = from;
                found.until = until.or(found.until);
                found.is_widened = true;
            }
            None => found.is_closed = true,
        }
        Ok(found)
    }

    /// The values that must and that may not hold.
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            filters: &self.filters,
            excluded: &self.excluded,
        }
    }

    /// Whether less than all answers is meant.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.filters.is_empty()
            || !self.excluded.is_empty()
            || self.from.is_some()
            || self.until.is_some()
            || self.guards_automatic
    }

    /// The last day, unless nobody can have answered after it.
    pub(super) fn end(&self) -> Option<LocalDay> {
        self.until.filter(|until| *until < self.today)
    }

    /// The values that are selected by, chosen and left out: either tells people apart, and what
    /// is left out may be told only when it may be told by itself.
    pub(crate) fn selected(&self) -> Vec<(Dimension, Vec<String>)> {
        self.filters.iter().chain(&self.excluded).cloned().collect()
    }

    /// The people by everything that is selected by, and by `groups`.
    pub(crate) fn people_query(
        &self,
        answered: Answered,
        filters: Vec<(Dimension, Vec<String>)>,
        groups: &[Dimension],
    ) -> PeopleQuery {
        let mut by: Vec<Dimension> = Vec::new();
        let selected = self.filters.iter().chain(&self.excluded);
        let selected = selected.map(|(dimension, _)| dimension);
        for dimension in selected.chain(groups) {
            if !by.contains(dimension) {
                by.push(dimension.clone());
            }
        }
        // In whatever order people select: the same table is counted and decided about once.
        by.sort_unstable();
        PeopleQuery {
            survey: self.survey.id,
            answered,
            filters,
            by,
            period: None,
            include_automatic: self.guards_automatic,
        }
    }

    /// What may be told of the comparable answers to a question, by `group`.
    pub(crate) async fn guard(
        &self,
        session: &impl Counting,
        question: &Question,
        group: Option<&Dimension>,
        detail: Detail,
    ) -> Result<Arc<Guard>, AppError> {
        let key = question.key.clone();
        let answered = if question.kind.keeps_score() {
            Answered::Score(key)
        } else {
            Answered::Options(key)
        };
        let versions = self.comparability(&question.key).filter();
        let versions = versions.filter(|_| question.kind.scale().is_some());
        let groups = group.map(std::slice::from_ref).unwrap_or_default();
        let asked = self.people_query(answered, versions.into_iter().collect(), groups);
        self.guard_of(session, asked, detail).await
    }

    /// What may be told of the people in this table.
    pub(super) async fn guard_of(
        &self,
        session: &impl Counting,
        asked: PeopleQuery,
        detail: Detail,
    ) -> Result<Arc<Guard>, AppError> {
        let detail = detail.max(Detail::of(self.from, self.end()));
        Guard::read(session, asked, detail, MINIMUM_PEOPLE).await
    }

    /// Whether the answers to a question may be told.
    pub(crate) async fn may_tell(
        &self,
        session: &impl Counting,
        question: &Question,
    ) -> Result<bool, AppError> {
        if self.is_closed || !self.is_narrowed() {
            return Ok(!self.is_closed);
        }
        let guard = self.guard(session, question, None, Detail::Never).await?;
        Ok(guard.opens(&self.selected(), self.from, self.end()))
    }

    /// The same, begun so much earlier that the answers to a question may be told; nothing when they
    /// may not, or when it would have to end later.
    pub(crate) async fn told_days(
        &self,
        session: &impl Counting,
        question: &Question,
    ) -> Result<Option<Self>, AppError> {
        let guard = self.guard(session, question, None, Detail::Never).await?;
        let days = guard.widen(&self.selected(), self.from, self.end());
        let days = days.filter(|(_, until)| !self.is_closed && *until == self.end());
        Ok(days.map(|(from, _)| Self {
            from,
            ..self.clone()
        }))
    }

    /// Whether `guard` lets the answers from `from` until `until` be told.
    pub(crate) fn may_tell_days(&self, guard: &Guard, from: LocalDay, until: LocalDay) -> bool {
        let days = self.between(from, until);
        !self.is_closed && guard.opens(&self.selected(), days.from, days.end())
    }

    /// Whether `guard` lets the answers of one group among those selected be told.
    pub(crate) fn may_tell_group(
        &self,
        guard: &Guard,
        dimension: &Dimension,
        group: Option<&str>,
    ) -> bool {
        let mut filters = self.selected();
        filters.push((
            dimension.clone(),
            vec![group.unwrap_or_default().to_owned()],
        ));
        !self.is_closed && guard.opens(&filters, self.from, self.end())
    }

    /// The same answers of other days.
    pub(crate) fn between(&self, from: LocalDay, until: LocalDay) -> Self {
        Self {
            from: Some(from),
            until: Some(until),
            ..self.clone()
        }
    }

    /// Which of the versions can be put together for a question.
    pub(super) fn comparability(&self, key: &QuestionKey) -> Comparability {
        Comparability::of(key, &self.versions, self.joining)
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
            excluded: self.excluded.clone(),
            from: self.from,
            until: self.until,
            include_automatic: self.includes_automatic,
            ..CountQuery::all(self.survey.id, key.clone())
        }
    }

    /// The days between which anything was said in own words.
    pub(crate) async fn days_with_words(
        &self,
        session: &impl Counting,
    ) -> Result<Option<(LocalDay, LocalDay)>, AppError> {
        let days = (self.from, self.until);
        let automatic = self.includes_automatic;
        days_with_words(session, self.survey.id, self.wanted(), days, automatic).await
    }

    /// Counts the people who are meant.
    pub(crate) async fn people(&self, session: &impl Counting) -> Result<u64, AppError> {
        count_people(
            session,
            self.survey.id,
            self.wanted(),
            self.from,
            self.until,
            self.includes_automatic,
        )
        .await
    }

    /// Counts the submissions that are marked as automatic, whether they are meant or not.
    pub(crate) async fn automatic(&self, session: &impl Counting) -> Result<u64, AppError> {
        count_automatic(
            session,
            self.survey.id,
            self.wanted(),
            self.from,
            self.until,
        )
        .await
    }

    /// Counts the comparable answers to a question by group and period.
    pub(crate) async fn cells(
        &self,
        session: &impl Counting,
        question: &Question,
        group: Option<Dimension>,
        period: Option<Period>,
    ) -> Result<Vec<Cell>, AppError> {
        let mut query = self.count_query(&question.key);
        query
            .filters
            .extend(self.comparability(&question.key).filter());
        query.group = group;
        query.period = period;
        counts(session, &query).await
    }

    /// Sums up a question with a scale.
    pub(crate) async fn scale_result(
        &self,
        session: &impl Counting,
        question: &Question,
        scale: ScoreScale,
    ) -> Result<ScaleResult, AppError> {
        let cell = self.cells(session, question, None, None).await?.pop();
        let (found, people) = cell
            .map(|cell| (cell.counts, cell.people))
            .unwrap_or_default();
        let may_tell = self.may_tell(session, question).await?;
        let figure = match figure(&scale, &found, people)? {
            // Not even whether anyone answered.
            _ if self.is_closed => Figure::Hidden,
            figure => figure.told_if(may_tell),
        };
        let counts = match figure {
            Figure::Shown(_) => {
                let count = |score: i32| (score, found.get(&score).copied().unwrap_or_default());
                scale.scores().map(count).collect()
            }
            Figure::Hidden | Figure::None => BTreeMap::new(),
        };
        let comparability = self.comparability(&question.key);
        Ok(ScaleResult {
            question: question.clone(),
            scale,
            figure,
            counts,
            comparability,
        })
    }
}
