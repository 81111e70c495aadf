//! Comparing two to twelve groups or periods: first all together, then every pair.

use std::cmp::Reverse;

use super::{
    CompareQuery, Difference, DimensionValues, Figure, GroupBy, MOST_COMPARED, ScaleResult, When,
    explore::{demand_properties, demand_property, dimensions, survey_called},
    figure::{figure, histogram},
    guard_counts::Detail,
    ladder::{Tally, default_group, names_of},
    selection::Selection,
    trend::{days_of, detail_of},
    verdict::Screen,
};
use crate::{App, AppError, app::demand, facts::Counting};
use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right},
    shared::{LocalDay, Slug},
    survey::{Direction, Metric, Question, ScoreScale, Survey},
};
use peil_measure::{
    GroupComparison, Histogram, MeasureError, SIGNIFICANCE, Verdict, compare_means, compare_nps,
    compare_shares, letters, p_adjust,
};

/// Groups that are compared when none were chosen.
const FIRST_GROUPS: usize = 6;
/// Periods that are compared when none were chosen.
const FIRST_PERIODS: usize = 4;
/// Most groups to choose from.
const MOST_CHOICES: usize = 60;

/// A group that can be, or is, compared.
#[derive(Debug, Clone)]
pub struct ComparedGroup {
    /// What tells it apart, as an address names it.
    pub value: String,
    /// What people call it, when it has a name of its own.
    pub name: Option<String>,
    /// First day, when it is a period.
    pub start: Option<LocalDay>,
    /// Its figure.
    pub figure: Figure,
    /// Its letters: groups that share one were not shown to differ.
    pub letters: Vec<usize>,
    /// Whether it was chosen.
    pub is_picked: bool,
    tally: Tally,
}

/// What the test over all groups says.
#[derive(Debug, Clone, PartialEq)]
pub enum Overall {
    /// There was a test.
    Tested {
        /// Cochran's Q for NPS, Pearson's χ² for a share, Welch's F for a mean.
        statistic: f64,
        /// Its degrees of freedom: one number for χ², two for F.
        df: Vec<f64>,
        /// How likely at least this statistic is when the groups do not differ.
        p: f64,
        /// The p-value of Kruskal and Wallis; means only.
        kruskal_p: Option<f64>,
        /// Whether that is too unlikely to be chance.
        differs: bool,
    },
    /// Fewer than two groups can be shown.
    TooFewGroups,
    /// Everyone in a group agrees, so that there is nothing to test against.
    NoSpread,
}

/// Two groups and how they differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ComparedPair {
    /// Place of the first group among those compared.
    pub first: usize,
    /// Place of the second.
    pub second: usize,
    /// How much the first is above the second; p adjusted by Benjamini and Hochberg.
    pub difference: Difference,
    /// The p-value adjusted by Holm.
    pub p_holm: Option<f64>,
}

/// A comparison of groups.
#[derive(Debug, Clone)]
pub struct GroupsCompared {
    /// The questionnaire.
    pub survey: Survey,
    /// What was asked, filled in.
    pub query: CompareQuery,
    /// The question; absent when the questionnaire has none with a scale.
    pub asked: Option<ScaleResult>,
    /// Questions that can be compared.
    pub questions: Vec<Question>,
    /// Properties that tell groups apart.
    pub dimensions: Vec<DimensionValues>,
    /// Groups to choose from: periods the newest first, others the largest first.
    pub choices: Vec<ComparedGroup>,
    /// Groups that are compared: periods the newest first, others best first.
    pub groups: Vec<ComparedGroup>,
    /// Groups that were chosen and may not be shown.
    pub hidden: usize,
    /// The test over all groups.
    pub overall: Overall,
    /// Every pair.
    pub pairs: Vec<ComparedPair>,
    /// Moment at which this was true.
    pub as_of: Timestamp,
    /// Time that it took.
    pub took: SignedDuration,
}

