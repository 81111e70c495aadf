//! What falls to each theme of what all of them together do to the score.

use std::collections::BTreeMap;

use peil_domain::{
    shared::QuestionKey,
    survey::{Metric as Kind, Question, ScoreScale},
};
use peil_facts::{Cell, CountQuery, Dimension as Asked, Given, Subject};
use peil_measure::{Histogram, Level, MINIMUM_PEOPLE, Metric, shared_impact};
use peil_store::results::Dimension;

use super::figures::{Among, ThemeImpact};
use crate::{
    AppError,
    facts::Counting,
    results::{Wanted, asked, histogram, scope_of},
};

impl<S: Counting> Among<'_, S> {
    /// The share of every theme in what all themes do to the score of a question.
    pub(crate) async fn impacts(
        &self,
        question: &Question,
        scale: &ScoreScale,
    ) -> Result<BTreeMap<String, ThemeImpact>, AppError> {
        let together = vec![Asked::ThemesTogether];
        let mut everyone = Histogram::empty(scale.min, scale.max)?;
        let mut none = (everyone.clone(), 0);
        for cell in self.scores(question, together, &[]).await? {
            let scores = scores(scale, &cell)?;
            everyone.merge(&scores)?;
            if cell.groups.first().is_some_and(Option::is_none) {
                none = (scores, cell.people);
            }
        }
        // Who answered more than once may be in several cells below: people are counted by theme alone.
        let by_theme = vec![asked(&self.by)];
        let people = self.scores(question, by_theme, &self.within).await?;
        let people: BTreeMap<&str, u64> = people
            .iter()
            .filter_map(|cell| Some((cell.groups.first()?.as_deref()?, cell.people)))
            .collect();
        // The scores of those who mention a theme, by how many others they mention.
        let mut found: BTreeMap<String, BTreeMap<usize, Histogram>> = BTreeMap::new();
        let by = vec![asked(&self.by), Asked::ThemesTogether];
        for cell in self.scores(question, by, &self.within).await? {
            let [Some(code), Some(together)] = cell.groups.as_slice() else {
                continue;
            };
            let others = together.parse::<usize>().unwrap_or(1).saturating_sub(1);
            let about = found.entry(code.to_string()).or_default();
            about.insert(others, scores(scale, &cell)?);
        }
        let nobody = Histogram::empty(scale.min, scale.max)?;
        let mut impacts = BTreeMap::new();
        for (code, about) in found {
            let of_theme = people.get(code.as_str()).copied().unwrap_or_default();
            if of_theme.min(none.1) < MINIMUM_PEOPLE {
                continue;
            }
            let most = about.keys().next_back().copied().unwrap_or_default();
            let part = |others: usize| about.get(&others).unwrap_or(&nobody).clone();
            let parts: Vec<Histogram> = (0..=most).map(part).collect();
            let level = Level::default();
            let outcome = shared_impact(metric(scale), &everyone, &none.0, &parts, level)?;
            if let (Some(value), Some(interval), Some(without)) =
                (outcome.impact, outcome.ci, outcome.none)
            {
                let (low, high) = (interval.low, interval.high);
                let impact = ThemeImpact {
                    value,
                    low,
                    high,
                    without,
                };
                impacts.insert(code, impact);
            }
        }
        Ok(impacts)
    }

    /// Scores on a question, apart by these properties.
    async fn scores(
        &self,
        question: &Question,
        group: Vec<Asked>,
        within: &[(Dimension, Vec<String>)],
    ) -> Result<Vec<Cell>, AppError> {
        let filters = self.selection.filters.iter().chain(within).cloned();
        let filters: Vec<(Dimension, Vec<String>)> = filters.collect();
        let wanted = Wanted {
            filters: &filters,
            excluded: &self.selection.excluded,
        };
        let (from, until) = (self.selection.from, self.selection.until);
        let survey = self.selection.survey.id;
        let mut scope = scope_of(self.session, survey, wanted, from, until).await?;
        scope.include_automatic = self.selection.includes_automatic;
        let subject = Subject::Question(QuestionKey::clone(&question.key), Given::Score);
        let mut query = CountQuery::new(scope, subject);
        query.group = group;
        Ok(self.session.facts().counts(&query).await?.found)
    }
}

fn scores(scale: &ScoreScale, cell: &Cell) -> Result<Histogram, AppError> {
    let counts = cell.scores.iter().map(|(score, tally)| (*score, tally.n));
    Ok(histogram(scale, &counts.collect())?)
}

/// The measure of a scale, as statistics call it.
fn metric(scale: &ScoreScale) -> Metric {
    match scale.metric {
        Kind::Nps => Metric::Nps,
        Kind::TopBox => Metric::TopShare {
            top: usize::from(scale.top),
        },
        Kind::Mean => Metric::Mean,
    }
}
