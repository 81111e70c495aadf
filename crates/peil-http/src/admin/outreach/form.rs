//! Making a wave: what is asked, whom, and what colleagues call it.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::{AppError, outreach::NewWave};
use peil_domain::{access::Right, survey::SurveyState};

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
#[template(path = "outreach/new.html")]
struct NewPage<'a> {
    t: Text,
    frame: Frame,
    surveys: Vec<Choice>,
    segments: Vec<Choice>,
    name: &'a str,
    everyone: bool,
    errors: &'a [FormError],
}

impl NewPage<'_> {
    fn is_wrong(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }
}

/// Something to choose from a list.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    if !signed.identity.actor.has(Right::WriteOutreach) {
        return Err(AppError::Forbidden(Right::WriteOutreach).into());
    }
    new_page(&web, &signed, &signed.query, &[]).await
}

async fn new_page(
    web: &Web,
    signed: &Signed,
    values: &Fields,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let (actor, t) = (&signed.identity.actor, signed.text);
    let mut surveys: Vec<Choice> = Vec::new();
    for found in web.app.list_surveys(actor).await? {
        let survey = found.survey;
        let value = survey.id.to_string();
        let label = match survey.state {
            SurveyState::Closed => continue,
            SurveyState::Live => survey.name,
            SurveyState::Draft => t.a("outreach-survey-draft", &[("name", survey.name.into())]),
        };
        surveys.push(Choice {
            is_chosen: values.get("survey") == value,
            value,
            label,
        });
    }
    page(&NewPage {
        t,
        surveys,
        segments: segments(web, signed, values.get("segment")).await?,
        name: values.get("name"),
        everyone: values.get("segment").is_empty(),
        errors,
        frame: Frame::new(signed, "outreach", t.s("outreach-new")),
    })
}

/// The segments to choose from, each with its size.
pub(super) async fn segments(
    web: &Web,
    signed: &Signed,
    chosen: &str,
) -> Result<Vec<Choice>, PageError> {
    let t = signed.text;
    let found = web.app.list_segments(&signed.identity.actor).await?;
    let choices = found.into_iter().map(|found| {
        let value = found.segment.id.to_string();
        let label = match found.size {
            Some(size) => {
                let arguments = [
                    ("name", found.segment.name.into()),
                    ("n", t.count(size).into()),
                ];
                t.a("outreach-segment-size", &arguments)
            }
            None => found.segment.name,
        };
        Choice {
            is_chosen: chosen == value,
            value,
            label,
        }
    });
    Ok(choices.collect())
}

pub(super) async fn create(
    State(web): State<Web>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    match read(&web, &signed, &fields).await {
        Ok(path) => Ok(done(&path, "wave-made")),
        Err(error @ AppError::Invalid { .. }) => {
            let errors = [describe(&error, signed.text).into()];
            let shown = new_page(&web, &signed, &fields, &errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn read(web: &Web, signed: &Signed, fields: &Fields) -> Result<String, AppError> {
    let unknown = |field: &'static str| AppError::Invalid {
        field,
        code: "unknown",
    };
    let survey = fields.some("survey").ok_or(AppError::Invalid {
        field: "survey",
        code: "missing",
    })?;
    let segment = fields.some("segment").map(str::parse).transpose();
    let input = NewWave {
        survey: survey.parse().map_err(|_| unknown("survey"))?,
        segment: segment.map_err(|_| unknown("segment"))?,
        name: fields.get("name").to_owned(),
    };
    let wave = web.app.create_wave(&signed.identity.actor, input).await?;
    Ok(format!("/outreach/{}", wave.id))
}
