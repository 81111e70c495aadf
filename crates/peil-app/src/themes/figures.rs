//! Figures of themes: how often they are mentioned, in which tone, whether that changes, and what goes
//! with them for the score.

use std::{collections::BTreeMap, sync::Arc};

use peil_domain::shared::LocalDay;
use peil_measure::{Level, MINIMUM_PEOPLE, p_adjust, prop_diff, proportion};
use peil_store::results::Dimension;

use crate::{
    AppError,
    facts::Counting,
    results::{Answered, Detail, Guard, Selection, TableCell, TableQuery, TableSubject, table},
};

/// Days that are compared with those before them.
const RECENT_DAYS: i32 = 28;
/// Longest time before those that they are compared with.
const MOST_DAYS_BEFORE: i32 = 364;
/// Below this p-value, adjusted for looking at many themes, a change is called real.
const ALPHA: f64 = 0.05;

/// A part of submissions, with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// How many.
    pub n: u64,
    /// Of how many.
    pub of: u64,
    /// The share, a fraction.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
}

impl Share {
    pub(crate) fn of(n: u64, of: u64) -> Result<Option<Self>, AppError> {
        let found = proportion(n.min(of), of, Level::default())?;
        let interval = found.ci_wilson;
        Ok(found.share.zip(interval).map(|(value, interval)| Self {
            n,
            of,
            value,
            low: interval.low,
            high: interval.high,
        }))
    }
}

/// How the share that complains about a theme differs between the last weeks and before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThemeChange {
    /// The share before, a fraction.
    pub before: f64,
    /// The share in the last weeks.
    pub now: f64,
    /// Now less before.
    pub difference: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
    /// Whether it is more than chance, given how many themes are looked at.
    pub is_real: bool,
}

/// The share of a theme in what all themes together do to the score: the score of everyone less that of who
/// mentions none of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThemeImpact {
    /// In the unit of the score.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
    /// The score of those who mention no theme.
    pub without: f64,
}

/// A theme, or a part of one, in figures.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeFigure {
    /// Its code.
    pub code: String,
    /// Submissions that mention it.
    pub mentions: Share,
    /// Submissions that mention it with displeasure.
    pub negative: Share,
    /// Submissions that mention it with pleasure.
    pub positive: Share,
    /// Change in the share with displeasure; absent when too little came before or since.
    pub change: Option<ThemeChange>,
    /// What goes with it for the score; absent without a score.
    pub impact: Option<ThemeImpact>,
}

/// The days that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Halves {
    /// First day before.
    pub first: LocalDay,
    /// First of the last days.
    pub split: LocalDay,
    /// The last day.
    pub last: LocalDay,
}

impl Halves {
    /// What is compared among days from `from`, or from the first one on which anyone answered, until
    /// `until`: the last four weeks, or the latter half of a shorter time.
    pub(crate) fn of(from: LocalDay, until: LocalDay) -> Option<Self> {
        let days = until.0 - from.0 + 1;
        let recent = RECENT_DAYS.min(days / 2);
        let split = LocalDay(until.0 - recent + 1);
        (recent >= 7).then(|| Self {
            first: from.max(LocalDay(split.0 - MOST_DAYS_BEFORE)),
            split,
            last: until,
        })
    }
}

/// What themes are counted among.
pub(crate) struct Among<'a, S> {
    pub(crate) session: &'a S,
    pub(crate) selection: &'a Selection,
    /// The property that tells themes, or their parts, apart.
    pub(crate) by: Dimension,
    /// Further values that must hold, such as the theme of which parts are told apart.
    pub(crate) within: Vec<(Dimension, Vec<String>)>,
}

/// Mentions by theme: in any tone, with displeasure, with pleasure.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tones {
    pub(crate) n: u64,
    pub(crate) people: u64,
    pub(crate) negative: u64,
    pub(crate) positive: u64,
}