impl App {
    /// Compares groups or periods of one questionnaire.
    pub async fn compare_groups(
        &self,
        actor: &Actor,
        slug: &Slug,
        mut query: CompareQuery,
    ) -> Result<GroupsCompared, AppError> {
        demand(actor, Right::ReadResults)?;
        demand_properties(actor, &query.results)?;
        if let Some(GroupBy::Property(dimension)) = &query.by {
            demand_property(actor, dimension)?;
        }
        let started = self.clock.now();
        let session = self.look(actor.workspace).await?;
        let survey = survey_called(&session, slug).await?;
        let selection =
            Selection::read_safely(&session, actor, survey, &query.results, started).await?;
        if selection.is_widened {
            query.results.when = When::Between(selection.from, selection.until);
        }
        let dimensions = dimensions(&session, actor, selection.survey.id).await?;
        let questions = selection.definition().questions();
        let questions = questions.filter(|question| question.kind.scale().is_some());
        let mut found = GroupsCompared {
            survey: selection.survey.clone(),
            asked: None,
            questions: questions.cloned().collect(),
            dimensions,
            choices: Vec::new(),
            groups: Vec::new(),
            hidden: 0,
            overall: Overall::TooFewGroups,
            pairs: Vec::new(),
            as_of: session.as_of(),
            took: SignedDuration::ZERO,
            query: CompareQuery::default(),
        };
        let question = selection.scale_question(query.results.question.as_ref());
        let asked = question.and_then(|question| Some((question, query.scale(question)?)));
        if let Some((question, scale)) = asked {
            query.results.question = Some(question.key.clone());
            query.measure = Some(scale.metric);
            let by = query.by.take().or_else(|| {
                let first = default_group(&found.dimensions);
                first.map(GroupBy::Property)
            });
            let by = by.unwrap_or(GroupBy::Periods(peil_domain::shared::Period::Quarter));
            let names = match &by {
                GroupBy::Property(dimension) => names_of(&found.dimensions, dimension),
                GroupBy::Periods(_) => Vec::new(),
            };
            query.by = Some(by.clone());
            found.choices = choices(&session, &selection, (question, &scale), &by, &names).await?;
            pick(&mut found.choices, &mut query.picks, &by);
            found.compare(&scale)?;
            found.asked = Some(selection.scale_result(&session, question, scale).await?);
        }
        found.query = query;
        found.took = self.clock.now().duration_since(started);
        Ok(found)
    }
}

/// Every group that there is, with its figure.
async fn choices(
    session: &impl Counting,
    selection: &Selection,
    (question, scale): (&Question, &ScoreScale),
    by: &GroupBy,
    names: &[(String, Option<String>)],
) -> Result<Vec<ComparedGroup>, AppError> {
    let (dimension, period) = match by {
        GroupBy::Property(dimension) => (Some(dimension.clone()), None),
        GroupBy::Periods(period) => (None, Some(*period)),
    };
    let detail = period.map_or(Detail::Never, detail_of);
    let guard = selection
        .guard(session, question, dimension.as_ref(), detail)
        .await?;
    let cells = selection
        .cells(session, question, dimension.clone(), period)
        .await?;
    let mut groups = Vec::with_capacity(cells.len());
    for cell in cells {
        let may_tell = match (&dimension, period, cell.start) {
            (Some(dimension), ..) => {
                selection.may_tell_group(&guard, dimension, cell.group.as_deref())
            }
            (None, Some(period), Some(start)) => {
                let (start, end) = days_of(selection, period, start);
                selection.may_tell_days(&guard, start, end)
            }
            _ => false,
        };
        let value = match cell.start {
            Some(start) => start.date().to_string(),
            None => cell.group.unwrap_or_default(),
        };
        let named = names.iter().find(|(known, _)| *known == value);
        groups.push(ComparedGroup {
            name: named.and_then(|(_, name)| name.clone()),
            value,
            start: cell.start,
            figure: figure(scale, &cell.counts, cell.people)?.told_if(may_tell),
            letters: Vec::new(),
            is_picked: false,
            tally: Tally {
                counts: cell.counts,
                people: cell.people,
            },
        });
    }
    groups.sort_by_key(|group| (Reverse(group.start), Reverse(group.tally.people)));
    groups.truncate(MOST_CHOICES);
    Ok(groups)
}

/// Marks the groups that are compared; without a choice the first ones that may be shown.
fn pick(choices: &mut [ComparedGroup], picks: &mut Vec<String>, by: &GroupBy) {
    picks.retain(|pick| choices.iter().any(|group| group.value == *pick));
    if picks.is_empty() {
        let first = match by {
            GroupBy::Property(_) => FIRST_GROUPS,
            GroupBy::Periods(_) => FIRST_PERIODS,
        };
        let shown = choices
            .iter()
            .filter(|group| group.figure.shown().is_some());
        picks.extend(shown.take(first).map(|group| group.value.clone()));
    }
    for group in choices {
        group.is_picked = picks.contains(&group.value);
    }
}

