//! Whether the differences on a screen are real: gathered first, then judged together.
//!
//! Nothing that is hidden takes part: a difference would give away what a figure does not.

use std::collections::BTreeMap;

use super::{
    Figure, Ladder, LadderStep, Results, Span, TrendStep, When,
    figure::{figure, histogram},
    ladder::Tally,
    selection::Selection,
};
use crate::{AppError, facts::Counting};
use peil_domain::{
    shared::{LocalDay, Period, QuestionKey},
    survey::{Direction, Metric, Question, ScoreScale},
};
use peil_measure::{
    Effect, Judged, Level, MINIMUM_PEOPLE, MeasureError, Unit, Verdict, judge, letters, mean_diff,
    nps_diff, prop_diff,
};

/// Most groups of which every pair is compared; beyond it nobody can read the letters.
pub(super) const MOST_LETTERED: usize = 12;

/// A difference and what can be said about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The difference: points for NPS, a fraction for a share, units of the scale for a mean.
    pub value: f64,
    /// Both ends of the 95 % interval; absent when the answers have no spread to make one of.
    pub interval: Option<(f64, f64)>,
    /// The p-value of this comparison alone.
    pub p: Option<f64>,
    /// The p-value after adjusting for every comparison on the screen.
    pub p_adjusted: Option<f64>,
    /// The largest difference that still counts as none.
    pub margin: f64,
    /// What can be said.
    pub verdict: Verdict,
    /// Whether it goes the way one would wish.
    pub is_better: bool,
    /// How many comparisons were judged together with it, itself included.
    pub among: usize,
}

/// A difference with an earlier period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// First day of the earlier period.
    pub from: LocalDay,
    /// Its last day.
    pub until: LocalDay,
    /// Its figure.
    pub figure: Figure,
    /// How much the later period differs.
    pub difference: Difference,
}

/// Which differences on one screen are real.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    /// Each question with a scale against the period before; empty without a period.
    pub changes: BTreeMap<QuestionKey, Change>,
    /// The last whole step of the trend against the step before it: first day of the later step,
    /// and the change.
    pub trend: Option<(LocalDay, Change)>,
    /// Each group of the ladder against everyone else, in the order of the ladder.
    pub groups: Vec<Option<Difference>>,
    /// Letters of each group in that order: groups that share one were not shown to differ. Made
    /// of all pairs; empty when there are too many groups to read them.
    pub letters: Vec<Vec<usize>>,
}

/// A comparison that waits to be judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ticket(usize);

/// All comparisons of one screen.
#[derive(Debug, Default)]
pub(super) struct Screen {
    effects: Vec<Effect>,
    rises_are_better: Vec<bool>,
}

/// All comparisons of one screen with their verdicts.
#[derive(Debug, Default)]
pub(super) struct JudgedScreen {
    judged: Vec<(Judged, bool)>,
}

impl Screen {
    /// Adds "how much does `later` differ from `earlier`?"; nothing when one of them is empty.
    pub(super) fn compare(
        &mut self,
        scale: &ScoreScale,
        earlier: &BTreeMap<i32, u64>,
        later: &BTreeMap<i32, u64>,
    ) -> Result<Option<Ticket>, MeasureError> {
        let Some(effect) = effect(scale, earlier, later)? else {
            return Ok(None);
        };
        self.effects.push(effect);
        self.rises_are_better.push(rises_are_better(scale));
        Ok(Some(Ticket(self.effects.len() - 1)))
    }

    /// Judges everything that was added, together.
    pub(super) fn judge(self) -> Result<JudgedScreen, MeasureError> {
        let judged = judge(&self.effects)?;
        Ok(JudgedScreen {
            judged: judged.into_iter().zip(self.rises_are_better).collect(),
        })
    }
}

impl JudgedScreen {
    /// What was found for one of them.
    pub(super) fn difference(&self, Ticket(place): Ticket) -> Option<Difference> {
        let (judged, rises_are_better) = self.judged.get(place)?;
        let Effect {
            diff,
            interval,
            p,
            margin,
        } = judged.effect;
        Some(Difference {
            value: diff,
            interval: interval.map(|interval| (interval.low, interval.high)),
            p,
            p_adjusted: judged.p_adjusted,
            margin,
            verdict: judged.verdict,
            is_better: (diff > 0.0) == *rises_are_better,
            among: self.judged.len(),
        })
    }
}

