//! Before sending: who gets the mail, who does not and why, and what may be expected of it.

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right},
    audience::Contact,
    outreach::{HeldBack, Wave, WaveState, offer_words},
    shared::{ContactId, Language, WaveId},
    survey::{Definition, Metric, Survey},
};
use peil_measure::{Histogram, Level, nps};
use peil_store::{
    Session,
    outreach::{invitations, waves},
    survey,
};

use super::{
    Blocker, OutreachError,
    audience::{Audience, Standing},
    life::asked_version,
};
use crate::{App, AppError, app::demand};

/// People named per reason.
const NAMED: usize = 5;
/// Fewest mails from which a past response rate says anything.
const ENOUGH_SENT: u64 = 50;
/// Days after which most who will answer have done so.
const DAYS_TO_ANSWER: i64 = 5;
/// Response to mail that may be expected without experience, in percent.
const USUAL_PERCENT: (u64, u64) = (10, 15);
/// Fewest answers for which a margin is worth printing.
const FEWEST_FOR_MARGIN: u64 = 20;

/// Who gets the mail of a wave, and who does not.
#[derive(Debug, Clone, PartialEq)]
pub struct WavePlan {
    /// Everyone in the segment.
    pub selected: u64,
    /// Those who get the mail, or have it.
    pub allowed: u64,
    /// The others, by reason; reasons without anyone are left out.
    pub held: Vec<HeldGroup>,
    /// What may be expected.
    pub expected: Expected,
    /// Words of offers and prizes in the texts.
    pub offer_words: Vec<&'static str>,
    /// What is missing before it can start.
    pub blockers: Vec<Blocker>,
}

/// People who do not get the mail, for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldGroup {
    /// The reason.
    pub reason: HeldReason,
    /// How many.
    pub count: u64,
    /// The first of them.
    pub people: Vec<HeldPerson>,
    /// From when on the first of them may be asked again.
    pub first_until: Option<Timestamp>,
    /// From when on all of them may be asked again.
    pub last_until: Option<Timestamp>,
}

/// Why people do not get the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeldReason {
    /// Want no invitations.
    OptedOut,
    /// Have no address.
    NoAddress,
    /// Were invited too recently.
    InvitedRecently,
    /// Answered too recently.
    AnsweredRecently,
}

impl HeldReason {
    const ALL: [Self; 4] = [
        Self::OptedOut,
        Self::NoAddress,
        Self::InvitedRecently,
        Self::AnsweredRecently,
    ];

    /// The reason as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OptedOut => "opted_out",
            Self::NoAddress => "no_address",
            Self::InvitedRecently => "invited_recently",
            Self::AnsweredRecently => "answered_recently",
        }
    }

    /// Whether waiting helps.
    #[must_use]
    pub const fn is_for_now(self) -> bool {
        matches!(self, Self::InvitedRecently | Self::AnsweredRecently)
    }
}

/// Someone who does not get the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPerson {
    /// The contact.
    pub id: ContactId,
    /// Name, else address, else external identifier.
    pub name: String,
    /// From when on this contact may be asked again.
    pub until: Option<Timestamp>,
}

/// What may be expected of a wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// Fewest answers to count on.
    pub fewest: u64,
    /// Most answers to count on.
    pub most: u64,
    /// The own experience behind it; without any it is what is usual for mail, 10 to 15 %.
    pub past: Option<PastRate>,
    /// Half the width of the 95 % interval of the NPS, in points, with that many answers; only for
    /// a questionnaire that asks it.
    pub nps_margin: Option<f64>,
}

/// How earlier mails were answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastRate {
    /// Mails that went out long enough ago.
    pub sent: u64,
    /// Of those: answered.
    pub answered: u64,
}

