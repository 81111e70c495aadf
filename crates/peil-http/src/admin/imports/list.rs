//! The list of files that came in, and what can be downloaded.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::{
    imports::{ImportKind, ImportState, ImportView},
    survey::SurveyOverview,
};
use peil_domain::{access::Right, shared::ImportId};

use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "imports/list.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    imports: Vec<Line>,
    may_import_contacts: bool,
    may_import_answers: bool,
    surveys: Vec<SurveyOverview>,
}

/// One import in the list.
struct Line {
    id: ImportId,
    file_name: String,
    kind_key: &'static str,
    state_key: &'static str,
    state_class: &'static str,
    when: String,
    counts: String,
}

/// Shows the list.
pub(super) async fn list(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let t = signed.text;
    let actor = &signed.identity.actor;
    let found = web.app.list_imports(actor).await?;
    let surveys = if actor.has(Right::ReadResponses) {
        web.app.list_surveys(actor).await?
    } else {
        Vec::new()
    };
    page(&ListPage {
        t,
        frame: Frame::new(&signed, "settings", t.s("imports-title")),
        imports: found.iter().map(|view| line(view, &signed)).collect(),
        may_import_contacts: actor.has(Right::WriteAudience),
        may_import_answers: actor.has(Right::WriteResponses),
        surveys: surveys
            .into_iter()
            .filter(|survey| survey.responses > 0)
            .collect(),
    })
}

fn line(view: &ImportView, signed: &Signed) -> Line {
    let (t, import) = (signed.text, &view.import);
    let (state_key, state_class) = state_words(import.state);
    Line {
        id: import.id,
        file_name: import.file_name.clone(),
        kind_key: kind_key(import.kind),
        state_key,
        state_class,
        when: t.moment(import.created_at, &signed.zone),
        counts: t.a(
            "imports-counts",
            &[
                ("added", t.count(import.added.unsigned_abs()).into()),
                ("updated", t.count(import.updated.unsigned_abs()).into()),
                ("refused", t.count(import.failed.unsigned_abs()).into()),
            ],
        ),
    }
}

const fn kind_key(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Contacts => "imports-kind-contacts",
        ImportKind::Answers => "imports-kind-answers",
    }
}

/// The words and the look of a state.
const fn state_words(state: ImportState) -> (&'static str, &'static str) {
    match state {
        ImportState::Uploaded => ("imports-state-uploaded", "is-draft"),
        ImportState::Running => ("imports-state-running", "is-planned"),
        ImportState::Done => ("imports-state-done", "is-live"),
        ImportState::Failed => ("imports-state-failed", "is-closed"),
    }
}
