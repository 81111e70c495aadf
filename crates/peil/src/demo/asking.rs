//! When customers are asked and when they answer: day by day through the year, no one too often,
//! some mails refused, some customers who want no more of it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date};
use peil_app::hash_token;
use peil_domain::{
    outreach::{Channel, Invitation, InvitationState, Wave},
    response::{Completion, Response, flags},
    shared::{InvitationId, Language, QuestionKey, ResponseId, WorkspaceId},
    survey::Survey,
};

use super::{
    calendar::Calendar,
    chance::Chance,
    opinions::{self, Respondent, Sitting},
    people::Person,
    story::{Story, days_between},
    surveys::{Asked, Kind},
    texts::Audience,
    waves::{self, Plan},
    writer::Writer,
};

/// Days in which an invitation can be answered.
const VALID_DAYS: i64 = 30;
/// Days between two invitations of any kind.
const REST_DAYS: i32 = 14;
/// Days between two questions about contact moments: never twice in a month.
const MOMENT_REST_DAYS: i32 = 31;
/// Seconds in a day.
const DAY: i64 = 86_400;

/// All that was asked and answered.
pub(super) struct Year {
    pub(super) waves: Vec<Wave>,
    /// Invitations with the hash of their token.
    pub(super) invitations: Vec<(Invitation, String)>,
    pub(super) responses: Vec<Response>,
}

/// Lets the year go by. Marks those who opt out on the way.
pub(super) struct Clockwork<'a> {
    pub(super) workspace: WorkspaceId,
    pub(super) story: &'a Story,
    pub(super) calendar: &'a Calendar,
    pub(super) surveys: &'a [Asked],
    pub(super) chance: Chance,
    pub(super) writer: Writer<'a>,
    /// Last day on which each person was asked anything, and asked about a contact moment.
    pub(super) asked: Vec<(Option<Date>, Option<Date>)>,
    pub(super) year: Year,
}

impl<'a> Clockwork<'a> {
    pub(super) fn new(
        workspace: WorkspaceId,
        seed: u64,
        story: &'a Story,
        calendar: &'a Calendar,
        surveys: &'a [Asked],
        writer: Writer<'a>,
    ) -> Self {
        Self {
            workspace,
            story,
            calendar,
            surveys,
            chance: Chance::stream(seed, "year"),
            writer,
            asked: Vec::new(),
            year: Year {
                waves: Vec::new(),
                invitations: Vec::new(),
                responses: Vec::new(),
            },
        }
    }

    /// Goes through all days.
    pub(super) fn run(
        &mut self,
        persons: &mut [Person],
        segments: &BTreeMap<&str, peil_domain::shared::SegmentId>,
    ) {
        self.asked = vec![(None, None); persons.len()];
        // Volumes are those of 6 000 customers; a smaller demonstration gets its share.
        let size = f64::from(u32::try_from(persons.len()).unwrap_or(0)) / 6_000.0;
        let total: f64 = self.story.days().map(|day| self.story.bustle(day)).sum();
        let plans = waves::plan(self.story);
        for day in self.story.days() {
            for plan in plans.iter().filter(|plan| plan.day == day) {
                self.ask_relation(plan, persons, segments);
            }
            let busy = self.story.bustle(day) / total * size;
            self.ask_about_moments(Kind::Contact, day, 12_900.0 * busy, persons);
            self.ask_about_moments(Kind::Delivery, day, 13_300.0 * busy, persons);
            self.welcome_visitors(day, 4_300.0 * busy);
        }
        waves::finish(&mut self.year);
        self.year
            .responses
            .sort_by_key(|response| (response.submitted_at, response.id));
        let by_time = |entry: &(Invitation, String)| (entry.0.created_at, entry.0.id);
        self.year.invitations.sort_by_key(by_time);
    }

    /// A wave about the relation goes out in the morning.
    fn ask_relation(
        &mut self,
        plan: &Plan,
        persons: &mut [Person],
        segments: &BTreeMap<&str, peil_domain::shared::SegmentId>,
    ) {
        let Some(asked) = self
            .surveys
            .iter()
            .find(|asked| asked.kind == Kind::Relation)
        else {
            return;
        };
        let start = self.calendar.at(plan.day, 10 * 3_600);
        let segment = segments.get(plan.segment).copied();
        let wave = waves::wave(
            self.workspace,
            &asked.survey,
            &plan.name,
            segment,
            start,
            &mut self.chance,
        );
        let mut sent = 0;
        for (number, person) in persons.iter_mut().enumerate() {
            let is_meant = person.audience == plan.audience && plan.part.holds(number);
            if !is_meant || !self.may_ask(number, person, plan.day, false) {
                continue;
            }
            let at = start
                .saturating_add(SignedDuration::from_millis(150 * sent))
                .unwrap_or(start);
            sent += 1;
            self.invite(asked, &wave, number, person, at, plan.day);
        }
        if sent > 0 {
            self.year.waves.push(wave);
        }
    }

