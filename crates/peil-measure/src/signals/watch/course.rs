//! One series, period by period: what was expected, what came, and what to call it.

use std::collections::VecDeque;

use super::counts::likelier;
use super::expectation::{Expectation, recent_expectation};
use super::found::{Reason, Standing, WatchPoint};
use super::settings::WatchSettings;
use super::tally::Tally;
use crate::error::MeasureError;
use crate::exact::real;

/// Fewer mentions in a period are never an incident.
pub(super) const FEWEST_MENTIONS: u64 = 5;
/// Fewer people, or all in one period, are never a lasting problem.
const FEWEST_PEOPLE: u64 = 3;
const FEWEST_PERIODS: usize = 2;
/// So many incidents in so many periods are one lasting problem.
const INCIDENTS: usize = 3;
const INCIDENT_WINDOW: usize = 6;
/// So many mentions where at most so many are expected are a lasting problem at once.
const FLOOD_MENTIONS: u64 = 30;
const FLOOD_EXPECTED: f64 = 10.0;
/// A series says nothing of itself before so many periods with answers.
const FEWEST_HISTORY: usize = 8;
/// How much a series varies is learned from so many quiet periods.
const LONG_HISTORY: usize = 104;
/// A problem that was over within so many periods was no other level: its periods belong to the baseline.
const SHORT_LIVED: usize = 26;
/// A rise that has not come to anything in so many periods is no rise: its periods belong to the baseline, which
/// would otherwise stand still for as long.
const SLOWEST_RISE: usize = 26;
/// Evidence from which a rise is worth watching.
const EMERGING: f64 = 3.0;
/// For so many periods a problem is called resolved; after that there is nothing to say.
const RESOLVED_PERIODS: usize = 4;
/// A lasting rise is at least this many times the baseline when its end is looked for.
const SMALLEST_RISE: f64 = 1.5;
/// A lasting problem is of a size that people feel: so many mentions in the last few periods.
const FELT_PERIODS: usize = 4;
/// One that stays below that for so many periods with answers is none any more.
const FADED_PERIODS: usize = 8;
/// A chronic share needs so many answers behind it.
const CHRONIC_ANSWERS: u64 = 30;

/// A lasting problem that is going on.
#[derive(Debug, Clone)]
struct Lasting {
    from: usize,
    reason: Reason,
    baseline: Expectation,
    /// Evidence that it is over, and since when it gathers.
    falling: f64,
    falling_from: Option<usize>,
}

/// What is remembered of a series between its periods.
#[derive(Debug, Clone)]
pub(super) struct Course {
    settings: WatchSettings,
    seen: Vec<Tally>,
    /// Periods in which nothing lasting was going on.
    quiet: Vec<usize>,
    rising: f64,
    rising_from: Option<usize>,
    incidents: VecDeque<usize>,
    lasting: Option<Lasting>,
    resolved: Option<(usize, usize)>,
}

/// What one period gave: the numbers, and the chance of so much while nothing is going on.
pub(super) struct Step {
    pub(super) point: WatchPoint,
    pub(super) chance: f64,
}

impl Course {
    pub(super) const fn new(settings: WatchSettings) -> Self {
        Self {
            settings,
            seen: Vec::new(),
            quiet: Vec::new(),
            rising: 0.0,
            rising_from: None,
            incidents: VecDeque::new(),
            lasting: None,
            resolved: None,
        }
    }

    /// Takes the next period; `looks` is how often it is looked at before it is over.
    pub(super) fn step(&mut self, period: Tally, looks: u32) -> Result<Step, MeasureError> {
        let now = self.seen.len();
        self.seen.push(period);
        self.give_up_rise(now);
        let baseline = self.baseline();
        let Some(baseline) = baseline else {
            self.quiet.push(now);
            return Ok(Step {
                point: WatchPoint::unknown(),
                chance: 1.0,
            });
        };
        let looks = f64::from(looks);
        let within = 1.0 - (1.0 - self.settings.within) / looks;
        let limit = baseline.limit(period.answers, within)?;
        let chance = baseline.chance(&period)?;
        let is_incident = period.mentions > limit && period.mentions >= FEWEST_MENTIONS;
        self.note_incident(now, is_incident);
        self.gather(now, &period, &baseline);
        let threshold = self.settings.threshold + looks.ln();
        let (standing, reason, since) = if self.lasting.is_some() {
            self.follow(now, &period, threshold)
        } else {
            self.judge(now, &period, &baseline, is_incident, threshold)
        };
        if self.lasting.is_none() {
            self.quiet.push(now);
        }
        let by_chance = if period.mentions >= FEWEST_MENTIONS {
            chance
        } else {
            1.0
        };
        Ok(Step {
            point: WatchPoint {
                expected: Some(baseline.mentions(period.answers)),
                limit: Some(limit),
                chance: Some(chance),
                rising: self.rising,
                falling: self.lasting.as_ref().map_or(0.0, |lasting| lasting.falling),
                standing,
                reason,
                since,
            },
            chance: (by_chance.min((-self.rising).exp()) * looks).min(1.0),
        })
    }

