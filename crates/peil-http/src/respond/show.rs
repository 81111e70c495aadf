//! Shows a form and the page after it. Nothing here writes.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use peil_app::{
    AppError,
    collect::{CollectError, Form, Why},
};
use peil_domain::{
    outreach::Channel,
    response::{AnswerProblem, RawAnswers},
    shared::QuestionKey,
};

use super::{
    fields::{self, clicked_scores, read_channel, travelling},
    friendly, guard,
    link::Link,
    page,
    question::{Ask, Marking, Shape},
    shell::{Shell, Switch},
};
use crate::{
    Web,
    edge::{
        problem::{BUSY_SECONDS, PageError},
        visitor::Visitor,
    },
};

/// A page of questions.
#[derive(Template)]
#[template(path = "respond/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) shell: Shell<'a>,
    pub(super) action: String,
    pub(super) title: &'a str,
    pub(super) is_title_seen: bool,
    pub(super) intro: &'a str,
    pub(super) hidden: Vec<(&'a str, &'a str)>,
    pub(super) notice: Option<String>,
    pub(super) asks: Vec<Ask<'a>>,
    pub(super) page: usize,
    pub(super) pages: usize,
    pub(super) is_preview: bool,
}

/// What a form is shown with.
pub(super) struct Shown<'a> {
    pub(super) link: &'a Link,
    pub(super) form: &'a Form,
    pub(super) page: usize,
    pub(super) answers: &'a RawAnswers,
    pub(super) why: &'a Why,
}

pub(super) async fn show_public(
    State(web): State<Web>,
    Path(slug): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let link = Link::public(&slug);
    let wanted = visitor.query.get("lang").parse().ok();
    let channel = read_channel(visitor.query.get("via"));
    let Link::Public(Some(slug)) = &link else {
        return friendly::refuse(&web, &visitor, &link, CollectError::UnknownLink.into()).await;
    };
    let form = match web
        .app
        .open_public(slug, wanted, visitor.browser, channel)
        .await
    {
        Ok(form) => form,
        Err(error) => return friendly::refuse(&web, &visitor, &link, error).await,
    };
    let survey = &form.open.survey;
    if !survey.allows_repeats && guard::answered_before(&headers) == Some(survey.id) {
        let error = CollectError::AlreadyAnswered.into();
        return friendly::refuse(&web, &visitor, &link, error).await;
    }
    first_page(&visitor, &link, &form)
}

pub(super) async fn show_personal(
    State(web): State<Web>,
    Path(token): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let link = Link::Personal(token.clone());
    let wanted = visitor.query.get("lang").parse().ok();
    match web.app.open_personal(&token, wanted).await {
        Ok(form) => first_page(&visitor, &link, &form),
        Err(error) => friendly::refuse(&web, &visitor, &link, error).await,
    }
}

fn first_page(visitor: &Visitor, link: &Link, form: &Form) -> Result<Response, PageError> {
    let answers = clicked_scores(&visitor.query, &form.open.version.definition);
    form_page(&Shown {
        link,
        form,
        page: 0,
        answers: &answers,
        why: &Why::Turn,
    })
}

/// Renders a page of a form.
pub(super) fn form_page(shown: &Shown<'_>) -> Result<Response, PageError> {
    let (form, definition) = (shown.form, &shown.form.open.version.definition);
    let page_number = shown.page.to_string();
    let mut hidden = vec![
        (fields::FORM, form.token.as_str()),
        (fields::PAGE, page_number.as_str()),
        (fields::LANGUAGE, form.language.code()),
    ];
    if form.channel == Channel::Qr {
        hidden.push((fields::VIA, form.channel.code()));
    }
    hidden.extend(travelling(definition, shown.page, shown.answers));
    let shell = Shell::new(&form.open.workspace, form.language)
        .on(shown.link)
        .at(definition, shown.page)
        .switching(&definition.languages, &Switch::Button);
    let refused: &[(QuestionKey, AnswerProblem)] = match shown.why {
        Why::Refused(refused) => refused,
        _ => &[],
    };
    let t = shell.t;
    let (status, notice) = match shown.why {
        Why::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, None),
        Why::Fresh => (StatusCode::OK, Some(t.s("respond-fresh"))),
        Why::Busy => (StatusCode::SERVICE_UNAVAILABLE, Some(t.s("respond-busy"))),
        Why::TooMany => (StatusCode::TOO_MANY_REQUESTS, Some(t.s("respond-too-many"))),
        Why::Failed => (StatusCode::SERVICE_UNAVAILABLE, Some(t.s("respond-failed"))),
        Why::Turn => (StatusCode::OK, None),
    };
    let mut template = content(shown, shell, refused);
    template.hidden = hidden;
    template.notice = notice;
    let mut response = page(&template)?;
    *response.status_mut() = status;
    let wait = match shown.why {
        Why::Busy => Some(BUSY_SECONDS),
        Why::TooMany | Why::Failed => Some("60"),
        _ => None,
    };
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
    }
    Ok(response)
}