/// Whether a rise of the figure is good news; the share of the best scores always rises for good.
fn rises_are_better(scale: &ScoreScale) -> bool {
    !matches!(
        (scale.metric, scale.direction),
        (Metric::Mean, Direction::LowerIsBetter)
    )
}

/// The difference between two groups of answers by the metric of their scale.
fn effect(
    scale: &ScoreScale,
    earlier: &BTreeMap<i32, u64>,
    later: &BTreeMap<i32, u64>,
) -> Result<Option<Effect>, MeasureError> {
    let (a, b) = (histogram(scale, earlier)?, histogram(scale, later)?);
    let level = Level::default();
    let (diff, interval, p, unit) = match scale.metric {
        Metric::Nps => {
            let found = nps_diff(&a, &b, level)?;
            (
                found.diff,
                found.ci_adjusted,
                found.p_adjusted,
                Unit::Points,
            )
        }
        Metric::TopBox => {
            let top = usize::from(scale.top);
            let found = prop_diff(a.top_count(top)?, a.n(), b.top_count(top)?, b.n(), level)?;
            (found.diff, found.ci_newcombe, found.p, Unit::Share)
        }
        Metric::Mean => {
            let found = mean_diff(&a, &b, level)?;
            let unit = Unit::Scale {
                min: scale.min,
                max: scale.max,
            };
            (found.diff, found.ci, found.p, unit)
        }
    };
    Ok(diff.map(|diff| Effect {
        diff,
        interval,
        p,
        margin: unit.relevance_margin(),
    }))
}

/// Two periods of one question, of which both figures may be shown.
pub(super) struct Pair {
    from: LocalDay,
    until: LocalDay,
    figure: Figure,
    ticket: Ticket,
}

impl Pair {
    /// The change, once the screen is judged.
    pub(super) fn change(&self, screen: &JudgedScreen) -> Option<Change> {
        Some(Change {
            from: self.from,
            until: self.until,
            figure: self.figure,
            difference: screen.difference(self.ticket)?,
        })
    }
}

/// The answers to a question in some days, when their figure may be shown.
async fn shown_counts(
    session: &impl Counting,
    selection: &Selection,
    question: &Question,
    scale: &ScoreScale,
) -> Result<Option<(BTreeMap<i32, u64>, Figure)>, AppError> {
    let cell = selection.cells(session, question, None, None).await?.pop();
    let Some(cell) = cell else { return Ok(None) };
    let may_tell = selection.may_tell(session, question).await?;
    let figure = figure(scale, &cell.counts, cell.people)?.told_if(may_tell);
    Ok(figure.shown().is_some().then_some((cell.counts, figure)))
}

/// Adds the comparison of two periods to a screen.
pub(super) async fn compare_periods(
    session: &impl Counting,
    screen: &mut Screen,
    selection: &Selection,
    (question, scale): (&Question, &ScoreScale),
    ((from, until), later): ((LocalDay, LocalDay), (LocalDay, LocalDay)),
) -> Result<Option<Pair>, AppError> {
    let before = selection.between(from, until);
    let Some(before) = before.told_days(session, question).await? else {
        return Ok(None);
    };
    let from = before.from.unwrap_or(from);
    let after = selection.between(later.0, later.1);
    let Some((earlier, figure)) = shown_counts(session, &before, question, scale).await? else {
        return Ok(None);
    };
    let Some((later, _)) = shown_counts(session, &after, question, scale).await? else {
        return Ok(None);
    };
    let ticket = screen.compare(scale, &earlier, &later)?;
    Ok(ticket.map(|ticket| Pair {
        from,
        until,
        figure,
        ticket,
    }))
}

