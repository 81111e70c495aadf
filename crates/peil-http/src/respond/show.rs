//! Shows a form and the page after it. Nothing here writes.

use std::{borrow::Cow, collections::BTreeMap};

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
    response::{Flow, RawAnswers, Refused, Respondent},
    shared::{Language, ResponseId},
    survey::Definition,
};

use super::{
    LIVE_POLICY, POLICY,
    fields::{self, clicked_scores, read_channel, travelling},
    friendly, guard,
    link::Link,
    page, page_under,
    question::{Around, Ask, Marking},
    shape::Shape,
    shell::{Shell, Switch},
    words::Words,
};
use crate::{
    Web,
    edge::{
        assets,
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
    pub(super) title: Cow<'a, str>,
    pub(super) is_title_seen: bool,
    pub(super) intro: Cow<'a, str>,
    pub(super) hidden: Vec<(&'a str, &'a str)>,
    pub(super) notice: Option<String>,
    pub(super) asks: Vec<Ask<'a>>,
    pub(super) is_first: bool,
    /// Whether the answers are sent after it, whatever is answered on it.
    pub(super) is_last: bool,
    pub(super) is_preview: bool,
    /// The script of a page on which a question depends on another.
    pub(super) script: Option<String>,
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
    let clicked = clicked_scores(&visitor.query, &form.open.version.definition);
    let resumed = form.resumed.as_ref();
    let mut answers = resumed
        .map(|before| before.answers.clone())
        .unwrap_or_default();
    // A click in the mail is newer than what was answered before.
    let page = resumed
        .map(|before| before.page)
        .filter(|_| clicked.is_empty());
    answers.extend(clicked);
    let flow = Flow::of_form(&form.open.version.definition, &form.respondent, &answers);
    form_page(&Shown {
        link,
        form,
        page: page.unwrap_or_else(|| flow.nearest(0)),
        answers: &answers,
        why: &Why::Turn,
    })
}

/// Renders a page of a form.
pub(super) fn form_page(shown: &Shown<'_>) -> Result<Response, PageError> {
    let (form, definition) = (shown.form, &shown.form.open.version.definition);
    let flow = Flow::of_form(definition, &form.respondent, shown.answers);
    let page_number = shown.page.to_string();
    let mut hidden = vec![
        (fields::FORM, form.token.as_str()),
        (fields::PAGE, page_number.as_str()),
        (fields::LANGUAGE, form.language.code()),
    ];
    if form.channel == Channel::Qr {
        hidden.push((fields::VIA, form.channel.code()));
    }
    hidden.extend(travelling(definition, &flow, shown.page, shown.answers));
    let shell = Shell::new(&form.open.workspace, form.language)
        .dressed(&form.open.workspace, &definition.look)
        .on(shown.link)
        .at(definition, &flow, shown.page)
        .switching(&definition.languages, &Switch::Button);
    let none = Refused::new();
    let refused = match shown.why {
        Why::Refused(refused) => refused,
        _ => &none,
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
    let words = Words::new(&form.open.workspace, t);
    let around = Around {
        flow: &flow,
        page: shown.page,
        answers: shown.answers,
        refused,
        marking: Marking::for_questions(definition.questions()),
        words: words.wording(),
        t,
        pictures: &words.pictures,
        is_live: flow.is_live(shown.page),
    };
    let mut template = FormPage::of(definition, &around, shell);
    template.action = shown.link.path();
    template.hidden = hidden;
    template.notice = notice;
    let mut response = template.render_page()?;
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

impl<'a> FormPage<'a> {
    /// A page of `definition`, of nobody's link yet.
    pub(super) fn of(definition: &'a Definition, around: &Around<'a>, shell: Shell<'a>) -> Self {
        let (t, page) = (shell.t, around.page);
        let content = definition.pages.get(page);
        let heading = content.map_or("", |content| content.title.get(t.language));
        let title = if heading.is_empty() {
            definition.title.get(t.language)
        } else {
            heading
        };
        let is_first = around.flow.previous(page).is_none();
        let intro = if is_first {
            definition.intro.get(t.language)
        } else {
            ""
        };
        let questions = around.flow.questions(page).into_iter();
        Self {
            action: String::new(),
            title: around.say(title),
            is_title_seen: is_first || !heading.is_empty(),
            intro: around.say(intro),
            hidden: Vec::new(),
            notice: None,
            asks: questions
                .map(|question| Ask::new(question.what, around))
                .collect(),
            is_first,
            is_last: !around.flow.may_go_on(page),
            is_preview: false,
            script: around.is_live.then(|| assets::url("logic.js")),
            shell,
        }
    }

    /// The page, under a policy that lets nothing run but what it needs.
    pub(super) fn render_page(&self) -> Result<Response, PageError> {
        let policy = match self.script {
            Some(_) => LIVE_POLICY,
            None => POLICY,
        };
        page_under(policy, self)
    }

    /// What is wrong: where, and in which question or row.
    fn wrong(&self) -> Vec<(&str, &str)> {
        self.asks.iter().flat_map(Ask::wrong).collect()
    }
}

/// The page after the last answer.
#[derive(Template)]
#[template(path = "respond/thanks.html")]
pub(super) struct ThanksPage<'a> {
    pub(super) shell: Shell<'a>,
    /// Whether the answers count; otherwise there were enough already.
    pub(super) counts: bool,
    pub(super) texts: Vec<String>,
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
    let token = visitor.query.get("form");
    let quota = visitor.query.get("full").parse().ok();
    let sent = web.app.find_sent(&look, token).await.unwrap_or_default();
    let shell = Shell::new(&look.workspace, language).on(link);
    let words = Words::new(&look.workspace, shell.t);
    let texts = match &sent {
        Some(sent) => {
            let flow = sent.flow();
            let texts = sent.texts(&flow, quota.as_ref(), language);
            let filled = texts.iter().map(|text| flow.fill(text, words.wording()));
            filled.filter(|text| !text.trim().is_empty()).collect()
        }
        None => plain_thanks(&version.definition, &words, language),
    };
    let counts = quota.is_none();
    let place = sent
        .as_ref()
        .map(|_| format!("?form={token}"))
        .unwrap_or_default();
    let full = quota
        .map(|quota| format!("&full={quota}"))
        .unwrap_or_default();
    let here = format!("{}/done{place}{full}", link.path());
    let definition = sent
        .as_ref()
        .map_or(&version.definition, |sent| &sent.version.definition);
    let shell = shell
        .dressed(&look.workspace, &definition.look)
        .switching(&definition.languages, &Switch::Link(&here));
    page(&ThanksPage {
        counts,
        texts,
        shell: Shell {
            progress: Some((1, 1)),
            ..shell
        },
    })
}

/// The thanks for someone of whom nothing is known any more.
fn plain_thanks(definition: &Definition, words: &Words<'_>, language: Language) -> Vec<String> {
    let nobody = Respondent {
        response: ResponseId::new(0, [0; 10]),
        attributes: BTreeMap::new(),
        name: None,
    };
    let flow = Flow::of_answers(definition, &nobody, &[]);
    let text = flow.fill(definition.thanks.get(language), words.wording());
    Some(text)
        .filter(|text| !text.trim().is_empty())
        .into_iter()
        .collect()
}
