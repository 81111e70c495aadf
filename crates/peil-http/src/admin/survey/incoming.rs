//! What a file of another program would become, before it becomes it: questions, languages, logic,
//! and what is not carried over. As a new questionnaire, in the place of a draft, or behind it.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use peil_app::{
    AppError,
    survey::{Joining, PreviewedSurvey, SurveyError},
};
use peil_domain::survey::{Definition, QuestionKind, Survey};

use super::{
    file::{Group, groups},
    words,
};
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
#[template(path = "survey/incoming.html")]
struct IncomingPage {
    t: Text,
    frame: Frame,
    mark: String,
    name: String,
    format: String,
    kept: usize,
    of: usize,
    left_out: usize,
    facts: Vec<(String, String)>,
    pages: Vec<PageView>,
    groups: Vec<Group>,
    /// The questionnaire whose draft it would replace, with what that changes.
    target: Option<TargetView>,
    errors: Vec<FormError>,
}

struct PageView {
    title: String,
    /// Number, text, facts.
    questions: Vec<(usize, String, String)>,
}

struct TargetView {
    name: String,
    href: String,
    revision: i32,
    is_published: bool,
    gone: usize,
    new: usize,
    changed: usize,
}

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let found = web.app.get_previewed_survey(&signed.identity.actor).await;
    match found {
        Ok(found) => incoming_page(&signed, &found, None, Vec::new()),
        // It was made or thrown away: the next one can be chosen.
        Err(AppError::NotFound) => Ok(Redirect::to("/surveys/import").into_response()),
        Err(error) => Err(error.into()),
    }
}

fn incoming_page(
    signed: &Signed,
    found: &PreviewedSurvey,
    typed_name: Option<&str>,
    errors: Vec<FormError>,
) -> Result<Response, PageError> {
    let t = signed.text;
    let (pending, definition) = (&found.pending, &found.pending.definition);
    let report = &pending.report;
    let target = found.target.as_ref().map(|target| {
        let count = |codes: &[&str]| {
            let changes = found.changes.iter();
            let mut keys: Vec<&str> = changes
                .filter(|change| codes.contains(&change.code()))
                .map(|change| change.key().as_str())
                .collect();
            keys.sort_unstable();
            keys.dedup();
            keys.len()
        };
        let changed = found.changes.iter();
        let mut changed: Vec<&str> = changed
            .filter(|change| !matches!(change.code(), "added" | "removed" | "moved"))
            .map(|change| change.key().as_str())
            .collect();
        changed.sort_unstable();
        changed.dedup();
        TargetView {
            name: target.name.clone(),
            href: format!("/surveys/{}", target.id),
            revision: target.revision,
            is_published: target.state != peil_domain::survey::SurveyState::Draft,
            gone: count(&["removed"]),
            new: count(&["added"]),
            changed: changed.len(),
        }
    });
    page(&IncomingPage {
        t,
        frame: Frame::new(signed, "survey", t.s("survey-file-title")),
        mark: pending.mark.clone(),
        name: typed_name.unwrap_or(&pending.name).to_owned(),
        format: t.s(&format!("survey-file-format-{}", report.format.code())),
        kept: report.questions_kept,
        of: report.questions_in,
        left_out: report.items_left_out,
        facts: facts(t, definition),
        pages: pages(t, definition),
        groups: groups(t, report.items.clone()),
        target,
        errors,
    })
}

