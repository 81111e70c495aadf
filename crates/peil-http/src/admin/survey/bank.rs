//! Questions to choose from.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::survey::question_bank;
use peil_domain::survey::Survey;

use super::{Head, find, gallery::may_write, view::View, words::kind};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "survey/bank.html")]
struct BankPage {
    t: Text,
    frame: Frame,
    head: Head,
    view: View,
    revision: i32,
    after: String,
    on_page: String,
    sought: String,
    /// Language of the questions.
    language: &'static str,
    themes: Vec<Theme>,
    found: String,
}

/// Questions about one theme.
struct Theme {
    code: String,
    name: String,
    questions: Vec<Offered>,
}

/// One question to choose.
struct Offered {
    key: String,
    text: String,
    kind: String,
    is_used: bool,
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    may_write(&signed)?;
    let t = signed.text;
    let overview = find(&web, &signed, &id).await?;
    let draft = &overview.survey.draft;
    let language = Survey::language_or_first(draft, t.language);
    let sought = signed.query.get("q").trim().to_owned();
    let themes: Vec<Theme> = question_bank()
        .iter()
        .map(|theme| Theme {
            code: theme.code.clone(),
            name: theme.name.get(t.language).to_owned(),
            questions: theme
                .matching(&sought)
                .into_iter()
                .map(|question| Offered {
                    key: question.key.to_string(),
                    text: question.text.get(language).to_owned(),
                    kind: kind(t, &question.kind),
                    is_used: draft
                        .questions()
                        .any(|used| used.text.get(language) == question.text.get(language)),
                })
                .collect(),
        })
        .filter(|theme| !theme.questions.is_empty())
        .collect();
    let count: usize = themes.iter().map(|theme| theme.questions.len()).sum();
    page(&BankPage {
        t,
        frame: Frame::new(&signed, "survey", t.s("survey-bank-title")),
        head: Head::new(&signed, &overview, ""),
        view: View::of(overview.survey.id, &signed.query, t.language),
        revision: overview.survey.revision,
        after: signed.query.get("after").to_owned(),
        on_page: signed.query.get("page").to_owned(),
        sought,
        language: language.code(),
        themes,
        found: t.a("survey-bank-found", &[("n", count.into())]),
    })
}
