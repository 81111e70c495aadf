//! Templates to start from.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use peil_app::{
    AppError,
    survey::{self, NewSurvey},
};
use peil_domain::{
    access::Right,
    survey::{SurveyPurpose, review::Channel},
};

use super::words;
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        parts::FormError,
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "survey/gallery.html")]
struct GalleryPage {
    t: Text,
    frame: Frame,
    is_first: bool,
    shelves: Vec<Shelf>,
}

#[derive(Template)]
#[template(path = "survey/template.html")]
struct TemplatePage {
    t: Text,
    frame: Frame,
    is_first: bool,
    card: Card,
    name: String,
    pages: Vec<(String, Vec<(String, String)>)>,
    errors: Vec<FormError>,
}

/// Templates that are used alike.
struct Shelf {
    id: &'static str,
    name: String,
    cards: Vec<Card>,
}

/// A template in short.
pub(super) struct Card {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) moment: String,
    pub(super) measures: String,
    pub(super) channel: String,
    pub(super) questions: String,
    pub(super) minutes: String,
    languages: String,
    purpose: String,
    is_empty: bool,
}

impl Card {
    pub(super) fn new(t: Text, template: &survey::Template) -> Self {
        let definition = &template.definition;
        let questions = words::asked(definition);
        Self {
            code: template.code.clone(),
            name: template.name.get(t.language).to_owned(),
            description: template.description.get(t.language).to_owned(),
            moment: template.moment.get(t.language).to_owned(),
            measures: words::measures(t, template),
            channel: t.s(words::channel(template.channel)),
            questions: t.a("survey-questions-count", &[("n", questions.into())]),
            minutes: t.a(
                "survey-minutes",
                &[("n", definition.estimated_minutes().into())],
            ),
            languages: words::languages(t, &definition.languages),
            purpose: t.s(match template.purpose {
                SurveyPurpose::Relational => "survey-purpose-relational",
                SurveyPurpose::Transactional => "survey-purpose-transactional",
            }),
            is_empty: questions == 0,
        }
    }
}

pub(super) async fn show(signed: Signed) -> Result<Response, PageError> {
    may_write(&signed)?;
    let t = signed.text;
    page(&GalleryPage {
        t,
        frame: Frame::new(&signed, "survey", t.s("survey-new-title")),
        is_first: signed.query.is_on("first"),
        shelves: shelves(t),
    })
}

/// All templates: about the relation, about one moment, of one or two questions, and the empty one.
fn shelves(t: Text) -> Vec<Shelf> {
    const SHELVES: [(&str, &str); 4] = [
        ("relation", "survey-shelf-relation"),
        ("moment", "survey-shelf-moment"),
        ("brief", "survey-shelf-brief"),
        ("empty", "survey-shelf-empty"),
    ];
    let shelf_of = |template: &survey::Template| match template.purpose {
        _ if words::asked(&template.definition) == 0 => "empty",
        _ if template.channel != Channel::Page => "brief",
        SurveyPurpose::Relational => "relation",
        SurveyPurpose::Transactional => "moment",
    };
    SHELVES
        .into_iter()
        .map(|(id, name)| Shelf {
            id,
            name: t.s(name),
            cards: survey::templates()
                .iter()
                .filter(|template| shelf_of(template) == id)
                .map(|template| Card::new(t, template))
                .collect(),
        })
        .collect()
}

pub(super) async fn show_template(
    Path(code): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let template = find(&code)?;
    let name = template.name.get(signed.text.language).to_owned();
    let is_first = signed.query.is_on("first");
    template_page(&signed, template, name, is_first, Vec::new())
}

fn template_page(
    signed: &Signed,
    template: &survey::Template,
    name: String,
    is_first: bool,
    errors: Vec<FormError>,
) -> Result<Response, PageError> {
    may_write(signed)?;
    let t = signed.text;
    let pages = template.definition.pages.iter().map(|page| {
        let questions = page.questions.iter().map(|question| {
            (
                question.text.get(t.language).to_owned(),
                words::kind(t, &question.kind),
            )
        });
        (page.title.get(t.language).to_owned(), questions.collect())
    });
    page(&TemplatePage {
        t,
        frame: Frame::new(signed, "survey", template.name.get(t.language)),
        is_first,
        card: Card::new(t, template),
        name,
        pages: pages.collect(),
        errors,
    })
}

pub(super) async fn create(
    State(web): State<Web>,
    Path(code): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let template = find(&code)?;
    let name = fields.get("name").to_owned();
    let input = NewSurvey {
        template: code,
        name: name.clone(),
        slug: None,
    };
    match web.app.create_survey(&signed.identity.actor, input).await {
        Ok(survey) => {
            let path = format!("/surveys/{}", survey.id);
            if fields.is_on("first") {
                return Ok(Redirect::to(&format!("{path}/start")).into_response());
            }
            Ok(done(&path, "survey-created"))
        }
        Err(error @ AppError::Invalid { .. }) => {
            let errors = vec![describe(&error, signed.text).into()];
            let is_first = fields.is_on("first");
            let page = template_page(&signed, template, name, is_first, errors)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn find(code: &str) -> Result<&'static survey::Template, AppError> {
    survey::templates()
        .iter()
        .find(|template| template.code == code)
        .ok_or(AppError::NotFound)
}

/// Someone who may not make questionnaires has nothing to choose from.
pub(super) fn may_write(signed: &Signed) -> Result<(), AppError> {
    if signed.identity.actor.has(Right::WriteSurveys) {
        Ok(())
    } else {
        Err(AppError::Forbidden(Right::WriteSurveys))
    }
}