impl App {
    /// Shows who would get the mail of a wave now, who would not and why, and what to expect.
    pub async fn plan_wave(&self, actor: &Actor, id: WaveId) -> Result<WavePlan, AppError> {
        demand(actor, Right::ReadOutreach)?;
        let session = self.store.read(actor.workspace);
        let wave = waves::find(&session, id).await?.ok_or(AppError::NotFound)?;
        let survey = survey::find(&session, wave.survey)
            .await?
            .ok_or(AppError::NotFound)?;
        let now = self.clock.now();
        let mut blockers = self.blockers(&session, actor, &wave, &survey).await?;
        let mut tally = Tally::default();
        match Audience::of(&session, &wave, survey.purpose, now).await {
            Ok(mut audience) => loop {
                let people = audience.next(&session).await?;
                if people.is_empty() {
                    break;
                }
                for (contact, standing) in &people {
                    tally.add(contact, *standing);
                }
            },
            Err(AppError::Outreach(OutreachError::Blocked(blocker))) => blockers.push(blocker),
            Err(other) => return Err(other),
        }
        if tally.allowed == 0 && blockers.is_empty() {
            blockers.push(Blocker::NobodyToAsk);
        }
        let (version, _) = asked_version(&session, &survey, Some(&wave)).await?;
        let definition = version.map_or(survey.draft, |version| version.definition);
        let past = past_rate(&session, &wave, now).await?;
        Ok(WavePlan {
            selected: tally.selected,
            allowed: tally.allowed,
            held: tally.held,
            expected: expect(tally.allowed, past, &definition),
            offer_words: words_of(&wave),
            blockers: if wave.state == WaveState::Draft {
                blockers
            } else {
                Vec::new()
            },
        })
    }

    /// What keeps a wave from starting, apart from its people.
    pub(super) async fn blockers(
        &self,
        session: &impl Session,
        actor: &Actor,
        wave: &Wave,
        survey: &Survey,
    ) -> Result<Vec<Blocker>, AppError> {
        let mut found = Vec::new();
        let (version, languages) = asked_version(session, survey, Some(wave)).await?;
        if !survey.is_open() || version.is_none() {
            found.push(Blocker::SurveyNotLive);
        }
        let has_texts = |language: Language| {
            wave.subject.exact(language).is_some() && wave.message.exact(language).is_some()
        };
        let missing = languages
            .into_iter()
            .filter(|language| !has_texts(*language));
        found.extend(missing.map(Blocker::TextMissing));
        if self.mail_settings(actor).await?.is_none() {
            found.push(Blocker::NoMailSettings);
        }
        Ok(found)
    }
}

#[derive(Default)]
struct Tally {
    selected: u64,
    allowed: u64,
    held: Vec<HeldGroup>,
}

impl Tally {
    fn add(&mut self, contact: &Contact, standing: Standing) {
        self.selected += 1;
        let (reason, until) = match standing {
            Standing::Invited | Standing::Asked => {
                self.allowed += 1;
                return;
            }
            Standing::HeldBack(HeldBack::OptedOut) => (HeldReason::OptedOut, None),
            Standing::HeldBack(HeldBack::NoAddress) => (HeldReason::NoAddress, None),
            Standing::HeldBack(HeldBack::InvitedRecently { until }) => {
                (HeldReason::InvitedRecently, Some(until))
            }
            Standing::HeldBack(HeldBack::AnsweredRecently { until }) => {
                (HeldReason::AnsweredRecently, Some(until))
            }
        };
        if !self.held.iter().any(|group| group.reason == reason) {
            let rank = |reason| HeldReason::ALL.iter().position(|known| *known == reason);
            let place = self
                .held
                .partition_point(|group| rank(group.reason) < rank(reason));
            let empty = HeldGroup {
                reason,
                count: 0,
                people: Vec::new(),
                first_until: None,
                last_until: None,
            };
            self.held.insert(place, empty);
        }
        let Some(group) = self.held.iter_mut().find(|group| group.reason == reason) else {
            return;
        };
        group.count += 1;
        group.last_until = group.last_until.max(until);
        group.first_until = match (group.first_until, until) {
            (Some(first), Some(until)) => Some(first.min(until)),
            (first, until) => first.or(until),
        };
        if group.people.len() < NAMED {
            group.people.push(HeldPerson {
                id: contact.id,
                name: name_of(contact),
                until,
            });
        }
    }
}

