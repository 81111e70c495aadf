//! The last step of the first visit: three ways to first answers.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::find;
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "survey/start.html")]
struct StartPage {
    t: Text,
    frame: Frame,
    id: String,
    name: String,
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let survey = find(&web, &signed, &id).await?.survey;
    let t = signed.text;
    page(&StartPage {
        t,
        frame: Frame::new(&signed, "survey", t.s("survey-start-title")),
        id: survey.id.to_string(),
        name: survey.name,
    })
}
