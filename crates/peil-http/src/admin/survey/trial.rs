//! Trying a draft as a customer would meet it, with what is known of that customer chosen first when
//! the questionnaire looks at it. Nothing is kept.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_domain::{
    shared::{Language, QuestionKey},
    survey::Survey,
};

use super::{
    Head, find,
    logic::{AttributeView, attributes_of},
    words::Tongue,
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{
        fields::Fields,
        problem::PageError,
        signed::{Signed, SignedForm},
        text::Text,
    },
    respond::{ATTRIBUTE, Trial},
};

#[derive(Template)]
#[template(path = "survey/try.html")]
struct TryPage {
    t: Text,
    frame: Frame,
    head: Head,
    /// What can be known of the customer, each with the name of its field.
    attributes: Vec<(String, AttributeView)>,
    languages: Vec<Tongue>,
    language: Language,
}

/// The first page of the draft, to be answered from beginning to end without anything being kept;
/// before it, who answers, when the draft looks at that.
pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let survey = &overview.survey;
    let wanted = signed.query.get("language").parse();
    let language = wanted.unwrap_or(signed.text.language);
    let attributes = attributes_of(&web, &signed, &survey.draft).await?;
    if !attributes.is_empty() && signed.query.raw("begin").is_none() {
        return page(&TryPage {
            t: signed.text,
            frame: Frame::new(&signed, "survey", signed.text.s("survey-try-whole")),
            head: Head::new(&signed, &overview, "editor"),
            languages: Tongue::used(signed.text, &survey.draft),
            language: Survey::language_or_first(&survey.draft, language),
            attributes: attributes
                .into_iter()
                .map(|attribute| (format!("{ATTRIBUTE}{}", attribute.key), attribute))
                .collect(),
        });
    }
    let known = known(&signed.query, survey);
    trial(survey, &signed, &address(survey), known).first(language)
}

/// The next page of the draft that is tried.
pub(super) async fn go_on(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let SignedForm { signed, fields } = form;
    let survey = find(&web, &signed, &id).await?.survey;
    let known = known(&fields, &survey);
    trial(&survey, &signed, &address(&survey), known).turn(&fields, signed.text.language)
}

/// What was chosen to be known of the customer.
fn known(fields: &Fields, survey: &Survey) -> BTreeMap<QuestionKey, String> {
    let asked = survey.draft.attributes().into_iter();
    asked
        .filter_map(|key| {
            let value = fields.get(&format!("{ATTRIBUTE}{key}"));
            (!value.is_empty()).then(|| (key, value.chars().take(LONGEST).collect()))
        })
        .collect()
}

/// Longest value that is taken, in characters.
const LONGEST: usize = 200;

fn address(survey: &Survey) -> String {
    format!("/surveys/{}/try", survey.id)
}

fn trial<'a>(
    survey: &'a Survey,
    signed: &'a Signed,
    address: &'a str,
    known: BTreeMap<QuestionKey, String>,
) -> Trial<'a> {
    Trial {
        definition: &survey.draft,
        workspace: &signed.identity.workspace,
        address,
        token: &signed.csrf,
        known,
    }
}