    /// What is expected now: from the quiet periods before the rise that is going on.
    fn baseline(&self) -> Option<Expectation> {
        if let Some(lasting) = &self.lasting {
            return Some(lasting.baseline);
        }
        let until = self.rising_from.unwrap_or(usize::MAX);
        let quiet: Vec<Tally> = self
            .quiet
            .iter()
            .rev()
            .filter(|place| **place < until)
            .filter_map(|place| self.seen.get(*place).copied())
            .filter(|period| period.answers > 0)
            .take(LONG_HISTORY)
            .collect();
        if quiet.len() < FEWEST_HISTORY && self.settings.prior.is_none() {
            return None;
        }
        recent_expectation(&quiet, self.settings.baseline, self.settings.prior)
    }

    fn note_incident(&mut self, now: usize, is_incident: bool) {
        self.incidents.retain(|place| place + INCIDENT_WINDOW > now);
        if is_incident {
            self.incidents.push_back(now);
        }
    }

    /// Lets go of a rise that has come to nothing for long.
    fn give_up_rise(&mut self, now: usize) {
        let is_old = |from: usize| from + SLOWEST_RISE <= now;
        if self.lasting.is_none() && self.rising_from.is_some_and(is_old) {
            self.rising = 0.0;
            self.rising_from = None;
        }
    }

    /// Adds to the evidence of a lasting rise. The baseline may be higher than it looks, so a rise is
    /// measured from one standard error above it.
    fn gather(&mut self, now: usize, period: &Tally, baseline: &Expectation) {
        if period.answers == 0 {
            return;
        }
        let mean = baseline.mentions(period.answers) * (1.0 + baseline.uncertainty);
        let other = mean * self.settings.ratio;
        let gained = likelier(period.mentions, mean, other, baseline.dispersion);
        self.rising = (self.rising + gained).max(0.0);
        if self.rising <= 0.0 {
            self.rising_from = None;
        } else if self.rising_from.is_none() {
            self.rising_from = Some(now);
        }
    }

    /// A series without a lasting problem: does one begin?
    fn judge(
        &mut self,
        now: usize,
        period: &Tally,
        baseline: &Expectation,
        is_incident: bool,
        threshold: f64,
    ) -> (Standing, Option<Reason>, Option<usize>) {
        let expected = baseline.mentions(period.answers);
        // A baseline of ten is found as a little more or less than that.
        let is_low = expected <= FLOOD_EXPECTED * (1.0 + 2.0 * baseline.uncertainty);
        let is_flood = period.mentions >= FLOOD_MENTIONS && is_low;
        let rising_from = self.rising_from.unwrap_or(now);
        let first_incident = self.incidents.front().copied().unwrap_or(now);
        let found = if is_flood {
            Some((Reason::Flood, rising_from))
        } else if self.rising >= threshold
            && self.is_shared(rising_from)
            && self.lately(rising_from) >= FEWEST_MENTIONS
        {
            Some((Reason::Lasting, rising_from))
        } else if self.incidents.len() >= INCIDENTS {
            Some((Reason::ManyIncidents, first_incident.min(rising_from)))
        } else {
            None
        };
        if let Some((reason, from)) = found {
            self.quiet.retain(|place| *place < from);
            self.resolved = None;
            self.lasting = Some(Lasting {
                from,
                reason,
                baseline: *baseline,
                falling: 0.0,
                falling_from: None,
            });
            return (Standing::Structural, Some(reason), Some(from));
        }
        if self.is_chronic() {
            return (Standing::Structural, Some(Reason::Chronic), None);
        }
        if is_incident {
            return (Standing::Incident, Some(Reason::AboveLimit), Some(now));
        }
        if self.rising >= EMERGING
            && self.is_shared(rising_from)
            && self.lately(rising_from) >= FEWEST_PEOPLE
        {
            return (Standing::Emerging, Some(Reason::Rising), Some(rising_from));
        }
        match self.resolved {
            Some((at, since)) if at + RESOLVED_PERIODS > now => (
                Standing::Resolved,
                Some(Reason::BackToBaseline),
                Some(since),
            ),
            _ => (Standing::Quiet, None, None),
        }
    }