impl<S: Counting> Among<'_, S> {
    /// Counts submissions of some days by the dimensions given.
    pub(crate) async fn cells(
        &self,
        by: Vec<Dimension>,
        days: (Option<LocalDay>, Option<LocalDay>),
        within: &[(Dimension, Vec<String>)],
    ) -> Result<Vec<TableCell>, AppError> {
        let filters = self.selection.filters.iter().chain(within).cloned();
        let query = TableQuery {
            survey: self.selection.survey.id,
            subject: TableSubject::Submissions,
            filters: filters.collect(),
            excluded: self.selection.excluded.clone(),
            from: days.0,
            until: days.1,
            by,
            period: None,
            include_automatic: self.selection.includes_automatic,
        };
        table(self.session, &query).await
    }

    /// Number of submissions of some days, and the people who gave them.
    pub(crate) async fn total(
        &self,
        days: (Option<LocalDay>, Option<LocalDay>),
    ) -> Result<(u64, u64), AppError> {
        let cells = self.cells(Vec::new(), days, &[]).await?;
        Ok(cells.first().map_or((0, 0), |cell| (cell.n, cell.people)))
    }

    /// Mentions of some days by theme.
    pub(crate) async fn tones(
        &self,
        days: (Option<LocalDay>, Option<LocalDay>),
    ) -> Result<BTreeMap<String, Tones>, AppError> {
        let mut found: BTreeMap<String, Tones> = BTreeMap::new();
        let by = self.by.clone();
        for cell in self.cells(vec![by.clone()], days, &self.within).await? {
            let Some(Some(code)) = cell.groups.first() else {
                continue;
            };
            let tones = found.entry(code.clone()).or_default();
            (tones.n, tones.people) = (cell.n, cell.people);
        }
        for cell in self
            .cells(vec![by, Dimension::Tone], days, &self.within)
            .await?
        {
            let [Some(code), Some(tone)] = cell.groups.as_slice() else {
                continue;
            };
            let tones = found.entry(code.clone()).or_default();
            match tone.as_str() {
                "-1" => tones.negative = cell.n,
                "1" => tones.positive = cell.n,
                _ => {}
            }
        }
        Ok(found)
    }

    /// Which themes may be told among those selected.
    pub(crate) async fn guard(&self) -> Result<Arc<Guard>, AppError> {
        let mut groups: Vec<Dimension> = self.within.iter().map(|(by, _)| by.clone()).collect();
        groups.push(self.by.clone());
        let asked = self
            .selection
            .people_query(Answered::Anything, Vec::new(), &groups);
        Guard::read(self.session, asked, Detail::Never, MINIMUM_PEOPLE).await
    }

    /// Whether figures of a theme may be told.
    pub(crate) fn may_tell(&self, guard: &Guard, code: &str, tones: &Tones) -> bool {
        let mut filters = self.selection.selected();
        filters.extend(self.within.iter().cloned());
        filters.push((self.by.clone(), vec![code.to_owned()]));
        tones.people >= MINIMUM_PEOPLE && guard.opens(&filters, None, None)
    }
}

/// Compares complaints of the last days with those before, for several themes at once.
pub(crate) fn changes(
    before: (&BTreeMap<String, Tones>, u64),
    now: (&BTreeMap<String, Tones>, u64),
    codes: &[String],
) -> Result<BTreeMap<String, ThemeChange>, AppError> {
    let mut found = Vec::new();
    let negative = |of: &BTreeMap<String, Tones>, code: &String| {
        of.get(code).map(|tones| tones.negative).unwrap_or_default()
    };
    for code in codes {
        let (earlier, later) = (negative(before.0, code), negative(now.0, code));
        let compared = prop_diff(
            earlier.min(before.1),
            before.1,
            later.min(now.1),
            now.1,
            Level::default(),
        )?;
        let (Some(difference), Some(interval)) = (compared.diff, compared.ci_newcombe) else {
            continue;
        };
        let was = Share::of(earlier, before.1)?.map_or(0.0, |share| share.value);
        let is = Share::of(later, now.1)?.map_or(0.0, |share| share.value);
        // Nobody complained before or since: that is no change.
        let p = compared
            .p_fisher
            .or(compared.p)
            .unwrap_or(1.0)
            .clamp(0.0, 1.0);
        let change = ThemeChange {
            before: was,
            now: is,
            difference,
            low: interval.low,
            high: interval.high,
            is_real: false,
        };
        found.push((code.clone(), p, change));
    }
    let p: Vec<f64> = found.iter().map(|(_, p, _)| *p).collect();
    let adjusted = p_adjust(&p)?.bh;
    let judged = found.into_iter().zip(adjusted);
    Ok(judged
        .map(|((code, _, change), p)| {
            let change = ThemeChange {
                is_real: p < ALPHA,
                ..change
            };
            (code, change)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_weeks_are_compared_with_what_came_before() {
        let halves = |from, until| Halves::of(LocalDay(from), LocalDay(until));
        let year = halves(0, 399).unwrap();
        assert_eq!((year.first.0, year.split.0, year.last.0), (8, 372, 399));
        let month = halves(0, 29).unwrap();
        assert_eq!((month.first.0, month.split.0), (0, 15));
        assert_eq!(halves(0, 9), None);
    }

    #[test]
    fn complaints_that_double_are_a_change_and_a_few_more_are_not() {
        let tones = |negative| Tones {
            negative,
            ..Tones::default()
        };
        let of = |late, price| {
            BTreeMap::from([
                ("late".to_owned(), tones(late)),
                ("price".to_owned(), tones(price)),
            ])
        };
        let codes = ["late".to_owned(), "price".to_owned()];
        let found = changes((&of(50, 50), 1_000), (&of(60, 12), 300), &codes).unwrap();
        assert!(found["late"].is_real && found["late"].difference > 0.1);
        assert!(!found["price"].is_real);
        assert_eq!(
            changes((&of(0, 0), 0), (&of(1, 1), 9), &codes)
                .unwrap()
                .len(),
            0
        );
    }
}
