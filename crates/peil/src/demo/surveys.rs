//! The four questionnaires of the demonstration and the touchpoints that they are about.

use jiff::{Timestamp, ToSpan};
use peil_domain::{
    journey::Touchpoint,
    shared::{Slug, SurveyId, TouchpointId, UserId, VersionId, WorkspaceId},
    survey::{Definition, Survey, SurveyState, Version},
};

use super::{calendar::Calendar, chance::Chance, story::Story, texts::Texts};
use crate::Failure;

/// A question that the first version of the large questionnaire did not have.
const ADDED_LATER: &str = "deskundigheid";

/// Which of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The relation as a whole, by mail.
    Relation,
    /// After contact with the service desk.
    Contact,
    /// After a delivery.
    Delivery,
    /// Short, behind a public link and codes in the workshops.
    Short,
}

/// A questionnaire with its versions, the oldest first.
pub(super) struct Asked {
    pub(super) kind: Kind,
    pub(super) survey: Survey,
    pub(super) versions: Vec<Version>,
    /// Key of the touchpoint.
    pub(super) touchpoint: Option<String>,
}

impl Asked {
    /// The version that was shown at a moment.
    pub(super) fn version_at(&self, at: Timestamp) -> Option<&Version> {
        let published = |version: &&Version| version.published_at <= at;
        self.versions
            .iter()
            .rev()
            .find(published)
            .or_else(|| self.versions.first())
    }
}

/// The touchpoints in the order of the journey.
pub(super) fn touchpoints(
    texts: &Texts,
    workspace: WorkspaceId,
    millis: u64,
    seed: u64,
) -> Vec<Touchpoint> {
    let mut chance = Chance::stream(seed, "touchpoints");
    texts
        .touchpoints
        .iter()
        .zip(0..)
        .filter_map(|(found, position)| {
            Some(Touchpoint {
                id: TouchpointId::new(millis, chance.bytes()),
                workspace,
                key: found.key.parse().ok()?,
                name: found.nl.clone(),
                position,
            })
        })
        .collect()
}

/// Makes the questionnaires from the templates that everyone has.
pub(super) fn make(
    touchpoints: &[Touchpoint],
    owner: UserId,
    workspace: WorkspaceId,
    seed: u64,
    story: &Story,
    calendar: &Calendar,
) -> Result<Vec<Asked>, Failure> {
    let wanted = [
        (
            Kind::Relation,
            "kto-relatie",
            "kto-relatie",
            "KTO: de relatie als geheel",
            None,
        ),
        (
            Kind::Contact,
            "csat-contact",
            "na-contact",
            "Na contact met de klantenservice",
            Some("service"),
        ),
        (
            Kind::Delivery,
            "levering",
            "na-levering",
            "Na een levering",
            Some("delivery"),
        ),
        (
            Kind::Short,
            "kto-kort",
            "kto",
            "Kort onderzoek op de website en in de werkplaats",
            None,
        ),
    ];
    let mut chance = Chance::stream(seed, "surveys");
    let made_at = calendar.at(story.first.saturating_sub(20.days()), 36_000);
    let mut all = Vec::new();
    for (kind, template, slug, name, about) in wanted {
        let template = peil_app::survey::templates()
            .iter()
            .find(|known| known.code == template)
            .ok_or_else(|| Failure::Other(format!("template {template} is missing")))?;
        let slug: Slug = slug
            .parse()
            .map_err(|error| Failure::Other(format!("slug of the demo: {error}")))?;
        let millis = Calendar::millis_of(made_at);
        let touchpoint = touchpoints
            .iter()
            .find(|point| about == Some(point.key.as_str()));
        let survey = Survey {
            id: SurveyId::new(millis, chance.bytes()),
            workspace,
            slug,
            name: name.to_owned(),
            purpose: template.purpose,
            state: SurveyState::Live,
            has_public_link: kind == Kind::Short,
            allows_repeats: kind == Kind::Short,
            touchpoint: touchpoint.map(|point| point.id),
            draft: template.definition.clone(),
            revision: 1,
            created_at: made_at,
            updated_at: made_at,
        };
        let versions = versions(&survey, kind, owner, story, calendar, &mut chance);
        let updated_at = versions
            .last()
            .map_or(made_at, |version| version.published_at);
        all.push(Asked {
            kind,
            survey: Survey {
                updated_at,
                ..survey
            },
            versions,
            touchpoint: about.map(str::to_owned),
        });
    }
    Ok(all)
}

/// The large questionnaire got one more question half-way through the year.
fn versions(
    survey: &Survey,
    kind: Kind,
    owner: UserId,
    story: &Story,
    calendar: &Calendar,
    chance: &mut Chance,
) -> Vec<Version> {
    let mut version = |number: i32, day, definition: Definition| {
        let published_at = calendar.at(day, 39_600);
        Version {
            id: VersionId::new(Calendar::millis_of(published_at), chance.bytes()),
            survey: survey.id,
            number,
            definition,
            published_at,
            published_by: Some(owner),
        }
    };
    let begin = story.first.saturating_sub(10.days());
    if kind != Kind::Relation {
        return vec![version(1, begin, survey.draft.clone())];
    }
    let mut first = survey.draft.clone();
    for page in &mut first.pages {
        page.questions
            .retain(|question| question.key.as_str() != ADDED_LATER);
    }
    let middle = story.end.saturating_sub(190.days());
    vec![
        version(1, begin, first),
        version(2, middle, survey.draft.clone()),
    ]
}