    /// Some of those who had contact or a delivery the day before are asked about it.
    fn ask_about_moments(&mut self, kind: Kind, day: Date, expected: f64, persons: &mut [Person]) {
        let Some(asked) = self.surveys.iter().find(|asked| asked.kind == kind) else {
            return;
        };
        let wave = waves::of_month(self, &asked.survey, kind, day);
        for _ in 0..self.whole(expected) {
            // Whoever was asked too recently is passed over.
            for _ in 0..6 {
                let number = self.chance.below(persons.len());
                let Some(person) = persons.get_mut(number) else {
                    break;
                };
                let is_likely = self.chance.happens(match (kind, person.audience) {
                    (Kind::Contact, Audience::Lease) => 1.0,
                    (Kind::Delivery, Audience::Lease) => 0.4,
                    _ => 0.7,
                });
                if !is_likely || !self.may_ask(number, person, day, true) {
                    continue;
                }
                let seconds = self.chance.between(9 * 3_600, 18 * 3_600);
                let at = self.calendar.at(day, seconds);
                self.invite(asked, &wave, number, person, at, day);
                break;
            }
        }
    }

    /// Visitors of the public link and of the codes in the workshops.
    fn welcome_visitors(&mut self, day: Date, expected: f64) {
        let Some(asked) = self.surveys.iter().find(|asked| asked.kind == Kind::Short) else {
            return;
        };
        for _ in 0..self.whole(expected) {
            let audience = match self.chance.share() {
                share if share < 0.9 => Audience::Consumer,
                share if share < 0.96 => Audience::Lease,
                _ => Audience::Business,
            };
            let channel = if self.chance.happens(0.6) {
                Channel::Link
            } else {
                Channel::Qr
            };
            let language = if self.chance.happens(0.07) {
                Language::En
            } else {
                Language::Nl
            };
            let seconds = self.chance.between(8 * 3_600, 22 * 3_600);
            let at = self.calendar.at(day, seconds);
            let respondent = Respondent::Visitor {
                audience,
                nature: 0.6 * self.chance.normal(),
            };
            let response = self.sit_down(asked, respondent, language, day, at);
            self.year
                .responses
                .extend(response.map(|response| Response {
                    channel,
                    ..response
                }));
        }
    }

    fn may_ask(&self, number: usize, person: &Person, day: Date, is_moment: bool) -> bool {
        let has_rested = |since: Option<Date>, least: i32| {
            since.is_none_or(|since| days_between(since, day) >= least)
        };
        let (any, moment) = self.asked.get(number).copied().unwrap_or_default();
        person.contact.email.is_some()
            && person.contact.opted_out_at.is_none()
            && has_rested(any, REST_DAYS)
            && (!is_moment || has_rested(moment, MOMENT_REST_DAYS))
    }

    /// Sends one invitation; perhaps it is answered.
    fn invite(
        &mut self,
        asked: &'a Asked,
        wave: &Wave,
        number: usize,
        person: &mut Person,
        at: Timestamp,
        day: Date,
    ) {
        let Some(version) = asked.version_at(at) else {
            return;
        };
        if let Some(entry) = self.asked.get_mut(number) {
            let moment = if asked.kind == Kind::Relation {
                entry.1
            } else {
                Some(day)
            };
            *entry = (Some(day), moment);
        }
        let language = person.contact.language.unwrap_or(Language::Nl);
        let mut invitation = Invitation {
            id: InvitationId::new(Calendar::millis_of(at), self.chance.bytes()),
            workspace: self.workspace,
            wave: wave.id,
            survey: asked.survey.id,
            version: version.id,
            contact: person.contact.id,
            account: person.contact.account,
            language,
            state: InvitationState::Sent,
            created_at: at,
            sent_at: Some(at),
            answered_at: None,
            expires_at: at
                .saturating_add(SignedDuration::from_hours(24 * VALID_DAYS))
                .unwrap_or(at),
            last_error: None,
        };
        let token = hash_token(&self.chance.word());
        if person.is_unreachable {
            invitation.state = InvitationState::Failed;
            invitation.sent_at = None;
            invitation.last_error = Some("550 5.1.1 mailbox unavailable".to_owned());
        } else if let Some(response) = self.perhaps_answer(asked, &invitation, person, at) {
            invitation.answered_at = Some(response.submitted_at);
            self.year.responses.push(response);
        } else if self.chance.happens(0.002) {
            person.contact.opted_out_at = Some(self.later(at));
        }
        self.year.invitations.push((invitation, token));
    }

