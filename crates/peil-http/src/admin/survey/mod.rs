//! Questionnaires on screen: list, templates, editor, settings, versions, publishing and sharing.

mod advice;
mod arrange;
mod bank;
mod compare;
mod conflict;
mod design;
mod editor;
mod file;
mod finding;
mod findings;
mod form;
mod form_kinds;
mod form_numbers;
mod gallery;
mod history;
mod incoming;
mod list;
mod logic;
mod outline;
mod palette;
mod print;
mod publish;
mod saving;
mod settings;
mod share;
mod start;
mod translations;
mod trial;
mod versions;
mod view;
mod words;
mod write;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use peil_app::{AppError, survey::SurveyOverview};
use peil_domain::{access::Right, shared::SurveyId, survey::SurveyState};

pub(super) use self::logic::mail_blanks;
use crate::{
    Web,
    edge::{problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/surveys", get(list::show))
        .route("/surveys/new", get(gallery::show))
        .route("/surveys/advice", get(advice::show))
        // The page counts the bytes of a file itself.
        .route(
            "/surveys/import",
            get(file::new)
                .post(file::upload)
                .layer(DefaultBodyLimit::disable()),
        )
        .route("/surveys/import/preview", get(incoming::show))
        .route("/surveys/import/accept", post(incoming::accept))
        .route("/surveys/import/reject", post(incoming::reject))
        .route("/surveys/{id}/import", get(file::show))
        .route("/surveys/{id}/file", get(file::download))
        .route(
            "/surveys/new/{template}",
            get(gallery::show_template).post(gallery::create),
        )
        .route("/surveys/{id}", get(editor::show))
        .route("/surveys/{id}/preview", get(editor::preview))
        .route("/surveys/{id}/try", get(trial::show).post(trial::go_on))
        .route("/surveys/{id}/texts", post(write::save_texts))
        .route("/surveys/{id}/languages", post(write::save_languages))
        .route("/surveys/{id}/pages/{number}", post(write::save_page))
        .route("/surveys/{id}/questions", post(arrange::add))
        .route("/surveys/{id}/bank", get(bank::show))
        .route("/surveys/{id}/bank/add", post(arrange::add_banked))
        .route("/surveys/{id}/questions/{key}", post(write::save_question))
        .route(
            "/surveys/{id}/questions/{key}/place",
            post(arrange::place_question),
        )
        .route(
            "/surveys/{id}/pages/{number}/place",
            post(arrange::place_page),
        )
        .route(
            "/surveys/{id}/findings",
            get(findings::show).post(findings::save),
        )
        .route("/surveys/{id}/logic", get(logic::overview::show))
        .route(
            "/surveys/{id}/logic/{place}",
            get(logic::place::show).post(logic::place::save),
        )
        .route("/surveys/{id}/undo", post(arrange::undo))
        .route("/surveys/{id}/redo", post(arrange::redo))
        .route(
            "/surveys/{id}/settings",
            get(settings::show).post(settings::save),
        )
        .route("/surveys/{id}/close", post(settings::close))
        .route("/surveys/{id}/reopen", post(settings::reopen))
        .route("/surveys/{id}/remove", post(settings::remove))
        .route(
            "/surveys/{id}/publish",
            get(publish::show).post(publish::publish),
        )
        .route("/surveys/{id}/print", get(print::show))
        .route("/surveys/{id}/versions", get(versions::show))
        .route("/surveys/{id}/versions/compare", get(compare::show))
        .route("/surveys/{id}/start", get(start::show))
        .route("/surveys/{id}/share", get(share::show))
        .route("/surveys/{id}/qr.svg", get(share::get_svg))
        .route("/surveys/{id}/qr.png", get(share::get_png))
        .merge(design::routes())
        .merge(translations::routes())
}

/// Reads the questionnaire that an address names.
async fn find(web: &Web, signed: &Signed, id: &str) -> Result<SurveyOverview, PageError> {
    let id: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    Ok(web.app.get_survey(&signed.identity.actor, id).await?)
}

/// What stands above every page of one questionnaire.
struct Head {
    t: Text,
    id: SurveyId,
    slug: String,
    name: String,
    state: SurveyState,
    /// The page that is shown.
    tab: &'static str,
    /// Number of the newest version, 0 when there is none.
    version: i32,
    has_changes: bool,
    may_edit: bool,
    questions: usize,
    minutes: u32,
    responses: u64,
}

impl Head {
    fn new(signed: &Signed, overview: &SurveyOverview, tab: &'static str) -> Self {
        let survey = &overview.survey;
        Self {
            t: signed.text,
            id: survey.id,
            slug: survey.slug.to_string(),
            name: survey.name.clone(),
            state: survey.state,
            tab,
            version: overview.newest.as_ref().map_or(0, |version| version.number),
            has_changes: overview.has_unpublished_changes(),
            may_edit: signed.identity.actor.has(Right::WriteSurveys),
            questions: words::asked(&survey.draft),
            minutes: survey.draft.estimated_minutes(),
            responses: overview.responses,
        }
    }

    /// Address of a page of this questionnaire.
    fn path(&self, page: &str) -> String {
        if page.is_empty() {
            format!("/surveys/{}", self.id)
        } else {
            format!("/surveys/{}/{page}", self.id)
        }
    }

    /// Pages beside each other: whether it is this one, address, words.
    fn tabs(&self) -> Vec<(bool, String, String)> {
        let pages = [
            ("editor", "", "survey-tab-editor"),
            ("logic", "logic", "survey-tab-logic"),
            ("findings", "findings", "survey-tab-findings"),
            ("translations", "translations", "survey-tab-translations"),
            ("design", "design", "survey-tab-design"),
            ("settings", "settings", "survey-tab-settings"),
            ("versions", "versions", "survey-tab-versions"),
            ("share", "share", "survey-tab-share"),
        ];
        pages
            .into_iter()
            .filter(|(name, _, _)| {
                self.may_edit || !matches!(*name, "settings" | "translations" | "design")
            })
            .map(|(name, page, words)| (name == self.tab, self.path(page), self.t.s(words)))
            .collect()
    }

    /// Whether the page of publishing is shown.
    fn is_publishing(&self) -> bool {
        self.tab == "publish"
    }

    /// Whether customers can answer.
    fn is_live(&self) -> bool {
        self.state == SurveyState::Live
    }

    /// Whether it was closed.
    fn is_closed(&self) -> bool {
        self.state == SurveyState::Closed
    }

    /// Whether publishing would bring something to customers that is not there now.
    fn can_publish(&self) -> bool {
        self.may_edit && (self.has_changes || !self.is_live())
    }

    /// Number of the version that publishing would make.
    fn next_version(&self) -> i32 {
        if self.has_changes {
            self.version + 1
        } else {
            self.version
        }
    }

    /// Words for where it is in its life.
    fn state_words(&self) -> String {
        words::state(self.t, self.state)
    }
}