impl GroupsCompared {
    /// Compares the groups that were picked, as far as they may be shown.
    fn compare(&mut self, scale: &ScoreScale) -> Result<(), AppError> {
        let picked = self.choices.iter().filter(|group| group.is_picked);
        let (shown, hidden): (Vec<_>, Vec<_>) =
            picked.partition(|group| group.figure.shown().is_some());
        self.hidden = hidden.len();
        let mut groups: Vec<ComparedGroup> = shown.into_iter().cloned().collect();
        groups.truncate(MOST_COMPARED);
        sort(&mut groups, scale);
        let histograms = groups
            .iter()
            .map(|group| histogram(scale, &group.tally.counts))
            .collect::<Result<Vec<_>, _>>()?;
        let tested = test(scale, &histograms)?;
        self.pairs = pairs(scale, &groups)?;
        let differing: Vec<_> = self
            .pairs
            .iter()
            .filter(|pair| pair.difference.verdict == Verdict::Differs)
            .map(|pair| (pair.first, pair.second))
            .collect();
        for (group, own) in groups
            .iter_mut()
            .zip(letters(histograms.len(), &differing)?)
        {
            group.letters = own;
        }
        self.overall = match tested {
            _ if groups.len() < 2 => Overall::TooFewGroups,
            Some(found) => Overall::Tested {
                statistic: found.statistic,
                differs: found.p < SIGNIFICANCE,
                p: found.p,
                kruskal_p: found.ranks.map(|ranks| ranks.kruskal_p),
                df: found.df,
            },
            None => Overall::NoSpread,
        };
        self.groups = groups;
        Ok(())
    }
}

/// Periods the newest first, so that a pair reads as a change; other groups best first.
fn sort(groups: &mut [ComparedGroup], scale: &ScoreScale) {
    let falls = matches!(
        (scale.metric, scale.direction),
        (Metric::Mean, Direction::LowerIsBetter)
    );
    let rank = |group: &ComparedGroup| {
        let value = group.figure.shown().map_or(0.0, |shown| shown.value);
        if falls { value } else { -value }
    };
    groups.sort_by(|a, b| {
        b.start
            .cmp(&a.start)
            .then_with(|| rank(a).total_cmp(&rank(b)))
    });
}

/// The test over all groups; nothing when the answers do not allow one.
fn test(scale: &ScoreScale, groups: &[Histogram]) -> Result<Option<GroupComparison>, MeasureError> {
    let found = match scale.metric {
        Metric::Nps => compare_nps(groups),
        Metric::TopBox => compare_shares(groups, usize::from(scale.top)),
        Metric::Mean => compare_means(groups),
    };
    match found {
        Ok(found) => Ok(Some(found)),
        Err(MeasureError::NotMeasurable(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Every pair, judged together, each by the p-value that belongs to its interval: the same
/// difference has the same p-value on every page.
fn pairs(scale: &ScoreScale, groups: &[ComparedGroup]) -> Result<Vec<ComparedPair>, AppError> {
    let mut screen = Screen::default();
    let mut asked = Vec::new();
    for (first, one) in groups.iter().enumerate() {
        for (second, other) in groups.iter().enumerate().skip(first + 1) {
            let ticket = screen.compare(scale, &other.tally.counts, &one.tally.counts)?;
            asked.extend(ticket.map(|ticket| (first, second, ticket)));
        }
    }
    let screen = screen.judge()?;
    let mut found: Vec<ComparedPair> = asked
        .into_iter()
        .filter_map(|(first, second, ticket)| {
            Some(ComparedPair {
                first,
                second,
                difference: screen.difference(ticket)?,
                p_holm: None,
            })
        })
        .collect();
    let alone: Vec<f64> = found.iter().filter_map(|pair| pair.difference.p).collect();
    let holm = p_adjust(&alone)?.holm;
    let with_p = found.iter_mut().filter(|pair| pair.difference.p.is_some());
    for (pair, p) in with_p.zip(holm) {
        pair.p_holm = Some(p);
    }
    Ok(found)
}