    fn perhaps_answer(
        &mut self,
        asked: &'a Asked,
        invitation: &Invitation,
        person: &Person,
        sent: Timestamp,
    ) -> Option<Response> {
        let usual = match asked.kind {
            Kind::Relation => 0.26,
            Kind::Contact | Kind::Short => 0.35,
            Kind::Delivery => 0.34,
        };
        let group = match person.audience {
            Audience::Business => 1.35,
            // Riders of a bike of their employer feel less of a customer.
            Audience::Lease => 0.6,
            Audience::Consumer => 1.0,
        };
        let place = if person.town.is_some() { 1.15 } else { 0.93 };
        let at = self.later(sent);
        let is_over = at >= self.calendar.at(self.story.end, 0);
        if !self.chance.happens(usual * group * place) || is_over {
            return None;
        }
        // What is thought is thought about the moment of asking.
        let day = self.calendar.day(sent).date();
        let respondent = Respondent::Known(person);
        let response = self.sit_down(asked, respondent, invitation.language, day, at)?;
        Some(Response {
            contact: Some(person.contact.id),
            account: person.contact.account,
            invitation: Some(invitation.id),
            version: invitation.version,
            channel: Channel::Email,
            segments: segments_of(person),
            ..response
        })
    }

    fn sit_down(
        &mut self,
        asked: &'a Asked,
        respondent: Respondent<'_>,
        language: Language,
        day: Date,
        at: Timestamp,
    ) -> Option<Response> {
        let version = asked.version_at(self.calendar.at(day, DAY / 2))?;
        let language = Survey::language_or_first(&version.definition, language);
        let sitting = Sitting {
            kind: asked.kind,
            definition: &version.definition,
            respondent,
            language,
            touchpoint: asked.touchpoint.as_deref(),
            day,
        };
        let answers = opinions::answer(&sitting, self.story, &mut self.chance, &mut self.writer);
        let count = i64::try_from(answers.len()).unwrap_or(0);
        let is_hasty = self.chance.happens(0.006);
        let each = if is_hasty {
            0
        } else {
            self.chance.between(6, 16)
        };
        let seconds = i32::try_from(3 + count * each).ok();
        Some(Response {
            id: ResponseId::new(Calendar::millis_of(at), self.chance.bytes()),
            workspace: self.workspace,
            survey: asked.survey.id,
            version: version.id,
            contact: None,
            account: None,
            invitation: None,
            channel: Channel::Link,
            language,
            touchpoint: asked.touchpoint.as_ref().and_then(|key| key.parse().ok()),
            completion: Completion::Complete,
            pages_done: None,
            submitted_at: at,
            local_day: self.calendar.day(at),
            seconds,
            segments: BTreeMap::new(),
            flags: flags(&version.definition, &answers, seconds.map(f64::from), false),
            answers,
        })
    }

    /// Some minutes to some days later, mostly soon, never at night.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most six days in seconds"
    )]
    fn later(&mut self, at: Timestamp) -> Timestamp {
        let share = self.chance.share();
        let seconds = 240.0 + share * share * share * 6.0 * 86_400.0;
        let at = at
            .saturating_add(SignedDuration::from_secs(seconds as i64))
            .unwrap_or(at);
        self.calendar.awake(at)
    }

    /// A whole number that is `expected` on average.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small number that is not negative"
    )]
    fn whole(&mut self, expected: f64) -> usize {
        (expected + self.chance.share()).floor().max(0.0) as usize
    }
}

/// What is known of a customer, frozen as text.
fn segments_of(person: &Person) -> BTreeMap<QuestionKey, String> {
    let attributes = &person.contact.attributes;
    attributes
        .iter()
        .map(|(key, value)| (key.clone(), value.to_string()))
        .collect()
}