/// Judges every difference on the results page of a questionnaire.
pub(super) async fn verdicts(
    session: &impl Counting,
    selection: &Selection,
    results: &Results,
) -> Result<Verdicts, AppError> {
    let mut screen = Screen::default();
    let mut changes = Vec::new();
    let asked = if selection.is_widened {
        When::Between(selection.from, selection.until)
    } else {
        results.query.when
    };
    if let Some(windows) = period_before(asked, selection.today) {
        let shown = results.scales.iter();
        for result in shown.filter(|result| result.figure.shown().is_some()) {
            let asked = (&result.question, &result.scale);
            let pair = compare_periods(session, &mut screen, selection, asked, windows).await?;
            changes.extend(pair.map(|pair| (result.question.key.clone(), pair)));
        }
    }
    let chosen = results
        .scales
        .iter()
        .find(|result| results.query.question.as_ref() == Some(&result.question.key));
    let mut trend = None;
    let mut ladder = LadderTickets::default();
    if let Some(chosen) = chosen {
        let asked = (&chosen.question, &chosen.scale);
        if let Some((before, last)) = last_steps(&results.trend, selection.today) {
            let windows = ((before.start, before.end), (last.start, last.end));
            let pair = compare_periods(session, &mut screen, selection, asked, windows).await?;
            trend = pair.map(|pair| (last.start, pair));
        }
        if let Some(found) = &results.ladder {
            ladder = LadderTickets::of(&mut screen, &chosen.scale, found)?;
        }
    }
    let screen = screen.judge()?;
    Ok(Verdicts {
        changes: changes
            .into_iter()
            .filter_map(|(key, pair)| Some((key, pair.change(&screen)?)))
            .collect(),
        trend: trend.and_then(|(start, pair)| Some((start, pair.change(&screen)?))),
        letters: ladder.letters(&screen)?,
        groups: ladder
            .versus_rest
            .iter()
            .map(|ticket| screen.difference((*ticket)?))
            .collect(),
    })
}

/// The comparisons of a ladder.
#[derive(Default)]
struct LadderTickets {
    /// Each group against everyone else.
    versus_rest: Vec<Option<Ticket>>,
    /// Places of the groups that are shown.
    shown: Vec<usize>,
    /// Each pair of those, by their places in `shown`.
    pairs: Vec<(usize, usize, Ticket)>,
}

impl LadderTickets {
    fn of(screen: &mut Screen, scale: &ScoreScale, ladder: &Ladder) -> Result<Self, MeasureError> {
        let mut tickets = Self::default();
        for (place, row) in ladder.rows.iter().enumerate() {
            let is_shown = row.figure.shown().is_some();
            let rest = ladder.total.without(&row.tally);
            let may_compare = is_shown && rest.people >= MINIMUM_PEOPLE;
            tickets.versus_rest.push(if may_compare {
                screen.compare(scale, &rest.counts, &row.tally.counts)?
            } else {
                None
            });
            if is_shown {
                tickets.shown.push(place);
            }
        }
        let shown: Vec<&Tally> = ladder
            .rows
            .iter()
            .filter(|row| row.figure.shown().is_some())
            .map(|row: &LadderStep| &row.tally)
            .collect();
        if (2..=MOST_LETTERED).contains(&shown.len()) {
            for (i, first) in shown.iter().enumerate() {
                for (j, second) in shown.iter().enumerate().skip(i + 1) {
                    let ticket = screen.compare(scale, &first.counts, &second.counts)?;
                    tickets.pairs.extend(ticket.map(|ticket| (i, j, ticket)));
                }
            }
        }
        Ok(tickets)
    }

    /// The letters of every group, none for those that are not shown.
    fn letters(&self, screen: &JudgedScreen) -> Result<Vec<Vec<usize>>, MeasureError> {
        if self.pairs.is_empty() {
            return Ok(Vec::new());
        }
        let differs = |ticket: Ticket| {
            let found = screen.difference(ticket);
            found.is_some_and(|found| found.verdict == Verdict::Differs)
        };
        let differing: Vec<(usize, usize)> = self
            .pairs
            .iter()
            .filter(|(_, _, ticket)| differs(*ticket))
            .map(|(i, j, _)| (*i, *j))
            .collect();
        let mut found = vec![Vec::new(); self.versus_rest.len()];
        let own = letters(self.shown.len(), &differing)?;
        for (place, letters) in self.shown.iter().zip(own) {
            if let Some(row) = found.get_mut(*place) {
                *row = letters;
            }
        }
        Ok(found)
    }
}