fn content<'a>(
    shown: &Shown<'a>,
    shell: Shell<'a>,
    refused: &[(QuestionKey, AnswerProblem)],
) -> FormPage<'a> {
    let definition = &shown.form.open.version.definition;
    let template = FormPage::of(definition, shown.page, shown.answers, refused, shell);
    FormPage {
        action: shown.link.path(),
        ..template
    }
}

impl<'a> FormPage<'a> {
    /// A page of `definition`, of nobody's link yet.
    pub(super) fn of(
        definition: &'a peil_domain::survey::Definition,
        page: usize,
        answers: &'a RawAnswers,
        refused: &[(QuestionKey, AnswerProblem)],
        shell: Shell<'a>,
    ) -> Self {
        let t = shell.t;
        let marking = Marking::for_questions(definition.questions());
        let content = definition.pages.get(page);
        let heading = content.map_or("", |content| content.title.get(t.language));
        let title = if heading.is_empty() {
            definition.title.get(t.language)
        } else {
            heading
        };
        let questions = content.into_iter().flat_map(|content| &content.questions);
        let intro = if page == 0 {
            definition.intro.get(t.language)
        } else {
            ""
        };
        Self {
            action: String::new(),
            title,
            is_title_seen: page == 0 || !heading.is_empty(),
            intro,
            hidden: Vec::new(),
            notice: None,
            asks: questions
                .map(|question| Ask::new(question, answers, refused, marking, t))
                .collect(),
            page,
            pages: definition.pages.len(),
            is_preview: false,
            shell,
        }
    }

    /// How many questions are wrong.
    fn wrong(&self) -> usize {
        self.asks.iter().filter(|ask| ask.problem.is_some()).count()
    }
}

/// The page after the last answer.
#[derive(Template)]
#[template(path = "respond/thanks.html")]
struct ThanksPage<'a> {
    shell: Shell<'a>,
    thanks: &'a str,
    thanks_low: &'a str,
}

pub(super) async fn show_public_thanks(
    State(web): State<Web>,
    Path(slug): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    thanks(&web, &visitor, &Link::public(&slug)).await
}

pub(super) async fn show_personal_thanks(
    State(web): State<Web>,
    Path(token): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    thanks(&web, &visitor, &Link::Personal(token)).await
}

async fn thanks(web: &Web, visitor: &Visitor, link: &Link) -> Result<Response, PageError> {
    let unknown = || AppError::from(CollectError::UnknownLink);
    let Some(look) = link.look(&web.app).await else {
        return friendly::refuse(web, visitor, link, unknown()).await;
    };
    let Some(version) = &look.version else {
        return friendly::refuse(web, visitor, link, unknown()).await;
    };
    let language = look.language([visitor.query.get("lang").parse().ok(), visitor.browser]);
    let definition = &version.definition;
    let is_low = visitor.query.is_on("low");
    let here = format!("{}/done{}", link.path(), if is_low { "?low=1" } else { "" });
    let shell = Shell::new(&look.workspace, language)
        .on(link)
        .switching(&definition.languages, &Switch::Link(&here));
    page(&ThanksPage {
        thanks: definition.thanks.get(language),
        thanks_low: if is_low {
            definition.thanks_low.get(language)
        } else {
            ""
        },
        shell: Shell {
            progress: Some((1, 1)),
            ..shell
        },
    })
}
