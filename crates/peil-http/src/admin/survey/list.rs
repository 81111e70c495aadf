//! All questionnaires, by state.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::survey::SurveyOverview;
use peil_domain::{access::Right, shared::SurveyId, survey::SurveyState};

use super::words;
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "survey/list.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    may_edit: bool,
    groups: Vec<Group>,
}

/// Questionnaires in the same state.
struct Group {
    code: &'static str,
    heading: String,
    rows: Vec<Row>,
}

/// One questionnaire.
struct Row {
    id: SurveyId,
    name: String,
    slug: String,
    note: String,
    responses: String,
    has_responses: bool,
    version: String,
    has_changes: bool,
    changed: String,
}

impl Row {
    fn new(signed: &Signed, overview: SurveyOverview) -> Self {
        let t = signed.text;
        let has_changes = overview.newest.is_some() && overview.has_unpublished_changes();
        let survey = overview.survey;
        let questions = words::asked(&survey.draft);
        let note = [
            t.a("survey-questions-count", &[("n", questions.into())]),
            words::languages(t, &survey.draft.languages),
        ];
        Self {
            id: survey.id,
            slug: survey.slug.to_string(),
            note: note.join(" · "),
            responses: t.count(overview.responses),
            has_responses: overview.responses > 0,
            version: overview
                .newest
                .map_or_else(String::new, |newest| newest.number.to_string()),
            has_changes,
            changed: t.day(survey.updated_at, &signed.zone),
            name: survey.name,
        }
    }
}

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let t = signed.text;
    let mut surveys = web.app.list_surveys(&signed.identity.actor).await?;
    let mut groups = Vec::new();
    for (state, heading) in [
        (SurveyState::Live, "survey-list-live"),
        (SurveyState::Draft, "survey-list-draft"),
        (SurveyState::Closed, "survey-list-closed"),
    ] {
        let (here, others) = surveys
            .into_iter()
            .partition(|found| found.survey.state == state);
        surveys = others;
        let here: Vec<SurveyOverview> = here;
        if !here.is_empty() {
            let rows = here
                .into_iter()
                .map(|found| Row::new(&signed, found))
                .collect();
            groups.push(Group {
                code: state.code(),
                heading: t.s(heading),
                rows,
            });
        }
    }
    page(&ListPage {
        t,
        frame: Frame::new(&signed, "survey", t.s("survey-list-title")),
        may_edit: signed.identity.actor.has(Right::WriteSurveys),
        groups,
    })
}