    /// A lasting problem: is it over?
    fn follow(
        &mut self,
        now: usize,
        period: &Tally,
        threshold: f64,
    ) -> (Standing, Option<Reason>, Option<usize>) {
        let Some(mut lasting) = self.lasting.take() else {
            return (Standing::Quiet, None, None);
        };
        if period.answers > 0 {
            let until = lasting.falling_from.unwrap_or(now);
            let baseline = lasting.baseline;
            let rate = rate(self.seen.get(lasting.from..until).unwrap_or_default())
                .unwrap_or(0.0)
                .max(SMALLEST_RISE * baseline.rate);
            let answers = real(period.answers);
            let gained = likelier(
                period.mentions,
                rate * answers,
                baseline.mentions(period.answers),
                baseline.dispersion,
            );
            lasting.falling = (lasting.falling + gained).max(0.0);
            if lasting.falling <= 0.0 {
                lasting.falling_from = None;
            } else if lasting.falling_from.is_none() {
                lasting.falling_from = Some(now);
            }
        }
        let fell = lasting
            .falling_from
            .filter(|from| lasting.falling >= threshold && now + 1 >= from + FEWEST_PERIODS);
        if let Some(since) = fell {
            // The quiet periods since then make the next baseline; this one is added by the caller.
            let is_short = since < lasting.from + SHORT_LIVED;
            let from = if is_short { lasting.from } else { since };
            self.quiet.extend(from..now);
            self.rising = 0.0;
            self.rising_from = None;
            self.incidents.clear();
            self.resolved = Some((now, since));
            return (
                Standing::Resolved,
                Some(Reason::BackToBaseline),
                Some(since),
            );
        }
        if let Some((since, said)) = self.faded(lasting.from) {
            return self.fade(now, since, said, &lasting);
        }
        let (reason, from) = (lasting.reason, lasting.from);
        self.lasting = Some(lasting);
        (Standing::Structural, Some(reason), Some(from))
    }

    /// Since which period, and with how many mentions, a problem that began at `from` has been too small
    /// to be one.
    fn faded(&self, from: usize) -> Option<(usize, u64)> {
        let since = self.seen.iter().enumerate().skip(from).rev();
        let mut answered = since.filter(|(_, period)| period.answers > 0);
        let (mut first, mut said) = (0, 0);
        for _ in 0..FADED_PERIODS {
            let (place, period) = answered.next()?;
            first = place;
            said += period.mentions;
        }
        (said < FEWEST_MENTIONS).then_some((first, said))
    }

    /// Takes a problem as none any more: over when no more is said than before it began, else too small
    /// to speak of.
    fn fade(
        &mut self,
        now: usize,
        since: usize,
        said: u64,
        lasting: &Lasting,
    ) -> (Standing, Option<Reason>, Option<usize>) {
        // It was no other level: what varies so belongs to the baseline.
        self.quiet.extend(lasting.from..now);
        self.rising = 0.0;
        self.rising_from = None;
        self.incidents.clear();
        let answers = self.seen.get(since..).unwrap_or_default();
        let answers: u64 = answers.iter().map(|period| period.answers).sum();
        if real(said) > lasting.baseline.mentions(answers) {
            return (Standing::Quiet, None, None);
        }
        self.resolved = Some((now, since));
        (
            Standing::Resolved,
            Some(Reason::BackToBaseline),
            Some(since),
        )
    }

    /// Mentions of the last few periods, since one of them.
    fn lately(&self, from: usize) -> u64 {
        let from = from.max(self.seen.len().saturating_sub(FELT_PERIODS));
        let periods = self.seen.get(from..).unwrap_or_default();
        periods.iter().map(|period| period.mentions).sum()
    }

    /// Whether enough people over enough periods said it since a period.
    fn is_shared(&self, from: usize) -> bool {
        let since = self.seen.get(from..).unwrap_or_default();
        let people: u64 = since.iter().map(|period| period.people).sum();
        let periods = since.iter().filter(|period| period.mentions > 0).count();
        people >= FEWEST_PEOPLE && periods >= FEWEST_PERIODS
    }

    fn is_chronic(&self) -> bool {
        let Some(limit) = self.settings.chronic else {
            return false;
        };
        let from = self.seen.len().saturating_sub(self.settings.baseline);
        let recent = self.seen.get(from..).unwrap_or_default();
        let answers: u64 = recent.iter().map(|period| period.answers).sum();
        let mentions: u64 = recent.iter().map(|period| period.mentions).sum();
        answers >= CHRONIC_ANSWERS
            && mentions >= FEWEST_MENTIONS
            && self.is_shared(from)
            && rate(recent).is_some_and(|rate| rate > limit)
    }
}

fn rate(periods: &[Tally]) -> Option<f64> {
    let mentions: u64 = periods.iter().map(|period| period.mentions).sum();
    let answers: u64 = periods.iter().map(|period| period.answers).sum();
    (answers > 0).then(|| real(mentions) / real(answers))
}