/// What there will be, counted.
fn facts(t: Text, definition: &Definition) -> Vec<(String, String)> {
    let coverage = definition.coverage();
    let languages: Vec<String> = coverage
        .iter()
        .map(|one| {
            let name = words::languages(t, &[one.language]);
            let done = t.a(
                "survey-texts-done",
                &[("done", one.done.into()), ("n", one.total.into())],
            );
            format!("{name}: {done}")
        })
        .collect();
    let options = |question: &peil_domain::survey::Question| match &question.kind {
        QuestionKind::Choice { options, .. } => options
            .iter()
            .filter(|option| option.show_if.is_some())
            .count(),
        _ => 0,
    };
    let questions = definition
        .questions()
        .map(|one| usize::from(one.show_if.is_some()) + options(one));
    let in_pages = definition
        .pages
        .iter()
        .map(|page| usize::from(page.show_if.is_some()) + page.jumps.len());
    let conditions = questions.sum::<usize>() + in_pages.sum::<usize>() + definition.endings.len();
    let logic = t.a(
        "survey-incoming-logic-kept",
        &[
            ("conditions", conditions.into()),
            ("calculations", definition.calculations.len().into()),
            ("quotas", definition.quotas.len().into()),
        ],
    );
    let asked = words::asked(definition);
    let minutes = definition.estimated_minutes();
    vec![
        (
            t.s("survey-print-size"),
            format!(
                "{} · {}",
                t.a("survey-questions-count", &[("n", asked.into())]),
                t.a("survey-minutes", &[("n", minutes.into())])
            ),
        ),
        (t.s("survey-languages"), languages.join(" · ")),
        (t.s("survey-incoming-logic"), logic),
    ]
}

fn pages(t: Text, definition: &Definition) -> Vec<PageView> {
    let language = Survey::language_or_first(definition, t.language);
    let mut numbers = 1..;
    let pages = definition.pages.iter().zip(1_usize..);
    let view = |(page, number): (&peil_domain::survey::Page, usize)| {
        let heading = t.a("survey-print-page", &[("n", number.into())]);
        let title = page.title.get(language);
        let questions = page.questions.iter().zip(&mut numbers);
        PageView {
            title: if title.is_empty() {
                heading
            } else {
                format!("{heading}: {title}")
            },
            questions: questions
                .map(|(question, number)| {
                    let facts = words::facts(t, question).join(" · ");
                    (number, words::short(question.text.get(language)), facts)
                })
                .collect(),
        }
    };
    pages.map(view).collect()
}

/// Makes what waits.
pub(super) async fn accept(
    State(web): State<Web>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let SignedForm { signed, fields } = form;
    let actor = &signed.identity.actor;
    let is_new = fields.some("revision").is_none();
    let revision = fields.get("revision").parse().unwrap_or(0);
    let name = fields.some("name");
    let joining = match fields.get("how") {
        "behind" => Joining::Follows,
        _ => Joining::Replaces,
    };
    let made = web
        .app
        .accept_previewed_survey(actor, fields.get("mark"), name, (joining, revision))
        .await;
    match made {
        Ok(survey) if is_new => {
            let path = format!("/surveys/{}/import", survey.id);
            Ok(done(&path, "survey-created"))
        }
        Ok(survey) => {
            let path = format!("/surveys/{}", survey.id);
            let notice = match joining {
                Joining::Follows => "survey-appended",
                Joining::Replaces => "survey-replaced",
            };
            Ok(done(&path, notice))
        }
        Err(
            error @ (AppError::Invalid { .. }
            | AppError::Survey(SurveyError::Conflict { .. } | SurveyError::TooMuch(_))),
        ) => {
            let found = web.app.get_previewed_survey(actor).await?;
            let status = match &error {
                AppError::Survey(SurveyError::Conflict { .. }) => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let errors = vec![describe(&error, signed.text).into()];
            let page = incoming_page(&signed, &found, Some(fields.get("name")), errors)?;
            Ok((status, page).into_response())
        }
        Err(AppError::NotFound) => Ok(Redirect::to("/surveys/import").into_response()),
        Err(error) => Err(error.into()),
    }
}

/// Throws away what waits.
pub(super) async fn reject(
    State(web): State<Web>,
    form: SignedForm,
) -> Result<Response, PageError> {
    web.app
        .drop_previewed_survey(&form.signed.identity.actor)
        .await?;
    Ok(Redirect::to("/surveys/import").into_response())
}
