//! Exploring: one measure by group, by second group and by period, of any selection.

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right},
    response::OTHER,
    shared::{LocalDay, Period, QuestionKey, Slug},
    survey::{Question, QuestionKind, ScoreScale, Survey},
};
use peil_store::results::Dimension;

use super::{
    Comparability, DimensionValues, ExploreMeasure, ExploreQuery, Figure, When,
    counting::{Answered, TableSubject, count_responses},
    explore::{demand_properties, demand_property, dimensions, properties, survey_called},
    explorer_table::lay_out,
    ladder::default_group,
    measures_of,
    selection::Selection,
};
use crate::{App, AppError, app::demand};

/// What figures are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct ExploreSubject {
    /// The measure.
    pub measure: ExploreMeasure,
    /// The question; when submissions are counted, the one that a range of scores is about.
    pub question: Option<Question>,
    /// The scale of the question with the measure that is asked.
    pub scale: Option<ScoreScale>,
    /// Code of the option, for choice questions.
    pub option: Option<QuestionKey>,
}

/// Figures of a selection, laid out in rows and columns.
#[derive(Debug, Clone)]
pub struct Explored {
    /// The questionnaire.
    pub survey: Survey,
    /// What was asked, filled in.
    pub query: ExploreQuery,
    /// What the figures are made of.
    pub subject: ExploreSubject,
    /// Everything that can be measured.
    pub subjects: Vec<ExploreSubject>,
    /// Which versions can be put together; absent when submissions are counted.
    pub comparability: Option<Comparability>,
    /// Properties that occur; with their values when these were asked.
    pub dimensions: Vec<DimensionValues>,
    /// Length of the periods; longer than was asked when shorter ones may not be told.
    pub step: Period,
    /// The groups: those that may be told first, best first.
    pub rows: Vec<ExploreRow>,
    /// What stands beside each other.
    pub columns: Vec<ExploreColumn>,
    /// The groups that may be told and are not shown, all together.
    pub others: Option<ExploreRow>,
    /// Number of groups that may be told and are not shown.
    pub beyond: usize,
    /// Number of groups that are hidden and do not stand among the rows.
    pub hidden: usize,
    /// Number of columns that were left out.
    pub columns_beyond: usize,
    /// The whole selection.
    pub whole: Figure,
    /// Number of submissions or answers that were counted; absent when it may not be told.
    pub counted: Option<u64>,
    /// Time that the counting took.
    pub took: SignedDuration,
    /// Whether nothing is told of this selection, since a few people could be told apart.
    pub is_closed: bool,
    /// Whether the days are more than was asked, since a few people could be told apart.
    pub is_widened: bool,
    /// Whether anyone ever answered, selected or not.
    pub has_answers: bool,
    /// Moment at which the figures were true.
    pub as_of: Timestamp,
}

/// One group, or everyone.
#[derive(Debug, Clone, PartialEq)]
pub struct ExploreRow {
    /// Which group; absent for everyone, and for all others together.
    pub group: Option<ExploreGroup>,
    /// Its figure over the whole selection.
    pub figure: Figure,
    /// Its figure in every column.
    pub cells: Vec<Figure>,
}

/// A value of the property by which groups are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExploreGroup {
    /// The value, as an address names it; empty when it is not known.
    pub value: String,
    /// What people call it, when it has a name of its own.
    pub name: Option<String>,
}

/// What stands above a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExploreColumn {
    /// A group.
    Group(ExploreGroup),
    /// A period: first and last day, within the selection.
    Step(LocalDay, LocalDay),
}

impl App {
    /// Lays out the figures of a selection by group, by second group and by period; with the values
    /// of all properties when one is to choose from them.
    pub async fn explore_results(
        &self,
        actor: &Actor,
        slug: &Slug,
        mut query: ExploreQuery,
        with_choices: bool,
    ) -> Result<Explored, AppError> {
        demand(actor, Right::ReadResults)?;
        demand_properties(actor, &query.results)?;
        let mut asked = query.properties();
        asked.try_for_each(|dimension| demand_property(actor, dimension))?;
        drop(asked);
        let started = self.clock.now();
        let session = self.look(actor.workspace).await?;
        let survey = survey_called(&session, slug).await?;
        let selection =
            Selection::read_safely(&session, actor, survey, &query.results, started).await?;
        let is_open = query.results.group.is_none() && !query.is_ungrouped;
        let dimensions = if with_choices || is_open {
            dimensions(&session, actor, selection.survey.id).await?
        } else {
            properties(&session, actor, selection.survey.id).await?
        };
        // A property that nobody has sets nobody apart.
        let occurs = |dimension: &Dimension| {
            let mut known = dimensions.iter();
            known.any(|known| known.dimension == *dimension)
        };
        query.results.group = query.results.group.filter(occurs);
        query.second = query.second.filter(occurs);
        if query.results.group.is_none() && !query.is_ungrouped {
            query.results.group = default_group(&dimensions);
            query.is_ungrouped = query.results.group.is_none();
        }
        // A group beside itself says nothing.
        query.second = query
            .second
            .filter(|second| query.results.group.as_ref() != Some(second));
        let subjects = subjects(&selection);
        let subject = chosen(&subjects, &query);
        fill_in(&mut query, &subject);
        let counting = self.clock.now();
        let mut found = Explored {
            survey: selection.survey.clone(),
            comparability: subject.comparability(&selection),
            step: query.step.unwrap_or(Period::Month),
            subject,
            subjects,
            dimensions,
            rows: Vec::new(),
            columns: Vec::new(),
            others: None,
            beyond: 0,
            hidden: 0,
            columns_beyond: 0,
            whole: Figure::None,
            counted: None,
            took: SignedDuration::ZERO,
            is_closed: selection.is_closed,
            is_widened: selection.is_widened,
            has_answers: count_responses(&session, selection.survey.id).await? > 0,
            as_of: session.as_of(),
            query,
        };
        lay_out(&session, &selection, &mut found).await?;
        found.took = self.clock.now().duration_since(counting);
        if selection.is_widened {
            found.query.results.when = When::Between(selection.from, selection.until);
        }
        Ok(found)
    }
}

