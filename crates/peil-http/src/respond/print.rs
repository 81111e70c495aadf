//! A whole questionnaire on paper: every question as customers see it, with what is said beside it
//! about when it is asked. For reading and approving; nothing on it can be sent.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use peil_domain::{
    access::Workspace,
    response::{Flow, RawAnswers, Refused, Respondent},
    shared::{Language, QuestionKey, ResponseId},
    survey::Definition,
};

use super::{
    LIVE_POLICY, page_under,
    preview::without_conditions,
    question::{Around, Ask, Marking},
    shape::Shape,
    shell::Shell,
    words::Words,
};
use crate::edge::{assets, problem::PageError};

/// What is said on paper besides the questions themselves, in the language of the paper.
#[derive(Default)]
pub(crate) struct Remarks {
    /// Version, day and the like.
    pub(crate) facts: Vec<(String, String)>,
    /// The same questionnaire in other languages: address and name.
    pub(crate) others: Vec<(String, String)>,
    /// The page that one came from.
    pub(crate) back: String,
    /// What is said of pages, in their order: before their questions, and after them.
    pub(crate) pages: Vec<(Vec<String>, Vec<String>)>,
    /// What is said of questions.
    pub(crate) questions: BTreeMap<QuestionKey, Vec<String>>,
    /// Texts after the last answer: when, and what.
    pub(crate) endings: Vec<(String, String)>,
    /// Further rules: calculations, quotas, time.
    pub(crate) rules: Vec<String>,
}

/// A page on paper.
struct Sheet<'a> {
    number: usize,
    title: &'a str,
    before: Vec<String>,
    asks: Vec<(usize, Vec<String>, Ask<'a>)>,
    after: Vec<String>,
}

#[derive(Template)]
#[template(path = "respond/print.html")]
struct PrintPage<'a> {
    shell: Shell<'a>,
    title: &'a str,
    intro: &'a str,
    style: String,
    script: String,
    sheets: Vec<Sheet<'a>>,
    remarks: &'a Remarks,
}

/// Renders `definition` as one long page.
pub(crate) fn print(
    definition: &Definition,
    workspace: &Workspace,
    language: Language,
    remarks: &Remarks,
) -> Result<Response, PageError> {
    let (answers, refused) = (RawAnswers::new(), Refused::new());
    let respondent = Respondent {
        response: ResponseId::new(0, [0; 10]),
        attributes: BTreeMap::new(),
        name: None,
    };
    let plain = &in_order(definition);
    let flow = Flow::of_form(plain, &respondent, &answers);
    let shell = Shell::new(workspace, language).dressed(workspace, &definition.look);
    let t = shell.t;
    let words = Words::new(workspace, t);
    let mut numbers = 1..;
    let mut sheets = Vec::new();
    for (index, page) in plain.pages.iter().enumerate() {
        let around = Around {
            flow: &flow,
            page: index,
            answers: &answers,
            refused: &refused,
            marking: Marking::for_questions(plain.questions()),
            words: words.wording(),
            t,
            pictures: &words.pictures,
            is_live: false,
        };
        let asks = page
            .questions
            .iter()
            .zip(&mut numbers)
            .map(|(question, number)| {
                let said = remarks.questions.get(&question.key);
                let mut ask = Ask::new(question, &around);
                // Names stand there as they are filled in later.
                ask.text = question.text.get(language).into();
                ask.hint = question.help.get(language).into();
                (number, said.cloned().unwrap_or_default(), ask)
            });
        let (before, after) = remarks.pages.get(index).cloned().unwrap_or_default();
        sheets.push(Sheet {
            number: index + 1,
            title: page.title.get(language),
            before,
            asks: asks.collect(),
            after,
        });
    }
    let template = PrintPage {
        title: definition.title.get(language),
        intro: definition.intro.get(language),
        style: assets::url("print.css"),
        script: assets::url("print.js"),
        sheets,
        remarks,
        shell,
    };
    page_under(LIVE_POLICY, &template)
}

/// Everything that can be asked, in the order in which it was written.
fn in_order(definition: &Definition) -> Definition {
    let mut all = without_conditions(definition);
    for page in &mut all.pages {
        page.is_random = false;
        for question in &mut page.questions {
            question.kind.stop_shuffling();
        }
    }
    all
}
