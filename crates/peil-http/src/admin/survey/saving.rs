//! What every form of the editor has in common: it names the revision that it was made on, and what
//! was typed is never lost.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use peil_app::{
    AppError,
    survey::{Edit, SurveyError, Upon},
};
use peil_domain::{
    shared::SurveyId,
    survey::{Definition, Survey},
};

use super::{
    conflict::clash_views,
    editor::{Typed, editor_page, show_refused},
    finding::reason_field,
    form::typed_texts,
    view::View,
};
use crate::{
    Web,
    edge::{
        fields::Fields,
        parts::FormError,
        problem::{PageError, describe, survey_problem},
        signed::{Signed, SignedForm},
    },
};

/// What the name of a choice between two texts begins with.
pub(super) const CHOICE: &str = "choose:";

/// A form of the editor.
pub(super) struct Sent {
    /// Who sent it.
    pub(super) signed: Signed,
    /// What it says.
    pub(super) fields: Fields,
    /// What was open.
    pub(super) view: View,
    /// The revision that it was made on.
    pub(super) revision: i32,
}

impl Sent {
    pub(super) fn new(id: &str, form: SignedForm) -> Result<Self, AppError> {
        let id: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
        let SignedForm { signed, fields } = form;
        let view = View::of(id, &fields, signed.text.language);
        let revision = fields.get("revision").parse().unwrap_or(0);
        Ok(Self {
            signed,
            fields,
            view,
            revision,
        })
    }

    /// Whether it was sent by itself while somebody types.
    fn is_by_itself(&self) -> bool {
        self.fields.get("do") == "auto"
    }

    /// Makes a change together with what others did since.
    pub(super) async fn edit(&self, web: &Web, edit: Edit) -> Result<Survey, AppError> {
        let upon = Upon::Since(self.revision);
        let edit = as_chosen(&self.fields, edit);
        web.app
            .edit_survey(&self.signed.identity.actor, self.view.id, upon, edit)
            .await
    }

    pub(super) async fn draft(&self, web: &Web) -> Result<Definition, AppError> {
        let found = web
            .app
            .get_survey(&self.signed.identity.actor, self.view.id)
            .await?;
        Ok(found.survey.draft)
    }

    /// On to an address of the editor, which says when others changed something meanwhile.
    pub(super) fn go_on(&self, survey: &Survey, address: &str) -> Response {
        if survey.revision <= self.revision.saturating_add(1) {
            return go(address);
        }
        let since = format!("since={}", self.revision);
        let (path, place) = address.split_once('#').unwrap_or((address, ""));
        go(&format!("{path}&{since}#{place}"))
    }

    /// What follows upon saving what was typed: the editor at once when it was sent by itself.
    pub(super) async fn saved(
        mut self,
        web: &Web,
        survey: &Survey,
        address: &str,
    ) -> Result<Response, PageError> {
        if !self.is_by_itself() {
            return Ok(self.go_on(survey, address));
        }
        if survey.revision > self.revision.saturating_add(1) {
            self.view.since = Some(self.revision);
        }
        let Self { signed, view, .. } = self;
        let overview = web.app.get_survey(&signed.identity.actor, view.id).await?;
        let typed = Typed::default();
        editor_page(web, &signed, &overview, view, typed, Vec::new()).await
    }

    /// The editor again with what was typed, when a person can do something about the error.
    pub(super) async fn refuse(
        self,
        web: &Web,
        error: AppError,
        keep: impl FnOnce(&Fields, &Definition) -> Typed,
    ) -> Result<Response, PageError> {
        let t = self.signed.text;
        let (status, errors) = match &error {
            AppError::Survey(
                SurveyError::Conflict { .. }
                | SurveyError::UnknownQuestion(_)
                | SurveyError::Clash(_),
            ) => (StatusCode::CONFLICT, Vec::new()),
            AppError::Survey(SurveyError::TooMuch(found)) => {
                let said = found.iter().map(|problem| FormError {
                    field: String::new(),
                    message: survey_problem(problem, t).1,
                });
                (StatusCode::UNPROCESSABLE_ENTITY, said.collect())
            }
            AppError::Survey(SurveyError::NothingToUndo | SurveyError::FindingGone) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                vec![describe(&error, t).into()],
            ),
            AppError::Invalid {
                field: "reason", ..
            } => {
                let code = self.fields.raw("dismiss").unwrap_or_default();
                let error = FormError {
                    field: reason_field(code),
                    ..describe(&error, t).into()
                };
                (StatusCode::UNPROCESSABLE_ENTITY, vec![error])
            }
            _ => return Err(error.into()),
        };
        let Self {
            signed,
            fields,
            mut view,
            revision,
        } = self;
        let is_conflict = status == StatusCode::CONFLICT;
        if is_conflict {
            view.since = Some(revision);
        }
        let typed = |draft: &Definition| match error {
            AppError::Survey(SurveyError::Clash(clashing)) => {
                let clashes = clash_views(t, &clashing, draft, &|_| None);
                let lost = if clashes.is_empty() {
                    typed_texts(&fields)
                } else {
                    Vec::new()
                };
                Typed {
                    is_conflict,
                    clashes,
                    lost,
                    ..Typed::proposed(&clashing.proposal, &view)
                }
            }
            _ => Typed {
                is_conflict,
                ..keep(&fields, draft)
            },
        };
        let view = view.clone();
        show_refused(web, &signed, view, status, typed, errors).await
    }
}

/// A change, but for what somebody else typed wherever that was chosen.
pub(super) fn as_chosen(fields: &Fields, edit: Edit) -> Edit {
    let chosen = fields.iter().filter(|(_, value)| *value == "theirs");
    let kept: Vec<Vec<String>> = chosen
        .filter_map(|(name, _)| name.strip_prefix(CHOICE))
        .map(|path| path.split('/').map(str::to_owned).collect())
        .collect();
    if kept.is_empty() {
        return edit;
    }
    Edit::Except {
        edit: Box::new(edit),
        kept,
    }
}

/// On to an address.
pub(super) fn go(address: &str) -> Response {
    Redirect::to(address).into_response()
}
