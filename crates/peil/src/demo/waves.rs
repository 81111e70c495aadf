//! The occasions on which customers are asked by mail: rounds about the relation, and one
//! gathering of contact moments for each month.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Date};
use peil_domain::{
    outreach::{Wave, WaveState},
    shared::{Localized, SegmentId, VersionId, WaveId, WorkspaceId},
    survey::Survey,
};

use super::{
    asking::{Clockwork, Year},
    calendar::Calendar,
    chance::Chance,
    story::Story,
    surveys::Kind,
    texts::Audience,
};

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// Which part of a group is asked in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Everyone.
    All,
    /// Every third customer, beginning with this one.
    Third(usize),
}

impl Part {
    pub(super) fn holds(self, number: usize) -> bool {
        match self {
            Self::All => true,
            Self::Third(first) => number % 3 == first,
        }
    }
}

/// A round about the relation.
pub(super) struct Plan {
    pub(super) day: Date,
    pub(super) name: String,
    pub(super) segment: &'static str,
    pub(super) audience: Audience,
    pub(super) part: Part,
}

/// The rounds of the year: consumers every month, a third of them each time; lease riders and
/// business customers every quarter.
pub(super) fn plan(story: &Story) -> Vec<Plan> {
    let mut plans = Vec::new();
    for (round, day) in rounds(story, 9, 1).into_iter().enumerate() {
        plans.push(Plan {
            day,
            name: format!("KTO particulieren, {}", month(day)),
            segment: "Particulieren",
            audience: Audience::Consumer,
            part: Part::Third(round % 3),
        });
    }
    let groups = [
        (Audience::Lease, "Leaserijders", 16),
        (Audience::Business, "Zakelijke klanten", 23),
    ];
    for (audience, segment, before_end) in groups {
        for day in rounds(story, before_end, 3) {
            let name = format!("KTO {}, {}", segment.to_lowercase(), month(day));
            plans.push(Plan {
                day,
                name,
                segment,
                audience,
                part: Part::All,
            });
        }
    }
    plans
}

/// The days of rounds that are `every` months apart, the last one `before_end` days before the end:
/// answers to it are still coming in.
fn rounds(story: &Story, before_end: i32, every: i32) -> Vec<Date> {
    let last = story.end.saturating_sub(before_end.days());
    let back = last.series((-every).months());
    let mut days: Vec<Date> = back.take_while(|day| *day > story.first).collect();
    days.reverse();
    days
}

fn month(day: Date) -> String {
    let place = usize::try_from(day.month() - 1).unwrap_or(0);
    format!(
        "{} {}",
        MONTHS.get(place).copied().unwrap_or_default(),
        day.year()
    )
}

/// A wave that was sent.
pub(super) fn wave(
    workspace: WorkspaceId,
    survey: &Survey,
    name: &str,
    segment: Option<SegmentId>,
    start: Timestamp,
    chance: &mut Chance,
) -> Wave {
    Wave {
        id: WaveId::new(Calendar::millis_of(start), chance.bytes()),
        workspace,
        survey: survey.id,
        version: None,
        segment,
        recipients: None,
        name: name.to_owned(),
        subject: Localized::both(
            "Hoe tevreden ben je over Fietsgoed?",
            "How satisfied are you with Fietsgoed?",
        ),
        message: Localized::both(
            "Beste klant,\n\nWe willen graag weten wat goed gaat en wat beter kan. Wil je een paar vragen beantwoorden?",
            "Dear customer,\n\nWe would like to know what goes well and what could be better. Would you answer a few questions?",
        ),
        state: WaveState::Sent,
        created_at: start,
        started_at: Some(start),
        finished_at: Some(start),
    }
}

/// The gathering of contact moments of the month of `day`; made when the month begins.
pub(super) fn of_month(
    clockwork: &mut Clockwork<'_>,
    survey: &Survey,
    kind: Kind,
    day: Date,
) -> Wave {
    let about = if kind == Kind::Contact {
        "Na contact"
    } else {
        "Na levering"
    };
    let name = format!("{about}, {}", month(day));
    let found = clockwork.year.waves.iter().find(|wave| wave.name == name);
    if let Some(found) = found {
        return found.clone();
    }
    let start = clockwork.calendar.at(day, 9 * 3_600);
    let made = wave(
        clockwork.workspace,
        survey,
        &name,
        None,
        start,
        &mut clockwork.chance,
    );
    clockwork.year.waves.push(made.clone());
    made
}

/// Notes when the last mail of each wave went out.
pub(super) fn finish(year: &mut Year) {
    let mut last: BTreeMap<WaveId, (Timestamp, VersionId)> = BTreeMap::new();
    for (invitation, _) in &year.invitations {
        let found = (invitation.created_at, invitation.version);
        let kept = last.entry(invitation.wave).or_insert(found);
        *kept = (*kept).max(found);
    }
    // A month in which nobody was asked leaves nothing behind.
    year.waves.retain(|wave| last.contains_key(&wave.id));
    for wave in &mut year.waves {
        let found = last.get(&wave.id);
        wave.finished_at = found.map(|(at, _)| *at);
        wave.version = found.map(|(_, version)| *version);
    }
}