/// The last step of a trend that is over, and the step right before it, when both are shown.
fn last_steps(trend: &[TrendStep], today: LocalDay) -> Option<(&TrendStep, &TrendStep)> {
    let last = trend.iter().rposition(|step| step.end < today)?;
    let (before, last) = (trend.get(last.checked_sub(1)?)?, trend.get(last)?);
    (before.figure.shown().is_some() && last.figure.shown().is_some()).then_some((before, last))
}

/// First and last day of two periods.
type Windows = ((LocalDay, LocalDay), (LocalDay, LocalDay));

/// The period right before the one that is asked, and that period itself: before a calendar month,
/// quarter or year the one before, else as many days.
fn period_before(when: When, today: LocalDay) -> Option<Windows> {
    let (from, until) = when.days(today);
    let (from, until) = (from?, until.unwrap_or(today));
    if until < from {
        return None;
    }
    let last = LocalDay(from.0 - 1);
    let unit = match when {
        When::Span(Span::ThisMonth | Span::LastMonth) => Some(Period::Month),
        When::Span(Span::ThisQuarter | Span::LastQuarter) => Some(Period::Quarter),
        When::Span(Span::ThisYear) => Some(Period::Year),
        When::Span(Span::TwelveMonths) => None,
        When::Between(..) | When::Always => [Period::Month, Period::Quarter, Period::Year]
            .into_iter()
            .find(|unit| unit.start(from) == from && unit.next(from).0 - 1 == until.0),
    };
    let first = unit.map_or(LocalDay(last.0 - (until.0 - from.0)), |unit| {
        unit.start(last)
    });
    Some(((first, last), (from, until)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use peil_domain::survey::QuestionKind;

    use super::*;

    fn day(year: i16, month: i8, day: i8) -> LocalDay {
        LocalDay::from_date(date(year, month, day))
    }

    #[test]
    fn before_a_calendar_quarter_comes_the_calendar_quarter_before() {
        let today = day(2026, 5, 20);
        let asked = When::Between(Some(day(2026, 1, 1)), Some(day(2026, 3, 31)));
        let (before, asked) = period_before(asked, today).unwrap();
        assert_eq!(before, (day(2025, 10, 1), day(2025, 12, 31)));
        assert_eq!(asked, (day(2026, 1, 1), day(2026, 3, 31)));
        let (before, _) = period_before(When::Span(Span::ThisQuarter), today).unwrap();
        assert_eq!(before, (day(2026, 1, 1), day(2026, 3, 31)));
    }

    #[test]
    fn before_other_days_come_as_many_days() {
        let today = day(2026, 5, 20);
        let asked = When::Between(Some(day(2026, 5, 11)), None);
        let (before, _) = period_before(asked, today).unwrap();
        assert_eq!(before, (day(2026, 5, 1), day(2026, 5, 10)));
        assert_eq!(period_before(When::Always, today), None);
        let open = When::Between(None, Some(today));
        assert_eq!(period_before(open, today), None);
    }

    #[test]
    fn a_rise_of_effort_is_bad_news_and_a_rise_of_ease_good() {
        let scale = QuestionKind::Nps.scale().unwrap();
        let mut screen = Screen::default();
        let (low, high) = (
            BTreeMap::from([(3, 60)]),
            BTreeMap::from([(10, 50), (8, 9)]),
        );
        let ticket = screen.compare(&scale, &low, &high).unwrap().unwrap();
        let effort = ScoreScale {
            metric: Metric::Mean,
            direction: Direction::LowerIsBetter,
            ..scale
        };
        let up = screen.compare(&effort, &low, &high).unwrap().unwrap();
        let screen = screen.judge().unwrap();
        let recommended = screen.difference(ticket).unwrap();
        assert!(recommended.is_better && recommended.verdict == Verdict::Differs);
        assert!(!screen.difference(up).unwrap().is_better);
    }

    #[test]
    fn nobody_is_not_compared_with_anybody() {
        let scale = QuestionKind::Nps.scale().unwrap();
        let mut screen = Screen::default();
        let some = BTreeMap::from([(9, 10)]);
        let ticket = screen.compare(&scale, &BTreeMap::new(), &some).unwrap();
        assert!(ticket.is_none());
    }
}