impl ExploreSubject {
    /// What is counted for it, with a range of scores or without.
    pub(super) fn counted(&self, has_range: bool) -> TableSubject {
        match (self.measure, &self.question) {
            (ExploreMeasure::Count, Some(question)) if has_range => {
                TableSubject::Scores(question.key.clone())
            }
            (ExploreMeasure::Score(_), Some(question)) => {
                TableSubject::Scores(question.key.clone())
            }
            (ExploreMeasure::Option, Some(question)) => TableSubject::Options(question.key.clone()),
            _ => TableSubject::Submissions,
        }
    }

    fn comparability(&self, selection: &Selection) -> Option<Comparability> {
        let scored = self.question.as_ref().filter(|_| self.scale.is_some())?;
        let is_scored = matches!(self.measure, ExploreMeasure::Score(_));
        is_scored.then(|| selection.comparability(&scored.key))
    }
}

/// Whose answers are counted.
pub(super) fn answered(subject: &TableSubject) -> Answered {
    match subject {
        TableSubject::Submissions => Answered::Anything,
        TableSubject::Scores(key) => Answered::Score(key.clone()),
        TableSubject::Options(key) => Answered::Options(key.clone()),
    }
}

/// The versions of which answers can be put together, when not all can.
pub(super) fn versions(
    subject: &TableSubject,
    selection: &Selection,
) -> Option<(Dimension, Vec<String>)> {
    match subject {
        TableSubject::Scores(key) => selection.comparability(key).filter(),
        TableSubject::Submissions | TableSubject::Options(_) => None,
    }
}

/// Everything that can be measured: each question with its own measure first, and submissions.
fn subjects(selection: &Selection) -> Vec<ExploreSubject> {
    let mut found = Vec::new();
    for question in selection.definition().questions() {
        let subject = |measure, scale, option| ExploreSubject {
            measure,
            question: Some(question.clone()),
            scale,
            option,
        };
        if let Some(scale) = question.kind.scale() {
            found.extend(measures_of(question).into_iter().map(|metric| {
                let scale = ScoreScale { metric, ..scale };
                subject(ExploreMeasure::Score(metric), Some(scale), None)
            }));
        }
        if let QuestionKind::Choice {
            options, has_other, ..
        } = &question.kind
        {
            let other = OTHER.parse().ok().filter(|_| *has_other);
            let codes = options
                .iter()
                .map(|option| option.code.clone())
                .chain(other);
            found.extend(codes.map(|code| subject(ExploreMeasure::Option, None, Some(code))));
        }
    }
    let headline = selection.scale_question(None);
    found.push(ExploreSubject {
        measure: ExploreMeasure::Count,
        scale: headline.and_then(|question| question.kind.scale()),
        question: headline.cloned(),
        option: None,
    });
    found
}

/// The subject that is asked, else the one that comes nearest.
fn chosen(subjects: &[ExploreSubject], query: &ExploreQuery) -> ExploreSubject {
    // The last one counts submissions, and knows the headline.
    let headline = subjects.last().and_then(|count| count.question.as_ref());
    let headline = headline.map(|question| &question.key);
    let asked = query.results.question.as_ref().or(headline);
    let is_about = |subject: &&ExploreSubject| {
        let key = subject.question.as_ref().map(|question| &question.key);
        asked.is_some() && key == asked
    };
    let measures = |subject: &&ExploreSubject| query.measure == Some(subject.measure);
    let is_option = |subject: &&ExploreSubject| subject.option == query.results.choice;
    if query.measure == Some(ExploreMeasure::Count) {
        let scored = subjects.iter().filter(is_about);
        let scored = scored.filter(|subject| subject.scale.is_some());
        let mut every = scored.chain(subjects.iter().rev());
        let found = every.next().cloned();
        return found.map_or_else(nothing, |subject| ExploreSubject {
            measure: ExploreMeasure::Count,
            option: None,
            ..subject
        });
    }
    let about = || subjects.iter().filter(is_about);
    let is_headline = |subject: &&ExploreSubject| {
        subject.question.as_ref().map(|question| &question.key) == headline
    };
    let found = about()
        .find(|subject| measures(subject) && is_option(subject))
        .or_else(|| about().find(measures))
        .or_else(|| about().next())
        .or_else(|| subjects.iter().find(is_headline))
        .or_else(|| subjects.first());
    found.cloned().unwrap_or_else(nothing)
}

fn nothing() -> ExploreSubject {
    ExploreSubject {
        measure: ExploreMeasure::Count,
        question: None,
        scale: None,
        option: None,
    }
}

/// Puts what was chosen in the place of what was asked.
fn fill_in(query: &mut ExploreQuery, subject: &ExploreSubject) {
    let question = subject.question.as_ref();
    query.results.question = question.map(|question| question.key.clone());
    query.measure = Some(subject.measure);
    query.step = query.step.or(Some(Period::Month));
    query.results.choice.clone_from(&subject.option);
    if subject.scale.is_none() {
        (query.results.least, query.results.most) = (None, None);
    }
}
