//! What was done to the draft lately, in words: what one can take back or make again, what was just
//! taken back, and what others did meanwhile.

use peil_app::survey::{Deed, Step, SurveyHistory};
use peil_domain::survey::Survey;

use super::{view::View, words};
use crate::edge::{signed::Signed, text::Text};

/// What was done lately.
pub(super) struct Past {
    /// What would be taken back.
    pub(super) undo: Option<Turn>,
    /// What would be made again.
    pub(super) redo: Option<Turn>,
    /// What was just taken back or made again, in a sentence.
    pub(super) turned: Option<String>,
    /// Whether the last change took something out that one may want back.
    pub(super) is_removed: bool,
    /// What others did since what is shown was made, each in a sentence.
    pub(super) meanwhile: Vec<String>,
}

/// One change to take back or make again.
pub(super) struct Turn {
    /// What it was, in words.
    pub(super) what: String,
}

/// Most sentences about what others did.
const MOST_TOLD: usize = 5;

impl Past {
    /// Puts it in words.
    pub(super) fn new(
        signed: &Signed,
        survey: &Survey,
        known: &SurveyHistory,
        view: &View,
    ) -> Self {
        let t = signed.text;
        let turn = |step: &Option<Step>| {
            step.as_ref().map(|step| Turn {
                what: deed(t, survey, step),
            })
        };
        let fields = &signed.query;
        let way = match fields.get("turned") {
            "undone" => Some("survey-turned-undone"),
            "undone-rest" => Some("survey-turned-undone-rest"),
            "redone" => Some("survey-turned-redone"),
            "redone-rest" => Some("survey-turned-redone-rest"),
            _ => None,
        };
        let number: Option<i32> = fields.get("step").parse().ok();
        let step = known
            .steps
            .iter()
            .find(|step| Some(step.revision) == number);
        let own = signed.identity.actor.user;
        let mut meanwhile: Vec<String> = Vec::new();
        if let Some(since) = view.since {
            let later = known.steps.iter().filter(|step| step.revision > since);
            for step in later.filter(|step| step.by != own || step.is_program) {
                let name = known.name_of(step).unwrap_or_default();
                let args = [
                    ("name", name.into()),
                    ("what", deed(t, survey, step).into()),
                ];
                let said = t.a("survey-meanwhile-one", &args);
                if !meanwhile.contains(&said) && meanwhile.len() < MOST_TOLD {
                    meanwhile.push(said);
                }
            }
        }
        Self {
            undo: turn(&known.undo),
            redo: turn(&known.redo),
            turned: way
                .zip(step)
                .map(|(way, step)| t.a(way, &[("what", deed(t, survey, step).into())])),
            is_removed: fields.get("removed") == survey.revision.to_string(),
            meanwhile,
        }
    }
}

/// A change in words, with the question as it reads now.
fn deed(t: Text, survey: &Survey, step: &Step) -> String {
    let draft = &survey.draft;
    let language = Survey::language_or_first(draft, t.language);
    let question = step.key.as_ref().and_then(|key| draft.question(key));
    let text = question.map(|question| words::short(question.text.get(language)));
    let about = text.filter(|text| !text.is_empty());
    let about = about.or_else(|| step.key.as_ref().map(ToString::to_string));
    let args = [("question", about.unwrap_or_default().into())];
    t.a(
        match step.deed {
            Deed::Replaced => "survey-deed-replaced",
            Deed::Wrote => "survey-deed-wrote",
            Deed::ChoseLanguages => "survey-deed-languages",
            Deed::WroteHeading => "survey-deed-heading",
            Deed::Added => "survey-deed-added",
            Deed::Changed => "survey-deed-changed",
            Deed::Moved => "survey-deed-moved",
            Deed::Copied => "survey-deed-copied",
            Deed::Removed => "survey-deed-removed",
            Deed::ArrangedPages => "survey-deed-pages",
            Deed::ChangedLogic => "survey-deed-logic",
            Deed::Translated => "survey-deed-translated",
            Deed::Dressed => "survey-deed-dressed",
            Deed::Undid => "survey-deed-undid",
            Deed::Redid => "survey-deed-redid",
        },
        &args,
    )
}
