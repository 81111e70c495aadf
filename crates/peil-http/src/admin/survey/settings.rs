//! Name, address, who may answer; closing, reopening and removing.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::{
    AppError,
    survey::{SurveyChange, SurveyError, SurveyOverview},
};
use peil_domain::{
    access::Right,
    journey::Touchpoint,
    shared::SurveyId,
    survey::{Survey, SurveyPurpose},
};

use super::{Head, find};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        fields::Fields,
        parts::FormError,
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "survey/settings.html")]
struct SettingsPage {
    t: Text,
    frame: Frame,
    head: Head,
    values: Values,
    revision: i32,
    link_start: String,
    touchpoints: Vec<Touchpoint>,
    can_remove: bool,
    is_of_file: bool,
    errors: Vec<FormError>,
}

impl SettingsPage {
    fn is_wrong(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }
}

/// What stands in the form.
struct Values {
    name: String,
    slug: String,
    is_relational: bool,
    has_public_link: bool,
    allows_repeats: bool,
    touchpoint: String,
}

impl Values {
    fn of(survey: &Survey) -> Self {
        Self {
            name: survey.name.clone(),
            slug: survey.slug.to_string(),
            is_relational: survey.purpose == SurveyPurpose::Relational,
            has_public_link: survey.has_public_link,
            allows_repeats: survey.allows_repeats,
            touchpoint: survey
                .touchpoint
                .map(|id| id.to_string())
                .unwrap_or_default(),
        }
    }

    fn typed(fields: &Fields) -> Self {
        Self {
            name: fields.get("name").to_owned(),
            slug: fields.get("slug").to_owned(),
            is_relational: fields.get("purpose") != "transactional",
            has_public_link: fields.is_on("has_public_link"),
            allows_repeats: fields.is_on("allows_repeats"),
            touchpoint: fields.get("touchpoint").to_owned(),
        }
    }

    fn change(&self) -> Result<SurveyChange, AppError> {
        let unknown = AppError::Invalid {
            field: "touchpoint",
            code: "unknown",
        };
        let touchpoint = match self.touchpoint.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| unknown)?),
        };
        Ok(SurveyChange {
            name: self.name.clone(),
            slug: self.slug.parse().map_err(SurveyError::from)?,
            purpose: if self.is_relational {
                SurveyPurpose::Relational
            } else {
                SurveyPurpose::Transactional
            },
            has_public_link: self.has_public_link,
            allows_repeats: self.allows_repeats,
            touchpoint,
        })
    }
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let values = Values::of(&overview.survey);
    settings_page(&web, &signed, &overview, values, Vec::new()).await
}

async fn settings_page(
    web: &Web,
    signed: &Signed,
    overview: &SurveyOverview,
    values: Values,
    errors: Vec<FormError>,
) -> Result<Response, PageError> {
    if !signed.identity.actor.has(Right::WriteSurveys) {
        return Err(AppError::Forbidden(Right::WriteSurveys).into());
    }
    let actor = &signed.identity.actor;
    let of_file = web.app.get_survey_import(actor, overview.survey.id).await?;
    page(&SettingsPage {
        t: signed.text,
        frame: Frame::new(signed, "survey", &overview.survey.name),
        head: Head::new(signed, overview, "settings"),
        values,
        revision: overview.survey.revision,
        link_start: format!("{}/s/", web.app.public_url()),
        touchpoints: web.app.list_touchpoints(actor).await?,
        can_remove: overview.responses == 0,
        is_of_file: of_file.is_some(),
        errors,
    })
}

pub(super) async fn save(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let survey: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let values = Values::typed(&fields);
    let revision = fields.get("revision").parse().unwrap_or(0);
    let actor = &signed.identity.actor;
    let saved = match values.change() {
        Ok(change) => web.app.update_survey(actor, survey, revision, change).await,
        Err(error) => Err(error),
    };
    let error = match saved {
        Ok(_) => return Ok(done(&format!("/surveys/{survey}/settings"), "survey-saved")),
        Err(
            error @ (AppError::Invalid { .. }
            | AppError::Survey(
                SurveyError::SlugTaken | SurveyError::Slug(_) | SurveyError::Conflict { .. },
            )),
        ) => error,
        Err(error) => return Err(error.into()),
    };
    let (status, said) = match &error {
        AppError::Survey(SurveyError::Conflict { .. }) => {
            let message = signed.text.s("survey-conflict-settings");
            (
                StatusCode::CONFLICT,
                FormError {
                    field: String::new(),
                    message,
                },
            )
        }
        other => (
            StatusCode::UNPROCESSABLE_ENTITY,
            describe(other, signed.text).into(),
        ),
    };
    let overview = find(&web, &signed, &id).await?;
    let page = settings_page(&web, &signed, &overview, values, vec![said]).await?;
    Ok((status, page).into_response())
}

pub(super) async fn close(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let survey = id.parse().map_err(|_| AppError::NotFound)?;
    web.app
        .close_survey(&form.signed.identity.actor, survey)
        .await?;
    Ok(done(
        &format!("/surveys/{survey}/settings"),
        "survey-closed",
    ))
}

pub(super) async fn reopen(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let survey = id.parse().map_err(|_| AppError::NotFound)?;
    web.app
        .reopen_survey(&form.signed.identity.actor, survey)
        .await?;
    Ok(done(
        &format!("/surveys/{survey}/settings"),
        "survey-reopened",
    ))
}

pub(super) async fn remove(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let signed = form.signed;
    let survey: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    match web.app.remove_survey(&signed.identity.actor, survey).await {
        Ok(()) => Ok(done("/surveys", "survey-removed")),
        Err(error @ AppError::Survey(SurveyError::HasAnswers | SurveyError::HasWaves)) => {
            let overview = find(&web, &signed, &id).await?;
            let values = Values::of(&overview.survey);
            let errors = vec![describe(&error, signed.text).into()];
            let page = settings_page(&web, &signed, &overview, values, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