fn name_of(contact: &Contact) -> String {
    let address = || contact.email.as_ref().map(ToString::to_string);
    let name = contact.name.clone().filter(|name| !name.trim().is_empty());
    name.or_else(address)
        .or_else(|| contact.external_id.clone())
        .unwrap_or_default()
}

/// How mails of the same questionnaire were answered, else those of all; nothing when too few went
/// out to say anything.
async fn past_rate(
    session: &impl Session,
    wave: &Wave,
    now: Timestamp,
) -> Result<Option<PastRate>, AppError> {
    let until = now
        .checked_sub(SignedDuration::from_hours(24 * DAYS_TO_ANSWER))
        .unwrap_or(now);
    for survey in [Some(wave.survey), None] {
        let (sent, answered) = invitations::answered_of_sent(session, survey, until).await?;
        if sent >= ENOUGH_SENT {
            return Ok(Some(PastRate { sent, answered }));
        }
    }
    Ok(None)
}

fn expect(allowed: u64, past: Option<PastRate>, definition: &Definition) -> Expected {
    let answers = |count: u64, of: u64| allowed.saturating_mul(count) / of.max(1);
    let (fewest, most) = match past {
        Some(PastRate { sent, answered }) => (answers(answered, sent), answers(answered, sent)),
        None => (answers(USUAL_PERCENT.0, 100), answers(USUAL_PERCENT.1, 100)),
    };
    let asks_nps = definition
        .headline()
        .and_then(|question| question.kind.scale())
        .is_some_and(|scale| scale.metric == Metric::Nps);
    let nps_margin = if asks_nps { nps_margin(fewest) } else { None };
    Expected {
        fewest,
        most,
        past,
        nps_margin,
    }
}

/// Half the width of the NPS interval with `n` answers that are spread as they often are: 40 %
/// promoters, 35 % passives, 25 % detractors.
fn nps_margin(n: u64) -> Option<f64> {
    if n < FEWEST_FOR_MARGIN {
        return None;
    }
    let mut spread = Histogram::recommendation();
    let (promoters, passives) = (n * 40 / 100, n * 35 / 100);
    for (score, count) in [(9, promoters), (7, passives), (4, n - promoters - passives)] {
        spread.record(score, count).ok()?;
    }
    Some(nps(&spread, Level::default()).ok()?.ci_score?.half_width())
}

/// Words of offers and prizes in subject and message, over all languages.
fn words_of(wave: &Wave) -> Vec<&'static str> {
    let mut words = Vec::new();
    for language in Language::ALL {
        for text in [&wave.subject, &wave.message] {
            words.extend(text.exact(language).map(offer_words).unwrap_or_default());
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_experience_what_is_usual_for_mail_is_expected() {
        let definition = crate::survey::templates()
            .first()
            .unwrap()
            .definition
            .clone();
        let expected = expect(1_000, None, &definition);
        assert_eq!((expected.fewest, expected.most), (100, 150));
        let past = Some(PastRate {
            sent: 200,
            answered: 46,
        });
        let expected = expect(1_000, past, &definition);
        assert_eq!((expected.fewest, expected.most), (230, 230));
        assert_eq!(expect(0, None, &definition).nps_margin, None);
    }

    #[test]
    fn the_margin_shrinks_with_the_root_of_the_number_of_answers() {
        let (few, many) = (nps_margin(100).unwrap(), nps_margin(400).unwrap());
        assert!((few - 15.4).abs() < 0.5, "{few}");
        assert!((few / many - 2.0).abs() < 0.05, "{few} {many}");
        assert_eq!(nps_margin(19), None);
    }
}
