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

/// How one questionnaire comes about.
struct Recipe {
    kind: Kind,
    template: &'static str,
    slug: &'static str,
    name: &'static str,
    touchpoint: Option<&'static str>,
}

const RECIPES: [Recipe; 4] = [
    Recipe {
        kind: Kind::Relation,
        template: "kto-relatie",
        slug: "kto-relatie",
        name: "KTO: de relatie als geheel",
        touchpoint: None,
    },
    Recipe {
        kind: Kind::Contact,
        template: "csat-contact",
        slug: "na-contact",
        name: "Na contact met de klantenservice",
        touchpoint: Some("service"),
    },
    Recipe {
        kind: Kind::Delivery,
        template: "levering",
        slug: "na-levering",
        name: "Na een levering",
        touchpoint: Some("delivery"),
    },
    Recipe {
        kind: Kind::Short,
        template: "kto-kort",
        slug: "kto",
        name: "Kort onderzoek op de website en in de werkplaats",
        touchpoint: None,
    },
];

/// Makes the questionnaires from the templates that everyone has.
pub(super) fn make(
    touchpoints: &[Touchpoint],
    owner: UserId,
    workspace: WorkspaceId,
    seed: u64,
    story: &Story,
    calendar: &Calendar,
) -> Result<Vec<Asked>, Failure> {
    let mut chance = Chance::stream(seed, "surveys");
    let mut all = Vec::new();
    for recipe in &RECIPES {
        let draft = draft(recipe, touchpoints, workspace, story, calendar, &mut chance)?;
        let versions = versions(&draft, recipe.kind, owner, story, calendar, &mut chance);
        let updated_at = versions
            .last()
            .map_or(draft.created_at, |version| version.published_at);
        all.push(Asked {
            kind: recipe.kind,
            survey: Survey {
                updated_at,
                ..draft
            },
            versions,
            touchpoint: recipe.touchpoint.map(str::to_owned),
        });
    }
    Ok(all)
}

fn draft(
    recipe: &Recipe,
    touchpoints: &[Touchpoint],
    workspace: WorkspaceId,
    story: &Story,
    calendar: &Calendar,
    chance: &mut Chance,
) -> Result<Survey, Failure> {
    let template = peil_app::survey::templates()
        .iter()
        .find(|known| known.code == recipe.template)
        .ok_or_else(|| Failure::Other(format!("template {} is missing", recipe.template)))?;
    let slug: Slug = recipe
        .slug
        .parse()
        .map_err(|error| Failure::Other(format!("slug of the demo: {error}")))?;
    let made_at = calendar.at(story.first.saturating_sub(20.days()), 36_000);
    let about = |point: &&Touchpoint| recipe.touchpoint == Some(point.key.as_str());
    Ok(Survey {
        id: SurveyId::new(Calendar::millis_of(made_at), chance.bytes()),
        workspace,
        slug,
        name: recipe.name.to_owned(),
        purpose: template.purpose,
        state: SurveyState::Live,
        has_public_link: recipe.kind == Kind::Short,
        allows_repeats: recipe.kind == Kind::Short,
        touchpoint: touchpoints.iter().find(about).map(|point| point.id),
        draft: template.definition.clone(),
        revision: 1,
        created_at: made_at,
        updated_at: made_at,
    })
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
